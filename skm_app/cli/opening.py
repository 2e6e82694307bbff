"""How commands get at the settings and the database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from skm_app.database import Database, DatabaseError
from skm_app.intake import Intake
from skm_app.settings import Settings, read_settings
from skm_app.setup import ensure_instrumen


@contextmanager
def open_database(*, create: bool = False) -> Iterator[tuple[Settings, Database]]:
    """The configured database at the newest schema, closed afterwards.

    :param create: whether a SQLite file may be made. A backup or a check of a database that was
        made a moment ago, in the wrong folder, would say that all is well.
    :raise DatabaseError: if there is none and none may be made.
    """
    settings = read_settings()
    database = Database(settings.database_url)
    path = database.sqlite_path
    if not create and path is not None and not path.exists():
        raise DatabaseError(
            f"Basis data {path} belum ada. Periksa SKM_DATA_DIR, atau jalankan skm serve dahulu."
        )
    try:
        database.upgrade()
        with database.writing() as session:
            ensure_instrumen(session)
        yield settings, database
    finally:
        database.close()


def open_intake(settings: Settings, database: Database) -> Intake:
    return Intake(database, settings.timezone, settings.secret_key)
