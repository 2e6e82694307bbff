"""What the tests of documents share: cards, pictures of them, and their words."""

from __future__ import annotations

import io

import zxingcpp
from PIL import Image
from pypdf import PdfReader

from skm_app.reports.qr import KARTU, Kartu, make_kartu_data, make_kartu_pdf, make_kartu_title
from skm_app.reports.typst_pdf import compile_png

URL = "http://127.0.0.1:8000/s/K7M3PA"
URL_PANJANG = "https://skm.contoh.go.id/" + "kepuasan-masyarakat/" * 8 + "s/K7M3PA-0123456"
KODE = "K7M3PA"
KANTOR = "Kecamatan Palaran"
NAMA = "Loket Pelayanan Umum"
PPI = 150


def make_pdf(url: str = URL, kantor: str = KANTOR, nama: str = NAMA) -> bytes:
    return make_kartu_pdf(Kartu(url=url, kode=KODE, kantor=kantor, nama=nama))


def make_picture(url: str = URL, kantor: str = KANTOR, nama: str = NAMA) -> Image.Image:
    """The same card as ``make_pdf``, as it would look on paper."""
    data = make_kartu_data(Kartu(url=url, kode=KODE, kantor=kantor, nama=nama))
    png = compile_png(KARTU, [data], make_kartu_title(nama), ppi=PPI)
    return Image.open(io.BytesIO(png)).convert("L")


def decode_qr(image: Image.Image) -> list[tuple[str, str]]:
    """Every code in the picture: its text and its level of error correction."""
    found = zxingcpp.read_barcodes(image.convert("L"))
    return [(code.text, code.ec_level) for code in found]


def read_words(pdf: bytes) -> str:
    """All text, without the spaces and marks at which a line may break."""
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    return squeeze(text)


def squeeze(text: str) -> str:
    return "".join(text.replace("\u200b", "").split())
