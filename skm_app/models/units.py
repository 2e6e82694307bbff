"""Who gives service and where answers are collected: unit, layanan, titik."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from skm_app.models.base import Base, Berversi, new_id

JENIS_UNIT = ("kota", "kecamatan", "kelurahan", "opd")


class Unit(Berversi, Base):
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


class Layanan(Berversi, Base):
    """A service that one unit gives, as the citizen knows it.

    ``gratis``: nobody pays for it, so its biaya is answered 4 whatever the service is like.
    """

    __tablename__ = "layanan"
    __table_args__ = (UniqueConstraint("unit_id", "kode"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    unit_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("unit.id"))
    kode: Mapped[str] = mapped_column(String(40))
    nama: Mapped[str] = mapped_column(String(200))
    urutan: Mapped[int] = mapped_column(default=0)
    aktif: Mapped[bool] = mapped_column(default=True)
    gratis: Mapped[bool] = mapped_column(default=False, server_default=false())

    unit: Mapped[Unit] = relationship()


class Kios(Base):
    """A tablet that was paired with a titik, or is about to be.

    ``kode_pasang_hash``: SHA-256 of the short code that pairs it, until ``kode_pasang_sampai``.
    ``token_hash``: SHA-256 of what the tablet proves itself with. ``menunggu`` and
    ``selisih_detik`` are what it last told: responses waiting, its clock behind the server's.
    """

    __tablename__ = "kios"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    titik_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("titik.id"), index=True)
    nama: Mapped[str] = mapped_column(String(100))
    pin: Mapped[str] = mapped_column(String(200))
    kode_pasang_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    kode_pasang_sampai: Mapped[datetime | None]
    token_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    dicabut: Mapped[bool] = mapped_column(default=False)
    kontak_terakhir: Mapped[datetime | None]
    menunggu: Mapped[int] = mapped_column(default=0)
    selisih_detik: Mapped[int | None]

    titik: Mapped[Titik] = relationship()


class Titik(Berversi, Base):
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
