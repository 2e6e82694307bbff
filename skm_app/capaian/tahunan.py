"""Targets and realisasi of a year, each with where it came from."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from skm_app.capaian.periode import NilaiRealisasi, explain_pilih_ulang, read_from_periode
from skm_app.capaian.probebaya import read_probebaya
from skm_app.capaian.rencana import KODE_IKM
from skm_app.capaian.rencana_baca import list_indikator
from skm_app.kinerja import Arah, compute_capaian
from skm_app.models import Indikator, Realisasi, Target


@dataclass(frozen=True, kw_only=True)
class CapaianTahun:
    """One indikator in one year. ``capaian`` in percent, 2 decimals.

    ``cara``: how the realisasi comes about (``Realisasi.cara``), None if that is not chosen yet.
    """

    tahun: int
    target: Decimal | None
    realisasi: NilaiRealisasi
    capaian: Decimal | None
    cara: str | None = None


@dataclass(frozen=True, kw_only=True)
class BarisCapaian:
    """One indikator with the years asked for, oldest first."""

    indikator: Indikator
    tahun: tuple[CapaianTahun, ...]


def read_capaian(session: Session, unit_id: uuid.UUID, years: Sequence[int]) -> list[BarisCapaian]:
    """Targets, realisasi and capaian of a unit's indikator for some years, as the plan has them."""
    return [
        BarisCapaian(
            indikator=one, tahun=tuple(_read_year(session, one, year) for year in sorted(years))
        )
        for one in list_indikator(session, unit_id)
    ]


def list_years(session: Session, unit_id: uuid.UUID) -> list[int]:
    """Years for which a unit has a target, newest first."""
    return list(
        session.scalars(
            select(Target.tahun)
            .join(Indikator, Target.indikator_id == Indikator.id)
            .where(Indikator.unit_id == unit_id)
            .distinct()
            .order_by(Target.tahun.desc())
        )
    )


def _read_year(session: Session, indikator: Indikator, tahun: int) -> CapaianTahun:
    target = session.get(Target, (indikator.id, tahun))
    chosen = session.get(Realisasi, (indikator.id, tahun))
    realisasi = _read_realisasi(session, indikator, tahun, chosen)
    capaian = None
    if target is not None and realisasi.nilai is not None:
        arah = cast(Arah, indikator.arah)
        capaian = compute_capaian(realisasi.nilai, target.target, arah)
    return CapaianTahun(
        tahun=tahun,
        target=target.target if target else None,
        realisasi=realisasi,
        capaian=capaian,
        cara=chosen.cara if chosen else None,
    )


def _read_realisasi(
    session: Session, indikator: Indikator, tahun: int, chosen: Realisasi | None
) -> NilaiRealisasi:
    if chosen is None:
        return NilaiRealisasi(nilai=None, asal="Belum dipilih sumbernya")
    if chosen.cara == "dokumen":
        return _read_dokumen(session, indikator, tahun, chosen)
    if chosen.periode is not None:
        return read_from_periode(session, chosen.periode)
    return read_probebaya(session, indikator.unit_id, tahun, chosen.cara)


def _read_dokumen(
    session: Session, indikator: Indikator, tahun: int, chosen: Realisasi
) -> NilaiRealisasi:
    if indikator.kode == KODE_IKM:
        usang = explain_pilih_ulang(session, indikator.unit_id, tahun)
        if usang:
            return NilaiRealisasi(nilai=None, asal=usang)
    return NilaiRealisasi(nilai=chosen.nilai, asal=f"Dokumen: {chosen.sumber}")
