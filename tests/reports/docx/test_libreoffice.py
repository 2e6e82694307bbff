"""What an office without Word sees: LibreOffice sets the report, and its pages are read."""

from __future__ import annotations

import re

import pytest
from pypdf import PdfReader

from skm_app.reports.docx import make_docx
from tests.reports.docx.contoh import make_contoh
from tests.reports.docx.kantor import make_templat_kantor
from tests.reports.libreoffice import convert

JUDUL = re.compile(r"^(\d\.\d|Tabel \d+\.|Gambar \d+\.) ")


@pytest.fixture(scope="module")
def halaman(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """Text of every page: of the report in our template, and in an office's."""
    folder = tmp_path_factory.mktemp("docx")
    berkas = {
        "kita": make_docx(make_contoh()),
        "kantor": make_docx(make_contoh(), make_templat_kantor()),
    }
    for nama, data in berkas.items():
        (folder / f"{nama}.docx").write_bytes(data)
    hasil = convert([folder / f"{nama}.docx" for nama in berkas], "pdf", folder / "pdf")
    return {path.stem: [page.extract_text() for page in PdfReader(path).pages] for path in hasil}


def read_nomor(teks: str) -> str:
    """The page number at the foot, between the footer's text and the stamp."""
    found = re.search(r"Tahun 2024\s*([ivx]+|\d+)\s*SEMENTARA|SEMENTARA\s*([ivx]+|\d+)\s*$", teks)
    assert found, teks[-200:]
    return found[1] or found[2]


def test_the_contents_name_the_pages_on_which_headings_really_are(
    halaman: dict[str, list[str]],
) -> None:
    semua = halaman["kita"]
    daftar = next(n for n, teks in enumerate(semua) if "DAFTAR ISI" in teks)
    dijanjikan = re.findall(r"^(.+?)\.{5,}\s*([ivx]+|\d+)\s*$", semua[daftar], re.M)

    nyata = {
        " ".join(baris.split()): read_nomor(teks)
        for teks in semua[daftar + 1 :]
        for baris in teks.splitlines()
        if JUDUL.match(baris)
    }
    janji = {" ".join(teks.split()): nomor for teks, nomor in dijanjikan}
    assert {teks: janji[teks] for teks in nyata if teks in janji} == {
        teks: nomor for teks, nomor in nyata.items() if teks in janji
    }
    assert len(set(nyata) & set(janji)) == 25
    assert janji["KATA PENGANTAR"] == "i"


def test_pages_before_the_first_chapter_are_numbered_apart(halaman: dict[str, list[str]]) -> None:
    semua = halaman["kita"]

    assert [read_nomor(teks) for teks in semua[1:5]] == ["i", "ii", "1", "2"]
    assert "Tahun 2024 1" not in semua[0]


def test_a_wide_table_repeats_its_header_on_each_page(halaman: dict[str, list[str]]) -> None:
    lembar = [teks for teks in halaman["kita"] if "Jenis layanan" in teks]

    assert len(lembar) == 2
    assert "Layanan nomor 40" in lembar[1]


def test_an_offices_template_is_set_with_the_whole_report(halaman: dict[str, list[str]]) -> None:
    semua = halaman["kantor"]

    assert all("PEMERINTAH KOTA SAMARINDA – KECAMATAN PALARAN" in teks for teks in semua)
    assert all("SEMENTARA" in teks for teks in semua)
    assert "Dokumen ini dibuat oleh Kecamatan Palaran." in semua[-1]
    assert all(len(teks) > 150 for teks in semua), "an empty page"
