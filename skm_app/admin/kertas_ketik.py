"""The grid: typing one paper form after another, correcting them, settling differences.

The page works as a plain form. With scripts (static/admin/kertas.js) the same address answers
JSON, so that the next form can be typed while the one before is on its way.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from flask import abort, flash, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from wtforms import HiddenField

from skm_app.admin.batch import get_batch, get_tempat
from skm_app.admin.blueprint import bp
from skm_app.admin.forms import Formulir, FormulirUbah
from skm_app.admin.hak import catat, need_peran
from skm_app.admin.halaman import render_page
from skm_app.admin.kertas import PENGISI, back_to, lock_kertas
from skm_app.batch import BatchError
from skm_app.batch.kertas import (
    IsiLainError,
    check_open,
    list_belum_kedua,
    list_lembar,
    next_nomor,
    save_kedua,
    save_pertama,
)
from skm_app.batch.lembar import (
    DIBANTU,
    PROFIL,
    LembarError,
    fields_of,
    parse_isi,
)
from skm_app.models import Batch, Lembar
from skm_app.web import current_state

# Kept from one form to the next: a stack is usually about one service.
LENGKET = ("layanan", "dibantu")


class LembarForm(Formulir):
    """Carries the token; the fields themselves depend on the questionnaire."""

    submission_id = HiddenField()


@bp.get("/kertas/<uuid:batch_id>/ketik")
@need_peran(*PENGISI)
def fill_lembar(batch_id: uuid.UUID) -> ResponseReturnValue:
    kedua = request.args.get("putaran") == "2"
    with current_state().database.reading() as session:
        batch = get_batch(session, batch_id, "kertas")
        if batch.status != "diisi":
            return back_to(batch_id)
        daftar = list_lembar(session, batch.id)
        sisa = list_belum_kedua(batch, daftar) if kedua else [next_nomor(session, batch.id)]
        if not sisa:
            flash("Semua lembar sudah diketik dua kali.")
            return back_to(batch_id)
        before = {name: request.args.get(name, "") for name in LENGKET}
        return _show_grid(session, batch, before, {}, sisa=sisa, kedua=kedua)


@bp.post("/kertas/<uuid:batch_id>/ketik")
@need_peran(*PENGISI)
def save_lembar(batch_id: uuid.UUID) -> ResponseReturnValue:
    kedua = request.form.get("putaran") == "2"
    nomor = _nomor(request.form.get("nomor", ""))
    by_script = request.accept_mimetypes.best == "application/json"
    with current_state().database.writing() as session:
        batch = lock_kertas(session, batch_id)
        tempat = get_tempat(session, batch.titik_id, batch.tanggal)
        try:
            isi = parse_isi(request.form, tempat)
            if kedua:
                lembar = save_kedua(session, batch, nomor, isi)
            else:
                lembar = save_pertama(session, batch, _submission_id(), nomor, isi)
        except LembarError as error:
            if by_script:
                return jsonify(galat=list(error.galat.values())), 422
            return _show_grid(
                session, batch, request.form, error.galat, sisa=[nomor], kedua=kedua
            ), 422
        except IsiLainError as error:
            if by_script:
                return jsonify(galat=[str(error)], berikut=error.berikut), 409
            return _show_grid(
                session, batch, request.form, {"nomor": str(error)},
                sisa=[error.berikut], tersimpan=error.nomor,
            ), 422  # fmt: skip
        except BatchError as error:
            if by_script:
                return jsonify(galat=[str(error)]), 409
            flash(str(error), "galat")
            return back_to(batch_id)
        if by_script:
            return jsonify(nomor=lembar.nomor, berikut=next_nomor(session, batch.id))
    flash(f"Lembar {lembar.nomor} tersimpan.")
    return redirect(_next_url(batch_id, kedua=kedua), code=303)


def _next_url(batch_id: uuid.UUID, *, kedua: bool) -> str:
    """The grid for the next form, which begins with what the forms of a stack share."""
    if kedua:
        return url_for("admin.fill_lembar", batch_id=batch_id, putaran="2")
    sticky: dict[str, Any] = {name: request.form.get(name) or None for name in LENGKET}
    return url_for("admin.fill_lembar", batch_id=batch_id, **sticky)


@bp.get("/kertas/<uuid:batch_id>/lembar/<int:nomor>")
@need_peran(*PENGISI)
def edit_lembar(batch_id: uuid.UUID, nomor: int) -> ResponseReturnValue:
    with current_state().database.reading() as session:
        batch = get_batch(session, batch_id, "kertas")
        lembar = _get_lembar(session, batch, nomor)
        form = FormulirUbah()
        form.open_for(lembar)
        tempat = get_tempat(session, batch.titik_id, batch.tanggal)
        fields = fields_of(lembar.isi, tempat.instrumen)
        return _show_grid(session, batch, fields, {}, sisa=[nomor], form=form)


@bp.post("/kertas/<uuid:batch_id>/lembar/<int:nomor>")
@need_peran(*PENGISI)
def change_lembar(batch_id: uuid.UUID, nomor: int) -> ResponseReturnValue:
    form = FormulirUbah()
    with current_state().database.writing() as session:
        batch = lock_kertas(session, batch_id)
        lembar = _get_lembar(session, batch, nomor)
        form.check_versi(lembar)
        try:
            check_open(batch)
            lembar.isi = parse_isi(request.form, get_tempat(session, batch.titik_id, batch.tanggal))
        except LembarError as error:
            return _show_grid(
                session, batch, request.form, error.galat, sisa=[nomor], form=form
            ), 422
        except BatchError as error:
            flash(str(error), "galat")
            return back_to(batch_id)
    flash(f"Lembar {nomor} sudah diubah.")
    return back_to(batch_id)


@bp.post("/kertas/<uuid:batch_id>/lembar/<int:nomor>/hapus")
@need_peran(*PENGISI)
def delete_lembar(batch_id: uuid.UUID, nomor: int) -> ResponseReturnValue:
    with current_state().database.writing() as session:
        batch = lock_kertas(session, batch_id)
        lembar = _get_lembar(session, batch, nomor)
        try:
            check_open(batch)
        except BatchError as error:
            flash(str(error), "galat")
            return back_to(batch_id)
        session.delete(lembar)
        # Logged, because a form that vanishes could be one that somebody did not like.
        catat(
            session, "hapus", ("lembar", f"{batch.id}/{nomor}"),
            f"Lembar {nomor} dihapus dari batch {batch.kode} sebelum disimpan.",
            unit_id=batch.unit_id,
        )  # fmt: skip
    flash(f"Lembar {nomor} sudah dihapus.")
    return back_to(batch_id)


def _show_grid(
    session: Session,
    batch: Batch,
    values: Mapping[str, str],
    galat: Mapping[str, str],
    *,
    sisa: list[int],
    kedua: bool = False,
    form: FormulirUbah | None = None,
    tersimpan: int | None = None,
) -> str:
    """The grid for one form.

    :param sisa: numbers to be typed, this one first.
    :param tersimpan: number of the other form that is stored under the id that this one brought.
    """
    tempat = get_tempat(session, batch.titik_id, batch.tanggal)
    instrumen = tempat.instrumen
    new_form = LembarForm()
    if tersimpan is not None or not _is_uuid(new_form.submission_id.data):
        new_form.submission_id.data = str(uuid.uuid4())
    return render_page(
        "admin/kertas/ketik.html",
        batch=batch,
        tempat=tempat,
        soal=[(instrumen.field_of(butir.kunci), butir) for butir in instrumen.butir],
        profil=PROFIL,
        dibantu=DIBANTU,
        values=values,
        galat=galat,
        nomor=sisa[0],
        sisa=sisa,
        kedua=kedua,
        ubah=form is not None,
        tersimpan=tersimpan,
        form=form or new_form,
    )


def _get_lembar(session: Session, batch: Batch, nomor: int) -> Lembar:
    lembar = session.get(Lembar, (batch.id, nomor))
    if lembar is None:
        abort(404)
    return lembar


def _submission_id() -> uuid.UUID:
    text = request.form.get("submission_id", "")
    return uuid.UUID(text) if _is_uuid(text) else uuid.uuid4()


def _is_uuid(text: str | None) -> bool:
    try:
        uuid.UUID(text or "")
    except ValueError:
        return False
    return True


def _nomor(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else 0
