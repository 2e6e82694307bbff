"""Which period, and so which questionnaire, applies on a day; and which periods there may be."""

from __future__ import annotations

import uuid
from calendar import monthrange
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Select, bindparam, literal, select
from sqlalchemy.orm import Session

from skm_app.database import Reader
from skm_app.models import Penetapan, Periode, Responden, Unit
from skm_app.results import list_unit_ids_below
from skm_app.tanggal import BULAN, format_tanggal

# The nine questions of PermenPANRB 14/2017: asked where no period says otherwise.
DEFAULT_INSTRUMEN = "skm-9/1"
LAIN = "lain"
# Months that a period of each kind takes; "lain" has days of its own.
LAMA_BULAN = {"tahun": 12, "semester": 6, "triwulan": 3, "bulan": 1}
ROMAWI = ("I", "II", "III", "IV")


class PeriodeError(Exception):
    """A period cannot be like this. ``kolom``: which of its values is wrong."""

    def __init__(self, kolom: str, pesan: str) -> None:
        super().__init__(pesan)
        self.kolom = kolom


def compute_hari(jenis: str, tahun: int, nomor: int = 1) -> tuple[date, date]:
    """First and last day of the ``nomor``-th month, quarter or half of a year, or of the year.

    :raise ValueError: if a year has no such part.
    """
    lama = LAMA_BULAN.get(jenis)
    if lama is None or not 1 <= nomor <= 12 // lama:
        raise ValueError(f"no {jenis} {nomor} in a year")
    last = nomor * lama
    return date(tahun, last - lama + 1, 1), date(tahun, last, monthrange(tahun, last)[1])


def name_periode(jenis: str, tahun: int, nomor: int = 1) -> str:
    """How a period of this kind is usually called, such as ``Triwulan II 2025``."""
    if jenis == "bulan":
        return f"{BULAN[nomor - 1]} {tahun}"
    if jenis == "tahun":
        return str(tahun)
    return f"{jenis.capitalize()} {ROMAWI[nomor - 1]} {tahun}"


def check_periode(baru: Periode, others: Iterable[Periode]) -> None:
    """Whether a period fits beside the other ones of its unit.

    Periods of one kind share no day. A year may hold its semesters, quarters and months; those
    that share days ask the same questionnaire, or the longer one would lose its answers. So do
    those of units above and below: answers of a part count in the whole.

    :param others: of ``list_others``.
    :raise PeriodeError: naming the period that is in the way.
    """
    for other in others:
        own = other.unit_id == baru.unit_id
        if own and other.nama.casefold() == baru.nama.casefold():
            raise PeriodeError("nama", f"Nama {other.nama} sudah dipakai periode lain.")
        if baru.mulai > other.sampai or baru.sampai < other.mulai:
            continue
        if own and other.jenis == baru.jenis:
            raise PeriodeError(
                "hari",
                f"Tanggal ini sudah termasuk periode {other.nama} "
                f"({format_tanggal(other.mulai)} sampai {format_tanggal(other.sampai)}).",
            )
        if other.instrumen_id != baru.instrumen_id:
            raise PeriodeError(
                "instrumen",
                f"Sebagian tanggal ini termasuk periode {other.nama}"
                f"{'' if own else f' {other.unit.nama}'}, yang memakai kuesioner "
                f"{other.instrumen_id}. Pilih kuesioner yang sama.",
            )


def list_others(
    session: Session, unit_id: uuid.UUID, own_id: uuid.UUID | None = None
) -> list[Periode]:
    """The other periods of a unit and of those above and below it.

    No second person can add to them until this one commits.
    """
    related = sorted(
        {*list_unit_ids_above(session, unit_id), *list_unit_ids_below(session, unit_id)}
    )
    session.execute(
        select(Unit.id)
        .where(Unit.id.in_(related))
        .order_by(Unit.id)
        .with_for_update(key_share=True)
    )
    found = session.scalars(
        select(Periode).where(Periode.unit_id.in_(related)).order_by(Periode.mulai, Periode.id)
    )
    return [one for one in found if one.id != own_id]


def list_unit_ids_above(session: Session, unit_id: uuid.UUID) -> list[uuid.UUID]:
    """The units above a unit in the tree, the nearest first."""
    found: list[uuid.UUID] = []
    current = session.scalar(select(Unit.parent_id).where(Unit.id == unit_id))
    while current is not None:
        found.append(current)
        current = session.scalar(select(Unit.parent_id).where(Unit.id == current))
    return found


def is_closed_ever(session: Session, periode_id: uuid.UUID) -> bool:
    """Whether a period has a frozen result, be it set aside: what that is about must not change."""
    statement = select(Penetapan.id).where(Penetapan.periode_id == periode_id).limit(1)
    return session.scalar(statement) is not None


def has_responden(session: Session, periode: Periode) -> bool:
    """Whether anybody answered in the days of a period, whatever the questionnaire."""
    statement = (
        select(Responden.id)
        .where(
            Responden.unit_id.in_(list_unit_ids_below(session, periode.unit_id)),
            Responden.tanggal.between(periode.mulai, periode.sampai),
        )
        .limit(1)
    )
    return session.scalar(statement) is not None


def _make_lookup(*columns: Any) -> Select[Any]:  # noqa: ANN401 - columns or whole rows
    above = (
        select(Unit.id, Unit.parent_id, literal(0).label("depth"))
        .where(Unit.id == bindparam("unit_id"))
        .cte(recursive=True)
    )
    above = above.union_all(
        select(Unit.id, Unit.parent_id, above.c.depth + 1).join(above, Unit.id == above.c.parent_id)
    )
    return (
        select(above.c.depth, Periode.mulai, Periode.sampai, *columns)
        .join(above, Periode.unit_id == above.c.id)
        .where(Periode.mulai <= bindparam("last"), Periode.sampai >= bindparam("first"))
    )


# Made once: a statement that is built anew for each visitor costs more than its execution.
_LOOKUP = _make_lookup(Periode)
_LOOKUP_INSTRUMEN = _make_lookup(Periode.instrumen_id)


def _find_finest(reader: Reader, statement: Select[Any], unit_id: uuid.UUID, day: date) -> Any:  # noqa: ANN401
    """Of the periods that cover a day: those of the nearest unit, of them the shortest.

    Of two that are as long, the one that began later.
    """
    rows = reader.execute(statement, {"unit_id": unit_id, "first": day, "last": day}).all()
    return _pick_finest(rows)


def _pick_finest(rows: Sequence[Any]) -> Any:  # noqa: ANN401
    if not rows:
        return None
    return min(rows, key=lambda row: (row[0], row[2] - row[1], -row[1].toordinal()))[3]


def find_periode(session: Session, unit_id: uuid.UUID, day: date) -> Periode | None:
    """The period that rules a day: the unit's own, else that of the nearest unit above it.

    Where several cover the day, the finest rules: a month before the quarter, half and year.
    """
    found: Periode | None = _find_finest(session, _LOOKUP, unit_id, day)
    return found


def find_periode_by_day(
    session: Session, unit_id: uuid.UUID, days: Collection[date]
) -> dict[date, Periode | None]:
    """As ``find_periode``, for many days by one statement."""
    if not days:
        return {}
    span = {"unit_id": unit_id, "first": min(days), "last": max(days)}
    rows = session.execute(_LOOKUP, span).all()
    return {day: _pick_finest([row for row in rows if row[1] <= day <= row[2]]) for day in days}


def instrumen_id_on(reader: Reader, unit_id: uuid.UUID, day: date) -> str:
    """Id of the questionnaire that a unit asks on a day."""
    found: str | None = _find_finest(reader, _LOOKUP_INSTRUMEN, unit_id, day)
    return found or DEFAULT_INSTRUMEN
