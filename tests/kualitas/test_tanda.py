"""Which responses ask for a look: a table per sign, and what holds whatever the rows."""

from __future__ import annotations

import random
import uuid
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skm_app.kualitas import AMBANG, JAM_BAWAAN, TANDA, JamLayanan, Lembaran, find_tanda, parse_jam

WITA = ZoneInfo("Asia/Makassar")
# A Wednesday, in opening hours.
PAGI = datetime(2024, 5, 8, 9, 0, tzinfo=WITA)
MALAM = PAGI.replace(hour=21)
LOKET, LAIN = uuid.UUID(int=1), uuid.UUID(int=2)


def make(number: int, waktu: datetime | None = PAGI, **changes: object) -> Lembaran:
    """One inconspicuous response; each has answers of its own."""
    fields: dict[str, Any] = {
        "id": uuid.UUID(int=number),
        "titik_id": LOKET,
        "kanal": "qr",
        "tanggal": (waktu or PAGI).date(),
        "waktu": waktu,
        "lama": 90,
        "perangkat": None,
        "isi": number,
        "seragam": False,
    }
    return Lembaran(**{**fields, **changes})


def make_row(count: int, seconds: int, start: datetime = PAGI, **changes: object) -> list[Lembaran]:
    """Responses one after the other, ``seconds`` apart."""
    step = timedelta(seconds=seconds)
    return [make(number, start + number * step, **changes) for number in range(count)]


def marks(rows: list[Lembaran], tanda: str, butir: int = 9) -> set[int]:
    """Numbers of the rows with a sign."""
    found = find_tanda(rows, JAM_BAWAAN, butir)
    return {id_.int for id_, signs in found.items() if tanda in signs}


@pytest.mark.parametrize(
    ("lama", "butir", "marked"),
    [
        (14, 9, True),
        (15, 9, False),
        (0, 9, True),
        (None, 9, False),
        (26, 16, True),
        (27, 16, False),
    ],
)
def test_nine_questions_need_fifteen_seconds_and_more_need_more(
    lama: int | None, butir: int, marked: bool
) -> None:
    assert bool(marks([make(1, lama=lama)], "cepat", butir)) is marked


def test_the_fourth_form_of_one_phone_within_a_quarter_of_an_hour_marks_all_four() -> None:
    assert marks(make_row(4, 300, perangkat="a"), "beruntun") == {0, 1, 2, 3}
    assert marks(make_row(4, 301, perangkat="a"), "beruntun") == set()
    assert marks(make_row(3, 10, perangkat="a"), "beruntun") == set()
    assert marks(make_row(9, 10), "beruntun") == set()


def test_of_a_long_row_each_form_is_marked_once_and_the_ones_far_away_are_not() -> None:
    rows = [*make_row(6, 60, perangkat="a"), make(50, PAGI + timedelta(hours=2), perangkat="a")]
    assert marks(rows, "beruntun") == set(range(6))


def test_a_kiosk_is_shared_so_only_its_pace_counts() -> None:
    kios: dict[str, Any] = {"kanal": "kios", "perangkat": "tablet"}
    assert marks(make_row(5, 19, **kios), "beruntun") == {0, 1, 2, 3, 4}
    assert marks(make_row(40, 20, **kios), "beruntun") == set()
    assert marks(make_row(4, 5, **kios), "beruntun") == set()


def test_twins_within_minutes_are_marked_but_not_equal_answers_on_one_day() -> None:
    assert marks(make_row(2, 300, isi="x"), "kembar") == {0, 1}
    assert marks(make_row(2, 301, isi="x"), "kembar") == set()
    elsewhere = [make(1, isi="x"), make(2, isi="x", titik_id=LAIN)]
    assert marks(elsewhere, "kembar") == set()


def test_two_phones_are_two_people_but_one_kiosk_may_be_one() -> None:
    two_phones = [make(1, isi="x", perangkat="a"), make(2, isi="x", perangkat="b")]
    assert marks(two_phones, "kembar") == set()
    assert marks([replace(one, perangkat="a") for one in two_phones], "kembar") == {1, 2}
    assert marks([replace(one, kanal="kios") for one in two_phones], "kembar") == {1, 2}


@pytest.mark.parametrize(
    ("start", "marked"),
    [
        (MALAM, True),
        (PAGI, False),
        (PAGI.replace(hour=7, minute=0), True),
        (PAGI.replace(hour=7, minute=30), False),
        (PAGI.replace(hour=15, minute=55), False),
        (PAGI.replace(hour=16, minute=0), True),
        # Saturday
        (PAGI.replace(day=11), True),
    ],
)
def test_three_forms_of_one_titik_while_the_office_is_closed_are_a_burst(
    start: datetime, marked: bool
) -> None:
    assert bool(marks(make_row(3, 60, start), "luar-jam")) is marked


def test_a_citizen_at_home_in_the_evening_is_not_marked() -> None:
    assert marks(make_row(2, 60, MALAM), "luar-jam") == set()
    assert marks(make_row(3, 16 * 60, MALAM), "luar-jam") == set()


def test_equal_answers_everywhere_are_a_sign_only_beside_another() -> None:
    assert find_tanda([make(1, seragam=True)], JAM_BAWAAN, 9) == {}
    assert find_tanda([make(1, seragam=True, lama=5)], JAM_BAWAAN, 9) == {
        uuid.UUID(int=1): {"cepat", "seragam"}
    }


def test_of_paper_only_the_day_is_known_so_nothing_about_time_is_said() -> None:
    rows = [make(number, None, kanal="kertas", isi="x", lama=None) for number in range(20)]
    assert find_tanda(rows, JAM_BAWAAN, 9) == {}


lembaran = st.builds(
    lambda number, second, titik, kanal, lama, perangkat, isi, seragam: make(
        number,
        PAGI + timedelta(seconds=second),
        titik_id=titik,
        kanal=kanal,
        lama=lama,
        perangkat=perangkat,
        isi=isi,
        seragam=seragam,
    ),
    st.integers(0, 10**6),
    st.one_of(st.integers(0, 600), st.integers(0, 100_000)),
    st.sampled_from([LOKET, LAIN]),
    st.sampled_from(["qr", "kios"]),
    st.sampled_from([None, 5, 60]),
    st.sampled_from([None, "a", "b"]),
    st.integers(0, 2),
    st.booleans(),
)
many = st.lists(lembaran, max_size=25, unique_by=lambda one: one.id)


@given(many, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_makes_no_difference(
    rows: list[Lembaran], chance: random.Random
) -> None:
    shuffled = list(rows)
    chance.shuffle(shuffled)
    assert find_tanda(shuffled, JAM_BAWAAN, 9) == find_tanda(rows, JAM_BAWAAN, 9)


@given(many, many)
def test_more_rows_never_take_a_sign_away(some: list[Lembaran], others: list[Lembaran]) -> None:
    known = {one.id for one in some}
    more = [*some, *(one for one in others if one.id not in known)]
    before, after = (find_tanda(rows, JAM_BAWAAN, 9) for rows in (some, more))
    assert all(signs <= after[id_] for id_, signs in before.items())


@given(many)
def test_every_sign_is_known_and_no_row_is_empty_handed(rows: list[Lembaran]) -> None:
    found = find_tanda(rows, JAM_BAWAAN, 9, AMBANG)
    assert set(found) <= {one.id for one in rows}
    assert all(signs and signs <= set(TANDA) for signs in found.values())
    assert all(signs != {"seragam"} for signs in found.values())


def test_opening_hours_are_read_back_as_they_were_stored() -> None:
    saturday = JamLayanan(hari=frozenset({1, 3, 6}), mulai=time(8), sampai=time(12, 30))
    assert parse_jam(saturday.teks) == saturday
    assert saturday.kalimat == "Senin, Rabu, Sabtu, 08.00 sampai 12.30"
    assert JAM_BAWAAN.kalimat == "Senin sampai Jumat, 07.30 sampai 16.00"


@pytest.mark.parametrize(
    "stored", [None, "", "12345", "8 07:30-16:00", "1 16:00-07:30", "1 99:00-99:30"]
)
def test_opening_hours_that_cannot_be_read_are_the_default(stored: str | None) -> None:
    assert parse_jam(stored) == JAM_BAWAAN


@pytest.mark.parametrize(
    ("hari", "mulai", "sampai", "fault"),
    [(set(), 8, 16, "hari"), ({1}, 16, 8, "Jam tutup"), ({1}, 8, 8, "Jam tutup")],
)
def test_impossible_opening_hours_are_refused(
    hari: set[int], mulai: int, sampai: int, fault: str
) -> None:
    with pytest.raises(ValueError, match=fault):
        JamLayanan(hari=frozenset(hari), mulai=time(mulai), sampai=time(sampai))
