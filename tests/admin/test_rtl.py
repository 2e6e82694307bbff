"""The follow-up plan on the screen: planned, changed, proven, carried on, downloaded."""

from __future__ import annotations

import csv
import hashlib
import io
import uuid

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from skm_app.database import Database
from skm_app.intake import Intake
from skm_app.models import BuktiRtl, Catatan, Pengguna, Rtl
from skm_app.rtl.bukti import MAX_BERKAS, MAX_UKURAN, PDF, XLSX
from tests.admin.helpers import Petugas
from tests.offices import ON_SQLITE, Kantor, add_periode, close, import_palaran
from tests.rtl.test_bukti import BAD, GOOD
from tests.rtl.test_rtl import add_rtl

DAFTAR = "/admin/rtl"
RENCANA = {
    "unsur": "waktu",
    "masalah": "Antre lama",
    "program": "=Tambah loket",
    "tahun": "2025",
    "triwulan": "2",
    "penanggung_jawab": "Kasi Pelayanan",
    "status": "rencana",
}


@pytest.fixture
def periode_id(database: Database, intake: Intake, kantor: Kantor) -> uuid.UUID:
    """2024 in Palaran, closed."""
    import_palaran(database, intake)
    periode_id = add_periode(database, kantor.palaran)
    close(database, periode_id)
    return periode_id


def list_aksi(database: Database) -> list[str]:
    with database.reading() as session:
        return list(session.scalars(select(Catatan.aksi).order_by(Catatan.nomor)))


def upload(who: Petugas, rtl_id: object, isi: bytes, nama: str = "bukti.pdf") -> TestResponse:
    page = who.open(f"{DAFTAR}/{rtl_id}")
    form = next(one for one in page.forms if one.action.endswith("/bukti"))
    # Put together here: the test client would leave a large file open behind it.
    mark = "----batas"
    head = (
        f'--{mark}\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n'
        f"{form.fields['csrf_token']}\r\n"
        f'--{mark}\r\nContent-Disposition: form-data; name="berkas"; filename="{nama}"\r\n'
        "Content-Type: text/html\r\n\r\n"
    )
    body = head.encode() + isi + f"\r\n--{mark}--\r\n".encode()
    kind = f"multipart/form-data; boundary={mark}"
    return who.client.post(form.action, data=body, content_type=kind)


def list_bukti(database: Database) -> list[BuktiRtl]:
    with database.reading() as session:
        return list(session.scalars(select(BuktiRtl)))


def test_a_plan_is_made_changed_and_deleted_and_all_of_it_is_written_down(
    lia: Petugas, database: Database, periode_id: uuid.UUID
) -> None:
    page = lia.open(DAFTAR)
    assert "Tiga terendah" in page.text
    assert "Angka yang sudah ditetapkan" in page.text
    lia.fill_in(f"{DAFTAR}/periode/{periode_id}/tambah?unsur=waktu", RENCANA)
    with database.reading() as session:
        rtl = session.scalars(select(Rtl)).one()
    assert "=Tambah loket" in lia.open(f"{DAFTAR}/{rtl.id}").text

    lia.fill_in(f"{DAFTAR}/{rtl.id}/ubah", {"triwulan": "3"})
    lia.fill_in(f"{DAFTAR}/{rtl.id}/ubah", {"triwulan": "3"})  # nothing new
    lia.press(f"{DAFTAR}/{rtl.id}", f"{DAFTAR}/{rtl.id}/hapus")

    lia.open(f"{DAFTAR}/{rtl.id}", status=404)
    assert [one for one in list_aksi(database) if one.endswith("rtl")] == [
        "tambah rtl", "ubah rtl", "hapus rtl",
    ]  # fmt: skip


@ON_SQLITE
def test_the_table_has_the_columns_of_the_report(
    lia: Petugas, budi: Petugas, periode_id: uuid.UUID
) -> None:
    lia.fill_in(f"{DAFTAR}/periode/{periode_id}/tambah", RENCANA)
    lia.fill_in(
        f"{DAFTAR}/periode/{periode_id}/tambah",
        {**RENCANA, "unsur": "persyaratan", "triwulan": "4"},
    )
    text = budi.client.get(f"{DAFTAR}?unduh=csv&tabel=rtl").text.removeprefix("\ufeff")
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[0] == [
        "No", "Prioritas Unsur", "Program/Kegiatan", "Waktu TW I", "Waktu TW II",
        "Waktu TW III", "Waktu TW IV", "Penanggung Jawab",
    ]  # fmt: skip
    # The weakest unsur first; a formula is defused.
    assert rows[1][1:3] == ["U1 Persyaratan", "'=Tambah loket"]
    assert rows[1][3:7] == ["", "", "", "2025"]
    assert rows[2][1] == "U3 Waktu Penyelesaian"
    for tabel in ("rtl", "hasil-rtl", "unsur"):
        assert budi.client.get(f"{DAFTAR}?unduh=xlsx&tabel={tabel}").data.startswith(b"PK")


@ON_SQLITE
def test_faults_of_a_plan_are_named_and_what_was_typed_stays(
    lia: Petugas, database: Database, periode_id: uuid.UUID
) -> None:
    url = f"{DAFTAR}/periode/{periode_id}/tambah"
    for change, sentence in (
        ({"program": " "}, "Isi program atau kegiatan"),
        ({"program": "a" * 501}, "Paling panjang 500"),
        ({"unsur": "cuaca"}, "pilih salah satu"),
        ({"tahun": "1999"}, "pilih salah satu"),
        ({"triwulan": "5"}, "pilih salah satu"),
        ({"penanggung_jawab": ""}, "Isi penanggung jawab"),
        ({"status": "selesai"}, "Isi tanggal selesai"),
        ({"status": "tidak"}, "mengapa tidak dilaksanakan"),
        ({"tanggal_selesai": "2025-01-01"}, "Kosongkan tanggal ini"),
        ({"tanggal_selesai": "besok"}, "Tanggal harus ditulis"),
    ):
        page = lia.fill_in(url, {**RENCANA, **change}, status=422)
        assert sentence in page.text, change
        assert page.by_id("masalah").text == "Antre lama"
    with database.reading() as session:
        assert session.scalars(select(Rtl)).all() == []


def test_two_people_who_change_one_plan_are_told(
    lia: Petugas, database: Database, periode_id: uuid.UUID
) -> None:
    rtl_id = add_rtl(database, periode_id)
    first, second = (lia.open(f"{DAFTAR}/{rtl_id}/ubah") for _ in range(2))
    number = next(i for i, f in enumerate(first.forms) if "versi" in f.fields)
    lia.send(first, {"triwulan": "3"}, 303, form=number)
    lia.send(second, {"triwulan": "4"}, 409, form=number)
    with database.reading() as session:
        assert session.get_one(Rtl, rtl_id).triwulan == 3


def test_evidence_is_kept_and_given_out_as_a_file(
    lia: Petugas, budi: Petugas, database: Database, periode_id: uuid.UUID
) -> None:
    rtl_id = add_rtl(database, periode_id)
    # Larger than a body may be anywhere else.
    isi = GOOD[PDF] + b"x" * 300_000
    assert upload(lia, rtl_id, isi, "Foto é.html").status_code == 303

    (bukti,) = list_bukti(database)
    assert (bukti.nama, bukti.ukuran) == ("Foto é.pdf", len(isi))
    assert bukti.sidik == hashlib.sha256(isi).hexdigest()
    assert "Foto é.pdf" in budi.open(f"{DAFTAR}/{rtl_id}").text
    answer = budi.client.get(f"{DAFTAR}/bukti/{bukti.id}")
    assert answer.data == isi
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"

    page = lia.follow(lia.press(f"{DAFTAR}/{rtl_id}", f"{DAFTAR}/{rtl_id}/hapus"))
    assert "sudah mempunyai bukti" in page.text
    lia.press(f"{DAFTAR}/{rtl_id}", f"{DAFTAR}/bukti/{bukti.id}/hapus")
    assert list_bukti(database) == []
    aksi = list_aksi(database)
    assert ("tambah bukti" in aksi, "hapus bukti" in aksi) == (True, True)


@ON_SQLITE
def test_evidence_that_is_not_what_it_seems_is_refused(
    lia: Petugas, database: Database, periode_id: uuid.UUID
) -> None:
    rtl_id = add_rtl(database, periode_id)
    for isi in BAD.values():
        answer = upload(lia, rtl_id, isi)
        assert answer.status_code == 303
        assert lia.open(answer.location).root.all("p", **{"class": "pesan pesan-galat"})
    assert list_bukti(database) == []
    assert upload(lia, rtl_id, b"%PDF-" + b"x" * (MAX_UKURAN + 200_000)).status_code == 413
    for number in range(MAX_BERKAS):
        assert upload(lia, rtl_id, GOOD[PDF] + bytes([number])).status_code == 303
    same = add_rtl(database, periode_id)
    upload(lia, same, GOOD[XLSX])
    upload(lia, same, GOOD[XLSX], "lagi.xlsx")
    assert len(list_bukti(database)) == MAX_BERKAS + 1
    page = lia.open(f"{DAFTAR}/{rtl_id}")
    assert not [one for one in page.forms if one.action.endswith("/bukti")]


@ON_SQLITE
def test_an_upload_needs_its_token_and_other_pages_keep_their_limit(
    lia: Petugas, database: Database, periode_id: uuid.UUID
) -> None:
    rtl_id = add_rtl(database, periode_id)
    url = f"{DAFTAR}/{rtl_id}/bukti"
    for token in ({}, {"csrf_token": "salah"}):
        data = {**token, "berkas": (io.BytesIO(GOOD[PDF]), "a.pdf")}
        assert lia.client.post(url, data=data).status_code == 400
    assert list_bukti(database) == []
    large = {"program": "x" * 100_000}
    assert lia.client.post(f"{DAFTAR}/{rtl_id}/ubah", data=large).status_code == 413


def test_unfinished_plans_are_carried_on_with_one_button(
    lia: Petugas, database: Database, kantor: Kantor, periode_id: uuid.UUID
) -> None:
    add_rtl(database, periode_id)
    add_rtl(database, periode_id, status="selesai", uraian_hasil="Ya")
    assert "Lanjutkan yang belum selesai" not in lia.open(DAFTAR).text
    later = add_periode(database, kantor.palaran, 2025)
    url = f"{DAFTAR}?periode={periode_id}"
    assert "belum ditetapkan" in lia.open(url).text
    button = f"{DAFTAR}/periode/{periode_id}/lanjutkan"

    page = lia.follow(lia.press(url, button))

    assert page.response.request.path == DAFTAR
    assert "1 rencana dilanjutkan ke periode 2025." in page.text
    assert "Lanjutkan yang belum selesai" not in lia.open(url).text
    with database.reading() as session:
        carried = session.scalars(select(Rtl).where(Rtl.periode_id == later)).one()
    assert "melanjutkan" in lia.open(f"{DAFTAR}/{carried.id}").text


@ON_SQLITE
def test_the_head_of_the_office_reads_only(
    budi: Petugas, database: Database, periode_id: uuid.UUID
) -> None:
    rtl_id = add_rtl(database, periode_id)
    for url in (DAFTAR, f"{DAFTAR}/{rtl_id}"):
        page = budi.open(url)
        assert not [f for f in page.forms if f.method == "post" and "/rtl" in f.action]


def test_somebody_of_a_kelurahan_gets_no_plan_of_the_kecamatan(
    lia: Petugas, database: Database, kantor: Kantor, periode_id: uuid.UUID
) -> None:
    rtl_id = add_rtl(database, periode_id)
    upload(lia, rtl_id, GOOD[PDF])
    (bukti,) = list_bukti(database)
    token = lia.open(f"{DAFTAR}/{rtl_id}").forms[0].fields["csrf_token"]
    with database.writing() as session:
        user = session.scalars(select(Pengguna).where(Pengguna.nama == "lia")).one()
        user.unit_id = kantor.rawa_makmur

    assert "Belum ada periode" in lia.open(DAFTAR).text
    for url in (f"{DAFTAR}?periode={periode_id}", f"{DAFTAR}/{rtl_id}", f"{DAFTAR}/{rtl_id}/ubah",
                f"{DAFTAR}/periode/{periode_id}/tambah", f"{DAFTAR}/bukti/{bukti.id}"):  # fmt: skip
        lia.open(url, status=404)
    for url in (f"{DAFTAR}/{rtl_id}/ubah", f"{DAFTAR}/{rtl_id}/hapus", f"{DAFTAR}/{rtl_id}/bukti",
                f"{DAFTAR}/periode/{periode_id}/tambah", f"{DAFTAR}/bukti/{bukti.id}/hapus",
                f"{DAFTAR}/periode/{periode_id}/lanjutkan"):  # fmt: skip
        assert lia.client.post(url, data={"csrf_token": token}).status_code == 404, url
    assert len(list_bukti(database)) == 1
