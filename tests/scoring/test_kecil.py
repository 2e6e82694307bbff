"""Small groups stay hidden, also from somebody who subtracts all that is shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skm_app.scoring.kecil import (
    find_batas,
    gabung_berurutan,
    is_kecil,
    lipat,
    pilih_aman,
    pilih_kelompok,
)

COUNTS = st.integers(0, 12)


def find_remainders(isi: Mapping[str, int], shown: Sequence[frozenset[str]]) -> list[int]:
    """Sizes of all that intersections and differences of shown sets can single out."""
    pieces: dict[tuple[bool, ...], int] = {}
    for key, count in isi.items():
        member = tuple(key in one for one in shown)
        pieces[member] = pieces.get(member, 0) + count
    return [count for member, count in pieces.items() if any(member)]


@pytest.mark.parametrize(
    ("isi", "shown", "folded"),
    [
        ({"a": 20, "b": 30}, ["b", "a"], []),
        ({"a": 20, "b": 30, "c": 4}, ["b"], ["a", "c"]),  # c = whole - b - a
        ({"a": 20, "b": 30, "c": 4, "d": 1}, ["b", "a"], ["c", "d"]),  # together five
        ({"a": 20, "b": 0}, ["a", "b"], []),
        ({"a": 4}, [], ["a"]),
        ({"a": 3, "b": 3}, [], ["a", "b"]),
        ({"a": 5, "b": 4}, [], ["a", "b"]),
        ({}, [], []),
    ],
)
def test_groups_are_shown_or_folded(
    isi: dict[str, int], shown: list[str], folded: list[str]
) -> None:
    assert lipat(isi) == (shown, folded)


@given(st.dictionaries(st.sampled_from("abcdefgh"), COUNTS))
def test_nothing_small_remains_of_a_whole(isi: dict[str, int]) -> None:
    shown, folded = lipat(isi)

    assert sorted(shown + folded) == sorted(isi)
    assert not any(is_kecil(isi[key]) for key in shown)
    rest = sum(isi[key] for key in folded)
    assert rest == 0 or rest >= 5 or not shown


@given(
    st.dictionaries(st.sampled_from("abcdefgh"), COUNTS, min_size=1),
    st.lists(st.frozensets(st.sampled_from("abcdefgh"), min_size=1), max_size=8),
)
def test_no_family_of_shown_sets_singles_out_a_small_group(
    isi: dict[str, int], calon: list[frozenset[str]]
) -> None:
    held = [one & isi.keys() for one in calon]
    fine = pilih_aman(isi, held)

    shown = [one for one, is_fine in zip(held, fine, strict=True) if is_fine]
    assert not any(is_kecil(count) for count in find_remainders(isi, shown))
    for one, other in combinations(shown, 2):
        assert not is_kecil(sum(isi[key] for key in one - other))


def test_a_unit_is_not_shown_beside_its_parent_if_the_rest_is_small() -> None:
    isi = {"kecamatan": 3, "bukuan": 20, "bantuas": 30}
    whole = frozenset(isi)

    assert pilih_aman(isi, [whole, {"bukuan"}, {"bantuas"}, {"kecamatan"}]) == [
        True, True, False, False,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("jumlah", "spans"),
    [
        ([], []),
        ([7, 5, 9], [(0, 1), (1, 2), (2, 3)]),
        ([3, 3, 9], [(0, 2), (2, 3)]),
        ([9, 3], [(0, 2)]),
        ([9, 0, 0, 3], [(0, 4)]),
        ([0, 0, 9], [(0, 1), (1, 2), (2, 3)]),
        ([2, 0, 1], [(0, 3)]),
        ([0, 3, 0, 4, 0], [(0, 1), (1, 4), (4, 5)]),
    ],
)
def test_small_neighbours_are_joined(jumlah: list[int], spans: list[tuple[int, int]]) -> None:
    assert [(span.start, span.stop) for span in gabung_berurutan(jumlah)] == spans


@given(st.lists(COUNTS, max_size=12))
def test_joined_spans_cover_everything_and_none_is_small(jumlah: list[int]) -> None:
    spans = gabung_berurutan(jumlah)

    assert [place for span in spans for place in span] == list(range(len(jumlah)))
    totals = [sum(jumlah[place] for place in span) for span in spans]
    assert not any(is_kecil(total) for total in totals) or sum(jumlah) < 5


@given(st.lists(COUNTS, min_size=1, max_size=12), st.data())
def test_two_spans_of_months_never_differ_by_a_few(jumlah: list[int], data: st.DataObject) -> None:
    batas = find_batas(jumlah)
    cuts = [cut for cut in range(len(jumlah) + 1) if sum(jumlah[:cut]) in batas]

    begin, end = (data.draw(st.sampled_from(cuts)) for _ in range(2))

    assert not is_kecil(abs(sum(jumlah[:end]) - sum(jumlah[:begin]))) or sum(jumlah) < 5


@st.composite
def years(draw: st.DrawFn) -> dict[str, list[int]]:
    keys = draw(st.sets(st.sampled_from("abcde"), min_size=1))
    return {key: draw(st.lists(COUNTS, min_size=6, max_size=6)) for key in sorted(keys)}


def draw_months(data: st.DataObject) -> range:
    begin = data.draw(st.integers(0, 5))
    return range(begin, data.draw(st.integers(begin + 1, 6)))


@given(years(), st.data())
def test_a_group_shown_for_two_spans_does_not_differ_by_a_few(
    bulanan: dict[str, list[int]], data: st.DataObject
) -> None:
    one, other = draw_months(data), draw_months(data)
    shown = {
        months: set(pilih_kelompok(bulanan, months, bulanan.keys())) for months in (one, other)
    }

    for months in (one, other):
        for key in shown[months]:
            assert not is_kecil(sum(bulanan[key][place] for place in months))
        rest = bulanan.keys() - shown[months]
        if shown[months]:
            assert not is_kecil(sum(bulanan[key][place] for key in rest for place in months))
    if other.start <= one.start and one.stop <= other.stop:
        for key in shown[one] & shown[other]:
            longer = sum(bulanan[key][place] for place in other if place not in one)
            before = sum(bulanan[key][place] for place in other if place < one.start)
            assert not (is_kecil(longer) and before in (0, longer))


def test_what_nothing_else_allows_is_folded() -> None:
    bulanan = {"a": [10], "b": [20], "c": [30]}

    assert pilih_kelompok(bulanan, range(1), {"a", "b", "c"}) == ["c", "b", "a"]
    assert pilih_kelompok(bulanan, range(1), {"b", "c"}) == ["c", "b"]
