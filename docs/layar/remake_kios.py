"""Remakes the pictures of the kiosk in this folder from a fresh demo: every state of a tablet,
upright and lying on its side, and the staff's list of tablets."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.running import Server, running
from tests.stories.conftest import CHROMIUM, FLAGS

HERE = Path(__file__).resolve().parent
UPRIGHT = (820, 1180)
LYING = (1280, 800)
ADMIN = ((360, 740), LYING)


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="skm-layar-") as folder:
        data_dir = Path(folder)
        server = Server(env={}, log=data_dir / "server.log", command=("demo",))
        server.env = {"SKM_DATA_DIR": folder, "SKM_BASE_URL": server.url}
        with running(server), sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            printed = server.log.read_text()
            _kiosk(browser, printed)
            _admin(browser, server.url, _find(r"Sandi sekali pakai: (\S+)", printed))
            browser.close()


def _find(pattern: str, text: str) -> str:
    found = re.search(pattern, text)
    if found is None:
        raise RuntimeError(f"The demo did not print {pattern}:\n{text}")
    return found[1]


def _kiosk(browser: Browser, printed: str) -> None:
    page = browser.new_page(locale="id-ID", timezone_id="Asia/Makassar")
    page.clock.install()
    page.goto(_find(r"Kios   : (\S+)", printed))
    page.get_by_label("Kode pasang").wait_for()
    _shoot(page, "kios-pasang")
    page.get_by_label("Kode pasang").fill(_find(r"kode pasang (\S+),", printed))
    _press(page, "Pasang")
    page.get_by_text("Terhubung terakhir").wait_for()
    for name, go in _visit(page).items():
        go()
        _shoot(page, f"kios-{name}")
    page.close()


def _visit(page: Page) -> dict[str, Callable[[], None]]:
    """The states of one tablet in the order in which they are reached."""
    return {
        "depan": page.get_by_role("button", name="Bahasa Indonesia").wait_for,
        "layanan": lambda: _press(page, "Bahasa Indonesia"),
        "pertanyaan": lambda: _press(page, "Legalisasi surat"),
        "biaya": lambda: _answer(page, 3),
        "masih-di-sini": lambda: page.clock.fast_forward(50_000),
        "tentang-anda": lambda: (page.mouse.click(5, 5), _answer(page, 6), _skip(page, 3))[0],
        "saran": lambda: (_skip(page, 1), _write(page))[0],
        "terima-kasih": lambda: (_press(page, "Kirim jawaban"), _be_thanked(page))[0],
        "question": lambda: (
            _press(page, "Selesai"),
            _press(page, "English"),
            _press(page, "Legalisasi surat"),
        )[0],
        "pin": lambda: _press(page, "Staff"),
        "petugas": lambda: (_press(page, "Back"), _open_panel(page))[0],
    }


def _press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def _answer(page: Page, count: int) -> None:
    for _ in range(count):
        page.locator(".jawaban button").nth(2).click()


def _skip(page: Page, count: int) -> None:
    for _ in range(count):
        _press(page, "Lewati")


def _write(page: Page) -> None:
    page.get_by_role("textbox").fill("Antrean lama, dan kursi di ruang tunggu kurang.")
    page.get_by_text("Ini pengaduan").click()


def _be_thanked(page: Page) -> None:
    page.get_by_role("heading", name="Terima kasih").wait_for()
    # Not gone before it is taken in both sizes.
    _press(page, "Tampilkan lebih lama")


def _open_panel(page: Page) -> None:
    # Two steps back: to the service, then to the first screen, where the page is Indonesian.
    _press(page, "Back")
    _press(page, "Back")
    _press(page, "Petugas")
    page.keyboard.type("2580")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Halaman petugas").wait_for()


def _shoot(page: Page, name: str) -> None:
    for width, height in (UPRIGHT, LYING):
        page.set_viewport_size({"width": width, "height": height})
        page.screenshot(path=HERE / f"{name}-{width}.png")


def _admin(browser: Browser, url: str, sandi: str) -> None:
    page = browser.new_page(locale="id-ID")
    page.goto(f"{url}/admin/")
    page.get_by_label("Nama akun").fill("admin")
    page.get_by_label("Kata sandi").fill(sandi)
    page.get_by_role("button", name="Masuk").click()
    page.get_by_role("link", name="Kios").first.wait_for(state="attached")
    page.goto(f"{url}/admin/kios/tambah")
    page.get_by_label("Nama tablet").fill("Tablet ruang tunggu")
    page.get_by_label("PIN petugas").fill("2580")
    _shoot_admin(page, "kios-tambah")
    page.get_by_role("button", name="Simpan").click()
    page.locator(".sandi-baru").wait_for()
    _shoot_admin(page, "kios-daftar")
    page.close()


def _shoot_admin(page: Page, name: str) -> None:
    for width, height in ADMIN:
        page.set_viewport_size({"width": width, "height": height})
        page.screenshot(path=HERE / f"{name}-{width}.png")


if __name__ == "__main__":
    main()
