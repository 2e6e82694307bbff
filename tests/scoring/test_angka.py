"""Numbers and dates as Indonesians write them."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skm_app.angka import format_angka, format_persen, parse_angka
from skm_app.tanggal import format_tanggal


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        (35_585_343_360, None, "35.585.343.360"),
        (Decimal("87.23"), None, "87,23"),
        (Decimal("87.225"), 2, "87,23"),
        (Decimal("3.306"), 3, "3,306"),
        (4, 3, "4,000"),
        (None, None, "–"),
        (None, 2, "–"),
        (0, None, "0"),
        (999, None, "999"),
        (1000, None, "1.000"),
        (Decimal("-1234.5"), None, "-1.234,5"),
        (Decimal("-0.004"), 2, "0,00"),
        (Decimal("1E+3"), None, "1.000"),
    ],
)
def test_a_number_is_written_with_dots_and_a_decimal_comma(
    value: Decimal | int | None, places: int | None, text: str
) -> None:
    assert format_angka(value, places) == text


def test_a_percentage_has_two_decimals_unless_told() -> None:
    assert format_persen(Decimal("98.777")) == "98,78%"
    assert format_persen(Decimal("98.777"), 0) == "99%"
    assert format_persen(None) == "–"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("87,23", "87.23"),
        ("87.23", "87.23"),
        (" 87.5 ", "87.5"),
        ("35.585.343.360", "35585343360"),
        ("1.234", "1234"),
        ("1.234,5", "1234.5"),
        ("0.123", "0.123"),
        ("1.2345", "1.2345"),
        ("-3", "-3"),
        ("1234567", "1234567"),
    ],
)
def test_a_typed_number_is_understood(text: str, value: str) -> None:
    assert parse_angka(text) == Decimal(value)


@pytest.mark.parametrize(
    "text", ["", "  ", "abc", "1,234.5", "12.34.567", "1,2,3", "NaN", "1e5", "٣", "5 5", "9" * 50]
)
def test_what_is_no_clear_number_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(ValueError, match="87,23"):
        parse_angka(text)


@given(
    st.decimals(
        allow_nan=False, allow_infinity=False, places=2, min_value=-(10**12), max_value=10**12
    )
)
def test_what_is_written_can_be_read_again(value: Decimal) -> None:
    assert parse_angka(format_angka(value)) == value


@given(st.integers(-(10**15), 10**15))
def test_a_whole_number_that_is_written_can_be_read_again(value: int) -> None:
    assert parse_angka(format_angka(value)) == value


@pytest.mark.parametrize(
    ("value", "text"),
    [(date(2025, 1, 3), "3 Januari 2025"), (date(2024, 12, 31), "31 Desember 2024")],
)
def test_a_date_is_written_as_in_a_letter(value: date, text: str) -> None:
    assert format_tanggal(value) == text
