"""The codes, read by a decoder that is not ours."""

from __future__ import annotations

import io

import pytest
import typst
from PIL import Image

from skm_app.reports.qr import make_qr_png, make_qr_svg
from tests.reports.kartu import URL, URL_PANJANG, decode_qr

ADDRESSES = [
    pytest.param(URL, id="short"),
    pytest.param("https://skm.palaran.samarindakota.go.id/s/K7M3PA?b=en", id="with a query"),
    pytest.param(URL_PANJANG, id="200 characters"),
]


def open_png(url: str) -> Image.Image:
    return Image.open(io.BytesIO(make_qr_png(url)))


def test_the_long_address_of_these_tests_has_200_characters() -> None:
    assert len(URL_PANJANG) >= 200


@pytest.mark.parametrize("url", ADDRESSES)
def test_the_png_says_the_address_at_level_h(url: str) -> None:
    assert decode_qr(open_png(url)) == [(url, "H")]


@pytest.mark.parametrize("url", ADDRESSES)
def test_the_svg_says_the_address_at_level_h(url: str) -> None:
    png = typst.compile(
        b"#set page(width: 8cm, height: 8cm, margin: 0cm)\n"
        b'#image(bytes(sys.inputs.svg), format: "svg", width: 100%)',
        format="png",
        ppi=300,
        sys_inputs={"svg": make_qr_svg(url).decode()},
        ignore_system_fonts=True,
    )
    assert decode_qr(Image.open(io.BytesIO(png))) == [(url, "H")]


@pytest.mark.parametrize("url", ADDRESSES)
def test_the_png_prints_at_10_cm_with_600_dots_per_inch(url: str) -> None:
    image = open_png(url)
    across, down = image.info["dpi"]
    assert min(across, down) >= 599.9
    assert image.width / across * 2.54 == pytest.approx(10, abs=0.01)
    assert image.height / down * 2.54 == pytest.approx(10, abs=0.01)


@pytest.mark.parametrize("url", ADDRESSES)
def test_four_white_modules_surround_the_code(url: str) -> None:
    image = open_png(url).convert("L")
    dark = image.point(lambda value: 255 - value).getbbox()
    assert dark is not None
    left, top, right, bottom = dark
    finder = next(x for x in range(left, image.width) if image.getpixel((x, top)) == 255) - left
    module = finder / 7  # the finder pattern is seven modules wide
    for gap in (left, top, image.width - right, image.height - bottom):
        assert gap == 4 * module


def test_the_code_is_still_read_with_a_sign_over_its_middle() -> None:
    image = open_png(URL).convert("L")
    side = image.width // 5
    start = (image.width - side) // 2
    image.paste(255, (start, start, start + side, start + side))
    assert [text for text, _ in decode_qr(image)] == [URL]


def test_the_same_address_gives_the_same_bytes() -> None:
    assert make_qr_png(URL) == make_qr_png(URL)
    assert make_qr_svg(URL) == make_qr_svg(URL)


def test_an_address_too_long_for_a_code_is_refused() -> None:
    with pytest.raises(ValueError, match=r"."):
        make_qr_png("https://contoh.go.id/" + "a" * 2000)
