"""Comments: what they are about, and which of them the public may read.

A comment is never joined to the answers it came with.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import (
    delete,
    extract,
    select,
)
from sqlalchemy.orm import Session

from skm_app.database import Database
from skm_app.models import (
    Saran,
    TandaSaran,
    TinjauanSaran,
    Unit,
)
from skm_app.saran.sensor import list_jenis, mask_text

MAX_TEKS = 1200


class SaranError(Exception):
    """A comment cannot be shown to the public like this; the message says why."""


@dataclass(frozen=True, kw_only=True)
class SaranTayang:
    """A comment as the public may read it; ``bulan`` its first day."""

    teks: str
    unit: str
    bulan: date
    unsur: tuple[str, ...]


def list_tayang(
    session: Session,
    unit_ids: Sequence[uuid.UUID],
    limit: int,
    hari: tuple[date, date] = (date.min, date.max),
) -> list[SaranTayang]:
    """Comments that a person has released for the public, newest month first. Two statements.

    ``hari``: only those written in these days, both included.

    Complaints never are: whoever complains asked for an answer, not for an audience. The text is
    looked through once more, because what is found may be more than on the day of the release.
    """
    rows = session.execute(
        select(Saran.id, Saran.tanggal, Unit.nama, TinjauanSaran.teks_aman)
        .join(TinjauanSaran, TinjauanSaran.saran_id == Saran.id)
        .join(Unit, Saran.unit_id == Unit.id)
        .where(
            TinjauanSaran.boleh_tayang,
            Saran.pengaduan.is_(False),
            Saran.unit_id.in_(unit_ids),
            Saran.tanggal.between(*hari),
        )
        .order_by(
            extract("year", Saran.tanggal).desc(), extract("month", Saran.tanggal).desc(), Saran.id
        )
        .limit(limit)
    ).all()
    tanda = read_tanda(session, [row.id for row in rows])
    return [
        SaranTayang(
            teks=mask_text(row.teks_aman),
            unit=row.nama,
            bulan=row.tanggal.replace(day=1),
            unsur=tanda.get(row.id, ()),
        )
        for row in rows
    ]


def read_tanda(
    session: Session, saran_ids: Collection[uuid.UUID]
) -> dict[uuid.UUID, tuple[str, ...]]:
    """Which unsur (keys) comments are about. One statement."""
    found: defaultdict[uuid.UUID, list[str]] = defaultdict(list)
    for saran_id, unsur in session.execute(
        select(TandaSaran.saran_id, TandaSaran.unsur)
        .where(TandaSaran.saran_id.in_(saran_ids))
        .order_by(TandaSaran.unsur)
    ):
        found[saran_id].append(unsur)
    return {saran_id: tuple(unsur) for saran_id, unsur in found.items()}


def change_tanda(
    database: Database, session: Session, saran: Saran, unsur: Collection[str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Say which unsur a comment is about; the caller commits.

    :return: what it was about before, and now.
    """
    before = read_tanda(session, [saran.id]).get(saran.id, ())
    session.execute(
        delete(TandaSaran).where(
            TandaSaran.saran_id == saran.id, TandaSaran.unsur.not_in(sorted(unsur))
        )
    )
    added = [{"saran_id": saran.id, "unsur": one} for one in sorted(set(unsur) - set(before))]
    if added:
        # Somebody else may set the same mark at this moment.
        session.execute(database.insert(TandaSaran).on_conflict_do_nothing(), added)
    return before, tuple(sorted(unsur))


def review_saran(
    session: Session, saran: Saran, tinjauan: TinjauanSaran | None, teks: str, *, tayang: bool
) -> TinjauanSaran:
    """Store what a person made of a comment; the caller commits.

    :raise SaranError: if it may not be released like this.
    """
    if tayang and saran.pengaduan:
        raise SaranError("Pengaduan tidak ditayangkan; jawablah lewat halaman Pengaduan.")
    if tayang and (left := list_jenis(teks)):
        raise SaranError(
            f"Masih ada yang tampak seperti data pribadi ({', '.join(left)}). "
            "Hapus atau tulis dengan cara lain sebelum ditayangkan."
        )
    if tayang and not teks:
        raise SaranError("Tidak ada kata-kata yang dapat ditayangkan.")
    if tinjauan is None:
        tinjauan = TinjauanSaran(saran_id=saran.id)
        session.add(tinjauan)
    tinjauan.teks_aman, tinjauan.boleh_tayang = teks, tayang
    tinjauan.ditinjau = datetime.now(UTC)
    session.flush()
    return tinjauan
