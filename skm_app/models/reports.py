"""What an office adds to its documents, and which results it has made public."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, LargeBinary, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from skm_app.models.base import APPEND_ONLY, Base, Berversi, new_id
from skm_app.models.periods import Penetapan, Periode

JENIS_GAMBAR = ("image/png", "image/jpeg")


class KopSurat(Berversi, Base):
    """Letterhead and signature of one unit's documents.

    ``instansi``: the line above the unit's name (PEMERINTAH KOTA SAMARINDA). ``kontak``: the
    line below the address. ``tempat``: where documents are signed. ``lambang``: picture beside
    the letterhead. ``jabatan``, ``nama``, ``pangkat``, ``nip``: who signs.
    """

    __tablename__ = "kop_surat"
    __table_args__ = (CheckConstraint(f"lambang_jenis IN {JENIS_GAMBAR}", name="lambang_jenis"),)

    unit_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("unit.id"), primary_key=True)
    instansi: Mapped[str] = mapped_column(String(200), default="")
    kontak: Mapped[str] = mapped_column(String(200), default="")
    tempat: Mapped[str] = mapped_column(String(100), default="")
    jabatan: Mapped[str] = mapped_column(String(100), default="")
    nama: Mapped[str] = mapped_column(String(100), default="")
    pangkat: Mapped[str] = mapped_column(String(100), default="")
    nip: Mapped[str] = mapped_column(String(30), default="")
    lambang: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    lambang_jenis: Mapped[str | None] = mapped_column(String(20))


class TemplatLaporan(Berversi, Base):
    """The DOCX file that a unit wants its annual report in; ``sidik``: SHA-256 of ``isi``."""

    __tablename__ = "templat_laporan"

    unit_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("unit.id"), primary_key=True)
    nama: Mapped[str] = mapped_column(String(200))
    sidik: Mapped[str] = mapped_column(String(64))
    isi: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    diunggah: Mapped[datetime]


class TeksLaporan(Berversi, Base):
    """One text block of a period's report that somebody wrote over; ``kunci`` names the block.

    ``ditulis``: when, so that words older than the closing can be told. ``sidik_bawaan``: SHA-256
    of what the data said then, empty for words older than that column.
    """

    __tablename__ = "teks_laporan"

    periode_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("periode.id"), primary_key=True)
    kunci: Mapped[str] = mapped_column(String(40), primary_key=True)
    isi: Mapped[str] = mapped_column(Text)
    ditulis: Mapped[datetime]
    sidik_bawaan: Mapped[str] = mapped_column(String(64), default="", server_default=text("''"))


class FotoLaporan(Base):
    """A photo for the annex of a period's report. ``sidik``: SHA-256 of ``isi``."""

    __tablename__ = "foto_laporan"
    __table_args__ = (CheckConstraint(f"jenis IN {JENIS_GAMBAR}", name="jenis"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    periode_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("periode.id"), index=True)
    keterangan: Mapped[str] = mapped_column(String(300))
    jenis: Mapped[str] = mapped_column(String(20))
    sidik: Mapped[str] = mapped_column(String(64))
    isi: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    diunggah: Mapped[datetime]

    periode: Mapped[Periode] = relationship()


class Terbitan(Base):
    """A frozen result that was made public. Append-only.

    ``isi`` is all that the public is shown of it, small groups folded, so that what is published
    can neither drift nor be asked for again in another cut. It is shown while its period stays
    closed by that very penetapan.
    """

    __tablename__ = "terbitan"
    __table_args__ = {"info": APPEND_ONLY}  # noqa: RUF012 - SQLAlchemy's own protocol

    penetapan_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("penetapan.id"), primary_key=True)
    diterbitkan: Mapped[datetime]
    oleh: Mapped[str] = mapped_column(String(60))
    isi: Mapped[dict[str, Any]] = mapped_column(JSON)
    sidik: Mapped[str] = mapped_column(String(64))

    penetapan: Mapped[Penetapan] = relationship(back_populates="terbitan")
