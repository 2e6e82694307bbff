"""The arithmetic of Bab III, done once more from the printed rows, for tests to compare with."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from math import floor

from skm_app.reports.bab_iii.tabel import JenisTabel, SelKinerja, TabelKinerja, find_tabel
from tests.reports.bab_iii.isi import read_csv

Baris = dict[str, str]


def bulat(value: Fraction) -> Decimal:
    """2 decimals, a half goes up; for values that are not negative."""
    return Decimal(floor(value * 100 + Fraction(1, 2))) / 100


def bagi(part: Decimal | int, whole: Decimal | int) -> Fraction:
    return Fraction(part) / Fraction(whole) * 100


def baca_indikator(kode: str, tahun: int) -> tuple[Decimal, Decimal]:
    """Printed target and realisasi."""
    row = next(
        row
        for row in read_csv("indikator_kinerja.csv")
        if row["indikator"] == kode and row["tahun"] == str(tahun)
    )
    return Decimal(row["target"]), Decimal(row["realisasi"] or "0")


def jumlahkan(wanted: Callable[[Baris], bool]) -> tuple[int, int]:
    """Budget and spending of the sub kegiatan that are wanted."""
    rows = [
        row
        for row in read_csv("anggaran_2024.csv")
        if row["tingkat"] == "sub_kegiatan" and wanted(row)
    ]
    return (
        sum(int(row["anggaran_rp"] or 0) for row in rows),
        sum(int(row["realisasi_rp"] or 0) for row in rows),
    )


def ambil(tabel: tuple[TabelKinerja, ...], jenis: JenisTabel, sasaran: int = 0) -> TabelKinerja:
    found = find_tabel(tabel, jenis, sasaran)
    assert found is not None, f"no table {jenis} {sasaran}"
    return found


def nilai(row: tuple[SelKinerja, ...]) -> list[Decimal | int]:
    """The numbers of a row, in its order."""
    return [sel.nilai for sel in row if sel.nilai is not None]


def teks(row: tuple[SelKinerja, ...]) -> list[str]:
    return [sel.teks for sel in row]
