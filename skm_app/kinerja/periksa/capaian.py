"""Targets, realisasi and capaian against each other, and the formulas that are printed."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from operator import itemgetter

from skm_app.angka import format_angka
from skm_app.kinerja.periksa.acuan import Acuan, choose, mean
from skm_app.kinerja.periksa.laporan import Angka, Jenis, Nilai, RataRata
from skm_app.kinerja.periksa.temuan import (
    Tempat,
    Temuan,
    exact,
    find_salah,
    make_tempat,
    make_tempat_teks,
    make_temuan,
    persen,
)
from skm_app.scoring import round_half_up

TARGET_REALISASI: tuple[Jenis, ...] = ("target", "realisasi")
_TERBALIK = re.compile(r"target\s*(?:/|:|÷|dibagi)\s*realisasi")


def check_nilai(acuan: Acuan) -> Iterator[Temuan]:
    """Target and realisasi of a year are the same wherever they are printed."""
    for (indikator, tahun, jenis), angka in sorted(acuan.tempat.items(), key=itemgetter(0)):
        if jenis in TARGET_REALISASI:
            yield from make_temuan(
                "target-realisasi",
                f"{jenis.capitalize()} indikator {indikator} tahun {tahun}",
                list_berbeda(angka),
                f"{jenis.capitalize()} indikator {indikator} tahun {tahun} tidak sama di semua "
                "tabel; pembandingnya angka yang tercetak di tempat terbanyak.",
            )


def list_berbeda(angka: list[Angka]) -> list[Tempat]:
    """The places that differ from the rest; all of them if no figure has the majority."""
    benar = choose(angka)
    if benar is None:
        return []
    value = Fraction(benar.nilai)
    wrong = [one for one in angka if not one.agrees(value)]
    if wrong and 2 * len(wrong) >= len(angka):
        wrong = angka
    return [make_tempat(one, value) for one in wrong]


def check_capaian(acuan: Acuan) -> Iterator[Temuan]:
    """Capaian = realisasi / target x 100, of the year that the column names."""
    per_tabel: defaultdict[str, list[Tempat]] = defaultdict(list)
    for one in acuan.laporan.nilai:
        benar = acuan.get_capaian(one.indikator, one.tahun)
        if one.jenis != "capaian" or (benar is not None and one.angka.is_cut(benar)):
            continue
        found = find_salah(one.angka, [benar, _capaian_of_row(acuan, one)])
        if found is not None:
            per_tabel[one.angka.letak.tabel].append(found)
    for tabel, tempat in per_tabel.items():
        alasan = "Capaian = realisasi ÷ target × 100, dari tahun yang disebut judul kolomnya."
        yield from make_temuan("capaian", tabel, tempat, alasan)


def _capaian_of_row(acuan: Acuan, nilai: Nilai) -> Fraction | None:
    """What follows from the target and realisasi that stand beside it."""
    beside = {
        one.jenis: exact(one.angka)
        for one in acuan.laporan.nilai
        if one.angka.letak.lembar == nilai.angka.letak.lembar
        and (one.indikator, one.tahun) == (nilai.indikator, nilai.tahun)
    }
    return persen(beside.get("realisasi"), beside.get("target"))


def check_terpotong(acuan: Acuan) -> Iterator[Temuan]:
    """98,777 is printed 98,78: decimals are rounded, not cut off. One finding per figure."""
    found: defaultdict[tuple[int, int], list[Tempat]] = defaultdict(list)
    for indikator, tahun, angka in _list_capaian(acuan):
        source = find_terpotong(acuan, indikator, tahun, angka)
        benar = None if source is None else acuan.get_capaian(indikator, source)
        if source is not None and benar is not None:
            text = angka.write(benar) + ("" if source == tahun else f" (capaian {source})")
            tempat = Tempat(letak=angka.letak, tercetak=angka.teks, seharusnya=text)
            found[indikator, source].append(tempat)
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


def find_terpotong(acuan: Acuan, indikator: int, tahun: int, angka: Angka) -> int | None:
    """The year whose capaian was cut off to make this figure, if so; its own year first."""
    own = acuan.get_capaian(indikator, tahun)
    if own is None or angka.agrees(own):
        return None
    for year in [tahun, *acuan.list_tahun()]:
        benar = acuan.get_capaian(indikator, year)
        if benar is not None and angka.is_cut(benar):
            return year
    return None


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
    """The printed formula divides the way the table does."""
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
    benar = _mean_of(acuan, baris.sasaran, "capaian")
    column = mean([get_capaian_renstra(acuan, one) for one in acuan.list_indikator(baris.sasaran)])
    for angka, calon in ((baris.capaian, [benar]), (baris.renstra, [benar, column])):
        tempat = find_salah(angka, calon)
        if angka is not None and tempat is not None:
            yield angka, tempat


def _mean_of(acuan: Acuan, sasaran: int, jenis: Jenis) -> Fraction | None:
    """Mean of the report's year and the one before, over a sasaran's indikator."""
    keys = [
        (one, acuan.laporan.tahun - back)
        for one in acuan.list_indikator(sasaran)
        for back in (1, 0)
    ]
    if jenis == "capaian":
        return mean([acuan.get_capaian(*key) for key in keys])
    return mean([acuan.get_nilai(*key, jenis) for key in keys])


def get_capaian_renstra(acuan: Acuan, indikator: int) -> Fraction | None:
    """Realisasi of the report's year over the target at the end of the Renstra, in percent."""
    target = choose(acuan.list_target_akhir(indikator))
    return persen(acuan.get_nilai(indikator, acuan.laporan.tahun, "realisasi"), exact(target))


def _averages_realisasi(teks: str) -> bool:
    text = _after_equals(teks)
    return "realisasi" in text and "capaian" not in text


def _after_equals(teks: str) -> str:
    return teks.casefold().rpartition("=")[2]
