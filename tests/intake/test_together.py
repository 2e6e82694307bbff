"""Many who send at the same time, and batches with a bad one among them."""

from __future__ import annotations

import time
import uuid
from collections import Counter
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import date

import pytest
from sqlalchemy import event
from sqlalchemy.exc import DBAPIError, OperationalError

from skm_app.database import Database
from skm_app.intake import Intake, KonflikError, Tercatat
from skm_app.settings import Settings
from tests.offices import (
    ON_SQLITE,
    Kantor,
    count_responden,
    count_rows,
    intake_held_up,
    list_differences,
    make_intake,
    make_isian,
    make_isian_rawa,
)


def test_a_bad_one_in_a_batch_fails_alone(
    database: Database, kantor: Kantor, intake: Intake
) -> None:
    good = [make_isian(kantor, saran=f"Nomor {number}.") for number in range(8)]
    # Nothing in the program makes such an isian; only the database's foreign key can tell.
    bad = make_isian(kantor, layanan_id=uuid.uuid4())
    with ThreadPoolExecutor(9) as pool:
        with intake_held_up(database):
            waiting: list[Future[Tercatat]] = [
                pool.submit(intake.record, isian) for isian in [*good[:4], bad, *good[4:]]
            ]
            # All of them stand in line when the line moves; were one late, the outcome is the same.
            time.sleep(0.3)
        assert isinstance(waiting.pop(4).exception(), DBAPIError)
        assert all(future.result().baru for future in waiting)
    assert count_responden(database) == 8
    assert list_differences(database) == []


def test_record_all_stores_all_or_nothing(
    database: Database, kantor: Kantor, intake: Intake
) -> None:
    stored = make_isian(kantor)
    intake.record(stored)
    before = count_rows(database)
    conflict = make_isian(kantor, {"biaya": 1}, id=stored.id)
    foreign = make_isian(kantor, layanan_id=uuid.uuid4())
    for bad, error in ((conflict, KonflikError), (foreign, DBAPIError)):
        with pytest.raises(error):
            intake.record_all([make_isian(kantor), bad, make_isian(kantor)])
        assert count_rows(database) == before
    results = intake.record_all([make_isian(kantor), stored, make_isian(kantor)])
    assert [one.baru for one in results] == [True, False, True]
    assert count_responden(database) == 3
    assert list_differences(database) == []


def test_the_same_id_twice_in_one_import_is_stored_once(
    database: Database, kantor: Kantor, intake: Intake
) -> None:
    isian = make_isian(kantor)
    assert [one.baru for one in intake.record_all([isian, isian])] == [True, False]
    assert count_responden(database) == 1
    assert list_differences(database) == []


def test_eight_threads_with_the_same_submission_store_one_response(
    database: Database, kantor: Kantor, intake: Intake
) -> None:
    isian = make_isian(kantor, saran="Sama.", pengaduan=True)
    with ThreadPoolExecutor(8) as pool:
        with intake_held_up(database):
            futures = [pool.submit(intake.record, isian) for _ in range(8)]
            time.sleep(0.2)
        results = [future.result() for future in futures]
    assert Counter(one.baru for one in results) == {True: 1, False: 7}
    assert len({one.kode_pengaduan for one in results}) == 1
    assert count_responden(database) == 1
    assert list_differences(database) == []


def test_many_threads_store_everything_once_and_count_it_right(
    database: Database, kantor: Kantor, settings: Settings
) -> None:
    # Two intakes share the database, as two processes would.
    intakes = [Intake(database, settings.timezone, settings.secret_key) for _ in range(2)]
    daftar = [
        (make_isian if number % 3 else make_isian_rawa)(
            kantor,
            {"biaya": number % 4 + 1, "pengaduan": None if number % 5 == 0 else 2},
            saran="Ada saran." if number % 7 == 0 else None,
            tanggal=date(2024, number % 12 + 1, 15),
        )
        for number in range(320)
    ]
    numbered = list(enumerate(daftar))
    with ThreadPoolExecutor(32) as pool:
        # Each is sent twice, to the two intakes in turn.
        results = list(pool.map(lambda one: intakes[one[0] % 2].record(one[1]), numbered * 2))
    assert sum(one.baru for one in results) == 320
    assert count_responden(database) == 320
    assert count_rows(database)["jawaban"] == 320 * 9
    assert list_differences(database) == []


@ON_SQLITE
def test_a_database_that_does_not_answer_fails_a_whole_batch_at_once_and_nothing_is_lost(
    kantor: Kantor, settings: Settings
) -> None:
    # A database that gives up waiting soon
    impatient = Database(settings.database_url)
    with impatient.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout = 300")
    event.listen(
        impatient.engine, "checkout", lambda one, *_: one.execute("PRAGMA busy_timeout = 300")
    )
    intake = make_intake(impatient, settings)
    isian = [make_isian(kantor) for _ in range(8)]
    holder = Database(settings.database_url)
    with ThreadPoolExecutor(8) as pool, holder.write_connection():
        waiting = [pool.submit(intake.record, one) for one in isian]
        errors = [future.exception() for future in waiting]
    holder.close()
    assert all(isinstance(error, OperationalError) for error in errors)
    assert count_responden(impatient) == 0

    # Once it answers again, the same forms are stored
    assert all(intake.record(one).baru for one in isian)
    assert list_differences(impatient) == []
    impatient.close()
