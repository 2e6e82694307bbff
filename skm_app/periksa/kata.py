"""The words that cells of the workbook may hold, and what they stand for."""

from __future__ import annotations

RATA_RATA = "Rata-rata"
JUMLAH = "Jumlah"
TIDAK_TERKAIT = "Tidak terkait"
TOTAL, NKO, PREDIKAT = "Total", "NKO", "Predikat"
TINGKAT = {
    "Total": "total",
    "Unit": "unit",
    "Program": "program",
    "Kegiatan": "kegiatan",
    "Sub kegiatan": "sub_kegiatan",
}
UNIT = {"Semua": "semua", "Kecamatan": "kecamatan", "Kelurahan": "kelurahan"}
TENTANG = {
    "Indikator": "indikator",
    "Sasaran": "sasaran",
    "Program": "program",
    "Keseluruhan": "keseluruhan",
    "AKIP": "akip",
}
ARAH = {"Naik": "naik", "Turun": "turun"}
RUMUS = {"Capaian": "capaian", "Rata-rata": "rata_rata"}
JENIS_PK = ("Indikator", "Program", JUMLAH)

JUDUL_KALIMAT = {
    "target": "Target",
    "realisasi": "Realisasi atau nilai",
    "capaian": "Capaian (%)",
    "pagu": "Pagu (Rp)",
    "penyerapan": "Penyerapan (Rp)",
    "serapan": "Serapan (%)",
    "efisiensi": "Efisiensi anggaran (%)",
    "efisiensi_kinerja": "Efisiensi kinerja (poin)",
    "program": "Banyaknya program",
    "kegiatan": "Banyaknya kegiatan",
    "sub_kegiatan": "Banyaknya sub kegiatan",
}

# The columns that a sentence of a kind may fill.
_UANG = ("pagu", "penyerapan", "serapan", "efisiensi")
KUNCI_TENTANG = {
    "indikator": ("target", "realisasi", "capaian"),
    "sasaran": (*_UANG, "capaian", "efisiensi_kinerja"),
    "program": (*_UANG, "kegiatan", "sub_kegiatan"),
    "keseluruhan": (*_UANG, "program", "kegiatan", "sub_kegiatan"),
    "akip": ("realisasi", "predikat"),
}
