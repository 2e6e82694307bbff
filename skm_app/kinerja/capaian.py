"""How far a target was reached."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from skm_app.scoring import round_half_up

# Which way an indikator is better.
Arah = Literal["naik", "turun"]


def compute_capaian(realisasi: Decimal, target: Decimal, arah: Arah = "naik") -> Decimal | None:
    """Capaian in percent, 2 decimals, half-up; of the end of the Renstra, if that is the target.

    :param realisasi: the reported figure, as printed (2 decimals), so that the reader can
        follow the division.
    :param arah: ``turun`` where less is better: twice the target less the realisasi, over the
        target; never below 0.
    :return: ``realisasi / target x 100``, or None when the target is 0: nothing was promised.

    Source: Perjanjian Kinerja and LKjIP, Bab III.A (realisasi / target x 100). ``turun``: in
    general use in LKjIP, not confirmed; no indikator of the documents needs it.
    """
    exact = _compute_exact(realisasi, target, arah)
    return None if exact is None else round_half_up(exact, 2)


def is_tercapai(realisasi: Decimal, target: Decimal, arah: Arah = "naik") -> bool:
    """Whether a target was reached, by the figures themselves.

    Not by the rounded capaian: 249,99 of 250 are printed as 100,00 % and are not there yet.
    """
    return realisasi >= target if arah == "naik" else realisasi <= target


def compute_rata_rata(
    pasangan: Sequence[tuple[Decimal, Decimal]], arah: Arah = "naik"
) -> Decimal | None:
    """Mean of several capaian in percent, 2 decimals, half-up; None if there is none.

    Rounded once, at the end. Of capaian, not of realisasi, which the printed Tabel 3.3 averages.

    :param pasangan: realisasi and target of each year; those with a target of 0 are left out.
    """
    found = [_compute_exact(realisasi, target, arah) for realisasi, target in pasangan]
    known = [one for one in found if one is not None]
    return round_half_up(sum(known, Fraction(0)) / len(known), 2) if known else None


def _compute_exact(realisasi: Decimal, target: Decimal, arah: Arah) -> Fraction | None:
    if target == 0:
        return None
    if arah == "naik":
        return Fraction(realisasi) / Fraction(target) * 100
    return max((2 * Fraction(target) - Fraction(realisasi)) / Fraction(target) * 100, Fraction(0))
