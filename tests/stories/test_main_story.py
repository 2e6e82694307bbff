"""The main job: scan, answer on a phone, watch the index move, find it in sasaran 1."""

from __future__ import annotations

import io
import re
from collections.abc import Callable

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Page, expect

from tests.stories.conftest import DESKTOP, PHONE, Demo, check_accessible, sign_in

QUESTIONS = [f"u{number}" for number in range(1, 10)]


def answer(page: Page, field: str, value: str) -> None:
    # As a thumb does: the words are tapped, not the small circle.
    page.locator(f'label:has(input[name="{field}"][value="{value}"])').click()


def scan_first_qr(page: Page, demo: Demo) -> str:
    """Fetch the picture of the first QR code on the titik page and read it."""
    page.goto(f"{demo.admin}titik")
    link = page.get_by_role("link", name=re.compile("PNG")).first.get_attribute("href")
    picture = page.request.get(f"{demo.server.url}{link}").body()
    (found,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(picture)))
    return str(found.text)


def test_a_citizen_answers_on_a_phone_and_the_index_moves_on_the_admins_screen(
    demo: Demo, open_page: Callable[..., Page]
) -> None:
    # Given an admin who watches the dashboard
    admin = open_page(viewport=DESKTOP)
    sign_in(admin, demo)
    address = scan_first_qr(admin, demo)
    assert address.startswith(demo.server.url)
    admin.goto(demo.admin)
    before = int(admin.locator("#n").inner_text())
    ikm = admin.locator("#ikm").inner_text()

    # When a citizen scans the code with a phone that runs no scripts, and forgets a question
    phone = open_page(viewport=PHONE, java_script_enabled=False)
    phone.goto(address)
    expect(phone.get_by_text("9 pertanyaan, ± 1 menit, tanpa nama")).to_be_visible()
    layanan = phone.locator('input[type="radio"][name="layanan"]')
    if layanan.count():
        phone.locator('label:has(input[name="layanan"])').first.click()
    for field in QUESTIONS:
        if field != "u3":
            answer(phone, field, "1")
    phone.get_by_label("Apa yang perlu kami perbaiki?").fill("Antrean terlalu lama <b>& panas</b>")
    phone.get_by_text("Ini pengaduan, mohon ditindaklanjuti").click()
    phone.get_by_role("button", name="Kirim jawaban").click()

    # Then the missing question is named, everything else is still there
    expect(phone.get_by_role("link", name="Pertanyaan 3 (Waktu Penyelesaian)")).to_be_visible()
    assert phone.locator('input[name="u1"]:checked').get_attribute("value") == "1"
    answer(phone, "u3", "tidak-tahu")
    phone.get_by_role("button", name="Kirim jawaban").click()
    expect(phone.get_by_role("heading", name="Terima kasih")).to_be_visible()
    expect(phone.get_by_text("Kode pengaduan Anda")).to_be_visible()

    # And the admin's screen has moved by itself
    expect(admin.locator("#n")).to_have_text(str(before + 1))
    expect(admin.locator("#ikm")).not_to_have_text(ikm)

    # And going back and sending again stores nothing new
    phone.go_back()
    answer(phone, "u3", "tidak-tahu")
    phone.get_by_role("button", name="Kirim jawaban").click()
    expect(phone.get_by_role("heading", name="Terima kasih")).to_be_visible()
    admin.reload()
    expect(admin.locator("#n")).to_have_text(str(before + 1))


def test_the_closed_index_of_2024_stands_in_sasaran_1_beside_probebaya(
    demo: Demo, open_page: Callable[..., Page]
) -> None:
    page = open_page(viewport=DESKTOP)
    sign_in(page, demo)
    page.goto(f"{demo.admin}capaian?tahun=2024")
    words = page.locator("main").inner_text()
    for figure in ("87,23", "88,31", "98,78", "99,66", "120,07", "93,85", "111,29", "112,38"):
        assert figure in words, figure


def test_charts_cannot_be_uploaded_anywhere(demo: Demo, open_page: Callable[..., Page]) -> None:
    page = open_page(viewport=DESKTOP)
    sign_in(page, demo)
    expect(page.locator(".js-plotly-plot .main-svg").first).to_be_visible()
    assert page.locator("[data-title*='Share' i], [data-title*='cloud' i]").count() == 0
    expect(page.locator("a.modebar-btn--logo")).to_have_count(0)


@pytest.mark.parametrize("width", [320, 360, 820, 1280])
def test_public_pages_are_accessible_at_every_width(
    demo: Demo, open_page: Callable[..., Page], width: int
) -> None:
    page = open_page(viewport={"width": width, "height": 740})
    for path in (
        "/",
        demo.survey,
        f"{demo.survey}/terima-kasih?pengaduan=ACDEFHJKMNPR",
        "/tidak-ada",
    ):
        page.goto(path if path.startswith("http") else f"{demo.server.url}{path}")
        check_accessible(page)
    page.goto(demo.survey)
    page.get_by_role("button", name="Kirim jawaban").click()
    expect(page.get_by_role("alert")).to_be_visible()
    check_accessible(page)


def test_the_form_can_be_filled_by_keyboard_alone(
    demo: Demo, open_page: Callable[..., Page]
) -> None:
    page = open_page(viewport=PHONE)
    page.goto(demo.survey)
    for field in ("layanan", *QUESTIONS):
        page.keyboard.press("Tab")
        while page.evaluate("document.activeElement.name") != field:
            page.keyboard.press("Tab")
        page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Terima kasih")).to_be_visible()
