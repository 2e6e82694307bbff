"""Public results as pages: all of them, a year, one period."""

from __future__ import annotations

import re
import uuid
from collections.abc import Sequence
from datetime import date, timedelta

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import format_date
from sqlalchemy.orm import Session

from skm_app.label_ciri import JUDUL_CIRI
from skm_app.results import list_unit_ids_below
from skm_app.saran import SaranTayang, list_tayang
from skm_app.scoring import get_konvensi
from skm_app.survey.hasil_baca import Hasil, SemuaHasil, read_semua_hasil
from skm_app.survey.hasil_jawab import answer, list_sidik
from skm_app.survey.views import bp
from skm_app.tanggal import format_tanggal
from skm_app.terbitan import LISENSI
from skm_app.web import current_bahasa, current_state, mark, translate

MAX_SARAN = 10
STATUS = {
    "rencana": mark("direncanakan"),
    "berjalan": mark("sedang dikerjakan"),
    "selesai": mark("selesai"),
    "tidak": mark("tidak dikerjakan"),
}
HTML = "text/html"


@bp.get("/hasil")
def show_hasil() -> ResponseReturnValue:
    """All public results of the office, or of one of its units (``?unit=``).

    :raise 404: if the unit has none, whatever the reason.
    """
    with current_state().database.reading() as session:
        semua = read_semua_hasil(session)
        unit_id = read_unit(semua)
        return _answer_daftar(semua, unit_id, semua.of(unit_id), None)


@bp.get("/hasil/<tahun>")
def show_hasil_tahun(tahun: str) -> ResponseReturnValue:
    """The result of a year; if only parts of it have one, their list.

    :raise 404: if nothing is public.
    """
    with current_state().database.reading() as session:
        semua = read_semua_hasil(session)
        unit_id = read_unit(semua)
        year = read_tahun(tahun)
        found = semua.find(unit_id, year, None)
        if found is not None:
            return _answer_periode(session, semua, found)
        parts = [one for one in semua.of(unit_id) if one.tahun == year]
        if not parts:
            abort(404)
        return _answer_daftar(semua, unit_id, parts, year)


@bp.get("/hasil/<tahun>/<nama>")
def show_hasil_periode(tahun: str, nama: str) -> ResponseReturnValue:
    """The result of a part of a year.

    :raise 404: if it is not public.
    """
    with current_state().database.reading() as session:
        semua = read_semua_hasil(session)
        return _answer_periode(session, semua, get_hasil(semua, tahun, nama))


def read_unit(semua: SemuaHasil) -> uuid.UUID | None:
    """The unit that the address names, else the office.

    :raise 404: if it names one that has nothing public.
    """
    typed = request.args.get("unit")
    if typed is None:
        return semua.kantor
    found = next((one.unit_id for one in semua.hasil if str(one.unit_id) == typed), None)
    return found or abort(404)


def read_tahun(typed: str) -> int:
    """The year in an address.

    :raise 404: if it is none.
    """
    return int(typed) if re.fullmatch("[0-9]{4}", typed) else abort(404)


def get_hasil(semua: SemuaHasil, tahun: str, nama: str | None) -> Hasil:
    """The result that the address names.

    :raise 404: if it is not public.
    """
    return semua.find(read_unit(semua), read_tahun(tahun), nama) or abort(404)


def _answer_daftar(
    semua: SemuaHasil, unit_id: uuid.UUID | None, hasil: Sequence[Hasil], tahun: int | None
) -> ResponseReturnValue:
    def make() -> str:
        return render_template(
            "survey/hasil.html",
            semua=semua,
            hasil=hasil,
            tahun=tahun,
            unit=_name_unit(semua, unit_id),
            lain=_list_lain(semua, unit_id) if tahun is None else [],
            tanggal_bahasa=format_hari,
        )

    return answer(make, HTML, list_sidik(semua))


def _answer_periode(session: Session, semua: SemuaHasil, hasil: Hasil) -> ResponseReturnValue:
    saran = _list_saran(session, hasil)

    def make() -> str:
        isi = hasil.isi
        return render_template(
            "survey/hasil_periode.html",
            hasil=hasil,
            isi=isi,
            tren=semua.trend(hasil),
            judul_ciri=JUDUL_CIRI,
            konvensi=translate(get_konvensi(isi["konvensi"]).uraian),
            unsur={one["kunci"]: one["nama"] for one in isi["unsur"]},
            saran=saran,
            status=STATUS,
            lisensi=LISENSI,
            tanggal_bahasa=format_hari,
        )

    return answer(make, HTML, [*list_sidik(semua), *(one.teks for one in saran)])


def _list_saran(session: Session, hasil: Hasil) -> list[SaranTayang]:
    """Comments of the period that are released now: each may be taken back at any time.

    A comment tells its month only, so it is shown if all of that lies in the period.
    """
    unit_ids = list_unit_ids_below(session, hasil.unit_id)
    return list_tayang(session, unit_ids, MAX_SARAN, find_bulan_penuh(hasil.mulai, hasil.sampai))


def find_bulan_penuh(mulai: date, sampai: date) -> tuple[date, date]:
    """The first and last day of the whole months in a span; the last before the first if none."""
    if mulai.day > 1:
        mulai = (mulai.replace(day=28) + timedelta(days=4)).replace(day=1)
    if (sampai + timedelta(days=1)).day > 1:
        sampai = sampai.replace(day=1) - timedelta(days=1)
    return mulai, sampai


def _name_unit(semua: SemuaHasil, unit_id: uuid.UUID | None) -> str:
    """As the newest result calls it; empty where there is none yet."""
    return next((one.isi["unit"]["nama"] for one in semua.of(unit_id)), "")


def _list_lain(semua: SemuaHasil, unit_id: uuid.UUID | None) -> list[Hasil]:
    """The newest result of each other unit, by name."""
    newest: dict[uuid.UUID, Hasil] = {}
    for one in semua.hasil:
        if one.unit_id != unit_id:
            newest.setdefault(one.unit_id, one)
    return sorted(newest.values(), key=lambda one: (not one.utama, one.isi["unit"]["nama"]))


def format_hari(day: date) -> str:
    """A day in the language of the page."""
    if current_bahasa() == "en":
        return str(format_date(day, "d MMMM y"))
    return format_tanggal(day)
