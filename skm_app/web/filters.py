"""How values are shown to people: Indonesian numbers, dates in the office's zone."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from flask import Flask

from skm_app.angka import format_angka
from skm_app.kode import format_kode
from skm_app.tanggal import format_tanggal
from skm_app.web.bahasa import current_bahasa, translate
from skm_app.web.state import current_state


def init_app(app: Flask) -> None:
    app.jinja_env.filters.update(
        angka=format_angka_here,
        tanggal=format_tanggal,
        waktu=format_waktu,
        kode=format_kode,
        terjemah=translate,
    )


def format_angka_here(value: Decimal | int | None, places: int | None = None) -> str:
    """A number for a reader of this page: ``1.234,56``, on English pages ``1,234.56``."""
    text = format_angka(value, places)
    return text.translate(str.maketrans(",.", ".,")) if current_bahasa() == "en" else text


def format_waktu(instant: datetime | None) -> str:
    """An instant as the office's clock shows it: ``3 Januari 2025 10.48``."""
    if instant is None:
        return "–"
    local = instant.astimezone(current_state().settings.timezone)
    return f"{format_tanggal(local.date())} {local:%H.%M}"
