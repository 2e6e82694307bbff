"""How long a signed-in browser stays signed in."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from skm_app.akun.pengguna import change_aktif
from skm_app.database import Database
from skm_app.models import Pengguna, Sesi
from tests.admin.helpers import SANDI, Petugas, make_petugas


def set_clock_back(database: Database, **spans: timedelta) -> None:
    """Make every session older than it is."""
    now = datetime.now(UTC)
    with database.writing() as session:
        session.execute(update(Sesi).values({name: now - span for name, span in spans.items()}))


def read_terakhir(database: Database) -> datetime:
    with database.reading() as session:
        return session.scalars(select(Sesi.terakhir)).one()


def test_half_an_hour_without_a_page_ends_the_session(lia: Petugas, database: Database) -> None:
    set_clock_back(database, terakhir=timedelta(minutes=29))
    assert lia.is_signed_in()

    set_clock_back(database, terakhir=timedelta(minutes=30, seconds=1))
    assert not lia.is_signed_in()


def test_eight_hours_end_the_session_whatever_happens(lia: Petugas, database: Database) -> None:
    set_clock_back(database, dibuat=timedelta(hours=8, seconds=1))

    assert lia.open("/admin/titik", status=303).location.startswith("/admin/masuk")


def test_opening_a_page_starts_the_half_hour_anew(lia: Petugas, database: Database) -> None:
    set_clock_back(database, terakhir=timedelta(minutes=20))
    before = read_terakhir(database)

    lia.open("/admin/titik")

    assert read_terakhir(database) > before + timedelta(minutes=19)


@pytest.mark.parametrize("url", ["/admin/ikm.json", "/admin/grafik.json"])
def test_the_page_that_refreshes_itself_keeps_nobody_signed_in(
    lia: Petugas, database: Database, url: str
) -> None:
    set_clock_back(database, terakhir=timedelta(minutes=20))
    before = read_terakhir(database)

    assert lia.client.get(url).status_code == 200

    assert read_terakhir(database) == before


def test_within_a_minute_nothing_is_written(lia: Petugas, database: Database) -> None:
    set_clock_back(database, terakhir=timedelta(seconds=30))
    before = read_terakhir(database)

    lia.open("/admin/titik")

    assert read_terakhir(database) == before


def test_a_cookie_copied_before_signing_out_is_worthless(lia: Petugas, app: Flask) -> None:
    thief = copy_cookie(lia, app)
    assert thief.is_signed_in()

    page = lia.follow(lia.sign_out())

    assert page.h1 == "Masuk"
    assert not thief.is_signed_in()
    assert not lia.is_signed_in()


def test_signing_out_everywhere_ends_the_other_browsers(lia: Petugas, app: Flask) -> None:
    other = make_petugas(app, "lia")
    other.sign_in()

    lia.press("/admin/sandi", "/admin/keluar-semua")

    assert not other.is_signed_in()
    assert not lia.is_signed_in()


def test_a_new_password_ends_the_other_browsers_and_keeps_this_one(
    lia: Petugas, app: Flask
) -> None:
    thief = copy_cookie(lia, app)
    baru = "ikan biru naik sepeda"

    lia.fill_in("/admin/sandi", {"lama": SANDI, "baru": baru, "ulang": baru})

    assert lia.is_signed_in()
    assert not thief.is_signed_in()
    assert make_petugas(app, "lia").sign_in(baru).location == "/admin/"


def test_a_closed_account_is_signed_out_at_once(ani: Petugas, database: Database) -> None:
    with database.writing() as session:
        pengguna = session.scalars(select(Pengguna).where(Pengguna.nama == "ani")).one()
        change_aktif(session, pengguna, False)

    assert not ani.is_signed_in()


def test_a_made_up_cookie_signs_nobody_in(stranger: Petugas) -> None:
    with stranger.client.session_transaction() as cookie:
        cookie["_user_id"] = "x" * 43

    assert not stranger.is_signed_in()


def test_sessions_past_their_time_are_cleared_away(
    lia: Petugas, app: Flask, database: Database
) -> None:
    set_clock_back(database, dibuat=timedelta(hours=9))

    make_petugas(app, "lia").sign_in()

    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Sesi)) == 1


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(lia: Petugas) -> None:
    header = lia.client.get("/admin/sandi").headers.get("Set-Cookie", "")

    assert "HttpOnly" in header
    assert "SameSite=Lax" in header


def copy_cookie(petugas: Petugas, app: Flask) -> Petugas:
    thief = make_petugas(app, "")
    cookie = petugas.client.get_cookie("skm")
    assert cookie is not None
    thief.client.set_cookie("skm", cookie.value)
    return thief
