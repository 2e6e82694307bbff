"""Bab III as a file, to be pasted into the LKjIP."""

from __future__ import annotations

import re

from flask import Response
from flask.typing import ResponseReturnValue

from skm_app.admin.blueprint import bp
from skm_app.admin.hak import get_akar_id, need_peran
from skm_app.admin.tahun_kinerja import choose_tahun
from skm_app.reports.bab_iii.susun import make_bab_iii as make_dokumen
from skm_app.reports.cetak import MIME
from skm_app.reports.dokumen import Dokumen
from skm_app.web import current_state


@bp.get("/lkjip/bab-iii.docx")
@need_peran("admin", "pimpinan")
def make_bab_iii() -> ResponseReturnValue:
    from skm_app.reports.docx import make_docx

    dokumen = _read()
    return _send(dokumen, make_docx(dokumen), "docx")


@bp.get("/lkjip/bab-iii.pdf")
@need_peran("admin", "pimpinan")
def make_bab_iii_pdf() -> ResponseReturnValue:
    from skm_app.reports.pdf import make_pdf

    dokumen = _read()
    return _send(dokumen, make_pdf(dokumen), "pdf")


def _read() -> Dokumen:
    """The chapter of the year asked for; setting it afterwards needs no database."""
    state = current_state()
    with state.database.reading() as session:
        unit_id = get_akar_id(session)
        tahun, _ = choose_tahun(session, unit_id)
        return make_dokumen(session, unit_id, tahun, state.settings.timezone)


def _send(dokumen: Dokumen, isi: bytes, format: str) -> Response:
    words = f"{dokumen.nama} {dokumen.cap}".lower()
    nama = re.sub(r"[^a-z0-9]+", "-", words).strip("-")[:150]
    response = Response(isi, mimetype=MIME[format])
    response.headers.set("Content-Disposition", "attachment", filename=f"{nama}.{format}")
    response.headers["Cache-Control"] = "no-store"
    return response
