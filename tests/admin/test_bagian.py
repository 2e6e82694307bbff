"""People who are limited to a part of the office: every route, by the map of addresses."""

from __future__ import annotations

import pytest
from flask import Flask
from werkzeug.routing import AnyConverter, Rule

from skm_app.database import Database
from skm_app.intake import Intake
from skm_app.models import PERAN
from tests.admin.bagian import ASING, BUKUAN, add_bukuan, limit, make_asing
from tests.admin.helpers import Petugas, make_petugas
from tests.offices import LOKET_RAWA, ON_SQLITE, Kantor

pytestmark = ON_SQLITE

# Subjects of the whole office, closed to everyone who is limited to a part of it.
SELURUH_KANTOR = ("/admin/capaian", "/admin/rencana", "/admin/anggaran", "/admin/lkjip")
# Addresses without an id that a limited person may find the other part's name under, and why.
BOLEH_MENYEBUT: dict[str, str] = {}
# Beginnings of addresses that tell the office-wide admin 404 about the rows made here, and why.
BUKAN_SAAT_INI: dict[str, str] = {
    "/admin/periode/<uuid:periode_id>/penetapan/<int:nomor>": "the period is not closed",
    "/admin/impor/berkas/": "an upload is only for who made it",
    "/admin/laporan/berkas/": "a document is only for who asked for it",
}


def list_rules(app: Flask, *, with_id: bool) -> list[Rule]:
    """Addresses of the staff side, with or without something to look up."""
    rules = [one for one in app.url_map.iter_rules() if one.endpoint.startswith("admin.")]
    return sorted(
        (one for one in rules if bool(one.arguments) == with_id), key=lambda one: one.rule
    )


def fill(rule: Rule, asing: dict[str, object]) -> str:
    """The address of a row in the other part."""
    subject = rule.rule.split("/")[2]
    values: dict[str, object] = {}
    for name in rule.arguments:
        converter = rule._converters[name]
        if isinstance(converter, AnyConverter):
            values[name] = min(converter.items)
        else:
            assert name in asing, (
                f"{rule.rule}: make a row of another unit for <{name}> in tests/admin/bagian.py"
            )
            values[name] = asing.get(f"{subject}:{name}", asing[name])
    built = rule.build(values)
    assert built
    return built[1]


def methods(rule: Rule) -> list[str]:
    return sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})


@pytest.fixture
def asing(database: Database, intake: Intake, kantor: Kantor) -> dict[str, object]:
    return make_asing(database, intake, kantor)


def sign_in_bukuan(app: Flask, database: Database, kantor: Kantor, peran: str) -> Petugas:
    """Wati, limited to Kelurahan Bukuan."""
    limit(database, "wati", peran, add_bukuan(database, kantor))
    wati = make_petugas(app, "wati")
    wati.sign_in()
    return wati


@pytest.mark.parametrize("peran", PERAN)
def test_nothing_of_another_kelurahan_can_be_opened_or_changed(
    app: Flask, database: Database, kantor: Kantor, asing: dict[str, object], peran: str
) -> None:
    wati = sign_in_bukuan(app, database, kantor, peran)
    token = wati.open("/admin/sandi").forms[0].fields["csrf_token"]
    # Roles that may not open a subject at all are told so before anything is looked up.
    hidden = {404} if peran == "admin" else {403, 404}

    for rule in list_rules(app, with_id=True):
        wanted = {403} if rule.rule.startswith(SELURUH_KANTOR) else hidden
        url = fill(rule, asing)
        for method in methods(rule):
            answer = wati.client.open(url, method=method, data={"csrf_token": token})
            assert answer.status_code in wanted, f"{method} {rule.rule}: {answer.status_code}"
            assert ASING not in answer.text, f"{method} {rule.rule}"


def test_the_rows_of_that_test_exist(app: Flask, lia: Petugas, asing: dict[str, object]) -> None:
    for rule in list_rules(app, with_id=True):
        known = rule.rule.startswith((*BUKAN_SAAT_INI, *SELURUH_KANTOR))
        if "GET" in methods(rule) and not known:
            status = lia.client.get(fill(rule, asing)).status_code
            assert status in (200, 303, 409), f"{rule.rule}: {status}"


@pytest.mark.parametrize("peran", PERAN)
def test_no_list_names_another_kelurahan(
    app: Flask, database: Database, kantor: Kantor, asing: dict[str, object], peran: str
) -> None:
    wati = sign_in_bukuan(app, database, kantor, peran)

    for rule in list_rules(app, with_id=False):
        if "GET" in methods(rule) and rule.rule not in BOLEH_MENYEBUT:
            answer = wati.client.get(rule.rule)
            assert answer.status_code in (200, 303, 400, 403), f"{rule.rule}: {answer.status_code}"
            assert ASING.encode() not in answer.data, rule.rule
            assert LOKET_RAWA.encode() not in answer.data, rule.rule


def test_the_live_index_cannot_be_asked_about_another_kelurahan(
    app: Flask, database: Database, kantor: Kantor
) -> None:
    wati = sign_in_bukuan(app, database, kantor, "pimpinan")

    for unit_id in (kantor.rawa_makmur, kantor.palaran, kantor.kota):
        for url in ("/admin/ikm.json", "/admin/grafik.json"):
            assert wati.client.get(f"{url}?unit={unit_id}").status_code in (400, 404)


def test_subjects_of_the_whole_office_are_neither_in_the_menu_nor_open(
    app: Flask, database: Database, kantor: Kantor
) -> None:
    wati = sign_in_bukuan(app, database, kantor, "admin")

    page = wati.open("/admin/")
    links = {link.attrs["href"] for link in page.root.all("a")}
    for url in SELURUH_KANTOR:
        assert url not in links
        assert "tidak berhak" in wati.client.get(url).text
    assert "/admin/titik" in links


def test_a_limited_admin_works_in_the_own_part(
    app: Flask, database: Database, kantor: Kantor
) -> None:
    wati = sign_in_bukuan(app, database, kantor, "admin")

    assert BUKUAN in wati.open("/admin/kantor").text
    assert "Loket Bukuan" in wati.open("/admin/titik").text
    assert "Pelayanan Bukuan" in wati.open("/admin/layanan").text
    assert wati.fill_in("/admin/titik/BUKUAN", {"nama": "Loket depan"}).status == 303
