"""Error pages: what happened, what to do, and a way on."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask, current_app, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from skm_app.akun.sandi import TooBusyError
from skm_app.web.bahasa import mark as _


@dataclass(frozen=True)
class Penjelasan:
    """Words for one kind of error."""

    judul: str
    saran: str


UMUM = Penjelasan(
    _("Permintaan ini tidak dapat dilayani"),
    _("Silakan kembali ke halaman sebelumnya dan coba sekali lagi."),
)
BASI = Penjelasan(
    _("Halaman ini sudah lama terbuka"),
    _("Muat ulang halaman sebelumnya, lalu kirim sekali lagi."),
)
SIBUK = Penjelasan(
    _("Sistem sedang sibuk"),
    _("Belum ada yang tersimpan. Silakan tunggu sebentar, lalu coba sekali lagi."),
)
PENJELASAN = {
    400: Penjelasan(
        _("Permintaan tidak dapat dibaca"),
        _("Periksa kembali alamat yang Anda buka, atau pindai ulang kode QR."),
    ),
    403: Penjelasan(
        _("Anda tidak berhak membuka halaman ini"),
        _("Hubungi admin kantor bila Anda memerlukannya."),
    ),
    404: Penjelasan(
        _("Halaman tidak ditemukan"),
        _("Periksa kembali alamat yang Anda ketik, atau pindai ulang kode QR di loket."),
    ),
    405: Penjelasan(_("Cara membuka halaman ini tidak tepat"), _("Silakan mulai lagi dari depan.")),
    410: Penjelasan(
        _("Titik survei ini sudah ditutup"),
        _("Silakan pindai kode QR lain di kantor kami, atau tanyakan kepada petugas."),
    ),
    413: Penjelasan(
        _("Isian terlalu besar"),
        _("Tulisan yang dikirim terlalu panjang. Mohon dipersingkat, lalu kirim sekali lagi."),
    ),
    429: Penjelasan(
        _("Terlalu banyak percobaan"), _("Silakan tunggu beberapa menit, lalu coba sekali lagi.")
    ),
    500: Penjelasan(
        _("Terjadi kesalahan pada sistem kami"),
        _("Kesalahan ini sudah dicatat. Silakan coba sekali lagi beberapa saat lagi."),
    ),
    503: SIBUK,
}


def init_app(app: Flask) -> None:
    app.register_error_handler(HTTPException, show_http_error)
    app.register_error_handler(CSRFError, show_stale_page)
    app.register_error_handler(SQLAlchemyError, show_busy)
    app.register_error_handler(TooBusyError, show_too_many)


def show_http_error(error: HTTPException) -> ResponseReturnValue:
    if error.response is not None:
        return error.response
    page, code = _page(error.code or 500, PENJELASAN.get(error.code or 500, UMUM))
    if isinstance(error, MethodNotAllowed) and error.valid_methods:
        # RFC 9110, 15.5.6: which methods there are.
        return page, code, {"Allow": ", ".join(sorted(error.valid_methods))}
    return page, code


def show_stale_page(error: CSRFError) -> ResponseReturnValue:
    return _page(400, BASI)


def show_too_many(error: TooBusyError) -> ResponseReturnValue:
    return _page(429, PENJELASAN[429])


def show_busy(error: SQLAlchemyError) -> ResponseReturnValue:
    # Logged without parameters: they would be somebody's answers.
    current_app.logger.error("Database error on %s: %s", request.endpoint, type(error).__name__)
    return _page(503, SIBUK)


def _page(code: int, penjelasan: Penjelasan) -> tuple[str, int]:
    # Needs neither the database nor an account: either may be what just failed.
    shown = Penjelasan(gettext(penjelasan.judul), gettext(penjelasan.saran))
    return render_template("errors/error.html", penjelasan=shown, kode=code), code
