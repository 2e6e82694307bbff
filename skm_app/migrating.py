"""Schema versions: which one a database has, and the way to the newest."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

ROOT = Path(__file__).resolve().parent.parent


class NewerSchemaError(Exception):
    """The database was made by a newer version of the program."""


def upgrade_schema(connection: Connection) -> None:
    """Run every migration that is missing, inside the transaction of this connection.

    :raise NewerSchemaError: if the database knows a version that this program does not.
    """
    current = MigrationContext.configure(connection).get_current_revision()
    if current == head_revision():
        return
    if current is not None and current not in _known_revisions():
        raise NewerSchemaError(
            f"Basis data dibuat oleh versi program yang lebih baru (skema {current}). "
            "Pasang versi terbaru program ini."
        )
    config = make_config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def make_config() -> Config:
    """Alembic's configuration; ``migrations/env.py`` takes the connection from its attributes."""
    config = Config()
    config.set_main_option("script_location", str(ROOT / "migrations"))
    return config


def head_revision() -> str | None:
    """The schema version this program was written for."""
    return ScriptDirectory.from_config(make_config()).get_current_head()


def _known_revisions() -> set[str]:
    scripts = ScriptDirectory.from_config(make_config()).walk_revisions()
    return {script.revision for script in scripts}
