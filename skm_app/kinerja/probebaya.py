"""The indikator of sasaran 2: how much of Probebaya (pemberdayaan kelurahan) was carried out.

The planning documents define it in three ways; a year records which one is official.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType

from skm_app.scoring import round_half_up

DEFINISI_PROBEBAYA: Mapping[str, str] = MappingProxyType(
    {
        "kelurahan_pelaksana": "Kelurahan yang melaksanakan dibagi seluruh kelurahan",
        "usulan_disetujui": "Usulan yang disetujui dibagi usulan yang diajukan",
        "serapan_anggaran": "Realisasi dibagi anggaran Pemberdayaan di kelurahan",
    }
)


class ProbebayaError(ValueError):
    """The figure cannot be computed from the data at hand; the message says what is missing."""


@dataclass(frozen=True, kw_only=True)
class DataKelurahan:
    """What one kelurahan did in a year; rupiah are whole, None means not recorded."""

    nama: str
    anggaran_rp: int = 0
    realisasi_rp: int = 0
    usulan_diajukan: int | None = None
    usulan_disetujui: int | None = None

    @property
    def melaksanakan(self) -> bool:
        return self.realisasi_rp > 0


def compute_probebaya(definisi: str, data: Sequence[DataKelurahan]) -> Decimal:
    """The indikator in percent, 2 decimals, half-up.

    :param definisi: a key of ``DEFINISI_PROBEBAYA``.
    :raise ProbebayaError: if there is nothing to divide by or a kelurahan lacks its figures.
    :raise KeyError: if the definition is unknown.

    Source: Keputusan Camat Palaran 050/0797/400.02 (IKU 2023), Tabel 3.3
    (kelurahan_pelaksana); LKjIP 2024, Tabel 3.2 (usulan_disetujui) and Bab III.A.5
    (serapan_anggaran).
    """
    part, whole = _COUNTS[definisi](data)
    if whole == 0:
        raise ProbebayaError("Belum ada data kelurahan untuk tahun ini.")
    return round_half_up(Fraction(part, whole) * 100, 2)


def _count_pelaksana(data: Sequence[DataKelurahan]) -> tuple[int, int]:
    if not any(kelurahan.anggaran_rp or kelurahan.realisasi_rp for kelurahan in data):
        return 0, 0  # nothing recorded is not the same as nobody carried it out
    return sum(kelurahan.melaksanakan for kelurahan in data), len(data)


def _count_usulan(data: Sequence[DataKelurahan]) -> tuple[int, int]:
    diajukan = disetujui = 0
    for kelurahan in data:
        if kelurahan.usulan_diajukan is None or kelurahan.usulan_disetujui is None:
            raise ProbebayaError(f"Jumlah usulan {kelurahan.nama} belum diisi.")
        diajukan += kelurahan.usulan_diajukan
        disetujui += kelurahan.usulan_disetujui
    return disetujui, diajukan


def _count_serapan(data: Sequence[DataKelurahan]) -> tuple[int, int]:
    return (
        sum(kelurahan.realisasi_rp for kelurahan in data),
        sum(kelurahan.anggaran_rp for kelurahan in data),
    )


_COUNTS = {
    "kelurahan_pelaksana": _count_pelaksana,
    "usulan_disetujui": _count_usulan,
    "serapan_anggaran": _count_serapan,
}
