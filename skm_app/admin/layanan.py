"""Services of each unit: add, rename, deactivate."""

from __future__ import annotations

import re
import uuid

from flask import abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from wtforms import SelectChoice

from skm_app.admin.blueprint import bp
from skm_app.admin.forms import Formulir, make_pilihan, make_teks
from skm_app.admin.hak import list_my_tree, need_peran
from skm_app.admin.halaman import render_page
from skm_app.admin.unit import UnitPohon
from skm_app.models import Layanan, Titik, Unit, new_id
from skm_app.web import current_state

MAX_KODE = 40
UMUM = "Pelayanan umum"


class LayananError(Exception):
    """A service cannot be changed like this; the message says why."""


class NamaLayananForm(Formulir):
    nama = make_teks("Nama layanan", 200, "Isi nama layanan, seperti yang dikenal warga.")


class LayananForm(NamaLayananForm):
    unit = make_pilihan("Unit")

    def set_choices(self, pohon: list[UnitPohon]) -> None:
        self.unit.choices = [SelectChoice(str(unit.id), unit.label) for unit in pohon]


@bp.get("/layanan")
@need_peran("admin")
def list_layanan() -> ResponseReturnValue:
    with current_state().database.reading() as session:
        pohon = list_my_tree(session)
        all_layanan = session.scalars(
            select(Layanan)
            .where(Layanan.unit_id.in_([unit.id for unit in pohon]))
            .order_by(Layanan.urutan, Layanan.nama)
        ).all()
    return render_page(
        "admin/layanan/daftar.html",
        kelompok=[(unit, [one for one in all_layanan if one.unit_id == unit.id]) for unit in pohon],
    )


@bp.get("/layanan/tambah")
@need_peran("admin")
def add_layanan() -> ResponseReturnValue:
    form = LayananForm()
    with current_state().database.reading() as session:
        form.set_choices(list_my_tree(session))
    return render_page("admin/layanan/tambah.html", form=form)


@bp.post("/layanan/tambah")
@need_peran("admin")
def save_layanan() -> ResponseReturnValue:
    form = LayananForm()
    with current_state().database.writing() as session:
        form.set_choices(list_my_tree(session))
        if form.validate():
            unit_id = uuid.UUID(form.unit.data)
            if _is_free_name(session, form, unit_id):
                create_layanan(session, unit_id, form.nama.data)
    if form.errors:
        return render_page("admin/layanan/tambah.html", form=form), 422
    flash(f"Layanan {form.nama.data} sudah ditambahkan.")
    return redirect(url_for("admin.list_layanan"), code=303)


@bp.get("/layanan/<uuid:layanan_id>")
@need_peran("admin")
def edit_layanan(layanan_id: uuid.UUID) -> ResponseReturnValue:
    with current_state().database.reading() as session:
        layanan = _get_layanan(session, layanan_id)
    form = NamaLayananForm(nama=layanan.nama)
    return render_page("admin/layanan/ubah.html", form=form, layanan=layanan)


@bp.post("/layanan/<uuid:layanan_id>")
@need_peran("admin")
def rename_layanan(layanan_id: uuid.UUID) -> ResponseReturnValue:
    form = NamaLayananForm()
    with current_state().database.writing() as session:
        layanan = _get_layanan(session, layanan_id)
        if form.validate() and _is_free_name(session, form, layanan.unit_id, layanan.id):
            layanan.nama = form.nama.data
    if form.errors:
        return render_page("admin/layanan/ubah.html", form=form, layanan=layanan), 422
    flash("Nama layanan sudah diubah.")
    return redirect(url_for("admin.list_layanan"), code=303)


@bp.post("/layanan/<uuid:layanan_id>/<any(buka, tutup):tindakan>")
@need_peran("admin")
def change_layanan(layanan_id: uuid.UUID, tindakan: str) -> ResponseReturnValue:
    try:
        with current_state().database.writing() as session:
            layanan = _get_layanan(session, layanan_id)
            if tindakan == "tutup":
                _check_unused(session, layanan)
            layanan.aktif = tindakan == "buka"
        flash(f"Layanan {layanan.nama} sudah di{tindakan}.")
    except LayananError as error:
        flash(str(error), "galat")
    return redirect(url_for("admin.list_layanan"), code=303)


def create_layanan(session: Session, unit_id: uuid.UUID, nama: str) -> Layanan:
    """Add a service at the end of a unit's list; the caller commits."""
    taken = set(session.scalars(select(Layanan.kode).where(Layanan.unit_id == unit_id)))
    last = session.scalar(select(func.max(Layanan.urutan)).where(Layanan.unit_id == unit_id))
    layanan = Layanan(
        id=new_id(),
        unit_id=unit_id,
        kode=_make_kode(nama, taken),
        nama=nama,
        urutan=0 if last is None else last + 1,
    )
    session.add(layanan)
    session.flush()
    return layanan


def _make_kode(nama: str, taken: set[str]) -> str:
    """``Legalisasi surat`` becomes ``legalisasi-surat``, or ``legalisasi-surat-2``."""
    base = re.sub(r"[^a-z0-9]+", "-", nama.lower()).strip("-")[: MAX_KODE - 4] or "layanan"
    kode, number = base, 1
    while kode in taken:
        number += 1
        kode = f"{base}-{number}"
    return kode


def _get_layanan(session: Session, layanan_id: uuid.UUID) -> Layanan:
    """A service of the office; 404 for any other."""
    pohon = list_my_tree(session)
    layanan = session.get(Layanan, layanan_id)
    if layanan is None or all(unit.id != layanan.unit_id for unit in pohon):
        abort(404)
    return layanan


def _is_free_name(
    session: Session,
    form: NamaLayananForm,
    unit_id: uuid.UUID,
    own_id: uuid.UUID | None = None,
) -> bool:
    """Whether no other service of the unit has the name; says so in the form."""
    # Locked, so that two people cannot add the same name at the same moment.
    session.execute(select(Unit.id).where(Unit.id == unit_id).with_for_update())
    rows = session.execute(select(Layanan.id, Layanan.nama).where(Layanan.unit_id == unit_id))
    nama = form.nama.data
    if any(id_ != own_id and other.casefold() == nama.casefold() for id_, other in rows):
        form.nama.errors = [f"Layanan {nama} sudah ada di unit ini."]
        return False
    return True


def _check_unused(session: Session, layanan: Layanan) -> None:
    """A titik must never be left without a service to ask about.

    :raise LayananError: if closing this service would do that.
    """
    tied = session.scalar(
        select(Titik.nama).where(Titik.layanan_id == layanan.id, Titik.aktif).limit(1)
    )
    if tied is not None:
        raise LayananError(f"Titik {tied} masih memakai layanan ini. Tutup dahulu titiknya.")
    others = session.scalar(
        select(func.count(Layanan.id)).where(
            Layanan.unit_id == layanan.unit_id, Layanan.aktif, Layanan.id != layanan.id
        )
    )
    if not others:
        raise LayananError("Ini satu-satunya layanan yang masih dibuka di unit ini.")
