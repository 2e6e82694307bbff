"""Charts of documents, drawn by typst: the same drawing in the PDF and, as a picture, in the DOCX.

Only lengths are computed here, as shares of the value axis; every figure that is written comes
from ``Grafik.tulis`` as it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_CEILING, Decimal
from typing import Any

from skm_app.angka import format_angka
from skm_app.reports.dokumen import Deret, Grafik
from skm_app.reports.teks import clean_line
from skm_app.reports.typst_pdf import compile_png

TEMPLATE = "grafik_png.typ"
PPI = 300  # what an office printer shows
MAX_ANGKA_SUMBU = 6
LANGKAH = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))


def make_grafik_png(grafik: Grafik, lebar_mm: int = 160) -> bytes:
    """Draw a chart on white, 300 dots per inch, as high as it needs to be.

    :param lebar_mm: the width at which it is printed; its words are sized for it.
    :raise ValueError: if the parts of the chart do not fit together.
    """
    return compile_png(TEMPLATE, make_grafik_data(grafik) | {"lebar": lebar_mm}, "Grafik", ppi=PPI)


def make_grafik_data(grafik: Grafik) -> dict[str, Any]:
    """Collect what the template draws.

    :raise ValueError: if there is no label or series, the axis has no length, or a series has
        not one value and one text per label.
    """
    _check(grafik)
    span = grafik.atas - grafik.bawah
    whole = grafik.jenis == "tumpuk"

    def place(value: Decimal) -> float:
        # On one bar each share has a length of its own; elsewhere a value has a place.
        share = (value if whole else value - grafik.bawah) / span
        return float(round(min(max(share, Decimal(0)), Decimal(1)), 5))

    def draw(deret: Deret, tulis: Sequence[str]) -> dict[str, Any]:
        return {
            "nama": clean_line(deret.nama),
            "bagian": [None if value is None else place(value) for value in deret.nilai],
            "tulis": [clean_line(text) for text in tulis],
        }

    return {
        "jenis": grafik.jenis,
        "label": [clean_line(label) for label in grafik.label],
        "deret": [draw(*pair) for pair in zip(grafik.deret, grafik.tulis, strict=True)],
        "sumbu": [
            {"tulis": format_angka(tick), "di": float(round((tick - grafik.bawah) / span, 5))}
            for tick in make_sumbu(grafik.bawah, grafik.atas)
        ],
        "satuan": clean_line(grafik.satuan),
        "batas": [
            {"nama": clean_line(nama), "di": place(value)}
            for nama, value in grafik.batas
            if grafik.bawah <= value <= grafik.atas
        ],
    }


def make_sumbu(bawah: Decimal, atas: Decimal) -> list[Decimal]:
    """Choose the few round values that an axis names, from low to high, both ends if they can be.

    :param atas: more than ``bawah``.
    """
    size = Decimal(10) ** ((atas - bawah).adjusted() - 1)
    choices = [_count_off(bawah, atas, one * size * scale) for scale in (1, 10) for one in LANGKAH]
    few = [ticks for ticks in choices if 2 <= len(ticks) <= MAX_ANGKA_SUMBU]
    whole = [ticks for ticks in few if ticks[0] == bawah and ticks[-1] == atas]
    return [_plain(tick) for tick in (whole or few)[0]]


def _count_off(bawah: Decimal, atas: Decimal, step: Decimal) -> list[Decimal]:
    first = (bawah / step).to_integral_value(ROUND_CEILING) * step
    return [first + number * step for number in range(int((atas - first) // step) + 1)]


def _plain(value: Decimal) -> Decimal:
    """Drop zeros behind the comma."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


def _check(grafik: Grafik) -> None:
    if not grafik.label or not grafik.deret:
        raise ValueError("A chart needs a label and a series")
    if grafik.atas <= grafik.bawah:
        raise ValueError("The axis of a chart runs from low to high")
    if grafik.jenis == "batang" and len(grafik.deret) != 1:
        raise ValueError("A chart of bars shows one series")
    if len(grafik.tulis) != len(grafik.deret):
        raise ValueError("Each series of a chart needs its texts")
    wanted = len(grafik.label)
    for deret, tulis in zip(grafik.deret, grafik.tulis, strict=True):
        if len(deret.nilai) != wanted or len(tulis) != wanted:
            raise ValueError(f"{deret.nama}: not one value and one text per label")
