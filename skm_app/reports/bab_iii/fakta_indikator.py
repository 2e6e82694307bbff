"""The indikator of Bab III, each with its years and origins, in the order of the plan."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from decimal import Decimal
from typing import cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from skm_app.capaian import BarisCapaian, CapaianTahun, list_data_kelurahan, read_capaian
from skm_app.capaian.anggaran import BiayaSasaran
from skm_app.kinerja import (
    DEFINISI_PROBEBAYA,
    Arah,
    compute_capaian,
    compute_rata_rata,
    is_tercapai,
)
from skm_app.models import Indikator, Realisasi, Rencana, Sasaran, Target, Tujuan
from skm_app.reports.bab_iii.asal import (
    describe_asal_realisasi,
    describe_asal_target,
    tulis_probebaya,
)
from skm_app.reports.teks import clean_line

TAHUN_SEBELUM = 2  # years before the report's own that it compares with
TANPA_SASARAN = "Belum ditempatkan pada sasaran"


@dataclass(frozen=True, kw_only=True)
class TahunFakta:
    """One indikator in one year; ``capaian`` in percent, 2 decimals.

    ``target_asal``, ``realisasi_asal``: where they were read; the latter also says why there is
    no figure. ``realisasi_rumus``: its division, if it is one of Probebaya. ``cara``: how the
    realisasi comes about (``CARA_REALISASI``), None: not chosen. ``sementara``: it may still
    change. ``perubahan``: revisions of the target. ``tercapai``: whether the target was reached;
    None where there is no capaian. ``selesai``: the year is over, so that a miss is final.
    """

    tahun: int
    target: Decimal | None
    target_asal: str
    perubahan: int
    realisasi: Decimal | None
    realisasi_asal: str
    cara: str | None
    sementara: bool
    capaian: Decimal | None
    tercapai: bool | None
    selesai: bool
    realisasi_rumus: str = ""

    @property
    def sebab(self) -> str:
        """Why a provisional realisasi may still change."""
        if self.cara == "periode":
            return "periode surveinya belum ditetapkan"
        return f"tahun {self.tahun} belum berakhir"


@dataclass(frozen=True, kw_only=True)
class IndikatorFakta:
    """One indikator with the year of the report last and the two before it.

    ``akhir``: target of the last year of the Renstra. ``capaian_renstra``: realisasi of the
    report's year over it, in percent. ``rata_rata``: mean capaian of the report's year and the
    one before; None unless both are known.
    """

    id: uuid.UUID
    kode: str
    nama: str
    satuan: str
    arah: Arah
    formula: str
    alasan: str
    sumber_data: str
    nama_lain: tuple[str, ...]
    tahun: tuple[TahunFakta, ...]
    akhir: Decimal | None
    akhir_asal: str
    capaian_renstra: Decimal | None
    rata_rata: Decimal | None

    @property
    def kini(self) -> TahunFakta:
        """The year of the report."""
        return self.tahun[-1]

    @property
    def lalu(self) -> TahunFakta:
        """The year before."""
        return self.tahun[-2]


@dataclass(frozen=True, kw_only=True)
class SasaranFakta:
    """A sasaran with its indikator. ``id``: None for indikator that have no place in the plan.

    ``nomor``: from 1, in the order of the plan. ``biaya``: what its programmes cost; None where
    no programme was named for it, or nothing was budgeted.
    """

    nomor: int
    id: uuid.UUID | None
    uraian: str
    tujuan: str
    indikator: tuple[IndikatorFakta, ...]
    biaya: BiayaSasaran | None


def list_sasaran(session: Session, unit_id: uuid.UUID) -> Sequence[Sasaran]:
    """The sasaran of a unit's plan, in its order."""
    return session.scalars(
        select(Sasaran)
        .join(Tujuan, Sasaran.tujuan_id == Tujuan.id)
        .where(Tujuan.unit_id == unit_id)
        .order_by(Tujuan.urutan, Tujuan.id, Sasaran.urutan, Sasaran.id)
    ).all()


def make_sasaran(
    session: Session,
    unit_id: uuid.UUID,
    tahun: int,
    zona: tzinfo,
    rencana: Rencana | None,
    semua: Sequence[Sasaran],
    biaya: Sequence[BiayaSasaran],
) -> tuple[SasaranFakta, ...]:
    """Sasaran with their indikator; one that left the plan counts for years with a target."""
    by_sasaran: dict[uuid.UUID | None, list[IndikatorFakta]] = {}
    for baris in read_capaian(session, unit_id, range(tahun - TAHUN_SEBELUM, tahun + 1)):
        place = baris.indikator.sasaran_id
        if place is not None or baris.tahun[-1].target is not None:
            made = _make_indikator(session, baris, rencana, zona)
            by_sasaran.setdefault(place, []).append(made)
    places: list[tuple[uuid.UUID | None, str, str]] = [
        (one.id, clean_line(one.uraian), clean_line(one.tujuan.uraian)) for one in semua
    ]
    shown = [one for one in (*places, (None, TANPA_SASARAN, "")) if one[0] in by_sasaran]
    money = {one.sasaran_id: one for one in biaya if one.program}
    return tuple(
        SasaranFakta(
            nomor=nomor,
            id=sasaran_id,
            uraian=uraian,
            tujuan=tujuan,
            indikator=tuple(by_sasaran[sasaran_id]),
            biaya=money.get(sasaran_id) if sasaran_id else None,
        )
        for nomor, (sasaran_id, uraian, tujuan) in enumerate(shown, start=1)
    )


def _make_indikator(
    session: Session, baris: BarisCapaian, rencana: Rencana | None, zona: tzinfo
) -> IndikatorFakta:
    row = baris.indikator
    arah = cast(Arah, row.arah)
    akhir = session.get(Target, (row.id, rencana.sampai)) if rencana else None
    tahun = tuple(_make_tahun(session, baris, place, zona) for place in range(len(baris.tahun)))
    kini = tahun[-1].realisasi
    return IndikatorFakta(
        id=row.id,
        kode=row.kode,
        nama=clean_line(row.nama),
        satuan=clean_line(row.satuan),
        arah=arah,
        formula=clean_line(row.formula),
        alasan=clean_line(row.alasan),
        sumber_data=clean_line(row.sumber_data),
        nama_lain=tuple(clean_line(one.nama) for one in row.nama_lain),
        tahun=tahun,
        akhir=akhir.target if akhir else None,
        akhir_asal=describe_asal_target(akhir, rencana.sampai) if rencana else "",
        capaian_renstra=(
            None if kini is None or akhir is None else compute_capaian(kini, akhir.target, arah)
        ),
        rata_rata=_compute_rata_rata(tahun[-2:], arah),
    )


def _make_tahun(session: Session, baris: BarisCapaian, place: int, zona: tzinfo) -> TahunFakta:
    row: Indikator = baris.indikator
    one = baris.tahun[place]
    target = session.get(Target, (row.id, one.tahun))
    chosen = session.get(Realisasi, (row.id, one.tahun))
    cara = chosen.cara if chosen else None
    rumus = ""
    if cara is not None and cara in DEFINISI_PROBEBAYA and one.realisasi.nilai is not None:
        rumus = tulis_probebaya(cara, list_data_kelurahan(session, row.unit_id, one.tahun))
    return TahunFakta(
        tahun=one.tahun,
        target=one.target,
        target_asal=describe_asal_target(target, one.tahun),
        perubahan=target.nomor if target else 0,
        realisasi=one.realisasi.nilai,
        realisasi_asal=describe_asal_realisasi(session, row, one.tahun, one.realisasi, zona),
        realisasi_rumus=rumus,
        cara=cara,
        sementara=one.realisasi.sementara and one.realisasi.nilai is not None,
        capaian=one.capaian,
        tercapai=_is_tercapai(one, cast(Arah, row.arah)),
        selesai=one.tahun < datetime.now(zona).year,
    )


def _is_tercapai(one: CapaianTahun, arah: Arah) -> bool | None:
    target, realisasi = one.target, one.realisasi.nilai
    if target is None or realisasi is None or one.capaian is None:
        return None
    return is_tercapai(realisasi, target, arah)


def _compute_rata_rata(tahun: Sequence[TahunFakta], arah: Arah) -> Decimal | None:
    pairs = [
        (one.realisasi, one.target)
        for one in tahun
        if one.capaian is not None and one.realisasi is not None and one.target is not None
    ]
    return compute_rata_rata(pairs, arah) if len(pairs) == len(tahun) else None
