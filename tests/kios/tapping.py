"""A kiosk in a real browser: whoever stands in front of it, and the office behind it."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from skm_app.database import Database
from tests.asking import ask
from tests.kios.tablet import PIN, add_kios
from tests.offices import LOKET_RAWA, Kantor, count_responden, make_kantor
from tests.running import Server, running

TABLET = {"width": 820, "height": 1180}
# Far more than a hundred responses take on a slow machine.
FILL_MS = 120_000
SECRET = "only-for-tests-" + "k" * 40

# Taps through the kiosk inside the page, as fast as its screens follow one another.
FILL = """
  (count) => {
    const layar = document.getElementById('layar');
    const pause = () => new Promise((resolve) => { setTimeout(resolve, 2); });
    const tap = (pattern) => [...layar.querySelectorAll('button')]
      .find((one) => pattern.test(one.textContent)).click();
    const fill = async () => {
      tap(/Bahasa Indonesia/);
      while (!layar.classList.contains('saran')) layar.querySelector('.jawaban button').click();
      tap(/Kirim jawaban/);
      while (!/Terima kasih/.test(layar.textContent)) await pause();
      tap(/Selesai/);
    };
    window.filled = (async () => {
      for (let done = 0; done < count; done += 1) await fill();
    })();
  }
"""
READ = """
  (kode) => new Promise((resolve, reject) => {
    const request = indexedDB.open(`skm-kios-${kode}`);
    request.onerror = () => reject(request.error);
    request.onsuccess = () => {
      const db = request.result;
      const tx = db.transaction([...db.objectStoreNames]);
      const found = {};
      for (const name of db.objectStoreNames) {
        tx.objectStore(name).getAll().onsuccess = (event) => { found[name] = event.target.result; };
      }
      tx.oncomplete = () => { db.close(); resolve(found); };
    };
  })
"""


@dataclass(frozen=True, kw_only=True)
class Office:
    """A running office with its database."""

    server: Server
    database: Database
    kantor: Kantor
    folder: Path

    def make_code(self, kode: str = LOKET_RAWA, nama: str = "Tablet loket") -> str:
        return add_kios(self.database, kode, nama)[1]

    def add_kios(self, kode: str = LOKET_RAWA) -> tuple[uuid.UUID, str]:
        return add_kios(self.database, kode)

    def address(self, kode: str = LOKET_RAWA) -> str:
        return f"{self.server.url}/kios/{kode}"


@contextmanager
def open_office(folder: Path) -> Iterator[Office]:
    """An office of its own on a server of its own."""
    database = Database(f"sqlite:///{folder / 'skm.db'}")
    database.upgrade()
    kantor = make_kantor(database)
    server = Server({"SKM_DATA_DIR": str(folder), "SKM_SECRET_KEY": SECRET}, folder / "server.log")
    try:
        with running(server):
            yield Office(server=server, database=database, kantor=kantor, folder=folder)
    finally:
        database.close()


class Kiosk:
    """One tablet's page."""

    def __init__(self, page: Page, office: Office, kode: str = LOKET_RAWA) -> None:
        self.page, self.office, self.kode = page, office, kode
        self._rows_before = count_responden(office.database)

    def open(self) -> Kiosk:
        self.page.goto(self.office.address(self.kode))
        return self

    def pair(self, code: str | None = None) -> Kiosk:
        self.open()
        code = code or self.office.make_code(self.kode)
        self.page.get_by_label("Kode pasang").fill(code)
        self.press("Pasang")
        self.expect_attract()
        # Everything that a start without a network needs is in its cache.
        ask(self.page, "navigator.serviceWorker.ready.then(() => true)")
        expect(self.page.locator("#kontak")).to_contain_text("Terhubung terakhir")
        return self

    def stop_clock(self) -> None:
        """From here on only the test moves the installed clock: no screen goes away by itself."""
        self.page.clock.pause_at(self.page.evaluate("Date.now()") / 1000 + 1)

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).click()

    def expect_attract(self) -> None:
        expect(self.page.get_by_role("button", name="Bahasa Indonesia")).to_be_visible()

    def expect_heading(self, words: str | re.Pattern[str]) -> None:
        expect(self.page.get_by_role("heading", level=1, name=words)).to_be_visible()

    def begin(self, bahasa: str = "Bahasa Indonesia") -> None:
        self.press(bahasa)

    def answer(self, place: int = 2) -> None:
        """Tap one answer; 4 is "do not know"."""
        self.page.locator(".jawaban button").nth(place).click()

    def answer_questions(self, until: int = 9) -> None:
        for number in range(1, until + 1):
            question = re.compile(f"(Pertanyaan|Question) {number} ")
            expect(self.page.get_by_text(question)).to_be_visible()
            self.answer()

    def skip_profile(self) -> None:
        for number in range(1, 5):
            expect(self.page.get_by_text(re.compile(f"(Anda|you), {number} "))).to_be_visible()
            self.page.get_by_role("button", name=re.compile("Lewati|Skip")).click()

    def reach_comment(self) -> None:
        self.begin()
        self.answer_questions()
        self.skip_profile()

    def fill(self) -> None:
        """One whole response, to the thank-you screen."""
        self.reach_comment()
        self.press("Kirim jawaban")
        self.expect_heading("Terima kasih")

    def leave(self) -> None:
        """Done with the thank-you screen, which may go by itself just now."""
        done = self.page.get_by_role("button", name="Selesai", exact=True)
        first = self.page.get_by_role("button", name="Bahasa Indonesia")
        expect(done.or_(first)).to_be_visible()
        self.page.evaluate(
            "[...document.querySelectorAll('button')]"
            ".find((one) => one.textContent === 'Selesai')?.click()"
        )
        self.expect_attract()

    def fill_fast(self, count: int) -> None:
        """As many responses, from and back to the first screen."""
        self.page.evaluate(FILL, count)
        ask(self.page, "window.filled", patience_ms=FILL_MS)

    def enter_pin(self, pin: str = PIN) -> None:
        self.page.keyboard.type(pin)
        self.page.keyboard.press("Enter")

    def open_panel(self) -> None:
        self.press("Petugas")
        self.expect_heading("Masukkan PIN petugas")
        self.enter_pin()
        self.expect_heading("Halaman petugas")

    def expect_waiting(self, count: int) -> None:
        words = re.compile(f"(Menunggu dikirim|Waiting to be sent): {count}$")
        expect(self.page.locator("#menunggu")).to_have_text(words)

    def count_new(self) -> int:
        """Responses the office has got since this tablet came."""
        return count_responden(self.office.database) - self._rows_before

    def store(self) -> dict[str, list[Any]]:
        """Everything the tablet keeps, by store."""
        found: dict[str, list[Any]] = ask(self.page, READ, self.kode)
        return found
