"""The sheets of the workbook into which a printed report is typed: one list for both ways."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from skm_app.kinerja.periksa.laporan import KUNCI_KALIMAT
from skm_app.periksa.kata import (
    ARAH,
    JENIS_PK,
    JUDUL_KALIMAT,
    JUMLAH,
    NKO,
    PREDIKAT,
    RATA_RATA,
    RUMUS,
    TENTANG,
    TIDAK_TERKAIT,
    TINGKAT,
    TOTAL,
    UNIT,
)

Isi = Literal["teks", "angka", "rupiah", "nomor"]


@dataclass(frozen=True)
class Kolom:
    """``pilihan``: words the cell may hold, besides a number where ``isi`` is ``nomor``."""

    kunci: str
    judul: str
    isi: Isi = "angka"
    lebar: int = 14
    pilihan: tuple[str, ...] = ()


@dataclass(frozen=True)
class Lembar:
    """A sheet. ``judul``: the table's own name and what it shows."""

    nama: str
    judul: str
    petunjuk: str
    kolom: tuple[Kolom, ...]


NO_INDIKATOR = Kolom("indikator", "No. indikator", "nomor", 11)
NO_SASARAN = Kolom("sasaran", "No. sasaran", "nomor", 11)
NAMA_INDIKATOR = Kolom("nama", "Nama indikator", "teks", 48)
NAMA_LAIN = Kolom("nama_lain", "Nama lain yang dicatat", "teks", 40)
TABEL = Kolom("tabel", "Tabel", "teks", 11)
TARGET, REALISASI = Kolom("target", "Target"), Kolom("realisasi", "Realisasi")
TARGET_1 = Kolom("target_1", "Target tahun lalu")
TARGET_2 = Kolom("target_2", "Target 2 tahun lalu")
REALISASI_1 = Kolom("realisasi_1", "Realisasi tahun lalu")
REALISASI_2 = Kolom("realisasi_2", "Realisasi 2 tahun lalu")
TARGET_AKHIR = Kolom("target_akhir", "Target akhir Renstra")

LEMBAR = (
    Lembar(
        "Laporan",
        "Laporan yang diperiksa",
        "Isi satu baris. Tahun laporan menentukan arti “tahun lalu” di lembar lain.",
        (Kolom("tahun", "Tahun laporan", "nomor"), Kolom("unit", "Perangkat daerah", "teks", 48)),
    ),
    Lembar(
        "Indikator",
        "Indikator kinerja utama",
        "Nama resmi menurut penetapan IKU. Nama lain yang memang disengaja dicatat di sini, "
        "dipisahkan titik koma. Isi dokumen sumber bila target akhir sudah dicocokkan ke Renstra. "
        "Arah: Turun bila makin kecil makin baik; kosong berarti Naik.",
        (
            Kolom("nomor", "No.", "nomor", 6),
            NO_SASARAN,
            Kolom("nama", "Nama resmi", "teks", 48),
            NAMA_LAIN,
            Kolom("satuan", "Satuan", "teks"),
            TARGET_AKHIR,
            Kolom("dokumen", "Dokumen sumber target akhir", "teks", 30),
            Kolom("arah", "Arah", "teks", 8, tuple(ARAH)),
        ),
    ),
    Lembar(
        "Program",
        "Program dan sasaran yang didukungnya",
        "Pilih unit yang uangnya dihitung untuk sasaran itu. Sasaran boleh kosong.",
        (
            Kolom("nomor", "No.", "nomor", 6),
            Kolom("nama", "Nama program", "teks", 60),
            NAMA_LAIN,
            NO_SASARAN,
            Kolom("unit", "Unit", "teks", 13, tuple(UNIT)),
        ),
    ),
    Lembar(
        "Tabel 1.1",
        "Tabel 1.1 Jumlah penduduk per kelurahan",
        "Baris terakhir: Jumlah.",
        (
            Kolom("kelurahan", "Kelurahan", "teks", 24),
            Kolom("rt", "RT"),
            Kolom("laki", "Laki-laki"),
            Kolom("perempuan", "Perempuan"),
            Kolom("jumlah", "Jumlah penduduk"),
            Kolom("persen", "Persen"),
        ),
    ),
    Lembar(
        "Tabel 3.1",
        "Nilai AKIP, dengan predikat menurut Tabel 3.1",
        "Nilai hasil evaluasi AKIP setiap tahun dan predikat yang tercetak.",
        (
            Kolom("tahun", "Tahun", "nomor"),
            Kolom("nilai", "Nilai"),
            Kolom("predikat", "Predikat", "teks"),
        ),
    ),
    Lembar(
        "Tabel 3.2",
        "Tabel 3.2 Capaian indikator kinerja",
        "Tahun laporan.",
        (NO_INDIKATOR, NAMA_INDIKATOR, TARGET, REALISASI, Kolom("capaian", "% realisasi")),
    ),
    Lembar(
        "Tabel 3.3 & 3.4",
        "Tabel 3.3 dan 3.4 Capaian indikator kinerja sasaran strategis",
        "Satu baris per indikator. Untuk baris rata-rata, tulis Rata-rata di kolom No. indikator.",
        (
            TABEL,
            NO_SASARAN,
            Kolom("indikator", "No. indikator", "nomor", 11, (RATA_RATA,)),
            NAMA_INDIKATOR,
            TARGET_1,
            REALISASI_1,
            TARGET,
            REALISASI,
            Kolom("capaian", "% realisasi"),
            TARGET_AKHIR,
            Kolom("capaian_renstra", "Capaian terhadap Renstra"),
        ),
    ),
    Lembar(
        "Tabel 3.5",
        "Tabel 3.5 Realisasi dan capaian kinerja tahun ini dengan tahun lalu",
        "Tahun capaian: tahun yang tertulis pada judul kolom capaian.",
        (
            NO_INDIKATOR,
            NAMA_INDIKATOR,
            TARGET_2,
            REALISASI_2,
            TARGET_1,
            REALISASI_1,
            TARGET,
            REALISASI,
            Kolom("capaian", "Capaian"),
            Kolom("tahun_capaian", "Tahun capaian", "nomor"),
        ),
    ),
    Lembar(
        "Tabel 3.6",
        "Tabel 3.6 Realisasi kinerja dengan target jangka menengah",
        "Target menurut Renstra untuk setiap tahun.",
        (
            NO_INDIKATOR,
            NAMA_INDIKATOR,
            TARGET_2,
            TARGET_1,
            TARGET,
            REALISASI_2,
            REALISASI_1,
            REALISASI,
        ),
    ),
    Lembar(
        "Tabel 3.7",
        "Tabel 3.7 Efisiensi penggunaan sumber daya",
        "Satu baris per sasaran. Baris keseluruhan: tulis Jumlah di kolom No. sasaran. "
        "Uang yang tidak mendukung satu sasaran pun: tulis Tidak terkait.",
        (
            Kolom("sasaran", "No. sasaran", "nomor", 13, (TIDAK_TERKAIT, JUMLAH)),
            NO_INDIKATOR,
            NAMA_INDIKATOR,
            Kolom("biaya", "Target biaya", "rupiah", 22),
            Kolom("penyerapan", "Penyerapan anggaran", "rupiah", 22),
            Kolom("efisiensi", "% tingkat efisiensi"),
        ),
    ),
    Lembar(
        "Tabel 3.8 & 3.9",
        "Tabel 3.8 dan 3.9 Pengukuran efisiensi penggunaan anggaran",
        "Satu baris per sasaran.",
        (
            TABEL,
            NO_SASARAN,
            NO_INDIKATOR,
            NAMA_INDIKATOR,
            Kolom("capaian", "% capaian kinerja"),
            Kolom("serapan", "% penyerapan anggaran"),
            Kolom("efisiensi", "Efisiensi"),
        ),
    ),
    Lembar(
        "Tabel 3.10",
        "Tabel 3.10 Realisasi anggaran program dan kegiatan",
        "Urutan seperti di laporan: total, unit, lalu program, kegiatan, dan sub kegiatannya. "
        "Penjelasan diisi bila realisasi melebihi anggaran.",
        (
            Kolom("tingkat", "Tingkat", "teks", 13, tuple(TINGKAT)),
            Kolom("nama", "Nama", "teks", 60),
            Kolom("anggaran", "Anggaran", "rupiah", 22),
            Kolom("realisasi", "Realisasi", "rupiah", 22),
            Kolom("persen", "% realisasi"),
            Kolom("penjelasan", "Penjelasan", "teks", 30),
        ),
    ),
    Lembar(
        "Tabel 3.11",
        "Tabel 3.11 Koreksi capaian berdasarkan predikat AKIP",
        "Satu predikat per baris. Baris yang selnya digabung: tulis koreksinya di setiap predikat.",
        (Kolom("predikat", "Predikat", "teks"), Kolom("koreksi", "Koreksi")),
    ),
    Lembar(
        "Tabel 3.12",
        "Tabel 3.12 Penilaian kinerja organisasi",
        "Di bawah baris indikator: Total, NKO, dan Predikat di kolom No. indikator, isinya di "
        "kolom Nilai akhir.",
        (
            Kolom("indikator", "No. indikator", "nomor", 13, (TOTAL, NKO, PREDIKAT)),
            NAMA_INDIKATOR,
            TARGET,
            REALISASI,
            Kolom("capaian", "Capaian"),
            Kolom("normalisasi", "Normalisasi capaian"),
            Kolom("koreksi", "Koreksi"),
            Kolom("nilai_akhir", "Nilai akhir"),
        ),
    ),
    Lembar(
        "PK",
        "Perjanjian Kinerja",
        "Target setiap indikator, anggaran setiap program, dan jumlahnya. Bila anggarannya "
        "sebelum perubahan, tulis penjelasannya pada baris Jumlah.",
        (
            Kolom("jenis", "Jenis", "teks", 12, JENIS_PK),
            Kolom("nomor", "No.", "nomor", 6),
            Kolom("nama", "Nama", "teks", 60),
            Kolom("nilai", "Target atau anggaran", "rupiah", 24),
            Kolom("penjelasan", "Penjelasan", "teks", 40),
        ),
    ),
    Lembar(
        "Rumus",
        "Rumus yang tercetak",
        "Salin rumusnya seperti di laporan, misalnya: % realisasi = realisasi / target x 100.",
        (
            Kolom("letak", "Letak", "teks", 30),
            Kolom("untuk", "Rumus untuk", "teks", 13, tuple(RUMUS)),
            Kolom("rumus", "Rumus seperti tercetak", "teks", 60),
        ),
    ),
    Lembar(
        "Kalimat",
        "Angka di dalam kalimat",
        "Satu baris per kalimat yang menyebut angka. Isi hanya kolom yang disebut kalimat itu; "
        "kolom yang tidak cocok dengan isi Tentang ditolak. "
        "Tahun kosong berarti tahun laporan.",
        (
            Kolom("letak", "Letak", "teks", 40),
            Kolom("tentang", "Tentang", "teks", 13, tuple(TENTANG)),
            Kolom("nomor", "No.", "nomor", 6),
            Kolom("tahun", "Tahun", "nomor", 8),
            *(
                Kolom(
                    kunci,
                    JUDUL_KALIMAT[kunci],
                    "rupiah" if kunci in ("pagu", "penyerapan") else "angka",
                    22 if kunci in ("pagu", "penyerapan") else 14,
                )
                for kunci in KUNCI_KALIMAT
            ),
            Kolom("predikat", "Predikat", "teks"),
        ),
    ),
)
