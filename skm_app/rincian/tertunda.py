"""Responses that the tallies by ciri do not hold yet: a few hundred at most."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from skm_app.models import CIRI, Jawaban, RekapTertunda, Responden
from skm_app.scoring import Instrumen

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
    """Those of some units and days. One statement."""
    columns = [getattr(Responden, ciri) for ciri in CIRI]
    rows = session.execute(
        select(Responden.id, Responden.unit_id, Responden.tanggal, *columns)
        .add_columns(Jawaban.butir, Jawaban.nilai)
        .join(RekapTertunda, RekapTertunda.responden_id == Responden.id)
        .join(Jawaban, Jawaban.responden_id == Responden.id)
        .where(
            Responden.unit_id.in_(unit_ids),
            Responden.tanggal.between(mulai, sampai),
            Responden.instrumen_id == instrumen.id,
        )
    )
    found: dict[uuid.UUID, Tertunda] = {}
    for id_, unit_id, tanggal, *values, butir, nilai in rows:
        kelompok = tuple((c, _kelompok_of(v)) for c, v in zip(CIRI, values, strict=True))
        one = found.setdefault(id_, Tertunda(unit_id, tanggal, kelompok, {}))
        one.nilai[butir] = nilai
    return list(found.values())


def _kelompok_of(value: str | bool | None) -> str:
    """As ``rekap_ciri`` writes it."""
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    return value or ""
