"""The chapters, in the outline that is in general use with PermenPANRB 14/2017.

To its five chapters come the services one by one (3.2) and, before the conclusion, what came of
the plans of the period before, as newer outlines ask.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from skm_app.reports.dokumen import Blok, HalamanBaru, Judul
from skm_app.reports.laporan.fakta import Fakta
from skm_app.reports.laporan.gambar import (
    make_gambar_sebaran,
    make_gambar_tren,
    make_gambar_unsur,
)
from skm_app.reports.laporan.kop import make_tanda_tangan
from skm_app.reports.laporan.pendahuluan import catat_hari_kerja
from skm_app.reports.laporan.tabel import (
    make_tabel_jadwal,
    make_tabel_layanan,
    make_tabel_mutu,
    make_tabel_responden,
    make_tabel_rtl,
    make_tabel_rtl_lalu,
    make_tabel_sebaran,
    make_tabel_tren,
    make_tabel_unsur,
)
from skm_app.reports.tulisan import BlokTeks, make_blok

Teks = Mapping[str, BlokTeks]
BAB_TINDAK_LANJUT = "BAB V"


def make_bab(fakta: Fakta, teks: Teks) -> Iterator[Blok]:
    """Preface, BAB I to BAB VI, signature."""
    yield Judul(tingkat=1, teks="KATA PENGANTAR")
    yield from make_blok(teks["pengantar"].isi)
    yield from _bab_1(teks)
    yield from _bab_2(fakta, teks)
    yield from _bab_3(fakta, teks)
    yield from _bab_4(fakta, teks)
    yield Judul(
        tingkat=1,
        nomor=BAB_TINDAK_LANJUT,
        teks="HASIL TINDAK LANJUT SKM PERIODE SEBELUMNYA",
    )
    yield from make_blok(teks["tindak-lanjut"].isi)
    if fakta.rtl_lalu and fakta.rtl_lalu.rtl:
        yield make_tabel_rtl_lalu(fakta.rtl_lalu)
    yield Judul(tingkat=1, nomor="BAB VI", teks="KESIMPULAN")
    yield from make_blok(teks["kesimpulan"].isi)
    yield make_tanda_tangan(fakta.penanda)


def _sub(nomor: str, judul: str, text: str) -> Iterator[Blok]:
    yield Judul(tingkat=2, nomor=nomor, teks=judul)
    yield from make_blok(text)


def _bab_1(teks: Teks) -> Iterator[Blok]:
    yield Judul(tingkat=1, nomor="BAB I", teks="PENDAHULUAN")
    yield from _sub("1.1", "Latar Belakang", teks["latar"].isi)
    yield from _sub("1.2", "Dasar Pelaksanaan SKM", teks["dasar"].isi)
    yield from _sub("1.3", "Maksud dan Tujuan", teks["maksud"].isi)


def _bab_2(fakta: Fakta, teks: Teks) -> Iterator[Blok]:
    yield Judul(tingkat=1, nomor="BAB II", teks="PENGUMPULAN DATA SKM")
    yield from _sub("2.1", "Pelaksana SKM", teks["pelaksana"].isi)
    yield from _sub("2.2", "Metode Pengumpulan Data", teks["metode"].isi)
    yield from _sub("2.3", "Lokasi Pengumpulan Data", teks["lokasi"].isi)
    yield from _sub("2.4", "Waktu Pelaksanaan SKM", teks["waktu"].isi)
    jadwal = teks["jadwal"]
    # The office may have put other days there.
    yield make_tabel_jadwal(jadwal.isi, "" if jadwal.diubah else catat_hari_kerja(fakta))
    yield from _sub("2.5", "Penentuan Jumlah Responden", teks["jumlah"].isi)


def _bab_3(fakta: Fakta, teks: Teks) -> Iterator[Blok]:
    yield Judul(tingkat=1, nomor="BAB III", teks="HASIL PENGOLAHAN DATA SKM")
    yield from _sub("3.1", "Jumlah Responden SKM", teks["responden"].isi)
    if fakta.ada_hasil:
        yield make_tabel_responden(fakta)
    yield from _sub(
        "3.2",
        "Indeks Kepuasan Masyarakat (Unit Layanan dan Per Unsur Layanan)",
        teks["ikm"].isi,
    )
    if not fakta.ada_hasil:
        return
    yield make_tabel_unsur(fakta)
    yield make_tabel_mutu()
    yield make_gambar_unsur(fakta)
    yield make_tabel_sebaran(fakta)
    yield make_gambar_sebaran(fakta)
    yield from _per_layanan(fakta, teks)


def _per_layanan(fakta: Fakta, teks: Teks) -> Iterator[Blok]:
    judul = Judul(tingkat=3, teks="IKM per Jenis Layanan")
    if len(fakta.layanan) < 2:
        # The table would repeat that of the unsur.
        yield judul
        yield from make_blok(teks["layanan"].isi)
        return
    # Nine unsur beside each other need the width.
    yield HalamanBaru(mendatar=True)
    yield judul
    yield from make_blok(teks["layanan"].isi)
    yield make_tabel_layanan(fakta)
    yield HalamanBaru()


def _bab_4(fakta: Fakta, teks: Teks) -> Iterator[Blok]:
    yield Judul(tingkat=1, nomor="BAB IV", teks="ANALISIS HASIL SKM")
    yield Judul(
        tingkat=2,
        nomor="4.1",
        teks="Analisis Permasalahan/Kelemahan dan Kelebihan Unsur Layanan",
    )
    if fakta.ada_hasil:
        for judul, kunci in (("Kelemahan", "kelemahan"), ("Kelebihan", "kelebihan")):
            yield Judul(tingkat=3, teks=judul)
            yield from make_blok(teks[kunci].isi)
        yield Judul(tingkat=3, teks="Saran Masyarakat")
    else:
        yield from make_blok(teks["kelemahan"].isi)
    yield from make_blok(teks["saran"].isi)
    yield from _sub("4.2", "Rencana Tindak Lanjut", teks["rtl"].isi)
    if fakta.rtl:
        yield make_tabel_rtl(fakta, fakta.rtl)
    yield from _sub("4.3", "Tren Nilai SKM", teks["tren"].isi)
    if fakta.tren:
        yield make_tabel_tren(fakta)
    if len(fakta.tren) > 1:
        yield make_gambar_tren(fakta)
