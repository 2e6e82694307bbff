"""Targets, realisasi and capaian against each other, and the formulas that are printed."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from operator import itemgetter

from skm_app.angka import format_angka
from skm_app.kinerja.periksa.acuan import Acuan, choose, mean
from skm_app.kinerja.periksa.banding import note
from skm_app.kinerja.periksa.laporan import Angka, Jenis, Nilai, RataRata
from skm_app.kinerja.periksa.temuan import (
    Tempat,
    Temuan,
    exact,
    find_salah,
    make_tempat,
    make_tempat_teks,
    make_temuan,
)
from skm_app.scoring import round_half_up

TARGET_REALISASI: tuple[Jenis, ...] = ("target", "realisasi")
DESIMAL_PASTI = 2  # with fewer, many a year's capaian fits by chance
# So tables head the column of capaian.
_CAPAIAN = re.compile(r"(?:%|persentase|persen)\s*realisasi")
_TERBALIK = re.compile(r"target\s*(?:/|:|÷|dibagi)\s*realisasi")


def check_nilai(acuan: Acuan) -> Iterator[Temuan]:
    """Target and realisasi of a year are the same wherever they are printed."""
    for (indikator, tahun, jenis), angka in sorted(acuan.tempat.items(), key=itemgetter(0)):
        if jenis in TARGET_REALISASI:
            nama = f"{jenis.capitalize()} indikator {indikator} tahun {tahun}"
            tempat, alasan = list_berbeda(angka)
            yield from make_temuan(
                "target-realisasi", nama, tempat, f"{nama} tidak sama di semua tabel; {alasan}"
            )


def list_berbeda(angka: list[Angka]) -> tuple[list[Tempat], str]:
    """The places that differ from most others, and what they were compared with.

    All places if no figure stands in more of them than every other.
    """
    benar = choose(angka)
    if benar is None or len(angka) < 2:
        return [], ""
    note(*angka)
    value = Fraction(benar.nilai)
    most = [one for one in angka if _count(angka, one) == _count(angka, benar)]
    if all(one.agrees(value) or benar.agrees(Fraction(one.nilai)) for one in most):
        wrong = [make_tempat(one, value) for one in angka if not one.agrees(value)]
        return wrong, "pembandingnya angka yang tercetak di tempat terbanyak."
    text = " atau ".join(map(format_angka, sorted({one.nilai for one in most})))
    places = [
        Tempat(letak=one.letak, tercetak=one.teks, seharusnya=f"{text}: periksa ke dokumen")
        for one in angka
    ]
    return places, "tidak ada angka yang terbanyak, jadi dokumen sumbernya yang menentukan."


def _count(angka: list[Angka], satu: Angka) -> int:
    return sum(one.agrees(Fraction(satu.nilai)) for one in angka)


def check_capaian(acuan: Acuan) -> Iterator[Temuan]:
    """Capaian = realisasi / target x 100, of the year that the column names."""
    per_tabel: defaultdict[str, list[Tempat]] = defaultdict(list)
    turun: set[str] = set()
    for one in acuan.laporan.nilai:
        if one.jenis != "capaian" or is_terpotong(acuan, one.indikator, one.tahun, one.angka):
            continue
        benar = acuan.get_capaian(one.indikator, one.tahun)
        _note_asal(acuan, one)
        found = find_salah(one.angka, [benar, _capaian_of_row(acuan, one)])
        if found is not None:
            tabel = one.angka.letak.tabel
            catatan = found.catatan or _explain_tahun(acuan, one)
            per_tabel[tabel].append(replace(found, catatan=catatan))
            turun |= {tabel} if acuan.is_turun(one.indikator) else set()
    for tabel, tempat in per_tabel.items():
        alasan = "Capaian = realisasi ÷ target × 100, dari tahun yang disebut judul kolomnya."
        if tabel in turun:
            alasan += " Bila makin kecil makin baik: (2 × target − realisasi) ÷ target × 100."
        yield from make_temuan("capaian", tabel, tempat, alasan)


def _note_asal(acuan: Acuan, nilai: Nilai) -> None:
    """Target and realisasi are held against the capaian that stands for them."""
    if acuan.get_capaian(nilai.indikator, nilai.tahun) is not None:
        for jenis in TARGET_REALISASI:
            note(*acuan.tempat[nilai.indikator, nilai.tahun, jenis])


def _explain_tahun(acuan: Acuan, nilai: Nilai) -> str:
    """Whether it is the capaian of another year that was cut off."""
    for tahun in acuan.list_tahun() if nilai.angka.desimal >= DESIMAL_PASTI else []:
        if is_terpotong(acuan, nilai.indikator, tahun, nilai.angka):
            return f"{nilai.angka.teks} adalah capaian tahun {tahun} yang dipotong."
    return ""


def _capaian_of_row(acuan: Acuan, nilai: Nilai) -> Fraction | None:
    """What follows from the target and realisasi that stand beside it."""
    beside = {
        one.jenis: exact(one.angka)
        for one in acuan.laporan.nilai
        if one.angka.letak.lembar == nilai.angka.letak.lembar
        and (one.indikator, one.tahun) == (nilai.indikator, nilai.tahun)
    }
    return acuan.compute(nilai.indikator, beside.get("realisasi"), beside.get("target"))


def check_terpotong(acuan: Acuan) -> Iterator[Temuan]:
    """98,777 is printed 98,78: decimals are rounded, not cut off. One finding per figure."""
    found: defaultdict[tuple[int, int], list[Tempat]] = defaultdict(list)
    for indikator, tahun, angka in _list_capaian(acuan):
        benar = acuan.get_capaian(indikator, tahun)
        if benar is not None and is_terpotong(acuan, indikator, tahun, angka):
            note(angka)
            found[indikator, tahun].append(make_tempat(angka, benar))
    for (indikator, tahun), places in sorted(found.items()):
        tabel = ", ".join(dict.fromkeys(one.letak.tabel for one in places))
        benar = acuan.get_capaian(indikator, tahun) or Fraction(0)
        yield from make_temuan(
            "capaian-terpotong",
            tabel,
            places,
            f"Capaian indikator {indikator} tahun {tahun} adalah "
            f"{_write_eksak(benar)}; dibulatkan menjadi {format_angka(round_half_up(benar, 2))}, "
            "bukan dipotong.",
        )


def _write_eksak(benar: Fraction) -> str:
    """With three decimals, cut off, so that the reader sees which way it is rounded."""
    return f"{format_angka(Decimal(int(benar * 1000)).scaleb(-3))}…"


def is_terpotong(acuan: Acuan, indikator: int, tahun: int, angka: Angka) -> bool:
    """Whether a figure is the capaian of that year, cut off."""
    benar = acuan.get_capaian(indikator, tahun)
    return benar is not None and angka.is_cut(benar)


def _list_capaian(acuan: Acuan) -> Iterator[tuple[int, int, Angka]]:
    """Every printed capaian, the normalised one and those of sentences too."""
    laporan = acuan.laporan
    for nilai in laporan.nilai:
        if nilai.jenis == "capaian":
            yield nilai.indikator, nilai.tahun, nilai.angka
    for baris in laporan.nko:
        if baris.normalisasi is not None:
            yield baris.indikator, laporan.tahun, baris.normalisasi
    for kalimat in laporan.kalimat:
        angka = kalimat.angka.get("capaian")
        if kalimat.tentang == "indikator" and kalimat.nomor is not None and angka is not None:
            yield kalimat.nomor, kalimat.tahun, angka


def check_rumus(acuan: Acuan) -> Iterator[Temuan]:
    """The printed formula divides the way the table does; not where all are better falling."""
    known = acuan.laporan.indikator
    if known and all(one.arah == "turun" for one in known):
        return
    for one in acuan.laporan.rumus:
        if one.untuk == "capaian" and _TERBALIK.search(_after_equals(one.tulisan.teks)):
            yield from make_temuan(
                "rumus-capaian",
                one.tulisan.letak.tabel,
                [make_tempat_teks(one.tulisan, "Realisasi / Target × 100")],
                "Rumusnya terbalik: tabelnya sendiri menghitung realisasi ÷ target × 100.",
            )


def check_rata_rata(acuan: Acuan) -> Iterator[Temuan]:
    """The mean of capaian is not the mean of realisasi. One finding for the formula."""
    rumus = [
        make_tempat_teks(one.tulisan, "(capaian tahun lalu + capaian tahun ini) / 2")
        for one in acuan.laporan.rumus
        if one.untuk == "rata_rata" and _averages_realisasi(one.tulisan.teks)
    ]
    lain: list[Tempat] = []
    for baris in acuan.laporan.rata_rata:
        of_realisasi = _mean_of(acuan, baris.sasaran, "realisasi")
        for angka, tempat in _list_rata_rata(acuan, baris):
            by_formula = of_realisasi is not None and angka.agrees(of_realisasi)
            (rumus if by_formula else lain).append(tempat)
    for kode, places, alasan in (
        ("rumus-rata-rata", rumus, "Yang dirata-ratakan realisasi, padahal barisnya capaian. "),
        ("rata-rata", lain, ""),
    ):
        tabel = ", ".join(dict.fromkeys(one.letak.tabel for one in places))
        yield from make_temuan(
            kode,
            tabel,
            places,
            f"{alasan}Rata-rata capaian = (capaian tahun lalu + capaian tahun ini) ÷ 2.",
        )


def _list_rata_rata(acuan: Acuan, baris: RataRata) -> Iterator[tuple[Angka, Tempat]]:
    """Of two years; of several indikator it may be that of this year alone, down the column."""
    years = [_mean_of(acuan, baris.sasaran, "capaian"), _mean_tercetak(acuan, baris.sasaran)]
    numbers = acuan.list_indikator(baris.sasaran)
    this_year = acuan.get_capaian_sasaran(baris.sasaran) if len(numbers) > 1 else None
    column = mean([get_capaian_renstra(acuan, one) for one in numbers])
    for angka, calon in ((baris.capaian, [*years, this_year]), (baris.renstra, [*years, column])):
        tempat = find_salah(angka, calon)
        if angka is not None and tempat is not None:
            yield angka, tempat


def _mean_tercetak(acuan: Acuan, sasaran: int) -> Fraction | None:
    """The mean of capaian with 2 decimals: what who adds up the printed ones gets."""
    found = [acuan.get_capaian(*key) for key in _list_kunci(acuan, sasaran)]
    return mean([None if one is None else Fraction(round_half_up(one, 2)) for one in found])


def _list_kunci(acuan: Acuan, sasaran: int) -> list[tuple[int, int]]:
    """A sasaran's indikator with the year before, and the report's."""
    return [
        (one, acuan.laporan.tahun - back)
        for one in acuan.list_indikator(sasaran)
        for back in (1, 0)
    ]


def _mean_of(acuan: Acuan, sasaran: int, jenis: Jenis) -> Fraction | None:
    """Mean of the report's year and the one before, over a sasaran's indikator."""
    keys = _list_kunci(acuan, sasaran)
    if jenis == "capaian":
        return mean([acuan.get_capaian(*key) for key in keys])
    return mean([acuan.get_nilai(*key, jenis) for key in keys])


def get_capaian_renstra(acuan: Acuan, indikator: int) -> Fraction | None:
    """Realisasi of the report's year over the target at the end of the Renstra, in percent."""
    target = choose(acuan.list_target_akhir(indikator))
    realisasi = acuan.get_nilai(indikator, acuan.laporan.tahun, "realisasi")
    return acuan.compute(indikator, realisasi, exact(target))


def _averages_realisasi(teks: str) -> bool:
    text = _CAPAIAN.sub("", _after_equals(teks))
    return "realisasi" in text and "capaian" not in text


def _after_equals(teks: str) -> str:
    return teks.casefold().rpartition("=")[2]
