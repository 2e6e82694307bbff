"""The staff's list of tablets: adding, new codes, taking out of service."""

from __future__ import annotations

import hashlib
import uuid
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from skm_app.admin.kios import describe_jam, describe_keadaan
from skm_app.database import Database
from skm_app.models import Kios, Titik, Unit
from tests.admin.catatan import read_catatan
from tests.admin.helpers import Petugas
from tests.kios.tablet import Tablet, add_kios, get_kios
from tests.offices import LOKET, ON_SQLITE, Kantor


def add_through_form(lia: Petugas, kantor: Kantor, nama: str = "Tablet loket 1") -> str:
    """Add a tablet; returns the pairing code that the page shows."""
    answers = {"titik": str(kantor.loket), "nama": nama, "pin": "2580"}
    page = lia.follow(lia.fill_in("/admin/kios/tambah", answers))
    return page.root.first("code").text


def test_a_tablet_is_added_and_its_code_is_shown_once(
    lia: Petugas, app: Flask, kantor: Kantor
) -> None:
    kode = add_through_form(lia, kantor)

    assert len(kode.replace("-", "")) == 8
    page = lia.open("/admin/kios")
    assert kode not in page.text
    assert "Menunggu dipasang" in page.text
    assert f"http://127.0.0.1:8000/kios/{LOKET}" in page.text
    assert Tablet(app.test_client(), LOKET).pair(kode).status_code == 200
    assert "Aktif" in lia.open("/admin/kios").text


@ON_SQLITE
@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("nama", " ", "Isi nama tablet."),
        ("nama", "x" * 1000, "Paling panjang 100"),
        ("pin", "", "Isi PIN petugas."),
        ("pin", "123", "4 sampai 8 angka"),
        ("pin", "1" * 9, "4 sampai 8 angka"),
        ("pin", "１２３４", "4 sampai 8 angka"),
        ("titik", str(uuid.UUID(int=0)), "pilih salah satu"),
        ("titik", "x", "pilih salah satu"),
    ],
)
def test_what_cannot_be_is_refused(
    lia: Petugas, database: Database, kantor: Kantor, field: str, value: str, message: str
) -> None:
    answers = {"titik": str(kantor.loket), "nama": "Tablet", "pin": "2580", field: value}

    page = lia.fill_in("/admin/kios/tambah", answers, status=422)

    assert message in page.text
    with database.reading() as session:
        assert session.scalars(select(Kios)).all() == []


def test_a_tablet_is_revoked_and_gets_a_new_code(
    lia: Petugas, app: Flask, database: Database, kantor: Kantor
) -> None:
    tablet = Tablet(app.test_client(), LOKET)
    tablet.pair(add_through_form(lia, kantor))
    url = f"/admin/kios/{get_kios(database).id}"

    page = lia.follow(lia.press("/admin/kios", f"{url}/cabut"))
    assert "Dicabut" in page.text
    assert tablet.try_to_send({}).json == {"status": "dicabut"}

    page = lia.follow(lia.press("/admin/kios", f"{url}/kode"))
    assert tablet.pair(page.root.first("code").text).status_code == 200
    assert tablet.send()["status"] == "ok"


def test_every_deed_with_a_tablet_is_logged_without_its_secrets(
    lia: Petugas, database: Database, kantor: Kantor
) -> None:
    kode = add_through_form(lia, kantor)
    kios = get_kios(database)
    url = f"/admin/kios/{kios.id}"
    lia.press("/admin/kios", f"{url}/kode")
    lia.fill_in(f"{url}/pin", {"pin": "13579"})
    lia.press("/admin/kios", f"{url}/cabut")

    deeds = read_catatan(database)
    assert [one.aksi for one in deeds] == ["tambah", "kode", "pin", "cabut"]
    for one in deeds:
        assert (one.oleh, one.objek, one.objek_id) == ("lia", "kios", str(kios.id))
        assert one.unit_id == kantor.palaran
        assert one.sebelum is one.sesudah is None
        assert "13579" not in one.keterangan
        assert kode not in one.keterangan


def test_a_new_pin_reaches_the_tablet_at_its_next_contact_and_when_it_is_paired(
    lia: Petugas, app: Flask, database: Database, kantor: Kantor
) -> None:
    tablet = Tablet(app.test_client(), LOKET)
    tablet.pair(add_through_form(lia, kantor))
    before = get_kios(database).pin
    url = f"/admin/kios/{get_kios(database).id}"

    page = lia.follow(lia.fill_in(f"{url}/pin", {"pin": "13579"}))

    assert "PIN baru untuk Tablet loket 1 sudah disimpan." in page.text
    sent = tablet.send()["pin"]
    assert sent == get_kios(database).pin != before
    rounds, salt, digest = sent.split("$")
    made = hashlib.pbkdf2_hmac("sha256", b"13579", bytes.fromhex(salt), int(rounds))
    assert digest == made.hex()
    kode = lia.follow(lia.press("/admin/kios", f"{url}/kode")).root.first("code").text
    assert tablet.pair(kode).get_json()["pin"] == sent


@ON_SQLITE
@pytest.mark.parametrize("pin", ["", "123", "1" * 9, "12a4"])
def test_a_pin_that_cannot_be_is_refused(
    lia: Petugas, database: Database, kantor: Kantor, pin: str
) -> None:
    add_kios(database, LOKET)
    before = get_kios(database)

    page = lia.fill_in(f"/admin/kios/{before.id}/pin", {"pin": pin}, status=422)

    assert "PIN" in page.text
    assert get_kios(database).pin == before.pin
    assert read_catatan(database) == []


def test_an_operator_sees_the_list_and_changes_nothing(
    ani: Petugas, app: Flask, database: Database, kantor: Kantor
) -> None:
    kios_id, kode = add_kios(database, LOKET)
    tablet = Tablet(app.test_client(), LOKET)
    tablet.pair(kode)
    tablet.send(menunggu=7, sekarang=(datetime.now(UTC) - timedelta(minutes=5)).isoformat())

    page = ani.open("/admin/kios")

    assert "Tablet loket" in page.text
    assert "jam tablet 5 menit lambat" in page.text
    assert [one.text for one in page.root.all("td")][3] == "7"
    assert not [form for form in page.forms if "/kios/" in form.action]
    token = ani.open("/admin/sandi").forms[0].fields["csrf_token"]
    for url in (
        "/admin/kios/tambah",
        f"/admin/kios/{kios_id}/kode",
        f"/admin/kios/{kios_id}/cabut",
        f"/admin/kios/{kios_id}/pin",
    ):
        answer = ani.client.post(url, data={"csrf_token": token})
        assert answer.status_code == 403
    assert ani.client.get("/admin/kios/tambah").status_code == 403


def test_the_head_of_the_office_does_not_see_tablets(budi: Petugas) -> None:
    assert budi.client.get("/admin/kios").status_code == 403


def test_a_tablet_of_another_office_is_not_found(
    lia: Petugas, database: Database, kantor: Kantor
) -> None:
    with database.writing() as session:
        other = Unit(parent_id=kantor.kota, jenis="kecamatan", nama="Kecamatan Loa Janan Ilir")
        session.add(other)
        session.flush()
        session.add(Titik(unit_id=other.id, kode="ASING4", nama="Loket lain"))
    kios_id, _ = add_kios(database, "ASING4", "Tablet asing")
    token = lia.open("/admin/kios/tambah").forms[-1].fields["csrf_token"]

    assert "Tablet asing" not in lia.open("/admin/kios").text
    for tindakan in ("kode", "cabut", "pin"):
        url = f"/admin/kios/{kios_id}/{tindakan}"
        assert lia.client.post(url, data={"csrf_token": token}).status_code == 404


@pytest.mark.parametrize(
    ("detik", "words"),
    [
        (None, "belum diketahui"),
        (0, "cocok"),
        (-59, "cocok"),
        (300, "jam tablet 5 menit lambat"),
        (-300, "jam tablet 5 menit cepat"),
        (3 * 3600, "jam tablet 3 jam lambat"),
        (-5 * 365 * 86400, "jam tablet 1825 hari cepat"),
    ],
)
def test_a_clock_is_described_in_words(detik: int | None, words: str) -> None:
    assert describe_jam(detik) == words


NOW = datetime(2025, 1, 3, 2, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("facts", "words", "look"),
    [
        ({"kode_pasang_sampai": NOW + MINUTE}, "Menunggu dipasang", False),
        ({"kode_pasang_sampai": NOW - MINUTE}, "Belum dipasang, kode sudah lewat waktu", True),
        ({"token_hash": "x", "kontak_terakhir": NOW - MINUTE}, "Aktif", False),
        (
            {"token_hash": "x", "kontak_terakhir": NOW - timedelta(hours=25)},
            "Tidak terlihat lebih dari 1 hari",
            True,
        ),
        ({"token_hash": "x", "dicabut": True}, "Dicabut", False),
    ],
)
def test_the_state_of_a_tablet(facts: dict[str, object], words: str, look: bool) -> None:
    kios = Kios(**{"dicabut": False, "nama": "Tablet", **facts})

    assert describe_keadaan(kios, NOW) == (words, look)
