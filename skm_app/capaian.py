"""The read side of performance: targets and realisasi of a year, each with where it came from."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from skm_app.kinerja import (
    DEFINISI_PROBEBAYA,
    DataKelurahan,
    ProbebayaError,
    compute_capaian,
    compute_probebaya,
)
from skm_app.models import Anggaran, Indikator, Periode, Realisasi, Target, Unit
from skm_app.periode.penetapan import read_periode
from skm_app.periode.pokok import KURANG_DARI, TAMPIL_MULAI, is_seluruh_kantor, make_pokok

# The indikator of sasaran 1 and 2, by code.
KODE_IKM = "ikm"
KODE_PROBEBAYA = "probebaya"
# The programme whose rows, spent by kelurahan, make up the indikator of sasaran 2.
PROGRAM_PEMBERDAYAAN = "PROGRAM PEMBERDAYAAN MASYARAKAT DESA DAN KELURAHAN"


@dataclass(frozen=True, kw_only=True)
class NilaiRealisasi:
    """A realisasi with its origin; ``nilai`` is None when it cannot be given, ``asal`` says why.

    ``sementara``: taken from a period that is still open.
    """

    nilai: Decimal | None
    asal: str
    sementara: bool = False


@dataclass(frozen=True, kw_only=True)
class CapaianTahun:
    """One indikator in one year. ``capaian`` in percent, 2 decimals."""

    tahun: int
    target: Decimal | None
    realisasi: NilaiRealisasi
    capaian: Decimal | None


@dataclass(frozen=True, kw_only=True)
class BarisCapaian:
    """One indikator with the years asked for, oldest first."""

    indikator: Indikator
    tahun: tuple[CapaianTahun, ...]


def read_capaian(session: Session, unit_id: uuid.UUID, years: Sequence[int]) -> list[BarisCapaian]:
    """Targets, realisasi and capaian of all indikator of a unit for some years."""
    indikator = session.scalars(
        select(Indikator).where(Indikator.unit_id == unit_id).order_by(Indikator.urutan)
    ).all()
    return [
        BarisCapaian(
            indikator=one, tahun=tuple(_read_year(session, one, year) for year in sorted(years))
        )
        for one in indikator
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
    realisasi = _read_realisasi(session, indikator, tahun)
    capaian = None
    if target is not None and realisasi.nilai is not None:
        capaian = compute_capaian(realisasi.nilai, target.target)
    return CapaianTahun(
        tahun=tahun,
        target=target.target if target else None,
        realisasi=realisasi,
        capaian=capaian,
    )


def _read_realisasi(session: Session, indikator: Indikator, tahun: int) -> NilaiRealisasi:
    chosen = session.get(Realisasi, (indikator.id, tahun))
    if chosen is None:
        return NilaiRealisasi(nilai=None, asal="Belum dipilih sumbernya")
    if chosen.cara == "dokumen":
        return NilaiRealisasi(nilai=chosen.nilai, asal=f"Dokumen: {chosen.sumber}")
    if chosen.periode is not None:
        return read_from_periode(session, chosen.periode)
    return read_probebaya(session, indikator.unit_id, tahun, chosen.cara)


def read_from_periode(session: Session, periode: Periode) -> NilaiRealisasi:
    """The IKM of a period: as closed, or as it stands now and then marked "sementara".

    None, as long as fewer than five people answered an open one.
    """
    if periode.penetapan is not None:
        asal = f"Periode {periode.nama}, ditetapkan, {periode.penetapan.n} responden"
        return NilaiRealisasi(nilai=periode.penetapan.ikm, asal=asal)
    hasil = read_periode(session, periode).hasil
    # A frozen result that was set aside is nobody's realisasi any more.
    keadaan = "dibuka kembali" if periode.semua_penetapan else "belum ditetapkan"
    pokok = make_pokok(hasil, seluruh_kantor=is_seluruh_kantor(session, periode.unit_id))
    many = KURANG_DARI if pokok.n is None else pokok.n
    asal = f"Periode {periode.nama}, {keadaan}, {many} responden"
    if pokok.tertutup is not None:
        asal = f"{asal}; {TAMPIL_MULAI}"
    return NilaiRealisasi(nilai=pokok.ikm, asal=asal, sementara=True)


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
