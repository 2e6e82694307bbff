"""A typed LKjIP against itself: upload the filled template, read what contradicts what.

Nothing is stored: the findings go to the page, and from there, signed, into a file.
"""

from __future__ import annotations

import io
from collections.abc import Sequence

from flask import Response, abort, current_app, request, send_file
from flask.typing import ResponseReturnValue
from itsdangerous import BadSignature, URLSafeSerializer

from skm_app.admin.blueprint import bp
from skm_app.admin.hak import need_peran
from skm_app.admin.halaman import render_page
from skm_app.admin.impor import make_kalimat
from skm_app.admin.tabel import JENIS_BERKAS, TabelHalaman, send_tabel
from skm_app.admin.unggah import read_unggahan
from skm_app.berkas import BerkasError
from skm_app.kinerja.periksa import Temuan, periksa_laporan
from skm_app.periksa import (
    KOLOM_TEMUAN,
    TANPA_ANGKA,
    TANPA_TEMUAN,
    YANG_DIPERIKSA,
    list_baris,
    make_templat,
    read_laporan,
    write_cakupan,
)
from skm_app.web import csrf

PEMBACA = ("admin", "pimpinan")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MAX_TEMUAN = 1024 * 1024  # bytes of the signed findings
MAX_GALAT = 100  # faults that the page shows
KOSONG = "Pilih berkasnya."


@bp.get("/periksa")
@need_peran(*PEMBACA)
def show_periksa() -> ResponseReturnValue:
    return render_page("admin/periksa/unggah.html", galat=())


@bp.get("/periksa/templat.xlsx")
@need_peran(*PEMBACA)
def download_templat_periksa() -> Response:
    return send_file(
        io.BytesIO(make_templat()),
        mimetype=XLSX,
        as_attachment=True,
        download_name="templat-periksa-lkjip.xlsx",
    )


# The token is checked where the body is read.
@bp.post("/periksa")
@csrf.exempt  # type: ignore[untyped-decorator]  # flask-wtf has no types
@need_peran(*PEMBACA)
def check_laporan() -> ResponseReturnValue:
    nama, isi = read_unggahan()
    if not isi:
        return _refuse([KOSONG])
    try:
        laporan = read_laporan(isi)
    except BerkasError as error:
        return _refuse([make_kalimat(str(one)) for one in error.faults])
    hasil = periksa_laporan(laporan)
    if not hasil.banyak_angka:
        return _refuse([TANPA_ANGKA])
    temuan = hasil.temuan
    return render_page(
        "admin/periksa/hasil.html",
        nama=nama,
        cakupan=write_cakupan(hasil),
        tanpa_temuan=TANPA_TEMUAN,
        yang_diperiksa=YANG_DIPERIKSA,
        banyak_tempat=sum(len(one.tempat) for one in temuan),
        kelompok=_group(temuan),
        banyak=len(temuan),
        isi=_signer().dumps(list_baris(temuan)),
    )


@bp.post("/periksa/temuan")
@csrf.exempt  # type: ignore[untyped-decorator]
@need_peran(*PEMBACA)
def download_temuan() -> ResponseReturnValue:
    request.max_content_length = request.max_form_memory_size = MAX_TEMUAN
    csrf.protect()
    jenis = request.form.get("jenis", "")
    if jenis not in JENIS_BERKAS:
        abort(400)
    try:
        baris = _signer().loads(request.form.get("isi", ""))
    except BadSignature:
        abort(400)
    tabel = TabelHalaman(
        nama="temuan-lkjip",
        judul="Temuan",
        kolom=KOLOM_TEMUAN,
        baris=[tuple(row) for row in baris],
    )
    return send_tabel(tabel, jenis)


def _refuse(galat: Sequence[str]) -> ResponseReturnValue:
    """The page again, with what is wrong with the file."""
    lain = len(galat) - MAX_GALAT
    shown = [*galat[:MAX_GALAT], *([f"Dan {lain} kesalahan lain."] if lain > 0 else [])]
    return render_page("admin/periksa/unggah.html", galat=shown), 422


def _group(temuan: Sequence[Temuan]) -> dict[str, list[tuple[int, Temuan]]]:
    """Findings with their numbers, by what they are about."""
    found: dict[str, list[tuple[int, Temuan]]] = {}
    for number, one in enumerate(temuan, start=1):
        found.setdefault(one.letak, []).append((number, one))
    return found


def _signer() -> URLSafeSerializer:
    """Signs what the page carries for the download, so that a file holds only our findings."""
    return URLSafeSerializer(current_app.secret_key or "", salt="temuan-lkjip")
