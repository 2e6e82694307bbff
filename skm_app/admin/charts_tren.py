"""Charts of the index over time: months of the chosen days, and periods."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from skm_app.admin.chart_sentences import describe_tren, huruf_of
from skm_app.admin.charts import WARNA_MUTU, Grafik, make_kosong, make_layout, make_number
from skm_app.admin.kalimat import format_bulan
from skm_app.admin.riwayat import KOLOM_RIWAYAT, BarisRiwayat, describe_riwayat
from skm_app.admin.tabel import TabelHalaman
from skm_app.angka import TIDAK_ADA, format_angka
from skm_app.scoring import HasilIKM

KOLOM_TREN = ("Bulan", "Responden", "IKM", "Mutu")
JUDUL_RIWAYAT = "IKM dari periode ke periode"


def name_bulan(first: date, last: date) -> str:
    """``Januari 2025``, or ``Januari–Maret 2025`` for months that are counted together."""
    if first == last:
        return format_bulan(first)
    begin = format_bulan(first)
    same_year = first.year == last.year
    return f"{begin.removesuffix(f' {first.year}') if same_year else begin}–{format_bulan(last)}"


def make_tren(trend: Sequence[tuple[date, date, HasilIKM]]) -> Grafik:
    """The index month by month; months of a few people are joined with their neighbours.

    :param trend: first and last month of each entry, and its result.
    """
    named = [(name_bulan(first, last), hasil) for first, last, hasil in trend]
    return Grafik(
        id="tren",
        judul="IKM per bulan",
        kalimat=describe_tren(named),
        data=[_make_line([_shorten(name) for name, _ in named], [h.ikm for _, h in named])],
        layout=_make_line_layout([h.ikm for _, h in named]),
        kolom=KOLOM_TREN,
        baris=[
            (name, format_angka(h.n), format_angka(h.ikm, 2), huruf_of(h) or TIDAK_ADA)
            for name, h in named
        ],
        berkas=TabelHalaman(
            nama="tren",
            judul="IKM per bulan",
            kolom=KOLOM_TREN,
            baris=[(name, h.n, h.ikm, huruf_of(h)) for name, h in named],
        ),
    )


def make_riwayat(rows: Sequence[BarisRiwayat]) -> Grafik:
    """The index period by period; a period that still runs comes last."""
    if not rows:
        return make_kosong("riwayat", JUDUL_RIWAYAT, describe_riwayat(rows), KOLOM_RIWAYAT)
    berkas = TabelHalaman(
        nama="riwayat",
        judul=JUDUL_RIWAYAT,
        kolom=KOLOM_RIWAYAT,
        baris=[row.as_row() for row in rows],
    )
    return Grafik(
        id="riwayat",
        judul=JUDUL_RIWAYAT,
        kalimat=describe_riwayat(rows),
        data=[_make_line([row.nama for row in rows], [row.ikm for row in rows])],
        layout=_make_line_layout([row.ikm for row in rows]),
        kolom=KOLOM_RIWAYAT,
        baris=berkas.baris_teks,
        berkas=berkas,
    )


def _shorten(name: str) -> str:
    """``Jan–Mar 2025``: three letters of each month."""
    months = [part.split(" ") for part in name.split("–")]
    return "–".join(" ".join([words[0][:3], *words[1:]]) for words in months)


def _make_line(names: Sequence[str], values: Sequence[Decimal | None]) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines+markers+text",
        "x": list(names),
        "y": [make_number(value) for value in values],
        "text": [format_angka(value, 2) for value in values],
        "textposition": "top center",
        "cliponaxis": False,
        "line": {"color": WARNA_MUTU["B"], "width": 2},
        "marker": {"size": 8},
        "hovertemplate": "%{x}: %{text}<extra></extra>",
    }


def _make_line_layout(values: Sequence[Decimal | None]) -> dict[str, Any]:
    return make_layout(320) | {
        "xaxis": {"type": "category", "fixedrange": True, "automargin": True},
        "yaxis": {
            "title": {"text": "IKM"},
            "automargin": True,
            "fixedrange": True,
            "range": _ikm_range(values),
        },
    }


def _ikm_range(values: Sequence[Decimal | None]) -> list[float]:
    """A few points around the line: an index moves by ones, the scale by seventy-five."""
    known = [float(value) for value in values if value is not None]
    if not known:
        return [25, 100]
    return [max(20, min(known) - 5), min(102, max(known) + 5)]
