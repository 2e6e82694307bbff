"""Closing a period and opening it again, as two people do it: one proposes, another confirms."""

from __future__ import annotations

import uuid

from sqlalchemy import select
from sqlalchemy.orm import Session

from skm_app.catatan import Pelaku
from skm_app.database import Database
from skm_app.models import Penetapan, Periode, Putusan, Usulan
from skm_app.periode.penetapan import PenetapanError, check_closable, close_periode, read_periode
from skm_app.scoring import MIN_KELOMPOK, is_kecil
from skm_app.usulan.dua_orang import SETUJU, UsulanError, decide, propose

TETAPKAN, BUKA = "tetapkan", "buka"


def list_open_of(session: Session, periode_id: uuid.UUID) -> list[Usulan]:
    """Proposals about a period that wait for a decision."""
    return list(
        session.scalars(
            select(Usulan)
            .outerjoin(Putusan, Putusan.usulan_id == Usulan.id)
            .where(Usulan.periode_id == periode_id, Putusan.usulan_id.is_(None))
            .order_by(Usulan.dibuat)
        )
    )


def propose_penetapan(
    session: Session, pelaku: Pelaku, periode: Periode, alasan: str, sidik: str
) -> Usulan:
    """Propose to close a period at the figures that the proposer saw; the caller commits.

    :param sidik: ``Rancangan.sidik`` of what was on the screen.
    :raise PenetapanError: as ``close_periode``; also if fewer than five people answered, whose
        answers the frozen figures would tell.
    :raise UsulanError: without a reason, or if somebody has proposed it already.
    """
    _check_alone(session, periode, TETAPKAN)
    _check_banyak(session, periode)
    hasil = check_closable(session, periode, sidik).found.hasil
    return propose(
        session,
        pelaku,
        TETAPKAN,
        periode.unit_id,
        alasan,
        f"Periode {periode.nama} diusulkan ditetapkan: IKM {hasil.ikm} dari {hasil.n} jawaban.",
        periode_id=periode.id,
        isi={"n": hasil.n, "ikm": str(hasil.ikm), "ikm_eksak": str(hasil.ikm_eksak)},
    )


def approve_penetapan(
    database: Database,
    session: Session,
    pelaku: Pelaku,
    usulan: Usulan,
    sidik: str,
    catatan: str = "",
) -> Penetapan:
    """Confirm a proposal and freeze the figures that the confirmer saw; the caller commits.

    :raise PenetapanError: as ``propose_penetapan``; then the caller rolls back, so that the
        proposal waits on.
    :raise UsulanError: if this person may not decide, or it was decided before.
    """
    # Before the decision: whoever waits here for the other one sees what that one did.
    database.lock_intake(session.connection(), exclusive=True)
    decide(session, pelaku, usulan, SETUJU, catatan)
    periode = session.get_one(Periode, usulan.periode_id)
    _check_banyak(session, periode)
    return close_periode(database, session, periode, pelaku.nama, usulan.pengusul, sidik)


def propose_pembukaan(session: Session, pelaku: Pelaku, periode: Periode, alasan: str) -> Usulan:
    """Propose to open a closed period again; the caller commits.

    :raise PenetapanError: if it is not closed.
    :raise UsulanError: without a reason, or if somebody has proposed it already.
    """
    _check_alone(session, periode, BUKA)
    penetapan = periode.penetapan
    if penetapan is None:
        raise PenetapanError(f"Periode {periode.nama} tidak sedang ditetapkan.")
    return propose(
        session,
        pelaku,
        BUKA,
        periode.unit_id,
        alasan,
        f"Periode {periode.nama} diusulkan dibuka kembali (penetapan nomor {penetapan.nomor}).",
        periode_id=periode.id,
        isi={"nomor": penetapan.nomor},
    )


def _check_banyak(session: Session, periode: Periode) -> None:
    if is_kecil(read_periode(session, periode).hasil.n):
        raise PenetapanError(
            f"Periode ditetapkan mulai {MIN_KELOMPOK} jawaban, agar jawaban seseorang tidak dapat "
            f"dikenali. Periode {periode.nama} belum sampai sebanyak itu."
        )


def _check_alone(session: Session, periode: Periode, jenis: str) -> None:
    """One open proposal of a kind at a time.

    :raise UsulanError: if there is one.
    """
    # Locked, so that two people cannot propose at the same moment.
    session.execute(
        select(Periode.id).where(Periode.id == periode.id).with_for_update(key_share=True)
    )
    other = next((one for one in list_open_of(session, periode.id) if one.jenis == jenis), None)
    if other is not None:
        raise UsulanError(
            f"Periode {periode.nama} sudah diusulkan oleh {other.pengusul} dan menunggu putusan."
        )
