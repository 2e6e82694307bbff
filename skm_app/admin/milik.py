"""What the pages of master data share: own rows only, names used once, every change logged."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from flask import abort
from sqlalchemy import select
from sqlalchemy.orm import Session
from wtforms import Field

from skm_app.admin.hak import catat, get_sesi, list_my_tree
from skm_app.catatan import changes_between, values_of
from skm_app.models import Kios, Layanan, Pengguna, Titik, Unit

DataInduk = Unit | Layanan | Titik | Kios | Pengguna
T = TypeVar("T", Unit, Layanan, Titik, Kios, Pengguna)


def get_milik(session: Session, row: T | None) -> T:
    """The row, if it belongs to the part of the office this person may see.

    :raise 404: if there is none, or it is somebody else's.
    """
    if row is None:
        abort(404)
    unit_id = unit_id_of(row)
    if unit_id is None:
        # An account for the whole office.
        return row if get_sesi().unit_id is None else abort(404)
    return row if any(unit.id == unit_id for unit in list_my_tree(session)) else abort(404)


def unit_id_of(row: DataInduk) -> uuid.UUID | None:
    """The unit a row belongs to; None: the whole office."""
    if isinstance(row, Unit):
        return row.id
    return row.titik.unit_id if isinstance(row, Kios) else row.unit_id


def is_free(field: Field, others: Iterable[str], pesan: str) -> bool:
    """Whether nobody else has the typed name, large and small letters alike.

    :param pesan: what the form says if somebody has.
    """
    taken = field.data.casefold() in {other.casefold() for other in others}
    if taken:
        field.errors = [pesan]
    return not taken


def lock_unit(session: Session, unit_id: uuid.UUID | None) -> None:
    """Keep two people from adding the same name under a unit at the same moment."""
    session.execute(select(Unit.id).where(Unit.id == unit_id).with_for_update(key_share=True))


@contextmanager
def mencatat(session: Session, row: DataInduk, aksi: str, keterangan: str) -> Iterator[None]:
    """Log what the block changes of a row, before and after; nothing changed, nothing logged."""
    before = values_of(row)
    yield
    sebelum, sesudah = changes_between(before, values_of(row))
    if sesudah:
        catat(
            session, aksi, row, keterangan,
            unit_id=unit_id_of(row), sebelum=sebelum, sesudah=sesudah,
        )  # fmt: skip


def catat_baru(session: Session, row: DataInduk, keterangan: str) -> None:
    """Log a row that was just added."""
    session.flush()
    catat(
        session, "tambah", row, keterangan, unit_id=unit_id_of(row), sesudah=values_of(row)
    )  # fmt: skip
