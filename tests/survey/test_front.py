"""The front page and the health check."""

from __future__ import annotations

from pathlib import Path

import psycopg
from flask.testing import FlaskClient

from skm_app.database import Database
from skm_app.intake import Intake
from tests.offices import (
    LOKET,
    LOKET_RAWA,
    Kantor,
    add_periode,
    close,
    import_palaran,
    release,
    reopen,
    run_sql,
)
from tests.pages import Browser


def test_before_the_office_is_entered_the_front_page_says_what_to_do(browser: Browser) -> None:
    page = browser.open("/")
    assert page.h1 == "Kantor belum diatur"
    assert page.root.first("a", href="/admin/").text == "Masuk sebagai admin"


def test_the_front_page_shows_the_office_and_leads_to_the_survey(
    browser: Browser, kantor: Kantor
) -> None:
    page = browser.open("/")
    assert page.h1 == "Kecamatan Palaran"
    assert "Jl. Ampera RT. 46" in page.text
    assert [item.text for item in page.root.all("li")] == ["Pengantar KTP", "Surat tidak mampu"]
    assert "Hasil survei" not in page.text
    assert browser.open(page.root.first("a", class_="tombol").attrs["href"]).status == 200
    assert page.root.first("a", class_="tombol").attrs["href"] == f"/s/{LOKET}"


def test_the_front_page_leaves_out_what_is_closed(
    browser: Browser, database: Database, kantor: Kantor
) -> None:
    run_sql(database, "UPDATE layanan SET aktif = false WHERE kode = 'sktm'")
    run_sql(database, "UPDATE titik SET aktif = false")
    page = browser.open("/")
    assert [item.text for item in page.root.all("li")] == ["Pengantar KTP"]
    assert page.root.all("a", class_="tombol") == []


def test_the_latest_released_result_is_shown(
    browser: Browser, database: Database, kantor: Kantor, intake: Intake
) -> None:
    import_palaran(database, intake)
    periode_id = add_periode(database, kantor.palaran, konvensi="portal-kota")
    penetapan = close(database, periode_id)
    # Closed is not public: that takes an act of its own.
    for address in ("/", f"/s/{LOKET}/terima-kasih"):
        assert "87,23" not in browser.open(address).text
    release(database, penetapan)
    sentence = (
        "Hasil terakhir, periode 2024: nilai 87,23 pada skala 25 sampai 100, mutu B (Baik), "
        "dari 36 responden."
    )
    assert sentence in browser.open("/").text
    # A unit below without a result of its own shows that of the unit above it.
    for kode in (LOKET, LOKET_RAWA):
        assert sentence in browser.open(f"/s/{kode}/terima-kasih").text
    reopen(database, periode_id)
    assert "87,23" not in browser.open("/").text


def test_a_thanks_page_of_an_unknown_titik_is_not_found(browser: Browser, kantor: Kantor) -> None:
    browser.open("/s/TIDAKADA/terima-kasih", status=404)


def test_the_health_check_is_green_while_the_database_answers(client: FlaskClient) -> None:
    response = client.get("/healthz")
    assert (response.status_code, response.json) == (200, {"status": "ok"})


def test_the_health_check_needs_no_office_and_leaves_no_cookie(client: FlaskClient) -> None:
    assert "Set-Cookie" not in client.get("/healthz").headers


def test_the_health_check_is_red_when_the_tables_are_gone(
    client: FlaskClient, database: Database
) -> None:
    run_sql(database, "DROP TABLE instalasi")
    response = client.get("/healthz")
    assert response.status_code == 503
    assert response.json != {"status": "ok"}


def test_the_health_check_is_red_when_the_database_is_gone_and_green_when_it_is_back(
    client: FlaskClient, database: Database, postgres_url: str, tmp_path: Path
) -> None:
    assert client.get("/healthz").status_code == 200
    if database.is_sqlite:
        aside = tmp_path / "aside.db"
        path = database.sqlite_path
        assert path is not None
        path.rename(aside)
        assert client.get("/healthz").status_code == 503
        aside.replace(path)
    else:
        name = database.url.database
        database.close()
        with psycopg.connect(postgres_url, autocommit=True) as server:
            server.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')
            server.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s",
                [name],
            )
            assert client.get("/healthz").status_code == 503
            server.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true')
    assert client.get("/healthz").status_code == 200
