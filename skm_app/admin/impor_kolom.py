"""Import, second step: which column of the file means what."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import date

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from skm_app.admin.batch import today
from skm_app.admin.blueprint import bp
from skm_app.admin.forms import Formulir, parse_tanggal
from skm_app.admin.hak import need_peran
from skm_app.admin.halaman import render_page
from skm_app.admin.impor import PENGISI, get_tempat_of, get_unggahan, make_kalimat
from skm_app.berkas import Peta, ambiguous_butir, letter_of
from skm_app.models import Unggahan
from skm_app.scoring import Butir, Instrumen
from skm_app.tempat import Tempat
from skm_app.unggahan import (
    check_unggahan,
    list_butir,
    peta_of,
    peta_to_dict,
    tanggal_of,
)
from skm_app.web import current_state

LABEL_LAIN = {
    "tanggal": "Tanggal",
    "jenis_kelamin": "Jenis kelamin",
    "usia": "Usia",
    "pendidikan": "Pendidikan",
    "pekerjaan": "Pekerjaan",
    "layanan": "Layanan",
    "saran": "Saran atau komentar",
}


@bp.get("/impor/berkas/<uuid:unggahan_id>")
@need_peran(*PENGISI)
def choose_kolom(unggahan_id: uuid.UUID) -> ResponseReturnValue:
    with current_state().database.reading() as session:
        unggahan = get_unggahan(session, unggahan_id)
        tempat = get_tempat_of(session, unggahan)
        peta, tanggal = peta_of(unggahan), tanggal_of(unggahan)
    values = {f"b-{kunci}": str(indeks) for kunci, indeks in peta.butir.items()}
    values |= {f"l-{field}": str(indeks) for field, indeks in peta.lain.items()}
    values["tanggal"] = tanggal.isoformat() if tanggal else ""
    return _show_kolom(unggahan, tempat, values, {})


@bp.post("/impor/berkas/<uuid:unggahan_id>")
@need_peran(*PENGISI)
def save_kolom(unggahan_id: uuid.UUID) -> ResponseReturnValue:
    state = current_state()
    with state.database.reading() as session:
        unggahan = get_unggahan(session, unggahan_id)
        tempat = get_tempat_of(session, unggahan)
    galat: dict[str, str] = {}
    peta = _read_peta(request.form, peta_of(unggahan), tempat.instrumen, galat)
    tanggal = _read_tanggal(request.form.get("tanggal", ""), galat)
    if galat:
        return _show_kolom(unggahan, tempat, request.form, galat), 422
    chosen = {
        **unggahan.pilihan,
        "peta": peta_to_dict(peta),
        "tanggal": tanggal.isoformat() if tanggal else None,
    }
    # Checked outside of any transaction: it takes seconds.
    unggahan.pilihan = chosen
    hasil = check_unggahan(state.intake, unggahan, tempat, today())
    with state.database.writing() as session:
        get_unggahan(session, unggahan_id).pilihan = {**chosen, "hasil": hasil}
    return redirect(url_for("admin.check_impor", unggahan_id=unggahan_id), code=303)


def _show_kolom(
    unggahan: Unggahan, tempat: Tempat, values: Mapping[str, str], galat: Mapping[str, str]
) -> str:
    instrumen = tempat.instrumen
    names = {unsur.kunci: unsur.nama for unsur in instrumen.unsur}
    unclear = ambiguous_butir(instrumen)
    return render_page(
        "admin/impor/kolom.html",
        unggahan=unggahan,
        tempat=tempat,
        judul=[
            (str(number), f"{letter_of(number)}: {text or '(tanpa judul)'}")
            for number, text in enumerate(peta_of(unggahan).judul)
        ],
        butir=[
            (f"b-{one.kunci}", _label_butir(instrumen, names, one)) for one in list_butir(instrumen)
        ],
        lain=[(f"l-{field}", label) for field, label in LABEL_LAIN.items()],
        ragu=[f"b-{kunci}" for kunci in sorted(unclear) if not values.get(f"b-{kunci}")],
        values=values,
        galat=galat,
        form=Formulir(),
    )


def _label_butir(instrumen: Instrumen, names: Mapping[str, str], butir: Butir) -> str:
    group = instrumen.butir_of(butir.unsur)
    place = f" (pertanyaan {group.index(butir) + 1})" if len(group) > 1 else ""
    return f"{names[butir.unsur]}{place}"


def _read_peta(
    fields: Mapping[str, str], before: Peta, instrumen: Instrumen, galat: dict[str, str]
) -> Peta:
    butir: dict[str, int] = {}
    lain: dict[str, int] = {}
    for one in list_butir(instrumen):
        indeks = _indeks(fields.get(f"b-{one.kunci}", ""), before)
        if indeks is None:
            galat[f"b-{one.kunci}"] = "Pilih kolomnya."
        else:
            butir[one.kunci] = indeks
    for field in LABEL_LAIN:
        indeks = _indeks(fields.get(f"l-{field}", ""), before)
        if indeks is not None:
            lain[field] = indeks
    used = [*butir.values(), *lain.values()]
    for name, indeks in [(f"b-{k}", v) for k, v in butir.items()] + [
        (f"l-{k}", v) for k, v in lain.items()
    ]:
        if used.count(indeks) > 1:
            galat[name] = "Kolom ini dipilih dua kali."
    return Peta(nomor=before.nomor, judul=before.judul, butir=butir, lain=lain)


def _indeks(text: str, peta: Peta) -> int | None:
    if not (text.isascii() and text.isdecimal() and len(text) < 4):
        return None
    return int(text) if int(text) < len(peta.judul) else None


def _read_tanggal(text: str, galat: dict[str, str]) -> date | None:
    if not text.strip():
        return None
    try:
        day = parse_tanggal(text.strip())
    except ValueError as error:
        galat["tanggal"] = make_kalimat(str(error))
        return None
    if day > today():
        galat["tanggal"] = "Tanggal harus hari ini atau sebelumnya."
    return day
