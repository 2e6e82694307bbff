"""The staff's list of comments, and which day of one may be shown.

Where fewer than five people answered for the same unit and service on a day, only the month is
named: the raw index of that day would else tell the answers behind the comment. Sorting and
filtering follow the day that is shown, so that neither betrays the other one. Within a shown
day or month the order is that of random keys. See docs/decisions/005-no-link-to-people.md.
"""

from __future__ import annotations

import uuid
from calendar import monthrange
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy import ColumnElement, Subquery, and_, case, func, or_, select, tuple_
from sqlalchemy.orm import Session

from skm_app.models import (
    InstrumenTersimpan,
    Layanan,
    RekapTersimpan,
    Saran,
    TandaSaran,
    TinjauanSaran,
    Unit,
)
from skm_app.results import get_instrumen
from skm_app.saran import read_tanda
from skm_app.saran.sensor import mask_text
from skm_app.scoring import MIN_KELOMPOK
from skm_app.tanggal import BULAN, format_tanggal

PER_HALAMAN = 50
MAX_HALAMAN = 100
MAX_DICARI = 1000  # each takes some 50 microseconds
JENIS_SARAN = ("saran", "pengaduan")


@dataclass(frozen=True, kw_only=True)
class SaringanSaran:
    """Which comments. Days are both included; ``jenis`` one of ``JENIS_SARAN`` or None."""

    unit_ids: tuple[uuid.UUID, ...]
    mulai: date
    sampai: date
    layanan_id: uuid.UUID | None = None
    unsur: str | None = None
    jenis: str | None = None
    kata: str = ""


@dataclass(frozen=True, kw_only=True)
class BarisSaran:
    """A comment in a list. ``teks``: without personal data; ``kapan``: its day or month."""

    id: uuid.UUID
    kapan: str
    unit: str
    layanan: str
    pengaduan: bool
    teks: str
    unsur: tuple[str, ...]
    ditinjau: bool
    boleh_tayang: bool


@dataclass(frozen=True, kw_only=True)
class DaftarSaran:
    """Comments that were found. ``terpotong``: older ones were not looked through for the word."""

    baris: list[BarisSaran]
    terpotong: bool


def list_saran(
    session: Session, saringan: SaringanSaran, *, lewati: int = 0, batas: int = PER_HALAMAN
) -> DaftarSaran:
    """Comments, newest first. Four statements and at most one per month of the scope.

    A word is looked for in what the list shows, in the newest ``MAX_DICARI`` comments: in the
    stored text, it would tell of a number or a name that is hidden whether it was guessed right.
    """
    if not saringan.kata:
        chosen = _choose(session, saringan, lewati, batas)
        return DaftarSaran(baris=_read_baris(session, chosen), terpotong=False)
    newest = _choose(session, saringan, 0, MAX_DICARI + 1)
    looked = dict(list(newest.items())[:MAX_DICARI])
    found = _find_kata(session, looked, saringan.kata)[lewati : lewati + batas]
    baris = _read_baris(session, {saran_id: looked[saran_id] for saran_id in found})
    return DaftarSaran(baris=baris, terpotong=len(newest) > MAX_DICARI)


def _find_kata(session: Session, chosen: Collection[uuid.UUID], kata: str) -> list[uuid.UUID]:
    """Which comments show a word, in the order given. Capitals make no difference."""
    rows = session.execute(
        select(Saran.id, func.coalesce(TinjauanSaran.teks_aman, Saran.teks))
        .outerjoin(TinjauanSaran, TinjauanSaran.saran_id == Saran.id)
        .where(Saran.id.in_(chosen))
    )
    wanted = kata.casefold()
    shown = {saran_id for saran_id, teks in rows if wanted in mask_text(teks).casefold()}
    return [saran_id for saran_id in chosen if saran_id in shown]


def _read_baris(session: Session, chosen: Mapping[uuid.UUID, bool]) -> list[BarisSaran]:
    """Comments as the list shows them, in the order given; each with whether its day is shown."""
    rows = session.execute(
        select(Saran, Unit.nama, Layanan.nama, TinjauanSaran)
        .join(Unit, Saran.unit_id == Unit.id)
        .join(Layanan, Saran.layanan_id == Layanan.id)
        .outerjoin(TinjauanSaran, TinjauanSaran.saran_id == Saran.id)
        .where(Saran.id.in_(chosen))
    ).all()
    place = {saran_id: number for number, saran_id in enumerate(chosen)}
    tanda = read_tanda(session, chosen)
    return [
        BarisSaran(
            id=saran.id,
            kapan=format_kapan(saran.tanggal, ramai=chosen[saran.id]),
            unit=unit,
            layanan=layanan,
            pengaduan=saran.pengaduan,
            # Once more: a person may have left something in it.
            teks=mask_text(tinjauan.teks_aman if tinjauan else saran.teks),
            unsur=tanda.get(saran.id, ()),
            ditinjau=tinjauan is not None,
            boleh_tayang=tinjauan is not None and tinjauan.boleh_tayang,
        )
        for saran, unit, layanan, tinjauan in sorted(rows, key=lambda row: place[row[0].id])
    ]


def _choose(
    session: Session, saringan: SaringanSaran, lewati: int, batas: int
) -> dict[uuid.UUID, bool]:
    """Ids in the order of the list, each with whether its day may be shown.

    Month by month from the newest, until there are enough: the first page of a year then takes
    the work of its last month, and no month's order depends on another's.
    """
    found: dict[uuid.UUID, bool] = {}
    butir = _list_butir(session)
    for mulai, sampai in _list_bulan(saringan.mulai, saringan.sampai):
        month = replace(saringan, mulai=mulai, sampai=sampai)
        found |= _choose_in_month(session, month, butir, lewati + batas - len(found))
        if len(found) == lewati + batas:
            break
    return dict(list(found.items())[lewati:])


def _choose_in_month(
    session: Session, saringan: SaringanSaran, butir: Sequence[tuple[str, str]], batas: int
) -> dict[uuid.UUID, bool]:
    below = saringan.mulai - timedelta(days=1)
    ramai = _make_ramai(saringan, butir)
    is_ramai = func.coalesce(ramai.c.n, 0) >= MIN_KELOMPOK
    rows = session.execute(
        select(Saran.id, is_ramai)
        .outerjoin(
            ramai,
            and_(
                ramai.c.unit_id == Saran.unit_id,
                ramai.c.layanan_id == Saran.layanan_id,
                ramai.c.mulai == Saran.tanggal,
            ),
        )
        .where(*_conditions(saringan, is_ramai))
        # Those whose day is not shown stand together below all days of their month.
        .order_by(case((is_ramai, Saran.tanggal), else_=below).desc(), Saran.id)
        .limit(batas)
    )
    return {saran_id: bool(shown) for saran_id, shown in rows}


def read_kapan(session: Session, saran: Saran) -> str:
    """The day of one comment, or its month where the day says too much. Two statements."""
    day = SaringanSaran(unit_ids=(saran.unit_id,), mulai=saran.tanggal, sampai=saran.tanggal)
    ramai = _make_ramai(day, _list_butir(session))
    n = session.scalar(select(ramai.c.n).where(ramai.c.layanan_id == saran.layanan_id))
    return format_kapan(saran.tanggal, ramai=int(n or 0) >= MIN_KELOMPOK)


def format_kapan(day: date, *, ramai: bool) -> str:
    """A day as it may be shown: ``3 Januari 2025``, else ``Januari 2025``."""
    return format_tanggal(day) if ramai else f"{BULAN[day.month - 1]} {day.year}"


def _conditions(
    saringan: SaringanSaran, is_ramai: ColumnElement[bool]
) -> Sequence[ColumnElement[bool]]:
    whole = _whole_months(saringan.mulai, saringan.sampai)
    found = [
        Saran.unit_id.in_(saringan.unit_ids),
        Saran.tanggal.between(saringan.mulai, saringan.sampai),
        # A comment that shows its month only is found by its month only.
        or_(is_ramai, Saran.tanggal.between(*whole)) if whole else is_ramai,
    ]
    if saringan.layanan_id is not None:
        found.append(Saran.layanan_id == saringan.layanan_id)
    if saringan.jenis is not None:
        found.append(Saran.pengaduan.is_(saringan.jenis == "pengaduan"))
    if saringan.unsur is not None:
        tagged = select(TandaSaran.saran_id).where(TandaSaran.unsur == saringan.unsur)
        found.append(Saran.id.in_(tagged))
    return found


def _list_bulan(mulai: date, sampai: date) -> Iterator[tuple[date, date]]:
    """The days from ``mulai`` to ``sampai`` cut into months, the newest first."""
    while mulai <= sampai:
        first = max(mulai, sampai.replace(day=1))
        yield first, sampai
        sampai = first - timedelta(days=1)


def _whole_months(mulai: date, sampai: date) -> tuple[date, date] | None:
    """The days from ``mulai`` to ``sampai`` that belong to months wholly among them."""
    first = mulai if mulai.day == 1 else _month_end(mulai) + timedelta(days=1)
    last = sampai if sampai == _month_end(sampai) else sampai.replace(day=1) - timedelta(days=1)
    return (first, last) if first <= last else None


def _month_end(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def _make_ramai(saringan: SaringanSaran, butir: Sequence[tuple[str, str]]) -> Subquery:
    """How many answered per unit, service and day of a scope, from the tallies.

    :param butir: one of each questionnaire; every response counts once in each of its own.
    """
    count = sum(
        (
            RekapTersimpan.n2,
            RekapTersimpan.n3,
            RekapTersimpan.n4,
            RekapTersimpan.kosong,
        ),
        start=RekapTersimpan.n1,
    )
    statement = (
        select(
            RekapTersimpan.unit_id,
            RekapTersimpan.layanan_id,
            RekapTersimpan.mulai,
            func.sum(count).label("n"),
        )
        .where(
            RekapTersimpan.unit_id.in_(saringan.unit_ids),
            RekapTersimpan.jenjang == "hari",
            RekapTersimpan.mulai.between(saringan.mulai, saringan.sampai),
            tuple_(RekapTersimpan.instrumen_id, RekapTersimpan.butir).in_(butir),
        )
        .group_by(RekapTersimpan.unit_id, RekapTersimpan.layanan_id, RekapTersimpan.mulai)
    )
    return statement.subquery()


def _list_butir(session: Session) -> list[tuple[str, str]]:
    """Every questionnaire with its first butir."""
    return [
        (id_, get_instrumen(session, id_).butir[0].kunci)
        for id_ in session.scalars(select(InstrumenTersimpan.id))
    ]
