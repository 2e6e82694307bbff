"""The annual SKM report of a period: from the data to a ``Dokumen``, in words and figures.

``fakta`` reads everything once; ``pendahuluan``, ``pembahasan`` and ``penutup`` put it into words,
which the office may write over (``teks``); ``tabel``, ``gambar``, ``bab`` and ``lampiran`` set it
in order.

Source: the report outline in general use with PermenPANRB 14/2017.
"""

from __future__ import annotations

from datetime import tzinfo

from sqlalchemy.orm import Session

from skm_app.models import Periode
from skm_app.reports.dokumen import Dokumen
from skm_app.reports.laporan.bab import make_bab
from skm_app.reports.laporan.fakta import Fakta, read_fakta
from skm_app.reports.laporan.isian import make_isian
from skm_app.reports.laporan.kop import list_foto, read_kop
from skm_app.reports.laporan.lampiran import make_lampiran
from skm_app.reports.laporan.teks import (
    WITA,
    change_teks,
    list_berubah,
    list_teks,
    list_ubahan,
    make_teks,
)
from skm_app.reports.tulisan import MAX_TEKS, BlokTeks, TeksError, TeksUsangError, UbahanTeks
from skm_app.tanggal import format_tanggal

__all__ = [
    "MAX_TEKS",
    "BlokTeks",
    "TeksError",
    "TeksUsangError",
    "UbahanTeks",
    "change_teks",
    "list_berubah",
    "list_foto",
    "list_teks",
    "list_ubahan",
    "make_laporan",
    "read_kop",
]

CAP = "SEMENTARA"


def make_laporan(session: Session, periode: Periode, zona: tzinfo = WITA) -> Dokumen:
    """The whole report: frozen figures of a closed period, else marked as provisional.

    :param zona: the office's zone, in which moments become days.
    """
    fakta = read_fakta(session, periode, zona)
    teks = {one.kunci: one for one in make_teks(session, fakta)}
    sementara = fakta.bahan.sementara
    return Dokumen(
        judul=(
            "LAPORAN HASIL",
            "SURVEI KEPUASAN MASYARAKAT (SKM)",
            fakta.unit.upper(),
            fakta.sebutan.upper(),
        ),
        nama=f"Laporan Hasil SKM {fakta.unit} {fakta.sebutan}",
        kop=fakta.kop,
        tempat_tahun=f"{fakta.penanda.tempat} {periode.tahun}".strip(),
        blok=[*make_bab(fakta, teks), *make_lampiran(session, fakta, teks)],
        kaki=_make_kaki(fakta),
        cap=CAP if sementara else "",
        isian=make_isian(fakta),
    )


def _make_kaki(fakta: Fakta) -> str:
    nama = f"Laporan SKM {fakta.unit} {fakta.sebutan}"
    if not fakta.bahan.sementara:
        return nama
    return f"{nama} – angka per {format_tanggal(fakta.hari_ini)}"
