"""Adding a period, and changing what may still be changed of one."""

from __future__ import annotations

import uuid

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from skm_app.admin.blueprint import bp
from skm_app.admin.hak import catat, list_my_tree, need_peran
from skm_app.admin.halaman import render_page
from skm_app.admin.periode import get_periode
from skm_app.admin.periode_form import HARI_DAN_ATURAN, PeriodeForm, list_instrumen
from skm_app.catatan import changes_between, values_of
from skm_app.models import Periode
from skm_app.periode import (
    PeriodeError,
    check_periode,
    has_responden,
    is_closed_ever,
    list_others,
)
from skm_app.web import current_state, today

DAPAT_DIUBAH = (
    "nama", "jenis", "tahun", "mulai", "sampai", "instrumen_id", "konvensi", "populasi",
    "populasi_sumber",
)  # fmt: skip
SUDAH_DITETAPKAN = "Periode ini sudah ditetapkan. Untuk mengubahnya, usulkan dahulu buka kembali."
SUDAH_ADA_JAWABAN = (
    "Sejak halaman ini dibuka sudah ada jawaban dalam periode ini, jadi tanggal, kuesioner, dan "
    "cara menghitungnya tidak dapat diubah lagi. Belum ada yang disimpan."
)


@bp.get("/periode/tambah")
@need_peran("admin")
def add_periode() -> ResponseReturnValue:
    with current_state().database.reading() as session:
        form = _make_form(session)
    return render_page("admin/periode/tambah.html", form=form)


@bp.post("/periode/tambah")
@need_peran("admin")
def save_periode() -> ResponseReturnValue:
    with current_state().database.writing() as session:
        form = _make_form(session)
        if form.validate():
            periode = form.make_periode()
            if _fits(session, form, periode):
                session.add(periode)
                catat(
                    session,
                    "tambah",
                    periode,
                    f"Periode {periode.nama} ditambahkan.",
                    unit_id=periode.unit_id,
                    sesudah=_values_of(session, periode),
                )
    if form.errors:
        return render_page("admin/periode/tambah.html", form=form), 422
    flash(f"Periode {periode.nama} sudah ditambahkan.")
    return redirect(url_for("admin.list_periode"), code=303)


@bp.get("/periode/<uuid:periode_id>/ubah")
@need_peran("admin")
def edit_periode(periode_id: uuid.UUID) -> ResponseReturnValue:
    with current_state().database.reading() as session:
        periode = get_periode(session, periode_id)
        if periode.penetapan is not None:
            return _refuse(periode_id, SUDAH_DITETAPKAN)
        form = _make_form(session, periode)
    form.open_for(periode)
    return render_page("admin/periode/ubah.html", form=form, periode=periode)


@bp.post("/periode/<uuid:periode_id>/ubah")
@need_peran("admin")
def change_periode(periode_id: uuid.UUID) -> ResponseReturnValue:
    database = current_state().database
    with database.writing() as session:
        # No answer may slip in between the look for answers and the change.
        database.lock_intake(session.connection(), exclusive=True)
        periode = get_periode(session, periode_id)
        if periode.penetapan is not None:
            return _refuse(periode_id, SUDAH_DITETAPKAN)
        form = _make_form(session, periode)
        form.check_versi(periode)
        if "rentang" in request.form and "rentang" not in form:
            flash(SUDAH_ADA_JAWABAN, "galat")
            return redirect(url_for("admin.edit_periode", periode_id=periode_id), code=303)
        if form.validate():
            made = form.make_periode(periode)
            if _fits(session, form, made):
                _change(session, periode, made)
    if form.errors:
        return render_page("admin/periode/ubah.html", form=form, periode=periode), 422
    flash(f"Periode {made.nama} sudah disimpan.")
    return redirect(url_for("admin.show_periode", periode_id=periode_id), code=303)


def _make_form(session: Session, periode: Periode | None = None) -> PeriodeForm:
    form = PeriodeForm.of(
        list_my_tree(session), list_instrumen(session), periode, tahun=today().year
    )
    if periode is not None:
        form.leave_out("unit")
        closed = is_closed_ever(session, periode.id)
        if closed or has_responden(session, periode):
            form.leave_out(*HARI_DAN_ATURAN)
        if closed:
            # The frozen record names it; a period by another name would not be the one it froze.
            form.leave_out("nama")
    return form


def _fits(session: Session, form: PeriodeForm, made: Periode) -> bool:
    """Whether the period fits beside the others of its unit; the form says why not."""
    try:
        check_periode(made, list_others(session, made.unit_id, made.id))
    except PeriodeError as error:
        form.refuse(error)
        return False
    return True


def _change(session: Session, periode: Periode, made: Periode) -> None:
    """Take over what differs, and log it."""
    before = _values_of(session, periode)
    for name in DAPAT_DIUBAH:
        setattr(periode, name, getattr(made, name))
    sebelum, sesudah = changes_between(before, _values_of(session, periode))
    if sesudah:
        catat(
            session,
            "ubah",
            periode,
            f"Periode {periode.nama} diubah.",
            unit_id=periode.unit_id,
            sebelum=sebelum,
            sesudah=sesudah,
        )


def _values_of(session: Session, periode: Periode) -> dict[str, object]:
    session.flush()
    return values_of(periode)


def _refuse(periode_id: uuid.UUID, pesan: str) -> ResponseReturnValue:
    flash(pesan, "galat")
    return redirect(url_for("admin.show_periode", periode_id=periode_id), code=303)
