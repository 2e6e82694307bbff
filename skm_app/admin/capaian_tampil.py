"""The performance page as its readers see it: sasaran with their indikator, one year in front."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from skm_app.admin.capaian_form import explain_dokumen
from skm_app.admin.charts import Grafik
from skm_app.admin.charts_capaian import make_capaian
from skm_app.admin.tabel import TabelHalaman
from skm_app.capaian import (
    KODE_PROBEBAYA,
    BarisCapaian,
    CapaianTahun,
    NilaiRealisasi,
    read_capaian,
    read_probebaya,
    read_rencana,
)
from skm_app.kinerja import DEFINISI_PROBEBAYA
from skm_app.models import Indikator


@dataclass(frozen=True, kw_only=True)
class TahunTampil:
    """One year of an indikator; ``peringatan``: why its source should be another one."""

    isi: CapaianTahun
    peringatan: str


@dataclass(frozen=True, kw_only=True)
class DefinisiTampil:
    """One definition of Probebaya with its figure; ``resmi``: the one the year reports."""

    uraian: str
    hasil: NilaiRealisasi
    resmi: bool


@dataclass(frozen=True, kw_only=True)
class IndikatorTampil:
    """One indikator; ``tahun``: the years in the table, newest first."""

    indikator: Indikator
    tahun: tuple[TahunTampil, ...]
    grafik: Grafik
    definisi: tuple[DefinisiTampil, ...]


@dataclass(frozen=True, kw_only=True)
class SasaranTampil:
    """One sasaran of the plan; ``nomor`` None: indikator without a place in it."""

    nomor: int | None
    uraian: str
    indikator: tuple[IndikatorTampil, ...]


def read_tampilan(
    session: Session, unit_id: uuid.UUID, tahun: int, shown: Sequence[int], years: Sequence[int]
) -> tuple[SasaranTampil, ...]:
    """Everything about the unit's indikator in one year and before.

    :param shown: years in the tables; ``years``: all years that have a target, for the charts.
    """
    found = {
        one.indikator.id: _make_indikator(session, one, tahun, shown)
        for one in read_capaian(session, unit_id, sorted({*shown, *years}))
    }
    pohon = read_rencana(session, unit_id)
    placed = [
        SasaranTampil(
            nomor=one.nomor,
            uraian=one.sasaran.uraian,
            indikator=tuple(found.pop(indikator.id) for indikator in one.indikator),
        )
        for one in (pohon.sasaran if pohon else ())
    ]
    rest = SasaranTampil(nomor=None, uraian="belum ditentukan", indikator=tuple(found.values()))
    return tuple(one for one in (*placed, rest) if one.indikator)


def make_tabel(sasaran: Sequence[SasaranTampil]) -> TabelHalaman:
    """The figures of all indikator in one table, for a file."""
    return TabelHalaman(
        nama="capaian",
        judul="Target, realisasi dan capaian",
        kolom=("Indikator", "Satuan", "Tahun", "Target", "Realisasi", "Capaian (%)", "Keadaan",
               "Asal realisasi"),
        baris=[
            (
                one.indikator.nama, one.indikator.satuan, tahun.isi.tahun, tahun.isi.target,
                tahun.isi.realisasi.nilai, tahun.isi.capaian,
                "sementara" if tahun.isi.realisasi.sementara else "tetap",
                tahun.isi.realisasi.asal,
            )
            for satu in sasaran
            for one in satu.indikator
            for tahun in one.tahun
        ],
    )  # fmt: skip


def _make_indikator(
    session: Session, baris: BarisCapaian, tahun: int, shown: Sequence[int]
) -> IndikatorTampil:
    indikator = baris.indikator
    rows = {one.tahun: one for one in baris.tahun}
    return IndikatorTampil(
        indikator=indikator,
        tahun=tuple(
            TahunTampil(isi=rows[year], peringatan=_warn(session, indikator, rows[year]))
            for year in sorted(shown, reverse=True)
        ),
        grafik=make_capaian(baris),
        definisi=_read_definisi(session, indikator, rows[tahun]),
    )


def _warn(session: Session, indikator: Indikator, one: CapaianTahun) -> str:
    """A figure from a document still stands, though a period of that year was made later.

    Once such a period is closed there is no figure, and ``asal`` says why.
    """
    stands = one.cara == "dokumen" and one.realisasi.nilai is not None
    return explain_dokumen(session, indikator, one.tahun) if stands else ""


def _read_definisi(
    session: Session, indikator: Indikator, tahun: CapaianTahun
) -> tuple[DefinisiTampil, ...]:
    """All three definitions of Probebaya, each with its figure or with what is missing."""
    if indikator.kode != KODE_PROBEBAYA:
        return ()
    return tuple(
        DefinisiTampil(
            uraian=uraian,
            hasil=read_probebaya(session, indikator.unit_id, tahun.tahun, definisi),
            resmi=tahun.cara == definisi,
        )
        for definisi, uraian in DEFINISI_PROBEBAYA.items()
    )
