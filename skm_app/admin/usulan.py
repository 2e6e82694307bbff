"""Proposals that wait for a second person, one of them with what it would do, and the decision."""

from __future__ import annotations

import uuid

from flask import Response, abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from wtforms import HiddenField

from skm_app.admin.blueprint import bp
from skm_app.admin.forms import Formulir, make_teks
from skm_app.admin.hak import get_pelaku, get_sesi, list_my_tree, need_peran
from skm_app.admin.halaman import render_error
from skm_app.admin.halaman_daftar import read_halaman
from skm_app.admin.periode_angka import AngkaPeriode, make_angka, make_angka_beku
from skm_app.admin.tabel import render_with_tabel
from skm_app.admin.usulan_baris import (
    PER_HALAMAN,
    BarisUsulan,
    list_decided,
    list_menunggu,
    make_baris,
    make_tabel_dampak,
    make_tabel_putusan,
)
from skm_app.models import Periode, Usulan
from skm_app.periode.penetapan import PenetapanError, draft_penetapan, reopen_periode
from skm_app.periode.pokok import is_seluruh_kantor
from skm_app.periode.usulan import BUKA, TETAPKAN, approve_penetapan
from skm_app.usulan.dua_orang import TARIK, TOLAK, UsulanError, decide
from skm_app.usulan.pengecualian import approve_pengecualian
from skm_app.web import current_state
from skm_app.web.errors import Penjelasan

TIDAK_DAPAT = "Usulan ini tidak dapat diputuskan begitu"


class SetujuiForm(Formulir):
    sidik = HiddenField()
    catatan_setuju = make_teks("Catatan", 500, keterangan="Boleh dikosongkan.")


class TolakForm(Formulir):
    catatan_tolak = make_teks(
        "Alasan menolak", 500, "Isi alasannya, agar pengusul tahu apa yang perlu diperbaiki."
    )


@bp.get("/usulan")
@need_peran("admin", "pimpinan")
def list_usulan() -> ResponseReturnValue:
    halaman = read_halaman(PER_HALAMAN)
    with current_state().database.reading() as session:
        pohon = list_my_tree(session)
        putusan = list_decided(session, pohon, halaman)
        return render_with_tabel(
            "admin/usulan/daftar.html",
            [make_tabel_putusan(putusan[:PER_HALAMAN])],
            menunggu=list_menunggu(session, pohon),
            putusan=putusan[:PER_HALAMAN],
            halaman=halaman,
            ada_lanjut=halaman.has_next(len(putusan)),
        )


@bp.get("/usulan/<uuid:usulan_id>")
@need_peran("admin", "pimpinan")
def show_usulan(usulan_id: uuid.UUID) -> ResponseReturnValue:
    with current_state().database.reading() as session:
        return _render(session, _get_usulan(session, usulan_id), TolakForm())


@bp.post("/usulan/<uuid:usulan_id>/setujui")
@need_peran("admin", "pimpinan")
def approve_usulan(usulan_id: uuid.UUID) -> ResponseReturnValue:
    form = SetujuiForm()
    if not form.validate():
        abort(422)
    try:
        with current_state().database.writing() as session:
            usulan = _get_usulan(session, usulan_id)
            pesan = _approve(session, usulan, form)
    except PenetapanError as error:
        flash(str(error), "galat")
        return redirect(url_for("admin.show_usulan", usulan_id=usulan_id), code=303)
    except UsulanError as error:
        return _refuse(error)
    flash(pesan)
    if usulan.periode_id is not None:
        return redirect(url_for("admin.show_periode", periode_id=usulan.periode_id), code=303)
    return redirect(url_for("admin.list_usulan"), code=303)


@bp.post("/usulan/<uuid:usulan_id>/tolak")
@need_peran("admin", "pimpinan")
def reject_usulan(usulan_id: uuid.UUID) -> ResponseReturnValue:
    form = TolakForm()
    with current_state().database.reading() as session:
        usulan = _get_usulan(session, usulan_id)
        if not form.validate():
            return _render(session, usulan, form), 422
    return _decide(usulan_id, TOLAK, form.catatan_tolak.data)


@bp.post("/usulan/<uuid:usulan_id>/tarik")
@need_peran("admin", "pimpinan")
def withdraw_usulan(usulan_id: uuid.UUID) -> ResponseReturnValue:
    return _decide(usulan_id, TARIK)


def _decide(usulan_id: uuid.UUID, hasil: str, catatan: str = "") -> ResponseReturnValue:
    try:
        with current_state().database.writing() as session:
            decide(session, get_pelaku(), _get_usulan(session, usulan_id), hasil, catatan)
    except UsulanError as error:
        return _refuse(error)
    flash(f"Usulan sudah {hasil}.")
    return redirect(url_for("admin.list_usulan"), code=303)


def _approve(session: Session, usulan: Usulan, form: SetujuiForm) -> str:
    """Do what was proposed; returns what to tell the person who approved it."""
    database, pelaku = current_state().database, get_pelaku()
    catatan = form.catatan_setuju.data or ""
    if usulan.jenis == TETAPKAN:
        sidik = form.sidik.data or ""
        penetapan = approve_penetapan(database, session, pelaku, usulan, sidik, catatan)
        return f"Periode {penetapan.periode.nama} sudah ditetapkan, nomor {penetapan.nomor}."
    if usulan.jenis == BUKA:
        penetapan = reopen_periode(database, session, pelaku, usulan, catatan)
        return (
            f"Periode {penetapan.periode.nama} dibuka kembali. "
            f"Penetapan nomor {penetapan.nomor} tetap dapat dibaca di bawah ini."
        )
    jumlah = approve_pengecualian(database, session, pelaku, usulan, catatan)
    if usulan.jenis == "kecualikan":
        return f"{jumlah} jawaban dikecualikan dari hasil."
    return f"{jumlah} jawaban dipulihkan ke hasil."


def _get_usulan(session: Session, usulan_id: uuid.UUID) -> Usulan:
    """A proposal about what this person may see; 404 for any other."""
    usulan = session.get(Usulan, usulan_id)
    if usulan is None or all(unit.id != usulan.unit_id for unit in list_my_tree(session)):
        abort(404)
    return usulan


def _render(session: Session, usulan: Usulan, tolak: TolakForm) -> str | Response:
    (baris,) = make_baris(session, list_my_tree(session), [usulan])
    angka, sidik = _read_angka(session, usulan)
    tabel = [angka.unsur] if angka else [make_tabel_dampak(baris)]
    return render_with_tabel(
        "admin/usulan/lihat.html",
        tabel,
        baris=baris,
        angka=angka,
        setujui=SetujuiForm(formdata=None, sidik=sidik),
        tolak=tolak,
        boleh_setujui=_may_approve(baris, angka),
    )


def _may_approve(baris: BarisUsulan, angka: AngkaPeriode | None) -> bool:
    """Whether a button makes sense; the deed itself is checked again."""
    own = baris.usulan.pengusul_id == get_sesi().pengguna_id
    closable = baris.usulan.jenis != TETAPKAN or (
        angka is not None and not angka.belum and not angka.tertutup
    )
    return baris.putusan is None and not own and closable


def _read_angka(session: Session, usulan: Usulan) -> tuple[AngkaPeriode | None, str]:
    """The figures that a proposal about a period is about, and their fingerprint."""
    if usulan.periode_id is None:
        return None, ""
    periode = session.get_one(Periode, usulan.periode_id)
    if usulan.jenis == TETAPKAN and periode.penetapan is None:
        rancangan = draft_penetapan(session, periode)
        whole = is_seluruh_kantor(session, periode.unit_id)
        return make_angka(rancangan, seluruh_kantor=whole), rancangan.sidik
    nomor = usulan.isi.get("nomor")
    frozen = periode.penetapan or next(
        (one for one in periode.semua_penetapan if one.nomor == nomor), None
    )
    return (make_angka_beku(frozen), "") if frozen else (None, "")


def _refuse(error: UsulanError) -> ResponseReturnValue:
    return render_error(Penjelasan(TIDAK_DAPAT, str(error)), 409)
