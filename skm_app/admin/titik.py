"""Collection points: their addresses, QR codes and cards."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from flask import Response, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, joinedload
from wtforms import SelectChoice

from skm_app.admin.blueprint import bp
from skm_app.admin.forms import Formulir, FormulirUbah, make_pilihan, make_teks
from skm_app.admin.hak import get_sesi, list_my_tree, need_peran
from skm_app.admin.halaman import render_page
from skm_app.admin.milik import catat_baru, get_milik, mencatat
from skm_app.admin.tabel import TabelHalaman, render_with_tabel
from skm_app.kode import TITIK_LENGTH, make_kode
from skm_app.models import Layanan, Titik
from skm_app.reports.qr import Kartu, make_kartu_pdf, make_qr_png, make_qr_svg
from skm_app.web import current_state

MAX_PERCOBAAN = 10
BERKAS: dict[str, tuple[str, Callable[[Titik], bytes]]] = {
    "qr.svg": ("image/svg+xml", lambda titik: make_qr_svg(address_of(titik.kode))),
    "qr.png": ("image/png", lambda titik: make_qr_png(address_of(titik.kode))),
    "kartu.pdf": ("application/pdf", lambda titik: make_kartu_pdf(kartu_of(titik))),
}
WARGA_MEMILIH = "Warga memilih layanan"


class NamaTitikForm(Formulir):
    nama = make_teks("Nama titik", 200, "Isi nama titik.", "Misalnya Loket 1 atau Ruang tunggu.")


class TitikUbahForm(NamaTitikForm, FormulirUbah):
    """The name of a titik that exists."""


class TitikForm(NamaTitikForm):
    layanan = make_pilihan("Unit dan layanan")

    def set_choices(self, pilihan: list[SelectChoice]) -> None:
        self.layanan.choices = pilihan


@bp.get("/titik")
@need_peran("admin", "operator")
def list_titik() -> ResponseReturnValue:
    with current_state().database.reading() as session:
        pohon = list_my_tree(session)
        ordered = list_my_titik(session)
    return render_with_tabel(
        "admin/titik/daftar.html",
        [_make_tabel(ordered)],
        baris=[(titik, address_of(titik.kode)) for titik in ordered],
        pohon=pohon,
        boleh_ubah=get_sesi().peran == "admin",
    )


@bp.get("/titik/tambah")
@need_peran("admin")
def add_titik() -> ResponseReturnValue:
    form = TitikForm()
    with current_state().database.reading() as session:
        form.set_choices(list_pilihan(session))
    return render_page("admin/titik/tambah.html", form=form)


@bp.post("/titik/tambah")
@need_peran("admin")
def save_titik() -> ResponseReturnValue:
    form = TitikForm()
    with current_state().database.writing() as session:
        form.set_choices(list_pilihan(session))
        if form.validate():
            unit_id, layanan_id = read_pilihan(form.layanan.data)
            titik = create_titik(session, unit_id, form.nama.data, layanan_id)
            catat_baru(session, titik, f"Titik {titik.nama} ditambahkan.")
    if form.errors:
        return render_page("admin/titik/tambah.html", form=form), 422
    flash(f"Titik {titik.nama} sudah ditambahkan dengan kode {titik.kode}.")
    return redirect(url_for("admin.list_titik"), code=303)


@bp.get("/titik/<kode>")
@need_peran("admin")
def edit_titik(kode: str) -> ResponseReturnValue:
    with current_state().database.reading() as session:
        titik = get_titik(session, kode)
    form = TitikUbahForm(nama=titik.nama)
    form.open_for(titik)
    return render_page("admin/titik/ubah.html", form=form, titik=titik)


@bp.post("/titik/<kode>")
@need_peran("admin")
def rename_titik(kode: str) -> ResponseReturnValue:
    form = TitikUbahForm()
    with current_state().database.writing() as session:
        titik = get_titik(session, kode)
        form.check_versi(titik)
        if form.validate():
            with mencatat(session, titik, "ubah", f"Titik {titik.nama} diubah."):
                titik.nama = form.nama.data
    if form.errors:
        return render_page("admin/titik/ubah.html", form=form, titik=titik), 422
    flash(f"Titik {titik.nama} sudah disimpan.")
    return redirect(url_for("admin.list_titik"), code=303)


@bp.post("/titik/<kode>/<any(buka, tutup):tindakan>")
@need_peran("admin")
def change_titik(kode: str, tindakan: str) -> ResponseReturnValue:
    with current_state().database.writing() as session:
        titik = get_titik(session, kode)
        with mencatat(session, titik, tindakan, f"Titik {titik.nama} di{tindakan}."):
            titik.aktif = tindakan == "buka"
    flash(f"Titik {titik.nama} sudah di{tindakan}.")
    return redirect(url_for("admin.list_titik"), code=303)


@bp.get("/titik/<kode>/<any('qr.svg', 'qr.png', 'kartu.pdf'):berkas>")
@need_peran("admin", "operator")
def download_titik(kode: str, berkas: str) -> ResponseReturnValue:
    mimetype, make = BERKAS[berkas]
    with current_state().database.reading() as session:
        titik = get_titik(session, kode)
        content = make(titik)
    response = Response(content, mimetype=mimetype)
    response.headers.set("Content-Disposition", "attachment", filename=f"skm-{kode}-{berkas}")
    return response


def address_of(kode: str) -> str:
    """What the QR code of a titik holds."""
    return f"{current_state().settings.base_url}/s/{kode}"


def kartu_of(titik: Titik) -> Kartu:
    """What the card of a titik says."""
    return Kartu(
        url=address_of(titik.kode), kode=titik.kode, kantor=titik.unit.nama, nama=titik.nama
    )


def create_titik(
    session: Session, unit_id: uuid.UUID, nama: str, layanan_id: uuid.UUID | None
) -> Titik:
    """Store a titik under a code nobody has; the caller commits."""
    for _ in range(MAX_PERCOBAAN):
        titik = Titik(
            unit_id=unit_id, layanan_id=layanan_id, nama=nama, kode=make_kode(TITIK_LENGTH)
        )
        try:
            with session.begin_nested():
                session.add(titik)
        except IntegrityError:
            continue  # 22 ** 6 codes: it has happened to be taken
        return titik
    raise RuntimeError("No free code was found for a titik.")


def get_titik(session: Session, kode: str) -> Titik:
    """A titik of one's own part of the office; 404 for any other."""
    return get_milik(
        session, session.scalars(select(Titik).where(Titik.kode == kode)).one_or_none()
    )


def list_my_titik(session: Session) -> list[Titik]:
    """The titik this person may see, unit by unit, with their unit and layanan."""
    place = {unit.id: number for number, unit in enumerate(list_my_tree(session))}
    found = session.scalars(
        select(Titik)
        .options(joinedload(Titik.unit), joinedload(Titik.layanan))
        .where(Titik.unit_id.in_(place))
    ).all()
    return sorted(found, key=lambda titik: (place[titik.unit_id], titik.nama))


def list_pilihan(session: Session) -> list[SelectChoice]:
    """Per unit: the citizen chooses, or one of its active services."""
    pohon = list_my_tree(session)
    rows = session.execute(
        select(Layanan.unit_id, Layanan.id, Layanan.nama)
        .where(Layanan.unit_id.in_([unit.id for unit in pohon]), Layanan.aktif)
        .order_by(Layanan.urutan, Layanan.nama)
    ).all()
    choices: list[SelectChoice] = []
    for unit in pohon:
        own = [(str(id_), nama) for unit_id, id_, nama in rows if unit_id == unit.id]
        if own:
            own = [("", WARGA_MEMILIH), *own]
        choices.extend(
            SelectChoice(f"{unit.id}/{id_}", nama, optgroup=unit.nama) for id_, nama in own
        )
    return choices


def read_pilihan(value: str) -> tuple[uuid.UUID, uuid.UUID | None]:
    """Unit and service of a choice; no service: the citizen chooses."""
    unit_id, _, layanan_id = value.partition("/")
    return uuid.UUID(unit_id), uuid.UUID(layanan_id) if layanan_id else None


def _make_tabel(semua: list[Titik]) -> TabelHalaman:
    return TabelHalaman(
        nama="titik",
        judul="Daftar titik",
        kolom=("Titik", "Unit", "Layanan", "Kode", "Alamat", "Keadaan"),
        baris=[
            (
                titik.nama,
                titik.unit.nama,
                titik.layanan.nama if titik.layanan else WARGA_MEMILIH,
                titik.kode,
                address_of(titik.kode),
                "Dibuka" if titik.aktif else "Ditutup",
            )
            for titik in semua
        ],
    )
