"""Whatever is recorded, in whatever order: the tallies equal the raw answers."""

from __future__ import annotations

import uuid
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError

from skm_app.database import Database
from skm_app.intake import Intake, Isian, KonflikError
from skm_app.intake.rekap import ROUND
from skm_app.models import RekapCiri, RekapTertunda
from tests.offices import (
    SKM_9,
    SKM_16,
    Kantor,
    count_responden,
    list_differences,
    make_isian,
    make_isian_rawa,
    run_sql,
)

NILAI = st.sampled_from([1, 2, 3, 4, None])
DAYS = st.dates(date(2023, 12, 30), date(2025, 1, 2))
# Few ids, so that the same one comes again, alike or with another body.
IDS = st.integers(1, 12)


@st.composite
def answers(draw: st.DrawFn) -> tuple[int, bool, bool, dict[str, int | None], date, int]:
    sixteen = draw(st.booleans())
    instrumen = SKM_16 if sixteen else SKM_9
    nilai = {butir.kunci: draw(NILAI) for butir in instrumen.butir}
    return draw(IDS), sixteen, draw(st.booleans()), nilai, draw(DAYS), draw(st.integers(0, 1))


def make(kantor: Kantor, one: tuple[int, bool, bool, dict[str, int | None], date, int]) -> Isian:
    number, sixteen, is_rawa, nilai, day, service = one
    instrumen = SKM_16 if sixteen else SKM_9
    fields: dict[str, object] = {"id": uuid.UUID(int=number), "tanggal": day}
    if is_rawa:
        return make_isian_rawa(kantor, nilai, instrumen=instrumen, **fields)
    layanan = (kantor.ktp, kantor.sktm)[service]
    return make_isian(kantor, nilai, instrumen, layanan_id=layanan, **fields)


# One database for all examples: they pile up, and every pile must be right.
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(batches=st.lists(st.lists(answers(), max_size=6), max_size=4))
def test_tallies_always_equal_the_raw_answers(
    database: Database,
    kantor: Kantor,
    intake: Intake,
    batches: list[list[tuple[int, bool, bool, dict[str, int | None], date, int]]],
) -> None:
    for batch in batches:
        isian = [make(kantor, one) for one in batch]
        before = count_responden(database)
        try:
            results = intake.record_all(isian)
        except KonflikError:
            assert count_responden(database) == before
        else:
            assert count_responden(database) == before + sum(one.baru for one in results)
    assert list_differences(database) == []


def test_a_tally_cannot_be_made_negative(
    database: Database, kantor: Kantor, intake: Intake
) -> None:

    intake.record(make_isian(kantor))
    with pytest.raises(DBAPIError, match="ck_rekap_hitungan"):
        run_sql(database, "UPDATE rekap SET n3 = -1")


def test_who_answered_is_counted_in_rounds_and_what_waits_is_known(
    database: Database, kantor: Kantor, intake: Intake
) -> None:
    def count_waiting() -> int:
        with database.reading() as session:
            return session.scalar(select(func.count()).select_from(RekapTertunda)) or 0

    for number in range(3):
        intake.record(make_isian(kantor, kanal="kios", tanggal=date(2024, 1, 1 + number)))
    assert count_waiting() == 3
    assert list_differences(database) == []

    intake.record_all([make_isian(kantor, tanggal=date(2024, 2, 3)) for _ in range(ROUND)])
    assert count_waiting() == 0
    assert list_differences(database) == []
    with database.reading() as session:
        counted = session.execute(
            select(RekapCiri.kelompok, func.sum(RekapCiri.n3))
            .where(RekapCiri.ciri == "kanal", RekapCiri.butir == "waktu")
            .group_by(RekapCiri.kelompok)
            .order_by(RekapCiri.kelompok)
        ).all()
    assert [tuple(row) for row in counted] == [("kios", 3), ("qr", ROUND)]
