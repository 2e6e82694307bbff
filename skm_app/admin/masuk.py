"""Signing in and out, and one's own password."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import current_app, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import login_user, logout_user
from wtforms import HiddenField, PasswordField, StringField
from wtforms.validators import InputRequired, ValidationError

from skm_app.admin.blueprint import bp
from skm_app.admin.forms import Formulir
from skm_app.admin.hak import find_sesi_aktif, get_sesi, need_peran
from skm_app.admin.halaman import SEMUA, render_page
from skm_app.admin.masuk_catatan import log_keluar, log_kunci, log_masuk, log_sandi
from skm_app.admin.sesi import SesiAktif, create_sesi, delete_all_sesi, delete_sesi
from skm_app.akun.pengguna import (
    PenggunaError,
    authenticate,
    change_sandi,
    normalize_nama,
    refresh_hash,
)
from skm_app.akun.sandi import MIN_SANDI, verify_sandi
from skm_app.models import Pengguna
from skm_app.web import current_state
from skm_app.web.percobaan import Percobaan, clear_attempts, may_try

GAGAL = "Nama akun atau kata sandi tidak cocok. Mohon periksa lalu coba sekali lagi."


class MasukForm(Formulir):
    nama = StringField("Nama akun", validators=[InputRequired("Isi nama akun Anda.")])
    sandi = PasswordField("Kata sandi", validators=[InputRequired("Isi kata sandi Anda.")])
    next = HiddenField()


class SandiForm(Formulir):
    lama = PasswordField("Kata sandi sekarang", validators=[InputRequired("Isi kata sandi lama.")])
    baru = PasswordField(
        "Kata sandi baru",
        description=f"Minimal {MIN_SANDI} karakter; beberapa kata yang tidak berhubungan.",
        validators=[InputRequired("Isi kata sandi baru.")],
    )
    ulang = PasswordField("Kata sandi baru, sekali lagi")

    def validate_ulang(self, field: PasswordField) -> None:
        if field.data != self.baru.data:
            raise ValidationError("Kedua kata sandi baru tidak sama.")


@bp.get("/masuk")
def sign_in() -> ResponseReturnValue:
    if find_sesi_aktif():
        return redirect(url_for("admin.show_dashboard"), code=303)
    return render_template("admin/masuk.html", form=MasukForm(next=request.args.get("next")))


@bp.post("/masuk")
def check_sign_in() -> ResponseReturnValue:
    form = MasukForm()
    if not form.validate():
        return render_template("admin/masuk.html", form=form), 422
    nama, sandi = normalize_nama(form.nama.data), form.sandi.data
    now = datetime.now(UTC)
    percobaan = Percobaan.of(
        current_state().settings.secret_key, nama, request.remote_addr or "", now
    )
    if not may_try(current_state().database, percobaan, now):
        return render_template("admin/terlalu_sering.html"), 429
    sesi = _open_sesi(nama, sandi, percobaan, now)
    if sesi is None:
        # No name in the log: people type passwords into the wrong field.
        current_app.logger.warning("Sign-in failed")
        with current_state().database.writing() as db:
            log_kunci(db, percobaan, nama, now)
        form.sandi.errors = [GAGAL]
        return render_template("admin/masuk.html", form=form), 422
    _remember(sesi)
    return redirect(safe_next(form.next.data), code=303)


@bp.post("/keluar")
@need_peran(*SEMUA)
def sign_out() -> ResponseReturnValue:
    with current_state().database.writing() as db:
        delete_sesi(db, get_sesi().token)
        log_keluar(db, "Keluar.")
    return _leave("Anda sudah keluar.")


@bp.post("/keluar-semua")
@need_peran(*SEMUA)
def sign_out_everywhere() -> ResponseReturnValue:
    with current_state().database.writing() as db:
        delete_all_sesi(db, get_sesi().pengguna_id)
        log_keluar(db, "Keluar dari semua perangkat.")
    return _leave("Anda sudah keluar dari semua perangkat.")


@bp.get("/sandi")
@need_peran(*SEMUA)
def edit_sandi() -> ResponseReturnValue:
    return render_page("admin/sandi.html", form=SandiForm())


@bp.post("/sandi")
@need_peran(*SEMUA)
def save_sandi() -> ResponseReturnValue:
    form = SandiForm()
    if form.validate():
        sesi = _change_own_sandi(form)
        if sesi:
            _remember(sesi)
            flash("Kata sandi sudah diganti. Perangkat lain perlu masuk kembali.")
            return redirect(url_for("admin.show_dashboard"), code=303)
    return render_page("admin/sandi.html", form=form), 422


def safe_next(target: str | None) -> str:
    """An address inside the staff side, else the dashboard: never another site."""
    # Browsers read a backslash as a slash and drop control characters.
    if target and target.startswith("/admin/") and "\\" not in target and target.isprintable():
        return target
    return url_for("admin.show_dashboard")


def _open_sesi(nama: str, sandi: str, percobaan: Percobaan, now: datetime) -> SesiAktif | None:
    database = current_state().database
    # Checked before the write lock is taken: hashing takes its time.
    with database.reading() as db:
        found = authenticate(db, nama, sandi)
    if found is None:
        return None
    with database.writing() as db:
        pengguna = db.get_one(Pengguna, found.id)
        if not pengguna.aktif or pengguna.sandi_hash != found.sandi_hash:
            return None
        log_masuk(db, pengguna, percobaan)
        clear_attempts(db, percobaan)
        refresh_hash(pengguna, sandi)
        return create_sesi(db, pengguna, now)


def _change_own_sandi(form: SandiForm) -> SesiAktif | None:
    """Change the password; None with the reason in the form if it cannot be."""
    database = current_state().database
    with database.reading() as db:
        known = db.get_one(Pengguna, get_sesi().pengguna_id)
    if not verify_sandi(known.sandi_hash, form.lama.data):
        form.lama.errors = ["Kata sandi sekarang tidak cocok."]
        return None
    with database.writing() as db:
        pengguna = db.get_one(Pengguna, known.id)
        try:
            change_sandi(db, pengguna, form.baru.data)
        except PenggunaError as error:
            form.baru.errors = [str(error)]
            return None
        log_sandi(db, pengguna)
        return create_sesi(db, pengguna, datetime.now(UTC))


def _remember(sesi: SesiAktif) -> None:
    # Everything a stranger may have put into the cookie goes, its form token included.
    session.clear()
    login_user(sesi)


def _leave(message: str) -> ResponseReturnValue:
    logout_user()
    session.clear()
    flash(message)
    return redirect(url_for("admin.sign_in"), code=303)
