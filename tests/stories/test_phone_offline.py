"""A phone without a network: what was answered is kept, sent once, and never silently lost."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Error, Page, Route, expect

from tests.phone.helpers import (
    WAITING,
    count_of,
    count_stored,
    fill,
    go_offline,
    go_online,
    list_queue,
    make_entry,
    put_queue,
    send,
    tap,
    until,
    wait_for_copies,
    wake,
    without_table,
)
from tests.running import free_port
from tests.stories.conftest import CHROMIUM, FLAGS, PATIENCE_MS, PHONE, Demo

Open = Callable[..., Page]


def path_of(demo: Demo) -> str:
    return demo.survey.removeprefix(demo.server.url)


def answer_posts(page: Page, demo: Demo, **answer: Any) -> None:  # noqa: ANN401 - Playwright's
    """Let something else than the server answer what the phone sends."""

    def fulfil(route: Route) -> None:
        if route.request.method == "POST":
            route.fulfill(**answer)
        else:
            route.fallback()

    page.route(f"{demo.survey}*", fulfil)


def thanked(page: Page) -> None:
    expect(page.get_by_role("heading", name="Terima kasih", level=1)).to_be_visible()


def test_after_one_visit_the_form_opens_without_a_network_in_both_languages(
    demo: Demo, open_page: Open
) -> None:
    page = open_page(viewport=PHONE)
    page.goto(demo.survey)
    go_offline(page, path_of(demo))
    page.reload()
    expect(page.get_by_role("heading", name="Kecamatan Palaran")).to_be_visible()
    page.get_by_role("link", name="English").click()
    expect(page.get_by_role("heading", name="Part 1 of 3")).to_be_visible()
    assert page.locator("html").get_attribute("lang") == "en"
    # And a form that came from the device is as good as one from the server.
    before = count_stored(demo)
    fill(page)
    send(page)
    expect(page.get_by_role("region", name="Saved on this device")).to_be_focused()
    go_online(page)
    expect(page.get_by_role("heading", name="Thank you", level=1)).to_be_visible()
    assert count_stored(demo) == before + 1


def test_twenty_responses_without_a_network_become_exactly_twenty(
    demo: Demo, open_page: Open
) -> None:
    page = open_page(viewport=PHONE)
    page.goto(demo.survey)
    before = count_stored(demo)
    go_offline(page, path_of(demo))
    for number in range(1, 21):
        page.goto(demo.survey)
        fill(page, str(number % 4 + 1))
        send(page)
        expect(page.locator("[data-milik] p").first).to_be_visible()
        expect(page.locator("[data-jumlah]")).to_have_text(str(number))
    assert len({one["id"] for one in list_queue(page)}) == 20
    # Everything at once: several tabs, and the page loaded again in the middle.
    other = page.context.new_page()
    other.goto(demo.survey)
    page.context.set_offline(False)
    wake(page)
    wake(other)
    other.reload()
    until(lambda: list_queue(other) == [])
    assert count_stored(demo) == before + 20
    other.reload()
    expect(other.get_by_text(WAITING)).to_have_count(0)


def test_a_complaint_without_a_network_gets_a_code_that_the_office_knows(
    demo: Demo, open_page: Open
) -> None:
    page = open_page(viewport=PHONE)
    page.goto(demo.survey)
    go_offline(page, path_of(demo))
    fill(page)
    page.get_by_label("Apa yang perlu kami perbaiki?").fill("Antrean terlalu lama")
    page.get_by_text("Ini pengaduan, mohon ditindaklanjuti").click()
    send(page)
    shown = page.locator("#antrean .kode")
    expect(shown).to_be_visible()
    code = shown.inner_text()
    assert len(code.replace("-", "")) == 12
    go_online(page)
    thanked(page)
    expect(page.locator(".kode")).to_have_text(code)


WAITS: dict[str, dict[str, Any]] = {
    **{str(status): {"status": status} for status in (400, 401, 403, 408, 425, 429, 500, 502, 503)},
    "fake 200": {"status": 200, "content_type": "text/html", "body": "<h1>Selamat datang</h1>"},
    "fake json": {"status": 200, "json": {"status": "tersimpan", "id": "lain", "lanjut": "/"}},
    "portal": {"status": 302, "headers": {"Location": "http://portal.invalid/masuk"}},
}


@pytest.mark.parametrize("name", WAITS)
def test_what_is_no_answer_of_ours_keeps_the_response_waiting(
    demo: Demo, open_page: Open, name: str
) -> None:
    page = open_page(viewport=PHONE, service_workers="block")
    answer_posts(page, demo, **WAITS[name])
    page.goto(demo.survey)
    fill(page)
    before = count_stored(demo)
    send(page)
    expect(page.get_by_role("region", name=WAITING)).to_be_focused()
    expect(page.locator("form[data-survei]")).to_be_hidden()
    (waiting,) = list_queue(page)
    # Another page of the survey says so too, and sends it once it can.
    page.goto(f"{demo.survey}/terima-kasih")
    expect(page.get_by_text(WAITING)).to_be_visible()
    assert count_stored(demo) == before
    page.unroute_all(behavior="wait")
    wake(page)
    expect(page.get_by_text(WAITING)).to_have_count(0)
    assert count_of(demo, waiting["id"]) == 1
    assert list_queue(page) == []


REFUSED = {
    404: "Titik survei ini tidak ada lagi.",
    409: "Isian ini sudah pernah tersimpan",
    410: "Titik survei ini sudah ditutup.",
    413: "Isian ini terlalu besar",
    422: "Isian ini belum lengkap",
}


@pytest.mark.parametrize("status", REFUSED)
def test_what_is_refused_stays_in_sight_until_the_person_decides(
    demo: Demo, open_page: Open, status: int
) -> None:
    page = open_page(viewport=PHONE, service_workers="block")
    page.goto(f"{demo.survey}/terima-kasih")
    answer_posts(page, demo, status=status, json={"status": "x", "faults": [["u1", "Isi u1."]]})
    layanan = first_service(page, demo)
    put_queue(page, *(with_service(make_entry(path_of(demo)), layanan) for _ in range(2)))
    page.reload()
    refused = page.locator("#ditolak > ul > li")
    expect(refused).to_have_count(2)
    expect(refused.first).to_contain_text(REFUSED[status])
    expect(refused.first).to_contain_text("Isi u1.")
    # It can be downloaded.
    one = refused.first
    with page.expect_download() as download:
        one.get_by_role("button", name="Unduh").click()
    kept = json.loads(Path(download.value.path()).read_text(encoding="utf-8"))
    assert dict(kept["isi"])["u9"] == "2"
    # Closing and coming back changes nothing; only the person discards, and only twice asked.
    page.reload()
    expect(refused).to_have_count(2)
    refused.first.get_by_role("button", name="Buang").click()
    expect(refused.first.get_by_role("button", name="Jangan dibuang")).to_be_focused()
    refused.first.get_by_role("button", name="Jangan dibuang").click()
    expect(refused).to_have_count(2)
    refused.first.get_by_role("button", name="Buang").click()
    refused.first.get_by_role("button", name="Ya, buang").click()
    expect(refused).to_have_count(1)
    (left,) = list_queue(page)
    # And the other one can be sent again by hand.
    page.unroute_all(behavior="wait")
    refused.first.get_by_role("button", name="Kirim lagi").click()
    expect(refused).to_have_count(0)
    assert count_of(demo, left["id"]) == 1


def test_a_reply_lost_after_it_was_stored_doubles_nothing(demo: Demo, open_page: Open) -> None:
    page = open_page(viewport=PHONE, service_workers="block")

    def lose(route: Route) -> None:
        if route.request.method == "POST":
            route.fetch()
            route.abort()
        else:
            route.fallback()

    page.route(f"{demo.survey}*", lose)
    page.goto(demo.survey)
    before = count_stored(demo)
    fill(page)
    send(page)
    expect(page.get_by_role("heading", name=WAITING)).to_be_visible()
    # The page says so after 8 seconds, whether the server has answered or not.
    until(lambda: count_stored(demo) == before + 1)
    page.unroute_all(behavior="wait")
    page.get_by_role("button", name="Coba kirim sekarang").click()
    thanked(page)
    assert count_stored(demo) == before + 1
    assert list_queue(page) == []


def test_it_is_tried_again_by_itself_and_as_late_as_the_server_asks(
    demo: Demo, open_page: Open
) -> None:
    page = open_page(viewport=PHONE, service_workers="block")
    page.clock.install()
    posts: list[str] = []
    page.on("request", lambda r: posts.append(r.url) if r.method == "POST" else None)
    answer_posts(page, demo, status=503, headers={"Retry-After": "120"})
    page.goto(demo.survey)
    fill(page)
    send(page)
    expect(page.get_by_role("region", name=WAITING)).to_be_visible()
    # From here on only the test moves the clock.
    page.clock.pause_at(page.evaluate("Date.now()") / 1000 + 1)
    assert len(posts) == 1
    # Half of the time at the earliest: the waits are shortened by chance, so that phones spread.
    page.clock.fast_forward(50_000)
    assert list_queue(page) != []
    assert len(posts) == 1
    page.unroute_all(behavior="wait")
    page.clock.fast_forward(71_000)
    thanked(page)
    assert len(posts) == 2


def test_the_browser_sends_what_waits_after_the_page_was_closed(
    demo: Demo, open_page: Open
) -> None:
    page = open_page(viewport=PHONE)
    page.goto(demo.survey)
    go_offline(page, path_of(demo))
    fill(page)
    send(page)
    expect(page.get_by_role("heading", name=WAITING)).to_be_visible()
    (waiting,) = list_queue(page)
    other = page.context.new_page()
    session = page.context.new_cdp_session(other)
    found: list[dict[str, Any]] = []
    session.on(
        "ServiceWorker.workerRegistrationUpdated", lambda e: found.extend(e["registrations"])
    )
    session.send("ServiceWorker.enable")
    page.close()
    other.context.set_offline(False)
    until(lambda: found)
    event = {"origin": demo.server.url, "tag": "skm-antrean", "lastChance": False}
    session.send(
        "ServiceWorker.dispatchSyncEvent", {**event, "registrationId": found[0]["registrationId"]}
    )
    until(lambda: count_of(demo, waiting["id"]) == 1)


def test_an_expired_session_is_renewed_at_once_and_without_a_word(
    demo: Demo, open_page: Open
) -> None:
    page = open_page(viewport=PHONE, service_workers="block")
    page.clock.install()
    page.goto(demo.survey)
    fill(page)
    page.context.clear_cookies()
    before = count_stored(demo)
    # The clock stands still: whatever is only tried again later never is.
    page.clock.pause_at(page.evaluate("Date.now()") / 1000 + 1)
    send(page)
    thanked(page)
    assert count_stored(demo) == before + 1


def test_double_taps_back_and_reload_do_not_double(demo: Demo, open_page: Open) -> None:
    page = open_page(viewport=PHONE)
    page.goto(demo.survey)
    fill(page)
    before = count_stored(demo)
    page.locator('form[data-survei] button[type="submit"]').dblclick()
    thanked(page)
    page.reload()
    thanked(page)
    page.go_back()
    expect(page.get_by_role("heading", name="Bagian 1 dari 3")).to_be_visible()
    page.reload()
    page.go_forward()
    thanked(page)
    assert count_stored(demo) == before + 1


def test_two_tabs_of_one_link_are_two_responses(demo: Demo, open_page: Open) -> None:
    first = open_page(viewport=PHONE)
    first.goto(demo.survey)
    second = first.context.new_page()
    second.goto(demo.survey)
    before = count_stored(demo)
    for page in (first, second):
        fill(page)
    for page in (first, second):
        send(page)
    for page in (first, second):
        thanked(page)
    assert count_stored(demo) == before + 2


@pytest.mark.parametrize("locks", [True, False])
def test_two_tabs_send_one_queue_once(demo: Demo, open_page: Open, locks: bool) -> None:
    first = open_page(viewport=PHONE, service_workers="block")
    if not locks:
        first.context.add_init_script(
            "Object.defineProperty(Navigator.prototype, 'locks', {value: undefined})"
        )
    first.goto(f"{demo.survey}/terima-kasih")
    layanan = first_service(first, demo)
    entries = [with_service(make_entry(path_of(demo)), layanan) for _ in range(5)]
    posts: list[str] = []
    first.context.on("request", lambda r: posts.append(r.url) if r.method == "POST" else None)
    second = first.context.new_page()
    second.goto(f"{demo.survey}/terima-kasih")
    put_queue(first, *entries)
    wake(first)
    wake(second)
    until(lambda: list_queue(second) == [])
    assert [count_of(demo, one["id"]) for one in entries] == [1] * 5
    # Once each, and once more for the token that the first of them lacked.
    assert len(posts) <= 5 + 2


def first_service(page: Page, demo: Demo) -> str:
    """Code of a service that can be chosen."""
    return str(
        page.evaluate(
            "async (u) => { const d = new DOMParser().parseFromString("
            "await (await fetch(u)).text(), 'text/html');"
            "return d.querySelector('[name=layanan]').value; }",
            demo.survey,
        )
    )


def with_service(entry: dict[str, Any], layanan: str) -> dict[str, Any]:
    entry["isi"] = [[name, layanan if name == "layanan" else v] for name, v in entry["isi"]]
    return entry


def test_a_tampered_form_loses_nothing(demo: Demo, open_page: Open) -> None:
    page = open_page(viewport=PHONE)
    page.goto(demo.survey)
    fill(page)
    page.evaluate(
        "() => { const f = document.forms[0].elements; f.submission_id.value = 'rusak';"
        "f.csrf_token.value = 'rusak'; document.querySelector('[name=u3]:checked').value = '9'; }"
    )
    before = count_stored(demo)
    send(page)
    expect(page.locator("#salah")).to_be_focused()
    expect(page.locator("#salah")).to_contain_text("Pilih satu dari jawaban yang ada.")
    assert page.locator('input[name="u1"]:checked').get_attribute("value") == "3"
    tap(page, "u3", "4")
    send(page)
    thanked(page)
    assert count_stored(demo) == before + 1
    assert list_queue(page) == []


def test_a_form_sent_before_with_other_answers_becomes_a_new_one_only_on_request(
    demo: Demo, open_page: Open
) -> None:
    page = open_page(viewport=PHONE)
    page.goto(demo.survey)
    fill(page)
    key = page.locator('[name="submission_id"]').input_value()
    send(page)
    thanked(page)
    page.goto(demo.survey)
    page.evaluate("(key) => { document.forms[0].elements.submission_id.value = key; }", key)
    fill(page, "1")
    before = count_stored(demo)
    send(page)
    expect(page.locator("#pesan")).to_be_focused()
    expect(page.locator("#pesan")).to_contain_text("Anda sudah pernah mengirim isian ini")
    assert count_stored(demo) == before
    send(page)
    thanked(page)
    assert count_stored(demo) == before + 1
    assert list_queue(page) == []


BROKEN = {
    "missing": "delete window.indexedDB;"
    "Object.defineProperty(window, 'indexedDB', {value: undefined});",
    "failing": "IDBFactory.prototype.open = () => { throw new DOMException('', 'SecurityError') };",
    "full": "IDBObjectStore.prototype.put = () => {"
    "throw new DOMException('', 'QuotaExceededError') };",
}


@pytest.mark.parametrize("name", BROKEN)
def test_where_nothing_can_be_kept_the_browsers_own_way_is_used(
    demo: Demo, open_page: Open, name: str
) -> None:
    page = open_page(viewport=PHONE)
    page.add_init_script(BROKEN[name])
    page.goto(demo.survey)
    fill(page)
    before = count_stored(demo)
    send(page)
    thanked(page)
    assert count_stored(demo) == before + 1


@pytest.mark.parametrize("name", ["failing", "full"])
def test_where_nothing_can_be_kept_and_there_is_no_network_it_says_so(
    demo: Demo, open_page: Open, name: str
) -> None:
    page = open_page(viewport=PHONE)
    page.add_init_script(BROKEN[name])
    page.goto(demo.survey)
    fill(page)
    go_offline(page, path_of(demo))
    send(page)
    expect(page.locator("#gagal")).to_be_focused()
    expect(page.locator("#gagal")).to_contain_text("Belum terkirim dan belum tersimpan")
    assert page.locator('input[name="u1"]:checked').get_attribute("value") == "3"
    page.context.set_offline(False)
    before = count_stored(demo)
    send(page)
    thanked(page)
    assert count_stored(demo) == before + 1


def test_an_entry_of_an_older_page_is_still_sent(demo: Demo, open_page: Open) -> None:
    page = open_page(viewport=PHONE)
    page.goto(f"{demo.survey}/terima-kasih")
    entry = with_service(make_entry(path_of(demo)), first_service(page, demo))
    # The least that any version has written.
    least = {name: entry[name] for name in ("id", "alamat", "isi", "diisi")}
    put_queue(page, least)
    page.reload()
    until(lambda: count_of(demo, entry["id"]) == 1)
    until(lambda: list_queue(page) == [])


def test_a_server_that_fails_is_stood_in_for_by_the_form_on_the_device(
    demo: Demo, open_page: Open
) -> None:
    page = open_page(viewport=PHONE)
    page.goto(demo.survey)
    wait_for_copies(page, path_of(demo))
    before = count_stored(demo)
    with without_table(demo, "titik"):
        assert page.request.get(demo.survey).status == 503
        reply = page.goto(demo.survey)
        assert reply
        assert (reply.status, reply.from_service_worker) == (200, True)
        expect(page.get_by_role("heading", name="Bagian 1 dari 3")).to_be_visible()
        fill(page)
        send(page)
        expect(page.get_by_role("region", name=WAITING)).to_be_focused()
    wake(page)
    thanked(page)
    assert count_stored(demo) == before + 1
    # A page that is only missing is no failure: the device does not stand in for it.
    reply = page.goto(f"{demo.server.url}/s/TIDAKADA")
    assert reply
    assert reply.status == 404


def test_a_killed_browser_delivers_its_queue_once_when_it_comes_back(
    demo: Demo, browser: Browser, tmp_path: Path
) -> None:
    with Phone(tmp_path).running(browser) as page:
        page.goto(demo.survey)
        go_offline(page, path_of(demo))
        fill(page)
        send(page)
        expect(page.get_by_role("heading", name=WAITING)).to_be_visible()
        (waiting,) = list_queue(page)
    assert count_of(demo, waiting["id"]) == 0
    with Phone(tmp_path).running(browser) as page:
        page.goto(demo.survey)
        until(lambda: list_queue(page) == [])
    assert count_of(demo, waiting["id"]) == 1


class Phone:
    """A browser in a process of its own, killed at the end; what it keeps outlives it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @contextmanager
    def running(self, browser: Browser) -> Iterator[Page]:
        port = free_port()
        process = subprocess.Popen(
            [
                CHROMIUM,
                *FLAGS,
                f"--remote-debugging-port={port}",
                f"--user-data-dir={self.folder / 'profile'}",
                "about:blank",
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        address = f"http://127.0.0.1:{port}"

        def connect() -> Browser | None:
            try:
                return browser.browser_type.connect_over_cdp(address)
            except Error:  # not up yet
                return None

        try:
            found: Browser = until(connect)
            found.contexts[0].set_default_timeout(PATIENCE_MS)
            yield found.contexts[0].pages[0]
        finally:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
