"""Which results were released before that share responses with another one, and what follows.

Whoever has several published figures can add and subtract them. So the responses are cut into
pieces, one for each way of being counted by released figures; every sum or difference of such
figures is about whole pieces. No piece of released results may hold 1..4 people, and no sum or
difference of results and of their rows per service may be about such small pieces only.
"""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from sqlalchemy import and_, case, func, or_, select
from sqlalchemy.orm import Session

from skm_app.models import Penetapan, Periode, Responden, Terbitan
from skm_app.periode import list_unit_ids_above
from skm_app.periode.penetapan import counted_by
from skm_app.results import list_unit_ids_below
from skm_app.scoring import is_kecil

# A released figure: which result (the new one comes last), and which of its rows per service.
Angka = tuple[int, int]
# Figures added and subtracted: how often each piece is in it.
Jumlahan = dict[frozenset[Angka], Fraction]
SELURUHNYA, GABUNGAN = -2, -1  # not a row: the index; the row of all services that have none


@dataclass(frozen=True, kw_only=True)
class Kerabat:
    """Earlier releases that are linked to a result, and how their responses overlap with its.

    ``irisan``: responses per piece and service; a key says of each earlier release, in order, and
    last of the result itself, whether it counts the piece.
    """

    terbitan: Sequence[Terbitan]
    irisan: Mapping[tuple[tuple[bool, ...], uuid.UUID], int]

    @property
    def is_kecil(self) -> bool:
        """Whether somebody's answers could be computed if the result were released too."""
        pieces: Counter[tuple[bool, ...]] = Counter()
        for (key, _), jumlah in self.irisan.items():
            pieces[key] += jumlah
        return any(map(is_kecil, pieces.values())) or self._is_kecil_per_layanan()

    @property
    def may_show_rincian(self) -> bool:
        """Whether tables of groups may be shown as well.

        They may if every earlier release is about exactly the same responses, or about none of
        them; and where the very same tables have been public before.
        """
        places = range(len(self.terbitan))
        return self.known is not None or all(
            self._is_same(at) or self._is_apart(at) for at in places
        )

    @property
    def known(self) -> dict[str, Any] | None:
        """What was shown of the very same responses before, with its tables.

        Tables that are made again may differ from it, such as by a service that was renamed; the
        difference could be about a few people.
        """
        return next(
            (
                one.isi
                for at, one in enumerate(self.terbitan)
                if self._is_same(at) and one.isi["rincian"]
            ),
            None,
        )

    @property
    def bertumpang(self) -> list[str]:
        """Names of the earlier releases that share responses with the result."""
        names = [
            f"{one.isi['periode']['nama']} ({one.isi['unit']['nama']})"
            for at, one in enumerate(self.terbitan)
            if not self._is_apart(at)
        ]
        return list(dict.fromkeys(names))

    def _is_same(self, at: int) -> bool:
        return all(key[at] == key[-1] for key, _ in self.irisan)

    def _is_apart(self, at: int) -> bool:
        return not any(key[at] and key[-1] for key, _ in self.irisan)

    def _is_kecil_per_layanan(self) -> bool:
        """Whether figures and rows per service combine to one about small pieces only.

        A result that has rows here is an earlier one: the new one has them only where it shares
        responses with none, or where they were public before.
        """
        rows = [_read_baris(one.isi) for one in self.terbitan]
        pieces: Counter[frozenset[Angka]] = Counter()
        for (key, layanan_id), jumlah in self.irisan.items():
            within = {(at, SELURUHNYA) for at, counts in enumerate(key) if counts}
            per_row = {
                (at, baris.get(str(layanan_id), GABUNGAN))
                for at, baris in enumerate(rows)
                if key[at] and baris is not None
            }
            pieces[frozenset(within | per_row)] += jumlah
        return may_single_out(pieces)


def _read_baris(isi: Mapping[str, Any]) -> dict[str, int] | None:
    """The row of each service that a release shows by itself; all others are in one row."""
    if not isi["rincian"]:
        return None
    return {
        layanan_id: row for row, one in enumerate(isi["layanan"]) for layanan_id in one["layanan"]
    }


def may_single_out(pieces: Mapping[frozenset[Angka], int]) -> bool:
    """Whether figures may be added and subtracted until one is about 1..4 people.

    Never False where they can be; it may be True where several such sums overlap.

    :param pieces: the figures that count a piece, and how many people it holds.
    """
    sums: list[Jumlahan] = [
        {piece: Fraction(1) for piece in pieces if angka in piece}
        for angka in sorted(frozenset().union(*pieces))
    ]
    large = [piece for piece, jumlah in pieces.items() if not is_kecil(jumlah)]
    while large:
        for piece in large:
            sums = _avoid(sums, piece)
        # Pieces that every remaining sum holds in the same proportion cannot be told apart.
        together: Counter[tuple[Fraction, ...]] = Counter()
        found: dict[tuple[Fraction, ...], frozenset[Angka]] = {}
        for piece, jumlah in pieces.items():
            share = _normalise([one.get(piece, Fraction(0)) for one in sums])
            if any(share):
                together[share] += jumlah
                found[share] = piece
        large = [found[share] for share, jumlah in together.items() if not is_kecil(jumlah)]
    return bool(sums)


def _avoid(sums: Sequence[Jumlahan], piece: frozenset[Angka]) -> list[Jumlahan]:
    """All that can be computed from some sums and is not about a piece."""
    about = [one for one in sums if piece in one]
    rest = [one for one in sums if piece not in one]
    for one in about[1:]:
        times = one[piece] / about[0][piece]
        both = {at: one.get(at, 0) - times * about[0].get(at, 0) for at in {*one, *about[0]}}
        rest.append({at: value for at, value in both.items() if value})
    return [one for one in rest if one]


def _normalise(values: Sequence[Fraction]) -> tuple[Fraction, ...]:
    """Scaled so that the first that is not zero is one."""
    first = next((value for value in values if value), Fraction(1))
    return tuple(value / first for value in values)


def read_kerabat(session: Session, penetapan: Penetapan) -> Kerabat:
    """What was ever released that is linked to a result by shared days and units.

    What is no longer shown counts too: somebody may have kept it. Some statements per release
    for the tree, and one that looks at the responses of the days concerned.
    """
    periode = penetapan.periode
    known = [
        one
        for one in list_released(session, list_related(session, periode.unit_id))
        if one.penetapan_id != penetapan.id
    ]
    touching = _choose_touching(session, known, periode)
    sets = [
        and_(*counted_by(session, one.periode, one))
        for one in [*(each.penetapan for each in touching), penetapan]
    ]
    flags = [case((one, 1), else_=0).label(f"s{at}") for at, one in enumerate(sets)]
    marked = select(*flags, Responden.layanan_id).where(or_(*sets)).subquery()
    rows = session.execute(select(*marked.c, func.count()).group_by(*marked.c)).all()
    irisan = {(tuple(bool(flag) for flag in row[:-2]), row[-2]): int(row[-1]) for row in rows}
    return Kerabat(terbitan=touching, irisan=irisan)


def list_related(session: Session, unit_id: uuid.UUID) -> list[uuid.UUID]:
    """Every unit below the topmost one above a unit: a whole minus its parts leaves a rest."""
    top = [unit_id, *list_unit_ids_above(session, unit_id)][-1]
    return sorted(list_unit_ids_below(session, top))


def list_released(session: Session, unit_ids: Sequence[uuid.UUID]) -> list[Terbitan]:
    """Everything that was ever released of some units, the earliest first."""
    return list(
        session.scalars(
            select(Terbitan)
            .join(Penetapan, Penetapan.id == Terbitan.penetapan_id)
            .join(Periode, Periode.id == Penetapan.periode_id)
            .where(Periode.unit_id.in_(unit_ids))
            .order_by(Terbitan.diterbitkan, Terbitan.penetapan_id)
        )
    )


@dataclass(frozen=True)
class _Cakupan:
    """The days and units of a result."""

    mulai: date
    sampai: date
    unit_ids: frozenset[uuid.UUID]

    def meets(self, other: _Cakupan) -> bool:
        return (
            self.mulai <= other.sampai
            and self.sampai >= other.mulai
            and bool(self.unit_ids & other.unit_ids)
        )


def _choose_touching(
    session: Session, known: Sequence[Terbitan], periode: Periode
) -> list[Terbitan]:
    """Those that share days and units with a period, or with one that does, and so on."""
    below: dict[uuid.UUID, frozenset[uuid.UUID]] = {}

    def span(one: Periode) -> _Cakupan:
        if one.unit_id not in below:
            below[one.unit_id] = frozenset(list_unit_ids_below(session, one.unit_id))
        return _Cakupan(one.mulai, one.sampai, below[one.unit_id])

    spans = [(one, span(one.penetapan.periode)) for one in known]
    reached = [span(periode)]
    chosen: set[uuid.UUID] = set()
    while reached:
        at = reached.pop()
        for one, other in spans:
            if one.penetapan_id not in chosen and at.meets(other):
                chosen.add(one.penetapan_id)
                reached.append(other)
    return [one for one in known if one.penetapan_id in chosen]
