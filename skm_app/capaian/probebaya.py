"""The realisasi of sasaran 2: what the kelurahan of a kecamatan did under Probebaya."""

from __future__ import annotations

import uuid

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from skm_app.capaian.periode import NilaiRealisasi
from skm_app.kinerja import (
    DEFINISI_PROBEBAYA,
    DataKelurahan,
    ProbebayaError,
    compute_probebaya,
)
from skm_app.models import Anggaran, Unit

# The programme whose rows, spent by kelurahan, make up the indikator of sasaran 2.
PROGRAM_PEMBERDAYAAN = "PROGRAM PEMBERDAYAAN MASYARAKAT DESA DAN KELURAHAN"


def read_probebaya(
    session: Session, unit_id: uuid.UUID, tahun: int, definisi: str
) -> NilaiRealisasi:
    """The Probebaya figure of a kecamatan under one definition, from its kelurahan's rows."""
    try:
        nilai = compute_probebaya(definisi, list_data_kelurahan(session, unit_id, tahun))
    except ProbebayaError as error:
        return NilaiRealisasi(nilai=None, asal=str(error))
    return NilaiRealisasi(nilai=nilai, asal=DEFINISI_PROBEBAYA[definisi])


def list_data_kelurahan(session: Session, unit_id: uuid.UUID, tahun: int) -> list[DataKelurahan]:
    """What each kelurahan of a kecamatan was given and spent on Pemberdayaan in a year."""
    rows = session.execute(
        select(Unit.nama, func.sum(Anggaran.anggaran_rp), func.sum(Anggaran.realisasi_rp))
        .outerjoin(
            Anggaran,
            (Anggaran.unit_id == Unit.id)
            & (Anggaran.tahun == tahun)
            & (Anggaran.program == PROGRAM_PEMBERDAYAAN),
        )
        .where(Unit.parent_id == unit_id, Unit.jenis == "kelurahan")
        .group_by(Unit.nama)
        .order_by(Unit.nama)
    ).all()
    return [
        DataKelurahan(nama=nama, anggaran_rp=int(anggaran or 0), realisasi_rp=int(realisasi or 0))
        for nama, anggaran, realisasi in rows
    ]
