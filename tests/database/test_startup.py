"""Checks before the first request, each finding provoked for real."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import text

from skm_app.cadangan import make_backup, try_restore
from skm_app.database import Database
from skm_app.intake import Intake
from skm_app.settings import Settings
from skm_app.startup import StartupError, check_startup
from tests.offices import ON_POSTGRESQL, ON_SQLITE, Kantor, add_periode, make_isian, run_sql

BACKUP = "Belum ada cadangan dalam 26 jam terakhir: jalankan skm backup NAMA_BERKAS."
DRILL = "Pemulihan belum diuji dalam 35 hari terakhir: skm restore --uji NAMA_BERKAS."


def test_a_new_installation_starts_and_is_told_to_make_a_backup(
    settings: Settings, database: Database
) -> None:
    warnings = check_startup(settings, database)
    assert [one for one in warnings if not one.startswith("PostgreSQL")] == [BACKUP, DRILL]


def test_the_warnings_disappear_after_a_backup_and_a_drill(
    settings: Settings, database: Database, kantor: Kantor, intake: Intake, tmp_path: Path
) -> None:
    intake.record(make_isian(kantor))
    copy = tmp_path / "cadangan.db"
    assert make_backup(database, copy, settings.data_dir) == 1
    assert BACKUP not in check_startup(settings, database)
    assert DRILL in check_startup(settings, database)
    assert try_restore(copy, settings.data_dir) == 1
    assert DRILL not in check_startup(settings, database)


def test_an_old_backup_is_as_good_as_none(settings: Settings, database: Database) -> None:
    old = datetime.now(UTC) - timedelta(days=36)
    log = {"cadangan": old.isoformat(), "pemulihan": old.isoformat()}
    (settings.data_dir / "cadangan.json").write_text(json.dumps(log))
    assert {BACKUP, DRILL} <= set(check_startup(settings, database))


def test_a_damaged_backup_log_is_as_good_as_none(settings: Settings, database: Database) -> None:
    for content in ("", "bukan json", "[1, 2]", '{"cadangan": 3}', '{"cadangan": "kemarin"}'):
        (settings.data_dir / "cadangan.json").write_text(content)
        assert {BACKUP, DRILL} <= set(check_startup(settings, database))


def test_a_backup_log_without_a_zone_does_not_stop_the_start(
    settings: Settings, database: Database
) -> None:
    (settings.data_dir / "cadangan.json").write_text('{"cadangan": "2026-01-01T00:00:00"}')
    assert BACKUP in check_startup(settings, database)


@pytest.mark.parametrize(("hours", "stops"), [(0, False), (2, True), (24 * 400, True)])
def test_a_clock_behind_the_newest_answer_stops_the_start(
    settings: Settings,
    database: Database,
    kantor: Kantor,
    intake: Intake,
    hours: int,
    stops: bool,
) -> None:
    intake.record(make_isian(kantor))
    # The same answer once more, as it would stand there had the clock been right.
    run_sql(
        database,
        "INSERT INTO responden (id, unit_id, titik_id, layanan_id, instrumen_id, kanal, "
        " diterima, tanggal, sidik) SELECT titik_id, unit_id, titik_id, layanan_id, "
        " instrumen_id, kanal, :instant, tanggal, sidik FROM responden",
        instant=_instant(database, datetime.now(UTC) + timedelta(hours=hours)),
    )
    if stops:
        with pytest.raises(StartupError, match=r"Jam komputer .* lebih lambat daripada jawaban"):
            check_startup(settings, database)
    else:
        check_startup(settings, database)


def _instant(database: Database, value: datetime) -> datetime | str:
    return value.strftime("%Y-%m-%d %H:%M:%S.%f") if database.is_sqlite else value


@ON_POSTGRESQL
@pytest.mark.parametrize("setting", ["off", "local"])
def test_postgresql_that_acknowledges_before_the_disk_stops_the_start(
    postgres_url: str, settings: Settings, database: Database, setting: str
) -> None:
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute(
            f'ALTER DATABASE "{database.url.database}" SET synchronous_commit = {setting}'
        )
    with pytest.raises(StartupError, match=f"synchronous_commit = {setting}"):
        check_startup(settings, database)


def fill(database: Database, kantor: Kantor, intake: Intake) -> Path:
    """A SQLite file of many pages, everything in the main file."""
    for tahun in range(1990, 2020):
        add_periode(database, kantor.palaran, tahun=tahun)
    for _ in range(60):
        intake.record(make_isian(kantor, saran="Antrean panjang. " * 60))
    path = database.sqlite_path
    assert path is not None
    with database.reading() as session:
        session.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
    database.close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
    return path


@ON_SQLITE
@pytest.mark.parametrize("place", ["page", "root", "tail"])
def test_a_damaged_sqlite_file_stops_the_start(
    settings: Settings, database: Database, kantor: Kantor, intake: Intake, place: str
) -> None:
    path = fill(database, kantor, intake)
    content = bytearray(path.read_bytes())
    assert len(content) > 40 * 4096
    if place == "page":
        content[20 * 4096 : 36 * 4096] = b"\x55" * 16 * 4096
    elif place == "root":
        content[4096 : 12 * 4096] = b"\x00" * 11 * 4096
    else:
        del content[-10 * 4096 :]
    path.write_bytes(content)
    again = Database(settings.database_url)
    with pytest.raises(StartupError, match="rusak"):
        check_startup(settings, again)
    again.close()


@ON_SQLITE
def test_a_sound_sqlite_file_passes_the_same_check(
    settings: Settings, database: Database, kantor: Kantor, intake: Intake
) -> None:
    fill(database, kantor, intake)
    again = Database(settings.database_url)
    assert check_startup(settings, again) == [BACKUP, DRILL]
    again.close()
