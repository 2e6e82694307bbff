"""A tablet at the counter: paired, used by hand and by keyboard, watched by the operator."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.kios.tablet import PIN
from tests.kios.tapping import TABLET, Kiosk, Office, open_office
from tests.offices import LOKET, count_responden, list_responden, list_saran, read_nilai
from tests.stories.conftest import DESKTOP, PHONE, Demo, check_accessible, sign_in


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with open_office(tmp_path_factory.mktemp("kios")) as office:
        yield office


@pytest.fixture
def kiosk(office: Office, open_page: Callable[..., Page]) -> Kiosk:
    """A paired tablet at the counter of Kecamatan Palaran, where two services are given."""
    page = open_page(viewport=TABLET)
    page.clock.install()
    return Kiosk(page, office, LOKET).pair()


def test_a_citizen_answers_complains_and_keeps_the_code(kiosk: Kiosk, office: Office) -> None:
    before = count_responden(office.database)
    page = kiosk.page
    kiosk.begin()
    page.get_by_role("button", name="Surat tidak mampu").click()
    chosen = ["Kurang sesuai", "Mudah", "Tidak tahu / tidak memakai", "Gratis"]
    for number, words in enumerate(chosen, start=1):
        expect(page.get_by_text(f"Pertanyaan {number} dari 9")).to_be_visible()
        kiosk.press(words)

    # Back shows what was answered, and it can be changed.
    kiosk.press("Kembali")
    expect(page.locator('[aria-pressed="true"]')).to_have_text("Gratis")
    kiosk.press("Sangat mahal")
    for _ in range(5):
        kiosk.answer(3)
    kiosk.press("Perempuan")
    kiosk.press("Lewati")
    kiosk.press("Kembali")
    kiosk.press("26–34 tahun")
    kiosk.press("D4/S1")
    kiosk.press("Lewati")

    # A complaint without words is asked for, the rest stays.
    page.get_by_text("Ini pengaduan, mohon ditindaklanjuti").click()
    kiosk.press("Kirim jawaban")
    expect(page.get_by_text("Tuliskan pengaduan Anda")).to_be_visible()
    page.get_by_label("Apa yang perlu kami perbaiki?").fill("Antrean lama <b>\nkursi rusak")
    page.get_by_text("Petugas membantu saya mengisi").click()
    kiosk.stop_clock()
    kiosk.press("Kirim jawaban")

    kiosk.expect_heading("Terima kasih")
    expect(page.get_by_text("Jawaban Anda sudah terkirim")).to_be_visible()
    assert re.fullmatch(r"(\w{4}-){2}\w{4}", page.locator(".kode").inner_text())
    stored = {one.id: one for one in list_responden(office.database)}
    assert len(stored) == before + 1
    (mine,) = [one for one in stored.values() if one.jenis_kelamin == "P"]
    assert (mine.kanal, mine.layanan_id) == ("kios", office.kantor.sktm)
    assert (mine.usia, mine.pendidikan, mine.pekerjaan) == ("26-34", "S1", None)
    assert (mine.dibantu, mine.waktu_perangkat is not None) == (True, True)
    nilai = read_nilai(office.database, mine.id)
    asked = ("persyaratan", "prosedur", "waktu", "biaya")
    assert [nilai[kunci] for kunci in asked] == [2, 3, None, 1]
    (saran,) = list_saran(office.database)
    assert (saran.teks, saran.pengaduan) == ("Antrean lama <b>\nkursi rusak", True)


def test_the_whole_way_works_by_keyboard_alone(kiosk: Kiosk, office: Office) -> None:
    before = count_responden(office.database)
    page = kiosk.page
    press_tab_until(page, "English")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    for number in range(1, 10):
        expect(page.get_by_text(f"Question {number} of 9")).to_be_visible()
        page.keyboard.press("Tab")
        page.keyboard.press("Space" if number % 2 else "Enter")
    for number in range(1, 5):
        expect(page.get_by_text(f"About you, {number} of 4")).to_be_visible()
        press_tab_until(page, "Skip")
        page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("Everything was fine.")
    press_tab_until(page, "Send answers")
    kiosk.stop_clock()
    page.keyboard.press("Enter")
    kiosk.expect_heading("Thank you")
    press_tab_until(page, "Done")
    page.keyboard.press("Enter")
    kiosk.expect_attract()
    assert count_responden(office.database) == before + 1


def press_tab_until(page: Page, words: str) -> None:
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == words:
            return
    raise AssertionError(f"{words} cannot be reached by keyboard")


@pytest.mark.parametrize("bahasa", ["Bahasa Indonesia", "English"])
@pytest.mark.parametrize("size", [(820, 1180), (1280, 800), (360, 740)])
def test_every_screen_of_a_visit_is_accessible(
    kiosk: Kiosk, bahasa: str, size: tuple[int, int]
) -> None:
    page = kiosk.page
    page.set_viewport_size({"width": size[0], "height": size[1]})
    check_accessible(page)
    kiosk.begin(bahasa)
    check_accessible(page)
    kiosk.answer(0)
    check_accessible(page)
    check_targets(page)
    for number in range(1, 10):
        expect(page.get_by_text(re.compile(f"(Pertanyaan|Question) {number} "))).to_be_visible()
        check_in_sight(page, whole=size[0] > PHONE["width"])
        kiosk.answer()
    check_accessible(page)
    kiosk.skip_profile()
    page.get_by_role("checkbox").first.check()
    page.locator("button.utama").click()
    expect(page.get_by_role("alert")).to_be_visible()
    check_accessible(page)
    page.get_by_role("textbox").fill("x")
    page.locator("button.utama").click()
    expect(page.locator(".kode")).to_be_visible()
    page.get_by_role("button", name=re.compile("Tampilkan lebih lama|Show it longer")).click()
    check_accessible(page)
    page.get_by_role("button", name=re.compile("Petugas|Staff")).click()
    check_accessible(page)
    kiosk.enter_pin("1111")
    expect(page.get_by_role("alert").filter(has_text=re.compile("salah|Wrong"))).to_be_visible()
    kiosk.enter_pin()
    expect(page.locator("dl")).to_be_visible()
    check_accessible(page)
    page.get_by_role("button", name=re.compile("Lepas tablet ini|Unpair this")).click()
    check_accessible(page)


def check_in_sight(page: Page, *, whole: bool) -> None:
    """The corner is; on a tablet every answer and the way back too, without scrolling."""
    expect(page.locator("footer")).to_be_in_viewport(ratio=1)
    room = page.evaluate(
        "document.querySelector('footer').getBoundingClientRect().top"
        " - document.querySelector('.arah').getBoundingClientRect().bottom"
    )
    assert room >= 0 or not whole, f"{room} px: {page.locator('h1').inner_text()}"


def check_targets(page: Page) -> None:
    """Every answer is at least 64 px high, as wide as its column, and named by words."""
    column = page.locator(".jawaban").bounding_box()
    assert column
    for one in page.locator(".jawaban button").all():
        box = one.bounding_box()
        assert box
        assert box["height"] >= 64
        assert box["width"] == pytest.approx(column["width"], abs=1)
        assert one.inner_text().strip()


def test_an_unpaired_tablet_asks_for_the_code_and_says_what_is_wrong(
    office: Office, open_page: Callable[..., Page]
) -> None:
    kiosk = Kiosk(open_page(viewport=TABLET), office, LOKET).open()
    kiosk.expect_heading("Pasang kios ini")
    check_accessible(kiosk.page)

    kiosk.page.get_by_label("Kode pasang").fill("SALAH123")
    kiosk.press("Pasang")
    expect(kiosk.page.get_by_text("Kode pasang salah")).to_be_visible()
    check_accessible(kiosk.page)

    kode = office.make_code(LOKET)
    kiosk.pair(f"{kode[:4].lower()}-{kode[4:].lower()}")
    kiosk.page.reload()
    kiosk.expect_attract()


def test_the_operators_page_needs_the_pin_and_wrong_ones_cost_time(kiosk: Kiosk) -> None:
    page = kiosk.page
    kiosk.stop_clock()
    kiosk.press("Petugas")
    for _ in range(3):
        kiosk.enter_pin("0000")
        expect(page.get_by_text("PIN salah.")).to_be_visible()
        page.keyboard.type("1")
        expect(page.get_by_text("1 angka dimasukkan")).to_be_visible()
        page.keyboard.press("Backspace")

    # Now even the right one has to wait, also after a restart.
    kiosk.enter_pin()
    expect(page.get_by_text("Terlalu banyak percobaan")).to_be_visible()
    page.reload()
    kiosk.press("Petugas")
    kiosk.enter_pin()
    expect(page.get_by_text("Terlalu banyak percobaan")).to_be_visible()

    page.clock.fast_forward(31_000)
    for digit in PIN:
        page.get_by_role("button", name=digit, exact=True).click()
    kiosk.press("Masuk")
    kiosk.expect_heading("Halaman petugas")
    expect(page.get_by_text("cocok dengan server")).to_be_visible()

    # Nobody there: the page closes by itself.
    page.clock.fast_forward(46_000)
    expect(page.get_by_role("dialog")).to_be_visible()
    page.clock.fast_forward(21_000)
    kiosk.expect_attract()


def test_the_corner_warns_of_a_clock_that_is_off(
    office: Office, open_page: Callable[..., Page]
) -> None:
    page = open_page(viewport=TABLET)
    kiosk = Kiosk(page, office, LOKET)
    page.clock.install(time=time.time() - 5 * 60)
    kiosk.pair()

    expect(page.locator("#jam")).to_have_text("Jam tablet 5 menit lambat")
    kiosk.begin("English")
    expect(page.locator("#jam")).to_have_text("Tablet clock 5 minutes slow")
    check_accessible(page)


def test_the_admin_adds_a_tablet_and_sees_it_work(
    demo: Demo, open_page: Callable[..., Page]
) -> None:
    admin = open_page(viewport=DESKTOP)
    sign_in(admin, demo)
    admin.goto(f"{demo.admin}kios/tambah")
    check_accessible(admin)
    admin.get_by_label("Titik").select_option(label="Loket pelayanan kecamatan")
    admin.get_by_label("Nama tablet").fill("Tablet ruang tunggu")
    admin.get_by_label("PIN petugas").fill(PIN)
    admin.get_by_role("button", name="Simpan").click()
    kode = admin.locator(".sandi-baru").inner_text()
    address = admin.locator(".pesan-sandi strong").last.inner_text()
    for width in (360, 1280):
        admin.set_viewport_size({"width": width, "height": 800})
        check_accessible(admin)
    row = admin.get_by_role("row", name=re.compile("Tablet ruang tunggu"))
    expect(row).to_contain_text("Menunggu dipasang")

    tablet = open_page(viewport=TABLET)
    tablet.goto(address)
    tablet.get_by_label("Kode pasang").fill(kode)
    tablet.get_by_role("button", name="Pasang").click()
    expect(tablet.locator("#kontak")).to_contain_text("Terhubung terakhir")

    admin.reload()
    expect(row).to_contain_text("Aktif")
    expect(row).to_contain_text("cocok")
    expect(admin.get_by_text(kode)).to_have_count(0)
    row.get_by_role("button", name="Cabut").click()
    expect(row).to_contain_text("Dicabut")
