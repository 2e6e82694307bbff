"""Tabel 3.10 as a tree, and what it says about programmes, sasaran and all money."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from typing import Literal

from skm_app.kinerja.periksa.laporan import (
    AnggaranTercetak,
    Angka,
    LaporanTercetak,
    LingkupUnit,
    Program,
)
from skm_app.kinerja.periksa.temuan import exact

Kolom = Literal["anggaran", "realisasi"]
URUTAN = {"total": 0, "unit": 1, "program": 2, "kegiatan": 3, "sub_kegiatan": 4}
_DEPAN = re.compile(r"^(program|sub kegiatan|kegiatan)\s+")


@dataclass
class Simpul:
    """A row of Tabel 3.10 with the rows that it is the sum of."""

    baris: AnggaranTercetak
    anak: list[Simpul] = field(default_factory=list)
    _terinci: dict[Kolom, Fraction | None] = field(default_factory=dict)

    def get_angka(self, kolom: Kolom) -> Angka | None:
        return self.baris.anggaran if kolom == "anggaran" else self.baris.realisasi

    def sum_anak(self, kolom: Kolom) -> Fraction | None:
        """Sum of the rows right under it, as printed; None if there are none or one is unknown."""
        return _sum([one.get_tercetak(kolom) for one in self.anak])

    def list_bagian(self, kolom: Kolom) -> list[Angka]:
        """The nearest printed figures under it; none if one is missing."""
        found: list[Angka] = []
        for one in self.anak:
            angka = one.get_angka(kolom)
            below = [angka] if angka is not None else one.list_bagian(kolom)
            if not below:
                return []
            found += below
        return found

    def get_tercetak(self, kolom: Kolom) -> Fraction | None:
        """As printed; where the row is blank, the sum of those under it."""
        printed = exact(self.get_angka(kolom))
        return self.sum_anak(kolom) if printed is None else printed

    def get_terinci(self, kolom: Kolom) -> Fraction | None:
        """Sum of the lowest rows; where there are none, as printed."""
        if kolom not in self._terinci:
            below = _sum([one.get_terinci(kolom) for one in self.anak])
            self._terinci[kolom] = exact(self.get_angka(kolom)) if below is None else below
        return self._terinci[kolom]

    def walk(self) -> Iterator[Simpul]:
        yield self
        for one in self.anak:
            yield from one.walk()


@dataclass(frozen=True)
class Biaya:
    """The money of a report by Tabel 3.10; empty without it.

    Each answer is a list of what the figure may be, the sum of the lowest rows first; more than
    one only where the table contradicts itself, which is named there.
    """

    akar: tuple[Simpul, ...]
    program: tuple[Program, ...]

    def walk(self) -> Iterator[Simpul]:
        for one in self.akar:
            yield from one.walk()

    def list_total(self, kolom: Kolom) -> list[Fraction]:
        """All money."""
        terinci = _sum([one.get_terinci(kolom) for one in self.akar])
        return _unique([terinci, _sum([one.get_tercetak(kolom) for one in self.akar])])

    def list_program(self, nomor: int, kolom: Kolom) -> list[Fraction]:
        """A programme in all units, by its number."""
        return self._sum_program(self._names_of(nomor), "semua", kolom)

    def list_sasaran(self, sasaran: int | None, kolom: Kolom) -> list[Fraction]:
        """The programmes of a sasaran; None: the money that belongs to none."""
        if sasaran is None:
            return self._list_sisa(kolom)
        parts = [
            self._sum_program(set(one.nama), one.unit, kolom)
            for one in self.program
            if one.sasaran == sasaran
        ]
        if not parts or not all(parts):
            return []
        return _unique([_sum([one[0] for one in parts]), _sum([one[-1] for one in parts])])

    def count(self, tingkat: str, program: int | None = None) -> list[int]:
        """How many names: those with a budget first, then all, if that is more.

        :param program: number of the programme of which they are; by default of all.
        """
        tops = self.akar if program is None else self._list_simpul(self._names_of(program), "semua")
        nodes = [one for top in tops for one in top.walk() if one.baris.tingkat == tingkat]
        all_names = {plain_nama(one.baris.nama) for one in nodes}
        funded = {plain_nama(one.baris.nama) for one in nodes if one.get_terinci("anggaran")}
        return [len(funded), len(all_names)] if all_names else []

    def _names_of(self, nomor: int) -> set[str]:
        return {one for program in self.program if program.nomor == nomor for one in program.nama}

    def _list_simpul(self, nama: set[str], unit: str) -> list[Simpul]:
        """The rows of a programme, of the units of that kind; without units, only of all."""
        wanted = {plain_nama(one) for one in nama}
        return [
            one
            for top in self.akar
            for kantor in (top.anak or [top] if top.baris.tingkat == "total" else [top])
            if unit == "semua" or find_jenis_unit(kantor.baris) == unit
            for one in kantor.walk()
            if one.baris.tingkat == "program" and plain_nama(one.baris.nama) in wanted
        ]

    def _sum_program(self, nama: set[str], unit: str, kolom: Kolom) -> list[Fraction]:
        nodes = self._list_simpul(nama, unit)
        return _unique(
            [
                _sum([one.get_terinci(kolom) for one in nodes]),
                _sum([one.get_tercetak(kolom) for one in nodes]),
            ]
        )

    def _list_sisa(self, kolom: Kolom) -> list[Fraction]:
        tied = [
            self.list_sasaran(one, kolom)
            for one in sorted({p.sasaran for p in self.program if p.sasaran is not None})
        ]
        total = self.list_total(kolom)
        if not total or not tied or not all(tied):
            return []
        return _unique([one - sum(part[0] for part in tied) for one in total])


def make_biaya(laporan: LaporanTercetak) -> Biaya:
    """Put each row under the last one above it that is of a higher level."""
    akar: list[Simpul] = []
    above: list[Simpul] = []
    for baris in laporan.anggaran:
        node = Simpul(baris)
        while above and URUTAN[above[-1].baris.tingkat] >= URUTAN[baris.tingkat]:
            above.pop()
        (above[-1].anak if above else akar).append(node)
        above.append(node)
    return Biaya(tuple(akar), laporan.program)


@lru_cache(maxsize=2000)
def plain_nama(nama: str) -> str:
    """A name to compare: without capitals, its kind in front, and signs."""
    words = " ".join(re.findall(r"[a-z0-9]+", nama.casefold()))
    return _DEPAN.sub("", words)


def find_jenis_unit(baris: AnggaranTercetak) -> LingkupUnit | None:
    """Which kind of unit a row is; None if it is none."""
    if baris.tingkat != "unit":
        return None
    kelurahan = plain_nama(baris.nama).partition(" ")[0] in ("kel", "kelurahan")
    return "kelurahan" if kelurahan else "kecamatan"


def _sum(values: Sequence[Fraction | None]) -> Fraction | None:
    known = [one for one in values if one is not None]
    return sum(known, Fraction(0)) if known and len(known) == len(values) else None


def _unique(values: Sequence[Fraction | None]) -> list[Fraction]:
    return list(dict.fromkeys(one for one in values if one is not None))
