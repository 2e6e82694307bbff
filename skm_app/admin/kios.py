"""Kiosk tablets: pairing, how they are doing, taking them out of service."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from flask import flash, redirect, session, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload
from wtforms import Field, SelectChoice, StringField
from wtforms.validators import DataRequired, Regexp

from skm_app.admin.blueprint import bp
from skm_app.admin.forms import Formulir, clean_teks, make_pilihan, make_teks
from skm_app.admin.hak import catat, get_sesi, list_my_tree, need_peran
from skm_app.admin.halaman import render_page
from skm_app.admin.milik import get_milik, unit_id_of
from skm_app.admin.tabel import TabelHalaman, render_with_tabel
from skm_app.kios import MAX_NAMA, change_pin, create_kios, renew_kode, revoke_kios
from skm_app.models import Kios, Titik
from skm_app.web import current_state
from skm_app.web.filters import format_waktu

# The pairing code waits in the admin's own cookie for the page that shows it once.
KODE_BARU = "kode_pasang"
PIN_BERLAKU = "Tablet memakainya begitu terhubung lagi dengan server, paling lama satu menit."
TIDAK_TERLIHAT = timedelta(days=1)
COCOK_DETIK = 60


def make_pin() -> Field:
    """The code with which staff open their page on the tablet."""
    return StringField(
        "PIN petugas",
        description="4 sampai 8 angka, untuk membuka halaman petugas di tablet.",
        filters=[clean_teks],
        validators=[
            DataRequired("Isi PIN petugas."),
            Regexp(r"[0-9]{4,8}\Z", message="PIN harus 4 sampai 8 angka."),
        ],
    )


class KiosForm(Formulir):
    titik = make_pilihan("Titik")
    nama = make_teks("Nama tablet", MAX_NAMA, "Isi nama tablet.", "Misalnya Tablet loket 1.")
    pin = make_pin()

    def set_choices(self, all_titik: list[Titik]) -> None:
        self.titik.choices = [
            SelectChoice(str(titik.id), titik.nama, optgroup=titik.unit.nama) for titik in all_titik
        ]


class PinForm(Formulir):
    pin = make_pin()


@dataclass(frozen=True, kw_only=True)
class BarisKios:
    """One tablet in the list, in words."""

    kios: Kios
    alamat: str
    keadaan: str
    perlu_dilihat: bool
    jam: str


@bp.get("/kios")
@need_peran("admin", "operator")
def list_kios() -> ResponseReturnValue:
    now = datetime.now(UTC)
    with current_state().database.reading() as db:
        all_titik = _list_titik(db)
        found = db.scalars(
            select(Kios)
            .options(joinedload(Kios.titik).joinedload(Titik.unit))
            .where(Kios.titik_id.in_([titik.id for titik in all_titik]))
        ).all()
    place = {titik.id: number for number, titik in enumerate(all_titik)}
    ordered = sorted(found, key=lambda kios: (kios.dicabut, place[kios.titik_id], kios.nama))
    boleh_ubah = get_sesi().peran == "admin"
    baris = [make_baris(kios, now) for kios in ordered]
    return render_with_tabel(
        "admin/kios/daftar.html",
        [_make_tabel(baris)],
        baris=baris,
        boleh_ubah=boleh_ubah,
        kode_baru=session.pop(KODE_BARU, None) if boleh_ubah else None,
    )


@bp.get("/kios/tambah")
@need_peran("admin")
def add_kios() -> ResponseReturnValue:
    form = KiosForm()
    with current_state().database.reading() as db:
        form.set_choices(_list_titik(db))
    return render_page("admin/kios/tambah.html", form=form)


@bp.post("/kios/tambah")
@need_peran("admin")
def save_kios() -> ResponseReturnValue:
    form = KiosForm()
    with current_state().database.writing() as db:
        form.set_choices(_list_titik(db))
        if form.validate():
            titik_id = uuid.UUID(form.titik.data)
            kios, kode = create_kios(db, titik_id, form.nama.data, form.pin.data, datetime.now(UTC))
            _catat(db, kios, "tambah", "ditambahkan, dengan kode pasang")
            return _show_once(kios, kode)
    return render_page("admin/kios/tambah.html", form=form), 422


@bp.get("/kios/<uuid:kios_id>/pin")
@need_peran("admin")
def edit_pin(kios_id: uuid.UUID) -> ResponseReturnValue:
    with current_state().database.reading() as db:
        kios = get_milik(db, db.get(Kios, kios_id))
    return render_page("admin/kios/pin.html", form=PinForm(), kios=kios, berlaku=PIN_BERLAKU)


@bp.post("/kios/<uuid:kios_id>/pin")
@need_peran("admin")
def save_pin(kios_id: uuid.UUID) -> ResponseReturnValue:
    form = PinForm()
    with current_state().database.writing() as db:
        kios = get_milik(db, db.get(Kios, kios_id))
        if form.validate():
            change_pin(kios, form.pin.data)
            _catat(db, kios, "pin", "diberi PIN baru")
    if form.errors:
        return render_page("admin/kios/pin.html", form=form, kios=kios, berlaku=PIN_BERLAKU), 422
    flash(f"PIN baru untuk {kios.nama} sudah disimpan. {PIN_BERLAKU}")
    return redirect(url_for("admin.list_kios"), code=303)


@bp.post("/kios/<uuid:kios_id>/kode")
@need_peran("admin")
def renew_kode_kios(kios_id: uuid.UUID) -> ResponseReturnValue:
    with current_state().database.writing() as db:
        kios = get_milik(db, db.get(Kios, kios_id))
        kode = renew_kode(db, kios, datetime.now(UTC))
        _catat(db, kios, "kode", "diberi kode pasang baru")
        return _show_once(kios, kode)


@bp.post("/kios/<uuid:kios_id>/cabut")
@need_peran("admin")
def revoke(kios_id: uuid.UUID) -> ResponseReturnValue:
    with current_state().database.writing() as db:
        kios = get_milik(db, db.get(Kios, kios_id))
        revoke_kios(kios)
        _catat(db, kios, "cabut", "dicabut")
    flash(f"{kios.nama} sudah dicabut. Kiriman dari tablet itu sekarang ditolak.")
    return redirect(url_for("admin.list_kios"), code=303)


def make_baris(kios: Kios, now: datetime) -> BarisKios:
    keadaan, perlu_dilihat = describe_keadaan(kios, now)
    return BarisKios(
        kios=kios,
        alamat=address_of(kios.titik.kode),
        keadaan=keadaan,
        perlu_dilihat=perlu_dilihat,
        jam=describe_jam(kios.selisih_detik),
    )


def describe_keadaan(kios: Kios, now: datetime) -> tuple[str, bool]:
    """How a tablet is doing, and whether somebody should look after it."""
    if kios.dicabut:
        return "Dicabut", False
    if kios.token_hash is None:
        waiting = kios.kode_pasang_sampai is not None and kios.kode_pasang_sampai > now
        return (
            ("Menunggu dipasang", False)
            if waiting
            else ("Belum dipasang, kode sudah lewat waktu", True)
        )
    if kios.kontak_terakhir is None or now - kios.kontak_terakhir > TIDAK_TERLIHAT:
        return "Tidak terlihat lebih dari 1 hari", True
    return "Aktif", False


def describe_jam(selisih_detik: int | None) -> str:
    """How far a tablet's clock is off: ``jam tablet 5 menit lambat``.

    :param selisih_detik: the server's clock minus the tablet's.
    """
    if selisih_detik is None:
        return "belum diketahui"
    menit = round(abs(selisih_detik) / 60)
    if abs(selisih_detik) < COCOK_DETIK:
        return "cocok"
    if menit < 90:
        lama = f"{menit} menit"
    elif menit < 48 * 60:
        lama = f"{round(menit / 60)} jam"
    else:
        lama = f"{round(menit / 60 / 24)} hari"
    return f"jam tablet {lama} {'lambat' if selisih_detik > 0 else 'cepat'}"


def address_of(kode: str) -> str:
    """What is opened on the tablet."""
    return f"{current_state().settings.base_url}/kios/{kode}"


def _show_once(kios: Kios, kode: str) -> ResponseReturnValue:
    session[KODE_BARU] = {"id": str(kios.id), "kode": kode}
    return redirect(url_for("admin.list_kios"), code=303)


def _list_titik(db: Session) -> list[Titik]:
    """Titik of the office, unit by unit."""
    pohon = list_my_tree(db)
    place = {unit.id: number for number, unit in enumerate(pohon)}
    found = db.scalars(
        select(Titik).options(joinedload(Titik.unit)).where(Titik.unit_id.in_(place))
    ).all()
    return sorted(found, key=lambda titik: (place[titik.unit_id], titik.nama))


def _catat(db: Session, kios: Kios, aksi: str, terjadi: str) -> None:
    """Log a deed; what the tablet tells by itself (contact, queue, clock) is none of it."""
    db.flush()
    keterangan = f"Tablet {kios.nama} di titik {kios.titik.nama} {terjadi}."
    catat(db, aksi, kios, keterangan, unit_id=unit_id_of(kios))


def _make_tabel(baris: list[BarisKios]) -> TabelHalaman:
    return TabelHalaman(
        nama="tablet",
        judul="Daftar tablet",
        kolom=(
            "Tablet", "Titik", "Unit", "Alamat", "Keadaan", "Kontak terakhir",
            "Menunggu dikirim", "Jam",
        ),
        baris=[
            (
                one.kios.nama, one.kios.titik.nama, one.kios.titik.unit.nama, one.alamat,
                one.keadaan, format_waktu(one.kios.kontak_terakhir), one.kios.menunggu, one.jam,
            )
            for one in baris
        ],
    )  # fmt: skip
