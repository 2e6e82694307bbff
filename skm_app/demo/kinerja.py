"""The performance agreement of the demo office: indikator, targets, realisasi, budget rows."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy.orm import Session

from skm_app.capaian import create_rencana, create_sasaran
from skm_app.demo.kantor import Kantor, read_rows
from skm_app.models import Anggaran, Indikator, Periode, Realisasi, Target, new_id

RENCANA = {
    "ikm": (
        "Meningkatnya Pelayanan Prima Bagi Masyarakat",
        "Meningkatnya Kinerja dan Pelayanan OPD",
    ),
    "probebaya": (
        "Meningkatnya Pelayanan Yang Akuntabel",
        "Meningkatnya Kualitas Hidup, Kapasitas dan Kapabilitas Masyarakat di Kelurahan",
    ),
}


def create_kinerja(session: Session, kantor: Kantor, periode_2024: Periode) -> None:
    """Store sasaran 1 and 2 with the printed targets; 2024 is computed, not copied."""
    create_rencana(
        session,
        kantor.unit_id,
        "Renstra Kecamatan Palaran Tahun 2021-2026",
        2021,
        2026,
        visi="Terwujudnya Samarinda sebagai Kota Pusat Peradaban",
        misi="Mewujudkan pemerintahan yang profesional, transparan, akuntabel dan bebas korupsi",
    )
    indikator: dict[str, Indikator] = {}
    for row in read_rows("indikator_kinerja.csv"):
        kode, tahun = row["indikator"], int(row["tahun"])
        if kode not in indikator:
            indikator[kode] = _add_indikator(session, kantor, row, len(indikator) + 1)
        session.add(
            Target(
                indikator_id=indikator[kode].id,
                tahun=tahun,
                target=Decimal(row["target"]),
                sumber=row["sumber"],
            )
        )
        if row["realisasi"]:
            session.add(_realisasi(indikator[kode], tahun, row, periode_2024))
    _add_anggaran(session, kantor)


def _add_indikator(session: Session, kantor: Kantor, row: dict[str, str], urutan: int) -> Indikator:
    tujuan, sasaran = RENCANA[row["indikator"]]
    tempat = create_sasaran(session, kantor.unit_id, urutan, tujuan, sasaran)
    indikator = Indikator(
        id=new_id(),
        unit_id=kantor.unit_id,
        kode=row["indikator"],
        urutan=urutan,
        sasaran_id=tempat.id,
        paling_tinggi=Decimal(100),
        nama=row["nama_tercetak"],
        satuan=row["satuan"],
    )
    session.add(indikator)
    session.flush()
    return indikator


def _realisasi(
    indikator: Indikator, tahun: int, row: dict[str, str], periode_2024: Periode
) -> Realisasi:
    if tahun != periode_2024.tahun:
        return Realisasi(
            indikator_id=indikator.id,
            tahun=tahun,
            cara="dokumen",
            nilai=Decimal(row["realisasi"]),
            sumber=row["sumber"],
        )
    if indikator.kode == "ikm":
        return Realisasi(
            indikator_id=indikator.id, tahun=tahun, cara="periode", periode_id=periode_2024.id
        )
    return Realisasi(indikator_id=indikator.id, tahun=tahun, cara="serapan_anggaran")


def _add_anggaran(session: Session, kantor: Kantor) -> None:
    units = {"Kecamatan Palaran": kantor.unit_id, **kantor.kelurahan}
    for row in read_rows("anggaran_2024.csv"):
        if row["tingkat"] == "sub_kegiatan":
            session.add(
                Anggaran(
                    unit_id=units[row["unit"]],
                    tahun=2024,
                    program=row["program"],
                    kegiatan=row["kegiatan"],
                    sub_kegiatan=row["sub_kegiatan"],
                    anggaran_rp=int(row["anggaran_rp"] or 0),
                    realisasi_rp=int(row["realisasi_rp"] or 0),
                )
            )
