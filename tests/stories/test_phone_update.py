"""The office updates the program while phones hold full queues: nothing breaks, nothing is lost."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.phone.helpers import (
    WAITING,
    count_of,
    fill,
    go_offline,
    list_queue,
    send,
    until,
    wake,
)
from tests.running import Server, running
from tests.stories.conftest import PHONE, Demo

ROOT = Path(__file__).resolve().parent.parent.parent
PARTS = ("skm_app", "templates", "static", "migrations", "translations")
# An open page keeps its old script; one that is loaded gets the new one.
OLD_LINE, NEW_LINE = "'use strict';", "'use strict'; self.skmBaru = true;"


def test_an_update_with_a_full_queue(
    demo: Demo, open_page: Callable[..., Page], tmp_path: Path
) -> None:
    path = demo.survey.removeprefix(demo.server.url)
    page = open_page(viewport=PHONE)
    page.goto(demo.survey)
    go_offline(page, path)
    for _ in range(3):
        page.goto(demo.survey)
        fill(page)
        send(page)
        expect(page.get_by_role("heading", name=WAITING)).to_be_visible()
    waiting = list_queue(page)
    assert len(waiting) == 3

    # A form that is half filled while the office installs the new version.
    page.goto(demo.survey)
    fill(page, leave_out="u1")
    demo.server.stop()
    newer = install_newer(tmp_path, demo)
    with running(newer):
        page.context.set_offline(False)
        assert page.evaluate("self.skmBaru") is None
        wake(page)
        until(lambda: list_queue(page) == [])
        assert [count_of(demo, one["id"]) for one in waiting] == [1, 1, 1]
        # The open page still works to its end.
        page.locator('label:has(input[name="u1"][value="2"])').click()
        key = send_and_read_id(page)
        assert count_of(demo, key) == 1
        # The next page is the new one, and so is what the device keeps.
        page.goto(demo.survey)
        assert page.evaluate("self.skmBaru") is True
        fresh = page.evaluate("document.querySelector('script[src]').getAttribute('src')")
        until(
            lambda: page.evaluate(
                "async ([p, src]) => (await (await caches.match(p)).text()).includes(src)",
                [path, fresh],
            )
        )
        go_offline(page, path)
        page.reload()
        expect(page.get_by_role("heading", name="Bagian 1 dari 3")).to_be_visible()
        assert page.evaluate("self.skmBaru") is True
        scripts = page.evaluate(
            "async () => (await (await caches.open('skm-survei')).keys())"
            ".map(r => r.url).filter(u => u.includes('/form.js'))"
        )
        assert len(scripts) == 1


def send_and_read_id(page: Page) -> str:
    key = page.locator('[name="submission_id"]').input_value()
    send(page)
    expect(page.get_by_role("heading", name="Terima kasih", level=1)).to_be_visible()
    # A form from the device gets its id when it is sent.
    return key or str(
        page.evaluate(
            """() => new Promise((ya) => {
              indexedDB.open('skm', 1).onsuccess = (e) => {
                e.target.result.transaction('antrean').objectStore('antrean').getAll().onsuccess =
                  (f) => ya(f.target.result.sort((a, b) => b.waktu - a.waktu)[0].id);
              };
            })"""
        )
    )


def install_newer(folder: Path, demo: Demo) -> Server:
    """The program with another script, on the same port and database."""
    for part in PARTS:
        shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("alembic.ini", "pyproject.toml"):
        if (ROOT / name).exists():
            shutil.copy(ROOT / name, folder)
    script = folder / "static" / "survey" / "form.js"
    text = script.read_text(encoding="utf-8")
    assert text.count(OLD_LINE) == 1
    script.write_text(text.replace(OLD_LINE, NEW_LINE), encoding="utf-8")
    return Server(
        env={**demo.server.env, "PYTHONPATH": os.pathsep.join([str(folder), *sys.path])},
        log=folder / "newer.log",
        port=demo.server.port,
        # Where it runs decides which skm_app is found first.
        wrapper=("env", "-C", str(folder)),
    )
