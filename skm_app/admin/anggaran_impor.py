"""Import of a year's budget from one file, and what was imported before."""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session
from wtforms import BooleanField, HiddenField
from wtforms.validators import Length

from skm_app.admin.blueprint import bp
from skm_app.admin.forms import BerubahError, Formulir, make_teks
from skm_app.admin.hak import catat, get_akar_id, list_my_tree, need_peran
from skm_app.admin.milik import lock_unit
from skm_app.admin.tabel import TabelHalaman, render_with_tabel
from skm_app.admin.tahun_kinerja import choose_tahun
from skm_app.admin.unggah import read_unggahan
from skm_app.admin.unit import get_kantor_id
from skm_app.angka import format_angka
from skm_app.berkas import BerkasError, Fault
from skm_app.capaian import read_anggaran
from skm_app.capaian.anggaran_simpan import (
    RingkasAnggaran,
    RingkasUnit,
    compute_sidik_anggaran,
    replace_anggaran,
    summarize_isi,
    summarize_tersimpan,
)
from skm_app.capaian.berkas_anggaran import KOLOM, BerkasAnggaran, parse_anggaran
from skm_app.capaian.berkas_baca import Unit
from skm_app.models import Catatan
from skm_app.web import csrf, current_state
from skm_app.web.filters import format_waktu

MAX_UKURAN = 5 * 1024 * 1024
# A file up to this size travels with the form while a question about it is open.
MAX_TITIP = 200 * 1024
MAX_RIWAYAT = 100
BESAR = "berkas lebih dari 5 MB"
PILIH = "Pilih berkasnya."
ALASAN = "Anggaran tahun ini sudah ada dan akan diganti seluruhnya. Tulis alasannya."
CENTANG = "Centang bila memang demikian, atau lengkapi berkasnya."


class ImporAnggaranForm(Formulir):
    versi = HiddenField()
    titipan = HiddenField()
    nama_titipan = HiddenField(validators=[Length(max=200)])
    alasan = make_teks("Alasan mengganti", 300, keterangan="Misalnya anggaran perubahan (P-APBD).")
    kosong = BooleanField("Memang tidak ada anggaran untuk unit itu")


@dataclass(frozen=True, kw_only=True)
class BarisBanding:
    """Totals of a unit: stored now, and in the file; None: not there."""

    nama: str
    lama: RingkasUnit | RingkasAnggaran | None
    baru: RingkasUnit | RingkasAnggaran | None


@dataclass(frozen=True, kw_only=True)
class BarisRiwayat:
    """One record of the log about a year's budget. ``banding``: empty if it is no import."""

    waktu: str
    oleh: str
    keterangan: str
    alasan: str
    banding: tuple[BarisBanding, ...]


@bp.get("/anggaran/impor")
@need_peran("admin")
def show_impor_anggaran() -> ResponseReturnValue:
    with current_state().database.reading() as session:
        tahun = choose_tahun(session, get_kantor_id(session))[0]
        form = ImporAnggaranForm(formdata=None)
        form.versi.data = compute_sidik_anggaran(session, get_akar_id(session), tahun)
        return _render(session, tahun, form)


# The token is checked where the body is read.
@bp.post("/anggaran/impor")
@csrf.exempt  # type: ignore[untyped-decorator]  # flask-wtf has no types
@need_peran("admin")
def save_impor_anggaran() -> ResponseReturnValue:
    nama, data = read_unggahan()
    form = ImporAnggaranForm()
    if not data:
        nama, data = form.nama_titipan.data or "", _read_titipan(form)
    with current_state().database.writing() as session:
        tahun = choose_tahun(session, get_kantor_id(session))[0]
        akar_id = get_akar_id(session)
        lock_unit(session, akar_id)
        if not data:
            return _render(session, tahun, form, kurang=PILIH), 422
        try:
            berkas = _parse(session, data)
        except BerkasError as error:
            form.titipan.data = ""
            return _render(session, tahun, form, galat=error.faults), 422
        lama = summarize_tersimpan(read_anggaran(session, akar_id, tahun))
        if not form.validate() or _asks_more(form, berkas, lama):
            _keep(form, nama, data)
            return _render(session, tahun, form, berkas=berkas), 422
        if form.versi.data != compute_sidik_anggaran(session, akar_id, tahun):
            raise BerubahError
        replace_anggaran(session, akar_id, tahun, berkas.baris)
        baru = summarize_tersimpan(read_anggaran(session, akar_id, tahun))
        _log(session, tahun, lama, baru, form.alasan.data or "", nama, data, berkas)
    flash(f"Anggaran {tahun} sudah disimpan: {baru.baris} sub kegiatan.")
    return redirect(url_for("admin.show_riwayat_anggaran", tahun=tahun), code=303)


@bp.get("/anggaran/riwayat")
@need_peran("admin", "pimpinan")
def show_riwayat_anggaran() -> ResponseReturnValue:
    with current_state().database.reading() as session:
        tahun, years = choose_tahun(session, get_kantor_id(session))
        baris = _list_riwayat(session, tahun)
    return render_with_tabel(
        "admin/anggaran/riwayat.html",
        [_make_tabel_riwayat(baris, tahun)],
        tahun=tahun,
        years=years,
        baris=baris,
    )


def _parse(session: Session, data: bytes) -> BerkasAnggaran:
    """:raise BerkasError: with everything that is wrong with the file."""
    if len(data) > MAX_UKURAN:
        raise BerkasError([Fault(pesan=BESAR)])
    units = [Unit(id=one.id, nama=one.nama, jenis=one.jenis) for one in list_my_tree(session)]
    return parse_anggaran(data, units)


def _asks_more(form: ImporAnggaranForm, berkas: BerkasAnggaran, lama: RingkasAnggaran) -> bool:
    """Whether something has to be said before this file can take the place of what is stored."""
    if lama.baris and not form.alasan.data:
        form.alasan.errors = [ALASAN]
    if berkas.kosong and not form.kosong.data:
        form.kosong.errors = [CENTANG]
    return bool(form.errors)


def _read_titipan(form: ImporAnggaranForm) -> bytes:
    """The file that came with the form the last time, empty if none did."""
    try:
        return base64.b64decode(form.titipan.data or "", validate=True)
    except (binascii.Error, ValueError):
        return b""


def _keep(form: ImporAnggaranForm, nama: str, data: bytes) -> None:
    """Let a file travel with the form, so that it need not be chosen again."""
    small = len(data) <= MAX_TITIP
    form.titipan.data = base64.b64encode(data).decode() if small else ""
    form.nama_titipan.data = nama[:200] if small else ""


def _log(
    session: Session,
    tahun: int,
    lama: RingkasAnggaran,
    baru: RingkasAnggaran,
    alasan: str,
    nama: str,
    data: bytes,
    berkas: BerkasAnggaran,
) -> None:
    akar_id = get_akar_id(session)
    catat(
        session, "impor", ("anggaran", f"{akar_id}/{tahun}"),
        f"Anggaran {tahun}: dari {_describe(lama)} menjadi {_describe(baru)}.",
        unit_id=akar_id, alasan=alasan,
        sebelum=_values_of(lama) if lama.baris else None,
        sesudah={
            **_values_of(baru), "berkas": nama[:200], "sidik": hashlib.sha256(data).hexdigest(),
            "tanpa_anggaran": list(berkas.kosong),
        },
    )  # fmt: skip


def _describe(one: RingkasAnggaran) -> str:
    if not one.baris:
        return "belum ada"
    return (
        f"{one.baris} sub kegiatan, anggaran Rp{format_angka(one.anggaran_rp)}, "
        f"realisasi Rp{format_angka(one.realisasi_rp)}"
    )


def _values_of(one: RingkasAnggaran) -> dict[str, Any]:
    return {
        "baris": one.baris,
        "anggaran_rp": one.anggaran_rp,
        "realisasi_rp": one.realisasi_rp,
        "unit": {unit.nama: [unit.anggaran_rp, unit.realisasi_rp] for unit in one.unit},
    }


def _read_values(values: dict[str, Any] | None) -> RingkasAnggaran | None:
    """What ``_values_of`` logged; None if nothing was there."""
    if not values or "unit" not in values:
        return None
    return RingkasAnggaran(
        baris=values["baris"],
        anggaran_rp=values["anggaran_rp"],
        realisasi_rp=values["realisasi_rp"],
        unit=tuple(
            RingkasUnit(nama=nama, anggaran_rp=anggaran_rp, realisasi_rp=realisasi_rp)
            for nama, (anggaran_rp, realisasi_rp) in values["unit"].items()
        ),
    )


def _compare(lama: RingkasAnggaran | None, baru: RingkasAnggaran) -> tuple[BarisBanding, ...]:
    """The total, then unit by unit, those of the new one first."""
    before = {one.nama: one for one in lama.unit} if lama else {}
    after = {one.nama: one for one in baru.unit}
    total = BarisBanding(nama="Jumlah", lama=lama if lama and lama.baris else None, baru=baru)
    units = (
        BarisBanding(nama=nama, lama=before.get(nama), baru=after.get(nama))
        for nama in dict.fromkeys([*after, *before])
    )
    return (total, *units)


def _list_riwayat(session: Session, tahun: int) -> list[BarisRiwayat]:
    rows = session.scalars(
        select(Catatan)
        .where(
            Catatan.objek == "anggaran",
            Catatan.objek_id.in_([f"{one.id}/{tahun}" for one in list_my_tree(session)]),
        )
        .order_by(Catatan.nomor.desc())
        .limit(MAX_RIWAYAT)
    )
    return [_make_riwayat(one) for one in rows]


def _make_riwayat(one: Catatan) -> BarisRiwayat:
    baru = _read_values(one.sesudah) if one.aksi == "impor" else None
    text = one.keterangan
    if one.aksi == "ubah" and one.sesudah:
        text = f"{text} Menjadi: {one.sesudah.get('penjelasan') or 'dikosongkan'}"
    return BarisRiwayat(
        waktu=format_waktu(one.waktu),
        oleh=one.oleh,
        keterangan=text,
        alasan=one.alasan,
        banding=_compare(_read_values(one.sebelum), baru) if baru else (),
    )


def _make_tabel_riwayat(baris: Sequence[BarisRiwayat], tahun: int) -> TabelHalaman:
    return TabelHalaman(
        nama=f"riwayat-anggaran-{tahun}",
        judul=f"Riwayat anggaran {tahun}",
        kolom=("Waktu", "Oleh", "Yang dilakukan", "Alasan"),
        baris=[(one.waktu, one.oleh, one.keterangan, one.alasan) for one in baris],
    )


def _make_templat(session: Session, tahun: int) -> TabelHalaman:
    """A file to begin with: the header and one row for each unit."""
    return TabelHalaman(
        nama=f"templat-anggaran-{tahun}",
        judul="Contoh berkas anggaran",
        kolom=KOLOM,
        baris=[
            ("sub_kegiatan", one.nama, "PROGRAM ...", "Kegiatan ...", "Sub kegiatan ...", 0, 0,
             "", "")
            for one in list_my_tree(session)
        ],
    )  # fmt: skip


def _render(
    session: Session,
    tahun: int,
    form: ImporAnggaranForm,
    *,
    berkas: BerkasAnggaran | None = None,
    galat: Sequence[Fault] = (),
    kurang: str = "",
) -> str | Response:
    lama = summarize_tersimpan(read_anggaran(session, get_akar_id(session), tahun))
    return render_with_tabel(
        "admin/anggaran/impor.html",
        [_make_templat(session, tahun)],
        tahun=tahun,
        form=form,
        berkas=berkas,
        banding=_compare(lama, summarize_isi(berkas.baris)) if berkas else (),
        lama=lama,
        galat=galat,
        kurang=kurang,
        alamat=url_for("admin.save_impor_anggaran", tahun=tahun),
    )
