"""Single values that an office's own template may ask for by name."""

from __future__ import annotations

from skm_app.angka import format_angka, format_persen
from skm_app.reports.kata import rentang
from skm_app.reports.laporan.fakta import Fakta
from skm_app.reports.laporan.kop import make_tanda_tangan
from skm_app.reports.laporan.sebutan import rank_unsur, sebut_n, sebut_peringkat
from skm_app.reports.teks import clean_line
from skm_app.tanggal import format_tanggal

# What each of them is, for whoever writes a template.
ISIAN = {
    "instansi": "baris di atas nama unit, misalnya PEMERINTAH KOTA SAMARINDA",
    "unit": "nama unit pelayanan",
    "alamat": "alamat unit",
    "periode": "nama periode",
    "sebutan_periode": "periode dalam kalimat, misalnya tahun 2024",
    "tahun": "tahun periode",
    "rentang_tanggal": "hari pertama sampai hari terakhir periode",
    "tanggal_penetapan": "tanggal hasil ditetapkan",
    "jumlah_responden": "banyaknya responden",
    "populasi": "banyaknya pengguna layanan",
    "kebutuhan_responden": "banyaknya responden yang diperlukan",
    "ikm": "nilai IKM, misalnya 87,23",
    "mutu": "mutu pelayanan, A sampai D",
    "kinerja": "kinerja unit, misalnya Baik",
    "target": "target IKM tahun periode",
    "capaian": "capaian terhadap target, misalnya 98,78%",
    "unsur_terendah": "unsur dengan nilai terendah",
    "unsur_tertinggi": "unsur dengan nilai tertinggi",
    "tempat_tanggal": "tempat dan tanggal tanda tangan",
    "jabatan": "jabatan penanda tangan",
    "nama_penanda": "nama penanda tangan",
    "pangkat": "pangkat penanda tangan",
    "nip": "NIP penanda tangan",
}


def make_isian(fakta: Fakta) -> dict[str, str]:
    """A value for each name of ``ISIAN``; an en dash for what is not known or may not be told."""
    bahan, hasil = fakta.bahan, fakta.hasil
    mutu = hasil.mutu if fakta.ada_hasil else None
    tanda = make_tanda_tangan(fakta.penanda)
    weak = rank_unsur(hasil, terkuat=False) if fakta.ada_hasil else ()
    strong = rank_unsur(hasil, terkuat=True) if fakta.ada_hasil else ()
    kosong = format_angka(None)
    return {
        "instansi": fakta.kop.instansi,
        "unit": fakta.unit,
        "alamat": clean_line(bahan.alamat),
        "periode": clean_line(bahan.nama),
        "sebutan_periode": fakta.sebutan,
        "tahun": str(bahan.periode.tahun),
        "rentang_tanggal": rentang(bahan.mulai, bahan.sampai),
        "tanggal_penetapan": format_tanggal(fakta.ditetapkan) if fakta.ditetapkan else kosong,
        "jumlah_responden": sebut_n(fakta).removesuffix(" orang"),
        "populasi": format_angka(bahan.populasi),
        "kebutuhan_responden": format_angka(fakta.kebutuhan),
        "ikm": format_angka(fakta.ikm),
        "mutu": mutu.huruf if mutu else kosong,
        "kinerja": mutu.kinerja if mutu else kosong,
        "target": format_angka(fakta.target, None if fakta.target is None else 2),
        "capaian": format_persen(fakta.capaian),
        "unsur_terendah": sebut_peringkat(weak) or kosong,
        "unsur_tertinggi": sebut_peringkat(strong) or kosong,
        "tempat_tanggal": tanda.tempat_tanggal,
        "jabatan": tanda.jabatan,
        "nama_penanda": tanda.nama,
        "pangkat": tanda.pangkat,
        "nip": tanda.nip,
    }
