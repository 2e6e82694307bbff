"""Rounding half up, exactly."""

from decimal import Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skm_app.scoring import round_half_up


@pytest.mark.parametrize(
    ("value", "places", "expected"),
    [
        (Decimal("87.225"), 2, "87.23"),
        (Decimal("87.2249999"), 2, "87.22"),
        (Fraction(3, 9), 3, "0.333"),
        (Fraction(4, 9), 3, "0.444"),
        (Fraction(119, 36), 3, "3.306"),
        (Fraction(5, 2), 0, "3"),
        (4, 3, "4.000"),
        (0, 2, "0.00"),
        (Fraction(-1, 8), 2, "-0.13"),
        (Fraction(-1, 1000), 2, "0.00"),
        (Decimal("-87.225"), 2, "-87.23"),
    ],
)
def test_a_half_is_rounded_away_from_zero(
    value: Fraction | Decimal | int, places: int, expected: str
) -> None:
    assert str(round_half_up(value, places)) == expected


def test_a_float_is_refused_because_it_lost_the_deciding_digit() -> None:
    with pytest.raises(TypeError, match="float"):
        round_half_up(87.225, 2)  # type: ignore[arg-type]


@pytest.mark.parametrize("value", [Decimal("NaN"), Decimal("Infinity")])
def test_what_is_no_number_is_refused(value: Decimal) -> None:
    with pytest.raises(ValueError, match="cannot round"):
        round_half_up(value, 2)


def test_a_negative_number_of_decimals_is_refused() -> None:
    with pytest.raises(ValueError, match="places"):
        round_half_up(1, -1)


def test_the_precision_of_the_decimal_context_changes_nothing() -> None:
    with localcontext() as context:
        context.prec = 3
        assert str(round_half_up(Fraction(123456789, 1), 2)) == "123456789.00"


@given(st.fractions(), st.integers(0, 6))
def test_the_result_is_never_further_than_half_a_step(value: Fraction, places: int) -> None:
    distance = abs(Fraction(round_half_up(value, places)) - value)
    assert distance <= Fraction(1, 2 * 10**places)
