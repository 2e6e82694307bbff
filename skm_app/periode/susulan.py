"""What happened to the responses of a closed period after it was closed.

The frozen figures never change; whoever reads them is told what they would miss.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from skm_app.models import Penetapan, Pengecualian, Putusan, Responden, Usulan
from skm_app.periode.penetapan import lingkup_of
from skm_app.results import Lingkup


@dataclass(frozen=True, kw_only=True)
class PerubahanSusulan:
    """One proposal that left responses out, or took them in again, after the closing."""

    berlaku: datetime
    keluar: bool
    jumlah: int
    alasan: str
    pengusul: str
    pemutus: str


@dataclass(frozen=True, kw_only=True)
class Susulan:
    """In responses. ``dikecualikan``, ``dipulihkan``: against how they stood at the closing."""

    masuk: int
    dikecualikan: int
    dipulihkan: int
    perubahan: Sequence[PerubahanSusulan]


def read_susulan(session: Session, penetapan: Penetapan, n_kini: int) -> Susulan:
    """What came in, and what was left out or taken in again, since a period was closed.

    :param n_kini: responses that count now in the days of the period.
    """
    lingkup = lingkup_of(session, penetapan.periode)
    perubahan = _list_perubahan(session, penetapan, lingkup)
    out, back = _count_moved(session, penetapan, lingkup) if perubahan else (0, 0)
    return Susulan(
        # What was left out later is missing from today's count though it did come in.
        masuk=n_kini + out - back - penetapan.n,
        dikecualikan=out,
        dipulihkan=back,
        perubahan=perubahan,
    )


# Both statements start from the exclusions, of which there are few, and leave the scope to
# Python: a database that is told the scope may walk through all responses of the period instead.
_WHERE_WHEN = (Responden.unit_id, Responden.tanggal, Responden.instrumen_id)


def _is_own(penetapan: Penetapan, lingkup: Lingkup, where_when: Sequence[Any]) -> bool:
    unit_id, tanggal, instrumen_id = where_when
    return (
        unit_id in lingkup.unit_ids
        and lingkup.mulai <= tanggal <= lingkup.sampai
        and instrumen_id == penetapan.periode.instrumen_id
    )


def _count_moved(session: Session, penetapan: Penetapan, lingkup: Lingkup) -> tuple[int, int]:
    """Responses that counted at the closing and do not now, and the other way round."""
    step = case((Pengecualian.keluar, 1), else_=-1)
    now = func.sum(step)
    then = func.sum(case((Pengecualian.berlaku <= penetapan.ditetapkan, step), else_=0))
    moved = (
        select(Pengecualian.responden_id, now.label("kini"))
        .group_by(Pengecualian.responden_id)
        .having(now != then)
        .subquery()
    )
    rows = session.execute(
        select(moved.c.kini, func.count(), *_WHERE_WHEN)
        .join(Responden, Responden.id == moved.c.responden_id)
        .group_by(moved.c.kini, *_WHERE_WHEN)
    ).all()
    out = back = 0
    for kini, jumlah, *where_when in rows:
        if _is_own(penetapan, lingkup, where_when):
            out, back = (out + int(jumlah), back) if kini > 0 else (out, back + int(jumlah))
    return out, back


def _list_perubahan(
    session: Session, penetapan: Penetapan, lingkup: Lingkup
) -> list[PerubahanSusulan]:
    about = (
        Pengecualian.berlaku,
        Pengecualian.keluar,
        Usulan.alasan,
        Usulan.pengusul,
        Putusan.pemutus,
    )
    rows = session.execute(
        select(Usulan.id, *about, func.count(), *_WHERE_WHEN)
        .select_from(Pengecualian)
        .join(Usulan, Pengecualian.usulan_id == Usulan.id)
        .join(Putusan, Putusan.usulan_id == Usulan.id)
        .join(Responden, Pengecualian.responden_id == Responden.id)
        .where(Pengecualian.berlaku > penetapan.ditetapkan)
        .group_by(Usulan.id, *about, *_WHERE_WHEN)
        .order_by(Pengecualian.berlaku, Usulan.id)
    ).all()
    found: dict[Any, PerubahanSusulan] = {}
    for usulan_id, berlaku, keluar, alasan, pengusul, pemutus, jumlah, *where_when in rows:
        if _is_own(penetapan, lingkup, where_when):
            before = found[usulan_id].jumlah if usulan_id in found else 0
            found[usulan_id] = PerubahanSusulan(
                berlaku=berlaku,
                keluar=keluar,
                jumlah=before + int(jumlah),
                alasan=alasan,
                pengusul=pengusul,
                pemutus=pemutus,
            )
    return list(found.values())
