"""Setting and revising a target: every change leaves the version before it behind."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from skm_app.models import Indikator, Target, TargetLama


@dataclass(frozen=True, kw_only=True)
class VersiTarget:
    """One version of a target. ``nomor`` 0 is the first; ``diganti`` None: it applies now.

    ``keputusan``, ``tanggal``: the decree that set it, if one is recorded; ``oleh``: who put the
    next version in its place.
    """

    nomor: int
    target: Decimal
    sumber: str
    keputusan: str
    tanggal: date | None
    diganti: datetime | None
    oleh: str


@dataclass(frozen=True, kw_only=True)
class IsiTarget:
    """What a version of a target says."""

    target: Decimal
    sumber: str = ""
    keputusan: str = ""
    tanggal: date | None = None


def is_revision(before: Target | None, isi: IsiTarget) -> bool:
    """Whether storing ``isi`` would change a target that stands already.

    A decree that is left out changes nothing: people leave it empty when they only look.
    """
    if before is None:
        return False
    if (before.target, before.sumber) != (isi.target, isi.sumber):
        return True
    named = isi.keputusan and isi.keputusan != before.keputusan
    return bool(named) or (isi.tanggal is not None and isi.tanggal != before.tanggal)


def revise_target(
    session: Session, indikator: Indikator, tahun: int, isi: IsiTarget, oleh: str
) -> Target:
    """Set the target of a year; the version that stood moves to ``TargetLama``.

    The caller commits. What changes nothing leaves no version.

    :param oleh: who changes it, for the version that is set aside.
    """
    target = session.get(Target, (indikator.id, tahun))
    if target is None:
        target = Target(indikator_id=indikator.id, tahun=tahun, nomor=0)
        session.add(target)
    elif not is_revision(target, isi):
        return target
    else:
        session.add(
            TargetLama(
                indikator_id=target.indikator_id,
                tahun=target.tahun,
                nomor=target.nomor,
                target=target.target,
                sumber=target.sumber,
                keputusan=target.keputusan,
                tanggal=target.tanggal,
                diganti=datetime.now(UTC),
                oleh=oleh,
            )
        )
        target.nomor += 1
    target.target, target.sumber = isi.target, isi.sumber
    target.keputusan, target.tanggal = isi.keputusan, isi.tanggal
    session.flush()
    return target


def list_versi(session: Session, indikator_id: uuid.UUID, tahun: int) -> tuple[VersiTarget, ...]:
    """All versions of a target, the one that applies first; empty if none was set."""
    now = session.get(Target, (indikator_id, tahun))
    if now is None:
        return ()
    old = session.scalars(
        select(TargetLama)
        .where(TargetLama.indikator_id == indikator_id, TargetLama.tahun == tahun)
        .order_by(TargetLama.nomor.desc())
    ).all()
    return (_make_versi(now, None, ""), *(_make_versi(one, one.diganti, one.oleh) for one in old))


def _make_versi(row: Target | TargetLama, diganti: datetime | None, oleh: str) -> VersiTarget:
    return VersiTarget(
        nomor=row.nomor,
        target=row.target,
        sumber=row.sumber,
        keputusan=row.keputusan,
        tanggal=row.tanggal,
        diganti=diganti,
        oleh=oleh,
    )
