"""A document with every kind of block, long enough to run over pages."""

from __future__ import annotations

import io
from dataclasses import replace
from decimal import Decimal

from PIL import Image, ImageDraw

from skm_app.reports.dokumen import (
    Blok,
    Daftar,
    Deret,
    Dokumen,
    Gambar,
    Grafik,
    HalamanBaru,
    Judul,
    Kop,
    Paragraf,
    Rata,
    Tabel,
    TandaTangan,
)

NAKAL = 'Syarat & <waktu> "cepat" {{ isi }} {% if %} \x00\x0b\ufffe selesai'
KALIMAT = (
    "Survei dilaksanakan terhadap masyarakat yang menerima layanan di kantor kecamatan, dengan "
    "sembilan unsur sebagaimana diatur dalam Peraturan Menteri PANRB Nomor 14 Tahun 2017. "
)
UNSUR = (
    "Persyaratan", "Sistem, mekanisme, dan prosedur", "Waktu penyelesaian", "Biaya/tarif",
    "Produk spesifikasi jenis pelayanan", "Kompetensi pelaksana", "Perilaku pelaksana",
    "Penanganan pengaduan, saran, dan masukan", "Sarana dan prasarana",
)  # fmt: skip


def make_foto(lebar: int = 640, tinggi: int = 420, jenis: str = "JPEG", **lain: object) -> bytes:
    gambar = Image.new("RGB", (lebar, tinggi), "#d9e2e7")
    pena = ImageDraw.Draw(gambar)
    for nomor in range(9):
        atas = tinggi - (nomor + 3) * tinggi // 14
        kiri, kanan = lebar * (nomor + 1) // 12, lebar * (nomor + 2) // 12 - 8
        pena.rectangle((kiri, atas, kanan, tinggi - 20), fill="#47606e")
    keluar = io.BytesIO()
    gambar.save(keluar, jenis, **lain)
    return keluar.getvalue()


def make_lambang() -> bytes:
    gambar = Image.new("RGBA", (300, 340), (0, 0, 0, 0))
    pena = ImageDraw.Draw(gambar)
    pena.polygon([(10, 10), (290, 10), (290, 200), (150, 330), (10, 200)], fill="#1f4e5f")
    pena.ellipse((80, 60, 220, 200), fill="#f2c14e")
    keluar = io.BytesIO()
    gambar.save(keluar, "PNG")
    return keluar.getvalue()


KOP = Kop(
    instansi="PEMERINTAH KOTA SAMARINDA",
    unit="Kecamatan Palaran",
    alamat="Jalan Ampera RT 17, Kelurahan Rawa Makmur, Samarinda 75243",
    kontak="Telepon (0541) 681155 · kec.palaran@samarindakota.go.id",
    lambang=make_lambang(),
)
TABEL_UNSUR = Tabel(
    judul="Nilai rata-rata per unsur",
    kepala=("No", "Unsur", "NRR", "Mutu"),
    baris=[(str(n), unsur, f"3,{40 + n}", "B") for n, unsur in enumerate(UNSUR, start=1)]
    + [("", "IKM", "87,23", "B")],
    lebar=(8, 62, 15, 15),
    rata=("tengah", "kiri", "kanan", "tengah"),
    tebal=(9,),
    catatan="Catatan: NRR dihitung dari seluruh jawaban yang sah.",
)
GRAFIK = Grafik(
    jenis="batang",
    label=UNSUR,
    deret=(Deret(nama="NRR", nilai=[Decimal("3.40")] * 9),),
    tulis=(("3,40",) * 9,),
    bawah=Decimal(1),
    atas=Decimal(4),
)
RATA_LAYANAN: tuple[Rata, ...] = ("tengah", "kiri", *(("kanan",) * 11))
TABEL_LAYANAN = Tabel(
    judul="IKM per jenis layanan",
    kepala=("No", "Jenis layanan", "Jumlah responden", *(f"U{n}" for n in range(1, 10)), "IKM"),
    baris=[
        (str(n), f"Layanan nomor {n} dengan nama yang agak panjang", str(7 * n),
         *["3,45"] * 9, "87,23")
        for n in range(1, 41)
    ],
    lebar=(5, 26, 9, *[5] * 9, 7),
    rata=RATA_LAYANAN,
    kecil=True,
)  # fmt: skip


def make_blok() -> list[Blok]:
    blok: list[Blok] = [
        Judul(tingkat=1, teks="KATA PENGANTAR"),
        Paragraf(teks=KALIMAT * 3),
        Paragraf(teks=f"Teks dengan tanda khusus: {NAKAL}."),
        TandaTangan(
            tempat_tanggal="Samarinda, 3 Januari 2025", jabatan="Camat Palaran",
            nama="H. Suwarso, S.Sos., M.Si.", pangkat="Pembina Tingkat I (IV/b)",
            nip="19700101 199001 1 001",
        ),
    ]  # fmt: skip
    bab = (
        "PENDAHULUAN",
        "PENGUMPULAN DATA",
        "HASIL PENGOLAHAN DATA",
        "ANALISIS HASIL",
        "KESIMPULAN",
    )
    for nomor, nama in enumerate(bab, start=1):
        romawi = ("I", "II", "III", "IV", "V")[nomor - 1]
        blok.append(Judul(tingkat=1, nomor=f"BAB {romawi}", teks=nama))
        for sub in range(1, 5):
            blok.append(
                Judul(tingkat=2, nomor=f"{nomor}.{sub}", teks=f"Bagian {sub} dari {nama.lower()}")
            )
            blok += [Paragraf(teks=KALIMAT * (2 + sub)), Paragraf(teks=KALIMAT * 2)]
            if sub == 2:
                butir = [f"Butir pertama bab {nomor}", KALIMAT, "Butir ketiga"]
                blok.append(Daftar(butir=butir, bernomor=True))
                blok.append(Daftar(butir=butir[:2]))
        if nomor == 3:
            blok += [
                TABEL_UNSUR,
                Paragraf(teks=KALIMAT * 2),
                Gambar(judul="NRR per unsur", alt="Grafik batang sembilan unsur", grafik=GRAFIK),
                Judul(tingkat=3, nomor="3.4.1", teks="Per jenis layanan"),
                Paragraf(teks=KALIMAT),
                HalamanBaru(mendatar=True),
                TABEL_LAYANAN,
                HalamanBaru(),
                Paragraf(teks="Kembali tegak. " + KALIMAT * 2),
            ]
    blok += [
        TandaTangan(tempat_tanggal="Samarinda, 3 Januari 2025", jabatan="Camat", nama="Nama"),
        Judul(tingkat=1, nomor="LAMPIRAN", teks="DOKUMENTASI"),
        Gambar(judul="Pengisian kuesioner di loket", alt="Foto loket", foto=make_foto(900, 1400),
               lebar=60),
        Gambar(judul="Rapat tindak lanjut", alt="Foto rapat", foto=make_foto(), lebar=70),
    ]  # fmt: skip
    return blok


def make_contoh(**ubah: object) -> Dokumen:
    dokumen = Dokumen(
        judul=("LAPORAN", "SURVEI KEPUASAN MASYARAKAT", "KECAMATAN PALARAN", "TAHUN 2024"),
        nama="Laporan SKM Kecamatan Palaran Tahun 2024",
        kop=KOP,
        tempat_tahun="Samarinda, 2025",
        blok=make_blok(),
        kaki="Laporan SKM Kecamatan Palaran Tahun 2024",
        cap="SEMENTARA",
        isian={"ikm": "87,23", "mutu": "B"},
    )
    return replace(dokumen, **ubah)  # type: ignore[arg-type]
