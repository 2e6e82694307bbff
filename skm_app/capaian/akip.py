"""AKIP: how the evaluator scored the unit's accountability, year by year."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from skm_app.kinerja import Predikat, load_aturan
from skm_app.models import Akip


@dataclass(frozen=True, kw_only=True)
class NilaiAkip:
    """One evaluation. ``nilai``: 0..100. ``predikat``: by Tabel 3.1, from ``nilai``.

    ``tercetak``: the letter in the evaluator's report, empty if it is not known; ``berbeda``:
    whether it is another one than the table gives.
    """

    tahun: int
    nilai: Decimal
    predikat: Predikat
    tercetak: str
    sumber: str
    berbeda: bool


def list_akip(session: Session, unit_id: uuid.UUID) -> tuple[NilaiAkip, ...]:
    """All evaluations of a unit, oldest first."""
    rows = session.scalars(select(Akip).where(Akip.unit_id == unit_id).order_by(Akip.tahun))
    return tuple(make_nilai(row) for row in rows)


def find_akip(session: Session, unit_id: uuid.UUID, tahun: int) -> NilaiAkip | None:
    """The evaluation that counts for a year: the latest up to that year, None if there is none.

    Source: LKjIP 2024, Bab III.D, which takes "hasil evaluasi terakhir".
    """
    row = session.scalars(
        select(Akip)
        .where(Akip.unit_id == unit_id, Akip.tahun <= tahun)
        .order_by(Akip.tahun.desc())
        .limit(1)
    ).one_or_none()
    return None if row is None else make_nilai(row)


def make_nilai(row: Akip) -> NilaiAkip:
    """A stored score with the predicate that Tabel 3.1 gives it."""
    predikat = load_aturan().classify_akip(row.nilai)
    return NilaiAkip(
        tahun=row.tahun,
        nilai=row.nilai,
        predikat=predikat,
        tercetak=row.predikat,
        sumber=row.sumber,
        berbeda=row.predikat not in ("", predikat.nama),
    )
