"""The follow-up plan (rencana tindak lanjut, RTL) and its evidence."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from skm_app.models.base import Base, Berversi, new_id
from skm_app.models.periods import Periode

STATUS_RTL = ("rencana", "berjalan", "selesai", "tidak")


class Rtl(Berversi, Base):
    """What will be done about one unsur that a period showed to be weak.

    ``tahun`` and ``triwulan`` (1..4): when it is due. ``asal_id``: the plan of an earlier
    period that it carries on. ``uraian_hasil``: what came of it.
    """

    __tablename__ = "rtl"
    __table_args__ = (
        CheckConstraint(f"status IN {STATUS_RTL}", name="status"),
        CheckConstraint("triwulan BETWEEN 1 AND 4", name="triwulan"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    periode_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("periode.id"), index=True)
    asal_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("rtl.id"))
    unsur: Mapped[str] = mapped_column(String(40))
    masalah: Mapped[str] = mapped_column(String(500), default="")
    program: Mapped[str] = mapped_column(String(500))
    tahun: Mapped[int]
    triwulan: Mapped[int]
    penanggung_jawab: Mapped[str] = mapped_column(String(100))
    status: Mapped[str] = mapped_column(String(10), default="rencana")
    uraian_hasil: Mapped[str] = mapped_column(String(1000), default="")
    tanggal_selesai: Mapped[date | None]

    periode: Mapped[Periode] = relationship()
    bukti: Mapped[list[BuktiRtl]] = relationship(back_populates="rtl", order_by="BuktiRtl.diunggah")


class BuktiRtl(Base):
    """A file that shows what was done. ``sidik``: SHA-256 of ``isi``."""

    __tablename__ = "bukti_rtl"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    rtl_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("rtl.id"), index=True)
    nama: Mapped[str] = mapped_column(String(200))
    jenis: Mapped[str] = mapped_column(String(100))
    ukuran: Mapped[int]
    sidik: Mapped[str] = mapped_column(String(64))
    isi: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    diunggah: Mapped[datetime]

    rtl: Mapped[Rtl] = relationship(back_populates="bukti")
