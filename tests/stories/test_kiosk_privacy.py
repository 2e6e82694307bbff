"""Nothing of one person is left for the next one."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import func, select

from skm_app.models import IsianTerputus
from tests.kios.tapping import TABLET, Kiosk, Office, open_office
from tests.offices import LOKET, count_responden
from tests.stories.conftest import check_accessible

# What one person typed; it must be found nowhere afterwards.
CANARY = "kenari kuning di sangkar"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with open_office(tmp_path_factory.mktemp("kios")) as office:
        yield office


@pytest.fixture
def kiosk(office: Office, open_page: Callable[..., Page]) -> Kiosk:
    """A paired tablet whose clock only the test moves."""
    page = open_page(viewport=TABLET)
    page.clock.install()
    kiosk = Kiosk(page, office, LOKET).pair()
    kiosk.stop_clock()
    return kiosk


def check_with_running_clock(kiosk: Kiosk) -> None:
    """As check_accessible, which itself waits."""
    kiosk.page.clock.resume()
    check_accessible(kiosk.page)
    kiosk.stop_clock()


def count_terputus(office: Office) -> int:
    with office.database.reading() as session:
        return session.scalar(select(func.sum(IsianTerputus.jumlah))) or 0


def reach_comment_with_canary(kiosk: Kiosk) -> None:
    kiosk.begin()
    kiosk.answer(1)
    kiosk.answer_questions()
    kiosk.page.get_by_role("button", name="Perempuan").click()
    for _ in range(3):
        kiosk.press("Lewati")
    kiosk.page.get_by_role("textbox").fill(CANARY)
    kiosk.page.get_by_text("Ini pengaduan").click()


def check_nothing_left(kiosk: Kiosk) -> None:
    """Neither on the screen, nor by Back, nor in any storage, nor in the next person's form."""
    page = kiosk.page
    assert CANARY not in page.content()
    assert CANARY not in json.dumps(kiosk.store())
    stored = page.evaluate(
        "async () => JSON.stringify([{...localStorage}, {...sessionStorage}, history.state,"
        " location.href, document.cookie, await Promise.all((await caches.keys()).map("
        "async (name) => Promise.all((await (await caches.open(name)).keys()).map("
        "(one) => one.url))))])"
    )
    assert CANARY not in stored
    assert "kenari" not in stored
    for _ in range(4):
        page.evaluate("history.back()")
        expect(page.locator("main.depan")).to_be_visible()
        assert CANARY not in page.content()
    kiosk.begin()
    expect(page.locator('[aria-pressed="true"]')).to_have_count(0)
    kiosk.answer(0)
    for _ in range(9):
        expect(page.locator('[aria-pressed="true"]')).to_have_count(0)
        kiosk.answer(0)
    for _ in range(4):
        expect(page.locator('[aria-pressed="true"]')).to_have_count(0)
        kiosk.press("Lewati")
    expect(page.get_by_role("textbox")).to_have_value("")
    expect(page.get_by_role("checkbox", checked=True)).to_have_count(0)


def test_who_walks_away_is_warned_then_forgotten_and_counted(kiosk: Kiosk, office: Office) -> None:
    page = kiosk.page
    stored, given_up = count_responden(office.database), count_terputus(office)
    reach_comment_with_canary(kiosk)

    page.clock.fast_forward(44_000)
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.clock.fast_forward(2_000)
    expect(page.get_by_role("dialog")).to_contain_text("Masih di sini?")
    expect(page.get_by_role("dialog")).to_contain_text("dalam 19 detik")
    check_with_running_clock(kiosk)
    page.clock.fast_forward(20_000)
    kiosk.expect_attract()

    check_nothing_left(kiosk)
    kiosk.press("Kirim jawaban")
    kiosk.expect_heading("Terima kasih")
    assert count_responden(office.database) == stored + 1
    assert count_terputus(office) == given_up + 1


@pytest.mark.parametrize("sign", ["tap", "key", "tap on the answer behind"])
def test_any_sign_of_life_extends_and_answers_nothing(kiosk: Kiosk, sign: str) -> None:
    page = kiosk.page
    kiosk.begin()
    kiosk.answer(0)
    place = page.locator(".jawaban button").nth(1).bounding_box()
    assert place
    for _ in range(3):
        page.clock.fast_forward(50_000)
        expect(page.get_by_role("dialog")).to_be_visible()
        if sign == "key":
            page.keyboard.press("Enter")
        elif sign == "tap":
            page.mouse.click(5, 5)
        else:
            page.mouse.click(place["x"] + 20, place["y"] + 20)
        expect(page.get_by_role("dialog")).to_have_count(0)
        expect(page.get_by_text("Pertanyaan 1 dari 9")).to_be_visible()
    kiosk.answer(1)
    expect(page.get_by_text("Pertanyaan 2 dari 9")).to_be_visible()


def test_typing_counts_as_being_there(kiosk: Kiosk) -> None:
    page = kiosk.page
    reach_comment_with_canary(kiosk)
    for _ in range(4):
        page.clock.fast_forward(40_000)
        page.get_by_role("textbox").press("End")
        page.keyboard.type("x")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_role("textbox")).to_have_value(f"{CANARY}xxxx")


def test_the_warning_speaks_the_language_of_the_person(kiosk: Kiosk) -> None:
    kiosk.begin("English")
    kiosk.page.clock.fast_forward(50_000)
    expect(kiosk.page.get_by_role("dialog")).to_contain_text("Are you still there?")
    check_with_running_clock(kiosk)


def test_a_form_that_was_only_looked_at_is_not_counted(kiosk: Kiosk, office: Office) -> None:
    given_up = count_terputus(office)
    kiosk.begin()
    kiosk.press("Kembali")
    kiosk.expect_attract()
    kiosk.begin("English")
    kiosk.page.clock.fast_forward(70_000)
    kiosk.expect_attract()
    kiosk.open_panel()
    kiosk.press("Kirim sekarang")
    expect(kiosk.page.get_by_text("Semua sudah terkirim.")).to_be_visible()
    assert count_terputus(office) == given_up


def test_a_form_that_was_sent_is_not_counted_as_given_up(kiosk: Kiosk, office: Office) -> None:
    stored, given_up = count_responden(office.database), count_terputus(office)
    reach_comment_with_canary(kiosk)
    kiosk.press("Kirim jawaban")
    kiosk.expect_heading("Terima kasih")
    kiosk.page.reload()
    kiosk.expect_attract()
    kiosk.open_panel()
    kiosk.press("Kirim sekarang")
    expect(kiosk.page.get_by_text("Semua sudah terkirim.")).to_be_visible()
    assert count_responden(office.database) == stored + 1
    assert count_terputus(office) == given_up


def test_the_thank_you_screen_goes_away_and_can_be_held(kiosk: Kiosk) -> None:
    page = kiosk.page
    reach_comment_with_canary(kiosk)
    kiosk.press("Kirim jawaban")
    kiosk.expect_heading("Terima kasih")
    code = page.locator(".kode").inner_text()
    page.clock.fast_forward(5_000)
    kiosk.press("Tampilkan lebih lama")
    page.clock.fast_forward(55_000)
    expect(page.locator(".kode")).to_have_text(code)
    page.clock.fast_forward(6_000)
    kiosk.expect_attract()
    assert code not in page.content()
    check_nothing_left(kiosk)

    # Without a complaint nothing holds it.
    kiosk.press("Kirim jawaban")
    kiosk.expect_heading("Terima kasih")
    expect(page.get_by_role("button", name="Tampilkan lebih lama")).to_have_count(0)
    page.clock.fast_forward(9_000)
    kiosk.expect_attract()


def test_back_during_a_visit_is_one_step_back(kiosk: Kiosk) -> None:
    page = kiosk.page
    kiosk.begin()
    kiosk.answer(0)
    kiosk.answer_questions(until=2)
    page.evaluate("history.back()")
    expect(page.get_by_text("Pertanyaan 2 dari 9")).to_be_visible()
    expect(page.locator('[aria-pressed="true"]')).to_have_count(1)


def test_a_tablet_that_stops_in_the_middle_forgets_the_answers_and_counts_the_form(
    kiosk: Kiosk, office: Office
) -> None:
    page = kiosk.page
    stored, given_up = count_responden(office.database), count_terputus(office)
    reach_comment_with_canary(kiosk)
    page.reload()
    kiosk.expect_attract()

    check_nothing_left(kiosk)
    page.reload()
    kiosk.expect_attract()
    kiosk.open_panel()
    kiosk.press("Kirim sekarang")
    expect(page.get_by_text("Semua sudah terkirim.")).to_be_visible()
    # The one of the canary, and the one that looked for it.
    assert count_terputus(office) == given_up + 2
    assert count_responden(office.database) == stored


def test_nothing_is_left_when_the_page_is_opened_again_from_elsewhere(
    kiosk: Kiosk, office: Office
) -> None:
    page = kiosk.page
    reach_comment_with_canary(kiosk)
    page.goto(f"{office.server.url}/")
    page.go_back()
    kiosk.expect_attract()
    check_nothing_left(kiosk)


def test_an_operator_who_looks_in_leaves_the_visit_as_it_is_without_the_pin(
    kiosk: Kiosk,
) -> None:
    page = kiosk.page
    reach_comment_with_canary(kiosk)
    kiosk.press("Petugas")
    assert CANARY not in page.content()
    kiosk.press("Kembali")
    expect(page.get_by_role("textbox")).to_have_value(CANARY)
    kiosk.open_panel()
    kiosk.press("Tutup halaman petugas")
    check_nothing_left(kiosk)
