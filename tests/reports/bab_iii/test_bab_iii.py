"""Bab III of 2024 as a document: its outline, its tables, and no figure that is not in them."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from decimal import Decimal

import docx
import pytest
from docx.document import Document
from pypdf import PdfReader

from skm_app.angka import parse_angka
from skm_app.database import Database
from skm_app.reports.bab_iii.fakta import FaktaKinerja
from skm_app.reports.bab_iii.susun import make_bab_iii
from skm_app.reports.bab_iii.tabel import list_tabel
from skm_app.reports.docx import make_docx
from skm_app.reports.dokumen import Daftar, Dokumen, HalamanBaru, Judul, Paragraf, Tabel
from skm_app.reports.pdf import make_laporan_data, make_pdf
from tests.offices import Kantor
from tests.reports.kartu import squeeze

ANGKA = re.compile(r"\d[\d.]*(?:,\d+)?")
# Numbers that name something instead of measuring: tables, unsur, regulations, years.
BUKAN_UKURAN = re.compile(
    r"Tabel 3\.\d+|\bU\d\b|Nomor \d+ Tahun \d+|\b20[0-4]\d\b|\b[A-Z](?:\.\d+)+|100 persen"
)


@pytest.fixture(scope="module")
def dokumen(palaran: tuple[Database, Kantor]) -> Dokumen:
    database, kantor = palaran
    with database.reading() as session:
        return make_bab_iii(session, kantor.palaran, 2024)


@pytest.fixture(scope="module")
def terbaca(dokumen: Dokumen) -> Document:
    return docx.Document(io.BytesIO(make_docx(dokumen)))


def list_teks(dokumen: Dokumen) -> Iterator[str]:
    for blok in dokumen.blok:
        if isinstance(blok, Paragraf):
            yield blok.teks
        elif isinstance(blok, Daftar):
            yield from blok.butir


def list_angka(text: str) -> set[Decimal]:
    found = ANGKA.findall(BUKAN_UKURAN.sub(" ", text))
    return {parse_angka(one.rstrip(".,")).normalize() for one in found}


def test_the_chapter_has_the_outline_of_the_printed_report(dokumen: Dokumen) -> None:
    judul = [one for one in dokumen.blok if isinstance(one, Judul)]

    assert [f"{one.nomor} {one.teks}" for one in judul if one.tingkat < 3] == [
        "BAB III AKUNTABILITAS KINERJA",
        "A. Capaian Kinerja Organisasi",
        "B. Realisasi Anggaran",
        "C. Prestasi/Penghargaan",
        "D. Penilaian Kinerja Organisasi",
    ]
    assert [one.nomor for one in judul if one.tingkat == 3] == ["1.", "2.", "3.", "4.", "5.", "6."]
    assert [one.teks for one in judul if one.tingkat == 4] == [
        "Sasaran Strategis 1: Meningkatnya Kinerja dan Pelayanan OPD",
        "Sasaran Strategis 2: Meningkatnya Kualitas Hidup, Kapasitas dan Kapabilitas Masyarakat "
        "di Kelurahan",
    ] * 4


def test_tables_are_numbered_as_the_text_names_them(
    terbaca: Document, fakta_2024: FaktaKinerja
) -> None:
    captions = [p.text for p in terbaca.paragraphs if p.style and p.style.name == "Caption"]

    tabel = [one for one in captions if one.startswith("Tabel")]
    assert tabel == [f"Tabel {one.kode}. {one.judul}" for one in list_tabel(fakta_2024)]
    assert [one.split(". ")[0] for one in tabel] == [f"Tabel 3.{n}" for n in range(1, 13)]
    assert len(terbaca.tables) == 12
    assert [one.split(". ")[0] for one in captions if one.startswith("Gambar")] == [
        "Gambar 3.1", "Gambar 3.2",
    ]  # fmt: skip


def test_the_chapter_begins_at_once_and_counts_from_one_wherever_it_is_pasted(
    terbaca: Document,
) -> None:
    assert terbaca.paragraphs[0].text == "BAB III\nAKUNTABILITAS KINERJA"
    assert not [p for p in terbaca.paragraphs if p.text.startswith("DAFTAR")]
    fields = re.findall(r"SEQ (\w+) [^<]*", terbaca.element.xml)
    restarts = re.findall(r"SEQ (\w+) \\\* ARABIC \\r 1", terbaca.element.xml)
    assert (len(fields), restarts) == (14, ["Tabel", "Gambar"])


def test_the_figures_of_2024_stand_in_the_document(terbaca: Document) -> None:
    text = "\n".join(p.text for p in terbaca.paragraphs)
    last = [cell.text for row in terbaca.tables[-1].rows for cell in row.cells]

    assert "Target tahun 2024 adalah 88,31 dan realisasinya 87,23, sehingga capaiannya" in text
    for figure in ("98,78%", "120,07%", "88,90%", "99,00%"):
        assert figure in text
        assert figure in last
    assert "NKO 93,95% dengan predikat Baik." in text
    assert "Rp35.898.593.985" in text
    assert "Rp35.585.343.360 atau 99,13%" in text


def test_no_figure_of_the_text_is_missing_from_the_tables(dokumen: Dokumen) -> None:
    cells = [
        " ".join((*one.kepala, one.catatan, *(cell for row in one.baris for cell in row)))
        for one in dokumen.blok
        if isinstance(one, Tabel)
    ]
    # Of the survey itself, which the tables of performance do not show; and counts.
    survei = "36 3,306 3,333 4,000"
    banyak = "2 3 9 28 5"
    known = list_angka(" ".join([*cells, survei, banyak]))

    for text in list_teks(dokumen):
        assert list_angka(text) <= known, text


def test_the_tables_of_three_years_share_one_wide_page(dokumen: Dokumen) -> None:
    blok = list(dokumen.blok)
    wide = [n for n, one in enumerate(blok) if isinstance(one, HalamanBaru) and one.mendatar]
    assert len(wide) == 1
    back = blok.index(HalamanBaru())
    assert [one.judul for one in blok[wide[0] : back] if isinstance(one, Tabel)] == [
        "Realisasi Kinerja serta Capaian Kinerja Tahun Ini dengan Tahun Lalu",
        "Perbandingan Realisasi Kinerja dengan Target Jangka Menengah",
    ]


def test_a_word_that_fits_its_column_is_not_taken_apart(dokumen: Dokumen) -> None:
    data = make_laporan_data(dokumen)
    tables = [blok for part in data["bagian"] for blok in part["blok"] if blok["jenis"] == "tabel"]
    assert [one["judul"] for one in tables if "\u200b" in "".join(one["kepala"])] == []


def test_the_same_chapter_can_be_had_as_pdf(dokumen: Dokumen) -> None:
    pages = PdfReader(io.BytesIO(make_pdf(dokumen))).pages
    text = squeeze(" ".join(page.extract_text() for page in pages))

    assert squeeze("Tabel 3.12. Penilaian Kinerja Organisasi") in text
    assert squeeze("Gambar 3.2. Target dan Realisasi") in text
    assert "DAFTARISI" not in text.replace(" ", "")
