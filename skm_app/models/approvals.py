"""What needs two people: a proposal by one, a decision by another. All append-only.

The database itself refuses a decision by the person who made the proposal.
"""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from skm_app.models.base import APPEND_ONLY, Base, new_id

# Close a period, open it again, leave responses out of the index, take them in again.
JENIS_USULAN = ("tetapkan", "buka", "kecualikan", "pulihkan")


class Usulan(Base):
    """One person's proposal, with the reason. ``isi``: what was on the screen, by kind."""

    __tablename__ = "usulan"
    __table_args__ = (
        CheckConstraint(f"jenis IN {JENIS_USULAN}", name="jenis"),
        CheckConstraint("(jenis IN ('tetapkan', 'buka')) = (periode_id IS NOT NULL)", name="objek"),
        UniqueConstraint("id", "pengusul_id"),
        Index("ix_usulan_unit_id_dibuat", "unit_id", "dibuat"),
        {"info": APPEND_ONLY},
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    jenis: Mapped[str] = mapped_column(String(10))
    unit_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("unit.id"))
    periode_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("periode.id"), index=True)
    alasan: Mapped[str] = mapped_column(String(500))
    isi: Mapped[dict[str, Any]] = mapped_column(JSON)
    pengusul_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("pengguna.id"))
    pengusul: Mapped[str] = mapped_column(String(60))
    dibuat: Mapped[datetime]

    putusan: Mapped[Putusan | None] = relationship(back_populates="usulan")


class UsulanResponden(Base):
    """A response that a proposal is about."""

    __tablename__ = "usulan_responden"
    __table_args__ = {"sqlite_with_rowid": False, "info": APPEND_ONLY}  # noqa: RUF012

    usulan_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("usulan.id"), primary_key=True)
    responden_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("responden.id"), primary_key=True, index=True
    )


class Putusan(Base):
    """Another person's decision on a proposal; a proposal withdrawn by its own author is one too.

    ``hasil`` 'ditarik' is the only one that the author may decide.
    """

    __tablename__ = "putusan"
    __table_args__ = (
        CheckConstraint("hasil IN ('disetujui', 'ditolak', 'ditarik')", name="hasil"),
        CheckConstraint("(hasil = 'ditarik') = (pemutus_id = pengusul_id)", name="dua_orang"),
        ForeignKeyConstraint(["usulan_id", "pengusul_id"], ["usulan.id", "usulan.pengusul_id"]),
        {"info": APPEND_ONLY},
    )

    usulan_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    pengusul_id: Mapped[uuid.UUID]
    hasil: Mapped[str] = mapped_column(String(10))
    catatan: Mapped[str] = mapped_column(String(500), default="")
    pemutus_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("pengguna.id"))
    pemutus: Mapped[str] = mapped_column(String(60))
    diputuskan: Mapped[datetime]

    usulan: Mapped[Usulan] = relationship(back_populates="putusan")


class Pengecualian(Base):
    """A response was taken out of the index, or back into it, by an approved proposal.

    It counts while its rows alternate to an even number of each; the response itself stays.
    """

    __tablename__ = "pengecualian"
    __table_args__ = {"sqlite_with_rowid": False, "info": APPEND_ONLY}  # noqa: RUF012

    responden_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("responden.id"), primary_key=True)
    usulan_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("usulan.id"), primary_key=True, index=True
    )
    keluar: Mapped[bool]
    berlaku: Mapped[datetime]
