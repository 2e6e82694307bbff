"""Paper entry: a stack becomes a batch, each form a draft, all of them responses at once."""

from __future__ import annotations

import uuid
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import func, select

from skm_app.akun.pengguna import create_pengguna
from skm_app.database import Database
from skm_app.intake import Intake
from skm_app.models import Batch, Catatan, Lembar, Periode, Usulan, UsulanResponden
from tests.admin.helpers import SANDI, Petugas, make_petugas
from tests.offices import (
    LOKET,
    LOKET_RAWA,
    ON_SQLITE,
    SKM_9,
    Kantor,
    add_periode,
    close,
    count_responden,
    list_differences,
    list_responden,
    list_saran,
    make_isian,
    read_nilai,
)

HARI = "2024-03-04"
JSON = {"Accept": "application/json"}


def begin(petugas: Petugas, titik: str = LOKET, *, ganda: bool = False) -> str:
    """Make a batch through the form; its address."""
    answers = {"titik": titik, "tanggal": HARI, **({"ganda": "y"} if ganda else {})}
    page = petugas.fill_in("/admin/kertas/tambah", answers)
    return page.location.removesuffix("/ketik")


def typed(digits: str = "333433343", **changes: str) -> dict[str, str]:
    """Digits in the order in which the paper asks."""
    return {**dict(zip(SKM_9.fields.values(), digits, strict=True)), "layanan": "ktp-kk", **changes}


def type_in(petugas: Petugas, batch: str, status: int = 303, **changes: str) -> None:
    page = petugas.open(f"{batch}/ketik")
    petugas.send(page, typed(**changes), status, form=form_of(page, "u1"))


def form_of(page: object, name: str) -> int:
    forms = page.forms  # type: ignore[attr-defined]
    return next(
        number
        for number, form in enumerate(forms)
        if any(one.attrs.get("name") == name for one in form.element.walk())
    )


def count_lembar(database: Database) -> int:
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(Lembar)) or 0


def find_batch(database: Database) -> Batch:
    with database.reading() as session:
        return session.scalars(select(Batch)).one()


def list_aksi(database: Database) -> list[tuple[str, str]]:
    with database.reading() as session:
        return [
            (one.aksi, one.keterangan)
            for one in session.scalars(select(Catatan).order_by(Catatan.nomor))
            if one.objek in ("batch", "lembar")
        ]


def test_a_stack_is_typed_stored_and_leads_back_to_the_paper(
    ani: Petugas, database: Database, kantor: Kantor
) -> None:
    batch = begin(ani)
    type_in(ani, batch, digits="111111142", jenis_kelamin="P", saran="Antre lama")
    type_in(ani, batch, digits="-33433343", layanan="sktm", dibantu="ya")
    page = ani.open(batch)
    assert "2 lembar sudah diketik" in page.text
    assert count_responden(database) == 0

    page = ani.follow(ani.press(batch, f"{batch}/simpan"))

    assert "2 lembar sudah disimpan ke hasil survei" in page.text
    rows = {one.nomor_lembar: one for one in list_responden(database)}
    stored = find_batch(database)
    assert stored.kode == f"K-{stored.dibuat.year}-001"
    assert {one.batch_id for one in rows.values()} == {stored.id}
    assert (rows[1].kanal, rows[1].tanggal, rows[1].jenis_kelamin) == (
        "kertas", date(2024, 3, 4), "P",
    )  # fmt: skip
    # The eighth question on paper is sarana, the ninth pengaduan.
    first = read_nilai(database, rows[1].id)
    assert (first["sarpras"], first["pengaduan"]) == (4, 2)
    assert read_nilai(database, rows[2].id)["persyaratan"] is None
    assert (rows[2].layanan_id, rows[2].dibantu) == (kantor.sktm, True)
    assert [one.teks for one in list_saran(database)] == ["Antre lama"]
    assert count_lembar(database) == 0
    assert list_differences(database) == []
    assert [aksi for aksi, _ in list_aksi(database)] == ["tambah", "simpan"]


@ON_SQLITE
def test_the_grid_asks_in_the_order_of_the_paper(ani: Petugas) -> None:
    page = ani.open(f"{begin(ani)}/ketik")
    asked = [
        one.attrs["data-soal"] for one in page.root.all("fieldset") if "data-soal" in one.attrs
    ]
    assert asked == ["u1", "u2", "u3", "u4", "u5", "u6", "u7", "u9", "u8"]


@ON_SQLITE
def test_a_missing_answer_is_named_and_everything_typed_is_kept(
    ani: Petugas, database: Database
) -> None:
    batch = begin(ani)
    page = ani.open(f"{batch}/ketik")
    page = ani.send(page, typed(u3="", saran="Bagus"), 422, form=form_of(page, "u1"))
    assert "Pertanyaan 3: pilih 1 sampai 4" in page.text
    fields = page.forms[form_of(page, "u1")].fields
    assert (fields["u4"], fields["saran"]) == ("4", "Bagus")
    assert count_lembar(database) == 0


@ON_SQLITE
def test_a_form_that_arrives_twice_is_one_draft(ani: Petugas, database: Database) -> None:
    batch = begin(ani)
    token = ani.open(f"{batch}/ketik").forms[0].fields["csrf_token"]
    body = {**typed(), "submission_id": str(uuid.uuid4()), "nomor": "1", "csrf_token": token}
    replies = [ani.client.post(f"{batch}/ketik", data=body, headers=JSON) for _ in range(2)]
    assert [reply.json for reply in replies] == [{"nomor": 1, "berikut": 2}] * 2
    # Somebody else typed a number 1 too: this form gets the next.
    other = {**body, "submission_id": str(uuid.uuid4())}
    assert ani.client.post(f"{batch}/ketik", data=other, headers=JSON).json == {
        "nomor": 2, "berikut": 3,
    }  # fmt: skip
    assert count_lembar(database) == 2
    bad = ani.client.post(f"{batch}/ketik", data={**other, "u1": "9"}, headers=JSON)
    assert bad.status_code == 422


@ON_SQLITE
def test_another_form_under_a_stored_id_is_refused_with_all_that_was_typed(
    ani: Petugas, database: Database
) -> None:
    batch = begin(ani)
    page = ani.open(f"{batch}/ketik")
    number = form_of(page, "u1")
    ani.send(page, typed("333333333"), form=number)
    # The back button: the page of the first form again, and other answers in it.
    page = ani.send(page, typed("111111111", saran="Bagus"), 422, form=number)
    assert "Lembar 1 sudah tersimpan dengan isi lain" in page.text
    assert f"{batch}/lembar/1" in [link.attrs["href"] for link in page.root.all("a")]
    fields = page.forms[form_of(page, "u1")].fields
    assert (fields["u1"], fields["saran"], fields["nomor"]) == ("1", "Bagus", "2")
    assert count_lembar(database) == 1
    # It was another paper: as the page says, storing it again makes it the next form.
    ani.send(page, {}, form=form_of(page, "u1"))
    with database.reading() as session:
        rows = session.scalars(select(Lembar).order_by(Lembar.nomor)).all()
    assert [set(one.isi["nilai"].values()) for one in rows] == [{3}, {1}]


@ON_SQLITE
def test_a_script_is_told_that_its_id_holds_another_form(ani: Petugas, database: Database) -> None:
    batch = begin(ani)
    token = ani.open(f"{batch}/ketik").forms[0].fields["csrf_token"]
    body = {**typed(), "submission_id": str(uuid.uuid4()), "nomor": "1", "csrf_token": token}
    ani.client.post(f"{batch}/ketik", data=body, headers=JSON)
    reply = ani.client.post(f"{batch}/ketik", data={**body, "u1": "1"}, headers=JSON)
    assert (reply.status_code, reply.json["berikut"]) == (409, 2)  # type: ignore[index]
    assert "dengan isi lain" in reply.json["galat"][0]  # type: ignore[index]
    assert count_lembar(database) == 1


@ON_SQLITE
def test_drafts_wait_on_the_server_and_can_be_changed_or_thrown_away(
    ani: Petugas, lia: Petugas, database: Database
) -> None:
    batch = begin(ani)
    type_in(ani, batch)
    type_in(ani, batch)
    # Another person at another computer sees what was typed.
    page = lia.open(f"{batch}/lembar/1")
    lia.send(page, typed("444444444"), form=form_of(page, "u1"))
    stale = ani.send(page, typed("111111111"), 400, form=form_of(page, "u1"))
    assert stale.status == 400
    ani.press(batch, f"{batch}/lembar/2/hapus")
    ani.press(batch, f"{batch}/simpan")
    (row,) = list_responden(database)
    assert set(read_nilai(database, row.id).values()) == {4}
    assert (
        "hapus",
        f"Lembar 2 dihapus dari batch {find_batch(database).kode} sebelum disimpan.",
    ) in (list_aksi(database))


@ON_SQLITE
def test_of_two_people_who_change_one_form_the_second_is_told(
    ani: Petugas, database: Database
) -> None:
    batch = begin(ani)
    type_in(ani, batch)
    page = ani.open(f"{batch}/lembar/1")
    ani.send(page, typed("444444444"), form=form_of(page, "u1"))
    answer = ani.send(page, typed("111111111"), 409, form=form_of(page, "u1"))
    assert "sudah diubah orang lain" in answer.text


def test_pressing_twice_or_after_a_crash_stores_nothing_twice(
    ani: Petugas, database: Database, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = begin(ani)
    type_in(ani, batch)
    type_in(ani, batch)
    # The server dies after the responses are stored and before the drafts are gone.
    with monkeypatch.context() as patch:
        patch.setattr("skm_app.admin.kertas._finish", lambda *_: None)
        ani.press(batch, f"{batch}/simpan")
    assert (count_responden(database), count_lembar(database)) == (2, 2)
    assert "belum selesai" in ani.open(batch).text
    type_in_closed = ani.client.get(f"{batch}/ketik")
    assert type_in_closed.status_code == 303

    page = ani.open(batch)
    number = next(n for n, form in enumerate(page.forms) if form.action == f"{batch}/simpan")
    ani.send(page, {}, form=number)
    ani.send(page, {}, form=number)

    assert (count_responden(database), count_lembar(database)) == (2, 0)
    assert find_batch(database).jumlah == 2
    assert list_differences(database) == []


def test_a_crash_while_storing_leaves_every_draft_and_no_response(
    ani: Petugas, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = begin(ani)
    type_in(ani, batch)
    type_in(ani, batch)

    def crash(*_: object) -> None:
        raise RuntimeError("power cut")

    with monkeypatch.context() as patch:
        patch.setattr("skm_app.intake.recorder._jawaban_rows", crash)
        page = ani.open(batch)
        number = next(n for n, form in enumerate(page.forms) if form.action == f"{batch}/simpan")
        ani.send(page, {}, 500, form=number)
    assert (count_responden(database), count_lembar(database)) == (0, 2)
    ani.press(batch, f"{batch}/simpan")
    assert count_responden(database) == 2


def test_typed_twice_hides_the_first_and_lists_every_difference(
    ani: Petugas, database: Database
) -> None:
    batch = begin(ani, ganda=True)
    type_in(ani, batch, digits="333433343")
    type_in(ani, batch, digits="222222222")
    refused = ani.follow(ani.press(batch, f"{batch}/simpan"))
    assert "Lembar 1, 2 belum diketik kedua kali" in refused.text

    for digits in ("333433334", "222222222"):
        page = ani.open(f"{batch}/ketik?putaran=2")
        assert not [
            one for one in page.root.all("input", type="radio", checked="") if one.attrs["value"]
        ]
        ani.send(page, typed(digits), form=form_of(page, "u1"))
    refused = ani.follow(ani.press(batch, f"{batch}/simpan"))
    assert "Masih ada 2 perbedaan" in refused.text
    assert count_responden(database) == 0

    page = ani.open(f"{batch}/beda")
    assert "Lembar 1: Pertanyaan 8 (Sarana dan Prasarana)" in page.text
    one = form_of(page, "b-1-nilai-sarpras")
    ani.send(page, {"b-1-nilai-sarpras": "1"}, 422, form=one)
    ani.send(page, {"b-1-nilai-sarpras": "1", "b-1-nilai-pengaduan": "2"}, form=one)
    ani.press(batch, f"{batch}/simpan")
    nilai = {r.nomor_lembar: read_nilai(database, r.id) for r in list_responden(database)}
    assert (nilai[1]["sarpras"], nilai[1]["pengaduan"]) == (4, 4)


@ON_SQLITE
def test_a_choice_between_typings_that_changed_meanwhile_is_refused(
    ani: Petugas, database: Database
) -> None:
    batch = begin(ani, ganda=True)
    type_in(ani, batch)
    page = ani.open(f"{batch}/ketik?putaran=2")
    ani.send(page, typed(layanan="sktm"), form=form_of(page, "u1"))
    shown = ani.open(f"{batch}/beda")
    number = form_of(shown, "b-1-layanan")
    # A colleague mends both typings: what was the first is now the second.
    page = ani.open(f"{batch}/lembar/1")
    ani.send(page, typed(layanan="sktm"), form=form_of(page, "u1"))
    token = page.forms[0].fields["csrf_token"]
    second = {**typed(), "nomor": "1", "putaran": "2", "csrf_token": token}
    assert ani.client.post(f"{batch}/ketik", data=second).status_code == 303

    answer = ani.send(shown, {"b-1-layanan": "1"}, 409, form=number)
    assert "sudah diubah orang lain" in answer.text

    def layanan() -> tuple[str, str]:
        with database.reading() as session:
            lembar = session.scalars(select(Lembar)).one()
            return lembar.isi["layanan"], (lembar.isi_kedua or {})["layanan"]

    assert layanan() == ("sktm", "ktp-kk")
    # Neither is a page taken that shows a difference which somebody has settled meanwhile.
    shown = ani.open(f"{batch}/beda")
    ani.send(shown, {"b-1-layanan": "2"}, form=number)
    ani.send(shown, {"b-1-layanan": "1"}, 409, form=number)
    assert layanan() == ("ktp-kk", "ktp-kk")


@ON_SQLITE
def test_a_cancelled_batch_leaves_nothing(ani: Petugas, database: Database) -> None:
    batch = begin(ani)
    type_in(ani, batch)
    ani.press(batch, f"{batch}/batal")
    assert (count_lembar(database), count_responden(database)) == (0, 0)
    assert find_batch(database).status == "batal"
    token = ani.open("/admin/sandi").forms[0].fields["csrf_token"]
    late = {**typed(), "submission_id": str(uuid.uuid4()), "nomor": "1", "csrf_token": token}
    reply = ani.client.post(f"{batch}/ketik", data=late, headers=JSON)
    assert reply.status_code == 409
    assert "sudah ditutup" in reply.json["galat"][0]  # type: ignore[index]


@ON_SQLITE
def test_codes_count_up_within_a_unit(ani: Petugas, database: Database) -> None:
    for titik in (LOKET, LOKET, LOKET_RAWA):
        begin(ani, titik)
    with database.reading() as session:
        codes = sorted(kode[-3:] for kode in session.scalars(select(Batch.kode)))
    assert codes == ["001", "001", "002"]


@ON_SQLITE
def test_a_closed_period_is_said_beforehand(
    ani: Petugas, database: Database, kantor: Kantor, intake: Intake
) -> None:
    intake.record(make_isian(kantor, tanggal=date(2024, 2, 1)))
    close(database, add_periode(database, kantor.kota))
    batch = begin(ani)
    assert "Periode 2024 sudah ditetapkan" in ani.open(batch).text
    with database.reading() as session:
        assert session.scalars(select(Periode)).one().penetapan is not None


@ON_SQLITE
def test_nobody_reaches_the_batch_of_a_foreign_unit(
    app: Flask, ani: Petugas, database: Database, kantor: Kantor
) -> None:
    batch = begin(ani)
    type_in(ani, batch)
    with database.writing() as session:
        rani = create_pengguna(session, "rani", "operator", SANDI, False)
        rani.unit_id = kantor.rawa_makmur
    rani_browser = make_petugas(app, "rani")
    rani_browser.sign_in()
    token = rani_browser.open("/admin/sandi").forms[0].fields["csrf_token"]
    for path in ("", "/ketik", "/lembar/1", "/beda"):
        assert rani_browser.client.get(f"{batch}{path}").status_code == 404, path
    for path in ("/ketik", "/lembar/1", "/lembar/1/hapus", "/beda", "/simpan", "/batal"):
        answer = rani_browser.client.post(f"{batch}{path}", data={"csrf_token": token})
        assert answer.status_code == 404, path
    page = rani_browser.open("/admin/kertas/tambah")
    choice = {"titik": LOKET, "tanggal": HARI}
    rani_browser.send(page, choice, 422, form=form_of(page, "titik"))
    assert "Belum ada" in rani_browser.open("/admin/kertas").text


@ON_SQLITE
@pytest.mark.parametrize("tanggal", ["", "2999-01-01", "1999-12-31", "kemarin"])
def test_a_day_that_cannot_be_is_refused(ani: Petugas, tanggal: str) -> None:
    page = ani.open("/admin/kertas/tambah")
    ani.send(page, {"titik": LOKET, "tanggal": tanggal}, 422, form=form_of(page, "titik"))


@ON_SQLITE
def test_a_whole_stored_batch_can_be_proposed_for_exclusion_once(
    ani: Petugas, lia: Petugas, database: Database
) -> None:
    batch = begin(ani)
    type_in(ani, batch)
    type_in(ani, batch)
    ani.press(batch, f"{batch}/simpan")
    assert "Kecualikan batch ini" not in ani.open(batch).text
    out = f"/admin/batch/{find_batch(database).id}/kecualikan"
    page = lia.open(out)
    lia.send(page, {"alasan": " "}, 422, form=form_of(page, "alasan"))
    told = lia.follow(lia.send(page, {"alasan": "Salah titik"}, form=form_of(page, "alasan")))
    assert "2 jawaban dari batch" in told.text
    lia.send(page, {"alasan": "Lagi"}, form=form_of(page, "alasan"))
    with database.reading() as session:
        (usulan,) = session.scalars(select(Usulan)).all()
        assert usulan.alasan.endswith("Salah titik")
        assert session.scalar(select(func.count()).select_from(UsulanResponden)) == 2
    assert "Sudah ada usulan" in lia.open(out).text


@ON_SQLITE
def test_the_list_can_be_taken_away(ani: Petugas, budi: Petugas, database: Database) -> None:
    begin(ani)
    kode = find_batch(database).kode
    assert kode in ani.client.get("/admin/kertas?unduh=csv").text
    page = budi.open("/admin/kertas")
    assert "Batch baru" not in page.text
