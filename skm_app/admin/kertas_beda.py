"""Settling what was typed differently the second time."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence

from flask import flash, request
from flask.typing import ResponseReturnValue

from skm_app.admin.batch import get_batch, get_tempat
from skm_app.admin.blueprint import bp
from skm_app.admin.forms import BerubahError, Formulir
from skm_app.admin.hak import need_peran
from skm_app.admin.halaman import render_page
from skm_app.admin.kertas import PENGISI, back_to, lock_kertas
from skm_app.batch import BatchError
from skm_app.batch.kertas import check_open, list_lembar
from skm_app.batch.lembar import Beda, decide_beda, list_beda
from skm_app.models import Batch, Lembar
from skm_app.web import current_state


@bp.get("/kertas/<uuid:batch_id>/beda")
@need_peran(*PENGISI)
def show_beda(batch_id: uuid.UUID) -> ResponseReturnValue:
    with current_state().database.reading() as session:
        batch = get_batch(session, batch_id, "kertas")
        daftar = list_lembar(session, batch.id)
        beda = list_beda(daftar, get_tempat(session, batch.titik_id, batch.tanggal))
    if batch.status != "diisi" or not beda:
        return back_to(batch_id)
    return _show_beda(batch, daftar, beda, {}, {})


@bp.post("/kertas/<uuid:batch_id>/beda")
@need_peran(*PENGISI)
def settle_beda(batch_id: uuid.UUID) -> ResponseReturnValue:
    with current_state().database.writing() as session:
        batch = lock_kertas(session, batch_id)
        try:
            check_open(batch)
        except BatchError as error:
            flash(str(error), "galat")
            return back_to(batch_id)
        tempat = get_tempat(session, batch.titik_id, batch.tanggal)
        daftar = list_lembar(session, batch.id)
        _check_shown(daftar)
        beda = list_beda(daftar, tempat)
        chosen: dict[int, dict[str, str]] = {}
        galat: dict[str, str] = {}
        for one in beda:
            value = request.form.get(f"b-{one.nomor}-{one.kolom}", "")
            # "First" and "second" mean nothing of a form that the page did not show.
            if value in ("1", "2") and f"v-{one.nomor}" in request.form:
                chosen.setdefault(one.nomor, {})[one.kolom] = value
            else:
                galat[f"b-{one.nomor}-{one.kolom}"] = "Pilih salah satu."
        if galat:
            return _show_beda(batch, daftar, beda, request.form, galat), 422
        for lembar in daftar:
            if lembar.nomor in chosen:
                decide_beda(lembar, chosen[lembar.nomor])
    flash("Semua perbedaan sudah diputuskan.")
    return back_to(batch_id)


def _check_shown(daftar: Sequence[Lembar]) -> None:
    """:raise BerubahError: if a form is no longer as the page showed it, or is gone."""
    now = {f"v-{lembar.nomor}": str(lembar.versi) for lembar in daftar}
    for name, versi in request.form.items():
        if name.startswith("v-") and now.get(name) != versi:
            raise BerubahError


def _show_beda(
    batch: Batch,
    daftar: Sequence[Lembar],
    beda: Sequence[Beda],
    values: Mapping[str, str],
    galat: Mapping[str, str],
) -> str:
    different = {one.nomor for one in beda}
    return render_page(
        "admin/kertas/beda.html",
        batch=batch,
        beda=beda,
        versi={one.nomor: one.versi for one in daftar if one.nomor in different},
        values=values,
        galat=galat,
        form=Formulir(),
    )
