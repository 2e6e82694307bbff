"""Engine, sessions, pragmas and migrations: the only place that knows which database it is.

Two ways in: ``reading()`` for a consistent look, ``writing()`` for a change that is committed
whole or not at all. On SQLite a writer takes the write lock when it begins (BEGIN IMMEDIATE), so
it waits in line instead of failing half-way with "database is locked".
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.pool import ConnectionPoolEntry

from skm_app.models import Base

BUSY_TIMEOUT_MS = 15_000
# Pages of 4 KiB. A checkpoint costs two syncs; at the default of 1,000 pages every hundredth
# submission would pay them.
WAL_CHECKPOINT_PAGES = 8_000
# Key of the advisory lock that keeps closing a period and recording answers apart (PostgreSQL).
INTAKE_LOCK = 0x534B4D
# Keys of the locks that let one transaction at a time add to the audit log, or count waiting
# responses (PostgreSQL).
CATATAN_LOCK = 0x534B4E
REKAP_LOCK = 0x534B4F


# What a query needs that only reads columns.
Reader = Session | Connection


class DatabaseError(Exception):
    """The database cannot be used as it is; the message says what to do."""


class DatabaseGoneError(SQLAlchemyError):
    """The SQLite file was moved or deleted under a running program.

    Its open connections would go on writing into a file that nobody finds again.
    """


class Database:
    """One database, opened once per process.

    :param url: SQLAlchemy URL of a SQLite file or a PostgreSQL database.
    """

    def __init__(self, url: str) -> None:
        self.url = make_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.engine = _make_engine(url, is_sqlite=self.is_sqlite)
        # Shares the pool; the option tells the begin event which BEGIN to send.
        self._write_engine = self.engine.execution_options(skm_write=True)
        # One moment for all statements of a look; SQLite gives that anyway.
        reading = {} if self.is_sqlite else {"isolation_level": "REPEATABLE READ"}
        self._read_session = sessionmaker(
            self.engine.execution_options(**reading), expire_on_commit=False
        )
        self._write_session = sessionmaker(self._write_engine, expire_on_commit=False)

    @property
    def sqlite_path(self) -> Path | None:
        """The database file, or None on PostgreSQL."""
        return Path(self.url.database) if self.is_sqlite and self.url.database else None

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that sees one moment; whatever is left uncommitted is forgotten."""
        with self._read_session() as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session that commits at the end of the block, or rolls back on an error."""
        with self._write_session.begin() as session:
            yield session

    @contextmanager
    def read_connection(self) -> Iterator[Connection]:
        """As ``reading()``, without the object layer: for what every visitor asks."""
        with self.engine.connect() as connection:
            yield connection

    @contextmanager
    def write_connection(self) -> Iterator[Connection]:
        """As ``writing()``, without the object layer: for the hot path of intake."""
        with self._write_engine.begin() as connection:
            yield connection

    def insert(self, table: type[Base]) -> sqlite.Insert | postgresql.Insert:
        """An INSERT that knows ON CONFLICT in this database's dialect."""
        return sqlite.insert(table) if self.is_sqlite else postgresql.insert(table)

    def lock_intake(self, connection: Connection, *, exclusive: bool) -> None:
        """Keep a closing period (exclusive) apart from answers being recorded (shared).

        SQLite needs nothing: BEGIN IMMEDIATE admits one writer at a time.
        """
        if not self.is_sqlite:
            function = "pg_advisory_xact_lock" if exclusive else "pg_advisory_xact_lock_shared"
            connection.execute(text(f"SELECT {function}(:key)"), {"key": INTAKE_LOCK})

    def lock_rekap(self, connection: Connection) -> None:
        """Let one transaction at a time count the responses that wait."""
        if not self.is_sqlite:
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": REKAP_LOCK})

    @staticmethod
    def lock_catatan(session: Session) -> None:
        """Let one transaction at a time take the next number of the audit log."""
        if session.get_bind().dialect.name != "sqlite":
            session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": CATATAN_LOCK})

    def upgrade(self) -> None:
        """Bring the schema to the newest version, whole or not at all.

        :raise DatabaseError: if the database cannot be opened or is newer than the program.
        """
        # Imported here: the process that serves citizens never migrates, and stays small.
        from skm_app.migrating import NewerSchemaError, upgrade_schema

        try:
            with self.write_connection() as connection:
                upgrade_schema(connection)
        except NewerSchemaError as error:
            raise DatabaseError(str(error)) from error
        except SQLAlchemyError as error:
            raise DatabaseError(
                f"SKM_DATABASE_URL: basis data tidak dapat dibuka atau dimutakhirkan "
                f"({_first_line(error)})."
            ) from error

    def is_alive(self) -> bool:
        """Whether the database answers a question about a table of ours."""
        try:
            with self.engine.connect() as connection:
                connection.execute(text("SELECT 1 FROM instalasi LIMIT 1"))
        except SQLAlchemyError:
            return False
        return True

    def close(self) -> None:
        self.engine.dispose()


def _first_line(error: Exception) -> str:
    return str(error.__cause__ or error).strip().splitlines()[0]


def _make_engine(url: str, *, is_sqlite: bool) -> Engine:
    if not is_sqlite:
        return create_engine(url, pool_pre_ping=True, pool_size=10, max_overflow=10)
    engine = create_engine(url, pool_size=10, max_overflow=10)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, record: ConnectionPoolEntry) -> None:
    record.info["file"] = _identity(_file_of(connection))
    # The driver must not begin transactions by itself: _begin_sqlite does it.
    connection.isolation_level = None
    for pragma, value in sqlite_pragmas().items():
        connection.execute(f"PRAGMA {pragma} = {value}")


def sqlite_pragmas() -> dict[str, int | str]:
    """What every SQLite connection is set to; start-up checks that it took hold.

    ``synchronous = FULL`` because NORMAL loses acknowledged rows in a power cut.
    ``recursive_triggers`` because without it REPLACE slips past the append-only triggers.
    """
    return {
        "busy_timeout": BUSY_TIMEOUT_MS,
        "journal_mode": "WAL",
        "synchronous": "FULL",
        "foreign_keys": "ON",
        "recursive_triggers": "ON",
        "wal_autocheckpoint": WAL_CHECKPOINT_PAGES,
    }


def _begin_sqlite(connection: Connection) -> None:
    write = connection.get_execution_options().get("skm_write", False)
    path = connection.engine.url.database or ""
    if _identity(path) != connection.info["file"]:
        connection.invalidate()
        raise DatabaseGoneError(f"Berkas basis data {path} tidak ada lagi di tempatnya.")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")


def _file_of(connection: sqlite3.Connection) -> str:
    return str(connection.execute("PRAGMA database_list").fetchone()[2])


def _identity(path: str) -> tuple[int, int] | None:
    """Which file a path names at this moment; None if there is none."""
    try:
        status = os.stat(path)
    except OSError:
        return None
    return status.st_dev, status.st_ino
