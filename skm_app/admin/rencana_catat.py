"""What the pages of the plan share: own rows only, and every change in the audit log."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager

from flask import abort, redirect, url_for
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from skm_app.admin.hak import catat, get_akar_id
from skm_app.catatan import changes_between, values_of
from skm_app.models import (
    Dukungan,
    Indikator,
    NamaLain,
    Perjanjian,
    Rencana,
    Sasaran,
    Tujuan,
)

BarisRencana = Rencana | Tujuan | Sasaran | Dukungan | Indikator | NamaLain | Perjanjian


def get_rencana(session: Session) -> Rencana:
    """The plan of the office; if it has none yet, the way leads to making it."""
    rencana = session.get(Rencana, get_akar_id(session))
    return rencana or abort(redirect(url_for("admin.show_rencana"), code=303))


def get_tujuan(session: Session, tujuan_id: uuid.UUID) -> Tujuan:
    """A tujuan of the office's own plan; 404 if it is not."""
    tujuan = session.get(Tujuan, tujuan_id)
    if tujuan is None or tujuan.unit_id != get_akar_id(session):
        abort(404)
    return tujuan


def get_sasaran(session: Session, sasaran_id: uuid.UUID) -> Sasaran:
    """A sasaran of the office's own plan; 404 if it is not."""
    sasaran = session.get(Sasaran, sasaran_id)
    if sasaran is None or sasaran.tujuan.unit_id != get_akar_id(session):
        abort(404)
    return sasaran


def get_indikator_of(session: Session, kode: str) -> Indikator:
    """The office's indikator of that code; 404 if there is none."""
    found = session.scalars(
        select(Indikator).where(Indikator.unit_id == get_akar_id(session), Indikator.kode == kode)
    ).one_or_none()
    return found or abort(404)


def next_urutan(session: Session, row: type[Tujuan | Sasaran | Indikator], induk: uuid.UUID) -> int:
    """The place after the last one.

    :param induk: unit of a tujuan or an indikator, tujuan of a sasaran.
    """
    column = Sasaran.tujuan_id if row is Sasaran else row.unit_id  # type: ignore[union-attr]
    return (session.scalar(select(func.max(row.urutan)).where(column == induk)) or 0) + 1


@contextmanager
def mencatat_rencana(session: Session, row: BarisRencana, keterangan: str) -> Iterator[None]:
    """Log what the block changes of a row, before and after; nothing changed, nothing logged."""
    before = values_of(row)
    yield
    sebelum, sesudah = changes_between(before, values_of(row))
    if sesudah:
        catat(
            session, "ubah", row, keterangan,
            unit_id=get_akar_id(session), sebelum=sebelum, sesudah=sesudah,
        )  # fmt: skip


def add_baris(session: Session, row: BarisRencana, keterangan: str) -> None:
    """Store a row and log it."""
    session.add(row)
    session.flush()
    catat(
        session, "tambah", row, keterangan, unit_id=get_akar_id(session), sesudah=values_of(row)
    )  # fmt: skip


def delete_baris(session: Session, row: BarisRencana, keterangan: str) -> None:
    """Delete a row and log what it was."""
    before = values_of(row)
    catat(session, "hapus", row, keterangan, unit_id=get_akar_id(session), sebelum=before)
    session.delete(row)
    session.flush()
