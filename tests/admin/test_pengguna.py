"""Accounts: adding, one-time passwords, closing and opening."""

from __future__ import annotations

import uuid

import pytest
from flask import Flask
from sqlalchemy import select, update

from skm_app.akun.pengguna import PenggunaError, change_aktif, create_pengguna
from skm_app.database import Database
from skm_app.models import Pengguna
from tests.admin.helpers import SANDI, Petugas, add_pengguna, make_petugas
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

    assert not lia.open(DAFTAR).root.all("p", class_="sandi-baru")
    assert sandi not in find(database, "siti.aminah").sandi_hash
    siti = make_petugas(app, "siti.aminah")
    siti.sign_in(sandi)
    assert "masih kata sandi sementara" in siti.open("/admin/titik").text


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

    assert not ani.is_signed_in()
    ani.sign_in(status=422)
    assert ani.sign_in(sandi).location == "/admin/"


def test_a_closed_account_cannot_sign_in_until_it_is_opened(
    lia: Petugas, ani: Petugas, database: Database
) -> None:
    url = f"{DAFTAR}/{find(database, 'ani').id}"

    lia.press(DAFTAR, f"{url}/tutup")
    assert not ani.is_signed_in()
    ani.sign_in(status=422)

    lia.press(DAFTAR, f"{url}/buka")
    assert ani.sign_in().location == "/admin/"


def test_nobody_closes_or_resets_the_own_account(lia: Petugas, database: Database) -> None:
    token = lia.open("/admin/sandi").forms[0].fields["csrf_token"]
    own = find(database, "lia").id

    for action in ("tutup", "sandi"):
        answer = lia.client.post(f"{DAFTAR}/{own}/{action}", data={"csrf_token": token})
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


def test_an_account_that_does_not_exist_is_not_found(lia: Petugas) -> None:
    token = lia.open("/admin/sandi").forms[0].fields["csrf_token"]

    answer = lia.client.post(f"{DAFTAR}/{uuid.uuid4()}/tutup", data={"csrf_token": token})

    assert answer.status_code == 404
