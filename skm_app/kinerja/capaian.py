"""How far a target was reached."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from skm_app.scoring import round_half_up


def compute_capaian(realisasi: Decimal, target: Decimal) -> Decimal | None:
    """Capaian in percent of an indikator where higher is better, 2 decimals, half-up.

    :param realisasi: the reported figure, as printed (2 decimals), so that the reader can
        follow the division.
    :return: ``realisasi / target x 100``, or None when the target is 0: nothing was promised.

    Source: Perjanjian Kinerja and LKjIP, Bab III.A (realisasi / target x 100).
    """
    if target == 0:
        return None
    return round_half_up(Fraction(realisasi) / Fraction(target) * 100, 2)
