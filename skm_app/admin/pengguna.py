"""Accounts of the staff: add, give a new one-time password, close and open."""

from __future__ import annotations

import uuid

from flask import abort, flash, redirect, session, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session
from wtforms import SelectChoice

from skm_app.admin.blueprint import bp
from skm_app.admin.forms import Formulir, make_pilihan, make_teks
from skm_app.admin.hak import get_sesi, need_peran
from skm_app.admin.halaman import PERAN_LABEL, render_page
from skm_app.akun.pengguna import (
    PenggunaError,
    change_aktif,
    change_sandi,
    create_pengguna,
    make_sandi,
)
from skm_app.models import Pengguna
from skm_app.web import current_state

# The one-time password waits in the admin's own cookie for the page that shows it once.
SANDI_BARU = "sandi_baru"
PERAN_URAIAN = (
    SelectChoice("operator", "Operator: ringkasan, titik dan kode QR"),
    SelectChoice("pimpinan", "Pimpinan: ringkasan, capaian dan periode, hanya melihat"),
    SelectChoice("admin", "Admin: semuanya"),
)


class PenggunaForm(Formulir):
    nama = make_teks(
        "Nama akun", 40, "Isi nama akun.", "Huruf kecil tanpa spasi, misalnya ani.loket."
    )
    peran = make_pilihan("Peran", PERAN_URAIAN)


@bp.get("/pengguna")
@need_peran("admin")
def list_pengguna() -> ResponseReturnValue:
    with current_state().database.reading() as db:
        all_pengguna = db.scalars(select(Pengguna).order_by(Pengguna.nama)).all()
    return render_page(
        "admin/pengguna/daftar.html",
        baris=[(pengguna, PERAN_LABEL[pengguna.peran]) for pengguna in all_pengguna],
        sandi_baru=session.pop(SANDI_BARU, None),
    )


@bp.get("/pengguna/tambah")
@need_peran("admin")
def add_pengguna() -> ResponseReturnValue:
    return render_page("admin/pengguna/tambah.html", form=PenggunaForm())


@bp.post("/pengguna/tambah")
@need_peran("admin")
def save_pengguna() -> ResponseReturnValue:
    form = PenggunaForm()
    if form.validate():
        sandi = make_sandi()
        try:
            with current_state().database.writing() as db:
                pengguna = create_pengguna(db, form.nama.data, form.peran.data, sandi, True)
            return _show_once(pengguna.nama, sandi)
        except PenggunaError as error:
            form.nama.errors = [str(error)]
    return render_page("admin/pengguna/tambah.html", form=form), 422


@bp.post("/pengguna/<uuid:pengguna_id>/sandi")
@need_peran("admin")
def reset_sandi(pengguna_id: uuid.UUID) -> ResponseReturnValue:
    sandi = make_sandi()
    with current_state().database.writing() as db:
        pengguna = _get_other(db, pengguna_id)
        change_sandi(db, pengguna, sandi, sementara=True)
    return _show_once(pengguna.nama, sandi)


@bp.post("/pengguna/<uuid:pengguna_id>/<any(buka, tutup):tindakan>")
@need_peran("admin")
def change_pengguna(pengguna_id: uuid.UUID, tindakan: str) -> ResponseReturnValue:
    try:
        with current_state().database.writing() as db:
            pengguna = _get_other(db, pengguna_id)
            change_aktif(db, pengguna, tindakan == "buka")
        flash(f"Akun {pengguna.nama} sudah di{tindakan}.")
    except PenggunaError as error:
        flash(str(error), "galat")
    return redirect(url_for("admin.list_pengguna"), code=303)


def _show_once(nama: str, sandi: str) -> ResponseReturnValue:
    session[SANDI_BARU] = {"nama": nama, "sandi": sandi}
    return redirect(url_for("admin.list_pengguna"), code=303)


def _get_other(db: Session, pengguna_id: uuid.UUID) -> Pengguna:
    """Somebody else's account: one's own needs the old password, under /admin/sandi."""
    pengguna = db.get(Pengguna, pengguna_id)
    if pengguna is None:
        abort(404)
    if pengguna.id == get_sesi().pengguna_id:
        abort(403)
    return pengguna
