"""Which year a page about performance shows."""

from __future__ import annotations

import uuid

from flask import abort, request
from sqlalchemy.orm import Session

from skm_app.admin.forms import TAHUN_TERAKHIR, TAHUN_TERAWAL
from skm_app.capaian import list_years
from skm_app.web import today


def check_tahun(tahun: int) -> int:
    """A year of an address.

    :raise 404: if it is out of reach.
    """
    return tahun if TAHUN_TERAWAL <= tahun <= TAHUN_TERAKHIR else abort(404)


def choose_tahun(session: Session, unit_id: uuid.UUID) -> tuple[int, list[int]]:
    """The year asked for by ``?tahun=``, and the years to choose from, newest first.

    Without one: this year, or the newest before it that has a target.

    :raise 404: if what is asked for is no year.
    """
    known, here = list_years(session, unit_id), today().year
    text = request.args.get("tahun", "")
    if not text:
        tahun = next((year for year in known if year <= here), here)
    elif text.isascii() and text.isdigit() and len(text) == 4:
        tahun = check_tahun(int(text))
    else:
        abort(404)
    return tahun, sorted({tahun, *known, here - 1, here, here + 1}, reverse=True)
