"""The three totals of money that a report prints, and the Perjanjian Kinerja in itself."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from skm_app.angka import format_angka
from skm_app.kinerja.periksa.acuan import Acuan
from skm_app.kinerja.periksa.biaya import Kolom
from skm_app.kinerja.periksa.ikatan import Ikatan, Jaringan
from skm_app.kinerja.periksa.laporan import Angka
from skm_app.kinerja.periksa.temuan import Tempat, Temuan, exact, find_salah, make_temuan
from skm_app.scoring import round_half_up


def check_total(acuan: Acuan) -> Iterator[Temuan]:
    """Tabel 3.7, Tabel 3.10 and the Perjanjian Kinerja speak of the same money. One finding."""
    laporan = acuan.laporan
    tempat: list[Tempat | None] = []
    total = laporan.biaya_total
    if total is not None:
        tempat.append(_find_total(acuan, total.biaya, "anggaran"))
        tempat.append(_find_total(acuan, total.penyerapan, "realisasi"))
    besar = acuan.biaya.list_total("anggaran")
    if not laporan.pk_penjelasan and _sum_pk(acuan) not in besar:
        tempat.append(find_salah(laporan.pk_total, besar))
    yield from make_temuan(
        "total-anggaran",
        "Jumlah anggaran",
        tempat,
        f"Jumlah anggaran berbeda: {_list_totals(acuan)}. Bila Perjanjian Kinerja memakai anggaran "
        "sebelum perubahan, tulis penjelasannya di lembar PK.",
    )


def _list_totals(acuan: Acuan) -> str:
    total, pk = acuan.laporan.biaya_total, acuan.laporan.pk_total
    besar = acuan.biaya.list_total("anggaran")
    shown = (
        ("Tabel 3.7", exact(total.biaya) if total else None),
        ("Tabel 3.10", besar[0] if besar else None),
        ("Perjanjian Kinerja", exact(pk)),
    )
    return "; ".join(
        f"{name} {format_angka(round_half_up(value, 0))}"
        for name, value in shown
        if value is not None
    )


def _find_total(acuan: Acuan, angka: Angka | None, kolom: Kolom) -> Tempat | None:
    """A total of Tabel 3.7 that is wrong in itself, not only because a row of it is."""
    rows = acuan.laporan.biaya
    printed = [
        Fraction(value.nilai)
        for one in rows
        for value in [one.biaya if kolom == "anggaran" else one.penyerapan]
        if value is not None
    ]
    own = sum(printed, Fraction(0)) if printed and len(printed) == len(rows) else None
    besar: list[Fraction | None] = [*acuan.biaya.list_total(kolom)]
    if not besar:
        return find_salah(angka, [own])
    mended = [acuan.biaya.list_sasaran(one.sasaran, kolom) for one in rows]
    if all(mended) and mended and sum(one[0] for one in mended) in besar:
        besar.append(own)
    return find_salah(angka, besar)


def _sum_pk(acuan: Acuan) -> Fraction | None:
    rows = [Fraction(one.pagu.nilai) for one in acuan.laporan.pk]
    return sum(rows, Fraction(0)) if rows else None


def check_pk(acuan: Acuan) -> Iterator[Temuan]:
    """The Perjanjian Kinerja adds up, and its programmes are those of Tabel 3.10."""
    laporan = acuan.laporan
    if laporan.pk_total is not None and laporan.pk:
        tie = Ikatan(laporan.pk_total, tuple(one.pagu for one in laporan.pk))
        for one in Jaringan([tie], []).find()[0]:
            yield from make_temuan(
                "jumlah-pk",
                "Perjanjian Kinerja",
                one.list_tempat(),
                f"Jumlah anggaran tidak sama dengan jumlah programnya.{one.explain()}",
            )
    besar = acuan.biaya.list_total("anggaran")
    if laporan.pk_penjelasan or exact(laporan.pk_total) not in (None, *besar):
        return
    yield from make_temuan(
        "program-pk",
        "Perjanjian Kinerja",
        [
            find_salah(one.pagu, acuan.biaya.list_program(one.program, "anggaran"))
            for one in laporan.pk
        ],
        "Anggaran program tidak sama dengan Tabel 3.10.",
    )
