"""Remakes the pictures in this folder from a fresh demo: ``make screens``."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, Page, Route, sync_playwright

from tests.phone.helpers import fill, send
from tests.running import Server, running
from tests.stories.conftest import CHROMIUM, FLAGS

HERE = Path(__file__).resolve().parent
WIDTHS = {360: 740, 820: 1180, 1280: 900}


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="skm-layar-") as folder:
        data_dir = Path(folder)
        server = Server(env={}, log=data_dir / "server.log", command=("demo",))
        server.env = {"SKM_DATA_DIR": folder, "SKM_BASE_URL": server.url}
        with running(server), sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            printed = server.log.read_text()
            survey = _find(r"Survei : (\S+)", printed)
            sandi = _find(r"Sandi sekali pakai: (\S+)", printed)
            for width, height in WIDTHS.items():
                _citizen(browser, width, height, survey, server.url)
                _staff(browser, width, height, server.url, sandi)
            browser.close()


def _find(pattern: str, text: str) -> str:
    found = re.search(pattern, text)
    if found is None:
        raise RuntimeError(f"The demo did not print {pattern}:\n{text}")
    return found[1]


def _page(browser: Browser, width: int, height: int) -> Page:
    # Without its worker: some states are made by answering in the server's place.
    return browser.new_page(
        viewport={"width": width, "height": height}, locale="id-ID", service_workers="block"
    )


def _citizen(browser: Browser, width: int, height: int, survey: str, url: str) -> None:
    page = _page(browser, width, height)
    shots: dict[str, Callable[[], object]] = {
        "depan": lambda: page.goto(url),
        "formulir": lambda: page.goto(survey),
        "formulir-belum-lengkap": lambda: page.get_by_role("button", name="Kirim").click(),
        "formulir-tersimpan": lambda: _wait_for_signal(page),
        "formulir-ditolak": lambda: _be_refused(page, survey),
        "formulir-inggris": lambda: page.goto(f"{survey}?bahasa=en"),
        "terima-kasih": lambda: page.goto(f"{survey}/terima-kasih?pengaduan=ACDEFHJKMNPR"),
        "hasil": lambda: page.goto(f"{url}/hasil"),
        "hasil-2024": lambda: page.goto(f"{url}/hasil/2024"),
        "tidak-ditemukan": lambda: page.goto(f"{url}/s/TIDAKADA"),
    }
    for name, go in shots.items():
        go()
        page.screenshot(path=HERE / f"{name}-{width}.png")
        if name == "formulir-ditolak":
            # Nothing of it shall show on the pages that follow.
            page.get_by_role("button", name="Buang").click()
            page.get_by_role("button", name="Ya, buang").click()
            page.locator("#ditolak").wait_for(state="detached")
    page.close()


def _wait_for_signal(page: Page) -> None:
    """A filled form while another network answers in our place."""
    page.route("**/s/*", lambda r: r.abort() if r.request.method == "POST" else r.fallback())
    fill(page)
    page.get_by_label("Apa yang perlu").fill("Kursi di ruang tunggu kurang")
    page.get_by_text("Ini pengaduan, mohon").click()
    send(page)
    page.locator("#antrean .kode").wait_for()


def _be_refused(page: Page, survey: str) -> None:
    # Before the way of answering that is there already: without any, a repeat would be stored.
    page.route("**/s/*", lambda r: _refuse(r) if r.request.method == "POST" else r.fallback())
    page.goto(survey)
    page.locator("#ditolak li").first.wait_for()


def _refuse(route: Route) -> None:
    route.fulfill(status=410, json={"status": "closed", "faults": []})


def _staff(browser: Browser, width: int, height: int, url: str, sandi: str) -> None:
    page = _page(browser, width, height)
    page.goto(f"{url}/admin/")
    page.screenshot(path=HERE / f"masuk-{width}.png")
    page.get_by_label("Nama akun").fill("admin")
    page.get_by_label("Kata sandi").fill(sandi)
    page.get_by_role("button", name="Masuk").click()
    page.locator(".js-plotly-plot .main-svg").first.wait_for()
    page.screenshot(path=HERE / f"ringkasan-{width}.png")
    for name, path in (
        ("capaian", "capaian?tahun=2024"),
        ("camat", "camat"),
        ("periode", "periode"),
        ("usulan", "usulan"),
        ("kualitas", "kualitas"),
        ("saran", "saran"),
        ("pengaduan", "pengaduan"),
        ("rtl", "rtl"),
        ("titik", "titik"),
        ("kertas", "kertas"),
        ("impor", "impor"),
        ("layanan", "layanan"),
        ("kantor", "kantor"),
        ("pengguna", "pengguna"),
        ("catatan", "catatan"),
    ):
        page.goto(f"{url}/admin/{path}")
        page.screenshot(path=HERE / f"{name}-{width}.png")
    page.goto(f"{url}/admin/laporan")
    page.screenshot(path=HERE / f"laporan-{width}.png")
    page.get_by_role("link", name=re.compile("2024")).first.click()
    page.screenshot(path=HERE / f"laporan-2024-{width}.png")
    page.close()


if __name__ == "__main__":
    main()
