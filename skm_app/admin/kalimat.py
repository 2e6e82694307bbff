"""Small words for computed sentences."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

from skm_app.angka import format_angka
from skm_app.scoring import round_half_up
from skm_app.tanggal import BULAN


def format_bulan(day: date) -> str:
    """``Januari 2025``."""
    return f"{BULAN[day.month - 1]} {day.year}"


def format_selisih(value: Decimal) -> str:
    """A difference without its sign, two decimals."""
    return format_angka(abs(value), 2)


def compute_share(part: int, whole: int) -> Decimal:
    """A share in percent, one decimal; of nothing it is 0."""
    return round_half_up(Fraction(part, whole) * 100 if whole else 0, 1)
