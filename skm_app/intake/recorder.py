"""Stores responses and their tallies in one transaction."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Insert, bindparam, case, func, insert, select

from skm_app.database import Database
from skm_app.intake.group_commit import GroupCommit
from skm_app.intake.isian import Isian, WaktuIsi
from skm_app.models import Jawaban, RekapTersimpan, Responden, Saran

# Databases bound the number of values in one statement.
IDS_PER_STEP = 5000


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
        self._add_to_rekap = _make_rekap_upsert(database)

    def record(self, isian: Isian) -> Tercatat:
        """Store one isian once; returns only after it is on disk.

        :raise KonflikError: if the id was used before for something else.
        """
        result = self._commits.submit(isian)
        if isinstance(result, KonflikError):
            raise result
        return result

    def record_all(self, daftar_isian: Sequence[Isian]) -> list[Tercatat]:
        """Store all of them or, on the first conflict, none: for imports.

        :raise KonflikError: if an id was used before for something else.
        """
        with self._database.write_connection() as connection:
            results = self._store(connection, daftar_isian)
            stored = [result for result in results if isinstance(result, Tercatat)]
            if len(stored) < len(results):
                raise KonflikError
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
        diterima = datetime.now(UTC)
        results: list[Tercatat | KonflikError] = []
        stored: list[tuple[Isian, date]] = []
        for isian in batch:
            tanggal = self._tanggal_of(isian, diterima)
            if self._insert_once(connection, isian, tanggal, diterima):
                stored.append((isian, tanggal))
                results.append(self._tercatat(isian, baru=True))
            else:
                results.append(self._compare_with_stored(connection, isian))
        if stored:
            self._store_details(connection, stored)
        return results

    def _tanggal_of(self, isian: Isian, diterima: datetime) -> date:
        if isian.tanggal is not None:
            return isian.tanggal
        instant = isian.waktu.corrected(diterima) if isian.waktu else diterima
        return instant.astimezone(self._timezone).date()

    def _insert_once(
        self, connection: Connection, isian: Isian, tanggal: date, diterima: datetime
    ) -> bool:
        row = {
            "id": isian.id,
            "unit_id": isian.unit_id,
            "titik_id": isian.titik_id,
            "layanan_id": isian.layanan_id,
            "instrumen_id": isian.instrumen.id,
            "kanal": isian.kanal,
            "diterima": diterima,
            "tanggal": tanggal,
            "jenis_kelamin": isian.profil.jenis_kelamin,
            "usia": isian.profil.usia,
            "pendidikan": isian.profil.pendidikan,
            "pekerjaan": isian.profil.pekerjaan,
            "dibantu": isian.dibantu,
            "waktu_perangkat": isian.waktu.perangkat if isian.waktu else None,
            "selisih_detik": _seconds(isian.waktu),
            "sidik": isian.fingerprint(self._key),
        }
        # RETURNING, not rowcount: drivers may leave the count of an INSERT unknown.
        return connection.scalar(self._insert_responden, row) is not None

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
        connection.execute(self._add_to_rekap, _rekap_spans(stored))

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


def _rekap_spans(stored: list[tuple[Isian, date]]) -> list[dict[str, Any]]:
    """The two tallies each response counts in: its day and its month."""
    spans = [
        (isian.unit_id, jenjang, mulai, isian.layanan_id, isian.instrumen.id, isian.id)
        for isian, tanggal in stored
        for jenjang, mulai in (("bulan", tanggal.replace(day=1)), ("hari", tanggal))
    ]
    # Sorted by the tally's own key, so that two PostgreSQL transactions lock tallies in the same
    # order and neither waits for the other in a circle.
    return [
        {"responden_id": responden_id, "span": jenjang, "first": mulai}
        for _, jenjang, mulai, _, _, responden_id in sorted(spans)
    ]


def _make_rekap_upsert(database: Database) -> Insert:
    """Count one stored response in one span: read back from its own rows, so the tally cannot
    say anything else than they do."""
    counts = {f"n{nilai}": case((Jawaban.nilai == nilai, 1), else_=0) for nilai in (1, 2, 3, 4)} | {
        "kosong": case((Jawaban.nilai.is_(None), 1), else_=0)
    }
    answers = (
        select(
            Responden.unit_id,
            bindparam("span", type_=RekapTersimpan.jenjang.type),
            bindparam("first", type_=RekapTersimpan.mulai.type),
            Responden.layanan_id,
            Responden.instrumen_id,
            Jawaban.butir,
            *counts.values(),
            Responden.diterima,
        )
        .join(Jawaban, Jawaban.responden_id == Responden.id)
        .where(Responden.id == bindparam("responden_id"))
        .order_by(Jawaban.butir)
    )
    key = ("unit_id", "jenjang", "mulai", "layanan_id", "instrumen_id", "butir")
    statement = database.insert(RekapTersimpan).from_select([*key, *counts, "terakhir"], answers)
    table = RekapTersimpan.__table__.c
    return statement.on_conflict_do_update(
        index_elements=list(key),
        set_={
            **{name: table[name] + statement.excluded[name] for name in counts},
            "terakhir": statement.excluded.terakhir,
        },
    )
