"""Stores responses and their tallies in one transaction."""

from __future__ import annotations

import hashlib
import hmac
import time
import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from datetime import time as Waktu
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, func, insert, select
from sqlalchemy.orm import Session

from skm_app.database import Database
from skm_app.intake.group_commit import GroupCommit
from skm_app.intake.isian import Isian, WaktuIsi
from skm_app.intake.rekap import PencatatRekap, RespondenKunci
from skm_app.models import Jawaban, Penetapan, Responden, Saran

# Bands of the day: each begins at this hour and ends where the next begins.
JAM = (
    (Waktu(0), "<08"),
    (Waktu(8), "08-10"),
    (Waktu(10), "10-12"),
    (Waktu(12), "12-14"),
    (Waktu(14), "14-16"),
    (Waktu(16), ">=16"),
)
# Databases bound the number of values in one statement.
IDS_PER_STEP = 5000
PERANGKAT_LENGTH = 16
# Seconds by which a clock may be slewed back without having been set.
CLOCK_SLACK = 0.5


class KonflikError(Exception):
    """The same submission id came with another body; the first one is kept."""


@dataclass(frozen=True, kw_only=True)
class Tercatat:
    """An isian is safely stored. ``baru`` is False when it had been stored before."""

    baru: bool
    kode_pengaduan: str | None


class Intake:
    """Records responses.

    :param timezone: the zone whose calendar gives a response its date.
    :param key: secret for fingerprints and follow-up codes.
    """

    def __init__(self, database: Database, timezone: ZoneInfo, key: str) -> None:
        self._database = database
        self._timezone = timezone
        self._key = key.encode()
        self._commits: GroupCommit[Isian, Tercatat | KonflikError] = GroupCommit(self._write)
        # Built once: SQLAlchemy then compiles each statement once per process.
        self._insert_responden = (
            database.insert(Responden)
            .on_conflict_do_nothing(index_elements=["id"])
            .returning(Responden.id)
        )
        self._insert_jawaban = insert(Jawaban)
        self._insert_saran = insert(Saran)
        self._rekap = PencatatRekap(database)
        # Wall clock minus monotonic clock when last asked; falls when the clock is set back.
        self._clock_step: float | None = None
        self._clock_doubtful = False

    def record(self, isian: Isian) -> Tercatat:
        """Store one isian once; returns only after it is on disk.

        :raise KonflikError: if the id was used before for something else.
        """
        result = self._commits.submit(isian)
        if isinstance(result, KonflikError):
            raise result
        return result

    def record_all(
        self,
        daftar_isian: Sequence[Isian],
        also: Callable[[Session, list[Tercatat]], None] | None = None,
    ) -> list[Tercatat]:
        """Store all of them or, on the first conflict, none: for imports.

        :param also: what belongs into the same transaction; it must not commit.
        :raise KonflikError: if an id was used before for something else.
        """
        with self._database.write_connection() as connection:
            # Alone: its many steps would lock tallies in another order than a single response.
            self._database.lock_intake(connection, exclusive=True)
            results = self._store(connection, daftar_isian)
            stored = [result for result in results if isinstance(result, Tercatat)]
            if len(stored) < len(results):
                raise KonflikError
            if also is not None:
                with Session(connection) as session:
                    also(session, stored)
                    session.flush()
            return stored

    def count_known(self, ids: Sequence[uuid.UUID]) -> int:
        """How many of these submissions are stored already."""
        found = 0
        with self._database.read_connection() as connection:
            for start in range(0, len(ids), IDS_PER_STEP):
                part = ids[start : start + IDS_PER_STEP]
                found += (
                    connection.scalar(
                        select(func.count()).select_from(Responden).where(Responden.id.in_(part))
                    )
                    or 0
                )
        return found

    def _write(self, batch: Sequence[Isian]) -> list[Tercatat | KonflikError]:
        with self._database.write_connection() as connection:
            return self._store(connection, batch)

    def _store(
        self, connection: Connection, batch: Sequence[Isian]
    ) -> list[Tercatat | KonflikError]:
        self._database.lock_intake(connection, exclusive=False)
        # After the lock: a period that closes then has either seen this response or comes first.
        diterima = self._now(connection)
        results: list[Tercatat | KonflikError] = []
        stored: list[tuple[Isian, date]] = []
        for isian in batch:
            local = self._local_time_of(isian, diterima)
            if self._insert_once(connection, isian, local, diterima):
                stored.append((isian, isian.tanggal or local.date()))
                results.append(self._tercatat(isian, baru=True))
            else:
                results.append(self._compare_with_stored(connection, isian))
        if stored:
            self._store_details(connection, stored)
        return results

    def _now(self, connection: Connection) -> datetime:
        """This moment; once the clock was seen to be set back, never before the newest closing.

        Otherwise a late response would seem to have been there when the period was closed.
        """
        now = datetime.now(UTC)
        step = time.time() - time.monotonic()
        set_back = self._clock_step is not None and step < self._clock_step - CLOCK_SLACK
        first, self._clock_step = self._clock_step is None, step
        if first or set_back or self._clock_doubtful:
            newest: datetime | None = connection.scalar(select(func.max(Penetapan.ditetapkan)))
            self._clock_doubtful |= set_back or (newest is not None and newest >= now)
            if newest is not None and newest >= now:
                return newest + timedelta(microseconds=1)
        return now

    def _local_time_of(self, isian: Isian, diterima: datetime) -> datetime:
        """When the form was finished, in the office's zone."""
        instant = isian.waktu.corrected(diterima) if isian.waktu else diterima
        return instant.astimezone(self._timezone)

    def _insert_once(
        self, connection: Connection, isian: Isian, local: datetime, diterima: datetime
    ) -> bool:
        row = {
            "id": isian.id,
            "unit_id": isian.unit_id,
            "titik_id": isian.titik_id,
            "layanan_id": isian.layanan_id,
            "instrumen_id": isian.instrumen.id,
            "kanal": isian.kanal,
            "diterima": diterima,
            "tanggal": isian.tanggal or local.date(),
            # A form that brings its own day was not filled now.
            "jam": None if isian.tanggal else jam_of(local.time()),
            "jenis_kelamin": isian.profil.jenis_kelamin,
            "usia": isian.profil.usia,
            "pendidikan": isian.profil.pendidikan,
            "pekerjaan": isian.profil.pekerjaan,
            "dibantu": isian.dibantu,
            "waktu_perangkat": isian.waktu.perangkat if isian.waktu else None,
            "selisih_detik": _seconds(isian.waktu),
            "sidik": isian.fingerprint(self._key),
            "lama_detik": isian.lama,
            "perangkat": self._hash_perangkat(isian, local.date()),
            "batch_id": isian.lembar.batch_id if isian.lembar else None,
            "nomor_lembar": isian.lembar.nomor if isian.lembar else None,
        }
        # RETURNING, not rowcount: drivers may leave the count of an INSERT unknown.
        return connection.scalar(self._insert_responden, row) is not None

    def _hash_perangkat(self, isian: Isian, day: date) -> str | None:
        """One device's forms of one day share this; nothing else can be read from it."""
        if isian.perangkat is None:
            return None
        body = f"perangkat:{day.isoformat()}:{isian.perangkat}".encode()
        return hmac.new(self._key, body, hashlib.sha256).hexdigest()[:PERANGKAT_LENGTH]

    def _compare_with_stored(self, connection: Connection, isian: Isian) -> Tercatat | KonflikError:
        sidik = connection.scalar(select(Responden.sidik).where(Responden.id == isian.id))
        if sidik != isian.fingerprint(self._key):
            return KonflikError()
        return self._tercatat(isian, baru=False)

    def _tercatat(self, isian: Isian, *, baru: bool) -> Tercatat:
        return Tercatat(baru=baru, kode_pengaduan=isian.kode_pengaduan(self._key))

    def _store_details(self, connection: Connection, stored: list[tuple[Isian, date]]) -> None:
        jawaban = [row for isian, _ in stored for row in _jawaban_rows(isian)]
        connection.execute(self._insert_jawaban, jawaban)
        saran = [
            self._saran_row(connection, isian, tanggal) for isian, tanggal in stored if isian.saran
        ]
        if saran:
            connection.execute(self._insert_saran, saran)
        self._rekap.count_in(connection, [_kunci_of(isian, tanggal) for isian, tanggal in stored])

    def _saran_row(self, connection: Connection, isian: Isian, tanggal: date) -> dict[str, Any]:
        kode_hash = _hash_kode(isian.kode_pengaduan(self._key))
        known = select(Saran.id).where(Saran.kode_hash == kode_hash)
        if isian.kode is not None and connection.scalar(known) is not None:
            # Another device has made the same code: this complaint is kept without one.
            kode_hash = None
        return {
            "id": uuid.uuid4(),
            "unit_id": isian.unit_id,
            "layanan_id": isian.layanan_id,
            "tanggal": tanggal,
            "teks": isian.saran,
            "pengaduan": isian.pengaduan,
            "kode_hash": kode_hash,
        }


def _hash_kode(kode: str | None) -> str | None:
    return hashlib.sha256(kode.encode()).hexdigest() if kode else None


def _seconds(waktu: WaktuIsi | None) -> int | None:
    if waktu is None or waktu.selisih is None:
        return None
    return round(waktu.selisih.total_seconds())


def _jawaban_rows(isian: Isian) -> Iterable[dict[str, Any]]:
    for butir in isian.instrumen.butir:
        yield {
            "responden_id": isian.id,
            "butir": butir.kunci,
            "unsur": butir.unsur,
            "nilai": isian.nilai[butir.kunci],
        }


def _kunci_of(isian: Isian, tanggal: date) -> RespondenKunci:
    return RespondenKunci(isian.unit_id, isian.layanan_id, isian.instrumen.id, tanggal, isian.id)


def jam_of(waktu: Waktu) -> str:
    """The band of the day that a time lies in."""
    return [band for begin, band in JAM if begin <= waktu][-1]
