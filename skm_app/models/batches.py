"""Forms that come in bulk: batches of paper being typed in, files being imported."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from skm_app.models.base import Base, Berversi, new_id
from skm_app.models.units import Titik

JENIS_BATCH = ("kertas", "impor")
STATUS_BATCH = ("diisi", "diproses", "tersimpan", "batal")


class Batch(Berversi, Base):
    """A stack of paper forms or one file. ``kode`` is written on the paper stack.

    ``ganda``: every form is typed twice. ``sidik_berkas``: SHA-256 of the imported file.
    """

    __tablename__ = "batch"
    __table_args__ = (
        UniqueConstraint("unit_id", "kode"),
        CheckConstraint(f"jenis IN {JENIS_BATCH}", name="jenis"),
        CheckConstraint(f"status IN {STATUS_BATCH}", name="status"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    unit_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("unit.id"))
    titik_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("titik.id"))
    jenis: Mapped[str] = mapped_column(String(10))
    kode: Mapped[str] = mapped_column(String(30))
    status: Mapped[str] = mapped_column(String(10), default="diisi")
    tanggal: Mapped[date]
    ganda: Mapped[bool] = mapped_column(default=False)
    nama_berkas: Mapped[str] = mapped_column(String(200), default="")
    sidik_berkas: Mapped[str] = mapped_column(String(64), default="")
    jumlah: Mapped[int] = mapped_column(default=0)
    oleh_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("pengguna.id"))
    dibuat: Mapped[datetime]
    selesai: Mapped[datetime | None]

    titik: Mapped[Titik] = relationship()


class Lembar(Berversi, Base):
    """One paper form while its batch is being typed in; deleted when the batch is stored.

    ``isi``: what the first person typed; ``isi_kedua``: what was typed the second time.
    """

    __tablename__ = "lembar"

    batch_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("batch.id"), primary_key=True)
    nomor: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[uuid.UUID] = mapped_column(unique=True)
    isi: Mapped[dict[str, Any]] = mapped_column(JSON)
    isi_kedua: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))


class Unggahan(Base):
    """A file on its way in, with what was chosen for it; deleted once stored or given up.

    ``pilihan``: mapping of columns, order of U8 and U9, titik and so on.
    """

    __tablename__ = "unggahan"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    oleh_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("pengguna.id"))
    nama: Mapped[str] = mapped_column(String(200))
    isi: Mapped[bytes] = mapped_column(LargeBinary)
    pilihan: Mapped[dict[str, Any]] = mapped_column(JSON)
    dibuat: Mapped[datetime]
