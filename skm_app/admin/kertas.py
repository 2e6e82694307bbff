"""Paper entry: batches, the grid in which forms are typed, double entry, storing."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime

from flask import abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from wtforms import BooleanField, ValidationError

from skm_app.admin.batch import (
    get_batch,
    get_tempat,
    list_baris,
    list_pilihan_titik,
    make_tabel_batch,
)
from skm_app.admin.blueprint import bp
from skm_app.admin.forms import Formulir, make_pilihan, make_tanggal
from skm_app.admin.hak import catat, get_sesi, need_peran
from skm_app.admin.halaman import render_page
from skm_app.admin.tabel import render_with_tabel
from skm_app.batch import (
    BatchError,
    count_excluded,
    create_batch,
    has_open_usulan,
    list_closed_periode,
    lock_batch,
)
from skm_app.batch.impor import EARLIEST
from skm_app.batch.kertas import (
    check_open,
    check_ready,
    count_lembar,
    delete_all_lembar,
    list_belum_kedua,
    list_lembar,
    make_daftar_isian,
)
from skm_app.batch.lembar import list_beda
from skm_app.catatan import values_of
from skm_app.intake import KonflikError
from skm_app.models import Batch
from skm_app.tempat import find_tempat
from skm_app.web import current_state, today

PENGISI = ("admin", "operator")
SEMUA = ("admin", "operator", "pimpinan")


class KertasForm(Formulir):
    titik = make_pilihan("Titik tempat kuesioner dibagikan")
    tanggal = make_tanggal("Tanggal pengisian kuesioner", "Isi tanggal pengisian kuesioner.")
    ganda = BooleanField("Setiap lembar diketik dua kali, lalu dibandingkan")

    def validate_tanggal(self, field: object) -> None:
        day = self.tanggal.data
        if isinstance(day, date) and not EARLIEST <= day <= today():
            raise ValidationError("Tanggal harus hari ini atau sebelumnya.")


@bp.get("/kertas")
@need_peran(*SEMUA)
def list_kertas() -> ResponseReturnValue:
    with current_state().database.reading() as session:
        baris = list_baris(session, "kertas")
        diketik = count_lembar(session, [one.batch.id for one in baris])
    return render_with_tabel(
        "admin/kertas/daftar.html",
        [make_tabel_batch("kertas", "Daftar batch kertas", baris)],
        baris=baris,
        diketik=diketik,
        boleh_ubah=get_sesi().peran in PENGISI,
    )


@bp.get("/kertas/tambah")
@need_peran(*PENGISI)
def add_kertas() -> ResponseReturnValue:
    form = KertasForm()
    with current_state().database.reading() as session:
        form.titik.choices = list_pilihan_titik(session)
    return render_page("admin/kertas/tambah.html", form=form)


@bp.post("/kertas/tambah")
@need_peran(*PENGISI)
def save_kertas() -> ResponseReturnValue:
    form = KertasForm()
    with current_state().database.writing() as session:
        form.titik.choices = list_pilihan_titik(session)
        if form.validate():
            tempat = find_tempat(session, form.titik.data, form.tanggal.data)
            if tempat is None or not tempat.layanan:
                form.titik.errors = ["Unit titik ini belum mempunyai layanan."]
            else:
                batch = create_batch(
                    session, tempat, "kertas", form.tanggal.data, get_sesi().pengguna_id,
                    datetime.now(UTC), ganda=form.ganda.data,
                )  # fmt: skip
                catat(
                    session, "tambah", batch, f"Batch kertas {batch.kode} dibuat.",
                    unit_id=batch.unit_id, sesudah=values_of(batch),
                )  # fmt: skip
    if form.errors:
        return render_page("admin/kertas/tambah.html", form=form), 422
    flash(f"Batch {batch.kode} dibuat. Tulis {batch.kode} pada tumpukan kertasnya.")
    return redirect(url_for("admin.fill_lembar", batch_id=batch.id), code=303)


@bp.get("/kertas/<uuid:batch_id>")
@need_peran(*SEMUA)
def show_kertas(batch_id: uuid.UUID) -> ResponseReturnValue:
    with current_state().database.reading() as session:
        batch = get_batch(session, batch_id, "kertas")
        tempat = get_tempat(session, batch.titik_id, batch.tanggal)
        daftar = list_lembar(session, batch.id)
        beda = list_beda(daftar, tempat) if batch.ganda else []
        return render_page(
            "admin/kertas/lihat.html",
            batch=batch,
            kantor=tempat.kantor,
            daftar=daftar,
            belum_kedua=list_belum_kedua(batch, daftar),
            beda={one.nomor for one in beda},
            ditutup=list_closed_periode(session, batch.unit_id, batch.tanggal, batch.tanggal),
            dikecualikan=count_excluded(session, [batch.id]).get(batch.id, 0),
            menunggu=batch.status == "tersimpan" and has_open_usulan(session, batch.id),
            boleh_ubah=get_sesi().peran in PENGISI,
        )


@bp.post("/kertas/<uuid:batch_id>/simpan")
@need_peran(*PENGISI)
def store_kertas(batch_id: uuid.UUID) -> ResponseReturnValue:
    """Store all forms at once.

    First the batch is shut, then everything is stored under the submissions' own ids, then the
    drafts go. Whatever happens in between, pressing again finishes it and stores nothing twice.
    """
    state = current_state()
    try:
        with state.database.writing() as session:
            batch = lock_kertas(session, batch_id)
            if batch.status in ("tersimpan", "batal"):
                return back_to(batch_id)
            tempat = get_tempat(session, batch.titik_id, batch.tanggal)
            daftar = list_lembar(session, batch.id)
            check_ready(batch, daftar, tempat)
            daftar_isian = make_daftar_isian(batch, daftar, tempat)
            batch.status = "diproses"
        state.intake.record_all(daftar_isian)
    except BatchError as error:
        flash(str(error), "galat")
        return back_to(batch_id)
    except KonflikError:
        # Only another secret key makes the same form look different.
        flash("Sebagian lembar sudah tersimpan dengan kunci rahasia lain. Hubungi admin.", "galat")
        return back_to(batch_id)
    _finish(batch_id, len(daftar_isian))
    flash(f"{len(daftar_isian)} lembar dari batch {batch.kode} sudah disimpan ke hasil survei.")
    return back_to(batch_id)


def _finish(batch_id: uuid.UUID, jumlah: int) -> None:
    with current_state().database.writing() as session:
        batch = lock_kertas(session, batch_id)
        if batch.status != "diproses":
            return  # the button was pressed twice
        delete_all_lembar(session, batch.id)
        batch.status, batch.jumlah, batch.selesai = "tersimpan", jumlah, datetime.now(UTC)
        catat(
            session, "simpan", batch,
            f"{jumlah} lembar batch kertas {batch.kode} disimpan ke hasil.",
            unit_id=batch.unit_id,
        )  # fmt: skip


@bp.post("/kertas/<uuid:batch_id>/batal")
@need_peran(*PENGISI)
def cancel_kertas(batch_id: uuid.UUID) -> ResponseReturnValue:
    with current_state().database.writing() as session:
        batch = lock_kertas(session, batch_id)
        try:
            check_open(batch)
        except BatchError as error:
            flash(str(error), "galat")
            return back_to(batch_id)
        jumlah = len(list_lembar(session, batch.id))
        delete_all_lembar(session, batch.id)
        batch.status, batch.selesai = "batal", datetime.now(UTC)
        catat(
            session, "batal", batch,
            f"Batch kertas {batch.kode} dibatalkan; {jumlah} lembar yang belum disimpan dihapus.",
            unit_id=batch.unit_id,
        )  # fmt: skip
        kode = batch.kode
    flash(f"Batch {kode} dibatalkan. Tidak ada lembarnya yang masuk ke hasil survei.")
    return redirect(url_for("admin.list_kertas"), code=303)


def lock_kertas(session: Session, batch_id: uuid.UUID) -> Batch:
    """A paper batch of this person's units, kept from others; 404 for any other."""
    get_batch(session, batch_id, "kertas")
    batch = lock_batch(session, batch_id)
    if batch is None:
        abort(404)
    return batch


def back_to(batch_id: uuid.UUID) -> ResponseReturnValue:
    """To the page of a batch."""
    return redirect(url_for("admin.show_kertas", batch_id=batch_id), code=303)
