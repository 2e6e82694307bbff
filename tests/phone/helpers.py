"""What the tests of the citizen's phone share: filling, the queue on the device, the database."""

from __future__ import annotations

import sqlite3
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from tests.asking import ask
from tests.stories.conftest import PATIENCE_MS, Demo

QUESTIONS = [f"u{number}" for number in (1, 2, 3, 4, 5, 6, 7, 9, 8)]
WAITING = "Tersimpan di perangkat ini, dikirim begitu ada sinyal"

_ALL = """async () => {
  const db = await new Promise((ya, tidak) => {
    const r = indexedDB.open('skm', 1);
    r.onupgradeneeded = () => {
      r.result.createObjectStore('antrean', {keyPath: 'id'});
      r.result.createObjectStore('kunci', {keyPath: 'id'});
    };
    r.onsuccess = () => ya(r.result);
    r.onerror = tidak;
  });
  try {
    return await new Promise((ya) => {
      db.transaction('antrean').objectStore('antrean').getAll().onsuccess =
        (e) => ya(e.target.result);
    });
  } finally { db.close(); }
}"""
_PUT = """async (entries) => {
  const db = await new Promise((ya) => {
    const r = indexedDB.open('skm', 1);
    r.onsuccess = () => ya(r.result);
  });
  await new Promise((ya, tidak) => {
    const t = db.transaction('antrean', 'readwrite');
    entries.forEach((e) => t.objectStore('antrean').put(e));
    t.oncomplete = ya;
    t.onabort = tidak;
  });
  db.close();
}"""


def until(check: Callable[[], Any]) -> Any:  # noqa: ANN401 - whatever the check gives
    """Ask again until the answer is true.

    :raise AssertionError: if it never is.
    """
    deadline = time.monotonic() + PATIENCE_MS / 1000
    while time.monotonic() < deadline:
        found = check()
        if found:
            return found
        time.sleep(0.05)
    raise AssertionError("It never came true.")


def tap(page: Page, field: str, value: str) -> None:
    """As a thumb does it: the words are tapped, not the small circle."""
    page.locator(f'label:has(input[name="{field}"][value="{value}"])').click()


def fill(page: Page, value: str = "3", leave_out: str = "") -> None:
    """Answer every question that must be answered."""
    page.evaluate(
        """([fields, value]) => {
          const layanan = document.querySelector('[type=radio][name=layanan]');
          if (layanan) layanan.click();
          fields.forEach((f) => document.querySelector(`[name=${f}][value="${value}"]`).click());
        }""",
        [[one for one in QUESTIONS if one != leave_out], value],
    )


def send(page: Page) -> None:
    page.locator('form[data-survei] button[type="submit"]').click()


def list_queue(page: Page) -> list[dict[str, Any]]:
    """What waits on the device, or was refused; what arrived is left out."""
    return [one for one in ask(page, _ALL) if one.get("keadaan") != "selesai"]


def put_queue(page: Page, *entries: dict[str, Any]) -> None:
    ask(page, _ALL)
    ask(page, _PUT, list(entries))


def make_entry(path: str, **changes: Any) -> dict[str, Any]:  # noqa: ANN401 - an entry's values
    """An entry of the queue as the page of version 1 wrote it."""
    key = str(uuid.uuid4())
    fields = {f"u{number}": "2" for number in range(1, 10)}
    return {
        "id": key,
        "versi": 1,
        "alamat": path,
        "isi": [["submission_id", key], ["layanan", ""], *([k, v] for k, v in fields.items())],
        "diisi": "2026-11-01T02:00:00.000Z",
        "keadaan": "menunggu",
        "cap": "1",
        **changes,
    }


def wake(page: Page) -> None:
    """The device says that it has a network again."""
    page.evaluate("window.dispatchEvent(new Event('online'))")


_COPIES = """async (path) => {
  const worker = navigator.serviceWorker.controller;
  return !!worker && worker.state === 'activated' && !!(await caches.match(path));
}"""
_PROBE = """fetch('/healthz', {method: 'POST', signal: AbortSignal.timeout(5000)})
  .then(() => 'answered', (error) => (error.name === 'TimeoutError' ? 'hung' : 'refused'))"""


def wait_for_copies(page: Page, path: str) -> None:
    """Until the form could be opened without a network."""
    until(lambda: ask(page, _COPIES, path))


def go_offline(page: Page, path: str) -> None:
    """Switch the network off once the form at ``path`` is kept on the device.

    Not before: a worker that is just starting hangs the browser's own requests under Playwright.
    The switch has been seen to do nothing, and to leave requests hanging: it is thrown until a
    request really fails.
    """
    wait_for_copies(page, path)

    def is_cut() -> bool:
        page.context.set_offline(True)
        if ask(page, _PROBE) == "refused":
            return True
        page.context.set_offline(False)
        return False

    until(is_cut)


def go_online(page: Page) -> None:
    page.context.set_offline(False)
    wake(page)


def database_of(demo: Demo) -> Path:
    return Path(demo.server.env["SKM_DATA_DIR"]) / "skm.db"


def count_stored(demo: Demo) -> int:
    with closing(sqlite3.connect(database_of(demo))) as connection:
        return int(connection.execute("SELECT count(*) FROM responden").fetchone()[0])


def count_of(demo: Demo, submission_id: str) -> int:
    """How often a response is stored."""
    with closing(sqlite3.connect(database_of(demo))) as connection:
        found = connection.execute(
            "SELECT count(*) FROM responden WHERE replace(id, '-', '') = ?",
            [submission_id.replace("-", "")],
        )
        return int(found.fetchone()[0])


@contextmanager
def without_table(demo: Demo, table: str) -> Iterator[None]:
    """The running server meets a database that cannot answer; everything is put back after."""

    def rename(old: str, new: str) -> None:
        with closing(sqlite3.connect(database_of(demo), timeout=30)) as connection, connection:
            connection.execute(f"ALTER TABLE {old} RENAME TO {new}")

    rename(table, f"{table}_hilang")
    try:
        yield
    finally:
        rename(f"{table}_hilang", table)
