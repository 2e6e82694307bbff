"""Import, from the confirmation on: it runs by itself, shows how far it is, and can be left."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime

from flask import abort, current_app, flash, jsonify, redirect, request, url_for
from flask.sansio.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from skm_app.admin.batch import get_batch, today
from skm_app.admin.blueprint import bp
from skm_app.admin.hak import get_pelaku, get_sesi, need_peran
from skm_app.admin.halaman import render_page
from skm_app.admin.impor import PENGISI, get_tempat_of, get_unggahan, show_periksa
from skm_app.admin.impor_kerja import Counted, Kemajuan, Pekerja
from skm_app.batch import (
    BatchError,
    count_excluded,
    count_stored,
    create_batch,
    has_open_usulan,
    lock_batch,
)
from skm_app.catatan import Pelaku, add_catatan
from skm_app.impor import import_rows
from skm_app.models import Batch, Unggahan
from skm_app.tempat import Tempat
from skm_app.unggahan import TemuanError, list_unggahan, read_isian, sidik_of
from skm_app.web import current_state
from skm_app.web.state import State

TANYA = "Pilih dahulu: berkas lama yang ditambah baris, atau kuesioner lain."
SEMUA = ("admin", "operator", "pimpinan")


def init_app(state: BlueprintSetupState) -> None:
    state.app.extensions["skm_impor"] = Pekerja()


bp.record_once(init_app)


def _pekerja() -> Pekerja:
    pekerja: Pekerja = current_app.extensions["skm_impor"]
    return pekerja


@bp.post("/impor/berkas/<uuid:unggahan_id>/simpan")
@need_peran(*PENGISI)
def store_impor(unggahan_id: uuid.UUID) -> ResponseReturnValue:
    state, sama = current_state(), request.form.get("sama", "")
    with state.database.reading() as session:
        unggahan = get_unggahan(session, unggahan_id)
        tempat = get_tempat_of(session, unggahan)
        hasil = unggahan.pilihan.get("hasil") or {"jumlah_galat": 1}
        if hasil["jumlah_galat"]:
            return redirect(url_for("admin.choose_kolom", unggahan_id=unggahan_id), code=303)
        if 0 < hasil["sudah_ada"] < hasil["jumlah"] and sama not in ("lanjutan", "baru"):
            return show_periksa(session, unggahan, tempat, hasil, TANYA), 422
    pelaku = get_pelaku()
    work = _Impor(state, unggahan, tempat, pelaku, today(), sama)
    try:
        batch_id = _pekerja().start(lambda: _prepare(unggahan_id, tempat, hasil["mulai"]), work)
    except BatchError as error:
        flash(str(error), "galat")
        return redirect(url_for("admin.check_impor", unggahan_id=unggahan_id), code=303)
    return redirect(url_for("admin.show_impor", batch_id=batch_id), code=303)


def _prepare(unggahan_id: uuid.UUID, tempat: Tempat, mulai: str) -> uuid.UUID:
    """The batch, before its rows: what is left of an import that was cut off."""
    with current_state().database.writing() as session:
        unggahan = get_unggahan(session, unggahan_id)
        batch = create_batch(
            session,
            tempat,
            "impor",
            date.fromisoformat(mulai),
            get_sesi().pengguna_id,
            datetime.now(UTC),
            nama_berkas=unggahan.nama,
            sidik_berkas=sidik_of(unggahan),
        )
        unggahan.pilihan = {**unggahan.pilihan, "batch_id": str(batch.id)}
        return batch.id


class _Impor:
    """The work itself, in a thread of its own: reads the file again, stores it all or not."""

    def __init__(
        self,
        state: State,
        unggahan: Unggahan,
        tempat: Tempat,
        pelaku: Pelaku,
        day: date,
        sama: str,
    ) -> None:
        self._state, self._unggahan, self._tempat = state, unggahan, tempat
        self._pelaku, self._day, self._sama = pelaku, day, sama

    def __call__(self, batch_id: uuid.UUID, kemajuan: Kemajuan) -> None:
        try:
            kemajuan.tahap = "Membaca dan memeriksa berkas"
            daftar = read_isian(
                self._unggahan,
                self._tempat,
                self._day,
                baru=self._sama == "baru",
                batch_id=batch_id,
            )
            kemajuan.tahap, kemajuan.semua = "Menyimpan jawaban", len(daftar)
            lanjutan = self._sama in ("lanjutan", "baru")
            hasil = import_rows(
                self._state.intake,
                daftar,
                lanjutan=lanjutan,
                watch=lambda rows: Counted(rows, kemajuan),
            )
        except Exception as error:
            self._give_up(batch_id)
            if isinstance(error, TemuanError):
                raise BatchError(f"Ada {error}; periksa lagi berkasnya.") from error
            raise
        kemajuan.tahap = "Mencatat hasil"
        with self._state.database.writing() as session:
            finish_impor(session, self._pelaku, batch_id, hasil.sudah_ada)
            unggahan = session.get(Unggahan, self._unggahan.id)
            if unggahan is not None:
                session.delete(unggahan)

    def _give_up(self, batch_id: uuid.UUID) -> None:
        with self._state.database.writing() as session:
            stop_impor(session, self._pelaku, batch_id)


def finish_impor(session: Session, pelaku: Pelaku, batch_id: uuid.UUID, sudah_ada: int = 0) -> None:
    """Note that the rows of a batch are stored; the caller commits."""
    batch = lock_batch(session, batch_id)
    if batch is None or batch.status != "diproses":
        return
    batch.status, batch.selesai = "tersimpan", datetime.now(UTC)
    batch.jumlah = count_stored(session, batch_id)
    keterangan = f"Berkas {batch.nama_berkas} diimpor sebagai {batch.kode}: {batch.jumlah} jawaban"
    add_catatan(
        session, pelaku, "impor", batch,
        f"{keterangan} baru, {sudah_ada} sudah ada sebelumnya.",
        unit_id=batch.unit_id, sesudah={"sidik_berkas": batch.sidik_berkas},
    )  # fmt: skip


def stop_impor(session: Session, pelaku: Pelaku, batch_id: uuid.UUID) -> None:
    """Note that nothing of a batch was stored; the caller commits."""
    batch = lock_batch(session, batch_id)
    if batch is None or batch.status != "diproses":
        return
    batch.status, batch.selesai = "batal", datetime.now(UTC)
    add_catatan(
        session, pelaku, "batal", batch,
        f"Impor {batch.kode} tidak jadi; tidak ada yang disimpan.", unit_id=batch.unit_id,
    )  # fmt: skip


@bp.get("/impor/<uuid:batch_id>")
@need_peran(*SEMUA)
def show_impor(batch_id: uuid.UUID) -> ResponseReturnValue:
    pekerja = _pekerja()
    with current_state().database.reading() as session:
        berjalan = pekerja.is_running(batch_id)
        batch = get_batch(session, batch_id, "impor")
        return render_page(
            "admin/impor/lihat.html",
            batch=batch,
            berjalan=berjalan,
            kemajuan=pekerja.find(batch_id),
            tersimpan=count_stored(session, batch_id) if batch.status == "diproses" else 0,
            unggahan=_find_own(session, batch),
            dikecualikan=count_excluded(session, [batch_id]).get(batch_id, 0),
            menunggu=batch.status == "tersimpan" and has_open_usulan(session, batch_id),
            boleh_ubah=get_sesi().peran in PENGISI,
        )


@bp.get("/impor/<uuid:batch_id>/kemajuan.json")
@need_peran(*SEMUA)
def show_kemajuan(batch_id: uuid.UUID) -> ResponseReturnValue:
    with current_state().database.reading() as session:
        get_batch(session, batch_id, "impor")
    kemajuan = _pekerja().find(batch_id)
    if kemajuan is None or not _pekerja().is_running(batch_id):
        return jsonify(berjalan=False)
    return jsonify(
        berjalan=True, tahap=kemajuan.tahap, selesai=kemajuan.selesai, semua=kemajuan.semua
    )


@bp.post("/impor/<uuid:batch_id>/ulangi")
@need_peran(*PENGISI)
def mend_impor(batch_id: uuid.UUID) -> ResponseReturnValue:
    """After the server was stopped: note what became of the rows, all of them or none."""
    with current_state().database.writing() as session:
        batch = get_batch(session, batch_id, "impor")
        if _pekerja().is_running(batch_id):
            abort(409)
        unggahan = _find_own(session, batch)
        if batch.status == "diproses" and count_stored(session, batch_id):
            finish_impor(session, get_pelaku(), batch_id)
            if unggahan is not None:
                session.delete(unggahan)
            unggahan = None
        else:
            stop_impor(session, get_pelaku(), batch_id)
        kembali = unggahan.id if unggahan is not None and batch.status == "batal" else None
    if kembali is None:
        return redirect(url_for("admin.show_impor", batch_id=batch_id), code=303)
    return redirect(url_for("admin.check_impor", unggahan_id=kembali), code=303)


def _find_own(session: Session, batch: Batch) -> Unggahan | None:
    """The file of a batch that was not stored, if this person may start it again."""
    found = list_unggahan(session, get_sesi().pengguna_id)
    return next((one for one in found if one.pilihan.get("batch_id") == str(batch.id)), None)
