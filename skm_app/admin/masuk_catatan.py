"""Signing in and out in the audit log. An account that does not exist is never named there."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from skm_app.admin.hak import get_pelaku, get_sesi
from skm_app.catatan import SISTEM, Pelaku, add_catatan
from skm_app.models import Pengguna, PercobaanMasuk
from skm_app.web.percobaan import Percobaan, is_blocked

OBJEK = "masuk"


def log_masuk(session: Session, pengguna: Pengguna, percobaan: Percobaan) -> None:
    """Somebody signed in; how often it had failed just before. Ask before the count is cleared."""
    tried = session.scalar(
        select(PercobaanMasuk.jumlah).where(PercobaanMasuk.kunci == percobaan.akun)
    )
    gagal = (tried or 1) - 1
    pelaku = Pelaku(pengguna_id=pengguna.id, nama=pengguna.nama, peran=pengguna.peran)
    add_catatan(
        session,
        pelaku,
        "masuk",
        (OBJEK, str(pengguna.id)),
        f"Masuk, sesudah {gagal} percobaan gagal." if gagal else "Masuk.",
        unit_id=pengguna.unit_id,
    )


def log_kunci(session: Session, percobaan: Percobaan, nama: str, now: datetime) -> None:
    """A failure that was one too many; the attempts before it are only counted."""
    if not is_blocked(session, percobaan, now):
        return
    pengguna = session.scalars(select(Pengguna).where(Pengguna.nama == nama)).first()
    siapa = f"akun {pengguna.nama}" if pengguna else "akun yang tidak ada"
    add_catatan(
        session,
        SISTEM,
        "kunci",
        (OBJEK, str(pengguna.id) if pengguna else ""),
        f"Terlalu banyak kata sandi salah untuk {siapa}; percobaan ditahan 15 menit.",
        unit_id=pengguna.unit_id if pengguna else None,
    )


def log_keluar(session: Session, keterangan: str) -> None:
    """The person of this request signed out."""
    sesi = get_sesi()
    objek = (OBJEK, str(sesi.pengguna_id))
    add_catatan(session, get_pelaku(), "keluar", objek, keterangan, unit_id=sesi.unit_id)


def log_sandi(session: Session, pengguna: Pengguna) -> None:
    """The person of this request has given themselves another password."""
    keterangan = "Kata sandi sendiri diganti; perangkat lain dikeluarkan."
    objek = (OBJEK, str(pengguna.id))
    add_catatan(session, get_pelaku(), "ganti sandi", objek, keterangan, unit_id=pengguna.unit_id)
