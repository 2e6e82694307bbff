"""Words of the opening and of A.1 to A.3: what was promised and what was reached."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from skm_app.angka import format_angka, format_persen
from skm_app.kata import gabung
from skm_app.kinerja import DEFINISI_PROBEBAYA, is_tercapai
from skm_app.reports.bab_iii.fakta import FaktaKinerja, SasaranFakta
from skm_app.reports.bab_iii.fakta_indikator import IndikatorFakta, TahunFakta
from skm_app.reports.bab_iii.kalimat import (
    bandingkan,
    nilai_keadaan,
    pilih,
    sebut_arah,
    sebut_kini,
    sebut_kurang,
    sebut_nama,
    tulis_nilai,
)
from skm_app.reports.bab_iii.tabel_capaian import sebut_cara
from skm_app.reports.bab_iii.tabel_sel import SEMENTARA
from skm_app.reports.bab_iii.teks_bahan import BahanKinerja
from skm_app.reports.kata import alinea, daftar, kalimat
from skm_app.reports.teks import clean_line

# In the order in which the years are told.
KEADAAN_TAHUN = (
    "Target terlampaui",
    "Target tepat tercapai",
    "Target tidak tercapai",
    "Target belum tercapai",
    "Capaian belum dapat diukur",
)
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
        f"Bab ini masih sementara dan dapat berubah, karena {bahan.fakta.sebab_sementara}."
        if bahan.fakta.sementara
        else "",
    )


def tulis_capaian(bahan: BahanKinerja) -> str:
    fakta = bahan.fakta
    turun = [one for one in fakta.indikator if one.arah == "turun"]
    return alinea(
        f"Kinerja {fakta.unit} diukur dengan membandingkan realisasi setiap indikator kinerja "
        f"dengan {_sebut_janji(fakta)}. Capaian kinerja adalah realisasi dibagi target, dikalikan "
        "100 persen.",
        f"Untuk indikator {sebut_nama(turun)}, nilai yang lebih kecil adalah yang lebih baik, "
        "sehingga capaiannya adalah dua kali target dikurangi realisasi, dibagi target, dikalikan "
        "100 persen."
        if turun
        else "",
        _sebut_isi(bahan),
    )


def _sebut_janji(fakta: FaktaKinerja) -> str:
    """Where the targets stand; an agreement only if one is recorded."""
    janji = f"Perjanjian Kinerja tahun {fakta.tahun}"
    if fakta.perjanjian is None:
        return f"target dalam Renstra; {janji} belum dicatat"
    dokumen = clean_line(fakta.perjanjian.dokumen)
    if dokumen and dokumen.casefold() != janji.casefold():
        janji += f" ({dokumen})"
    return f"target yang dijanjikan dalam {janji}"


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
        f"Target {sebut_kurang(kurang[0].kini)} pada indikator {sebut_nama(kurang)}."
        if kurang
        else "",
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
                *sebut_cara([one]),
                sebut_lalu(one),
                _sebut_definisi_lalu(one),
                sebut_renstra(bahan, one),
            )
            for one in sasaran.indikator
        ),
    )


def _sebut_definisi_lalu(indikator: IndikatorFakta) -> str:
    """A warning where two years may not have been measured alike."""
    kini, lalu = indikator.kini, indikator.lalu
    if kini.cara not in DEFINISI_PROBEBAYA or kini.realisasi is None or lalu.realisasi is None:
        return ""
    if lalu.cara == "dokumen":
        return (
            f"Realisasi tahun {lalu.tahun} diambil dari dokumen yang definisinya tidak tercatat, "
            "sehingga keduanya belum tentu dapat dibandingkan."
        )
    if lalu.cara != kini.cara:
        return (
            f"Realisasi tahun {lalu.tahun} dihitung menurut definisi lain, sehingga keduanya tidak "
            "dapat dibandingkan begitu saja."
        )
    return ""


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
    terhadap = f"terhadap {akhir} sebesar {tulis_nilai(indikator, indikator.akhir)}"
    if indikator.capaian_renstra is None:
        nilai = tulis_nilai(indikator, kini.realisasi)
        return f"{terhadap[:1].upper()}{terhadap[1:]}, realisasi tahun {kini.tahun} adalah {nilai}."
    keadaan = _sebut_akhir(indikator, indikator.akhir, kini.realisasi, rencana.sampai)
    return (
        f"Capaian tahun {kini.tahun} {terhadap} adalah {format_persen(indikator.capaian_renstra)}"
        f"{_tanda(kini)}; target akhir tersebut {keadaan}."
    )


def _sebut_akhir(indikator: IndikatorFakta, akhir: Decimal, nilai: Decimal, sampai: int) -> str:
    """Whether the target of the end is reached; one that lies ahead is not missed yet."""
    if akhir == nilai:
        return "tepat tercapai"
    if is_tercapai(nilai, akhir, indikator.arah):
        return "sudah terlampaui"
    kini = indikator.kini
    return sebut_kurang(kini) if kini.tahun >= sampai else "belum tercapai"


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
        tanda = _tanda(one)
        capaian = "" if one.capaian is None else f", capaian {format_persen(one.capaian)}{tanda}"
        yield f"tahun {one.tahun} target {target}, realisasi {nilai}{tanda}{capaian}"


def _tanda(tahun: TahunFakta) -> str:
    """The mark behind a figure that may still change."""
    return SEMENTARA if tahun.sementara else ""


def _list_keadaan(indikator: IndikatorFakta) -> Iterator[str]:
    said = [(_name_keadaan(one), str(one.tahun)) for one in indikator.tahun]
    for keadaan in KEADAAN_TAHUN:
        years = [year for name, year in said if name == keadaan]
        if years:
            yield f"{keadaan} pada tahun {gabung(years)}."


def _name_keadaan(tahun: TahunFakta) -> str:
    return {
        "terlampaui": "Target terlampaui",
        "tepat": "Target tepat tercapai",
        "kurang": f"Target {sebut_kurang(tahun)}",
        "tak_terukur": "Capaian belum dapat diukur",
    }[nilai_keadaan(tahun)]


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
