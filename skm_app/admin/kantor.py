"""The office itself: set up once, then its address and the units under it."""

from __future__ import annotations

import uuid

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session
from wtforms import Field, SelectChoice
from wtforms.validators import ValidationError

from skm_app.admin.blueprint import bp
from skm_app.admin.forms import Formulir, FormulirUbah, make_pilihan, make_teks
from skm_app.admin.hak import list_my_tree, need_peran
from skm_app.admin.halaman import render_page
from skm_app.admin.layanan import UMUM, create_layanan
from skm_app.admin.milik import catat_baru, get_milik, is_free, lock_unit, mencatat
from skm_app.admin.tabel import TabelHalaman, render_with_tabel
from skm_app.admin.titik import create_titik
from skm_app.admin.unit import KUNCI_KANTOR, UnitPohon, find_kantor_id
from skm_app.capaian import create_rencana_awal
from skm_app.models import Instalasi, Unit, new_id
from skm_app.setup import ensure_instrumen
from skm_app.web import current_state, today

JENIS = (
    SelectChoice("kecamatan", "Kecamatan"),
    SelectChoice("kelurahan", "Kelurahan"),
    SelectChoice("opd", "Perangkat daerah lain"),
    SelectChoice("kota", "Kota atau kabupaten"),
)
JENIS_LABEL = {one.value: one.label for one in JENIS}
# Which units may stand under which; an agency may have branches anywhere.
DI_BAWAH = {
    "kota": ("kecamatan", "opd"),
    "kecamatan": ("kelurahan", "opd"),
    "kelurahan": ("opd",),
    "opd": ("opd",),
}
# The performance agreement of a sub-district office; targets are filled in by the admin.


class UnitForm(Formulir):
    nama = make_teks("Nama", 200, "Isi namanya, misalnya Kelurahan Rawa Makmur.")
    alamat = make_teks("Alamat", 300)


class UnitBaruForm(UnitForm):
    induk = make_pilihan("Di bawah")
    jenis = make_pilihan("Jenis", JENIS[:3], default="kelurahan")

    def set_choices(self, pohon: list[UnitPohon]) -> None:
        self.induk.choices = [SelectChoice(str(unit.id), unit.label) for unit in pohon]
        self._jenis = {str(unit.id): unit.jenis for unit in pohon}

    def validate_jenis(self, field: Field) -> None:
        induk = self._jenis.get(self.induk.data)
        if induk and field.data in JENIS_LABEL and field.data not in DI_BAWAH[induk]:
            raise ValidationError(
                f"{JENIS_LABEL[field.data]} tidak dapat berada di bawah "
                f"{JENIS_LABEL[induk].lower()}."
            )


class UnitUbahForm(UnitForm, FormulirUbah):
    """Name and address of a unit that exists."""


class KantorForm(Formulir):
    nama = make_teks("Nama kantor", 200, "Isi nama kantor, misalnya Kecamatan Palaran.")
    jenis = make_pilihan("Jenis kantor", JENIS)
    alamat = make_teks("Alamat", 300, "Isi alamat kantor.")
    kota = make_teks("Kota atau kabupaten", 200, keterangan="Misalnya Kota Samarinda.")

    def validate_kota(self, field: Field) -> None:
        if self.jenis.data != "kota" and not field.data:
            raise ValidationError("Isi kota atau kabupaten di atas kantor ini.")


@bp.get("/kantor")
@need_peran("admin")
def show_kantor() -> ResponseReturnValue:
    with current_state().database.reading() as session:
        if find_kantor_id(session) is None:
            return render_page("admin/kantor/mulai.html", form=KantorForm())
        pohon = list_my_tree(session)
    return render_with_tabel(
        "admin/kantor/daftar.html", [_make_tabel(pohon)], pohon=pohon, jenis_label=JENIS_LABEL
    )


@bp.post("/kantor")
@need_peran("admin")
def save_kantor() -> ResponseReturnValue:
    form = KantorForm()
    with current_state().database.writing() as session:
        if find_kantor_id(session) is not None:
            abort(404)  # the set-up is over for good
        if form.validate():
            _create_kantor(session, form)
    if form.errors:
        return render_page("admin/kantor/mulai.html", form=form), 422
    flash("Kantor sudah disiapkan, dengan satu layanan dan satu titik untuk memulai.")
    return redirect(url_for("admin.list_titik"), code=303)


@bp.get("/kantor/tambah")
@need_peran("admin")
def add_unit() -> ResponseReturnValue:
    form = UnitBaruForm(induk=request.args.get("induk"))
    with current_state().database.reading() as session:
        form.set_choices(list_my_tree(session))
    return render_page("admin/kantor/tambah.html", form=form)


@bp.post("/kantor/tambah")
@need_peran("admin")
def save_new_unit() -> ResponseReturnValue:
    form = UnitBaruForm()
    with current_state().database.writing() as session:
        form.set_choices(list_my_tree(session))
        if form.validate():
            induk_id = uuid.UUID(form.induk.data)
            if _is_free_name(session, form, induk_id):
                unit = _create_unit(
                    session, induk_id, form.jenis.data, form.nama.data, form.alamat.data
                )
                catat_baru(session, unit, f"{unit.nama} ditambahkan dengan layanan {UMUM}.")
    if form.errors:
        return render_page("admin/kantor/tambah.html", form=form), 422
    flash(f"{form.nama.data} sudah ditambahkan, dengan layanan {UMUM}.")
    return redirect(url_for("admin.show_kantor"), code=303)


@bp.get("/kantor/<uuid:unit_id>")
@need_peran("admin")
def edit_unit(unit_id: uuid.UUID) -> ResponseReturnValue:
    with current_state().database.reading() as session:
        unit = get_milik(session, session.get(Unit, unit_id))
    form = UnitUbahForm(nama=unit.nama, alamat=unit.alamat)
    form.open_for(unit)
    return render_page("admin/kantor/ubah.html", form=form, unit=unit)


@bp.post("/kantor/<uuid:unit_id>")
@need_peran("admin")
def save_unit(unit_id: uuid.UUID) -> ResponseReturnValue:
    form = UnitUbahForm()
    with current_state().database.writing() as session:
        unit = get_milik(session, session.get(Unit, unit_id))
        form.check_versi(unit)
        if form.validate() and _is_free_name(session, form, unit.parent_id, unit.id):
            with mencatat(session, unit, "ubah", f"Data {unit.nama} diubah."):
                unit.nama, unit.alamat = form.nama.data, form.alamat.data
    if form.errors:
        return render_page("admin/kantor/ubah.html", form=form, unit=unit), 422
    flash(f"Data {unit.nama} sudah disimpan.")
    return redirect(url_for("admin.show_kantor"), code=303)


def _create_kantor(session: Session, form: KantorForm) -> None:
    """Store the office, the city above it, and what it needs for a first response."""
    parent_id = None
    if form.jenis.data != "kota":
        kota = Unit(id=new_id(), jenis="kota", nama=form.kota.data)
        session.add(kota)
        session.flush()
        parent_id = kota.id
    kantor = _create_unit(session, parent_id, form.jenis.data, form.nama.data, form.alamat.data)
    session.add(Instalasi(kunci=KUNCI_KANTOR, nilai=str(kantor.id)))
    ensure_instrumen(session)
    create_titik(session, kantor.id, "Loket pelayanan", None)
    create_rencana_awal(session, kantor, today())
    catat_baru(session, kantor, f"Kantor {kantor.nama} disiapkan.")


def _create_unit(
    session: Session, parent_id: uuid.UUID | None, jenis: str, nama: str, alamat: str
) -> Unit:
    unit = Unit(id=new_id(), parent_id=parent_id, jenis=jenis, nama=nama, alamat=alamat)
    session.add(unit)
    session.flush()
    create_layanan(session, unit.id, UMUM)
    return unit


def _is_free_name(
    session: Session,
    form: UnitForm,
    parent_id: uuid.UUID | None,
    own_id: uuid.UUID | None = None,
) -> bool:
    """Whether no other unit in the same place has the name; says so in the form."""
    lock_unit(session, parent_id)
    rows = session.execute(select(Unit.id, Unit.nama).where(Unit.parent_id == parent_id))
    others = [nama for id_, nama in rows if id_ != own_id]
    return is_free(form.nama, others, f"{form.nama.data} sudah ada.")


def _make_tabel(pohon: list[UnitPohon]) -> TabelHalaman:
    return TabelHalaman(
        nama="unit",
        judul="Kantor dan unit di bawahnya",
        kolom=("Nama", "Jenis", "Alamat"),
        baris=[(unit.nama, JENIS_LABEL[unit.jenis], unit.alamat) for unit in pohon],
    )
