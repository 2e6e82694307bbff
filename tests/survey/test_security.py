"""The public side against what comes from outside: hosts, bodies, cookies, headers."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.wrappers import Response

from skm_app.database import Database
from skm_app.models import Base
from skm_app.settings import Settings
from tests.offices import LOKET, LOKET_TUTUP, ON_SQLITE, count_responden, make_answers, run_sql
from tests.pages import Browser, read_page

pytestmark = pytest.mark.usefixtures("kantor")

FORM = "application/x-www-form-urlencoded"


def check_headers(response: Response) -> None:
    headers = response.headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "base-uri 'none'" in policy
    assert "form-action 'self'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "Server" not in headers or "Werkzeug" not in headers["Server"]


def test_every_kind_of_answer_carries_the_security_headers(
    browser: Browser, database: Database
) -> None:
    form = browser.open(f"/s/{LOKET}")
    fields = form.forms[0].fields
    client = browser.client
    responses = [
        form.response,
        client.get("/healthz"),
        client.post(f"/s/{LOKET}", data={**fields, **make_answers()}),
        client.post(f"/s/{LOKET}", data=make_answers()),
        client.get("/tidak-ada"),
        client.put("/"),
        client.get(f"/s/{LOKET_TUTUP}"),
        client.post(f"/s/{LOKET}", data={**fields, **make_answers(u1="4")}),
        client.post(f"/s/{LOKET}", data="x" * 100_000, content_type=FORM),
        client.post(f"/s/{LOKET}", data=fields),
    ]
    run_sql(database, "UPDATE instalasi SET nilai = 'rusak' WHERE kunci = 'unit'")
    responses.append(client.get("/"))
    run_sql(database, "ALTER TABLE titik RENAME TO tersembunyi")
    responses.append(client.get(f"/s/{LOKET}"))
    assert [one.status_code for one in responses] == [
        200, 200, 303, 400, 404, 405, 410, 409, 413, 422, 500, 503,
    ]  # fmt: skip
    for response in responses:
        check_headers(response)
        # A form that came back may be kept for the Back button, but by nobody in between.
        assert response.headers["Cache-Control"] in ("no-store", "private, no-cache")
        if response.status_code >= 400:
            page = read_page(response, response.status_code)
            assert not re.search(r"traceback|sqlalchemy|sqlite|psycopg|\.py\b", page.text, re.I)


@ON_SQLITE
def test_static_files_carry_the_headers_too_and_may_be_kept(client: FlaskClient) -> None:
    with client.get("/static/survey/public.css") as response:
        assert response.status_code == 200
        check_headers(response)
        assert "no-store" not in response.headers["Cache-Control"]


@ON_SQLITE
@pytest.mark.parametrize(
    "path", ["../pyproject.toml", "..%2f..%2fetc/passwd", "..%5c..%5cpyproject.toml"]
)
def test_only_static_files_are_served(client: FlaskClient, path: str) -> None:
    assert client.get(f"/static/{path}").status_code == 404


@ON_SQLITE
@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost@evil", ""])
def test_a_foreign_host_name_is_refused(client: FlaskClient, host: str) -> None:
    response = client.get(f"/s/{LOKET}", headers={"Host": host})
    assert response.status_code == 400
    check_headers(response)
    assert "evil" not in response.get_data(as_text=True)


@ON_SQLITE
def test_a_forwarded_host_name_is_not_believed(client: FlaskClient) -> None:
    headers = {"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https"}
    form = Browser(client).open(f"/s/{LOKET}").forms[0]
    for response in (
        client.get("/", headers=headers),
        client.post(f"/s/{LOKET}", data={**form.fields, **make_answers()}, headers=headers),
    ):
        assert response.status_code in (200, 303)
        assert "evil" not in response.get_data(as_text=True) + str(response.headers)


@ON_SQLITE
def test_the_configured_host_name_is_served(
    make_app: Callable[[Settings], Flask], settings: Settings
) -> None:
    app = make_app(replace(settings, base_url="https://skm.contoh.go.id"))
    response = app.test_client().get(f"/s/{LOKET}", base_url="https://skm.contoh.go.id")
    assert response.status_code == 200
    assert response.headers["Strict-Transport-Security"] == "max-age=31536000"
    assert "Secure" in response.headers["Set-Cookie"]


@ON_SQLITE
def test_cookies_hold_nothing_but_the_token(app: Flask, browser: Browser) -> None:
    form = browser.open(f"/s/{LOKET}")
    answers = make_answers(saran="Kanari.", pengaduan="ya", usia="17-25")
    browser.send(form, {**answers, "u1": None}, status=422)
    browser.follow(browser.send(form, answers))
    (cookie,) = (browser.client._cookies or {}).values()
    assert cookie.key == "skm"
    assert cookie.http_only
    assert cookie.same_site == "Lax"
    serializer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    assert set(serializer.loads(cookie.value)) == {"csrf_token"}


@ON_SQLITE
@pytest.mark.parametrize(
    "body",
    [
        b"saran=" + b"x" * 10_000_000,
        b"&".join(b"f%d=1" % number for number in range(100_000)),
        b"u1=" + b"3" * 66_000,
    ],
    ids=["10-MB", "100000-fields", "66-kB-answer"],
)
def test_a_huge_body_is_refused(browser: Browser, database: Database, body: bytes) -> None:
    response = browser.client.post(f"/s/{LOKET}", data=body, content_type=FORM)
    assert read_page(response, 413).h1 == "Isian terlalu besar"
    assert count_responden(database) == 0


@ON_SQLITE
def test_a_long_comment_below_the_limit_comes_back_whole(browser: Browser) -> None:
    text = "Panas. " * 8_000
    form = browser.open(f"/s/{LOKET}")
    page = browser.send(form, make_answers(saran=text), status=422)
    assert page.forms[0].fields["saran"].split() == text.split()


@ON_SQLITE
@pytest.mark.parametrize(
    "content_type",
    ["application/json", "text/plain", "application/xml", "", "multipart/form-data",
     "multipart/form-data; boundary=x", "application/x-www-form-urlencoded; charset=utf-7"],
)  # fmt: skip
def test_a_body_of_another_kind_stores_nothing(
    browser: Browser, database: Database, content_type: str
) -> None:
    response = browser.client.post(
        f"/s/{LOKET}", data=b'{"u1": 4, "csrf_token": "x"}', content_type=content_type
    )
    page = read_page(response, 400)
    assert count_responden(database) == 0
    browser.send(page, make_answers())
    assert count_responden(database) == 1


@ON_SQLITE
def test_a_form_sent_as_multipart_is_understood(browser: Browser, database: Database) -> None:
    fields = {**browser.open(f"/s/{LOKET}").forms[0].fields, **make_answers()}
    response = browser.client.post(
        f"/s/{LOKET}", data=fields, content_type="multipart/form-data; boundary=batas"
    )
    assert response.status_code == 303
    assert count_responden(database) == 1


def test_the_address_and_browser_of_a_visitor_are_written_nowhere(
    app: Flask,
    settings: Settings,
    database: Database,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    client = app.test_client()
    client.environ_base = {
        "REMOTE_ADDR": "203.0.113.77",
        "REMOTE_PORT": "47113",
        "HTTP_USER_AGENT": "KanariPeramban/9.9",
        "HTTP_X_FORWARDED_FOR": "198.51.100.93",
        "HTTP_REFERER": "http://localhost/kanari-asal",
        "HTTP_ACCEPT_LANGUAGE": "xx-kanari",
    }
    client.set_cookie("lacak", "kanari-kue")
    browser = Browser(client)
    form = browser.open(f"/s/{LOKET}")
    browser.send(form, {**make_answers(), "u1": None}, status=422)
    browser.follow(browser.send(form, make_answers(saran="Ada saran.", pengaduan="ya")))
    browser.send(form, make_answers(u1="4"), status=409)
    browser.open("/s/TIDAKADA", status=404)
    client.post(f"/s/{LOKET}", data=make_answers())
    run_sql(database, "UPDATE instalasi SET nilai = 'rusak' WHERE kunci = 'unit'")
    browser.open("/", status=500)

    written = read_everything(settings.data_dir, database)
    assert b"Ada saran." in written
    output = capfd.readouterr()
    logged = (caplog.text + output.out + output.err).encode()
    for canary in (b"203.0.113.77", b"47113", b"KanariPeramban", b"198.51.100.93", b"kanari"):
        assert canary not in written
        assert canary not in logged
    assert b"Ada saran." not in logged


def read_everything(data_dir: Path, database: Database) -> bytes:
    """Every byte of the data folder (with SQLite's own files), or every row on PostgreSQL."""
    content = b"".join(path.read_bytes() for path in sorted(data_dir.rglob("*")) if path.is_file())
    if database.is_sqlite:
        assert b"SQLite format 3" in content
        return content
    with database.reading() as session:
        rows = [
            repr(tuple(row))
            for table in Base.metadata.sorted_tables
            for row in session.execute(table.select())
        ]
    return content + "\n".join(rows).encode()
