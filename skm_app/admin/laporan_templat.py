"""The office's own DOCX template for the report: getting ours, keeping theirs."""

from __future__ import annotations

import hashlib
import io
import uuid
from collections.abc import Sequence
from datetime import UTC, datetime

from flask import Response, abort, flash, redirect, send_file, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from skm_app.admin.blueprint import bp
from skm_app.admin.forms import Formulir
from skm_app.admin.hak import catat, list_my_tree, need_peran
from skm_app.admin.halaman import render_page
from skm_app.admin.impor import make_kalimat
from skm_app.admin.laporan_kop import get_unit
from skm_app.admin.milik import lock_unit
from skm_app.admin.unggah import read_unggahan
from skm_app.models import TemplatLaporan, Unit
from skm_app.reports.cetak import MIME
from skm_app.rtl.bukti import DOCX, clean_nama
from skm_app.web import csrf, current_state

MAX_TEMPLAT = 10 * 1024 * 1024
TERLALU_BESAR = "Templat terlalu besar. Paling besar 10 MB."
KOSONG = "Pilih dahulu berkas templatnya."


# Without an id: one's own unit, so that the address can be known beforehand.
@bp.get("/laporan/templat")
@bp.get("/laporan/templat/<uuid:unit_id>")
@need_peran("admin")
def show_templat(unit_id: uuid.UUID | None = None) -> ResponseReturnValue:
    with current_state().database.reading() as session:
        return _render(session, get_unit(session, unit_id))


@bp.get("/laporan/templat/contoh.docx")
@need_peran("admin")
def download_contoh() -> ResponseReturnValue:
    from skm_app.reports.docx import make_contoh_templat

    return _send(make_contoh_templat(), "contoh-templat-laporan-skm.docx")


# The token is checked where the body is read.
@bp.post("/laporan/templat/<uuid:unit_id>")
@csrf.exempt  # type: ignore[untyped-decorator]  # flask-wtf has no types
@need_peran("admin")
def upload_templat(unit_id: uuid.UUID) -> ResponseReturnValue:
    nama, isi = read_unggahan()
    with current_state().database.reading() as session:
        get_unit(session, unit_id)
    # Takes seconds of a large template; nobody waits for it at the database.
    galat = _find_galat(isi)
    if galat:
        with current_state().database.reading() as session:
            return _render(session, get_unit(session, unit_id), galat), 422
    with current_state().database.writing() as session:
        lock_unit(session, unit_id)
        _store(session, get_unit(session, unit_id), clean_nama(nama, DOCX), isi)
    flash("Templat sudah disimpan. Laporan DOCX berikutnya memakainya.")
    return _back_to(unit_id)


@bp.get("/laporan/templat/<uuid:unit_id>/berkas")
@need_peran("admin")
def download_templat(unit_id: uuid.UUID) -> ResponseReturnValue:
    with current_state().database.reading() as session:
        templat = session.get(TemplatLaporan, get_unit(session, unit_id).id)
        if templat is None:
            abort(404)
        return _send(templat.isi, templat.nama)


@bp.post("/laporan/templat/<uuid:unit_id>/hapus")
@need_peran("admin")
def remove_templat(unit_id: uuid.UUID) -> ResponseReturnValue:
    with current_state().database.writing() as session:
        unit = get_unit(session, unit_id)
        templat = session.get(TemplatLaporan, unit.id)
        if templat is None:
            abort(404)
        session.delete(templat)
        catat(
            session, "hapus", ("templat_laporan", str(unit.id)),
            f"Templat laporan {unit.nama} dihapus.", unit_id=unit.id,
            sebelum={"nama": templat.nama, "sidik": templat.sidik},
        )  # fmt: skip
    flash("Templat sudah dihapus. Laporan DOCX berikutnya memakai bentuk bawaan.")
    return _back_to(unit_id)


def _find_galat(isi: bytes) -> tuple[str, ...]:
    """What is wrong with a template, one sentence each; empty if it can be used."""
    from skm_app.reports.docx import TemplatError, check_templat

    if not isi:
        return (KOSONG,)
    if len(isi) > MAX_TEMPLAT:
        return (TERLALU_BESAR,)
    try:
        check_templat(isi)
    except TemplatError as error:
        return tuple(make_kalimat(one) for one in error.galat)
    return ()


def _store(session: Session, unit: Unit, nama: str, isi: bytes) -> None:
    templat = session.get(TemplatLaporan, unit.id)
    sebelum = {"nama": templat.nama, "sidik": templat.sidik} if templat else None
    if templat is None:
        templat = TemplatLaporan(unit_id=unit.id)
        session.add(templat)
    templat.nama, templat.isi = nama, isi
    templat.sidik = hashlib.sha256(isi).hexdigest()
    templat.diunggah = datetime.now(UTC)
    catat(
        session, "ubah", templat, f"Templat laporan {unit.nama} diunggah.", unit_id=unit.id,
        sebelum=sebelum, sesudah={"nama": templat.nama, "sidik": templat.sidik},
    )  # fmt: skip


def _render(session: Session, unit: Unit, galat: Sequence[str] = ()) -> str:
    return render_page(
        "admin/laporan/templat.html",
        unit=unit,
        pohon=list_my_tree(session),
        templat=session.get(TemplatLaporan, unit.id),
        galat=galat,
        form=Formulir(),
    )


def _send(isi: bytes, nama: str) -> Response:
    # Not a header of our own: a name with letters beyond Latin-1 cannot stand in one.
    return send_file(io.BytesIO(isi), mimetype=MIME["docx"], as_attachment=True, download_name=nama)


def _back_to(unit_id: uuid.UUID) -> ResponseReturnValue:
    return redirect(url_for("admin.show_templat", unit_id=unit_id), code=303)
