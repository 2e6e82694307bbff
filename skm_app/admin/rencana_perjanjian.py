"""The performance agreement of each year: its document and its table."""

from __future__ import annotations

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from skm_app.admin.blueprint import bp
from skm_app.admin.hak import get_akar_id, get_sesi, need_peran
from skm_app.admin.halaman import render_page
from skm_app.admin.milik import lock_unit
from skm_app.admin.rencana_catat import add_baris, get_rencana, mencatat_rencana
from skm_app.admin.rencana_form import PerjanjianForm, fill_baris
from skm_app.admin.tabel import TabelHalaman, render_with_tabel
from skm_app.capaian import PerjanjianTahun, read_perjanjian
from skm_app.models import Perjanjian, Rencana, Unit
from skm_app.web import current_state, today

COLUMNS = (
    "dokumen", "tempat", "tanggal",
    "pertama_jabatan", "pertama_nama", "kedua_jabatan", "kedua_nama",
)  # fmt: skip
# Who heads an office, and whom that office answers to.
KEPALA = {"kecamatan": "Camat", "kelurahan": "Lurah", "kota": "Wali Kota", "opd": "Kepala"}


@bp.get("/rencana/perjanjian")
@need_peran("admin", "pimpinan")
def show_perjanjian() -> ResponseReturnValue:
    with current_state().database.reading() as session:
        unit_id = get_akar_id(session)
        rencana = session.get(Rencana, unit_id)
        if rencana is None:
            return render_page("admin/rencana/perjanjian.html", rencana=None, tahun=None)
        tahun = _read_tahun(rencana)
        found = read_perjanjian(session, unit_id, tahun)
    return render_with_tabel(
        "admin/rencana/perjanjian.html",
        [_make_tabel(found)],
        rencana=rencana,
        tahun=tahun,
        years=range(rencana.sampai, rencana.mulai - 1, -1),
        perjanjian=found.perjanjian,
        belum=[one.indikator for one in found.baris if one.target is None],
        boleh_ubah=get_sesi().peran == "admin",
    )


@bp.get("/rencana/perjanjian/<int:tahun>")
@need_peran("admin")
def edit_perjanjian(tahun: int) -> ResponseReturnValue:
    with current_state().database.reading() as session:
        rencana = _get_rencana(session, tahun)
        row = session.get(Perjanjian, (rencana.unit_id, tahun))
        form = PerjanjianForm(formdata=None, obj=row or _propose(session, rencana))
    form.open_for(row)
    return render_page("admin/rencana/perjanjian_ubah.html", form=form, tahun=tahun)


@bp.post("/rencana/perjanjian/<int:tahun>")
@need_peran("admin")
def save_perjanjian(tahun: int) -> ResponseReturnValue:
    form = PerjanjianForm()
    with current_state().database.writing() as session:
        lock_unit(session, get_akar_id(session))
        rencana = _get_rencana(session, tahun)
        row = session.get(Perjanjian, (rencana.unit_id, tahun))
        form.check_versi(row)
        if form.validate():
            keterangan = f"Perjanjian kinerja {tahun} disimpan."
            if row is None:
                row = Perjanjian(unit_id=rencana.unit_id, tahun=tahun)
                fill_baris(form, row, COLUMNS)
                add_baris(session, row, keterangan)
            else:
                with mencatat_rencana(session, row, keterangan):
                    fill_baris(form, row, COLUMNS)
    if form.errors:
        return render_page("admin/rencana/perjanjian_ubah.html", form=form, tahun=tahun), 422
    flash(f"Perjanjian kinerja {tahun} sudah disimpan.")
    return redirect(url_for("admin.show_perjanjian", tahun=tahun), code=303)


def _get_rencana(session: Session, tahun: int) -> Rencana:
    """The office's plan, if it covers that year; else 404."""
    rencana = get_rencana(session)
    return rencana if rencana.mulai <= tahun <= rencana.sampai else abort(404)


def _read_tahun(rencana: Rencana) -> int:
    """The year asked for; else this year, or the nearest one that the plan covers."""
    text = request.args.get("tahun", "")
    if not text:
        return min(max(today().year, rencana.mulai), rencana.sampai)
    if not (text.isascii() and text.isdigit() and len(text) == 4):
        abort(404)
    return int(text) if rencana.mulai <= int(text) <= rencana.sampai else abort(404)


def _propose(session: Session, rencana: Rencana) -> Perjanjian:
    """What the form of a first agreement begins with: the one before it, else the offices."""
    earlier = [
        session.get(Perjanjian, (rencana.unit_id, year))
        for year in range(rencana.sampai, rencana.mulai - 1, -1)
    ]
    last = next((one for one in earlier if one is not None), None)
    if last is not None:
        kept = {name: getattr(last, name) for name in COLUMNS if name not in ("dokumen", "tanggal")}
        return Perjanjian(dokumen="", **kept)
    unit = session.get_one(Unit, rencana.unit_id)
    return Perjanjian(
        dokumen="",
        tempat="",
        pertama_jabatan=_name_kepala(unit),
        pertama_nama="",
        kedua_jabatan=_name_kepala(unit.parent) if unit.parent else "",
        kedua_nama="",
    )


def _name_kepala(unit: Unit) -> str:
    """``Camat Palaran`` of ``Kecamatan Palaran``."""
    bare = unit.nama.removeprefix("Kecamatan ").removeprefix("Kelurahan ").removeprefix("Kota ")
    return f"{KEPALA[unit.jenis]} {bare}"


def _make_tabel(found: PerjanjianTahun) -> TabelHalaman:
    return TabelHalaman(
        nama=f"perjanjian-{found.tahun}",
        judul=f"Sasaran, indikator dan target {found.tahun}",
        kolom=("Sasaran", "Indikator", "Satuan", f"Target {found.tahun}", "Keterangan"),
        baris=[
            (
                one.sasaran.uraian if one.sasaran else "",
                one.indikator.nama,
                one.indikator.satuan,
                one.target.target if one.target else None,
                f"Perubahan ke-{one.target.nomor}, {one.target.keputusan}"
                if one.target and one.target.nomor
                else "",
            )
            for one in found.baris
        ],
    )
