"""A page that has gone stale, a database that fails, input of any kind: nothing is lost."""

from __future__ import annotations

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from skm_app.database import Database
from tests.offices import LOKET, ON_SQLITE, count_responden, list_differences, run_sql
from tests.pages import Browser
from tests.survey.whole import WHOLE, faults_of, kept, plain

pytestmark = pytest.mark.usefixtures("kantor")


@ON_SQLITE
@pytest.mark.parametrize("token", [None, "", "salah", "IjEyMyI.ZZZZZZ.AAAAAAAA"])
def test_a_missing_or_wrong_token_brings_the_answers_back_with_a_good_one(
    browser: Browser, database: Database, token: str | None
) -> None:
    form = browser.open(f"/s/{LOKET}")
    page = browser.send(form, {**WHOLE, "csrf_token": token}, status=400)
    assert "Halaman ini sudah lama terbuka" in page.by_id("pesan").text
    assert kept(page) == plain(WHOLE)
    assert page.forms[0].fields["submission_id"] == form.forms[0].fields["submission_id"]
    assert count_responden(database) == 0
    browser.send(page, {})
    assert count_responden(database) == 1


@ON_SQLITE
def test_a_token_of_another_visitor_is_refused(
    app: Flask, browser: Browser, database: Database
) -> None:
    token = Browser(app.test_client()).open(f"/s/{LOKET}").forms[0].fields["csrf_token"]
    form = browser.open(f"/s/{LOKET}")
    page = browser.send(form, {**WHOLE, "csrf_token": token}, status=400)
    assert kept(page) == plain(WHOLE)
    browser.send(page, {})
    assert count_responden(database) == 1


@ON_SQLITE
def test_a_visitor_who_lost_the_cookie_can_still_send(browser: Browser, database: Database) -> None:
    form = browser.open(f"/s/{LOKET}")
    browser.client.delete_cookie("skm")
    page = browser.send(form, WHOLE, status=400)
    browser.send(page, {})
    assert count_responden(database) == 1


@ON_SQLITE
def test_an_incomplete_form_with_a_stale_token_names_both(
    browser: Browser, database: Database
) -> None:
    form = browser.open(f"/s/{LOKET}")
    page = browser.send(form, {**WHOLE, "u1": None, "csrf_token": "basi"}, status=400)
    page = browser.send(page, {}, status=422)
    assert list(faults_of(page)) == ["u1"]
    browser.send(page, {"u1": "2"})
    assert count_responden(database) == 1


def test_a_database_that_fails_brings_the_answers_back(
    browser: Browser, database: Database
) -> None:
    form = browser.open(f"/s/{LOKET}")
    run_sql(database, "ALTER TABLE responden RENAME TO tersembunyi")
    page = browser.send(form, WHOLE, status=503)
    assert page.h1 == "Jawaban Anda belum tersimpan"
    assert page.response.headers["Retry-After"] == "10"
    assert kept(page) == plain(WHOLE)
    again = browser.send(page, {}, status=503, to=f"/s/{LOKET}")
    run_sql(database, "ALTER TABLE tersembunyi RENAME TO responden")
    browser.send(again, {}, to=f"/s/{LOKET}")
    assert count_responden(database) == 1
    assert list_differences(database) == []


ANYTHING = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
FIELDS = st.dictionaries(
    st.sampled_from([*WHOLE, "submission_id", "csrf_token", "u10", ""]),
    ANYTHING | st.none() | st.sampled_from(["1", "4", "tidak-tahu", "ktp-kk", "ya", "L"]),
)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(changes=FIELDS)
def test_no_input_whatever_breaks_the_form_or_the_tallies(
    browser: Browser, database: Database, changes: dict[str, str | None]
) -> None:
    before = count_responden(database)
    form = browser.open(f"/s/{LOKET}")
    fields = {**form.forms[0].fields, **WHOLE, **changes}
    sent = {name: value for name, value in fields.items() if value is not None}
    response = browser.client.post(f"/s/{LOKET}", data=sent)
    assert response.status_code in (303, 400, 422)
    stored = 1 if response.status_code == 303 else 0
    assert count_responden(database) == before + stored
    assert list_differences(database) == []
