"""The running texts of a report: the data's own words, and those somebody put in their place."""

from __future__ import annotations

import hashlib
import uuid

from flask import abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from skm_app.admin.blueprint import bp
from skm_app.admin.forms import BerubahError
from skm_app.admin.hak import catat, need_peran
from skm_app.admin.halaman import render_page
from skm_app.admin.periode import get_periode
from skm_app.admin.tulisan import TulisanForm, describe_ubahan
from skm_app.models import Periode
from skm_app.reports.laporan import BlokTeks, TeksError, TeksUsangError, change_teks, list_teks
from skm_app.web import current_state


@bp.get("/laporan/<uuid:periode_id>/teks/<kunci>")
@need_peran("admin")
def edit_teks(periode_id: uuid.UUID, kunci: str) -> ResponseReturnValue:
    periode, blok = _read_blok(periode_id, kunci)
    return _render(periode, blok, TulisanForm.open_for(blok))


@bp.post("/laporan/<uuid:periode_id>/teks/<kunci>")
@need_peran("admin")
def save_teks(periode_id: uuid.UUID, kunci: str) -> ResponseReturnValue:
    periode, blok = _read_blok(periode_id, kunci)
    form = TulisanForm()
    if form.validate():
        try:
            _change(periode_id, blok, form.teks.data, form)
        except TeksUsangError as error:
            raise BerubahError from error
        except TeksError as error:
            form.teks.errors = [str(error)]
    if form.errors:
        return _render(periode, blok, form), 422
    flash(f"Teks {blok.judul} sudah disimpan.")
    return _back_to(periode_id)


@bp.post("/laporan/<uuid:periode_id>/teks/<kunci>/kembalikan")
@need_peran("admin")
def reset_teks(periode_id: uuid.UUID, kunci: str) -> ResponseReturnValue:
    _, blok = _read_blok(periode_id, kunci)
    try:
        _change(periode_id, blok, None, TulisanForm())
    except TeksUsangError as error:
        raise BerubahError from error
    flash(f"Teks {blok.judul} kembali ke teks dari data.")
    return _back_to(periode_id)


def _read_blok(periode_id: uuid.UUID, kunci: str) -> tuple[Periode, BlokTeks]:
    """A period and a text block of its report; 404 if it has none of that name."""
    state = current_state()
    with state.database.reading() as session:
        periode = get_periode(session, periode_id)
        _ = periode.unit.nama  # shown on the page, after the session
        semua = list_teks(session, periode, state.settings.timezone)
    return periode, next((one for one in semua if one.kunci == kunci), None) or abort(404)


def _change(periode_id: uuid.UUID, blok: BlokTeks, isi: str | None, form: TulisanForm) -> None:
    """Write a block over, or give it back its own words, and log that.

    :raise TeksUsangError: if somebody changed it since the form was opened.
    :raise TeksError: if the text cannot be kept.
    """
    versi, sidik = form.read_versi(), form.read_sidik()
    with current_state().database.writing() as session:
        periode = get_periode(session, periode_id)
        baru = change_teks(session, periode, blok, isi, versi, sidik)
        if baru == blok.isi and not blok.berubah:
            return
        catat(
            session, "ubah", ("teks_laporan", f"{periode.id}/{blok.kunci}"),
            f"Teks {blok.judul} pada laporan periode {periode.nama} "
            f"{describe_ubahan(blok, baru)}.",
            unit_id=periode.unit_id, sebelum=_describe(blok.isi), sesudah=_describe(baru),
        )  # fmt: skip


def _describe(isi: str) -> dict[str, object]:
    """A text as the log keeps it: it may quote a citizen, so not its words."""
    return {"panjang": len(isi), "sidik": hashlib.sha256(isi.encode()).hexdigest()}


def _render(periode: Periode, blok: BlokTeks, form: TulisanForm) -> str:
    return render_page("admin/laporan/teks.html", periode=periode, blok=blok, form=form)


def _back_to(periode_id: uuid.UUID) -> ResponseReturnValue:
    return redirect(url_for("admin.show_laporan", periode_id=periode_id, _anchor="teks"), code=303)
