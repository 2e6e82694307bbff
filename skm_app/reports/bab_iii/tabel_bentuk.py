"""The shape of a table of Bab III: cells that know their formula and their source."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

# What a table is about, whatever its number; in the order of the chapter.
JenisTabel = Literal[
    "predikat_akip",  # 3.1
    "capaian",  # 3.2
    "sasaran",  # 3.3, 3.4: one per sasaran
    "tiga_tahun",  # 3.5
    "renstra",  # 3.6
    "biaya",  # 3.7
    "efisiensi",  # 3.8, 3.9: one per sasaran
    "anggaran",  # 3.10
    "koreksi",  # 3.11
    "nko",  # 3.12
    "nilai_akip",  # without a number
]

# Pages of the program on which figures are put in, as they call themselves.
Halaman = Literal["Rencana kinerja", "Capaian kinerja", "Anggaran", "Nilai AKIP"]
NOMOR, INDIKATOR = "No.", "Indikator Kinerja"
TANPA_ISI = ("", "–")  # cells without words


@dataclass(frozen=True, kw_only=True)
class SelKinerja:
    """One cell. ``teks``: as people read it; ``nilai``: the same as a number, if it is one.

    ``rumus``: how the number comes about, with the figures put in; empty for a number that is
    given. ``sumber``: what it was read from. ``kunci``: the name of the figure, the same in every
    table that shows it; ``formula``: the rumus for a spreadsheet, with figures as ``{kunci}``.
    """

    teks: str
    nilai: Decimal | int | None = None
    rumus: str = ""
    sumber: tuple[str, ...] = ()
    kunci: str = ""
    formula: str = ""


@dataclass(frozen=True)
class Kekurangan:
    """What a table lacks; ``halaman``: the page of the program on which it is put in.

    ``kode``, ``tahun``: of which indikator and year it is a figure, if it is one.
    """

    apa: str
    halaman: Halaman
    kode: str = ""
    tahun: int = 0

    def __str__(self) -> str:
        return f"{self.apa} Isi di halaman {self.halaman}."


@dataclass(frozen=True, kw_only=True)
class TabelKinerja:
    """One table. ``kode``: its number, "3.1"; ``judul``: caption without it.

    ``jenis`` and ``sasaran`` (number of the sasaran, from 1; 0: not of one) find a table whatever
    its number. ``tebal``: places of rows that are set bold. ``catatan``: what the reader must
    know of missing or provisional figures. ``kurang``: what is missing and where the office can
    put it in; for its own pages, not for the document. ``lebar``: shares of the width, per column.
    """

    kode: str
    judul: str
    kolom: tuple[str, ...]
    baris: tuple[tuple[SelKinerja, ...], ...]
    tebal: tuple[int, ...] = ()
    catatan: str = ""
    kurang: tuple[Kekurangan, ...] = ()
    lebar: tuple[int, ...] = ()
    jenis: JenisTabel = "capaian"
    sasaran: int = 0

    def name_baris(self, place: int) -> str:
        """What a row is about: its indikator, or the first words in it."""
        row = self.baris[place]
        if INDIKATOR in self.kolom:
            found = row[self.kolom.index(INDIKATOR)].teks
            if found not in TANPA_ISI:
                return found
        first = 1 if self.kolom[0] == NOMOR else 0
        words = [sel.teks for sel in row[first:] if sel.teks not in TANPA_ISI]
        nomor = row[0].teks if "." in row[0].teks or self.jenis == "anggaran" else ""
        return f"{nomor} {words[0]}".strip() if words else ""

    def iter_rumus(self) -> Iterator[tuple[int, int, SelKinerja]]:
        """Cells of which there is more to say than their text: row, column, cell."""
        for row, cells in enumerate(self.baris):
            for column, sel in enumerate(cells):
                if sel.rumus or sel.sumber:
                    yield row, column, sel
