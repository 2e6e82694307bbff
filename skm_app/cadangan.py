"""Backup while the server runs, and the way back.

A backup is always one SQLite file with the whole schema, whichever database it came from, so
it can be restored into either kind and looked into with ordinary tools.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, Select, Table, delete, func, insert, select, text, update
from sqlalchemy.exc import SQLAlchemyError

from skm_app.database import Database, DatabaseError
from skm_app.models import Base, Kios, Penetapan, Periode, Sesi
from skm_app.verifikasi import find_differences

ROWS_PER_STEP = 1000
SEAL = b"\nSKM-SHA256 "
DIGEST_LENGTH = 64
READ_STEP = 1024 * 1024
LOG_NAME = "cadangan.json"


class CadanganError(Exception):
    """A backup cannot be made or read; the message says why and what to do."""


def make_backup(database: Database, target: Path, data_dir: Path) -> int:
    """Write a consistent copy to a new file; the server may go on writing.

    :return: number of responses in it.
    :raise CadanganError: if the file exists, cannot be written, or turns out unreadable.
    """
    if target.exists():
        raise CadanganError(f"Berkas {target} sudah ada; pilih nama lain.")
    if not target.parent.is_dir():
        raise CadanganError(f"Cadangan gagal: folder {target.parent} tidak ada.")
    partial = target.with_name(target.name + ".sementara")
    try:
        partial.unlink(missing_ok=True)
        if database.is_sqlite:
            _copy_sqlite(_path_of(database), partial)
        else:
            _copy_tables(database, partial)
        count = check_backup(partial)
        _seal(partial)
        os.replace(partial, target)
    except (OSError, sqlite3.Error, SQLAlchemyError, DatabaseError) as error:
        raise CadanganError(f"Cadangan ke {target} gagal: {_reason(error)}.") from error
    finally:
        for left in (partial, Path(f"{partial}-wal"), Path(f"{partial}-shm")):
            left.unlink(missing_ok=True)
    note_in_log(data_dir, "cadangan")
    return count


def restore_backup(
    database: Database, source: Path, data_dir: Path, *, drop_penetapan: bool = False
) -> Path | None:
    """Put a backup in the place of the present data.

    Signed-in staff must sign in again and tablets be paired again, so that nothing that was
    revoked since comes back to life.

    :param drop_penetapan: whether results that were closed after the backup may be lost.
    :return: where the present SQLite data was moved to, or None if there was none.
    :raise CadanganError: if the file is no sound backup, or a PostgreSQL database is not empty;
        the present data is then as it was.
    """
    kept = None
    try:
        with _prepared_copy(source, data_dir) as copy:
            if not drop_penetapan:
                _refuse_losing_penetapan(database, copy)
            if database.is_sqlite:
                kept = _restore_sqlite(database, copy)
            else:
                _restore_tables(database, copy)
        first = _find_first_difference(database)
    except (OSError, sqlite3.Error, SQLAlchemyError, DatabaseError) as error:
        raise CadanganError(f"Pemulihan dari {source} gagal: {_reason(error)}.") from error
    if first is not None:
        raise CadanganError(f"Data dipulihkan, tetapi pemeriksaan menemukan: {first}")
    note_in_log(data_dir, "pemulihan")
    return kept


def try_restore(source: Path, data_dir: Path) -> int:
    """Restore drill: restore into a scratch file, verify, throw away.

    :return: number of responses in the backup.
    """
    count = check_backup(source)
    try:
        with _prepared_copy(source, data_dir) as copy:
            first = _find_first_difference(copy)
    except (OSError, sqlite3.Error, SQLAlchemyError, DatabaseError) as error:
        raise CadanganError(f"Uji pemulihan dari {source} gagal: {_reason(error)}.") from error
    if first is not None:
        raise CadanganError(f"Cadangan {source} terbaca, tetapi pemeriksaan menemukan: {first}")
    note_in_log(data_dir, "pemulihan")
    return count


def _refuse_losing_penetapan(database: Database, copy: Database) -> None:
    """A backup from before a period was closed would open it again, and leave no trace."""
    present = _read_penetapan(database)
    known = _read_penetapan(copy)
    lost = [nama for sidik, nama in present.items() if sidik not in known]
    if lost:
        raise CadanganError(
            f"Cadangan ini dibuat sebelum periode {', '.join(lost)} ditetapkan; hasilnya akan "
            "hilang. Bila memang itu maksudnya, ulangi dengan --buang-penetapan."
        )


def _read_penetapan(database: Database) -> dict[str, str]:
    """Names of closed periods by fingerprint; none where the data cannot be read any more."""
    path = database.sqlite_path
    if path is not None and not path.exists():
        return {}
    try:
        with database.reading() as session:
            rows = session.execute(select(Penetapan.sidik, Periode.nama).join(Periode)).all()
    except SQLAlchemyError:
        return {}
    return {row[0]: row[1] for row in rows}


@contextmanager
def _prepared_copy(source: Path, data_dir: Path) -> Iterator[Database]:
    """A scratch copy of a backup at the present schema, without sessions.

    :raise CadanganError: if the backup is damaged.
    """
    check_backup(source)
    is_sealed = _check_seal(source)
    scratch = data_dir / f"pemulihan-{secrets.token_hex(4)}.sementara"
    copy = Database(f"sqlite:///{scratch}")
    try:
        _copy_sqlite(source, scratch)
        copy.upgrade()
        with copy.writing() as session:
            session.execute(delete(Sesi))
            session.execute(update(Kios).values(token_hash=None))
        first = None if is_sealed else _find_first_difference(copy)
        # With its seal intact, a difference is no damage of the file: it was there before, and
        # the backup may be all that is left.
        if first is not None:
            raise CadanganError(f"Berkas cadangan {source} rusak: {first}")
        yield copy
    finally:
        copy.close()
        for left in (scratch, Path(f"{scratch}-wal"), Path(f"{scratch}-shm")):
            left.unlink(missing_ok=True)


def _find_first_difference(database: Database) -> str | None:
    with database.reading() as session:
        return next(find_differences(session), None)


def check_backup(path: Path) -> int:
    """Whether a file is a sound backup of this program.

    :return: number of responses in it.
    :raise CadanganError: saying what is wrong with it.
    """
    if not path.is_file():
        raise CadanganError(f"Berkas cadangan {path} tidak ditemukan.")
    _check_seal(path)
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
            (verdict,) = connection.execute("PRAGMA integrity_check").fetchone()
            if verdict != "ok":
                raise CadanganError(f"Berkas cadangan {path} rusak ({verdict.splitlines()[0]}).")
            if connection.execute("PRAGMA foreign_key_check").fetchone():
                raise CadanganError(f"Berkas cadangan {path} rusak: ada baris tanpa induk.")
            connection.execute("SELECT version_num FROM alembic_version").fetchone()
            (count,) = connection.execute("SELECT count(*) FROM responden").fetchone()
    except sqlite3.Error as error:
        raise CadanganError(
            f"Berkas {path} rusak atau bukan cadangan program ini ({error})."
        ) from error
    return int(count)


def read_log(data_dir: Path) -> dict[str, datetime]:
    """When the last backup (``cadangan``) and the last restore (``pemulihan``) were made."""
    try:
        content = json.loads((data_dir / LOG_NAME).read_text(encoding="utf-8"))
        return {
            name: datetime.fromisoformat(instant).astimezone(UTC)
            for name, instant in content.items()
        }
    except (OSError, ValueError, AttributeError, TypeError):
        return {}


def note_in_log(data_dir: Path, name: str) -> None:
    log = {**read_log(data_dir), name: datetime.now(UTC)}
    content = {key: instant.isoformat() for key, instant in log.items()}
    partial = data_dir / f"{LOG_NAME}.sementara"
    partial.write_text(json.dumps(content), encoding="utf-8")
    os.replace(partial, data_dir / LOG_NAME)


def _path_of(database: Database) -> Path:
    path = database.sqlite_path
    if path is None:
        raise CadanganError("Basis data ini bukan berkas SQLite.")
    return path


def _copy_sqlite(source: Path, target: Path) -> None:
    with (
        closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as live,
        closing(sqlite3.connect(target)) as copy,
    ):
        live.backup(copy)
        # One file that can be carried away, without companions.
        copy.execute("PRAGMA journal_mode = DELETE")


def _seal(path: Path) -> None:
    """Add a checksum at the end, where SQLite does not look: its own check would not notice a
    changed letter or digit."""
    digest = _hash_start(path, path.stat().st_size)
    with path.open("ab") as file:
        file.write(SEAL + digest)
        file.flush()
        os.fsync(file.fileno())


def _check_seal(path: Path) -> bool:
    """Whether the file carries a seal; a copy made by other means has none.

    :raise CadanganError: if the content does not fit the seal.
    """
    length = max(0, path.stat().st_size - len(SEAL) - DIGEST_LENGTH)
    with path.open("rb") as file:
        file.seek(length)
        end = file.read()
    if not end.startswith(SEAL):
        return False
    if _hash_start(path, length) != end.removeprefix(SEAL):
        raise CadanganError(f"Berkas cadangan {path} rusak: isinya tidak cocok dengan segelnya.")
    return True


def _hash_start(path: Path, length: int) -> bytes:
    """SHA-256 of the first ``length`` bytes, in hexadecimal."""
    found = hashlib.sha256()
    with path.open("rb") as file:
        while part := file.read(min(READ_STEP, length)):
            found.update(part)
            length -= len(part)
    return found.hexdigest().encode()


def _reason(error: Exception) -> str:
    """The first line only: what SQLAlchemy adds below it holds somebody's answers."""
    return str(error.__cause__ or error).strip().splitlines()[0]


def _restore_sqlite(database: Database, copy: Database) -> Path | None:
    path = _path_of(database)
    kept = None
    if path.exists() and path.stat().st_size > 0:
        database.close()
        _refuse_running_server(path)
        stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S-%f")
        kept = path.with_name(f"{path.stem}-sebelum-pemulihan-{stamp}.db")
        _keep_present(path, kept)
    with (
        closing(sqlite3.connect(_path_of(copy))) as backup,
        closing(sqlite3.connect(path, timeout=2)) as live,
    ):
        backup.backup(live)
        live.execute("PRAGMA journal_mode = WAL")
    return kept


def _refuse_running_server(path: Path) -> None:
    """Answers that a server acknowledges between the copy and the restore would be in neither."""
    with closing(sqlite3.connect(path, timeout=2)) as live:
        try:
            live.execute("PRAGMA locking_mode = EXCLUSIVE")
            live.execute("BEGIN EXCLUSIVE")
            live.execute("ROLLBACK")
        except sqlite3.OperationalError as error:
            raise CadanganError(
                f"Basis data {path} sedang dipakai. Hentikan server dahulu, lalu ulangi."
            ) from error
        except sqlite3.DatabaseError:
            return  # damaged: nobody can be writing into it


def _keep_present(path: Path, kept: Path) -> None:
    try:
        _copy_sqlite(path, kept)
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError:
        # Damaged: the very reason to restore. It is put aside as it is.
        kept.unlink(missing_ok=True)
        for suffix in ("", "-wal", "-shm"):
            present = Path(f"{path}{suffix}")
            if present.exists():
                os.replace(present, f"{kept}{suffix}")


def _copy_tables(database: Database, target: Path) -> None:
    """Copy every table of another database into a new SQLite file, all from one moment."""
    copy = Database(f"sqlite:///{target}")
    try:
        copy.upgrade()
        with (
            database.engine.connect().execution_options(
                isolation_level="REPEATABLE READ"
            ) as source,
            copy.write_connection() as sink,
        ):
            _copy_rows(source, sink)
    finally:
        copy.close()
    # Only now: nobody else may have the file open.
    with closing(sqlite3.connect(target)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")


def _restore_tables(database: Database, copy: Database) -> None:
    database.upgrade()
    with copy.engine.connect() as backup, database.write_connection() as live:
        _refuse_filled(live)
        _copy_rows(backup, live)


def _refuse_filled(connection: Connection) -> None:
    for table in _tables():
        if connection.scalar(select(func.count()).select_from(table)):
            raise CadanganError(
                "Basis data PostgreSQL tujuan tidak kosong. Buat basis data baru yang kosong, "
                "arahkan SKM_DATABASE_URL ke sana, lalu pulihkan sekali lagi."
            )


def _tables() -> list[Table]:
    return list(Base.metadata.sorted_tables)


def _copy_rows(source: Connection, sink: Connection) -> None:
    for table in _tables():
        rows = source.execution_options(yield_per=ROWS_PER_STEP).execute(_ordered(table)).mappings()
        for part in rows.partitions(ROWS_PER_STEP):
            sink.execute(insert(table), [dict(row) for row in part])


def _ordered(table: Table) -> Select[*tuple[object, ...]]:
    """A unit must come after the unit above it; everything else may come in any order."""
    if table.name != "unit":
        return select(table)
    depth = (
        text(
            "WITH RECURSIVE tree(id, depth) AS ("
            " SELECT id, 0 FROM unit WHERE parent_id IS NULL"
            " UNION ALL SELECT unit.id, depth + 1 FROM unit JOIN tree ON unit.parent_id = tree.id"
            ") SELECT id, depth FROM tree"
        )
        .columns(table.c.id)
        .subquery("tree")
    )
    return select(table).join(depth, depth.c.id == table.c.id).order_by(text("tree.depth"))
