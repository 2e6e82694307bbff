"""The four grades of a service.

Source: PermenPANRB 14/2017, lampiran, Tabel nilai persepsi: NIK 25.00-64.99 D,
65.00-76.60 C, 76.61-88.30 B, 88.31-100.00 A.
"""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from skm_app.scoring.pembulatan import round_half_up


@dataclass(frozen=True, kw_only=True)
class Mutu:
    """A grade and the interval of converted values (25..100) it covers.

    ``persepsi``, ``interval``: nilai persepsi and nilai interval (NI) as they are printed, with
    decimals and gaps of their own; nothing is graded by them.
    """

    huruf: str
    kinerja: str
    batas_bawah: Decimal
    batas_atas: Decimal
    persepsi: int
    interval: str


def _mutu(huruf: str, kinerja: str, bawah: str, atas: str, persepsi: int, interval: str) -> Mutu:
    return Mutu(
        huruf=huruf, kinerja=kinerja, batas_bawah=Decimal(bawah), batas_atas=Decimal(atas),
        persepsi=persepsi, interval=interval,
    )  # fmt: skip


TABEL_MUTU = (
    _mutu("A", "Sangat baik", "88.31", "100.00", 4, "3,5324 – 4,00"),
    _mutu("B", "Baik", "76.61", "88.30", 3, "3,0644 – 3,532"),
    _mutu("C", "Kurang baik", "65.00", "76.60", 2, "2,60 – 3,064"),
    _mutu("D", "Tidak baik", "25.00", "64.99", 1, "1,00 – 2,5996"),
)


def classify_mutu(nilai: Fraction | Decimal) -> Mutu:
    """Return the grade of an index, or of an unsur's NRR x 25.

    Rounds to two decimals first: the intervals have gaps (64.99 to 65.00) that only
    two-decimal values cannot fall into. A value just outside the scale, which a
    convention that rounds on the way can make (24.98), belongs to the nearest grade.
    """
    nik = round_half_up(nilai, 2)
    for mutu in TABEL_MUTU:
        if nik >= mutu.batas_bawah:
            return mutu
    return TABEL_MUTU[-1]
