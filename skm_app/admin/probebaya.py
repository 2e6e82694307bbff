"""Probebaya of a year: what each kelurahan did, and the three ways to count it."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from flask import abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session

from skm_app.admin.blueprint import bp
from skm_app.admin.hak import catat, get_akar_id, get_sesi, need_peran
from skm_app.admin.halaman import SEMUA, render_page
from skm_app.admin.milik import get_milik, lock_unit
from skm_app.admin.probebaya_form import ProbebayaForm
from skm_app.admin.tabel import TabelHalaman, render_with_tabel
from skm_app.admin.tahun_kinerja import check_tahun, choose_tahun
from skm_app.admin.unit import get_kantor_id
from skm_app.angka import format_angka
from skm_app.capaian import NilaiRealisasi
from skm_app.capaian.probebaya import (
    BarisProbebaya,
    DefinisiResmi,
    is_from_anggaran,
    list_probebaya,
    make_realisasi,
    read_definisi_resmi,
)
from skm_app.capaian.probebaya_isi import ISI, LABEL, USULAN, values_of_probebaya
from skm_app.kinerja import DEFINISI_PROBEBAYA, compute_serapan
from skm_app.models import BIDANG_PROBEBAYA, Catatan, Probebaya, Unit
from skm_app.web import current_state
from skm_app.web.filters import format_waktu

MAX_RIWAYAT = 200


@dataclass(frozen=True, kw_only=True)
class BarisHalaman:
    """One kelurahan, or the total (``unit_id`` None). Figures by name; None: not recorded."""

    unit_id: uuid.UUID | None
    nama: str
    isi: dict[str, int | None]
    boleh_ubah: bool = False

    @property
    def serapan(self) -> Decimal | None:
        anggaran_rp, realisasi_rp = self.isi["anggaran_rp"], self.isi["realisasi_rp"]
        if anggaran_rp is None or realisasi_rp is None:
            return None
        return compute_serapan(anggaran_rp, realisasi_rp)

    @property
    def melebihi(self) -> bool:
        return (self.isi["realisasi_rp"] or 0) > (self.isi["anggaran_rp"] or 0)


@dataclass(frozen=True, kw_only=True)
class DefinisiHalaman:
    """One way to count, with its figure or what is missing; ``resmi``: that of the year."""

    uraian: str
    hasil: NilaiRealisasi
    resmi: bool


@bp.get("/probebaya")
@need_peran(*SEMUA)
def show_probebaya() -> ResponseReturnValue:
    with current_state().database.reading() as session:
        tahun, years = choose_tahun(session, get_kantor_id(session))
        akar_id = get_akar_id(session)
        found = list_probebaya(session, akar_id, tahun)
        resmi = read_definisi_resmi(session, akar_id, tahun)
        # Of one kelurahan alone there is no share of the kecamatan.
        definisi = [] if _is_alone(found, akar_id) else _list_definisi(found, tahun, resmi)
        baris = _make_baris(found)
    return render_with_tabel(
        "admin/probebaya/daftar.html",
        [_make_tabel(found, baris, tahun)],
        tahun=tahun,
        years=years,
        baris=baris,
        label=LABEL,
        pokok=("jumlah_rt", *USULAN),
        bidang=BIDANG_PROBEBAYA,
        ada_bidang=any(row.isi[nama] is not None for row in baris for nama in BIDANG_PROBEBAYA),
        definisi=definisi,
        resmi=resmi,
        dari_anggaran=is_from_anggaran(found),
        boleh_buka_anggaran=get_sesi().peran != "operator",
        dari_catatan=any(one.dicatat for one in found),
        berbeda=[one for one in found if one.berbeda],
        boleh_impor=get_sesi().peran == "admin",
        hanya_baca=get_sesi().peran == "operator" and not any(one.boleh_ubah for one in baris),
    )


@bp.get("/probebaya/<uuid:unit_id>/<int:tahun>")
@need_peran("admin", "operator")
def edit_probebaya(unit_id: uuid.UUID, tahun: int) -> ResponseReturnValue:
    with current_state().database.reading() as session:
        unit = _get_kelurahan(session, unit_id)
        row = session.get(Probebaya, (unit_id, check_tahun(tahun)))
        return _show_form(unit, tahun, ProbebayaForm.of(row))


@bp.post("/probebaya/<uuid:unit_id>/<int:tahun>")
@need_peran("admin", "operator")
def save_probebaya(unit_id: uuid.UUID, tahun: int) -> ResponseReturnValue:
    form = ProbebayaForm()
    with current_state().database.writing() as session:
        unit = _get_kelurahan(session, unit_id)
        lock_unit(session, unit_id)
        row = session.get(Probebaya, (unit_id, check_tahun(tahun)))
        form.check_versi(row)
        if not form.validate():
            return _show_form(unit, tahun, form), 422
        store_probebaya(session, unit, tahun, form.isi)
        nama = unit.nama
    flash(f"Data Probebaya {nama} tahun {tahun} sudah disimpan.")
    return redirect(url_for("admin.show_probebaya", tahun=tahun), code=303)


@bp.get("/probebaya/<uuid:unit_id>/<int:tahun>/riwayat")
@need_peran(*SEMUA)
def show_riwayat_probebaya(unit_id: uuid.UUID, tahun: int) -> ResponseReturnValue:
    with current_state().database.reading() as session:
        unit = get_milik(session, session.get(Unit, unit_id))
        riwayat = _make_riwayat(session, unit, check_tahun(tahun))
        nama = unit.nama
    return render_with_tabel(
        "admin/probebaya/riwayat.html", [riwayat], nama=nama, tahun=tahun, riwayat=riwayat
    )


def store_probebaya(
    session: Session, unit: Unit, tahun: int, isi: dict[str, int | None], alasan: str = ""
) -> bool:
    """Write what a kelurahan did and log it; False if nothing changed.

    ``isi``: must have passed ``find_galat``.
    """
    row = session.get(Probebaya, (unit.id, tahun))
    before = values_of_probebaya(row)
    if before == {nama: isi[nama] for nama in ISI}:
        return False
    is_new = row is None
    if row is None:
        row = Probebaya(unit_id=unit.id, tahun=tahun)
        session.add(row)
    for nama in ISI:
        setattr(row, nama, isi[nama])
    session.flush()
    catat(
        session, "tambah" if is_new else "ubah", row, f"Probebaya {unit.nama} {tahun}.",
        unit_id=unit.id, alasan=alasan, sebelum=None if is_new else before,
        sesudah=values_of_probebaya(row),
    )  # fmt: skip
    return True


def may_edit(unit_id: uuid.UUID) -> bool:
    """Whether this person may change a kelurahan they see: an admin, or its own operator."""
    sesi = get_sesi()
    return sesi.peran == "admin" or (sesi.peran == "operator" and sesi.unit_id == unit_id)


def _get_kelurahan(session: Session, unit_id: uuid.UUID) -> Unit:
    """A kelurahan that this person may change.

    :raise 404: if it is none of theirs; 403 if they may only read it.
    """
    unit = get_milik(session, session.get(Unit, unit_id))
    if unit.jenis != "kelurahan":
        abort(404)
    return unit if may_edit(unit_id) else abort(403)


def _show_form(unit: Unit, tahun: int, form: ProbebayaForm) -> str:
    return render_page("admin/probebaya/ubah.html", unit=unit, tahun=tahun, form=form)


def _is_alone(found: Sequence[BarisProbebaya], akar_id: uuid.UUID) -> bool:
    return [one.unit_id for one in found] == [akar_id]


def _list_definisi(
    found: Sequence[BarisProbebaya], tahun: int, resmi: DefinisiResmi | None
) -> list[DefinisiHalaman]:
    return [
        DefinisiHalaman(
            uraian=uraian,
            hasil=make_realisasi(definisi, tahun, found),
            resmi=resmi is not None and resmi.definisi == definisi,
        )
        for definisi, uraian in DEFINISI_PROBEBAYA.items()
    ]


def _make_baris(found: Sequence[BarisProbebaya]) -> list[BarisHalaman]:
    """The kelurahan and, last, their total; the total of a figure only if all have it."""
    rows = [
        BarisHalaman(
            unit_id=one.unit_id,
            nama=one.nama,
            isi={
                **values_of_probebaya(one.catatan),
                "anggaran_rp": one.data.anggaran_rp,
                "realisasi_rp": one.data.realisasi_rp,
            },
            boleh_ubah=may_edit(one.unit_id),
        )
        for one in found
    ]
    if len(rows) < 2:
        return rows
    total = {nama: _sum_all([row.isi[nama] for row in rows]) for nama in ISI}
    return [*rows, BarisHalaman(unit_id=None, nama="Jumlah", isi=total)]


def _sum_all(values: Sequence[int | None]) -> int | None:
    known = [one for one in values if one is not None]
    return sum(known) if len(known) == len(values) else None


def _make_tabel(
    found: Sequence[BarisProbebaya], baris: Sequence[BarisHalaman], tahun: int
) -> TabelHalaman:
    """The columns of an import, as recorded, so that the file can be filled in and sent back.

    Behind them, not read by an import: the money that is used.
    """
    return TabelHalaman(
        nama=f"probebaya-{tahun}",
        judul=f"Probebaya per kelurahan {tahun}",
        kolom=("tahun", "kelurahan", *ISI, "anggaran_dipakai_rp", "realisasi_dipakai_rp",
               "serapan_persen"),
        baris=[
            (
                tahun, row.nama, *values_of_probebaya(one.catatan).values(),
                row.isi["anggaran_rp"], row.isi["realisasi_rp"], row.serapan,
            )
            for one, row in zip(found, baris, strict=False)
        ],
    )  # fmt: skip


def _make_riwayat(session: Session, unit: Unit, tahun: int) -> TabelHalaman:
    rows = session.scalars(
        select(Catatan)
        .where(Catatan.objek == Probebaya.__tablename__, Catatan.objek_id == f"{unit.id}/{tahun}")
        .order_by(Catatan.nomor.desc())
        .limit(MAX_RIWAYAT)
    )
    return TabelHalaman(
        nama="riwayat",
        judul=f"Riwayat Probebaya {unit.nama} {tahun}",
        kolom=("Waktu", "Oleh", "Yang diubah", "Alasan"),
        baris=[
            (format_waktu(one.waktu), one.oleh, _describe(one.sebelum, one.sesudah), one.alasan)
            for one in rows
        ],
    )


def _describe(before: dict[str, Any] | None, after: dict[str, Any] | None) -> str:
    """``Usulan diajukan: 40 menjadi 41; …``."""
    lama, baru = before or {}, after or {}
    words = [
        f"{LABEL[nama]}: {format_angka(lama.get(nama))} menjadi {format_angka(baru.get(nama))}"
        for nama in ISI
        if lama.get(nama) != baru.get(nama)
    ]
    return "; ".join(words)
