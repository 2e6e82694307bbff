"""The read side: a scope in, a scored result out.

Reads tallies only, never the responses themselves, so an answer takes the same work at a
thousand responses as at a million.
"""

from __future__ import annotations

import uuid
from calendar import monthrange
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from skm_app.database import Reader
from skm_app.models import InstrumenTersimpan, RekapTersimpan, Unit
from skm_app.scoring import (
    EKSAK,
    HasilIKM,
    Instrumen,
    Konvensi,
    Sebaran,
    compute_ikm,
    merge_rekap,
    parse_instrumen,
)

Rekap = dict[str, Sebaran]

_KNOWN_INSTRUMEN: dict[str, Instrumen] = {}


@dataclass(frozen=True, kw_only=True)
class Lingkup:
    """Which responses: of these units, from ``mulai`` to ``sampai`` (both included)."""

    unit_ids: tuple[uuid.UUID, ...]
    mulai: date
    sampai: date
    layanan_id: uuid.UUID | None = None


@dataclass(frozen=True, kw_only=True)
class HasilLingkup:
    """The result of a scope; ``lain``: responses that answered other instrumen, left
    out of it, counted per instrumen."""

    instrumen: Instrumen
    rekap: Rekap
    hasil: HasilIKM
    diperbarui: datetime | None
    lain: Mapping[str, int] = field(default_factory=dict)


# The finest cell of a scope: a layanan of a unit.
Sel = tuple[uuid.UUID, uuid.UUID]


@dataclass(frozen=True, kw_only=True)
class PerSel:
    """Tallies of a scope per (unit, layanan), with the moment of each cell's newest response."""

    sel: Mapping[Sel, Rekap]
    terbaru: Mapping[Sel, datetime]
    lain: Mapping[str, int]

    def hitung(self) -> dict[Sel, int]:
        """Responses per cell."""
        return {key: _count_responden(rekap) for key, rekap in self.sel.items()}


def score_sel(
    per_sel: PerSel, chosen: Collection[Sel], instrumen: Instrumen, konvensi: Konvensi
) -> HasilLingkup:
    """Score some of the cells together."""
    keys = [key for key in per_sel.sel if key in chosen]
    rekap = merge_rekap(empty_rekap(instrumen), *(per_sel.sel[key] for key in keys))
    return HasilLingkup(
        instrumen=instrumen,
        rekap=rekap,
        hasil=compute_ikm(instrumen, rekap, konvensi),
        diperbarui=max((per_sel.terbaru[key] for key in keys), default=None),
        lain=per_sel.lain,
    )


def read_hasil(
    session: Session, lingkup: Lingkup, instrumen_id: str, konvensi: Konvensi = EKSAK
) -> HasilLingkup:
    """Score the responses of a scope that answered one instrumen. Two statements."""
    found = read_rekap(session, lingkup)
    instrumen = get_instrumen(session, instrumen_id)
    rekap, diperbarui = found.pop(instrumen_id, (empty_rekap(instrumen), None))
    return HasilLingkup(
        instrumen=instrumen,
        rekap=rekap,
        hasil=compute_ikm(instrumen, rekap, konvensi),
        diperbarui=diperbarui,
        lain={other: _count_responden(rekap) for other, (rekap, _) in sorted(found.items())},
    )


def _count_responden(rekap: Rekap) -> int:
    return max((sebaran.responden for sebaran in rekap.values()), default=0)


def read_rekap(session: Session, lingkup: Lingkup) -> dict[str, tuple[Rekap, datetime | None]]:
    """Tallies of a scope per instrumen, with the moment of the newest response. One statement."""
    return {
        key[0]: value for key, value in _read_grouped(session, lingkup, RekapTersimpan.instrumen_id)
    }


def read_hasil_per(
    session: Session, lingkup: Lingkup, instrumen_id: str, per: str, konvensi: Konvensi = EKSAK
) -> dict[uuid.UUID, HasilIKM]:
    """Score a scope per ``"layanan"`` or per ``"unit"``; groups without a response are left out."""
    instrumen = get_instrumen(session, instrumen_id)
    return {
        group: compute_ikm(instrumen, rekap, konvensi)
        for group, rekap in read_rekap_per(session, lingkup, instrumen_id, per).items()
    }


def read_rekap_per(
    session: Session, lingkup: Lingkup, instrumen_id: str, per: str
) -> dict[uuid.UUID, Rekap]:
    """Tallies of a scope per ``"layanan"`` or per ``"unit"``. One statement."""
    column = {"layanan": RekapTersimpan.layanan_id, "unit": RekapTersimpan.unit_id}[per]
    return {
        group: rekap
        for (found_id, group), (rekap, _) in _read_grouped(
            session, lingkup, RekapTersimpan.instrumen_id, column
        )
        if found_id == instrumen_id
    }


def read_per_sel(session: Session, lingkup: Lingkup, instrumen_id: str) -> PerSel:
    """Tallies of a scope per unit and layanan, the finest there are. One statement."""
    sel: dict[Sel, Rekap] = {}
    terbaru: dict[Sel, datetime] = {}
    lain: defaultdict[str, int] = defaultdict(int)
    for (found_id, *key), (rekap, newest) in _read_grouped(
        session,
        lingkup,
        RekapTersimpan.instrumen_id,
        RekapTersimpan.unit_id,
        RekapTersimpan.layanan_id,
    ):
        if found_id != instrumen_id:
            lain[found_id] += _count_responden(rekap)
        elif newest is not None:
            sel[key[0], key[1]], terbaru[key[0], key[1]] = rekap, newest
    return PerSel(sel=sel, terbaru=terbaru, lain=dict(sorted(lain.items())))


def read_trend(
    session: Session, lingkup: Lingkup, instrumen_id: str, konvensi: Konvensi = EKSAK
) -> list[tuple[date, HasilIKM]]:
    """Score a scope month by month; months without a response are left out."""
    instrumen = get_instrumen(session, instrumen_id)
    return [
        (month, compute_ikm(instrumen, rekap, konvensi))
        for month, rekap in read_rekap_bulanan(session, lingkup, instrumen_id).items()
    ]


def read_rekap_bulanan(session: Session, lingkup: Lingkup, instrumen_id: str) -> dict[date, Rekap]:
    """Tallies of a scope per month, in order; months without a response are left out."""
    months: defaultdict[date, list[Rekap]] = defaultdict(list)
    for (found_id, mulai), (rekap, _) in _read_grouped(
        session, lingkup, RekapTersimpan.instrumen_id, RekapTersimpan.mulai
    ):
        if found_id == instrumen_id:
            months[mulai.replace(day=1)].append(rekap)
    return {month: merge_rekap(*parts) for month, parts in sorted(months.items())}


def _read_grouped(
    session: Session, lingkup: Lingkup, *columns: InstrumentedAttribute[Any]
) -> Iterator[tuple[tuple[Any, ...], tuple[Rekap, datetime | None]]]:
    counts = [
        func.sum(column)
        for column in (
            RekapTersimpan.n1,
            RekapTersimpan.n2,
            RekapTersimpan.n3,
            RekapTersimpan.n4,
            RekapTersimpan.kosong,
        )
    ]
    rows = session.execute(
        select(*columns, RekapTersimpan.butir, *counts, func.max(RekapTersimpan.terakhir))
        .where(*_conditions(lingkup))
        .group_by(*columns, RekapTersimpan.butir)
    ).all()
    width = len(columns)
    groups: defaultdict[tuple[Any, ...], Rekap] = defaultdict(dict)
    newest: dict[tuple[Any, ...], datetime] = {}
    for row in rows:
        key = tuple(row[:width])
        # int(): PostgreSQL sums integers into NUMERIC.
        groups[key][row[width]] = Sebaran(*(int(count) for count in row[width + 1 : width + 6]))
        newest[key] = max(newest.get(key, row[-1]), row[-1])
    for key, rekap in groups.items():
        # All of its responses may have been excluded.
        if any(sebaran.responden for sebaran in rekap.values()):
            yield key, (rekap, newest[key])


def _conditions(lingkup: Lingkup) -> Iterable[ColumnElement[bool]]:
    spans = [
        and_(
            RekapTersimpan.jenjang == jenjang,
            RekapTersimpan.mulai >= first,
            RekapTersimpan.mulai <= last,
        )
        for jenjang, first, last in cover_dates(lingkup.mulai, lingkup.sampai)
    ]
    yield RekapTersimpan.unit_id.in_(lingkup.unit_ids)
    yield or_(*spans)
    if lingkup.layanan_id is not None:
        yield RekapTersimpan.layanan_id == lingkup.layanan_id


def cover_dates(mulai: date, sampai: date) -> list[tuple[str, date, date]]:
    """Cover ``mulai``..``sampai`` (both included) by whole months and the days at the edges.

    :return: ``(jenjang, first, last)`` of the tallies' own start dates; empty if mulai > sampai.
    """
    if mulai > sampai:
        # No day at all: a span that no tally can lie in.
        return [("hari", mulai, sampai)]
    first_month = mulai if mulai.day == 1 else _next_month(mulai)
    after_last = _next_month(sampai) if sampai == _month_end(sampai) else sampai.replace(day=1)
    if first_month >= after_last:
        return [("hari", mulai, sampai)]
    spans = [("bulan", first_month, after_last - timedelta(days=1))]
    if mulai < first_month:
        spans.append(("hari", mulai, first_month - timedelta(days=1)))
    if sampai >= after_last:
        spans.append(("hari", after_last, sampai))
    return spans


def _month_end(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def _next_month(day: date) -> date:
    return _month_end(day) + timedelta(days=1)


def empty_rekap(instrumen: Instrumen) -> Rekap:
    """Tallies of nobody."""
    return {butir.kunci: Sebaran(0, 0, 0, 0) for butir in instrumen.butir}


def get_instrumen(reader: Reader, instrumen_id: str) -> Instrumen:
    """The stored questionnaire with this id; kept in memory, because it can never change.

    :raise LookupError: if there is none.
    """
    if instrumen_id not in _KNOWN_INSTRUMEN:
        definisi = reader.scalar(
            select(InstrumenTersimpan.definisi).where(InstrumenTersimpan.id == instrumen_id)
        )
        if definisi is None:
            raise LookupError(f"Instrumen {instrumen_id} tidak ada.")
        _KNOWN_INSTRUMEN[instrumen_id] = parse_instrumen(definisi)
    return _KNOWN_INSTRUMEN[instrumen_id]


def list_unit_ids_below(session: Session, unit_id: uuid.UUID) -> tuple[uuid.UUID, ...]:
    """The unit and everything under it in the tree, the unit first."""
    tree = select(Unit.id).where(Unit.id == unit_id).cte(recursive=True)
    tree = tree.union_all(select(Unit.id).join(tree, Unit.parent_id == tree.c.id))
    below = session.scalars(select(tree.c.id)).all()
    return (unit_id, *sorted(found for found in below if found != unit_id))
