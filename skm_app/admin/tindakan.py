"""What waits for somebody of this office: proposals and complaints, counted."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from flask import current_app, url_for
from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from skm_app.admin.halaman import MENU
from skm_app.angka import format_angka
from skm_app.models import Pengaduan, Putusan, Saran, Usulan

PEMUTUS = ("admin", "pimpinan")  # who may decide proposals
BANYAK = 100  # counted so far; beyond that the exact number does not matter


@dataclass(frozen=True, kw_only=True)
class Tindakan:
    """One line: how many of what; ``url``: where to deal with them, if there is such a page."""

    jumlah: str
    nama: str
    url: str | None


def list_tindakan(
    session: Session, unit_ids: tuple[uuid.UUID, ...], peran: str, today: date
) -> list[Tindakan]:
    """What waits in these units, as far as this role deals with it. At most three statements."""
    return list(_find(session, unit_ids, peran, today))


def _find(
    session: Session, unit_ids: tuple[uuid.UUID, ...], peran: str, today: date
) -> Iterator[Tindakan]:
    if peran in PEMUTUS:
        yield from _make(
            _count(session, _open_usulan(unit_ids)),
            "usulan menunggu putusan",
            "admin.list_usulan",
            peran,
        )
    endpoint = "admin.list_pengaduan"
    yield from _make(
        _count(session, _new_pengaduan(unit_ids)),
        "pengaduan baru belum ditangani",
        endpoint,
        peran,
    )
    yield from _make(
        _count(session, _late_pengaduan(unit_ids, today)),
        "pengaduan melewati tenggat",
        endpoint,
        peran,
    )


def _make(jumlah: int, nama: str, endpoint: str, peran: str) -> Iterator[Tindakan]:
    if jumlah:
        many = f"{BANYAK} atau lebih" if jumlah >= BANYAK else format_angka(jumlah)
        yield Tindakan(jumlah=many, nama=nama, url=_find_url(endpoint, peran))


def _find_url(endpoint: str, peran: str) -> str | None:
    if endpoint not in current_app.view_functions:
        return None
    entry = next((one for one in MENU if one.endpoint == endpoint), None)
    return url_for(endpoint) if entry is None or peran in entry.peran else None


def _count(session: Session, statement: Select[uuid.UUID]) -> int:
    few = statement.limit(BANYAK).subquery()
    return session.scalar(select(func.count()).select_from(few)) or 0


def _open_usulan(unit_ids: tuple[uuid.UUID, ...]) -> Select[uuid.UUID]:
    return (
        select(Usulan.id)
        .outerjoin(Putusan, Putusan.usulan_id == Usulan.id)
        .where(Usulan.unit_id.in_(unit_ids), Putusan.usulan_id.is_(None))
    )


def _new_pengaduan(unit_ids: tuple[uuid.UUID, ...]) -> Select[uuid.UUID]:
    # Only complaints have a code, and the codes are indexed: other comments are not touched.
    return (
        select(Saran.id)
        .outerjoin(Pengaduan, Pengaduan.saran_id == Saran.id)
        .where(
            Saran.kode_hash > "",
            Saran.pengaduan,
            _is_in(unit_ids),
            Pengaduan.saran_id.is_(None),
        )
    )


def _late_pengaduan(unit_ids: tuple[uuid.UUID, ...], today: date) -> Select[uuid.UUID]:
    return (
        select(Saran.id)
        .join(Pengaduan, Pengaduan.saran_id == Saran.id)
        .where(
            Pengaduan.tenggat < today,
            Pengaduan.status != "selesai",
            _is_in(unit_ids),
        )
    )


def _is_in(unit_ids: tuple[uuid.UUID, ...]) -> ColumnElement[bool]:
    """Comments of these units; wrapped, or SQLite would read every comment of each unit."""
    return func.coalesce(Saran.unit_id, Saran.unit_id).in_(unit_ids)
