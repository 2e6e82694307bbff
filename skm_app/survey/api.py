"""Public results for other programs: ``/api/v1``."""

from __future__ import annotations

import re
import uuid

from flask import request
from flask.typing import ResponseReturnValue

from skm_app.survey.api_openapi import TAHUN_AKHIR, TAHUN_AWAL, make_openapi
from skm_app.survey.hasil_baca import Hasil, read_semua_hasil
from skm_app.survey.hasil_data import make_data
from skm_app.survey.hasil_jawab import JSON, answer, answer_fault, list_sidik, write_json
from skm_app.survey.views import bp
from skm_app.terbitan import LISENSI, SKEMA
from skm_app.web import current_state

_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


class ParameterError(Exception):
    """A parameter of the address cannot be read; the message says how to write it."""


@bp.get("/api/v1/hasil.json")
def show_hasil_api() -> ResponseReturnValue:
    """All public results, the newest period first; ``?tahun=`` and ``?unit=`` choose.

    422 if a parameter cannot be read. A unit that has nothing public, or does not exist, gives
    an empty list: the answer tells no more than the pages do.
    """
    try:
        tahun, unit_id = _read_tahun(), _read_unit()
    except ParameterError as error:
        return answer_fault(422, str(error))
    with current_state().database.reading() as session:
        semua = read_semua_hasil(session)

    def is_wanted(one: Hasil) -> bool:
        return tahun in (None, one.tahun) and unit_id in (None, one.unit_id)

    def make() -> str:
        wanted = [make_data(one) for one in semua.hasil if is_wanted(one)]
        return write_json({"skema": SKEMA, "lisensi": LISENSI, "hasil": wanted})

    return answer(make, JSON, list_sidik(semua), terbuka=True)


@bp.get("/api/v1/openapi.json")
def show_hasil_openapi() -> ResponseReturnValue:
    """The description of all that programs may read (OpenAPI 3.1)."""
    return answer(lambda: write_json(make_openapi()), JSON, (), terbuka=True)


def _read_tahun() -> int | None:
    typed = _read_one("tahun")
    if typed is None:
        return None
    if re.fullmatch(r"[0-9]{4}", typed) and TAHUN_AWAL <= int(typed) <= TAHUN_AKHIR:
        return int(typed)
    raise ParameterError("Parameter tahun harus berupa tahun dengan empat angka, misalnya 2024.")


def _read_unit() -> uuid.UUID | None:
    typed = _read_one("unit")
    if typed is None:
        return None
    if _UUID.fullmatch(typed):
        return uuid.UUID(typed)
    raise ParameterError(
        "Parameter unit harus berupa id unit, seperti pada isian unit.id di hasil.json."
    )


def _read_one(name: str) -> str | None:
    """:raise ParameterError: if it is given twice."""
    typed = request.args.getlist(name)
    if len(typed) > 1:
        raise ParameterError(f"Parameter {name} hanya boleh satu.")
    return typed[0] if typed else None
