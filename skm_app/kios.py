"""Kiosk tablets: making one known, pairing it, taking it out of service. The caller commits."""

from __future__ import annotations

import hashlib
import secrets
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from skm_app.kode import make_kode, normalize_kode
from skm_app.models import Kios

KODE_PASANG_LENGTH = 8
KODE_PASANG_VALID = timedelta(minutes=15)
# The tablet must check the PIN with no network, so it holds this hash; the rounds slow down
# whoever steals it.
PIN_ROUNDS = 310_000
PIN_LENGTH = range(4, 9)
MAX_NAMA = 100


class KiosError(ValueError):
    """A tablet cannot be made or paired like this; the message says why."""


@dataclass(frozen=True, kw_only=True)
class Pasangan:
    """What a tablet gets when it is paired: its proof, and the PIN's hash."""

    token: str
    nama: str
    pin: str


def create_kios(
    session: Session, titik_id: uuid.UUID, nama: str, pin: str, now: datetime
) -> tuple[Kios, str]:
    """Make a tablet known.

    :return: the tablet and the code that pairs it, which is shown once.
    :raise KiosError: if the name is missing or the PIN is not 4 to 8 digits.
    """
    if not nama.strip():
        raise KiosError("Beri nama tablet ini, misalnya Tablet loket 1.")
    kios = Kios(titik_id=titik_id, nama=nama.strip()[:MAX_NAMA], pin=hash_pin(pin))
    session.add(kios)
    return kios, renew_kode(session, kios, now)


def renew_kode(session: Session, kios: Kios, now: datetime) -> str:
    """Give a tablet a new pairing code, for 15 minutes; the tablet paired before is shut out
    once the new one is. A revoked tablet stays shut out: it may be in a thief's hands."""
    kode = make_kode(KODE_PASANG_LENGTH)
    kios.kode_pasang_hash = _hash(kode)
    kios.kode_pasang_sampai = now + KODE_PASANG_VALID
    if kios.dicabut:
        kios.dicabut = False
        kios.token_hash = None
    session.flush()
    return kode


def revoke_kios(kios: Kios) -> None:
    """Take a tablet out of service: what it sends from now on is refused."""
    kios.dicabut = True
    kios.kode_pasang_hash = kios.kode_pasang_sampai = None


def change_pin(kios: Kios, pin: str) -> None:
    """Give a tablet another staff PIN; it holds the old one's hash until its next contact.

    :raise KiosError: if the PIN is not 4 to 8 digits.
    """
    kios.pin = hash_pin(pin)


def pair_kios(session: Session, titik_id: uuid.UUID, typed: str, now: datetime) -> Pasangan:
    """Exchange a pairing code, once, for a tablet's own token.

    :raise KiosError: if the code is wrong, used, too old, or belongs to another titik.
    """
    kios = session.scalars(
        select(Kios)
        .where(Kios.kode_pasang_hash == _hash(normalize_kode(typed)), Kios.titik_id == titik_id)
        .with_for_update(key_share=True)
    ).one_or_none()
    if kios is None or kios.kode_pasang_sampai is None or kios.kode_pasang_sampai < now:
        raise KiosError("Kode pasang salah atau sudah lewat 15 menit. Minta kode baru ke admin.")
    token = secrets.token_urlsafe(32)
    kios.token_hash = _hash(token)
    kios.kode_pasang_hash = kios.kode_pasang_sampai = None
    kios.kontak_terakhir = now
    return Pasangan(token=token, nama=kios.nama, pin=kios.pin)


def find_kios(session: Session, titik_id: uuid.UUID, token: str) -> Kios | None:
    """The tablet of a titik that holds this token, also when it was revoked."""
    return session.scalars(
        select(Kios).where(Kios.token_hash == _hash(token), Kios.titik_id == titik_id)
    ).one_or_none()


def hash_pin(pin: str) -> str:
    """``rounds$salt$PBKDF2-SHA256`` in hexadecimal, as the browser's own crypto can check it.

    :raise KiosError: if the PIN is not 4 to 8 digits.
    """
    if not (pin.isascii() and pin.isdigit() and len(pin) in PIN_LENGTH):
        raise KiosError("PIN harus 4 sampai 8 angka.")
    salt = secrets.token_bytes(16)
    digest = hashlib.pbkdf2_hmac("sha256", pin.encode(), salt, PIN_ROUNDS)
    return f"{PIN_ROUNDS}${salt.hex()}${digest.hex()}"


def _hash(secret: str) -> str:
    # Typed codes may hold half a surrogate pair; they match nothing, and must not raise.
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()
