"""A report while its sheets are read, and what several sheets have in common."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from skm_app.kinerja.periksa.laporan import (
    Jenis,
    LaporanTercetak,
    LingkupUnit,
    NamaIndikator,
    Nilai,
)
from skm_app.periksa.baris import BarisLembar

# Where a target or realisasi has most authority: the agreement, then the tables that give it.
KEWENANGAN = ("PK", "Tabel 3.2", "Tabel 3.5", "Tabel 3.3 & 3.4", "Tabel 3.6", "Tabel 3.12")


@dataclass
class Susunan:
    """A report while its sheets are read; a list per field of ``LaporanTercetak``."""

    tahun: int = 0
    isi: dict[str, list[Any]] = field(default_factory=dict)
    tunggal: dict[str, Any] = field(default_factory=dict)
    lingkup: list[tuple[BarisLembar, LingkupUnit]] = field(default_factory=list)

    def add(self, nama: str, satu: object) -> None:
        self.isi.setdefault(nama, []).append(satu)

    def add_nilai(
        self, baris: BarisLembar, kunci: str, nomor: int, jenis: Jenis, tahun: int
    ) -> None:
        """Target, realisasi or capaian of a year, if the cell has one."""
        angka = baris.angka(kunci)
        if angka is not None:
            self.add("nilai", Nilai(indikator=nomor, tahun=tahun, jenis=jenis, angka=angka))

    def set_tunggal(self, baris: BarisLembar, kunci: str, nama: str, satu: object) -> None:
        """A row of which there is one, by the column that names it."""
        if nama in self.tunggal:
            baris.fault(kunci, f"baris {baris.teks(kunci)} ditulis dua kali")
        self.tunggal[nama] = satu

    def make(self) -> LaporanTercetak:
        self.isi.get("nilai", []).sort(key=lambda one: KEWENANGAN.index(one.angka.letak.lembar))
        lists: dict[str, Any] = {nama: tuple(isi) for nama, isi in self.isi.items()}
        return LaporanTercetak(tahun=self.tahun, **lists, **self.tunggal)


def read_nomor_indikator(susunan: Susunan, baris: BarisLembar) -> int | None:
    """The indikator of a row, with the name that the row gives it."""
    nomor = baris.nomor("indikator")
    if nomor is not None:
        baris.sebutan = f"indikator {nomor}"
        add_nama(susunan, baris, nomor)
    return nomor


def add_nama(
    susunan: Susunan, baris: BarisLembar, nomor: int | None, kunci: str = "indikator"
) -> None:
    check_indikator(susunan, baris, nomor, kunci)
    tulisan = baris.tulisan("nama")
    if nomor is not None and tulisan is not None:
        susunan.add("nama", NamaIndikator(indikator=nomor, tulisan=tulisan))


def check_indikator(susunan: Susunan, baris: BarisLembar, nomor: int | None, kunci: str) -> None:
    if nomor is not None and nomor not in known(susunan, "indikator"):
        baris.fault(kunci, f"indikator {nomor} belum ada di lembar Indikator")


def check_nomor(
    susunan: Susunan,
    baris: BarisLembar,
    jenis: Literal["program", "sasaran"],
    nomor: int | None,
    kunci: str,
) -> None:
    """What no sheet knows would be compared with nothing; those of a sasaran are in two sheets."""
    if jenis == "program":
        numbers, lembar = known(susunan, "program"), "Program"
    else:
        rows = [*susunan.isi.get("indikator", []), *susunan.isi.get("program", [])]
        numbers, lembar = {one.sasaran for one in rows}, "Indikator"
    if nomor is not None and nomor not in numbers:
        baris.fault(kunci, f"{jenis} {nomor} belum ada di lembar {lembar}")


def known(susunan: Susunan, nama: str) -> set[int]:
    return {one.nomor for one in susunan.isi.get(nama, [])}


def split(text: str) -> tuple[str, ...]:
    return tuple(one.strip() for one in text.split(";") if one.strip())
