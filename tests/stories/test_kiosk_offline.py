"""No network, wrong answers, a full disk, a new version: nothing is lost or counted twice."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, Route, expect

from skm_app.kios import change_pin, revoke_kios
from skm_app.models import Kios
from tests.asking import ask
from tests.kios.tablet import PIN, renew
from tests.kios.tapping import TABLET, Kiosk, Office, open_office
from tests.offices import list_differences, list_responden
from tests.phone.helpers import until
from tests.running import Server
from tests.stories.conftest import CHROMIUM, FLAGS, PATIENCE_MS, check_accessible

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with open_office(tmp_path_factory.mktemp("kios")) as office:
        yield office


@pytest.fixture
def own_office(tmp_path: Path) -> Iterator[Office]:
    """An office whose server may be killed."""
    with open_office(tmp_path) as office:
        yield office


@pytest.fixture
def kiosk(office: Office, open_page: Callable[..., Page]) -> Kiosk:
    """A paired tablet at a counter with one service."""
    return Kiosk(open_page(viewport=TABLET), office).pair()


@contextlib.contextmanager
def tablet_browser(browser: Browser, profile: Path) -> Iterator[BrowserContext]:
    """A browser with a profile of its own, as on a tablet: what it keeps outlives it."""
    context = browser.browser_type.launch_persistent_context(
        profile,
        executable_path=CHROMIUM,
        args=FLAGS,
        viewport={"width": TABLET["width"], "height": TABLET["height"]},
        locale="id-ID",
    )
    context.set_default_timeout(PATIENCE_MS)
    try:
        yield context
    finally:
        with contextlib.suppress(Exception):
            context.close()


def pull_the_plug(profile: Path) -> None:
    """SIGKILL to every process of the browser with this profile."""
    for process in Path("/proc").iterdir():
        with contextlib.suppress(OSError):
            if process.name.isdigit() and str(profile) in (process / "cmdline").read_text():
                os.kill(int(process.name), signal.SIGKILL)


def test_a_tablet_starts_works_and_keeps_its_queue_with_no_network_at_all(
    own_office: Office, browser: Browser, tmp_path: Path
) -> None:
    office, profile = own_office, tmp_path / "tablet"
    with tablet_browser(browser, profile) as context:
        kiosk = Kiosk(context.pages[0], office).pair()
        office.server.kill()
        for waiting in (1, 2):
            kiosk.fill()
            expect(kiosk.page.get_by_text("Tersimpan di tablet ini")).to_be_visible()
            kiosk.leave()
            kiosk.expect_waiting(waiting)
        pull_the_plug(profile)

    with tablet_browser(browser, profile) as context:
        kiosk = Kiosk(context.new_page(), office).open()
        kiosk.expect_attract()
        kiosk.expect_waiting(2)
        kiosk.fill()
        kiosk.leave()
        kiosk.expect_waiting(3)
        assert kiosk.count_new() == 0

        office.server.start()
        office.server.wait_until_ready()
        kiosk.page.reload()
        kiosk.expect_waiting(0)
    assert kiosk.count_new() == 3
    assert list_differences(office.database) == []


def test_the_network_is_cut_and_comes_back_by_itself(kiosk: Kiosk) -> None:
    context = kiosk.page.context
    context.set_offline(True)
    probe = "fetch('/healthz').then(() => 'reached', () => 'cut')"
    assert ask(kiosk.page, probe) == "cut"
    kiosk.fill_fast(30)
    kiosk.expect_waiting(30)
    assert kiosk.count_new() == 0

    context.set_offline(False)
    kiosk.expect_waiting(0)
    assert kiosk.count_new() == 30
    assert kiosk.store()["antrean"] == []


SEND_AGAIN = "dispatchEvent(new Event('online'))"

NOT_OURS = {
    "a sign-in page": {"status": 200, "content_type": "text/html", "body": "<h1>Masuk Wi-Fi</h1>"},
    "somebody's ok": {"status": 200, "json": {"status": "ok"}},
    "ok for no id": {
        "status": 200,
        "json": {"status": "ok", "hasil": [], "sekarang": "2025-01-01"},
    },
    "a redirect": {"status": 302, "headers": {"Location": "/"}},
}


@pytest.mark.parametrize("answer", NOT_OURS.values(), ids=NOT_OURS.keys())
def test_an_answer_that_is_not_the_servers_own_keeps_everything(
    kiosk: Kiosk, answer: dict[str, object]
) -> None:
    page = kiosk.page
    page.route("**/kirim", lambda route: route.fulfill(**answer))
    kiosk.fill_fast(2)
    kiosk.expect_waiting(2)
    assert kiosk.store()["karantina"] == []

    page.unroute_all(behavior="wait")
    kiosk.open_panel()
    kiosk.press("Kirim sekarang")
    expect(page.get_by_text("Semua sudah terkirim.")).to_be_visible()
    assert kiosk.count_new() == 2


def test_no_error_of_any_kind_drops_a_response(kiosk: Kiosk) -> None:
    page = kiosk.page
    statuses = [400, 401, 403, 404, 408, 409, 413, 422, 425, 429, 500, 502, 503]
    said = statuses[:1]

    def refuse(route: Route) -> None:
        route.fulfill(status=said[0], content_type="text/html", body="x")

    page.route("**/kirim", refuse)
    for waiting, status in enumerate(statuses, start=1):
        said[0] = status
        kiosk.fill_fast(1)
        kiosk.expect_waiting(waiting)
    page.unroute_all(behavior="wait")
    assert kiosk.store()["karantina"] == []

    page.reload()
    kiosk.expect_waiting(0)
    assert kiosk.count_new() == len(statuses)


def test_two_answers_about_one_response_are_none(kiosk: Kiosk) -> None:
    answered: list[str] = []

    def contradict(route: Route) -> None:
        answered.append(route.request.url)
        ids = [one["id"] for one in json.loads(route.request.post_data or "")["isian"]]
        hasil = [{"id": id_, "status": status} for id_ in ids for status in ("tersimpan", "salah")]
        said = {"status": "ok", "sekarang": "2025-01-01T00:00:00Z", "hasil": hasil}
        route.fulfill(json=said)

    kiosk.page.route("**/kirim", contradict)
    kiosk.fill_fast(1)
    # It is asked again only after the first answer was looked at.
    until(lambda: kiosk.page.evaluate(SEND_AGAIN) and len(answered) > 1)
    kiosk.expect_waiting(1)


def test_a_reply_that_is_lost_after_the_commit_counts_once(kiosk: Kiosk) -> None:
    def lose(route: Route) -> None:
        route.fetch()
        route.abort()

    kiosk.page.route("**/kirim", lose)
    kiosk.fill_fast(3)
    kiosk.expect_waiting(3)
    until(lambda: kiosk.count_new() == 3)

    # A repeat may be on its way through the handler just now.
    kiosk.page.unroute_all(behavior="wait")
    kiosk.page.reload()
    kiosk.expect_waiting(0)
    assert kiosk.count_new() == 3


def test_long_comments_are_sent_in_bodies_the_server_takes(kiosk: Kiosk) -> None:
    page = kiosk.page
    page.context.set_offline(True)
    for _ in range(3):
        kiosk.reach_comment()
        # Three bytes a letter.
        page.get_by_role("textbox").fill("ꦱ" * 1200)
        kiosk.press("Kirim jawaban")
        kiosk.leave()
    # As many as a long day without a network brings.
    page.evaluate(
        """async (name) => {
          const opened = indexedDB.open(name);
          await new Promise((go) => { opened.onsuccess = go; });
          const tx = opened.result.transaction('antrean', 'readwrite');
          const store = tx.objectStore('antrean');
          store.getAll().onsuccess = ({ target }) => {
            for (let copy = 0; copy < 20; copy += 1) {
              for (const { kiriman } of target.result) {
                const id = crypto.randomUUID();
                store.add({ id, kiriman: { ...kiriman, id } });
              }
            }
          };
          await new Promise((go) => { tx.oncomplete = go; });
          opened.result.close();
        }""",
        f"skm-kios-{kiosk.kode}",
    )
    page.context.set_offline(False)
    page.reload()
    kiosk.expect_waiting(0)
    assert kiosk.count_new() == 63


def test_a_revoked_tablet_stops_sending_keeps_everything_and_can_come_back(
    office: Office, open_page: Callable[..., Page]
) -> None:
    kios_id, code = office.add_kios()
    kiosk = Kiosk(open_page(viewport=TABLET), office).pair(code)
    with office.database.writing() as session:
        revoke_kios(session.get_one(Kios, kios_id))

    kiosk.fill()
    expect(kiosk.page.get_by_text("Tersimpan di tablet ini")).to_be_visible()
    expect(kiosk.page.locator("#terhenti")).to_contain_text("hubungi admin")
    check_accessible(kiosk.page)
    kiosk.leave()
    kiosk.open_panel()
    expect(kiosk.page.get_by_text("dicabut admin")).to_be_visible()
    assert kiosk.count_new() == 0

    renewed = renew(office.database, kios_id)
    kiosk.press("Pasang ulang dengan kode baru")
    kiosk.page.get_by_label("Kode pasang").fill(renewed)
    kiosk.press("Pasang")
    kiosk.expect_heading("Halaman petugas")
    kiosk.expect_waiting(0)
    assert kiosk.count_new() == 1


def test_a_new_pin_reaches_the_tablet_with_the_next_contact(
    office: Office, open_page: Callable[..., Page]
) -> None:
    kios_id, code = office.add_kios()
    kiosk = Kiosk(open_page(viewport=TABLET), office).pair(code)
    before = pin_of(kiosk)
    with office.database.writing() as session:
        change_pin(session.get_one(Kios, kios_id), "739182")
    kiosk.page.reload()
    kiosk.expect_attract()
    until(lambda: pin_of(kiosk) != before)

    # Then it opens the staff page even without a network, and the old one does not.
    kiosk.page.context.set_offline(True)
    kiosk.press("Petugas")
    kiosk.enter_pin(PIN)
    expect(kiosk.page.get_by_text("PIN salah")).to_be_visible()
    kiosk.enter_pin("739182")
    kiosk.expect_heading("Halaman petugas")


def pin_of(kiosk: Kiosk) -> str:
    """What the tablet checks a PIN against."""
    meta = [one for one in kiosk.store()["meta"] if isinstance(one, dict)]
    (pasangan,) = (one for one in meta if "token" in one)
    return str(pasangan["pin"])


def spoil(route: Route) -> None:
    """Damage on the way: the server itself then refuses it."""
    body = json.loads(route.request.post_data or "")
    for one in body["isian"]:
        one["layanan"] = "tidak-ada"
    route.continue_(post_data=json.dumps(body))


def test_what_the_server_refuses_stays_in_sight_until_it_was_copied(
    kiosk: Kiosk, tmp_path: Path
) -> None:
    page = kiosk.page
    page.route("**/kirim", spoil)
    kiosk.fill_fast(1)
    until(lambda: kiosk.store()["karantina"])
    page.unroute_all(behavior="wait")
    page.context.set_offline(True)
    kiosk.fill_fast(2)
    kiosk.expect_waiting(2)
    kiosk.open_panel()
    expect(page.get_by_text("Layanan yang dipilih tidak ada lagi.")).to_be_visible()
    check_accessible(page)

    # Nothing can be deleted before it was copied.
    kiosk.press("Hapus yang ditolak")
    expect(page.get_by_text("Unduh cadangan dahulu")).to_be_visible()
    kiosk.press("Lepas tablet ini")
    expect(page.get_by_text("Masih ada jawaban di tablet ini")).to_be_visible()

    with page.expect_download() as download:
        kiosk.press("Unduh cadangan (JSON)")
    expect(page.get_by_text("Cadangan berisi 3 jawaban")).to_be_visible()
    path = tmp_path / "cadangan.json"
    download.value.save_as(path)
    salinan = json.loads(path.read_text(encoding="utf-8"))
    kept = kiosk.store()
    assert [one["id"] for one in salinan["antrean"]] == [one["id"] for one in kept["antrean"]]
    assert salinan["ditolak"][0]["isian"]["nilai"]
    assert salinan["kode"] == kiosk.kode
    assert "token" not in path.read_text(encoding="utf-8")

    kiosk.press("Hapus yang ditolak")
    expect(page.get_by_text("Layanan yang dipilih tidak ada lagi.")).to_have_count(0)
    assert len(kiosk.store()["antrean"]) == 2

    kiosk.press("Lepas tablet ini")
    expect(page.get_by_text("2 jawaban akan dihapus")).to_be_visible()
    kiosk.press("Batal")
    kiosk.press("Lepas tablet ini")
    page.context.set_offline(False)
    kiosk.press("Ya, lepas tablet")
    kiosk.expect_heading("Pasang kios ini")
    assert [rows for name, rows in kiosk.store().items() if name != "meta"] == [[], [], []]


PROBE = """
  async () => {
    const opened = indexedDB.open('probe');
    opened.onupgradeneeded = () => opened.result.createObjectStore('x', { autoIncrement: true });
    const failed = await new Promise((done) => {
      opened.onerror = () => done(true);
      opened.onsuccess = () => {
        const tx = opened.result.transaction('x', 'readwrite');
        tx.objectStore('x').add('x');
        tx.oncomplete = () => done(false);
        tx.onabort = () => done(true);
      };
    });
    opened.result.close();
    return failed;
  }
"""


def fill_the_disk(kiosk: Kiosk) -> CDPSession:
    """Leave no room on the tablet; returns what can give it back."""
    page = kiosk.page
    devtools = page.context.new_cdp_session(page)
    quota = {"origin": kiosk.office.server.url, "quotaSize": 1}
    devtools.send("Storage.overrideQuotaForOrigin", quota)
    # How much room there is, is asked when a database is opened; one that nobody uses is closed
    # after 2 seconds.
    for _ in range(8):
        page.goto("about:blank")
        page.wait_for_timeout(2_300)
        kiosk.open()
        if page.evaluate(PROBE):
            return devtools
    raise AssertionError("the quota had no effect")


def test_a_full_tablet_says_so_and_keeps_the_answers_on_the_screen(
    office: Office, browser: Browser, tmp_path: Path
) -> None:
    with tablet_browser(browser, tmp_path / "tablet") as context:
        kiosk = Kiosk(context.pages[0], office).pair()
        devtools = fill_the_disk(kiosk)
        check_full_tablet(kiosk, office, devtools)


def check_full_tablet(kiosk: Kiosk, office: Office, devtools: CDPSession) -> None:
    page = kiosk.page
    kiosk.reach_comment()
    page.get_by_role("textbox").fill("Kursi rusak")
    kiosk.press("Kirim jawaban")
    kiosk.expect_heading("Jawaban Anda belum tersimpan")
    check_accessible(page)
    # Silence destroys nothing here, and an operator may look.
    kiosk.press("Petugas")
    kiosk.press("Kembali")
    kiosk.expect_heading("Jawaban Anda belum tersimpan")
    kiosk.press("Coba lagi")
    kiosk.expect_heading("Jawaban Anda belum tersimpan")
    assert kiosk.count_new() == 0

    devtools.send("Storage.overrideQuotaForOrigin", {"origin": office.server.url})
    kiosk.press("Coba lagi")
    kiosk.expect_heading("Terima kasih")
    kiosk.expect_waiting(0)
    assert kiosk.count_new() == 1


def test_a_connection_that_the_browser_closed_is_opened_again(kiosk: Kiosk) -> None:
    kiosk.reach_comment()
    kiosk.page.evaluate(
        """() => {
          const real = IDBDatabase.prototype.transaction;
          IDBDatabase.prototype.transaction = function closed(...all) {
            IDBDatabase.prototype.transaction = real;
            this.close();
            return real.apply(this, all);
          };
        }"""
    )
    kiosk.press("Kirim jawaban")
    kiosk.expect_heading("Terima kasih")
    kiosk.expect_waiting(0)
    assert kiosk.count_new() == 1


def test_two_tabs_of_one_tablet_send_each_response_once(kiosk: Kiosk, office: Office) -> None:
    context = kiosk.page.context
    other = Kiosk(context.new_page(), office).open()
    other.expect_attract()
    context.set_offline(True)
    kiosk.fill_fast(25)
    other.fill_fast(25)
    answered: list[str] = []

    def deliver(route: Route) -> None:
        reply = route.fetch()
        answered.extend(ids_in(route.request.post_data))
        route.fulfill(response=reply)

    context.route("**/kirim", deliver)
    context.set_offline(False)
    kiosk.expect_waiting(0)
    other.page.reload()
    other.expect_waiting(0)
    context.unroute_all(behavior="wait")
    assert kiosk.count_new() == 50
    assert len(answered) == len(set(answered)) == 50
    assert set(answered) <= {str(one.id) for one in list_responden(office.database)}


def ids_in(body: str | None) -> list[str]:
    return [one["id"] for one in json.loads(body)["isian"]] if body else []


def test_a_new_version_waits_for_the_person_and_takes_over_the_full_queue(
    own_office: Office, open_page: Callable[..., Page], tmp_path: Path
) -> None:
    office = own_office
    page = open_page(viewport=TABLET)
    kiosk = Kiosk(page, office).pair()
    old = page.evaluate("document.body.dataset.versi")
    office.server.kill()
    kiosk.fill_fast(3)
    kiosk.expect_waiting(3)
    kiosk.begin()
    kiosk.answer_questions(until=4)

    # The office installs a new version while somebody stands in front of the tablet.
    newer = make_newer_version(office, tmp_path / "baru")
    newer.start()
    newer.wait_until_ready()
    try:
        ask(
            page,
            """async () => {
              const registration = await navigator.serviceWorker.getRegistration();
              await registration.update();
              while (!registration.waiting) await new Promise((go) => { setTimeout(go, 20); });
            }""",
        )
        expect(page.get_by_text("Pertanyaan 5 dari 9")).to_be_visible()
        for _ in range(5):
            kiosk.answer()
        kiosk.skip_profile()
        kiosk.press("Kirim jawaban")
        kiosk.expect_heading("Terima kasih")
        assert page.evaluate("document.body.dataset.versi") == old
        kiosk.press("Selesai")

        expect(page.get_by_role("button", name="Mulai")).to_be_visible()
        assert page.evaluate("document.body.dataset.versi") != old
        kiosk.expect_waiting(0)
        assert kiosk.count_new() == 4
        expect_one_cache(page)

        # And it starts with no network, too.
        newer.kill()
        page.reload()
        expect(page.get_by_role("button", name="Mulai")).to_be_visible()
    finally:
        newer.kill()


def make_newer_version(office: Office, tree: Path) -> Server:
    """The program with one word changed, on the same port and data."""
    for part in ("skm_app", "templates", "static", "migrations", "translations"):
        shutil.copytree(ROOT / part, tree / part, ignore=shutil.ignore_patterns("__pycache__"))
    words = tree / "static" / "kios" / "kata.js"
    text = words.read_text(encoding="utf-8")
    words.write_text(text.replace("'Bahasa Indonesia'", "'Mulai'"), encoding="utf-8")
    wrapper = ("env", "-C", str(tree), f"PYTHONPATH={tree}")
    return Server(office.server.env, tree / "server.log", office.server.port, wrapper)


def expect_one_cache(page: Page) -> None:
    """The old version's files go once no page needs them."""
    ask(
        page,
        """async () => {
          while ((await caches.keys()).filter((name) => name.startsWith('kios-')).length > 1) {
            await new Promise((go) => { setTimeout(go, 20); });
          }
        }""",
    )
