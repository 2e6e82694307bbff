"""English all the way: the link, the form, its faults, no network, thanks, errors."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.phone.helpers import QUESTIONS, count_stored, fill, send, tap
from tests.stories.conftest import PHONE, Demo


def test_a_visitor_answers_in_english_and_keeps_what_was_answered_before(
    demo: Demo, open_page: Callable[..., Page]
) -> None:
    page = open_page(viewport=PHONE)
    page.goto(demo.survey)
    tap(page, "u1", "4")
    page.get_by_label("Apa yang perlu kami perbaiki?").fill("Kursi kurang")
    link = page.get_by_role("link", name="English")
    assert link.get_attribute("lang") == "en"
    link.click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    # What was answered in the other language is still there.
    expect(page.locator('input[name="u1"][value="4"]')).to_be_checked()
    expect(page.get_by_label("What should we improve?")).to_have_value("Kursi kurang")
    expect(page.get_by_text("9 questions, ± 1 min, anonymous")).to_be_visible()
    page.locator('label:has(input[name="layanan"])').first.click()
    for field in QUESTIONS:
        if field not in ("u1", "u4"):
            tap(page, field, "3")
    send(page)
    expect(page.get_by_role("alert")).to_contain_text("Question 4 (Cost/fee): Choose one answer.")
    assert page.title().startswith("Not sent yet:")
    page.get_by_text("Free", exact=True).click()
    page.get_by_text("This is a complaint, please follow it up").click()
    before = count_stored(demo)
    send(page)
    expect(page.get_by_role("heading", name="Thank you", level=1)).to_be_visible()
    assert count_stored(demo) == before + 1
    assert "bahasa=en" in page.url
    code = page.locator(".kode").inner_text()
    expect(
        page.get_by_text("score 87.23 on a scale from 25 to 100, grade B (Good)")
    ).to_be_visible()
    page.get_by_role("link", name="Bahasa Indonesia").click()
    expect(page.get_by_role("heading", name="Terima kasih", level=1)).to_be_visible()
    expect(page.locator(".kode")).to_have_text(code)
    page.get_by_role("link", name="English").click()
    page.get_by_role("link", name="To the front page").click()
    expect(page.get_by_role("heading", name="Our services")).to_be_visible()
    page.get_by_role("link", name="Fill in the survey").click()
    expect(page.get_by_role("heading", name="Part 1 of 3")).to_be_visible()


def test_without_scripts_the_language_is_kept_too(
    demo: Demo, open_page: Callable[..., Page]
) -> None:
    page = open_page(viewport=PHONE, java_script_enabled=False)
    page.goto(f"{demo.survey}?bahasa=en")
    page.locator('label:has(input[name="layanan"])').first.click()
    for field in QUESTIONS[:-1]:
        tap(page, field, "2")
    send(page)
    expect(page.get_by_role("alert")).to_contain_text("Choose one answer.")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    tap(page, QUESTIONS[-1], "2")
    send(page)
    expect(page.get_by_role("heading", name="Thank you", level=1)).to_be_visible()


def test_a_waiting_response_is_announced_in_the_language_of_the_page(
    demo: Demo, open_page: Callable[..., Page]
) -> None:
    page = open_page(viewport=PHONE, service_workers="block")
    page.route("**/s/*", lambda r: r.abort() if r.request.method == "POST" else r.fallback())
    page.goto(demo.survey)
    fill(page)
    send(page)
    expect(page.get_by_text("Jawaban yang menunggu dikirim: 1")).to_be_visible()
    page.goto(f"{demo.survey}?bahasa=en")
    expect(page.get_by_text("Responses waiting to be sent: 1")).to_be_visible()
