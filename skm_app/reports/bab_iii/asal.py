"""Where the figures of Bab III come from, in words that lead the reader back to them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo

from sqlalchemy.orm import Session

from skm_app.angka import format_angka
from skm_app.capaian import NilaiRealisasi, name_with_rentang
from skm_app.kinerja import DataKelurahan
from skm_app.models import Indikator, Periode, Realisasi, Target
from skm_app.reports.teks import clean_line
from skm_app.tanggal import format_tanggal

SIDIK_PENDEK = 12  # digits of a fingerprint that tell two results apart
TANPA_SUMBER = "sumbernya belum ditulis"


def describe_asal_target(target: Target | None, tahun: int) -> str:
    """Where a target was read, and whether it was revised; empty without a target."""
    if target is None:
        return ""
    text = f"Target {tahun}: {clean_line(target.sumber) or TANPA_SUMBER}"
    if target.nomor:
        text += f"; perubahan ke-{target.nomor}"
        if target.keputusan:
            text += f" dengan {clean_line(target.keputusan)}"
        if target.tanggal:
            text += f" tanggal {format_tanggal(target.tanggal)}"
    return text


def describe_asal_realisasi(
    session: Session, indikator: Indikator, tahun: int, nilai: NilaiRealisasi, zona: tzinfo
) -> str:
    """Where a realisasi comes from: a decree on a period, a document, or a definition.

    Without a figure: why there is none.
    """
    chosen = session.get(Realisasi, (indikator.id, tahun))
    head = f"Realisasi {tahun}"
    if chosen is not None and chosen.periode is not None:
        return f"{head}: {_describe_periode(chosen.periode, nilai, zona)}"
    if chosen is not None and chosen.cara == "dokumen" and nilai.nilai is not None:
        return f"{head}: {clean_line(chosen.sumber) or TANPA_SUMBER}"
    return f"{head}: {clean_line(nilai.asal)}"


def tulis_probebaya(definisi: str, data: Sequence[DataKelurahan]) -> str:
    """The Probebaya figure as a division, with the figures of all kelurahan put in.

    :param data: of every kelurahan, complete: what the figure was computed from.
    """
    if definisi == "kelurahan_pelaksana":
        part, whole = sum(bool(one.melaksanakan) for one in data), len(data)
        words = "kelurahan yang melaksanakan / seluruh kelurahan"
    elif definisi == "usulan_disetujui":
        part = sum(one.disetujui or 0 for one in data)
        whole = sum(one.diajukan or 0 for one in data)
        words = "usulan yang disetujui / usulan yang diajukan"
    else:
        part = sum(one.realisasi_rp or 0 for one in data)
        whole = sum(one.anggaran_rp or 0 for one in data)
        words = "realisasi / anggaran Pemberdayaan di kelurahan"
    return f"{words} × 100 = {format_angka(part)} / {format_angka(whole)} × 100"


def _describe_periode(periode: Periode, nilai: NilaiRealisasi, zona: tzinfo) -> str:
    penetapan = periode.penetapan
    if penetapan is None:
        return clean_line(nilai.asal)
    day = format_tanggal(penetapan.ditetapkan.astimezone(zona).date())
    return (
        f"Periode SKM {clean_line(name_with_rentang(periode))}, ditetapkan {day}, "
        f"penetapan nomor {penetapan.nomor}, {penetapan.n} responden, "
        f"sidik {penetapan.sidik[:SIDIK_PENDEK]}…"
    )
