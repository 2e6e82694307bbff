"""Quarters of a year: what should be reached by the end of each, and what is."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import cast

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from skm_app.capaian.periode import NilaiRealisasi, read_from_periode
from skm_app.capaian.rencana import KODE_IKM
from skm_app.kinerja import Arah, compute_capaian
from skm_app.kinerja.triwulan import Status, compute_status
from skm_app.models import Indikator, Penetapan, Periode, Target, Triwulan
from skm_app.periode import DEFAULT_INSTRUMEN, compute_hari, find_periode
from skm_app.periode.pokok import KURANG_DARI, TAMPIL_MULAI, is_seluruh_kantor, make_pokok
from skm_app.results import HasilLingkup, Lingkup, list_unit_ids_below, read_hasil
from skm_app.rincian import is_tepi_aman
from skm_app.scoring import EKSAK, get_konvensi
from skm_app.tanggal import format_tanggal

TRIWULAN = (1, 2, 3, 4)
TERPOTONG = (
    "indeks tidak ditampilkan, karena dari selisihnya dengan rentang tanggal lain jawaban beberapa "
    "orang saja dapat dihitung"
)


@dataclass(frozen=True, kw_only=True)
class NilaiTriwulan:
    """One quarter; ``target`` and ``realisasi`` are counted from 1 January to its end.

    ``capaian`` in percent, 2 decimals.
    """

    triwulan: int
    mulai: date
    sampai: date
    target: Decimal | None
    realisasi: NilaiRealisasi
    capaian: Decimal | None
    status: Status
    keterangan: str


@dataclass(frozen=True, kw_only=True)
class BarisTriwulan:
    """One indikator with its four quarters. ``target``: that of the year, None if there is none."""

    indikator: Indikator
    target: Decimal | None
    triwulan: tuple[NilaiTriwulan, ...]

    @property
    def berbeda(self) -> bool:
        """Whether the last quarter is to reach something else than the year."""
        last = self.triwulan[-1].target
        return None not in (last, self.target) and last != self.target


def is_diisi_sendiri(indikator: Indikator) -> bool:
    """Whether its quarters are typed by hand; the index is always computed from the answers."""
    return indikator.kode != KODE_IKM


def read_triwulan(
    session: Session, unit_id: uuid.UUID, tahun: int, hari: date
) -> tuple[BarisTriwulan, ...]:
    """The quarters of all indikator of a unit in a year, as they stand on a day.

    An indikator that has left the plan is shown for the years it has a target for.
    """
    indikator = session.scalars(
        select(Indikator).where(Indikator.unit_id == unit_id).order_by(Indikator.urutan)
    )
    rows = [_read_indikator(session, one, tahun, hari) for one in indikator]
    return tuple(
        one for one in rows if one.indikator.sasaran_id is not None or one.target is not None
    )


def list_baris_triwulan(
    session: Session, indikator_id: uuid.UUID, tahun: int
) -> dict[int, Triwulan]:
    """The stored rows of an indikator in a year, by quarter; those never filled in are missing."""
    rows = session.scalars(
        select(Triwulan).where(Triwulan.indikator_id == indikator_id, Triwulan.tahun == tahun)
    )
    return {row.triwulan: row for row in rows}


def _read_indikator(
    session: Session, indikator: Indikator, tahun: int, hari: date
) -> BarisTriwulan:
    stored = list_baris_triwulan(session, indikator.id, tahun)
    target = session.get(Target, (indikator.id, tahun))
    return BarisTriwulan(
        indikator=indikator,
        target=target.target if target else None,
        triwulan=tuple(
            _make_nilai(
                indikator, stored.get(nomor), tahun, nomor, hari,
                _read_realisasi(session, indikator, stored.get(nomor), tahun, nomor, hari),
            )
            for nomor in TRIWULAN
        ),
    )  # fmt: skip


def _make_nilai(
    indikator: Indikator,
    row: Triwulan | None,
    tahun: int,
    nomor: int,
    hari: date,
    realisasi: NilaiRealisasi,
) -> NilaiTriwulan:
    mulai, sampai = compute_hari("triwulan", tahun, nomor)
    target = row.target if row else None
    arah = cast(Arah, indikator.arah)
    capaian = None
    if target is not None and realisasi.nilai is not None:
        capaian = compute_capaian(realisasi.nilai, target, arah)
    tetap = realisasi.nilai is not None and not realisasi.sementara
    return NilaiTriwulan(
        triwulan=nomor,
        mulai=mulai,
        sampai=sampai,
        target=target,
        realisasi=realisasi,
        capaian=capaian,
        status=compute_status(
            target, realisasi.nilai, (mulai, sampai), hari, arah=arah, tetap=tetap
        ),
        keterangan=row.keterangan if row else "",
    )


def _read_realisasi(
    session: Session, indikator: Indikator, row: Triwulan | None, tahun: int, nomor: int, hari: date
) -> NilaiRealisasi:
    mulai, sampai = compute_hari("triwulan", tahun, nomor)
    if not is_diisi_sendiri(indikator):
        return _read_ikm(session, indikator.unit_id, mulai, sampai, hari)
    if row is None or row.realisasi is None:
        return NilaiRealisasi(nilai=None, asal="" if hari < mulai else "Belum diisi")
    return NilaiRealisasi(nilai=row.realisasi, asal="Diisi petugas", sementara=hari <= sampai)


def _read_ikm(
    session: Session, unit_id: uuid.UUID, mulai: date, sampai: date, hari: date
) -> NilaiRealisasi:
    """The index from 1 January to the end of a quarter: as closed, else from the answers."""
    awal = date(mulai.year, 1, 1)
    rows = _list_periode(session, unit_id, awal, sampai)
    closed = [
        one
        for one in rows
        if (one.mulai, one.sampai) == (awal, sampai) and one.penetapan is not None
    ]
    if closed:
        return read_from_periode(session, closed[0])
    if hari < mulai:
        return NilaiRealisasi(nilai=None, asal="")
    return _read_langsung(session, unit_id, rows, awal, min(sampai, hari))


def _list_periode(session: Session, unit_id: uuid.UUID, awal: date, sampai: date) -> list[Periode]:
    """Periods of a unit that hold all these days, the longest first."""
    return list(
        session.scalars(
            select(Periode)
            .where(Periode.unit_id == unit_id, Periode.mulai <= awal, Periode.sampai >= sampai)
            .options(selectinload(Periode.semua_penetapan).selectinload(Penetapan.pembukaan))
            .order_by(Periode.mulai, Periode.sampai.desc(), Periode.id)
        )
    )


def _read_langsung(
    session: Session, unit_id: uuid.UUID, rows: Sequence[Periode], awal: date, sampai: date
) -> NilaiRealisasi:
    """From the answers of the days, under the rules of the year's period, if there is one."""
    aturan = rows[0] if rows else find_periode(session, unit_id, sampai)
    found = read_hasil(
        session,
        Lingkup(unit_ids=list_unit_ids_below(session, unit_id), mulai=awal, sampai=sampai),
        aturan.instrumen_id if aturan else DEFAULT_INSTRUMEN,
        get_konvensi(aturan.konvensi) if aturan else EKSAK,
    )
    pokok = make_pokok(found.hasil, seluruh_kantor=is_seluruh_kantor(session, unit_id))
    many = KURANG_DARI if pokok.n is None else pokok.n
    asal = f"{format_tanggal(awal)} sampai {format_tanggal(sampai)}, {many} responden"
    if found.hasil.n == 0:
        return NilaiRealisasi(nilai=None, asal=asal)
    if pokok.tertutup is not None:
        return NilaiRealisasi(nilai=None, asal=f"{asal}; {TAMPIL_MULAI}", sementara=True)
    if not _is_aman(session, unit_id, found, awal, sampai):
        return NilaiRealisasi(nilai=None, asal=f"{asal}; {TERPOTONG}", sementara=True)
    return NilaiRealisasi(nilai=pokok.ikm, asal=asal, sementara=True)


def _is_aman(
    session: Session, unit_id: uuid.UUID, found: HasilLingkup, awal: date, sampai: date
) -> bool:
    """Whether these days may be shown beside the year and its periods, which always are."""
    besok = sampai + timedelta(days=1)
    baru = date(awal.year + 1, 1, 1)
    rows = session.execute(
        select(Periode.mulai, Periode.sampai).where(
            Periode.unit_id == unit_id, Periode.mulai >= awal, Periode.sampai < baru
        )
    )
    tepi = {awal, baru}
    for first, last in rows:
        tepi |= {first, last + timedelta(days=1)}
    before, after = (max(d for d in tepi if d <= besok), min(d for d in tepi if d >= besok))
    lingkup = Lingkup(
        unit_ids=list_unit_ids_below(session, unit_id), mulai=awal, sampai=baru - timedelta(days=1)
    )
    return is_tepi_aman(session, lingkup, found.instrumen, besok, before, after)
