"""What staff do with comments and complaints. Nothing here leads back to the nine answers."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from skm_app.models.base import Base, Berversi
from skm_app.models.survey import Saran

STATUS_PENGADUAN = ("baru", "diproses", "selesai")


class TinjauanSaran(Berversi, Base):
    """One comment as staff read it. ``teks_aman``: without personal data, for the public."""

    __tablename__ = "tinjauan_saran"

    saran_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("saran.id"), primary_key=True)
    teks_aman: Mapped[str] = mapped_column(String(1200))
    boleh_tayang: Mapped[bool] = mapped_column(default=False)
    ditinjau: Mapped[datetime]

    saran: Mapped[Saran] = relationship()


class TandaSaran(Base):
    """A comment is about this unsur."""

    __tablename__ = "tanda_saran"

    saran_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("saran.id"), primary_key=True)
    unsur: Mapped[str] = mapped_column(String(40), primary_key=True)


class Pengaduan(Berversi, Base):
    """The office's work on a complaint. ``jawaban`` is what the citizen reads with the code.

    A complaint without a row here is new.
    """

    __tablename__ = "pengaduan"
    __table_args__ = (
        CheckConstraint(f"status IN {STATUS_PENGADUAN}", name="status"),
        CheckConstraint("status <> 'selesai' OR jawaban <> ''", name="jawaban"),
    )

    saran_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("saran.id"), primary_key=True)
    status: Mapped[str] = mapped_column(String(10), default="baru")
    tenggat: Mapped[date]
    penanggung_jawab: Mapped[str] = mapped_column(String(100), default="")
    jawaban: Mapped[str] = mapped_column(String(2000), default="")
    selesai: Mapped[datetime | None]

    saran: Mapped[Saran] = relationship()
