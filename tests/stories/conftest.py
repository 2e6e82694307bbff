"""A demo office on a real server and a real browser; every page is watched for faults."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Request, expect, sync_playwright

from tests.running import Server, running

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
AXE = Path(__file__).resolve().parent.parent / "vendor" / "axe-core-4.14.1.min.js"
# The machines stall for seconds at a time; a slow pass is still a pass.
PATIENCE_MS = 30_000
PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1280, "height": 900}


@dataclass(frozen=True, kw_only=True)
class Demo:
    """A running demo office and what it printed."""

    server: Server
    survey: str
    sandi: str

    @property
    def admin(self) -> str:
        return f"{self.server.url}/admin/"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """``skm demo`` in a process of its own, its links read from what it prints."""
    folder = tmp_path_factory.mktemp("demo")
    server = Server(env={}, log=folder / "server.log", command=("demo",))
    server.env = {"SKM_DATA_DIR": str(folder), "SKM_BASE_URL": server.url}
    with running(server):
        printed = server.log.read_text()
        survey = re.search(r"Survei : (\S+)", printed)
        sandi = re.search(r"Sandi sekali pakai: (\S+)", printed)
        assert survey, printed
        assert sandi, printed
        yield Demo(server=server, survey=survey[1], sandi=sandi[1])


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Open pages in contexts of their own; complain about foreign hosts and script faults."""
    faults: list[str] = []
    contexts = []

    def open_one(**options: Any) -> Page:  # noqa: ANN401 - Playwright's own options
        context = browser.new_context(locale="id-ID", timezone_id="Asia/Makassar", **options)
        context.set_default_timeout(PATIENCE_MS)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(f"script: {error}"))
        page.on("request", lambda request: faults.extend(_foreign(request)))
        page.on(
            "console",
            lambda message: (
                faults.append(message.text) if "Content Security Policy" in message.text else None
            ),
        )
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert faults == []


def _foreign(request: Request) -> list[str]:
    local = request.url.startswith(("http://127.0.0.1:", "data:", "blob:"))
    return [] if local else [f"request to {request.url}"]


def sign_in(page: Page, demo: Demo) -> None:
    page.goto(demo.admin)
    page.get_by_label("Nama akun").fill("admin")
    page.get_by_label("Kata sandi").fill(demo.sandi)
    page.get_by_role("button", name="Masuk").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def check_accessible(page: Page) -> None:
    """axe finds nothing, and nothing sticks out sideways."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(
        "async () => (await axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a',"
        " 'wcag21aa', 'wcag22aa', 'best-practice']})).violations.map("
        "v => v.id + ': ' + v.nodes.map(n => n.target.join(' ')).join(', '))"
    )
    assert found == [], f"{page.url}: {found}"
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wide <= 0, f"{page.url} is {wide} px too wide"
