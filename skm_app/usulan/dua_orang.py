"""Two people for what changes a figure: one proposes, another decides.

What a decision then does is up to the subject (closing, opening, excluding); here is only who
may, once, and the record of it.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from skm_app.catatan import Pelaku, add_catatan
from skm_app.models import Catatan, Pengguna, Putusan, Usulan, UsulanResponden

SETUJU, TOLAK, TARIK = "disetujui", "ditolak", "ditarik"
# So long an account that the proposer made or changed cannot approve that person's proposals.
JEDA_AKUN = timedelta(hours=24)


class UsulanError(Exception):
    """A proposal or decision is not possible; the message says why."""


def propose(
    session: Session,
    pelaku: Pelaku,
    jenis: str,
    unit_id: uuid.UUID,
    alasan: str,
    keterangan: str,
    *,
    periode_id: uuid.UUID | None = None,
    responden_ids: tuple[uuid.UUID, ...] = (),
    isi: Mapping[str, Any] | None = None,
) -> Usulan:
    """Store a proposal and its record; the caller commits.

    :param keterangan: the proposal in one sentence, for the log.
    :raise UsulanError: without a reason, or if nobody is signed in.
    """
    if pelaku.pengguna_id is None:
        raise UsulanError("Usulan harus dibuat oleh pengguna yang masuk.")
    if not alasan.strip():
        raise UsulanError("Isi alasannya.")
    usulan = Usulan(
        jenis=jenis,
        unit_id=unit_id,
        periode_id=periode_id,
        alasan=alasan.strip(),
        isi=dict(isi or {}),
        pengusul_id=pelaku.pengguna_id,
        pengusul=pelaku.nama,
        dibuat=datetime.now(UTC),
    )
    session.add(usulan)
    session.flush()
    session.add_all(
        UsulanResponden(usulan_id=usulan.id, responden_id=one) for one in sorted(set(responden_ids))
    )
    add_catatan(
        session, pelaku, f"usul {jenis}", usulan, keterangan, unit_id=unit_id, alasan=alasan
    )
    return usulan


def decide(
    session: Session, pelaku: Pelaku, usulan: Usulan, hasil: str, catatan: str = ""
) -> Putusan:
    """Store the decision on a proposal and its record; the caller does what follows and commits.

    :param hasil: ``SETUJU`` or ``TOLAK`` by another person, ``TARIK`` by the author.
    :raise UsulanError: if it was decided before, or this person may not.
    """
    # Locked and asked for again: two people may press the button at once.
    session.execute(select(Usulan.id).where(Usulan.id == usulan.id).with_for_update(key_share=True))
    if session.get(Putusan, usulan.id) is not None:
        raise UsulanError("Usulan ini sudah diputuskan.")
    own = pelaku.pengguna_id == usulan.pengusul_id
    if pelaku.pengguna_id is None or (own and hasil != TARIK):
        raise UsulanError("Usulan sendiri harus diputuskan oleh orang lain.")
    if not own and hasil == TARIK:
        raise UsulanError("Hanya pengusul yang dapat menarik usulannya.")
    now = datetime.now(UTC)
    if hasil == SETUJU:
        _check_independent(session, pelaku.pengguna_id, usulan, now)
    putusan = Putusan(
        usulan_id=usulan.id,
        pengusul_id=usulan.pengusul_id,
        hasil=hasil,
        catatan=catatan.strip(),
        pemutus_id=pelaku.pengguna_id,
        pemutus=pelaku.nama,
        diputuskan=now,
    )
    session.add(putusan)
    session.flush()
    add_catatan(
        session,
        pelaku,
        f"{usulan.jenis} {hasil}",
        usulan,
        f"Usulan {usulan.pengusul} {hasil}.",
        unit_id=usulan.unit_id,
        alasan=catatan,
    )
    return putusan


def _check_independent(
    session: Session, pemutus_id: uuid.UUID, usulan: Usulan, now: datetime
) -> None:
    """Refuse an account that the proposer may hold in their own hands.

    A password that the program printed is known to whoever made the account; and an account
    that the proposer has just made or changed is no second person yet. The log keeps both.

    :raise UsulanError: if so.
    """
    if session.scalar(select(Pengguna.sandi_sementara).where(Pengguna.id == pemutus_id)):
        raise UsulanError("Ganti dahulu kata sandi sementara Anda, lalu putuskan usulan ini.")
    touched = session.scalar(
        select(func.max(Catatan.waktu)).where(
            Catatan.objek == Pengguna.__tablename__,
            Catatan.objek_id == str(pemutus_id),
            Catatan.pengguna_id == usulan.pengusul_id,
        )
    )
    if touched is not None and now - touched < JEDA_AKUN:
        raise UsulanError(
            f"Akun Anda baru saja dibuat atau diubah oleh {usulan.pengusul}. Usulannya dapat Anda "
            "setujui setelah 24 jam, atau oleh orang lain."
        )


def list_open_usulan(session: Session, unit_ids: tuple[uuid.UUID, ...]) -> list[Usulan]:
    """Proposals that wait for a decision, the oldest first."""
    return list(
        session.scalars(
            select(Usulan)
            .outerjoin(Putusan, Putusan.usulan_id == Usulan.id)
            .where(Usulan.unit_id.in_(unit_ids), Putusan.usulan_id.is_(None))
            .order_by(Usulan.dibuat)
        )
    )
