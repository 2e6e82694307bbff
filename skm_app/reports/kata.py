"""Small words of documents: names in a row, shares, spans of days."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from fractions import Fraction

from skm_app.angka import format_angka, format_persen
from skm_app.reports.teks import clean_lines
from skm_app.scoring import round_half_up
from skm_app.tanggal import BULAN, format_tanggal

TITIK = "…………"  # for the office to fill in by hand
ISIAN = " ".join([TITIK] * 4)  # a line to write on, which may be broken
_KOSONG = re.compile(r"\n{3,}")


def alinea(*parts: str) -> str:
    """Paragraphs, or lists, of a text block; empty ones are left out."""
    return "\n\n".join(part for part in parts if part)


def kalimat(*parts: str) -> str:
    """Sentences of one paragraph; empty ones are left out."""
    return " ".join(part for part in parts if part)


def daftar(items: Iterable[str]) -> str:
    """Lines that are set as a list."""
    return "\n".join(f"- {item}" for item in items)


def hitung_persen(part: int, whole: int) -> Decimal:
    """A share in percent, one decimal; of nothing it is 0."""
    return round_half_up(Fraction(part, whole) * 100 if whole else 0, 1)


def persen(part: int, whole: int) -> str:
    """``66,1%``; something that rounds to nothing is ``kurang dari 0,1%``."""
    share = hitung_persen(part, whole)
    return "kurang dari 0,1%" if part and not share else format_persen(share, 1)


def orang(count: int) -> str:
    """``1.234 orang``."""
    return f"{format_angka(count)} orang"


def urutan(items: Iterable[str]) -> str:
    """Lines that are set as a numbered list."""
    return "\n".join(f"{nomor}. {item}" for nomor, item in enumerate(items, start=1))


def rentang(mulai: date, sampai: date) -> str:
    """``3 Januari 2025``; ``3 Januari 2025 sampai 5 Maret 2025``; one year is named once."""
    if mulai == sampai:
        return format_tanggal(mulai)
    first = format_tanggal(mulai)
    if mulai.year == sampai.year:
        first = f"{mulai.day} {BULAN[mulai.month - 1]}"
    return f"{first} sampai {format_tanggal(sampai)}"


def akhiri(text: str) -> str:
    """The same as a sentence: with a full stop, unless it ends in a mark of its own."""
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


def rapikan(text: str) -> str:
    """Text of several lines as it is kept: what no font prints is gone, no two empty lines."""
    return _KOSONG.sub("\n\n", clean_lines(text)).strip()
