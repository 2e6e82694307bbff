"""Closing a period: its result is computed once more and frozen.

The frozen record holds the inputs beside the figures, so that it can be recomputed by anyone,
and a fingerprint that chains it to the record before it, so that a changed or missing record
shows. Answers that arrive later are kept, but never change it.
"""

from __future__ import annotations

import hashlib
import json
import uuid
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from skm_app.database import Database
from skm_app.models import Penetapan, Periode, Responden, Unit
from skm_app.results import HasilLingkup, Lingkup, list_unit_ids_below, read_hasil
from skm_app.scoring import Sebaran, get_konvensi

FIRST_LINK = "0" * 64


class PenetapanError(Exception):
    """A period cannot be closed as things are; the message says why."""


def lingkup_of(session: Session, periode: Periode) -> Lingkup:
    """The scope a period measures: its unit with all below it, from its first to its last day."""
    return Lingkup(
        unit_ids=list_unit_ids_below(session, periode.unit_id),
        mulai=periode.mulai,
        sampai=periode.sampai,
    )


def read_periode(session: Session, periode: Periode) -> HasilLingkup:
    """The result of a period as it stands now, under the period's own rules."""
    return read_hasil(
        session,
        lingkup_of(session, periode),
        periode.instrumen_id,
        get_konvensi(periode.konvensi),
    )


def close_periode(database: Database, session: Session, periode: Periode, oleh: str) -> Penetapan:
    """Freeze the result of a period; the caller commits.

    :param oleh: account name of the person who closes it.
    :raise PenetapanError: if it is closed already, or an unsur has no answer at all.
    """
    database.lock_intake(session.connection(), exclusive=True)
    # Asked for again after the lock: somebody else may have closed it meanwhile.
    session.refresh(periode)
    if periode.penetapan is not None:
        raise PenetapanError(f"Periode {periode.nama} sudah ditetapkan.")
    found = read_periode(session, periode)
    hasil = found.hasil
    if hasil.ikm is None or hasil.ikm_eksak is None or hasil.mutu is None:
        names = {one.kunci: one.nama for one in found.instrumen.unsur}
        unsur = ", ".join(names[kunci] for kunci in hasil.unsur_kosong)
        raise PenetapanError(
            f"Periode {periode.nama} belum dapat ditetapkan: belum ada jawaban untuk {unsur}."
        )
    isi = {
        "periode": periode.nama,
        "unit": periode.unit.nama,
        "mulai": periode.mulai.isoformat(),
        "sampai": periode.sampai.isoformat(),
        "instrumen": found.instrumen.to_dict(),
        "rekap": {kunci: _counts(sebaran) for kunci, sebaran in found.rekap.items()},
        "hasil": hasil.to_json(),
        # Answers in these days to another questionnaire, which this index cannot hold.
        "instrumen_lain": dict(found.lain),
    }
    last = session.scalars(select(Penetapan).order_by(Penetapan.nomor.desc()).limit(1)).first()
    sebelum = last.sidik if last else FIRST_LINK
    ditetapkan = _now_after_newest(session)
    penetapan = Penetapan(
        nomor=last.nomor + 1 if last else 1,
        periode=periode,
        ditetapkan=ditetapkan,
        oleh=oleh,
        n=hasil.n,
        ikm=hasil.ikm,
        ikm_eksak=hasil.ikm_eksak,
        mutu=hasil.mutu.huruf,
        isi=isi,
        sidik_sebelum=sebelum,
        sidik=compute_sidik(isi, ditetapkan, oleh, sebelum),
    )
    session.add(penetapan)
    session.flush()
    return penetapan


def _now_after_newest(session: Session) -> datetime:
    """This moment, never before a response that is counted: the clock may have been set back."""
    newest = session.scalar(select(func.max(Responden.diterima)))
    now = datetime.now(UTC)
    return max(now, newest) if newest else now


def compute_sidik(isi: dict[str, Any], ditetapkan: datetime, oleh: str, sebelum: str) -> str:
    """SHA-256 over a frozen record in canonical JSON and the fingerprint before it."""
    whole = [isi, ditetapkan.astimezone(UTC).isoformat(), oleh, sebelum]
    canonical = json.dumps(whole, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _counts(sebaran: Sebaran) -> list[int]:
    return [sebaran.n1, sebaran.n2, sebaran.n3, sebaran.n4, sebaran.kosong]


def find_latest_penetapan(session: Session, unit_id: uuid.UUID) -> Penetapan | None:
    """The newest frozen result of a unit, or of the nearest unit above it that has one."""
    current: uuid.UUID | None = unit_id
    while current is not None:
        found = session.scalars(
            select(Penetapan)
            .join(Periode)
            .where(Periode.unit_id == current)
            .order_by(Periode.sampai.desc())
            .limit(1)
        ).first()
        if found is not None:
            return found
        current = session.scalar(select(Unit.parent_id).where(Unit.id == current))
    return None
