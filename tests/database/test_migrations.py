"""The schema: the same however it came about, upgraded whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text

from skm_app.database import Database, DatabaseError, sqlite_pragmas
from skm_app.migrating import head_revision
from skm_app.models import Base
from tests.conftest import create_postgres, postgres_database_url
from tests.offices import APPEND_ONLY, run_sql


def list_tables(database: Database) -> list[str]:
    with database.engine.connect() as connection:
        return sorted(inspect(connection).get_table_names())


def test_a_migrated_schema_equals_the_models(database: Database) -> None:
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_server_default": True})
        assert compare_metadata(context, Base.metadata) == []


def test_an_upgraded_database_is_at_the_newest_version_and_stays_so(database: Database) -> None:
    database.upgrade()
    with database.reading() as session:
        assert session.scalars(text("SELECT version_num FROM alembic_version")).all() == [
            head_revision()
        ]


def test_every_append_only_table_is_guarded(database: Database) -> None:
    query = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if database.is_sqlite
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'O'"
    )
    kinds = ("update", "delete") if database.is_sqlite else ("change", "truncate")
    with database.reading() as session:
        found = set(session.scalars(text(query)))
    assert found >= {f"{table}_refuse_{kind}" for table in APPEND_ONLY for kind in kinds}


def test_a_failed_upgrade_leaves_nothing_behind(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'lain.db'}")
    # Somebody's own table stands in the way of one of the last tables of the upgrade.
    run_sql(database, "CREATE TABLE jawaban (catatan TEXT)")
    with pytest.raises(DatabaseError, match="SKM_DATABASE_URL"):
        database.upgrade()
    assert list_tables(database) == ["jawaban"]
    run_sql(database, "DROP TABLE jawaban")
    database.upgrade()
    assert set(list_tables(database)) >= set(Base.metadata.tables)
    database.close()


def test_a_failed_upgrade_leaves_nothing_behind_on_postgresql(postgres_url: str) -> None:
    create_postgres(postgres_url, "skm_gagal")
    database = Database(postgres_database_url(postgres_url, "skm_gagal"))
    run_sql(database, "CREATE TABLE jawaban (catatan TEXT)")
    with pytest.raises(DatabaseError, match="SKM_DATABASE_URL"):
        database.upgrade()
    assert list_tables(database) == ["jawaban"]
    database.close()


def test_a_database_of_a_newer_program_is_refused_and_left_alone(database: Database) -> None:
    run_sql(database, "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(DatabaseError, match=r"versi program yang lebih baru \(skema 9999\)"):
        database.upgrade()
    with database.reading() as session:
        assert session.scalars(text("SELECT version_num FROM alembic_version")).all() == ["9999"]


def test_every_sqlite_connection_is_safe_against_power_cuts_and_replace(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'skm.db'}")
    wanted = {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "recursive_triggers": 1,
    }
    assert set(wanted) < set(sqlite_pragmas())
    with database.engine.connect() as first, database.write_connection() as second:
        for connection in (first, second):
            found = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in wanted}
            assert found == wanted
            assert connection.exec_driver_sql("PRAGMA busy_timeout").scalar_one() >= 5000
    database.close()


def test_a_database_without_our_tables_is_not_alive(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'kosong.db'}")
    assert not database.is_alive()
    database.upgrade()
    assert database.is_alive()
    database.close()
