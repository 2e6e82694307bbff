"""The cards of many titik as one document to print."""

from __future__ import annotations

import uuid

from flask import Response, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from skm_app.admin.blueprint import bp
from skm_app.admin.hak import need_peran
from skm_app.admin.milik import get_milik
from skm_app.admin.titik import kartu_of, list_my_titik
from skm_app.models import Titik, Unit
from skm_app.reports.qr import LEMBAR, make_lembar_pdf
from skm_app.web import current_state

# A second of work; more would keep the server from citizens.
MAX_KARTU = 100


@bp.get("/titik/lembar.pdf")
@need_peran("admin", "operator")
def download_lembar() -> ResponseReturnValue:
    """The chosen titik (``titik``, repeated) and all open ones of a unit (``unit``).

    :raise 404: if one of them is not in one's own part of the office.
    """
    bentuk = request.args.get("bentuk", "empat")
    if bentuk not in LEMBAR:
        abort(404)
    unit_id = _read_unit(request.args.get("unit", ""))
    with current_state().database.reading() as session:
        if unit_id:
            get_milik(session, session.get(Unit, unit_id))
        chosen = _choose(list_my_titik(session), set(request.args.getlist("titik")), unit_id)
    if not chosen:
        flash("Centang dahulu titiknya, atau pilih unit yang mempunyai titik terbuka.", "galat")
        return redirect(url_for("admin.list_titik"), code=303)
    if len(chosen) > MAX_KARTU:
        flash(f"Paling banyak {MAX_KARTU} kartu sekali unduh; ini {len(chosen)}.", "galat")
        return redirect(url_for("admin.list_titik"), code=303)
    content = make_lembar_pdf([kartu_of(titik) for titik in chosen], bentuk)
    response = Response(content, mimetype="application/pdf")
    response.headers.set("Content-Disposition", "attachment", filename=f"skm-kartu-{bentuk}.pdf")
    return response


def _choose(semua: list[Titik], kode: set[str], unit_id: uuid.UUID | None) -> list[Titik]:
    if not kode <= {titik.kode for titik in semua}:
        abort(404)
    return [
        titik for titik in semua if titik.kode in kode or (titik.unit_id == unit_id and titik.aktif)
    ]


def _read_unit(typed: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(typed) if typed else None
    except ValueError:
        abort(404)
