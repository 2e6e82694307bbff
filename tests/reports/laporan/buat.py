"""How tests fill a period of the small office and make its report."""

from __future__ import annotations

import uuid

from skm_app.database import Database
from skm_app.intake import Intake, Isian
from skm_app.models import Periode, Rtl, new_id
from skm_app.reports.dokumen import Dokumen
from skm_app.reports.laporan import make_laporan
from tests.offices import Kantor, make_isian, today_wita
from tests.reports.laporan.baca import find_faults

TAHUN = today_wita().year


def make(database: Database, periode_id: uuid.UUID) -> Dokumen:
    with database.reading() as session:
        dokumen = make_laporan(session, session.get_one(Periode, periode_id))
    assert find_faults(dokumen) == []
    return dokumen


def record(intake: Intake, isian: Isian, *more: Isian) -> None:
    intake.record_all([isian, *more])


def many(kantor: Kantor, count: int, **changes: object) -> list[Isian]:
    return [make_isian(kantor, **changes) for _ in range(count)]  # type: ignore[arg-type]


def add(database: Database, *rows: object) -> None:
    with database.writing() as session:
        session.add_all(rows)


def add_rtl(database: Database, periode_id: uuid.UUID, **changes: object) -> uuid.UUID:
    fields = {
        "id": new_id(), "periode_id": periode_id, "unsur": "waktu", "program": "Tambah loket",
        "tahun": 2025, "triwulan": 2, "penanggung_jawab": "Kasi Pelayanan",
    }  # fmt: skip
    rtl = Rtl(**{**fields, **changes})
    add(database, rtl)
    return rtl.id
