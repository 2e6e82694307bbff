"""Words of the opening and of A.1 to A.3: what was promised and what was reached."""

from __future__ import annotations

from collections.abc import Iterator

from skm_app.angka import format_angka, format_persen
from skm_app.kata import gabung
from skm_app.reports.bab_iii.fakta import SasaranFakta
from skm_app.reports.bab_iii.fakta_indikator import IndikatorFakta
from skm_app.reports.bab_iii.kalimat import (
    bandingkan,
    nilai_keadaan,
    pilih,
    sebut_arah,
    sebut_kini,
    sebut_nama,
    tulis_nilai,
)
from skm_app.reports.bab_iii.teks_bahan import BahanKinerja
from skm_app.reports.kata import alinea, daftar, kalimat
from skm_app.reports.teks import clean_line

TANPA_INDIKATOR = "Indikator kinerja belum dicatat dalam rencana."


def tulis_pembuka(bahan: BahanKinerja) -> str:
    unit, tahun = bahan.fakta.unit, bahan.fakta.tahun
    return alinea(
        "Akuntabilitas kinerja adalah kewajiban organisasi untuk mempertanggungjawabkan "
        "keberhasilan dan kegagalan pelaksanaan tugasnya kepada pihak yang memberi amanah. "
        f"{unit} memenuhi kewajiban itu dengan menyusun Laporan Kinerja Instansi Pemerintah "
        "(LKjIP) berdasarkan Peraturan Presiden Nomor 29 Tahun 2014 tentang Sistem Akuntabilitas "
        "Kinerja Instansi Pemerintah dan Peraturan Menteri Pendayagunaan Aparatur Negara dan "
        "Reformasi Birokrasi Nomor 53 Tahun 2014 tentang Petunjuk Teknis Perjanjian Kinerja, "
        "Pelaporan Kinerja dan Tata Cara Reviu atas Laporan Kinerja Instansi Pemerintah.",
        f"Bab ini memuat pengukuran, evaluasi, dan analisis kinerja {unit} tahun {tahun}. Hasil "
        "evaluasi akuntabilitas kinerja dikelompokkan menurut nilai dan predikat sebagaimana "
        f"tercantum pada {bahan.sebut_tabel('predikat_akip')}.",
        f"Sebagian angka tahun {tahun} masih sementara dan dapat berubah sampai hasil surveinya "
        "ditetapkan."
        if bahan.fakta.sementara
        else "",
    )


def tulis_capaian(bahan: BahanKinerja) -> str:
    fakta = bahan.fakta
    turun = [one for one in fakta.indikator if one.arah == "turun"]
    janji = f"Perjanjian Kinerja tahun {fakta.tahun}"
    dokumen = clean_line(fakta.perjanjian.dokumen) if fakta.perjanjian else ""
    if dokumen and dokumen.casefold() != janji.casefold():
        janji += f" ({dokumen})"
    return alinea(
        f"Kinerja {fakta.unit} diukur dengan membandingkan realisasi setiap indikator kinerja "
        f"dengan target yang dijanjikan dalam {janji}. Capaian kinerja adalah realisasi dibagi "
        "target, dikalikan 100 persen.",
        f"Untuk indikator {sebut_nama(turun)}, nilai yang lebih kecil adalah yang lebih baik, "
        "sehingga capaiannya adalah dua kali target dikurangi realisasi, dibagi target, dikalikan "
        "100 persen."
        if turun
        else "",
        _sebut_isi(bahan),
    )


def _sebut_isi(bahan: BahanKinerja) -> str:
    fakta = bahan.fakta
    if not fakta.indikator:
        return TANPA_INDIKATOR
    tanpa = gabung(fakta.tanpa_indikator)
    return kalimat(
        f"Pengukuran mencakup {format_angka(len(fakta.sasaran))} sasaran strategis dengan "
        f"{format_angka(len(fakta.indikator))} indikator kinerja.",
        f"Sasaran yang belum mempunyai indikator: {tanpa}." if tanpa else "",
    )


def tulis_target(bahan: BahanKinerja) -> str:
    fakta = bahan.fakta
    if not fakta.indikator:
        return TANPA_INDIKATOR
    lebih = pilih(fakta.indikator, "terlampaui")
    tepat = pilih(fakta.indikator, "tepat")
    kurang = pilih(fakta.indikator, "kurang")
    belum = pilih(fakta.indikator, "tak_terukur")
    return kalimat(
        f"Target, realisasi, dan capaian setiap indikator kinerja tahun {fakta.tahun} disajikan "
        f"pada {bahan.sebut_tabel('capaian')}.",
        f"Target terlampaui pada indikator {sebut_nama(lebih)}." if lebih else "",
        f"Target tepat tercapai pada indikator {sebut_nama(tepat)}." if tepat else "",
        f"Target belum tercapai pada indikator {sebut_nama(kurang)}." if kurang else "",
        f"Capaian indikator {sebut_nama(belum)} belum dapat diukur." if belum else "",
    )


def tulis_analisis(bahan: BahanKinerja, sasaran: SasaranFakta) -> str:
    return alinea(
        f"Capaian indikator kinerja sasaran ini disajikan pada "
        f"{bahan.sebut_tabel('sasaran', sasaran.nomor)}.",
        *(
            kalimat(
                f"Indikator {one.nama}.",
                sebut_arah(one),
                sebut_kini(one),
                sebut_lalu(one),
                sebut_renstra(bahan, one),
            )
            for one in sasaran.indikator
        ),
    )


def sebut_lalu(indikator: IndikatorFakta) -> str:
    """The report's year beside the one before it."""
    kini, lalu = indikator.kini, indikator.lalu
    if kini.realisasi is None:
        return ""
    if lalu.realisasi is None:
        return f"Realisasi tahun {lalu.tahun} belum tercatat sebagai pembanding."
    awal = f"Realisasi tahun {lalu.tahun} adalah {tulis_nilai(indikator, lalu.realisasi)}"
    if lalu.target is not None:
        awal += f" dari target {tulis_nilai(indikator, lalu.target)}"
    nilai = bandingkan(kini.realisasi, lalu.realisasi)
    ubah = f"Realisasi tahun {kini.tahun} {nilai} tahun {lalu.tahun}"
    if kini.capaian is None or lalu.capaian is None:
        return f"{awal}. {ubah}."
    capaian = bandingkan(kini.capaian, lalu.capaian)
    if capaian == nilai:
        return f"{awal}. {ubah}, demikian pula capaiannya."
    return f"{awal}. {ubah}, sedangkan capaiannya {capaian} tahun {lalu.tahun}."


def sebut_renstra(bahan: BahanKinerja, indikator: IndikatorFakta) -> str:
    """The report's year against the last year of the Renstra."""
    rencana, kini = bahan.fakta.rencana, indikator.kini
    if rencana is None or indikator.akhir is None:
        return "Target akhir Renstra untuk indikator ini belum dicatat."
    akhir = f"target akhir Renstra tahun {rencana.sampai}"
    if kini.realisasi is None:
        return f"{akhir[:1].upper()}{akhir[1:]} adalah {tulis_nilai(indikator, indikator.akhir)}."
    banding = f"Terhadap {akhir} sebesar {tulis_nilai(indikator, indikator.akhir)}, realisasi"
    if indikator.capaian_renstra is None:
        return f"{banding} tahun {kini.tahun} adalah {tulis_nilai(indikator, kini.realisasi)}."
    return (
        f"{banding} tahun {kini.tahun} mencapai {format_persen(indikator.capaian_renstra)}; "
        f"target akhir tersebut {_sebut_akhir(indikator)}."
    )


def _sebut_akhir(indikator: IndikatorFakta) -> str:
    """Whether the target of the end is reached already; both figures are known."""
    akhir, kini = indikator.akhir, indikator.kini.realisasi
    if akhir is None or kini is None:
        raise ValueError("needs both figures")
    if akhir == kini:
        return "tepat tercapai"
    return "sudah terlampaui" if (kini > akhir) == (indikator.arah == "naik") else "belum tercapai"


def tulis_tahun(bahan: BahanKinerja) -> str:
    fakta = bahan.fakta
    if not fakta.indikator:
        return TANPA_INDIKATOR
    mulai, *_, sampai = fakta.tiga_tahun
    return alinea(
        f"Target dan realisasi tahun {mulai} sampai {sampai} disajikan pada "
        f"{bahan.sebut_tabel('tiga_tahun')}. Dari tabel tersebut terlihat bahwa:",
        daftar(_sebut_tiga_tahun(one) for one in fakta.indikator),
    )


def _sebut_tiga_tahun(indikator: IndikatorFakta) -> str:
    return kalimat(
        f"{indikator.nama}: {'; '.join(_list_pasangan(indikator))}.",
        sebut_arah(indikator),
        *_list_keadaan(indikator),
    )


def _list_pasangan(indikator: IndikatorFakta) -> Iterator[str]:
    for one in indikator.tahun:
        target = "belum ada" if one.target is None else tulis_nilai(indikator, one.target)
        nilai = "belum ada" if one.realisasi is None else tulis_nilai(indikator, one.realisasi)
        capaian = "" if one.capaian is None else f", capaian {format_persen(one.capaian)}"
        yield f"tahun {one.tahun} target {target}, realisasi {nilai}{capaian}"


def _list_keadaan(indikator: IndikatorFakta) -> Iterator[str]:
    sebutan = {
        "terlampaui": "Target terlampaui pada tahun",
        "tepat": "Target tepat tercapai pada tahun",
        "kurang": "Target belum tercapai pada tahun",
        "tak_terukur": "Capaian belum dapat diukur pada tahun",
    }
    for keadaan, awal in sebutan.items():
        found = [one for one in indikator.tahun if nilai_keadaan(indikator, one) == keadaan]
        years = [str(one.tahun) for one in found]
        if years:
            yield f"{awal} {gabung(years)}."


def tulis_renstra(bahan: BahanKinerja) -> str:
    fakta = bahan.fakta
    if fakta.rencana is None:
        return f"Rencana strategis {fakta.unit} belum dicatat."
    if not fakta.indikator:
        return TANPA_INDIKATOR
    return alinea(
        f"Realisasi kinerja dibandingkan dengan target jangka menengah dalam "
        f"{clean_line(fakta.rencana.nama)}, yang berakhir pada tahun {fakta.rencana.sampai}. "
        f"Perbandingannya disajikan pada {bahan.sebut_tabel('renstra')}.",
        daftar(f"{one.nama}: {_kecilkan(sebut_renstra(bahan, one))}" for one in fakta.indikator),
    )


def _kecilkan(text: str) -> str:
    """A sentence as it goes on behind a colon."""
    return text[:1].lower() + text[1:]
