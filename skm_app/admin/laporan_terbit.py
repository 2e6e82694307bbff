"""Releasing a frozen result to the public: what they will see, then the decision."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from wtforms import BooleanField, HiddenField
from wtforms.validators import InputRequired

from skm_app.admin.blueprint import bp
from skm_app.admin.forms import BerubahError, Formulir
from skm_app.admin.hak import get_pelaku, need_peran
from skm_app.admin.halaman import render_page
from skm_app.admin.periode import get_periode
from skm_app.angka import format_angka
from skm_app.label_ciri import JUDUL_CIRI
from skm_app.models import Penetapan, Periode
from skm_app.terbitan import TerbitanError, draft_terbitan, publish
from skm_app.web import current_state


class TerbitForm(Formulir):
    penetapan_id = HiddenField()
    paham = BooleanField(
        "Saya sudah membaca yang akan tampil, dan yang ditampilkan ini benar.",
        validators=[InputRequired("Centang bila sudah dibaca dan benar.")],
    )


@bp.get("/laporan/<uuid:periode_id>/terbit")
@need_peran("admin")
def confirm_terbit(periode_id: uuid.UUID) -> ResponseReturnValue:
    with current_state().database.reading() as session:
        periode = get_periode(session, periode_id)
        penetapan = periode.penetapan
        if penetapan is None or penetapan.terbitan is not None:
            return _back_to(periode_id)
        form = TerbitForm(penetapan_id=str(penetapan.id))
        return _render(session, periode, penetapan, form)


@bp.post("/laporan/<uuid:periode_id>/terbit")
@need_peran("admin")
def save_terbit(periode_id: uuid.UUID) -> ResponseReturnValue:
    form = TerbitForm()
    with current_state().database.reading() as session:
        periode = get_periode(session, periode_id)
        penetapan = periode.penetapan
        if penetapan is not None and not form.validate():
            return _render(session, periode, penetapan, form), 422
    try:
        with current_state().database.writing() as session:
            penetapan = get_periode(session, periode_id).penetapan
            if penetapan is None or form.penetapan_id.data != str(penetapan.id):
                # Opened and closed again since it was read: other figures.
                raise BerubahError
            publish(session, get_pelaku(), penetapan)
    except TerbitanError as error:
        flash(str(error), "galat")
    else:
        flash(f"Hasil periode {periode.nama} sudah diterbitkan.")
    return _back_to(periode_id)


def _back_to(periode_id: uuid.UUID) -> ResponseReturnValue:
    return redirect(url_for("admin.show_laporan", periode_id=periode_id), code=303)


def _render(session: Session, periode: Periode, penetapan: Penetapan, form: TerbitForm) -> str:
    isi: dict[str, Any] | None = None
    galat = ""
    try:
        isi = draft_terbitan(session, penetapan)
    except TerbitanError as error:
        galat = str(error)
    return render_page(
        "admin/laporan/terbit.html",
        periode=periode,
        isi=isi,
        galat=galat,
        form=form,
        **(_describe(isi) if isi else {}),
    )


def _describe(isi: Mapping[str, Any]) -> dict[str, object]:
    """What the public will see, as tables of finished texts."""
    return {
        "unsur": [
            (f"{one['kode']} {one['nama']}", _angka(one["nrr"]), _angka(one["nilai"]),
             f"{one['mutu'] or '–'} ({one['kinerja']})" if one["mutu"] else "–")
            for one in isi["unsur"]
        ],
        "layanan": [
            (one["nama"], format_angka(one["n"]), _angka(one["ikm"]), one["mutu"] or "–")
            for one in isi["layanan"]
        ],
        "responden": [
            (JUDUL_CIRI[ciri], one["nama"], format_angka(one["jumlah"]))
            for ciri, kelompok in isi["responden"].items()
            for one in kelompok
        ],
        "ikm": _angka(isi["ikm"]),
    }  # fmt: skip


def _angka(teks: str | None) -> str:
    return format_angka(None if teks is None else Decimal(teks))
