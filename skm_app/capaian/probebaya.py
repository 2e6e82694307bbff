"""The realisasi of sasaran 2: what the kelurahan of a kecamatan did under Probebaya."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from skm_app.capaian.periode import NilaiRealisasi
from skm_app.capaian.rencana import KODE_PROBEBAYA
from skm_app.kinerja import (
    DEFINISI_PROBEBAYA,
    DataKelurahan,
    ProbebayaError,
    compute_probebaya,
)
from skm_app.models import Anggaran, Indikator, Probebaya, Realisasi, Unit

# The programme whose rows, spent by kelurahan, make up the indikator of sasaran 2.
PROGRAM_PEMBERDAYAAN = "PROGRAM PEMBERDAYAAN MASYARAKAT DESA DAN KELURAHAN"
MENURUT_CATATAN = "menurut catatan Probebaya kelurahan"
MENURUT_ANGGARAN = "menurut realisasi anggaran kelurahan"
MELEBIHI = "melebihi 100%, periksa data: realisasi lebih besar daripada anggaran"
SERATUS = Decimal(100)


@dataclass(frozen=True, kw_only=True)
class Uang:
    """Budget and spending in whole rupiah; None: not recorded."""

    anggaran_rp: int | None
    realisasi_rp: int | None


@dataclass(frozen=True, kw_only=True)
class BarisProbebaya:
    """One kelurahan in one year.

    ``catatan``: what was recorded, None if nothing was. ``pagu``: the money of its rows of the
    programme Pemberdayaan in the budget, None if the budget of that year has no such rows in
    any kelurahan. ``data``: what the indikator is computed from.
    """

    unit_id: uuid.UUID
    nama: str
    catatan: Probebaya | None
    pagu: Uang | None
    data: DataKelurahan

    @property
    def berbeda(self) -> bool:
        """Whether the recorded money is other money than the budget's."""
        one = self.catatan
        if one is None or one.anggaran_rp is None or self.pagu is None:
            return False
        return (one.anggaran_rp, one.realisasi_rp or 0) != (
            self.pagu.anggaran_rp,
            self.pagu.realisasi_rp,
        )


@dataclass(frozen=True, kw_only=True)
class DefinisiResmi:
    """How the official figure of a year comes about; ``cara`` None: not chosen yet."""

    indikator_kode: str
    cara: str | None

    @property
    def definisi(self) -> str | None:
        """The official definition; None if there is none, or the figure is from a document."""
        return self.cara if self.cara in DEFINISI_PROBEBAYA else None


def read_probebaya(
    session: Session, unit_id: uuid.UUID, tahun: int, definisi: str
) -> NilaiRealisasi:
    """The Probebaya figure of a kecamatan under one definition, with where it comes from."""
    return make_realisasi(definisi, list_probebaya(session, unit_id, tahun))


def make_realisasi(definisi: str, baris: Sequence[BarisProbebaya]) -> NilaiRealisasi:
    """The figure of these kelurahan under one definition; ``asal`` says what is odd about it."""
    try:
        nilai = compute_probebaya(definisi, [one.data for one in baris])
    except ProbebayaError as error:
        return NilaiRealisasi(nilai=None, asal=str(error))
    asal = DEFINISI_PROBEBAYA[definisi]
    if definisi == "serapan_anggaran":
        asal = f"{asal}, {MENURUT_CATATAN if is_from_catatan(baris) else MENURUT_ANGGARAN}"
    if nilai > SERATUS:
        asal = f"{asal}; {MELEBIHI}"
    return NilaiRealisasi(nilai=nilai, asal=asal)


def list_data_kelurahan(session: Session, unit_id: uuid.UUID, tahun: int) -> list[DataKelurahan]:
    """What each kelurahan of a kecamatan did in a year, by name."""
    return [one.data for one in list_probebaya(session, unit_id, tahun)]


def list_probebaya(session: Session, unit_id: uuid.UUID, tahun: int) -> list[BarisProbebaya]:
    """The kelurahan of a kecamatan by name; of a kelurahan, itself alone.

    Money has one origin for all of them: if any kelurahan recorded its budget for Probebaya, the
    records, and a kelurahan without is one that lacks its figures; else the budget's rows.
    """
    units = session.execute(
        select(Unit.id, Unit.nama)
        .where((Unit.parent_id == unit_id) | (Unit.id == unit_id), Unit.jenis == "kelurahan")
        .order_by(Unit.nama)
    ).all()
    ids = [id_ for id_, _ in units]
    found = session.scalars(
        select(Probebaya).where(Probebaya.unit_id.in_(ids), Probebaya.tahun == tahun)
    )
    catatan = {one.unit_id: one for one in found}
    pagu = _read_pagu(session, ids, tahun)
    recorded = any(one.anggaran_rp is not None for one in catatan.values())
    return [
        BarisProbebaya(
            unit_id=id_,
            nama=nama,
            catatan=catatan.get(id_),
            pagu=pagu.get(id_),
            data=_make_data(nama, catatan.get(id_), None if recorded else pagu.get(id_)),
        )
        for id_, nama in units
    ]


def is_from_catatan(baris: Sequence[BarisProbebaya]) -> bool:
    """Whether the money of these kelurahan is taken from their records."""
    return any(one.catatan is not None and one.catatan.anggaran_rp is not None for one in baris)


def read_definisi_resmi(session: Session, unit_id: uuid.UUID, tahun: int) -> DefinisiResmi | None:
    """How a year's official figure comes about; None: the unit has no such indikator."""
    indikator = session.scalars(
        select(Indikator).where(Indikator.unit_id == unit_id, Indikator.kode == KODE_PROBEBAYA)
    ).one_or_none()
    if indikator is None:
        return None
    chosen = session.get(Realisasi, (indikator.id, tahun))
    return DefinisiResmi(indikator_kode=indikator.kode, cara=chosen.cara if chosen else None)


def _make_data(nama: str, catatan: Probebaya | None, pagu: Uang | None) -> DataKelurahan:
    """``pagu``: the money to use; None: that of the record."""
    if pagu is not None:
        anggaran_rp, realisasi_rp = pagu.anggaran_rp, pagu.realisasi_rp
    elif catatan is not None:
        anggaran_rp, realisasi_rp = catatan.anggaran_rp, catatan.realisasi_rp
    else:
        anggaran_rp = realisasi_rp = None
    return DataKelurahan(
        nama=nama,
        diajukan=catatan.diajukan if catatan else None,
        disetujui=catatan.disetujui if catatan else None,
        dilaksanakan=catatan.dilaksanakan if catatan else None,
        anggaran_rp=anggaran_rp,
        realisasi_rp=realisasi_rp,
    )


def _read_pagu(session: Session, ids: Sequence[uuid.UUID], tahun: int) -> dict[uuid.UUID, Uang]:
    """Money of the budget's rows per kelurahan; empty if no kelurahan has such a row."""
    rows = session.execute(
        select(Anggaran.unit_id, func.sum(Anggaran.anggaran_rp), func.sum(Anggaran.realisasi_rp))
        .where(
            Anggaran.unit_id.in_(ids),
            Anggaran.tahun == tahun,
            func.upper(Anggaran.program) == PROGRAM_PEMBERDAYAAN,
        )
        .group_by(Anggaran.unit_id)
    ).all()
    if not rows:
        return {}
    # In a budget that was stored, a kelurahan without rows has no budget, rather than no record.
    nothing = dict.fromkeys(ids, Uang(anggaran_rp=0, realisasi_rp=0))
    return nothing | {
        id_: Uang(anggaran_rp=int(anggaran), realisasi_rp=int(realisasi))
        for id_, anggaran, realisasi in rows
    }
