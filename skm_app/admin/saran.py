"""Comments: read them, say what they are about, release some for the public.

Lists show a comment without personal data; its own page shows it as it was written, and that
somebody read it goes into the audit log.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from skm_app.admin.blueprint import bp
from skm_app.admin.forms import BerubahError
from skm_app.admin.hak import catat, get_sesi, list_my_tree, need_peran
from skm_app.admin.halaman import SEMUA, render_page
from skm_app.admin.halaman_daftar import read_halaman
from skm_app.admin.saran_form import NAMES, LayananUnit, SaringanForm, TandaForm, TinjauanForm
from skm_app.admin.tabel import TabelHalaman, render_with_tabel
from skm_app.admin.unit import UnitPohon
from skm_app.models import Layanan, Saran, TinjauanSaran, Unit
from skm_app.periode import DEFAULT_INSTRUMEN
from skm_app.results import get_instrumen
from skm_app.saran import SaranError, change_tanda, read_tanda, review_saran
from skm_app.saran.daftar import (
    MAX_DICARI,
    MAX_HALAMAN,
    PER_HALAMAN,
    BarisSaran,
    list_saran,
    read_kapan,
)
from skm_app.saran.sensor import mask_text, split_sensor
from skm_app.scoring import Unsur
from skm_app.web import current_state, today

MAX_UNDUH = 5000
PETUGAS = ("admin", "operator")


@bp.get("/saran")
@need_peran(*SEMUA)
def list_all_saran() -> ResponseReturnValue:
    halaman = read_halaman(PER_HALAMAN, MAX_HALAMAN)
    with current_state().database.reading() as session:
        pohon = list_my_tree(session)
        unsur = list_unsur(session)
        form = SaringanForm.of(request.args, today())
        form.set_choices(pohon, _list_layanan(session, pohon), unsur)
        found: list[BarisSaran] = []
        terpotong = False
        if form.validate():
            unduh = "unduh" in request.args
            daftar = list_saran(
                session,
                form.to_saringan(pohon),
                lewati=0 if unduh else halaman.mulai,
                # One more than is shown, to know whether there is another page.
                batas=MAX_UNDUH if unduh else PER_HALAMAN + 1,
            )
            found, terpotong = daftar.baris, daftar.terpotong
    if "unduh" in request.args and not form.errors:
        _log_unduh(form, len(found))
    page = render_with_tabel(
        "admin/saran/daftar.html",
        [_make_tabel(found, unsur)],
        form=form,
        baris=[(one, split_sensor(one.teks)) for one in found[:PER_HALAMAN]],
        unsur=unsur,
        batas_cari=MAX_DICARI if terpotong else None,
        kueri=_kueri(),
        halaman=halaman,
        ada_lagi=halaman.has_next(len(found)),
        boleh_ubah=get_sesi().peran in PETUGAS,
    )
    return page, 422 if form.errors else 200


@bp.get("/saran/<uuid:saran_id>")
@need_peran(*SEMUA)
def read_saran(saran_id: uuid.UUID) -> ResponseReturnValue:
    # Reading is written down: the full text may name somebody.
    with current_state().database.writing() as session:
        saran = get_saran(session, saran_id)
        catat(session, "baca saran", saran, "Membaca teks lengkap.", unit_id=saran.unit_id)
    with current_state().database.reading() as session:
        return render_saran(session, saran, _open_form(session, saran))


@bp.post("/saran/<uuid:saran_id>/tinjauan")
@need_peran(*PETUGAS)
def review(saran_id: uuid.UUID) -> ResponseReturnValue:
    form = TinjauanForm()
    try:
        with current_state().database.writing() as session:
            saran = get_saran(session, saran_id)
            tinjauan = session.get(TinjauanSaran, saran_id)
            form.check_versi(tinjauan)
            if not form.validate() or not _store_tinjauan(session, saran, tinjauan, form):
                return render_saran(session, saran, form), 422
    except IntegrityError:
        # Somebody else was the first to look at it, at the same moment.
        raise BerubahError from None
    flash("Tinjauan saran sudah disimpan.")
    return redirect(url_for("admin.list_all_saran"), code=303)


@bp.post("/saran/<uuid:saran_id>/tanda")
@need_peran(*PETUGAS)
def tag_saran(saran_id: uuid.UUID) -> ResponseReturnValue:
    database = current_state().database
    form = TandaForm()
    with database.writing() as session:
        saran = get_saran(session, saran_id)
        form.set_choices(list_unsur(session))
        if not form.validate():
            abort(400)
        before, after = change_tanda(database, session, saran, form.unsur.data)
        if before != after:
            catat(
                session,
                "tandai saran",
                saran,
                "Mengubah unsur sebuah saran.",
                unit_id=saran.unit_id,
                sebelum={"unsur": list(before)},
                sesudah={"unsur": list(after)},
            )
    flash("Tanda unsur sudah disimpan.")
    kueri: dict[str, Any] = dict(_kueri())
    alamat = url_for("admin.list_all_saran", **kueri, _anchor=f"saran-{saran_id}")
    return redirect(alamat, code=303)


def get_saran(session: Session, saran_id: uuid.UUID) -> Saran:
    """A comment of this person's units; 404 for any other."""
    saran = session.get(Saran, saran_id)
    if saran is None or all(unit.id != saran.unit_id for unit in list_my_tree(session)):
        abort(404)
    return saran


def list_unsur(session: Session) -> tuple[Unsur, ...]:
    """The nine unsur of the regulation, in its order."""
    return get_instrumen(session, DEFAULT_INSTRUMEN).unsur


def render_saran(session: Session, saran: Saran, form: TinjauanForm) -> str:
    return render_page(
        "admin/saran/lihat.html",
        saran=saran,
        form=form,
        kapan=read_kapan(session, saran),
        unit=session.get_one(Unit, saran.unit_id).nama,
        layanan=session.get_one(Layanan, saran.layanan_id).nama,
        bagian=split_sensor(saran.teks),
        unsur=list_unsur(session),
        tanda=read_tanda(session, [saran.id]).get(saran.id, ()),
        boleh_ubah=get_sesi().peran in PETUGAS,
    )


def _open_form(session: Session, saran: Saran) -> TinjauanForm:
    tinjauan = session.get(TinjauanSaran, saran.id)
    if tinjauan is None:
        return TinjauanForm(teks=mask_text(saran.teks), versi="")
    form = TinjauanForm(teks=tinjauan.teks_aman, tayang=tinjauan.boleh_tayang)
    form.open_for(tinjauan)
    return form


def _store_tinjauan(
    session: Session, saran: Saran, tinjauan: TinjauanSaran | None, form: TinjauanForm
) -> bool:
    before = {"boleh_tayang": tinjauan.boleh_tayang if tinjauan else False}
    try:
        row = review_saran(session, saran, tinjauan, form.teks.data, tayang=form.tayang.data)
    except SaranError as error:
        form.teks.errors = [str(error)]
        return False
    catat(
        session,
        "tinjau saran",
        row,
        "Saran boleh ditayangkan." if row.boleh_tayang else "Saran tidak ditayangkan.",
        unit_id=saran.unit_id,
        sebelum=before,
        sesudah={"boleh_tayang": row.boleh_tayang},
    )
    return True


def _make_tabel(found: Sequence[BarisSaran], unsur: Sequence[Unsur]) -> TabelHalaman:
    kode = {one.kunci: one.kode for one in unsur}
    return TabelHalaman(
        nama="saran",
        judul="Saran dan pengaduan",
        kolom=("Waktu", "Unit", "Layanan", "Jenis", "Unsur", "Isi"),
        baris=[
            (
                one.kapan,
                one.unit,
                one.layanan,
                "Pengaduan" if one.pengaduan else "Saran",
                ", ".join(kode.get(kunci, kunci) for kunci in one.unsur),
                one.teks,
            )
            for one in found
        ],
    )


def _log_unduh(form: SaringanForm, jumlah: int) -> None:
    unit_id = uuid.UUID(form.unit.data)
    with current_state().database.writing() as session:
        catat(
            session,
            "unduh saran",
            ("unit", str(unit_id)),
            f"Mengunduh {jumlah} saran tanpa data pribadi.",
            unit_id=unit_id,
        )


def _list_layanan(session: Session, pohon: Sequence[UnitPohon]) -> list[LayananUnit]:
    names = {unit.id: unit.nama for unit in pohon}
    place = {unit.id: number for number, unit in enumerate(pohon)}
    rows = session.execute(
        select(Layanan.id, Layanan.nama, Layanan.unit_id)
        .where(Layanan.unit_id.in_(names))
        .order_by(Layanan.urutan, Layanan.nama)
    ).all()
    return [
        (id_, nama, names[unit_id])
        for id_, nama, unit_id in sorted(rows, key=lambda row: place[row.unit_id])
    ]


def _kueri() -> dict[str, str]:
    """The filters of this address, for links that keep them."""
    names = (*NAMES, "hal")
    return {name: request.args[name] for name in names if request.args.get(name)}
