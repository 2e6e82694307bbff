"""The running tallies: responses are counted in, or out again when they are excluded.

Counts are read back from the stored rows themselves, so a tally cannot say anything else than
they do.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    Insert,
    bindparam,
    case,
    func,
    literal,
    select,
    union_all,
)
from sqlalchemy.orm import InstrumentedAttribute

from skm_app.database import Database
from skm_app.models import CIRI, Jawaban, RekapCiri, RekapTersimpan, Responden

HITUNGAN = ("n1", "n2", "n3", "n4", "kosong")
# Responses counted by one statement.
PER_STEP = 500

REKAP_KEY = ("unit_id", "jenjang", "mulai", "layanan_id", "instrumen_id", "butir")
CIRI_KEY = ("unit_id", "mulai", "instrumen_id", "ciri", "kelompok", "butir")


def kelompok_of(ciri: str) -> ColumnElement[str]:
    """The group of one ciri that a response belongs to; empty where nobody said."""
    if ciri == "dibantu":
        said = case((Responden.dibantu.is_(True), "ya"), else_="tidak")
        return case((Responden.dibantu.is_(None), ""), else_=said)
    column: InstrumentedAttribute[str | None] = getattr(Responden, ciri)
    return func.coalesce(column, "")


class PencatatRekap:
    """Adds stored responses to the tallies, and takes them out.

    Both methods take ``(id, tanggal)`` of responses stored in the same transaction or before.
    """

    def __init__(self, database: Database) -> None:
        # Built once: SQLAlchemy then compiles each statement once per process.
        self._spans_in = _make_span_upsert(database, arah=1)
        self._spans_out = _make_span_upsert(database, arah=-1)
        self._ciri_in = _make_ciri_upsert(database, arah=1)
        self._ciri_out = _make_ciri_upsert(database, arah=-1)

    def count_in(self, connection: Connection, stored: Sequence[RespondenKunci]) -> None:
        """Add responses to their day, their month, and the ciri of their month."""
        self._count(connection, stored, self._spans_in, self._ciri_in)

    def count_out(self, connection: Connection, stored: Sequence[RespondenKunci]) -> None:
        """Take responses out again."""
        self._count(connection, stored, self._spans_out, self._ciri_out)

    def _count(
        self,
        connection: Connection,
        stored: Sequence[RespondenKunci],
        spans: Insert,
        ciri: Insert,
    ) -> None:
        # In the order of the tallies' own keys, so that two PostgreSQL transactions lock tallies
        # in the same order and neither waits for the other in a circle.
        for jenjang, mulai, ids in _group_spans(stored):
            values = {"span": jenjang, "first": mulai}
            for start in range(0, len(ids), PER_STEP):
                connection.execute(spans, {**values, "ids": ids[start : start + PER_STEP]})
        for jenjang, mulai, ids in _group_spans(stored):
            if jenjang == "bulan":
                for start in range(0, len(ids), PER_STEP):
                    part = ids[start : start + PER_STEP]
                    connection.execute(ciri, {"first": mulai, "ids": part})


RespondenKunci = tuple[uuid.UUID, date]


def _group_spans(stored: Sequence[RespondenKunci]) -> list[tuple[str, date, list[uuid.UUID]]]:
    spans: dict[tuple[str, date], list[uuid.UUID]] = {}
    for responden_id, tanggal in stored:
        for key in (("bulan", tanggal.replace(day=1)), ("hari", tanggal)):
            spans.setdefault(key, []).append(responden_id)
    return [(jenjang, mulai, ids) for (jenjang, mulai), ids in sorted(spans.items())]


def _counts() -> list[ColumnElement[int]]:
    by_nilai = [case((Jawaban.nilai == nilai, 1), else_=0) for nilai in (1, 2, 3, 4)]
    return [func.sum(one) for one in (*by_nilai, case((Jawaban.nilai.is_(None), 1), else_=0))]


def _make_span_upsert(database: Database, *, arah: int) -> Insert:
    columns: list[Any] = [
        Responden.unit_id,
        bindparam("span", type_=RekapTersimpan.jenjang.type),
        bindparam("first", type_=RekapTersimpan.mulai.type),
        Responden.layanan_id,
        Responden.instrumen_id,
        Jawaban.butir,
    ]
    group = (Responden.unit_id, Responden.layanan_id, Responden.instrumen_id, Jawaban.butir)
    answers = (
        select(*columns, *_counts(), func.max(Responden.diterima))
        .join(Jawaban, Jawaban.responden_id == Responden.id)
        .where(Responden.id.in_(bindparam("ids", expanding=True)))
        .group_by(*group)
        .order_by(*group)
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
    ids: BindParameter[Any] = bindparam("ids", expanding=True)
    people = union_all(
        *(
            select(
                Responden.id.label("id"),
                Responden.unit_id.label("unit_id"),
                Responden.instrumen_id.label("instrumen_id"),
                literal(ciri).label("ciri"),
                kelompok_of(ciri).label("kelompok"),
            ).where(Responden.id.in_(ids))
            for ciri in CIRI
        )
    ).subquery("orang")
    group = (
        people.c.unit_id,
        people.c.instrumen_id,
        people.c.ciri,
        people.c.kelompok,
        Jawaban.butir,
    )
    answers = (
        select(
            people.c.unit_id,
            bindparam("first", type_=RekapCiri.mulai.type),
            *group[1:],
            *_counts(),
        )
        .join(Jawaban, Jawaban.responden_id == people.c.id)
        .group_by(*group)
        .order_by(*group)
    )
    statement = database.insert(RekapCiri).from_select([*CIRI_KEY, *HITUNGAN], answers)
    table = RekapCiri.__table__.c
    return statement.on_conflict_do_update(
        index_elements=list(CIRI_KEY),
        set_={name: table[name] + arah * statement.excluded[name] for name in HITUNGAN},
    )
