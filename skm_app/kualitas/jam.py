"""Opening hours of the office: on which days, from when to when."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, time

HARI = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
_STORED = re.compile(r"([1-7]+) ([0-9]{2}:[0-9]{2})-([0-9]{2}:[0-9]{2})")


@dataclass(frozen=True, kw_only=True)
class JamLayanan:
    """Open on these days (1 Senin … 7 Minggu), from ``mulai`` until before ``sampai``.

    :raise ValueError: for the person who set it, if it cannot be.
    """

    hari: frozenset[int]
    mulai: time
    sampai: time

    def __post_init__(self) -> None:
        if not self.hari or not self.hari <= set(range(1, 8)):
            raise ValueError("Pilih sedikitnya satu hari buka.")
        if self.mulai >= self.sampai:
            raise ValueError("Jam tutup harus sesudah jam buka.")

    def is_open(self, waktu: datetime) -> bool:
        """Whether the office is open at a moment of its own clock."""
        return waktu.isoweekday() in self.hari and self.mulai <= waktu.time() < self.sampai

    @property
    def teks(self) -> str:
        """As it is stored: ``12345 07:30-16:00``."""
        days = "".join(str(day) for day in sorted(self.hari))
        return f"{days} {self.mulai:%H:%M}-{self.sampai:%H:%M}"

    @property
    def kalimat(self) -> str:
        """For people: ``Senin sampai Jumat, 07.30 sampai 16.00``."""
        return f"{_name_days(sorted(self.hari))}, {self.mulai:%H.%M} sampai {self.sampai:%H.%M}"


# Office hours of local government; the office sets its own on the page.
JAM_BAWAAN = JamLayanan(hari=frozenset(range(1, 6)), mulai=time(7, 30), sampai=time(16))


def parse_jam(teks: str | None) -> JamLayanan:
    """Read what ``JamLayanan.teks`` wrote; the default if it was never set or cannot be read."""
    found = _STORED.fullmatch(teks or "")
    if not found:
        return JAM_BAWAAN
    try:
        return JamLayanan(
            hari=frozenset(int(day) for day in found[1]),
            mulai=time.fromisoformat(found[2]),
            sampai=time.fromisoformat(found[3]),
        )
    except ValueError:
        return JAM_BAWAAN


def _name_days(days: list[int]) -> str:
    names = [HARI[day - 1] for day in days]
    if len(days) > 2 and days[-1] - days[0] == len(days) - 1:
        return f"{names[0]} sampai {names[-1]}"
    return ", ".join(names)
