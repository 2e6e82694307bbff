"""Error pages: what happened, what to do, and a way on."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask, current_app, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import HTTPException


@dataclass(frozen=True)
class Penjelasan:
    """Words for one kind of error."""

    judul: str
    saran: str


UMUM = Penjelasan(
    "Permintaan ini tidak dapat dilayani",
    "Silakan kembali ke halaman sebelumnya dan coba sekali lagi.",
)
BASI = Penjelasan(
    "Halaman ini sudah lama terbuka",
    "Muat ulang halaman sebelumnya, lalu kirim sekali lagi.",
)
SIBUK = Penjelasan(
    "Sistem sedang sibuk",
    "Belum ada yang tersimpan. Silakan tunggu sebentar, lalu coba sekali lagi.",
)
PENJELASAN = {
    400: Penjelasan(
        "Permintaan tidak dapat dibaca",
        "Periksa kembali alamat yang Anda buka, atau pindai ulang kode QR.",
    ),
    403: Penjelasan(
        "Anda tidak berhak membuka halaman ini",
        "Hubungi admin kantor bila Anda memerlukannya.",
    ),
    404: Penjelasan(
        "Halaman tidak ditemukan",
        "Periksa kembali alamat yang Anda ketik, atau pindai ulang kode QR di loket.",
    ),
    405: Penjelasan("Cara membuka halaman ini tidak tepat", "Silakan mulai lagi dari depan."),
    410: Penjelasan(
        "Titik survei ini sudah ditutup",
        "Silakan pindai kode QR lain di kantor kami, atau tanyakan kepada petugas.",
    ),
    413: Penjelasan(
        "Isian terlalu besar",
        "Tulisan yang dikirim terlalu panjang. Mohon dipersingkat, lalu kirim sekali lagi.",
    ),
    429: Penjelasan(
        "Terlalu banyak percobaan", "Silakan tunggu beberapa menit, lalu coba sekali lagi."
    ),
    500: Penjelasan(
        "Terjadi kesalahan pada sistem kami",
        "Kesalahan ini sudah dicatat. Silakan coba sekali lagi beberapa saat lagi.",
    ),
    503: SIBUK,
}


def init_app(app: Flask) -> None:
    app.register_error_handler(HTTPException, show_http_error)
    app.register_error_handler(CSRFError, show_stale_page)
    app.register_error_handler(SQLAlchemyError, show_busy)


def show_http_error(error: HTTPException) -> ResponseReturnValue:
    if error.response is not None:
        return error.response
    return _page(error.code or 500, PENJELASAN.get(error.code or 500, UMUM))


def show_stale_page(error: CSRFError) -> ResponseReturnValue:
    return _page(400, BASI)


def show_busy(error: SQLAlchemyError) -> ResponseReturnValue:
    # Logged without parameters: they would be somebody's answers.
    current_app.logger.error("Database error on %s: %s", request.endpoint, type(error).__name__)
    return _page(503, SIBUK)


def _page(code: int, penjelasan: Penjelasan) -> ResponseReturnValue:
    # Needs neither the database nor an account: either may be what just failed.
    return render_template("errors/error.html", penjelasan=penjelasan, kode=code), code
