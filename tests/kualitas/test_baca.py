"""What the rules get to see of stored responses, on both kinds of database, and never too much."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import event

from skm_app.database import Database
from skm_app.intake import Intake, WaktuIsi
from skm_app.kualitas import Bacaan, JawabanTerbaca, Pilihan, read_jawaban
from skm_app.models import Usulan
from skm_app.profil import Profil
from skm_app.results import Lingkup
from skm_app.usulan.dua_orang import TARIK, decide
from skm_app.usulan.pengecualian import propose_pengecualian
from tests.offices import (
    ON_SQLITE,
    SKM_9,
    SKM_16,
    Kantor,
    add_pelaku,
    exclude,
    make_isian,
    make_isian_rawa,
    make_nilai,
    read_nilai,
)

WITA = ZoneInfo("Asia/Makassar")
Values = tuple[object, ...]
YEAR = Lingkup(unit_ids=(), mulai=date(2024, 1, 1), sampai=date(2024, 12, 31))


def read(
    database: Database, kantor: Kantor, pilihan: Pilihan | None = None, limit: int = 100
) -> Bacaan:
    with database.reading() as session:
        lingkup = replace(YEAR, unit_ids=kantor.all_units, sampai=date(2100, 1, 1))
        return read_jawaban(session, lingkup, SKM_9, WITA, pilihan or Pilihan(), limit=limit)


def only(bacaan: Bacaan) -> JawabanTerbaca:
    (one,) = bacaan.jawaban
    return one


def test_answers_time_duration_and_device_are_read_as_they_were_given(
    database: Database, kantor: Kantor, intake: Intake
) -> None:
    isian = make_isian(
        kantor, {"biaya": 4, "sarpras": None}, profil=Profil(usia="26-35"), lama=42, perangkat="a-1"
    )
    intake.record(isian)

    one = only(read(database, kantor))

    assert one.nilai == read_nilai(database, isian.id)
    assert one.nilai["sarpras"] is None
    assert one.lembaran.lama == 42
    assert one.lembaran.perangkat is not None
    assert "a-1" not in one.lembaran.perangkat
    assert one.lembaran.waktu is not None
    assert one.lembaran.waktu.tzinfo == WITA
    assert not one.lembaran.seragam
    assert not one.dikecualikan


def test_the_instant_is_that_of_the_office_clock_whatever_the_tablet_says(
    database: Database, kantor: Kantor, intake: Intake
) -> None:
    finished = datetime.now(UTC) - timedelta(hours=30)
    slow = timedelta(days=400)
    waktu = WaktuIsi(perangkat=finished - slow, selisih=slow)
    intake.record(make_isian(kantor, kanal="kios", waktu=waktu))

    waktu_terbaca = only(read(database, kantor)).lembaran.waktu

    assert waktu_terbaca is not None
    assert abs(waktu_terbaca - finished) < timedelta(seconds=1)


def test_paper_and_imports_tell_a_day_and_no_moment(
    database: Database, kantor: Kantor, intake: Intake
) -> None:
    for kanal in ("kertas", "impor", "qr"):
        intake.record(make_isian(kantor, kanal=kanal, tanggal=date(2024, 5, 6)))
    assert [one.lembaran.waktu for one in read(database, kantor).jawaban] == [None, None, None]


def test_equal_content_is_equal_whatever_the_comment_and_differs_by_profile(
    database: Database, kantor: Kantor, intake: Intake
) -> None:
    for changes in ({}, {"saran": "Panas."}, {"profil": Profil(jenis_kelamin="P")}):
        intake.record(make_isian(kantor, **changes))
    found = [one.lembaran.isi for one in read(database, kantor).jawaban]
    assert len(set(found)) == 2
    assert all(one.lembaran.seragam for one in read(database, kantor).jawaban)


def test_other_questionnaires_and_other_units_are_left_out(
    database: Database, kantor: Kantor, intake: Intake
) -> None:
    wanted = make_isian(kantor)
    for isian in (wanted, make_isian(kantor, instrumen=SKM_16), make_isian_rawa(kantor)):
        intake.record(isian)
    assert len(read(database, kantor).jawaban) == 2
    lingkup = replace(YEAR, unit_ids=(kantor.palaran,), sampai=date(2100, 1, 1))
    with database.reading() as session:
        found = read_jawaban(session, lingkup, SKM_9, WITA)
        sixteen = read_jawaban(session, lingkup, SKM_16, WITA)
    assert [one.id for one in found.jawaban] == [wanted.id]
    assert only(sixteen).nilai == make_nilai(SKM_16)


def test_the_newest_whole_days_are_read_when_there_are_too_many(
    database: Database, kantor: Kantor, intake: Intake
) -> None:
    for day, count in ((1, 3), (2, 3), (3, 2)):
        for _ in range(count):
            intake.record(make_isian(kantor, tanggal=date(2024, 5, day)))

    def read_days(limit: int) -> tuple[list[int], int, bool]:
        found = read(database, kantor, limit=limit)
        days = [one.lembaran.tanggal.day for one in found.jawaban]
        return days, found.mulai.day, found.terpotong

    assert read_days(8) == ([3, 3, 2, 2, 2, 1, 1, 1], 1, False)
    assert read_days(7) == ([3, 3, 2, 2, 2], 2, True)
    assert read_days(4) == ([3, 3], 3, True)
    # Not even one day fits: a part of it is read rather than nothing.
    assert read_days(1) == ([3], 3, True)


def test_one_titik_is_found_among_many_others(
    database: Database, kantor: Kantor, intake: Intake
) -> None:
    for _ in range(5):
        intake.record(make_isian(kantor, tanggal=date(2024, 5, 6)))
    rawa = make_isian_rawa(kantor, tanggal=date(2024, 5, 1))
    intake.record(rawa)
    found = read(database, kantor, Pilihan(titik_id=kantor.loket_rawa), limit=3)
    assert [one.id for one in found.jawaban] == [rawa.id]
    assert not found.terpotong


def test_what_stands_excluded_or_waits_for_a_decision_is_known(
    database: Database, kantor: Kantor, intake: Intake
) -> None:
    out, waiting, free = (make_isian(kantor, tanggal=date(2024, 5, 6)) for _ in range(3))
    for isian in (out, waiting, free):
        intake.record(isian)
    exclude(database, kantor.palaran, [out.id])
    eka = add_pelaku(database, "eka")
    with database.writing() as session:
        usulan = propose_pengecualian(session, eka, kantor.palaran, (waiting.id,), "Uji coba.")

    def read_states() -> dict[uuid.UUID, tuple[bool, bool]]:
        found = read(database, kantor).jawaban
        return {one.id: (one.dikecualikan, one.diusulkan) for one in found}

    assert read_states() == {
        out.id: (True, False),
        waiting.id: (False, True),
        free.id: (False, False),
    }
    with database.writing() as session:
        decide(session, eka, session.get_one(Usulan, usulan.id), TARIK)
    assert read_states()[waiting.id] == (False, False)


@ON_SQLITE
def test_reading_takes_five_statements_and_never_goes_through_all_responses(
    database: Database, kantor: Kantor, intake: Intake
) -> None:
    for _ in range(12):
        intake.record(make_isian(kantor, tanggal=date(2024, 5, 6)))
    selects: list[tuple[str, Values]] = []

    @event.listens_for(database.engine, "before_cursor_execute")
    def note(
        connection: object, cursor: object, statement: str, values: Values, *rest: object
    ) -> None:
        if statement.startswith("SELECT"):
            selects.append((statement, values))

    read(database, kantor)

    event.remove(database.engine, "before_cursor_execute", note)
    assert len(selects) == 5
    with database.engine.connect() as connection:
        for statement, values in selects:
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values).all()
            steps = " ".join(str(step[3]) for step in plan)
            assert "SCAN responden" not in steps, steps
            assert "SCAN jawaban" not in steps, steps
