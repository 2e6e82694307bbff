"""English pages over plain HTTP, without scripts: kept in the address, never in a cookie."""

from __future__ import annotations

import pytest

from skm_app.database import Database
from tests.offices import LOKET, LOKET_RAWA, ON_SQLITE, count_responden, make_answers
from tests.pages import Browser

pytestmark = [pytest.mark.usefixtures("kantor"), ON_SQLITE]


def test_the_form_speaks_english_by_its_address_alone(browser: Browser) -> None:
    english = browser.open(f"/s/{LOKET}?bahasa=en")
    assert english.root.first("html").attrs["lang"] == "en"
    assert english.by_id("u4").first("legend").text.endswith("cost/fee of the service is?")
    assert english.forms[0].action == f"/s/{LOKET}?bahasa=en"
    # The next visitor of the same form, and the same one without the address, get Indonesian.
    again = browser.open(f"/s/{LOKET}")
    assert again.root.first("html").attrs["lang"] == "id"
    assert again.by_id("u4").first("legend").text.startswith("4. Bagaimana pendapat Saudara")
    assert browser.open(f"/s/{LOKET}?bahasa=en").by_id("u4").text == english.by_id("u4").text


@pytest.mark.parametrize("asked", ["de", "EN", "", "id", "en,id", "../../etc/passwd", "%00"])
def test_any_other_language_is_indonesian(browser: Browser, asked: str) -> None:
    page = browser.open(f"/s/{LOKET}?bahasa={asked}")
    assert page.root.first("html").attrs["lang"] == "id"


def test_words_of_the_office_are_marked_as_indonesian(browser: Browser) -> None:
    page = browser.open(f"/s/{LOKET}?bahasa=en")
    named = [one for one in page.by_id("layanan").all("span") if one.text == "Pengantar KTP"]
    assert [one.attrs.get("lang") for one in named] == ["id"]


def test_the_answers_are_stored_alike_in_both_languages(
    browser: Browser, database: Database
) -> None:
    page = browser.open(f"/s/{LOKET}?bahasa=en")
    thanks = browser.follow(browser.send(page, make_answers()))
    assert thanks.h1 == "Thank you"
    assert thanks.root.first("a", lang="id").attrs["href"] == f"/s/{LOKET}/terima-kasih"
    assert count_responden(database) == 1


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"u1": None}, "Question 1 (Requirements): Choose one answer."),
        ({"u1": "9"}, "Question 1 (Requirements): Choose one of the answers given."),
        ({"layanan": "x"}, "Service: Choose the service you received."),
        ({"usia": "tua"}, "Age: Choose one of the answers given."),
        ({"pengaduan": "ya"}, "Suggestion: Write your complaint, or untick the complaint box."),
        ({"saran": "x" * 1201}, "At most 1200 characters; yours has 1201. Please shorten it."),
        ({"submission_id": "x"}, "The form’s identifier was damaged and has been replaced."),
    ],
)
def test_every_fault_is_said_in_english(
    browser: Browser, changes: dict[str, str | None], words: str
) -> None:
    form = browser.open(f"/s/{LOKET}?bahasa=en")
    page = browser.send(form, {**make_answers(), **changes}, status=422)
    assert words in page.by_id("salah").text
    assert page.h1.startswith("Not sent yet:")
    # A link to the other language would lose what is on this page.
    assert page.root.all("a", lang="id") == []


def test_a_stale_page_and_errors_speak_english(browser: Browser) -> None:
    form = browser.open(f"/s/{LOKET}?bahasa=en")
    page = browser.send(form, {**make_answers(), "csrf_token": "x"}, status=400)
    assert "This page has been open for a long time" in page.by_id("pesan").text
    missing = browser.open("/s/TIDAKADA?bahasa=en", status=404)
    assert missing.h1 == "Page not found"
    assert missing.root.first("html").attrs["lang"] == "en"
    assert missing.root.first("a", class_="jalan").attrs["href"] == "/?bahasa=en"


def test_the_front_page_links_to_the_english_form(browser: Browser) -> None:
    page = browser.open("/?bahasa=en")
    assert page.root.first("a", class_="tombol").attrs["href"].endswith("?bahasa=en")
    assert "Our services" in page.text


def test_the_staff_side_stays_indonesian(browser: Browser) -> None:
    page = browser.open("/admin/masuk?bahasa=en")
    assert page.root.first("html").attrs["lang"] == "id"


def test_the_single_service_of_a_point_needs_no_question(browser: Browser) -> None:
    page = browser.open(f"/s/{LOKET_RAWA}?bahasa=en")
    assert "Service: Surat domisili" in page.text
