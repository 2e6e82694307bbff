"""The texts of Bab III: the data's own words, and those the office put in their place."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from flask import abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from skm_app.admin.blueprint import bp
from skm_app.admin.forms import BerubahError
from skm_app.admin.hak import catat, get_akar_id, get_sesi, need_peran
from skm_app.admin.halaman import render_page
from skm_app.admin.tahun_kinerja import choose_tahun
from skm_app.admin.tulisan import TulisanForm, describe_ubahan
from skm_app.models import TeksKinerja
from skm_app.reports.bab_iii.teks import change_teks_kinerja, list_teks_kinerja
from skm_app.reports.bab_iii.teks_bahan import read_bahan_kinerja
from skm_app.reports.tulisan import BlokTeks, TeksError, TeksUsangError
from skm_app.web import current_state

PEMBACA = ("admin", "pimpinan")


@dataclass(frozen=True, kw_only=True)
class _Dibaca:
    """The blocks of one year's Bab III, as a page shows them."""

    unit_id: uuid.UUID
    unit: str
    tahun: int
    years: list[int]
    sementara: bool
    teks: tuple[BlokTeks, ...]

    def get_blok(self, kunci: str) -> BlokTeks:
        """The block of that name; 404 if there is none."""
        return next((one for one in self.teks if one.kunci == kunci), None) or abort(404)


@bp.get("/lkjip/teks")
@need_peran(*PEMBACA)
def list_teks_lkjip() -> ResponseReturnValue:
    dibaca = _read()
    return render_page(
        "admin/lkjip/teks.html",
        dibaca=dibaca,
        berubah=[one for one in dibaca.teks if one.berubah],
        bertitik=[one for one in dibaca.teks if one.titik],
        boleh_ubah=get_sesi().peran == "admin",
    )


@bp.get("/lkjip/teks/<kunci>")
@need_peran("admin")
def edit_teks_lkjip(kunci: str) -> ResponseReturnValue:
    dibaca = _read()
    blok = dibaca.get_blok(kunci)
    return _render(dibaca, blok, TulisanForm.open_for(blok))


@bp.post("/lkjip/teks/<kunci>")
@need_peran("admin")
def save_teks_lkjip(kunci: str) -> ResponseReturnValue:
    dibaca = _read()
    blok = dibaca.get_blok(kunci)
    form = TulisanForm()
    if form.validate():
        try:
            _change(dibaca, blok, form.teks.data, form)
        except TeksUsangError as error:
            raise BerubahError from error
        except TeksError as error:
            form.teks.errors = [str(error)]
    if form.errors:
        return _render(dibaca, blok, form), 422
    flash(f"Teks {blok.judul} sudah disimpan.")
    return _back_to(dibaca.tahun)


@bp.post("/lkjip/teks/<kunci>/kembalikan")
@need_peran("admin")
def reset_teks_lkjip(kunci: str) -> ResponseReturnValue:
    dibaca = _read()
    blok = dibaca.get_blok(kunci)
    try:
        _change(dibaca, blok, None, TulisanForm())
    except TeksUsangError as error:
        raise BerubahError from error
    flash(f"Teks {blok.judul} kembali ke teks dari data.")
    return _back_to(dibaca.tahun)


def _read() -> _Dibaca:
    state = current_state()
    with state.database.reading() as session:
        unit_id = get_akar_id(session)
        tahun, years = choose_tahun(session, unit_id)
        bahan = read_bahan_kinerja(session, unit_id, tahun, state.settings.timezone)
        return _Dibaca(
            unit_id=unit_id,
            unit=bahan.fakta.unit,
            tahun=tahun,
            years=years,
            sementara=bahan.fakta.sementara,
            teks=list_teks_kinerja(session, bahan),
        )


def _change(dibaca: _Dibaca, blok: BlokTeks, isi: str | None, form: TulisanForm) -> None:
    """Write a block over, or give it back its own words, and log that.

    :raise TeksUsangError: if somebody changed it since the form was opened.
    :raise TeksError: if the text cannot be kept.
    """
    versi, sidik = form.read_versi(), form.read_sidik()
    with current_state().database.writing() as session:
        baru = change_teks_kinerja(session, dibaca.unit_id, dibaca.tahun, blok, isi, versi, sidik)
        if baru != blok.isi or blok.berubah:
            _catat(session, dibaca, blok, baru)


def _catat(session: Session, dibaca: _Dibaca, blok: BlokTeks, baru: str) -> None:
    catat(
        session, "ubah",
        (TeksKinerja.__tablename__, f"{dibaca.unit_id}/{dibaca.tahun}/{blok.kunci}"),
        f"Teks Bab III {dibaca.tahun}, {blok.judul}, {describe_ubahan(blok, baru)}.",
        unit_id=dibaca.unit_id, sebelum={"teks": blok.isi}, sesudah={"teks": baru},
    )  # fmt: skip


def _render(dibaca: _Dibaca, blok: BlokTeks, form: TulisanForm) -> str:
    return render_page("admin/lkjip/teks_ubah.html", dibaca=dibaca, blok=blok, form=form)


def _back_to(tahun: int) -> ResponseReturnValue:
    return redirect(url_for("admin.list_teks_lkjip", tahun=tahun), code=303)
