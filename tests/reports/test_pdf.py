"""The report as PDF: everything is in it, in order, and stays what it was."""

from __future__ import annotations

import hashlib
import io
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from pypdf import PdfReader
from pypdf.generic import BooleanObject, StreamObject

from skm_app.reports.dokumen import (
    Blok,
    Daftar,
    Deret,
    Dokumen,
    Gambar,
    Grafik,
    HalamanBaru,
    Judul,
    Kop,
    Paragraf,
    Tabel,
    TandaTangan,
)
from skm_app.reports.pdf import TAK_TERBACA, make_pdf
from skm_app.reports.teks import format_nip
from tests.reports.kartu import read_words, squeeze

ROOT = Path(__file__).resolve().parents[2]
PANJANG = ("Badan Pengelolaan Keuangan dan Aset Daerah, Kependudukan dan Catatan Sipil " * 3)[:200]
KODE = '#panic() $x^2$ @a *tebal* _miring_ `kode` [b] \\n \\u{41} <c> {d} // /* "kutip"'
KEPALA = ["No.", "Nama layanan", "Nilai"]


def make_foto(mode: str = "RGB", kind: str = "JPEG") -> bytes:
    file = io.BytesIO()
    Image.new(mode, (60, 40)).save(file, kind)
    return file.getvalue()


def make_tabel(rows: int, judul: str = "Nilai layanan", **changes: Any) -> Tabel:  # noqa: ANN401
    fields: dict[str, Any] = {
        "judul": judul, "kepala": KEPALA, "lebar": [1, 5, 2], "rata": ["tengah", "kiri", "kanan"],
        "baris": [[str(n), f"Layanan ke-{n}", "87,23"] for n in range(1, rows + 1)],
    }  # fmt: skip
    return Tabel(**{**fields, **changes})


BLOK: list[Blok] = [
    Judul(tingkat=1, teks="KATA PENGANTAR"),
    Paragraf(teks="Puji syukur kami panjatkan.\nBaris kedua."),
    Judul(tingkat=1, nomor="BAB I", teks="PENDAHULUAN"),
    Judul(tingkat=2, nomor="1.1", teks="Latar Belakang"),
    Paragraf(teks=KODE),
    Daftar(butir=["Butir satu", "Butir dua"]),
    Daftar(butir=["Langkah satu", "Langkah dua"], bernomor=True),
    make_tabel(2, tebal=[1], catatan="Catatan tabel pertama."),
    Gambar(
        judul="Nilai unsur", alt="Batang nilai",
        grafik=Grafik(
            jenis="batang", label=["U1"], deret=[Deret(nama="", nilai=[Decimal("3.305")])],
            tulis=[["3,306"]], bawah=Decimal(1), atas=Decimal(4),
        ),
    ),
    Gambar(judul="Foto kegiatan", alt="Warga mengisi survei", foto=make_foto(), lebar=40),
    Gambar(judul="Foto cetak", alt="CMYK", foto=make_foto("CMYK"), lebar=10),
    Gambar(judul="Foto rusak", alt="Rusak", foto=make_foto()[:90]),
    Judul(tingkat=3, teks="Penutup bab"),
    HalamanBaru(mendatar=True),
    Judul(tingkat=2, nomor="Lampiran 1", teks="Hasil Olah Data"),
    make_tabel(60, "Nilai setiap responden", kecil=True),
    HalamanBaru(),
    Paragraf(teks=f"Kata {'W' * 300} dan {PANJANG}"),
    Paragraf(teks="panjang sekali " * 1333),
    TandaTangan(
        tempat_tanggal="Palaran, 3 Januari 2025", jabatan="Camat Palaran", nama="Budi Santoso",
        pangkat="Pembina Tingkat I", nip="19700101 199001 1 001",
    ),
]  # fmt: skip


def make_dokumen(blok: list[Blok] | None = None, **changes: Any) -> Dokumen:  # noqa: ANN401
    fields: dict[str, Any] = {
        "judul": ["LAPORAN SURVEI KEPUASAN MASYARAKAT", PANJANG],
        "nama": "Laporan SKM Kecamatan Palaran 2024",
        "kop": Kop(
            instansi="Pemerintah Kota Samarinda", unit="Kecamatan Palaran", alamat="Jl. Ampera 46",
            kontak="palaran@contoh.go.id", lambang=make_foto(kind="PNG"),
        ),
        "tempat_tahun": "Samarinda, 2025", "blok": BLOK if blok is None else blok,
        "kaki": "Laporan SKM 2024", "cap": "SEMENTARA",
    }  # fmt: skip
    return Dokumen(**{**fields, **changes})


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return make_pdf(make_dokumen())


@pytest.fixture(scope="module")
def reader(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf))


@pytest.fixture(scope="module")
def pages(reader: PdfReader) -> list[str]:
    return [squeeze(page.extract_text()) for page in reader.pages]


@pytest.fixture(scope="module")
def words(pages: list[str]) -> str:
    return "".join(pages)


def read_titles(outline: Any) -> list[str]:  # noqa: ANN401
    """Bookmarks in order, whatever their depth."""
    return [
        title
        for one in outline
        for title in (read_titles(one) if isinstance(one, list) else [str(one["/Title"])])
    ]


def test_every_block_is_there_in_its_order(words: str) -> None:
    body = words[words.rindex("Pujisyukur") :]
    expected = [
        "Puji syukur kami panjatkan.", "Baris kedua.", "BAB I", "PENDAHULUAN", "1.1",
        "Latar Belakang", KODE, "Butir satu", "Butir dua", "1.", "Langkah satu", "2.",
        "Langkah dua", "Tabel 1. Nilai layanan", "Layanan ke-2", "Catatan tabel pertama.", "U1",
        "3,306", "Gambar 1. Nilai unsur", "Gambar 2. Foto kegiatan", "Gambar 3. Foto cetak",
        TAK_TERBACA, "Gambar 4. Foto rusak", "Penutup bab", "Hasil Olah Data",
        "Tabel 2. Nilai setiap responden", "Layanan ke-60", "W" * 300, PANJANG,
        "panjang sekali " * 1333, "Palaran, 3 Januari 2025", "Camat Palaran", "Budi Santoso",
        "Pembina Tingkat I", "NIP 19700101 199001 1 001",
    ]  # fmt: skip
    # What stands at the foot of each page would part a paragraph that runs over its end.
    for number in range(1, 40):
        body = body.replace(squeeze(f"SEMENTARA Laporan SKM 2024 {number} "), "")
    place = 0
    for text in expected:
        found = body.find(squeeze(text), place)
        assert found >= 0, text
        place = found + len(squeeze(text))


def test_the_cover_names_the_office_the_report_and_that_figures_may_change(
    pages: list[str],
) -> None:
    for text in ("LAPORAN SURVEI", PANJANG, "KECAMATAN PALARAN", "Samarinda, 2025", "SEMENTARA"):
        assert squeeze(text) in pages[0]
    for text in ("PEMERINTAH KOTA SAMARINDA", "Jl. Ampera 46", "palaran@contoh.go.id"):
        assert squeeze(text) in pages[1]


def test_every_page_but_the_cover_says_that_figures_may_change(pages: list[str]) -> None:
    assert [n for n, page in enumerate(pages) if "SEMENTARALaporanSKM2024" not in page] == [0]


def test_a_final_report_has_no_such_stamp() -> None:
    assert "SEMENTARA" not in read_words(make_pdf(make_dokumen([], cap="")))


def test_contents_name_each_heading_with_its_page(pages: list[str]) -> None:
    at = next(n for n, page in enumerate(pages) if "DAFTARISI" in page)
    contents = pages[at].replace(".", "")
    for line in ("KATAPENGANTARi", "BABIPENDAHULUAN1", "11LatarBelakang1", "Gambar2Fotokegiatan"):
        assert line in contents
    bab, lampiran = (
        next(n for n, page in enumerate(pages) if words in page and n > at)
        for words in ("BABIPENDAHULUAN", "Lampiran1HasilOlahData")
    )
    assert f"Lampiran1HasilOlahData{lampiran - bab + 1}" in contents


def test_bookmarks_follow_the_headings(reader: PdfReader) -> None:
    assert read_titles(reader.outline) == [
        "KATA PENGANTAR", "DAFTAR ISI", "DAFTAR TABEL", "DAFTAR GAMBAR", "BAB I PENDAHULUAN",
        "1.1 Latar Belakang", "Penutup bab", "Lampiran 1 Hasil Olah Data",
    ]  # fmt: skip


def test_the_document_tells_its_language_title_and_author(reader: PdfReader) -> None:
    assert str(reader.root_object["/Lang"]) == "id-ID"
    assert reader.metadata is not None
    assert reader.metadata.title == "Laporan SKM Kecamatan Palaran 2024"
    assert reader.metadata.author == "Kecamatan Palaran"


def test_the_document_is_tagged_and_made_for_the_archive(reader: PdfReader, pdf: bytes) -> None:
    root = reader.root_object
    assert root["/MarkInfo"]["/Marked"] == BooleanObject(True)  # type: ignore[index]
    assert "/StructTreeRoot" in root
    metadata = root["/Metadata"].get_object()
    assert isinstance(metadata, StreamObject)
    xmp = metadata.get_data().decode()
    for one in ("<pdfaid:part>2<", "<pdfaid:conformance>A<", "<pdfuaid:part>1<"):
        assert one in xmp


def test_landscape_pages_are_only_those_that_ask_for_it(
    reader: PdfReader, pages: list[str]
) -> None:
    lying = [float(page.mediabox.width) > float(page.mediabox.height) for page in reader.pages]
    first = next(n for n, page in enumerate(pages) if "Lampiran1HasilOlahData" in page and n > 3)
    last = next(n for n, page in enumerate(pages) if "Layananke-60" in page)
    assert [n for n, flat in enumerate(lying) if flat] == list(range(first, last + 1))


def test_the_header_row_is_repeated_on_each_page_of_a_table(pages: list[str]) -> None:
    own = [page for page in pages if "Layananke-4" in page or "Layananke-60" in page]
    assert len(own) > 1
    assert all("No.NamalayananNilai" in page for page in own)


def test_the_signature_is_not_parted(pages: list[str]) -> None:
    (page,) = [page for page in pages if "BudiSantoso" in page]
    assert "Palaran,3Januari2025CamatPalaranBudiSantoso" in page


def test_a_long_name_signs_on_one_line_and_its_nip_is_grouped() -> None:
    nama = "Drs. H. Muhammad Abdul Rahman Hakim Hasanuddin, S.Sos., M.Si."
    tanda = TandaTangan(tempat_tanggal="", jabatan="Camat", nama=nama, nip="197001011995031001")
    pdf = make_pdf(make_dokumen([Judul(tingkat=1, teks="X"), tanda], cap=""))
    lines = [
        line
        for page in PdfReader(io.BytesIO(pdf)).pages
        for line in page.extract_text().splitlines()
    ]
    assert nama in lines
    assert "NIP 19700101 199503 1 001" in lines


@pytest.mark.parametrize(
    ("nip", "shown"),
    [
        ("19700101 1995 031001", "19700101 199503 1 001"),
        ("1970010119950310", "1970010119950310"),
        ("500 012 345", "500 012 345"),
        ("…………", "…………"),
        ("", ""),
    ],
)
def test_only_a_nip_of_eighteen_digits_is_grouped(nip: str, shown: str) -> None:
    assert format_nip(nip) == shown


def test_a_document_without_blocks_is_its_cover() -> None:
    assert len(PdfReader(io.BytesIO(make_pdf(make_dokumen([])))).pages) == 1


def test_a_report_that_cannot_meet_the_archive_standards_is_made_all_the_same() -> None:
    # A letter that the fonts do not have, and a section above all chapters.
    pdf = make_pdf(make_dokumen([Judul(tingkat=2, teks="Awal"), Paragraf(teks="漢 dan isi")]))
    assert "danisi" in read_words(pdf)


def test_another_process_gives_the_same_bytes(pdf: bytes) -> None:
    program = (
        "import hashlib; from skm_app.reports.pdf import make_pdf;"
        "from tests.reports.test_pdf import make_dokumen;"
        "print(hashlib.sha256(make_pdf(make_dokumen())).hexdigest())"
    )
    other = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, check=True, capture_output=True, text=True,
        stdin=subprocess.DEVNULL, timeout=120,
    )  # fmt: skip
    assert other.stdout.strip() == hashlib.sha256(pdf).hexdigest()


def test_a_process_forked_from_one_that_made_a_pdf_is_told_instead_of_hanging() -> None:
    program = (
        "import os; from skm_app.reports.qr import Kartu, make_kartu_pdf\n"
        "def make(): make_kartu_pdf(Kartu(url='http://a.id', kode='A', kantor='B', nama='C'))\n"
        "make()\n"
        "child = os.fork()\n"
        "if child == 0:\n"
        "    try: make()\n"
        "    except RuntimeError: os._exit(7)\n"
        "    os._exit(0)\n"
        "raise SystemExit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, check=False, timeout=60,
        stdin=subprocess.DEVNULL,
    )  # fmt: skip
    assert done.returncode == 7
