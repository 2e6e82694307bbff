"""Checking a typed LKjIP in the browser."""

from __future__ import annotations

import io

from openpyxl import load_workbook
from sqlalchemy import func, select

from skm_app.database import Database
from skm_app.models import Catatan
from skm_app.periksa import make_templat
from tests.admin.helpers import Petugas
from tests.offices import ON_SQLITE
from tests.pages import Page, read_page
from tests.periksa.contoh import make_diperbaiki, make_tercetak

pytestmark = ON_SQLITE
PERIKSA = "/admin/periksa"


def upload(petugas: Petugas, data: bytes, status: int = 200) -> Page:
    page = petugas.open(PERIKSA)
    token = next(
        one.attrs["value"] or ""
        for one in page.root.walk()
        if one.attrs.get("name") == "csrf_token" and one.attrs.get("value")
    )
    response = petugas.client.post(
        PERIKSA,
        data={"csrf_token": token, "berkas": (io.BytesIO(data), "lkjip 2024.xlsx")},
        content_type="multipart/form-data",
    )
    return read_page(response, status)


def count_catatan(database: Database) -> int:
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(Catatan)) or 0


def test_findings_are_shown_with_printed_and_right_values(budi: Petugas) -> None:
    page = upload(budi, make_tercetak())
    assert page.h1 == "Hasil pemeriksaan laporan"
    assert "Ada 25 temuan di" in page.text
    assert "Temuan 25" in page.text
    rows = [
        [cell.text for cell in row.children if not isinstance(cell, str)]
        for row in page.root.all("tr")
    ]
    tempat = "Tabel 3.3, indikator 1, Capaian terhadap Renstra (lembar Tabel 3.3 & 3.4)"
    assert ["K5 lembar Tabel 3.3 & 3.4", "181,08", "97,96", tempat] in rows


def test_the_findings_can_be_taken_as_files_and_nothing_is_stored(
    lia: Petugas, database: Database
) -> None:
    before = count_catatan(database)
    page = upload(lia, make_tercetak())
    (form,) = [one for one in page.forms if one.action.startswith(f"{PERIKSA}/temuan")]
    fields = {
        one.attrs["name"]: one.attrs["value"]
        for one in form.element.walk()
        if one.tag == "input" and one.attrs.get("name")
    }
    csv = lia.client.post(f"{PERIKSA}/temuan", data={**fields, "jenis": "csv"})
    assert csv.status_code == 200
    lines = csv.get_data(as_text=True).splitlines()
    assert lines[0].endswith("No.,Tentang,Lembar,Sel,Tempat,Tercetak,Seharusnya,Alasan")
    assert any("K5" in line and '"181,08","97,96"' in line for line in lines)
    xlsx = lia.client.post(f"{PERIKSA}/temuan", data={**fields, "jenis": "xlsx"})
    rows = list(load_workbook(io.BytesIO(xlsx.get_data()))["Data"].values)
    assert len(rows) == len(lines)
    forged = {**fields, "isi": (fields["isi"] or "")[:-2] + "xx"}
    assert lia.client.post(f"{PERIKSA}/temuan", data={**forged, "jenis": "csv"}).status_code == 400
    assert lia.client.post(f"{PERIKSA}/temuan", data=fields).status_code == 400
    assert lia.client.post(f"{PERIKSA}/temuan", data={"jenis": "csv"}).status_code == 400
    assert count_catatan(database) == before


def test_a_report_without_contradictions_is_told_so(lia: Petugas) -> None:
    page = upload(lia, make_diperbaiki())
    assert "Tidak ada temuan." in page.text
    assert not [one for one in page.forms if "temuan" in one.action]


def test_a_file_that_cannot_be_read_is_explained(lia: Petugas) -> None:
    assert "Pilih berkasnya." in upload(lia, b"", 422).text
    assert "Ini bukan berkas XLSX" in upload(lia, b"Tahun\n", 422).text
    isi = {"Laporan": [["2024"]], "PK": [["Program", "1", "", "banyak"]]}
    text = upload(lia, make_templat(isi), 422).text
    assert 'Baris 5, kolom Target atau anggaran di lembar PK: "banyak" bukan angka' in text
    assert "belum berisi angka" in upload(lia, make_templat({"Laporan": [["2024"]]}), 422).text


def test_the_template_can_be_fetched(budi: Petugas) -> None:
    response = budi.client.get(f"{PERIKSA}/templat.xlsx")
    assert response.status_code == 200
    assert "Petunjuk" in load_workbook(io.BytesIO(response.get_data())).sheetnames


def test_operators_and_strangers_are_kept_out(ani: Petugas, stranger: Petugas) -> None:
    for path in ("", "/templat.xlsx"):
        assert ani.client.get(PERIKSA + path).status_code == 403
        assert stranger.client.get(PERIKSA + path).status_code == 303
    assert ani.client.post(f"{PERIKSA}/temuan").status_code == 403


def test_a_form_without_its_token_is_refused(lia: Petugas) -> None:
    for path in ("", "/temuan"):
        assert lia.client.post(PERIKSA + path, data={"isi": "x"}).status_code == 400
