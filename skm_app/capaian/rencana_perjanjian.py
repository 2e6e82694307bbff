"""The performance agreement of a year: who promises what to whom."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from sqlalchemy.orm import Session

from skm_app.capaian.rencana_baca import list_indikator
from skm_app.models import Indikator, Perjanjian, Sasaran, Target


@dataclass(frozen=True, kw_only=True)
class BarisPerjanjian:
    """One line of the agreement's table; ``target``: as it applies now, None if none is set."""

    sasaran: Sasaran | None
    indikator: Indikator
    target: Target | None


@dataclass(frozen=True, kw_only=True)
class PerjanjianTahun:
    """An agreement with its table. ``perjanjian`` None: nothing is recorded of the document."""

    tahun: int
    perjanjian: Perjanjian | None
    baris: tuple[BarisPerjanjian, ...]


def read_perjanjian(session: Session, unit_id: uuid.UUID, tahun: int) -> PerjanjianTahun:
    """The agreement of a unit for a year, its indikator in the order of the plan."""
    return PerjanjianTahun(
        tahun=tahun,
        perjanjian=session.get(Perjanjian, (unit_id, tahun)),
        baris=tuple(
            BarisPerjanjian(
                sasaran=one.sasaran,
                indikator=one,
                target=session.get(Target, (one.id, tahun)),
            )
            for one in list_indikator(session, unit_id)
        ),
    )
