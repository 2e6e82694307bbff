"""How much a few forms move the index: without those marked, and what would flip the mutu. Pure."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from skm_app.scoring import (
    EKSAK,
    TABEL_MUTU,
    HasilIKM,
    Instrumen,
    Konvensi,
    Rekap,
    Sebaran,
    compute_ikm,
    merge_rekap,
    tally,
)

# Groups smaller than this are never shown, also not by subtraction.
KELOMPOK_TERKECIL = 5
# More forms than this do not come unnoticed; the search ends there.
MAX_TAMBAHAN = 1_000_000
# One by one, so a page can wait for it; a mutu that bears more is not in danger.
MAX_DIHAPUS = 200

Nilai = Mapping[str, int | None]


def subtract_rekap(rekap: Rekap, part: Rekap) -> dict[str, Sebaran]:
    """Tallies without a part of them.

    :raise ValueError: if the part was never in them.
    """
    return {
        kunci: Sebaran(
            n1=whole.n1 - part[kunci].n1,
            n2=whole.n2 - part[kunci].n2,
            n3=whole.n3 - part[kunci].n3,
            n4=whole.n4 - part[kunci].n4,
            kosong=whole.kosong - part[kunci].kosong,
        )
        for kunci, whole in rekap.items()
    }


def compute_without(
    instrumen: Instrumen, rekap: Rekap, rows: Sequence[Nilai], konvensi: Konvensi = EKSAK
) -> HasilIKM:
    """The result of a scope without some of its responses."""
    return compute_ikm(instrumen, subtract_rekap(rekap, tally(rows, instrumen)), konvensi)


def count_added(
    instrumen: Instrumen,
    rekap: Rekap,
    nilai: int,
    reached: Callable[[Decimal], bool],
    konvensi: Konvensi = EKSAK,
) -> int | None:
    """The fewest forms answered ``nilai`` everywhere after which the index is ``reached``.

    :param reached: says of an index whether it is there; once true, it stays so when more of
        the same forms come.
    :return: 0 if it is there already; None if no number of them gets there, or there is no index.
    """

    def is_reached(count: int) -> bool:
        added = {butir.kunci: _only(nilai, count) for butir in instrumen.butir}
        ikm = compute_ikm(instrumen, merge_rekap(rekap, added), konvensi).ikm
        return ikm is not None and reached(ikm)

    if compute_ikm(instrumen, rekap, konvensi).ikm is None or not is_reached(MAX_TAMBAHAN):
        return None
    low, high = 0, 1
    while not is_reached(high):
        low, high = high + 1, high * 2
    if low == 0 and is_reached(0):
        return 0
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if is_reached(middle) else (middle + 1, high)
    return low


def count_removed(
    instrumen: Instrumen,
    rekap: Rekap,
    rows: Sequence[Nilai],
    reached: Callable[[Decimal], bool],
    konvensi: Konvensi = EKSAK,
    *,
    worst: bool,
) -> int | None:
    """How many of the worst (or best) forms must go until the index is ``reached``.

    :param rows: all responses that are in ``rekap``.
    :return: 0 if it is there already; None if ``MAX_DIHAPUS`` fewer forms do not get there, or
        there are not that many.
    """
    ordered = sorted(rows, key=_mean, reverse=not worst)
    left = dict(rekap)
    for count in range(min(len(ordered), MAX_DIHAPUS + 1)):
        if count:
            left = subtract_rekap(left, tally(ordered[count - 1 : count], instrumen))
        ikm = compute_ikm(instrumen, left, konvensi).ikm
        if ikm is not None and reached(ikm):
            return count
    return None


@dataclass(frozen=True, kw_only=True)
class Kepekaan:
    """How few forms would change the mutu; None where it cannot happen or was not computed."""

    naik_ditambah: int | None  # forms answered 4 everywhere
    naik_dihapus: int | None  # the worst forms
    turun_ditambah: int | None  # forms answered 1 everywhere
    turun_dihapus: int | None  # the best forms
    mutu_naik: str | None  # the letter above, None at the top
    mutu_turun: str | None


def compute_kepekaan(
    instrumen: Instrumen,
    rekap: Rekap,
    rows: Sequence[Nilai] | None,
    konvensi: Konvensi = EKSAK,
) -> Kepekaan | None:
    """How many forms would flip the mutu of a scope; None without an index.

    :param rows: all responses in ``rekap``; None if they are too many to read one by one.
    """
    hasil = compute_ikm(instrumen, rekap, konvensi)
    if hasil.mutu is None:
        return None
    place = [mutu.huruf for mutu in TABEL_MUTU].index(hasil.mutu.huruf)
    above = TABEL_MUTU[place - 1] if place > 0 else None
    below = TABEL_MUTU[place + 1] if place + 1 < len(TABEL_MUTU) else None

    def rises(ikm: Decimal) -> bool:
        return above is not None and ikm >= above.batas_bawah

    def falls(ikm: Decimal) -> bool:
        return below is not None and ikm <= below.batas_atas

    def added(nilai: int, reached: Callable[[Decimal], bool]) -> int | None:
        return count_added(instrumen, rekap, nilai, reached, konvensi)

    def removed(reached: Callable[[Decimal], bool], *, worst: bool) -> int | None:
        if rows is None:
            return None
        return count_removed(instrumen, rekap, rows, reached, konvensi, worst=worst)

    return Kepekaan(
        naik_ditambah=added(4, rises) if above else None,
        naik_dihapus=removed(rises, worst=True) if above else None,
        turun_ditambah=added(1, falls) if below else None,
        turun_dihapus=removed(falls, worst=False) if below else None,
        mutu_naik=above.huruf if above else None,
        mutu_turun=below.huruf if below else None,
    )


def choose_shown(
    groups: Sequence[AbstractSet[uuid.UUID]], n: int, smallest: int = KELOMPOK_TERKECIL
) -> list[bool]:
    """For which groups the index without them may be shown, out of ``n`` responses.

    Whoever sees several such figures can subtract them from each other. What can be computed in
    that way is about the parts into which the shown groups divide the responses, so no part may
    be smaller than ``smallest``.
    """
    shown: list[AbstractSet[uuid.UUID]] = []
    answers: list[bool] = []
    for group in groups:
        tried = [*shown, group]
        may = bool(group) and _smallest_part(tried, n) >= smallest
        if may:
            shown = tried
        answers.append(may)
    return answers


def _smallest_part(groups: Sequence[AbstractSet[uuid.UUID]], n: int) -> int:
    together = frozenset[uuid.UUID]().union(*groups)
    parts: dict[tuple[bool, ...], int] = {}
    for id_ in together:
        key = tuple(id_ in group for group in groups)
        parts[key] = parts.get(key, 0) + 1
    rest = n - len(together)
    # Nothing left has no index and tells nothing new.
    return min([*parts.values(), *([rest] if rest > 0 else [])])


def _only(nilai: int, count: int) -> Sebaran:
    return Sebaran(**{f"n{nilai}": count})


def _mean(row: Nilai) -> Fraction:
    given = [nilai for nilai in row.values() if nilai is not None]
    # Who answered nothing moves nothing: last to go, and first to be kept.
    return Fraction(sum(given), len(given)) if given else Fraction(5, 2)
