"""The workbook: what the template offers, and how a cell that cannot be read is named."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from decimal import Decimal

import pytest
import xlsxwriter
from openpyxl import Workbook, load_workbook

from skm_app.berkas import BerkasError
from skm_app.kinerja.periksa import periksa
from skm_app.periksa import make_templat, read_laporan
from skm_app.periksa.baris import parse_tercetak
from skm_app.periksa.lembar import LEMBAR
from tests.periksa.contoh import list_diperbaiki, make_diperbaiki, put


def open_diperbaiki() -> Workbook:
    return load_workbook(io.BytesIO(make_diperbaiki()))


def save(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def refusal(data: bytes) -> str:
    with pytest.raises(BerkasError) as caught:
        read_laporan(data)
    text = str(caught.value)
    assert text.isprintable()
    return text


def test_the_template_has_a_sheet_per_table_with_instructions() -> None:
    book = load_workbook(io.BytesIO(make_templat()))
    assert book.sheetnames == ["Petunjuk", *(one.nama for one in LEMBAR)]
    for lembar in LEMBAR:
        sheet = book[lembar.nama]
        assert (sheet["A1"].value, sheet["A2"].value) == (lembar.judul, lembar.petunjuk)
        header = [cell.value for cell in sheet[4]]
        assert header[: len(lembar.kolom)] == [one.judul for one in lembar.kolom]
    assert "Jangan mengubah nama lembar" in str([cell.value for cell in book["Petunjuk"]["B"]])


def test_an_empty_template_lacks_the_year() -> None:
    assert refusal(make_templat()) == "lembar Laporan: tahun laporan belum diisi"


@pytest.mark.parametrize(
    ("lembar", "sel", "teks", "pesan"),
    [
        (
            "Tabel 3.2",
            "C6",
            "delapan puluh",
            'baris 6, kolom Target di lembar Tabel 3.2: "delapan puluh" bukan angka',
        ),
        ("Tabel 3.7", "D5", "15.96.8973", "baris 5, kolom Target biaya di lembar Tabel 3.7:"),
        ("Tabel 3.5", "A6", "3", "indikator 3 belum ada di lembar Indikator"),
        ("Tabel 3.5", "A6", "dua", '"dua" bukan nomor; tulis angka bulat seperti 1'),
        ("Tabel 3.7", "A8", "Lainnya", "seperti 1 atau Tidak terkait, Jumlah"),
        (
            "Tabel 3.10",
            "A7",
            "Bidang",
            'kolom Tingkat di lembar Tabel 3.10: "Bidang" tidak dikenal',
        ),
        ("Tabel 3.10", "B7", "PROGRAM LAIN", "program ini belum ada di lembar Program"),
        ("Kalimat", "B9", "", "kolom Tentang di lembar Kalimat: belum diisi; pilih Indikator"),
        ("Kalimat", "C9", "", "baris 9, kolom No. di lembar Kalimat: belum diisi"),
        ("Indikator", "A6", "1", "indikator 1 ditulis dua kali"),
    ],
)
def test_a_cell_that_cannot_be_read_is_named(lembar: str, sel: str, teks: str, pesan: str) -> None:
    isi = list_diperbaiki()
    put(isi, lembar, sel, teks)
    assert pesan in refusal(make_templat(isi))


def test_every_fault_is_told_at_once() -> None:
    isi = list_diperbaiki()
    put(isi, "Tabel 3.2", "C6", "x")
    put(isi, "PK", "D5", "y")
    with pytest.raises(BerkasError) as caught:
        read_laporan(make_templat(isi))
    assert [(one.baris, one.kolom) for one in caught.value.faults] == [
        (6, "Target di lembar Tabel 3.2"),
        (5, "Target atau anggaran di lembar PK"),
    ]


def test_a_missing_sheet_and_a_missing_column_are_named() -> None:
    book = open_diperbaiki()
    del book["Tabel 3.5"]
    book["Tabel 3.6"]["C4"] = "Sasaran"
    text = refusal(save(book))
    assert "lembar Tabel 3.5 tidak ada; pakai templatnya" in text
    assert "lembar Tabel 3.6: judul kolom Target 2 tahun lalu tidak ada" in text


def test_columns_may_stand_in_another_order() -> None:
    book = open_diperbaiki()
    sheet = book["Tabel 3.2"]
    for row in range(4, 7):
        left, right = sheet.cell(row, 3), sheet.cell(row, 4)
        left.value, right.value = right.value, left.value
    assert periksa(read_laporan(save(book))) == ()


def test_a_year_may_be_a_number() -> None:
    book = open_diperbaiki()
    sheet = book["Laporan"]
    cell = next(one for row in sheet.iter_rows() for one in row if str(one.value) == "2024")
    cell.value, cell.number_format = 2024, "General"
    assert read_laporan(save(book)).tahun == 2024


def test_numbers_are_read_as_the_sheet_shows_them() -> None:
    book = open_diperbaiki()
    sheet = book["Tabel 3.2"]
    for sel, value, form in (
        ("C5", 88.31, "General"),
        ("D5", 87.2300001, "0.00"),
        ("E5", 0.98777, "0.00%"),
        ("E6", 120.0722, "0"),
    ):
        sheet[sel] = value
        sheet[sel].number_format = form
    laporan = read_laporan(save(book))
    shown = {
        one.angka.letak.sel: one.angka.teks
        for one in laporan.nilai
        if one.angka.letak.lembar == "Tabel 3.2"
    }
    assert shown == {
        "C5": "88,31", "D5": "87,23", "E5": "98,78%", "C6": "83%", "D6": "99,66%", "E6": "120",
    }  # fmt: skip
    assert periksa(laporan) == ()


def test_a_formula_is_read_by_its_result_or_refused_by_name() -> None:
    book = open_diperbaiki()
    book["Tabel 3.2"]["E5"] = "=D5/C5*100"
    text = refusal(save(book))
    assert text.startswith("baris 5, kolom % realisasi di lembar Tabel 3.2: rumus tanpa hasil")


@pytest.mark.parametrize(
    ("teks", "nilai"),
    [
        ("Rp 35.426.113.462,00", "35426113462.00"),
        ("Rp. 4.029.925.956,00", "4029925956.00"),
        ("35,426,113,462.00", "35426113462.00"),
        ("1.09%", "1.09"),
        ("98,78 %", "98.78"),
        ("−0,34", "-0.34"),
        ("65.199", "65199"),
    ],
)
def test_figures_are_read_as_reports_print_them(teks: str, nilai: str) -> None:
    assert str(parse_tercetak(teks)) == str(Decimal(nilai))


def make_panjang() -> bytes:
    return make_templat(dict(list_diperbaiki(), PK=[["Indikator", "1", "", "88,31"]] * 3000))


def make_banyak_lembar() -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        for _ in range(70):
            book.add_worksheet()
    return out.getvalue()


def make_bom() -> bytes:
    """A few kilobytes that unpack to more than a workbook may have."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * (21 * 1024 * 1024))
    return out.getvalue()


@pytest.mark.parametrize(
    ("make", "pesan"),
    [
        (lambda: b"", "ini bukan berkas XLSX"),
        (lambda: b"Tahun,2024\n", "ini bukan berkas XLSX"),
        (lambda: b"\xd0\xcf\x11\xe0" + bytes(90), "Excel lama atau bersandi"),
        (lambda: b"PK\x03\x04" + bytes(900), "rusak atau bukan buku kerja Excel"),
        (lambda: make_diperbaiki()[:9000], "rusak atau bukan buku kerja Excel"),
        (lambda: bytes(5 * 1024 * 1024 + 1), "berkas lebih dari 5 MB"),
        (make_panjang, 'lembar "PK" lebih dari 2.000 baris'),
        (make_banyak_lembar, "lebih dari 60 lembar"),
        (make_bom, "isi berkas XLSX ini terlalu besar"),
    ],
    ids=["kosong", "csv", "xls", "zip", "terpotong", "besar", "panjang", "lembar", "bom"],
)
def test_a_file_that_is_no_filled_template_is_refused(
    make: Callable[[], bytes], pesan: str
) -> None:
    assert pesan in refusal(make())


@pytest.mark.parametrize("form", ['0.00"%"', "0.00\\%"])
def test_a_percent_sign_that_is_only_written_does_not_multiply(form: str) -> None:
    book = open_diperbaiki()
    book["Tabel 3.2"]["E5"] = 98.78
    book["Tabel 3.2"]["E5"].number_format = form
    assert periksa(read_laporan(save(book))) == ()
