"""The first page of the staff side, and the figures it keeps fresh."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from flask import Response, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session

from skm_app.admin.blueprint import bp
from skm_app.admin.gambaran import find_beku, read_gambaran
from skm_app.admin.hak import get_sesi, need_peran
from skm_app.admin.halaman import SEMUA, render_error
from skm_app.admin.pandangan import Pandangan, read_pandangan
from skm_app.admin.ringkasan import make_ikm_json
from skm_app.admin.saringan import NAMES, Saringan, SaringanError, read_saringan
from skm_app.admin.tabel import render_with_tabel
from skm_app.admin.tindakan import list_tindakan
from skm_app.models import Layanan
from skm_app.web import current_state, today
from skm_app.web.errors import Penjelasan

LIVE_HEADERS = {"Cache-Control": "no-cache, private"}


@bp.get("/")
@need_peran(*SEMUA)
def show_dashboard() -> ResponseReturnValue:
    with current_state().database.reading() as session:
        saringan = _read_saringan(session)
        gambaran = read_gambaran(session, saringan, today())
        units = tuple(unit.id for unit in saringan.pohon)
        return render_with_tabel(
            "admin/dashboard.html",
            [one.berkas for one in gambaran.semua_grafik],
            saringan=saringan,
            layanan=_list_layanan(session, saringan),
            gambaran=gambaran,
            beku=find_beku(session, saringan),
            ringkasan=gambaran.ringkasan,
            data_grafik=gambaran.to_dict()["grafik"],
            tindakan=list_tindakan(session, units, get_sesi().peran, today()),
            etag=_etag(_make_body(gambaran.pandangan)),
            kueri={name: request.args[name] for name in NAMES if request.args.get(name)},
        )


@bp.get("/ikm.json")
@need_peran(*SEMUA)
def show_ikm_json() -> ResponseReturnValue:
    with current_state().database.reading() as session:
        saringan = _read_saringan(session)
        body = _make_body(read_pandangan(session, saringan, rinci=False))
    response = Response(body, mimetype="application/json", headers=LIVE_HEADERS)
    response.set_etag(_etag(body))
    return response.make_conditional(request)


@bp.get("/grafik.json")
@need_peran(*SEMUA)
def show_grafik_json() -> ResponseReturnValue:
    with current_state().database.reading() as session:
        gambaran = read_gambaran(session, _read_saringan(session), today())
    return Response(_dump(gambaran.to_dict()), mimetype="application/json", headers=LIVE_HEADERS)


@bp.errorhandler(SaringanError)
def refuse_saringan(error: SaringanError) -> ResponseReturnValue:
    return render_error(Penjelasan("Pilihan tidak dapat dipakai", str(error)), 400)


def _read_saringan(session: Session) -> Saringan:
    return read_saringan(session, request.args, today())


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


def _make_body(view: Pandangan) -> str:
    return _dump(make_ikm_json(view.found, view.n, view.tertutup))


def _dump(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _etag(body: str) -> str:
    return hashlib.sha256(body.encode()).hexdigest()[:32]
