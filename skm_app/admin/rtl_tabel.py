"""The follow-up plan as tables: what is planned, what came of it, how the unsur stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from skm_app.admin.rtl_form import ROMAWI
from skm_app.admin.tabel import TabelHalaman
from skm_app.models import Periode, Rtl
from skm_app.rtl import (
    STATUS_LABEL,
    Pembanding,
    UnsurPeriode,
    count_bukti,
    list_rtl,
    list_unsur_names,
)


@dataclass(frozen=True, kw_only=True)
class BarisRtl:
    """One plan with its unsur before and after. NRR: 1..4, 3 decimals."""

    rtl: Rtl
    unsur: str
    sebelum: Decimal | None
    sesudah: Decimal | None
    bukti: int

    @property
    def waktu(self) -> str:
        return f"Triwulan {ROMAWI[self.rtl.triwulan - 1]} {self.rtl.tahun}"


def make_baris(
    session: Session, periode: Periode, hasil: UnsurPeriode, pembanding: Pembanding | None
) -> list[BarisRtl]:
    plans = list_rtl(session, periode, hasil)
    names, bukti = list_unsur_names(session, periode), count_bukti(session, plans)
    return [_baris(rtl, names, hasil, pembanding, bukti.get(rtl.id, 0)) for rtl in plans]


def make_one_baris(
    session: Session, rtl: Rtl, hasil: UnsurPeriode, pembanding: Pembanding | None
) -> BarisRtl:
    return _baris(rtl, list_unsur_names(session, rtl.periode), hasil, pembanding, 0)


def _baris(
    rtl: Rtl,
    names: Mapping[str, str],
    hasil: UnsurPeriode,
    pembanding: Pembanding | None,
    bukti: int,
) -> BarisRtl:
    return BarisRtl(
        rtl=rtl,
        unsur=names.get(rtl.unsur, rtl.unsur),
        sebelum=hasil.nrr_of(rtl.unsur),
        sesudah=pembanding.hasil.nrr_of(rtl.unsur) if pembanding else None,
        bukti=bukti,
    )


def make_tabel_rencana(baris: Sequence[BarisRtl]) -> TabelHalaman:
    """In the columns of the report; under a quarter stands the year."""
    return TabelHalaman(
        nama="rtl",
        judul="Rencana tindak lanjut",
        kolom=(
            "No",
            "Prioritas Unsur",
            "Program/Kegiatan",
            *(f"Waktu TW {romawi}" for romawi in ROMAWI),
            "Penanggung Jawab",
        ),
        baris=[
            (
                str(number),
                one.unsur,
                one.rtl.program,
                *(str(one.rtl.tahun) if one.rtl.triwulan == tw else "" for tw in range(1, 5)),
                one.rtl.penanggung_jawab,
            )
            for number, one in enumerate(baris, start=1)
        ],
    )


def make_tabel_hasil(baris: Sequence[BarisRtl], pembanding: Pembanding | None) -> TabelHalaman:
    later = f" ({pembanding.periode.nama})" if pembanding else ""
    return TabelHalaman(
        nama="hasil-rtl",
        judul="Hasil tindak lanjut",
        kolom=(
            "No",
            "Rencana tindak lanjut",
            "Sudah ditindaklanjuti",
            "Uraian",
            "Tanggal selesai",
            "Bukti (berkas)",
            "NRR sebelum",
            f"NRR sesudah{later}",
        ),
        baris=[
            (
                str(number),
                one.rtl.program,
                "Sudah"
                if one.rtl.status == "selesai"
                else f"Belum: {STATUS_LABEL[one.rtl.status]}",
                one.rtl.uraian_hasil,
                _tanggal(one.rtl.tanggal_selesai),
                one.bukti,
                one.sebelum,
                one.sesudah,
            )
            for number, one in enumerate(baris, start=1)
        ],
    )


def make_tabel_unsur(hasil: UnsurPeriode) -> TabelHalaman:
    return TabelHalaman(
        nama="unsur",
        judul="Unsur menurut NRR, terendah di atas",
        kolom=("Unsur", "NRR", "Keterangan"),
        baris=[
            (f"{one.kode} {one.nama}", one.nrr, "Tiga terendah" if one.terlemah else "")
            for one in hasil.unsur
        ],
    )


def _tanggal(day: date | None) -> date | str:
    return day or ""
