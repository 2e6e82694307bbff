"""Which results were released before that share responses with another one, and what follows.

Whoever has two published figures can subtract one from the other. So the responses are cut into
pieces, one for each way of belonging to released results; every sum or difference of released
figures is about whole pieces, and no piece may hold 1..4 people.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, case, func, or_, select
from sqlalchemy.orm import Session

from skm_app.models import Penetapan, Periode, Responden, Terbitan
from skm_app.periode import list_unit_ids_above
from skm_app.periode.penetapan import counted_by
from skm_app.results import list_unit_ids_below
from skm_app.scoring import is_kecil


@dataclass(frozen=True, kw_only=True)
class Kerabat:
    """Earlier releases that share days with a result, and how their responses overlap with its.

    ``irisan``: responses per piece; a key says of each earlier release, in order, and last of the
    result itself, whether it counts the piece.
    """

    terbitan: Sequence[Terbitan]
    irisan: Mapping[tuple[bool, ...], int]

    @property
    def is_kecil(self) -> bool:
        """Whether somebody's answers could be computed if the result were released too."""
        return any(is_kecil(jumlah) for jumlah in self.irisan.values())

    @property
    def may_show_rincian(self) -> bool:
        """Whether tables of groups may be shown as well.

        They may if every earlier release is about exactly the same responses, or about none of
        them; and where the very same tables have been public before.
        """
        places = range(len(self.terbitan))
        known = any(self._is_same(at) and self.terbitan[at].isi["rincian"] for at in places)
        return known or all(self._is_same(at) or self._is_apart(at) for at in places)

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
        return all(key[at] == key[-1] for key in self.irisan)

    def _is_apart(self, at: int) -> bool:
        return not any(key[at] and key[-1] for key in self.irisan)


def read_kerabat(session: Session, penetapan: Penetapan) -> Kerabat:
    """What was ever released of the same days in this unit, above or below it.

    What is no longer shown counts too: somebody may have kept it. Three statements and those of
    the tree; they look at the responses of the days concerned.
    """
    periode = penetapan.periode
    known = session.scalars(
        select(Terbitan)
        .join(Penetapan, Penetapan.id == Terbitan.penetapan_id)
        .join(Periode, Periode.id == Penetapan.periode_id)
        .where(
            Periode.unit_id.in_(list_related(session, periode.unit_id)),
            Terbitan.penetapan_id != penetapan.id,
        )
        .order_by(Terbitan.diterbitkan, Terbitan.penetapan_id)
    ).all()
    touching = _choose_touching(known, periode.mulai, periode.sampai)
    sets = [
        and_(*counted_by(session, one.periode, one))
        for one in [*(each.penetapan for each in touching), penetapan]
    ]
    flags = [case((one, 1), else_=0).label(f"s{at}") for at, one in enumerate(sets)]
    marked = select(*flags).select_from(Responden).where(or_(*sets)).subquery()
    rows = session.execute(select(*marked.c, func.count()).group_by(*marked.c)).all()
    irisan = {tuple(bool(flag) for flag in row[:-1]): int(row[-1]) for row in rows}
    return Kerabat(terbitan=touching, irisan=irisan)


def list_related(session: Session, unit_id: uuid.UUID) -> list[uuid.UUID]:
    """A unit with those above and below it: their results may count the same responses."""
    return sorted({*list_unit_ids_above(session, unit_id), *list_unit_ids_below(session, unit_id)})


def _choose_touching(known: Sequence[Terbitan], mulai: date, sampai: date) -> list[Terbitan]:
    """Those that share days with a span, or with one that does, and so on; in the order given."""
    rest = list(known)
    while True:
        near = [
            one
            for one in rest
            if one.penetapan.periode.mulai <= sampai and one.penetapan.periode.sampai >= mulai
        ]
        if not near:
            return [one for one in known if one not in rest]
        rest = [one for one in rest if one not in near]
        mulai = min(mulai, *(one.penetapan.periode.mulai for one in near))
        sampai = max(sampai, *(one.penetapan.periode.sampai for one in near))
