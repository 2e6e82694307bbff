"""All tables of Bab III as one workbook: a sheet per table, live formulas, and their sources.

A figure stands once, where it first appears; every other place refers to that cell, so that a
change on one sheet is followed by all of them. Whoever cannot calculate sees the stored figures.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from skm_app.reports.bab_iii.tabel_bentuk import SelKinerja, TabelKinerja
from skm_app.reports.lembar_kerja.kertas import clean_text, ref

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

KEPALA = 3  # the row of the column heads, from 0
SUMBER = "Sumber"
KOLOM_SUMBER = ("Tabel", "Sel", "Baris", "Kolom", "Angka", "Rumus", "Sumber")
LEBAR_SUMBER = (12, 8, 44, 28, 22, 70, 60)
LEBAR_TABEL = 130  # digits, that the columns of a table share
LEBAR_TERSEMPIT = 9
TINGGI_BARIS = 14  # points, of one line
A4 = 9
PENJELASAN = (
    "Angka hasil hitungan berisi rumus hidup. Angka yang sama di lembar lain mengikuti tempatnya "
    f"yang pertama. Rumus dengan kata-kata dan sumber setiap angka ada di lembar {SUMBER}."
)
_ANGKA = re.compile(r"-?[0-9.]+(?:,([0-9]+))?(.*)", re.DOTALL)
_NAMA = re.compile(r"\{([^{}]+)\}")
_TEPI: dict[str, object] = {"border": 1, "border_color": "#7F8C8D", "valign": "vcenter"}


@dataclass(frozen=True)
class Rumah:
    """Where a figure stands first."""

    lembar: str
    sel: str

    def seen_from(self, lembar: str) -> str:
        return self.sel if lembar == self.lembar else f"'{self.lembar}'!{self.sel}"


def write_lembar(tabel: Sequence[TabelKinerja], unit: str, tahun: int, dicetak: datetime) -> bytes:
    """The workbook.

    :param dicetak: the moment it is made, aware, in the office's zone.
    """
    # Imported when needed: it would add 2 MB to a server that rarely does this.
    import xlsxwriter

    tujuan = io.BytesIO()
    rumah = _find_rumah(tabel)
    with xlsxwriter.Workbook(tujuan) as book:
        judul = clean_text(f"Tabel Bab III LKjIP {unit} Tahun {tahun}")
        book.set_properties({"title": judul, "created": dicetak.replace(tzinfo=None)})
        gaya = Gaya(book)
        for one in tabel:
            _write_tabel(book, gaya, one, rumah, judul)
        _write_sumber(book, gaya, tabel)
    return tujuan.getvalue()


def name_lembar(tabel: TabelKinerja) -> str:
    """``Tabel 3.10``; a table without a number is called by its subject."""
    return f"Tabel {tabel.kode}" if tabel.kode[:1].isdigit() else tabel.kode


class Gaya:
    """Looks of cells, each made once."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, object], ...], Format] = {}

    def get(self, **looks: object) -> Format:
        key = tuple(sorted(looks.items()))
        if key not in self._made:
            base = {"font_name": "Arial", "font_size": 10, "text_wrap": True}
            self._made[key] = self._book.add_format(base | looks)
        return self._made[key]

    def cell(self, *, tebal: bool, **looks: object) -> Format:
        weight: dict[str, object] = {"bold": True, "bg_color": "#F3F7F8"} if tebal else {}
        return self.get(**_TEPI, **weight, **looks)

    @property
    def kepala(self) -> Format:
        return self.get(**_TEPI, bold=True, bg_color="#DCE9EC", align="center")


def _find_rumah(tabel: Sequence[TabelKinerja]) -> dict[str, Rumah]:
    found: dict[str, Rumah] = {}
    for one in tabel:
        for row, cells in enumerate(one.baris):
            for column, sel in enumerate(cells):
                if sel.kunci:
                    place = Rumah(name_lembar(one), ref(KEPALA + 1 + row, column))
                    found.setdefault(sel.kunci, place)
    return found


def _write_tabel(
    book: Workbook, gaya: Gaya, tabel: TabelKinerja, rumah: Mapping[str, Rumah], judul: str
) -> None:
    nama = name_lembar(tabel)
    sheet = book.add_worksheet(nama)
    _set_print(sheet)
    lebar = [_width_of(tabel, column) for column in range(len(tabel.kolom))]
    for column, width in enumerate(lebar):
        sheet.set_column(column, column, width)
    sheet.set_row(KEPALA, _height_of(tabel.kolom, lebar))
    plain = gaya.get(text_wrap=False)
    sheet.write_string(
        0,
        0,
        clean_text(f"{nama} {tabel.judul}"),
        gaya.get(bold=True, font_size=12, text_wrap=False),
    )
    sheet.write_string(1, 0, judul, plain)
    for column, text in enumerate(tabel.kolom):
        sheet.write_string(KEPALA, column, clean_text(text), gaya.kepala)
    sheet.repeat_rows(KEPALA)
    sheet.freeze_panes(KEPALA + 1, 0)
    for row, cells in enumerate(tabel.baris):
        sheet.set_row(KEPALA + 1 + row, _height_of([sel.teks for sel in cells], lebar))
        for column, sel in enumerate(cells):
            here = (KEPALA + 1 + row, column)
            right = any(other[column].nilai is not None for other in tabel.baris)
            look = {"tebal": row in tabel.tebal, "kanan": right}
            _write_sel(sheet, gaya, sel, here, nama, rumah, **look)
    below = KEPALA + 2 + len(tabel.baris)
    for number, text in enumerate(
        one for one in (tabel.catatan, *map(str, tabel.kurang), PENJELASAN) if one
    ):
        sheet.write_string(below + number, 0, clean_text(text), plain)


def _width_of(tabel: TabelKinerja, column: int) -> int:
    """Width in digits: the column's share, and enough for its numbers, which cannot wrap."""
    numbers = [len(row[column].teks) + 2 for row in tabel.baris if row[column].nilai is not None]
    share = tabel.lebar[column] * LEBAR_TABEL // sum(tabel.lebar)
    return max(LEBAR_TERSEMPIT, share, *numbers)


def _height_of(texts: Sequence[str], lebar: Sequence[int]) -> int:
    """Height in points: some programs do not grow a row for text that wraps in it."""
    # Words do not fill their lines; nine tenths is what is left of them.
    lines = [-(-10 * len(text) // (9 * width)) for text, width in zip(texts, lebar, strict=True)]
    return TINGGI_BARIS * max(1, *lines)


def _set_print(sheet: Worksheet) -> None:
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&L&8&A&R&8Halaman &P dari &N")


def _write_sel(
    sheet: Worksheet,
    gaya: Gaya,
    sel: SelKinerja,
    here: tuple[int, int],
    lembar: str,
    rumah: Mapping[str, Rumah],
    *,
    tebal: bool,
    kanan: bool,
) -> None:
    row, column = here
    formula = _make_formula(sel, ref(row, column), lembar, rumah)
    if sel.nilai is None:
        look = gaya.cell(tebal=tebal, align="right" if kanan else "left")
        if formula:
            sheet.write_formula(row, column, formula, look, sel.teks)
        else:
            sheet.write_string(row, column, clean_text(sel.teks), look)
        return
    look = gaya.cell(tebal=tebal, num_format=_format_of(sel), align="right")
    # The file holds the shortest digits of the float: those of the decimal.
    number = sel.nilai if isinstance(sel.nilai, int) else float(sel.nilai)
    if formula:
        sheet.write_formula(row, column, formula, look, number)
    else:
        sheet.write_number(row, column, number, look)


def _make_formula(sel: SelKinerja, cell: str, lembar: str, rumah: Mapping[str, Rumah]) -> str:
    """What the cell calculates; empty for a figure that is given."""
    place = rumah.get(sel.kunci)
    if place is not None and place != Rumah(lembar, cell):
        return f"={place.seen_from(lembar)}"
    names = _NAMA.findall(sel.formula)
    if not names or any(name not in rumah for name in names):
        return ""
    return "=" + _NAMA.sub(lambda found: rumah[found[1]].seen_from(lembar), sel.formula)


def _format_of(sel: SelKinerja) -> str:
    """A number format that shows what the text shows: its decimals and what stands behind."""
    found = _ANGKA.fullmatch(sel.teks)
    decimals, behind = (found[1] or "", found[2]) if found else ("00", "")
    point = f".{'0' * len(decimals)}" if decimals else ""
    return f"#,##0{point}" + (f'"{behind}"' if behind else "")


def _write_sumber(book: Workbook, gaya: Gaya, tabel: Sequence[TabelKinerja]) -> None:
    """Formula and sources of every cell, in words."""
    sheet = book.add_worksheet(SUMBER)
    _set_print(sheet)
    for column, width in enumerate(LEBAR_SUMBER):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, KOLOM_SUMBER[column], gaya.kepala)
    sheet.repeat_rows(0)
    sheet.freeze_panes(1, 0)
    look = gaya.cell(tebal=False)
    line = 1
    for one in tabel:
        for row, column, sel in one.iter_rumus():
            texts = (name_lembar(one), ref(KEPALA + 1 + row, column), one.name_baris(row),
                     one.kolom[column], sel.teks, sel.rumus, "; ".join(sel.sumber))  # fmt: skip
            sheet.set_row(line, _height_of(texts, LEBAR_SUMBER))
            for place, text in enumerate(texts):
                sheet.write_string(line, place, clean_text(text), look)
            line += 1
