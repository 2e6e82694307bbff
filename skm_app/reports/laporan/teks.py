"""Text blocks of a report: written from the data, written over by the office, and back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from itertools import groupby
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from skm_app.angka import format_angka
from skm_app.models import Periode, TeksLaporan
from skm_app.reports.dokumen import Blok, Daftar, Paragraf
from skm_app.reports.laporan import jumlah, pembahasan, pendahuluan, penutup
from skm_app.reports.laporan.fakta import Fakta, read_fakta
from skm_app.reports.laporan.kata import rapikan

MAX_TEKS = 20_000
WITA = ZoneInfo("Asia/Makassar")
_BUTIR = "- "


class TeksError(Exception):
    """A text cannot be kept like this; the message says why."""


class TeksUsangError(TeksError):
    """Somebody else changed the text since it was opened."""

    def __init__(self) -> None:
        super().__init__(
            "Teks ini sudah diubah orang lain sejak halaman dibuka. Muat ulang halaman, lalu "
            "ulangi perubahan Anda."
        )


@dataclass(frozen=True, kw_only=True)
class BlokTeks:
    """One block. ``bawaan``: as the data say it now; ``isi``: as it will be printed.

    ``diubah``: the office wrote it over. ``versi``: to be handed back with a change.
    """

    kunci: str
    judul: str
    bawaan: str
    isi: str
    diubah: bool
    versi: int


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


@dataclass(frozen=True, kw_only=True)
class UbahanTeks:
    """One block without the data's words, which take reading; ``tulisan``: the office's own."""

    kunci: str
    judul: str
    tulisan: str
    ditulis: datetime | None
    versi: int

    @property
    def diubah(self) -> bool:
        return bool(self.tulisan)


def list_ubahan(session: Session, periode: Periode) -> tuple[UbahanTeks, ...]:
    """Which blocks of a period's report were written over. One statement."""
    own = _read_own(session, periode)
    return tuple(
        UbahanTeks(
            kunci=one.kunci,
            judul=one.judul,
            tulisan=own[one.kunci].isi if one.kunci in own else "",
            ditulis=own[one.kunci].ditulis if one.kunci in own else None,
            versi=own[one.kunci].versi if one.kunci in own else 0,
        )
        for one in BAGIAN
    )


def list_teks(session: Session, periode: Periode, zona: tzinfo = WITA) -> tuple[BlokTeks, ...]:
    """All blocks of a period's report, in its order.

    :param zona: the office's zone, in which moments become days.
    """
    return make_teks(session, read_fakta(session, periode, zona))


def make_teks(session: Session, fakta: Fakta) -> tuple[BlokTeks, ...]:
    """As ``list_teks``, of facts that were read already."""
    own = _read_own(session, fakta.bahan.periode)
    return tuple(_make_blok(bagian, fakta, own) for bagian in BAGIAN)


def _read_own(session: Session, periode: Periode) -> dict[str, TeksLaporan]:
    rows = session.scalars(select(TeksLaporan).where(TeksLaporan.periode_id == periode.id))
    return {row.kunci: row for row in rows}


def change_teks(
    session: Session, periode: Periode, blok: BlokTeks, isi: str | None, versi: int
) -> str:
    """Write a block over; the caller commits.

    :param blok: what is changed, read beforehand: its data's words may take long to gather, and
        whoever writes keeps citizens waiting.
    :param isi: None, nothing but blanks, or the data's own words: back to these.
    :param versi: ``BlokTeks.versi`` of what the person saw.
    :return: the text that will be printed from now on.
    :raise TeksError: if the text is too long.
    :raise TeksUsangError: if somebody changed it meanwhile.
    """
    wanted = rapikan(isi or "")
    if len(wanted) > MAX_TEKS:
        raise TeksError(
            f"Teks terlalu panjang: {format_angka(len(wanted))} huruf. Paling banyak "
            f"{format_angka(MAX_TEKS)}."
        )
    row = session.get(TeksLaporan, (periode.id, blok.kunci), populate_existing=True)
    if versi != (row.versi if row else 0):
        raise TeksUsangError
    if wanted == rapikan(blok.bawaan):
        wanted = ""
    if row is None and not wanted:
        return blok.bawaan
    try:
        if row is None:
            session.add(
                TeksLaporan(
                    periode_id=periode.id, kunci=blok.kunci, isi=wanted, ditulis=datetime.now(UTC)
                )
            )
        else:
            # Kept although empty: its version must go on rising.
            row.isi, row.ditulis = wanted, datetime.now(UTC)
        session.flush()
    except (IntegrityError, StaleDataError) as error:
        raise TeksUsangError from error
    return wanted or blok.bawaan


def _make_blok(bagian: _Bagian, fakta: Fakta, own: Mapping[str, TeksLaporan]) -> BlokTeks:
    bawaan, row = bagian.tulis(fakta), own.get(bagian.kunci)
    return BlokTeks(
        kunci=bagian.kunci,
        judul=bagian.judul,
        bawaan=bawaan,
        isi=row.isi if row and row.isi else bawaan,
        diubah=bool(row and row.isi),
        versi=row.versi if row else 0,
    )


def make_blok(text: str) -> list[Blok]:
    """Set a text: a blank line parts paragraphs, lines that begin with ``- `` are a list."""
    blok: list[Blok] = []
    for part in text.split("\n\n"):
        lines = [line.strip() for line in part.split("\n") if line.strip()]
        for is_butir, group in groupby(lines, key=lambda line: line.startswith(_BUTIR)):
            if is_butir:
                blok.append(Daftar(butir=[line.removeprefix(_BUTIR).strip() for line in group]))
            else:
                blok.append(Paragraf(teks=" ".join(group)))
    return blok
