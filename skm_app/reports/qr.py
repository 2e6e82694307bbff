"""QR code of a titik's address, alone and on a card that stands on a counter."""

from __future__ import annotations

import io
import unicodedata
from itertools import groupby

from PIL import Image
from qrcode.constants import ERROR_CORRECT_H
from qrcode.main import QRCode

from skm_app.reports.typst_pdf import compile_pdf

QUIET_ZONE = 4  # modules, as ISO/IEC 18004 asks
CETAK_CM = 10  # printed size the PNG is made for
MIN_PIXELS = 2362  # 10 cm at 600 dots per inch

KARTU = "kartu.typ"


def make_qr_svg(url: str) -> bytes:
    """Draw the code as one black path on white.

    :raise ValueError: if the address is too long for a QR code.
    """
    matrix = _encode(url)
    size = len(matrix)
    strokes = []
    for row, modules in enumerate(matrix):
        column = 0
        for dark, run in groupby(modules):
            length = len(list(run))
            if dark:
                strokes.append(f"M{column} {row}h{length}v1h-{length}z")
            column += length
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}"'
        f' width="{CETAK_CM}cm" height="{CETAK_CM}cm" shape-rendering="crispEdges">'
        f'<path fill="#fff" d="M0 0h{size}v{size}h-{size}z"/>'
        f'<path d="{"".join(strokes)}"/></svg>\n'
    ).encode("ascii")


def make_qr_png(url: str) -> bytes:
    """Draw the code in black and white, every module the same number of pixels.

    :raise ValueError: if the address is too long for a QR code.
    """
    matrix = _encode(url)
    size = len(matrix)
    image = Image.new("1", (size, size), 1)
    image.putdata([0 if dark else 255 for modules in matrix for dark in modules])
    pixels = size * -(-MIN_PIXELS // size)
    dots_per_inch = pixels * 2.54 / CETAK_CM
    file = io.BytesIO()
    image.resize((pixels, pixels), Image.Resampling.NEAREST).save(
        file, "PNG", optimize=True, dpi=(dots_per_inch, dots_per_inch)
    )
    return file.getvalue()


def make_kartu_pdf(*, url: str, kode: str, kantor: str, nama: str) -> bytes:
    """Make the A5 card for a counter.

    :param url: what the code holds; printed under it, so that a sticker over the code
        is noticed.
    :param kode: the titik's short code.
    :param nama: the titik's name.
    :raise ValueError: if the address is too long for a QR code.
    """
    return compile_pdf(KARTU, make_kartu_data(url, kode, kantor, nama), make_kartu_title(nama))


def make_kartu_data(url: str, kode: str, kantor: str, nama: str) -> dict[str, str]:
    """Collect what the card's template prints."""
    return {
        "qr": make_qr_svg(url).decode("ascii"),
        "url": url,
        "kode": kode,
        "kantor": keep_printable(kantor),
        "nama": keep_printable(nama),
    }


def make_kartu_title(nama: str) -> str:
    """Name the card, for the reader's window and for screen readers."""
    return f"Kartu kode QR Survei Kepuasan Masyarakat: {keep_printable(nama)}"


def keep_printable(text: str) -> str:
    """Drop what no text font prints: controls, direction marks, emoji."""
    words = " ".join(text.split())
    return " ".join("".join(filter(_is_printable, words)).split())


def _is_printable(letter: str) -> bool:
    is_emoji_part = ord(letter) > 0xFFFF or 0xFE00 <= ord(letter) <= 0xFE0F
    return not is_emoji_part and not unicodedata.category(letter).startswith("C")


def _encode(url: str) -> list[list[bool]]:
    code = QRCode(error_correction=ERROR_CORRECT_H, border=QUIET_ZONE)
    code.add_data(url)
    code.make(fit=True)
    return code.get_matrix()
