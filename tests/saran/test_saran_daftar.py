"""The list of comments: a bounded number of questions, whatever there is to read."""

from __future__ import annotations

from datetime import date

from sqlalchemy import event

from skm_app.database import Database
from skm_app.intake import Intake
from skm_app.saran.daftar import SaringanSaran, list_saran
from tests.offices import ON_SQLITE, Kantor, make_isian


@ON_SQLITE
def test_more_comments_are_not_more_statements(
    database: Database, intake: Intake, kantor: Kantor
) -> None:
    saringan = SaringanSaran(
        unit_ids=kantor.all_units, mulai=date(2025, 1, 1), sampai=date(2025, 3, 31)
    )

    def count(batas: int) -> int:
        statements: list[str] = []

        def note(*args: object) -> None:
            statements.append(str(args[2]))

        event.listen(database.engine, "before_cursor_execute", note)
        with database.reading() as session:
            list_saran(session, saringan, batas=batas)
        event.remove(database.engine, "before_cursor_execute", note)
        return len(statements)

    count(1)  # the questionnaires are known from here on
    empty = count(50)
    for month in (1, 2, 3):
        for number in range(8):
            intake.record(make_isian(kantor, saran="Baik", tanggal=date(2025, month, 1 + number)))

    assert count(50) == empty
    assert count(8) == empty - 2  # the newest month will do


@ON_SQLITE
def test_pages_follow_one_another_without_a_gap(
    database: Database, intake: Intake, kantor: Kantor
) -> None:
    for month in (1, 2, 3):
        for number in range(7):
            intake.record(
                make_isian(
                    kantor, saran=f"{month}-{number}", tanggal=date(2025, month, 1 + number % 2)
                )
            )
    saringan = SaringanSaran(
        unit_ids=kantor.all_units, mulai=date(2025, 1, 1), sampai=date(2025, 3, 31)
    )
    with database.reading() as session:
        whole = [one.id for one in list_saran(session, saringan, batas=50).baris]
        pages = [
            one.id
            for start in range(0, 25, 5)
            for one in list_saran(session, saringan, lewati=start, batas=5).baris
        ]
    assert len(whole) == 21
    assert pages == whole
