"""Paper entry by keyboard alone: three forms, a closed tab, a lost network, stored."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.stories.conftest import DESKTOP, Demo, check_accessible, sign_in


def type_form(page: Page, digits: str, *, enter: bool = True) -> None:
    for key in digits:
        page.keyboard.press(key)
    if enter:
        page.keyboard.press("Enter")


def test_three_forms_are_typed_without_a_mouse_and_survive_a_closed_tab(
    demo: Demo, open_page: Callable[..., Page]
) -> None:
    # Given a batch of the first titik, of yesterday
    page = open_page(viewport=DESKTOP)
    sign_in(page, demo)
    page.goto(f"{demo.admin}kertas/tambah")
    check_accessible(page)
    page.get_by_label("Tanggal pengisian kuesioner").fill("2024-03-04")
    page.get_by_role("button", name="Buat batch").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ketik lembar 1")
    check_accessible(page)
    if page.locator("#layanan").count():
        page.locator("#layanan").select_option(index=1)
        page.locator('[data-soal="u1"] input').first.focus()

    # When the first form is typed with a slip that is taken back, and the second half-way
    type_form(page, "1234", enter=False)
    page.keyboard.press("Backspace")
    type_form(page, "12220")
    # Eight digits: the ninth question is still open, and says so
    expect(page.locator("#keadaan")).to_contain_text("Pertanyaan")
    type_form(page, "3", enter=False)
    page.keyboard.press("p")
    page.keyboard.press("Enter")
    expect(page.locator("#keadaan")).to_have_text("Lembar 1 tersimpan.")
    expect(page.get_by_role("heading", level=1)).to_have_text("Ketik lembar 2")
    type_form(page, "3334", enter=False)
    address, form_id = page.url, page.locator('[name="submission_id"]').input_value()
    context = page.context
    page.close()

    # Then it is still there when the tab is opened again
    page = context.new_page()
    page.goto(address)
    expect(page.locator("#keadaan")).to_have_text("Ketikan yang belum selesai dibuka kembali.")
    assert page.locator('input[name="u4"]:checked').get_attribute("value") == "4"
    # Under an id of its own: the same half-typed form may be open in two tabs.
    assert page.locator('[name="submission_id"]').input_value() != form_id

    # When the network is lost, the finished form waits here and says so
    context.set_offline(True)
    type_form(page, "33343")
    expect(page.locator("#keadaan")).to_contain_text("1 lembar belum terkirim")
    expect(page.get_by_role("heading", level=1)).to_have_text("Ketik lembar 3")
    context.set_offline(False)
    expect(page.locator("#keadaan")).to_have_text("Lembar 2 tersimpan.")
    type_form(page, "444444444")
    expect(page.locator("#keadaan")).to_have_text("Lembar 3 tersimpan.")

    # Then all three stand on the page of the batch and go into the results together
    page.get_by_role("link", name="Selesai mengetik").click()
    expect(page.get_by_text("3 lembar sudah diketik")).to_be_visible()
    check_accessible(page)
    page.get_by_role("button", name="Simpan ke hasil").click()
    expect(page.get_by_text("3 lembar dari batch")).to_be_visible()
    left = page.evaluate("Object.keys(localStorage).filter((k) => k.startsWith('skm-kertas'))")
    assert left == []
