"""Services: adding, renaming, order, closing."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from skm_app.database import Database
from skm_app.models import Layanan
from tests.admin.catatan import last_deed
from tests.admin.helpers import Petugas
from tests.offices import LOKET, LOKET_KTP, ON_SQLITE, Kantor, list_responden, make_answers
from tests.pages import Browser

DAFTAR = "/admin/layanan"


def find_layanan(database: Database, nama: str) -> Layanan:
    with database.reading() as session:
        return session.scalars(select(Layanan).where(Layanan.nama == nama)).one()


def test_a_service_is_added_at_the_end_with_a_code_of_its_own(
    lia: Petugas, database: Database, kantor: Kantor
) -> None:
    for nama in ("Izin keramaian & acara", "Izin keramaian, acara"):
        lia.fill_in("/admin/layanan/tambah", {"unit": str(kantor.palaran), "nama": nama})

    first = find_layanan(database, "Izin keramaian & acara")
    second = find_layanan(database, "Izin keramaian, acara")
    assert (first.kode, second.kode) == ("izin-keramaian-acara", "izin-keramaian-acara-2")
    assert (first.urutan, second.urutan) == (2, 3)


@pytest.mark.parametrize(
    ("nama", "message"),
    [("pengantar ktp", "sudah ada di unit ini"), ("  ", "Isi nama layanan"), ("x" * 201, "Paling")],
)
def test_a_service_name_that_cannot_be_is_refused(
    lia: Petugas, kantor: Kantor, nama: str, message: str
) -> None:
    answers = {"unit": str(kantor.palaran), "nama": nama}

    assert message in lia.fill_in("/admin/layanan/tambah", answers, status=422).text
    url = f"/admin/layanan/{kantor.sktm}"
    assert message in lia.fill_in(url, {"nama": nama}, status=422).text


def test_a_service_is_renamed(lia: Petugas, database: Database, kantor: Kantor) -> None:
    lia.fill_in(f"/admin/layanan/{kantor.sktm}", {"nama": "Surat keterangan\x00 tidak mampu"})

    assert find_layanan(database, "Surat keterangan  tidak mampu").id == kantor.sktm


def test_a_service_that_a_titik_needs_stays_open(
    lia: Petugas, database: Database, kantor: Kantor
) -> None:
    close_ktp = f"/admin/layanan/{kantor.ktp}/tutup"

    page = lia.follow(lia.press("/admin/layanan", close_ktp))
    assert "Titik Loket KTP masih memakai layanan ini." in page.text

    lia.press("/admin/titik", f"/admin/titik/{LOKET_KTP}/tutup")
    lia.press("/admin/layanan", close_ktp)
    assert not find_layanan(database, "Pengantar KTP").aktif


def test_the_last_open_service_of_a_unit_stays_open(
    lia: Petugas, database: Database, kantor: Kantor
) -> None:
    page = lia.follow(lia.press("/admin/layanan", f"/admin/layanan/{kantor.domisili}/tutup"))

    assert "satu-satunya layanan" in page.text
    assert find_layanan(database, "Surat domisili").aktif


def test_a_service_for_everybody_without_a_fee_is_marked(
    lia: Petugas, database: Database, kantor: Kantor
) -> None:
    url = f"{DAFTAR}/{kantor.sktm}"

    page = lia.follow(lia.fill_in(url, {"nama": "Surat tidak mampu", "gratis": "y"}))

    assert "Gratis" in page.text
    assert "nilai unsur biaya menjadi 4 dengan sendirinya" in lia.open(url).text
    assert last_deed(database) == ("lia", "ubah", "layanan", {"gratis": False}, {"gratis": True})
    lia.fill_in(url, {"gratis": None})
    assert not find_layanan(database, "Surat tidak mampu").gratis


def test_of_two_admins_who_edit_one_service_the_second_is_told(
    lia: Petugas, database: Database, kantor: Kantor
) -> None:
    opened = lia.open(f"{DAFTAR}/{kantor.sktm}")
    lia.fill_in(f"{DAFTAR}/{kantor.sktm}", {"nama": "Nama pertama"})

    lia.send(opened, {"nama": "Nama kedua"}, 409, form=len(opened.forms) - 1)

    assert find_layanan(database, "Nama pertama").id == kantor.sktm


def test_a_service_moves_up_and_down_in_the_list_that_citizens_see(
    lia: Petugas, app: Flask, database: Database, kantor: Kantor
) -> None:
    up = f"{DAFTAR}/{kantor.sktm}/naik"
    lia.press(DAFTAR, up)

    shown = Browser(app.test_client()).open(f"/s/{LOKET}").text
    assert shown.index("Surat tidak mampu") < shown.index("Pengantar KTP")
    assert last_deed(database)[:3] == ("lia", "urut", "layanan")
    assert up not in {form.action for form in lia.open(DAFTAR).forms}

    lia.press(DAFTAR, f"{DAFTAR}/{kantor.sktm}/turun")
    shown = Browser(app.test_client()).open(f"/s/{LOKET}").text
    assert shown.index("Pengantar KTP") < shown.index("Surat tidak mampu")


def test_an_answer_about_a_service_that_was_closed_meanwhile_is_stored(
    lia: Petugas, app: Flask, database: Database, kantor: Kantor
) -> None:
    citizen = Browser(app.test_client())
    opened = citizen.open(f"/s/{LOKET}")

    lia.press(DAFTAR, f"{DAFTAR}/{kantor.sktm}/tutup")
    citizen.send(opened, make_answers("sktm"), 303)

    assert [one.layanan_id for one in list_responden(database)] == [kantor.sktm]
    assert "Surat tidak mampu" not in citizen.open(f"/s/{LOKET}").root.first("form").text
    assert last_deed(database)[:3] == ("lia", "tutup", "layanan")


def test_an_answer_about_the_only_service_stays_its_own_when_another_takes_its_place(
    lia: Petugas, app: Flask, database: Database, kantor: Kantor
) -> None:
    lia.press(DAFTAR, f"{DAFTAR}/{kantor.sktm}/tutup")
    citizen = Browser(app.test_client())
    opened = citizen.open(f"/s/{LOKET}")

    lia.press(DAFTAR, f"{DAFTAR}/{kantor.sktm}/buka")
    lia.press("/admin/titik", f"/admin/titik/{LOKET_KTP}/tutup")
    lia.press(DAFTAR, f"{DAFTAR}/{kantor.ktp}/tutup")
    answers = make_answers()
    del answers["layanan"]
    citizen.send(opened, answers, 303)

    assert [one.layanan_id for one in list_responden(database)] == [kantor.ktp]


@ON_SQLITE
def test_an_answer_about_a_service_that_never_was_comes_back_with_everything_kept(
    app: Flask, database: Database, kantor: Kantor
) -> None:
    citizen = Browser(app.test_client())
    opened = citizen.open(f"/s/{LOKET}")

    page = citizen.send(opened, make_answers("hilang", saran="Tetap ada."), 422)

    assert "Pilih layanan yang Anda terima." in page.text
    form = page.forms[-1].fields
    assert [form[f"u{number}"] for number in range(1, 10)] == ["3"] * 9
    assert form["saran"] == "Tetap ada."
    assert list_responden(database) == []
