"""Words of A.4: what is known of success and failure, and what is being done.

Facts only. Why something came about is for the office to say: it finds a dotted line there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from skm_app.angka import format_angka
from skm_app.capaian import KODE_PROBEBAYA
from skm_app.kata import gabung
from skm_app.models import BIDANG_PROBEBAYA, Probebaya, Rtl
from skm_app.reports.bab_iii.fakta import SasaranFakta
from skm_app.reports.bab_iii.fakta_indikator import IndikatorFakta
from skm_app.reports.bab_iii.kalimat import is_tercapai, pilih, sebut_kurang, sebut_nama
from skm_app.reports.bab_iii.teks_bahan import BahanKinerja, SurveiFakta
from skm_app.reports.kata import ISIAN, akhiri, alinea, daftar, kalimat, orang
from skm_app.reports.teks import clean_line
from skm_app.rtl import STATUS_LABEL, UnsurRtl

ROMAWI = ("I", "II", "III", "IV")
MAX_UNSUR = 5  # more of them are no longer the weakest


def tulis_sebab(bahan: BahanKinerja) -> str:
    """What opens A.4."""
    return (
        "Uraian berikut memuat hal yang tercatat mengenai tercapai dan tidaknya target tahun "
        f"{bahan.fakta.tahun}, hambatan, serta alternatif solusi untuk setiap sasaran strategis."
    )


def tulis_berhasil(bahan: BahanKinerja, sasaran: SasaranFakta) -> str:
    """Factors of success."""
    capai = pilih(sasaran.indikator, "terlampaui", "tepat")
    kurang = pilih(sasaran.indikator, "kurang")
    facts = [text for one in (capai or kurang) for text in _list_kekuatan(bahan, one)]
    if not capai and not kurang:
        return (
            "Faktor keberhasilan belum dapat disimpulkan, karena capaian sasaran ini belum dapat "
            "diukur."
        )
    if not capai:
        return alinea(
            f"Faktor keberhasilan. Target sasaran ini {sebut_kurang(kurang[0].kini)} pada tahun "
            f"{bahan.fakta.tahun}. Hal yang tercatat:",
            daftar([*facts, f"Hal yang berjalan baik menurut {bahan.fakta.unit}: {ISIAN}"]),
        )
    return alinea(
        f"Faktor keberhasilan. Target tercapai pada indikator {sebut_nama(capai)}. Hal yang "
        "tercatat mengenai pencapaian tersebut:",
        daftar([*facts, f"Faktor pendukung menurut {bahan.fakta.unit}: {ISIAN}"]),
    )


def _list_kekuatan(bahan: BahanKinerja, indikator: IndikatorFakta) -> Iterator[str]:
    survei = bahan.survei.get(indikator.id)
    if survei and survei.terkuat:
        yield f"Unsur pelayanan dengan nilai tertinggi: {_sebut_unsur(survei.terkuat)}."
    if indikator.kode == KODE_PROBEBAYA and bahan.fakta.probebaya:
        yield _sebut_usulan(bahan.fakta.probebaya)


def _sebut_usulan(catatan: Sequence[Probebaya]) -> str:
    """Proposals carried out, by field where all kelurahan split them."""
    jumlah = sum(one.dilaksanakan or 0 for one in catatan)
    text = (
        f"Usulan Probebaya yang dilaksanakan di {format_angka(len(catatan))} kelurahan: "
        f"{format_angka(jumlah)}"
    )
    fields = []
    for nama in BIDANG_PROBEBAYA:
        parts = [getattr(one, nama) for one in catatan]
        if None in parts:
            return f"{text}."
        fields.append(f"{nama.replace('_', ' ')} {format_angka(sum(parts))}")
    return f"{text}, terdiri atas {gabung(fields)}."


def tulis_hambatan(bahan: BahanKinerja, sasaran: SasaranFakta) -> str:
    """What stood in the way."""
    kurang = pilih(sasaran.indikator, "kurang")
    facts = [text for one in sasaran.indikator for text in _list_hambatan(bahan, one)]
    return alinea(
        kalimat("Hambatan.", _sebut_hambatan(bahan, sasaran, kurang)),
        daftar([*facts, _minta_hambatan(bahan, kurang)]),
    )


def _sebut_hambatan(
    bahan: BahanKinerja, sasaran: SasaranFakta, kurang: list[IndikatorFakta]
) -> str:
    if kurang:
        return (
            f"Target {sebut_kurang(kurang[0].kini)} pada indikator {sebut_nama(kurang)}. Hal yang "
            "tercatat mengenai pencapaian sasaran ini:"
        )
    if all(is_tercapai(one) for one in sasaran.indikator):
        return (
            "Target semua indikator sasaran ini tercapai. Hal yang tercatat mengenai "
            "pelaksanaannya:"
        )
    return (
        f"Belum semua indikator sasaran ini dapat diukur capaiannya untuk tahun "
        f"{bahan.fakta.tahun}. Hal yang tercatat:"
    )


def _minta_hambatan(bahan: BahanKinerja, kurang: list[IndikatorFakta]) -> str:
    apa = "Penyebab dan hambatan" if kurang else "Hambatan"
    return f"{apa} menurut {bahan.fakta.unit}: {ISIAN}"


def _list_hambatan(bahan: BahanKinerja, indikator: IndikatorFakta) -> Iterator[str]:
    survei = bahan.survei.get(indikator.id)
    if survei:
        yield from _list_survei(survei)
    if indikator.kode == KODE_PROBEBAYA:
        diam = [one.nama for one in bahan.fakta.kelurahan if not one.realisasi_rp]
        if diam:
            yield f"Belum ada realisasi anggaran pemberdayaan yang tercatat di {gabung(diam)}."
    for nomor, catatan in bahan.catatan.get(indikator.id, ()):
        yield f"Catatan triwulan {ROMAWI[nomor - 1]}: {akhiri(catatan)}"


def _list_survei(survei: SurveiFakta) -> Iterator[str]:
    """What the survey itself shows."""
    if survei.n is None:
        yield (
            f"Survei periode {survei.periode} dijawab kurang dari lima orang, sehingga nilai "
            "setiap unsur belum dapat disajikan."
        )
        return
    weak = survei.terlemah
    if not survei.unsur:
        yield "Belum ada unsur pelayanan yang dijawab."
    elif not weak:
        yield "Nilai semua unsur pelayanan sama, sehingga tidak ada unsur yang lebih lemah."
    else:
        yield f"Unsur pelayanan dengan nilai terendah: {_sebut_unsur(weak[:MAX_UNSUR])}."
    yield _sebut_kecukupan(survei)


def _sebut_kecukupan(survei: SurveiFakta) -> str:
    """Responses against the sample that was needed."""
    n, perlu = survei.n or 0, survei.kebutuhan
    awal = f"Responden survei periode {survei.periode} berjumlah {orang(n)}"
    if perlu is None:
        return (
            f"{awal}; jumlah yang diperlukan belum dapat ditentukan, karena jumlah pengguna "
            "layanan belum dicatat."
        )
    if n >= perlu:
        return f"{awal}, memenuhi {orang(perlu)} yang diperlukan."
    return (
        f"{awal} dari {orang(perlu)} yang diperlukan, sehingga hasilnya perlu dibaca dengan "
        "hati-hati."
    )


def _sebut_unsur(unsur: tuple[UnsurRtl, ...]) -> str:
    return gabung([f"{one.nama} ({one.kode}) {format_angka(one.nrr, 3)}" for one in unsur])


def tulis_solusi(bahan: BahanKinerja, sasaran: SasaranFakta) -> str:
    """What is being done about it."""
    surveys = [bahan.survei[one.id] for one in sasaran.indikator if one.id in bahan.survei]
    plans = [text for one in surveys for text in _list_rtl(one)]
    belum = [one.periode for one in surveys if not one.rtl]
    lain = "lain " if plans else ""
    return alinea(
        kalimat(
            "Alternatif solusi.",
            f"Rencana tindak lanjut atas hasil survei periode {gabung(belum)} belum disusun."
            if belum
            else "",
            "Rencana tindak lanjut atas hasil survei adalah sebagai berikut:" if plans else "",
        ),
        daftar([*plans, f"Solusi {lain}yang telah atau akan dilakukan: {ISIAN}"]),
    )


def _list_rtl(survei: SurveiFakta) -> Iterator[str]:
    for one in survei.rtl:
        unsur = survei.nama_unsur.get(one.unsur, one.unsur)
        yield kalimat(
            f"{unsur}: {akhiri(clean_line(one.program))}",
            f"Penanggung jawab {clean_line(one.penanggung_jawab)}, triwulan "
            f"{ROMAWI[one.triwulan - 1]} tahun {one.tahun}.",
            _sebut_hasil(one),
        )


def _sebut_hasil(rtl: Rtl) -> str:
    """How far a plan is, and what came of it."""
    keadaan = "Belum dimulai." if rtl.status == "rencana" else f"{STATUS_LABEL[rtl.status]}."
    hasil = clean_line(rtl.uraian_hasil)
    return kalimat(keadaan, akhiri(hasil) if hasil else "")
