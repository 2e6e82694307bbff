"""Settling what was typed differently the second time."""

from __future__ import annotations

import uuid
from collections.abc import Mapping

from flask import flash, request
from flask.typing import ResponseReturnValue

from skm_app.admin.batch import get_batch, get_tempat
from skm_app.admin.blueprint import bp
from skm_app.admin.forms import Formulir
from skm_app.admin.hak import need_peran
from skm_app.admin.halaman import render_page
from skm_app.admin.kertas import PENGISI, back_to, lock_kertas
from skm_app.batch import BatchError
from skm_app.kertas import check_open, list_lembar
from skm_app.lembar import Beda, decide_beda, list_beda
from skm_app.models import Batch
from skm_app.web import current_state


@bp.get("/kertas/<uuid:batch_id>/beda")
@need_peran(*PENGISI)
def show_beda(batch_id: uuid.UUID) -> ResponseReturnValue:
    with current_state().database.reading() as session:
        batch = get_batch(session, batch_id, "kertas")
        beda = list_beda(
            list_lembar(session, batch.id), get_tempat(session, batch.titik_id, batch.tanggal)
        )
    if batch.status != "diisi" or not beda:
        return back_to(batch_id)
    return _show_beda(batch, beda, {}, {})


@bp.post("/kertas/<uuid:batch_id>/beda")
@need_peran(*PENGISI)
def settle_beda(batch_id: uuid.UUID) -> ResponseReturnValue:
    with current_state().database.writing() as session:
        batch = lock_kertas(session, batch_id)
        tempat = get_tempat(session, batch.titik_id, batch.tanggal)
        daftar = list_lembar(session, batch.id)
        beda = list_beda(daftar, tempat)
        chosen: dict[int, dict[str, str]] = {}
        galat: dict[str, str] = {}
        for one in beda:
            value = request.form.get(f"b-{one.nomor}-{one.kolom}", "")
            if value in ("1", "2"):
                chosen.setdefault(one.nomor, {})[one.kolom] = value
            else:
                galat[f"b-{one.nomor}-{one.kolom}"] = "Pilih salah satu."
        if galat:
            return _show_beda(batch, beda, request.form, galat), 422
        try:
            check_open(batch)
        except BatchError as error:
            flash(str(error), "galat")
            return back_to(batch_id)
        for lembar in daftar:
            if lembar.nomor in chosen:
                decide_beda(lembar, chosen[lembar.nomor])
    flash("Semua perbedaan sudah diputuskan.")
    return back_to(batch_id)


def _show_beda(
    batch: Batch, beda: list[Beda], values: Mapping[str, str], galat: Mapping[str, str]
) -> str:
    return render_page(
        "admin/kertas/beda.html",
        batch=batch,
        beda=beda,
        values=values,
        galat=galat,
        form=Formulir(),
    )
