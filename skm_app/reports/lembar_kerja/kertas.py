"""A sheet that is written from the top down, with the looks of the worksheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from skm_app.angka import TIDAK_ADA
from skm_app.ekspor import UNWRITABLE

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

TINGGI_BARIS = 15  # points
MAKS_TEKS = 2000  # characters; a cell holds 32,767
EPOCH = date(1899, 12, 30)  # day 0 of a spreadsheet
_TEPI: dict[str, object] = {"border": 1, "border_color": "#7F8C8D"}
_KEPALA: dict[str, object] = {**_TEPI, "bold": True, "bg_color": "#DCE9EC", "text_wrap": True}
_HASIL: dict[str, object] = {**_TEPI, "align": "center", "bg_color": "#F3F7F8"}
_UTAMA: dict[str, object] = {**_HASIL, "bold": True}
GAYA: Mapping[str, dict[str, object]] = {
    "judul": {"bold": True, "font_size": 13, "align": "center", "text_wrap": True},
    "peringatan": {"bold": True, "font_color": "#B00020", "text_wrap": True},
    "tebal": {"bold": True},
    "teks": {"text_wrap": True},
    "kepala": {**_KEPALA, "align": "center"},
    "sel": {**_TEPI, "indent": 1},
    "lipat": {**_TEPI, "indent": 1, "text_wrap": True},
    "tengah": {**_TEPI, "align": "center"},
    "hari": {**_TEPI, "align": "center", "num_format": "dd/mm/yyyy"},
    "nama": {**_TEPI, "bold": True, "indent": 1, "bg_color": "#F3F7F8"},
    "bulat": {**_HASIL, "num_format": "#,##0"},
    "tiga": {**_HASIL, "num_format": "0.000"},
    "dua": {**_HASIL, "num_format": "0.00"},
    "kata": _HASIL,
    "bulat-utama": {**_UTAMA, "num_format": "#,##0"},
    "tiga-utama": {**_UTAMA, "num_format": "0.000"},
    "dua-utama": {**_UTAMA, "num_format": "0.00"},
    "kata-utama": _UTAMA,
}

Nilai = Decimal | int | str | None  # what a formula gives


class Kertas:
    """Cells of the row at hand, and moving on to the next one; never back.

    ``baris``: the row at hand, from 0. ``lebar``: width of every column, in digits.
    """

    def __init__(self, book: Workbook, sheet: Worksheet, lebar: Sequence[float]) -> None:
        self.sheet = sheet
        self.lebar = lebar
        self.baris = 0
        self.gaya: dict[str, Format] = {
            nama: book.add_format(
                {"font_name": "Arial", "font_size": 10, "valign": "vcenter", **one}
            )
            for nama, one in GAYA.items()
        }
        for column, width in enumerate(lebar):
            sheet.set_column(column, column, width)

    @property
    def akhir(self) -> int:
        """The last column."""
        return len(self.lebar) - 1

    def write(self, column: int, gaya: str, text: str) -> None:
        """Text, whatever it looks like: never a number or a formula."""
        self.sheet.write_string(self.baris, column, clean_text(text), self.gaya[gaya])

    def merge(self, column: int, end: int, gaya: str, text: str = "") -> None:
        """Text in one cell that covers the columns to ``end``; the row grows to hold it."""
        if end > column:
            # Without its text, whose type would be guessed.
            self.sheet.merge_range(self.baris, column, self.baris, end, "", self.gaya[gaya])
        self.write(column, gaya, text)
        # A row does not grow by itself for what stands in merged cells.
        lines = -(-len(text) // int(sum(self.lebar[column : end + 1])))
        if lines > 1:
            self.sheet.set_row(self.baris, lines * TINGGI_BARIS)

    def formula(self, column: int, gaya: str, formula: str, nilai: Nilai) -> None:
        """A formula, and what it gives for those who do not calculate."""
        stored: float | str
        if nilai is None:
            stored = TIDAK_ADA
        else:
            # The file holds the shortest digits of the float: those of the decimal.
            stored = nilai if isinstance(nilai, str | int) else float(nilai)
        self.sheet.write_formula(self.baris, column, formula, self.gaya[gaya], stored)

    def next(self) -> None:
        self.baris += 1

    def line(self, gaya: str, text: str) -> None:
        """A row of text across the sheet."""
        self.merge(0, self.akhir, gaya, text)
        self.next()


def clean_text(text: str) -> str:
    """What a cell can hold: no control characters, nothing that is taken for markup."""
    clean = UNWRITABLE.sub(" ", text)[:MAKS_TEKS]
    # The writer would pass a text on as the file's own XML that begins and ends with such marks.
    return f" {clean}" if clean.startswith("<r>") else clean


@lru_cache(maxsize=1000)
def clean_word(word: str) -> str:
    """``clean_text`` of the few words that come again in row after row."""
    return clean_text(word)


def ref(row: int, column: int) -> str:
    """Name of a cell, counted from 0: ``G48``."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row + 1}"
