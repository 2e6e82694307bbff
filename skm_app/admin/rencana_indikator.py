"""Indikator of the plan: what is measured, how, and by which names documents call it."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from decimal import Decimal

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session

from skm_app.admin.blueprint import bp
from skm_app.admin.forms import FormulirUbah
from skm_app.admin.hak import get_akar_id, need_peran
from skm_app.admin.halaman import render_page
from skm_app.admin.milik import is_free, lock_unit
from skm_app.admin.rencana_catat import (
    add_baris,
    delete_baris,
    get_indikator_of,
    get_rencana,
    mencatat_rencana,
    next_urutan,
)
from skm_app.admin.rencana_form import fill_baris
from skm_app.admin.rencana_indikator_form import KODE_TETAP, IndikatorForm, NamaLainForm
from skm_app.capaian import read_rencana
from skm_app.models import (
    Indikator,
    NamaLain,
    Realisasi,
    Target,
    TargetLama,
    Triwulan,
    new_id,
)
from skm_app.web import current_state

COLUMNS = (
    "urutan", "nama", "satuan", "arah", "paling_tinggi", "formula", "alasan", "sumber_data"
)  # fmt: skip
TERPAKAI = (
    "Indikator ini sudah punya target, realisasi, atau angka triwulan, jadi tidak dapat dihapus."
)


@bp.get("/rencana/indikator/tambah")
@need_peran("admin")
def add_indikator() -> ResponseReturnValue:
    form = IndikatorForm(formdata=None, sasaran=request.args.get("sasaran"))
    with current_state().database.reading() as session:
        rencana = get_rencana(session)
        form.urutan.data = next_urutan(session, Indikator, rencana.unit_id)
        form.prepare(read_rencana(session, rencana.unit_id), None)
    return render_page("admin/rencana/indikator_baru.html", form=form)


@bp.post("/rencana/indikator/tambah")
@need_peran("admin")
def save_new_indikator() -> ResponseReturnValue:
    form = IndikatorForm()
    with current_state().database.writing() as session:
        unit_id = get_rencana(session).unit_id
        lock_unit(session, unit_id)
        form.prepare(read_rencana(session, unit_id), None)
        form.terpakai = _list_kode(session, unit_id, None)
        if form.validate():
            row = Indikator(id=new_id(), unit_id=unit_id, kode=form.kode.data)
            _fill(form, row)
            add_baris(session, row, f"Indikator {row.nama} ditambahkan.")
    if form.errors:
        return render_page("admin/rencana/indikator_baru.html", form=form), 422
    flash("Indikator sudah ditambahkan. Isi juga nama lainnya di dokumen, bila ada.")
    return redirect(url_for("admin.edit_indikator", kode=row.kode), code=303)


@bp.get("/rencana/indikator/<kode>")
@need_peran("admin")
def edit_indikator(kode: str) -> ResponseReturnValue:
    with current_state().database.reading() as session:
        return _show(session, get_indikator_of(session, kode))


@bp.post("/rencana/indikator/<kode>")
@need_peran("admin")
def save_indikator(kode: str) -> ResponseReturnValue:
    form = IndikatorForm()
    with current_state().database.writing() as session:
        indikator = get_indikator_of(session, kode)
        form.check_versi(indikator)
        lock_unit(session, indikator.unit_id)
        _prepare(session, form, indikator)
        form.terpakai = _list_kode(session, indikator.unit_id, indikator)
        form.tertinggi = _find_highest(session, indikator)
        if not form.validate():
            return _show(session, indikator, form), 422
        with mencatat_rencana(session, indikator, f"Indikator {form.nama.data} diubah."):
            if "kode" in form:
                indikator.kode = form.kode.data
            _fill(form, indikator)
    flash("Indikator sudah disimpan.")
    return redirect(url_for("admin.show_rencana"), code=303)


@bp.post("/rencana/indikator/<kode>/hapus")
@need_peran("admin")
def delete_indikator(kode: str) -> ResponseReturnValue:
    with current_state().database.writing() as session:
        indikator = get_indikator_of(session, kode)
        FormulirUbah().check_versi(indikator)
        terpakai = _is_used(session, indikator)
        if not terpakai:
            for one in list(indikator.nama_lain):
                delete_baris(session, one, f"Nama lain {one.nama} dihapus.")
            session.refresh(indikator, ["nama_lain"])
            delete_baris(session, indikator, f"Indikator {indikator.nama} dihapus.")
    if terpakai:
        flash(TERPAKAI, "galat")
        return redirect(url_for("admin.edit_indikator", kode=kode), code=303)
    flash("Indikator sudah dihapus.")
    return redirect(url_for("admin.show_rencana"), code=303)


@bp.post("/rencana/indikator/<kode>/nama")
@need_peran("admin")
def save_nama_lain(kode: str) -> ResponseReturnValue:
    form = NamaLainForm()
    with current_state().database.writing() as session:
        indikator = get_indikator_of(session, kode)
        lock_unit(session, indikator.unit_id)
        others = [indikator.nama, *(one.nama for one in indikator.nama_lain)]
        if not form.validate() or not is_free(
            form.nama_lain, others, "Nama ini sudah dikenal untuk indikator ini."
        ):
            return _show(session, indikator, nama_form=form), 422
        row = NamaLain(id=new_id(), indikator_id=indikator.id)
        row.nama, row.sumber = form.nama_lain.data, form.sumber_nama.data
        add_baris(session, row, f"Nama lain {row.nama} dicatat untuk {indikator.nama}.")
    flash("Nama lain sudah dicatat.")
    return redirect(url_for("admin.edit_indikator", kode=kode), code=303)


@bp.post("/rencana/nama/<uuid:nama_id>/hapus")
@need_peran("admin")
def delete_nama_lain(nama_id: uuid.UUID) -> ResponseReturnValue:
    with current_state().database.writing() as session:
        row = session.get(NamaLain, nama_id) or abort(404)
        indikator = session.get_one(Indikator, row.indikator_id)
        if indikator.unit_id != get_akar_id(session):
            abort(404)
        delete_baris(session, row, f"Nama lain {row.nama} dihapus dari {indikator.nama}.")
    flash("Nama lain sudah dihapus.")
    return redirect(url_for("admin.edit_indikator", kode=indikator.kode), code=303)


def _show(
    session: Session,
    indikator: Indikator,
    form: IndikatorForm | None = None,
    nama_form: NamaLainForm | None = None,
) -> str:
    """The page of an indikator; the form that was not sent shows what is stored."""
    if form is None:
        form = IndikatorForm(formdata=None, obj=indikator, sasaran=str(indikator.sasaran_id or ""))
        _prepare(session, form, indikator)
        form.open_for(indikator)
    return render_page(
        "admin/rencana/indikator.html",
        indikator=indikator,
        form=form,
        nama_form=nama_form or NamaLainForm(formdata=None),
        nama_lain=indikator.nama_lain,
        kode_tetap=indikator.kode in KODE_TETAP,
        terpakai=_is_used(session, indikator),
    )


def _prepare(session: Session, form: IndikatorForm, indikator: Indikator) -> None:
    pohon = read_rencana(session, indikator.unit_id)
    form.prepare(pohon, indikator, bertarget=_has_any(session, indikator, (Target, Triwulan)))


def _fill(form: IndikatorForm, indikator: Indikator) -> None:
    fill_baris(form, indikator, COLUMNS)
    indikator.sasaran_id = uuid.UUID(form.sasaran.data) if form.sasaran.data else None


def _list_kode(session: Session, unit_id: uuid.UUID, own: Indikator | None) -> frozenset[str]:
    rows = session.execute(select(Indikator.id, Indikator.kode).where(Indikator.unit_id == unit_id))
    return frozenset(kode for id_, kode in rows if own is None or id_ != own.id)


def _is_used(session: Session, indikator: Indikator) -> bool:
    return _has_any(session, indikator, (Target, TargetLama, Realisasi, Triwulan))


def _has_any(
    session: Session,
    indikator: Indikator,
    rows: Sequence[type[Target | TargetLama | Realisasi | Triwulan]],
) -> bool:
    """Whether an indikator has a row of one of these kinds, in any year."""
    return any(
        session.scalar(select(row.tahun).where(row.indikator_id == indikator.id).limit(1))
        is not None
        for row in rows
    )


def _find_highest(session: Session, indikator: Indikator) -> tuple[Decimal, int] | None:
    """The highest target or figure from a document, and its year; None if there is none."""
    targets = session.execute(
        select(Target.target, Target.tahun).where(Target.indikator_id == indikator.id)
    )
    reached = session.execute(
        select(Realisasi.nilai, Realisasi.tahun).where(Realisasi.indikator_id == indikator.id)
    )
    found = [(nilai, tahun) for nilai, tahun in (*targets, *reached) if nilai is not None]
    return max(found, default=None)
