"""AKIP: the evaluator's score of each year, its predicate, and what that takes off the NKO."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from flask import abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from skm_app.admin.akip_form import AkipBaruForm, AkipForm
from skm_app.admin.blueprint import bp
from skm_app.admin.hak import catat, get_akar_id, get_sesi, need_peran
from skm_app.admin.halaman import render_page
from skm_app.admin.milik import lock_unit
from skm_app.admin.tabel import TabelHalaman, render_with_tabel
from skm_app.angka import format_angka
from skm_app.capaian import NilaiAkip, list_akip
from skm_app.catatan import changes_between, values_of
from skm_app.kinerja import Aturan, load_aturan
from skm_app.models import Akip
from skm_app.web import current_state


@dataclass(frozen=True, kw_only=True)
class BarisAkip:
    """One evaluation on the page. ``beda``: against the one before it, in words."""

    akip: NilaiAkip
    beda: str


@bp.get("/capaian/akip")
@need_peran("admin", "pimpinan")
def show_akip() -> ResponseReturnValue:
    aturan = load_aturan()
    with current_state().database.reading() as session:
        baris = _make_baris(list_akip(session, get_akar_id(session)))
    return render_with_tabel(
        "admin/kinerja/akip.html",
        [_make_tabel(baris), _make_tabel_koreksi(aturan)],
        baris=list(reversed(baris)),
        kalimat=[describe_beda(one.akip) for one in baris if one.akip.berbeda],
        aturan=aturan,
        boleh_ubah=get_sesi().peran == "admin",
    )


@bp.get("/capaian/akip/tambah")
@need_peran("admin")
def add_akip() -> ResponseReturnValue:
    form = AkipBaruForm(formdata=None)
    form.set_choices()
    return _show_form(form, None)


@bp.post("/capaian/akip/tambah")
@need_peran("admin")
def save_new_akip() -> ResponseReturnValue:
    form = AkipBaruForm()
    form.set_choices()
    if not form.validate():
        return _show_form(form, None), 422
    tahun = int(form.tahun.data)
    with current_state().database.writing() as session:
        unit_id = get_akar_id(session)
        lock_unit(session, unit_id)
        if session.get(Akip, (unit_id, tahun)) is not None:
            form.tahun.errors = [f"Nilai AKIP {tahun} sudah ada. Ubah yang ada di daftar."]
        else:
            row = Akip(unit_id=unit_id, tahun=tahun)
            form.fill(row)
            session.add(row)
            session.flush()
            catat(
                session, "tambah", row, f"Nilai AKIP {tahun}: {describe(row)}.",
                unit_id=unit_id, sesudah=values_of(row),
            )  # fmt: skip
    if form.tahun.errors:
        return _show_form(form, None), 422
    flash(f"Nilai AKIP {tahun} sudah disimpan.")
    return _go_back()


@bp.get("/capaian/akip/<int:tahun>/ubah")
@need_peran("admin")
def edit_akip(tahun: int) -> ResponseReturnValue:
    with current_state().database.reading() as session:
        row = _get_akip(session, tahun)
        form = AkipForm(formdata=None, obj=row)
        form.set_choices()
        form.open_for(row)
    return _show_form(form, tahun)


@bp.post("/capaian/akip/<int:tahun>/ubah")
@need_peran("admin")
def save_akip(tahun: int) -> ResponseReturnValue:
    form = AkipForm()
    form.set_choices()
    with current_state().database.writing() as session:
        row = _get_akip(session, tahun)
        form.check_versi(row)
        if form.validate():
            before, words = values_of(row), describe(row)
            form.fill(row)
            sebelum, sesudah = changes_between(before, values_of(row))
            if sesudah:
                catat(
                    session, "ubah", row,
                    f"Nilai AKIP {tahun}: dari {words} menjadi {describe(row)}.",
                    unit_id=row.unit_id, sebelum=sebelum, sesudah=sesudah,
                )  # fmt: skip
    if form.errors:
        return _show_form(form, tahun), 422
    flash(f"Nilai AKIP {tahun} sudah disimpan.")
    return _go_back()


@bp.get("/capaian/akip/<int:tahun>/hapus")
@need_peran("admin")
def confirm_remove_akip(tahun: int) -> ResponseReturnValue:
    with current_state().database.reading() as session:
        row = _get_akip(session, tahun)
        form = AkipForm(formdata=None)
        form.open_for(row)
        words = describe(row)
    return render_page("admin/kinerja/akip_hapus.html", tahun=tahun, form=form, uraian=words)


@bp.post("/capaian/akip/<int:tahun>/hapus")
@need_peran("admin")
def remove_akip(tahun: int) -> ResponseReturnValue:
    form = AkipForm()
    with current_state().database.writing() as session:
        row = _get_akip(session, tahun)
        form.check_versi(row)
        unit_id, key = row.unit_id, f"{row.unit_id}/{tahun}"
        catat(
            session, "hapus", ("akip", key), f"Nilai AKIP {tahun} dihapus: {describe(row)}.",
            unit_id=unit_id, sebelum=values_of(row),
        )  # fmt: skip
        session.delete(row)
    flash(f"Nilai AKIP {tahun} sudah dihapus.")
    return _go_back()


def describe(row: Akip) -> str:
    """A stored evaluation as the log tells it."""
    printed = f"tercetak {row.predikat}" if row.predikat else "tanpa predikat tercetak"
    source = f" ({row.sumber})" if row.sumber else ""
    return f"{format_angka(row.nilai, 2)}, {printed}{source}"


def describe_beda(akip: NilaiAkip) -> str:
    """How the printed letter differs from Tabel 3.1, and which one counts."""
    return (
        f"Tahun {akip.tahun}: laporan evaluasi mencetak {akip.tercetak}, sedangkan menurut Tabel "
        f"3.1 nilai {format_angka(akip.nilai, 2)} termasuk {akip.predikat.nama} "
        f"({akip.predikat.arti}). Penghitungan NKO memakai {akip.predikat.nama}."
    )


def describe_rentang(aturan: Aturan, huruf: str) -> str:
    """The scores of a letter, as ``lebih dari 70 sampai 80``."""
    place = next(n for n, one in enumerate(aturan.akip) if one.nama == huruf)
    top = Decimal(100) if place == 0 else aturan.akip[place - 1].di_atas
    bottom = aturan.akip[place].di_atas
    if bottom is None:
        return f"0 sampai {format_angka(top)}"
    return f"lebih dari {format_angka(bottom)} sampai {format_angka(top)}"


def _get_akip(session: Session, tahun: int) -> Akip:
    unit_id: uuid.UUID = get_akar_id(session)
    return session.get(Akip, (unit_id, tahun)) or abort(404)


def _show_form(form: AkipForm, tahun: int | None) -> str:
    return render_page("admin/kinerja/akip_ubah.html", form=form, tahun=tahun)


def _go_back() -> ResponseReturnValue:
    return redirect(url_for("admin.show_akip"), code=303)


def _make_baris(akip: Sequence[NilaiAkip]) -> list[BarisAkip]:
    """Oldest first, each beside the one before it."""
    return [
        BarisAkip(akip=one, beda=_describe_tren(one, akip[place - 1] if place else None))
        for place, one in enumerate(akip)
    ]


def _describe_tren(akip: NilaiAkip, before: NilaiAkip | None) -> str:
    if before is None:
        return "–"
    change = akip.nilai - before.nilai
    if change == 0:
        return f"sama dengan {before.tahun}"
    word = "naik" if change > 0 else "turun"
    return f"{word} {format_angka(abs(change), 2)} dari {before.tahun}"


def _make_tabel(baris: Sequence[BarisAkip]) -> TabelHalaman:
    return TabelHalaman(
        nama="akip",
        judul="Nilai AKIP per tahun",
        kolom=("Tahun", "Nilai", "Predikat menurut Tabel 3.1", "Arti", "Predikat tercetak",
               "Perubahan", "Sumber"),
        baris=[
            (
                one.akip.tahun, one.akip.nilai, one.akip.predikat.nama, one.akip.predikat.arti,
                one.akip.tercetak or "tidak diketahui", one.beda, one.akip.sumber,
            )
            for one in baris
        ],
    )  # fmt: skip


def _make_tabel_koreksi(aturan: Aturan) -> TabelHalaman:
    return TabelHalaman(
        nama="koreksi",
        judul="Koreksi capaian menurut predikat AKIP",
        kolom=("Predikat", "Arti", "Nilai AKIP", "Koreksi (%)"),
        baris=[
            (one.nama, one.arti, describe_rentang(aturan, one.nama), aturan.koreksi[one.nama])
            for one in aturan.akip
        ],
    )
