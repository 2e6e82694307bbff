"""Import, second step: which column of the file means what."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from skm_app.admin.blueprint import bp
from skm_app.admin.forms import Formulir, parse_tanggal
from skm_app.admin.hak import need_peran
from skm_app.admin.halaman import render_page
from skm_app.admin.impor import PENGISI, get_tempat_of, get_unggahan, make_kalimat
from skm_app.batch.unggahan import (
    check_unggahan,
    choose_hari_of,
    guess_again,
    hari_of,
    list_butir,
    peta_of,
    peta_to_dict,
    tanggal_of,
)
from skm_app.berkas import Peta, ambiguous_butir, letter_of
from skm_app.models import Unggahan
from skm_app.scoring import Butir, Instrumen
from skm_app.tempat import Tempat
from skm_app.web import current_state, today

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
        before = peta_of(unggahan)
        galat: dict[str, str] = {}
        tanggal = _read_tanggal(request.form.get("tanggal", ""), galat)
        lain = _read_lain(request.form, before)
        hari = choose_hari_of(unggahan, lain, tanggal, today())
        of_hari = get_tempat_of(session, unggahan, hari)
    chosen = {
        **unggahan.pilihan,
        "hari": hari.isoformat(),
        "tanggal": tanggal.isoformat() if tanggal else None,
    }
    if not galat and of_hari.instrumen_id != tempat.instrumen_id:
        butir = guess_again(unggahan, of_hari.instrumen)
        peta = replace(before, butir=butir, lain=lain)
        return _ask_again(unggahan_id, {**chosen, "peta": peta_to_dict(peta)}, of_hari)
    peta = _read_peta(request.form, before, tempat.instrumen, galat)
    if galat:
        return _show_kolom(unggahan, tempat, request.form, galat), 422
    # Checked outside of any writing transaction: it takes seconds.
    unggahan.pilihan = {**chosen, "peta": peta_to_dict(peta)}
    with state.database.reading() as session:
        hasil = check_unggahan(session, state.intake, unggahan, tempat, today())
    with state.database.writing() as session:
        get_unggahan(session, unggahan_id).pilihan = {**unggahan.pilihan, "hasil": hasil}
    return redirect(url_for("admin.check_impor", unggahan_id=unggahan_id), code=303)


def _ask_again(
    unggahan_id: uuid.UUID, pilihan: Mapping[str, Any], tempat: Tempat
) -> ResponseReturnValue:
    """The days that were chosen have another questionnaire: its columns are to be chosen."""
    with current_state().database.writing() as session:
        kept = {name: value for name, value in pilihan.items() if name != "hasil"}
        get_unggahan(session, unggahan_id).pilihan = kept
    flash(
        f"Tanggal di berkas ini memakai kuesioner {tempat.instrumen_id}. Periksa kolom jawabannya."
    )
    return redirect(url_for("admin.choose_kolom", unggahan_id=unggahan_id), code=303)


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
        hari=hari_of(unggahan) or today(),
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
    lain = _read_lain(fields, before)
    for one in list_butir(instrumen):
        indeks = _indeks(fields.get(f"b-{one.kunci}", ""), before)
        if indeks is None:
            galat[f"b-{one.kunci}"] = "Pilih kolomnya."
        else:
            butir[one.kunci] = indeks
    used = [*butir.values(), *lain.values()]
    for name, indeks in [(f"b-{k}", v) for k, v in butir.items()] + [
        (f"l-{k}", v) for k, v in lain.items()
    ]:
        if used.count(indeks) > 1:
            galat[name] = "Kolom ini dipilih dua kali."
    return Peta(nomor=before.nomor, judul=before.judul, butir=butir, lain=lain)


def _read_lain(fields: Mapping[str, str], before: Peta) -> dict[str, int]:
    read = {field: _indeks(fields.get(f"l-{field}", ""), before) for field in LABEL_LAIN}
    return {field: indeks for field, indeks in read.items() if indeks is not None}


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
