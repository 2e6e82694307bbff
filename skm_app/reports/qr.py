"""QR code of a titik's address, alone and on cards that stand on a counter."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from PIL import Image
from qrcode.constants import ERROR_CORRECT_H
from qrcode.main import QRCode

from skm_app.reports.teks import clean_line
from skm_app.reports.typst_pdf import compile_pdf

QUIET_ZONE = 4  # modules, as ISO/IEC 18004 asks
CETAK_CM = 10  # printed size the PNG is made for
MIN_PIXELS = 2362  # 10 cm at 600 dots per inch

KARTU = "kartu.typ"
# How cards can be printed, and the template of each.
LEMBAR = {"a5": KARTU, "empat": "lembar.typ", "tenda": "tenda.typ"}


@dataclass(frozen=True, kw_only=True)
class Kartu:
    """What one card says.

    ``url``: what the code holds; printed under it, so that a sticker over the code is noticed.
    ``kode``, ``nama``: the titik's short code and name. ``kantor``: the name of its unit.
    """

    url: str
    kode: str
    kantor: str
    nama: str


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


def make_kartu_pdf(kartu: Kartu) -> bytes:
    """Make the A5 card for a counter.

    :raise ValueError: if the address is too long for a QR code.
    """
    return compile_pdf(KARTU, [make_kartu_data(kartu)], make_kartu_title(kartu.nama))


def make_lembar_pdf(semua: Sequence[Kartu], bentuk: str) -> bytes:
    """Make one document of many cards.

    :param bentuk: a key of ``LEMBAR``: a page each (``a5``), four to an A4 page (``empat``), or
        twice on a page that is folded to stand on a table (``tenda``).
    :raise ValueError: if an address is too long for a QR code.
    """
    data = [make_kartu_data(kartu) for kartu in semua]
    return compile_pdf(LEMBAR[bentuk], data, make_kartu_title(f"{len(semua)} titik"))


def make_kartu_data(kartu: Kartu) -> dict[str, str]:
    """Collect what the card's template prints."""
    return {
        "qr": make_qr_svg(kartu.url).decode("ascii"),
        "url": kartu.url,
        "kode": kartu.kode,
        "kantor": clean_line(kartu.kantor),
        "nama": clean_line(kartu.nama),
    }


def make_kartu_title(nama: str) -> str:
    """Name the card, for the reader's window and for screen readers."""
    return f"Kartu kode QR Survei Kepuasan Masyarakat: {clean_line(nama)}"


def _encode(url: str) -> list[list[bool]]:
    code = QRCode(error_correction=ERROR_CORRECT_H, border=QUIET_ZONE)
    code.add_data(url)
    code.make(fit=True)
    return code.get_matrix()
