"""Who gives service and where answers are collected: unit, layanan, titik."""

from __future__ import annotations

import uuid

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from skm_app.models.base import Base, new_id

JENIS_UNIT = ("kota", "kecamatan", "kelurahan", "opd")


class Unit(Base):
    """An office in the tree kota > kecamatan > kelurahan."""

    __tablename__ = "unit"
    __table_args__ = (
        CheckConstraint(f"jenis IN {JENIS_UNIT}", name="jenis"),
        UniqueConstraint("parent_id", "nama"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    parent_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("unit.id"), index=True)
    jenis: Mapped[str] = mapped_column(String(20))
    nama: Mapped[str] = mapped_column(String(200))
    alamat: Mapped[str] = mapped_column(String(300), default="")

    parent: Mapped[Unit | None] = relationship(remote_side=[id])


class Layanan(Base):
    """A service that one unit gives, as the citizen knows it."""

    __tablename__ = "layanan"
    __table_args__ = (UniqueConstraint("unit_id", "kode"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    unit_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("unit.id"))
    kode: Mapped[str] = mapped_column(String(40))
    nama: Mapped[str] = mapped_column(String(200))
    urutan: Mapped[int] = mapped_column(default=0)
    aktif: Mapped[bool] = mapped_column(default=True)

    unit: Mapped[Unit] = relationship()


class Titik(Base):
    """A collection point: one QR code or kiosk, with a short code that people can type.

    ``layanan_id`` set: every answer here is about that service. Unset: the citizen chooses.
    """

    __tablename__ = "titik"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    unit_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("unit.id"), index=True)
    layanan_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("layanan.id"))
    kode: Mapped[str] = mapped_column(String(12), unique=True)
    nama: Mapped[str] = mapped_column(String(200))
    aktif: Mapped[bool] = mapped_column(default=True)

    unit: Mapped[Unit] = relationship()
    layanan: Mapped[Layanan | None] = relationship()
