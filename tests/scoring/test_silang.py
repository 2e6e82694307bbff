"""Crossing parts, checked against all that linear combinations of shown parts can tell."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from skm_app.scoring import is_kecil
from skm_app.scoring.silang import PRIME, has_zero_sum, pilih_aman_silang

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


def has_zero_sum_by_trying(few: Sequence[tuple[int, int]]) -> bool:
    """All choices of cells, one after another: slow and plain."""
    return any(
        sum(people for people, _ in some) <= 4 and sum(change for _, change in some) % PRIME == 0
        for size in range(1, len(few) + 1)
        for some in combinations(few, size)
    )


# Small changes, of both signs as they stand modulo the prime, so that sums of nothing are common.
CHANGES = st.integers(-9, 9).map(lambda change: change % PRIME)


@given(st.lists(st.tuples(st.integers(1, 4), CHANGES), max_size=8))
@example([(1, 1), (1, 2), (1, PRIME - 3), (1, 7)])  # three of one person each
@example([(1, 1), (1, 2), (1, 5), (1, PRIME - 8)])  # four of one person each
@example([(1, 2), (1, 3), (1, PRIME - 7)])  # only if one counted twice
@example([(2, 3), (1, 3), (2, PRIME - 3)])  # found with the one before, of fewer people
@example([(4, 0)])
def test_sums_of_pairs_find_what_trying_everything_finds(few: list[tuple[int, int]]) -> None:
    assert has_zero_sum(few) == has_zero_sum_by_trying(few)


class Terhitung(int):
    """A number of people that counts how often one is added, taken away or compared."""

    steps = 0

    def __add__(self, other: int) -> Terhitung:
        Terhitung.steps += 1
        return Terhitung(int(self) + int(other))

    def __sub__(self, other: int) -> Terhitung:
        Terhitung.steps += 1
        return Terhitung(int(self) - int(other))

    def __le__(self, other: int) -> bool:
        Terhitung.steps += 1
        return int(self) <= int(other)

    __radd__ = __add__


@pytest.mark.parametrize(
    "people", [(1,), (2,), (1, 2), (1, 1, 1, 2, 5, 9), (1, 2, 3, 4)], ids=lambda people: str(people)
)
def test_the_work_grows_with_the_square_of_the_small_cells(people: tuple[int, ...]) -> None:
    isi = {place: Terhitung(people[place % len(people)]) for place in range(60)}
    units = [set(range(start, start + 10)) for start in range(0, 60, 10)]
    services = [set(range(start, 60, 10)) for start in range(10)]
    calon = [set(isi), *units, *services, *({place} for place in isi)]
    Terhitung.steps = 0

    pilih_aman_silang(isi, calon)

    assert Terhitung.steps < len(calon) * 60 * 60
