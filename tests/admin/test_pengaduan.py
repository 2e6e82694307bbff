"""Complaints: from new to answered, the overdue first, every step written down."""

from __future__ import annotations

import uuid
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from skm_app.database import Database
from skm_app.intake import Intake
from skm_app.models import Catatan, Jawaban, Pengaduan, Pengguna, Responden
from skm_app.saran.pengaduan import count_overdue, due_date, last_arrival_overdue
from tests.admin.helpers import Petugas
from tests.admin.warga import leave_pengaduan, leave_saran
from tests.offices import ON_SQLITE, Kantor, today_wita

DAFTAR = "/admin/pengaduan"
MULAI = {"status": "diproses", "penanggung_jawab": "Kasi Pelayanan"}


def list_langkah(database: Database) -> list[Catatan]:
    with database.reading() as session:
        statement = select(Catatan).where(Catatan.aksi == "tangani pengaduan")
        return list(session.scalars(statement.order_by(Catatan.nomor)))


@pytest.mark.parametrize(
    ("arrived", "due"),
    [
        ("2026-11-16", "2026-11-23"),  # Monday: the Monday after
        ("2026-11-20", "2026-11-27"),  # Friday
        ("2026-11-21", "2026-11-27"),  # Saturday
        ("2026-11-22", "2026-11-27"),  # Sunday
        ("2026-12-28", "2027-01-04"),
    ],
)
def test_five_working_days_are_counted(arrived: str, due: str) -> None:
    assert due_date(date.fromisoformat(arrived)) == date.fromisoformat(due)


def test_the_last_overdue_arrival_is_the_last_one() -> None:
    for number in range(14):
        today = date(2026, 11, 16) + timedelta(days=number)
        last = last_arrival_overdue(today)
        assert due_date(last) < today <= due_date(last + timedelta(days=1))


def test_a_complaint_goes_from_new_to_answered_and_back_with_a_reason(
    ani: Petugas, database: Database, intake: Intake, kantor: Kantor
) -> None:
    saran, _ = leave_pengaduan(database, intake, kantor, "Antre tiga jam di loket.")
    url = f"{DAFTAR}/{saran.id}"
    ani.fill_in(url, {**MULAI})
    ani.fill_in(url, {"status": "selesai", "jawaban": "Loket kedua dibuka."})
    page = ani.fill_in(url, {"status": "diproses"}, status=422)
    assert "Isi mengapa pengaduan ini dibuka kembali." in page.text
    ani.fill_in(url, {"status": "diproses", "alasan": "Warga datang lagi."})

    with database.reading() as session:
        row = session.get_one(Pengaduan, saran.id)
        assert (row.status, row.selesai, row.jawaban) == ("diproses", None, "Loket kedua dibuka.")
    steps = list_langkah(database)
    assert [(one.sesudah or {}).get("status") for one in steps] == [
        "diproses", "selesai", "diproses",
    ]  # fmt: skip
    assert steps[2].alasan == "Warga datang lagi."
    whole = " ".join(f"{one.keterangan}{one.sebelum}{one.sesudah}" for one in steps)
    assert "Antre" not in whole
    assert "Loket kedua" not in whole


@ON_SQLITE
def test_each_step_needs_what_it_needs(
    ani: Petugas, database: Database, intake: Intake, kantor: Kantor
) -> None:
    saran, _ = leave_pengaduan(database, intake, kantor)
    url = f"{DAFTAR}/{saran.id}"
    assert "Isi siapa yang menangani" in ani.fill_in(url, {"status": "diproses"}, 422).text
    ani.fill_in(url, {**MULAI, "status": "selesai", "jawaban": "Ya."}, 422)
    ani.fill_in(url, {**MULAI, "tenggat": ""}, 422)
    ani.fill_in(url, {**MULAI, "jawaban": "a" * 2001}, 422)
    assert list_langkah(database) == []

    ani.fill_in(url, MULAI)
    page = ani.fill_in(url, {"status": "selesai", "penanggung_jawab": "Sekcam"}, 422)
    assert "Tulis jawaban untuk warga" in page.text
    assert page.by_id("penanggung_jawab").attrs["value"] == "Sekcam"


def test_the_overdue_come_first_and_are_counted(
    ani: Petugas, database: Database, intake: Intake, kantor: Kantor
) -> None:
    today = today_wita()
    done, _ = leave_pengaduan(
        database, intake, kantor, "Selesai", tanggal=today - timedelta(days=90)
    )
    leave_pengaduan(database, intake, kantor, "Baru")
    leave_pengaduan(database, intake, kantor, "Lama", tanggal=today - timedelta(days=30))
    later, _ = leave_pengaduan(
        database, intake, kantor, "Ditunda", tanggal=today - timedelta(days=40)
    )
    ani.fill_in(f"{DAFTAR}/{done.id}", MULAI)
    ani.fill_in(f"{DAFTAR}/{done.id}", {"status": "selesai", "jawaban": "Ya."})
    ani.fill_in(
        f"{DAFTAR}/{later.id}", {**MULAI, "tenggat": (today + timedelta(days=3)).isoformat()}
    )

    page = ani.open(DAFTAR)
    texts = [one.first("p", dir="auto").text for one in page.root.all("article")]
    assert texts == ["Lama", "Ditunda", "Baru", "Selesai"]
    assert "1 pengaduan sudah lewat tenggat" in page.text
    late = ani.open(f"{DAFTAR}?status=terlambat").root.all("article")
    assert [one.first("p", dir="auto").text for one in late] == ["Lama"]
    with database.reading() as session:
        assert count_overdue(session, [kantor.palaran], today) == 1
        assert count_overdue(session, [kantor.palaran], today + timedelta(days=30)) == 3
        assert count_overdue(session, [kantor.rawa_makmur], today) == 0


def test_two_people_who_work_on_one_complaint_are_told(
    lia: Petugas, ani: Petugas, database: Database, intake: Intake, kantor: Kantor
) -> None:
    saran, _ = leave_pengaduan(database, intake, kantor)
    url = f"{DAFTAR}/{saran.id}"
    for jabatan in ("Kasi Pelayanan", "Lurah"):
        first, second = lia.open(url), ani.open(url)
        number = next(i for i, f in enumerate(first.forms) if "versi" in f.fields)
        lia.send(first, {**MULAI, "penanggung_jawab": jabatan}, 303, form=number)
        ani.send(second, {**MULAI, "penanggung_jawab": "Sekcam"}, 409, form=number)
    assert len(list_langkah(database)) == 2


@ON_SQLITE
def test_staff_find_a_complaint_by_the_code_of_a_citizen(
    ani: Petugas, database: Database, intake: Intake, kantor: Kantor
) -> None:
    saran, kode = leave_pengaduan(database, intake, kantor)
    typed = f" {kode[:4].lower()} - {kode[4:]}"
    assert ani.fill_in(DAFTAR, {"kode": typed}).location == f"{DAFTAR}/{saran.id}"
    for wrong in ("", "ABC", "x" * 5000, "\x00"):
        page = ani.follow(ani.fill_in(DAFTAR, {"kode": wrong}))
        assert "tidak ditemukan" in page.text


def test_somebody_of_a_kelurahan_gets_no_complaint_of_the_kecamatan(
    ani: Petugas, database: Database, intake: Intake, kantor: Kantor
) -> None:
    saran, kode = leave_pengaduan(database, intake, kantor)
    with database.writing() as session:
        user = session.scalars(select(Pengguna).where(Pengguna.nama == "ani")).one()
        user.unit_id = kantor.rawa_makmur
    assert ani.open(DAFTAR).root.all("article") == []
    assert ani.fill_in(DAFTAR, {"kode": kode}).location == DAFTAR
    token = ani.open(DAFTAR).forms[0].fields["csrf_token"]
    for id_ in (saran.id, uuid.uuid4()):
        ani.open(f"{DAFTAR}/{id_}", status=404)
        assert ani.client.post(f"{DAFTAR}/{id_}", data={"csrf_token": token}).status_code == 404


@ON_SQLITE
def test_a_plain_comment_is_no_complaint(
    ani: Petugas, database: Database, intake: Intake, kantor: Kantor
) -> None:
    saran = leave_saran(database, intake, kantor, "Bagus")
    ani.open(f"{DAFTAR}/{saran.id}", status=404)
    assert ani.open(DAFTAR).root.all("article") == []
    ani.open(f"{DAFTAR}?status=lain", status=404)
    ani.open(f"{DAFTAR}?hal=0", status=404)


@ON_SQLITE
def test_the_head_of_the_office_reads_the_answer_and_changes_nothing(
    budi: Petugas, ani: Petugas, database: Database, intake: Intake, kantor: Kantor
) -> None:
    saran, _ = leave_pengaduan(database, intake, kantor)
    ani.fill_in(f"{DAFTAR}/{saran.id}", {**MULAI, "jawaban": "Sedang kami urus."})
    page = budi.open(f"{DAFTAR}/{saran.id}")
    assert "Sedang kami urus." in page.text
    assert page.root.all("textarea") == []


@ON_SQLITE
def test_no_page_joins_a_complaint_to_the_answers(
    lia: Petugas, database: Database, intake: Intake, kantor: Kantor
) -> None:
    for _ in range(3):
        leave_saran(database, intake, kantor, f"Lain {_}")
    saran, _ = leave_pengaduan(database, intake, kantor)
    with database.reading() as session:
        ids = [str(one) for one in session.scalars(select(Responden.id))]
        assert session.scalars(select(Jawaban)).first() is not None
    for url in (DAFTAR, f"{DAFTAR}/{saran.id}", "/admin/saran", f"/admin/saran/{saran.id}"):
        html = lia.client.get(url).text
        assert not any(one in html for one in ids)
        assert "NRR" not in html
    names = {key.target_fullname for key in Pengaduan.__table__.foreign_keys}
    assert names == {"saran.id"}
