"""Reads tables of figures: named columns under a header, whole numbers, names of units.

Nothing is guessed: what cannot be read is a fault with its row and column, and of a file with a
fault nothing is used.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from skm_app.berkas import BerkasError, Fault, read_tabel
from skm_app.berkas.kesalahan import quote, refuse
from skm_app.berkas.tabel import BarisMentah, Rumus, Sel, Tabel
from skm_app.kata import plain

# Filled rows; office files have a title on top.
HEADER_WITHIN = 20
MAX_FAULTS = 200
MAX_BARIS = 5_000
# No count and no budget of a sub-district comes near; larger ones would not fit their columns.
MAX_JUMLAH = 1_000_000
MAX_RUPIAH = 10**15

_RP = re.compile(r"rp\s*\.?\s*", re.IGNORECASE)
_BULAT = re.compile(r"([0-9]+|[1-9][0-9]{0,2}(?:\.[0-9]{3})+)(?:,0{1,2})?(?:,-)?")
_BERDESIMAL = re.compile(r"(?:[0-9]+|[1-9][0-9]{0,2}(?:\.[0-9]{3})+),[0-9]+|[0-9]+\.[0-9]{1,2}")
_NEGATIF = re.compile(r"-.*|\(.*\)")
_KOLOM = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, kw_only=True)
class Unit:
    """A unit that rows of a file can be about."""

    id: uuid.UUID
    nama: str
    jenis: str


def parse_bulat(text: str, paling_besar: int = MAX_RUPIAH) -> int:
    """Read a whole number such as ``2645329556``, ``2.645.329.556,00`` or ``Rp 50.000``.

    :raise ValueError: in words for the person who wrote it.
    """
    cleaned = " ".join(text.split())
    cleaned = _RP.sub("", cleaned, count=1) if _RP.match(cleaned) else cleaned
    match = _BULAT.fullmatch(cleaned)
    if match is None:
        raise ValueError(_explain(text.strip(), cleaned))
    value = int(match[1].replace(".", "")) if len(match[1]) <= 30 else paling_besar + 1
    if value > paling_besar:
        raise ValueError(f"{quote(text.strip())} terlalu besar.")
    return value


def _explain(text: str, cleaned: str) -> str:
    shown = quote(text)
    if cleaned.startswith("#"):
        return f"{shown} adalah tanda kesalahan rumus di Excel; isi dengan angkanya."
    if _NEGATIF.fullmatch(cleaned):
        return f"{shown} tidak boleh negatif."
    if _BERDESIMAL.fullmatch(cleaned):
        return f"{shown} harus bilangan bulat, tanpa desimal."
    return f"{shown} bukan angka; tulis seperti 2645329556 atau 2.645.329.556."


@dataclass
class Pembaca:
    """The rows under a header, by the names of the columns; ``faults`` grows as cells are read.

    ``kolom``: index by name; ``judul``: as the file writes it. ``lain``: columns nobody reads.
    """

    baris: Sequence[BarisMentah]
    kolom: Mapping[str, int]
    judul: Mapping[str, str]
    lain: Sequence[str]
    faults: list[Fault] = field(default_factory=list)

    def add_fault(self, baris: int | None, kolom: str | None, pesan: str, cara: str = "") -> None:
        """Name one thing that is wrong; ``kolom`` by our name."""
        judul = self.judul.get(kolom, kolom) if kolom else None
        self.faults.append(Fault(baris=baris, kolom=judul, pesan=pesan, perbaikan=cara))

    def teks(self, row: BarisMentah, kolom: str, panjang: int) -> str:
        """The words of a cell, on one line; empty if the file has no such column."""
        text = " ".join(self._text(row, kolom).split())
        if len(text) > panjang:
            self.add_fault(row.nomor, kolom, f"{quote(text)} lebih dari {panjang} karakter")
        return text[:panjang]

    def bulat(self, row: BarisMentah, kolom: str, paling_besar: int = MAX_RUPIAH) -> int | None:
        """The whole number of a cell; None if it is empty, or wrong and now a fault."""
        text = self._text(row, kolom)
        if not text.strip():
            return None
        try:
            return parse_bulat(text, paling_besar)
        except ValueError as error:
            self.add_fault(row.nomor, kolom, str(error).removesuffix("."))
            return None

    def is_empty(self, row: BarisMentah, kolom: str) -> bool:
        """Whether a cell holds nothing, or the file has no such column."""
        return kolom not in self.kolom or self._cell(row, kolom) == ""

    def raise_faults(self) -> None:
        """:raise BerkasError: with every fault found so far, by row."""
        if self.faults:
            raise BerkasError(sorted(self.faults, key=lambda one: one.baris or 0)[:MAX_FAULTS])

    def _cell(self, row: BarisMentah, kolom: str) -> Sel:
        return row.cell(self.kolom[kolom]) if kolom in self.kolom else ""

    def _text(self, row: BarisMentah, kolom: str) -> str:
        sel = self._cell(row, kolom)
        if isinstance(sel, Rumus):
            self.add_fault(row.nomor, kolom, sel.value)
            return ""
        if not isinstance(sel, str):
            self.add_fault(row.nomor, kolom, f'"{sel:%d/%m/%Y}" adalah tanggal', "ubah format sel")
            return ""
        return "".join(char if char.isprintable() else " " for char in sel)


def open_pembaca(data: bytes, wajib: Sequence[str], boleh: Sequence[str]) -> Pembaca:
    """Find the header of a file.

    :param wajib: names of columns that must be there; ``boleh``: of those that may.
    :raise BerkasError: if the file cannot be read, lacks a column, has one twice, or no rows.
    """
    tabel = read_tabel(data)
    if not tabel.baris:
        raise refuse("berkas ini kosong")
    header = _find_header(tabel, [*wajib, *boleh])
    names = [_plain_kolom(sel) for sel in header.sel]
    missing = [nama for nama in wajib if nama not in names]
    if missing:
        raise refuse(f"kolom {', '.join(missing)} tidak ada; mulailah dari berkas contoh")
    known = {nama for nama in names if nama in (*wajib, *boleh)}
    twice = sorted(nama for nama in known if names.count(nama) > 1)
    if twice:
        raise BerkasError(
            Fault(baris=header.nomor, kolom=nama, pesan="kolom ini ada dua kali") for nama in twice
        )
    rows = [row for row in tabel.baris if row.nomor > header.nomor]
    if not rows:
        raise refuse("berkas hanya berisi judul kolom")
    if len(rows) > MAX_BARIS:
        raise refuse("berkas lebih dari 5.000 baris")
    judul = [str(sel) for sel in header.sel]
    pembaca = Pembaca(
        baris=rows,
        kolom={nama: names.index(nama) for nama in known},
        judul={nama: judul[names.index(nama)] for nama in known},
        lain=[text for nama, text in zip(names, judul, strict=True) if text and nama not in known],
    )
    if tabel.lebar_mengikat:
        _check_width(pembaca, len(header.sel))
    return pembaca


def make_names(units: Sequence[Unit]) -> dict[str, Unit]:
    """Units by what a file may call them: ``Kelurahan Bantuas``; ``Bantuas``, if only one is."""
    found = {plain(one.nama): one for one in units}
    short: dict[str, list[Unit]] = {}
    for one in units:
        short.setdefault(plain(one.nama).removeprefix(f"{one.jenis} "), []).append(one)
    for nama, same in short.items():
        if len(same) == 1:
            found.setdefault(nama, same[0])
    return found


def find_unit(names: Mapping[str, Unit], text: str) -> Unit | None:
    """The unit that a file means, whatever its spaces and capitals."""
    return names.get(plain(text))


def check_tahun(pembaca: Pembaca, row: BarisMentah, tahun: int, *, wajib: bool) -> None:
    """Name a row that is about another year; ``wajib``: or about none."""
    text = pembaca.teks(row, "tahun", 20)
    if text != str(tahun) and (text or wajib):
        pesan = f"{quote(text)} bukan tahun {tahun}" if text else "tahun belum diisi"
        pembaca.add_fault(
            row.nomor, "tahun", pesan, "satu berkas untuk satu tahun, yaitu yang dipilih di halaman"
        )


def _find_header(tabel: Tabel, names: Sequence[str]) -> BarisMentah:
    """The row of the first ones that names the most columns."""

    def count(row: BarisMentah) -> int:
        return len({_plain_kolom(sel) for sel in row.sel} & set(names))

    return max(tabel.baris[:HEADER_WITHIN], key=count)


def _plain_kolom(sel: Sel) -> str:
    """``Sub Kegiatan`` and ``sub_kegiatan`` are one column; ``Anggaran (Rp)`` is anggaran_rp."""
    return _KOLOM.sub("_", sel.casefold()).strip("_") if isinstance(sel, str) else ""


def _check_width(pembaca: Pembaca, width: int) -> None:
    for row in pembaca.baris:
        if any(row.sel[width:]):
            pembaca.add_fault(
                row.nomor, None, "isian lebih banyak daripada judul kolom",
                "beri tanda kutip pada isian berkoma",
            )  # fmt: skip
    pembaca.raise_faults()
