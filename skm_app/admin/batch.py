"""What pages of paper batches and of imports share, and leaving a whole batch out."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date

from flask import abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload
from wtforms import SelectChoice

from skm_app.admin.blueprint import bp
from skm_app.admin.forms import Formulir, make_teks
from skm_app.admin.hak import get_pelaku, list_my_tree, need_peran
from skm_app.admin.halaman import render_page
from skm_app.admin.tabel import TabelHalaman
from skm_app.batch import (
    LABEL_STATUS,
    BatchError,
    count_excluded,
    has_open_usulan,
    propose_to_leave_out,
)
from skm_app.models import Batch, Pengguna, Titik
from skm_app.tempat import Tempat, find_tempat
from skm_app.usulan.dua_orang import UsulanError
from skm_app.web import current_state

# A list shows the newest; older ones are found by their code in the audit log.
MAX_DAFTAR = 100
HALAMAN = {"kertas": "admin.show_kertas", "impor": "admin.show_impor"}


@dataclass(frozen=True, kw_only=True)
class BarisBatch:
    """One batch in a list."""

    batch: Batch
    unit: str
    oleh: str
    dikecualikan: int

    @property
    def status(self) -> str:
        return LABEL_STATUS[self.batch.status]


class AlasanForm(Formulir):
    alasan = make_teks(
        "Alasan", 400, "Isi alasannya.", "Misalnya: kolom U8 dan U9 tertukar saat diimpor."
    )


@bp.get("/batch/<uuid:batch_id>/kecualikan")
@need_peran("admin")
def confirm_leave_out(batch_id: uuid.UUID) -> ResponseReturnValue:
    with current_state().database.reading() as session:
        batch = get_batch(session, batch_id)
        return _show_leave_out(session, batch, AlasanForm())


@bp.post("/batch/<uuid:batch_id>/kecualikan")
@need_peran("admin")
def leave_out(batch_id: uuid.UUID) -> ResponseReturnValue:
    form = AlasanForm()
    with current_state().database.writing() as session:
        batch = get_batch(session, batch_id)
        if not form.validate():
            return _show_leave_out(session, batch, form), 422
        jenis, kode = batch.jenis, batch.kode
        try:
            jumlah = propose_to_leave_out(session, get_pelaku(), batch, form.alasan.data)
        except (BatchError, UsulanError) as error:
            flash(str(error), "galat")
        else:
            flash(
                f"{jumlah} jawaban dari batch {kode} diusulkan untuk dikecualikan. "
                "Usulan ini berlaku setelah disetujui orang lain."
            )
    return redirect(url_for(HALAMAN[jenis], batch_id=batch_id), code=303)


def _show_leave_out(session: Session, batch: Batch, form: AlasanForm) -> str:
    return render_page(
        "admin/batch/kecualikan.html",
        form=form,
        batch=batch,
        kembali=url_for(HALAMAN[batch.jenis], batch_id=batch.id),
        menunggu=has_open_usulan(session, batch.id),
        dikecualikan=count_excluded(session, [batch.id]).get(batch.id, 0),
    )


def get_batch(session: Session, batch_id: uuid.UUID, jenis: str | None = None) -> Batch:
    """A batch of the units this person may see; 404 for any other."""
    batch = session.get(Batch, batch_id, options=[joinedload(Batch.titik)])
    if batch is None or (jenis is not None and batch.jenis != jenis):
        abort(404)
    if all(unit.id != batch.unit_id for unit in list_my_tree(session)):
        abort(404)
    return batch


def get_tempat(session: Session, titik_id: uuid.UUID, day: date) -> Tempat:
    """The titik with its services and the questionnaire of a day."""
    kode = session.scalar(select(Titik.kode).where(Titik.id == titik_id)) or ""
    tempat = find_tempat(session, kode, day)
    if tempat is None:
        abort(404)
    return tempat


def list_baris(session: Session, jenis: str) -> list[BarisBatch]:
    """The newest batches of the units this person may see. A fixed number of statements."""
    names = {unit.id: unit.nama for unit in list_my_tree(session)}
    found = session.execute(
        select(Batch, Pengguna.nama)
        .join(Pengguna, Pengguna.id == Batch.oleh_id)
        .options(joinedload(Batch.titik))
        .where(Batch.unit_id.in_(names), Batch.jenis == jenis)
        .order_by(Batch.dibuat.desc())
        .limit(MAX_DAFTAR)
    ).all()
    excluded = count_excluded(session, [batch.id for batch, _ in found])
    return [
        BarisBatch(
            batch=batch,
            unit=names[batch.unit_id],
            oleh=oleh,
            dikecualikan=excluded.get(batch.id, 0),
        )
        for batch, oleh in found
    ]


def make_tabel_batch(nama: str, judul: str, baris: list[BarisBatch]) -> TabelHalaman:
    """A list of batches as a file."""
    return TabelHalaman(
        nama=nama,
        judul=judul,
        kolom=("Batch", "Unit", "Titik", "Tanggal", "Keadaan", "Jawaban", "Dikecualikan", "Oleh"),
        baris=[
            (
                one.batch.kode,
                one.unit,
                one.batch.titik.nama,
                one.batch.tanggal,
                one.status,
                one.batch.jumlah,
                one.dikecualikan,
                one.oleh,
            )
            for one in baris
        ],
    )


def list_pilihan_titik(session: Session) -> list[SelectChoice]:
    """The open titik of the units this person may see, by unit."""
    pohon = list_my_tree(session)
    rows = session.execute(
        select(Titik.unit_id, Titik.kode, Titik.nama)
        .where(Titik.unit_id.in_([unit.id for unit in pohon]), Titik.aktif)
        .order_by(Titik.nama)
    ).all()
    return [
        SelectChoice(kode, f"{nama} ({kode})", optgroup=unit.nama)
        for unit in pohon
        for unit_id, kode, nama in rows
        if unit_id == unit.id
    ]
