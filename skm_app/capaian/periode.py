"""The realisasi of sasaran 1: the IKM of a period, as closed or as it stands now."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from skm_app.angka import format_angka
from skm_app.models import Penetapan, Periode
from skm_app.periode.penetapan import read_periode
from skm_app.periode.pokok import KURANG_DARI, TAMPIL_MULAI, is_seluruh_kantor, make_pokok
from skm_app.tanggal import format_rentang


@dataclass(frozen=True, kw_only=True)
class NilaiRealisasi:
    """A realisasi with its origin; ``nilai`` is None when it cannot be given, ``asal`` says why.

    ``sementara``: taken from a period that is still open; ``penetapan``: the frozen result it was
    taken from, None if it is from elsewhere.
    """

    nilai: Decimal | None
    asal: str
    sementara: bool = False
    penetapan: Penetapan | None = None


def list_periode_tahun(session: Session, unit_id: uuid.UUID, tahun: int) -> list[Periode]:
    """The survey periods of a unit in a year; those that span the whole year come first."""
    rows = session.scalars(
        select(Periode)
        .where(Periode.unit_id == unit_id, Periode.tahun == tahun)
        .options(selectinload(Periode.semua_penetapan).selectinload(Penetapan.pembukaan))
        .order_by(Periode.mulai, Periode.sampai.desc(), Periode.id)
    )
    return sorted(rows, key=lambda one: not is_setahun(one))


def is_setahun(periode: Periode) -> bool:
    """Whether a period goes from 1 January to 31 December of its year."""
    setahun = date(periode.tahun, 1, 1), date(periode.tahun, 12, 31)
    return (periode.mulai, periode.sampai) == setahun


def name_with_rentang(periode: Periode) -> str:
    """The name of a period; of one that is not the whole year, with its first and last day."""
    if is_setahun(periode):
        return periode.nama
    return f"{periode.nama} ({format_rentang(periode.mulai, periode.sampai)})"


def describe_keadaan(periode: Periode) -> str:
    """Where a period stands: closed, open again, or never closed."""
    if periode.penetapan is not None:
        return "sudah ditetapkan"
    # A frozen result that was set aside is nobody's realisasi any more.
    return "dibuka kembali" if periode.semua_penetapan else "belum ditetapkan"


def explain_pilih_ulang(session: Session, unit_id: uuid.UUID, tahun: int) -> str:
    """Why a document's figure is no longer the realisasi of the index; empty if it may be.

    Once a period of that year was closed, be it open again, its result is the only source there
    is: a figure that was typed before must not outlive it.
    """
    closed = [one for one in list_periode_tahun(session, unit_id, tahun) if one.semua_penetapan]
    if not closed:
        return ""
    # One that stands before one that was opened again; of them the whole year.
    periode = min(closed, key=lambda one: one.penetapan is None)
    keadaan = describe_keadaan(periode)
    if periode.penetapan is not None:
        keadaan += f" dengan IKM {format_angka(periode.penetapan.ikm, 2)}"
    return (
        f"Perlu dipilih ulang: periode {name_with_rentang(periode)} {keadaan}; pilih di Capaian "
        "kinerja"
    )


def read_from_periode(session: Session, periode: Periode) -> NilaiRealisasi:
    """The IKM of a period: as closed, or as it stands now and then marked "sementara".

    None, as long as fewer than five people answered an open one.
    """
    nama = name_with_rentang(periode)
    if periode.penetapan is not None:
        asal = f"Periode {nama}, ditetapkan, {periode.penetapan.n} responden"
        return NilaiRealisasi(nilai=periode.penetapan.ikm, asal=asal, penetapan=periode.penetapan)
    hasil = read_periode(session, periode).hasil
    pokok = make_pokok(hasil, seluruh_kantor=is_seluruh_kantor(session, periode.unit_id))
    many = KURANG_DARI if pokok.n is None else pokok.n
    asal = f"Periode {nama}, {describe_keadaan(periode)}, {many} responden"
    if pokok.tertutup is not None:
        asal = f"{asal}; {TAMPIL_MULAI}"
    return NilaiRealisasi(nilai=pokok.ikm, asal=asal, sementara=True)
