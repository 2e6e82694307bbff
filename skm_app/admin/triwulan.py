"""Quarterly monitoring: target, realisasi and state of each indikator, and the form behind it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from flask import abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session

from skm_app.admin.blueprint import bp
from skm_app.admin.hak import catat, get_akar_id, get_sesi, need_peran
from skm_app.admin.halaman import render_page
from skm_app.admin.milik import lock_unit
from skm_app.admin.tabel import TabelHalaman, render_with_tabel
from skm_app.admin.tahun_kinerja import check_tahun, choose_tahun
from skm_app.admin.triwulan_form import BarisForm, TriwulanForm
from skm_app.capaian import BarisTriwulan, read_triwulan
from skm_app.capaian.triwulan import TRIWULAN, is_diisi_sendiri, list_baris_triwulan
from skm_app.catatan import values_of
from skm_app.models import Indikator, Target, Triwulan
from skm_app.periode import compute_hari, name_periode
from skm_app.web import current_state, today

# Target, realisasi, keterangan. Compared as numbers: 39,0 is no change of 39.
IsiTriwulan = tuple[Decimal | None, Decimal | None, str]
EMPTY: IsiTriwulan = (None, None, "")


@bp.get("/capaian/triwulan")
@need_peran("admin", "pimpinan")
def show_triwulan() -> ResponseReturnValue:
    with current_state().database.reading() as session:
        unit_id = get_akar_id(session)
        tahun, years = choose_tahun(session, unit_id)
        baris = read_triwulan(session, unit_id, tahun, today())
    return render_with_tabel(
        "admin/kinerja/triwulan.html",
        [_make_tabel(baris, tahun)],
        tahun=tahun,
        years=years,
        baris=baris,
        nama=_name_all(tahun),
        diketik={one.indikator.kode for one in baris if is_diisi_sendiri(one.indikator)},
        hari=today(),
        boleh_ubah=get_sesi().peran == "admin",
    )


@bp.get("/capaian/triwulan/<kode>/<int:tahun>")
@need_peran("admin")
def edit_triwulan(kode: str, tahun: int) -> ResponseReturnValue:
    with current_state().database.reading() as session:
        indikator = _get_indikator(session, kode, tahun)
        form = TriwulanForm.of(list_baris_triwulan(session, indikator.id, tahun))
        target = session.get(Target, (indikator.id, tahun))
    return _show_form(indikator, tahun, form, target)


@bp.post("/capaian/triwulan/<kode>/<int:tahun>")
@need_peran("admin")
def save_triwulan(kode: str, tahun: int) -> ResponseReturnValue:
    form = TriwulanForm()
    with current_state().database.writing() as session:
        indikator = _get_indikator(session, kode, tahun)
        # Rows that are not there yet have no version that two people could collide on.
        lock_unit(session, indikator.unit_id)
        rows = list_baris_triwulan(session, indikator.id, tahun)
        form.check_semua_versi(rows)
        diketik = is_diisi_sendiri(indikator)
        fine = form.validate()
        fine = (
            form.check_nilai(indikator.paling_tinggi, _name_later(tahun), diketik=diketik) and fine
        )
        target = session.get(Target, (indikator.id, tahun))
        if fine:
            _store(session, indikator, tahun, rows, form, diketik=diketik)
    if not fine:
        return _show_form(indikator, tahun, form, target), 422
    flash(f"Triwulan {tahun} sudah disimpan.")
    return redirect(url_for("admin.show_triwulan", tahun=tahun), code=303)


def _store(
    session: Session,
    indikator: Indikator,
    tahun: int,
    rows: Mapping[int, Triwulan],
    form: TriwulanForm,
    *,
    diketik: bool,
) -> None:
    """Write the four quarters and log what changed of them; empty ones are not kept."""
    before = {nomor: _shown(row) for nomor, row in rows.items()}
    kept, changed = dict(rows), []
    for nomor, baris in form.baris.items():
        row, wanted = kept.get(nomor), _read_baris(baris, diketik=diketik)
        if wanted == EMPTY:
            if row is not None:
                session.delete(kept.pop(nomor))
                changed.append(nomor)
            continue
        if row is None:
            row = Triwulan(indikator_id=indikator.id, tahun=tahun, triwulan=nomor)
            session.add(row)
            kept[nomor] = row
            changed.append(nomor)
        elif _values_of(row) != wanted:
            changed.append(nomor)
        row.target, row.realisasi, row.keterangan = wanted
    after = {nomor: _shown(row) for nomor, row in kept.items()}
    if changed:
        names = ", ".join(name_periode("triwulan", tahun, nomor) for nomor in changed)
        catat(
            session,
            "ubah" if before else "tambah",
            ("triwulan", f"{indikator.id}/{tahun}"),
            f"{indikator.nama}: {names}.",
            unit_id=indikator.unit_id,
            sebelum={f"triwulan_{nomor}": before.get(nomor) for nomor in changed},
            sesudah={f"triwulan_{nomor}": after.get(nomor) for nomor in changed},
        )


def _shown(row: Triwulan) -> dict[str, Any]:
    """What the log keeps of a quarter; the key stands beside it."""
    values = values_of(row)
    return {name: values[name] for name in ("target", "realisasi", "keterangan")}


def _read_baris(baris: BarisForm, *, diketik: bool) -> IsiTriwulan:
    realisasi = baris.realisasi.data if diketik else None
    return baris.target.data, realisasi, baris.keterangan.data or ""


def _values_of(row: Triwulan) -> IsiTriwulan:
    return row.target, row.realisasi, row.keterangan


def _get_indikator(session: Session, kode: str, tahun: int) -> Indikator:
    check_tahun(tahun)
    found = session.scalars(
        select(Indikator).where(Indikator.unit_id == get_akar_id(session), Indikator.kode == kode)
    ).one_or_none()
    return found or abort(404)


def _show_form(indikator: Indikator, tahun: int, form: TriwulanForm, target: Target | None) -> str:
    return render_page(
        "admin/kinerja/triwulan_ubah.html",
        indikator=indikator,
        tahun=tahun,
        form=form,
        nama=_name_all(tahun),
        target=target.target if target else None,
        diketik=is_diisi_sendiri(indikator),
        belum_mulai=_name_later(tahun),
    )


def _name_all(tahun: int) -> dict[int, str]:
    return {nomor: name_periode("triwulan", tahun, nomor) for nomor in TRIWULAN}


def _name_later(tahun: int) -> dict[int, str]:
    """The quarters that have not begun yet."""
    return {
        nomor: name
        for nomor, name in _name_all(tahun).items()
        if compute_hari("triwulan", tahun, nomor)[0] > today()
    }


def _make_tabel(baris: Sequence[BarisTriwulan], tahun: int) -> TabelHalaman:
    return TabelHalaman(
        nama="triwulan",
        judul=f"Pemantauan triwulan {tahun}",
        kolom=("Indikator", "Satuan", "Triwulan", "Target", "Realisasi", "Keadaan realisasi",
               "Capaian (%)", "Status", "Asal realisasi", "Keterangan"),
        baris=[
            (
                one.indikator.nama, one.indikator.satuan,
                name_periode("triwulan", tahun, satu.triwulan), satu.target,
                satu.realisasi.nilai, "sementara" if satu.realisasi.sementara else "tetap",
                satu.capaian, satu.status, satu.realisasi.asal, satu.keterangan,
            )
            for one in baris
            for satu in one.triwulan
        ],
    )  # fmt: skip
