"""What would lift the NKO, for the page: rows, sentences, and the what-if form.

Nothing is stored: all of it stands in the address.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import cast

from skm_app.angka import format_angka, parse_angka
from skm_app.capaian import BarisCapaian, NkoTahun
from skm_app.kinerja import Arah, Aturan, HasilNko
from skm_app.kinerja.simulasi import (
    JalanNaik,
    Langkah,
    Masukan,
    find_jalan_naik,
    replace_realisasi,
    simulate,
    simulate_indikator,
)

PREDIKAT = "predikat"
MAX_NILAI = Decimal(1_000_000_000)
MAX_DESIMAL = 2


@dataclass(frozen=True, kw_only=True)
class BarisLangkah:
    """A step of one indikator; ``perlu``: the realisasi it needs, in words."""

    indikator: str
    langkah: Langkah
    perlu: str


@dataclass(frozen=True, kw_only=True)
class IsianRealisasi:
    """One field of the what-if form, with what was typed and what is wrong with it."""

    nama: str
    label: str
    keterangan: str
    teks: str
    nilai: Decimal | None
    galat: str


@dataclass(frozen=True, kw_only=True)
class Cobaan:
    """The what-if form. ``hasil``: None until it is sent, or while something is wrong."""

    predikat: str
    isian: tuple[IsianRealisasi, ...]
    dikirim: bool
    galat: str
    hasil: HasilNko | None

    @property
    def salah(self) -> bool:
        return bool(self.galat) or any(one.galat for one in self.isian)


def make_masukan(nko: NkoTahun) -> list[Masukan]:
    """The indikator of a year as the simulation takes them."""
    return [
        Masukan(
            target=one.tahun[0].target,
            realisasi=one.tahun[0].realisasi.nilai,
            arah=cast(Arah, one.indikator.arah),
            paling_tinggi=one.indikator.paling_tinggi,
        )
        for one in nko.baris
    ]


def list_baris_langkah(nko: NkoTahun, aturan: Aturan) -> list[BarisLangkah]:
    """For each indikator below the bound: one point more, 100 %, and the most that counts."""
    if nko.akip is None:
        return []
    masukan, huruf = make_masukan(nko), nko.akip.predikat.nama
    return [
        BarisLangkah(
            indikator=one.indikator.nama, langkah=langkah, perlu=describe_perlu(one, langkah)
        )
        for ke, one in enumerate(nko.baris)
        for langkah in simulate_indikator(masukan, ke, huruf, aturan)
    ]


def describe_perlu(one: BarisCapaian, langkah: Langkah) -> str:
    """The realisasi that a step needs, or why there is none."""
    if langkah.realisasi is None:
        if one.indikator.arah == "turun":
            return "tidak mungkin: realisasi tidak dapat kurang dari 0"
        return f"tidak mungkin: paling tinggi {format_angka(one.indikator.paling_tinggi)}"
    word = "paling banyak" if one.indikator.arah == "turun" else "sedikitnya"
    return f"{word} {format_angka(langkah.realisasi, 2)}"


def list_kalimat_naik(nko: NkoTahun, aturan: Aturan) -> list[str]:
    """What one step to the next predicate would take, or that no single step is enough."""
    if nko.akip is None or nko.hasil is None or nko.hasil.predikat is None:
        return []
    jalan = find_jalan_naik(make_masukan(nko), nko.akip.predikat.nama, aturan)
    if jalan is None:
        return [f"Predikat {nko.hasil.predikat.nama} sudah yang tertinggi."]
    if not jalan.indikator and jalan.akip is None:
        return [f"Tidak ada satu langkah saja yang cukup untuk predikat {jalan.predikat.nama}."]
    return [*_describe_indikator(nko, jalan), *_describe_evaluasi(jalan)]


def _describe_indikator(nko: NkoTahun, jalan: JalanNaik) -> list[str]:
    if not jalan.indikator:
        return [
            f"Capaian satu indikator saja tidak cukup untuk predikat {jalan.predikat.nama}, "
            "setinggi apa pun."
        ]
    best = jalan.indikator[0]
    one = nko.baris[best.ke]
    return [
        f"Langkah terkecil pada satu indikator: bila capaian {one.indikator.nama} naik "
        f"{format_angka(best.tambahan, 2)} poin menjadi {format_angka(best.capaian, 2)} % "
        f"(realisasi {describe_perlu(one, best)}), NKO menjadi {format_angka(best.nko, 2)}, "
        f"predikat {best.predikat.nama}."
    ]


def _describe_evaluasi(jalan: JalanNaik) -> list[str]:
    if jalan.akip is None:
        return [f"Predikat AKIP yang lebih baik saja tidak cukup untuk {jalan.predikat.nama}."]
    return [
        f"Langkah terkecil pada AKIP: bila hasil evaluasi AKIP naik menjadi {jalan.akip.akip.nama} "
        f"({jalan.akip.akip.arti}) dengan capaian yang sama, NKO menjadi "
        f"{format_angka(jalan.akip.nko, 2)}, predikat {jalan.akip.predikat.nama}."
    ]


def read_cobaan(nko: NkoTahun, kueri: Mapping[str, str], aturan: Aturan) -> Cobaan:
    """The what-if form of an address; an empty field keeps the realisasi there is."""
    known = nko.akip.predikat.nama if nko.akip else ""
    sent = PREDIKAT in kueri
    predikat = kueri.get(PREDIKAT, known)
    isian = tuple(_read_isian(one, kueri) for one in nko.baris if one.tahun[0].target)
    cobaan = Cobaan(
        predikat=predikat,
        isian=isian,
        dikirim=sent,
        galat="Mohon pilih salah satu dari daftar."
        if sent and predikat not in aturan.koreksi
        else "",
        hasil=None,
    )
    if not sent or cobaan.salah:
        return cobaan
    typed = {one.nama: one.nilai for one in isian}
    masukan = replace_realisasi(
        make_masukan(nko), [typed.get(name_isian(one)) for one in nko.baris]
    )
    return Cobaan(
        predikat=predikat,
        isian=isian,
        dikirim=True,
        galat="",
        hasil=simulate(masukan, predikat, aturan),
    )


def name_isian(one: BarisCapaian) -> str:
    """The name of an indikator's field in the address."""
    return f"realisasi-{one.indikator.kode}"


def _read_isian(one: BarisCapaian, kueri: Mapping[str, str]) -> IsianRealisasi:
    tahun = one.tahun[0]
    nama = name_isian(one)
    text = kueri.get(nama, "").strip()
    nilai, galat = None, ""
    if text:
        try:
            nilai = _check(parse_angka(text), one.indikator.paling_tinggi)
        except ValueError as error:
            galat = str(error)
    now = (
        format_angka(tahun.realisasi.nilai, 2) if tahun.realisasi.nilai is not None else "belum ada"
    )
    return IsianRealisasi(
        nama=nama,
        label=f"Realisasi {one.indikator.nama}",
        keterangan=f"Target {format_angka(tahun.target, 2)}; realisasi sekarang {now}.",
        teks=text,
        nilai=nilai,
        galat=galat,
    )


def _check(nilai: Decimal, top: Decimal | None) -> Decimal:
    exponent = nilai.as_tuple().exponent
    if nilai < 0:
        raise ValueError("Angka tidak boleh negatif.")
    if top is not None and nilai > top:
        raise ValueError(f"Realisasi indikator ini paling tinggi {format_angka(top)}.")
    if nilai > MAX_NILAI or (isinstance(exponent, int) and -exponent > MAX_DESIMAL):
        raise ValueError(
            f"Paling besar {format_angka(MAX_NILAI)}, dengan paling banyak {MAX_DESIMAL} desimal."
        )
    return nilai


def list_capaian(nko: NkoTahun, hasil: HasilNko) -> Sequence[tuple[str, Decimal | None]]:
    """Capaian of each indikator in a simulation, by name."""
    return [
        (one.indikator.nama, row.capaian) for one, row in zip(nko.baris, hasil.baris, strict=True)
    ]
