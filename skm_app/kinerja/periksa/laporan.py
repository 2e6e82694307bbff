"""What a performance report (LKjIP) prints, as far as it can be checked: figures with their places.

Every figure keeps how it is printed, because it is held against the right one at that precision.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from skm_app.angka import format_angka
from skm_app.kinerja.capaian import Arah
from skm_app.scoring import round_half_up

Jenis = Literal["target", "realisasi", "capaian"]
LingkupUnit = Literal["semua", "kecamatan", "kelurahan"]
Tingkat = Literal["total", "unit", "program", "kegiatan", "sub_kegiatan"]
Tentang = Literal["indikator", "sasaran", "program", "keseluruhan", "akip"]


@dataclass(frozen=True, kw_only=True)
class Letak:
    """Where something stands: sheet and cell of the workbook, and its name in the report."""

    lembar: str
    sel: str  # "K7"
    nama: str  # "Tabel 3.5, indikator 1, capaian"

    @property
    def tabel(self) -> str:
        """The table's own name."""
        return self.nama.partition(",")[0]


@dataclass(frozen=True, kw_only=True)
class Tulisan:
    """Printed words."""

    teks: str
    letak: Letak


@dataclass(frozen=True, kw_only=True)
class Angka:
    """A printed figure. ``desimal``: how many decimals it is printed with."""

    nilai: Decimal
    desimal: int
    teks: str
    letak: Letak

    def agrees(self, benar: Fraction) -> bool:
        """Whether the exact figure is printed so, rounded half-up: 120 for 120,07."""
        if benar.denominator == 1:
            return self.nilai == benar.numerator
        return round_half_up(benar, self.desimal) == self.nilai

    def is_cut(self, benar: Fraction) -> bool:
        """Whether decimals were cut off where they should have been rounded: 98,77 for 98,777."""
        scaled = benar * 10**self.desimal
        return not self.agrees(benar) and Fraction(self.nilai) * 10**self.desimal == int(scaled)

    def write(self, benar: Fraction) -> str:
        """The exact figure as it should be printed here; with 2 decimals where it has any."""
        places = self.desimal if benar.denominator == 1 else max(self.desimal, 2)
        text = format_angka(round_half_up(benar, places))
        before = "Rp" if self.teks.lower().startswith("rp") else ""
        return f"{before}{text}{'%' if '%' in self.teks else ''}"


@dataclass(frozen=True, kw_only=True)
class IndikatorTercetak:
    """``dokumen``: the source that confirms ``target_akhir``, the target at the Renstra's end.

    ``arah``: ``turun`` where less is better.
    """

    nomor: int
    sasaran: int
    nama: str
    nama_lain: tuple[str, ...]
    satuan: str
    target_akhir: Angka | None
    dokumen: str
    arah: Arah = "naik"


@dataclass(frozen=True, kw_only=True)
class Program:
    """Which sasaran a programme pays for, and with the money of which units."""

    nomor: int
    nama: tuple[str, ...]  # the official one first
    sasaran: int | None
    unit: LingkupUnit


@dataclass(frozen=True, kw_only=True)
class NamaIndikator:
    """How an indikator is called in one place."""

    indikator: int
    tulisan: Tulisan


@dataclass(frozen=True, kw_only=True)
class Nilai:
    """Target, realisasi or capaian of an indikator in a year, in one place."""

    indikator: int
    tahun: int
    jenis: Jenis
    angka: Angka


@dataclass(frozen=True, kw_only=True)
class BarisRenstra:
    """Tabel 3.3 and 3.4: ``capaian`` of the report's year against the Renstra's end."""

    indikator: int
    target_akhir: Angka | None
    capaian: Angka | None


@dataclass(frozen=True, kw_only=True)
class RataRata:
    """The row of means in Tabel 3.3 and 3.4."""

    sasaran: int
    capaian: Angka | None
    renstra: Angka | None


@dataclass(frozen=True, kw_only=True)
class BiayaTercetak:
    """Tabel 3.7. ``sasaran``: None for money that belongs to none."""

    sasaran: int | None
    biaya: Angka | None
    penyerapan: Angka | None
    efisiensi: Angka | None


@dataclass(frozen=True, kw_only=True)
class BarisEfisiensi:
    """Tabel 3.8 and 3.9: capaian less serapan, in percentage points."""

    sasaran: int
    nama: str
    capaian: Angka | None
    serapan: Angka | None
    efisiensi: Angka | None


@dataclass(frozen=True, kw_only=True)
class AnggaranTercetak:
    """Tabel 3.10, in printed order; rupiah and percent. ``penjelasan``: of more than 100 %."""

    tingkat: Tingkat
    nama: str
    anggaran: Angka | None
    realisasi: Angka | None
    persen: Angka | None
    penjelasan: str
    letak: Letak


@dataclass(frozen=True, kw_only=True)
class BarisPenduduk:
    """Tabel 1.1. ``kelurahan``: empty for the sums."""

    kelurahan: str
    rt: Angka | None
    laki: Angka | None
    perempuan: Angka | None
    jumlah: Angka | None
    persen: Angka | None


@dataclass(frozen=True, kw_only=True)
class AkipTercetak:
    """A score of the AKIP evaluation with its printed letter."""

    tahun: int
    nilai: Angka
    predikat: Tulisan | None


@dataclass(frozen=True, kw_only=True)
class Koreksi:
    """Tabel 3.11: percent taken off for a letter."""

    predikat: str
    persen: Angka


@dataclass(frozen=True, kw_only=True)
class NkoTercetak:
    """Tabel 3.12, one indikator; all in percent."""

    indikator: int
    capaian: Angka | None
    normalisasi: Angka | None
    koreksi: Angka | None
    nilai_akhir: Angka | None


@dataclass(frozen=True, kw_only=True)
class PaguPk:
    """The Perjanjian Kinerja's money for one programme."""

    program: int
    pagu: Angka


@dataclass(frozen=True, kw_only=True)
class Kalimat:
    """What a sentence claims. ``angka``: by the keys of ``KUNCI_KALIMAT``."""

    letak: str
    tentang: Tentang
    nomor: int | None
    tahun: int
    angka: Mapping[str, Angka]
    predikat: Tulisan | None


KUNCI_KALIMAT = (
    "target", "realisasi", "capaian", "pagu", "penyerapan", "serapan", "efisiensi",
    "efisiensi_kinerja", "program", "kegiatan", "sub_kegiatan",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class RumusTercetak:
    """A formula as it is printed."""

    untuk: Literal["capaian", "rata_rata"]
    tulisan: Tulisan


@dataclass(frozen=True, kw_only=True)
class Galat:
    """The error of a spreadsheet, printed where a figure belongs."""

    tulisan: Tulisan
    tanpa_anggaran: bool = False


@dataclass(frozen=True, kw_only=True)
class LaporanTercetak:
    """A report; what is empty is not checked. ``nilai``: in the order of their authority."""

    tahun: int
    indikator: tuple[IndikatorTercetak, ...] = ()
    program: tuple[Program, ...] = ()
    nama: tuple[NamaIndikator, ...] = ()
    nilai: tuple[Nilai, ...] = ()
    renstra: tuple[BarisRenstra, ...] = ()
    rata_rata: tuple[RataRata, ...] = ()
    biaya: tuple[BiayaTercetak, ...] = ()
    biaya_total: BiayaTercetak | None = None
    efisiensi: tuple[BarisEfisiensi, ...] = ()
    anggaran: tuple[AnggaranTercetak, ...] = ()
    penduduk: tuple[BarisPenduduk, ...] = ()
    akip: tuple[AkipTercetak, ...] = ()
    koreksi: tuple[Koreksi, ...] = ()
    nko: tuple[NkoTercetak, ...] = ()
    nko_total: Angka | None = None
    nko_nilai: Angka | None = None
    nko_predikat: Tulisan | None = None
    pk: tuple[PaguPk, ...] = ()
    pk_total: Angka | None = None
    pk_penjelasan: str = ""
    kalimat: tuple[Kalimat, ...] = ()
    rumus: tuple[RumusTercetak, ...] = ()
    galat: tuple[Galat, ...] = ()


def count_angka(laporan: LaporanTercetak) -> int:
    """How many printed figures a report holds."""
    return len(set(list_letak(laporan)))


def list_letak(isi: object) -> Iterator[Letak]:
    """Where each printed figure of a report, or a part of it, stands."""
    if isinstance(isi, Angka):
        yield isi.letak
    elif isinstance(isi, Mapping):
        for one in isi.values():
            yield from list_letak(one)
    elif isinstance(isi, tuple):
        for one in isi:
            yield from list_letak(one)
    elif is_dataclass(isi):
        for name in fields(isi):
            yield from list_letak(getattr(isi, name.name))
