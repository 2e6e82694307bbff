"""Proposals: what the second person sees, decides, and what follows from it."""

from __future__ import annotations

import threading
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import event, select

from skm_app.catatan import Pelaku
from skm_app.database import Database
from skm_app.intake import Intake
from skm_app.models import Catatan, Pembukaan, Penetapan, Pengguna, Periode, Putusan, Usulan
from skm_app.periode.usulan import propose_pembukaan
from skm_app.usulan.dua_orang import TARIK, decide
from skm_app.usulan.pengecualian import propose_pengecualian
from tests.admin.helpers import Petugas, add_pengguna, make_petugas
from tests.offices import (
    ON_SQLITE,
    Kantor,
    add_periode,
    close,
    import_palaran,
    list_differences,
    make_isian,
    make_isian_rawa,
    make_nilai,
)
from tests.pages import Page

DAY = date(2024, 6, 1)
ALASAN = "Semua lembar sudah masuk."


@pytest.fixture
def periode(database: Database, intake: Intake, kantor: Kantor) -> uuid.UUID:
    """2024 with its 36 responses, still open."""
    import_palaran(database, intake)
    return add_periode(database, kantor.palaran, konvensi="portal-kota", populasi=40,
                       populasi_sumber="Register")  # fmt: skip


def propose_closing(petugas: Petugas, periode: uuid.UUID) -> str:
    """Propose to close a period through its page; returns the address of the proposal."""
    answer = petugas.fill_in(f"/admin/periode/{periode}/tetapkan", {"alasan": ALASAN})
    return answer.location


def propose_opening(petugas: Petugas, periode: uuid.UUID) -> str:
    answer = petugas.fill_in(f"/admin/periode/{periode}/buka", {"alasan": "Ada lembar tertinggal."})
    return answer.location


def approve(petugas: Petugas, usulan: str, status: int = 303) -> Page:
    return petugas.press(usulan, f"{usulan}/setujui", status)


def read_penetapan(database: Database) -> list[Penetapan]:
    with database.reading() as session:
        return list(session.scalars(select(Penetapan).order_by(Penetapan.nomor)))


def test_one_proposes_and_another_freezes_exactly_what_was_shown(
    lia: Petugas, budi: Petugas, database: Database, periode: uuid.UUID
) -> None:
    confirmation = lia.open(f"/admin/periode/{periode}/tetapkan")
    assert confirmation.root.first("p", class_="besar").text == "87,23 B"
    assert "36 dari 36 responden yang diperlukan untuk 40 pengguna" in confirmation.text
    usulan = propose_closing(lia, periode)
    assert read_penetapan(database) == []

    shown = budi.open(usulan)
    assert shown.root.first("p", class_="besar").text == "87,23 B"
    assert ALASAN in shown.text
    page = budi.follow(approve(budi, usulan))

    assert page.h1 == "Periode 2024"
    assert "oleh budi, nomor 1" in page.text
    (penetapan,) = read_penetapan(database)
    assert (str(penetapan.ikm), str(penetapan.ikm_eksak), penetapan.n) == ("87.23", "87.27", 36)
    assert (penetapan.oleh, penetapan.isi["pengusul"]) == ("budi", "lia")
    assert (penetapan.isi["populasi"], penetapan.isi["kebutuhan"]) == (40, 36)
    assert penetapan.sidik in page.text
    assert list_differences(database) == []


@ON_SQLITE
def test_every_step_stands_once_in_the_log(
    lia: Petugas, budi: Petugas, database: Database, periode: uuid.UUID
) -> None:
    approve(budi, propose_closing(lia, periode))
    approve(budi, propose_opening(lia, periode))

    with database.reading() as session:
        log = session.scalars(
            select(Catatan).where(Catatan.objek == "usulan").order_by(Catatan.nomor)
        )
        steps = [(one.oleh, one.aksi) for one in log]
    assert steps == [
        ("lia", "usul tetapkan"),
        ("budi", "tetapkan disetujui"),
        ("lia", "usul buka"),
        ("budi", "buka disetujui"),
    ]


@ON_SQLITE
def test_the_author_sees_no_approval_and_is_refused_one(
    lia: Petugas, database: Database, periode: uuid.UUID
) -> None:
    usulan = propose_closing(lia, periode)
    page = lia.open(usulan)
    assert "Ini usulan Anda sendiri" in page.text
    assert not [form for form in page.forms if form.action.endswith(("/setujui", "/tolak"))]
    token = page.forms[-1].fields["csrf_token"]

    for tindakan in ("setujui", "tolak"):
        data = {"csrf_token": token, "catatan_tolak": "x"}
        answer = lia.client.post(f"{usulan}/{tindakan}", data=data)
        assert answer.status_code == 409
        assert "harus diputuskan oleh orang lain" in answer.text
    assert read_penetapan(database) == []


def test_answers_that_came_since_the_page_was_opened_are_shown_before_anything_is_closed(
    lia: Petugas, budi: Petugas, database: Database, intake: Intake, kantor: Kantor,
    periode: uuid.UUID,
) -> None:  # fmt: skip
    usulan = propose_closing(lia, periode)
    seen = budi.open(usulan)
    intake.record(make_isian(kantor, make_nilai(nilai=1), tanggal=DAY))

    number = next(n for n, form in enumerate(seen.forms) if form.action.endswith("/setujui"))
    page = budi.follow(budi.send(seen, {}, form=number))

    assert "Ada jawaban baru sejak halaman ini dibuka" in page.text
    assert page.root.first("p", class_="besar").text == "85,50 B"
    assert read_penetapan(database) == []
    approve(budi, usulan)
    assert [one.n for one in read_penetapan(database)] == [37]


@ON_SQLITE
def test_a_population_that_changed_meanwhile_is_shown_first_too(
    lia: Petugas, budi: Petugas, database: Database, periode: uuid.UUID
) -> None:
    usulan = propose_closing(lia, periode)
    seen = budi.open(usulan)
    lia.fill_in(f"/admin/periode/{periode}/ubah", {"populasi": "10", "populasi_sumber": "Lain"})

    number = next(n for n, form in enumerate(seen.forms) if form.action.endswith("/setujui"))
    assert "atau datanya diubah" in budi.follow(budi.send(seen, {}, form=number)).text
    assert read_penetapan(database) == []


def test_one_proposal_of_a_kind_waits_at_a_time(
    lia: Petugas, app: Flask, database: Database, periode: uuid.UUID
) -> None:
    add_pengguna(database, "tono", "admin")
    tono = make_petugas(app, "tono")
    tono.sign_in()
    seen = tono.open(f"/admin/periode/{periode}/tetapkan")
    propose_closing(lia, periode)

    answer = tono.send(seen, {}, form=len(seen.forms) - 1)
    page = tono.follow(tono.open(answer.location, status=303))

    assert "sudah diusulkan oleh lia" in page.text
    assert "Usulkan penetapan" not in page.text
    with database.reading() as session:
        assert len(session.scalars(select(Usulan)).all()) == 1


@ON_SQLITE
def test_a_proposal_is_rejected_with_a_reason_and_can_be_made_again(
    lia: Petugas, budi: Petugas, database: Database, periode: uuid.UUID
) -> None:
    usulan = propose_closing(lia, periode)
    page = budi.fill_in(usulan, {"catatan_tolak": " "}, status=422)
    assert "Isi alasannya" in page.text

    budi.fill_in(usulan, {"catatan_tolak": "Berkas kelurahan belum ada."})

    assert "Ditolak oleh budi" in lia.open(usulan).text
    assert "Berkas kelurahan belum ada." in lia.open("/admin/usulan").text
    assert read_penetapan(database) == []
    approve(budi, propose_closing(lia, periode))
    assert len(read_penetapan(database)) == 1


@ON_SQLITE
def test_the_author_withdraws_and_nobody_else_can(
    lia: Petugas, budi: Petugas, database: Database, periode: uuid.UUID
) -> None:
    usulan = propose_closing(lia, periode)
    token = budi.open(usulan).forms[-1].fields["csrf_token"]
    answer = budi.client.post(f"{usulan}/tarik", data={"csrf_token": token})
    assert (answer.status_code, "Hanya pengusul" in answer.text) == (409, True)

    lia.press(usulan, f"{usulan}/tarik")

    with database.reading() as session:
        assert [one.hasil for one in session.scalars(select(Putusan))] == ["ditarik"]
    answer = budi.client.post(f"{usulan}/setujui", data={"csrf_token": token})
    assert (answer.status_code, "sudah diputuskan" in answer.text) == (409, True)
    assert read_penetapan(database) == []


def test_two_who_confirm_at_the_same_moment_close_once(
    lia: Petugas, app: Flask, database: Database, periode: uuid.UUID
) -> None:
    usulan = propose_closing(lia, periode)
    people = []
    for nama in ("budi", "citra", "dewi"):
        add_pengguna(database, nama, "pimpinan")
        petugas = make_petugas(app, nama)
        petugas.sign_in()
        people.append((petugas, petugas.open(usulan)))
    together = threading.Barrier(len(people))

    def press(petugas: Petugas, page: Page) -> int:
        form = next(form for form in page.forms if form.action.endswith("/setujui"))
        together.wait()
        return petugas.client.post(form.action, data=form.fields).status_code

    with ThreadPoolExecutor(len(people)) as pool:
        statuses = list(pool.map(press, *zip(*people, strict=True)))

    assert sorted(statuses) == [303, 409, 409]
    assert len(read_penetapan(database)) == 1
    with database.reading() as session:
        assert len(session.scalars(select(Putusan)).all()) == 1
    assert list_differences(database) == []


def test_a_period_opened_again_is_closed_again_and_both_records_stay(
    lia: Petugas, budi: Petugas, database: Database, intake: Intake, kantor: Kantor,
    periode: uuid.UUID,
) -> None:  # fmt: skip
    approve(budi, propose_closing(lia, periode))
    page = budi.follow(approve(budi, propose_opening(lia, periode)))
    assert "Dibuka kembali dan belum ditetapkan lagi" in page.text
    intake.record(make_isian(kantor, make_nilai(nilai=1), tanggal=DAY))
    approve(budi, propose_closing(lia, periode))

    old = lia.open(f"/admin/periode/{periode}/penetapan/1")
    assert old.root.first("p", class_="besar").text == "87,23 B"
    assert "tidak berlaku lagi" in old.text
    assert "Ada lembar tertinggal. (diusulkan lia, disetujui budi)" in old.text
    new = lia.open(f"/admin/periode/{periode}/penetapan/2")
    assert new.root.first("p", class_="besar").text == "85,50 B"
    assert "Penetapan ini berlaku." in new.text
    first, second = read_penetapan(database)
    assert second.sidik_sebelum == first.sidik
    assert first.sidik in old.text
    assert first.sidik in new.text
    overview = lia.open(f"/admin/periode/{periode}").text
    assert "Nomor 1" in overview
    assert "Nomor 2" in overview
    lia.open(f"/admin/periode/{periode}/penetapan/3", status=404)
    assert list_differences(database) == []


@ON_SQLITE
def test_opening_again_needs_a_reason_and_a_closed_period(
    lia: Petugas, database: Database, periode: uuid.UUID
) -> None:
    url = f"/admin/periode/{periode}/buka"
    assert lia.open(url, status=303).location == f"/admin/periode/{periode}"
    close(database, periode)
    assert "Isi alasannya." in lia.fill_in(url, {"alasan": ""}, status=422).text
    with database.reading() as session:
        assert session.scalars(select(Usulan)).all() == []
        assert session.scalars(select(Pembukaan)).all() == []


@ON_SQLITE
def test_a_closed_period_is_not_proposed_again(
    lia: Petugas, database: Database, periode: uuid.UUID
) -> None:
    url = f"/admin/periode/{periode}/tetapkan"
    seen = lia.open(url)
    close(database, periode)

    answer = lia.send(seen, {}, form=len(seen.forms) - 1, to=url)

    assert "sudah ditetapkan" in lia.follow(lia.open(answer.location, status=303)).text
    with database.reading() as session:
        assert session.scalars(select(Usulan)).all() == []


@ON_SQLITE
def test_a_period_without_answers_offers_nothing_to_propose(
    lia: Petugas, database: Database, kantor: Kantor
) -> None:
    periode = add_periode(database, kantor.palaran)

    page = lia.open(f"/admin/periode/{periode}/tetapkan")

    assert "IKM belum dapat dihitung" in page.text
    assert not [form for form in page.forms if "sidik" in form.fields]


def make_exclusion(
    database: Database, kantor: Kantor, ids: list[uuid.UUID], nama: str = "lia"
) -> str:
    with database.writing() as session:
        lia = session.scalars(select(Pengguna).where(Pengguna.nama == nama)).one()
        pelaku = Pelaku(pengguna_id=lia.id, nama=lia.nama, peran=lia.peran)
        usulan = propose_pengecualian(
            session, pelaku, kantor.palaran, tuple(ids), "Uji coba tablet."
        )
    return f"/admin/usulan/{usulan.id}"


def test_leaving_out_shows_the_index_before_and_after_and_then_does_that(
    lia: Petugas, budi: Petugas, database: Database, intake: Intake, kantor: Kantor,
    periode: uuid.UUID,
) -> None:  # fmt: skip
    test_rows = [make_isian(kantor, make_nilai(nilai=1), tanggal=DAY) for _ in range(5)]
    intake.record_all(test_rows)
    add_periode(database, kantor.palaran, nama="Juni 2024", jenis="bulan", mulai=DAY,
                sampai=date(2024, 6, 30))  # fmt: skip
    add_periode(database, kantor.rawa_makmur, nama="Rawa")
    usulan = make_exclusion(database, kantor, [one.id for one in test_rows])

    listed = budi.open("/admin/usulan").text
    assert "Kecualikan 5 jawaban dari hasil" in listed
    assert "Periode 2024: dari 41 menjadi 36 jawaban, IKM dari 79,68 menjadi 87,23." in listed
    assert "Periode Juni 2024: dari " in listed
    assert "Rawa" not in listed
    page = budi.follow(approve(budi, usulan))

    assert "5 jawaban dikecualikan dari hasil." in page.text
    assert "Disetujui oleh budi" in page.text
    period = lia.open(f"/admin/periode/{periode}")
    assert period.root.first("p", class_="besar").text == "87,23 B"
    assert "5 jawaban: Uji coba tablet. (diusulkan lia, disetujui budi)" in period.text


@ON_SQLITE
def test_a_closed_period_is_said_to_stay_as_it_is(
    lia: Petugas, budi: Petugas, database: Database, intake: Intake, kantor: Kantor,
    periode: uuid.UUID,
) -> None:  # fmt: skip
    test_row = make_isian(kantor, make_nilai(nilai=1), tanggal=DAY)
    intake.record(test_row)
    close(database, periode)
    make_exclusion(database, kantor, [test_row.id])

    assert "Periode 2024 sudah ditetapkan, jadi angkanya tidak berubah." in (
        budi.open("/admin/usulan").text
    )


def test_taking_in_again_shows_the_index_before_and_after(
    lia: Petugas, budi: Petugas, database: Database, intake: Intake, kantor: Kantor
) -> None:
    nilai = [2] * 5 + [4] * 5
    rows = [make_isian(kantor, make_nilai(nilai=one), tanggal=DAY) for one in nilai]
    intake.record_all(rows)
    add_periode(database, kantor.palaran)
    out = [one.id for one in rows[:5]]
    approve(budi, make_exclusion(database, kantor, out))
    with database.writing() as session:
        lia_row = session.scalars(select(Pengguna).where(Pengguna.nama == "lia")).one()
        pelaku = Pelaku(pengguna_id=lia_row.id, nama="lia", peran="admin")
        propose_pengecualian(
            session, pelaku, kantor.palaran, tuple(out), "Ternyata sah.", keluar=False
        )

    text = budi.open("/admin/usulan").text

    assert "Pulihkan 5 jawaban ke hasil" in text
    assert "dari 5 menjadi 10 jawaban, IKM dari 100,00 menjadi 75,00." in text


@ON_SQLITE
def test_staff_of_a_kelurahan_see_and_decide_only_its_own_proposals(
    app: Flask, lia: Petugas, database: Database, intake: Intake, kantor: Kantor, periode: uuid.UUID
) -> None:
    intake.record_all([make_isian_rawa(kantor, tanggal=DAY) for _ in range(5)])
    own = add_periode(database, kantor.rawa_makmur, nama="Rawa 2024")
    usulan, usulan_rawa = propose_closing(lia, periode), propose_closing(lia, own)
    rawi = add_pengguna(database, "rawi", "pimpinan")
    with database.writing() as session:
        session.get_one(Pengguna, rawi.id).unit_id = kantor.rawa_makmur
    petugas = make_petugas(app, "rawi")
    petugas.sign_in()

    listed = petugas.open("/admin/usulan").text
    assert "Tetapkan periode Rawa 2024" in listed
    assert "Tetapkan periode 2024" not in listed
    petugas.open(usulan, status=404)
    token = petugas.open(usulan_rawa).forms[-1].fields["csrf_token"]
    for tindakan in ("setujui", "tolak", "tarik"):
        data = {"csrf_token": token, "catatan_tolak": "x"}
        assert petugas.client.post(f"{usulan}/{tindakan}", data=data).status_code == 404
    approve(petugas, usulan_rawa)
    assert [one.oleh for one in read_penetapan(database)] == ["rawi"]


@ON_SQLITE
def test_decided_proposals_are_listed_newest_first_page_after_page_and_as_a_file(
    lia: Petugas, budi: Petugas, database: Database, periode: uuid.UUID
) -> None:
    close(database, periode)
    with database.reading() as session:
        people = {one.nama: one for one in session.scalars(select(Pengguna))}
    pelaku = Pelaku(pengguna_id=people["lia"].id, nama="lia", peran="admin")
    for number in range(52):
        decide_one(database, periode, pelaku, f"Alasan ke-{number}")

    page = budi.open("/admin/usulan")
    rows = page.root.first("table").all("tr")[1:]
    assert len(rows) == 50
    assert "Alasan ke-51" in rows[0].text
    assert len(budi.open("/admin/usulan?hal=2").root.first("table").all("tr")) == 1 + 2
    assert budi.client.get("/admin/usulan?unduh=csv").text.count("Ditarik") == 50


def decide_one(database: Database, periode: uuid.UUID, pelaku: Pelaku, alasan: str) -> None:
    with database.writing() as session:
        usulan = propose_pembukaan(session, pelaku, session.get_one(Periode, periode), alasan)
        decide(session, pelaku, usulan, TARIK)


@ON_SQLITE
def test_the_work_of_the_list_does_not_grow_with_the_proposals(
    lia: Petugas, budi: Petugas, database: Database, intake: Intake, kantor: Kantor,
    periode: uuid.UUID,
) -> None:  # fmt: skip
    rows = [make_isian(kantor, tanggal=DAY) for _ in range(8)]
    intake.record_all(rows)
    make_exclusion(database, kantor, [rows[0].id])
    statements: list[str] = []
    engine = budi.client.application.extensions["skm"].database.engine
    event.listen(engine, "before_cursor_execute", lambda *args: statements.append(args[2]))
    budi.open("/admin/usulan")
    with_one = len(statements)
    for one in rows[1:]:
        make_exclusion(database, kantor, [one.id])
    statements.clear()

    page = budi.open("/admin/usulan")

    assert page.text.count("Kecualikan 1 jawaban dari hasil") == 8 + 8  # title and button
    assert len(statements) == with_one
