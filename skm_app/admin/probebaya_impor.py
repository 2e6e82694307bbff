"""Import of what all kelurahan did under Probebaya in a year, from one file."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import Response, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session

from skm_app.admin.blueprint import bp
from skm_app.admin.forms import BerubahError
from skm_app.admin.hak import get_akar_id, list_my_tree, need_peran
from skm_app.admin.impor_tahun import PILIH, ImporTahunForm, check_ukuran
from skm_app.admin.milik import lock_unit
from skm_app.admin.probebaya import store_probebaya
from skm_app.admin.tabel import TabelHalaman, render_with_tabel
from skm_app.admin.tahun_kinerja import choose_tahun
from skm_app.admin.unggah import read_unggahan
from skm_app.admin.unit import get_kantor_id
from skm_app.berkas import BerkasError, Fault
from skm_app.capaian.berkas_baca import Unit as UnitBerkas
from skm_app.capaian.berkas_probebaya import KOLOM, Isi, parse_probebaya
from skm_app.capaian.probebaya import read_definisi_resmi
from skm_app.capaian.probebaya_isi import ISI, LABEL, values_of_probebaya
from skm_app.models import Probebaya, Unit
from skm_app.rantai import compute_link
from skm_app.web import csrf, current_state

ALASAN = "Angka yang sudah tersimpan akan diganti. Tulis alasannya."
Tersimpan = Mapping[uuid.UUID, Isi]


@dataclass(frozen=True, kw_only=True)
class GantiAngka:
    """A stored figure of a kelurahan that a file has another number for."""

    kelurahan: str
    angka: str
    lama: int
    baru: int | None


@bp.get("/probebaya/impor")
@need_peran("admin")
def show_impor_probebaya() -> ResponseReturnValue:
    with current_state().database.reading() as session:
        tahun = choose_tahun(session, get_kantor_id(session))[0]
        form = ImporTahunForm(formdata=None)
        form.versi.data = _compute_sidik(_read_tersimpan(session, tahun))
        return _render(session, tahun, form)


# The token is checked where the body is read.
@bp.post("/probebaya/impor")
@csrf.exempt  # type: ignore[untyped-decorator]  # flask-wtf has no types
@need_peran("admin")
def save_impor_probebaya() -> ResponseReturnValue:
    nama, data = read_unggahan()
    form = ImporTahunForm()
    if not data:
        nama, data = form.nama_titipan.data or "", form.read_titipan()
    with current_state().database.writing() as session:
        tahun = choose_tahun(session, get_kantor_id(session))[0]
        _lock(session)
        if not data:
            return _render(session, tahun, form, kurang=PILIH), 422
        tersimpan = _read_tersimpan(session, tahun)
        resmi = read_definisi_resmi(session, get_kantor_id(session), tahun)
        try:
            check_ukuran(data)
            berkas = parse_probebaya(
                data, tahun, _list_kelurahan(session), tersimpan, resmi.definisi if resmi else None
            )
        except BerkasError as error:
            form.titipan.data = ""
            return _render(session, tahun, form, galat=error.faults), 422
        ganti = _list_ganti(session, tersimpan, berkas.isi)
        if not form.validate() or _asks_more(form, ganti):
            form.keep(nama, data)
            return _render(session, tahun, form, ganti=ganti), 422
        if form.versi.data != _compute_sidik(tersimpan):
            raise BerubahError
        changed = _store(session, tahun, berkas.isi, form.alasan.data or "", nama)
    lain = f" Kolom yang tidak dibaca: {', '.join(berkas.lain)}." if berkas.lain else ""
    flash(
        f"Data Probebaya {tahun} dari {len(berkas.isi)} kelurahan sudah disimpan, "
        f"{changed} di antaranya berubah.{lain}"
    )
    return redirect(url_for("admin.show_probebaya", tahun=tahun), code=303)


def _lock(session: Session) -> None:
    """Wait for the forms of single kelurahan, each of which locks its own."""
    lock_unit(session, get_akar_id(session))
    for unit_id in sorted(one.id for one in _list_kelurahan(session)):
        lock_unit(session, unit_id)


def _asks_more(form: ImporTahunForm, ganti: Sequence[GantiAngka]) -> bool:
    """Whether somebody has to say why stored figures are replaced."""
    if ganti and not form.alasan.data:
        form.alasan.errors = [ALASAN]
    return bool(form.errors)


def _store(session: Session, tahun: int, isi: Tersimpan, alasan: str, nama: str) -> int:
    """How many kelurahan changed."""
    words = f"{alasan} (impor berkas {nama})" if alasan else f"Impor berkas {nama}"
    return sum(
        store_probebaya(session, session.get_one(Unit, unit_id), tahun, dict(values), words[:500])
        for unit_id, values in isi.items()
    )


def _read_tersimpan(session: Session, tahun: int) -> Tersimpan:
    """What is stored for each kelurahan, in the order of the office; all None without a record."""
    ids = [one.id for one in _list_kelurahan(session)]
    rows = session.scalars(
        select(Probebaya).where(Probebaya.unit_id.in_(ids), Probebaya.tahun == tahun)
    )
    known = {row.unit_id: row for row in rows}
    return {id_: values_of_probebaya(known.get(id_)) for id_ in ids}


def _compute_sidik(tersimpan: Tersimpan) -> str:
    """A fingerprint of what is stored: a form remembers it, to notice somebody else's change."""
    return compute_link([[str(id_), dict(isi)] for id_, isi in tersimpan.items()], "")


def _list_ganti(session: Session, lama: Tersimpan, baru: Tersimpan) -> list[GantiAngka]:
    """Figures that a file replaces; one that was not known yet is only filled in."""
    found = []
    for one in _list_kelurahan(session):
        for nama in ISI:
            before, after = lama[one.id][nama], baru[one.id][nama]
            if before is not None and before != after:
                found.append(
                    GantiAngka(kelurahan=one.nama, angka=LABEL[nama], lama=before, baru=after)
                )
    return found


def _list_kelurahan(session: Session) -> list[UnitBerkas]:
    return [
        UnitBerkas(id=one.id, nama=one.nama, jenis=one.jenis)
        for one in list_my_tree(session)
        if one.jenis == "kelurahan"
    ]


def _make_templat(session: Session, tahun: int) -> TabelHalaman:
    """A file to begin with: the header and one row for each kelurahan."""
    empty = (None,) * (len(ISI) + 1)
    return TabelHalaman(
        nama=f"templat-probebaya-{tahun}",
        judul="Contoh berkas Probebaya",
        kolom=KOLOM,
        baris=[(tahun, one.nama, *empty) for one in _list_kelurahan(session)],
    )


def _render(
    session: Session,
    tahun: int,
    form: ImporTahunForm,
    *,
    ganti: Sequence[GantiAngka] = (),
    galat: Sequence[Fault] = (),
    kurang: str = "",
) -> str | Response:
    return render_with_tabel(
        "admin/probebaya/impor.html",
        [_make_templat(session, tahun)],
        tahun=tahun,
        form=form,
        ganti=ganti,
        galat=galat,
        kurang=kurang,
    )
