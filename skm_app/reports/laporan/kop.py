"""Letterhead, who signs, and photos: what an office adds to its report by hand."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, undefer

from skm_app.models import FotoLaporan, KopSurat, Periode, Unit
from skm_app.reports.dokumen import Kop, TandaTangan
from skm_app.reports.kata import TITIK
from skm_app.reports.teks import clean_line

GARIS = TITIK * 3  # a line to write on


@dataclass(frozen=True, kw_only=True)
class Penanda:
    """Where and by whom a report is signed; empty where the office has not said so."""

    tempat: str = ""
    jabatan: str = ""
    nama: str = ""
    pangkat: str = ""
    nip: str = ""


def read_kop(session: Session, unit: Unit) -> Kop:
    """The letterhead of a unit. Without one of its own: the city above it, name and address."""
    own = session.get(KopSurat, unit.id)
    return Kop(
        instansi=clean_line(own.instansi if own and own.instansi else _name_instansi(unit)),
        unit=clean_line(unit.nama).upper(),
        alamat=clean_line(unit.alamat),
        kontak=clean_line(own.kontak) if own else "",
        lambang=own.lambang if own else None,
    )


def read_penanda(session: Session, unit: Unit) -> Penanda:
    """Who signs for a unit."""
    own = session.get(KopSurat, unit.id)
    if own is None:
        return Penanda()
    return Penanda(
        tempat=clean_line(own.tempat),
        jabatan=clean_line(own.jabatan),
        nama=clean_line(own.nama),
        pangkat=clean_line(own.pangkat),
        nip=clean_line(own.nip),
    )


def make_tanda_tangan(penanda: Penanda) -> TandaTangan:
    """The signature block; what is not known is a line to write on. The day always is."""
    return TandaTangan(
        tempat_tanggal=f"{penanda.tempat or TITIK}, {GARIS}",
        jabatan=penanda.jabatan or GARIS,
        nama=penanda.nama or GARIS,
        pangkat=penanda.pangkat,
        nip=penanda.nip or GARIS,
    )


def list_foto(session: Session, periode: Periode) -> tuple[FotoLaporan, ...]:
    """The photos for the annex of a period's report, with their bytes, in the order they came."""
    return tuple(
        session.scalars(
            select(FotoLaporan)
            .where(FotoLaporan.periode_id == periode.id)
            .options(undefer(FotoLaporan.isi))
            .order_by(FotoLaporan.diunggah, FotoLaporan.id)
        )
    )


def _name_instansi(unit: Unit) -> str:
    """``PEMERINTAH KOTA SAMARINDA`` for a unit below Kota Samarinda; empty where no city is."""
    above: Unit | None = unit
    while above is not None and above.jenis != "kota":
        above = above.parent
    return f"PEMERINTAH {above.nama}".upper() if above else ""
