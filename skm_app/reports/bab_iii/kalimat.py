"""Phrases that several texts of Bab III use: figures, sums of money, what became of a target."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Literal

from skm_app.angka import format_angka, format_persen
from skm_app.kata import gabung
from skm_app.reports.bab_iii.fakta_indikator import IndikatorFakta, TahunFakta
from skm_app.reports.bab_iii.tabel_sel import is_persen, tulis
from skm_app.reports.kata import kalimat

Keadaan = Literal["terlampaui", "tepat", "kurang", "tak_terukur"]
SEBUTAN_KEADAAN = {
    "terlampaui": "Target terlampaui.",
    "tepat": "Target tepat tercapai.",
}


def tulis_nilai(indikator: IndikatorFakta, nilai: Decimal) -> str:
    """A target or realisasi as the tables write it: ``88,31``, ``83%``."""
    return f"{tulis(nilai)}%" if is_persen(indikator) else tulis(nilai)


def rupiah(jumlah: int) -> str:
    """``Rp35.898.593.985``."""
    return f"Rp{format_angka(jumlah)}"


def judul_sasaran(nomor: int, uraian: str) -> str:
    """How headings and texts call a sasaran."""
    return f"Sasaran Strategis {nomor}: {uraian}"


def nilai_keadaan(tahun: TahunFakta) -> Keadaan:
    """What became of the target of a year, by the figures themselves, not by rounded capaian."""
    if tahun.tercapai is None:
        return "tak_terukur"
    if tahun.realisasi == tahun.target:
        return "tepat"
    return "terlampaui" if tahun.tercapai else "kurang"


def sebut_kurang(tahun: TahunFakta) -> str:
    """What is said of a target that was not reached: final only once its year is over."""
    return "tidak tercapai" if tahun.selesai else "belum tercapai"


def is_tercapai(indikator: IndikatorFakta) -> bool:
    """Whether the target of the report's year was reached or passed."""
    return nilai_keadaan(indikator.kini) in ("terlampaui", "tepat")


def pilih(indikator: Iterable[IndikatorFakta], *keadaan: Keadaan) -> list[IndikatorFakta]:
    """The indikator whose target of the report's year came to one of these."""
    return [one for one in indikator if nilai_keadaan(one.kini) in keadaan]


def sebut_nama(indikator: Iterable[IndikatorFakta]) -> str:
    """Names in a row."""
    return gabung([one.nama for one in indikator])


def sebut_alasan(tahun: TahunFakta) -> str:
    """Why there is no realisasi, as it can stand in brackets, without what is to be done."""
    _, _, alasan = tahun.realisasi_asal.partition(": ")
    return (alasan or tahun.realisasi_asal).partition("; ")[0].rstrip(".")


def sebut_tahun(indikator: IndikatorFakta, tahun: TahunFakta) -> str:
    """Target, realisasi and capaian of one year in one sentence, or what is missing of them."""
    awal = f"Target tahun {tahun.tahun}"
    if tahun.target is None and tahun.realisasi is None:
        return f"Target dan realisasi tahun {tahun.tahun} belum tersedia."
    if tahun.target is None:
        return (
            f"{awal} belum ditetapkan, sedangkan realisasinya "
            f"{tulis_nilai(indikator, tahun.realisasi or Decimal(0))}. Capaian belum dapat "
            "dihitung."
        )
    target = tulis_nilai(indikator, tahun.target)
    if tahun.realisasi is None:
        return (
            f"{awal} adalah {target}, tetapi realisasinya belum tersedia "
            f"({sebut_alasan(tahun)}), sehingga capaian belum dapat dihitung."
        )
    pasangan = f"{awal} adalah {target} dan realisasinya {tulis_nilai(indikator, tahun.realisasi)}"
    if tahun.capaian is None:
        return f"{pasangan}. Capaian tidak dihitung, karena targetnya nol."
    return f"{pasangan}, sehingga capaiannya {format_persen(tahun.capaian)}."


def sebut_kini(indikator: IndikatorFakta) -> str:
    """The report's year: figures, what became of the target, whether that may change."""
    kini = indikator.kini
    return kalimat(
        sebut_tahun(indikator, kini),
        _sebut_keadaan(kini),
        "Target tersebut adalah target yang sudah diubah." if kini.perubahan else "",
        f"Realisasi ini masih sementara, karena {kini.sebab}, dan masih dapat berubah."
        if kini.sementara
        else "",
    )


def _sebut_keadaan(tahun: TahunFakta) -> str:
    keadaan = nilai_keadaan(tahun)
    if keadaan == "kurang":
        return f"Target {sebut_kurang(tahun)}."
    return SEBUTAN_KEADAAN.get(keadaan, "")


def sebut_arah(indikator: IndikatorFakta) -> str:
    """A reminder where less is better."""
    if indikator.arah == "naik":
        return ""
    return "Untuk indikator ini nilai yang lebih kecil adalah yang lebih baik."


def bandingkan(kini: Decimal, lalu: Decimal) -> str:
    """``lebih tinggi daripada``, ``lebih rendah daripada``, ``sama dengan``."""
    if kini == lalu:
        return "sama dengan"
    return "lebih tinggi daripada" if kini > lalu else "lebih rendah daripada"
