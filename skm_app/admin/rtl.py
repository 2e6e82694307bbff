"""The follow-up plan of a period: its weakest unsur, what is planned, what came of it."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session

from skm_app.admin.blueprint import bp
from skm_app.admin.hak import catat, get_sesi, list_my_tree, need_peran
from skm_app.admin.halaman import render_page
from skm_app.admin.rtl_form import RtlForm
from skm_app.admin.rtl_tabel import (
    make_baris,
    make_one_baris,
    make_tabel_hasil,
    make_tabel_rencana,
    make_tabel_unsur,
)
from skm_app.admin.tabel import render_with_tabel
from skm_app.catatan import changes_between, values_of
from skm_app.models import BuktiRtl, Periode, Rtl, new_id
from skm_app.rtl import (
    STATUS_LABEL,
    RtlError,
    carry_over,
    delete_rtl,
    find_pembanding,
    find_periode_berikut,
    list_belum_dilanjutkan,
    list_unsur_names,
    read_unsur,
)
from skm_app.rtl.bukti import MAX_BERKAS
from skm_app.web import current_state, today

PEMBACA = ("admin", "pimpinan")


@bp.get("/rtl", endpoint="list_rtl")
@need_peran(*PEMBACA)
def show_daftar() -> ResponseReturnValue:
    with current_state().database.reading() as session:
        semua = _list_periode(session)
        periode = _choose_periode(semua)
        if periode is None:
            return render_page("admin/rtl/kosong.html")
        hasil, pembanding = read_unsur(session, periode), find_pembanding(session, periode)
        baris = make_baris(session, periode, hasil, pembanding)
        later = pembanding.periode if pembanding else None
        belum = list_belum_dilanjutkan(session, periode, later) if later else []
        unit = periode.unit.nama
    return render_with_tabel(
        "admin/rtl/daftar.html",
        [make_tabel_rencana(baris), make_tabel_hasil(baris, pembanding), make_tabel_unsur(hasil)],
        semua=semua,
        periode=periode,
        unit=unit,
        hasil=hasil,
        pembanding=pembanding,
        baris=baris,
        belum=len(belum),
        label=STATUS_LABEL,
        boleh_ubah=get_sesi().peran == "admin",
    )


@bp.get("/rtl/periode/<uuid:periode_id>/tambah")
@need_peran("admin")
def add_rtl(periode_id: uuid.UUID) -> ResponseReturnValue:
    with current_state().database.reading() as session:
        periode = get_periode(session, periode_id)
        form = RtlForm(tahun=str(periode.tahun + 1), unsur=request.args.get("unsur"))
        form.set_choices(list_unsur_names(session, periode), periode, None)
    return render_page("admin/rtl/ubah.html", form=form, periode=periode, rtl=None)


@bp.post("/rtl/periode/<uuid:periode_id>/tambah")
@need_peran("admin")
def save_new_rtl(periode_id: uuid.UUID) -> ResponseReturnValue:
    form = RtlForm()
    with current_state().database.writing() as session:
        periode = get_periode(session, periode_id)
        form.set_choices(list_unsur_names(session, periode), periode, None)
        if form.validate():
            rtl = Rtl(id=new_id(), periode_id=periode.id)
            form.write_to(rtl)
            session.add(rtl)
            session.flush()
            catat(
                session,
                "tambah rtl",
                rtl,
                f"Rencana tindak lanjut periode {periode.nama}.",
                unit_id=periode.unit_id,
                sesudah=values_of(rtl),
            )
    if form.errors:
        return render_page("admin/rtl/ubah.html", form=form, periode=periode, rtl=None), 422
    flash("Rencana tindak lanjut sudah ditambahkan.")
    return redirect(url_for("admin.list_rtl", periode=periode_id), code=303)


@bp.get("/rtl/<uuid:rtl_id>")
@need_peran(*PEMBACA)
def show_rtl(rtl_id: uuid.UUID) -> ResponseReturnValue:
    with current_state().database.reading() as session:
        rtl = get_rtl(session, rtl_id)
        hasil = read_unsur(session, rtl.periode)
        pembanding = find_pembanding(session, rtl.periode)
        return render_page(
            "admin/rtl/lihat.html",
            baris=make_one_baris(session, rtl, hasil, pembanding),
            pembanding=pembanding,
            asal=session.get(Rtl, rtl.asal_id) if rtl.asal_id else None,
            bukti=session.scalars(
                select(BuktiRtl).where(BuktiRtl.rtl_id == rtl_id).order_by(BuktiRtl.diunggah)
            ).all(),
            label=STATUS_LABEL,
            max_berkas=MAX_BERKAS,
            boleh_ubah=get_sesi().peran == "admin",
        )


@bp.get("/rtl/<uuid:rtl_id>/ubah")
@need_peran("admin")
def edit_rtl(rtl_id: uuid.UUID) -> ResponseReturnValue:
    with current_state().database.reading() as session:
        rtl = get_rtl(session, rtl_id)
        form = RtlForm.of(rtl)
        form.set_choices(list_unsur_names(session, rtl.periode), rtl.periode, rtl)
        return render_page("admin/rtl/ubah.html", form=form, periode=rtl.periode, rtl=rtl)


@bp.post("/rtl/<uuid:rtl_id>/ubah")
@need_peran("admin")
def save_rtl(rtl_id: uuid.UUID) -> ResponseReturnValue:
    form = RtlForm()
    with current_state().database.writing() as session:
        rtl = get_rtl(session, rtl_id)
        form.check_versi(rtl)
        form.set_choices(list_unsur_names(session, rtl.periode), rtl.periode, rtl)
        if not form.validate():
            page = render_page("admin/rtl/ubah.html", form=form, periode=rtl.periode, rtl=rtl)
            return page, 422
        before = values_of(rtl)
        form.write_to(rtl)
        session.flush()
        sebelum, sesudah = changes_between(before, values_of(rtl))
        if sesudah:
            catat(
                session,
                "ubah rtl",
                rtl,
                f"Rencana tindak lanjut periode {rtl.periode.nama}.",
                unit_id=rtl.periode.unit_id,
                sebelum=sebelum,
                sesudah=sesudah,
            )
    flash("Rencana tindak lanjut sudah disimpan.")
    return redirect(url_for("admin.show_rtl", rtl_id=rtl_id), code=303)


@bp.post("/rtl/<uuid:rtl_id>/hapus")
@need_peran("admin")
def remove_rtl(rtl_id: uuid.UUID) -> ResponseReturnValue:
    try:
        with current_state().database.writing() as session:
            rtl = get_rtl(session, rtl_id)
            periode, before = rtl.periode, values_of(rtl)
            delete_rtl(session, rtl)
            catat(
                session,
                "hapus rtl",
                ("rtl", str(rtl_id)),
                f"Rencana tindak lanjut periode {periode.nama}.",
                unit_id=periode.unit_id,
                sebelum=before,
            )
    except RtlError as error:
        flash(str(error), "galat")
        return redirect(url_for("admin.show_rtl", rtl_id=rtl_id), code=303)
    flash("Rencana tindak lanjut sudah dihapus.")
    return redirect(url_for("admin.list_rtl", periode=periode.id), code=303)


@bp.post("/rtl/periode/<uuid:periode_id>/lanjutkan")
@need_peran("admin")
def carry_on(periode_id: uuid.UUID) -> ResponseReturnValue:
    with current_state().database.writing() as session:
        periode = get_periode(session, periode_id)
        later = find_periode_berikut(session, periode)
        if later is None:
            abort(404)
        carried = carry_over(session, periode, later)
        for rtl in carried:
            catat(
                session,
                "lanjutkan rtl",
                rtl,
                f"Dari periode {periode.nama} ke periode {later.nama}.",
                unit_id=later.unit_id,
                sesudah=values_of(rtl),
            )
    flash(f"{len(carried)} rencana dilanjutkan ke periode {later.nama}.")
    return redirect(url_for("admin.list_rtl", periode=later.id), code=303)


def get_periode(session: Session, periode_id: uuid.UUID) -> Periode:
    """A period of this person's units; 404 for any other."""
    periode = session.get(Periode, periode_id)
    if periode is None or all(unit.id != periode.unit_id for unit in list_my_tree(session)):
        abort(404)
    return periode


def get_rtl(session: Session, rtl_id: uuid.UUID) -> Rtl:
    """A plan of this person's units; 404 for any other."""
    rtl = session.get(Rtl, rtl_id)
    if rtl is None:
        abort(404)
    get_periode(session, rtl.periode_id)
    return rtl


def _list_periode(session: Session) -> list[Periode]:
    pohon = list_my_tree(session)
    place = {unit.id: number for number, unit in enumerate(pohon)}
    found = session.scalars(
        select(Periode).where(Periode.unit_id.in_(place)).order_by(Periode.mulai.desc())
    ).all()
    return sorted(found, key=lambda one: place[one.unit_id])


def _choose_periode(semua: Sequence[Periode]) -> Periode | None:
    """The period of the address; without one, the newest that has begun; 404 for strange ones."""
    asked = request.args.get("periode")
    if asked:
        chosen = next((one for one in semua if str(one.id) == asked), None)
        return chosen or abort(404)
    hari = today()
    begun = [one for one in semua if one.mulai <= hari]
    return next(iter(begun or semua), None)
