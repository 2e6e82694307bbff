"""Deeds at the same moment: neither waits for the other in a circle, and the log stays whole."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime

from sqlalchemy import select

from skm_app.batch import create_batch
from skm_app.catatan import add_catatan
from skm_app.database import Database
from skm_app.models import Catatan
from skm_app.tempat import find_tempat
from tests.offices import LOKET, ON_POSTGRESQL, Kantor, add_pelaku, list_differences

DAY = date(2024, 5, 6)


@ON_POSTGRESQL
def test_a_deed_that_holds_a_unit_and_one_that_holds_the_log_both_come_through(
    database: Database, kantor: Kantor
) -> None:
    lia, budi = add_pelaku(database, "lia"), add_pelaku(database, "budi")
    with database.reading() as session:
        tempat = find_tempat(session, LOKET, DAY)
    assert tempat is not None
    assert lia.pengguna_id is not None
    author = lia.pengguna_id
    unit_held, log_held = threading.Event(), threading.Event()

    def make_batch() -> None:
        with database.writing() as session:
            batch = create_batch(session, tempat, "kertas", DAY, author, datetime.now(UTC))
            unit_held.set()
            log_held.wait(10)
            add_catatan(session, lia, "tambah", batch, "Batch.", unit_id=batch.unit_id)

    def do_something_else() -> None:
        unit_held.wait(10)
        with database.writing() as session:
            Database.lock_catatan(session)
            log_held.set()
            add_catatan(session, budi, "ubah", ("unit", "x"), "Unit.", unit_id=kantor.palaran)

    with ThreadPoolExecutor(2) as pool:
        for future in [pool.submit(make_batch), pool.submit(do_something_else)]:
            future.result(timeout=30)

    with database.reading() as session:
        assert [one.oleh for one in session.scalars(select(Catatan))] == ["budi", "lia"]
    assert list_differences(database) == []
