"""Words of A.5, A.6 and B: what the work cost, and what the money was spent on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from skm_app.angka import format_angka, format_persen
from skm_app.capaian.anggaran import BarisAnggaran, BiayaSasaran
from skm_app.kata import gabung
from skm_app.kinerja import compute_efisiensi_biaya, compute_efisiensi_kinerja
from skm_app.reports.bab_iii.fakta import FaktaKinerja, SasaranFakta
from skm_app.reports.bab_iii.fakta_indikator import IndikatorFakta
from skm_app.reports.bab_iii.kalimat import pilih, rupiah, sebut_kurang, sebut_nama
from skm_app.reports.bab_iii.teks_bahan import BahanKinerja
from skm_app.reports.kata import ISIAN, akhiri, alinea, daftar, kalimat
from skm_app.reports.teks import clean_line

BANYAK_TERENDAH = 3
TANPA_ANGGARAN = "tidak ada anggaran"


def tulis_efisiensi(bahan: BahanKinerja) -> str:
    """What opens A.5, and the whole."""
    total, tahun = bahan.fakta.total, bahan.fakta.tahun
    if total is None:
        return "Efisiensi belum dapat dihitung, karena anggarannya belum tersedia (lihat bagian B)."
    return alinea(
        "Efisiensi penggunaan sumber daya dilihat dengan dua cara. Yang pertama adalah bagian "
        "anggaran yang tidak terpakai, yaitu target biaya dikurangi penyerapan, dibagi target "
        f"biaya, sebagaimana tercantum pada {bahan.sebut_tabel('biaya')}. Yang kedua adalah "
        "selisih persentase capaian kinerja dengan persentase penyerapan anggaran untuk setiap "
        "sasaran strategis.",
        kalimat(
            f"Pada tahun {tahun} target biaya seluruhnya {rupiah(total.anggaran_rp)} dan "
            f"penyerapannya {rupiah(total.realisasi_rp)}.",
            _sebut_tingkat(total.anggaran_rp, total.realisasi_rp, "keseluruhan"),
            _sebut_tak_terkait(bahan.fakta),
        ),
    )


def sebut_tanpa_anggaran(fakta: FaktaKinerja) -> str:
    return f"Anggaran {fakta.unit} tahun {fakta.tahun} belum dicatat."


def _sebut_tingkat(anggaran_rp: int, realisasi_rp: int, apa: str) -> str:
    """How much of a budget was left."""
    tingkat = compute_efisiensi_biaya(anggaran_rp, realisasi_rp)
    if tingkat is None:
        return f"Tingkat efisiensi {apa} tidak dihitung, karena {TANPA_ANGGARAN}."
    lebih = " Penyerapannya melebihi target biaya." if realisasi_rp > anggaran_rp else ""
    return f"Tingkat efisiensi {apa} adalah {format_persen(tingkat)}.{lebih}"


def _sebut_tak_terkait(fakta: FaktaKinerja) -> str:
    sisa = next((one for one in fakta.biaya if one.sasaran_id is None), None)
    if sisa is None:
        return ""
    return (
        f"Sebesar {rupiah(sisa.anggaran_rp)} dari anggaran itu tidak terkait langsung dengan "
        "sasaran strategis."
    )


def tulis_biaya(bahan: BahanKinerja, sasaran: SasaranFakta) -> str:
    """Cost and efficiency of one sasaran."""
    if bahan.fakta.total is None:
        return ""  # said once for all of them, by ``tulis_efisiensi``
    biaya = sasaran.biaya
    if biaya is None or not (biaya.anggaran_rp or biaya.realisasi_rp):
        return _sebut_tanpa_program(biaya)
    tabel = bahan.sebut_tabel("efisiensi", sasaran.nomor)
    return kalimat(
        f"Target biaya untuk sasaran ini {rupiah(biaya.anggaran_rp)} dan penyerapannya "
        f"{rupiah(biaya.realisasi_rp)}.",
        _sebut_tingkat(biaya.anggaran_rp, biaya.realisasi_rp, "biaya"),
        f"Perbandingan capaian kinerja dengan penyerapan anggaran disajikan pada {tabel}.",
        *(_sebut_selisih(one, biaya) for one in sasaran.indikator),
        *(_sebut_uang_sama(one) for one in sasaran.indikator),
    )


def _sebut_tanpa_program(biaya: BiayaSasaran | None) -> str:
    if biaya is not None and biaya.program:
        return "Program yang menunjang sasaran ini tidak mempunyai anggaran."
    return (
        "Belum ada program dalam anggaran yang dikaitkan dengan sasaran ini, sehingga "
        "efisiensinya belum dapat dihitung."
    )


def _sebut_uang_sama(indikator: IndikatorFakta) -> str:
    """A warning where the difference compares a figure with its own source."""
    if indikator.kini.cara != "serapan_anggaran" or indikator.kini.realisasi is None:
        return ""
    return (
        f"Realisasi indikator {indikator.nama} sendiri dihitung dari serapan anggaran, jadi "
        "capaian dan penyerapan ini berasal dari uang yang sama dan selisihnya tidak banyak "
        "berarti."
    )


def _sebut_selisih(indikator: IndikatorFakta, biaya: BiayaSasaran) -> str:
    """Capaian less serapan, and what its sign means."""
    capaian, serapan = indikator.kini.capaian, biaya.serapan
    selisih = compute_efisiensi_kinerja(capaian, serapan)
    if capaian is None:
        return f"Capaian indikator {indikator.nama} belum dapat diukur."
    if selisih is None or serapan is None:
        return ""
    return (
        f"Capaian indikator {indikator.nama} {format_persen(capaian)} dan penyerapan anggaran "
        f"{format_persen(serapan)}, sehingga efisiensinya {format_angka(selisih, 2)} poin persen: "
        f"{_baca_selisih(selisih)}."
    )


def _baca_selisih(selisih: Decimal) -> str:
    if selisih == 0:
        return "capaian kinerja sama dengan penyerapan anggaran"
    banding = "lebih besar" if selisih > 0 else "lebih kecil"
    return f"capaian kinerja {banding} daripada penyerapan anggaran"


def tulis_penunjang(bahan: BahanKinerja, sasaran: SasaranFakta) -> str:
    """Which programmes helped, or did not."""
    if bahan.fakta.total is None:
        return f"Program dan kegiatan penunjang: {ISIAN}"
    biaya = sasaran.biaya
    if biaya is None or not (biaya.anggaran_rp or biaya.realisasi_rp):
        return kalimat(_sebut_tanpa_program(biaya), f"Program dan kegiatan penunjang: {ISIAN}")
    serapan = "" if biaya.serapan is None else f" ({format_persen(biaya.serapan)})"
    return alinea(
        "Sasaran ini ditunjang oleh program berikut:",
        daftar(f"{akhiri(clean_line(one))}" for one in biaya.program),
        kalimat(
            f"Penyerapan anggarannya {rupiah(biaya.realisasi_rp)} dari "
            f"{rupiah(biaya.anggaran_rp)}{serapan}.",
            _sebut_hasil(sasaran),
            f"Kegiatan yang paling menentukan hasil tersebut: {ISIAN}",
        ),
    )


def _sebut_hasil(sasaran: SasaranFakta) -> str:
    """Whether the targets behind the money were reached."""
    capai = pilih(sasaran.indikator, "terlampaui", "tepat")
    kurang = pilih(sasaran.indikator, "kurang")
    return kalimat(
        f"Target indikator {sebut_nama(capai)} tercapai." if capai else "",
        f"Target indikator {sebut_nama(kurang)} {sebut_kurang(kurang[0].kini)}." if kurang else "",
    )


def tulis_anggaran(bahan: BahanKinerja) -> str:
    """B: the whole budget, what was overspent, what had no budget."""
    fakta, total = bahan.fakta, bahan.fakta.total
    if total is None:
        return sebut_tanpa_anggaran(fakta)
    jumlah = fakta.jumlah
    sub = [one for one in fakta.anggaran if one.tingkat == "sub_kegiatan"]
    serapan = "" if total.serapan is None else f" atau {format_persen(total.serapan)}"
    return alinea(
        kalimat(
            f"Anggaran {fakta.unit} tahun {fakta.tahun} sebesar {rupiah(total.anggaran_rp)} "
            f"digunakan untuk {format_angka(jumlah.program)} program, "
            f"{format_angka(jumlah.kegiatan)} kegiatan, dan "
            f"{format_angka(jumlah.sub_kegiatan)} sub kegiatan, dengan realisasi "
            f"{rupiah(total.realisasi_rp)}{serapan}.",
            f"Rinciannya disajikan pada {bahan.sebut_tabel('anggaran')}.",
        ),
        *_sebut_lalu(fakta),
        *_sebut_lebih([one for one in sub if one.melebihi]),
        *_sebut_terendah(sub),
        *_sebut_nol([one for one in sub if not one.anggaran_rp and not one.realisasi_rp]),
    )


def _sebut_lalu(fakta: FaktaKinerja) -> Iterator[str]:
    """Beside the year before; its figures stand in that year's report."""
    lalu = next((one for one in fakta.anggaran_lalu if one.tahun == fakta.tahun - 1), None)
    if lalu is None or fakta.total is None:
        return
    kini = fakta.total.realisasi_rp
    arah = "sama dengan"
    if kini != lalu.realisasi_rp:
        arah = "naik dari" if kini > lalu.realisasi_rp else "turun dari"
    yield f"Realisasi anggaran tahun {fakta.tahun} {arah} realisasi anggaran tahun {lalu.tahun}."


def _sebut_lebih(rows: Sequence[BarisAnggaran]) -> Iterator[str]:
    """What was overspent, with the explanation that was given for it."""
    if not rows:
        return
    yield "Realisasi yang melebihi anggaran:"
    yield daftar(
        kalimat(
            f"{_sebut_sub(one)}: anggaran {rupiah(one.anggaran_rp)}, realisasi "
            f"{rupiah(one.realisasi_rp)}, penyerapan {_sebut_serapan(one)}.",
            f"Penjelasan: {akhiri(clean_line(one.penjelasan) or ISIAN)}",
        )
        for one in rows
    )


def _sebut_terendah(rows: Sequence[BarisAnggaran]) -> Iterator[str]:
    """The lowest serapan among rows that were not spent in full."""
    shares = [(one.serapan, one) for one in rows if one.serapan is not None]
    low = sorted((pair for pair in shares if pair[0] < 100), key=lambda pair: pair[0])
    if not low:
        return
    bound = low[min(BANYAK_TERENDAH, len(low)) - 1][0]
    # Whoever shares the bound belongs to them too, as long as that stays a short list.
    found = [one for share, one in low if share <= bound][: 2 * BANYAK_TERENDAH]
    yield "Sub kegiatan dengan penyerapan terendah:"
    yield daftar(f"{_sebut_sub(one)}: {_sebut_serapan(one)}." for one in found)


def _sebut_nol(rows: Sequence[BarisAnggaran]) -> Iterator[str]:
    if rows:
        yield f"Sub kegiatan tanpa anggaran: {gabung([_sebut_sub(one) for one in rows])}."


def _sebut_sub(baris: BarisAnggaran) -> str:
    return f"{clean_line(baris.sub_kegiatan)} ({clean_line(baris.unit)})"


def _sebut_serapan(baris: BarisAnggaran) -> str:
    return TANPA_ANGGARAN if baris.serapan is None else format_persen(baris.serapan)
