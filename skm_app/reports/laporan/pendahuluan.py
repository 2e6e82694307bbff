"""Words of the preface and of BAB I and BAB II."""

from __future__ import annotations

from datetime import date, timedelta

from skm_app.angka import format_angka
from skm_app.reports.laporan.fakta import MAX_TITIK, Fakta
from skm_app.reports.laporan.kata import (
    TITIK,
    akhiri,
    alinea,
    daftar,
    gabung,
    kalimat,
    orang,
    persen,
    rentang,
)
from skm_app.reports.laporan.sebutan import alasan_kosong, sebut_hasil, sebut_n, sebut_sementara
from skm_app.reports.teks import clean_line
from skm_app.scoring import TABEL_MUTU, is_kecil
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


def tulis_pengantar(fakta: Fakta) -> str:
    return alinea(
        "Puji syukur kami panjatkan ke hadirat Tuhan Yang Maha Esa atas tersusunnya Laporan Hasil "
        f"Survei Kepuasan Masyarakat (SKM) {fakta.unit} {fakta.sebutan}.",
        f"Laporan ini menyajikan penilaian masyarakat terhadap pelayanan {fakta.unit}, unsur "
        "pelayanan yang sudah baik dan yang masih perlu diperbaiki, serta rencana tindak "
        "lanjutnya.",
        kalimat(sebut_hasil(fakta), sebut_sementara(fakta)),
        "Kami berterima kasih kepada masyarakat yang telah meluangkan waktu untuk memberikan "
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
    below = ""
    if fakta.bawahan:
        below = f"Survei mencakup pelayanan {gabung([fakta.unit, *fakta.bawahan])}."
    return kalimat(akhiri(f"SKM {fakta.sebutan} dilaksanakan oleh {fakta.unit}{alamat}"), below)


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
        return akhiri(
            f"Data dikumpulkan di lingkungan pelayanan {gabung([fakta.unit, *fakta.bawahan])}"
        )
    more = len(fakta.titik) - MAX_TITIK
    return alinea(
        "Data dikumpulkan di tempat berikut:",
        daftar(fakta.titik[:MAX_TITIK]),
        f"Selain itu, data dikumpulkan di {format_angka(more)} tempat lain." if more > 0 else "",
    )


def tulis_waktu(fakta: Fakta) -> str:
    bahan = fakta.bahan
    ditetapkan = ""
    if fakta.ditetapkan:
        ditetapkan = f"Hasil survei ditetapkan pada {format_tanggal(fakta.ditetapkan)}."
    return kalimat(
        f"Data SKM {fakta.sebutan} dikumpulkan pada {rentang(bahan.mulai, bahan.sampai)}.",
        ditetapkan,
    )


def tulis_jadwal(fakta: Fakta) -> str:
    """Lines ``kegiatan | waktu pelaksanaan | hari kerja``; what nobody recorded is left open."""
    bahan = fakta.bahan
    rows = [
        ("Persiapan", TITIK, TITIK),
        (
            "Pengumpulan data",
            rentang(bahan.mulai, bahan.sampai),
            format_angka(_count_hari_kerja(fakta, bahan.mulai, bahan.sampai)),
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


def _count_hari_kerja(fakta: Fakta, mulai: date, sampai: date) -> int:
    """Days on which the office is open; public holidays are not known here."""
    days = (mulai + timedelta(days=step) for step in range((sampai - mulai).days + 1))
    return sum(day.isoweekday() in fakta.jam.hari for day in days)


def catat_hari_kerja(fakta: Fakta) -> str:
    hari = fakta.jam.kalimat.rsplit(", ", 1)[0]
    return f"Hari kerja dihitung menurut hari layanan ({hari}), hari libur belum dikurangi."


def tulis_jumlah(fakta: Fakta) -> str:
    return alinea(
        _tulis_kebutuhan(fakta),
        _tulis_kecukupan(fakta),
        _tulis_selang(fakta),
        _tulis_kepekaan(fakta),
    )


def _tulis_kebutuhan(fakta: Fakta) -> str:
    populasi, kebutuhan = fakta.bahan.populasi, fakta.kebutuhan
    if populasi is None or kebutuhan is None:
        return (
            f"Jumlah pengguna layanan {fakta.unit} {fakta.sebutan} belum dicatat, sehingga jumlah "
            "responden yang diperlukan menurut tabel Krejcie dan Morgan belum dapat ditentukan."
        )
    sumber = clean_line(fakta.bahan.populasi_sumber or "")
    asal = f" (sumber: {sumber})" if sumber else ""
    return (
        f"Populasi SKM {fakta.sebutan} adalah {orang(populasi)}{asal}. Menurut "
        f"tabel Krejcie dan Morgan, responden yang diperlukan adalah {orang(kebutuhan)}."
    )


def _tulis_kecukupan(fakta: Fakta) -> str:
    n, kebutuhan = fakta.n, fakta.kebutuhan
    if kebutuhan is None or n is None or not n:
        return (
            alasan_kosong(fakta)
            if not fakta.ada_hasil
            else f"Responden yang diperoleh {sebut_n(fakta)}."
        )
    if n >= kebutuhan:
        return (
            f"Responden yang diperoleh {orang(n)}, memenuhi jumlah yang diperlukan "
            f"({orang(kebutuhan)})."
        )
    return (
        f"Responden yang diperoleh {format_angka(n)} dari {orang(kebutuhan)} yang diperlukan "
        f"({persen(n, kebutuhan)}), kurang {orang(kebutuhan - n)}. Karena itu, hasil survei ini "
        "belum mewakili seluruh pengguna layanan dan perlu dibaca dengan hati-hati."
    )


def _tulis_selang(fakta: Fakta) -> str:
    if fakta.ikm is None:
        return ""
    selang = fakta.selang
    if selang is None:
        return "Rentang kepercayaan IKM belum dapat dihitung dari jawaban yang ada."
    letters = [
        f"mutu {mutu.huruf}"
        for mutu in TABEL_MUTU
        if mutu.batas_bawah <= selang.atas and selang.bawah <= mutu.batas_atas
    ]
    return kalimat(
        f"Dengan tingkat kepercayaan 95 persen, IKM {format_angka(fakta.ikm, 2)} berada dalam "
        f"rentang {format_angka(selang.bawah, 2)} sampai {format_angka(selang.atas, 2)}.",
        "Rentang ini hanya memperhitungkan faktor kebetulan dalam pemilihan responden.",
        f"Rentang tersebut mencakup {gabung(letters[::-1])}, sehingga mutu pelayanan belum dapat "
        "dipastikan dari survei ini saja."
        if len(letters) > 1
        else "",
    )


def _tulis_kepekaan(fakta: Fakta) -> str:
    found = fakta.kepekaan
    if found is None:
        return ""
    parts = []
    if found.naik_ditambah:
        parts.append(
            f"{format_angka(found.naik_ditambah)} kuesioner tambahan yang semua jawabannya "
            f"bernilai 4 akan menaikkan mutu menjadi {found.mutu_naik}"
        )
    if found.turun_ditambah:
        parts.append(
            f"{format_angka(found.turun_ditambah)} kuesioner tambahan yang semua jawabannya "
            f"bernilai 1 akan menurunkan mutu menjadi {found.mutu_turun}"
        )
    return f"Sebagai gambaran kepekaan hasil, {', sedangkan '.join(parts)}." if parts else ""
