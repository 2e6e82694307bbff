"""The pictures of the kiosk: every state of a tablet, upright and lying on its side, and the
staff's list of tablets."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page

from docs.layar.bersama import HERE, Contoh, sign_in

UPRIGHT = (820, 1180)
LYING = (1280, 800)
ADMIN = ((360, 740), LYING)


def shoot_kios(contoh: Contoh) -> None:
    """Remake them all; pairs the demo's tablet and adds another."""
    _kiosk(contoh)
    _admin(contoh)


def _kiosk(contoh: Contoh) -> None:
    page = contoh.browser.new_page(locale="id-ID", timezone_id="Asia/Makassar")
    page.clock.install()
    page.goto(contoh.find(r"Kios   : (\S+)"))
    page.get_by_label("Kode pasang").wait_for()
    _shoot(page, "kios-pasang")
    page.get_by_label("Kode pasang").fill(contoh.find(r"kode pasang (\S+),"))
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


def _admin(contoh: Contoh) -> None:
    page = contoh.browser.new_page(locale="id-ID")
    page.goto(f"{contoh.url}/admin/")
    sign_in(page, contoh)
    page.get_by_role("link", name="Kios").first.wait_for(state="attached")
    page.goto(f"{contoh.url}/admin/kios/tambah")
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
