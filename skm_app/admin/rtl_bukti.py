"""Evidence files of a plan: taking them in, giving them out, deleting them."""

from __future__ import annotations

import io
import uuid

from flask import abort, flash, redirect, send_file, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from skm_app.admin.blueprint import bp
from skm_app.admin.hak import catat, need_peran
from skm_app.admin.rtl import PEMBACA, get_rtl
from skm_app.admin.unggah import read_unggahan
from skm_app.catatan import values_of
from skm_app.models import BuktiRtl
from skm_app.rtl import add_bukti
from skm_app.rtl.bukti import MAX_UKURAN, BuktiError
from skm_app.web import csrf, current_state

# The file and the form around it. Everywhere else a body may have 64 kB.
MAX_BODY = MAX_UKURAN + 64 * 1024


# The token is checked where the body is read.
@bp.post("/rtl/<uuid:rtl_id>/bukti")
@csrf.exempt  # type: ignore[untyped-decorator]  # flask-wtf has no types
@need_peran("admin")
def upload_bukti(rtl_id: uuid.UUID) -> ResponseReturnValue:
    nama, isi = read_unggahan(MAX_BODY)
    try:
        with current_state().database.writing() as session:
            rtl = get_rtl(session, rtl_id)
            bukti = add_bukti(session, rtl, nama, isi)
            catat(
                session,
                "tambah bukti",
                bukti,
                f"Bukti {bukti.nama}.",
                unit_id=rtl.periode.unit_id,
                sesudah=values_of(bukti),
            )
    except BuktiError as error:
        flash(str(error), "galat")
    else:
        flash("Bukti sudah disimpan.")
    return redirect(url_for("admin.show_rtl", rtl_id=rtl_id, _anchor="bukti"), code=303)


@bp.get("/rtl/bukti/<uuid:bukti_id>")
@need_peran(*PEMBACA)
def download_bukti(bukti_id: uuid.UUID) -> ResponseReturnValue:
    with current_state().database.reading() as session:
        bukti = _get_bukti(session, bukti_id)
        # Never shown inside our pages, whatever it holds: the browser puts it aside as a file.
        response = send_file(
            io.BytesIO(bukti.isi),
            mimetype=bukti.jenis,
            as_attachment=True,
            download_name=bukti.nama,
            etag=False,
        )
    response.headers["Cache-Control"] = "no-store"
    return response


@bp.post("/rtl/bukti/<uuid:bukti_id>/hapus")
@need_peran("admin")
def remove_bukti(bukti_id: uuid.UUID) -> ResponseReturnValue:
    with current_state().database.writing() as session:
        bukti = _get_bukti(session, bukti_id)
        rtl_id, unit_id = bukti.rtl_id, bukti.rtl.periode.unit_id
        before = {"nama": bukti.nama, "sidik": bukti.sidik, "ukuran": bukti.ukuran}
        session.delete(bukti)
        catat(
            session,
            "hapus bukti",
            ("bukti_rtl", str(bukti_id)),
            f"Bukti {bukti.nama}.",
            unit_id=unit_id,
            sebelum=before,
        )
    flash("Bukti sudah dihapus.")
    return redirect(url_for("admin.show_rtl", rtl_id=rtl_id, _anchor="bukti"), code=303)


def _get_bukti(session: Session, bukti_id: uuid.UUID) -> BuktiRtl:
    """Evidence of this person's units; 404 for any other."""
    bukti = session.get(BuktiRtl, bukti_id)
    if bukti is None:
        abort(404)
    get_rtl(session, bukti.rtl_id)
    return bukti
