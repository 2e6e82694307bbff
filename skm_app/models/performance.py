"""The performance agreement: indikator with yearly targets, realisasi and budget rows."""

from __future__ import annotations

import uuid
from decimal import Decimal

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from skm_app.models.base import Base, Berversi, new_id
from skm_app.models.periods import Periode
from skm_app.models.units import Unit

# How a year's realisasi comes about: read from a document, from a closed period, or by one of
# the three definitions of the Probebaya indicator.
CARA_REALISASI = (
    "dokumen",
    "periode",
    "kelurahan_pelaksana",
    "usulan_disetujui",
    "serapan_anggaran",
)


class Indikator(Base):
    """A key performance indicator (IKU) of one sasaran."""

    __tablename__ = "indikator"
    __table_args__ = (UniqueConstraint("unit_id", "kode"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    unit_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("unit.id"))
    kode: Mapped[str] = mapped_column(String(20))
    urutan: Mapped[int]
    sasaran: Mapped[str] = mapped_column(String(300))
    nama: Mapped[str] = mapped_column(String(300))
    satuan: Mapped[str] = mapped_column(String(20))


class Target(Berversi, Base):
    """The target of an indikator for one year."""

    __tablename__ = "target"

    indikator_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("indikator.id"), primary_key=True)
    tahun: Mapped[int] = mapped_column(primary_key=True)
    target: Mapped[Decimal]
    sumber: Mapped[str] = mapped_column(String(200), default="")


class Realisasi(Berversi, Base):
    """Where the realisasi of an indikator for one year comes from.

    ``nilai`` is stored only for ``cara = 'dokumen'``; everything else is computed.
    """

    __tablename__ = "realisasi"
    __table_args__ = (
        CheckConstraint(f"cara IN {CARA_REALISASI}", name="cara"),
        CheckConstraint("(cara = 'dokumen') = (nilai IS NOT NULL)", name="nilai"),
        CheckConstraint("(cara = 'periode') = (periode_id IS NOT NULL)", name="periode"),
    )

    indikator_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("indikator.id"), primary_key=True)
    tahun: Mapped[int] = mapped_column(primary_key=True)
    cara: Mapped[str] = mapped_column(String(20))
    nilai: Mapped[Decimal | None]
    periode_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("periode.id"))
    sumber: Mapped[str] = mapped_column(String(200), default="")

    periode: Mapped[Periode | None] = relationship()


class Anggaran(Base):
    """Budget and spending of one sub kegiatan of one unit in one year, in whole rupiah."""

    __tablename__ = "anggaran"
    __table_args__ = (
        UniqueConstraint("unit_id", "tahun", "program", "kegiatan", "sub_kegiatan"),
        CheckConstraint("anggaran_rp >= 0 AND realisasi_rp >= 0", name="rupiah"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    unit_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("unit.id"))
    tahun: Mapped[int]
    program: Mapped[str] = mapped_column(String(300))
    kegiatan: Mapped[str] = mapped_column(String(300))
    sub_kegiatan: Mapped[str] = mapped_column(String(300))
    anggaran_rp: Mapped[int] = mapped_column(BigInteger)
    realisasi_rp: Mapped[int] = mapped_column(BigInteger)

    unit: Mapped[Unit] = relationship()
