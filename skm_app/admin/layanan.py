"""Services of each unit: add, rename, put in order, open and close."""

from __future__ import annotations

import re
import uuid

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from wtforms import BooleanField, SelectChoice

from skm_app.admin.blueprint import bp
from skm_app.admin.forms import Formulir, FormulirUbah, make_pilihan, make_teks
from skm_app.admin.hak import list_my_tree, need_peran
from skm_app.admin.halaman import render_page
from skm_app.admin.milik import catat_baru, get_milik, is_free, lock_unit, mencatat
from skm_app.admin.tabel import TabelHalaman, render_with_tabel
from skm_app.admin.unit import UnitPohon
from skm_app.models import Layanan, Titik, new_id
from skm_app.web import current_state

MAX_KODE = 40
UMUM = "Pelayanan umum"
GRATIS = (
    "Pada layanan gratis warga menjawab “Gratis”, jadi nilai unsur biaya menjadi 4 dengan "
    "sendirinya, apa pun mutu layanannya."
)


class LayananError(Exception):
    """A service cannot be changed like this; the message says why."""


class LayananForm(Formulir):
    nama = make_teks("Nama layanan", 200, "Isi nama layanan, seperti yang dikenal warga.")
    gratis = BooleanField("Layanan ini gratis untuk semua orang", description=GRATIS)


class LayananBaruForm(LayananForm):
    unit = make_pilihan("Unit")

    def set_choices(self, pohon: list[UnitPohon]) -> None:
        self.unit.choices = [SelectChoice(str(unit.id), unit.label) for unit in pohon]


class LayananUbahForm(LayananForm, FormulirUbah):
    """Name and fee of a service that exists."""


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
    kelompok = [(unit, [one for one in all_layanan if one.unit_id == unit.id]) for unit in pohon]
    return render_with_tabel(
        "admin/layanan/daftar.html", [_make_tabel(kelompok)], kelompok=kelompok
    )


@bp.get("/layanan/tambah")
@need_peran("admin")
def add_layanan() -> ResponseReturnValue:
    form = LayananBaruForm()
    with current_state().database.reading() as session:
        form.set_choices(list_my_tree(session))
    return render_page("admin/layanan/tambah.html", form=form)


@bp.post("/layanan/tambah")
@need_peran("admin")
def save_layanan() -> ResponseReturnValue:
    form = LayananBaruForm()
    with current_state().database.writing() as session:
        form.set_choices(list_my_tree(session))
        if form.validate():
            unit_id = uuid.UUID(form.unit.data)
            if _is_free_name(session, form, unit_id):
                layanan = create_layanan(session, unit_id, form.nama.data, form.gratis.data)
                catat_baru(session, layanan, f"Layanan {layanan.nama} ditambahkan.")
    if form.errors:
        return render_page("admin/layanan/tambah.html", form=form), 422
    flash(f"Layanan {form.nama.data} sudah ditambahkan.")
    return redirect(url_for("admin.list_layanan"), code=303)


@bp.get("/layanan/<uuid:layanan_id>")
@need_peran("admin")
def edit_layanan(layanan_id: uuid.UUID) -> ResponseReturnValue:
    with current_state().database.reading() as session:
        layanan = get_milik(session, session.get(Layanan, layanan_id))
    form = LayananUbahForm(nama=layanan.nama, gratis=layanan.gratis)
    form.open_for(layanan)
    return render_page("admin/layanan/ubah.html", form=form, layanan=layanan)


@bp.post("/layanan/<uuid:layanan_id>")
@need_peran("admin")
def change_layanan(layanan_id: uuid.UUID) -> ResponseReturnValue:
    form = LayananUbahForm()
    with current_state().database.writing() as session:
        layanan = get_milik(session, session.get(Layanan, layanan_id))
        form.check_versi(layanan)
        if form.validate() and _is_free_name(session, form, layanan.unit_id, layanan.id):
            with mencatat(session, layanan, "ubah", f"Layanan {layanan.nama} diubah."):
                layanan.nama, layanan.gratis = form.nama.data, form.gratis.data
    if form.errors:
        return render_page("admin/layanan/ubah.html", form=form, layanan=layanan), 422
    flash(f"Layanan {layanan.nama} sudah disimpan.")
    return redirect(url_for("admin.list_layanan"), code=303)


@bp.post("/layanan/<uuid:layanan_id>/<any(buka, tutup):tindakan>")
@need_peran("admin")
def open_or_close_layanan(layanan_id: uuid.UUID, tindakan: str) -> ResponseReturnValue:
    try:
        with current_state().database.writing() as session:
            layanan = get_milik(session, session.get(Layanan, layanan_id))
            if tindakan == "tutup":
                _check_unused(session, layanan)
            with mencatat(session, layanan, tindakan, f"Layanan {layanan.nama} di{tindakan}."):
                layanan.aktif = tindakan == "buka"
        flash(f"Layanan {layanan.nama} sudah di{tindakan}.")
    except LayananError as error:
        flash(str(error), "galat")
    return redirect(url_for("admin.list_layanan"), code=303)


@bp.post("/layanan/<uuid:layanan_id>/<any(naik, turun):arah>")
@need_peran("admin")
def move_layanan(layanan_id: uuid.UUID, arah: str) -> ResponseReturnValue:
    with current_state().database.writing() as session:
        layanan = get_milik(session, session.get(Layanan, layanan_id))
        with mencatat(session, layanan, "urut", f"Layanan {layanan.nama} di{arah}kan."):
            _move(session, layanan, -1 if arah == "naik" else 1)
    return redirect(url_for("admin.list_layanan"), code=303)


def create_layanan(
    session: Session, unit_id: uuid.UUID, nama: str, gratis: bool = False
) -> Layanan:
    """Add a service at the end of a unit's list; the caller commits."""
    taken = set(session.scalars(select(Layanan.kode).where(Layanan.unit_id == unit_id)))
    last = session.scalar(select(func.max(Layanan.urutan)).where(Layanan.unit_id == unit_id))
    layanan = Layanan(
        id=new_id(),
        unit_id=unit_id,
        kode=_make_kode(nama, taken),
        nama=nama,
        urutan=0 if last is None else last + 1,
        gratis=gratis,
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


def _move(session: Session, layanan: Layanan, langkah: int) -> None:
    """Change places with a neighbour, as citizens see them; at the end of the list, stay."""
    lock_unit(session, layanan.unit_id)
    semua = list(
        session.scalars(
            select(Layanan)
            .where(Layanan.unit_id == layanan.unit_id)
            .order_by(Layanan.urutan, Layanan.nama)
        )
    )
    here = semua.index(layanan)
    there = min(max(here + langkah, 0), len(semua) - 1)
    semua[here], semua[there] = semua[there], semua[here]
    for urutan, one in enumerate(semua):
        one.urutan = urutan


def _is_free_name(
    session: Session,
    form: LayananForm,
    unit_id: uuid.UUID,
    own_id: uuid.UUID | None = None,
) -> bool:
    """Whether no other service of the unit has the name; says so in the form."""
    lock_unit(session, unit_id)
    rows = session.execute(select(Layanan.id, Layanan.nama).where(Layanan.unit_id == unit_id))
    others = [nama for id_, nama in rows if id_ != own_id]
    return is_free(form.nama, others, f"Layanan {form.nama.data} sudah ada di unit ini.")


def _check_unused(session: Session, layanan: Layanan) -> None:
    """A titik must never be left without a service to ask about.

    :raise LayananError: if closing this service would do that.
    """
    lock_unit(session, layanan.unit_id)
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


def _make_tabel(kelompok: list[tuple[UnitPohon, list[Layanan]]]) -> TabelHalaman:
    return TabelHalaman(
        nama="layanan",
        judul="Layanan",
        kolom=("Unit", "Layanan", "Biaya", "Keadaan"),
        baris=[
            (
                unit.nama,
                one.nama,
                "Gratis" if one.gratis else "",
                "Dibuka" if one.aktif else "Ditutup",
            )
            for unit, semua in kelompok
            for one in semua
        ],
    )
