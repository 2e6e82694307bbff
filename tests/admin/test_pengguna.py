"""Accounts: adding, one-time passwords, closing and opening."""

from __future__ import annotations

import uuid

import pytest
from flask import Flask
from sqlalchemy import select, update

from skm_app.akun.pengguna import (
    PenggunaError,
    change_aktif,
    change_peran,
    create_pengguna,
    find_bagian,
)
from skm_app.database import Database
from skm_app.models import Pengguna
from tests.admin.bagian import limit
from tests.admin.catatan import last_deed
from tests.admin.helpers import SANDI, Petugas, add_pengguna, make_petugas
from tests.offices import ON_SQLITE, Kantor
from tests.pages import Page

DAFTAR = "/admin/pengguna"


def find(database: Database, nama: str) -> Pengguna:
    with database.reading() as session:
        return session.scalars(select(Pengguna).where(Pengguna.nama == nama)).one()


def read_sandi(page: Page) -> str:
    return page.root.first("p", class_="sandi-baru").text


def test_a_new_account_gets_a_password_that_is_shown_once(
    lia: Petugas, app: Flask, database: Database
) -> None:
    page = lia.follow(lia.fill_in(f"{DAFTAR}/tambah", {"nama": "Siti.Aminah", "peran": "operator"}))
    sandi = read_sandi(page)

    oleh, aksi, objek, _, sesudah = last_deed(database)
    assert (oleh, aksi, objek) == ("lia", "tambah", "pengguna")
    assert (sesudah["nama"], sesudah["unit_id"]) == ("siti.aminah", None)
    assert "sandi_hash" not in sesudah
    assert not lia.open(DAFTAR).root.all("p", class_="sandi-baru")
    assert sandi not in find(database, "siti.aminah").sandi_hash
    siti = make_petugas(app, "siti.aminah")
    siti.sign_in(sandi)
    assert "masih kata sandi sementara" in siti.open("/admin/titik").text


@ON_SQLITE
@pytest.mark.parametrize(
    ("nama", "message"),
    [
        ("", "Isi nama akun."),
        ("lia", "sudah dipakai"),
        ("LIA ", "sudah dipakai"),
        ("ab", "Nama akun 3 sampai 40 karakter"),
        ("dua kata", "Nama akun 3 sampai 40 karakter"),
        ("<b>tebal</b>", "Nama akun 3 sampai 40 karakter"),
        ("x" * 41, "Paling panjang 40 karakter."),
    ],
)
def test_a_name_that_cannot_be_is_refused(lia: Petugas, nama: str, message: str) -> None:
    page = lia.fill_in(f"{DAFTAR}/tambah", {"nama": nama, "peran": "operator"}, status=422)

    assert message in page.text


def test_an_unknown_role_is_refused(lia: Petugas, database: Database) -> None:
    lia.fill_in(f"{DAFTAR}/tambah", {"nama": "eka", "peran": "raja"}, status=422)

    with database.writing() as session, pytest.raises(PenggunaError, match="Peran"):
        create_pengguna(session, "eka", "raja", SANDI, False)


def test_a_reset_password_replaces_the_old_one_and_signs_out(
    lia: Petugas, ani: Petugas, app: Flask, database: Database
) -> None:
    url = f"{DAFTAR}/{find(database, 'ani').id}/sandi"

    sandi = read_sandi(lia.follow(lia.press(DAFTAR, url)))

    assert last_deed(database) == ("lia", "sandi", "pengguna", None, None)
    assert not ani.is_signed_in()
    ani.sign_in(status=422)
    assert ani.sign_in(sandi).location == "/admin/"


def test_a_closed_account_cannot_sign_in_until_it_is_opened(
    lia: Petugas, ani: Petugas, database: Database
) -> None:
    url = f"{DAFTAR}/{find(database, 'ani').id}"

    lia.press(DAFTAR, f"{url}/tutup")
    assert last_deed(database) == ("lia", "tutup", "pengguna", {"aktif": True}, {"aktif": False})
    assert not ani.is_signed_in()
    ani.sign_in(status=422)

    lia.press(DAFTAR, f"{url}/buka")
    assert ani.sign_in().location == "/admin/"


def test_nobody_closes_or_resets_the_own_account(lia: Petugas, database: Database) -> None:
    token = lia.open("/admin/sandi").forms[0].fields["csrf_token"]
    own = find(database, "lia").id

    for action in ("/tutup", "/sandi", ""):
        answer = lia.client.post(f"{DAFTAR}/{own}{action}", data={"csrf_token": token})
        assert answer.status_code == 403
    assert lia.is_signed_in()


def test_the_last_active_admin_cannot_be_closed(database: Database) -> None:
    last = add_pengguna(database, "lia")
    add_pengguna(database, "ani", "operator")
    other = add_pengguna(database, "citra")
    with database.writing() as session:
        session.execute(update(Pengguna).where(Pengguna.id == other.id).values(aktif=False))

    with database.writing() as session, pytest.raises(PenggunaError, match="terakhir"):
        change_aktif(session, session.get_one(Pengguna, last.id), False)

    assert find(database, "lia").aktif


def test_the_last_admin_of_the_whole_office_is_neither_demoted_nor_limited(
    database: Database, kantor: Kantor
) -> None:
    last = add_pengguna(database, "lia")
    limit(database, "wati", "admin", kantor.rawa_makmur)

    for peran, unit_id in (("pimpinan", None), ("admin", kantor.rawa_makmur)):
        with database.writing() as session, pytest.raises(PenggunaError, match="terakhir"):
            change_peran(session, session.get_one(Pengguna, last.id), peran, unit_id)
    with database.writing() as session, pytest.raises(PenggunaError, match="terakhir"):
        change_aktif(session, session.get_one(Pengguna, last.id), False)

    assert (find(database, "lia").peran, find(database, "lia").unit_id) == ("admin", None)


def test_role_and_part_change_from_the_next_click_on(
    lia: Petugas, ani: Petugas, database: Database, kantor: Kantor
) -> None:
    url = f"{DAFTAR}/{find(database, 'ani').id}"
    opened = lia.open(url)

    page = lia.follow(lia.fill_in(url, {"peran": "admin", "unit": str(kantor.rawa_makmur)}))

    assert "Kelurahan Rawa Makmur" in page.root.first("table").text
    assert last_deed(database)[3:] == (
        {"peran": "operator", "unit_id": None},
        {"peran": "admin", "unit_id": str(kantor.rawa_makmur)},
    )
    assert "Loket kelurahan" in ani.open("/admin/titik").text
    assert "Loket KTP" not in ani.open("/admin/titik").text
    assert ani.client.get(f"/admin/layanan/{kantor.sktm}").status_code == 404
    lia.send(opened, {"peran": "pimpinan"}, 409, form=len(opened.forms) - 1)
    assert find(database, "ani").peran == "admin"


def test_an_admin_of_a_part_manages_only_its_people_and_gives_no_more_than_it_has(
    app: Flask, lia: Petugas, database: Database, kantor: Kantor
) -> None:
    limit(database, "wati", "admin", kantor.rawa_makmur)
    limit(database, "eko", "operator", kantor.rawa_makmur)
    wati = make_petugas(app, "wati")
    wati.sign_in()

    assert "eko" in wati.open(DAFTAR).text
    assert "lia" not in wati.open(DAFTAR).root.first("table").text
    wati.open(f"{DAFTAR}/{find(database, 'lia').id}", status=404)
    for unit in ("", str(kantor.palaran), str(kantor.kota)):
        answers = {"nama": "raja", "peran": "admin", "unit": unit}
        assert "Mohon pilih" in wati.fill_in(f"{DAFTAR}/tambah", answers, status=422).text
        eko = f"{DAFTAR}/{find(database, 'eko').id}"
        wati.fill_in(eko, {"peran": "admin", "unit": unit}, status=422)
    assert wati.client.get(f"{DAFTAR}/{find(database, 'wati').id}").status_code == 403
    assert find(database, "eko").peran == "operator"

    answers = {"nama": "sari", "peran": "admin", "unit": str(kantor.rawa_makmur)}
    wati.follow(wati.fill_in(f"{DAFTAR}/tambah", answers))
    assert find(database, "sari").unit_id == kantor.rawa_makmur


def test_accounts_can_be_made_before_the_office_is_set_up(app: Flask, database: Database) -> None:
    add_pengguna(database, "lia")
    lia = make_petugas(app, "lia")
    lia.sign_in()

    lia.fill_in(f"{DAFTAR}/tambah", {"nama": "eka", "peran": "operator"})

    assert find(database, "eka").unit_id is None


@pytest.mark.parametrize(
    ("nama", "expected"),
    [("kelurahan rawa makmur ", "rawa_makmur"), ("Kecamatan Palaran", None)],
)
def test_a_part_of_the_office_is_found_by_its_name(
    database: Database, kantor: Kantor, nama: str, expected: str | None
) -> None:
    with database.reading() as session:
        found = find_bagian(session, nama)

    assert found == (getattr(kantor, expected) if expected else None)


@pytest.mark.parametrize("nama", ["Kota Samarinda", "Kelurahan Entah", ""])
def test_what_is_no_part_of_the_office_is_not_found(
    database: Database, kantor: Kantor, nama: str
) -> None:
    with database.reading() as session, pytest.raises(PenggunaError, match="tidak ada"):
        find_bagian(session, nama)


def test_an_account_that_does_not_exist_is_not_found(lia: Petugas) -> None:
    token = lia.open("/admin/sandi").forms[0].fields["csrf_token"]

    answer = lia.client.post(f"{DAFTAR}/{uuid.uuid4()}/tutup", data={"csrf_token": token})

    assert answer.status_code == 404
