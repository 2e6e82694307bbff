"""What was reached: realisasi by year and quarter, Probebaya, budget rows, AKIP, written words."""

from __future__ import annotations

import uuid
from datetime import datetime
from decimal import Decimal

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, String, Text, UniqueConstraint, text
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
# The fields of Probebaya, by column.
BIDANG_PROBEBAYA = ("infrastruktur", "ekonomi", "sosial_budaya", "kesehatan", "pendidikan")


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


class Triwulan(Berversi, Base):
    """One quarter of an indikator: what should be reached by its end, counted from January.

    ``realisasi``: as reported by hand; None where the program knows it itself. ``keterangan``:
    what is in the way, or what is done about it.
    """

    __tablename__ = "triwulan"
    __table_args__ = (CheckConstraint("triwulan BETWEEN 1 AND 4", name="triwulan"),)

    indikator_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("indikator.id"), primary_key=True)
    tahun: Mapped[int] = mapped_column(primary_key=True)
    triwulan: Mapped[int] = mapped_column(primary_key=True)
    target: Mapped[Decimal | None]
    realisasi: Mapped[Decimal | None]
    keterangan: Mapped[str] = mapped_column(Text, default="")


class Probebaya(Berversi, Base):
    """What one kelurahan did under Probebaya in a year; None: not recorded.

    ``diajukan``, ``disetujui``, ``dilaksanakan``: proposals submitted, approved, carried out.
    The five fields split ``dilaksanakan``: all of them or none. Rupiah are whole.
    """

    __tablename__ = "probebaya"
    __table_args__ = (
        CheckConstraint("jumlah_rt >= 0", name="jumlah_rt"),
        CheckConstraint("diajukan >= disetujui AND disetujui >= dilaksanakan", name="usulan"),
        CheckConstraint("dilaksanakan >= 0", name="dilaksanakan"),
        CheckConstraint("anggaran_rp >= 0 AND realisasi_rp >= 0", name="rupiah"),
        CheckConstraint(
            "infrastruktur + ekonomi + sosial_budaya + kesehatan + pendidikan = dilaksanakan",
            name="bidang",
        ),
    )

    unit_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("unit.id"), primary_key=True)
    tahun: Mapped[int] = mapped_column(primary_key=True)
    jumlah_rt: Mapped[int | None]
    diajukan: Mapped[int | None]
    disetujui: Mapped[int | None]
    dilaksanakan: Mapped[int | None]
    infrastruktur: Mapped[int | None]
    ekonomi: Mapped[int | None]
    sosial_budaya: Mapped[int | None]
    kesehatan: Mapped[int | None]
    pendidikan: Mapped[int | None]
    anggaran_rp: Mapped[int | None] = mapped_column(BigInteger)
    realisasi_rp: Mapped[int | None] = mapped_column(BigInteger)

    unit: Mapped[Unit] = relationship()


class Anggaran(Base):
    """Budget and spending of one sub kegiatan of one unit in one year, in whole rupiah.

    ``urutan``: place among the rows of its year, as in the budget document. ``penjelasan``: why
    more was spent than budgeted, if it was.
    """

    __tablename__ = "anggaran"
    __table_args__ = (
        UniqueConstraint("unit_id", "tahun", "program", "kegiatan", "sub_kegiatan"),
        CheckConstraint("anggaran_rp >= 0 AND realisasi_rp >= 0", name="rupiah"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    unit_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("unit.id"))
    tahun: Mapped[int]
    urutan: Mapped[int] = mapped_column(default=0, server_default="0")
    program: Mapped[str] = mapped_column(String(300))
    kegiatan: Mapped[str] = mapped_column(String(300))
    sub_kegiatan: Mapped[str] = mapped_column(String(300))
    anggaran_rp: Mapped[int] = mapped_column(BigInteger)
    realisasi_rp: Mapped[int] = mapped_column(BigInteger)
    penjelasan: Mapped[str] = mapped_column(String(300), default="", server_default=text("''"))

    unit: Mapped[Unit] = relationship()


class Akip(Berversi, Base):
    """The AKIP score of a unit for one year, 0..100.

    ``predikat``: the letter that the evaluator's report prints, empty if none; by Tabel 3.1 it
    follows from ``nilai``, and a difference is shown.
    """

    __tablename__ = "akip"

    unit_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("unit.id"), primary_key=True)
    tahun: Mapped[int] = mapped_column(primary_key=True)
    nilai: Mapped[Decimal]
    predikat: Mapped[str] = mapped_column(String(2), default="")
    sumber: Mapped[str] = mapped_column(String(200), default="")


class TeksKinerja(Berversi, Base):
    """One text block of a year's Bab III that somebody wrote over; ``kunci`` names the block.

    ``sidik_bawaan``: SHA-256 of what the data said then, so that a change since can be told.
    """

    __tablename__ = "teks_kinerja"

    unit_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("unit.id"), primary_key=True)
    tahun: Mapped[int] = mapped_column(primary_key=True)
    kunci: Mapped[str] = mapped_column(String(40), primary_key=True)
    isi: Mapped[str] = mapped_column(Text)
    ditulis: Mapped[datetime]
    sidik_bawaan: Mapped[str] = mapped_column(String(64), default="", server_default=text("''"))
