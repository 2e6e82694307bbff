"""Many titik at once: fill in, look at what would be made, make all of it or nothing."""

from __future__ import annotations

import re
import uuid
from collections import Counter
from dataclasses import dataclass

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session
from wtforms import Field, SelectChoice, SelectMultipleField, StringField
from wtforms.validators import DataRequired, Regexp, ValidationError

from skm_app.admin.blueprint import bp
from skm_app.admin.forms import PILIH, Formulir, clean_teks, make_teks
from skm_app.admin.hak import need_peran
from skm_app.admin.halaman import render_page
from skm_app.admin.milik import catat_baru, lock_unit
from skm_app.admin.titik import create_titik, list_pilihan, read_pilihan
from skm_app.models import Titik
from skm_app.web import current_state

MAX_TITIK = 100
MAX_NAMA = 200
NOMOR, LAYANAN, UNIT = "{nomor}", "{layanan}", "{unit}"


def make_bulat(label: str, keterangan: str = "") -> Field:
    """A whole number, 1 to 999; ``data`` stays the text that was typed."""
    return StringField(
        label,
        default="1",
        description=keterangan,
        filters=[clean_teks],
        validators=[Regexp(r"0*[1-9][0-9]{0,2}\Z", message="Isi angka 1 sampai 999.")],
    )


class BanyakForm(Formulir):
    tempat = SelectMultipleField(
        "Unit dan layanan",
        validators=[DataRequired("Pilih sedikitnya satu.")],
        invalid_choice_message=PILIH,
    )
    jumlah = make_bulat("Jumlah titik untuk setiap pilihan di atas")
    pola = make_teks(
        "Pola nama",
        150,
        "Isi pola nama.",
        f"{NOMOR} diganti nomor, {LAYANAN} diganti nama layanan, {UNIT} diganti nama unit.",
    )
    mulai = make_bulat("Nomor pertama", "Di setiap unit nomor dimulai dari sini.")
    langkah = StringField()

    def set_choices(self, pilihan: list[SelectChoice]) -> None:
        self.tempat.choices = pilihan

    def validate_pola(self, field: Field) -> None:
        unknown = set(re.findall(r"\{[^}]*\}?|\}", field.data)) - {NOMOR, LAYANAN, UNIT}
        if unknown:
            raise ValidationError(
                f"{min(unknown)} tidak dikenal. Pakai {NOMOR}, {LAYANAN} atau {UNIT}."
            )

    def validate_jumlah(self, field: Field) -> None:
        if field.errors:
            return
        total = len(self.tempat.data or []) * int(field.data)
        if total > MAX_TITIK:
            raise ValidationError(
                f"Paling banyak {MAX_TITIK} titik sekali buat; ini {total}. Kurangi jumlahnya."
            )


@dataclass(frozen=True, kw_only=True)
class RencanaTitik:
    """One titik that would be made."""

    unit_id: uuid.UUID
    layanan_id: uuid.UUID | None
    unit: str
    layanan: str
    nama: str


@bp.get("/titik/banyak")
@need_peran("admin")
def add_banyak() -> ResponseReturnValue:
    form = BanyakForm(pola=f"Loket {NOMOR}")
    with current_state().database.reading() as session:
        form.set_choices(list_pilihan(session))
    return render_page("admin/titik/banyak.html", form=form)


@bp.post("/titik/banyak")
@need_peran("admin")
def save_banyak() -> ResponseReturnValue:
    """Show what would be made; make it once the person has seen it."""
    form = BanyakForm()
    with current_state().database.writing() as session:
        form.set_choices(list_pilihan(session))
        if form.langkah.data == "ubah":
            return render_page("admin/titik/banyak.html", form=form)
        rencana = make_rencana(form) if form.validate() else []
        if form.errors or not _are_free(session, form, rencana):
            return render_page("admin/titik/banyak.html", form=form), 422
        if form.langkah.data != "buat":
            return render_page("admin/titik/banyak_lihat.html", form=form, rencana=rencana)
        for one in rencana:
            titik = create_titik(session, one.unit_id, one.nama, one.layanan_id)
            catat_baru(session, titik, f"Titik {titik.nama} ditambahkan.")
    flash(f"{len(rencana)} titik sudah dibuat.")
    return redirect(url_for("admin.list_titik"), code=303)


def make_rencana(form: BanyakForm) -> list[RencanaTitik]:
    """What a checked form asks for; numbers run on through the services of a unit."""
    chosen = set(form.tempat.data)
    nomor: Counter[uuid.UUID] = Counter()
    rencana = []
    for pilihan in form.tempat.choices:
        if pilihan.value not in chosen:
            continue
        unit_id, layanan_id = read_pilihan(pilihan.value)
        for _ in range(int(form.jumlah.data)):
            nama = _fill(
                form.pola.data,
                nomor=str(int(form.mulai.data) + nomor[unit_id]),
                layanan=pilihan.label if layanan_id else "",
                unit=pilihan.optgroup,
            )
            nomor[unit_id] += 1
            rencana.append(
                RencanaTitik(
                    unit_id=unit_id,
                    layanan_id=layanan_id,
                    unit=pilihan.optgroup,
                    layanan=pilihan.label,
                    nama=nama,
                )
            )
    return rencana


def _fill(pola: str, nomor: str, layanan: str, unit: str) -> str:
    words = {NOMOR: nomor, LAYANAN: layanan, UNIT: unit}
    # In one go: a service may itself be called {unit}.
    return " ".join(re.sub(r"\{[a-z]+\}", lambda found: words[found[0]], pola).split())


def _are_free(session: Session, form: BanyakForm, rencana: list[RencanaTitik]) -> bool:
    """Whether every name is usable, new, and wanted once in its unit; says so in the form."""
    for unit_id in sorted({one.unit_id for one in rencana}):
        lock_unit(session, unit_id)
    rows = session.execute(
        select(Titik.unit_id, Titik.nama).where(Titik.unit_id.in_({one.unit_id for one in rencana}))
    )
    taken = {(unit_id, nama.casefold()) for unit_id, nama in rows}
    seen: set[tuple[uuid.UUID, str]] = set()
    for one in rencana:
        key = (one.unit_id, one.nama.casefold())
        if not one.nama or len(one.nama) > MAX_NAMA:
            pesan = f"Nama titik 1 sampai {MAX_NAMA} karakter. Ubah pola namanya."
        elif key in seen:
            pesan = f"Nama {one.nama} muncul dua kali di {one.unit}. Tambahkan {NOMOR}."
        elif key in taken:
            pesan = f"{one.nama} sudah ada di {one.unit}. Ubah pola nama atau nomor pertama."
        else:
            seen.add(key)
            continue
        form.pola.errors = [pesan]
        return False
    return True
