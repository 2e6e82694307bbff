"""LKjIP Bab III: its tables with their formulas and sources, and the way to texts and files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from flask import url_for
from flask.typing import ResponseReturnValue

from skm_app.admin.blueprint import bp
from skm_app.admin.charts_capaian import make_capaian
from skm_app.admin.hak import get_akar_id, get_sesi, need_peran
from skm_app.admin.lkjip_tabel import make_halaman, make_tabel_lkjip, read_tabel_lkjip
from skm_app.admin.tabel import render_with_tabel
from skm_app.admin.tahun_kinerja import choose_tahun
from skm_app.capaian import read_capaian
from skm_app.reports.bab_iii.fakta import read_fakta
from skm_app.reports.bab_iii.tabel import TabelKinerja
from skm_app.reports.bab_iii.tabel_bentuk import Kekurangan
from skm_app.reports.bab_iii.teks import list_teks_berubah
from skm_app.reports.tulisan import BlokTeks
from skm_app.web import current_state

# Where the pages are that a table names when it lacks something.
ALAMAT = {
    "Rencana kinerja": "admin.show_rencana",
    "Capaian kinerja": "admin.show_capaian",
    "Anggaran": "admin.show_anggaran",
    "Nilai AKIP": "admin.show_akip",
}


@bp.get("/lkjip")
@need_peran("admin", "pimpinan")
def show_lkjip() -> ResponseReturnValue:
    state = current_state()
    with state.database.reading() as session:
        unit_id = get_akar_id(session)
        tahun, years = choose_tahun(session, unit_id)
        fakta = read_fakta(session, unit_id, tahun, state.settings.timezone)
        berubah = list_teks_berubah(session, fakta)
        shown = {one.id for one in fakta.indikator}
        grafik = [
            make_capaian(one)
            for one in read_capaian(session, unit_id, fakta.tiga_tahun)
            if one.indikator.id in shown
        ]
    boleh_ubah = get_sesi().peran == "admin"
    tabel = [make_tabel_lkjip(one) for one in read_tabel_lkjip(fakta)]
    return render_with_tabel(
        "admin/lkjip/tabel.html",
        [*map(make_halaman, tabel), *(one.berkas for one in grafik)],
        tahun=tahun,
        years=years,
        unit=fakta.unit,
        sementara=fakta.sementara,
        semua=tabel,
        kurang=[
            *_list_kurang((one.isi for one in tabel), tahun),
            *_list_teks(berubah, tahun, boleh_ubah=boleh_ubah),
        ],
        grafik=grafik,
        data_grafik=[one.to_dict() for one in grafik],
        boleh_ubah=boleh_ubah,
    )


def _list_kurang(tabel: Iterable[TabelKinerja], tahun: int) -> list[tuple[str, str, str]]:
    """What all tables lack, each once: what, name and address of the page."""
    found = dict.fromkeys(one for satu in tabel for one in satu.kurang)
    return [(one.apa, one.halaman, _find_alamat(one, tahun)) for one in found]


def _find_alamat(kurang: Kekurangan, tahun: int) -> str:
    """Where it is put in: the very form, for those who may open it."""
    if kurang.kode and get_sesi().peran == "admin":
        return url_for("admin.edit_capaian", kode=kurang.kode, tahun=kurang.tahun)
    return url_for(ALAMAT[kurang.halaman], tahun=kurang.tahun or tahun)


def _list_teks(
    teks: Iterable[BlokTeks], tahun: int, *, boleh_ubah: bool
) -> Iterator[tuple[str, str, str]]:
    """Texts that the data have left behind, in the same way; who may not write them reads."""
    for one in teks:
        alamat = url_for("admin.edit_teks_lkjip", kunci=one.kunci, tahun=tahun)
        if not boleh_ubah:
            anchor = f"teks-{one.kunci}"
            alamat = url_for("admin.list_teks_lkjip", tahun=tahun, _anchor=anchor)
        apa = f"Teks “{one.judul}” ditulis ulang, tetapi datanya sudah berubah sejak itu."
        yield apa, "Teks Bab III", alamat
