"""A span of dates is covered by whole months and single days: every day once, no other."""

from __future__ import annotations

from calendar import monthrange
from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skm_app.results import cover_dates

DAYS = st.dates(date(1999, 1, 1), date(2101, 12, 31))
LENGTHS = st.integers(0, 1200)


def list_days(spans: list[tuple[str, date, date]]) -> list[date]:
    """The days counted by tallies whose start lies within the spans."""
    found = []
    for jenjang, first, last in spans:
        starts = [first + timedelta(days=n) for n in range((last - first).days + 1)]
        if jenjang == "hari":
            found += starts
        else:
            for start in (day for day in starts if day.day == 1):
                length = monthrange(start.year, start.month)[1]
                found += [start + timedelta(days=n) for n in range(length)]
    return found


@given(mulai=DAYS, length=LENGTHS)
def test_every_day_of_the_span_is_covered_exactly_once(mulai: date, length: int) -> None:
    expected = [mulai + timedelta(days=n) for n in range(length + 1)]
    found = list_days(cover_dates(mulai, expected[-1]))
    assert Counter(found) == Counter(expected)


@given(mulai=DAYS, length=LENGTHS)
def test_the_work_does_not_grow_with_the_span(mulai: date, length: int) -> None:
    spans = cover_dates(mulai, mulai + timedelta(days=length))
    days = sum((last - first).days + 1 for jenjang, first, last in spans if jenjang == "hari")
    assert len(spans) <= 3
    # Two broken months at most; without a whole month between them they are one span.
    assert days <= 60


@given(mulai=DAYS, length=st.integers(1, 500))
def test_a_span_that_ends_before_it_begins_covers_nothing(mulai: date, length: int) -> None:
    assert list_days(cover_dates(mulai, mulai - timedelta(days=length))) == []


@pytest.mark.parametrize(
    ("mulai", "sampai", "expected"),
    [
        ("2024-01-01", "2024-12-31", [("bulan", "2024-01-01", "2024-12-31")]),
        ("2024-02-01", "2024-02-29", [("bulan", "2024-02-01", "2024-02-29")]),
        ("2023-02-01", "2023-02-28", [("bulan", "2023-02-01", "2023-02-28")]),
        ("2024-02-01", "2024-02-28", [("hari", "2024-02-01", "2024-02-28")]),
        ("2024-05-05", "2024-05-05", [("hari", "2024-05-05", "2024-05-05")]),
        (
            "2023-12-31",
            "2025-01-01",
            [
                ("bulan", "2024-01-01", "2024-12-31"),
                ("hari", "2023-12-31", "2023-12-31"),
                ("hari", "2025-01-01", "2025-01-01"),
            ],
        ),
    ],
)
def test_usual_spans_are_whole_months_with_the_days_at_their_edges(
    mulai: str, sampai: str, expected: list[tuple[str, str, str]]
) -> None:
    found = cover_dates(date.fromisoformat(mulai), date.fromisoformat(sampai))
    assert [(kind, str(first), str(last)) for kind, first, last in found] == expected
