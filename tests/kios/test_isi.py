"""What a kiosk loads: its page, its words, its files, and the part that starts it offline."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update

from skm_app.database import Database
from skm_app.models import Layanan, Unit
from skm_app.settings import Settings
from skm_app.survey.kios_isi import kios_versi, list_berkas
from tests.offices import LOKET, LOKET_KTP, LOKET_RAWA, LOKET_TUTUP, ON_SQLITE, SKM_9, Kantor
from tests.pages import Browser

pytestmark = ON_SQLITE


@pytest.fixture
def browser(client: FlaskClient, kantor: Kantor) -> Browser:
    return Browser(client)


def read_isi(browser: Browser, kode: str = LOKET) -> dict[str, object]:
    answer = browser.client.get(f"/kios/{kode}/isi.json")
    assert answer.status_code == 200
    return dict(answer.get_json())


def test_the_page_is_the_same_for_every_titik(browser: Browser) -> None:
    pages = [browser.open(f"/kios/{kode}") for kode in (LOKET, LOKET_RAWA, LOKET_TUTUP)]

    assert len({page.response.data for page in pages}) == 1
    assert "Kecamatan" not in pages[0].text
    assert "Set-Cookie" not in pages[0].response.headers


@pytest.mark.parametrize("rest", ["", "/isi.json", "/manifest.webmanifest"])
def test_there_is_no_kiosk_without_a_titik(browser: Browser, rest: str) -> None:
    assert browser.client.get(f"/kios/TIDAKA{rest}").status_code == 404


def test_every_file_the_page_names_is_there_and_stays(browser: Browser) -> None:
    page = browser.open(f"/kios/{LOKET}")
    links = [one.attrs["href"] for one in page.root.all("link")]
    scripts = [one.attrs["src"] for one in page.root.all("script")]
    manifest = browser.client.get(f"/kios/{LOKET}/manifest.webmanifest").get_json()
    icons = [one["src"] for one in manifest["icons"]]

    for url in (*links, *scripts, *icons):
        answer = browser.client.get(url)
        assert answer.status_code == 200, url
        assert "immutable" in answer.headers["Cache-Control"]
        assert answer.headers["X-Kios-Versi"] == kios_versi()
    assert manifest["start_url"] == f"/kios/{LOKET}"
    assert manifest["display"] == "fullscreen"


def test_the_service_worker_keeps_every_file(browser: Browser) -> None:
    answer = browser.client.get("/kios/sw.js")

    assert answer.mimetype == "text/javascript"
    assert answer.headers["Cache-Control"] == "no-store"
    for nama in (*list_berkas(), "kerangka.html"):
        url = f"/kios/berkas/{kios_versi()}/{nama}"
        assert url in answer.text
        assert browser.client.get(url).status_code == 200


def test_every_module_that_is_imported_is_among_the_files(browser: Browser) -> None:
    for nama in list_berkas():
        text = browser.client.get(f"/kios/berkas/{kios_versi()}/{nama}").text
        for imported in re.findall(r"from '\./([^']+)'", text):
            assert imported in list_berkas(), f"{nama} imports {imported}"


@pytest.mark.parametrize(
    "url",
    [
        "/kios/berkas/0000000000000000/kios.js",
        "/kios/berkas/{versi}/tidak.js",
        "/kios/berkas/{versi}/..%2f..%2fadmin%2fadmin.css",
        "/kios/berkas/{versi}/",
    ],
)
def test_other_versions_and_other_files_are_not_there(browser: Browser, url: str) -> None:
    answer = browser.client.get(url.format(versi=kios_versi()))

    assert answer.status_code == 404
    assert "immutable" not in answer.headers.get("Cache-Control", "")


def test_isi_holds_what_is_asked_in_both_languages(browser: Browser) -> None:
    isi = read_isi(browser)

    assert isi["kantor"] == "Kecamatan Palaran"
    assert isi["instrumen"] == SKM_9.id
    assert isi["zona"] == "Asia/Makassar"
    assert isi["aktif"] is True
    assert [one["kode"] for one in isi["layanan"]] == ["ktp-kk", "sktm"]  # type: ignore[attr-defined]
    asked = isi["butir"]
    assert isinstance(asked, list)
    assert [one["kunci"] for one in asked] == [butir.kunci for butir in SKM_9.butir]
    for one, butir in zip(asked, SKM_9.butir, strict=True):
        assert one["pertanyaan"]["id"] == butir.pertanyaan
        assert one["bantuan"]["id"] == butir.bantuan
        assert [teks["id"] for teks in one["pilihan"]] == list(butir.pilihan)
        assert all(teks["en"] for teks in (one["pertanyaan"], *one["pilihan"]))


def test_a_titik_with_one_service_asks_about_that_one(browser: Browser) -> None:
    assert read_isi(browser, LOKET_KTP)["layanan"] == [{"kode": "ktp-kk", "nama": "Pengantar KTP"}]


def test_isi_has_a_new_version_when_anything_in_it_changes(
    browser: Browser, database: Database, kantor: Kantor
) -> None:
    versions = [read_isi(browser)["versi"], read_isi(browser)["versi"]]
    for change in (
        update(Unit).where(Unit.id == kantor.palaran).values(nama="Kecamatan Palaran Baru"),
        update(Layanan).where(Layanan.id == kantor.sktm).values(aktif=False),
    ):
        with database.writing() as session:
            session.execute(change)
        versions.append(read_isi(browser)["versi"])

    assert versions[0] == versions[1]
    assert len(set(versions)) == 3


def test_over_plain_http_nothing_is_promised_that_only_https_holds(
    settings: Settings, make_app: Callable[[Settings], Flask], kantor: Kantor
) -> None:
    policy = (
        make_app(settings).test_client().get(f"/kios/{LOKET}").headers["Content-Security-Policy"]
    )

    for needed in ("script-src 'self'", "connect-src 'self'", "manifest-src 'self'"):
        assert needed in policy
    assert "unsafe" not in policy
