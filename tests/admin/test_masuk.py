"""Signing in: the form, its messages, and what slows down guessing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from skm_app.admin.sesi import TOKEN_BYTES
from skm_app.database import Database
from skm_app.models import Pengguna, PercobaanMasuk, Sesi
from skm_app.settings import Settings
from skm_app.web.percobaan import BATAS_AKUN, BATAS_TEMPAT, Percobaan
from tests.admin.helpers import MASUK, SANDI, Petugas, add_pengguna, make_petugas
from tests.offices import ON_SQLITE, Kantor
from tests.pages import Page


def fail(petugas: Petugas, times: int = 1, status: int = 422) -> list[Page]:
    return [petugas.sign_in("bukan sandi yang benar", status=status) for _ in range(times)]


@pytest.fixture
def citra(app: Flask, database: Database, kantor: Kantor) -> Petugas:
    """Has an account and stands in front of the form."""
    add_pengguna(database, "citra")
    return make_petugas(app, "citra")


def test_the_right_password_opens_the_dashboard(citra: Petugas) -> None:
    page = citra.follow(citra.sign_in())

    assert page.h1 == "Ringkasan"
    assert page.root.first("p", class_="kop-kantor").text == "Kecamatan Palaran"


def test_the_name_may_be_typed_with_capitals_and_spaces(citra: Petugas) -> None:
    citra.nama = "  Citra "

    assert citra.sign_in().location == "/admin/"


@ON_SQLITE
@pytest.mark.parametrize("nama", ["citra", "tutup", "tidak.ada", "x", "citra\x00", "😀"])
def test_every_failure_reads_the_same(
    citra: Petugas, database: Database, app: Flask, nama: str
) -> None:
    add_pengguna(database, "tutup")
    with database.writing() as session:
        session.execute(update(Pengguna).where(Pengguna.nama == "tutup").values(aktif=False))
    usual = fail(citra)[0].text

    other = make_petugas(app, nama)
    sandi = SANDI if nama == "tutup" else "bukan sandi yang benar"
    page = other.sign_in(sandi, status=422)

    assert page.text == usual
    assert "tidak cocok" in page.text
    assert not other.is_signed_in()


def test_an_empty_form_says_what_to_fill_in(stranger: Petugas) -> None:
    page = stranger.sign_in("", status=422)

    assert "Isi nama akun Anda." in page.text
    assert "Isi kata sandi Anda." in page.text


def test_the_table_holds_only_the_hash_of_the_token(citra: Petugas, database: Database) -> None:
    citra.sign_in()
    with citra.client.session_transaction() as cookie:
        token = cookie["_user_id"]

    with database.reading() as session:
        stored = session.scalars(select(Sesi.token_hash)).one()
    assert len(token) >= TOKEN_BYTES
    assert token not in stored


def test_every_sign_in_gets_a_new_token_and_form_token(citra: Petugas) -> None:
    citra.open(MASUK)
    with citra.client.session_transaction() as cookie:
        planted = cookie["csrf_token"]
    citra.sign_in()
    with citra.client.session_transaction() as cookie:
        first = cookie["_user_id"]
        assert "csrf_token" not in cookie
    citra.sign_out()
    citra.sign_in()
    with citra.client.session_transaction() as cookie:
        assert cookie["_user_id"] != first
    citra.open("/admin/sandi")
    with citra.client.session_transaction() as cookie:
        assert cookie["csrf_token"] != planted


def test_five_failures_stop_the_sixth_attempt_even_with_the_right_password(
    citra: Petugas,
) -> None:
    fail(citra, BATAS_TEMPAT)

    page = citra.sign_in(status=429)

    assert page.h1 == "Terlalu banyak percobaan"
    assert "15 menit" in page.text
    assert not citra.is_signed_in()


def test_a_blocked_account_does_not_block_anybody_else(
    citra: Petugas, app: Flask, database: Database
) -> None:
    add_pengguna(database, "dewi")
    fail(citra, BATAS_TEMPAT)

    assert make_petugas(app, "dewi").sign_in().location == "/admin/"


def test_a_blocked_place_does_not_lock_the_owner_out_elsewhere(citra: Petugas, app: Flask) -> None:
    fail(citra, BATAS_TEMPAT)
    elsewhere = make_petugas(app, "citra")
    elsewhere.client.environ_base["REMOTE_ADDR"] = "192.0.2.7"

    assert elsewhere.sign_in().location == "/admin/"


def test_a_forged_forwarding_header_is_no_way_around_the_limit(
    citra: Petugas,
) -> None:
    fail(citra, BATAS_TEMPAT)
    citra.client.environ_base["HTTP_X_FORWARDED_FOR"] = "192.0.2.7"

    citra.sign_in(status=429)


def test_guesses_from_many_places_are_counted_per_account(
    citra: Petugas, database: Database, settings: Settings
) -> None:
    now = datetime.now(UTC)
    percobaan = Percobaan.of(settings.secret_key, "citra", "192.0.2.1", now)
    with database.writing() as session:
        session.add(PercobaanMasuk(kunci=percobaan.akun, jumlah=BATAS_AKUN, mulai=now))

    citra.sign_in(status=429)


def test_after_fifteen_minutes_one_may_try_again(citra: Petugas, database: Database) -> None:
    fail(citra, BATAS_TEMPAT)
    with database.writing() as session:
        earlier = datetime.now(UTC) - timedelta(minutes=15, seconds=1)
        session.execute(update(PercobaanMasuk).values(mulai=earlier))

    fail(citra)
    assert citra.sign_in().location == "/admin/"


def test_success_clears_the_count(citra: Petugas, app: Flask) -> None:
    fail(citra, BATAS_TEMPAT - 1)
    citra.sign_in()
    again = make_petugas(app, "citra")

    fail(again, BATAS_TEMPAT)


def test_no_address_and_no_name_is_kept(citra: Petugas, database: Database) -> None:
    fail(citra)

    with database.reading() as session:
        keys = session.scalars(select(PercobaanMasuk.kunci)).all()
    assert len(keys) == 3
    assert all(len(kunci) == 64 and "citra" not in kunci and "127" not in kunci for kunci in keys)


@pytest.mark.parametrize(
    "target",
    ["/admin/capaian?tahun=2024", "/admin/periode"],
)
def test_one_is_led_back_to_where_one_wanted_to_go(citra: Petugas, target: str) -> None:
    asked = citra.open(target, status=303)

    assert citra.sign_in(url=asked.location).location == target


@ON_SQLITE
@pytest.mark.parametrize(
    "target",
    [
        "//evil.example/admin/",
        "/\\evil.example",
        "/admin/\\evil.example",
        "https://evil.example/admin/",
        "https:evil.example",
        "javascript:alert(1)",
        "/admin/\t//evil.example",
        "/s/PARAHA",
        "",
    ],
)
def test_another_site_is_never_a_place_to_return_to(citra: Petugas, target: str) -> None:
    page = citra.open(MASUK)

    answer = citra.send(page, {"nama": "citra", "sandi": SANDI, "next": target})

    assert answer.location == "/admin/"


def test_a_temporary_password_is_mentioned_on_every_page_until_it_is_changed(
    app: Flask, database: Database, kantor: Kantor
) -> None:
    add_pengguna(database, "eka", sementara=True)
    eka = make_petugas(app, "eka")
    eka.sign_in()
    for url in ("/admin/", "/admin/titik", "/admin/sandi"):
        assert "masih kata sandi sementara" in eka.open(url).text

    eka.fill_in(
        "/admin/sandi",
        {"lama": SANDI, "baru": "ikan biru naik sepeda", "ulang": "ikan biru naik sepeda"},
    )

    assert "sementara" not in eka.open("/admin/titik").text


@ON_SQLITE
@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ({"lama": "salah sekali ya ini"}, "Kata sandi sekarang tidak cocok."),
        ({"ulang": "ikan biru naik pesawat"}, "Kedua kata sandi baru tidak sama."),
        ({"baru": "palaran2026palaran", "ulang": "palaran2026palaran"}, "mudah ditebak"),
        ({"baru": "pendek", "ulang": "pendek"}, "minimal 15 karakter"),
    ],
)
def test_a_refused_new_password_says_why(
    lia: Petugas, answers: dict[str, str], message: str
) -> None:
    usual = {"lama": SANDI, "baru": "ikan biru naik sepeda", "ulang": "ikan biru naik sepeda"}

    page = lia.fill_in("/admin/sandi", {**usual, **answers}, status=422)

    assert message in page.text
    lia.sign_out()
    assert lia.sign_in().location == "/admin/"
