"""Who may open and send what: every route for every role."""

from __future__ import annotations

import json
import uuid

import pytest
from flask import Flask

from skm_app.database import Database
from tests.admin.helpers import Petugas, add_pengguna, make_petugas
from tests.admin.kinerja import add_indikator
from tests.offices import LOKET, Kantor, add_periode

SEMUA = {"admin", "operator", "pimpinan"}
# Address and who may open it.
PAGES = {
    "/admin/": SEMUA,
    "/admin/ikm.json": SEMUA,
    "/admin/grafik.json": SEMUA,
    "/admin/sandi": SEMUA,
    "/admin/capaian": {"admin", "pimpinan"},
    "/admin/capaian/ikm/2024": {"admin"},
    "/admin/periode": {"admin", "pimpinan"},
    "/admin/periode/{periode}": {"admin", "pimpinan"},
    "/admin/periode/tambah": {"admin"},
    "/admin/periode/{periode}/tetapkan": {"admin"},
    "/admin/titik": {"admin", "operator"},
    "/admin/titik/{titik}/qr.svg": {"admin", "operator"},
    "/admin/titik/{titik}/qr.png": {"admin", "operator"},
    "/admin/titik/{titik}/kartu.pdf": {"admin", "operator"},
    "/admin/titik/tambah": {"admin"},
    "/admin/kios": {"admin", "operator"},
    "/admin/kios/tambah": {"admin"},
    "/admin/layanan": {"admin"},
    "/admin/layanan/tambah": {"admin"},
    "/admin/layanan/{layanan}": {"admin"},
    "/admin/kantor": {"admin"},
    "/admin/kantor/{unit}": {"admin"},
    "/admin/pengguna": {"admin"},
    "/admin/pengguna/tambah": {"admin"},
}
# Everything that changes something; all but one's own session is for admins.
POSTS = (
    "/admin/sandi",
    "/admin/keluar",
    "/admin/keluar-semua",
    "/admin/capaian/ikm/2024/target",
    "/admin/capaian/ikm/2024/realisasi",
    "/admin/periode/tambah",
    "/admin/periode/{periode}/tetapkan",
    "/admin/titik/tambah",
    "/admin/titik/{titik}/tutup",
    "/admin/titik/{titik}/buka",
    "/admin/kios/tambah",
    "/admin/kios/{kios}/kode",
    "/admin/kios/{kios}/cabut",
    "/admin/layanan/tambah",
    "/admin/layanan/{layanan}",
    "/admin/layanan/{layanan}/tutup",
    "/admin/kantor",
    "/admin/kantor/kelurahan",
    "/admin/kantor/{unit}",
    "/admin/pengguna/tambah",
    "/admin/pengguna/{pengguna}/sandi",
    "/admin/pengguna/{pengguna}/tutup",
)
OWN = ("/admin/sandi", "/admin/keluar", "/admin/keluar-semua")


@pytest.fixture
def names(database: Database, kantor: Kantor) -> dict[str, str]:
    """What stands in the addresses above."""
    add_indikator(database, kantor.palaran, "ikm", {2024: "88.31"})
    return {
        "periode": str(add_periode(database, kantor.palaran)),
        "titik": LOKET,
        "kios": str(uuid.UUID(int=0)),
        "layanan": str(kantor.sktm),
        "unit": str(kantor.rawa_makmur),
        "pengguna": str(add_pengguna(database, "eka", "operator").id),
    }


@pytest.mark.parametrize(
    ("nama", "peran"), [("lia", "admin"), ("ani", "operator"), ("budi", "pimpinan")]
)
def test_each_role_opens_its_pages_and_no_others(
    app: Flask, database: Database, names: dict[str, str], nama: str, peran: str
) -> None:
    add_pengguna(database, nama, peran)
    petugas = make_petugas(app, nama)
    petugas.sign_in()
    statuses = {url: petugas.client.get(url.format(**names)).status_code for url in PAGES}

    assert statuses == {url: 200 if peran in PAGES[url] else 403 for url in statuses}


@pytest.mark.parametrize(("nama", "peran"), [("ani", "operator"), ("budi", "pimpinan")])
def test_only_admins_change_anything(
    app: Flask, database: Database, names: dict[str, str], nama: str, peran: str
) -> None:
    add_pengguna(database, nama, peran)
    petugas = make_petugas(app, nama)
    petugas.sign_in()
    token = petugas.open("/admin/sandi").forms[0].fields["csrf_token"]

    for url in POSTS:
        if url not in OWN:
            answer = petugas.client.post(url.format(**names), data={"csrf_token": token})
            assert answer.status_code == 403, url
            assert "Anda tidak berhak" in answer.text


def test_a_stranger_is_sent_to_the_sign_in_from_every_page(
    stranger: Petugas, names: dict[str, str]
) -> None:
    for url in PAGES:
        answer = stranger.client.get(url.format(**names))
        if url.endswith(".json"):
            assert answer.status_code == 401
            assert "berakhir" in json.loads(answer.text)["galat"]
        else:
            assert answer.status_code == 303, url
            assert answer.location.startswith("/admin/masuk?next=/admin/")


def test_a_stranger_changes_nothing(stranger: Petugas, names: dict[str, str]) -> None:
    token = stranger.open("/admin/masuk").forms[0].fields["csrf_token"]

    for url in POSTS:
        answer = stranger.client.post(url.format(**names), data={"csrf_token": token})
        assert answer.status_code == 303, url
        assert answer.location == "/admin/masuk"


@pytest.mark.parametrize("token", [None, "salah"])
def test_a_form_from_elsewhere_is_refused(
    lia: Petugas, names: dict[str, str], token: str | None
) -> None:
    lia.open("/admin/sandi")
    for url in (*POSTS, "/admin/masuk"):
        answer = lia.client.post(url.format(**names), data={"csrf_token": token} if token else {})
        assert answer.status_code == 400, url
        assert "sudah lama terbuka" in answer.text
    assert lia.is_signed_in()


def test_no_route_of_the_staff_side_is_missing_here(app: Flask) -> None:
    known = {(url, "GET") for url in PAGES} | {(url, "POST") for url in POSTS}
    known |= {("/admin/masuk", "GET"), ("/admin/masuk", "POST")}
    sample = {
        "periode_id": uuid.UUID(int=0),
        "kios_id": uuid.UUID(int=0),
        "layanan_id": uuid.UUID(int=0),
        "unit_id": uuid.UUID(int=0),
        "pengguna_id": uuid.UUID(int=0),
        "kode": "ikm",
        "tahun": 2024,
        "tindakan": "tutup",
        "berkas": "qr.svg",
    }
    for rule in app.url_map.iter_rules():
        if not rule.endpoint.startswith("admin."):
            continue
        parts = {name: sample[name] for name in rule.arguments}
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
            built = rule.build(parts)
            assert built
            url = built[1]
            listed = {(_filled(address), verb) for address, verb in known}
            assert (url, method) in listed, f"{method} {rule.rule} is not in the lists above"


def _filled(address: str) -> str:
    zero = str(uuid.UUID(int=0))
    return address.format(
        periode=zero, kios=zero, layanan=zero, unit=zero, pengguna=zero, titik="ikm"
    )
