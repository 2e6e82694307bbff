"""Money: how much of a budget was spent, and what was saved. Rupiah are whole."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from skm_app.scoring import round_half_up


def compute_serapan(anggaran_rp: int, realisasi_rp: int) -> Decimal | None:
    """Share of a budget that was spent, in percent, 2 decimals, half-up.

    Over 100 if more was spent than budgeted.

    :return: None for a budget of 0: there is nothing to divide by ("tidak ada anggaran").

    Source: LKjIP 2024, Tabel 3.10.
    """
    return _percent(realisasi_rp, anggaran_rp)


def compute_efisiensi_biaya(anggaran_rp: int, realisasi_rp: int) -> Decimal | None:
    """What was saved of a budget, in percent of it, 2 decimals, half-up; negative if overspent.

    :return: None for a budget of 0.

    Source: LKjIP 2024, Tabel 3.7: (target biaya - penyerapan) / target biaya x 100.
    """
    return _percent(anggaran_rp - realisasi_rp, anggaran_rp)


def compute_efisiensi_kinerja(capaian: Decimal | None, serapan: Decimal | None) -> Decimal | None:
    """Capaian less serapan, in percentage points; negative if more was spent than reached.

    :return: None if one of them is not known.

    Source: LKjIP 2024, Tabel 3.8 and 3.9.
    """
    return None if capaian is None or serapan is None else capaian - serapan


def _percent(part: int, whole: int) -> Decimal | None:
    return round_half_up(Fraction(part, whole) * 100, 2) if whole else None
