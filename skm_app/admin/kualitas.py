"""Quality of the answers: signs, looking responses up, and proposing to leave some out."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Response, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session

from skm_app.admin.blueprint import bp
from skm_app.admin.forms import BerubahError
from skm_app.admin.hak import catat, get_pelaku, get_sesi, list_my_tree, need_peran
from skm_app.admin.halaman import render_page
from skm_app.admin.kualitas_baris import (
    BarisJawaban,
    find_bertanda,
    list_baris,
    make_kalimat,
    make_tabel_jawaban,
    make_tabel_tanda,
)
from skm_app.admin.kualitas_form import (
    JAM_LABEL,
    KANAL_LABEL,
    MAX_SEKALI,
    JamForm,
    SaringanKualitas,
    UsulanForm,
    read_saringan_kualitas,
)
from skm_app.admin.pandangan import read_pandangan
from skm_app.admin.saringan import Saringan, read_saringan
from skm_app.admin.tabel import TabelHalaman, render_with_tabel
from skm_app.admin.unduhan import log_unduhan
from skm_app.kualitas import (
    AMBANG,
    KUNCI_JAM,
    TANDA,
    Bacaan,
    JamLayanan,
    Pilihan,
    list_waiting,
    read_jam_layanan,
    read_jawaban,
)
from skm_app.models import Instalasi, Responden
from skm_app.results import HasilLingkup, read_hasil
from skm_app.usulan.dua_orang import UsulanError
from skm_app.usulan.pengecualian import propose_pengecualian
from skm_app.web import current_state

PER_HALAMAN = 100


@dataclass(frozen=True, kw_only=True)
class Periksa:
    """Everything the page says about the chosen responses; ``tertutup``: why without an index."""

    saringan: Saringan
    kualitas: SaringanKualitas
    found: HasilLingkup
    bacaan: Bacaan
    baris: list[BarisJawaban]
    tabel: list[TabelHalaman]
    kalimat: list[str]
    tertutup: str | None
    jam: JamLayanan


@bp.get("/kualitas")
@need_peran("admin", "pimpinan")
def show_kualitas() -> ResponseReturnValue:
    log_unduhan("kualitas", "Daftar di halaman kualitas jawaban")
    return _render(UsulanForm(formdata=None), ())


@bp.post("/kualitas")
@need_peran("admin")
def propose_kualitas() -> ResponseReturnValue:
    form = UsulanForm()
    picked = read_picked()
    if form.validate() and save_usulan(form, picked, keluar=True):
        flash(
            f"{len(picked)} jawaban diusulkan untuk dikecualikan. "
            "Usulan ini berlaku sesudah disetujui orang lain."
        )
        return redirect(_here(), code=303)
    return _render(form, picked), 422


@bp.get("/kualitas/jam")
@need_peran("admin")
def edit_jam() -> ResponseReturnValue:
    _refuse_part_of_office()
    form = JamForm(formdata=None)
    with current_state().database.reading() as session:
        form.open_for(read_jam_layanan(session))
    return render_page("admin/kualitas/jam.html", form=form)


@bp.post("/kualitas/jam")
@need_peran("admin")
def save_jam() -> ResponseReturnValue:
    _refuse_part_of_office()
    form = JamForm()
    jam = form.make_jam()
    if jam is None:
        return render_page("admin/kualitas/jam.html", form=form), 422
    with current_state().database.writing() as session:
        before = read_jam_layanan(session)
        if form.sebelum.data != before.teks:
            raise BerubahError
        session.merge(Instalasi(kunci=KUNCI_JAM, nilai=jam.teks))
        catat(
            session,
            "ubah",
            (Instalasi.__tablename__, KUNCI_JAM),
            f"Jam layanan diubah menjadi {jam.kalimat}.",
            sebelum={"jam_layanan": before.kalimat},
            sesudah={"jam_layanan": jam.kalimat},
        )
    flash(f"Jam layanan disimpan: {jam.kalimat}.")
    return redirect(url_for("admin.show_kualitas"), code=303)


def read_picked() -> tuple[uuid.UUID, ...]:
    """The ticked responses of the form that was sent; 404 where one cannot exist."""
    try:
        return tuple(dict.fromkeys(uuid.UUID(text) for text in request.form.getlist("pilih")))
    except ValueError:
        abort(404)


def save_usulan(form: UsulanForm, picked: Sequence[uuid.UUID], *, keluar: bool) -> bool:
    """Propose; False, with the reason in the form, if that is not possible."""
    try:
        _check_picked(picked)
        with current_state().database.writing() as session:
            unit_id = _unit_of(session, picked)
            if list_waiting(session, picked):
                raise UsulanError("Sebagian jawaban ini sudah diusulkan dan menunggu putusan.")
            propose_pengecualian(
                session, get_pelaku(), unit_id, tuple(picked), form.teks, keluar=keluar
            )
    except UsulanError as error:
        form.form_errors = [str(error)]
        return False
    return True


def _check_picked(picked: Sequence[uuid.UUID]) -> None:
    if not picked:
        raise UsulanError("Centang sedikitnya satu jawaban di daftar.")
    if len(picked) > MAX_SEKALI:
        raise UsulanError(f"Paling banyak {MAX_SEKALI} jawaban dalam satu usulan.")


def _unit_of(session: Session, picked: Sequence[uuid.UUID]) -> uuid.UUID:
    """The unit that these responses belong to, or the nearest this person has above several.

    Aborts with 404 if one of them does not exist or is not this person's to see.
    """
    pohon = list_my_tree(session)
    rows = session.execute(select(Responden.id, Responden.unit_id).where(Responden.id.in_(picked)))
    units = dict(rows.all())
    if len(units) < len(picked) or not set(units.values()) <= {unit.id for unit in pohon}:
        abort(404)
    found = set(units.values())
    return found.pop() if len(found) == 1 else pohon[0].id


def _render(form: UsulanForm, picked: Sequence[uuid.UUID]) -> str | Response:
    periksa = _read_periksa()
    pages = max(1, -(-len(periksa.baris) // PER_HALAMAN))
    page = min(max(request.args.get("hal", 1, type=int), 1), pages)
    ticked = {str(one) for one in picked}
    start = (page - 1) * PER_HALAMAN
    shown = periksa.baris[start : start + PER_HALAMAN]
    return render_with_tabel(
        "admin/kualitas/periksa.html",
        periksa.tabel,
        periksa=periksa,
        saringan=periksa.saringan,
        kualitas=periksa.kualitas,
        semua_tanda=TANDA,
        semua_kanal=KANAL_LABEL,
        semua_jam=JAM_LABEL,
        ambang=AMBANG,
        baris=shown,
        dicentang=ticked,
        dapat={one.id for one in shown if one.dapat_diusulkan},
        halaman=page,
        banyak_halaman=pages,
        kueri=_kueri(),
        form=form,
        boleh_usul=get_sesi().peran == "admin",
        boleh_jam=get_sesi().peran == "admin" and get_sesi().unit_id is None,
    )


def _read_periksa() -> Periksa:
    settings = current_state().settings
    with current_state().database.reading() as session:
        saringan = read_saringan(session, request.args, datetime.now(settings.timezone).date())
        kualitas = read_saringan_kualitas(session, request.args, saringan)
        konvensi = saringan.konvensi
        found = read_hasil(session, saringan.lingkup, saringan.instrumen_id, konvensi)
        bacaan = read_jawaban(
            session, saringan.lingkup, found.instrumen, settings.timezone, kualitas.pilihan
        )
        bertanda = find_bertanda(session, bacaan, len(found.instrumen.butir))
        baris = list_baris(session, bacaan, bertanda, kualitas) if kualitas.batch_ada else []
        # Of one titik or batch the figures are not shown: with those of the whole they would
        # give away small groups.
        whole = kualitas.pilihan == Pilihan()
        # Nor what the dashboard keeps back of this unit, layanan or days.
        tertutup = read_pandangan(session, saringan, rinci=False).tertutup if whole else None
        tabel = [make_tabel_jawaban(baris)]
        if whole:
            tabel.insert(
                0, make_tabel_tanda(found, konvensi, bacaan, bertanda, tertutup=bool(tertutup))
            )
        return Periksa(
            saringan=saringan,
            kualitas=kualitas,
            found=found,
            bacaan=bacaan,
            baris=baris,
            tabel=tabel,
            kalimat=make_kalimat(found, konvensi, bacaan) if whole and not tertutup else [],
            tertutup=tertutup,
            jam=read_jam_layanan(session),
        )


def _kueri() -> dict[str, str]:
    return {name: value for name, value in request.args.items() if value and name != "hal"}


def _here() -> str:
    kueri: dict[str, Any] = _kueri()
    return url_for("admin.show_kualitas", **kueri)


def _refuse_part_of_office() -> None:
    """The opening hours are those of the whole office."""
    if get_sesi().unit_id is not None:
        abort(403)
