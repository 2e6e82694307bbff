"""Leaving responses out of the index, and taking them in again: logged, by two people.

The response itself is never touched. Its tallies are taken out in the same transaction, and
``skm verify`` proves that tallies = raw answers minus what stands excluded.
"""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta

from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import Session

from skm_app.catatan import Pelaku
from skm_app.database import Database
from skm_app.intake.rekap import PencatatRekap, read_kunci
from skm_app.models import Penetapan, Pengecualian, Usulan, UsulanResponden
from skm_app.usulan.dua_orang import SETUJU, UsulanError, decide, propose


def excluded_ids(until: datetime | None = None) -> Select[uuid.UUID]:
    """Ids of the responses that stand excluded, now or at a moment."""
    step = case((Pengecualian.keluar, 1), else_=-1)
    statement = select(Pengecualian.responden_id)
    if until is not None:
        statement = statement.where(Pengecualian.berlaku <= until)
    return statement.group_by(Pengecualian.responden_id).having(func.sum(step) > 0)


def propose_pengecualian(
    session: Session,
    pelaku: Pelaku,
    unit_id: uuid.UUID,
    responden_ids: tuple[uuid.UUID, ...],
    alasan: str,
    *,
    keluar: bool = True,
) -> Usulan:
    """Propose to leave responses out (``keluar``) or to take them in again; the caller commits.

    :raise UsulanError: without a reason, or if one of them is not what the proposal supposes.
    """
    if not responden_ids:
        raise UsulanError("Pilih sedikitnya satu jawaban.")
    _check_state(session, responden_ids, keluar=keluar)
    jenis = "kecualikan" if keluar else "pulihkan"
    return propose(
        session,
        pelaku,
        jenis,
        unit_id,
        alasan,
        f"{len(set(responden_ids))} jawaban diusulkan untuk di{jenis}.",
        responden_ids=responden_ids,
        isi={"jumlah": len(set(responden_ids))},
    )


def approve_pengecualian(
    database: Database, session: Session, pelaku: Pelaku, usulan: Usulan, catatan: str = ""
) -> int:
    """Approve a proposal and change the tallies; the caller commits.

    :return: how many responses were left out or taken in.
    :raise UsulanError: if this person may not, or things have changed since the proposal.
    """
    keluar = usulan.jenis == "kecualikan"
    connection = session.connection()
    database.lock_intake(connection, exclusive=True)
    decide(session, pelaku, usulan, SETUJU, catatan)
    ids = session.scalars(
        select(UsulanResponden.responden_id).where(UsulanResponden.usulan_id == usulan.id)
    ).all()
    _check_state(session, tuple(ids), keluar=keluar)
    # After the lock, so a period that closes has either seen this or comes first.
    berlaku = _now_after_closing(session)
    session.add_all(
        Pengecualian(responden_id=id_, usulan_id=usulan.id, keluar=keluar, berlaku=berlaku)
        for id_ in ids
    )
    session.flush()
    pencatat = PencatatRekap(database)
    stored = read_kunci(connection, ids)
    (pencatat.count_out if keluar else pencatat.count_in)(connection, stored)
    return len(stored)


def _now_after_closing(session: Session) -> datetime:
    """This moment, never before the newest closing: it comes after it, whatever the clock says."""
    newest = session.scalar(select(func.max(Penetapan.ditetapkan)))
    now = datetime.now(UTC)
    return max(now, newest + timedelta(microseconds=1)) if newest else now


def _check_state(session: Session, ids: tuple[uuid.UUID, ...], *, keluar: bool) -> None:
    """All of them count (``keluar``), or none of them does.

    :raise UsulanError: otherwise.
    """
    excluded = set(session.scalars(excluded_ids())) & set(ids)
    if keluar and excluded:
        raise UsulanError(f"{len(excluded)} dari jawaban ini sudah dikecualikan.")
    if not keluar and len(excluded) < len(set(ids)):
        raise UsulanError("Sebagian jawaban ini tidak sedang dikecualikan.")
