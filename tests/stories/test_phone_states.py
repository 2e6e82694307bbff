"""Every state a citizen can meet: usable by ear, by keyboard, by thumb, small and enlarged."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from contextlib import closing

import pytest
from playwright.sync_api import Page, Route, expect

from tests.asking import ask
from tests.phone.helpers import (
    QUESTIONS,
    WAITING,
    count_stored,
    database_of,
    fill,
    list_queue,
    make_entry,
    put_queue,
    send,
    tap,
    without_table,
)
from tests.stories.conftest import PHONE, Demo, check_accessible

Open = Callable[..., Page]
SMALLEST_TARGET = 48

# Whatever can be tapped, except links inside a running text.
_TARGETS = """() => [...document.querySelectorAll('a,button,label.pilih,textarea')]
  .filter(e => e.offsetParent && !e.classList.contains('skip'))
  .map(e => [e.textContent.trim().slice(0, 30), e.getBoundingClientRect().height])"""


def check_state(page: Page) -> None:
    check_accessible(page)
    small = [one for one in page.evaluate(_TARGETS) if one[1] < SMALLEST_TARGET - 0.5]
    assert small == [], f"{page.url}: {small}"


def go_through_states(page: Page, demo: Demo, query: str) -> None:
    """Each state in turn; the check runs on every one."""
    english = "en" in query
    page.goto(f"{demo.survey}{query}")
    check_state(page)
    send(page)
    expect(page.locator("#salah")).to_be_focused()
    check_state(page)
    # Waiting: the network answers in our place.
    page.route("**/s/*", lambda r: r.abort() if r.request.method == "POST" else r.fallback())
    fill(page)
    page.get_by_label("What should we" if english else "Apa yang perlu").fill("Panas")
    page.locator("label:has([name=pengaduan])").click()
    send(page)
    expect(page.locator("#antrean .kode")).to_be_visible()
    check_state(page)
    # Refused: another one waits and is turned down for good. The first way of answering stays
    # below this one: without any, a repeat could reach the server.
    page.route("**/s/*", lambda r: refuse(r) if r.request.method == "POST" else r.fallback())
    put_queue(page, make_entry(demo.survey.removeprefix(demo.server.url)))
    page.goto(f"{demo.survey}/terima-kasih{query}")
    expect(page.locator("#ditolak > ul > li")).to_have_count(2)
    check_state(page)
    page.locator("[data-buang]").first.click()
    check_state(page)
    page.unroute_all(behavior="wait")
    for entry in list_queue(page):
        page.evaluate(
            "(id) => new Promise((ya) => { indexedDB.open('skm', 1).onsuccess = (e) => {"
            "const t = e.target.result.transaction('antrean', 'readwrite');"
            "t.objectStore('antrean').delete(id); t.oncomplete = ya; }; })",
            entry["id"],
        )
    for path in (
        f"{demo.survey}/terima-kasih{query}{'&' if query else '?'}pengaduan=ACDEFHJKMNPR",
        f"{demo.server.url}/s/TIDAKADA{query}",
        f"{demo.server.url}/tidak-ada{query}",
        f"{demo.server.url}/{query}",
    ):
        page.goto(path)
        check_state(page)
        expect(page.locator("html")).to_have_attribute("lang", "en" if english else "id")


def refuse(route: Route) -> None:
    route.fulfill(status=422, json={"status": "faults", "faults": [["u1", "Pilih u1."]]})


@pytest.mark.parametrize("query", ["", "?bahasa=en"])
def test_every_state_is_accessible_on_the_smallest_phone(
    demo: Demo, open_page: Open, query: str
) -> None:
    page = open_page(
        viewport={"width": 320, "height": 640}, service_workers="block", reduced_motion="reduce"
    )
    go_through_states(page, demo, query)


def test_every_state_can_be_enlarged_to_twice_its_text(demo: Demo, open_page: Open) -> None:
    page = open_page(viewport=PHONE, service_workers="block")
    page.context.add_init_script(
        "document.addEventListener('DOMContentLoaded', () => {"
        "document.documentElement.style.fontSize = '225%'; })"
    )
    go_through_states(page, demo, "")


def test_a_point_that_closes_meanwhile_says_so_and_loses_nothing(
    demo: Demo, open_page: Open
) -> None:
    page = open_page(viewport=PHONE, service_workers="block")
    page.goto(demo.survey)
    fill(page)
    set_active(demo, 0)
    try:
        send(page)
        expect(page.locator("#pesan")).to_be_focused()
        expect(page.locator("#pesan")).to_contain_text("Titik survei ini sudah ditutup")
        check_state(page)
        page.goto(demo.survey)
        expect(page.get_by_role("heading", level=1)).to_contain_text("sudah ditutup")
        # What was refused is still there, on this page too.
        expect(page.locator("#ditolak > ul > li")).to_have_count(1)
        check_state(page)
    finally:
        set_active(demo, 1)


@pytest.mark.parametrize("query", ["", "?bahasa=en"])
def test_a_system_that_fails_gives_the_answers_back_without_scripts(
    demo: Demo, open_page: Open, query: str
) -> None:
    page = open_page(viewport={"width": 320, "height": 640}, service_workers="block")
    # Not by switching scripts off altogether: axe is one.
    page.route("**/form.js", lambda route: route.abort())
    page.goto(f"{demo.survey}{query}")
    page.locator('label:has(input[name="layanan"])').first.click()
    for field in QUESTIONS:
        tap(page, field, "2")
    before = count_stored(demo)
    with without_table(demo, "responden"):
        for _ in range(2):
            with page.expect_response(f"{demo.survey}*") as answer:
                page.locator("button[type=submit]").click()
            assert answer.value.status == 503
            wanted = "not saved yet" if query else "belum tersimpan"
            expect(page.get_by_role("heading", level=1)).to_contain_text(wanted)
            expect(page.locator("html")).to_have_attribute("lang", "en" if query else "id")
            check_state(page)
    page.locator("button[type=submit]").click()
    thanks = "Thank you" if query else "Terima kasih"
    expect(page.get_by_role("heading", name=thanks, level=1)).to_be_visible()
    assert count_stored(demo) == before + 1


def set_active(demo: Demo, aktif: int) -> None:
    kode = demo.survey.rsplit("/", 1)[1]
    with closing(sqlite3.connect(database_of(demo), timeout=30)) as connection, connection:
        connection.execute("UPDATE titik SET aktif = ? WHERE kode = ?", [aktif, kode])


def test_the_faults_lead_into_their_questions_by_keyboard(demo: Demo, open_page: Open) -> None:
    page = open_page(viewport=PHONE)
    page.goto(demo.survey)
    fill(page, leave_out="u4")
    page.locator('form[data-survei] button[type="submit"]').focus()
    page.keyboard.press("Enter")
    expect(page.locator("#salah")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.name") == "u4"
    described = page.locator("#u4").get_attribute("aria-describedby") or ""
    assert "u4-salah" in described.split()
    page.keyboard.press("Space")
    expect(page.locator("#u4-salah")).to_have_count(0)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Terima kasih", level=1)).to_be_visible()


def test_a_screen_reader_hears_the_form_in_the_right_order(demo: Demo, open_page: Open) -> None:
    page = open_page(viewport=PHONE)
    page.goto(demo.survey)
    heard = page.locator("body").aria_snapshot()
    order = [
        'link "Langsung ke isi"',
        'link "English"',
        'heading "Kecamatan Palaran" [level=1]',
        "9 pertanyaan, ± 1 menit, tanpa nama",
        'heading "Bagian 1 dari 3: Pelayanan yang Anda terima" [level=2]',
        'group "Layanan apa yang Anda terima?"',
        *(f'group "{number}. ' for number in range(1, len(QUESTIONS) + 1)),
        'heading "Bagian 2 dari 3: Tentang Anda" [level=2]',
        'group "Jenis kelamin"',
        'group "Pekerjaan"',
        'heading "Bagian 3 dari 3: Saran atau pengaduan" [level=2]',
        'textbox "Apa yang perlu kami perbaiki? (boleh dikosongkan)"',
        'checkbox "Ini pengaduan, mohon ditindaklanjuti"',
        'checkbox "Petugas membantu saya mengisi"',
        'button "Kirim jawaban"',
        "Jawaban Anda tanpa nama",
    ]
    places = [heard.find(one) for one in order]
    assert -1 not in places, [one for one, at in zip(order, places, strict=True) if at < 0]
    assert places == sorted(places)
    # One question: its words, the button that reads it, its answers from worst to best.
    cost = heard[heard.index('group "4. ') : heard.index('group "5. ')]
    assert re.findall(r'(?:button|radio) "([^"]+)"', cost) == [
        "Dengarkan pertanyaan 4",
        "Sangat mahal",
        "Cukup mahal",
        "Murah",
        "Gratis",
        "Tidak tahu / tidak memakai",
    ]


def test_a_waiting_response_is_announced_before_the_form(demo: Demo, open_page: Open) -> None:
    page = open_page(viewport=PHONE, service_workers="block")
    page.route("**/s/*", lambda r: r.abort() if r.request.method == "POST" else r.fallback())
    page.goto(demo.survey)
    fill(page)
    send(page)
    expect(page.get_by_role("region", name=WAITING)).to_be_focused()
    page.goto(demo.survey)
    expect(page.get_by_text(WAITING)).to_be_visible()
    heard = page.locator("main").aria_snapshot()
    assert heard.index(WAITING) < heard.index("Bagian 1 dari 3")
    assert f'region "{WAITING}"' in heard


def test_a_form_tells_how_long_it_took_and_that_two_came_from_one_device(
    demo: Demo, open_page: Open
) -> None:
    with closing(sqlite3.connect(database_of(demo))) as connection:
        query = "SELECT id, lama_detik, perangkat FROM responden"
        before = set(connection.execute(query))
        mine, other = open_page(viewport=PHONE), open_page(viewport=PHONE)
        for page in (mine, mine, other):
            answer_once(page, demo)
        new = set(connection.execute(query)) - before
    assert all(lama is not None and 0 <= lama < 600 for _, lama, _ in new)
    devices = [perangkat for _, _, perangkat in new]
    assert len(devices) == 3
    assert len(set(devices)) == 2
    # Only a keyed hash arrives in the database, never the device's own number.
    own = ask(mine, "JSON.parse(localStorage.getItem('skm-perangkat')).nomor")
    assert all(own not in perangkat for perangkat in devices)


def answer_once(page: Page, demo: Demo) -> None:
    stored = count_stored(demo)
    page.goto(demo.survey)
    fill(page)
    send(page)
    # Stored before the page knows it: leaving now would race with the page's own leaving.
    page.wait_for_url("**/terima-kasih*")
    assert count_stored(demo) == stored + 1
