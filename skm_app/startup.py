"""Checks before the first request: what could lose or falsify data stops the start."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import chain
from pathlib import Path

from sqlalchemy import func, select, text
from sqlalchemy.exc import SQLAlchemyError

from skm_app.cadangan import read_log
from skm_app.database import BUSY_TIMEOUT_MS, Database
from skm_app.models import Responden
from skm_app.settings import Settings

MIN_FREE_BYTES = 500 * 1024 * 1024
# Below this the next answers could not be stored at all.
NO_FREE_BYTES = 20 * 1024 * 1024
NETWORK_FILE_SYSTEMS = ("nfs", "cifs", "smb", "9p", "fuse.sshfs", "afs", "ncpfs")
BACKUP_AGE = timedelta(hours=26)
DRILL_AGE = timedelta(days=35)
# Nothing was recorded before this program existed.
EARLIEST_CLOCK = datetime(2026, 1, 1, tzinfo=UTC)
CLOCK_STEP = timedelta(hours=1)


class StartupError(Exception):
    """The program must not start like this; the message says what and how to put it right."""


@dataclass(frozen=True)
class Temuan:
    """Something found at start-up; ``menghentikan``: too dangerous to go on."""

    pesan: str
    menghentikan: bool = False


def check_startup(settings: Settings, database: Database) -> list[str]:
    """Check data, clock and disk.

    :return: Indonesian warnings to show to whoever started the program.
    :raise StartupError: on the first finding that could lose or falsify answers.
    """
    now = datetime.now(UTC)
    warnings = []
    # One after the other: a damaged file must be named before the next check reads from it.
    for temuan in chain(
        _check_sqlite(database) if database.is_sqlite else _check_postgresql(database),
        _check_disk(settings.data_dir),
        _check_clock(database, now),
        _check_backups(settings.data_dir, now),
    ):
        if temuan.menghentikan:
            raise StartupError(temuan.pesan)
        warnings.append(temuan.pesan)
    return warnings


def _check_sqlite(database: Database) -> Iterator[Temuan]:
    path = database.sqlite_path
    try:
        yield from _check_pragmas(database)
        if path is not None:
            yield from _check_file_system(path)
            yield from _check_content(path)
    except (sqlite3.DatabaseError, SQLAlchemyError) as error:
        reason = error.__cause__ or error
        yield Temuan(
            f"Berkas {path} rusak atau tidak dapat dibuka ({reason}). Pulihkan dari cadangan.", True
        )


def _check_pragmas(database: Database) -> Iterator[Temuan]:
    wanted = {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "recursive_triggers": 1,
        "busy_timeout": BUSY_TIMEOUT_MS,
    }
    with database.engine.connect() as connection:
        for pragma, value in wanted.items():
            actual = connection.exec_driver_sql(f"PRAGMA {pragma}").scalar()
            if actual != value:
                yield Temuan(f"SQLite: {pragma} = {actual}, seharusnya {value}.", True)


def _check_content(path: Path) -> Iterator[Temuan]:
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        verdict = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    if verdict != "ok":
        yield Temuan(f"Berkas {path} rusak ({verdict}). Pulihkan dari cadangan.", True)


def _check_file_system(path: Path) -> Iterator[Temuan]:
    kind = _file_system_of(path)
    if kind.startswith(NETWORK_FILE_SYSTEMS):
        yield Temuan(
            f"Berkas {path} berada di folder jaringan ({kind}); kunci SQLite tidak dapat "
            "dipercaya di sana. Pindahkan SKM_DATA_DIR ke cakram komputer ini.",
            True,
        )


def _file_system_of(path: Path, mounts: Path = Path("/proc/mounts")) -> str:
    """Kind of the file system a path lies on; empty where the system does not tell."""
    try:
        lines = mounts.read_text(encoding="utf-8").splitlines()
    except OSError:
        return ""
    entries = [line.split(" ") for line in lines]
    within = [
        (len(entry[1]), entry[2]) for entry in entries if path.resolve().is_relative_to(entry[1])
    ]
    return max(within)[1] if within else ""


def _check_postgresql(database: Database) -> Iterator[Temuan]:
    with database.engine.connect() as connection:
        for name in ("fsync", "full_page_writes", "synchronous_commit"):
            value = connection.scalar(text("SELECT current_setting(:name)"), {"name": name})
            if value in ("off", "local"):
                yield Temuan(
                    f"PostgreSQL: {name} = {value}; jawaban dapat hilang. Setel ke on.", True
                )
        if connection.scalar(text("SELECT current_setting('data_checksums')")) != "on":
            yield Temuan("PostgreSQL: data_checksums mati; kerusakan cakram tidak akan terlihat.")
        if connection.scalar(text("SELECT current_setting('is_superuser')")) == "on":
            yield Temuan("PostgreSQL: memakai akun superuser; pakai akun biasa untuk program ini.")


def _check_disk(data_dir: Path) -> Iterator[Temuan]:
    free = shutil.disk_usage(data_dir).free
    if free < MIN_FREE_BYTES:
        yield Temuan(
            f"Sisa ruang cakram di {data_dir} tinggal {free // 1024**2} MB.",
            menghentikan=free < NO_FREE_BYTES,
        )


def _check_clock(database: Database, now: datetime) -> Iterator[Temuan]:
    if now < EARLIEST_CLOCK:
        yield Temuan(f"Jam komputer menunjukkan {now:%d/%m/%Y}. Betulkan jamnya.", True)
    with database.reading() as session:
        newest = session.scalar(select(func.max(Responden.diterima)))
    if newest is not None and newest > now + CLOCK_STEP:
        yield Temuan(
            f"Jam komputer ({now:%d/%m/%Y %H.%M} UTC) lebih lambat daripada jawaban terakhir "
            f"({newest:%d/%m/%Y %H.%M} UTC). Betulkan jamnya.",
            True,
        )


def _check_backups(data_dir: Path, now: datetime) -> Iterator[Temuan]:
    log = read_log(data_dir)
    if "cadangan" not in log or now - log["cadangan"] > BACKUP_AGE:
        yield Temuan("Belum ada cadangan dalam 26 jam terakhir: jalankan skm backup NAMA_BERKAS.")
    if "pemulihan" not in log or now - log["pemulihan"] > DRILL_AGE:
        yield Temuan("Pemulihan belum diuji dalam 35 hari terakhir: skm restore --uji NAMA_BERKAS.")
