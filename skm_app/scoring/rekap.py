"""Tallies: how often each answer was given to each butir.

The index needs nothing else, so tallies of days, channels or offices can be kept
apart and added, and give the same result as all rows together.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from skm_app.scoring.instrumen import Instrumen


@dataclass(frozen=True)
class Sebaran:
    """Distribution of the answers to one butir, in orang.

    :raise ValueError: if a count is negative.
    """

    n1: int = 0
    n2: int = 0
    n3: int = 0
    n4: int = 0
    kosong: int = 0  # respondents who left this butir open

    def __post_init__(self) -> None:
        """Refuse counts that no survey can have."""
        if min(self.n1, self.n2, self.n3, self.n4, self.kosong) < 0:
            raise ValueError(f"jumlah jawaban tidak boleh negatif: {self}")

    @classmethod
    def of(cls, nilai: int | None) -> "Sebaran":
        """Return the distribution of a single answer; ``None`` is unanswered.

        :raise ValueError: if ``nilai`` is not 1, 2, 3 or 4.
        """
        counts = [0, 0, 0, 0, 0]
        counts[_slot(nilai)] = 1
        return cls(*counts)

    @property
    def jumlah(self) -> int:
        """Sum of the values given."""
        return self.n1 + 2 * self.n2 + 3 * self.n3 + 4 * self.n4

    @property
    def terisi(self) -> int:
        """Number of respondents who answered."""
        return self.n1 + self.n2 + self.n3 + self.n4

    @property
    def responden(self) -> int:
        """Number of respondents who were asked."""
        return self.terisi + self.kosong

    def __add__(self, other: "Sebaran") -> "Sebaran":
        """Pool two groups of respondents."""
        return Sebaran(
            n1=self.n1 + other.n1,
            n2=self.n2 + other.n2,
            n3=self.n3 + other.n3,
            n4=self.n4 + other.n4,
            kosong=self.kosong + other.kosong,
        )


Rekap: TypeAlias = Mapping[str, Sebaran]  # by butir kunci


def merge_rekap(*rekap: Rekap) -> dict[str, Sebaran]:
    """Pool tallies of the same instrument; the order makes no difference."""
    merged: dict[str, Sebaran] = {}
    for part in rekap:
        for kunci, sebaran in part.items():
            merged[kunci] = merged.get(kunci, Sebaran()) + sebaran
    return merged


def tally(rows: Iterable[Mapping[str, int | None]], instrumen: Instrumen) -> dict[str, Sebaran]:
    """Count responses; every butir of the instrument has an entry, even with no rows.

    :param rows: one mapping per respondent from butir kunci to 1..4 or ``None``; a
        butir left out of the mapping counts as unanswered.
    :raise ValueError: naming a key that is no butir, or a value outside 1..4.
    """
    known = [butir.kunci for butir in instrumen.butir]
    counts = {kunci: [0, 0, 0, 0, 0] for kunci in known}
    for row in rows:
        for kunci in row:
            if kunci not in counts:
                raise ValueError(f'butir "{kunci}" tidak ada dalam instrumen {instrumen.id}')
        for kunci in known:
            counts[kunci][_slot(row.get(kunci))] += 1
    return {kunci: Sebaran(*count) for kunci, count in counts.items()}


def _slot(nilai: int | None) -> int:
    """Return the place of an answer among n1, n2, n3, n4, kosong."""
    if nilai is None:
        return 4
    # type(), not isinstance: True would pass for 1.
    if type(nilai) is not int or not 1 <= nilai <= 4:
        raise ValueError(f"nilai jawaban harus 1-4, bukan {nilai!r}")
    return nilai - 1
