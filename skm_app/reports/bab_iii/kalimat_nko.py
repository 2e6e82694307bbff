"""Words of C and D: awards, and the organisation's own score (NKO) step by step."""

from __future__ import annotations

from collections.abc import Iterator

from skm_app.angka import format_angka, format_persen
from skm_app.capaian.akip import NilaiAkip
from skm_app.capaian.nko import NkoTahun
from skm_app.kata import gabung
from skm_app.kinerja import HasilNko, load_aturan
from skm_app.reports.bab_iii.teks_bahan import BahanKinerja
from skm_app.reports.kata import ISIAN, alinea, daftar, kalimat, urutan
from skm_app.reports.teks import clean_line


def tulis_prestasi(bahan: BahanKinerja) -> str:
    """Awards are known to the office alone."""
    return alinea(
        f"Prestasi atau penghargaan yang diraih {bahan.fakta.unit} pada tahun {bahan.fakta.tahun}:",
        daftar([ISIAN]),
    )


def tulis_penilaian(bahan: BahanKinerja) -> str:
    """How the NKO is computed."""
    aturan = load_aturan()
    batas = f"{format_angka(aturan.paling_tinggi)} persen"
    return alinea(
        "Nilai Kinerja Organisasi (NKO) menggabungkan capaian Perjanjian Kinerja dengan hasil "
        "evaluasi akuntabilitas kinerja. Perhitungannya sebagai berikut:",
        urutan(
            [
                f"Normalisasi: capaian setiap indikator yang lebih dari {batas} diperhitungkan "
                f"{batas}; capaian lainnya tetap.",
                "Koreksi: hasil normalisasi dikoreksi menurut predikat akuntabilitas kinerja "
                f"sebagaimana tercantum pada {bahan.sebut_tabel('koreksi')}.",
                "Nilai akhir capaian setiap indikator adalah hasil normalisasi dikalikan "
                "100 persen yang telah dikurangi koreksi.",
                "Total capaian adalah jumlah nilai akhir semua indikator.",
                "NKO adalah total capaian dibagi jumlah indikator.",
                f"Predikat NKO: {gabung([one.nama for one in reversed(aturan.nko)])}.",
            ]
        ),
    )


def tulis_nko(bahan: BahanKinerja) -> str:
    """What it came to in the report's year."""
    nko, tahun = bahan.fakta.nko, bahan.fakta.tahun
    if nko.akip is None or nko.hasil is None:
        return (
            f"Hasil evaluasi akuntabilitas kinerja sampai tahun {tahun} belum dicatat, sehingga "
            "NKO belum dapat dihitung."
        )
    return alinea(
        _sebut_akip(bahan, nko.akip, nko.hasil),
        kalimat(*_sebut_tertinggal(nko, tahun)),
        *_sebut_hasil(bahan, nko.hasil),
        f"Nilai ini masih sementara, karena {bahan.fakta.sebab_sementara}."
        if bahan.fakta.sementara and nko.hasil.nko is not None
        else "",
    )


def _sebut_akip(bahan: BahanKinerja, akip: NilaiAkip, hasil: HasilNko) -> str:
    sumber = f" ({clean_line(akip.sumber)})" if clean_line(akip.sumber) else ""
    return kalimat(
        "Hasil evaluasi akuntabilitas kinerja terakhir yang tercatat adalah evaluasi tahun "
        f"{akip.tahun} dengan nilai {format_angka(akip.nilai, 2)}{sumber}. Menurut "
        f"{bahan.sebut_tabel('predikat_akip')}, predikatnya {akip.predikat.nama} "
        f"({akip.predikat.arti}), sehingga koreksinya {format_angka(hasil.koreksi)}%.",
        f"Laporan hasil evaluasi mencetak predikat {clean_line(akip.tercetak)}; perhitungan ini "
        "memakai predikat menurut tabel."
        if akip.berbeda
        else "",
    )


def _sebut_tertinggal(nko: NkoTahun, tahun: int) -> Iterator[str]:
    names = [clean_line(one.indikator.nama) for one in nko.tertinggal]
    if names:
        yield (
            f"Indikator {gabung(names)} tidak ikut dihitung, karena capaian tahun {tahun} belum "
            "dapat diukur."
        )


def _sebut_hasil(bahan: BahanKinerja, hasil: HasilNko) -> Iterator[str]:
    if hasil.nko is None or hasil.predikat is None:
        yield "Belum ada capaian indikator yang dapat dihitung, sehingga NKO belum dapat diberikan."
        return
    yield f"Perhitungan setiap indikator disajikan pada {bahan.sebut_tabel('nko')}:"
    yield daftar(
        f"{clean_line(baris.indikator.nama)}: capaian {format_persen(nilai.capaian)}, setelah "
        f"normalisasi {format_persen(nilai.normalisasi)}, nilai akhir "
        f"{format_persen(nilai.nilai_akhir)}."
        for baris, nilai in zip(bahan.fakta.nko.baris, hasil.baris, strict=True)
        if nilai.nilai_akhir is not None
    )
    yield (
        f"Total capaian {format_persen(hasil.total)} dibagi {format_angka(hasil.banyak)} indikator "
        f"menghasilkan NKO {format_persen(hasil.nko)}{_sebut_predikat(bahan.fakta.nko)}."
    )


def _sebut_predikat(nko: NkoTahun) -> str:
    if nko.predikat is not None:
        return f" dengan predikat {nko.predikat.nama}"
    names = gabung([clean_line(one.indikator.nama) for one in nko.kurang])
    return f"; predikatnya belum dapat ditetapkan, karena data indikator {names} belum lengkap"
