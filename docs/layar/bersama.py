"""What the pictures of this folder share: a fresh demo with a browser, and signing in to it."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.running import Server, running
from tests.stories.conftest import CHROMIUM, FLAGS

HERE = Path(__file__).resolve().parent


@dataclass(frozen=True, kw_only=True)
class Contoh:
    """A running demo; ``printed`` is what it told whoever started it."""

    browser: Browser
    url: str
    printed: str

    def find(self, pattern: str) -> str:
        """What the demo printed at the pattern's group.

        :raise RuntimeError: if it did not print that.
        """
        found = re.search(pattern, self.printed)
        if found is None:
            raise RuntimeError(f"The demo did not print {pattern}:\n{self.printed}")
        return found[1]


@contextmanager
def open_contoh() -> Iterator[Contoh]:
    """A demo of its own, gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="skm-layar-") as folder:
        server = Server(env={}, log=Path(folder) / "server.log", command=("demo",))
        server.env = {"SKM_DATA_DIR": folder, "SKM_BASE_URL": server.url}
        with running(server), sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            yield Contoh(browser=browser, url=server.url, printed=server.log.read_text())
            browser.close()


def sign_in(page: Page, contoh: Contoh) -> None:
    """Send the sign-in form that is open."""
    page.get_by_label("Nama akun").fill("admin")
    page.get_by_label("Kata sandi").fill(contoh.find(r"Sandi sekali pakai: (\S+)"))
    page.get_by_role("button", name="Masuk").click()
