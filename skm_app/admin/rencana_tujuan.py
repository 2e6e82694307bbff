"""Tujuan and sasaran of the plan, and which programmes of the budget pay for a sasaran."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from flask import abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session

from skm_app.admin.blueprint import bp
from skm_app.admin.forms import FormulirUbah
from skm_app.admin.hak import get_akar_id, need_peran
from skm_app.admin.halaman import render_page
from skm_app.admin.milik import lock_unit
from skm_app.admin.rencana import name_dukungan
from skm_app.admin.rencana_catat import (
    add_baris,
    delete_baris,
    get_rencana,
    get_sasaran,
    get_tujuan,
    mencatat_rencana,
    next_urutan,
)
from skm_app.admin.rencana_form import DukunganForm, SasaranForm, TujuanForm, fill_baris
from skm_app.capaian import list_program
from skm_app.capaian.rencana_baca import list_dukungan
from skm_app.kata import plain
from skm_app.models import Dukungan, Indikator, Sasaran, Tujuan, new_id
from skm_app.web import current_state

COLUMNS = ("uraian", "urutan")


@bp.get("/rencana/tujuan/tambah")
@need_peran("admin")
def add_tujuan() -> ResponseReturnValue:
    with current_state().database.reading() as session:
        rencana = get_rencana(session)
        form = TujuanForm(formdata=None, urutan=next_urutan(session, Tujuan, rencana.unit_id))
    return render_page("admin/rencana/tujuan.html", form=form, tujuan=None)


@bp.post("/rencana/tujuan/tambah")
@need_peran("admin")
def save_new_tujuan() -> ResponseReturnValue:
    form = TujuanForm()
    with current_state().database.writing() as session:
        rencana = get_rencana(session)
        if form.validate():
            row = Tujuan(id=new_id(), unit_id=rencana.unit_id)
            fill_baris(form, row, COLUMNS)
            add_baris(session, row, f"Tujuan {row.uraian} ditambahkan.")
    if form.errors:
        return render_page("admin/rencana/tujuan.html", form=form, tujuan=None), 422
    return _done("Tujuan sudah ditambahkan.")


@bp.get("/rencana/tujuan/<uuid:tujuan_id>")
@need_peran("admin")
def edit_tujuan(tujuan_id: uuid.UUID) -> ResponseReturnValue:
    with current_state().database.reading() as session:
        tujuan = get_tujuan(session, tujuan_id)
        terpakai = _has_sasaran(session, tujuan_id)
    form = TujuanForm(formdata=None, obj=tujuan)
    form.open_for(tujuan)
    return render_page("admin/rencana/tujuan.html", form=form, tujuan=tujuan, terpakai=terpakai)


@bp.post("/rencana/tujuan/<uuid:tujuan_id>")
@need_peran("admin")
def save_tujuan(tujuan_id: uuid.UUID) -> ResponseReturnValue:
    form = TujuanForm()
    with current_state().database.writing() as session:
        tujuan = get_tujuan(session, tujuan_id)
        terpakai = _has_sasaran(session, tujuan_id)
        form.check_versi(tujuan)
        if form.validate():
            with mencatat_rencana(session, tujuan, f"Tujuan {form.uraian.data} diubah."):
                fill_baris(form, tujuan, COLUMNS)
    if form.errors:
        page = render_page("admin/rencana/tujuan.html", form=form, tujuan=tujuan, terpakai=terpakai)
        return page, 422
    return _done("Tujuan sudah disimpan.")


@bp.post("/rencana/tujuan/<uuid:tujuan_id>/hapus")
@need_peran("admin")
def delete_tujuan(tujuan_id: uuid.UUID) -> ResponseReturnValue:
    with current_state().database.writing() as session:
        tujuan = get_tujuan(session, tujuan_id)
        FormulirUbah().check_versi(tujuan)
        terpakai = _has_sasaran(session, tujuan_id)
        if not terpakai:
            delete_baris(session, tujuan, f"Tujuan {tujuan.uraian} dihapus.")
    if terpakai:
        flash("Tujuan ini masih punya sasaran. Hapus dahulu sasarannya.", "galat")
        return redirect(url_for("admin.edit_tujuan", tujuan_id=tujuan_id), code=303)
    return _done("Tujuan sudah dihapus.")


@bp.get("/rencana/tujuan/<uuid:tujuan_id>/sasaran")
@need_peran("admin")
def add_sasaran(tujuan_id: uuid.UUID) -> ResponseReturnValue:
    with current_state().database.reading() as session:
        tujuan = get_tujuan(session, tujuan_id)
        form = SasaranForm(formdata=None, urutan=next_urutan(session, Sasaran, tujuan_id))
    return render_page("admin/rencana/sasaran_baru.html", form=form, tujuan=tujuan)


@bp.post("/rencana/tujuan/<uuid:tujuan_id>/sasaran")
@need_peran("admin")
def save_new_sasaran(tujuan_id: uuid.UUID) -> ResponseReturnValue:
    form = SasaranForm()
    row = Sasaran(id=new_id(), tujuan_id=tujuan_id)
    with current_state().database.writing() as session:
        tujuan = get_tujuan(session, tujuan_id)
        if form.validate():
            fill_baris(form, row, COLUMNS)
            add_baris(session, row, f"Sasaran {row.uraian} ditambahkan.")
    if form.errors:
        return render_page("admin/rencana/sasaran_baru.html", form=form, tujuan=tujuan), 422
    flash("Sasaran sudah ditambahkan. Tentukan juga program yang membiayainya.")
    return redirect(url_for("admin.edit_sasaran", sasaran_id=row.id), code=303)


@bp.get("/rencana/sasaran/<uuid:sasaran_id>")
@need_peran("admin")
def edit_sasaran(sasaran_id: uuid.UUID) -> ResponseReturnValue:
    with current_state().database.reading() as session:
        return _show_sasaran(session, get_sasaran(session, sasaran_id))


@bp.post("/rencana/sasaran/<uuid:sasaran_id>")
@need_peran("admin")
def save_sasaran(sasaran_id: uuid.UUID) -> ResponseReturnValue:
    form = SasaranForm()
    with current_state().database.writing() as session:
        sasaran = get_sasaran(session, sasaran_id)
        form.check_versi(sasaran)
        if not form.validate():
            return _show_sasaran(session, sasaran, form), 422
        with mencatat_rencana(session, sasaran, f"Sasaran {form.uraian.data} diubah."):
            fill_baris(form, sasaran, COLUMNS)
    return _done("Sasaran sudah disimpan.")


@bp.post("/rencana/sasaran/<uuid:sasaran_id>/hapus")
@need_peran("admin")
def delete_sasaran(sasaran_id: uuid.UUID) -> ResponseReturnValue:
    with current_state().database.writing() as session:
        sasaran = get_sasaran(session, sasaran_id)
        FormulirUbah().check_versi(sasaran)
        terpakai = _has_indikator(session, sasaran_id)
        if not terpakai:
            for one in _list_own_dukungan(session, sasaran_id):
                delete_baris(session, one, f"Program {name_dukungan(one)} dilepas dari sasaran.")
            delete_baris(session, sasaran, f"Sasaran {sasaran.uraian} dihapus.")
    if terpakai:
        flash("Sasaran ini masih punya indikator. Pindahkan atau hapus dahulu.", "galat")
        return redirect(url_for("admin.edit_sasaran", sasaran_id=sasaran_id), code=303)
    return _done("Sasaran sudah dihapus.")


@bp.post("/rencana/sasaran/<uuid:sasaran_id>/dukungan")
@need_peran("admin")
def save_dukungan(sasaran_id: uuid.UUID) -> ResponseReturnValue:
    form = DukunganForm()
    with current_state().database.writing() as session:
        sasaran = get_sasaran(session, sasaran_id)
        unit_id = get_akar_id(session)
        lock_unit(session, unit_id)
        if not form.validate() or not _is_free_program(session, form, unit_id):
            return _show_sasaran(session, sasaran, dukungan=form), 422
        known = list_program(session, unit_id)
        row = Dukungan(
            id=new_id(),
            sasaran_id=sasaran_id,
            program=_spell_as_budget(form.program.data, known),
            jenis_unit=form.jenis_unit.data or None,
        )
        add_baris(session, row, f"Program {name_dukungan(row)} membiayai {sasaran.uraian}.")
    flash(f"Program {row.program} sudah ditambahkan.")
    if row.program not in known:
        flash("Program itu belum ada di anggaran. Periksa ejaannya bila seharusnya ada.", "galat")
    return redirect(url_for("admin.edit_sasaran", sasaran_id=sasaran_id), code=303)


@bp.post("/rencana/dukungan/<uuid:dukungan_id>/hapus")
@need_peran("admin")
def delete_dukungan(dukungan_id: uuid.UUID) -> ResponseReturnValue:
    with current_state().database.writing() as session:
        row = session.get(Dukungan, dukungan_id) or abort(404)
        sasaran = get_sasaran(session, row.sasaran_id)
        delete_baris(session, row, f"Program {name_dukungan(row)} dilepas dari {sasaran.uraian}.")
    flash(f"Program {row.program} sudah dilepas dari sasaran ini.")
    return redirect(url_for("admin.edit_sasaran", sasaran_id=sasaran.id), code=303)


def _show_sasaran(
    session: Session,
    sasaran: Sasaran,
    form: SasaranForm | None = None,
    dukungan: DukunganForm | None = None,
) -> str:
    """The page of a sasaran; the forms that were not sent show what is stored."""
    if form is None:
        form = SasaranForm(formdata=None, obj=sasaran)
        form.open_for(sasaran)
    program = list_program(session, get_akar_id(session))
    return render_page(
        "admin/rencana/sasaran.html",
        sasaran=sasaran,
        form=form,
        dukungan_form=dukungan or DukunganForm(formdata=None),
        dukungan=[
            (one, name_dukungan(one), one.program in program)
            for one in _list_own_dukungan(session, sasaran.id)
        ],
        program=program,
        terpakai=_has_indikator(session, sasaran.id),
    )


def _is_free_program(session: Session, form: DukunganForm, unit_id: uuid.UUID) -> bool:
    """Whether that money pays for no sasaran yet; else it would be counted twice."""
    jenis = form.jenis_unit.data or None
    for one in list_dukungan(session, unit_id):
        overlaps = jenis is None or one.jenis_unit in (None, jenis)
        if overlaps and plain(one.program) == plain(form.program.data):
            other = session.get_one(Sasaran, one.sasaran_id)
            form.program.errors = [
                f"Program {name_dukungan(one)} sudah membiayai sasaran {other.uraian}. Satu "
                "anggaran hanya dihitung untuk satu sasaran."
            ]
            return False
    return True


def _spell_as_budget(program: str, known: Sequence[str]) -> str:
    """A programme as the budget rows write it, if only letters' size or spaces differ."""
    return next((one for one in known if plain(one) == plain(program)), program)


def _list_own_dukungan(session: Session, sasaran_id: uuid.UUID) -> Sequence[Dukungan]:
    return session.scalars(
        select(Dukungan).where(Dukungan.sasaran_id == sasaran_id).order_by(Dukungan.program)
    ).all()


def _has_sasaran(session: Session, tujuan_id: uuid.UUID) -> bool:
    statement = select(Sasaran.id).where(Sasaran.tujuan_id == tujuan_id).limit(1)
    return session.scalar(statement) is not None


def _has_indikator(session: Session, sasaran_id: uuid.UUID) -> bool:
    statement = select(Indikator.id).where(Indikator.sasaran_id == sasaran_id).limit(1)
    return session.scalar(statement) is not None


def _done(pesan: str) -> ResponseReturnValue:
    flash(pesan)
    return redirect(url_for("admin.show_rencana"), code=303)
