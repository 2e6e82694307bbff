"""The page of Bab III's tables, and its files."""

from __future__ import annotations

import csv
import io
import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook

from skm_app.database import Database
from skm_app.intake import Intake
from skm_app.models import Unit
from tests.admin.helpers import Petugas
from tests.offices import ON_SQLITE, Kantor, make_kantor
from tests.pages import Element, Page
from tests.reports.bab_iii.isi import Berkas2024, fill_2024, make_berkas_2024

HALAMAN = "/admin/lkjip?tahun=2024"


@pytest.fixture(scope="module")
def berkas(upgraded_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Berkas2024:
    return make_berkas_2024(upgraded_sqlite, tmp_path_factory.mktemp("lkjip"))


@pytest.fixture
def database_url(request: pytest.FixtureRequest, tmp_path: Path, berkas: Berkas2024) -> str:
    """The complete year; or the empty one, for a test that asks for it."""
    if getattr(request, "param", None) is None:
        return berkas.copy(tmp_path)
    shutil.copy(request.getfixturevalue("upgraded_sqlite"), tmp_path / "skm.db")
    return f"sqlite:///{tmp_path / 'skm.db'}"


@pytest.fixture
def kantor(database: Database, berkas: Berkas2024) -> Kantor:
    with database.reading() as session:
        filled = session.get(Unit, berkas.kantor.palaran) is not None
    return berkas.kantor if filled else make_kantor(database)


def get_bagian(page: Page, kode: str) -> Element:
    """The part of the page about one table."""
    return next(
        one
        for one in page.root.all("section", class_="tabel-lkjip")
        if one.first("h2").text.startswith(f"Tabel {kode} ")
    )


def test_the_page_shows_all_tables_with_formulas_below(lia: Petugas) -> None:
    page = lia.open(HALAMAN)
    assert page.h1 == "LKjIP Bab III 2024"
    heads = [one.text for one in page.root.all("h2")]
    assert [one for one in heads if one.startswith("Tabel 3.")][-1] == (
        "Tabel 3.12 Penilaian Kinerja Organisasi Kecamatan Palaran Tahun 2024"
    )
    capaian = get_bagian(page, "3.2")
    assert [row.text for row in capaian.all("tr")][1:] == [
        "1Nilai Indeks Kepuasan Masyarakat (IKM)88,3187,2398,78",
        "2Persentase Terlaksananya Program Pemberdayaan Masyarakat di Wilayah Kecamatan"
        "83%99,66%120,07",
    ]
    rumus = capaian.first("details", class_="rumus")
    assert rumus.first("summary").text == (
        "Rumus dan sumber Tabel 3.2 Capaian Indikator Kinerja Tahun 2024"
    )
    assert "Rumus: realisasi / target × 100 = 87,23 / 88,31 × 100 = 98,78" in rumus.text
    assert "penetapan nomor 1" in rumus.text


def test_the_page_leads_to_texts_files_and_what_is_missing(lia: Petugas) -> None:
    page = lia.open(HALAMAN)
    links = {one.text: one.attrs["href"] for one in page.root.all("a")}
    assert links["Unduh Bab III (DOCX)"] == "/admin/lkjip/bab-iii.docx?tahun=2024"
    assert links["Baca dan ubah teks"] == "/admin/lkjip/teks?tahun=2024"
    warning = page.root.first("div", class_="tindakan-daftar")
    assert "melebihi anggaran tanpa penjelasan. Buka Anggaran" in warning.text
    assert warning.first("a").attrs["href"] == "/admin/anggaran?tahun=2024"


def test_each_table_is_a_file_with_numbers(lia: Petugas) -> None:
    response = lia.client.get(f"{HALAMAN}&tabel=tabel-3-12&unduh=csv")
    assert "filename=tabel-3-12.csv" in response.headers["Content-Disposition"]
    rows = list(csv.reader(io.StringIO(response.get_data().decode("utf-8-sig"))))
    assert rows[1][3:] == ["88.31", "87.23", "98.78", "98.78", "10", "88.90"]
    assert rows[4][-1] == "93.95"
    sheet = load_workbook(
        io.BytesIO(lia.client.get(f"{HALAMAN}&tabel=tabel-3-10&unduh=xlsx").get_data())
    ).active
    assert sheet is not None
    assert [cell.value for cell in sheet[2]][2:] == [35898593985, 35585343360, 99.13]


def test_the_workbook_holds_every_table(lia: Petugas) -> None:
    response = lia.client.get("/admin/lkjip/tabel.xlsx?tahun=2024")
    assert response.headers["Content-Disposition"].endswith(
        "tabel-bab-iii-kecamatan-palaran-2024.xlsx"
    )
    book = load_workbook(io.BytesIO(response.get_data()), data_only=True)
    assert len(book.sheetnames) == 14
    assert book["Tabel 3.12"]["I8"].value == 93.95


def test_the_leader_reads_and_the_operator_does_not(budi: Petugas, ani: Petugas) -> None:
    assert "Baca teks" in budi.open(HALAMAN).text
    ani.open(HALAMAN, 403)
    assert ani.client.get("/admin/lkjip/tabel.xlsx").status_code == 403


def test_a_year_that_is_none_is_not_found(lia: Petugas, kantor: Kantor) -> None:
    lia.open("/admin/lkjip?tahun=dua", 404)
    assert lia.client.get("/admin/lkjip/tabel.xlsx?tahun=20244").status_code == 404


@ON_SQLITE
def test_an_open_period_is_pointed_out(
    lia: Petugas, database: Database, intake: Intake, kantor: Kantor
) -> None:
    fill_2024(database, intake, kantor, ditetapkan=False)
    page = lia.open(HALAMAN)
    assert "87,23 (sementara)" in get_bagian(page, "3.2").text
    assert "masih sementara atau belum ada, jadi berkasnya bertanda SEMENTARA" in page.text
    response = lia.client.get("/admin/lkjip/tabel.xlsx?tahun=2024")
    assert "2024-sementara.xlsx" in response.headers["Content-Disposition"]


@ON_SQLITE
def test_an_empty_office_is_told_where_to_begin(lia: Petugas, kantor: Kantor) -> None:
    page = lia.open(HALAMAN)
    warning = page.root.first("div", class_="tindakan-daftar")
    assert "Belum ada indikator kinerja. Buka Rencana kinerja" in warning.text
    assert lia.client.get("/admin/lkjip/tabel.xlsx?tahun=2024").status_code == 200
