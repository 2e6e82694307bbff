"""The realisasi of sasaran 2: what the kelurahan of a kecamatan did under Probebaya."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from skm_app.capaian.anggaran import plain_nama
from skm_app.capaian.periode import NilaiRealisasi
from skm_app.capaian.probebaya_isi import UANG, USULAN
from skm_app.capaian.rencana import KODE_PROBEBAYA
from skm_app.kata import gabung
from skm_app.kinerja import (
    DEFINISI_PROBEBAYA,
    DataKelurahan,
    ProbebayaError,
    compute_probebaya,
)
from skm_app.models import Anggaran, Indikator, Probebaya, Realisasi, Unit

# The programme whose rows, spent by kelurahan, make up the indikator of sasaran 2.
PROGRAM_PEMBERDAYAAN = plain_nama("PROGRAM PEMBERDAYAAN MASYARAKAT DESA DAN KELURAHAN")
MENURUT_CATATAN = "menurut catatan Probebaya kelurahan"
MENURUT_ANGGARAN = "menurut realisasi anggaran kelurahan"
MELEBIHI = "melebihi 100%, periksa data: realisasi lebih besar daripada anggaran"
SERATUS = Decimal(100)


@dataclass(frozen=True, kw_only=True)
class Uang:
    """Budget and spending in whole rupiah."""

    anggaran_rp: int
    realisasi_rp: int


NIHIL = Uang(anggaran_rp=0, realisasi_rp=0)


@dataclass(frozen=True, kw_only=True)
class BarisProbebaya:
    """One kelurahan in one year.

    ``catatan``: what was recorded, None if nothing was. ``pagu``: the money of its rows of the
    programme Pemberdayaan in the budget, None if it has no such row. ``dari_anggaran``: whether
    the budget has such rows for any of the kelurahan, and so is where their money is taken from.
    ``data``: what the indikator is computed from.
    """

    unit_id: uuid.UUID
    nama: str
    catatan: Probebaya | None
    pagu: Uang | None
    dari_anggaran: bool
    data: DataKelurahan

    @property
    def dicatat(self) -> Uang | None:
        """The recorded money; None if there is none."""
        one = self.catatan
        if one is None or one.anggaran_rp is None:
            return None
        return Uang(anggaran_rp=one.anggaran_rp, realisasi_rp=one.realisasi_rp or 0)

    @property
    def berbeda(self) -> bool:
        """Whether the recorded money is other money than the budget's."""
        if self.dicatat is None or not self.dari_anggaran:
            return False
        return self.dicatat != (self.pagu or NIHIL)

    @property
    def is_kosong(self) -> bool:
        """Whether nothing at all is known of it, not even that there was nothing."""
        if self.pagu is not None:
            return False
        return all(getattr(self.catatan, nama, None) is None for nama in (*USULAN, *UANG))


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
    return make_realisasi(definisi, tahun, list_probebaya(session, unit_id, tahun))


def make_realisasi(definisi: str, tahun: int, baris: Sequence[BarisProbebaya]) -> NilaiRealisasi:
    """The figure of these kelurahan under one definition; ``asal`` says what is odd about it.

    None while one of them has no data at all. Until the year is over it may still change.
    """
    kurang = _find_kurang(definisi, tahun, baris)
    if kurang:
        return NilaiRealisasi(nilai=None, asal=kurang)
    try:
        nilai = compute_probebaya(definisi, [one.data for one in baris])
    except ProbebayaError as error:
        return NilaiRealisasi(nilai=None, asal=str(error))
    asal = DEFINISI_PROBEBAYA[definisi]
    if definisi == "serapan_anggaran":
        asal = f"{asal}, {MENURUT_ANGGARAN if is_from_anggaran(baris) else MENURUT_CATATAN}"
    if nilai > SERATUS:
        asal = f"{asal}; {MELEBIHI}"
    berjalan = datetime.now(UTC).date() <= date(tahun, 12, 31)
    if berjalan:
        asal = f"{asal}; tahun {tahun} belum berakhir"
    return NilaiRealisasi(nilai=nilai, asal=asal, sementara=berjalan)


def _find_kurang(definisi: str, tahun: int, baris: Sequence[BarisProbebaya]) -> str:
    """Which kelurahan keep the figure from being given; empty if none of them, or all, do."""
    kosong = [one.nama for one in baris if one.is_kosong]
    if kosong and len(kosong) < len(baris):
        return (
            f"{gabung(kosong)} belum mempunyai data tahun {tahun}; isi, atau isi 0 bila memang "
            "tidak ada."
        )
    hilang = [one.nama for one in baris if one.berbeda and one.pagu is None]
    if hilang and definisi == "serapan_anggaran":
        return (
            f"{gabung(hilang)} mencatat anggaran, tetapi tabel anggaran {tahun} tidak memuat "
            "Program Pemberdayaan untuknya; periksa mana yang benar."
        )
    return ""


def list_data_kelurahan(session: Session, unit_id: uuid.UUID, tahun: int) -> list[DataKelurahan]:
    """What each kelurahan of a kecamatan did in a year, by name."""
    return [one.data for one in list_probebaya(session, unit_id, tahun)]


def list_probebaya(session: Session, unit_id: uuid.UUID, tahun: int) -> list[BarisProbebaya]:
    """The kelurahan of a kecamatan by name; of a kelurahan, itself alone.

    Money has one origin for all of them: the budget, if it has rows of the programme Pemberdayaan
    for any of them; else their records. A budget says nothing of a kelurahan without such a row;
    that it has no money may then be recorded as 0.
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
    return [
        BarisProbebaya(
            unit_id=id_,
            nama=nama,
            catatan=catatan.get(id_),
            pagu=pagu.get(id_),
            dari_anggaran=bool(pagu),
            data=_make_data(nama, catatan.get(id_), pagu.get(id_), dari_anggaran=bool(pagu)),
        )
        for id_, nama in units
    ]


def is_from_anggaran(baris: Sequence[BarisProbebaya]) -> bool:
    """Whether the money of these kelurahan is taken from the budget."""
    return any(one.dari_anggaran for one in baris)


def read_definisi_resmi(session: Session, unit_id: uuid.UUID, tahun: int) -> DefinisiResmi | None:
    """How a year's official figure comes about; None: the unit has no such indikator."""
    indikator = session.scalars(
        select(Indikator).where(Indikator.unit_id == unit_id, Indikator.kode == KODE_PROBEBAYA)
    ).one_or_none()
    if indikator is None:
        return None
    chosen = session.get(Realisasi, (indikator.id, tahun))
    return DefinisiResmi(indikator_kode=indikator.kode, cara=chosen.cara if chosen else None)


def _make_data(
    nama: str, catatan: Probebaya | None, pagu: Uang | None, *, dari_anggaran: bool
) -> DataKelurahan:
    anggaran_rp, realisasi_rp = _choose_uang(catatan, pagu, dari_anggaran=dari_anggaran)
    return DataKelurahan(
        nama=nama,
        diajukan=catatan.diajukan if catatan else None,
        disetujui=catatan.disetujui if catatan else None,
        dilaksanakan=catatan.dilaksanakan if catatan else None,
        anggaran_rp=anggaran_rp,
        realisasi_rp=realisasi_rp,
    )


def _choose_uang(
    catatan: Probebaya | None, pagu: Uang | None, *, dari_anggaran: bool
) -> tuple[int | None, int | None]:
    """Budget and spending to use, None where they are not known."""
    if pagu is not None:
        return pagu.anggaran_rp, pagu.realisasi_rp
    if catatan is None:
        return None, None
    if not dari_anggaran:
        return catatan.anggaran_rp, catatan.realisasi_rp
    # Beside a budget a record can say that there is no money, but bring none in.
    nihil = catatan.anggaran_rp == 0 and not catatan.realisasi_rp
    return (0, 0) if nihil else (None, None)


def _read_pagu(session: Session, ids: Sequence[uuid.UUID], tahun: int) -> dict[uuid.UUID, Uang]:
    """Money of the budget's rows of the programme, for the kelurahan that have such rows."""
    rows = session.execute(
        select(
            Anggaran.unit_id,
            Anggaran.program,
            func.sum(Anggaran.anggaran_rp),
            func.sum(Anggaran.realisasi_rp),
        )
        .where(Anggaran.unit_id.in_(ids), Anggaran.tahun == tahun)
        .group_by(Anggaran.unit_id, Anggaran.program)
    )
    found: dict[uuid.UUID, Uang] = {}
    for id_, program, anggaran, realisasi in rows:
        if plain_nama(program) == PROGRAM_PEMBERDAYAAN:
            so_far = found.get(id_, NIHIL)
            found[id_] = Uang(
                anggaran_rp=so_far.anggaran_rp + int(anggaran),
                realisasi_rp=so_far.realisasi_rp + int(realisasi),
            )
    return found
