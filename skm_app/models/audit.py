"""The audit log: who did what, when."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from skm_app.models.base import APPEND_ONLY, Base


class Catatan(Base):
    """One deed of one member of staff. Append-only and chained, like the closed periods.

    Holds nothing about respondents. ``pengguna_id`` None: the ``skm`` command itself.
    """

    __tablename__ = "catatan"
    __table_args__ = (
        Index("ix_catatan_objek_objek_id", "objek", "objek_id"),
        {"info": APPEND_ONLY},
    )

    nomor: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    waktu: Mapped[datetime] = mapped_column(index=True)
    pengguna_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("pengguna.id"))
    oleh: Mapped[str] = mapped_column(String(60))
    peran: Mapped[str] = mapped_column(String(10))
    unit_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("unit.id"))
    aksi: Mapped[str] = mapped_column(String(40))
    objek: Mapped[str] = mapped_column(String(30))
    objek_id: Mapped[str] = mapped_column(String(80))
    keterangan: Mapped[str] = mapped_column(String(500))
    alasan: Mapped[str] = mapped_column(String(500), default="")
    sebelum: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    sesudah: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    sidik_sebelum: Mapped[str] = mapped_column(String(64))
    sidik: Mapped[str] = mapped_column(String(64))
