"""Sheets of cards: every code on them is read as the address printed under it."""

from __future__ import annotations

import io

import pytest
from PIL import Image
from pypdf import PdfReader

from skm_app.reports.qr import LEMBAR, Kartu, make_kartu_data, make_lembar_pdf
from skm_app.reports.typst_pdf import compile_png
from tests.reports.kartu import PPI, URL_PANJANG, decode_qr, read_words, squeeze

MM = 72 / 25.4  # points
ALAMAT = "https://skm.palaran.samarindakota.go.id/s/K7M3P"


def make_kartu(jumlah: int, nama: str = "Loket") -> list[Kartu]:
    return [
        Kartu(
            url=f"{ALAMAT}{number}", kode=f"K7M3P{number}", kantor="Kecamatan Palaran",
            nama=f"{nama} {number}",
        )
        for number in range(jumlah)
    ]  # fmt: skip


def make_picture(bentuk: str, kartu: list[Kartu]) -> Image.Image:
    """A sheet of one page as it would look on paper."""
    data = [make_kartu_data(one) for one in kartu]
    return Image.open(io.BytesIO(compile_png(LEMBAR[bentuk], data, "lembar", ppi=PPI)))


@pytest.mark.parametrize(
    ("bentuk", "pages", "width", "height"),
    [("a5", 9, 148, 210), ("empat", 3, 210, 297), ("tenda", 9, 297, 210)],
)
def test_nine_cards_fill_as_many_pages_of_the_right_size(
    bentuk: str, pages: int, width: int, height: int
) -> None:
    made = PdfReader(io.BytesIO(make_lembar_pdf(make_kartu(9), bentuk))).pages

    assert len(made) == pages
    for page in made:
        assert float(page.mediabox.width) == pytest.approx(width * MM, abs=0.1)
        assert float(page.mediabox.height) == pytest.approx(height * MM, abs=0.1)


@pytest.mark.parametrize(
    ("bentuk", "jumlah", "kali"), [("a5", 1, 1), ("empat", 4, 1), ("tenda", 1, 2)]
)
@pytest.mark.parametrize("nama", ["Loket", "W" * 190], ids=["usual", "long"])
def test_every_code_on_a_page_is_read_as_the_address_under_it(
    bentuk: str, jumlah: int, kali: int, nama: str
) -> None:
    kartu = make_kartu(jumlah, nama)

    found = decode_qr(make_picture(bentuk, kartu))

    assert sorted(found) == sorted([(one.url, "H") for one in kartu] * kali)
    words = read_words(make_lembar_pdf(kartu, bentuk))
    for one in kartu:
        assert words.count(one.url) == kali
        assert words.count(squeeze(one.nama)) == kali


def test_a_long_address_is_still_read_from_a_quarter_of_a_page() -> None:
    kartu = [Kartu(url=URL_PANJANG, kode="K7M3PA", kantor="Kecamatan Palaran", nama="Loket")] * 4

    assert decode_qr(make_picture("empat", kartu)) == [(URL_PANJANG, "H")] * 4


def test_two_runs_give_the_same_bytes() -> None:
    assert make_lembar_pdf(make_kartu(3), "empat") == make_lembar_pdf(make_kartu(3), "empat")
