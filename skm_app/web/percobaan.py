"""Slows down guessing of passwords and pairing codes, per target and place, keeping no address.

An attempt is counted before the secret is looked at, so that a hundred attempts at the same
moment get no more guesses than a hundred in a row; a right one clears the count.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import case, delete, select
from sqlalchemy.orm import Session

from skm_app.database import Database
from skm_app.models import PercobaanMasuk

JENDELA = timedelta(minutes=15)
BATAS_TEMPAT = 5
BATAS_AKUN = 50
# All accounts together from one place: an office behind one address still fits.
BATAS_ALAMAT = 60
SIMPAN = timedelta(days=1)


@dataclass(frozen=True)
class Percobaan:
    """One attempt to sign in, or to pair a tablet: the hashed keys it counts under."""

    tempat: str
    akun: str
    alamat: str

    @classmethod
    def of(cls, secret: str, nama: str, alamat: str, now: datetime) -> Percobaan:
        """The keys change every day, so that yesterday's cannot be linked to today's.

        :param nama: what is guessed at: an account, or ``kios/`` and the code of a titik, which
            no account can be called.
        """
        hari = now.date().isoformat()
        return cls(
            _hash(secret, hari, nama, alamat),
            _hash(secret, hari, nama),
            _hash(secret, hari, "", alamat),
        )

    @property
    def batas(self) -> tuple[tuple[str, int], ...]:
        return (
            (self.tempat, BATAS_TEMPAT),
            (self.akun, BATAS_AKUN),
            (self.alamat, BATAS_ALAMAT),
        )


def may_try(database: Database, percobaan: Percobaan, now: datetime) -> bool:
    """Whether an attempt may go on to the secret; counts it, in a transaction of its own."""
    with database.reading() as session:
        if is_blocked(session, percobaan, now):
            return False
    with database.writing() as session:
        return count_attempt(database, session, percobaan, now)


def is_blocked(session: Session, percobaan: Percobaan, now: datetime) -> bool:
    """Whether a limit has been reached; asking changes nothing."""
    rows = session.execute(
        select(PercobaanMasuk.kunci, PercobaanMasuk.jumlah).where(
            PercobaanMasuk.kunci.in_([kunci for kunci, _ in percobaan.batas]),
            PercobaanMasuk.mulai > now - JENDELA,
        )
    )
    counts = dict(rows.all())
    return any(counts.get(kunci, 0) >= batas for kunci, batas in percobaan.batas)


def count_attempt(
    database: Database, session: Session, percobaan: Percobaan, now: datetime
) -> bool:
    """Count an attempt; whether it may go on to the secret."""
    session.execute(delete(PercobaanMasuk).where(PercobaanMasuk.mulai < now - SIMPAN))
    return all(_add(database, session, kunci, now) <= batas for kunci, batas in percobaan.batas)


def clear_attempts(session: Session, percobaan: Percobaan) -> None:
    """Forget the failures at an account that has signed in, or a tablet that was paired."""
    keys = [percobaan.tempat, percobaan.akun]
    session.execute(delete(PercobaanMasuk).where(PercobaanMasuk.kunci.in_(keys)))


def _add(database: Database, session: Session, kunci: str, now: datetime) -> int:
    table = PercobaanMasuk.__table__.c
    is_over = table.mulai <= now - JENDELA
    statement = database.insert(PercobaanMasuk).values(kunci=kunci, jumlah=1, mulai=now)
    counted = statement.on_conflict_do_update(
        index_elements=["kunci"],
        set_={
            "jumlah": case((is_over, 1), else_=table.jumlah + 1),
            "mulai": case((is_over, statement.excluded.mulai), else_=table.mulai),
        },
    ).returning(PercobaanMasuk.jumlah)
    return int(session.execute(counted).scalar_one())


def _hash(secret: str, *parts: str) -> str:
    return hmac.new(secret.encode(), json.dumps(parts).encode(), hashlib.sha256).hexdigest()
