"""Photos for the annex of a period's report."""

from __future__ import annotations

import hashlib
import uuid
from datetime import UTC, datetime

from flask import Response, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session

from skm_app.admin.blueprint import bp
from skm_app.admin.forms import Formulir, clean_teks
from skm_app.admin.gambar import GambarError, clean_foto
from skm_app.admin.hak import catat, need_peran
from skm_app.admin.halaman import render_page
from skm_app.admin.milik import lock_unit
from skm_app.admin.periode import get_periode
from skm_app.admin.unggah import read_unggahan
from skm_app.catatan import values_of
from skm_app.models import FotoLaporan
from skm_app.web import csrf, current_state

MAX_FOTO_PERIODE = 12
MAX_KETERANGAN = 300
PENUH = f"Paling banyak {MAX_FOTO_PERIODE} foto per periode. Hapus dahulu salah satu."
TANPA_KETERANGAN = "Isi keterangan fotonya."
KETERANGAN_PANJANG = f"Keterangan paling panjang {MAX_KETERANGAN} karakter."


# The token is checked where the body is read.
@bp.post("/laporan/<uuid:periode_id>/foto")
@csrf.exempt  # type: ignore[untyped-decorator]  # flask-wtf has no types
@need_peran("admin")
def upload_foto(periode_id: uuid.UUID) -> ResponseReturnValue:
    _, isi = read_unggahan()
    keterangan = clean_teks(request.form.get("keterangan"))
    with current_state().database.reading() as session:
        get_periode(session, periode_id)
    try:
        _check_keterangan(keterangan)
        # Before the transaction: a large photo takes a second.
        bersih = clean_foto(isi)
        with current_state().database.writing() as session:
            _store(session, periode_id, keterangan, bersih)
    except GambarError as error:
        flash(str(error), "galat")
    else:
        flash("Foto sudah disimpan.")
    return _back_to(periode_id)


@bp.get("/laporan/foto/<uuid:foto_id>")
@need_peran("admin", "pimpinan")
def show_foto(foto_id: uuid.UUID) -> ResponseReturnValue:
    with current_state().database.reading() as session:
        foto = _get_foto(session, foto_id)
        response = Response(foto.isi, mimetype=foto.jenis)
    response.headers.set("Content-Disposition", "inline", filename=f"foto-{foto_id}.jpg")
    return response


@bp.get("/laporan/foto/<uuid:foto_id>/hapus")
@need_peran("admin")
def confirm_remove_foto(foto_id: uuid.UUID) -> ResponseReturnValue:
    with current_state().database.reading() as session:
        foto = _get_foto(session, foto_id)
        return render_page(
            "admin/laporan/foto_hapus.html", foto=foto, periode=foto.periode, form=Formulir()
        )


@bp.post("/laporan/foto/<uuid:foto_id>/hapus")
@need_peran("admin")
def remove_foto(foto_id: uuid.UUID) -> ResponseReturnValue:
    with current_state().database.writing() as session:
        foto = _get_foto(session, foto_id)
        periode, before = foto.periode, values_of(foto)
        session.delete(foto)
        catat(
            session, "hapus", ("foto_laporan", str(foto_id)),
            f"Foto pada laporan periode {periode.nama} dihapus.",
            unit_id=periode.unit_id, sebelum=before,
        )  # fmt: skip
    flash("Foto sudah dihapus.")
    return _back_to(periode.id)


def _check_keterangan(keterangan: str) -> None:
    if not keterangan:
        raise GambarError(TANPA_KETERANGAN)
    if len(keterangan) > MAX_KETERANGAN:
        raise GambarError(KETERANGAN_PANJANG)


def _store(session: Session, periode_id: uuid.UUID, keterangan: str, isi: bytes) -> None:
    periode = get_periode(session, periode_id)
    # So that two who upload at once do not both find room for the last one.
    lock_unit(session, periode.unit_id)
    if len(list_foto(session, periode_id)) >= MAX_FOTO_PERIODE:
        raise GambarError(PENUH)
    foto = FotoLaporan(
        periode_id=periode_id,
        keterangan=keterangan,
        jenis="image/jpeg",
        sidik=hashlib.sha256(isi).hexdigest(),
        isi=isi,
        diunggah=datetime.now(UTC),
    )
    session.add(foto)
    session.flush()
    catat(
        session, "tambah", foto, f"Foto ditambahkan pada laporan periode {periode.nama}.",
        unit_id=periode.unit_id, sesudah=values_of(foto),
    )  # fmt: skip


def list_foto(session: Session, periode_id: uuid.UUID) -> list[FotoLaporan]:
    """The photos of a period without their content."""
    found = select(FotoLaporan).where(FotoLaporan.periode_id == periode_id)
    return list(session.scalars(found.order_by(FotoLaporan.diunggah, FotoLaporan.id)))


def _get_foto(session: Session, foto_id: uuid.UUID) -> FotoLaporan:
    """A photo of this person's units; 404 for any other."""
    foto = session.get(FotoLaporan, foto_id)
    if foto is None:
        abort(404)
    get_periode(session, foto.periode_id)
    return foto


def _back_to(periode_id: uuid.UUID) -> ResponseReturnValue:
    return redirect(url_for("admin.show_laporan", periode_id=periode_id, _anchor="foto"), code=303)
