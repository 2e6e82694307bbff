"""Parts of the office and spans of days that may be shown beside each other."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from skm_app.models import RekapCiri, RekapTersimpan
from skm_app.results import Lingkup, Sel
from skm_app.scoring import Instrumen
from skm_app.scoring.kecil import find_batas
from skm_app.scoring.silang import pilih_aman_silang

Induk = Mapping[uuid.UUID, uuid.UUID | None]  # unit to the unit above it, parents first


def find_bagian_aman(
    hitung: Mapping[Sel, int], induk: Induk, nama: Mapping[uuid.UUID, str]
) -> set[frozenset[Sel]]:
    """Which parts of the office may be shown at the same days: units, layanan, and both.

    :param hitung: responses per unit and layanan of the whole office.
    :param nama: name of every layanan in it; the same name of several units counts as one.
    """
    wanted: list[frozenset[Sel]] = [
        frozenset(sel for sel in hitung if sel[0] in below)
        for below in (list_di_bawah(induk, unit_id) for unit_id in induk)
    ]
    names: list[frozenset[Sel]] = []
    for part in wanted:
        by_name: defaultdict[str, set[Sel]] = defaultdict(set)
        for sel in part:
            by_name[nama[sel[1]]].add(sel)
        names += sorted(map(frozenset, by_name.values()), key=lambda one: -_count(hitung, one))
    own = [frozenset(sel for sel in hitung if sel[0] == unit_id) for unit_id in induk]
    single = [frozenset([sel]) for sel in sorted(hitung, key=lambda sel: -hitung[sel])]
    ordered = wanted + sorted(own, key=lambda one: -_count(hitung, one)) + names + single
    return {
        one for one, fine in zip(ordered, pilih_aman_silang(hitung, ordered), strict=True) if fine
    }


def list_di_bawah(induk: Induk, unit_id: uuid.UUID) -> set[uuid.UUID]:
    found = {unit_id}
    for one, above in induk.items():
        if above in found:
            found.add(one)
    return found


def _count(hitung: Mapping[Sel, int], part: Iterable[Sel]) -> int:
    return sum(hitung[sel] for sel in part)


def is_tepi_aman(
    session: Session, lingkup: Lingkup, instrumen: Instrumen, tepi: date, awal: date, akhir: date
) -> bool:
    """Whether a span of days may begin on a day without telling 1..4 people from other spans.

    :param awal: where the span that holds ``tepi`` and is always shown begins (a period, a year).
    :param akhir: the day after its end.
    """
    if tepi in (awal, akhir):
        return True
    days = _count_per_day(session, lingkup, instrumen, awal, akhir)
    months = sorted({day.replace(day=1) for day in days})
    per_month = [sum(n for day, n in days.items() if day.replace(day=1) == m) for m in months]
    before = sum(count for day, count in days.items() if day < tepi)
    batas = sorted(find_batas(per_month))
    if before in batas:
        return True
    # Inside a month, or several that are joined: by days, counted from where that begins.
    begin = max(one for one in batas if one < before)
    end = min(one for one in batas if one > before)
    inside, held = [], 0
    for _, count in sorted(days.items()):
        if begin <= held < end:
            inside.append(count)
        held += count
    return before - begin in find_batas(inside)


def _count_per_day(
    session: Session, lingkup: Lingkup, instrumen: Instrumen, awal: date, akhir: date
) -> dict[date, int]:
    people = sum_people(RekapTersimpan)
    statement = (
        select(RekapTersimpan.mulai, people)
        .where(
            RekapTersimpan.unit_id.in_(lingkup.unit_ids),
            RekapTersimpan.jenjang == "hari",
            RekapTersimpan.mulai >= awal,
            RekapTersimpan.mulai < akhir,
            RekapTersimpan.instrumen_id == instrumen.id,
            RekapTersimpan.butir == instrumen.butir[0].kunci,
        )
        .group_by(RekapTersimpan.mulai)
    )
    if lingkup.layanan_id is not None:
        statement = statement.where(RekapTersimpan.layanan_id == lingkup.layanan_id)
    return {day: int(count) for day, count in session.execute(statement)}


def sum_people(table: type[RekapTersimpan] | type[RekapCiri]) -> ColumnElement[int]:
    """Responses that a tally counts, summed: of one butir, since each response has them all."""
    return func.sum(table.n1 + table.n2 + table.n3 + table.n4 + table.kosong)
