"""Making the documents of a period: ask, watch, fetch."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime

from flask import Response, abort, current_app, flash, jsonify, redirect, request, url_for
from flask.sansio.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from skm_app.admin.blueprint import bp
from skm_app.admin.hak import catat, get_sesi, need_peran
from skm_app.admin.halaman import render_page
from skm_app.admin.kerja import SibukError
from skm_app.admin.laporan import PEMBACA, list_boleh
from skm_app.admin.laporan_kerja import DISIMPAN, Pencetak, Pesanan
from skm_app.admin.periode import get_periode
from skm_app.reports.cetak import JENIS
from skm_app.web import current_state


def init_app(state: BlueprintSetupState) -> None:
    state.app.extensions["skm_laporan"] = Pencetak()


bp.record_once(init_app)


def _pencetak() -> Pencetak:
    pencetak: Pencetak = current_app.extensions["skm_laporan"]
    return pencetak


@bp.post("/laporan/<uuid:periode_id>/buat")
@need_peran(*PEMBACA)
def make_berkas(periode_id: uuid.UUID) -> ResponseReturnValue:
    with current_state().database.reading() as session:
        get_periode(session, periode_id)
    jenis = JENIS.get(request.form.get("jenis", ""))
    if jenis is None:
        abort(404)
    if jenis not in list_boleh():
        abort(403)
    state = current_state()
    pesanan = Pesanan(
        pengguna_id=get_sesi().pengguna_id,
        periode_id=periode_id,
        jenis=jenis,
        dibuat=datetime.now(UTC),
    )
    try:
        berkas_id = _pencetak().order(state.database, state.settings, pesanan)
    except SibukError as error:
        flash(str(error), "galat")
        return redirect(url_for("admin.show_laporan", periode_id=periode_id), code=303)
    return redirect(url_for("admin.show_berkas", berkas_id=berkas_id), code=303)


@bp.get("/laporan/berkas/<uuid:berkas_id>")
@need_peran(*PEMBACA)
def show_berkas(berkas_id: uuid.UUID) -> ResponseReturnValue:
    pekerja = _pencetak().pekerja
    with current_state().database.reading() as session:
        # In this order: what ends in between is seen as made, never as lost.
        berjalan = pekerja.is_running(berkas_id)
        pesanan = _get_pesanan(session, berkas_id)
        return render_page(
            "admin/laporan/berkas.html",
            berkas_id=berkas_id,
            pesanan=pesanan,
            periode=get_periode(session, pesanan.periode_id),
            berjalan=berjalan,
            kemajuan=pekerja.find(berkas_id),
            menit=int(DISIMPAN.total_seconds() // 60),
        )


@bp.get("/laporan/berkas/<uuid:berkas_id>/kemajuan.json")
@need_peran(*PEMBACA)
def show_kemajuan_berkas(berkas_id: uuid.UUID) -> ResponseReturnValue:
    with current_state().database.reading() as session:
        _get_pesanan(session, berkas_id)
    kemajuan = _pencetak().pekerja.find(berkas_id)
    if kemajuan is None or not _pencetak().pekerja.is_running(berkas_id):
        return jsonify(berjalan=False)
    return jsonify(berjalan=True, tahap=kemajuan.tahap, selesai=0, semua=0)


@bp.get("/laporan/berkas/<uuid:berkas_id>/unduh")
@need_peran(*PEMBACA)
def download_berkas(berkas_id: uuid.UUID) -> ResponseReturnValue:
    database = current_state().database
    with database.reading() as session:
        pesanan = _get_pesanan(session, berkas_id)
    isi = pesanan.isi
    if isi is None:
        return redirect(url_for("admin.show_berkas", berkas_id=berkas_id), code=303)
    if pesanan.jenis.responden:
        with database.writing() as session:
            _catat_unduhan(session, pesanan)
    response = Response(isi, mimetype=pesanan.jenis.mime)
    response.headers.set("Content-Disposition", "attachment", filename=pesanan.nama)
    return response


def _catat_unduhan(session: Session, pesanan: Pesanan) -> None:
    """Rows per respondent leave the office's system: who took them stays known."""
    periode = get_periode(session, pesanan.periode_id)
    catat(
        session, "ekspor", ("lembar_kerja", str(periode.id)),
        f"Lembar kerja periode {periode.nama} diunduh sebagai {pesanan.jenis.format.upper()}.",
        unit_id=periode.unit_id,
    )  # fmt: skip


def _get_pesanan(session: Session, berkas_id: uuid.UUID) -> Pesanan:
    """What this very person asked for; 404 for anything else, and where they may not any more."""
    pesanan = _pencetak().rak.find(berkas_id)
    if pesanan is None or pesanan.pengguna_id != get_sesi().pengguna_id:
        abort(404)
    get_periode(session, pesanan.periode_id)
    if pesanan.jenis not in list_boleh():
        abort(404)
    return pesanan
