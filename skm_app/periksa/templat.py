"""Writes the workbook into which a report is typed, empty or filled."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any

from skm_app.periksa.lembar import LEMBAR, Kolom, Lembar

BARIS_SIAP = 500  # rows below the header that offer lists to choose from
BARIS_JUDUL = 3  # of the header, from 0
TINGGI_DUA_BARIS = 32  # points
PETUNJUK = (
    "Pindahkan angka dari laporan (LKjIP) ke lembar-lembar ini persis seperti tercetak, termasuk "
    "koma, persen, dan angka yang tampak keliru.",
    "Lembar, baris, atau sel yang kosong tidak diperiksa.",
    "Nomor indikator, sasaran, dan program di semua lembar merujuk ke lembar Indikator dan "
    "Program. Isi kedua lembar itu lebih dahulu.",
    "Jangan mengubah nama lembar dan judul kolom. Urutan kolom boleh diubah.",
    "Angka ditulis cara Indonesia: 87,23 dan 35.585.343.360. Tanda persen dan Rp boleh ditulis.",
    "Angka dibandingkan setepat yang tercetak: 120 cocok dengan 120,07; 98,77 tidak cocok dengan "
    "98,777, karena pembulatannya 98,78.",
    "Sesudah diisi, simpan sebagai .xlsx, lalu unggah di halaman Periksa laporan atau jalankan: "
    "skm check NAMA-BERKAS.xlsx",
)


def make_templat(isi: Mapping[str, Sequence[Sequence[str]]] | None = None) -> bytes:
    """The template as XLSX.

    :param isi: rows of texts by sheet, in the order of its columns; by default none.
    :raise KeyError: if there is no such sheet.
    """
    # Imported when needed: it would add 2 MB to a server that rarely does this.
    import xlsxwriter

    rows: dict[str, Sequence[Sequence[str]]] = {lembar.nama: [] for lembar in LEMBAR} | dict(
        isi or {}
    )
    unknown = set(rows) - {lembar.nama for lembar in LEMBAR}
    if unknown:
        raise KeyError(f"no such sheet: {', '.join(sorted(unknown))}")
    data = io.BytesIO()
    with xlsxwriter.Workbook(data, {"in_memory": True}) as book:
        _write_petunjuk(book)
        for lembar in LEMBAR:
            _write_lembar(book, lembar, rows.get(lembar.nama, ()))
    return data.getvalue()


def _write_petunjuk(book: Any) -> None:  # noqa: ANN401 - xlsxwriter has no types
    sheet = book.add_worksheet("Petunjuk")
    sheet.set_column(0, 0, 4)
    sheet.set_column(1, 1, 100)
    sheet.write_string(0, 0, "Periksa laporan kinerja (LKjIP)", _judul(book))
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.fit_to_pages(1, 0)
    for number, text in enumerate(PETUNJUK, start=1):
        sheet.set_row(number + 1, TINGGI_DUA_BARIS)
        sheet.write_string(number + 1, 0, f"{number}.", wrap)
        sheet.write_string(number + 1, 1, text, wrap)
    start = len(PETUNJUK) + 4
    sheet.write_string(start - 1, 0, "Isi buku kerja", _judul(book))
    for number, lembar in enumerate(LEMBAR):
        sheet.write_url(start + number, 0, f"internal:'{lembar.nama}'!A1", string="→")
        sheet.write_string(start + number, 1, f"{lembar.nama}: {lembar.judul}", wrap)


def _write_lembar(book: Any, lembar: Lembar, rows: Sequence[Sequence[str]]) -> None:  # noqa: ANN401
    sheet = book.add_worksheet(lembar.nama)
    note = book.add_format({"italic": True, "font_color": "#444444"})
    head = book.add_format(
        {"bold": True, "text_wrap": True, "valign": "top", "border": 1, "bg_color": "#E4ECE7"}
    )
    sheet.write_string(0, 0, lembar.judul, _judul(book))
    sheet.write_string(1, 0, lembar.petunjuk, note)
    # Text, so that the spreadsheet keeps every figure as it is typed: 87,20 and 98,78%.
    left = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
    right = book.add_format({"num_format": "@", "align": "right", "valign": "top"})
    # Not every program makes room for words that are wrapped.
    sheet.set_row(BARIS_JUDUL, TINGGI_DUA_BARIS)
    for column, kolom in enumerate(lembar.kolom):
        sheet.set_column(column, column, kolom.lebar, left if kolom.isi == "teks" else right)
        sheet.write_string(BARIS_JUDUL, column, kolom.judul, head)
        _limit_pilihan(sheet, column, kolom)
    for number, row in enumerate(rows, start=BARIS_JUDUL + 1):
        for column, (kolom, text) in enumerate(zip(lembar.kolom, row, strict=False)):
            if text:
                sheet.write_string(number, column, text, left if kolom.isi == "teks" else right)
    sheet.freeze_panes(BARIS_JUDUL + 1, 1)
    # Figures that are texts on purpose need no green corner.
    sheet.ignore_errors({"number_stored_as_text": f"A1:Z{BARIS_JUDUL + BARIS_SIAP}"})
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(BARIS_JUDUL)


def _limit_pilihan(sheet: Any, column: int, kolom: Kolom) -> None:  # noqa: ANN401
    if kolom.isi == "teks" and kolom.pilihan:
        rules = {
            "validate": "list",
            "source": list(kolom.pilihan),
            "error_title": "Pilih dari daftar",
            "error_message": f"Pilih salah satu: {', '.join(kolom.pilihan)}.",
        }
        sheet.data_validation(BARIS_JUDUL + 1, column, BARIS_JUDUL + BARIS_SIAP, column, rules)


def _judul(book: Any) -> Any:  # noqa: ANN401
    return book.add_format({"bold": True, "font_size": 13})
