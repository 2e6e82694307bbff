"""The form as a citizen meets it: the regulation's questions, nothing decided beforehand."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from flask import Flask

from skm_app.database import Database
from tests.offices import (
    LOKET,
    LOKET_KTP,
    LOKET_RAWA,
    LOKET_TUTUP,
    ON_SQLITE,
    SKM_9,
    SKM_16,
    Kantor,
    add_periode,
    run_sql,
    today_wita,
)
from tests.pages import Browser, Element, Page

pytestmark = [pytest.mark.usefixtures("kantor"), ON_SQLITE]


def radio_groups(page: Page) -> list[str]:
    """Names of the questions with radio buttons, in the order of the page."""
    names = [one.attrs["name"] for one in page.root.all("input", type="radio")]
    return list(dict.fromkeys(names))


def question(page: Page, field: str) -> Element:
    return page.by_id(field)


def test_the_form_names_the_office_and_promises_what_it_keeps(browser: Browser) -> None:
    page = browser.open(f"/s/{LOKET}")
    assert page.h1 == "Kecamatan Palaran"
    assert "Survei Kepuasan Masyarakat (SKM)" in page.text
    assert "9 pertanyaan, ± 1 menit, tanpa nama" in page.text
    assert "Petugas tidak boleh mengisi untuk Anda." in page.text
    assert "Kami tidak pernah meminta KTP, uang, atau kode OTP." in page.text
    assert page.root.first("html").attrs["lang"] == "id"


def test_the_nine_questions_stand_in_the_order_of_the_regulations_form(browser: Browser) -> None:
    page = browser.open(f"/s/{LOKET}")
    # Sarana is asked eighth and pengaduan ninth, but their fields keep the unsur's number.
    assert radio_groups(page)[1:10] == ["u1", "u2", "u3", "u4", "u5", "u6", "u7", "u9", "u8"]
    for number, butir in enumerate(SKM_9.butir, start=1):
        asked = question(page, SKM_9.fields[butir.kunci])
        assert asked.first("legend").text == f"{number}. {butir.pertanyaan}"
        labels = [label.text for label in asked.all("label")]
        assert labels == [*butir.pilihan, "Tidak tahu / tidak memakai"]
        values = [one.attrs["value"] for one in asked.all("input")]
        assert values == ["1", "2", "3", "4", "tidak-tahu"]
    assert "sarana" in question(page, "u9").first("legend").text.lower()
    assert "pengaduan" in question(page, "u8").first("legend").text.lower()
    assert [label.text for label in question(page, "u4").all("label")][3] == "Gratis"


def test_nothing_is_answered_beforehand(browser: Browser) -> None:
    page = browser.open(f"/s/{LOKET}")
    assert not [one for one in page.root.walk() if {"checked", "selected"} & set(one.attrs)]
    assert page.by_id("teks-saran").raw_text == ""
    assert set(page.forms[0].fields) == {"csrf_token", "submission_id", "saran"}
    assert "required" not in page.response.get_data(as_text=True)


def test_the_form_can_be_sent_without_scripts(browser: Browser) -> None:
    page = browser.open(f"/s/{LOKET}")
    # A script may help, but only once the page is there, and from this very server.
    for script in page.root.all("script"):
        assert "defer" in script.attrs
        assert script.attrs["src"].startswith("/s/berkas/")
    (form,) = page.forms
    assert (form.method, form.action) == ("post", f"/s/{LOKET}")
    assert page.root.first("button", type="submit").text == "Kirim jawaban"


def test_every_visitor_gets_an_id_and_a_token_of_their_own(app: Flask) -> None:
    fields = [Browser(app.test_client()).open(f"/s/{LOKET}").forms[0].fields for _ in range(3)]
    assert len({uuid.UUID(one["submission_id"]) for one in fields}) == 3
    assert len({one["csrf_token"] for one in fields}) == 3


def test_one_visitor_who_opens_two_tabs_gets_two_ids(browser: Browser) -> None:
    ids = {browser.open(f"/s/{LOKET}").forms[0].fields["submission_id"] for _ in range(2)}
    assert len(ids) == 2


@pytest.mark.parametrize("typed", ["paraha", "PARAHA", "par-aha", "Par%20Aha", "%20paraha%20"])
def test_a_code_works_however_it_is_typed(browser: Browser, typed: str) -> None:
    assert browser.open(f"/s/{typed}").h1 == "Kecamatan Palaran"


@pytest.mark.parametrize("kode", ["TIDAKADA", "x", "%00", "%F0%9F%98%80", "PARAHA2", "'--", "-"])
def test_an_unknown_code_is_not_found(browser: Browser, kode: str) -> None:
    assert browser.open(f"/s/{kode}", status=404).h1 == "Halaman tidak ditemukan"


def test_a_closed_titik_says_so(browser: Browser) -> None:
    page = browser.open(f"/s/{LOKET_TUTUP}", status=410)
    assert page.h1 == "Titik survei ini sudah ditutup"
    assert page.forms == []


def test_the_citizen_chooses_among_the_services_of_the_unit(browser: Browser) -> None:
    page = browser.open(f"/s/{LOKET}")
    assert radio_groups(page)[0] == "layanan"
    labels = [label.text for label in question(page, "layanan").all("label")]
    assert labels == ["Pengantar KTP", "Surat tidak mampu"]


@pytest.mark.parametrize(
    ("kode", "layanan", "nama"),
    [(LOKET_KTP, "ktp-kk", "Pengantar KTP"), (LOKET_RAWA, "domisili", "Surat domisili")],
)
def test_where_there_is_one_service_it_is_not_asked(
    browser: Browser, kode: str, layanan: str, nama: str
) -> None:
    page = browser.open(f"/s/{kode}")
    assert "layanan" not in radio_groups(page)
    assert page.forms[0].fields["layanan"] == layanan
    assert f"Layanan: {nama}" in page.text


def test_a_closed_service_is_not_offered(browser: Browser, database: Database) -> None:
    run_sql(database, "UPDATE layanan SET aktif = false WHERE kode = 'sktm'")
    assert "layanan" not in radio_groups(browser.open(f"/s/{LOKET}"))


def test_a_page_shows_the_change_of_an_office_at_once(browser: Browser, database: Database) -> None:
    browser.open(f"/s/{LOKET}")
    run_sql(database, "UPDATE unit SET nama = 'Kecamatan Sungai' WHERE nama LIKE '%Palaran'")
    run_sql(database, "UPDATE layanan SET nama = 'Kartu keluarga' WHERE kode = 'ktp-kk'")
    page = browser.open(f"/s/{LOKET}")
    assert page.h1 == "Kecamatan Sungai"
    assert "Kartu keluarga" in page.text


def test_names_with_marks_of_the_program_or_of_html_are_shown_as_they_are(
    browser: Browser, database: Database
) -> None:
    nama = "Kantor {submission_id} {csrf_token} <b>&amp;</b> {{ 7*7 }}"
    run_sql(database, "UPDATE unit SET nama = :nama WHERE jenis = 'kecamatan'", nama=nama)
    page = browser.open(f"/s/{LOKET}")
    assert page.h1 == nama
    uuid.UUID(page.forms[0].fields["submission_id"])


def test_a_period_decides_which_questionnaire_is_asked(
    browser: Browser, database: Database, kantor: Kantor
) -> None:
    today = today_wita()
    add_periode(
        database, kantor.kota, tahun=today.year, instrumen_id=SKM_16.id, mulai=today, sampai=today
    )
    page = browser.open(f"/s/{LOKET}")
    assert "16 pertanyaan" in page.text
    assert radio_groups(page)[1:17] == list(SKM_16.fields.values())


def test_a_period_of_another_day_does_not(
    browser: Browser, database: Database, kantor: Kantor
) -> None:
    far = today_wita() - timedelta(days=40)
    add_periode(
        database, kantor.kota, tahun=far.year, instrumen_id=SKM_16.id, mulai=far, sampai=far
    )
    assert "9 pertanyaan" in browser.open(f"/s/{LOKET}").text
