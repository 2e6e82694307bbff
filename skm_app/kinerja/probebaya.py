"""The indikator of sasaran 2: how much of Probebaya (pemberdayaan kelurahan) was carried out.

The planning documents define it in three ways; a year records which one is official.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType

from skm_app.kata import gabung
from skm_app.scoring import round_half_up

DEFINISI_PROBEBAYA: Mapping[str, str] = MappingProxyType(
    {
        "kelurahan_pelaksana": "Kelurahan yang melaksanakan dibagi seluruh kelurahan",
        "usulan_disetujui": "Usulan yang disetujui dibagi usulan yang diajukan",
        "serapan_anggaran": "Realisasi dibagi anggaran Pemberdayaan di kelurahan",
    }
)
BELUM_ADA = "Belum ada data kelurahan untuk tahun ini."


class ProbebayaError(ValueError):
    """The figure cannot be computed from the data at hand; the message says what is missing."""


@dataclass(frozen=True, kw_only=True)
class DataKelurahan:
    """What one kelurahan did in a year; rupiah are whole, None means not recorded.

    ``diajukan``, ``disetujui``, ``dilaksanakan``: proposals submitted, approved, carried out.
    """

    nama: str
    diajukan: int | None = None
    disetujui: int | None = None
    dilaksanakan: int | None = None
    anggaran_rp: int | None = None
    realisasi_rp: int | None = None

    @property
    def melaksanakan(self) -> bool | None:
        """Whether anything was carried out: proposals if they are recorded, else money spent.

        None: neither is recorded.
        """
        known = self.dilaksanakan if self.dilaksanakan is not None else self.realisasi_rp
        return None if known is None else known > 0

    @property
    def is_recorded(self) -> bool:
        """Whether anything but zero rupiah is known of it."""
        counts = (self.diajukan, self.disetujui, self.dilaksanakan)
        money = self.anggaran_rp or self.realisasi_rp
        return bool(money) or any(one is not None for one in counts)


def compute_probebaya(definisi: str, data: Sequence[DataKelurahan]) -> Decimal:
    """The indikator in percent, 2 decimals, half-up.

    Over 100 only if more was spent than budgeted, which the caller has to point out.

    :param definisi: a key of ``DEFINISI_PROBEBAYA``.
    :raise ProbebayaError: if there is nothing to divide by or a kelurahan lacks its figures.
    :raise KeyError: if the definition is unknown.

    Source: Keputusan Camat Palaran 050/0797/400.02 (IKU 2023), Tabel 3.3
    (kelurahan_pelaksana); LKjIP 2024, Tabel 3.2 (usulan_disetujui) and Bab III.A.5
    (serapan_anggaran).
    """
    count = _COUNTS[definisi]
    # Nothing recorded at all is not the same as nobody carried it out.
    if not any(one.is_recorded for one in data):
        raise ProbebayaError(BELUM_ADA)
    part, whole = count(data)
    if whole == 0:
        raise ProbebayaError(_NOTHING[definisi])
    return round_half_up(Fraction(part, whole) * 100, 2)


def _count_pelaksana(data: Sequence[DataKelurahan]) -> tuple[int, int]:
    known = _need(data, "apakah Probebaya dilaksanakan", lambda one: (one.melaksanakan,))
    return sum(melaksanakan for (melaksanakan,) in known), len(data)


def _count_usulan(data: Sequence[DataKelurahan]) -> tuple[int, int]:
    known = _need(data, "jumlah usulan", lambda one: (one.disetujui, one.diajukan))
    return sum(disetujui for disetujui, _ in known), sum(diajukan for _, diajukan in known)


def _count_serapan(data: Sequence[DataKelurahan]) -> tuple[int, int]:
    known = _need(data, "anggaran dan realisasi", lambda one: (one.realisasi_rp, one.anggaran_rp))
    return sum(realisasi for realisasi, _ in known), sum(anggaran for _, anggaran in known)


def _need(
    data: Sequence[DataKelurahan],
    apa: str,
    values_of: Callable[[DataKelurahan], tuple[int | None, ...]],
) -> list[tuple[int, ...]]:
    """Figures of every kelurahan.

    :raise ProbebayaError: naming all kelurahan that lack one of them.
    """
    found = [(one.nama, values_of(one)) for one in data]
    missing = [nama for nama, values in found if None in values]
    if missing:
        raise ProbebayaError(f"{gabung(missing)} belum mengisi {apa}.")
    return [tuple(value for value in values if value is not None) for _, values in found]


_COUNTS = {
    "kelurahan_pelaksana": _count_pelaksana,
    "usulan_disetujui": _count_usulan,
    "serapan_anggaran": _count_serapan,
}
_NOTHING = {
    "kelurahan_pelaksana": BELUM_ADA,
    "usulan_disetujui": "Belum ada usulan yang diajukan.",
    "serapan_anggaran": "Tidak ada anggaran.",
}
