"""The office this installation is for, and the units under it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, bindparam, literal, select
from sqlalchemy.orm import Session

from skm_app.models import Instalasi, Unit

KUNCI_KANTOR = "unit"


class KantorBelumAdaError(Exception):
    """Nobody has said yet for which office this installation is."""


@dataclass(frozen=True, kw_only=True)
class UnitPohon:
    """A unit in the office's tree; ``jenjang`` 0 is the office itself."""

    id: uuid.UUID
    parent_id: uuid.UUID | None
    nama: str
    jenis: str
    alamat: str
    jenjang: int

    @property
    def label(self) -> str:
        """The name, set in by its depth, for a list of choices."""
        return "\u2007\u2007" * self.jenjang + self.nama


def _make_tree() -> Select[Any]:
    columns = (Unit.id, Unit.parent_id, Unit.nama, Unit.jenis, Unit.alamat)
    root = select(*columns, literal(0).label("jenjang")).where(Unit.id == bindparam("kantor_id"))
    cte = root.cte(recursive=True)
    below = select(*columns, (cte.c.jenjang + 1).label("jenjang"))
    return select(cte.union_all(below.join(cte, Unit.parent_id == cte.c.id)))


# Built once: the live index asks every two seconds, and building it costs more than asking.
_TREE = _make_tree()


def find_kantor_id(session: Session) -> uuid.UUID | None:
    """Id of the office, or None before the first run."""
    nilai = session.scalar(select(Instalasi.nilai).where(Instalasi.kunci == KUNCI_KANTOR))
    return uuid.UUID(nilai) if nilai else None


def get_kantor_id(session: Session) -> uuid.UUID:
    """Id of the office.

    :raise KantorBelumAdaError: before the first run.
    """
    kantor_id = find_kantor_id(session)
    if kantor_id is None:
        raise KantorBelumAdaError
    return kantor_id


def list_tree(session: Session, kantor_id: uuid.UUID) -> list[UnitPohon]:
    """The office and everything under it, parents before their children, by name. One statement."""
    found = session.execute(_TREE, {"kantor_id": kantor_id})
    rows = [
        UnitPohon(id=id_, parent_id=parent, nama=nama, jenis=jenis, alamat=alamat, jenjang=jenjang)
        for id_, parent, nama, jenis, alamat, jenjang in found
    ]
    return _in_order(rows, kantor_id)


def list_below(tree: list[UnitPohon], unit_id: uuid.UUID) -> tuple[uuid.UUID, ...]:
    """A unit of the tree and everything under it, the unit first."""
    found = [unit_id]
    for unit in tree:  # parents come before their children
        if unit.parent_id in found and unit.id not in found:
            found.append(unit.id)
    return tuple(found)


def _in_order(rows: list[UnitPohon], kantor_id: uuid.UUID) -> list[UnitPohon]:
    children: dict[uuid.UUID | None, list[UnitPohon]] = {}
    for unit in sorted(rows, key=lambda unit: unit.nama):
        children.setdefault(None if unit.id == kantor_id else unit.parent_id, []).append(unit)
    ordered: list[UnitPohon] = []
    waiting = children.get(None, [])[::-1]
    while waiting:
        unit = waiting.pop()
        ordered.append(unit)
        waiting.extend(children.get(unit.id, [])[::-1])
    return ordered
