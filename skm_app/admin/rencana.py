"""The strategic plan: the tree, the plan's own form, and the targets by year."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session

from skm_app.admin.blueprint import bp
from skm_app.admin.hak import get_akar_id, get_sesi, need_peran
from skm_app.admin.halaman import render_page
from skm_app.admin.milik import lock_unit
from skm_app.admin.rencana_catat import add_baris, mencatat_rencana
from skm_app.admin.rencana_form import JENIS_UNIT, RencanaForm, fill_baris
from skm_app.admin.tabel import Sel, TabelHalaman, render_with_tabel
from skm_app.capaian import (
    BarisTarget,
    RencanaPohon,
    list_program,
    list_target,
    read_rencana,
)
from skm_app.capaian.rencana import LAMA_RENSTRA
from skm_app.models import Dukungan, Indikator, Rencana, Target
from skm_app.web import current_state, today

COLUMNS = ("nama", "visi", "misi", "mulai", "sampai")
ARAH_LABEL = {"naik": "makin besar makin baik", "turun": "makin kecil makin baik"}


@bp.get("/rencana")
@need_peran("admin", "pimpinan")
def show_rencana() -> ResponseReturnValue:
    with current_state().database.reading() as session:
        unit_id = get_akar_id(session)
        pohon = read_rencana(session, unit_id)
        program = frozenset(list_program(session, unit_id))
    return render_with_tabel(
        "admin/rencana/lihat.html",
        [_make_tabel(pohon)],
        pohon=pohon,
        program=program,
        arah_label=ARAH_LABEL,
        jenis_unit=JENIS_UNIT,
        boleh_ubah=get_sesi().peran == "admin",
    )


@bp.get("/rencana/target")
@need_peran("admin", "pimpinan")
def show_target() -> ResponseReturnValue:
    with current_state().database.reading() as session:
        unit_id = get_akar_id(session)
        rencana = session.get(Rencana, unit_id)
        baris = list_target(session, unit_id) if rencana else ()
    years = range(rencana.mulai, rencana.sampai + 1) if rencana else range(0)
    return render_with_tabel(
        "admin/rencana/target.html",
        [_make_tabel_target(baris, years)],
        rencana=rencana,
        years=years,
        baris=baris,
        boleh_ubah=get_sesi().peran == "admin",
    )


@bp.get("/rencana/ubah")
@need_peran("admin")
def edit_rencana() -> ResponseReturnValue:
    with current_state().database.reading() as session:
        rencana = session.get(Rencana, get_akar_id(session))
    form = RencanaForm(formdata=None, obj=rencana or _make_empty())
    form.open_for(rencana)
    return render_page("admin/rencana/ubah.html", form=form, ada=rencana is not None)


@bp.post("/rencana/ubah")
@need_peran("admin")
def save_rencana() -> ResponseReturnValue:
    form = RencanaForm()
    with current_state().database.writing() as session:
        unit_id = get_akar_id(session)
        lock_unit(session, unit_id)
        rencana = session.get(Rencana, unit_id)
        form.check_versi(rencana)
        form.bertarget = _list_years_with_target(session, unit_id)
        if form.validate():
            if rencana is None:
                baru = Rencana(unit_id=unit_id)
                fill_baris(form, baru, COLUMNS)
                add_baris(session, baru, f"Rencana {baru.nama} dibuat.")
            else:
                with mencatat_rencana(session, rencana, f"Rencana {form.nama.data} diubah."):
                    fill_baris(form, rencana, COLUMNS)
    if form.errors:
        return render_page("admin/rencana/ubah.html", form=form, ada=rencana is not None), 422
    flash("Rencana strategis sudah disimpan.")
    return redirect(url_for("admin.show_rencana"), code=303)


def name_dukungan(one: Dukungan) -> str:
    """``Program … (hanya kelurahan)``."""
    return f"{one.program} ({JENIS_UNIT[one.jenis_unit or '']})"


def _make_empty() -> Rencana:
    """What the form of a first plan begins with; never stored."""
    year = today().year
    return Rencana(nama="", visi="", misi="", mulai=year, sampai=year + LAMA_RENSTRA - 1)


def _list_years_with_target(session: Session, unit_id: uuid.UUID) -> Sequence[int]:
    return session.scalars(
        select(Target.tahun)
        .join(Indikator, Target.indikator_id == Indikator.id)
        .where(Indikator.unit_id == unit_id)
        .distinct()
    ).all()


def _make_tabel(pohon: RencanaPohon | None) -> TabelHalaman:
    rows: list[tuple[Sel, ...]] = []
    for tujuan in pohon.tujuan if pohon else ():
        for sasaran in tujuan.sasaran:
            program = "; ".join(name_dukungan(one) for one in sasaran.dukungan)
            rows.extend(
                _row(one, tujuan.tujuan.uraian, sasaran.sasaran.uraian, program)
                for one in sasaran.indikator
            )
    rows.extend(_row(one, "", "", "") for one in (pohon.lepas if pohon else ()))
    return TabelHalaman(
        nama="rencana",
        judul="Tujuan, sasaran dan indikator kinerja utama",
        kolom=("Tujuan", "Sasaran", "Kode", "Indikator", "Satuan", "Arah", "Paling tinggi",
               "Formula", "Alasan", "Sumber data", "Nama lain", "Program"),
        baris=rows,
    )  # fmt: skip


def _row(one: Indikator, tujuan: str, sasaran: str, program: str) -> tuple[Sel, ...]:
    nama_lain = "; ".join(
        f"{lain.nama} ({lain.sumber})" if lain.sumber else lain.nama for lain in one.nama_lain
    )
    return (
        tujuan, sasaran, one.kode, one.nama, one.satuan, ARAH_LABEL[one.arah], one.paling_tinggi,
        one.formula, one.alasan, one.sumber_data, nama_lain, program,
    )  # fmt: skip


def _make_tabel_target(baris: Sequence[BarisTarget], years: range) -> TabelHalaman:
    names = [f"{year} (akhir Renstra)" if year == years[-1] else str(year) for year in years]
    return TabelHalaman(
        nama="target",
        judul="Target per tahun",
        kolom=("Indikator", "Satuan", *names),
        baris=[
            (
                one.indikator.nama,
                one.indikator.satuan,
                *(one.target[year].target if year in one.target else None for year in years),
            )
            for one in baris
        ],
    )
