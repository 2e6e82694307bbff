"""What was promised: Renstra, tujuan, sasaran, indikator, yearly targets, perjanjian kinerja."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from skm_app.models.base import APPEND_ONLY, Base, Berversi, new_id

# Which way an indikator is better.
ARAH = ("naik", "turun")


class Rencana(Berversi, Base):
    """The strategic plan (Renstra) of a unit; ``mulai`` and ``sampai``: its first and last year.

    The target of the last year is the target akhir Renstra.
    """

    __tablename__ = "rencana"
    __table_args__ = (CheckConstraint("mulai <= sampai", name="tahun"),)

    unit_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("unit.id"), primary_key=True)
    nama: Mapped[str] = mapped_column(String(200))
    visi: Mapped[str] = mapped_column(String(500), default="")
    misi: Mapped[str] = mapped_column(String(500), default="")
    mulai: Mapped[int]
    sampai: Mapped[int]


class Tujuan(Berversi, Base):
    """A goal of a unit's plan."""

    __tablename__ = "tujuan"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    unit_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("rencana.unit_id"), index=True)
    urutan: Mapped[int]
    uraian: Mapped[str] = mapped_column(String(300))


class Sasaran(Berversi, Base):
    """A strategic objective below a tujuan."""

    __tablename__ = "sasaran"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    tujuan_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("tujuan.id"), index=True)
    urutan: Mapped[int]
    uraian: Mapped[str] = mapped_column(String(300))

    tujuan: Mapped[Tujuan] = relationship()


class Dukungan(Base):
    """Which programme of the budget pays for a sasaran; ``jenis_unit``: only in units of that kind.

    ``program``: as it is written in the budget rows (``Anggaran.program``).
    """

    __tablename__ = "dukungan"
    __table_args__ = (UniqueConstraint("sasaran_id", "program", "jenis_unit"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    sasaran_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("sasaran.id"), index=True)
    program: Mapped[str] = mapped_column(String(300))
    jenis_unit: Mapped[str | None] = mapped_column(String(20))


class Indikator(Berversi, Base):
    """A key performance indicator (IKU) of one sasaran; of none while it has no place in a plan.

    ``paling_tinggi``: what its figure cannot exceed (100 for a share), None if there is no such
    bound. ``formula``, ``alasan``, ``sumber_data``: as the decree on IKU gives them.
    """

    __tablename__ = "indikator"
    __table_args__ = (
        UniqueConstraint("unit_id", "kode"),
        CheckConstraint(f"arah IN {ARAH}", name="arah"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    unit_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("unit.id"))
    sasaran_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("sasaran.id"), index=True)
    kode: Mapped[str] = mapped_column(String(20))
    urutan: Mapped[int]
    nama: Mapped[str] = mapped_column(String(300))
    satuan: Mapped[str] = mapped_column(String(20))
    arah: Mapped[str] = mapped_column(String(5), default="naik", server_default="naik")
    paling_tinggi: Mapped[Decimal | None]
    formula: Mapped[str] = mapped_column(Text, default="", server_default=text("''"))
    alasan: Mapped[str] = mapped_column(Text, default="", server_default=text("''"))
    sumber_data: Mapped[str] = mapped_column(String(200), default="", server_default=text("''"))

    sasaran: Mapped[Sasaran | None] = relationship()
    nama_lain: Mapped[list[NamaLain]] = relationship(
        order_by="NamaLain.nama", cascade="all, delete-orphan"
    )


class NamaLain(Base):
    """Another name by which a document calls an indikator; ``sumber``: that document."""

    __tablename__ = "nama_lain"
    __table_args__ = (UniqueConstraint("indikator_id", "nama"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    indikator_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("indikator.id"))
    nama: Mapped[str] = mapped_column(String(300))
    sumber: Mapped[str] = mapped_column(String(200), default="")


class Target(Berversi, Base):
    """The target of an indikator for one year, as it applies now.

    ``nomor``: how often it was revised. ``keputusan``, ``tanggal``: number and day of the decree
    that set this version; the versions before it stand in ``TargetLama``.
    """

    __tablename__ = "target"

    indikator_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("indikator.id"), primary_key=True)
    tahun: Mapped[int] = mapped_column(primary_key=True)
    target: Mapped[Decimal]
    sumber: Mapped[str] = mapped_column(String(200), default="")
    nomor: Mapped[int] = mapped_column(default=0, server_default="0")
    keputusan: Mapped[str] = mapped_column(String(200), default="", server_default=text("''"))
    tanggal: Mapped[date | None]


class TargetLama(Base):
    """A target that was revised later. Append-only."""

    __tablename__ = "target_lama"
    __table_args__ = {"info": APPEND_ONLY}  # noqa: RUF012 - SQLAlchemy's own protocol

    indikator_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("indikator.id"), primary_key=True)
    tahun: Mapped[int] = mapped_column(primary_key=True)
    nomor: Mapped[int] = mapped_column(primary_key=True)
    target: Mapped[Decimal]
    sumber: Mapped[str] = mapped_column(String(200))
    keputusan: Mapped[str] = mapped_column(String(200))
    tanggal: Mapped[date | None]
    diganti: Mapped[datetime]
    oleh: Mapped[str] = mapped_column(String(60))


class Perjanjian(Berversi, Base):
    """The performance agreement (perjanjian kinerja) of a unit for one year.

    ``pertama_*``: who promises (camat); ``kedua_*``: to whom (wali kota).
    """

    __tablename__ = "perjanjian"

    unit_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("unit.id"), primary_key=True)
    tahun: Mapped[int] = mapped_column(primary_key=True)
    dokumen: Mapped[str] = mapped_column(String(200), default="")
    tempat: Mapped[str] = mapped_column(String(100), default="")
    tanggal: Mapped[date | None]
    pertama_jabatan: Mapped[str] = mapped_column(String(100))
    pertama_nama: Mapped[str] = mapped_column(String(100), default="")
    kedua_jabatan: Mapped[str] = mapped_column(String(100))
    kedua_nama: Mapped[str] = mapped_column(String(100), default="")
