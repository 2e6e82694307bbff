"""Every change of a target or a realisasi, in the audit log and read back from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from skm_app.admin.hak import catat
from skm_app.admin.tabel import TabelHalaman
from skm_app.angka import format_angka
from skm_app.capaian import VersiTarget
from skm_app.catatan import values_of
from skm_app.kinerja import DEFINISI_PROBEBAYA
from skm_app.models import Catatan, Indikator, Realisasi, Target
from skm_app.tanggal import format_tanggal
from skm_app.web.filters import format_waktu

MAX_BARIS = 200


def values_of_baris(row: Target | Realisasi | None) -> dict[str, Any] | None:
    """What the log keeps of a row; a period by its name too, so that it can be read alone."""
    if row is None:
        return None
    values = values_of(row)
    if isinstance(row, Realisasi) and row.periode is not None:
        values["periode"] = row.periode.nama
    return values


def catat_target(
    session: Session, indikator: Indikator, target: Target, before: Mapping[str, Any] | None
) -> None:
    """Log a target that was set or changed, in the transaction of the change."""
    _catat(session, indikator, target, "Target", before)


def catat_realisasi(
    session: Session,
    indikator: Indikator,
    realisasi: Realisasi,
    before: Mapping[str, Any] | None,
    alasan: str = "",
) -> None:
    """Log where a realisasi comes from, in the transaction of the change."""
    _catat(session, indikator, realisasi, "Realisasi", before, alasan)


def _catat(
    session: Session,
    indikator: Indikator,
    row: Target | Realisasi,
    nama: str,
    before: Mapping[str, Any] | None,
    alasan: str = "",
) -> None:
    session.flush()
    if isinstance(row, Realisasi):
        session.refresh(row, ["periode"])
    after = values_of_baris(row)
    if after == before:
        return
    catat(
        session,
        "tambah" if before is None else "ubah",
        row,
        f"{nama} {indikator.nama} {row.tahun}: dari {describe(before)} menjadi {describe(after)}.",
        unit_id=indikator.unit_id,
        alasan=alasan,
        sebelum=before,
        sesudah=after,
    )


def describe(values: Mapping[str, Any] | None) -> str:
    """A logged target or realisasi in words."""
    if not values:
        return "belum ada"
    if "target" in values:
        keputusan = values.get("keputusan")
        named = [values.get("sumber"), f"keputusan {keputusan}" if keputusan else ""]
        return _with_source(values["target"], "; ".join(one for one in named if one))
    if values["cara"] == "dokumen":
        return _with_source(values["nilai"], values.get("sumber"))
    if values["cara"] == "periode":
        return f"periode {values.get('periode', '')}".strip()
    return DEFINISI_PROBEBAYA.get(values["cara"], values["cara"])


def _with_source(nilai: str, sumber: str | None) -> str:
    text = format_angka(Decimal(nilai))
    return f"{text} ({sumber})" if sumber else text


def make_riwayat(session: Session, indikator: Indikator, tahun: int) -> TabelHalaman:
    """Changes of one indikator in one year, the newest first."""
    rows = session.scalars(
        select(Catatan)
        .where(
            Catatan.objek.in_([Target.__tablename__, Realisasi.__tablename__]),
            Catatan.objek_id == f"{indikator.id}/{tahun}",
        )
        .order_by(Catatan.nomor.desc())
        .limit(MAX_BARIS)
    )
    return TabelHalaman(
        nama="riwayat",
        judul=f"Riwayat {indikator.nama} {tahun}",
        kolom=("Waktu", "Oleh", "Yang diubah", "Sebelum", "Sesudah", "Alasan"),
        baris=[
            (
                format_waktu(one.waktu),
                one.oleh,
                "Target" if one.objek == Target.__tablename__ else "Realisasi",
                describe(one.sebelum),
                describe(one.sesudah),
                one.alasan,
            )
            for one in rows
        ],
    )


def make_versi(indikator: Indikator, tahun: int, versi: Sequence[VersiTarget]) -> TabelHalaman:
    """All versions of a target with their decrees, the one that applies first."""
    return TabelHalaman(
        nama="versi",
        judul=f"Versi target {indikator.nama} {tahun}",
        kolom=("Versi", "Target", "Sumber", "Nomor keputusan", "Tanggal keputusan", "Keadaan"),
        baris=[
            (
                f"Perubahan ke-{one.nomor}" if one.nomor else "Awal",
                one.target,
                one.sumber,
                one.keputusan,
                format_tanggal(one.tanggal) if one.tanggal else "",
                f"diganti {format_waktu(one.diganti)} oleh {one.oleh}"
                if one.diganti
                else "berlaku",
            )
            for one in versi
        ],
    )
