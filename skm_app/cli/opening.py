"""How commands get at the settings and the database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from skm_app.database import Database
from skm_app.intake import Intake
from skm_app.settings import Settings, read_settings
from skm_app.setup import ensure_instrumen


@contextmanager
def open_database() -> Iterator[tuple[Settings, Database]]:
    """The configured database at the newest schema, closed afterwards."""
    settings = read_settings()
    database = Database(settings.database_url)
    try:
        database.upgrade()
        with database.writing() as session:
            ensure_instrumen(session)
        yield settings, database
    finally:
        database.close()


def open_intake(settings: Settings, database: Database) -> Intake:
    return Intake(database, settings.timezone, settings.secret_key)
