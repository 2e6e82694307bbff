"""Parts of the office that may be shown beside each other, whatever the counts are."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skm_app.database import Database
from skm_app.intake import Intake
from skm_app.results import Lingkup, Sel
from skm_app.rincian import find_bagian_aman, is_tepi_aman
from skm_app.scoring import is_kecil
from tests.offices import ON_SQLITE, SKM_9, Kantor, make_isian

KECAMATAN, BUKUAN, BANTUAS = (uuid.UUID(int=number) for number in (1, 2, 3))
INDUK = {KECAMATAN: None, BUKUAN: KECAMATAN, BANTUAS: KECAMATAN}
LAYANAN = {
    uuid.UUID(int=10): (KECAMATAN, "SKTM"),
    uuid.UUID(int=11): (KECAMATAN, "KTP"),
    uuid.UUID(int=12): (BUKUAN, "SKTM"),
    uuid.UUID(int=13): (BUKUAN, "Domisili"),
    uuid.UUID(int=14): (BANTUAS, "SKTM"),
}
NAMA = {layanan_id: nama for layanan_id, (_, nama) in LAYANAN.items()}
SEL: list[Sel] = [(unit_id, layanan_id) for layanan_id, (unit_id, _) in LAYANAN.items()]


def count(hitung: Mapping[Sel, int], part: frozenset[Sel]) -> int:
    return sum(hitung[sel] for sel in part)


@given(st.lists(st.integers(0, 9), min_size=5, max_size=5))
def test_no_two_filters_differ_by_a_few_people(counts: list[int]) -> None:
    hitung = dict(zip(SEL, counts, strict=True))
    aman = find_bagian_aman(hitung, INDUK, NAMA)

    for one in aman:
        assert not is_kecil(count(hitung, one))
        for other in aman:
            if other <= one:
                assert not is_kecil(count(hitung, one - other))
    # And all units but one, taken from the whole.
    whole = frozenset(SEL)
    own = [frozenset(sel for sel in SEL if sel[0] == unit_id) for unit_id in INDUK]
    if whole in aman:
        seen = frozenset[Sel]().union(*(one for one in own if one in aman))
        assert not is_kecil(count(hitung, whole - seen))


def test_a_service_of_one_unit_does_not_tell_of_the_others() -> None:
    hitung = dict(zip(SEL, (20, 20, 3, 20, 0), strict=True))
    aman = find_bagian_aman(hitung, INDUK, NAMA)

    # 23 for SKTM, 20 of them at the kecamatan: three at Bukuan.
    assert frozenset(sel for sel in SEL if NAMA[sel[1]] == "SKTM") in aman
    assert frozenset([SEL[0]]) not in aman


# Per day from 1 January: 4 people until the 20th, 10 on 5 February, 3 and 9 in March.
DAYS = {
    date(2024, 1, 20): 4, date(2024, 2, 5): 10, date(2024, 2, 20): 6,
    date(2024, 3, 1): 3, date(2024, 3, 9): 9,
}  # fmt: skip


@pytest.fixture
def lingkup(intake: Intake, kantor: Kantor) -> Lingkup:
    intake.record_all(
        [make_isian(kantor, tanggal=day) for day, count in DAYS.items() for _ in range(count)]
    )
    return Lingkup(unit_ids=(kantor.palaran,), mulai=date(2024, 1, 1), sampai=date(2024, 12, 31))


@ON_SQLITE
@pytest.mark.parametrize(
    ("tepi", "aman"),
    [
        (date(2024, 1, 1), True),
        (date(2024, 1, 20), True),  # nobody before
        (date(2024, 2, 1), False),  # four before
        (date(2024, 2, 6), True),  # fourteen
        (date(2024, 3, 1), True),
        (date(2024, 3, 2), False),  # three of March before
        (date(2024, 4, 1), True),
        (date(2024, 9, 9), True),  # everybody before
        (date(2025, 1, 1), True),
    ],
)
def test_a_span_of_days_may_begin_where_no_few_are_cut_off(
    database: Database, lingkup: Lingkup, tepi: date, aman: bool
) -> None:
    first, after = date(2024, 1, 1), date(2025, 1, 1)
    with database.reading() as session:
        assert is_tepi_aman(session, lingkup, SKM_9, tepi, first, after) is aman


def test_any_two_allowed_spans_differ_by_nobody_or_many(
    database: Database, lingkup: Lingkup
) -> None:
    first, after = date(2024, 1, 1), date(2025, 1, 1)
    every = [first + timedelta(days=number) for number in range(90)]
    with database.reading() as session:
        allowed = [day for day in every if is_tepi_aman(session, lingkup, SKM_9, day, first, after)]

    before = {day: sum(n for one, n in DAYS.items() if one < day) for day in allowed}
    for one in allowed:
        for other in allowed:
            assert not is_kecil(abs(before[one] - before[other]))
