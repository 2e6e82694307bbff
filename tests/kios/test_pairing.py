"""A tablet becomes a kiosk once, with a code that does not last."""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update

from skm_app.database import Database
from skm_app.kios import KiosError, create_kios, hash_pin, pair_kios, revoke_kios
from skm_app.models import Kios, PercobaanMasuk
from skm_app.web.percobaan import BATAS_AKUN, BATAS_TEMPAT, JENDELA
from tests.kios.tablet import PIN, Tablet, add_kios, make_kiriman, make_tablet, renew
from tests.offices import LOKET, LOKET_KTP, ON_SQLITE, Kantor


@pytest.fixture
def unpaired(app: Flask, kantor: Kantor) -> Tablet:
    return Tablet(app.test_client(), LOKET)


def test_a_code_pairs_one_tablet_once(unpaired: Tablet, database: Database) -> None:
    _, kode = add_kios(database, LOKET)

    first = unpaired.pair(kode)
    second = Tablet(unpaired.client, LOKET).pair(kode)

    assert first.get_json()["status"] == "terpasang"
    assert first.get_json()["nama"] == "Tablet loket"
    assert second.status_code == 422
    assert "Kode pasang salah" in second.get_json()["pesan"]
    assert unpaired.send()["status"] == "ok"


def test_a_code_may_be_typed_as_people_type(unpaired: Tablet, database: Database) -> None:
    _, kode = add_kios(database, LOKET)

    assert unpaired.pair(f" {kode[:4].lower()} - {kode[4:]} ").status_code == 200


def test_a_code_is_for_its_own_titik(unpaired: Tablet, database: Database) -> None:
    _, kode = add_kios(database, LOKET)

    assert unpaired.pair(kode, titik=LOKET_KTP).status_code == 422
    assert unpaired.pair(kode).status_code == 200


@ON_SQLITE
@pytest.mark.parametrize(
    "typed", ["", "SALAH", None, 7, ["x"], {"a": 1}, "x" * 1000, "\x00", "\ud83d", "ا" * 8]
)
def test_what_is_no_code_is_refused(unpaired: Tablet, database: Database, typed: object) -> None:
    add_kios(database, LOKET)

    assert unpaired.pair(typed).status_code == 422


@ON_SQLITE
@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'"x"', b"[" * 60_000, b"\xff"])
def test_bad_json_is_refused(client: FlaskClient, kantor: Kantor, body: bytes) -> None:
    answer = client.post(f"/kios/{LOKET}/pasang", data=body, content_type="application/json")

    assert answer.status_code == 422


def test_a_code_lasts_15_minutes(database: Database, kantor: Kantor) -> None:
    made = datetime(2025, 1, 3, 10, 0, tzinfo=UTC)
    with database.writing() as session:
        _, kode = create_kios(session, kantor.loket, "Tablet", PIN, made)

    with database.writing() as session, pytest.raises(KiosError):
        pair_kios(session, kantor.loket, kode, made + timedelta(minutes=15, seconds=1))
    with database.writing() as session:
        assert pair_kios(session, kantor.loket, kode, made + timedelta(minutes=15)).token


def test_a_new_code_shuts_the_old_tablet_out_once_it_is_used(
    unpaired: Tablet, database: Database
) -> None:
    kios_id, kode = add_kios(database, LOKET)
    unpaired.pair(kode)
    successor = Tablet(unpaired.client, LOKET)

    renewed = renew(database, kios_id)
    assert unpaired.send()["status"] == "ok"
    successor.pair(renewed)

    assert successor.send()["status"] == "ok"
    refused = unpaired.try_to_send({})
    assert (refused.status_code, refused.json) == (401, {"status": "tidak-dikenal"})


def test_a_revoked_tablet_is_told_so_and_stays_out_when_a_new_code_is_made(
    unpaired: Tablet, database: Database
) -> None:
    kios_id, kode = add_kios(database, LOKET)
    unpaired.pair(kode)

    with database.writing() as session:
        revoke_kios(session.get_one(Kios, kios_id))
    refused = unpaired.try_to_send({"isian": [make_kiriman()]})
    assert (refused.status_code, refused.json) == (401, {"status": "dicabut"})

    # A thief's tablet must not come back to life while the new one is being paired.
    renewed = renew(database, kios_id)
    assert unpaired.try_to_send({}).json == {"status": "tidak-dikenal"}
    assert unpaired.pair(renewed).status_code == 200
    assert unpaired.send()["status"] == "ok"


def test_revoking_also_takes_back_the_code(unpaired: Tablet, database: Database) -> None:
    kios_id, kode = add_kios(database, LOKET)

    with database.writing() as session:
        revoke_kios(session.get_one(Kios, kios_id))

    assert unpaired.pair(kode).status_code == 422


def test_whoever_guesses_codes_is_made_to_wait(unpaired: Tablet, database: Database) -> None:
    _, kode = add_kios(database, LOKET)
    for _ in range(BATAS_TEMPAT):
        assert unpaired.pair("SALAHSAL").status_code == 422

    refused = unpaired.pair(kode)

    assert refused.status_code == 429
    assert "Tunggu 15 menit" in refused.get_json()["pesan"]
    with database.writing() as session:
        session.execute(update(PercobaanMasuk).values(mulai=datetime.now(UTC) - JENDELA))
    assert unpaired.pair(kode).status_code == 200


def test_a_right_code_clears_the_count_and_another_titik_has_its_own(
    unpaired: Tablet, database: Database
) -> None:
    _, kode = add_kios(database, LOKET)
    _, other = add_kios(database, LOKET_KTP)
    for _ in range(BATAS_TEMPAT - 1):
        unpaired.pair("SALAHSAL")
    assert unpaired.pair(kode).status_code == 200
    for _ in range(BATAS_TEMPAT):
        assert unpaired.pair("SALAHSAL").status_code == 422

    assert unpaired.pair(other, titik=LOKET_KTP).status_code == 200


def test_guessing_from_many_places_is_noticed_too(
    app: Flask, database: Database, kantor: Kantor
) -> None:
    add_kios(database, LOKET)
    statuses = [
        app.test_client()
        .post(
            f"/kios/{LOKET}/pasang",
            json={"kode": "SALAHSAL"},
            environ_base={"REMOTE_ADDR": f"192.0.2.{number}"},
        )
        .status_code
        for number in range(BATAS_AKUN + 1)
    ]

    assert statuses == [422] * BATAS_AKUN + [429]
    with database.reading() as session:
        keys = session.scalars(select(PercobaanMasuk.kunci)).all()
    assert not [key for key in keys if "192.0.2" in key or LOKET in key]


@ON_SQLITE
@pytest.mark.parametrize("token", ["", "x", "a" * 2000, "\u00e9"])
def test_an_unknown_token_is_refused(tablet: Tablet, token: str) -> None:
    assert tablet.try_to_send({}, token=token).json == {"status": "tidak-dikenal"}


def test_a_token_is_for_its_own_titik(app: Flask, tablet: Tablet, database: Database) -> None:
    other = make_tablet(app, database, LOKET_KTP)

    assert tablet.try_to_send({}, token=other.token).status_code == 401
    assert other.send()["status"] == "ok"


def test_a_token_is_only_read_from_the_header(tablet: Tablet) -> None:
    url = f"/kios/{LOKET}/kirim?token={tablet.token}"
    assert tablet.client.post(url, json={"token": tablet.token}).status_code == 401
    basic = {"Authorization": f"Basic {tablet.token}"}
    assert tablet.client.post(f"/kios/{LOKET}/kirim", headers=basic).status_code == 401


@pytest.mark.parametrize("pin", ["", "123", "123456789", "12a4", "１２３４", "12 34", "-123"])
def test_a_pin_is_4_to_8_digits(pin: str) -> None:
    with pytest.raises(KiosError, match="4 sampai 8 angka"):
        hash_pin(pin)


def test_a_pin_is_kept_as_the_browser_can_check_it() -> None:
    stored, again = hash_pin("01234567"), hash_pin("01234567")

    rounds, salt, digest = stored.split("$")
    made = hashlib.pbkdf2_hmac("sha256", b"01234567", bytes.fromhex(salt), int(rounds))
    assert digest == made.hex()
    assert int(rounds) >= 300_000
    assert stored != again
    assert re.fullmatch(r"[0-9]+\$[0-9a-f]{32}\$[0-9a-f]{64}", stored)


def test_a_long_name_is_cut_and_an_empty_one_refused(database: Database, kantor: Kantor) -> None:
    kios_id, _ = add_kios(database, LOKET, "T" * 1000)

    with database.reading() as session:
        assert session.get_one(Kios, kios_id).nama == "T" * 100
    with pytest.raises(KiosError, match="Beri nama"):
        add_kios(database, LOKET, "  ")
