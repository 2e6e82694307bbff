"""Signed-in browsers. The cookie holds a random token, the table only its SHA-256."""

from __future__ import annotations

import hashlib
import secrets
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.orm import Session

from skm_app.models import Pengguna, Sesi

BATAS_DIAM = timedelta(minutes=30)
BATAS_MUTLAK = timedelta(hours=8)
JEDA_PERBARUI = timedelta(minutes=1)
TOKEN_BYTES = 32


# Built once: every request asks.
_FIND = (
    select(
        Pengguna.id,
        Pengguna.nama,
        Pengguna.peran,
        Pengguna.sandi_sementara,
        Pengguna.unit_id,
        Sesi.terakhir,
    )
    .join(Sesi, Sesi.pengguna_id == Pengguna.id)
    .where(
        Sesi.token_hash == bindparam("token_hash"),
        Sesi.dibuat > bindparam("dibuat"),
        Sesi.terakhir > bindparam("terakhir"),
        Pengguna.aktif,
    )
)


@dataclass(frozen=True, kw_only=True)
class SesiAktif:
    """The person behind a request, as flask-login wants to know them.

    ``unit_id``: the part of the office this person is limited to; None: all of it.
    """

    token: str
    pengguna_id: uuid.UUID
    nama: str
    peran: str
    sandi_sementara: bool
    unit_id: uuid.UUID | None
    perlu_diperbarui: bool
    is_authenticated: bool = True
    is_active: bool = True
    is_anonymous: bool = False

    def get_id(self) -> str:
        return self.token


def create_sesi(session: Session, pengguna: Pengguna, now: datetime) -> SesiAktif:
    """Open a session under a new token; sessions past their time are cleared away."""
    session.execute(delete(Sesi).where(Sesi.dibuat < now - BATAS_MUTLAK))
    token = secrets.token_urlsafe(TOKEN_BYTES)
    session.add(Sesi(token_hash=_hash(token), pengguna_id=pengguna.id, dibuat=now, terakhir=now))
    return SesiAktif(
        token=token,
        pengguna_id=pengguna.id,
        nama=pengguna.nama,
        peran=pengguna.peran,
        sandi_sementara=pengguna.sandi_sementara,
        unit_id=pengguna.unit_id,
        perlu_diperbarui=False,
    )


def find_sesi(session: Session, token: str, now: datetime) -> SesiAktif | None:
    """The session of a token, unless it is over or its account closed. One statement."""
    limits = {"dibuat": now - BATAS_MUTLAK, "terakhir": now - BATAS_DIAM}
    row = session.execute(_FIND, {"token_hash": _hash(token), **limits}).one_or_none()
    if row is None:
        return None
    pengguna_id, nama, peran, sandi_sementara, unit_id, terakhir = row
    return SesiAktif(
        token=token,
        pengguna_id=pengguna_id,
        nama=nama,
        peran=peran,
        sandi_sementara=sandi_sementara,
        unit_id=unit_id,
        perlu_diperbarui=now - terakhir > JEDA_PERBARUI,
    )


def renew_sesi(session: Session, token: str, now: datetime) -> None:
    """Start the idle time anew."""
    session.execute(update(Sesi).where(Sesi.token_hash == _hash(token)).values(terakhir=now))


def delete_sesi(session: Session, token: str) -> None:
    """Sign one browser out."""
    session.execute(delete(Sesi).where(Sesi.token_hash == _hash(token)))


def delete_all_sesi(session: Session, pengguna_id: uuid.UUID) -> None:
    """Sign an account out everywhere."""
    session.execute(delete(Sesi).where(Sesi.pengguna_id == pengguna_id))


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
