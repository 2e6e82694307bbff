"""Sasaran 1 and 2: target, realisasi and capaian, and where each realisasi comes from."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session

from skm_app.admin.blueprint import bp
from skm_app.admin.capaian_form import RealisasiForm, TargetForm, list_asal
from skm_app.admin.capaian_riwayat import (
    catat_realisasi,
    catat_target,
    make_riwayat,
    values_of_baris,
)
from skm_app.admin.forms import TAHUN_TERAKHIR, TAHUN_TERAWAL
from skm_app.admin.hak import get_akar_id, get_sesi, need_peran
from skm_app.admin.halaman import render_page
from skm_app.admin.tabel import TabelHalaman, render_with_tabel
from skm_app.capaian import (
    KODE_IKM,
    BarisCapaian,
    NilaiRealisasi,
    list_data_kelurahan,
    list_years,
    read_capaian,
    read_probebaya,
)
from skm_app.kinerja import DEFINISI_PROBEBAYA, DataKelurahan
from skm_app.models import Indikator, Realisasi, Target
from skm_app.scoring import round_half_up
from skm_app.web import current_state

TAHUN_SEBELUMNYA = 3


@dataclass(frozen=True, kw_only=True)
class BarisAnggaran:
    """One line of the budget table; ``persen`` is None where nothing was budgeted."""

    nama: str
    anggaran_rp: int
    realisasi_rp: int

    @property
    def persen(self) -> Decimal | None:
        if self.anggaran_rp == 0:
            return None
        return round_half_up(Fraction(self.realisasi_rp, self.anggaran_rp) * 100, 2)

    @property
    def melebihi(self) -> bool:
        return self.realisasi_rp > self.anggaran_rp


@bp.get("/capaian")
@need_peran("admin", "pimpinan")
def show_capaian() -> ResponseReturnValue:
    with current_state().database.reading() as session:
        kantor_id = get_akar_id(session)
        years = list_years(session, kantor_id)
        tahun = _read_tahun(years)
        shown = [tahun, *[year for year in years if year < tahun][:TAHUN_SEBELUMNYA]]
        kelurahan = list_data_kelurahan(session, kantor_id, tahun)
        baris = read_capaian(session, kantor_id, shown)
        anggaran = _make_anggaran(kelurahan)
        return render_with_tabel(
            "admin/capaian/daftar.html",
            [_make_tabel(baris), _make_tabel_anggaran(anggaran)],
            tahun=tahun,
            years=_offer_years(tahun, years),
            baris=baris,
            definisi=_read_definisi(session, kantor_id, tahun),
            anggaran=anggaran,
            boleh_ubah=get_sesi().peran == "admin",
        )


@bp.get("/capaian/<kode>/<int:tahun>")
@need_peran("admin")
def edit_capaian(kode: str, tahun: int) -> ResponseReturnValue:
    with current_state().database.reading() as session:
        indikator = get_indikator(session, kode, tahun)
        target = session.get(Target, (indikator.id, tahun))
        realisasi = session.get(Realisasi, (indikator.id, tahun))
        target_form = TargetForm.of(target)
        realisasi_form = RealisasiForm.of(list_asal(session, indikator, tahun), realisasi)
    return _show_forms(indikator, tahun, target_form, realisasi_form)


@bp.get("/capaian/<kode>/<int:tahun>/riwayat")
@need_peran("admin", "pimpinan")
def show_riwayat_capaian(kode: str, tahun: int) -> ResponseReturnValue:
    with current_state().database.reading() as session:
        indikator = get_indikator(session, kode, tahun)
        riwayat = make_riwayat(session, indikator, tahun)
    return render_with_tabel(
        "admin/capaian/riwayat.html",
        [riwayat],
        indikator=indikator,
        tahun=tahun,
        boleh_ubah=get_sesi().peran == "admin",
    )


@bp.post("/capaian/<kode>/<int:tahun>/target")
@need_peran("admin")
def save_target(kode: str, tahun: int) -> ResponseReturnValue:
    form = TargetForm()
    with current_state().database.writing() as session:
        indikator = get_indikator(session, kode, tahun)
        form.highest = 100 if kode == KODE_IKM else None
        target = session.get(Target, (indikator.id, tahun))
        form.check_versi(target)
        if form.validate():
            before = values_of_baris(target)
            if target is None:
                target = Target(indikator_id=indikator.id, tahun=tahun)
                session.add(target)
            form.fill(target)
            catat_target(session, indikator, target, before)
        realisasi = session.get(Realisasi, (indikator.id, tahun))
        other = RealisasiForm.of(list_asal(session, indikator, tahun), realisasi)
    if form.errors:
        return _show_forms(indikator, tahun, form, other), 422
    flash(f"Target {tahun} sudah disimpan.")
    return redirect(url_for("admin.show_capaian", tahun=tahun), code=303)


@bp.post("/capaian/<kode>/<int:tahun>/realisasi")
@need_peran("admin")
def save_realisasi(kode: str, tahun: int) -> ResponseReturnValue:
    with current_state().database.writing() as session:
        indikator = get_indikator(session, kode, tahun)
        form = RealisasiForm()
        form.set_choices(list_asal(session, indikator, tahun))
        realisasi = session.get(Realisasi, (indikator.id, tahun))
        form.check_versi(realisasi)
        if form.validate():
            before = values_of_baris(realisasi)
            if realisasi is None:
                realisasi = Realisasi(indikator_id=indikator.id, tahun=tahun)
                session.add(realisasi)
            form.fill(realisasi)
            catat_realisasi(session, indikator, realisasi, before)
        other = TargetForm.of(session.get(Target, (indikator.id, tahun)))
    if form.errors:
        return _show_forms(indikator, tahun, other, form), 422
    flash(f"Sumber realisasi {tahun} sudah disimpan.")
    return redirect(url_for("admin.show_capaian", tahun=tahun), code=303)


def _show_forms(
    indikator: Indikator, tahun: int, target: TargetForm, realisasi: RealisasiForm
) -> str:
    return render_page(
        "admin/capaian/ubah.html",
        indikator=indikator,
        tahun=tahun,
        target_form=target,
        realisasi_form=realisasi,
    )


def get_indikator(session: Session, kode: str, tahun: int) -> Indikator:
    """The office's indikator; 404 if there is none or the year is out of reach."""
    if not TAHUN_TERAWAL <= tahun <= TAHUN_TERAKHIR:
        abort(404)
    kantor_id = get_akar_id(session)
    indikator = session.scalars(
        select(Indikator).where(Indikator.unit_id == kantor_id, Indikator.kode == kode)
    ).one_or_none()
    if indikator is None:
        abort(404)
    return indikator


def _offer_years(tahun: int, years: Sequence[int]) -> list[int]:
    """Years to choose from, newest first: those with a target, and those around today."""
    today = datetime.now(current_state().settings.timezone).year
    return sorted({tahun, *years, today - 1, today, today + 1}, reverse=True)


def _read_tahun(years: Sequence[int]) -> int:
    """The year asked for; else this year, or the newest one before it that has a target."""
    today = datetime.now(current_state().settings.timezone).date()
    text = request.args.get("tahun", "")
    if not text:
        return next((year for year in years if year <= today.year), today.year)
    if not text.isascii() or not text.isdigit() or len(text) != 4:
        abort(404)
    if not TAHUN_TERAWAL <= int(text) <= TAHUN_TERAKHIR:
        abort(404)
    return int(text)


def _read_definisi(
    session: Session, kantor_id: uuid.UUID, tahun: int
) -> list[tuple[str, NilaiRealisasi]]:
    """All three definitions of Probebaya, each with its figure or with what is missing."""
    return [
        (uraian, read_probebaya(session, kantor_id, tahun, definisi))
        for definisi, uraian in DEFINISI_PROBEBAYA.items()
    ]


def _make_anggaran(kelurahan: Sequence[DataKelurahan]) -> list[BarisAnggaran]:
    """One line per kelurahan and, last, their total."""
    rows = [
        BarisAnggaran(nama=k.nama, anggaran_rp=k.anggaran_rp, realisasi_rp=k.realisasi_rp)
        for k in kelurahan
    ]
    total = BarisAnggaran(
        nama="Jumlah",
        anggaran_rp=sum(row.anggaran_rp for row in rows),
        realisasi_rp=sum(row.realisasi_rp for row in rows),
    )
    return [*rows, total] if rows else []


def _make_tabel(baris: Sequence[BarisCapaian]) -> TabelHalaman:
    return TabelHalaman(
        nama="capaian",
        judul="Target, realisasi dan capaian",
        kolom=("Indikator", "Satuan", "Tahun", "Target", "Realisasi", "Capaian (%)", "Keadaan",
               "Asal realisasi"),
        baris=[
            (
                one.indikator.nama, one.indikator.satuan, tahunan.tahun, tahunan.target,
                tahunan.realisasi.nilai, tahunan.capaian,
                "sementara" if tahunan.realisasi.sementara else "tetap",
                tahunan.realisasi.asal,
            )
            for one in baris
            for tahunan in reversed(one.tahun)
        ],
    )  # fmt: skip


def _make_tabel_anggaran(anggaran: Sequence[BarisAnggaran]) -> TabelHalaman:
    return TabelHalaman(
        nama="anggaran",
        judul="Anggaran dan realisasi per kelurahan",
        kolom=("Kelurahan", "Anggaran (Rp)", "Realisasi (Rp)", "Persen"),
        baris=[(one.nama, one.anggaran_rp, one.realisasi_rp, one.persen) for one in anggaran],
    )
