"""What citizens said: responden, jawaban, saran, and the running tallies.

``responden``, ``jawaban`` and ``saran`` are append-only; triggers in the migrations refuse
UPDATE, DELETE, REPLACE and TRUNCATE. Nothing here tells who somebody is.
"""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from skm_app.models.base import APPEND_ONLY, Base

KANAL = ("qr", "kios", "petugas", "kertas", "impor")
JENJANG = ("hari", "bulan")
# What a respondent can be told apart by, besides unit and layanan.
CIRI = ("kanal", "dibantu", "jam", "jenis_kelamin", "usia", "pendidikan", "pekerjaan")


class InstrumenTersimpan(Base):
    """A version of the questionnaire, whole, as it was asked. Never changed once stored."""

    __tablename__ = "instrumen"
    __table_args__ = {"info": APPEND_ONLY}  # noqa: RUF012 - SQLAlchemy's own protocol

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    definisi: Mapped[dict[str, Any]] = mapped_column(JSON)


class Responden(Base):
    """One filled questionnaire. ``id`` is the submission's own random UUID.

    ``tanggal`` is the day in the office's zone. ``waktu_perangkat`` is what the device's own
    clock said when the form was finished, ``selisih_detik`` how far that clock was behind the
    server's when last compared (None: never). ``dibantu``: staff helped. ``sidik`` is a keyed
    fingerprint of all that was sent, so that a repeat can be told from a different answer under
    the same id.

    ``jam``: band of the day in the office's zone. ``lama_detik``: from the first question to
    sending. ``perangkat``: keyed hash of the device's own random number and the day, so that
    one device's forms of one day can be seen together and those of two days cannot.
    ``batch_id``, ``nomor_lembar``: the paper form or file row that it was read from.
    """

    __tablename__ = "responden"
    __table_args__ = (
        CheckConstraint(f"kanal IN {KANAL}", name="kanal"),
        CheckConstraint("jenis_kelamin IN ('L', 'P')", name="jenis_kelamin"),
        Index("ix_responden_unit_id_tanggal", "unit_id", "tanggal"),
        Index(
            "ix_responden_batch_id",
            "batch_id",
            sqlite_where=text("batch_id IS NOT NULL"),
            postgresql_where=text("batch_id IS NOT NULL"),
        ),
        # SQLite: no hidden row number that would keep the order of arrival.
        {"sqlite_with_rowid": False, "info": APPEND_ONLY},
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    unit_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("unit.id"))
    titik_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("titik.id"))
    layanan_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("layanan.id"))
    instrumen_id: Mapped[str] = mapped_column(ForeignKey("instrumen.id"))
    kanal: Mapped[str] = mapped_column(String(10))
    diterima: Mapped[datetime]
    tanggal: Mapped[date]
    jenis_kelamin: Mapped[str | None] = mapped_column(String(1))
    usia: Mapped[str | None] = mapped_column(String(10))
    pendidikan: Mapped[str | None] = mapped_column(String(20))
    pekerjaan: Mapped[str | None] = mapped_column(String(30))
    dibantu: Mapped[bool | None]
    waktu_perangkat: Mapped[datetime | None]
    selisih_detik: Mapped[int | None]
    sidik: Mapped[str] = mapped_column(String(64))
    jam: Mapped[str | None] = mapped_column(String(5))
    lama_detik: Mapped[int | None]
    perangkat: Mapped[str | None] = mapped_column(String(16))
    batch_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("batch.id"))
    nomor_lembar: Mapped[int | None]


class IsianTerputus(Base):
    """Forms that were begun at a kiosk and given up: counted per day, never scored."""

    __tablename__ = "isian_terputus"
    __table_args__ = (CheckConstraint("jumlah > 0", name="jumlah"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    kios_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("kios.id"))
    tanggal: Mapped[date]
    jumlah: Mapped[int]


class Jawaban(Base):
    """One answer. ``nilai`` 1..4, or NULL when the citizen could not answer."""

    __tablename__ = "jawaban"
    __table_args__ = (
        CheckConstraint("nilai BETWEEN 1 AND 4", name="nilai"),
        {"sqlite_with_rowid": False, "info": APPEND_ONLY},
    )

    responden_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("responden.id"), primary_key=True)
    butir: Mapped[str] = mapped_column(String(40), primary_key=True)
    unsur: Mapped[str] = mapped_column(String(40))
    nilai: Mapped[int | None]


class Saran(Base):
    """A comment or complaint, kept apart from the answers it came with.

    ``kode_hash``: SHA-256 of the follow-up code that the citizen holds; complaints only.
    """

    __tablename__ = "saran"
    __table_args__ = (
        UniqueConstraint("kode_hash"),
        Index("ix_saran_unit_id_tanggal", "unit_id", "tanggal"),
        {"sqlite_with_rowid": False, "info": APPEND_ONLY},
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    unit_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("unit.id"))
    layanan_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("layanan.id"))
    tanggal: Mapped[date]
    teks: Mapped[str] = mapped_column(String(1200))
    pengaduan: Mapped[bool] = mapped_column(default=False)
    kode_hash: Mapped[str | None] = mapped_column(String(64))


class RekapTersimpan(Base):
    """Answer distribution of one butir in one unit, layanan and day or month.

    Written in the transaction of the response itself and proven by ``skm verify``, so the
    live index reads a bounded number of rows however many responses there are.
    """

    __tablename__ = "rekap"
    __table_args__ = (
        CheckConstraint(f"jenjang IN {JENJANG}", name="jenjang"),
        CheckConstraint(
            "n1 >= 0 AND n2 >= 0 AND n3 >= 0 AND n4 >= 0 AND kosong >= 0", name="hitungan"
        ),
        ForeignKeyConstraint(["unit_id"], ["unit.id"]),
        {"sqlite_with_rowid": False},
    )

    unit_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    jenjang: Mapped[str] = mapped_column(String(5), primary_key=True)
    mulai: Mapped[date] = mapped_column(primary_key=True)
    layanan_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("layanan.id"), primary_key=True)
    instrumen_id: Mapped[str] = mapped_column(ForeignKey("instrumen.id"), primary_key=True)
    butir: Mapped[str] = mapped_column(String(40), primary_key=True)
    n1: Mapped[int]
    n2: Mapped[int]
    n3: Mapped[int]
    n4: Mapped[int]
    kosong: Mapped[int]
    terakhir: Mapped[datetime]


class RekapCiri(Base):
    """Answer distribution of one butir among people with one ``ciri`` in one month.

    ``kelompok`` is the value of that ciri, empty where nobody said. By month only, and never
    two ciri together: finer tables would point at persons. Responses in ``rekap_tertunda`` are
    not yet in it.
    """

    __tablename__ = "rekap_ciri"
    __table_args__ = (
        CheckConstraint(f"ciri IN {CIRI}", name="ciri"),
        CheckConstraint(
            "n1 >= 0 AND n2 >= 0 AND n3 >= 0 AND n4 >= 0 AND kosong >= 0", name="hitungan"
        ),
        {"sqlite_with_rowid": False},
    )

    unit_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("unit.id"), primary_key=True)
    mulai: Mapped[date] = mapped_column(primary_key=True)
    instrumen_id: Mapped[str] = mapped_column(ForeignKey("instrumen.id"), primary_key=True)
    ciri: Mapped[str] = mapped_column(String(20), primary_key=True)
    kelompok: Mapped[str] = mapped_column(String(30), primary_key=True)
    butir: Mapped[str] = mapped_column(String(40), primary_key=True)
    n1: Mapped[int]
    n2: Mapped[int]
    n3: Mapped[int]
    n4: Mapped[int]
    kosong: Mapped[int]


class RekapTertunda(Base):
    """A response that ``rekap_ciri`` does not count yet.

    Counting one response by every ciri costs more than storing it; counting some hundreds
    together costs little. So they wait here, in the transaction of the response, for the next
    round; whoever reads adds these few from their own rows.
    """

    __tablename__ = "rekap_tertunda"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012

    responden_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("responden.id"), primary_key=True)
