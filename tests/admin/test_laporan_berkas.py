"""Documents made from the page of a period: the same figures everywhere, for whoever asked."""

from __future__ import annotations

import io
import uuid
from datetime import UTC, date, datetime

from docx import Document
from flask import Flask
from openpyxl import load_workbook
from pypdf import PdfReader
from sqlalchemy import select

from skm_app.admin.laporan_kerja import Pesanan
from skm_app.database import Database
from skm_app.intake import Intake
from skm_app.models import Catatan, Pengguna
from skm_app.reports.cetak import POSTER_PNG
from tests.admin.helpers import Petugas
from tests.admin.laporan import LAPORAN, fetch, make_2024, order
from tests.offices import ON_SQLITE, Kantor, add_periode, make_isian
from tests.pages import Page

pytestmark = ON_SQLITE


def text_of_docx(isi: bytes) -> str:
    document = Document(io.BytesIO(isi))
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return " ".join([*(one.text for one in document.paragraphs), *cells])


def text_of_pdf(isi: bytes) -> str:
    return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(isi)).pages)


def values_of_xlsx(isi: bytes) -> list[str]:
    """What the sheets show, of formulas their results."""
    return [
        str(cell.value)
        for sheet in load_workbook(io.BytesIO(isi), data_only=True)
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    ]


def list_ekspor(database: Database) -> list[str]:
    with database.reading() as session:
        found = session.scalars(select(Catatan.keterangan).where(Catatan.aksi == "ekspor"))
        return list(found)


def test_page_report_and_worksheet_bear_the_figures_of_the_printed_report(
    lia: Petugas, database: Database, intake: Intake, kantor: Kantor
) -> None:
    page = make_2024(database, intake, kantor)
    assert "IKM 87,23 B, 36 responden" in lia.open(page).text

    nama, isi = fetch(lia, page, "laporan-docx")
    assert nama == "laporan-skm-kecamatan-palaran-2024.docx"
    text = text_of_docx(isi)
    assert all(figure in text for figure in ("87,23", "3,306", "36 orang"))
    assert "SEMENTARA" not in text
    assert list_ekspor(database) == []

    nama, isi = fetch(lia, page, "lembar-kerja-xlsx")
    assert nama == "lembar-kerja-skm-kecamatan-palaran-2024.xlsx"
    assert {"87.23", "3.306"} <= set(values_of_xlsx(isi))
    # Who took the rows of the respondents is on record.
    assert list_ekspor(database) == ["Lembar kerja periode 2024 diunduh sebagai XLSX."]


def test_the_pdf_of_an_open_period_is_marked_and_bears_the_texts_of_the_office(
    budi: Petugas, lia: Petugas, database: Database, intake: Intake, kantor: Kantor
) -> None:
    page = make_2024(database, intake, kantor, tutup=False)
    lia.fill_in(f"{page}/teks/kesimpulan", {"teks": "Kesimpulan ditulis tangan oleh Lia."})
    nama, isi = fetch(budi, page, "laporan-pdf")
    assert nama == "laporan-skm-kecamatan-palaran-2024-sementara.pdf"
    text = text_of_pdf(isi)
    for words in ("SEMENTARA", "87,23", "3,306", "Kesimpulan ditulis tangan oleh Lia."):
        assert words in text


def test_the_head_of_the_office_gets_the_poster_but_no_rows_of_respondents(
    budi: Petugas, lia: Petugas, database: Database, intake: Intake, kantor: Kantor
) -> None:
    page = make_2024(database, intake, kantor)
    assert "Lembar kerja" not in budi.open(page).root.first("main").text
    form = {"csrf_token": budi.open(page).forms[-1].fields["csrf_token"]}
    for jenis, status in (("lembar-kerja-xlsx", 403), ("lembar-kerja-pdf", 403), ("x", 404)):
        answer = budi.client.post(f"{page}/buat", data={**form, "jenis": jenis})
        assert answer.status_code == status

    url = order(budi, page, "poster-a4-pdf")
    answer = budi.client.get(f"{url}/unduh")
    assert answer.mimetype == "application/pdf"
    assert "87,23" in text_of_pdf(answer.data)
    # What one person asked for is nobody else's.
    for address in (url, f"{url}/unduh", f"{url}/kemajuan.json"):
        assert lia.client.get(address).status_code == 404


def test_of_fewer_than_five_people_nothing_is_made(
    lia: Petugas, database: Database, intake: Intake, kantor: Kantor
) -> None:
    page = f"{LAPORAN}/{add_periode(database, kantor.palaran)}"
    assert "Belum ada jawaban pada periode ini" in lia.open(page).text
    for _ in range(4):
        intake.record(make_isian(kantor, tanggal=date(2024, 5, 5)))
    told = lia.open(page)
    assert "tidak dapat dikenali. Berkasnya belum dapat dibuat" in told.text
    assert "IKM 75" not in told.text
    token = told.forms[-1].fields["csrf_token"]
    for jenis in ("laporan-docx", "lembar-kerja-xlsx", "poster-a4-png"):
        sent = lia.client.post(f"{page}/buat", data={"csrf_token": token, "jenis": jenis})
        assert "4 jawaban masuk" in wait_for_text(lia, sent.location)
    assert lia.client.get(f"{sent.location}/unduh").location == sent.location


def wait_for_text(who: Petugas, url: str) -> str:
    while who.client.get(f"{url}/kemajuan.json").get_json()["berjalan"]:
        pass
    return who.open(url).text


def test_one_person_does_not_make_all_others_wait(
    lia: Petugas, budi: Petugas, app: Flask, database: Database, intake: Intake, kantor: Kantor
) -> None:
    page = make_2024(database, intake, kantor)
    pencetak = app.extensions["skm_laporan"]
    with database.reading() as session:
        own = session.scalars(select(Pengguna.id).where(Pengguna.nama == "lia")).one()
    for _ in range(2):
        id_ = uuid.uuid4()
        pesanan = Pesanan(
            pengguna_id=own, periode_id=id_, jenis=POSTER_PNG, dibuat=datetime.now(UTC)
        )
        pencetak.rak.add(id_, pesanan)
        pencetak.pekerja._belum.add(id_)
    told = press_docx(lia, page)
    assert "Dua berkas Anda masih dibuat" in lia.follow(told).text
    assert "/berkas/" in press_docx(budi, page).location


def press_docx(who: Petugas, page: str) -> Page:
    opened = who.open(page)
    form = next(n for n, one in enumerate(opened.forms) if one.action == f"{page}/buat")
    return who.send(opened, {"jenis": "laporan-docx"}, form=form)


def test_while_others_wait_no_more_is_taken(
    lia: Petugas, app: Flask, database: Database, intake: Intake, kantor: Kantor
) -> None:
    page = make_2024(database, intake, kantor)
    app.extensions["skm_laporan"].pekerja._belum.update(uuid.uuid4() for _ in range(6))
    told = lia.follow(press_docx(lia, page))
    assert "Sudah banyak berkas yang menunggu" in told.text
