"""Responses that the tallies by ciri do not hold yet: a few hundred at most."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from skm_app.models import CIRI, Jawaban, RekapTertunda, Responden
from skm_app.scoring import Instrumen

PER_STEP = 500  # responses read by one statement
Kelompok = tuple[str, str]  # ciri and the value of it


@dataclass(frozen=True)
class Tertunda:
    """One of them, with its group by each ciri and its answers by butir."""

    unit_id: uuid.UUID
    tanggal: date
    kelompok: tuple[Kelompok, ...]
    nilai: dict[str, int | None]


def read_tertunda(
    session: Session,
    unit_ids: tuple[uuid.UUID, ...],
    instrumen: Instrumen,
    mulai: date,
    sampai: date,
) -> list[Tertunda]:
    """Those of some units and days. Two statements, one if nobody waits.

    By their keys alone: given units and days too, SQLite would rather read all responses of those.
    """
    waiting = session.scalars(select(RekapTertunda.responden_id)).all()
    columns = [getattr(Responden, ciri) for ciri in CIRI]
    found: dict[uuid.UUID, Tertunda] = {}
    for start in range(0, len(waiting), PER_STEP):
        rows = session.execute(
            select(Responden.id, Responden.unit_id, Responden.instrumen_id, Responden.tanggal)
            .add_columns(*columns, Jawaban.butir, Jawaban.nilai)
            .join(Jawaban, Jawaban.responden_id == Responden.id)
            .where(Responden.id.in_(waiting[start : start + PER_STEP]))
        )
        for id_, unit_id, instrumen_id, tanggal, *values, butir, nilai in rows:
            if unit_id not in unit_ids or not mulai <= tanggal <= sampai:
                continue
            if instrumen_id != instrumen.id:
                continue
            kelompok = tuple((c, _kelompok_of(v)) for c, v in zip(CIRI, values, strict=True))
            one = found.setdefault(id_, Tertunda(unit_id, tanggal, kelompok, {}))
            one.nilai[butir] = nilai
    return list(found.values())


def _kelompok_of(value: str | bool | None) -> str:
    """As ``rekap_ciri`` writes it."""
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    return value or ""
