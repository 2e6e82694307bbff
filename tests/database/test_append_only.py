"""What citizens said and what was closed: the database itself refuses to change it."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from skm_app.database import Database
from skm_app.intake import Intake
from skm_app.models import TargetLama
from tests.admin.kinerja import add_indikator
from tests.offices import (
    APPEND_ONLY,
    Kantor,
    add_periode,
    close,
    count_rows,
    exclude,
    list_responden,
    make_isian,
    release,
    reopen,
    run_sql,
)

# One harmless column of each table: even writing back what stands there is refused.
COLUMN = {
    "instrumen": "definisi",
    "responden": "kanal",
    "jawaban": "nilai",
    "saran": "teks",
    "penetapan": "ikm",
    "usulan": "alasan",
    "usulan_responden": "responden_id",
    "putusan": "catatan",
    "pengecualian": "keluar",
    "pembukaan": "dibuka",
    "catatan": "keterangan",
    "terbitan": "oleh",
    "target_lama": "target",
}
KEY = {
    "instrumen": "id",
    "responden": "id",
    "jawaban": "responden_id, butir",
    "saran": "id",
    "penetapan": "id",
    "usulan": "id",
    "usulan_responden": "usulan_id, responden_id",
    "putusan": "usulan_id",
    "pengecualian": "responden_id, usulan_id",
    "pembukaan": "penetapan_id",
    "catatan": "nomor",
    "terbitan": "penetapan_id",
    "target_lama": "indikator_id, tahun, nomor",
}


@pytest.fixture
def filled(database: Database, kantor: Kantor, intake: Intake) -> Iterator[Database]:
    """A database with at least one row in every append-only table, unchanged afterwards."""
    # As many as a result needs to be made public.
    for _ in range(5):
        intake.record(make_isian(kantor, saran="Ruang tunggu panas.", tanggal=None))
    periode_id = add_periode(database, kantor.palaran, tahun=_this_year(database))
    release(database, close(database, periode_id))
    reopen(database, periode_id)
    add_target_lama(database, kantor.palaran)
    exclude(database, kantor.palaran, [one.id for one in list_responden(database)])
    before = count_rows(database)
    assert min(before[table] for table in APPEND_ONLY) > 0
    yield database
    assert count_rows(database) == before


def add_target_lama(database: Database, unit_id: uuid.UUID) -> None:
    indikator_id = add_indikator(database, unit_id, "ikm", {2024: "88.31"})
    with database.writing() as session:
        session.add(
            TargetLama(
                indikator_id=indikator_id,
                tahun=2024,
                nomor=0,
                target=Decimal("84.33"),
                sumber="PK",
                keputusan="",
                tanggal=None,
                diganti=datetime.now(UTC),
                oleh="ani",
            )
        )


def _this_year(database: Database) -> int:
    with database.reading() as session:
        return int(str(session.scalar(text("SELECT max(tanggal) FROM responden")))[:4])


def refuse(database: Database, statement: str, **values: object) -> None:
    with pytest.raises(DBAPIError, match="is append-only"):
        run_sql(database, statement, **values)


@pytest.mark.parametrize("table", APPEND_ONLY)
def test_no_row_can_be_updated_or_deleted(filled: Database, table: str) -> None:
    refuse(filled, f"UPDATE {table} SET {COLUMN[table]} = {COLUMN[table]}")
    refuse(filled, f"DELETE FROM {table}")
    # An insert that turns into an update is an update.
    refuse(
        filled,
        f"INSERT INTO {table} SELECT * FROM {table} WHERE true "
        f"ON CONFLICT ({KEY[table]}) DO UPDATE SET {COLUMN[table]} = excluded.{COLUMN[table]}",
    )


@pytest.mark.parametrize("table", APPEND_ONLY)
def test_no_row_can_be_replaced_and_no_table_emptied(filled: Database, table: str) -> None:
    if filled.is_sqlite:
        refuse(filled, f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}")
        refuse(filled, f"REPLACE INTO {table} SELECT * FROM {table}")
        refuse(filled, f"UPDATE OR REPLACE {table} SET {COLUMN[table]} = {COLUMN[table]}")
    else:
        refuse(filled, f"TRUNCATE {table} CASCADE")
        refuse(filled, "TRUNCATE unit CASCADE")


@pytest.mark.parametrize("nilai", [0, 5, -1, 40])
def test_an_answer_outside_the_scale_is_refused(filled: Database, nilai: int) -> None:
    with pytest.raises(DBAPIError, match="ck_jawaban_nilai"):
        run_sql(
            filled,
            "INSERT INTO jawaban (responden_id, butir, unsur, nilai) "
            "SELECT id, 'lain', 'biaya', :nilai FROM responden",
            nilai=nilai,
        )


def test_an_answer_without_its_respondent_is_refused(filled: Database) -> None:
    nobody = uuid.uuid4()
    with pytest.raises(DBAPIError):
        run_sql(
            filled,
            "INSERT INTO jawaban (responden_id, butir, unsur, nilai) VALUES (:id, 'x', 'y', 1)",
            id=nobody.hex if filled.is_sqlite else nobody,
        )
