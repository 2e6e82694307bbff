"""Every page of the staff side that links lead to: accessible, and no wider than its screen."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import urlsplit

from playwright.sync_api import Page, expect

from tests.stories.conftest import DESKTOP, Demo, check_accessible, sign_in

WIDTHS = (320, 1280)
# Files, and what every page links to in the same way.
NO_PAGE = re.compile(r"\.(png|svg|pdf|docx|xlsx|csv)(\?|$)|[?&]unduh=|/catatan/unduh")
PLACES = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|[0-9]+|(?<=/teks/)[a-z-]+")


def kind_of(address: str) -> str:
    """What a page is, whichever row it is about."""
    return PLACES.sub("*", urlsplit(address).path)


def links_of(page: Page) -> list[str]:
    found: list[str] = page.evaluate(
        "[...document.querySelectorAll('a[href]')].map((one) => one.href)"
    )
    base = page.url.split("/admin/")[0]
    return [one for one in found if one.startswith(f"{base}/admin/") and not NO_PAGE.search(one)]


def test_every_page_that_a_link_leads_to_is_accessible(
    demo: Demo, open_page: Callable[..., Page]
) -> None:
    page = open_page(viewport=DESKTOP)
    sign_in(page, demo)
    waiting, seen = [demo.admin], {kind_of(demo.admin)}
    while waiting:
        address = waiting.pop()
        page.set_viewport_size({"width": WIDTHS[-1], "height": 900})
        response = page.goto(address)
        assert response is not None
        assert response.status == 200, f"{address}: {response.status}"
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            check_accessible(page)
        for link in links_of(page):
            if kind_of(link) not in seen:
                seen.add(kind_of(link))
                waiting.append(link)
    # The menu alone leads to this many; fewer would mean that the walk broke off.
    assert len(seen) > 40, sorted(seen)


def test_the_menu_and_a_form_work_by_keyboard_alone(
    demo: Demo, open_page: Callable[..., Page]
) -> None:
    page = open_page(viewport=DESKTOP)
    sign_in(page, demo)
    # The first stop leads past the menu.
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Langsung ke isi")
    while page.evaluate("document.activeElement.textContent.trim()") != "Layanan":
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name="Layanan")).to_be_visible()
    while page.evaluate("document.activeElement.textContent.trim()") != "Tambah layanan":
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name="Tambah layanan")).to_be_visible()
    while page.evaluate("document.activeElement.name") != "nama":
        page.keyboard.press("Tab")
    page.keyboard.type("Surat pengantar nikah")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Surat pengantar nikah")
