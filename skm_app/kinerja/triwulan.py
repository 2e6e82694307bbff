"""How a quarter stands: its target, counted from January, beside what is reached by its end."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

from skm_app.kinerja.capaian import Arah, is_tercapai

Status = Literal[
    "tercapai",
    "belum tercapai",
    "sedang berjalan",
    "belum mulai",
    "belum ada target",
    "belum ada data",
]


def compute_status(
    target: Decimal | None,
    realisasi: Decimal | None,
    span: tuple[date, date],
    hari: date,
    *,
    arah: Arah = "naik",
    tetap: bool = False,
) -> Status:
    """The state of a quarter on a day, in words.

    Realisasi and target themselves are compared, not the rounded capaian: 99,996 % is not there
    yet.

    :param span: first and last day of the quarter.
    :param tetap: the realisasi will not change any more, whatever the day.
    """
    if not target:
        return "belum ada target"
    mulai, sampai = span
    if hari < mulai:
        return "belum mulai"
    if hari <= sampai and not tetap:
        return "sedang berjalan"
    if realisasi is None:
        return "belum ada data"
    return "tercapai" if is_tercapai(realisasi, target, arah) else "belum tercapai"
