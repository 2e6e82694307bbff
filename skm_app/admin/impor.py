"""Import, before anything is stored: the upload, its columns, what would be stored."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from flask import Response, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_wtf.file import FileField
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.exceptions import RequestEntityTooLarge

from skm_app.admin.batch import get_tempat, list_baris, list_pilihan_titik, make_tabel_batch
from skm_app.admin.blueprint import bp
from skm_app.admin.forms import Formulir, make_pilihan
from skm_app.admin.hak import get_sesi, list_my_tree, need_peran
from skm_app.admin.halaman import render_error, render_page, show_http_error
from skm_app.admin.tabel import TabelHalaman, render_with_tabel
from skm_app.batch import list_closed_periode
from skm_app.batch.unggahan import (
    MAX_BARIS,
    TERLALU_BESAR,
    create_unggahan,
    find_hasil,
    hari_of,
    list_butir,
    list_unggahan,
    sidik_of,
)
from skm_app.berkas import BerkasError, ambiguous_butir
from skm_app.models import Batch, Titik, Unggahan
from skm_app.scoring import Instrumen
from skm_app.tempat import Tempat, find_tempat
from skm_app.web import current_state, today
from skm_app.web.errors import Penjelasan

PENGISI = ("admin", "operator")
UNGGAH = "admin.save_impor"
# Room to take a file that is too large and to say so; a connection cut short says nothing.
MAX_BODY_BYTES = 25 * 1024 * 1024
BERGANTI = (
    "Kuesioner untuk tanggal di berkas ini sudah berganti. Pilih lagi kolomnya, lalu periksa lagi."
)
BERKAS_BESAR = Penjelasan("Berkas terlalu besar", TERLALU_BESAR)


class ImporForm(Formulir):
    titik = make_pilihan("Titik tempat jawaban dikumpulkan")
    berkas = FileField("Berkas CSV atau XLSX", description="Paling besar 5 MB dan 10.000 baris.")


@bp.url_value_preprocessor
def make_room_for_file(endpoint: str | None, values: dict[str, Any] | None) -> None:
    """Let staff, and nobody else, send more than a form; runs before the form is read."""
    if request.endpoint == UNGGAH and current_user.is_authenticated:
        request.max_content_length = MAX_BODY_BYTES


@bp.errorhandler(RequestEntityTooLarge)
def show_too_large(error: RequestEntityTooLarge) -> ResponseReturnValue:
    if request.endpoint == UNGGAH:
        return render_error(BERKAS_BESAR, 413)
    return show_http_error(error)


@bp.get("/impor")
@need_peran("admin", "operator", "pimpinan")
def list_impor() -> ResponseReturnValue:
    with current_state().database.reading() as session:
        baris = list_baris(session, "impor")
        menunggu = list_unggahan(session, get_sesi().pengguna_id)
    return render_with_tabel(
        "admin/impor/daftar.html",
        [make_tabel_batch("impor", "Daftar impor", baris)],
        baris=baris,
        menunggu=menunggu,
        boleh_ubah=get_sesi().peran in PENGISI,
    )


@bp.get("/impor/tambah")
@need_peran(*PENGISI)
def add_impor() -> ResponseReturnValue:
    form = ImporForm()
    with current_state().database.reading() as session:
        form.titik.choices = list_pilihan_titik(session)
    return render_page("admin/impor/tambah.html", form=form)


@bp.post("/impor/tambah")
@need_peran(*PENGISI)
def save_impor() -> ResponseReturnValue:
    form = ImporForm()
    file = request.files.get("berkas")
    data = b""
    if file is not None:
        with file.stream as stream:
            data = stream.read()
    with current_state().database.writing() as session:
        form.titik.choices = list_pilihan_titik(session)
        if form.validate():
            tempat = find_tempat(session, form.titik.data, today())
            if file is None or not file.filename:
                form.berkas.errors = ["Pilih berkasnya."]
            elif tempat is None or not tempat.layanan:
                form.titik.errors = ["Unit titik ini belum mempunyai layanan."]
            else:
                try:
                    unggahan = create_unggahan(
                        session,
                        get_sesi().pengguna_id,
                        file.filename,
                        data,
                        tempat,
                        datetime.now(UTC),
                        today(),
                    )
                except BerkasError as error:
                    form.berkas.errors = [make_kalimat(str(error))]
    if form.errors:
        return render_page("admin/impor/tambah.html", form=form), 422
    return redirect(url_for("admin.choose_kolom", unggahan_id=unggahan.id), code=303)


@bp.get("/impor/berkas/<uuid:unggahan_id>/periksa")
@need_peran(*PENGISI)
def check_impor(unggahan_id: uuid.UUID) -> ResponseReturnValue:
    with current_state().database.reading() as session:
        unggahan = get_unggahan(session, unggahan_id)
        tempat = get_tempat_of(session, unggahan)
        hasil = find_hasil(unggahan, tempat)
        if hasil is None:
            flash_berganti(unggahan)
            return redirect(url_for("admin.choose_kolom", unggahan_id=unggahan_id), code=303)
        return show_periksa(session, unggahan, tempat, hasil)


@bp.post("/impor/berkas/<uuid:unggahan_id>/buang")
@need_peran(*PENGISI)
def drop_impor(unggahan_id: uuid.UUID) -> ResponseReturnValue:
    with current_state().database.writing() as session:
        session.delete(get_unggahan(session, unggahan_id))
    flash("Berkas dibuang. Tidak ada yang disimpan.")
    return redirect(url_for("admin.list_impor"), code=303)


def show_periksa(
    session: Session,
    unggahan: Unggahan,
    tempat: Tempat,
    hasil: Mapping[str, Any],
    galat: str = "",
) -> str | Response:
    """What a file would store, or what is wrong with it."""
    tabel = []
    ditutup = []
    if hasil["galat"]:
        tabel.append(_make_tabel_galat(hasil))
    else:
        tabel.append(_make_tabel_contoh(hasil, tempat.instrumen))
        days = [date.fromisoformat(hasil[name]) for name in ("mulai", "sampai")]
        ditutup = list_closed_periode(session, tempat.unit_id, days[0], days[1])
    return render_with_tabel(
        "admin/impor/periksa.html",
        tabel,
        unggahan=unggahan,
        tempat=tempat,
        titik=session.scalar(select(Titik.nama).where(Titik.id == tempat.titik_id)),
        hasil=hasil,
        ditutup=ditutup,
        sebelumnya=_list_earlier(session, unggahan, tempat),
        max_baris=MAX_BARIS,
        galat=galat,
        form=Formulir(),
    )


def _list_earlier(session: Session, unggahan: Unggahan, tempat: Tempat) -> list[str]:
    """Codes of the batches that stored this very file before."""
    found = select(Batch.kode).where(
        Batch.unit_id == tempat.unit_id,
        Batch.sidik_berkas == sidik_of(unggahan),
        Batch.status == "tersimpan",
    )
    return list(session.scalars(found.order_by(Batch.dibuat)))


def _make_tabel_galat(hasil: Mapping[str, Any]) -> TabelHalaman:
    return TabelHalaman(
        nama="kesalahan",
        judul="Kesalahan di dalam berkas",
        kolom=("Baris", "Sel", "Kolom", "Yang salah", "Cara memperbaiki"),
        baris=[
            (str(baris or "–"), sel or "–", kolom or "–", pesan, perbaikan)
            for baris, sel, kolom, pesan, perbaikan in hasil["galat"]
        ],
    )


def _make_tabel_contoh(hasil: Mapping[str, Any], instrumen: Instrumen) -> TabelHalaman:
    unclear = ambiguous_butir(instrumen)
    codes = [
        # By name, too, where two lists number them differently.
        instrumen.field_of(one.kunci).upper() + (f" {one.kunci}" if one.kunci in unclear else "")
        for one in list_butir(instrumen)
    ]
    kolom = (
        "Tanggal", "Layanan", *codes, "L/P", "Usia", "Pendidikan", "Pekerjaan", "Komentar",
    )  # fmt: skip
    return TabelHalaman(
        nama="contoh",
        judul="Baris pertama seperti akan disimpan",
        kolom=kolom,
        baris=[tuple(row) for row in hasil["contoh"]],
    )


def get_unggahan(session: Session, unggahan_id: uuid.UUID) -> Unggahan:
    """A file of this very person; 404 for any other."""
    unggahan = session.get(Unggahan, unggahan_id)
    if unggahan is None or unggahan.oleh_id != get_sesi().pengguna_id:
        abort(404)
    return unggahan


def flash_berganti(unggahan: Unggahan) -> None:
    """Say why a file that was checked is to be checked again."""
    if "hasil" in unggahan.pilihan:
        flash(BERGANTI, "galat")


def get_tempat_of(session: Session, unggahan: Unggahan, hari: date | None = None) -> Tempat:
    """The titik that was chosen for a file; 404 if it is no longer this person's.

    :param hari: the day whose questionnaire counts; by default that of the file.
    """
    titik = session.scalars(
        select(Titik).where(Titik.kode == unggahan.pilihan["titik"])
    ).one_or_none()
    if titik is None or all(unit.id != titik.unit_id for unit in list_my_tree(session)):
        abort(404)
    return get_tempat(session, titik.id, hari or hari_of(unggahan) or today())


def make_kalimat(text: str) -> str:
    """A fault as a sentence: begins large, ends with a full stop."""
    return f"{text[:1].upper()}{text[1:]}" + ("" if text.endswith(".") else ".")
