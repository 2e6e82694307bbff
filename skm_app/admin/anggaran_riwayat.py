"""What was done to a year's budget: every import with the rows it changed, every explanation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session

from skm_app.admin.blueprint import bp
from skm_app.admin.hak import list_my_tree, need_peran
from skm_app.admin.tabel import Sel, TabelHalaman, render_with_tabel
from skm_app.admin.tahun_kinerja import choose_tahun
from skm_app.admin.unit import get_kantor_id
from skm_app.capaian.anggaran_simpan import PerubahanBaris, RingkasAnggaran, RingkasUnit
from skm_app.models import Catatan
from skm_app.web import current_state
from skm_app.web.filters import format_waktu

MAX_RIWAYAT = 100
# Rows of one import that a page shows; the log and the download have all of them.
MAX_PERUBAHAN = 100
KUNCI = ("unit", "program", "kegiatan", "sub_kegiatan")


@dataclass(frozen=True, kw_only=True)
class BarisBanding:
    """Totals of a unit: stored now, and in the file; None: not there."""

    nama: str
    lama: RingkasUnit | RingkasAnggaran | None
    baru: RingkasUnit | RingkasAnggaran | None


@dataclass(frozen=True, kw_only=True)
class BarisRiwayat:
    """One record of the log about a year's budget. ``banding``, ``perubahan``: of an import."""

    waktu: str
    oleh: str
    keterangan: str
    alasan: str
    banding: tuple[BarisBanding, ...]
    perubahan: tuple[PerubahanBaris, ...]


@bp.get("/anggaran/riwayat")
@need_peran("admin", "pimpinan")
def show_riwayat_anggaran() -> ResponseReturnValue:
    with current_state().database.reading() as session:
        tahun, years = choose_tahun(session, get_kantor_id(session))
        baris = _list_riwayat(session, tahun)
    return render_with_tabel(
        "admin/anggaran/riwayat.html",
        [_make_tabel_riwayat(baris, tahun), _make_tabel_rincian(baris, tahun)],
        tahun=tahun,
        years=years,
        baris=baris,
        max_perubahan=MAX_PERUBAHAN,
    )


def to_values(one: RingkasAnggaran) -> dict[str, Any]:
    """Totals, for the log."""
    return {
        "baris": one.baris,
        "anggaran_rp": one.anggaran_rp,
        "realisasi_rp": one.realisasi_rp,
        "unit": {unit.nama: [unit.anggaran_rp, unit.realisasi_rp] for unit in one.unit},
    }


def list_values(perubahan: Sequence[PerubahanBaris]) -> list[dict[str, Any]]:
    """Changed rows, for the log."""
    return [
        {**dict(zip(KUNCI, one.kunci, strict=True)), "sebelum": one.sebelum, "sesudah": one.sesudah}
        for one in perubahan
    ]


def _read_perubahan(values: dict[str, Any] | None) -> tuple[PerubahanBaris, ...]:
    """What ``list_values`` logged; empty if nothing was."""
    return tuple(
        PerubahanBaris(
            kunci=(one["unit"], one["program"], one["kegiatan"], one["sub_kegiatan"]),
            sebelum=tuple(one["sebelum"]) if one["sebelum"] else None,
            sesudah=tuple(one["sesudah"]) if one["sesudah"] else None,
        )
        for one in (values or {}).get("perubahan", [])
    )


def _read_values(values: dict[str, Any] | None) -> RingkasAnggaran | None:
    """What ``to_values`` logged; None if nothing was there."""
    if not values or "unit" not in values:
        return None
    return RingkasAnggaran(
        baris=values["baris"],
        anggaran_rp=values["anggaran_rp"],
        realisasi_rp=values["realisasi_rp"],
        unit=tuple(
            RingkasUnit(nama=nama, anggaran_rp=anggaran_rp, realisasi_rp=realisasi_rp)
            for nama, (anggaran_rp, realisasi_rp) in values["unit"].items()
        ),
    )


def compare_ringkas(
    lama: RingkasAnggaran | None, baru: RingkasAnggaran
) -> tuple[BarisBanding, ...]:
    """The total, then unit by unit, those of the new one first."""
    before = {one.nama: one for one in lama.unit} if lama else {}
    after = {one.nama: one for one in baru.unit}
    total = BarisBanding(nama="Jumlah", lama=lama if lama and lama.baris else None, baru=baru)
    units = (
        BarisBanding(nama=nama, lama=before.get(nama), baru=after.get(nama))
        for nama in dict.fromkeys([*after, *before])
    )
    return (total, *units)


def _list_riwayat(session: Session, tahun: int) -> list[BarisRiwayat]:
    rows = session.scalars(
        select(Catatan)
        .where(
            Catatan.objek == "anggaran",
            Catatan.objek_id.in_([f"{one.id}/{tahun}" for one in list_my_tree(session)]),
        )
        .order_by(Catatan.nomor.desc())
        .limit(MAX_RIWAYAT)
    )
    return [_make_riwayat(one) for one in rows]


def _make_riwayat(one: Catatan) -> BarisRiwayat:
    baru = _read_values(one.sesudah) if one.aksi == "impor" else None
    text = one.keterangan
    if one.aksi == "ubah" and one.sesudah:
        text = f"{text} Menjadi: {one.sesudah.get('penjelasan') or 'dikosongkan'}"
    return BarisRiwayat(
        waktu=format_waktu(one.waktu),
        oleh=one.oleh,
        keterangan=text,
        alasan=one.alasan,
        banding=compare_ringkas(_read_values(one.sebelum), baru) if baru else (),
        perubahan=_read_perubahan(one.sesudah),
    )


def _make_tabel_riwayat(baris: Sequence[BarisRiwayat], tahun: int) -> TabelHalaman:
    return TabelHalaman(
        nama=f"riwayat-anggaran-{tahun}",
        judul=f"Riwayat anggaran {tahun}",
        kolom=("Waktu", "Oleh", "Yang dilakukan", "Alasan"),
        baris=[(one.waktu, one.oleh, one.keterangan, one.alasan) for one in baris],
    )


def _make_tabel_rincian(baris: Sequence[BarisRiwayat], tahun: int) -> TabelHalaman:
    """Every row that an import added, changed or took away."""
    nothing: tuple[Sel, ...] = (None, None, None)
    return TabelHalaman(
        nama=f"rincian-anggaran-{tahun}",
        judul=f"Baris anggaran {tahun} yang berubah",
        kolom=("Waktu", "Oleh", "Unit", "Program", "Kegiatan", "Sub kegiatan", "Anggaran sebelum",
               "Realisasi sebelum", "Penjelasan sebelum", "Anggaran sesudah", "Realisasi sesudah",
               "Penjelasan sesudah"),
        baris=[
            (one.waktu, one.oleh, *row.kunci, *(row.sebelum or nothing), *(row.sesudah or nothing))
            for one in baris
            for row in one.perubahan
        ],
    )  # fmt: skip
