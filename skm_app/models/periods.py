"""Survey periods and what was fixed when one was closed."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from skm_app.models.base import Base, new_id
from skm_app.models.units import Unit


class Periode(Base):
    """A span of days over which one unit's index is measured, both ends included."""

    __tablename__ = "periode"
    __table_args__ = (
        UniqueConstraint("unit_id", "nama"),
        CheckConstraint("mulai <= sampai", name="urutan_tanggal"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    unit_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("unit.id"))
    nama: Mapped[str] = mapped_column(String(100))
    tahun: Mapped[int]
    mulai: Mapped[date]
    sampai: Mapped[date]
    instrumen_id: Mapped[str] = mapped_column(ForeignKey("instrumen.id"))
    konvensi: Mapped[str] = mapped_column(String(20))

    unit: Mapped[Unit] = relationship()
    penetapan: Mapped[Penetapan | None] = relationship(back_populates="periode")


class Penetapan(Base):
    """The frozen result of a closed period. Append-only, like the responses.

    ``isi`` holds the inputs (tallies, convention, instrument) and the figures; ``sidik`` is the
    SHA-256 of ``isi`` in canonical JSON together with ``sidik_sebelum``, the one before it.
    """

    __tablename__ = "penetapan"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    nomor: Mapped[int] = mapped_column(unique=True)
    periode_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("periode.id"), unique=True)
    ditetapkan: Mapped[datetime]
    oleh: Mapped[str] = mapped_column(String(60))
    n: Mapped[int]
    ikm: Mapped[Decimal]
    ikm_eksak: Mapped[Decimal]
    mutu: Mapped[str] = mapped_column(String(1))
    isi: Mapped[dict[str, Any]] = mapped_column(JSON)
    sidik_sebelum: Mapped[str] = mapped_column(String(64))
    sidik: Mapped[str] = mapped_column(String(64))

    periode: Mapped[Periode] = relationship(back_populates="penetapan")
