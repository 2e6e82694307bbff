"""What every staff page shows around its own content: letterhead, menu, notices, errors."""

from __future__ import annotations

from dataclasses import dataclass

from flask import abort, current_app, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException

from skm_app.admin.blueprint import bp
from skm_app.admin.forms import BerubahError
from skm_app.admin.hak import find_sesi_aktif, get_sesi
from skm_app.admin.sesi import SesiAktif
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
    """One entry of the left menu; ``alamat`` is what its pages' addresses begin with.

    ``seluruh``: about the whole office, so closed to people who are limited to a part of it.
    """

    endpoint: str
    label: str
    alamat: str
    peran: tuple[str, ...] = SEMUA
    seluruh: bool = False

    def is_for(self, sesi: SesiAktif) -> bool:
        return sesi.peran in self.peran and not (self.seluruh and sesi.unit_id)


MENU = (
    Menu("admin.show_dashboard", "Ringkasan", "/admin/"),
    Menu("admin.show_capaian", "Capaian kinerja", "/admin/capaian", ("admin", "pimpinan"), True),
    Menu("admin.show_rencana", "Rencana kinerja", "/admin/rencana", ("admin", "pimpinan"), True),
    Menu("admin.show_probebaya", "Probebaya", "/admin/probebaya"),
    Menu("admin.show_anggaran", "Anggaran", "/admin/anggaran", ("admin", "pimpinan"), True),
    Menu("admin.show_lkjip", "Bab III LKjIP", "/admin/lkjip", ("admin", "pimpinan"), True),
    Menu("admin.show_periksa", "Periksa laporan", "/admin/periksa", ("admin", "pimpinan")),
    Menu("admin.show_camat", "Lembar camat", "/admin/camat", ("admin", "pimpinan")),
    Menu("admin.list_periode", "Periode", "/admin/periode", ("admin", "pimpinan")),
    Menu("admin.list_usulan", "Usulan", "/admin/usulan", ("admin", "pimpinan")),
    Menu("admin.show_kualitas", "Kualitas jawaban", "/admin/kualitas", ("admin", "pimpinan")),
    Menu("admin.list_all_saran", "Saran", "/admin/saran"),
    Menu("admin.list_pengaduan", "Pengaduan", "/admin/pengaduan"),
    Menu("admin.list_rtl", "Rencana tindak lanjut", "/admin/rtl", ("admin", "pimpinan")),
    Menu("admin.list_laporan", "Laporan", "/admin/laporan", ("admin", "pimpinan")),
    Menu("admin.list_titik", "Titik dan kode QR", "/admin/titik", ("admin", "operator")),
    Menu("admin.list_kertas", "Kuesioner kertas", "/admin/kertas"),
    Menu("admin.list_impor", "Impor berkas", "/admin/impor"),
    Menu("admin.list_kios", "Kios", "/admin/kios", ("admin", "operator")),
    Menu("admin.list_layanan", "Layanan", "/admin/layanan", ("admin",)),
    Menu("admin.show_kantor", "Kantor", "/admin/kantor", ("admin",)),
    Menu("admin.list_pengguna", "Pengguna", "/admin/pengguna", ("admin",)),
    Menu("admin.list_catatan", "Catatan kegiatan", "/admin/catatan", ("admin", "pimpinan")),
)


@bp.before_request
def keep_to_own_part() -> None:
    """Refuse what the menu does not show: subjects of the whole office, to those of a part."""
    sesi = find_sesi_aktif()
    if sesi is not None and sesi.unit_id is not None:
        here = next((one for one in MENU[1:] if request.path.startswith(one.alamat)), MENU[0])
        if here.seluruh:
            abort(403)


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
        menu=[entry for entry in MENU if entry.is_for(sesi)],
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
