"""Dengarkan: a question is read aloud on tap, one at a time, and costs nothing untapped."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.phone.helpers import QUESTIONS
from tests.stories.conftest import PHONE, Demo

Open = Callable[..., Page]

# What the browser would play, noted instead of heard.
FAKE_AUDIO = """
window.bunyi = [];
HTMLMediaElement.prototype.play = function () {
  bunyi.push(['putar', this.src]); window.pita = this; return Promise.resolve(); };
HTMLMediaElement.prototype.pause = function () { bunyi.push(['henti', '']); };
"""
FAKE_VOICE = """
speechSynthesis.getVoices = () => [
  {lang: 'en-US', localService: true}, {lang: 'id-ID', localService: false},
  {lang: 'id_ID', localService: true}];
window.SpeechSynthesisUtterance = function (t) { this.text = t; };
speechSynthesis.speak = (u) => bunyi.push(['ucap', u.text]);
speechSynthesis.cancel = () => bunyi.push(['diam', '']);
"""


def test_one_question_is_heard_at_a_time(demo: Demo, open_page: Open) -> None:
    page = open_page(viewport=PHONE)
    fetched: list[str] = []
    page.on("request", lambda r: fetched.append(r.url) if "/suara/" in r.url else None)
    page.add_init_script(FAKE_AUDIO)
    page.goto(demo.survey)
    buttons = page.get_by_role("button", name="Dengarkan pertanyaan")
    expect(buttons).to_have_count(len(QUESTIONS))
    assert fetched == []
    first = page.get_by_role("button", name="Dengarkan pertanyaan 1", exact=True)
    second = page.get_by_role("button", name="Dengarkan pertanyaan 2", exact=True)
    first.click()
    expect(first).to_have_attribute("aria-pressed", "true")
    second.click()
    expect(first).to_have_attribute("aria-pressed", "false")
    expect(second).to_have_attribute("aria-pressed", "true")
    second.click()
    expect(second).to_have_attribute("aria-pressed", "false")
    heard = page.evaluate("bunyi")
    assert [what for what, _ in heard] == ["putar", "henti", "putar", "henti"]
    assert "/suara/skm-9/persyaratan.mp3" in heard[0][1]
    assert "/suara/skm-9/prosedur.mp3" in heard[2][1]
    first.click()
    page.evaluate("pita.onended()")
    expect(first).to_have_attribute("aria-pressed", "false")
    # The file is there and is sound.
    reply = page.request.get(heard[0][1])
    assert reply.status == 200
    assert reply.headers["content-type"] == "audio/mpeg"


def test_a_voice_of_the_device_is_preferred_to_one_made_by_machine(
    demo: Demo, open_page: Open
) -> None:
    page = open_page(viewport=PHONE)
    page.add_init_script(FAKE_AUDIO + FAKE_VOICE)
    page.goto(demo.survey)
    button = page.get_by_role("button", name="Dengarkan pertanyaan 4")
    button.click()
    ((how, text),) = page.evaluate("bunyi")
    assert how == "ucap"
    assert text.startswith("4. Bagaimana pendapat Saudara tentang kewajaran biaya/tarif")
    assert text.endswith("Sangat mahal. Cukup mahal. Murah. Gratis")
    # A recorded file goes before any voice.
    button.click()
    page.evaluate("document.getElementById('u4').dataset.rekaman = ''; bunyi.length = 0")
    button.click()
    assert page.evaluate("bunyi[0][0]") == "putar"


def test_a_file_that_cannot_be_fetched_is_said_in_words(demo: Demo, open_page: Open) -> None:
    page = open_page(viewport=PHONE)
    page.route("**/suara/**", lambda route: route.abort())
    page.goto(demo.survey)
    button = page.get_by_role("button", name="Dengarkan pertanyaan 1", exact=True)
    button.click()
    expect(page.get_by_text("Suara tidak dapat diputar sekarang.")).to_be_attached()
    expect(button).to_have_attribute("aria-pressed", "false")


def test_the_english_form_and_a_phone_without_scripts_offer_no_button(
    demo: Demo, open_page: Open
) -> None:
    page = open_page(viewport=PHONE)
    page.goto(f"{demo.survey}?bahasa=en")
    expect(page.get_by_role("button")).to_have_count(1)
    plain = open_page(viewport=PHONE, java_script_enabled=False)
    plain.goto(demo.survey)
    expect(plain.get_by_role("button")).to_have_count(1)
