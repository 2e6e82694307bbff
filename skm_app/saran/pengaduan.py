"""Complaints: how the office works on them, and what the citizen reads with the code.

``baru`` (no row yet) -> ``diproses`` -> ``selesai``, and back to ``diproses`` with a reason. A
complaint knows nothing of the nine answers that came with it: the tables share no key.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.orm import Session

from skm_app.models import Layanan, Pengaduan, Saran, Unit

# Working days from arrival to the day by which the citizen should have an answer. Our own
# choice: offices name 3 to 14 days, and no rule that binds this survey was found (Perpres
# 76/2013 leaves it to the office's service standard). Each complaint's day can be changed.
TENGGAT_HARI_KERJA = 5
STATUS_LABEL = {"baru": "Baru", "diproses": "Sedang diproses", "selesai": "Selesai"}
# Where a complaint may go from where it is; staying is allowed while it is worked on.
LANGKAH = {"baru": ("diproses",), "diproses": ("diproses", "selesai"), "selesai": ("diproses",)}


class PengaduanError(Exception):
    """A step that the work on a complaint does not allow; ``field`` is where to mend it."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True, kw_only=True)
class BarisPengaduan:
    """One complaint in the list; ``row`` None: nobody has begun with it."""

    saran: Saran
    unit: str
    layanan: str
    row: Pengaduan | None

    @property
    def status(self) -> str:
        return self.row.status if self.row else "baru"

    @property
    def tenggat(self) -> date:
        return self.row.tenggat if self.row else due_date(self.saran.tanggal)

    def is_overdue(self, today: date) -> bool:
        """Whether the day has passed and there is no answer."""
        return self.status != "selesai" and self.tenggat < today


class Langkah(NamedTuple):
    """One step of the work, as a person entered it."""

    status: str
    tenggat: date
    penanggung_jawab: str
    jawaban: str
    alasan: str = ""


@dataclass(frozen=True, kw_only=True)
class StatusWarga:
    """What the citizen reads with the code: nothing that was written in the complaint."""

    status: str
    tenggat: date
    jawaban: str
    unit: str


def due_date(arrived: date, working_days: int = TENGGAT_HARI_KERJA) -> date:
    """The working day by which a complaint should be answered.

    Saturdays and Sundays do not count; public holidays do, because the program has no list of
    them.
    """
    day = arrived
    while working_days:
        day += timedelta(days=1)
        if day.weekday() < 5:
            working_days -= 1
    return day


def last_arrival_overdue(today: date) -> date:
    """The newest day of arrival whose due date lies before ``today``."""
    day = today
    while due_date(day) >= today:
        day -= timedelta(days=1)
    return day


def list_pengaduan(
    session: Session,
    unit_ids: Sequence[uuid.UUID],
    today: date,
    *,
    status: str | None = None,
    lewati: int = 0,
    batas: int = 50,
) -> list[BarisPengaduan]:
    """Complaints: the overdue first, then the open, then the finished. One statement.

    :param status: one of ``STATUS_LABEL``, ``"terlambat"``, or None for all.
    """
    overdue = _is_overdue(today)
    is_done = func.coalesce(Pengaduan.status, "baru") == "selesai"
    statement = (
        select(Saran, Unit.nama, Layanan.nama, Pengaduan)
        .join(Unit, Saran.unit_id == Unit.id)
        .join(Layanan, Saran.layanan_id == Layanan.id)
        .outerjoin(Pengaduan, Pengaduan.saran_id == Saran.id)
        .where(Saran.unit_id.in_(unit_ids), Saran.pengaduan)
        .order_by(
            case((overdue, 0), (is_done, 2), else_=1),
            # Of open ones the oldest are the most urgent, of finished ones the newest matter.
            case((is_done, None), else_=Saran.tanggal),
            Saran.tanggal.desc(),
            Saran.id,
        )
        .offset(lewati)
        .limit(batas)
    )
    if status == "terlambat":
        statement = statement.where(overdue)
    elif status is not None:
        statement = statement.where(func.coalesce(Pengaduan.status, "baru") == status)
    return [
        BarisPengaduan(saran=saran, unit=unit, layanan=layanan, row=row)
        for saran, unit, layanan, row in session.execute(statement)
    ]


def count_overdue(session: Session, unit_ids: Sequence[uuid.UUID], today: date) -> int:
    """How many complaints are past their day without an answer. One statement."""
    statement = (
        select(func.count())
        .select_from(Saran)
        .outerjoin(Pengaduan, Pengaduan.saran_id == Saran.id)
        .where(Saran.unit_id.in_(unit_ids), Saran.pengaduan, _is_overdue(today))
    )
    return session.scalar(statement) or 0


def _is_overdue(today: date) -> ColumnElement[bool]:
    return or_(
        and_(Pengaduan.saran_id.is_(None), Saran.tanggal <= last_arrival_overdue(today)),
        and_(Pengaduan.status != "selesai", Pengaduan.tenggat < today),
    )


def find_by_kode(session: Session, kode: str) -> Saran | None:
    """The complaint that a follow-up code belongs to.

    :param kode: as it is stored: capitals, without dashes.
    """
    kode_hash = hashlib.sha256(kode.encode()).hexdigest()
    return session.scalars(
        select(Saran).where(Saran.kode_hash == kode_hash, Saran.pengaduan)
    ).one_or_none()


def find_status(session: Session, kode: str) -> StatusWarga | None:
    """What the holder of a follow-up code may read; None if there is no such code."""
    saran = find_by_kode(session, kode)
    if saran is None:
        return None
    row = session.get(Pengaduan, saran.id)
    return StatusWarga(
        status=row.status if row else "baru",
        tenggat=row.tenggat if row else due_date(saran.tanggal),
        jawaban=row.jawaban if row else "",
        unit=session.scalars(select(Unit.nama).where(Unit.id == saran.unit_id)).one(),
    )


def take_langkah(
    session: Session, saran: Saran, row: Pengaduan | None, langkah: Langkah, now: datetime
) -> Pengaduan:
    """Do one step of the work on a complaint; the caller commits.

    :raise PengaduanError: if this step is not allowed from where it is.
    """
    _check_langkah(row.status if row else "baru", langkah)
    if row is None:
        row = Pengaduan(saran_id=saran.id)
        session.add(row)
    if langkah.status != "selesai":
        row.selesai = None
    elif row.status != "selesai":
        row.selesai = now.astimezone(UTC)
    row.status = langkah.status
    row.tenggat = langkah.tenggat
    row.penanggung_jawab = langkah.penanggung_jawab
    row.jawaban = langkah.jawaban
    session.flush()
    return row


def _check_langkah(before: str, langkah: Langkah) -> None:
    if langkah.status not in LANGKAH[before]:
        raise PengaduanError(
            "status", f"Pengaduan {STATUS_LABEL[before].lower()} tidak dapat menjadi status ini."
        )
    if not langkah.penanggung_jawab:
        raise PengaduanError("penanggung_jawab", "Isi siapa yang menangani pengaduan ini.")
    if langkah.status == "selesai" and not langkah.jawaban:
        raise PengaduanError("jawaban", "Tulis jawaban untuk warga sebelum pengaduan selesai.")
    if before == "selesai" and not langkah.alasan:
        raise PengaduanError("alasan", "Isi mengapa pengaduan ini dibuka kembali.")
