"""Bab III as a document, in the outline of the printed LKjIP 2024, ready to be pasted into it."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from datetime import datetime, tzinfo

from sqlalchemy.orm import Session

from skm_app.models import Unit
from skm_app.reports.bab_iii.fakta import WITA, SasaranFakta
from skm_app.reports.bab_iii.kalimat import judul_sasaran
from skm_app.reports.bab_iii.susun_gambar import make_gambar
from skm_app.reports.bab_iii.susun_tabel import is_muat, place_tabel
from skm_app.reports.bab_iii.tabel import JenisTabel, find_tabel, to_tabel
from skm_app.reports.bab_iii.teks import list_teks_kinerja, name_kunci
from skm_app.reports.bab_iii.teks_bahan import BahanKinerja, read_bahan_kinerja
from skm_app.reports.dokumen import Blok, Dokumen, HalamanBaru, Judul
from skm_app.reports.laporan.kop import read_kop
from skm_app.reports.tulisan import BlokTeks, make_blok
from skm_app.tanggal import format_tanggal

CAP = "SEMENTARA"
NOMOR_BAB = "3"
JUDUL_BAB = "AKUNTABILITAS KINERJA"
Teks = Mapping[str, BlokTeks]


def make_bab_iii(session: Session, unit_id: uuid.UUID, tahun: int, zona: tzinfo = WITA) -> Dokumen:
    """The whole chapter; marked as provisional while a figure of its year may still change.

    :param zona: the office's zone, in which moments become days.
    """
    bahan = read_bahan_kinerja(session, unit_id, tahun, zona)
    teks = {one.kunci: one for one in list_teks_kinerja(session, bahan)}
    nama = f"LKjIP {bahan.fakta.unit} Tahun {tahun} – Bab III"
    sementara = bahan.fakta.sementara
    hari = format_tanggal(datetime.now(zona).date())
    return Dokumen(
        judul=("BAB III", JUDUL_BAB),
        nama=nama,
        kop=read_kop(session, session.get_one(Unit, unit_id)),
        tempat_tahun=str(tahun),
        blok=[*_susun(bahan, teks)],
        kaki=f"{nama} – angka per {hari}" if sementara else nama,
        cap=CAP if sementara else "",
        bab=NOMOR_BAB,
    )


def _susun(bahan: BahanKinerja, teks: Teks) -> Iterator[Blok]:
    yield Judul(tingkat=1, nomor="BAB III", teks=JUDUL_BAB)
    yield from make_blok(teks["pembuka"].isi)
    yield from _tabel(bahan, "predikat_akip")
    yield from _susun_a(bahan, teks)
    yield Judul(tingkat=2, nomor="B.", teks="Realisasi Anggaran")
    yield from make_blok(teks["anggaran"].isi)
    yield from _tabel(bahan, "anggaran")
    yield Judul(tingkat=2, nomor="C.", teks="Prestasi/Penghargaan")
    yield from make_blok(teks["prestasi"].isi)
    yield Judul(tingkat=2, nomor="D.", teks="Penilaian Kinerja Organisasi")
    yield from make_blok(teks["penilaian"].isi)
    yield from _tabel(bahan, "koreksi")
    yield from make_blok(teks["nko"].isi)
    yield from _tabel(bahan, "nko")


def _susun_a(bahan: BahanKinerja, teks: Teks) -> Iterator[Blok]:
    tahun = bahan.fakta.tahun
    yield Judul(tingkat=2, nomor="A.", teks="Capaian Kinerja Organisasi")
    yield from make_blok(teks["capaian"].isi)
    yield _sub("1.", f"Perbandingan Target dan Realisasi Kinerja Tahun {tahun}")
    yield from make_blok(teks["target"].isi)
    yield from _tabel(bahan, "capaian")
    for sasaran in bahan.fakta.sasaran:
        yield _judul_sasaran(sasaran)
        yield from _per_sasaran(teks, sasaran, "analisis")
        yield from _tabel(bahan, "sasaran", sasaran.nomor)
    yield _sub(
        "2.",
        f"Perbandingan Realisasi serta Capaian Kinerja Tahun {tahun} dengan Tahun Lalu dan "
        "Beberapa Tahun Terakhir",
    )
    yield from make_blok(teks["tahun"].isi)
    yield from make_gambar(bahan.fakta)
    yield from _susun_renstra(bahan, teks)
    yield _sub(
        "4.",
        "Analisis Penyebab Keberhasilan/Kegagalan atau Peningkatan/Penurunan Kinerja serta "
        "Alternatif Solusi yang Telah Dilakukan",
    )
    yield from make_blok(teks["sebab"].isi)
    for sasaran in bahan.fakta.sasaran:
        yield _judul_sasaran(sasaran)
        yield from _per_sasaran(teks, sasaran, "berhasil", "hambatan", "solusi")
    yield from _susun_biaya(bahan, teks)


def _susun_renstra(bahan: BahanKinerja, teks: Teks) -> Iterator[Blok]:
    """Two wide tables, on one wide page if the first of them needs it."""
    found = find_tabel(bahan.tabel, "tiga_tahun")
    mendatar = found is not None and not is_muat(to_tabel(found))
    if mendatar:
        yield HalamanBaru(mendatar=True)
    yield from _tabel(bahan, "tiga_tahun", mendatar=mendatar)
    yield _sub(
        "3.",
        f"Perbandingan Realisasi Kinerja Tahun {bahan.fakta.tahun} dengan Target Jangka Menengah "
        "Renstra",
    )
    yield from make_blok(teks["renstra"].isi)
    yield from _tabel(bahan, "renstra", mendatar=mendatar)
    if mendatar:
        yield HalamanBaru()


def _susun_biaya(bahan: BahanKinerja, teks: Teks) -> Iterator[Blok]:
    yield _sub("5.", "Analisis Efisiensi Penggunaan Sumber Daya")
    yield from make_blok(teks["efisiensi"].isi)
    yield from _tabel(bahan, "biaya")
    for sasaran in bahan.fakta.sasaran:
        yield _judul_sasaran(sasaran)
        yield from _per_sasaran(teks, sasaran, "biaya")
        yield from _tabel(bahan, "efisiensi", sasaran.nomor)
    yield _sub(
        "6.",
        "Analisis Program/Kegiatan yang Menunjang Keberhasilan atau Mengakibatkan Kegagalan "
        "Pencapaian Target Kinerja",
    )
    for sasaran in bahan.fakta.sasaran:
        yield _judul_sasaran(sasaran)
        yield from _per_sasaran(teks, sasaran, "penunjang")


def _sub(nomor: str, judul: str) -> Judul:
    return Judul(tingkat=3, nomor=nomor, teks=judul)


def _judul_sasaran(sasaran: SasaranFakta) -> Judul:
    return Judul(tingkat=4, teks=judul_sasaran(sasaran.nomor, sasaran.uraian))


def _per_sasaran(teks: Teks, sasaran: SasaranFakta, *nama: str) -> Iterator[Blok]:
    for one in nama:
        yield from make_blok(teks[name_kunci(one, sasaran)].isi)


def _tabel(
    bahan: BahanKinerja, jenis: JenisTabel, sasaran: int = 0, *, mendatar: bool = False
) -> Iterator[Blok]:
    """A table where the outline wants it; the renderer counts them in this very order."""
    found = find_tabel(bahan.tabel, jenis, sasaran)
    if found is not None:
        yield from place_tabel(to_tabel(found), mendatar=mendatar)
