"""The strategic plan of a unit: what its indikator serve."""

from __future__ import annotations

import uuid
from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from skm_app.models import Indikator, Rencana, Sasaran, Tujuan, Unit, new_id

# The indikator that the program knows how to fill in by itself, by code.
KODE_IKM = "ikm"
KODE_PROBEBAYA = "probebaya"
# What a new office begins with, to be put into its own words: tujuan, sasaran, indikator, satuan.
AWAL = {
    KODE_IKM: (
        "Meningkatnya Pelayanan Prima bagi Masyarakat",
        "Meningkatnya Kinerja dan Pelayanan OPD",
        "Nilai Indeks Kepuasan Masyarakat (IKM)",
        "Nilai",
    ),
    KODE_PROBEBAYA: (
        "Meningkatnya Pelayanan yang Akuntabel",
        "Meningkatnya Kualitas Hidup, Kapasitas dan Kapabilitas Masyarakat di Kelurahan",
        "Persentase Terlaksananya Program Pemberdayaan Masyarakat di Wilayah Kecamatan",
        "Persen",
    ),
}
# Neither an index nor a share can be more.
PALING_TINGGI = Decimal(100)
LAMA_RENSTRA = 5
NAMA_AWAL = "Rencana Strategis (nama dan tahunnya belum diisi)"


def create_rencana_awal(session: Session, unit: Unit, hari: date) -> None:
    """Store the plan that a new office begins with; Probebaya is for a kecamatan only."""
    create_rencana(session, unit.id, NAMA_AWAL, hari.year, hari.year + LAMA_RENSTRA - 1)
    for urutan, (kode, (tujuan, sasaran, nama, satuan)) in enumerate(AWAL.items(), 1):
        if kode == KODE_PROBEBAYA and unit.jenis != "kecamatan":
            continue
        row = create_sasaran(session, unit.id, urutan, tujuan, sasaran)
        session.add(
            Indikator(
                unit_id=unit.id,
                sasaran_id=row.id,
                urutan=urutan,
                kode=kode,
                nama=nama,
                satuan=satuan,
                paling_tinggi=PALING_TINGGI,
            )
        )
    session.flush()


def create_rencana(
    session: Session, unit_id: uuid.UUID, nama: str, mulai: int, sampai: int, **isi: str
) -> Rencana:
    """Store a plan without tujuan yet. ``isi``: visi and misi, if they are known."""
    rencana = Rencana(unit_id=unit_id, nama=nama, mulai=mulai, sampai=sampai, **isi)
    session.add(rencana)
    session.flush()
    return rencana


def create_sasaran(
    session: Session, unit_id: uuid.UUID, urutan: int, tujuan: str, sasaran: str
) -> Sasaran:
    """Store a tujuan of a plan with one sasaran; both get the same place."""
    above = Tujuan(id=new_id(), unit_id=unit_id, urutan=urutan, uraian=tujuan)
    session.add(above)
    session.flush()
    row = Sasaran(id=new_id(), tujuan_id=above.id, urutan=urutan, uraian=sasaran)
    session.add(row)
    session.flush()
    return row
