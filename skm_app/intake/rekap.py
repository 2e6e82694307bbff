"""The running tallies: responses are counted in, or out again when they are excluded.

Counts are read back from the stored rows themselves, so a tally cannot say anything else than
they do.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    Insert,
    bindparam,
    case,
    delete,
    func,
    insert,
    select,
)
from sqlalchemy.orm import InstrumentedAttribute

from skm_app.database import Database
from skm_app.models import (
    CIRI,
    Jawaban,
    RekapCiri,
    RekapTersimpan,
    RekapTertunda,
    Responden,
)

HITUNGAN = ("n1", "n2", "n3", "n4", "kosong")
# Responses counted by one statement.
PER_STEP = 500
# Responses that wait until they are counted by ciri together.
ROUND = 200

REKAP_KEY = ("unit_id", "jenjang", "mulai", "layanan_id", "instrumen_id", "butir")
CIRI_KEY = ("unit_id", "mulai", "instrumen_id", "ciri", "kelompok", "butir")


class RespondenKunci(NamedTuple):
    """What a stored response is counted under."""

    unit_id: uuid.UUID
    layanan_id: uuid.UUID
    instrumen_id: str
    tanggal: date
    id: uuid.UUID


def kelompok_of(ciri: str) -> ColumnElement[str]:
    """The group of one ciri that a response belongs to; empty where nobody said."""
    if ciri == "dibantu":
        said = case((Responden.dibantu.is_(True), "ya"), else_="tidak")
        return case((Responden.dibantu.is_(None), ""), else_=said)
    column: InstrumentedAttribute[str | None] = getattr(Responden, ciri)
    return func.coalesce(column, "")


_IDS: BindParameter[Any] = bindparam("ids", expanding=True)
# Who the respondents are, and what they answered. Built once: SQLAlchemy then compiles each
# statement once per process.
_PEOPLE = select(
    Responden.id,
    Responden.unit_id,
    Responden.instrumen_id,
    Responden.tanggal,
    *(kelompok_of(ciri) for ciri in CIRI),
).where(Responden.id.in_(_IDS))
_ANSWERS = select(Jawaban.responden_id, Jawaban.butir, Jawaban.nilai).where(
    Jawaban.responden_id.in_(_IDS)
)


class PencatatRekap:
    """Adds stored responses to the tallies, and takes them out.

    The methods take responses stored in the same transaction or before.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        # Built once: SQLAlchemy then compiles each statement once per process.
        self._spans_in = _make_span_upsert(database, arah=1)
        self._spans_out = _make_span_upsert(database, arah=-1)
        self._ciri_in = _make_ciri_upsert(database, arah=1)
        self._ciri_out = _make_ciri_upsert(database, arah=-1)
        self._wait = insert(RekapTertunda)
        self._since_settled = 0

    def count_in(self, connection: Connection, stored: Sequence[RespondenKunci]) -> None:
        """Add responses to their day and month; who they are waits for the next round."""
        _run_spans(connection, self._spans_in, stored)
        connection.execute(self._wait, [{"responden_id": one.id} for one in stored])
        self._since_settled += len(stored)
        if self._since_settled >= ROUND:
            self.settle(connection)

    def count_out(self, connection: Connection, stored: Sequence[RespondenKunci]) -> None:
        """Take responses out again."""
        self.settle(connection)
        _run_spans(connection, self._spans_out, stored)
        _run_ciri(connection, self._ciri_out, [one.id for one in stored])

    def settle(self, connection: Connection) -> None:
        """Count all waiting responses by ciri."""
        self._database.lock_rekap(connection)
        waiting = set(
            connection.scalars(delete(RekapTertunda).returning(RekapTertunda.responden_id))
        )
        _run_ciri(connection, self._ciri_in, waiting)
        self._since_settled = 0


def read_kunci(connection: Connection, ids: Collection[uuid.UUID]) -> list[RespondenKunci]:
    """What stored responses are counted under."""
    found: list[RespondenKunci] = []
    for part in _parts(sorted(ids)):
        rows = connection.execute(
            select(
                Responden.unit_id,
                Responden.layanan_id,
                Responden.instrumen_id,
                Responden.tanggal,
                Responden.id,
            ).where(Responden.id.in_(part))
        )
        found += [RespondenKunci(*row) for row in rows]
    return found


def _run_spans(connection: Connection, statement: Insert, stored: Sequence[RespondenKunci]) -> None:
    spans = [
        (one.unit_id, jenjang, mulai, one.layanan_id, one.instrumen_id, one.id)
        for one in stored
        for jenjang, mulai in (("bulan", one.tanggal.replace(day=1)), ("hari", one.tanggal))
    ]
    # In the order of the tallies' own keys, so that two PostgreSQL transactions lock tallies in
    # the same order and neither waits for the other in a circle. One response at a time: the
    # list of values that a statement over several needs costs more than it saves.
    values = [
        {"responden_id": id_, "span": jenjang, "first": mulai}
        for _, jenjang, mulai, _, _, id_ in sorted(spans)
    ]
    if values:
        connection.execute(statement, values)


def _run_ciri(connection: Connection, statement: Insert, ids: Collection[uuid.UUID]) -> None:
    """Add up the answers of responses by every ciri of theirs, and write the sums.

    Added up here: the database would take three times as long to join each answer with each of
    seven ciri.
    """
    # Keys by number: hashing them anew for each answer costs more than all the adding.
    numbers: dict[tuple[Any, ...], int] = {}
    counts: defaultdict[tuple[int, str], list[int]] = defaultdict(lambda: [0] * len(HITUNGAN))
    for part in _parts(sorted(ids)):
        groups = {
            responden_id: [
                numbers.setdefault(
                    (unit_id, tanggal.replace(day=1), instrumen_id, ciri, kelompok), len(numbers)
                )
                for ciri, kelompok in zip(CIRI, values, strict=True)
            ]
            for responden_id, unit_id, instrumen_id, tanggal, *values in connection.execute(
                _PEOPLE, {"ids": part}
            )
        }
        for responden_id, butir, nilai in connection.execute(_ANSWERS, {"ids": part}):
            place = len(HITUNGAN) - 1 if nilai is None else nilai - 1
            for number in groups[responden_id]:
                counts[number, butir][place] += 1
    keys = list(numbers)
    # In the order of the tallies' own keys, as above.
    found = sorted(((*keys[number], butir), sums) for (number, butir), sums in counts.items())
    rows = [dict(zip((*CIRI_KEY, *HITUNGAN), (*key, *sums), strict=True)) for key, sums in found]
    if rows:
        connection.execute(statement, rows)


def _parts(ids: Sequence[uuid.UUID]) -> Iterator[Sequence[uuid.UUID]]:
    for start in range(0, len(ids), PER_STEP):
        yield ids[start : start + PER_STEP]


def _counts() -> list[ColumnElement[int]]:
    by_nilai = [case((Jawaban.nilai == nilai, 1), else_=0) for nilai in (1, 2, 3, 4)]
    return [*by_nilai, case((Jawaban.nilai.is_(None), 1), else_=0)]


def _make_span_upsert(database: Database, *, arah: int) -> Insert:
    columns: list[Any] = [
        Responden.unit_id,
        bindparam("span", type_=RekapTersimpan.jenjang.type),
        bindparam("first", type_=RekapTersimpan.mulai.type),
        Responden.layanan_id,
        Responden.instrumen_id,
        Jawaban.butir,
    ]
    answers = (
        select(*columns, *_counts(), Responden.diterima)
        .join(Jawaban, Jawaban.responden_id == Responden.id)
        .where(Responden.id == bindparam("responden_id"))
        .order_by(Jawaban.butir)
    )
    statement = database.insert(RekapTersimpan).from_select(
        [*REKAP_KEY, *HITUNGAN, "terakhir"], answers
    )
    table = RekapTersimpan.__table__.c
    newest = case(
        (table.terakhir > statement.excluded.terakhir, table.terakhir),
        else_=statement.excluded.terakhir,
    )
    return statement.on_conflict_do_update(
        index_elements=list(REKAP_KEY),
        set_={
            **{name: table[name] + arah * statement.excluded[name] for name in HITUNGAN},
            "terakhir": newest,
        },
    )


def _make_ciri_upsert(database: Database, *, arah: int) -> Insert:
    statement = database.insert(RekapCiri)
    table = RekapCiri.__table__.c
    return statement.on_conflict_do_update(
        index_elements=list(CIRI_KEY),
        set_={name: table[name] + arah * statement.excluded[name] for name in HITUNGAN},
    )
