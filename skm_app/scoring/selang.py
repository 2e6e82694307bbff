"""The 95 % interval of an index: how far chance alone may have moved it.

An index is a weighted sum of means of the same people's answers. The tallies hold each question's
own spread, but not how the answers of one person go together, so the exact variance cannot be had
from them. What can be had is its upper bound: by Cauchy-Schwarz the standard deviation of a sum
is at most the sum of the standard deviations, which it reaches when every answer of a person
rises and falls with all the others. The interval is therefore never too narrow; with answers as
related as real ones it is 1.3 to 2 times as wide as an exact one (docs/decisions/011-interval.md).

Source: Cochran, Sampling Techniques (1977), (2.18) for the variance of a mean with the correction
for a finite population and 2.7 for Student's t; the bound is the Cauchy-Schwarz inequality.
PermenPANRB 14/2017 asks for no interval.
"""

from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction

from skm_app.scoring.ikm import SKALA
from skm_app.scoring.instrumen import Instrumen
from skm_app.scoring.pembulatan import round_half_up
from skm_app.scoring.rekap import Rekap, Sebaran

TERENDAH, TERTINGGI = Decimal("25.00"), Decimal("100.00")
DIGITS = 40  # of the square roots; the result shows 4

# Two-sided 5 % points of Student's t, by degrees of freedom.
_T_1_TO_30 = (
    "12.706", "4.303", "3.182", "2.776", "2.571", "2.447", "2.365", "2.306", "2.262", "2.228",
    "2.201", "2.179", "2.160", "2.145", "2.131", "2.120", "2.110", "2.101", "2.093", "2.086",
    "2.080", "2.074", "2.069", "2.064", "2.060", "2.056", "2.052", "2.048", "2.045", "2.042",
)  # fmt: skip
_T_ABOVE = ((1000, "1.962"), (120, "1.980"), (60, "2.000"), (40, "2.021"), (30, "2.042"))


@dataclass(frozen=True, kw_only=True)
class Selang:
    """From ``bawah`` to ``atas``, both 25..100 with two decimals.

    ``terkoreksi``: narrowed because a known part of all service users was asked.
    """

    bawah: Decimal
    atas: Decimal
    terkoreksi: bool


def compute_selang(
    instrumen: Instrumen, rekap: Rekap, ikm: Decimal, populasi: int | None = None
) -> Selang | None:
    """Return the interval around an index that these tallies gave.

    :param ikm: the index as it is shown, 25..100; a convention that rounds on the way moves it by
        less than the interval is wide.
    :param populasi: service users in the period. A number smaller than the respondents cannot be
        right and is left out of account.
    :return: ``None`` if some question has fewer than two answers, or if nobody's answers differ:
        then the tallies say nothing about chance.
    """
    sebaran = [rekap[butir.kunci] for butir in instrumen.butir]
    fewest = min(one.terisi for one in sebaran)
    if fewest < 2 or all(_variance(one) == 0 for one in sebaran):
        return None
    known = populasi if populasi and populasi >= max(one.terisi for one in sebaran) else None
    with localcontext() as context:
        context.prec = DIGITS
        total = sum((_deviation(instrumen, rekap, kunci, known) for kunci in rekap), Decimal(0))
        half = SKALA * compute_t(fewest - 1) * total
    return Selang(
        bawah=max(TERENDAH, round_half_up(Fraction(ikm) - Fraction(half), 2)),
        atas=min(TERTINGGI, round_half_up(Fraction(ikm) + Fraction(half), 2)),
        terkoreksi=known is not None,
    )


def compute_t(derajat: int) -> Decimal:
    """Return the two-sided 5 % point of Student's t; between two table rows the larger one.

    :raise ValueError: if there is no degree of freedom.
    """
    if derajat < 1:
        raise ValueError(f"derajat bebas harus 1 atau lebih, bukan {derajat}")
    if derajat <= len(_T_1_TO_30):
        return Decimal(_T_1_TO_30[derajat - 1])
    return Decimal(next(value for least, value in _T_ABOVE if derajat >= least))


def _deviation(instrumen: Instrumen, rekap: Rekap, kunci: str, populasi: int | None) -> Decimal:
    """Standard deviation of what one question adds to the index (in answers, 1..4)."""
    unsur_kunci = next(butir.unsur for butir in instrumen.butir if butir.kunci == kunci)
    bobot = next(unsur.bobot for unsur in instrumen.unsur if unsur.kunci == unsur_kunci)
    sebaran = rekap[kunci]
    # The mean of an unsur weighs its questions by how many answered each.
    asked = sum(rekap[butir.kunci].terisi for butir in instrumen.butir_of(unsur_kunci))
    weight = bobot * Fraction(sebaran.terisi, asked)
    unseen = 1 - Fraction(sebaran.terisi, populasi) if populasi else Fraction(1)
    square = weight**2 * _variance(sebaran) / sebaran.terisi * unseen
    return (Decimal(square.numerator) / Decimal(square.denominator)).sqrt()


def _variance(sebaran: Sebaran) -> Fraction:
    """Variance of the answers given, with n - 1."""
    squares = sebaran.n1 + 4 * sebaran.n2 + 9 * sebaran.n3 + 16 * sebaran.n4
    spread = squares - Fraction(sebaran.jumlah**2, sebaran.terisi)
    return spread / (sebaran.terisi - 1)
