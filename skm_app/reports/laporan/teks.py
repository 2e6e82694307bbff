"""Text blocks of a report: written from the data, written over by the office, and back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, tzinfo
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from skm_app.models import Periode, TeksLaporan
from skm_app.reports.laporan import jumlah, pembahasan, pendahuluan, penutup
from skm_app.reports.laporan.fakta import Fakta, read_fakta
from skm_app.reports.tulisan import (
    BlokTeks,
    UbahanTeks,
    make_blok_teks,
    make_ubahan,
    write_over,
)

WITA = ZoneInfo("Asia/Makassar")


@dataclass(frozen=True, kw_only=True)
class _Bagian:
    kunci: str
    judul: str
    tulis: Callable[[Fakta], str]


BAGIAN = (
    _Bagian(kunci="pengantar", judul="Kata pengantar", tulis=pendahuluan.tulis_pengantar),
    _Bagian(kunci="latar", judul="1.1 Latar belakang", tulis=pendahuluan.tulis_latar),
    _Bagian(kunci="dasar", judul="1.2 Dasar pelaksanaan SKM", tulis=pendahuluan.tulis_dasar),
    _Bagian(kunci="maksud", judul="1.3 Maksud dan tujuan", tulis=pendahuluan.tulis_maksud),
    _Bagian(kunci="pelaksana", judul="2.1 Pelaksana SKM", tulis=pendahuluan.tulis_pelaksana),
    _Bagian(kunci="metode", judul="2.2 Metode pengumpulan data", tulis=pendahuluan.tulis_metode),
    _Bagian(kunci="lokasi", judul="2.3 Lokasi pengumpulan data", tulis=pendahuluan.tulis_lokasi),
    _Bagian(kunci="waktu", judul="2.4 Waktu pelaksanaan SKM", tulis=pendahuluan.tulis_waktu),
    _Bagian(
        kunci="jadwal",
        judul="2.4 Tabel jadwal (satu baris: kegiatan | waktu | hari kerja)",
        tulis=pendahuluan.tulis_jadwal,
    ),
    _Bagian(kunci="jumlah", judul="2.5 Penentuan jumlah responden", tulis=jumlah.tulis_jumlah),
    _Bagian(kunci="responden", judul="3.1 Jumlah responden SKM", tulis=pembahasan.tulis_responden),
    _Bagian(kunci="ikm", judul="3.2 Indeks Kepuasan Masyarakat", tulis=pembahasan.tulis_ikm),
    _Bagian(kunci="layanan", judul="3.2 IKM per jenis layanan", tulis=pembahasan.tulis_layanan),
    _Bagian(kunci="kelemahan", judul="4.1 Kelemahan", tulis=pembahasan.tulis_kelemahan),
    _Bagian(kunci="kelebihan", judul="4.1 Kelebihan", tulis=pembahasan.tulis_kelebihan),
    _Bagian(kunci="saran", judul="4.1 Saran masyarakat", tulis=pembahasan.tulis_saran),
    _Bagian(kunci="rtl", judul="4.2 Rencana tindak lanjut", tulis=penutup.tulis_rtl),
    _Bagian(kunci="tren", judul="4.3 Tren nilai SKM", tulis=penutup.tulis_tren),
    _Bagian(
        kunci="tindak-lanjut",
        judul="BAB V Hasil tindak lanjut periode sebelumnya",
        tulis=penutup.tulis_tindak_lanjut,
    ),
    _Bagian(kunci="kesimpulan", judul="BAB VI Kesimpulan", tulis=penutup.tulis_kesimpulan),
    _Bagian(kunci="dokumentasi", judul="Lampiran 3 Dokumentasi", tulis=penutup.tulis_dokumentasi),
    _Bagian(kunci="publikasi", judul="Lampiran 4 Publikasi", tulis=penutup.tulis_publikasi),
    _Bagian(kunci="bukti", judul="Lampiran 5 Tindak lanjut", tulis=penutup.tulis_bukti),
)


def list_ubahan(session: Session, periode: Periode) -> tuple[UbahanTeks, ...]:
    """Which blocks of a period's report were written over. One statement."""
    own = _read_own(session, periode)
    return tuple(make_ubahan(one.kunci, one.judul, own.get(one.kunci)) for one in BAGIAN)


def list_teks(session: Session, periode: Periode, zona: tzinfo = WITA) -> tuple[BlokTeks, ...]:
    """All blocks of a period's report, in its order.

    :param zona: the office's zone, in which moments become days.
    """
    return make_teks(session, read_fakta(session, periode, zona))


def make_teks(session: Session, fakta: Fakta) -> tuple[BlokTeks, ...]:
    """As ``list_teks``, of facts that were read already."""
    own = _read_own(session, fakta.bahan.periode)
    return tuple(
        make_blok_teks(one.kunci, one.judul, one.tulis(fakta), own.get(one.kunci)) for one in BAGIAN
    )


def list_berubah(session: Session, periode: Periode, zona: tzinfo = WITA) -> tuple[BlokTeks, ...]:
    """Blocks of which the data say something else than when the office wrote them over."""
    if not any(row.isi and row.sidik_bawaan for row in _read_own(session, periode).values()):
        return ()
    return tuple(one for one in list_teks(session, periode, zona) if one.berubah)


def _read_own(session: Session, periode: Periode) -> dict[str, TeksLaporan]:
    rows = session.scalars(select(TeksLaporan).where(TeksLaporan.periode_id == periode.id))
    return {row.kunci: row for row in rows}


def change_teks(
    session: Session,
    periode: Periode,
    blok: BlokTeks,
    isi: str | None,
    versi: int,
    sidik: str | None = None,
) -> str:
    """Write a block over, as ``write_over``; the caller commits."""
    row = session.get(TeksLaporan, (periode.id, blok.kunci), populate_existing=True)

    def make(text: str, ditulis: datetime, sidik: str) -> TeksLaporan:
        return TeksLaporan(
            periode_id=periode.id,
            kunci=blok.kunci,
            isi=text,
            ditulis=ditulis,
            sidik_bawaan=sidik,
        )

    return write_over(session, row, make, blok, isi, versi, sidik)
