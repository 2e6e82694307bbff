"""How few forms would change the picture: the figures of Kecamatan Palaran 2024, and properties."""

from __future__ import annotations

import uuid
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skm_app.berkas import read_berkas
from skm_app.kualitas import (
    Kepekaan,
    choose_shown,
    compute_kepekaan,
    compute_without,
    count_added,
    count_removed,
)
from skm_app.scoring import EKSAK, PORTAL_KOTA, Konvensi, compute_ikm, tally
from tests.offices import PALARAN_2024, SKM_9

ROWS = [row.nilai for row in read_berkas(PALARAN_2024, SKM_9).rows]
REKAP = tally(ROWS, SKM_9)
TARGET = Decimal("88.31")

Row = dict[str, int | None]


def is_target(ikm: Decimal) -> bool:
    return ikm >= TARGET


@pytest.mark.parametrize("konvensi", [EKSAK, PORTAL_KOTA])
def test_four_forged_forms_lift_2024_over_its_target_and_three_do_not(konvensi: Konvensi) -> None:
    assert count_added(SKM_9, REKAP, 4, is_target, konvensi) == 4


@pytest.mark.parametrize("konvensi", [EKSAK, PORTAL_KOTA])
def test_without_the_three_worst_2024_reaches_its_target_and_without_two_it_does_not(
    konvensi: Konvensi,
) -> None:
    assert count_removed(SKM_9, REKAP, ROWS, is_target, konvensi, worst=True) == 3


def test_the_mutu_of_2024_in_all_four_directions() -> None:
    found = compute_kepekaan(SKM_9, REKAP, ROWS)
    assert found is not None
    assert (found.naik_ditambah, found.naik_dihapus, found.mutu_naik) == (4, 3, "A")
    assert (found.turun_ditambah, found.mutu_turun) == (8, "C")
    assert found.turun_dihapus is not None
    assert found.turun_dihapus > 20


def test_what_cannot_happen_is_not_counted() -> None:
    best = tally([dict.fromkeys(REKAP, 4)] * 3, SKM_9)
    assert compute_kepekaan(SKM_9, best, None) == Kepekaan(
        naik_ditambah=None,
        naik_dihapus=None,
        turun_ditambah=1,
        turun_dihapus=None,
        mutu_naik=None,
        mutu_turun="B",
    )
    assert compute_kepekaan(SKM_9, tally([], SKM_9), []) is None
    # 99 is the most that this convention can give.
    shortened = compute_ikm(SKM_9, best, EKSAK).ikm
    assert count_added(SKM_9, REKAP, 3, lambda ikm: ikm > 90) is None
    assert shortened == 100


rows = st.lists(
    st.fixed_dictionaries({butir.kunci: st.integers(1, 4) for butir in SKM_9.butir}),
    min_size=1,
    max_size=8,
)


@given(rows, st.integers(30, 99))
def test_one_form_fewer_would_not_have_been_enough(found: list[Row], batas: int) -> None:
    rekap = tally(found, SKM_9)

    def reached(ikm: Decimal) -> bool:
        return ikm >= batas

    count = count_added(SKM_9, rekap, 4, reached)
    assert count is not None
    for added, expected in ((count, True), (count - 1, False)):
        if added >= 0:
            ikm = compute_ikm(SKM_9, tally([*found, *[dict.fromkeys(rekap, 4)] * added], SKM_9)).ikm
            assert ikm is not None
            assert reached(ikm) is expected


@given(rows, rows)
def test_the_index_without_some_is_that_of_the_others(found: list[Row], marked: list[Row]) -> None:
    together = tally([*found, *marked], SKM_9)
    assert compute_without(SKM_9, together, marked) == compute_ikm(SKM_9, tally(found, SKM_9))


def test_what_was_never_counted_cannot_be_taken_away() -> None:
    with pytest.raises(ValueError, match="negatif"):
        compute_without(SKM_9, REKAP, [dict.fromkeys(REKAP, 1)] * 2)


IDS = [uuid.UUID(int=number) for number in range(30)]


@pytest.mark.parametrize(
    ("groups", "n", "shown"),
    [
        ([set(IDS[:5])], 30, [True]),
        ([set(IDS[:4])], 30, [False]),
        ([set(IDS[:26])], 30, [False]),
        ([set(IDS)], 30, [True]),
        ([set()], 30, [False]),
        # The second differs from the first by one response.
        ([set(IDS[:6]), set(IDS[:7])], 30, [True, False]),
        ([set(IDS[:6]), set(IDS[:12])], 30, [True, True]),
        # Two that overlap by two.
        ([set(IDS[:7]), set(IDS[5:14])], 30, [True, False]),
    ],
)
def test_no_figure_is_shown_from_which_fewer_than_five_can_be_computed(
    groups: list[set[uuid.UUID]], n: int, shown: list[bool]
) -> None:
    assert choose_shown(groups, n) == shown


@given(st.lists(st.sets(st.sampled_from(IDS)), max_size=5))
def test_no_two_shown_figures_differ_by_fewer_than_five(groups: list[set[uuid.UUID]]) -> None:
    shown = choose_shown(groups, len(IDS))
    kept = [group for group, may in zip(groups, shown, strict=True) if may]
    for one in kept:
        for other in kept:
            assert not 0 < len(one - other) < 5
