"""The card for a counter: what it says, and that no name can spoil it."""

from __future__ import annotations

import hashlib
import io
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader
from pypdf.generic import BooleanObject, DictionaryObject

from skm_app.reports.qr import KARTU, Kartu, make_kartu_data
from skm_app.reports.typst_pdf import FONTS, TEMPLATES, WAKTU, compile_pdf
from tests.reports.kartu import (
    KANTOR,
    KODE,
    NAMA,
    PPI,
    URL,
    URL_PANJANG,
    decode_qr,
    make_pdf,
    make_picture,
    read_words,
    squeeze,
)

ROOT = Path(__file__).resolve().parents[2]
MM = 72 / 25.4  # points

AWKWARD_NAMES = [
    pytest.param("Loket Pelayanan Administrasi Kependudukan " * 5, id="200 letters"),
    pytest.param("W" * 200, id="200 letters without a space"),
    pytest.param("#panic() #import \"@preview/a:1.0.0\" #read('kartu.typ')", id="typst code"),
    pytest.param("$x^2$ *tebal* _miring_ `kode` <a> @b [c] {d} = - + / ~", id="typst marks"),
    pytest.param("\"kutip\" 'satu' “dua” \\n \\u{41} \\ // /* */", id="quotes and backslashes"),
    pytest.param('", "url": "http://jahat.example", "x": "', id="json"),
]
LONG_ADDRESSES = [
    pytest.param(URL, id="short"),
    pytest.param("https://skm.kecamatanpalaran.samarindakota.go.id/s/K7M3PA", id="usual"),
    pytest.param(URL_PANJANG, id="200 characters"),
    pytest.param("https://contoh.go.id/" + "a" * 179, id="200 characters in one run"),
]


def assert_whole(picture: Image.Image) -> None:
    """Nothing is printed in the outer 5 mm, but for the band at the top."""
    strip = round(5 / 25.4 * PPI)
    band = round(7 / 25.4 * PPI)
    width, height = picture.size
    for box in (
        (0, band, strip, height),
        (width - strip, band, width, height),
        (0, height - strip, width, height),
    ):
        assert picture.crop(box).getextrema() == (255, 255)


def test_the_card_is_one_a5_page() -> None:
    pages = PdfReader(io.BytesIO(make_pdf())).pages
    assert len(pages) == 1
    assert float(pages[0].mediabox.width) == pytest.approx(148 * MM, abs=0.1)
    assert float(pages[0].mediabox.height) == pytest.approx(210 * MM, abs=0.1)


@pytest.mark.parametrize(
    "words",
    [
        KANTOR,
        "Survei Kepuasan Masyarakat",
        NAMA,
        "Pindai kode ini dengan kamera ponsel",
        "9 pertanyaan, ± 1 menit, tanpa nama",
        URL,
        f"Kode: {KODE}",
        "Kami tidak pernah meminta KTP, uang, atau kode OTP.",
    ],
)
def test_the_card_says(words: str) -> None:
    assert squeeze(words) in read_words(make_pdf())


@pytest.mark.parametrize("url", LONG_ADDRESSES)
def test_the_code_on_the_card_is_read_as_the_address_printed_under_it(url: str) -> None:
    picture = make_picture(url=url)
    assert_whole(picture)
    assert decode_qr(picture) == [(url, "H")]
    assert url in read_words(make_pdf(url=url))


@pytest.mark.parametrize("name", AWKWARD_NAMES)
def test_a_name_is_printed_as_it_was_typed(name: str) -> None:
    pdf = make_pdf(kantor=name, nama=name)
    assert len(PdfReader(io.BytesIO(pdf)).pages) == 1
    assert read_words(pdf).count(squeeze(name)) == 2


@pytest.mark.parametrize("name", AWKWARD_NAMES)
def test_a_name_leaves_the_code_and_the_margins_as_they_were(name: str) -> None:
    picture = make_picture(url=URL_PANJANG, kantor=name, nama=name)
    assert_whole(picture)
    assert decode_qr(picture) == [(URL_PANJANG, "H")]


def test_emoji_controls_and_direction_marks_are_left_out_of_a_name() -> None:
    pdf = make_pdf(nama="Loket \U0001f600\x00 \u202e1\ufe0f \ud800\n\t\U0001f469\u200d\U0001f467 A")
    title = "Kartu kode QR Survei Kepuasan Masyarakat: Loket 1 A"
    assert "MasyarakatLoket1APindai" in read_words(pdf)
    metadata = PdfReader(io.BytesIO(pdf)).metadata
    assert metadata is not None
    assert metadata.title == title


@pytest.mark.parametrize("name", ["", "\U0001f600", "A" * 8000, "kata " * 1000])
def test_an_empty_or_endless_name_still_gives_one_whole_page(name: str) -> None:
    assert len(PdfReader(io.BytesIO(make_pdf(kantor=name, nama=name))).pages) == 1
    picture = make_picture(kantor=name, nama=name)
    assert_whole(picture)
    assert decode_qr(picture) == [(URL, "H")]


def test_the_card_tells_a_screen_reader_its_language_and_title() -> None:
    reader = PdfReader(io.BytesIO(make_pdf()))
    root = reader.root_object
    assert str(root["/Lang"]) == "id-ID"
    mark_info = root["/MarkInfo"]
    assert isinstance(mark_info, DictionaryObject)
    assert mark_info["/Marked"] == BooleanObject(True)
    assert reader.metadata is not None
    assert reader.metadata.title == f"Kartu kode QR Survei Kepuasan Masyarakat: {NAMA}"


def test_the_card_carries_no_time_of_its_making() -> None:
    metadata = PdfReader(io.BytesIO(make_pdf())).metadata
    assert metadata is not None
    assert metadata.creation_date == metadata.modification_date == WAKTU


def test_half_a_surrogate_pair_in_the_data_does_not_stop_a_document() -> None:
    kartu = Kartu(url=URL, kode=KODE + "\ud800", kantor=KANTOR, nama=NAMA)
    pdf = compile_pdf(KARTU, [make_kartu_data(kartu)], "judul \ud800")
    assert f"Kode:{KODE}?" in read_words(pdf)


def test_only_the_shipped_font_is_used() -> None:
    objects = map(PdfReader(io.BytesIO(make_pdf())).get_object, range(1, 200))
    fonts = [each for each in objects if isinstance(each, DictionaryObject) and "/BaseFont" in each]
    names = {str(font["/BaseFont"]).split("+")[1] for font in fonts}
    assert names == {"OpenSans", "OpenSans-Bold"}


def test_the_shipped_fonts_have_their_licence_and_stay_under_1_mb() -> None:
    files = list(FONTS.iterdir())
    assert sum(file.stat().st_size for file in files) < 1_000_000
    assert "Apache License" in (FONTS / "LICENSE-OpenSans.txt").read_text(encoding="utf-8")


def test_no_template_fetches_a_package() -> None:
    templates = list(TEMPLATES.glob("*.typ"))
    assert templates
    for template in templates:
        assert "@" not in template.read_text(encoding="utf-8")


def test_two_runs_give_the_same_bytes() -> None:
    assert make_pdf() == make_pdf()


def test_another_process_gives_the_same_bytes() -> None:
    program = (
        "import hashlib; from tests.reports.kartu import make_pdf;"
        "print(hashlib.sha256(make_pdf()).hexdigest())"
    )
    other = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert other.stdout.strip() == hashlib.sha256(make_pdf()).hexdigest()
