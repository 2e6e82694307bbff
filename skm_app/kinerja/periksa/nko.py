"""The NKO (Tabel 3.12) from right capaian and predicate; AKIP letters and corrections."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from skm_app.angka import format_angka
from skm_app.kinerja.periksa.acuan import Acuan
from skm_app.kinerja.periksa.banding import note
from skm_app.kinerja.periksa.capaian import is_terpotong
from skm_app.kinerja.periksa.laporan import NkoTercetak
from skm_app.kinerja.periksa.predikat import find_huruf, plain_predikat
from skm_app.kinerja.periksa.temuan import (
    Tempat,
    Temuan,
    exact,
    find_salah,
    make_tempat_teks,
    make_temuan,
)
from skm_app.scoring import round_half_up


def check_akip(acuan: Acuan) -> Iterator[Temuan]:
    """The letter of each score by the ladder of Tabel 3.1."""
    for one in acuan.laporan.akip:
        if one.predikat is None:
            continue
        note(one.nilai)
        letter = acuan.aturan.classify_akip(one.nilai.nilai).nama
        tepat = one.nilai.nilai in [each.di_atas for each in acuan.aturan.akip]
        batas = "; nilai tepat di batas masuk predikat di bawahnya" if tepat else ""
        if find_huruf(acuan.aturan, one.predikat.teks) != letter:
            yield from make_temuan(
                "predikat-akip",
                one.predikat.letak.tabel,
                [make_tempat_teks(one.predikat, letter)],
                f"Nilai {one.nilai.teks} tahun {one.tahun} berpredikat {letter} "
                f"menurut Tabel 3.1{batas}.",
            )


def check_koreksi(acuan: Acuan) -> Iterator[Temuan]:
    """Tabel 3.11 takes off what the rules take off."""
    yield from make_temuan(
        "koreksi-akip",
        "Tabel 3.11",
        [
            find_salah(one.persen, [Fraction(acuan.aturan.koreksi[one.predikat])])
            for one in acuan.laporan.koreksi
            if one.predikat in acuan.aturan.koreksi
        ],
        f"Koreksi tidak sama dengan aturannya ({acuan.aturan.koreksi_sumber}).",
    )


def find_koreksi(acuan: Acuan) -> tuple[str, Fraction] | None:
    """Letter of the latest AKIP evaluation, by its score, and the percent it takes off."""
    letter = acuan.find_predikat(acuan.laporan.tahun)
    if letter is None:
        told = [one.predikat for one in acuan.laporan.kalimat if one.tentang == "akip"]
        found = [find_huruf(acuan.aturan, one.teks) for one in told if one is not None]
        letter = next(iter(found), None)
    koreksi = acuan.aturan.koreksi.get(letter or "")
    return None if letter is None or koreksi is None else (letter, Fraction(koreksi))


def check_nko(acuan: Acuan) -> Iterator[Temuan]:
    """Tabel 3.12: correction, final values, total with NKO, predicate: a finding each."""
    rows = acuan.laporan.nko
    koreksi = find_koreksi(acuan) if rows else None
    if koreksi is not None:
        letter, value = koreksi
        yield from make_temuan(
            "nko-koreksi",
            "Tabel 3.12",
            [find_salah(one.koreksi, [value]) for one in rows],
            f"Predikat AKIP terakhir {letter}: koreksinya {format_angka(round_half_up(value, 0))}% "
            "untuk semua indikator (Tabel 3.11).",
        )
    yield from make_temuan(
        "nko-normalisasi",
        "Tabel 3.12",
        [_find_normalisasi(acuan, one) for one in rows],
        "Normalisasi = capaian, paling tinggi 110%.",
    )
    for one in rows:
        yield from make_temuan(
            "nko-nilai-akhir",
            "Tabel 3.12",
            [find_salah(one.nilai_akhir, list_nilai_akhir(acuan, one))],
            f"Indikator {one.indikator}: nilai akhir = normalisasi × (100% − koreksi).",
        )
    yield from _check_penutup(acuan)


def _find_normalisasi(acuan: Acuan, baris: NkoTercetak) -> Tempat | None:
    angka = baris.normalisasi
    if angka is None or is_terpotong(acuan, baris.indikator, acuan.laporan.tahun, angka):
        return None  # named with the capaian that was cut off
    return find_salah(angka, [_normalise(acuan, one) for one in _list_capaian(acuan, baris)])


def _list_capaian(acuan: Acuan, baris: NkoTercetak) -> list[Fraction | None]:
    """The right capaian, with 2 decimals as the NKO takes it, then the printed one."""
    benar = acuan.get_capaian(baris.indikator, acuan.laporan.tahun)
    rounded = None if benar is None else Fraction(round_half_up(benar, 2))
    return [rounded, exact(baris.capaian)]


def _normalise(acuan: Acuan, capaian: Fraction | None) -> Fraction | None:
    return None if capaian is None else min(capaian, Fraction(acuan.aturan.paling_tinggi))


def list_nilai_akhir(acuan: Acuan, baris: NkoTercetak) -> list[Fraction | None]:
    """What the final value may be: from the right figures first, then from the printed ones."""
    normal = [_normalise(acuan, _list_capaian(acuan, baris)[0]), exact(baris.normalisasi)]
    known = find_koreksi(acuan)
    koreksi = [None if known is None else known[1], exact(baris.koreksi)]
    return [
        None if one is None or off is None else one * (100 - off) / 100
        for one in normal
        for off in koreksi
    ]


def _check_penutup(acuan: Acuan) -> Iterator[Temuan]:
    """Total and NKO are one finding: a total of wrong rows is only named with a wrong NKO."""
    laporan = acuan.laporan
    rows = laporan.nko
    if not rows:
        yield from _check_predikat(acuan, None)
        return
    right = [next(iter(_known(list_nilai_akhir(acuan, one))), None) for one in rows]
    rounded = [None if one is None else Fraction(round_half_up(one, 2)) for one in right]
    benar = _sum(rounded)
    tercetak = _sum([exact(one.nilai_akhir) for one in rows])
    total = find_salah(laporan.nko_total, [benar, tercetak])
    sums = [benar, tercetak, exact(laporan.nko_total)]
    nko = find_salah(laporan.nko_nilai, [None if one is None else one / len(rows) for one in sums])
    if total or nko:
        yield from make_temuan(
            "nko",
            "Tabel 3.12",
            [find_salah(laporan.nko_total, [benar]), nko],
            "NKO = jumlah nilai akhir ÷ banyaknya indikator.",
        )
    yield from _check_predikat(acuan, None if benar is None else benar / len(rows))


def _check_predikat(acuan: Acuan, nko: Fraction | None) -> Iterator[Temuan]:
    predikat = acuan.laporan.nko_predikat
    values = _known([nko, exact(acuan.laporan.nko_nilai)])
    names = [acuan.aturan.classify_nko(round_half_up(one, 2)).nama for one in values]
    if predikat is None or not names:
        return
    note(acuan.laporan.nko_nilai)
    if plain_predikat(predikat.teks) not in map(str.casefold, names):
        yield from make_temuan(
            "predikat-nko",
            "Tabel 3.12",
            [make_tempat_teks(predikat, names[0])],
            f"NKO {format_angka(round_half_up(values[0], 2))} berpredikat {names[0]}.",
        )


def _known(values: list[Fraction | None]) -> list[Fraction]:
    return [one for one in values if one is not None]


def _sum(values: list[Fraction | None]) -> Fraction | None:
    known = _known(values)
    return sum(known, Fraction(0)) if known and len(known) == len(values) else None
