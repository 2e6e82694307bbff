"""Words of the preface and of BAB I and BAB II."""

from __future__ import annotations

from datetime import date, timedelta

from skm_app.angka import format_angka
from skm_app.kata import gabung
from skm_app.reports.kata import TITIK, akhiri, alinea, daftar, kalimat, orang, persen, rentang
from skm_app.reports.laporan.fakta import MAX_TITIK, Fakta
from skm_app.reports.laporan.sebutan import sebut_hasil, sebut_sementara
from skm_app.reports.teks import clean_line
from skm_app.scoring import is_kecil
from skm_app.tanggal import format_tanggal

PERMENPANRB = (
    "Peraturan Menteri Pendayagunaan Aparatur Negara dan Reformasi Birokrasi Nomor 14 Tahun 2017"
)
DASAR = (
    "Undang-Undang Nomor 25 Tahun 2009 tentang Pelayanan Publik;",
    "Peraturan Pemerintah Nomor 96 Tahun 2012 tentang Pelaksanaan Undang-Undang Nomor 25 Tahun "
    "2009 tentang Pelayanan Publik;",
    f"{PERMENPANRB} tentang Pedoman Penyusunan Survei Kepuasan Masyarakat Unit Penyelenggara "
    "Pelayanan Publik.",
)
# Closing that much later says nothing about how long the work on the data took.
MAX_PENGOLAHAN = timedelta(days=92)
MAX_UNIT = 10  # that are named one by one


def tulis_pengantar(fakta: Fakta) -> str:
    return alinea(
        "Puji syukur kami panjatkan ke hadirat Tuhan Yang Maha Esa atas tersusunnya Laporan Hasil "
        f"Survei Kepuasan Masyarakat (SKM) {fakta.unit} {fakta.sebutan}.",
        f"Laporan ini menyajikan penilaian masyarakat terhadap pelayanan {fakta.unit}, unsur "
        "pelayanan yang sudah baik dan yang masih perlu diperbaiki, serta rencana tindak "
        "lanjutnya.",
        kalimat(sebut_hasil(fakta), sebut_sementara(fakta)),
        ""
        if fakta.n == 0
        else "Kami berterima kasih kepada masyarakat yang telah meluangkan waktu untuk memberikan "
        "penilaian dan saran. Hasil survei ini menjadi dasar bagi kami untuk memperbaiki "
        "pelayanan.",
    )


def tulis_latar(fakta: Fakta) -> str:
    return alinea(
        "Pelayanan publik diselenggarakan untuk memenuhi kebutuhan masyarakat. Karena itu, "
        "masyarakat sebagai pengguna layanan perlu didengar pendapatnya tentang mutu pelayanan "
        "yang diterima.",
        f"{PERMENPANRB} mewajibkan setiap unit penyelenggara pelayanan publik melaksanakan Survei "
        "Kepuasan Masyarakat (SKM) secara berkala, sedikitnya satu kali setahun. Survei mengukur "
        "sembilan unsur pelayanan dan menghasilkan Indeks Kepuasan Masyarakat (IKM).",
        f"Untuk memenuhi ketentuan tersebut, {fakta.unit} melaksanakan SKM {fakta.sebutan}. "
        "Pelaksanaan dan hasilnya disajikan dalam laporan ini.",
    )


def tulis_dasar(fakta: Fakta) -> str:
    return alinea("SKM dilaksanakan berdasarkan peraturan berikut:", daftar(DASAR))


def tulis_maksud(fakta: Fakta) -> str:
    return alinea(
        f"SKM dilaksanakan dengan maksud mengetahui tingkat kepuasan masyarakat terhadap pelayanan "
        f"{fakta.unit}.",
        "Tujuannya adalah:",
        daftar(
            (
                "mengetahui kelemahan dan kelebihan setiap unsur pelayanan;",
                "mengukur kinerja pelayanan secara berkala;",
                "menjadi bahan penyusunan rencana tindak lanjut dan perbaikan pelayanan;",
                "memberi kesempatan kepada masyarakat untuk ikut menilai pelayanan.",
            )
        ),
    )


def tulis_pelaksana(fakta: Fakta) -> str:
    alamat = f", {clean_line(fakta.bahan.alamat)}" if fakta.bahan.alamat else ""
    return kalimat(
        akhiri(f"SKM {fakta.sebutan} dilaksanakan oleh {fakta.unit}{alamat}"), _tulis_asal(fakta)
    )


def _tulis_asal(fakta: Fakta) -> str:
    """Whose services were judged, and from which units below no response came."""
    if not fakta.bawahan or not fakta.menjawab:
        return ""
    without = [nama for nama in fakta.bawahan if nama not in fakta.menjawab]
    belum = "Belum" if fakta.bahan.sementara else "Tidak"
    if len(without) == len(fakta.bawahan) and all(map(_is_kelurahan, without)):
        rest = f"{belum} ada jawaban dari kelurahan."
    elif len(without) > MAX_UNIT:
        rest = f"{belum} ada jawaban dari {format_angka(len(without))} unit lain di bawahnya."
    else:
        rest = f"{belum} ada jawaban dari {gabung(without)}." if without else ""
    return kalimat(f"Jawaban diperoleh dari pelayanan {gabung(fakta.menjawab)}.", rest)


def _is_kelurahan(nama: str) -> bool:
    return nama.casefold().startswith("kelurahan")


def tulis_metode(fakta: Fakta) -> str:
    instrumen = fakta.bahan.instrumen
    return alinea(
        f"Data dikumpulkan dengan kuesioner yang berisi {len(instrumen.butir)} pertanyaan tentang "
        f"{len(instrumen.unsur)} unsur pelayanan. Setiap pertanyaan mempunyai empat pilihan "
        "jawaban yang bernilai 1 sampai 4. Pertanyaan yang tidak dijawab tidak ikut dihitung. "
        "Kuesioner tidak mencatat nama, nomor identitas, atau nomor telepon responden.",
        *_tulis_kanal(fakta),
        _tulis_dibantu(fakta),
        _tulis_pengecualian(fakta),
        _tulis_lain(fakta),
    )


def _tulis_kanal(fakta: Fakta) -> tuple[str, ...]:
    rows = fakta.kelompok["kanal"] if fakta.ada_hasil else ()
    if not rows:
        return ()
    total = sum(one.jumlah for one in rows)
    return (
        "Cara responden mengisi kuesioner adalah sebagai berikut:",
        daftar(f"{one.nama}: {orang(one.jumlah)} ({persen(one.jumlah, total)})" for one in rows),
    )


def _tulis_dibantu(fakta: Fakta) -> str:
    if not fakta.ada_hasil or fakta.dibantu == 0:
        return ""
    if fakta.dibantu is None:
        return "Sebagian kuesioner diisi dengan bantuan petugas."
    return (
        f"Sebanyak {orang(fakta.dibantu)} ({persen(fakta.dibantu, fakta.n or 0)}) mengisi "
        "kuesioner dengan bantuan petugas."
    )


def _tulis_pengecualian(fakta: Fakta) -> str:
    if not fakta.pengecualian:
        return ""
    total = sum(one.jumlah for one in fakta.pengecualian)
    return alinea(
        f"Sebanyak {format_angka(total)} kuesioner tidak diikutkan dalam perhitungan. Setiap "
        "pengecualian diusulkan oleh satu orang dan diputuskan oleh orang lain:",
        daftar(
            f"{format_angka(one.jumlah)} kuesioner dengan alasan: {akhiri(one.alasan)} Diusulkan "
            f"oleh {one.pengusul}, disetujui oleh {one.pemutus}."
            for one in fakta.pengecualian
        ),
    )


def _tulis_lain(fakta: Fakta) -> str:
    if not fakta.instrumen_lain:
        return ""
    parts = [
        f"{nama} ({'kurang dari 5' if is_kecil(count) else format_angka(count)})"
        for nama, count in sorted(fakta.instrumen_lain.items())
    ]
    return (
        "Pada hari yang sama masuk pula jawaban untuk kuesioner lain yang tidak dihitung dalam "
        f"indeks ini: {gabung(parts)}."
    )


def tulis_lokasi(fakta: Fakta) -> str:
    if not fakta.titik:
        return akhiri(f"Data dikumpulkan di lingkungan pelayanan {fakta.unit}")
    more = len(fakta.titik) - MAX_TITIK
    return alinea(
        "Data dikumpulkan di tempat berikut:",
        daftar(fakta.titik[:MAX_TITIK]),
        f"Selain itu, data dikumpulkan di {format_angka(more)} tempat lain." if more > 0 else "",
    )


def tulis_waktu(fakta: Fakta) -> str:
    ditetapkan = ""
    if fakta.ditetapkan:
        ditetapkan = f"Hasil survei ditetapkan pada {format_tanggal(fakta.ditetapkan)}."
    return kalimat(_tulis_pengumpulan(fakta), ditetapkan)


def _tulis_pengumpulan(fakta: Fakta) -> str:
    bahan = fakta.bahan
    days = rentang(bahan.mulai, bahan.sampai)
    if not fakta.berjalan or bahan.mulai == bahan.sampai:
        return f"Data SKM {fakta.sebutan} dikumpulkan pada {days}."
    if fakta.hari_ini < bahan.mulai:
        return f"Pengumpulan data SKM {fakta.sebutan} direncanakan pada {days}."
    return (
        f"Data SKM {fakta.sebutan} dikumpulkan sejak {format_tanggal(bahan.mulai)} dan "
        f"pengumpulan berlangsung sampai {format_tanggal(bahan.sampai)}. Laporan ini memuat "
        f"jawaban sampai {format_tanggal(fakta.hari_ini)}."
    )


def tulis_jadwal(fakta: Fakta) -> str:
    """Lines ``kegiatan | waktu pelaksanaan | hari kerja``; what nobody recorded is left open."""
    bahan = fakta.bahan
    rows = [
        ("Persiapan", TITIK, TITIK),
        (
            "Pengumpulan data",
            rentang(bahan.mulai, bahan.sampai),
            format_angka(_count_hari_kerja(fakta, bahan.mulai, _akhir_pengumpulan(fakta))),
        ),
        ("Pengolahan data dan analisis", *_jadwal_pengolahan(fakta)),
        ("Penyusunan dan pelaporan hasil", TITIK, TITIK),
    ]
    return "\n".join(" | ".join(row) for row in rows)


def _jadwal_pengolahan(fakta: Fakta) -> tuple[str, str]:
    last, begin = fakta.ditetapkan, fakta.bahan.sampai + timedelta(days=1)
    if last is None or last < begin:
        return TITIK, TITIK
    if last - begin > MAX_PENGOLAHAN:
        return f"{TITIK} sampai {format_tanggal(last)}", TITIK
    return rentang(begin, last), format_angka(_count_hari_kerja(fakta, begin, last))


def _akhir_pengumpulan(fakta: Fakta) -> date:
    """The last day that data were collected on so far."""
    return min(fakta.hari_ini, fakta.bahan.sampai) if fakta.berjalan else fakta.bahan.sampai


def _count_hari_kerja(fakta: Fakta, mulai: date, sampai: date) -> int:
    """Days on which the office is open; public holidays are not known here."""
    days = (mulai + timedelta(days=step) for step in range((sampai - mulai).days + 1))
    return sum(day.isoweekday() in fakta.jam.hari for day in days)


def catat_hari_kerja(fakta: Fakta) -> str:
    hari = fakta.jam.kalimat.rsplit(", ", 1)[0]
    return kalimat(
        f"Hari kerja dihitung menurut hari layanan ({hari}), hari libur belum dikurangi.",
        f"Hari kerja pengumpulan data dihitung sampai {format_tanggal(fakta.hari_ini)}."
        if fakta.berjalan and fakta.hari_ini >= fakta.bahan.mulai
        else "",
    )
