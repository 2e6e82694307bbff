"""Periods: list, add, and close with a confirmation of exactly what will be frozen."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session

from skm_app.admin.blueprint import bp
from skm_app.admin.hak import get_sesi, list_my_tree, need_peran
from skm_app.admin.halaman import render_page
from skm_app.admin.periode_angka import (
    AngkaPeriode,
    compute_sidik_hasil,
    make_angka,
    make_angka_beku,
)
from skm_app.admin.periode_form import PeriodeForm, list_instrumen
from skm_app.admin.unit import UnitPohon
from skm_app.models import Periode, Unit
from skm_app.penetapan import PenetapanError, close_periode, read_periode
from skm_app.results import HasilLingkup
from skm_app.web import current_state

BERUBAH = "Ada jawaban baru sejak halaman ini dibuka. Mohon periksa sekali lagi."


@dataclass(frozen=True, kw_only=True)
class BarisPeriode:
    """One period with its result of the moment."""

    periode: Periode
    unit: str
    found: HasilLingkup

    @property
    def angka(self) -> AngkaPeriode:
        penetapan = self.periode.penetapan
        return make_angka_beku(penetapan) if penetapan else make_angka(self.found)

    @property
    def terlambat(self) -> int:
        """Responses that came after the period was closed."""
        penetapan = self.periode.penetapan
        return self.found.hasil.n - penetapan.n if penetapan else 0


@bp.get("/periode")
@need_peran("admin", "pimpinan")
def list_periode() -> ResponseReturnValue:
    with current_state().database.reading() as session:
        pohon = list_my_tree(session)
        names = {unit.id: unit.nama for unit in pohon}
        all_periode = session.scalars(
            select(Periode)
            .where(Periode.unit_id.in_(names))
            .order_by(Periode.mulai.desc(), Periode.nama)
        ).all()
        baris = [
            BarisPeriode(periode=one, unit=names[one.unit_id], found=read_periode(session, one))
            for one in all_periode
        ]
        return render_page(
            "admin/periode/daftar.html", baris=baris, boleh_ubah=get_sesi().peran == "admin"
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
        if form.validate() and _is_free(session, form):
            session.add(form.make_periode())
    if form.errors:
        return render_page("admin/periode/tambah.html", form=form), 422
    flash(f"Periode {form.nama.data} sudah ditambahkan.")
    return redirect(url_for("admin.list_periode"), code=303)


@bp.get("/periode/<uuid:periode_id>")
@need_peran("admin", "pimpinan")
def show_periode(periode_id: uuid.UUID) -> ResponseReturnValue:
    with current_state().database.reading() as session:
        baris = _get_baris(session, periode_id)
        return render_page(
            "admin/periode/lihat.html",
            baris=baris,
            angka=baris.angka,
            boleh_ubah=get_sesi().peran == "admin",
        )


@bp.get("/periode/<uuid:periode_id>/tetapkan")
@need_peran("admin")
def confirm_penetapan(periode_id: uuid.UUID) -> ResponseReturnValue:
    with current_state().database.reading() as session:
        return _show_confirmation(_get_baris(session, periode_id))


@bp.post("/periode/<uuid:periode_id>/tetapkan")
@need_peran("admin")
def close(periode_id: uuid.UUID) -> ResponseReturnValue:
    database = current_state().database
    try:
        with database.writing() as session:
            database.lock_intake(session.connection(), exclusive=True)
            baris = _get_baris(session, periode_id)
            is_open = baris.periode.penetapan is None
            if is_open and request.form.get("sidik") != compute_sidik_hasil(baris.found):
                raise PenetapanError(BERUBAH)
            penetapan = close_periode(database, session, baris.periode, get_sesi().nama)
    except PenetapanError as error:
        flash(str(error), "galat")
        return redirect(url_for("admin.confirm_penetapan", periode_id=periode_id), code=303)
    flash(f"Periode {baris.periode.nama} sudah ditetapkan dengan nomor {penetapan.nomor}.")
    return redirect(url_for("admin.show_periode", periode_id=periode_id), code=303)


def _show_confirmation(baris: BarisPeriode) -> ResponseReturnValue:
    if baris.periode.penetapan is not None:
        return redirect(url_for("admin.show_periode", periode_id=baris.periode.id), code=303)
    return render_page(
        "admin/periode/tetapkan.html",
        baris=baris,
        angka=baris.angka,
        sidik=compute_sidik_hasil(baris.found),
        belum_berakhir=baris.periode.sampai >= _today(),
    )


def _today() -> date:
    return datetime.now(current_state().settings.timezone).date()


def _get_baris(session: Session, periode_id: uuid.UUID) -> BarisPeriode:
    """A period of the office or a unit under it; 404 for any other."""
    pohon = list_my_tree(session)
    names = {unit.id: unit.nama for unit in pohon}
    periode = session.get(Periode, periode_id)
    if periode is None or periode.unit_id not in names:
        abort(404)
    return BarisPeriode(
        periode=periode, unit=names[periode.unit_id], found=read_periode(session, periode)
    )


def _make_form(session: Session) -> PeriodeForm:
    pohon: list[UnitPohon] = list_my_tree(session)
    return PeriodeForm.of(pohon, list_instrumen(session))


def _is_free(session: Session, form: PeriodeForm) -> bool:
    """Whether no other period of the unit has the name or any of the days; says so in the form."""
    unit_id = uuid.UUID(form.unit.data)
    # Locked, so that two people cannot add overlapping periods at the same moment.
    session.execute(select(Unit.id).where(Unit.id == unit_id).with_for_update())
    others = session.scalars(select(Periode).where(Periode.unit_id == unit_id)).all()
    return form.check_others(others)
