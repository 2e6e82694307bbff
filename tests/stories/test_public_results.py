"""Somebody at home reads the published results on a small phone, with and without scripts."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.stories.conftest import PHONE, Demo, check_accessible


def test_results_are_reached_from_the_front_page_and_read_without_scripts(
    demo: Demo, open_page: Callable[..., Page]
) -> None:
    page = open_page(viewport=PHONE, java_script_enabled=False)
    page.goto(demo.server.url)
    page.get_by_role("link", name="Lihat hasil selengkapnya").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Hasil survei")
    page.get_by_role("link", name="2024", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Hasil survei 2024")
    expect(page.get_by_text("87,23 pada skala 25 sampai 100")).to_be_visible()
    row = page.get_by_role("row", name="U1 Persyaratan")
    expect(row).to_contain_text("82,64")
    # The bar is drawn, and as long as its value says.
    bar, filled = row.locator("svg").bounding_box(), row.locator("rect").bounding_box()
    assert bar is not None
    assert filled is not None
    assert 0.7 < filled["width"] / bar["width"] < 0.85
    with page.expect_download() as saved:
        page.get_by_role("link", name="Data (CSV)", exact=True).click()
    assert saved.value.suggested_filename == "skm-2024.csv"
    address = page.url

    scripted = open_page(viewport=PHONE)
    for url in (f"{demo.server.url}/hasil", address, f"{address}?bahasa=en"):
        scripted.goto(url)
        check_accessible(scripted)
    assert scripted.context.cookies() == []
