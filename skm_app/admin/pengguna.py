"""Accounts of the staff: add, change role and part, give a one-time password, close and open."""

from __future__ import annotations

import uuid

from flask import abort, flash, redirect, session, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session
from wtforms import SelectChoice

from skm_app.admin.blueprint import bp
from skm_app.admin.forms import Formulir, FormulirUbah, make_pilihan, make_radio, make_teks
from skm_app.admin.hak import catat, get_sesi, list_my_tree, need_peran
from skm_app.admin.halaman import PERAN_LABEL, render_page
from skm_app.admin.milik import catat_baru, get_milik, mencatat
from skm_app.admin.tabel import TabelHalaman, render_with_tabel
from skm_app.admin.unit import KantorBelumAdaError, UnitPohon
from skm_app.akun.pengguna import (
    PenggunaError,
    change_aktif,
    change_peran,
    change_sandi,
    create_pengguna,
    make_sandi,
)
from skm_app.models import Pengguna
from skm_app.web import current_state

# The one-time password waits in the admin's own cookie for the page that shows it once.
SANDI_BARU = "sandi_baru"
SELURUH = "Seluruh kantor"
PERAN_URAIAN = (
    SelectChoice("operator", "Operator: mengisi kertas, titik, kios, saran dan pengaduan"),
    SelectChoice("pimpinan", "Pimpinan: membaca semua hasil dan memutuskan usulan"),
    SelectChoice("admin", "Admin: semuanya"),
)


class PeranForm(Formulir):
    peran = make_radio("Peran", PERAN_URAIAN, default="operator")
    unit = make_pilihan("Bagian kantor")

    def set_choices(self, pohon: list[UnitPohon]) -> None:
        """Nobody gives more of the office than they see themselves."""
        units = [SelectChoice(str(unit.id), unit.label) for unit in pohon]
        if get_sesi().unit_id is None:
            # The office itself is the whole office.
            units = [SelectChoice("", SELURUH), *units[1:]]
        self.unit.choices = units

    @property
    def unit_id(self) -> uuid.UUID | None:
        return uuid.UUID(self.unit.data) if self.unit.data else None


class PenggunaForm(PeranForm):
    nama = make_teks(
        "Nama akun", 40, "Isi nama akun.", "Huruf kecil tanpa spasi, misalnya ani.loket."
    )


class PenggunaUbahForm(PeranForm, FormulirUbah):
    """Role and part of an account that exists."""


@bp.get("/pengguna")
@need_peran("admin")
def list_pengguna() -> ResponseReturnValue:
    with current_state().database.reading() as db:
        units = {unit.id: unit.nama for unit in _list_tree(db)}
        wanted = select(Pengguna).where(Pengguna.unit_id.in_(units)).order_by(Pengguna.nama)
        if get_sesi().unit_id is None:
            wanted = select(Pengguna).order_by(Pengguna.nama)
        semua = db.scalars(wanted).all()
    baris = [
        (
            one,
            PERAN_LABEL[one.peran],
            units.get(one.unit_id, "–") if one.unit_id else SELURUH,
            _describe(one),
        )
        for one in semua
    ]
    return render_with_tabel(
        "admin/pengguna/daftar.html",
        [_make_tabel(baris)],
        baris=baris,
        sandi_baru=session.pop(SANDI_BARU, None),
    )


@bp.get("/pengguna/tambah")
@need_peran("admin")
def add_pengguna() -> ResponseReturnValue:
    form = PenggunaForm()
    with current_state().database.reading() as db:
        form.set_choices(_list_tree(db))
    return render_page("admin/pengguna/tambah.html", form=form)


@bp.post("/pengguna/tambah")
@need_peran("admin")
def save_pengguna() -> ResponseReturnValue:
    form = PenggunaForm()
    sandi = make_sandi()
    try:
        with current_state().database.writing() as db:
            form.set_choices(_list_tree(db))
            if form.validate():
                pengguna = create_pengguna(
                    db, form.nama.data, form.peran.data, sandi, True, form.unit_id
                )
                catat_baru(db, pengguna, f"Akun {pengguna.nama} dibuat.")
                return _show_once(pengguna.nama, sandi)
    except PenggunaError as error:
        form.nama.errors = [str(error)]
    return render_page("admin/pengguna/tambah.html", form=form), 422


@bp.get("/pengguna/<uuid:pengguna_id>")
@need_peran("admin")
def edit_pengguna(pengguna_id: uuid.UUID) -> ResponseReturnValue:
    with current_state().database.reading() as db:
        pengguna = _get_other(db, pengguna_id)
        form = PenggunaUbahForm(peran=pengguna.peran, unit=str(pengguna.unit_id or ""))
        form.set_choices(_list_tree(db))
    form.open_for(pengguna)
    return render_page("admin/pengguna/ubah.html", form=form, pengguna=pengguna)


@bp.post("/pengguna/<uuid:pengguna_id>")
@need_peran("admin")
def save_peran(pengguna_id: uuid.UUID) -> ResponseReturnValue:
    form = PenggunaUbahForm()
    try:
        with current_state().database.writing() as db:
            pengguna = _get_other(db, pengguna_id)
            form.check_versi(pengguna)
            form.set_choices(_list_tree(db))
            if form.validate():
                with mencatat(db, pengguna, "ubah", f"Peran {pengguna.nama} diubah."):
                    change_peran(db, pengguna, form.peran.data, form.unit_id)
    except PenggunaError as error:
        form.peran.errors = [str(error)]
    if form.errors:
        return render_page("admin/pengguna/ubah.html", form=form, pengguna=pengguna), 422
    flash(f"Peran {pengguna.nama} sudah disimpan.")
    return redirect(url_for("admin.list_pengguna"), code=303)


@bp.post("/pengguna/<uuid:pengguna_id>/sandi")
@need_peran("admin")
def reset_sandi(pengguna_id: uuid.UUID) -> ResponseReturnValue:
    sandi = make_sandi()
    with current_state().database.writing() as db:
        pengguna = _get_other(db, pengguna_id)
        change_sandi(db, pengguna, sandi, sementara=True)
        keterangan = f"{pengguna.nama} diberi kata sandi sementara."
        catat(db, "sandi", pengguna, keterangan, unit_id=pengguna.unit_id)
    return _show_once(pengguna.nama, sandi)


@bp.post("/pengguna/<uuid:pengguna_id>/<any(buka, tutup):tindakan>")
@need_peran("admin")
def change_pengguna(pengguna_id: uuid.UUID, tindakan: str) -> ResponseReturnValue:
    try:
        with current_state().database.writing() as db:
            pengguna = _get_other(db, pengguna_id)
            with mencatat(db, pengguna, tindakan, f"Akun {pengguna.nama} di{tindakan}."):
                change_aktif(db, pengguna, tindakan == "buka")
        flash(f"Akun {pengguna.nama} sudah di{tindakan}.")
    except PenggunaError as error:
        flash(str(error), "galat")
    return redirect(url_for("admin.list_pengguna"), code=303)


def _show_once(nama: str, sandi: str) -> ResponseReturnValue:
    session[SANDI_BARU] = {"nama": nama, "sandi": sandi}
    return redirect(url_for("admin.list_pengguna"), code=303)


def _list_tree(db: Session) -> list[UnitPohon]:
    """As list_my_tree; before the first run there are accounts, but no units yet."""
    try:
        return list_my_tree(db)
    except KantorBelumAdaError:
        return []


def _get_other(db: Session, pengguna_id: uuid.UUID) -> Pengguna:
    """Somebody else's account: one's own needs the old password, under /admin/sandi.

    :raise 404: if it is not in one's own part of the office.
    """
    if pengguna_id == get_sesi().pengguna_id:
        abort(403)
    return get_milik(db, db.get(Pengguna, pengguna_id))


def _describe(pengguna: Pengguna) -> str:
    if not pengguna.aktif:
        return "Ditutup"
    return "Aktif, kata sandi sementara" if pengguna.sandi_sementara else "Aktif"


def _make_tabel(baris: list[tuple[Pengguna, str, str, str]]) -> TabelHalaman:
    return TabelHalaman(
        nama="pengguna",
        judul="Daftar pengguna",
        kolom=("Nama akun", "Peran", "Bagian kantor", "Keadaan"),
        baris=[(pengguna.nama, *words) for pengguna, *words in baris],
    )
