"""Remakes the pictures in this folder from a fresh demo: ``make screens``."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Browser, Page, Route

from docs.layar.bersama import HERE, Contoh, open_contoh, sign_in
from docs.layar.kios import shoot_kios
from tests.phone.helpers import fill, send

WIDTHS = {360: 740, 820: 1180, 1280: 900}


def main() -> None:
    with open_contoh() as contoh:
        for width, height in WIDTHS.items():
            _citizen(contoh, width, height)
            _staff(contoh, width, height)
        shoot_kios(contoh)


def _page(browser: Browser, width: int, height: int) -> Page:
    # Without its worker: some states are made by answering in the server's place.
    return browser.new_page(
        viewport={"width": width, "height": height}, locale="id-ID", service_workers="block"
    )


def _citizen(contoh: Contoh, width: int, height: int) -> None:
    page = _page(contoh.browser, width, height)
    survey, url = contoh.find(r"Survei : (\S+)"), contoh.url
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


def _staff(contoh: Contoh, width: int, height: int) -> None:
    page, url = _page(contoh.browser, width, height), contoh.url
    page.goto(f"{url}/admin/")
    page.screenshot(path=HERE / f"masuk-{width}.png")
    sign_in(page, contoh)
    page.locator(".js-plotly-plot .main-svg").first.wait_for()
    page.screenshot(path=HERE / f"ringkasan-{width}.png")
    for name, path in (
        ("capaian", "capaian?tahun=2024"),
        ("rencana", "rencana"),
        ("probebaya", "probebaya?tahun=2024"),
        ("anggaran", "anggaran?tahun=2024"),
        ("akip", "capaian/akip"),
        ("nko", "capaian/nko?tahun=2024"),
        ("triwulan", "capaian/triwulan"),
        ("lkjip", "lkjip?tahun=2024"),
        ("lkjip-teks", "lkjip/teks?tahun=2024"),
        ("periksa", "periksa"),
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
