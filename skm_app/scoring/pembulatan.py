"""Rounding, in the one place where it happens.

Offices, Excel and PHP round half up; Python's ``round`` and ``Decimal`` round half
to even, and turn 87.225 into 87.22. Every rounded figure goes through here.
"""

from decimal import Decimal
from fractions import Fraction


def round_half_up(value: Fraction | Decimal | int, places: int) -> Decimal:
    """Round exactly to ``places`` decimals; a half goes away from zero.

    :param value: an exact number. A float is refused, because it has already lost
        the digit that decides (87.225 is stored as 87.22499...).
    :param places: number of decimals, 0 or more; the result carries all of them.
    :raise TypeError: if ``value`` is not an exact number.
    :raise ValueError: if ``places`` is negative or ``value`` is not finite.
    """
    if not isinstance(value, Fraction | Decimal | int):
        raise TypeError(f"round_half_up needs an exact number, not {type(value).__name__}")
    if places < 0:
        raise ValueError(f"places must be 0 or more, not {places}")
    if isinstance(value, Decimal) and not value.is_finite():
        raise ValueError(f"cannot round {value}")

    scaled = Fraction(value) * 10**places
    whole = (2 * abs(scaled.numerator) + scaled.denominator) // (2 * scaled.denominator)
    sign = 1 if scaled < 0 and whole else 0
    # Built from its digits: Decimal arithmetic would round to the context's precision.
    return Decimal((sign, tuple(int(digit) for digit in str(whole)), -places))
