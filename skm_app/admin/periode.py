"""Periods: the list, one period with its figures, and each of its frozen results."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from flask import abort
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from skm_app.admin.blueprint import bp
from skm_app.admin.hak import get_sesi, list_my_tree, need_peran
from skm_app.admin.halaman_daftar import HalamanDaftar, read_halaman
from skm_app.admin.periode_angka import AngkaPeriode, make_angka, make_angka_beku
from skm_app.admin.tabel import TabelHalaman, render_with_tabel
from skm_app.admin.unit import UnitPohon, get_kantor_id, list_below
from skm_app.models import Pembukaan, Penetapan, Periode, Usulan
from skm_app.periode.penetapan import draft_penetapan, read_periode
from skm_app.periode.pokok import KURANG_DARI, Pokok, is_seluruh_kantor, make_pokok
from skm_app.periode.susulan import Susulan, read_susulan
from skm_app.periode.usulan import list_open_of
from skm_app.results import Lingkup, read_hasil
from skm_app.scoring import get_konvensi
from skm_app.web import current_state, today
from skm_app.web.filters import format_waktu

PER_HALAMAN = 20
JENIS_LABEL = {
    "tahun": "Tahun",
    "semester": "Semester",
    "triwulan": "Triwulan",
    "bulan": "Bulan",
    "lain": "Tanggal sendiri",
}


@dataclass(frozen=True, kw_only=True)
class BarisPeriode:
    """One period in the list; ``pokok``: frozen or of the moment."""

    periode: Periode
    unit: str
    pokok: Pokok

    @property
    def keadaan(self) -> str:
        return describe_state(self.periode)


def describe_state(periode: Periode) -> str:
    """Closed, open again, not begun, running, or over and waiting to be closed."""
    if periode.penetapan is not None:
        return "Ditetapkan"
    if periode.semua_penetapan:
        return "Dibuka kembali"
    hari = today()
    if hari < periode.mulai:
        return "Belum mulai"
    return "Masih berjalan" if hari <= periode.sampai else "Berakhir, belum ditetapkan"


@bp.get("/periode")
@need_peran("admin", "pimpinan")
def list_periode() -> ResponseReturnValue:
    halaman = read_halaman(PER_HALAMAN)
    with current_state().database.reading() as session:
        found = _read_halaman(session, list_my_tree(session), halaman)
        baris = found[:PER_HALAMAN]
        return render_with_tabel(
            "admin/periode/daftar.html",
            [_make_tabel(baris)],
            baris=baris,
            jenis_label=JENIS_LABEL,
            halaman=halaman,
            ada_lanjut=halaman.has_next(len(found)),
            boleh_ubah=get_sesi().peran == "admin",
        )


@bp.get("/periode/<uuid:periode_id>")
@need_peran("admin", "pimpinan")
def show_periode(periode_id: uuid.UUID) -> ResponseReturnValue:
    with current_state().database.reading() as session:
        periode = get_periode(session, periode_id)
        angka, susulan = _read_angka(session, periode)
        return render_with_tabel(
            "admin/periode/lihat.html",
            [angka.unsur, angka.masukan],
            periode=periode,
            keadaan=describe_state(periode),
            jenis=JENIS_LABEL[periode.jenis],
            angka=angka,
            susulan=susulan,
            menunggu=list_open_of(session, periode.id),
            boleh_ubah=get_sesi().peran == "admin",
        )


@bp.get("/periode/<uuid:periode_id>/penetapan/<int:nomor>")
@need_peran("admin", "pimpinan")
def show_penetapan(periode_id: uuid.UUID, nomor: int) -> ResponseReturnValue:
    with current_state().database.reading() as session:
        periode = get_periode(session, periode_id)
        penetapan = next((one for one in periode.semua_penetapan if one.nomor == nomor), None)
        if penetapan is None:
            abort(404)
        angka = make_angka_beku(penetapan)
        return render_with_tabel(
            "admin/periode/penetapan.html",
            [angka.unsur, angka.masukan],
            periode=periode,
            penetapan=penetapan,
            pembukaan=_get_usulan_of(session, penetapan.pembukaan),
            angka=angka,
        )


def get_periode(session: Session, periode_id: uuid.UUID) -> Periode:
    """A period of what this person may see; 404 for any other."""
    periode = session.get(Periode, periode_id, options=[joinedload(Periode.unit)])
    if periode is None or all(unit.id != periode.unit_id for unit in list_my_tree(session)):
        abort(404)
    return periode


def _read_angka(session: Session, periode: Periode) -> tuple[AngkaPeriode, Susulan | None]:
    """Figures of a period, and what came after them if they are frozen."""
    penetapan = periode.penetapan
    if penetapan is None:
        rancangan = draft_penetapan(session, periode)
        whole = is_seluruh_kantor(session, periode.unit_id)
        return make_angka(rancangan, seluruh_kantor=whole), None
    n_kini = read_periode(session, periode).hasil.n
    return make_angka_beku(penetapan), read_susulan(session, penetapan, n_kini)


def _get_usulan_of(session: Session, pembukaan: Pembukaan | None) -> Usulan | None:
    """The proposal by which a frozen result was set aside."""
    return session.get(Usulan, pembukaan.usulan_id) if pembukaan else None


def _read_halaman(
    session: Session, pohon: list[UnitPohon], halaman: HalamanDaftar
) -> list[BarisPeriode]:
    """One page of periods and one entry more, if there is one. One statement per open period."""
    names = {unit.id: unit.nama for unit in pohon}
    kantor_id = get_kantor_id(session)
    found = session.scalars(
        select(Periode)
        .where(Periode.unit_id.in_(names))
        .options(selectinload(Periode.semua_penetapan).selectinload(Penetapan.pembukaan))
        .order_by(Periode.sampai.desc(), Periode.mulai, Periode.nama, Periode.id)
        .offset(halaman.mulai)
        .limit(halaman.per + 1)
    ).all()
    return [
        BarisPeriode(
            periode=one,
            unit=names[one.unit_id],
            pokok=_read_pokok(session, one, list_below(pohon, one.unit_id), kantor_id),
        )
        for one in found
    ]


def _read_pokok(
    session: Session, periode: Periode, unit_ids: tuple[uuid.UUID, ...], kantor_id: uuid.UUID
) -> Pokok:
    penetapan = periode.penetapan
    if penetapan is not None:
        return Pokok(n=penetapan.n, ikm=penetapan.ikm, mutu=penetapan.mutu)
    lingkup = Lingkup(unit_ids=unit_ids, mulai=periode.mulai, sampai=periode.sampai)
    konvensi = get_konvensi(periode.konvensi)
    hasil = read_hasil(session, lingkup, periode.instrumen_id, konvensi).hasil
    return make_pokok(hasil, seluruh_kantor=periode.unit_id == kantor_id)


def _make_tabel(baris: list[BarisPeriode]) -> TabelHalaman:
    return TabelHalaman(
        nama="periode",
        judul="Daftar periode",
        kolom=(
            "Periode", "Unit", "Jenis", "Hari pertama", "Hari terakhir", "Kuesioner",
            "Cara hitung", "Pengguna layanan", "Responden", "IKM", "Mutu", "Keadaan",
            "Ditetapkan",
        ),
        baris=[
            (
                one.periode.nama, one.unit, JENIS_LABEL[one.periode.jenis], one.periode.mulai,
                one.periode.sampai, one.periode.instrumen_id, one.periode.konvensi,
                one.periode.populasi, KURANG_DARI if one.pokok.n is None else one.pokok.n,
                one.pokok.ikm, one.pokok.mutu, one.keadaan,
                format_waktu(one.periode.penetapan.ditetapkan) if one.periode.penetapan else None,
            )
            for one in baris
        ],
    )  # fmt: skip
