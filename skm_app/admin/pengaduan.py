"""Complaints: the list with the overdue first, and the work on one of them."""

from __future__ import annotations

import hashlib
import uuid
from datetime import UTC, datetime
from typing import Any

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from wtforms import SelectChoice, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from skm_app.admin.blueprint import bp
from skm_app.admin.forms import (
    BerubahError,
    FieldTanggal,
    FormulirUbah,
    clean_teks,
    make_radio,
    make_teks,
)
from skm_app.admin.hak import catat, get_sesi, list_my_tree, need_peran
from skm_app.admin.halaman import SEMUA, render_page
from skm_app.admin.halaman_daftar import read_halaman
from skm_app.admin.tabel import TabelHalaman, render_with_tabel
from skm_app.catatan import changes_between, values_of
from skm_app.intake.isian import clean_saran
from skm_app.kode import forgive_kode
from skm_app.models import Layanan, Pengaduan, Saran, Unit
from skm_app.saran.pengaduan import (
    LANGKAH,
    STATUS_LABEL,
    BarisPengaduan,
    Langkah,
    PengaduanError,
    count_overdue,
    due_date,
    find_by_kode,
    list_pengaduan,
    take_langkah,
)
from skm_app.saran.sensor import mask_text, split_sensor
from skm_app.web import current_state, today

PER_HALAMAN = 50
MAX_HALAMAN = 100
MAX_UNDUH = 5000
MAX_JAWABAN = 2000
PETUGAS = ("admin", "operator")
SARINGAN = {"": "Semua", "terlambat": "Lewat tenggat", **STATUS_LABEL}
LANGKAH_LABEL = {
    ("baru", "diproses"): "Mulai ditangani",
    ("diproses", "diproses"): "Masih ditangani",
    ("diproses", "selesai"): "Selesai, sudah dijawab",
    ("selesai", "diproses"): "Buka kembali",
}


class PengaduanForm(FormulirUbah):
    status = make_radio("Langkah berikutnya")
    tenggat = FieldTanggal("Dijawab paling lambat", validators=[InputRequired("Isi tanggal.")])
    penanggung_jawab = make_teks("Siapa yang menangani", 100)
    jawaban = TextAreaField(
        "Jawaban untuk warga",
        description="Terbaca oleh warga dengan kode pengaduannya begitu disimpan. Jangan sebut "
        "nama atau data pribadi.",
        filters=[lambda text: clean_saran(text) or ""],
        validators=[Length(max=MAX_JAWABAN, message=f"Paling panjang {MAX_JAWABAN} karakter.")],
    )
    alasan = StringField(
        "Mengapa dibuka kembali",
        filters=[clean_teks],
        validators=[Length(max=500, message="Paling panjang 500 karakter.")],
    )

    def set_choices(self, status: str) -> None:
        """Only the steps that are allowed from where the complaint is."""
        self.status.choices = [
            SelectChoice(one, LANGKAH_LABEL[status, one]) for one in LANGKAH[status]
        ]
        self.status.data = self.status.data or LANGKAH[status][0]

    def to_langkah(self) -> Langkah:
        """The step that was filled in; only after ``validate``."""
        assert self.tenggat.data is not None  # it is required
        return Langkah(
            status=self.status.data,
            tenggat=self.tenggat.data,
            penanggung_jawab=self.penanggung_jawab.data,
            jawaban=self.jawaban.data,
            alasan=self.alasan.data,
        )


# Called like this in the menu; ``skm_app.saran.pengaduan.list_pengaduan`` reads what it shows.
@bp.get("/pengaduan", endpoint="list_pengaduan")
@need_peran(*SEMUA)
def show_daftar() -> ResponseReturnValue:
    status = request.args.get("status", "")
    halaman = read_halaman(PER_HALAMAN, MAX_HALAMAN)
    if status not in SARINGAN:
        abort(404)
    unduh = "unduh" in request.args
    with current_state().database.reading() as session:
        unit_ids = [unit.id for unit in list_my_tree(session)]
        terlambat = count_overdue(session, unit_ids, today())
        found = list_pengaduan(
            session,
            unit_ids,
            today(),
            status=status or None,
            lewati=0 if unduh else halaman.mulai,
            batas=MAX_UNDUH if unduh else PER_HALAMAN + 1,
        )
    if unduh:
        _log_unduh(unit_ids[0], len(found))
    return render_with_tabel(
        "admin/pengaduan/daftar.html",
        [_make_tabel(found)],
        baris=[(one, split_sensor(one.saran.teks)) for one in found[:PER_HALAMAN]],
        hari_ini=today(),
        terlambat=terlambat,
        label=STATUS_LABEL,
        saringan=SARINGAN,
        status=status,
        halaman=halaman,
        ada_lagi=halaman.has_next(len(found)),
        boleh_ubah=get_sesi().peran in PETUGAS,
    )


@bp.post("/pengaduan/cari")
@need_peran(*PETUGAS)
def find_pengaduan() -> ResponseReturnValue:
    """To a complaint by the code that a citizen has brought along; never in an address."""
    kode = forgive_kode(request.form.get("kode", ""))
    with current_state().database.reading() as session:
        saran = find_by_kode(session, kode)
        known = saran is not None and saran.unit_id in {u.id for u in list_my_tree(session)}
    if saran is None or not known:
        flash("Kode pengaduan ini tidak ditemukan. Mohon periksa hurufnya sekali lagi.", "galat")
        return redirect(url_for("admin.list_pengaduan"), code=303)
    return redirect(url_for("admin.show_pengaduan", saran_id=saran.id), code=303)


@bp.get("/pengaduan/<uuid:saran_id>")
@need_peran(*SEMUA)
def show_pengaduan(saran_id: uuid.UUID) -> ResponseReturnValue:
    # Reading is written down: the full text may name somebody.
    with current_state().database.writing() as session:
        saran = get_pengaduan(session, saran_id)
        catat(session, "baca pengaduan", saran, "Membaca teks lengkap.", unit_id=saran.unit_id)
    with current_state().database.reading() as session:
        return _render(session, saran, _open_form(session, saran))


@bp.post("/pengaduan/<uuid:saran_id>")
@need_peran(*PETUGAS)
def work_on(saran_id: uuid.UUID) -> ResponseReturnValue:
    form = PengaduanForm()
    try:
        with current_state().database.writing() as session:
            saran = get_pengaduan(session, saran_id)
            row = session.get(Pengaduan, saran_id)
            form.check_versi(row)
            form.set_choices(row.status if row else "baru")
            if not form.validate() or not _store(session, saran, row, form):
                return _render(session, saran, form), 422
    except IntegrityError:
        # Somebody else was the first to begin with it, at the same moment.
        raise BerubahError from None
    flash("Penanganan pengaduan sudah disimpan.")
    return redirect(url_for("admin.list_pengaduan"), code=303)


def get_pengaduan(session: Session, saran_id: uuid.UUID) -> Saran:
    """A complaint of this person's units; 404 for any other."""
    saran = session.get(Saran, saran_id)
    in_tree = saran and any(unit.id == saran.unit_id for unit in list_my_tree(session))
    if saran is None or not saran.pengaduan or not in_tree:
        abort(404)
    return saran


def _render(session: Session, saran: Saran, form: PengaduanForm) -> str:
    row = session.get(Pengaduan, saran.id)
    unit, layanan = session.get_one(Unit, saran.unit_id), session.get_one(Layanan, saran.layanan_id)
    return render_page(
        "admin/pengaduan/lihat.html",
        baris=BarisPengaduan(saran=saran, unit=unit.nama, layanan=layanan.nama, row=row),
        form=form,
        label=STATUS_LABEL,
        hari_ini=today(),
        boleh_ubah=get_sesi().peran in PETUGAS,
    )


def _open_form(session: Session, saran: Saran) -> PengaduanForm:
    row = session.get(Pengaduan, saran.id)
    if row is None:
        form = PengaduanForm(tenggat=due_date(saran.tanggal), versi="")
    else:
        # Not obj=row: the status in the form is the next one.
        form = PengaduanForm(
            tenggat=row.tenggat, penanggung_jawab=row.penanggung_jawab, jawaban=row.jawaban
        )
        form.open_for(row)
    form.set_choices(row.status if row else "baru")
    return form


def _store(session: Session, saran: Saran, row: Pengaduan | None, form: PengaduanForm) -> bool:
    before = _values(row) if row else {"status": "baru"}
    try:
        row = take_langkah(session, saran, row, form.to_langkah(), datetime.now(UTC))
    except PengaduanError as error:
        form[error.field].errors = [str(error)]
        return False
    sebelum, sesudah = changes_between(before, _values(row))
    if sesudah:
        catat(
            session,
            "tangani pengaduan",
            row,
            f"Pengaduan: {STATUS_LABEL[row.status].lower()}.",
            unit_id=saran.unit_id,
            alasan=form.alasan.data,
            sebelum=sebelum,
            sesudah=sesudah,
        )
    return True


def _values(row: Pengaduan) -> dict[str, Any]:
    """What the log keeps: not the answer itself, which may repeat the complaint."""
    values = values_of(row)
    sidik = hashlib.sha256(row.jawaban.encode()).hexdigest()[:16]
    values["jawaban"] = f"{len(row.jawaban)} karakter, sidik {sidik}"
    return values


def _make_tabel(found: list[BarisPengaduan]) -> TabelHalaman:
    return TabelHalaman(
        nama="pengaduan",
        judul="Pengaduan warga",
        kolom=(
            "Tenggat",
            "Status",
            "Unit",
            "Layanan",
            "Penanggung jawab",
            "Isi pengaduan",
            "Jawaban",
        ),
        baris=[
            (
                one.tenggat,
                STATUS_LABEL[one.status],
                one.unit,
                one.layanan,
                one.row.penanggung_jawab if one.row else "",
                mask_text(one.saran.teks),
                one.row.jawaban if one.row else "",
            )
            for one in found
        ],
    )


def _log_unduh(unit_id: uuid.UUID, jumlah: int) -> None:
    with current_state().database.writing() as session:
        catat(
            session,
            "unduh pengaduan",
            ("unit", str(unit_id)),
            f"Mengunduh {jumlah} pengaduan tanpa data pribadi.",
            unit_id=unit_id,
        )
