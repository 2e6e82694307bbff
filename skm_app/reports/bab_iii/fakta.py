"""Everything Bab III of one year says, read once. Tables and texts only put it into words."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from skm_app.capaian import KODE_PROBEBAYA, NilaiRealisasi, list_data_kelurahan, read_probebaya
from skm_app.capaian.akip import NilaiAkip, list_akip
from skm_app.capaian.anggaran import (
    BarisAnggaran,
    BiayaSasaran,
    JumlahAnggaran,
    count_anggaran,
    read_anggaran,
    read_biaya,
)
from skm_app.capaian.nko import NkoTahun, read_nko
from skm_app.kata import gabung
from skm_app.kinerja import DEFINISI_PROBEBAYA, DataKelurahan
from skm_app.models import Dukungan, Perjanjian, Probebaya, Rencana, Unit
from skm_app.reports.bab_iii.fakta_indikator import (
    TAHUN_SEBELUM,
    IndikatorFakta,
    SasaranFakta,
    TahunFakta,
    list_sasaran,
    make_sasaran,
)
from skm_app.reports.teks import clean_line
from skm_app.results import list_unit_ids_below

__all__ = [
    "FaktaKinerja",
    "IndikatorFakta",
    "JumlahTahun",
    "SasaranFakta",
    "TahunFakta",
    "read_fakta",
]

# What SKM_TIMEZONE is when nobody sets it.
WITA = ZoneInfo("Asia/Makassar")


@dataclass(frozen=True, kw_only=True)
class JumlahTahun:
    """Total budget and spending of one year, in whole rupiah."""

    tahun: int
    anggaran_rp: int
    realisasi_rp: int


@dataclass(frozen=True, kw_only=True)
class FaktaKinerja:
    """What is known about the performance of one unit in one year.

    :param sasaran: those with an indikator, in the order of the plan.
    :param tanpa_indikator: names of sasaran that have none.
    :param anggaran: rows of Tabel 3.10, total first; empty without any.
    :param biaya: money per sasaran; what belongs to none comes last.
    :param dukungan: which programme pays for a sasaran: sasaran, programme, kind of unit or None;
        in the order of the plan.
    :param jenis_unit: kind of each unit of the budget, by its name.
    :param anggaran_lalu: totals of the two years before, as far as there are any, oldest first.
    :param akip_semua: evaluations up to that year, oldest first.
    :param akip: the evaluation that counts for the year.
    :param kelurahan: what each kelurahan did under Probebaya.
    :param berjalan: the year is not over.
    :param probebaya: records of the kelurahan of which it is known how much was carried out.
    :param definisi: the official definition of Probebaya in that year; None if none was chosen.
    :param menurut_definisi: all three definitions: key, words, figure.
    """

    unit_id: uuid.UUID
    unit: str
    jenis: str
    tahun: int
    zona: tzinfo
    berjalan: bool
    rencana: Rencana | None
    perjanjian: Perjanjian | None
    sasaran: tuple[SasaranFakta, ...]
    tanpa_indikator: tuple[str, ...]
    anggaran: tuple[BarisAnggaran, ...]
    biaya: tuple[BiayaSasaran, ...]
    jumlah: JumlahAnggaran
    dukungan: tuple[tuple[uuid.UUID, str, str | None], ...]
    jenis_unit: dict[str, str]
    anggaran_lalu: tuple[JumlahTahun, ...]
    akip_semua: tuple[NilaiAkip, ...]
    akip: NilaiAkip | None
    nko: NkoTahun
    kelurahan: tuple[DataKelurahan, ...]
    probebaya: tuple[Probebaya, ...]
    definisi: str | None
    menurut_definisi: tuple[tuple[str, str, NilaiRealisasi], ...]

    @property
    def indikator(self) -> tuple[IndikatorFakta, ...]:
        """All indikator, in the order of the tables."""
        return tuple(one for sasaran in self.sasaran for one in sasaran.indikator)

    @property
    def tiga_tahun(self) -> tuple[int, ...]:
        """The years of the tables, oldest first."""
        return tuple(range(self.tahun - TAHUN_SEBELUM, self.tahun + 1))

    @property
    def total(self) -> BarisAnggaran | None:
        """The whole budget of the year."""
        return self.anggaran[0] if self.anggaran else None

    @property
    def sementara(self) -> bool:
        """Whether the report is not final: a figure is missing, or may still change."""
        return bool(self.sebab_sementara)

    @property
    def sebab_sementara(self) -> str:
        """Why the report is not final; empty if it is."""
        sebab = [one.kini.sebab for one in self.indikator if one.kini.sementara]
        if self.berjalan:
            sebab.append(f"tahun {self.tahun} belum berakhir")
        if any(one.kini.target is None or one.kini.realisasi is None for one in self.indikator):
            sebab.append("ada target atau realisasi yang belum tersedia")
        return gabung(list(dict.fromkeys(sebab)))


def read_fakta(
    session: Session, unit_id: uuid.UUID, tahun: int, zona: tzinfo = WITA
) -> FaktaKinerja:
    """Gather what Bab III of a unit says about a year.

    :param zona: the office's zone, in which the moment of a closing becomes a day.
    """
    unit = session.get_one(Unit, unit_id)
    rencana = session.get(Rencana, unit_id)
    biaya = read_biaya(session, unit_id, tahun)
    anggaran = read_anggaran(session, unit_id, tahun)
    semua = list_sasaran(session, unit_id)
    sasaran = make_sasaran(session, unit_id, tahun, zona, rencana, semua, biaya)
    used = {one.id for one in sasaran}
    akip = tuple(one for one in list_akip(session, unit_id) if one.tahun <= tahun)
    return FaktaKinerja(
        unit_id=unit_id,
        unit=clean_line(unit.nama),
        jenis=unit.jenis,
        tahun=tahun,
        zona=zona,
        berjalan=datetime.now(zona).year <= tahun,
        rencana=rencana,
        perjanjian=session.get(Perjanjian, (unit_id, tahun)),
        sasaran=sasaran,
        tanpa_indikator=tuple(clean_line(one.uraian) for one in semua if one.id not in used),
        anggaran=anggaran,
        biaya=biaya,
        jumlah=count_anggaran(anggaran),
        dukungan=_list_dukungan(session, [one.id for one in semua]),
        jenis_unit=_map_jenis(session, unit_id),
        anggaran_lalu=_read_anggaran_lalu(session, unit_id, tahun),
        akip_semua=akip,
        akip=akip[-1] if akip else None,
        nko=read_nko(session, unit_id, tahun),
        kelurahan=tuple(list_data_kelurahan(session, unit_id, tahun)),
        probebaya=_list_probebaya(session, unit_id, tahun),
        definisi=_find_definisi(sasaran),
        menurut_definisi=tuple(
            (kunci, uraian, read_probebaya(session, unit_id, tahun, kunci))
            for kunci, uraian in DEFINISI_PROBEBAYA.items()
        ),
    )


def _list_dukungan(
    session: Session, sasaran_ids: Sequence[uuid.UUID]
) -> tuple[tuple[uuid.UUID, str, str | None], ...]:
    rows = session.scalars(
        select(Dukungan).where(Dukungan.sasaran_id.in_(sasaran_ids)).order_by(Dukungan.id)
    ).all()
    return tuple(
        (one.sasaran_id, one.program, one.jenis_unit)
        for sasaran_id in sasaran_ids
        for one in rows
        if one.sasaran_id == sasaran_id
    )


def _list_probebaya(session: Session, unit_id: uuid.UUID, tahun: int) -> tuple[Probebaya, ...]:
    rows = session.scalars(
        select(Probebaya)
        .where(
            Probebaya.unit_id.in_(list_unit_ids_below(session, unit_id)),
            Probebaya.tahun == tahun,
            Probebaya.dilaksanakan.is_not(None),
        )
        .order_by(Probebaya.unit_id)
    )
    return tuple(rows)


def _map_jenis(session: Session, unit_id: uuid.UUID) -> dict[str, str]:
    below = list_unit_ids_below(session, unit_id)
    rows = session.execute(select(Unit.nama, Unit.jenis).where(Unit.id.in_(below)))
    return {row.nama: row.jenis for row in rows}


def _read_anggaran_lalu(
    session: Session, unit_id: uuid.UUID, tahun: int
) -> tuple[JumlahTahun, ...]:
    found = []
    for year in range(tahun - TAHUN_SEBELUM, tahun):
        rows = read_anggaran(session, unit_id, year)
        if rows:
            found.append(
                JumlahTahun(
                    tahun=year, anggaran_rp=rows[0].anggaran_rp, realisasi_rp=rows[0].realisasi_rp
                )
            )
    return tuple(found)


def _find_definisi(sasaran: Sequence[SasaranFakta]) -> str | None:
    cara = [
        one.kini.cara
        for satu in sasaran
        for one in satu.indikator
        if one.kode == KODE_PROBEBAYA and one.kini.cara in DEFINISI_PROBEBAYA
    ]
    return cara[0] if cara else None
