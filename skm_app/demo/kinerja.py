"""The performance agreement of the demo office: indikator, targets, realisasi, budget rows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from skm_app.capaian import KODE_IKM, create_rencana, create_sasaran
from skm_app.demo.kantor import Kantor, read_rows
from skm_app.demo.perjanjian import create_perjanjian
from skm_app.models import Anggaran, Indikator, Periode, Realisasi, Target, new_id

# The year that the printed report is about.
TAHUN = 2024
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


def create_kinerja(
    session: Session, kantor: Kantor, periode: Sequence[Periode], hari: date
) -> None:
    """Store sasaran 1 and 2 with the printed targets; what a period gives is not copied.

    :param periode: that of ``TAHUN``, then that of today.
    """
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
        found = next((one for one in periode if kode == KODE_IKM and one.tahun == tahun), None)
        if found is not None or row["realisasi"]:
            session.add(_realisasi(indikator[kode], tahun, row, found))
    _add_anggaran(session, kantor)
    session.flush()
    create_perjanjian(session, kantor, indikator, TAHUN, hari)


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
    indikator: Indikator, tahun: int, row: dict[str, str], periode: Periode | None
) -> Realisasi:
    if periode is not None:
        return Realisasi(
            indikator_id=indikator.id, tahun=tahun, cara="periode", periode_id=periode.id
        )
    if tahun == TAHUN:
        return Realisasi(indikator_id=indikator.id, tahun=tahun, cara="serapan_anggaran")
    return Realisasi(
        indikator_id=indikator.id,
        tahun=tahun,
        cara="dokumen",
        nilai=Decimal(row["realisasi"]),
        sumber=row["sumber"],
    )


def _add_anggaran(session: Session, kantor: Kantor) -> None:
    units = {"Kecamatan Palaran": kantor.unit_id, **kantor.kelurahan}
    rows = [one for one in read_rows("anggaran_2024.csv") if one["tingkat"] == "sub_kegiatan"]
    session.add_all(
        Anggaran(
            unit_id=units[row["unit"]],
            tahun=TAHUN,
            urutan=urutan,
            program=row["program"],
            kegiatan=row["kegiatan"],
            sub_kegiatan=row["sub_kegiatan"],
            anggaran_rp=int(row["anggaran_rp"] or 0),
            realisasi_rp=int(row["realisasi_rp"] or 0),
        )
        for urutan, row in enumerate(rows, 1)
    )
