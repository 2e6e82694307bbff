"""What every staff page shows around its own content: letterhead, menu, notices, errors."""

from __future__ import annotations

from dataclasses import dataclass

from flask import current_app, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException

from skm_app.admin.blueprint import bp
from skm_app.admin.forms import BerubahError
from skm_app.admin.hak import get_sesi
from skm_app.admin.unit import KUNCI_KANTOR, KantorBelumAdaError, find_kantor_id
from skm_app.models import Instalasi, Unit
from skm_app.web import current_state
from skm_app.web.errors import BASI, PENJELASAN, SIBUK, UMUM, Penjelasan

SEMUA = ("admin", "operator", "pimpinan")
PERAN_LABEL = {"admin": "Admin", "operator": "Operator", "pimpinan": "Pimpinan"}
BELUM_ADA_KANTOR = Penjelasan(
    "Kantor belum disiapkan", "Mohon minta admin mengisi data kantor terlebih dahulu."
)
SUDAH_BERUBAH = Penjelasan(
    "Data ini sudah diubah orang lain",
    "Perubahan Anda belum disimpan. Kembali ke halaman sebelumnya, muat ulang, lalu ubah lagi.",
)


@dataclass(frozen=True)
class Menu:
    """One entry of the left menu; ``alamat`` is what its pages' addresses begin with."""

    endpoint: str
    label: str
    alamat: str
    peran: tuple[str, ...] = SEMUA


MENU = (
    Menu("admin.show_dashboard", "Ringkasan", "/admin/"),
    Menu("admin.show_capaian", "Capaian kinerja", "/admin/capaian", ("admin", "pimpinan")),
    Menu("admin.list_periode", "Periode", "/admin/periode", ("admin", "pimpinan")),
    Menu("admin.list_titik", "Titik dan kode QR", "/admin/titik", ("admin", "operator")),
    Menu("admin.list_kios", "Kios", "/admin/kios", ("admin", "operator")),
    Menu("admin.list_layanan", "Layanan", "/admin/layanan", ("admin",)),
    Menu("admin.show_kantor", "Kantor", "/admin/kantor", ("admin",)),
    Menu("admin.list_pengguna", "Pengguna", "/admin/pengguna", ("admin",)),
)


def render_page(template: str, **values: object) -> str:
    """Render a page of a signed-in account inside the layout."""
    sesi = get_sesi()
    with current_state().database.reading() as session:
        facts = dict(session.execute(select(Instalasi.kunci, Instalasi.nilai)).all())
        kantor_id = find_kantor_id(session) if KUNCI_KANTOR in facts else None
        kantor_nama = session.scalar(select(Unit.nama).where(Unit.id == kantor_id))
    return render_template(
        template,
        akun=sesi,
        akun_peran=PERAN_LABEL[sesi.peran],
        menu=[entry for entry in MENU if sesi.peran in entry.peran],
        menu_aktif=_active_menu(request.path),
        kantor_nama=kantor_nama or "Survei Kepuasan Masyarakat",
        demo="demo" in facts,
        **values,
    )


def _active_menu(path: str) -> str:
    return next((m.endpoint for m in MENU[1:] if path.startswith(m.alamat)), MENU[0].endpoint)


def render_error(penjelasan: Penjelasan, code: int) -> ResponseReturnValue:
    """An error page of the staff side; needs neither the database nor an account."""
    if request.path.endswith(".json"):
        return jsonify(galat=f"{penjelasan.judul}. {penjelasan.saran}"), code
    return render_template("admin/kesalahan.html", penjelasan=penjelasan), code


@bp.errorhandler(HTTPException)
def show_http_error(error: HTTPException) -> ResponseReturnValue:
    if error.response is not None:
        return error.response
    code = error.code or 500
    return render_error(PENJELASAN.get(code, UMUM), code)


@bp.errorhandler(CSRFError)
def show_stale_page(error: CSRFError) -> ResponseReturnValue:
    return render_error(BASI, 400)


@bp.errorhandler(SQLAlchemyError)
def show_busy(error: SQLAlchemyError) -> ResponseReturnValue:
    current_app.logger.error("Database error on %s: %s", request.endpoint, type(error).__name__)
    return render_error(SIBUK, 503)


@bp.errorhandler(BerubahError)
@bp.errorhandler(StaleDataError)
def show_conflict(error: Exception) -> ResponseReturnValue:
    return render_error(SUDAH_BERUBAH, 409)


@bp.errorhandler(KantorBelumAdaError)
def lead_to_first_run(error: KantorBelumAdaError) -> ResponseReturnValue:
    if get_sesi().peran == "admin" and request.method == "GET":
        return redirect(url_for("admin.show_kantor"), code=303)
    return render_error(BELUM_ADA_KANTOR, 409)
