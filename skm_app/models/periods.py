"""Survey periods and what was fixed when one was closed."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from skm_app.models.base import APPEND_ONLY, Base, Berversi, new_id
from skm_app.models.units import Unit

if TYPE_CHECKING:
    from skm_app.models.reports import Terbitan

JENIS_PERIODE = ("bulan", "triwulan", "semester", "tahun", "lain")


class Periode(Berversi, Base):
    """A span of days over which one unit's index is measured, both ends included.

    ``populasi``: users of the services in these days, from the service registers; the sample
    that is needed follows from it. ``populasi_sumber``: where that number was read.
    """

    __tablename__ = "periode"
    __table_args__ = (
        UniqueConstraint("unit_id", "nama"),
        CheckConstraint("mulai <= sampai", name="urutan_tanggal"),
        CheckConstraint(f"jenis IN {JENIS_PERIODE}", name="jenis"),
        CheckConstraint("populasi > 0", name="populasi"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    unit_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("unit.id"))
    nama: Mapped[str] = mapped_column(String(100))
    tahun: Mapped[int]
    mulai: Mapped[date]
    sampai: Mapped[date]
    instrumen_id: Mapped[str] = mapped_column(ForeignKey("instrumen.id"))
    konvensi: Mapped[str] = mapped_column(String(20))
    jenis: Mapped[str] = mapped_column(String(10), default="tahun", server_default="lain")
    populasi: Mapped[int | None]
    populasi_sumber: Mapped[str | None] = mapped_column(String(200))

    unit: Mapped[Unit] = relationship()
    semua_penetapan: Mapped[list[Penetapan]] = relationship(
        back_populates="periode", order_by="Penetapan.nomor"
    )

    @property
    def penetapan(self) -> Penetapan | None:
        """The frozen result that stands; None while the period is open, or open again."""
        last = self.semua_penetapan[-1] if self.semua_penetapan else None
        return last if last and last.pembukaan is None else None


class Penetapan(Base):
    """The frozen result of a closed period. Append-only, like the responses.

    A period that was opened again and closed again has several; the newest one stands.

    ``isi`` holds the inputs (tallies, convention, instrument) and the figures; ``sidik`` is the
    SHA-256 of ``isi`` in canonical JSON together with ``sidik_sebelum``, the one before it.
    """

    __tablename__ = "penetapan"
    __table_args__ = {"info": APPEND_ONLY}  # noqa: RUF012 - SQLAlchemy's own protocol

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    nomor: Mapped[int] = mapped_column(unique=True)
    periode_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("periode.id"), index=True)
    ditetapkan: Mapped[datetime]
    oleh: Mapped[str] = mapped_column(String(60))
    n: Mapped[int]
    ikm: Mapped[Decimal]
    ikm_eksak: Mapped[Decimal]
    mutu: Mapped[str] = mapped_column(String(1))
    isi: Mapped[dict[str, Any]] = mapped_column(JSON)
    sidik_sebelum: Mapped[str] = mapped_column(String(64))
    sidik: Mapped[str] = mapped_column(String(64))

    periode: Mapped[Periode] = relationship(back_populates="semua_penetapan")
    pembukaan: Mapped[Pembukaan | None] = relationship(back_populates="penetapan")
    terbitan: Mapped[Terbitan | None] = relationship(back_populates="penetapan")


class Pembukaan(Base):
    """A frozen result was set aside and its period opened again. Append-only."""

    __tablename__ = "pembukaan"
    __table_args__ = {"info": APPEND_ONLY}  # noqa: RUF012 - SQLAlchemy's own protocol

    penetapan_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("penetapan.id"), primary_key=True)
    usulan_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("usulan.id"), unique=True)
    dibuka: Mapped[datetime]

    penetapan: Mapped[Penetapan] = relationship(back_populates="pembukaan")
