"""Comments and complaints, as citizens leave them."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import select

from skm_app.database import Database
from skm_app.intake import Intake
from skm_app.models import Saran
from tests.offices import Kantor, make_isian

RAHASIA = "NIK saya 6472011203456789, telepon 0812-3456-7890, pak budi tahu"


def leave_saran(
    database: Database, intake: Intake, kantor: Kantor, teks: str, **changes: object
) -> Saran:
    """Somebody answers and leaves a comment; returns it as it is stored."""
    with database.reading() as session:
        known = set(session.scalars(select(Saran.id)))
    fields: dict[str, Any] = {**changes}
    intake.record(replace(make_isian(kantor, saran=teks), **fields))
    with database.reading() as session:
        return session.scalars(select(Saran).where(Saran.id.not_in(known))).one()


def leave_pengaduan(
    database: Database, intake: Intake, kantor: Kantor, teks: str = "Antre lama.", **changes: object
) -> tuple[Saran, str]:
    """Somebody answers and complains; returns the complaint and its follow-up code."""
    fields: dict[str, Any] = {**changes}
    isian = replace(make_isian(kantor, saran=teks, pengaduan=True), **fields)
    kode = intake.record(isian).kode_pengaduan
    assert kode is not None
    with database.reading() as session:
        saran = session.scalars(select(Saran).where(Saran.pengaduan, Saran.teks == teks)).all()
    return saran[-1], kode


def leave_many(
    database: Database, intake: Intake, kantor: Kantor, number: int, day: date
) -> list[uuid.UUID]:
    """So many people answer on a day, each with a comment."""
    for count in range(number):
        intake.record(make_isian(kantor, saran=f"Saran {count}", tanggal=day))
    with database.reading() as session:
        return list(session.scalars(select(Saran.id).where(Saran.tanggal == day)))
