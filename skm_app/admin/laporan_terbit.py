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
from skm_app.terbitan import BERUBAH, RancanganTerbitan, TerbitanError, prepare_terbitan, publish
from skm_app.web import current_state


class TerbitForm(Formulir):
    sidik = HiddenField()
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
        return _render(periode, *_prepare(session, penetapan), TerbitForm())


@bp.post("/laporan/<uuid:periode_id>/terbit")
@need_peran("admin")
def save_terbit(periode_id: uuid.UUID) -> ResponseReturnValue:
    form = TerbitForm()
    # Drafted before the writing begins: nobody could answer for as long as it takes.
    with current_state().database.reading() as session:
        periode = get_periode(session, periode_id)
        penetapan = periode.penetapan
        if penetapan is None:
            raise BerubahError
        rancangan, galat = _prepare(session, penetapan)
        if rancangan is None:
            flash(galat, "galat")
            return _back_to(periode_id)
        if form.sidik.data != rancangan.sidik:
            # Such as opened and closed again since it was read: other figures.
            flash(BERUBAH, "galat")
            form.paham.data = False
            return _render(periode, rancangan, galat, form), 409
        if not form.validate():
            return _render(periode, rancangan, galat, form), 422
    try:
        with current_state().database.writing() as session:
            penetapan = get_periode(session, periode_id).penetapan
            if penetapan is None:
                raise BerubahError  # opened again a moment ago
            publish(session, get_pelaku(), penetapan, rancangan)
    except TerbitanError as error:
        flash(str(error), "galat")
    else:
        flash(f"Hasil periode {periode.nama} sudah diterbitkan.")
    return _back_to(periode_id)


def _prepare(session: Session, penetapan: Penetapan) -> tuple[RancanganTerbitan | None, str]:
    """What would be released; or why it cannot be."""
    try:
        return prepare_terbitan(session, penetapan), ""
    except TerbitanError as error:
        return None, str(error)


def _back_to(periode_id: uuid.UUID) -> ResponseReturnValue:
    return redirect(url_for("admin.show_laporan", periode_id=periode_id), code=303)


def _render(
    periode: Periode, rancangan: RancanganTerbitan | None, galat: str, form: TerbitForm
) -> str:
    if rancangan is not None:
        form.sidik.data = rancangan.sidik
    return render_page(
        "admin/laporan/terbit.html",
        periode=periode,
        isi=rancangan and rancangan.isi,
        galat=galat,
        form=form,
        **(_describe(rancangan.isi) if rancangan else {}),
    )


def _describe(isi: Mapping[str, Any]) -> dict[str, object]:
    """What the public will see, as tables of finished texts."""
    nama = {one["kunci"]: one["nama"] for one in isi["unsur"]}
    return {
        "terlemah": [nama[kunci] for kunci in isi["terlemah"]],
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
