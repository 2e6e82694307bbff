"""The first page of the staff side, and the figures it keeps fresh."""

from __future__ import annotations

import hashlib
import json
import uuid
from datetime import datetime
from decimal import Decimal
from typing import Any

from flask import Response, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session

from skm_app.admin import charts
from skm_app.admin.blueprint import bp
from skm_app.admin.hak import need_peran
from skm_app.admin.halaman import SEMUA, render_error, render_page
from skm_app.admin.ringkasan import Ringkasan, make_ikm_json, make_ringkasan
from skm_app.admin.saringan import NAMES, Saringan, SaringanError, read_saringan
from skm_app.models import Indikator, Layanan, Target
from skm_app.results import (
    HasilLingkup,
    read_hasil,
    read_hasil_per,
    read_rekap_per,
    read_trend,
)
from skm_app.scoring import HasilIKM, Rekap, compute_ikm, merge_rekap
from skm_app.web import current_state
from skm_app.web.errors import Penjelasan
from skm_app.web.filters import format_waktu

KODE_IKM = "ikm"
LIVE_HEADERS = {"Cache-Control": "no-cache, private"}


@bp.get("/")
@need_peran(*SEMUA)
def show_dashboard() -> ResponseReturnValue:
    with current_state().database.reading() as session:
        saringan = _read_saringan(session)
        found = _read_hasil(session, saringan)
        grafik = _read_grafik(session, saringan, found)
        return render_page(
            "admin/dashboard.html",
            saringan=saringan,
            layanan=_list_layanan(session, saringan),
            ringkasan=_read_ringkasan(session, saringan, found),
            grafik=grafik,
            data_grafik=[one.to_dict() for one in grafik],
            ada_data=found.hasil.n > 0,
            etag=_etag(_dump(make_ikm_json(found))),
            kueri={name: request.args[name] for name in NAMES if request.args.get(name)},
        )


@bp.get("/ikm.json")
@need_peran(*SEMUA)
def show_ikm_json() -> ResponseReturnValue:
    with current_state().database.reading() as session:
        found = _read_hasil(session, _read_saringan(session))
    body = _dump(make_ikm_json(found))
    response = Response(body, mimetype="application/json", headers=LIVE_HEADERS)
    response.set_etag(_etag(body))
    return response.make_conditional(request)


@bp.get("/grafik.json")
@need_peran(*SEMUA)
def show_grafik_json() -> ResponseReturnValue:
    with current_state().database.reading() as session:
        saringan = _read_saringan(session)
        found = _read_hasil(session, saringan)
        ringkasan = _read_ringkasan(session, saringan, found)
        grafik = _read_grafik(session, saringan, found)
    body = _dump({"ringkasan": ringkasan.__dict__, "grafik": [one.to_dict() for one in grafik]})
    return Response(body, mimetype="application/json", headers=LIVE_HEADERS)


@bp.errorhandler(SaringanError)
def refuse_saringan(error: SaringanError) -> ResponseReturnValue:
    return render_error(Penjelasan("Pilihan tidak dapat dipakai", str(error)), 400)


def _read_saringan(session: Session) -> Saringan:
    today = datetime.now(current_state().settings.timezone).date()
    return read_saringan(session, request.args, today)


def _read_hasil(session: Session, saringan: Saringan) -> HasilLingkup:
    return read_hasil(session, saringan.lingkup, saringan.instrumen_id, saringan.konvensi)


def _read_ringkasan(session: Session, saringan: Saringan, found: HasilLingkup) -> Ringkasan:
    return make_ringkasan(
        found, _find_target(session, saringan), saringan.tahun, format_waktu(found.diperbarui)
    )


def _find_target(session: Session, saringan: Saringan) -> Decimal | None:
    """The year's target: promised for the whole office, so not shown for a part of it."""
    if saringan.unit_id != saringan.pohon[0].id or saringan.lingkup.layanan_id:
        return None
    return session.scalar(
        select(Target.target)
        .join(Indikator, Target.indikator_id == Indikator.id)
        .where(
            Indikator.unit_id == saringan.unit_id,
            Indikator.kode == KODE_IKM,
            Target.tahun == saringan.tahun,
        )
    )


def _read_grafik(session: Session, saringan: Saringan, found: HasilLingkup) -> list[charts.Grafik]:
    rules = (saringan.lingkup, saringan.instrumen_id)
    per_layanan = _score_per_layanan(session, saringan, found)
    grafik = [
        charts.make_unsur(found.hasil),
        charts.make_sebaran(found),
        charts.make_tren(read_trend(session, *rules, saringan.konvensi)),
        charts.make_kelompok("layanan", "IKM per layanan", per_layanan),
    ]
    if len(saringan.lingkup.unit_ids) > 1:
        names = {unit.id: unit.nama for unit in saringan.pohon}
        per_unit = read_hasil_per(session, *rules, "unit", saringan.konvensi)
        groups = {names[unit_id]: hasil for unit_id, hasil in per_unit.items()}
        grafik.append(charts.make_kelompok("unit", "IKM per unit", groups))
    return grafik


def _score_per_layanan(
    session: Session, saringan: Saringan, found: HasilLingkup
) -> dict[str, HasilIKM]:
    """Results per name of a service: the same service of several units counts together."""
    rekap = read_rekap_per(session, saringan.lingkup, saringan.instrumen_id, "layanan")
    names = _layanan_names(session, list(rekap))
    parts: dict[str, list[Rekap]] = {}
    for layanan_id, one in rekap.items():
        parts.setdefault(names[layanan_id], []).append(one)
    return {
        name: compute_ikm(found.instrumen, merge_rekap(*some), saringan.konvensi)
        for name, some in parts.items()
    }


def _layanan_names(session: Session, ids: list[uuid.UUID]) -> dict[uuid.UUID, str]:
    rows = session.execute(select(Layanan.id, Layanan.nama).where(Layanan.id.in_(ids)))
    return dict(rows.all())


def _list_layanan(session: Session, saringan: Saringan) -> list[tuple[str, str]]:
    """Services of the chosen unit and those below it, as choices."""
    names = {unit.id: unit.nama for unit in saringan.pohon}
    rows = session.execute(
        select(Layanan.id, Layanan.nama, Layanan.unit_id)
        .where(Layanan.unit_id.in_(saringan.lingkup.unit_ids))
        .order_by(Layanan.unit_id, Layanan.urutan, Layanan.nama)
    )
    many = len(saringan.lingkup.unit_ids) > 1
    return [
        (str(id_), f"{nama} – {names[unit_id]}" if many else nama) for id_, nama, unit_id in rows
    ]


def _dump(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _etag(body: str) -> str:
    return hashlib.sha256(body.encode()).hexdigest()[:32]
