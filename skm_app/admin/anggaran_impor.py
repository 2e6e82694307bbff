"""Import of a year's budget from one file."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from flask import Response, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from wtforms import BooleanField

from skm_app.admin.anggaran_riwayat import (
    MAX_PERUBAHAN,
    compare_ringkas,
    list_values,
    to_values,
)
from skm_app.admin.blueprint import bp
from skm_app.admin.forms import BerubahError, make_teks
from skm_app.admin.hak import catat, get_akar_id, list_my_tree, need_peran
from skm_app.admin.impor_tahun import PILIH, ImporTahunForm, check_ukuran
from skm_app.admin.milik import lock_unit
from skm_app.admin.tabel import TabelHalaman, render_with_tabel
from skm_app.admin.tahun_kinerja import choose_tahun
from skm_app.admin.unggah import read_unggahan
from skm_app.admin.unit import get_kantor_id
from skm_app.angka import format_angka
from skm_app.berkas import BerkasError, Fault
from skm_app.capaian import BarisAnggaran, read_anggaran
from skm_app.capaian.anggaran_simpan import (
    RingkasAnggaran,
    compare_anggaran,
    complete_isi,
    compute_sidik_anggaran,
    replace_anggaran,
    summarize_isi,
    summarize_tersimpan,
)
from skm_app.capaian.berkas_anggaran import KOLOM, BerkasAnggaran, IsiAnggaran, parse_anggaran
from skm_app.capaian.berkas_baca import Unit
from skm_app.web import csrf, current_state

ALASAN = "Anggaran tahun ini sudah ada dan akan diganti seluruhnya. Tulis alasannya."
CENTANG = "Centang bila memang demikian, atau lengkapi berkasnya."


class ImporAnggaranForm(ImporTahunForm):
    alasan = make_teks("Alasan mengganti", 300, keterangan="Misalnya anggaran perubahan (P-APBD).")
    kosong = BooleanField("Memang tidak ada anggaran untuk unit itu")


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
        nama, data = form.nama_titipan.data or "", form.read_titipan()
    with current_state().database.writing() as session:
        tahun = choose_tahun(session, get_kantor_id(session))[0]
        akar_id = get_akar_id(session)
        lock_unit(session, akar_id)
        if not data:
            return _render(session, tahun, form, kurang=PILIH), 422
        try:
            berkas = _parse(session, tahun, data)
        except BerkasError as error:
            form.titipan.data = ""
            return _render(session, tahun, form, galat=error.faults), 422
        lama = read_anggaran(session, akar_id, tahun)
        if not form.validate() or _asks_more(form, berkas, ada=bool(lama)):
            form.keep(nama, data)
            return _render(session, tahun, form, berkas=berkas), 422
        if form.versi.data != compute_sidik_anggaran(session, akar_id, tahun):
            raise BerubahError
        isi = complete_isi(berkas.baris, lama)
        replace_anggaran(session, akar_id, tahun, isi)
        asal = _describe_berkas(nama, data, berkas)
        _log(session, tahun, lama, isi, form.alasan.data or "", asal)
    lain = f" Kolom yang tidak dibaca: {', '.join(berkas.lain)}." if berkas.lain else ""
    flash(f"Anggaran {tahun} sudah disimpan: {len(isi)} sub kegiatan.{lain}")
    return redirect(url_for("admin.show_riwayat_anggaran", tahun=tahun), code=303)


def _parse(session: Session, tahun: int, data: bytes) -> BerkasAnggaran:
    """:raise BerkasError: with everything that is wrong with the file."""
    check_ukuran(data)
    units = [Unit(id=one.id, nama=one.nama, jenis=one.jenis) for one in list_my_tree(session)]
    return parse_anggaran(data, tahun, units)


def _asks_more(form: ImporAnggaranForm, berkas: BerkasAnggaran, *, ada: bool) -> bool:
    """Whether something has to be said before this file can take the place of what is stored."""
    if ada and not form.alasan.data:
        form.alasan.errors = [ALASAN]
    if berkas.kosong and not form.kosong.data:
        form.kosong.errors = [CENTANG]
    return bool(form.errors)


def _describe_berkas(nama: str, data: bytes, berkas: BerkasAnggaran) -> dict[str, Any]:
    return {
        "berkas": nama[:200],
        "sidik": hashlib.sha256(data).hexdigest(),
        "tanpa_anggaran": list(berkas.kosong),
    }


def _log(
    session: Session,
    tahun: int,
    baris: Sequence[BarisAnggaran],
    isi: Sequence[IsiAnggaran],
    alasan: str,
    asal: Mapping[str, Any],
) -> None:
    """Record an import: totals of both sides, and every row that is not as it was."""
    akar_id = get_akar_id(session)
    lama, baru = summarize_tersimpan(baris), summarize_isi(isi)
    catat(
        session, "impor", ("anggaran", f"{akar_id}/{tahun}"),
        f"Anggaran {tahun}: dari {_describe(lama)} menjadi {_describe(baru)}.",
        unit_id=akar_id, alasan=alasan,
        sebelum=to_values(lama) if lama.baris else None,
        sesudah={
            **to_values(baru), **asal, "perubahan": list_values(compare_anggaran(baris, isi)),
        },
    )  # fmt: skip


def _describe(one: RingkasAnggaran) -> str:
    if not one.baris:
        return "belum ada"
    return (
        f"{one.baris} sub kegiatan, anggaran Rp{format_angka(one.anggaran_rp)}, "
        f"realisasi Rp{format_angka(one.realisasi_rp)}"
    )


def _make_templat(session: Session, tahun: int) -> TabelHalaman:
    """A file to begin with: the header and one row for each unit."""
    return TabelHalaman(
        nama=f"templat-anggaran-{tahun}",
        judul="Contoh berkas anggaran",
        kolom=KOLOM,
        baris=[
            (tahun, "sub_kegiatan", one.nama, "PROGRAM ...", "Kegiatan ...", "Sub kegiatan ...",
             0, 0, "", "")
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
    baris = read_anggaran(session, get_akar_id(session), tahun)
    lama = summarize_tersimpan(baris)
    isi = complete_isi(berkas.baris, baris) if berkas else ()
    return render_with_tabel(
        "admin/anggaran/impor.html",
        [_make_templat(session, tahun)],
        tahun=tahun,
        form=form,
        berkas=berkas,
        banding=compare_ringkas(lama, summarize_isi(isi)),
        perubahan=compare_anggaran(baris, isi) if berkas else (),
        max_perubahan=MAX_PERUBAHAN,
        lama=lama,
        galat=galat,
        kurang=kurang,
        alamat=url_for("admin.save_impor_anggaran", tahun=tahun),
    )
