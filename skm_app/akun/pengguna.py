"""Staff accounts: create, change, deactivate. The caller commits; used by views and the CLI."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from skm_app.akun.sandi import (
    check_sandi_rules,
    hash_sandi,
    make_sandi,
    needs_rehash,
    verify_sandi,
)
from skm_app.models import PERAN, Instalasi, Pengguna, Sesi, Unit

__all__ = [
    "PenggunaError",
    "authenticate",
    "change_aktif",
    "change_peran",
    "change_sandi",
    "check_sandi_rules",
    "create_pengguna",
    "find_bagian",
    "make_sandi",
    "normalize_nama",
]

NAMA = re.compile(r"[a-z0-9](?:[a-z0-9._-]{1,38}[a-z0-9])")


class PenggunaError(ValueError):
    """An account cannot be made or changed like this; the message says why."""


def normalize_nama(typed: str) -> str:
    """An account name as it is stored: small letters, no spaces around."""
    return typed.strip().lower()


def create_pengguna(
    session: Session,
    nama: str,
    peran: str,
    sandi: str,
    sementara: bool,
    unit_id: uuid.UUID | None = None,
) -> Pengguna:
    """Create an account.

    :param sementara: the password was made by the program and should be changed soon.
    :param unit_id: the part of the office it is limited to; None: all of it.
    :raise PenggunaError: if the name is taken or unusable, the role unknown, the password weak.
    """
    nama = normalize_nama(nama)
    if not NAMA.fullmatch(nama):
        raise PenggunaError(
            "Nama akun 3 sampai 40 karakter: huruf kecil, angka, titik, garis bawah atau strip."
        )
    if peran not in PERAN:
        raise PenggunaError(f"Peran harus salah satu dari {', '.join(PERAN)}.")
    if session.scalar(select(Pengguna.id).where(Pengguna.nama == nama)) is not None:
        raise PenggunaError(f"Nama akun {nama} sudah dipakai.")
    pengguna = Pengguna(
        nama=nama,
        peran=peran,
        sandi_hash=hash_sandi(_checked(sandi, nama)),
        sandi_sementara=sementara,
        unit_id=unit_id,
    )
    session.add(pengguna)
    session.flush()
    return pengguna


def change_sandi(session: Session, pengguna: Pengguna, sandi: str, sementara: bool = False) -> None:
    """Give an account a new password and sign it out everywhere.

    :raise PenggunaError: if the password is too weak.
    """
    pengguna.sandi_hash = hash_sandi(_checked(sandi, pengguna.nama))
    pengguna.sandi_sementara = sementara
    _sign_out(session, pengguna.id)


def change_aktif(session: Session, pengguna: Pengguna, aktif: bool) -> None:
    """Open or close an account; a closed one is signed out everywhere.

    :raise PenggunaError: if no active admin of the whole office would be left.
    """
    if not aktif:
        _check_not_last(session, pengguna, "ditutup")
        _sign_out(session, pengguna.id)
    pengguna.aktif = aktif


def change_peran(
    session: Session, pengguna: Pengguna, peran: str, unit_id: uuid.UUID | None
) -> None:
    """Give an account another role or another part of the office.

    Applies from the person's next click; nobody is signed out.

    :param unit_id: the part it is limited to; None: the whole office.
    :raise PenggunaError: if the role is unknown, or no active admin of the whole office would
        be left.
    """
    if peran not in PERAN:
        raise PenggunaError(f"Peran harus salah satu dari {', '.join(PERAN)}.")
    if peran != "admin" or unit_id is not None:
        _check_not_last(session, pengguna, "diubah")
    pengguna.peran, pengguna.unit_id = peran, unit_id


def find_bagian(session: Session, nama: str) -> uuid.UUID | None:
    """The part of the office with this name; None: the office itself, so all of it.

    :raise PenggunaError: if there is no such part, or more than one.
    """
    kantor = session.scalar(select(Instalasi.nilai).where(Instalasi.kunci == "unit"))
    if kantor is None:
        raise PenggunaError("Kantor belum disiapkan, jadi akun belum dapat dibatasi pada unit.")
    kantor_id = uuid.UUID(kantor)
    wanted = nama.strip().casefold()
    parents = {one.id: one.parent_id for one in session.execute(select(Unit.id, Unit.parent_id))}
    found = [
        id_
        for id_, own in session.execute(select(Unit.id, Unit.nama))
        if own.casefold() == wanted and _is_within(id_, kantor_id, parents)
    ]
    if len(found) != 1:
        many = "lebih dari satu" if found else "tidak ada"
        raise PenggunaError(f'Unit bernama "{nama}" {many} di kantor ini.')
    return None if found[0] == kantor_id else found[0]


def _is_within(
    unit_id: uuid.UUID, kantor_id: uuid.UUID, parents: Mapping[uuid.UUID, uuid.UUID | None]
) -> bool:
    here: uuid.UUID | None = unit_id
    while here is not None and here != kantor_id:
        here = parents[here]
    return here is not None


def _check_not_last(session: Session, pengguna: Pengguna, terjadi: str) -> None:
    """:raise PenggunaError: if this is the last active admin of the whole office."""
    # Locked, so that two admins who close each other's account cannot both succeed.
    admins = session.scalars(
        select(Pengguna.id)
        .where(Pengguna.peran == "admin", Pengguna.aktif, Pengguna.unit_id.is_(None))
        .order_by(Pengguna.id)
        .with_for_update(key_share=True)
    ).all()
    if list(admins) == [pengguna.id]:
        raise PenggunaError(
            f"Akun ini admin aktif yang terakhir untuk seluruh kantor, jadi tidak dapat {terjadi}."
        )


def authenticate(session: Session, nama: str, sandi: str) -> Pengguna | None:
    """The active account with this name and password; costs the same when there is none."""
    pengguna = None
    if NAMA.fullmatch(nama):
        pengguna = session.scalars(select(Pengguna).where(Pengguna.nama == nama)).one_or_none()
    fits = verify_sandi(pengguna.sandi_hash if pengguna else None, sandi)
    return pengguna if pengguna and fits and pengguna.aktif else None


def refresh_hash(pengguna: Pengguna, sandi: str) -> None:
    """Hash the password anew if the parameters have changed since."""
    if needs_rehash(pengguna.sandi_hash):
        pengguna.sandi_hash = hash_sandi(sandi)


def _checked(sandi: str, nama: str) -> str:
    fault = check_sandi_rules(sandi, nama)
    if fault:
        raise PenggunaError(fault)
    return sandi


def _sign_out(session: Session, pengguna_id: uuid.UUID) -> None:
    session.execute(delete(Sesi).where(Sesi.pengguna_id == pengguna_id))
