"""Import of what all kelurahan did under Probebaya in a year, from one file."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Response, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session

from skm_app.admin.anggaran_impor import BESAR, MAX_UKURAN, PILIH
from skm_app.admin.blueprint import bp
from skm_app.admin.forms import Formulir
from skm_app.admin.hak import get_akar_id, list_my_tree, need_peran
from skm_app.admin.milik import lock_unit
from skm_app.admin.probebaya import store_probebaya
from skm_app.admin.tabel import TabelHalaman, render_with_tabel
from skm_app.admin.tahun_kinerja import choose_tahun
from skm_app.admin.unggah import read_unggahan
from skm_app.admin.unit import get_kantor_id
from skm_app.berkas import BerkasError, Fault
from skm_app.capaian.berkas_baca import Unit as UnitBerkas
from skm_app.capaian.berkas_probebaya import KOLOM, BerkasProbebaya, parse_probebaya
from skm_app.capaian.probebaya import read_definisi_resmi
from skm_app.capaian.probebaya_isi import ISI, values_of_probebaya
from skm_app.models import Probebaya, Unit
from skm_app.web import csrf, current_state


@bp.get("/probebaya/impor")
@need_peran("admin")
def show_impor_probebaya() -> ResponseReturnValue:
    with current_state().database.reading() as session:
        return _render(session, choose_tahun(session, get_kantor_id(session))[0])


# The token is checked where the body is read.
@bp.post("/probebaya/impor")
@csrf.exempt  # type: ignore[untyped-decorator]  # flask-wtf has no types
@need_peran("admin")
def save_impor_probebaya() -> ResponseReturnValue:
    nama, data = read_unggahan()
    with current_state().database.writing() as session:
        tahun = choose_tahun(session, get_kantor_id(session))[0]
        lock_unit(session, get_akar_id(session))
        if not data:
            return _render(session, tahun, kurang=PILIH), 422
        try:
            berkas = _parse(session, tahun, data)
        except BerkasError as error:
            return _render(session, tahun, galat=error.faults), 422
        alasan = f"Impor berkas {nama}"[:500]
        changed = [
            store_probebaya(session, session.get_one(Unit, unit_id), tahun, dict(isi), alasan)
            for unit_id, isi in berkas.isi.items()
        ]
    lain = f" Kolom yang tidak dibaca: {', '.join(berkas.lain)}." if berkas.lain else ""
    flash(
        f"Data Probebaya {tahun} dari {len(changed)} kelurahan sudah disimpan, "
        f"{sum(changed)} di antaranya berubah.{lain}"
    )
    return redirect(url_for("admin.show_probebaya", tahun=tahun), code=303)


def _parse(session: Session, tahun: int, data: bytes) -> BerkasProbebaya:
    """:raise BerkasError: with everything that is wrong with the file."""
    if len(data) > MAX_UKURAN:
        raise BerkasError([Fault(pesan=BESAR)])
    units = _list_kelurahan(session)
    stored = session.scalars(
        select(Probebaya).where(
            Probebaya.unit_id.in_([one.id for one in units]), Probebaya.tahun == tahun
        )
    )
    known = {row.unit_id: row for row in stored}
    resmi = read_definisi_resmi(session, get_kantor_id(session), tahun)
    return parse_probebaya(
        data,
        tahun,
        units,
        {one.id: values_of_probebaya(known.get(one.id)) for one in units},
        resmi.definisi if resmi else None,
    )


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
    session: Session, tahun: int, *, galat: Sequence[Fault] = (), kurang: str = ""
) -> str | Response:
    return render_with_tabel(
        "admin/probebaya/impor.html",
        [_make_templat(session, tahun)],
        tahun=tahun,
        galat=galat,
        kurang=kurang,
        form=Formulir(formdata=None),
    )
