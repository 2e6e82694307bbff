"""Letterhead, coat of arms and signatory of a unit's documents."""

from __future__ import annotations

import hashlib
import uuid
from typing import Any

from flask import Response, abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from skm_app.admin.blueprint import bp
from skm_app.admin.forms import BerubahError, FormulirUbah, make_teks
from skm_app.admin.gambar import GambarError, clean_lambang
from skm_app.admin.hak import catat, get_akar_id, list_my_tree, need_peran
from skm_app.admin.halaman import render_page
from skm_app.admin.milik import get_milik, lock_unit
from skm_app.admin.unggah import read_unggahan
from skm_app.catatan import changes_between
from skm_app.models import KopSurat, Unit
from skm_app.reports.laporan import read_kop
from skm_app.web import csrf, current_state

ISIAN = ("instansi", "kontak", "tempat", "jabatan", "nama", "pangkat", "nip")


class KopForm(FormulirUbah):
    instansi = make_teks("Baris paling atas", 200)
    kontak = make_teks(
        "Telepon, surel, situs", 200, None, "Satu baris di bawah alamat; boleh dikosongkan."
    )
    tempat = make_teks("Tempat penandatanganan", 100, None, "Misalnya Palaran.")
    jabatan = make_teks("Jabatan penanda tangan", 100, None, "Misalnya Camat Palaran.")
    nama = make_teks("Nama penanda tangan", 100, None, "Lengkap dengan gelar.")
    pangkat = make_teks("Pangkat", 100, None, "Misalnya Pembina Tingkat I; boleh dikosongkan.")
    nip = make_teks("NIP", 30)


# Without an id: one's own unit, so that the address can be known beforehand.
@bp.get("/laporan/kop")
@bp.get("/laporan/kop/<uuid:unit_id>")
@need_peran("admin")
def show_kop(unit_id: uuid.UUID | None = None) -> ResponseReturnValue:
    with current_state().database.reading() as session:
        unit = get_unit(session, unit_id)
        kop = session.get(KopSurat, unit.id)
        form = KopForm(**{name: getattr(kop, name) for name in ISIAN} if kop else {})
        form.versi.data = str(kop.versi if kop else 0)
        return _render(session, unit, kop, form)


@bp.post("/laporan/kop/<uuid:unit_id>")
@need_peran("admin")
def save_kop(unit_id: uuid.UUID) -> ResponseReturnValue:
    form = KopForm()
    with current_state().database.writing() as session:
        unit = get_unit(session, unit_id)
        lock_unit(session, unit.id)
        kop = session.get(KopSurat, unit.id)
        if form.versi.data != str(kop.versi if kop else 0):
            raise BerubahError
        if not form.validate():
            return _render(session, unit, kop, form), 422
        if kop is None:
            kop = KopSurat(unit_id=unit.id)
            session.add(kop)
        before = _values_of(kop)
        for name in ISIAN:
            setattr(kop, name, form[name].data)
        sebelum, sesudah = changes_between(before, _values_of(kop))
        if sesudah:
            catat(
                session, "ubah", kop, f"Kop surat {unit.nama} diubah.",
                unit_id=unit.id, sebelum=sebelum, sesudah=sesudah,
            )  # fmt: skip
    flash("Kop surat dan penanda tangan sudah disimpan.")
    return _back_to(unit_id)


# The token is checked where the body is read.
@bp.post("/laporan/kop/<uuid:unit_id>/lambang")
@csrf.exempt  # type: ignore[untyped-decorator]  # flask-wtf has no types
@need_peran("admin")
def upload_lambang(unit_id: uuid.UUID) -> ResponseReturnValue:
    _, isi = read_unggahan()
    with current_state().database.reading() as session:
        get_unit(session, unit_id)
    try:
        lambang = clean_lambang(isi)
    except GambarError as error:
        flash(str(error), "galat")
        return _back_to(unit_id)
    _change_lambang(unit_id, lambang, "Lambang pada kop surat {} diganti.")
    flash("Lambang sudah disimpan.")
    return _back_to(unit_id)


@bp.post("/laporan/kop/<uuid:unit_id>/lambang/hapus")
@need_peran("admin")
def remove_lambang(unit_id: uuid.UUID) -> ResponseReturnValue:
    _change_lambang(unit_id, None, "Lambang pada kop surat {} dihapus.")
    flash("Lambang sudah dihapus.")
    return _back_to(unit_id)


@bp.get("/laporan/kop/<uuid:unit_id>/lambang")
@need_peran("admin")
def show_lambang(unit_id: uuid.UUID) -> ResponseReturnValue:
    with current_state().database.reading() as session:
        kop = session.get(KopSurat, get_unit(session, unit_id).id)
        if kop is None or kop.lambang is None:
            abort(404)
        return Response(kop.lambang, mimetype=kop.lambang_jenis)


def get_unit(session: Session, unit_id: uuid.UUID | None) -> Unit:
    """A unit of one's own part of the office, without an id the topmost; 404 for any other."""
    return get_milik(session, session.get(Unit, unit_id or get_akar_id(session)))


def _render(session: Session, unit: Unit, kop: KopSurat | None, form: KopForm) -> str:
    return render_page(
        "admin/laporan/kop.html",
        unit=unit,
        pohon=list_my_tree(session),
        form=form,
        instansi=read_kop(session, unit).instansi,
        ada_lambang=kop is not None and kop.lambang_jenis is not None,
    )


def _change_lambang(unit_id: uuid.UUID, isi: bytes | None, keterangan: str) -> None:
    with current_state().database.writing() as session:
        unit = get_unit(session, unit_id)
        lock_unit(session, unit.id)
        kop = session.get(KopSurat, unit.id)
        if kop is None:
            kop = KopSurat(unit_id=unit.id)
            session.add(kop)
        before = _values_of(kop)
        kop.lambang, kop.lambang_jenis = isi, "image/png" if isi else None
        sebelum, sesudah = changes_between(before, _values_of(kop))
        if sesudah:
            catat(
                session, "ubah", kop, keterangan.format(unit.nama),
                unit_id=unit.id, sebelum=sebelum, sesudah=sesudah,
            )  # fmt: skip


def _values_of(kop: KopSurat) -> dict[str, Any]:
    """A letterhead as the log keeps it: of the picture only its fingerprint."""
    values: dict[str, Any] = {name: getattr(kop, name) or "" for name in ISIAN}
    lambang = kop.lambang
    values["lambang"] = hashlib.sha256(lambang).hexdigest() if lambang else ""
    return values


def _back_to(unit_id: uuid.UUID) -> ResponseReturnValue:
    return redirect(url_for("admin.show_kop", unit_id=unit_id), code=303)
