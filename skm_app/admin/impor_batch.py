"""Import, from the confirmation on: it runs by itself, shows how far it is, and can be left."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime

from flask import abort, current_app, flash, jsonify, redirect, request, url_for
from flask.sansio.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from skm_app.admin.batch import get_batch
from skm_app.admin.blueprint import bp
from skm_app.admin.hak import get_pelaku, get_sesi, need_peran
from skm_app.admin.halaman import render_page
from skm_app.admin.impor import (
    PENGISI,
    flash_berganti,
    get_tempat_of,
    get_unggahan,
    show_periksa,
)
from skm_app.admin.impor_kerja import Counted, Pekerja
from skm_app.admin.kerja import Kemajuan, SibukError
from skm_app.batch import (
    BatchError,
    count_excluded,
    count_stored,
    create_batch,
    has_open_usulan,
    lock_batch,
)
from skm_app.batch.impor import import_rows
from skm_app.batch.unggahan import TemuanError, find_hasil, list_unggahan, read_isian, sidik_of
from skm_app.catatan import Pelaku, add_catatan
from skm_app.database import Database
from skm_app.models import Batch, Unggahan
from skm_app.tempat import Tempat
from skm_app.web import current_state, today
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
        hasil = find_hasil(unggahan, tempat)
        if hasil is None or hasil["jumlah_galat"]:
            if hasil is None:
                flash_berganti(unggahan)
            return redirect(url_for("admin.choose_kolom", unggahan_id=unggahan_id), code=303)
        if 0 < hasil["sudah_ada"] < hasil["jumlah"] and sama not in ("lanjutan", "baru"):
            return show_periksa(session, unggahan, tempat, hasil, TANYA), 422
    pelaku = get_pelaku()
    work = _Impor(state, unggahan, tempat, pelaku, today(), sama)
    try:
        batch_id = _pekerja().start(
            lambda batch_id: _prepare(batch_id, unggahan_id, tempat, hasil["mulai"]),
            work,
            "Membaca berkas",
        )
    except (BatchError, SibukError) as error:
        flash(str(error), "galat")
        return redirect(url_for("admin.check_impor", unggahan_id=unggahan_id), code=303)
    return redirect(url_for("admin.show_impor", batch_id=batch_id), code=303)


def _prepare(batch_id: uuid.UUID, unggahan_id: uuid.UUID, tempat: Tempat, mulai: str) -> None:
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
            batch_id=batch_id,
        )
        unggahan.pilihan = {**unggahan.pilihan, "batch_id": str(batch.id)}


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
            with self._state.database.reading() as session:
                daftar = read_isian(
                    session,
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
            if self._is_stored(batch_id):
                return
            if isinstance(error, TemuanError):
                raise BatchError(f"Ada {error}; periksa lagi berkasnya.") from error
            raise
        kemajuan.tahap = "Mencatat hasil"
        with self._state.database.writing() as session:
            finish_impor(session, self._pelaku, batch_id, hasil.sudah_ada)
            self._drop_file(session)

    def _is_stored(self, batch_id: uuid.UUID) -> bool:
        """After an error: note what became of the rows, which the error alone does not tell."""
        with self._state.database.writing() as session:
            _wait_for_rows(self._state.database, session)
            stored = stop_impor(session, self._pelaku, batch_id)
            if stored:
                self._drop_file(session)
        return stored

    def _drop_file(self, session: Session) -> None:
        unggahan = session.get(Unggahan, self._unggahan.id)
        if unggahan is not None:
            session.delete(unggahan)


def _wait_for_rows(database: Database, session: Session) -> None:
    """Wait for a transaction that still stores rows, though its connection may be lost."""
    database.lock_intake(session.connection(), exclusive=False)


def finish_impor(
    session: Session, pelaku: Pelaku, batch_id: uuid.UUID, sudah_ada: int | None = None
) -> None:
    """Note that the rows of a batch are stored; the caller commits.

    Even of a batch that was given up meanwhile: the rows are there.

    :param sudah_ada: how many had been stored before; None: nobody knows any more.
    """
    batch = lock_batch(session, batch_id)
    if batch is None or batch.status == "tersimpan":
        return
    batch.status, batch.selesai = "tersimpan", datetime.now(UTC)
    batch.jumlah = count_stored(session, batch_id)
    before = "" if sudah_ada is None else f", {sudah_ada} sudah ada sebelumnya"
    add_catatan(
        session, pelaku, "impor", batch,
        f"Berkas {batch.nama_berkas} diimpor sebagai {batch.kode}: {batch.jumlah} jawaban "
        f"baru{before}.",
        unit_id=batch.unit_id, sesudah={"sidik_berkas": batch.sidik_berkas},
    )  # fmt: skip


def stop_impor(session: Session, pelaku: Pelaku, batch_id: uuid.UUID) -> bool:
    """Note what became of an import that ended early; the caller commits.

    :return: whether its rows are stored after all, as when only the answer to COMMIT was lost.
    """
    batch = lock_batch(session, batch_id)
    if batch is not None and count_stored(session, batch_id):
        finish_impor(session, pelaku, batch_id)
        return True
    if batch is None or batch.status != "diproses":
        return False
    batch.status, batch.selesai = "batal", datetime.now(UTC)
    add_catatan(
        session, pelaku, "batal", batch,
        f"Impor {batch.kode} tidak jadi; tidak ada yang disimpan.", unit_id=batch.unit_id,
    )  # fmt: skip
    return False


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
    database = current_state().database
    with database.writing() as session:
        batch = get_batch(session, batch_id, "impor")
        if _pekerja().is_running(batch_id):
            abort(409)
        _wait_for_rows(database, session)
        unggahan = _find_own(session, batch)
        if stop_impor(session, get_pelaku(), batch_id) and unggahan is not None:
            session.delete(unggahan)
            unggahan = None
        kembali = unggahan.id if unggahan is not None and batch.status == "batal" else None
    if kembali is None:
        return redirect(url_for("admin.show_impor", batch_id=batch_id), code=303)
    return redirect(url_for("admin.check_impor", unggahan_id=kembali), code=303)


def _find_own(session: Session, batch: Batch) -> Unggahan | None:
    """The file of a batch that was not stored, if this person may start it again."""
    found = list_unggahan(session, get_sesi().pengguna_id)
    return next((one for one in found if one.pilihan.get("batch_id") == str(batch.id)), None)
