"""Collection points: their addresses, QR codes and cards."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from flask import Response, abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, joinedload
from wtforms import SelectChoice

from skm_app.admin.blueprint import bp
from skm_app.admin.forms import Formulir, make_pilihan, make_teks
from skm_app.admin.hak import get_sesi, list_my_tree, need_peran
from skm_app.admin.halaman import render_page
from skm_app.kode import TITIK_LENGTH, make_kode
from skm_app.models import Layanan, Titik
from skm_app.reports.qr import make_kartu_pdf, make_qr_png, make_qr_svg
from skm_app.web import current_state

MAX_PERCOBAAN = 10
BERKAS: dict[str, tuple[str, Callable[[Titik, str], bytes]]] = {
    "qr.svg": ("image/svg+xml", lambda titik, url: make_qr_svg(url)),
    "qr.png": ("image/png", lambda titik, url: make_qr_png(url)),
    "kartu.pdf": (
        "application/pdf",
        lambda titik, url: make_kartu_pdf(
            url=url, kode=titik.kode, kantor=titik.unit.nama, nama=titik.nama
        ),
    ),
}


class TitikForm(Formulir):
    nama = make_teks("Nama titik", 200, "Isi nama titik.", "Misalnya Loket 1 atau Ruang tunggu.")
    layanan = make_pilihan("Unit dan layanan")

    def set_choices(self, pilihan: list[SelectChoice]) -> None:
        self.layanan.choices = pilihan


@bp.get("/titik")
@need_peran("admin", "operator")
def list_titik() -> ResponseReturnValue:
    with current_state().database.reading() as session:
        pohon = list_my_tree(session)
        all_titik = session.scalars(
            select(Titik)
            .options(joinedload(Titik.unit), joinedload(Titik.layanan))
            .where(Titik.unit_id.in_([unit.id for unit in pohon]))
        ).all()
        place = {unit.id: number for number, unit in enumerate(pohon)}
        ordered = sorted(all_titik, key=lambda titik: (place[titik.unit_id], titik.nama))
    return render_page(
        "admin/titik/daftar.html",
        baris=[(titik, address_of(titik.kode)) for titik in ordered],
        boleh_ubah=get_sesi().peran == "admin",
    )


@bp.get("/titik/tambah")
@need_peran("admin")
def add_titik() -> ResponseReturnValue:
    form = TitikForm()
    with current_state().database.reading() as session:
        form.set_choices(_make_pilihan(session))
    return render_page("admin/titik/tambah.html", form=form)


@bp.post("/titik/tambah")
@need_peran("admin")
def save_titik() -> ResponseReturnValue:
    form = TitikForm()
    with current_state().database.writing() as session:
        form.set_choices(_make_pilihan(session))
        if form.validate():
            unit_id, layanan_id = _read_pilihan(form.layanan.data)
            titik = create_titik(session, unit_id, form.nama.data, layanan_id)
    if form.errors:
        return render_page("admin/titik/tambah.html", form=form), 422
    flash(f"Titik {titik.nama} sudah ditambahkan dengan kode {titik.kode}.")
    return redirect(url_for("admin.list_titik"), code=303)


@bp.post("/titik/<kode>/<any(buka, tutup):tindakan>")
@need_peran("admin")
def change_titik(kode: str, tindakan: str) -> ResponseReturnValue:
    with current_state().database.writing() as session:
        titik = _get_titik(session, kode)
        titik.aktif = tindakan == "buka"
    flash(f"Titik {titik.nama} sudah di{tindakan}.")
    return redirect(url_for("admin.list_titik"), code=303)


@bp.get("/titik/<kode>/<any('qr.svg', 'qr.png', 'kartu.pdf'):berkas>")
@need_peran("admin", "operator")
def download_titik(kode: str, berkas: str) -> ResponseReturnValue:
    mimetype, make = BERKAS[berkas]
    with current_state().database.reading() as session:
        titik = _get_titik(session, kode)
        content = make(titik, address_of(titik.kode))
    response = Response(content, mimetype=mimetype)
    response.headers.set("Content-Disposition", "attachment", filename=f"skm-{kode}-{berkas}")
    return response


def address_of(kode: str) -> str:
    """What the QR code of a titik holds."""
    return f"{current_state().settings.base_url}/s/{kode}"


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


def _get_titik(session: Session, kode: str) -> Titik:
    """A titik of the office; 404 for any other."""
    pohon = list_my_tree(session)
    titik = session.scalars(select(Titik).where(Titik.kode == kode)).one_or_none()
    if titik is None or all(unit.id != titik.unit_id for unit in pohon):
        abort(404)
    return titik


def _make_pilihan(session: Session) -> list[SelectChoice]:
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
            own = [("", "Warga memilih layanan"), *own]
        choices.extend(
            SelectChoice(f"{unit.id}/{id_}", nama, optgroup=unit.nama) for id_, nama in own
        )
    return choices


def _read_pilihan(value: str) -> tuple[uuid.UUID, uuid.UUID | None]:
    unit_id, _, layanan_id = value.partition("/")
    return uuid.UUID(unit_id), uuid.UUID(layanan_id) if layanan_id else None
