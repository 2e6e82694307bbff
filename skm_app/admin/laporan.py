"""The reports: which periods there are, and one page per period from which all is made."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from skm_app.admin.blueprint import bp
from skm_app.admin.forms import Formulir
from skm_app.admin.hak import get_sesi, list_my_tree, need_peran
from skm_app.admin.halaman import render_page
from skm_app.admin.halaman_daftar import read_halaman
from skm_app.admin.laporan_foto import MAX_FOTO_PERIODE, MAX_KETERANGAN, list_foto
from skm_app.admin.laporan_periksa import list_kekurangan
from skm_app.admin.periode import get_periode
from skm_app.models import Penetapan, Periode, TemplatLaporan
from skm_app.reports.bahan import read_bahan
from skm_app.reports.cetak import JENIS, JenisBerkas, find_halangan
from skm_app.reports.laporan import list_berubah, list_ubahan
from skm_app.web import current_state

PER_HALAMAN = 20
PEMBACA = ("admin", "pimpinan")
CUPLIKAN = 200  # letters of a text block that the page of a period shows


@dataclass(frozen=True, kw_only=True)
class BarisLaporan:
    """One period in the list."""

    periode: Periode
    unit: str

    @property
    def keadaan(self) -> str:
        return describe_keadaan(self.periode)


def describe_keadaan(periode: Periode) -> str:
    """Whether its documents are drafts, final, or public."""
    penetapan = periode.penetapan
    if penetapan is None:
        return "Sementara"
    return "Diterbitkan" if penetapan.terbitan is not None else "Ditetapkan"


def list_boleh() -> list[JenisBerkas]:
    """What this person may make: rows per respondent are for admins."""
    admin = get_sesi().peran == "admin"
    return [one for one in JENIS.values() if admin or not one.responden]


@bp.get("/laporan")
@need_peran(*PEMBACA)
def list_laporan() -> ResponseReturnValue:
    halaman = read_halaman(PER_HALAMAN)
    with current_state().database.reading() as session:
        pohon = {unit.id: unit.nama for unit in list_my_tree(session)}
        found = session.scalars(
            select(Periode)
            .where(Periode.unit_id.in_(pohon))
            .options(
                selectinload(Periode.semua_penetapan).selectinload(Penetapan.pembukaan),
                selectinload(Periode.semua_penetapan).selectinload(Penetapan.terbitan),
            )
            .order_by(Periode.sampai.desc(), Periode.mulai, Periode.nama, Periode.id)
            .offset(halaman.mulai)
            .limit(halaman.per + 1)
        ).all()
        return render_page(
            "admin/laporan/daftar.html",
            baris=[
                BarisLaporan(periode=one, unit=pohon[one.unit_id]) for one in found[:PER_HALAMAN]
            ],
            halaman=halaman,
            ada_lanjut=len(found) > PER_HALAMAN,
            boleh_ubah=get_sesi().peran == "admin",
        )


@bp.get("/laporan/<uuid:periode_id>")
@need_peran(*PEMBACA)
def show_laporan(periode_id: uuid.UUID) -> ResponseReturnValue:
    state = current_state()
    with state.database.reading() as session:
        periode = get_periode(session, periode_id)
        bahan = read_bahan(session, periode)
        zona = state.settings.timezone
        berubah = frozenset(one.kunci for one in list_berubah(session, periode, zona))
        return render_page(
            "admin/laporan/lihat.html",
            periode=periode,
            keadaan=describe_keadaan(periode),
            terbitan=periode.penetapan.terbitan if periode.penetapan else None,
            bahan=bahan,
            halangan=find_halangan(session, bahan),
            kekurangan=list_kekurangan(session, bahan, berubah),
            kelompok=_group(list_boleh()),
            templat=session.get(TemplatLaporan, periode.unit_id),
            teks=list_ubahan(session, periode),
            berubah=berubah,
            cuplikan=CUPLIKAN,
            foto=list_foto(session, periode.id),
            max_foto=MAX_FOTO_PERIODE,
            max_keterangan=MAX_KETERANGAN,
            boleh_ubah=get_sesi().peran == "admin",
            form=Formulir(),
        )


def _group(jenis: list[JenisBerkas]) -> dict[str, list[JenisBerkas]]:
    """Files by what they are: a report, a worksheet, a poster."""
    found: dict[str, list[JenisBerkas]] = {}
    for one in jenis:
        found.setdefault(one.kelompok, []).append(one)
    return found
