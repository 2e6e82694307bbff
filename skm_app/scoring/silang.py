"""Small groups where parts overlap: units and services of one office, each shown by itself.

``kecil.pilih_aman`` looks at every cell that shown parts have in common. That is right where parts
lie inside each other, but too strict where they cross: the totals of a unit and of a service do
not tell how many came to that unit for that service. Here only that counts as told which sums and
differences of shown parts can tell, decided by linear algebra.
"""

import random
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from typing import TypeVar

from skm_app.scoring.kecil import MIN_KELOMPOK, is_kecil, pilih_aman

# Arithmetic modulo a prime far above any determinant of so few rows of 0 and 1: exact and fast.
PRIME = (1 << 61) - 1
MAX_SEL = 60  # beyond it the stricter rule, whose work grows more slowly

K = TypeVar("K", bound=Hashable)


def pilih_aman_silang(isi: Mapping[K, int], calon: Iterable[Collection[K]]) -> list[bool]:
    """Decide for each set of cells, the most important first, whether its figures may be shown.

    No combination of shown sets then gives the figures of 1..4 people.

    :param isi: people per cell; a person is in one cell only.
    """
    cells = [key for key, count in isi.items() if count]
    wanted = list(calon)
    if len(cells) > MAX_SEL:
        return pilih_aman(isi, wanted)
    counts = [isi[key] for key in cells]
    told = _Terungkap(len(cells))
    shown = []
    for one in wanted:
        part = set(one)
        longer = told.extend([1 if key in part else 0 for key in cells])
        fine = not is_kecil(sum(isi.get(key, 0) for key in part))
        fine = fine and (longer is told or not longer.tells_few(counts))
        shown.append(fine)
        if fine:
            told = longer
    return shown


class _Terungkap:
    """What sums and differences of some sets of cells tell: their row space, in reduced form."""

    def __init__(self, width: int, rows: Mapping[int, list[int]] | None = None) -> None:
        self._width = width
        self._rows = dict(rows or {})  # by pivot

    def extend(self, row: list[int]) -> "_Terungkap":
        """Take one more set in; the same object if it tells nothing new."""
        for pivot, known in self._rows.items():
            row = _subtract(row, known, row[pivot])
        new = next((place for place, value in enumerate(row) if value), None)
        if new is None:
            return self
        inverse = pow(row[new], -1, PRIME)
        row = [value * inverse % PRIME for value in row]
        rows = {pivot: _subtract(one, row, one[new]) for pivot, one in self._rows.items()}
        return _Terungkap(self._width, {**rows, new: row})

    def tells_few(self, counts: list[int]) -> bool:
        """Whether some cells with 1..4 people together are told.

        Cells are told if they lie across everything that could change without any shown set
        changing. A random one of those changes decides it, wrongly once in 10 ** 17 times.
        """
        chance = random.Random(self._width)  # noqa: S311 - not a secret, and always the same
        change = [chance.randrange(1, PRIME) for _ in range(self._width)]
        for pivot in self._rows:
            change[pivot] = 0
        free = list(change)
        for pivot, row in self._rows.items():
            change[pivot] = -sum(a * b for a, b in zip(row, free, strict=True)) % PRIME
        few = [(n, change[place]) for place, n in enumerate(counts) if is_kecil(n)]
        return has_zero_sum(few)


def _subtract(row: list[int], other: list[int], factor: int) -> list[int]:
    if not factor:
        return row
    return [(a - factor * b) % PRIME for a, b in zip(row, other, strict=True)]


def has_zero_sum(few: Sequence[tuple[int, int]]) -> bool:
    """Whether some of the cells, of at most 4 people together, change by nothing together.

    At most four cells then, since in each is somebody. Their last two are looked at for each pair,
    and those before them found by their change: the work grows with the square of the cells.

    :param few: people (1..4) and change of each cell.
    """
    before = {0: 0}  # change of none, one or two cells before this one: least people in them
    for place, (n, change) in enumerate(few):
        if change % PRIME == 0:
            return True
        for m, other in few[place + 1 :]:
            rest = before.get(-(change + other) % PRIME, MIN_KELOMPOK)
            if n + m + rest < MIN_KELOMPOK:
                return True
        for m, other in few[:place]:
            _keep_least(before, (change + other) % PRIME, n + m)
        _keep_least(before, change % PRIME, n)
    return False


def _keep_least(known: dict[int, int], change: int, people: int) -> None:
    known[change] = min(people, known.get(change, people))
