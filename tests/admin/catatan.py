"""What stands in the audit log."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from skm_app.database import Database
from skm_app.models import Catatan


def read_catatan(database: Database) -> list[Catatan]:
    """All records but those of signing in and out, the oldest first."""
    with database.reading() as session:
        deeds = select(Catatan).where(Catatan.objek != "masuk")
        return list(session.scalars(deeds.order_by(Catatan.nomor)))


def last_deed(database: Database) -> tuple[str, str, str, Any, Any]:
    """Who did what to which kind of thing, and the values before and after."""
    last = read_catatan(database)[-1]
    return last.oleh, last.aksi, last.objek, last.sebelum, last.sesudah
