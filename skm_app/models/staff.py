"""Staff accounts, their sessions, and the counter that slows down guessing."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from skm_app.models.base import Base, Berversi, new_id
from skm_app.models.units import Unit

PERAN = ("admin", "operator", "pimpinan")


class Pengguna(Berversi, Base):
    """A member of staff who can sign in. ``sandi_sementara``: printed by the program.

    ``unit_id``: sees and changes only this unit and those below it; None: the whole office.
    """

    __tablename__ = "pengguna"
    __table_args__ = (CheckConstraint(f"peran IN {PERAN}", name="peran"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    nama: Mapped[str] = mapped_column(String(60), unique=True)
    sandi_hash: Mapped[str] = mapped_column(String(200))
    sandi_sementara: Mapped[bool] = mapped_column(default=False)
    peran: Mapped[str] = mapped_column(String(10))
    aktif: Mapped[bool] = mapped_column(default=True)
    unit_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("unit.id"))

    unit: Mapped[Unit | None] = relationship()


class Sesi(Base):
    """One signed-in browser. Only the hash of its token is kept."""

    __tablename__ = "sesi"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    pengguna_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("pengguna.id"), index=True)
    dibuat: Mapped[datetime]
    terakhir: Mapped[datetime]

    pengguna: Mapped[Pengguna] = relationship()


class PercobaanMasuk(Base):
    """Failed sign-ins of one account (hashed) from one place (hashed) since ``mulai``."""

    __tablename__ = "percobaan_masuk"

    kunci: Mapped[str] = mapped_column(String(64), primary_key=True)
    jumlah: Mapped[int]
    mulai: Mapped[datetime]
