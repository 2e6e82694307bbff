"""Proposing that a period is closed, or opened again; another person decides (``usulan``)."""

from __future__ import annotations

import uuid

from flask import Response, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from wtforms import HiddenField

from skm_app.admin.blueprint import bp
from skm_app.admin.forms import Formulir, make_teks
from skm_app.admin.hak import get_pelaku, need_peran
from skm_app.admin.halaman import render_page
from skm_app.admin.periode import get_periode
from skm_app.admin.periode_angka import make_angka
from skm_app.admin.tabel import render_with_tabel
from skm_app.models import Periode
from skm_app.periode.penetapan import PenetapanError, Rancangan, draft_penetapan
from skm_app.periode.pokok import is_seluruh_kantor
from skm_app.periode.usulan import list_open_of, propose_pembukaan, propose_penetapan
from skm_app.usulan.dua_orang import UsulanError
from skm_app.web import current_state, today

SELESAI = "Jawaban untuk periode ini sudah lengkap."


class TetapkanForm(Formulir):
    sidik = HiddenField()
    alasan = make_teks("Keterangan untuk pemeriksa", 500, "Isi keterangannya.")


class BukaForm(Formulir):
    alasan = make_teks(
        "Alasan",
        500,
        "Isi alasannya.",
        "Misalnya: 12 lembar kertas bulan Desember tertinggal di Kelurahan Bukuan.",
    )


@bp.get("/periode/<uuid:periode_id>/tetapkan")
@need_peran("admin")
def confirm_usulan_tetapkan(periode_id: uuid.UUID) -> ResponseReturnValue:
    with current_state().database.reading() as session:
        periode = get_periode(session, periode_id)
        if periode.penetapan is not None or list_open_of(session, periode.id):
            return _back_to(periode_id)
        rancangan = draft_penetapan(session, periode)
        form = TetapkanForm(sidik=rancangan.sidik, alasan=SELESAI)
        return _show_tetapkan(session, periode, rancangan, form)


@bp.post("/periode/<uuid:periode_id>/tetapkan")
@need_peran("admin")
def propose_tetapkan(periode_id: uuid.UUID) -> ResponseReturnValue:
    form = TetapkanForm()
    database = current_state().database
    with database.reading() as session:
        periode = get_periode(session, periode_id)
        if not form.validate():
            rancangan = draft_penetapan(session, periode)
            return _show_tetapkan(session, periode, rancangan, form), 422
    try:
        with database.writing() as session:
            usulan = propose_penetapan(
                session,
                get_pelaku(),
                get_periode(session, periode_id),
                form.alasan.data,
                form.sidik.data or "",
            )
    except (PenetapanError, UsulanError) as error:
        flash(str(error), "galat")
        return redirect(url_for("admin.confirm_usulan_tetapkan", periode_id=periode_id), code=303)
    return _show_usulan(usulan.id)


@bp.get("/periode/<uuid:periode_id>/buka")
@need_peran("admin")
def confirm_usulan_buka(periode_id: uuid.UUID) -> ResponseReturnValue:
    with current_state().database.reading() as session:
        periode = get_periode(session, periode_id)
        if periode.penetapan is None or list_open_of(session, periode.id):
            return _back_to(periode_id)
        return render_page("admin/periode/buka.html", periode=periode, form=BukaForm())


@bp.post("/periode/<uuid:periode_id>/buka")
@need_peran("admin")
def propose_buka(periode_id: uuid.UUID) -> ResponseReturnValue:
    form = BukaForm()
    database = current_state().database
    with database.reading() as session:
        periode = get_periode(session, periode_id)
        if not form.validate() and periode.penetapan is not None:
            return render_page("admin/periode/buka.html", periode=periode, form=form), 422
    try:
        with database.writing() as session:
            usulan = propose_pembukaan(
                session, get_pelaku(), get_periode(session, periode_id), form.alasan.data or ""
            )
    except (PenetapanError, UsulanError) as error:
        flash(str(error), "galat")
        return _back_to(periode_id)
    return _show_usulan(usulan.id)


def _show_tetapkan(
    session: Session, periode: Periode, rancangan: Rancangan, form: TetapkanForm
) -> str | Response:
    whole = is_seluruh_kantor(session, periode.unit_id)
    angka = make_angka(rancangan, seluruh_kantor=whole)
    return render_with_tabel(
        "admin/periode/tetapkan.html",
        [angka.unsur],
        periode=periode,
        angka=angka,
        form=form,
        belum_berakhir=periode.sampai >= today(),
    )


def _back_to(periode_id: uuid.UUID) -> ResponseReturnValue:
    return redirect(url_for("admin.show_periode", periode_id=periode_id), code=303)


def _show_usulan(usulan_id: uuid.UUID) -> ResponseReturnValue:
    flash("Usulan sudah disimpan. Sekarang orang lain yang memeriksa dan memutuskannya.")
    return redirect(url_for("admin.show_usulan", usulan_id=usulan_id), code=303)
