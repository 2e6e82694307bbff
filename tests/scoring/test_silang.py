"""Crossing parts, checked against all that linear combinations of shown parts can tell."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from skm_app.scoring import is_kecil
from skm_app.scoring.silang import pilih_aman_silang

CELLS = "abcdef"


def is_in_span(target: Sequence[int], rows: Sequence[Sequence[int]]) -> bool:
    """Gauss with fractions: slow and plain."""
    left = [Fraction(value) for value in target]
    basis: list[tuple[int, list[Fraction]]] = []
    for row in (*rows, None):
        current = left if row is None else [Fraction(value) for value in row]
        for pivot, known in basis:
            factor = current[pivot]
            current = [a - factor * b for a, b in zip(current, known, strict=True)]
        if row is None:
            return not any(current)
        pivot_at = next((place for place, value in enumerate(current) if value), None)
        if pivot_at is not None:
            basis.append((pivot_at, [value / current[pivot_at] for value in current]))
    raise AssertionError("The last row is None.")


@given(
    st.dictionaries(st.sampled_from(CELLS), st.integers(1, 9), min_size=1),
    st.lists(st.frozensets(st.sampled_from(CELLS), min_size=1), max_size=7),
)
def test_nobody_can_work_out_a_few_people(isi: dict[str, int], calon: list[frozenset[str]]) -> None:
    keys = sorted(isi)
    fine = pilih_aman_silang(isi, [one & isi.keys() for one in calon])
    shown = [
        [int(key in one) for key in keys]
        for one, is_fine in zip(calon, fine, strict=True)
        if is_fine
    ]

    for size in range(1, len(keys) + 1):
        for some in combinations(keys, size):
            if is_kecil(sum(isi[key] for key in some)):
                assert not is_in_span([int(key in some) for key in keys], shown), some


def test_totals_of_units_and_services_stand_beside_each_other() -> None:
    isi = {"bukuan-ktp": 20, "bukuan-sktm": 3, "bantuas-ktp": 2, "bantuas-sktm": 20}
    unit = [{"bukuan-ktp", "bukuan-sktm"}, {"bantuas-ktp", "bantuas-sktm"}]
    layanan = [{"bukuan-ktp", "bantuas-ktp"}, {"bukuan-sktm", "bantuas-sktm"}]
    single = [{key} for key in isi]

    # But one cell more, and all four could be worked out.
    assert pilih_aman_silang(isi, unit + layanan + single) == [True] * 4 + [False] * 4


def test_a_cell_that_two_subtractions_would_give_away_stays_hidden() -> None:
    isi = {"a-ktp": 2, "a-sktm": 6, "b-ktp": 30, "b-sktm": 30}
    a, b = {"a-ktp", "a-sktm"}, {"b-ktp", "b-sktm"}

    fine = pilih_aman_silang(isi, [a | b, a, b, {"a-ktp", "b-ktp"}, {"b-sktm"}])

    assert fine == [True, True, True, True, False]


def test_many_cells_fall_back_to_the_stricter_rule() -> None:
    isi = dict.fromkeys(range(100), 4)
    halves = [set(range(50)), set(range(50, 100))]

    assert pilih_aman_silang(isi, [*halves, {0}, {0, 1}]) == [True, True, False, True]
