"""Sasaran 1 and 2: target, realisasi and capaian, and where each realisasi comes from."""

from __future__ import annotations

from flask import abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from skm_app.admin.blueprint import bp
from skm_app.admin.capaian_form import RealisasiForm, TargetForm, explain_tahun
from skm_app.admin.capaian_riwayat import (
    catat_realisasi,
    catat_target,
    make_riwayat,
    make_versi,
    values_of_baris,
)
from skm_app.admin.capaian_tampil import make_tabel, read_tampilan
from skm_app.admin.forms import TAHUN_TERAKHIR, TAHUN_TERAWAL
from skm_app.admin.hak import get_akar_id, get_sesi, need_peran
from skm_app.admin.halaman import render_page
from skm_app.admin.milik import lock_unit
from skm_app.admin.rencana import ARAH_LABEL
from skm_app.admin.rencana_catat import get_indikator_of
from skm_app.admin.tabel import render_with_tabel
from skm_app.admin.tahun_kinerja import choose_tahun
from skm_app.capaian import list_versi, revise_target
from skm_app.models import Indikator, Realisasi, Rencana, Target
from skm_app.web import current_state

TAHUN_SEBELUMNYA = 3
# Pages about the same year.
HALAMAN_LAIN = (
    ("admin.show_triwulan", "Triwulan"),
    ("admin.show_probebaya", "Probebaya"),
    ("admin.show_anggaran", "Anggaran"),
    ("admin.show_akip", "Nilai AKIP"),
    ("admin.show_nko", "Nilai kinerja (NKO)"),
)


@bp.get("/capaian")
@need_peran("admin", "pimpinan")
def show_capaian() -> ResponseReturnValue:
    with current_state().database.reading() as session:
        kantor_id = get_akar_id(session)
        tahun, years = choose_tahun(session, kantor_id)
        shown = [tahun, *[year for year in years if year < tahun][:TAHUN_SEBELUMNYA]]
        sasaran = read_tampilan(session, kantor_id, tahun, shown, years)
        grafik = [one.grafik for satu in sasaran for one in satu.indikator]
        return render_with_tabel(
            "admin/capaian/daftar.html",
            [make_tabel(sasaran), *(one.berkas for one in grafik)],
            tahun=tahun,
            years=years,
            sasaran=sasaran,
            data_grafik=[one.to_dict() for one in grafik],
            arah_label=ARAH_LABEL,
            halaman_lain=HALAMAN_LAIN,
            boleh_ubah=get_sesi().peran == "admin",
        )


@bp.get("/capaian/<kode>/<int:tahun>")
@need_peran("admin")
def edit_capaian(kode: str, tahun: int) -> ResponseReturnValue:
    with current_state().database.reading() as session:
        return _show_forms(session, get_indikator(session, kode, tahun), tahun)


@bp.get("/capaian/<kode>/<int:tahun>/riwayat")
@need_peran("admin", "pimpinan")
def show_riwayat_capaian(kode: str, tahun: int) -> ResponseReturnValue:
    with current_state().database.reading() as session:
        indikator = get_indikator(session, kode, tahun)
        versi = list_versi(session, indikator.id, tahun)
        tabel = [make_versi(indikator, tahun, versi), make_riwayat(session, indikator, tahun)]
    return render_with_tabel(
        "admin/capaian/riwayat.html",
        tabel,
        indikator=indikator,
        tahun=tahun,
        versi=versi,
        boleh_ubah=get_sesi().peran == "admin",
    )


@bp.post("/capaian/<kode>/<int:tahun>/target")
@need_peran("admin")
def save_target(kode: str, tahun: int) -> ResponseReturnValue:
    form = TargetForm()
    with current_state().database.writing() as session:
        lock_unit(session, get_akar_id(session))
        indikator = get_indikator(session, kode, tahun)
        target = session.get(Target, (indikator.id, tahun))
        form.check_versi(target)
        form.prepare(indikator, tahun, session.get(Rencana, indikator.unit_id), target)
        if not form.validate():
            return _show_forms(session, indikator, tahun, target_form=form), 422
        before = values_of_baris(target)
        target = revise_target(session, indikator, tahun, form.isi, get_sesi().nama)
        catat_target(session, indikator, target, before)
    flash(f"Target {tahun} sudah disimpan.")
    return redirect(url_for("admin.show_capaian", tahun=tahun), code=303)


@bp.post("/capaian/<kode>/<int:tahun>/realisasi")
@need_peran("admin")
def save_realisasi(kode: str, tahun: int) -> ResponseReturnValue:
    form = RealisasiForm()
    with current_state().database.writing() as session:
        lock_unit(session, get_akar_id(session))
        indikator = get_indikator(session, kode, tahun)
        realisasi = session.get(Realisasi, (indikator.id, tahun))
        form.prepare(session, indikator, tahun, realisasi)
        form.check_versi(realisasi)
        if not form.validate():
            return _show_forms(session, indikator, tahun, realisasi_form=form), 422
        before = values_of_baris(realisasi)
        if realisasi is None:
            realisasi = Realisasi(indikator_id=indikator.id, tahun=tahun)
            session.add(realisasi)
        form.fill(realisasi)
        catat_realisasi(session, indikator, realisasi, before, form.alasan.data or "")
    flash(f"Sumber realisasi {tahun} sudah disimpan.")
    return redirect(url_for("admin.show_capaian", tahun=tahun), code=303)


def get_indikator(session: Session, kode: str, tahun: int) -> Indikator:
    """The office's indikator; 404 if there is none or the year is out of reach."""
    if not TAHUN_TERAWAL <= tahun <= TAHUN_TERAKHIR:
        abort(404)
    return get_indikator_of(session, kode)


def _show_forms(
    session: Session,
    indikator: Indikator,
    tahun: int,
    target_form: TargetForm | None = None,
    realisasi_form: RealisasiForm | None = None,
) -> str:
    """Both forms of a year; the one that was not sent shows what is stored."""
    target = session.get(Target, (indikator.id, tahun))
    if realisasi_form is None:
        realisasi = session.get(Realisasi, (indikator.id, tahun))
        realisasi_form = RealisasiForm.of(realisasi)
        realisasi_form.prepare(session, indikator, tahun, realisasi)
    return render_page(
        "admin/capaian/ubah.html",
        indikator=indikator,
        tahun=tahun,
        target=target,
        target_ditolak=explain_tahun(session.get(Rencana, indikator.unit_id), tahun),
        target_form=target_form or TargetForm.of(target),
        realisasi_form=realisasi_form,
    )
