"""Batches: stacks of paper and imported files, their codes, and where their responses are now."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from skm_app.catatan import Pelaku
from skm_app.models import (
    Batch,
    Periode,
    Putusan,
    Responden,
    Unit,
    Usulan,
    UsulanResponden,
    new_id,
)
from skm_app.tempat import Tempat
from skm_app.usulan.pengecualian import excluded_ids, propose_pengecualian

# First letter of the code, by kind.
AWALAN = {"kertas": "K", "impor": "I"}
LABEL_STATUS = {
    "diisi": "Sedang diisi",
    "diproses": "Sedang disimpan",
    "tersimpan": "Tersimpan",
    "batal": "Dibatalkan",
}


class BatchError(Exception):
    """A batch cannot be changed like this; the message says why."""


def create_batch(
    session: Session,
    tempat: Tempat,
    jenis: str,
    tanggal: date,
    oleh_id: uuid.UUID,
    now: datetime,
    *,
    ganda: bool = False,
    nama_berkas: str = "",
    sidik_berkas: str = "",
    batch_id: uuid.UUID | None = None,
) -> Batch:
    """Store a new batch under the next free code of its unit; the caller commits."""
    batch = Batch(
        id=batch_id or new_id(),
        unit_id=tempat.unit_id,
        titik_id=tempat.titik_id,
        jenis=jenis,
        kode=_next_kode(session, tempat.unit_id, jenis, now.year),
        status="diisi" if jenis == "kertas" else "diproses",
        tanggal=tanggal,
        ganda=ganda,
        nama_berkas=nama_berkas,
        sidik_berkas=sidik_berkas,
        oleh_id=oleh_id,
        dibuat=now,
    )
    session.add(batch)
    session.flush()
    return batch


def _next_kode(session: Session, unit_id: uuid.UUID, jenis: str, tahun: int) -> str:
    """Such as ``K-2024-007``: short enough to write on a stack of paper."""
    # Locked, so that two people do not take the same number at the same moment.
    session.execute(select(Unit.id).where(Unit.id == unit_id).with_for_update(key_share=True))
    awal = f"{AWALAN[jenis]}-{tahun}-"
    taken = session.scalars(
        select(Batch.kode).where(Batch.unit_id == unit_id, Batch.kode.startswith(awal))
    ).all()
    highest = max((int(kode.removeprefix(awal)) for kode in taken), default=0)
    return f"{awal}{highest + 1:03d}"


def lock_batch(session: Session, batch_id: uuid.UUID) -> Batch | None:
    """A batch as it is now, kept from others until the transaction ends."""
    return session.scalars(
        select(Batch)
        .where(Batch.id == batch_id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    ).one_or_none()


def count_stored(session: Session, batch_id: uuid.UUID) -> int:
    """How many responses lead back to this batch."""
    count = select(func.count()).select_from(Responden).where(Responden.batch_id == batch_id)
    return session.scalar(count) or 0


def count_excluded(session: Session, batch_ids: Sequence[uuid.UUID]) -> Mapping[uuid.UUID, int]:
    """How many responses of each batch stand excluded; batches without any are left out."""
    excluded = excluded_ids().subquery()
    rows = session.execute(
        select(Responden.batch_id, func.count())
        .join(excluded, excluded.c.responden_id == Responden.id)
        .where(Responden.batch_id.in_(batch_ids))
        .group_by(Responden.batch_id)
    )
    return {batch_id: jumlah for batch_id, jumlah in rows if batch_id is not None}


def has_open_usulan(session: Session, batch_id: uuid.UUID) -> bool:
    """Whether a proposal about a response of this batch waits for a decision."""
    found = (
        select(Usulan.id)
        .join(UsulanResponden, UsulanResponden.usulan_id == Usulan.id)
        .join(Responden, Responden.id == UsulanResponden.responden_id)
        .outerjoin(Putusan, Putusan.usulan_id == Usulan.id)
        .where(Responden.batch_id == batch_id, Putusan.usulan_id.is_(None))
        .limit(1)
    )
    return session.scalar(found) is not None


def propose_to_leave_out(session: Session, pelaku: Pelaku, batch: Batch, alasan: str) -> int:
    """Propose to leave every response of a stored batch out of the index; the caller commits.

    Those that stand excluded already are passed over.

    :return: how many responses the proposal is about.
    :raise UsulanError: without a reason.
    :raise BatchError: if there is nothing to leave out, or a proposal waits already.
    """
    if has_open_usulan(session, batch.id):
        raise BatchError("Sudah ada usulan untuk batch ini; tunggu keputusannya lebih dahulu.")
    ids = session.scalars(select(Responden.id).where(Responden.batch_id == batch.id)).all()
    excluded = set(session.scalars(excluded_ids()))
    counted = tuple(id_ for id_ in ids if id_ not in excluded)
    if not counted:
        raise BatchError("Tidak ada jawaban dari batch ini yang masih dihitung.")
    propose_pengecualian(
        session, pelaku, batch.unit_id, counted, f"Batch {batch.kode}: {alasan.strip()}"[:500]
    )
    return len(counted)


def list_closed_periode(
    session: Session, unit_id: uuid.UUID, mulai: date, sampai: date
) -> list[Periode]:
    """Closed periods of a unit, or of one above it, that cover any of these days.

    Answers that are stored now for such a day are kept, but no longer change their result.
    """
    above: list[uuid.UUID] = []
    unit = session.get(Unit, unit_id)
    while unit is not None:
        above.append(unit.id)
        unit = unit.parent
    found = session.scalars(
        select(Periode)
        .where(Periode.unit_id.in_(above), Periode.mulai <= sampai, Periode.sampai >= mulai)
        .order_by(Periode.mulai)
    )
    return [periode for periode in found if periode.penetapan is not None]
