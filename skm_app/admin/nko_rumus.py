"""The steps of the NKO in words and numbers, so that a reader can follow every figure by hand."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from skm_app.angka import format_angka
from skm_app.capaian import BarisCapaian, NilaiAkip, NkoTahun
from skm_app.kinerja import Aturan, BarisNko, HasilNko, Predikat


@dataclass(frozen=True, kw_only=True)
class LangkahBaris:
    """One indikator with its figures and one sentence per step."""

    capaian: BarisCapaian
    nko: BarisNko
    rumus: tuple[str, ...]


def list_langkah(nko: NkoTahun, aturan: Aturan) -> list[LangkahBaris]:
    """The indikator that count, each with its sentences; empty without an NKO."""
    if nko.hasil is None:
        return []
    return [
        LangkahBaris(
            capaian=one, nko=row, rumus=_describe_baris(one, row, nko.hasil.koreksi, aturan)
        )
        for one, row in zip(nko.baris, nko.hasil.baris, strict=True)
        if row.capaian is not None
    ]


def _describe_baris(
    one: BarisCapaian, row: BarisNko, koreksi: Decimal, aturan: Aturan
) -> tuple[str, ...]:
    tahun = one.tahun[0]
    return (
        _describe_capaian(one.indikator.arah, tahun.target, tahun.realisasi.nilai, row.capaian),
        _describe_normalisasi(row, aturan.paling_tinggi),
        f"Nilai akhir = normalisasi × (100 % − koreksi): {format_angka(row.normalisasi, 2)} × "
        f"(100 % − {format_angka(koreksi)} %) = {format_angka(row.nilai_akhir, 2)}.",
    )


def _describe_capaian(
    arah: str, target: Decimal | None, realisasi: Decimal | None, capaian: Decimal | None
) -> str:
    t, r, c = format_angka(target, 2), format_angka(realisasi, 2), format_angka(capaian, 2)
    if arah == "turun":
        return (
            "Capaian = (2 × target − realisasi) ÷ target × 100, paling rendah 0, karena lebih "
            f"kecil lebih baik: (2 × {t} − {r}) ÷ {t} × 100 = {c} %."
        )
    return f"Capaian = realisasi ÷ target × 100: {r} ÷ {t} × 100 = {c} %."


def _describe_normalisasi(row: BarisNko, top: Decimal) -> str:
    c, n, bound = format_angka(row.capaian, 2), format_angka(row.normalisasi, 2), format_angka(top)
    if row.capaian is not None and row.capaian > top:
        return f"Normalisasi: {c} % lebih dari {bound} %, sehingga dihitung {n} %."
    return f"Normalisasi: {c} % tidak lebih dari {bound} %, sehingga tetap {n} %."


def describe_total(hasil: HasilNko) -> str:
    """Step 4: the sum, with its parts."""
    parts = " + ".join(
        format_angka(one.nilai_akhir, 2) for one in hasil.baris if one.nilai_akhir is not None
    )
    return f"Total capaian = jumlah semua nilai akhir: {parts} = {format_angka(hasil.total, 2)}."


def describe_nko(hasil: HasilNko) -> str:
    """Step 5: the mean."""
    return (
        f"NKO = total ÷ jumlah indikator: {format_angka(hasil.total, 2)} ÷ {hasil.banyak} = "
        f"{format_angka(hasil.nko, 2)}."
    )


def describe_predikat(hasil: HasilNko, aturan: Aturan) -> str:
    """Step 6: the predicate, with its bounds."""
    if hasil.nko is None or hasil.predikat is None:
        return "Belum ada NKO."
    return (
        f"Predikat: {format_angka(hasil.nko, 2)} termasuk {hasil.predikat.nama} "
        f"({describe_rentang_nko(aturan, hasil.predikat)})."
    )


def describe_rentang_nko(aturan: Aturan, predikat: Predikat) -> str:
    """The NKO of a predicate, as ``lebih dari 80 sampai 100``."""
    place = aturan.nko.index(predikat)
    top = aturan.nko[place - 1].di_atas if place else None
    upper = "" if top is None else f"sampai {format_angka(top)}"
    lower = "" if predikat.di_atas is None else f"lebih dari {format_angka(predikat.di_atas)}"
    return f"{lower} {upper}".strip()


def describe_akip(akip: NilaiAkip, tahun: int, aturan: Aturan) -> str:
    """Which evaluation counts, and why this one."""
    source = f" ({akip.sumber})" if akip.sumber else ""
    koreksi = aturan.koreksi[akip.predikat.nama]
    return (
        f"AKIP yang dipakai: evaluasi terakhir sampai tahun {tahun}, yaitu tahun {akip.tahun} "
        f"dengan nilai {format_angka(akip.nilai, 2)}{source}, predikat {akip.predikat.nama} "
        f"({akip.predikat.arti}). Koreksinya {format_angka(koreksi)} %."
    )


def describe_tertinggal(one: BarisCapaian) -> str:
    """Why an indikator is left out."""
    tahun = one.tahun[0]
    if tahun.target is None:
        why = "belum ada target"
    elif tahun.realisasi.nilai is None:
        asal = tahun.realisasi.asal
        why = f"belum ada realisasi: {asal.rstrip('.')}" if asal else "belum ada realisasi"
    else:
        why = "targetnya 0, sehingga tidak dapat dibagi"
    return f"{one.indikator.nama}: {why}."
