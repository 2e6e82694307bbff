"""The audit log: writing it, and the fingerprint that chains each record to the one before.

A deed and its record are one transaction: neither is stored without the other.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from skm_app.database import Database
from skm_app.models import Base, Catatan
from skm_app.rantai import FIRST_LINK, compute_link

# Never shown to anyone who reads the log.
RAHASIA = ("sandi_hash", "pin", "token_hash", "kode_pasang_hash", "isi")


@dataclass(frozen=True, kw_only=True)
class Pelaku:
    """Who does something. ``pengguna_id`` None: the ``skm`` command on the server itself."""

    pengguna_id: uuid.UUID | None
    nama: str
    peran: str


SISTEM = Pelaku(pengguna_id=None, nama="perintah skm", peran="sistem")


def add_catatan(
    session: Session,
    pelaku: Pelaku,
    aksi: str,
    objek: Base | tuple[str, str],
    keterangan: str,
    *,
    unit_id: uuid.UUID | None = None,
    alasan: str = "",
    sebelum: Mapping[str, Any] | None = None,
    sesudah: Mapping[str, Any] | None = None,
) -> Catatan:
    """Record a deed; the caller commits it together with the deed.

    :param aksi: a verb such as ``"ubah"``.
    :param objek: the row that was touched, or its kind and key.
    :param keterangan: one sentence for people; never anything about a respondent.
    :param sebelum: values before, ``sesudah`` after; see ``values_of``.
    """
    session.flush()
    Database.lock_catatan(session)
    last = session.execute(
        select(Catatan.nomor, Catatan.sidik).order_by(Catatan.nomor.desc()).limit(1)
    ).first()
    jenis, objek_id = (objek.__tablename__, _key_of(objek)) if isinstance(objek, Base) else objek
    catatan = Catatan(
        nomor=last.nomor + 1 if last else 1,
        waktu=datetime.now(UTC),
        pengguna_id=pelaku.pengguna_id,
        oleh=pelaku.nama,
        peran=pelaku.peran,
        unit_id=unit_id,
        aksi=aksi,
        objek=jenis,
        objek_id=objek_id,
        keterangan=keterangan[:500],
        alasan=alasan[:500],
        sebelum=dict(sebelum) if sebelum is not None else None,
        sesudah=dict(sesudah) if sesudah is not None else None,
        sidik_sebelum=last.sidik if last else FIRST_LINK,
    )
    catatan.sidik = compute_sidik_catatan(catatan)
    session.add(catatan)
    session.flush()
    return catatan


def compute_sidik_catatan(catatan: Catatan) -> str:
    """The fingerprint of a record, from all of its fields and the one before it."""
    fields = [
        catatan.nomor,
        catatan.waktu.astimezone(UTC).isoformat(),
        str(catatan.pengguna_id) if catatan.pengguna_id else None,
        catatan.oleh,
        catatan.peran,
        str(catatan.unit_id) if catatan.unit_id else None,
        catatan.aksi,
        catatan.objek,
        catatan.objek_id,
        catatan.keterangan,
        catatan.alasan,
        catatan.sebelum,
        catatan.sesudah,
    ]
    return compute_link(fields, catatan.sidik_sebelum)


def values_of(row: Base) -> dict[str, Any]:
    """The columns of a row as the log keeps them: plain JSON, without secrets."""
    mapper = inspect(row).mapper
    return {
        attribute.key: _plain(getattr(row, attribute.key))
        for attribute in mapper.column_attrs
        if attribute.key not in RAHASIA and attribute.key != "versi"
    }


def changes_between(
    before: Mapping[str, Any], after: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Only what differs of two ``values_of``."""
    names = [name for name in after if before.get(name) != after[name]]
    return {name: before.get(name) for name in names}, {name: after[name] for name in names}


def _key_of(row: Base) -> str:
    keys = inspect(row).mapper.primary_key_from_instance(row)
    return "/".join(str(key) for key in keys)


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, uuid.UUID | Decimal):
        return str(value)
    return value
