"""The interval against a bootstrap of whole respondents, which knows how their answers relate."""

from __future__ import annotations

import csv
import random
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skm_app.scoring import Sebaran, compute_ikm, compute_selang, load_shipped, tally
from skm_app.scoring.selang import compute_t

SKM_9 = load_shipped()["skm-9"]
KUNCI = [butir.kunci for butir in SKM_9.butir]
PALARAN = Path(__file__).resolve().parent.parent / "data" / "skm_palaran_2024.csv"

Rows = list[dict[str, int]]


def read_palaran() -> Rows:
    with PALARAN.open(encoding="utf-8") as file:
        return [
            {kunci: int(row[SKM_9.field_of(kunci).upper()]) for kunci in KUNCI}
            for row in csv.DictReader(file)
        ]


def make_rows(count: int, related: float, seed: int) -> Rows:
    """People whose nine answers share a mood; ``related`` 0: not at all, 1: they are the same."""
    chance = random.Random(seed)

    def draw(mood: float) -> int:
        feeling = related * mood + (1 - related) * chance.gauss(0, 1)
        return min(4, max(1, round(3 + feeling)))

    moods = [chance.gauss(0, 1) for _ in range(count)]
    return [{kunci: draw(mood) for kunci in KUNCI} for mood in moods]


def bootstrap(rows: Rows, rounds: int = 1500) -> tuple[float, float]:
    """The middle 95 % of the index over samples of whole people, drawn with replacement."""
    chance = random.Random(2024)
    index = [sum(row.values()) / 9 * 25 for row in rows]
    means = sorted(sum(chance.choices(index, k=len(index))) / len(index) for _ in range(rounds))
    return means[int(rounds * 0.025)], means[int(rounds * 0.975) - 1]


@pytest.mark.parametrize(
    ("rows", "widest"),
    [
        (read_palaran(), 1.7),
        (make_rows(36, 0.5, seed=1), 2.0),
        (make_rows(382, 0.5, seed=2), 1.9),
        (make_rows(382, 0.7, seed=3), 1.4),
        (make_rows(382, 1.0, seed=4), 1.1),
    ],
    ids=["palaran-2024", "36-related", "382-related", "382-much-related", "382-the-same"],
)
def test_it_covers_the_bootstrap_and_is_not_much_wider(rows: Rows, widest: float) -> None:
    rekap = tally(rows, SKM_9)
    ikm = compute_ikm(SKM_9, rekap).ikm
    assert ikm is not None

    selang = compute_selang(SKM_9, rekap, ikm)

    low, high = bootstrap(rows)
    assert selang is not None
    # A tenth of a point: the bootstrap itself is drawn.
    assert float(selang.bawah) <= low + 0.1
    assert float(selang.atas) >= high - 0.1
    assert float(selang.atas - selang.bawah) <= widest * (high - low)


def test_palaran_2024() -> None:
    selang = compute_selang(SKM_9, tally(read_palaran(), SKM_9), Decimal("87.23"))

    assert selang is not None
    assert (selang.bawah, selang.atas) == (Decimal("83.54"), Decimal("90.92"))


def test_asking_half_of_all_users_narrows_it_by_the_root_of_a_half() -> None:
    rekap = tally(make_rows(100, 0.5, seed=5), SKM_9)
    ikm = Decimal("75.00")

    alone, half = compute_selang(SKM_9, rekap, ikm), compute_selang(SKM_9, rekap, ikm, 200)

    assert alone is not None
    assert half is not None
    ratio = (half.atas - half.bawah) / (alone.atas - alone.bawah)
    assert abs(ratio**2 - Decimal("0.5")) < Decimal("0.01")
    assert (alone.terkoreksi, half.terkoreksi) == (False, True)


def test_everybody_asked_leaves_nothing_to_chance() -> None:
    rekap = tally(make_rows(50, 0.5, seed=6), SKM_9)

    selang = compute_selang(SKM_9, rekap, Decimal("80.00"), 50)

    assert selang is not None
    assert (selang.bawah, selang.atas) == (Decimal("80.00"), Decimal("80.00"))


def test_a_population_smaller_than_the_respondents_is_left_out_of_account() -> None:
    rekap = tally(make_rows(50, 0.5, seed=7), SKM_9)
    ikm = Decimal("80.00")

    assert compute_selang(SKM_9, rekap, ikm, 49) == compute_selang(SKM_9, rekap, ikm)


@pytest.mark.parametrize("rows", [[dict.fromkeys(KUNCI, 3)] * 20, [dict.fromkeys(KUNCI, 3)]])
def test_answers_that_do_not_differ_give_none(rows: Rows) -> None:
    assert compute_selang(SKM_9, tally(rows, SKM_9), Decimal("75.00")) is None


@pytest.mark.parametrize(
    ("derajat", "t"),
    [(1, "12.706"), (4, "2.776"), (29, "2.045"), (30, "2.042"), (39, "2.042"), (40, "2.021"),
     (119, "2.000"), (120, "1.980"), (1_000_000, "1.962")],
)  # fmt: skip
def test_students_t(derajat: int, t: str) -> None:
    assert compute_t(derajat) == Decimal(t)


counts = st.integers(0, 30)


@given(st.lists(st.builds(Sebaran, counts, counts, counts, counts), min_size=9, max_size=9))
def test_it_holds_the_index_and_stays_on_the_scale(sebaran: list[Sebaran]) -> None:
    rekap = dict(zip(KUNCI, sebaran, strict=True))
    ikm = compute_ikm(SKM_9, rekap).ikm
    if ikm is None:
        return

    selang = compute_selang(SKM_9, rekap, ikm)

    if selang is not None:
        assert Decimal(25) <= selang.bawah <= ikm <= selang.atas <= Decimal(100)
