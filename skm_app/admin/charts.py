"""Charts of the dashboard, as plain data: what Plotly draws, one sentence, and a table.

Plain dictionaries instead of the plotly package: importing it takes 16 MB in every worker for
five figures. The tests build each of these with plotly itself, which refuses wrong names.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from skm_app.admin.chart_sentences import (
    KURANG,
    MIN_RESPONDEN,
    describe_kelompok,
    describe_sebaran,
    describe_tren,
    describe_unsur,
    huruf_of,
)
from skm_app.admin.kalimat import compute_share, format_bulan
from skm_app.angka import TIDAK_ADA, format_angka, format_persen
from skm_app.results import HasilLingkup
from skm_app.scoring import HasilIKM, Sebaran

WARNA_MUTU = {"A": "#1a6e3a", "B": "#0b5563", "C": "#9a5b00", "D": "#a32020"}
WARNA_KOSONG = "#8a8f94"
WARNA_NILAI = ("#a32020", "#e0a03c", "#6aa9b4", "#0b5563", "#c3c8cc")
LABEL_NILAI = ("1", "2", "3", "4", "Tidak menjawab")
TINGGI_BARIS = 34  # CSS px per bar
MAX_LABEL = 34


@dataclass(frozen=True, kw_only=True)
class Grafik:
    """One chart with everything around it. ``baris``: the same numbers, as people write them."""

    id: str
    judul: str
    kalimat: str
    data: list[dict[str, Any]]
    layout: dict[str, Any]
    kolom: tuple[str, ...]
    baris: list[tuple[str, ...]]

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)


def make_unsur(hasil: HasilIKM) -> Grafik:
    """NRR per unsur, in the order of the regulation."""
    labels = [f"{unsur.kode} {unsur.nama}" for unsur in hasil.unsur]
    return Grafik(
        id="unsur",
        judul="Nilai rata-rata (NRR) per unsur",
        kalimat=describe_unsur(hasil.unsur),
        data=[
            _bars(
                labels=labels,
                values=[unsur.nrr for unsur in hasil.unsur],
                texts=[_with_mutu(unsur.nrr, 3, huruf_of(unsur)) for unsur in hasil.unsur],
                huruf=[huruf_of(unsur) for unsur in hasil.unsur],
            )
        ],
        layout=_bar_layout(labels, [0, 4], "NRR (1 sampai 4)"),
        kolom=("Unsur", "NRR", "Nilai (NRR × 25)", "Mutu", "Jumlah nilai", "Jawaban"),
        baris=[
            (
                f"{unsur.kode} {unsur.nama}",
                format_angka(unsur.nrr, 3),
                format_angka(unsur.nilai, 2),
                huruf_of(unsur) or TIDAK_ADA,
                format_angka(unsur.jumlah),
                format_angka(unsur.terisi),
            )
            for unsur in hasil.unsur
        ],
    )


def make_sebaran(found: HasilLingkup) -> Grafik:
    """Shares of the four answers per unsur."""
    rows = _sebaran_per_unsur(found)
    labels = [label for label, _ in rows]
    traces = [
        {
            "type": "bar",
            "orientation": "h",
            "name": name,
            "y": list(range(len(labels))),
            "customdata": labels,
            "x": [float(compute_share(_counts(s)[slot], s.responden)) for _, s in rows],
            "marker": {"color": WARNA_NILAI[slot]},
            "hovertemplate": "%{customdata}: %{x}%<extra>" + name + "</extra>",
        }
        for slot, name in enumerate(LABEL_NILAI)
    ]
    layout = _bar_layout(labels, [0, 100], "Persen jawaban")
    layout |= {"barmode": "stack", "showlegend": True}
    layout["legend"] = {
        "orientation": "h",
        "x": 0,
        "y": 1.02,
        "yanchor": "bottom",
        "traceorder": "normal",
    }
    return Grafik(
        id="sebaran",
        judul="Sebaran jawaban per unsur",
        kalimat=describe_sebaran(rows),
        data=traces,
        layout=layout,
        kolom=("Unsur", "Nilai 1", "Nilai 2", "Nilai 3", "Nilai 4", "Tidak menjawab"),
        baris=[
            (label, *(_count_and_share(count, s.responden) for count in _counts(s)))
            for label, s in rows
        ],
    )


def make_tren(trend: Sequence[tuple[date, HasilIKM]]) -> Grafik:
    """The index month by month."""
    months = [format_bulan(month) for month, _ in trend]
    return Grafik(
        id="tren",
        judul="IKM per bulan",
        kalimat=describe_tren(trend),
        data=[
            {
                "type": "scatter",
                "mode": "lines+markers+text",
                "x": [f"{month[:3]} {month[-4:]}" for month in months],
                "y": [_number(hasil.ikm) for _, hasil in trend],
                "text": [format_angka(hasil.ikm, 2) for _, hasil in trend],
                "textposition": "top center",
                "cliponaxis": False,
                "line": {"color": WARNA_MUTU["B"], "width": 2},
                "marker": {"size": 8},
                "hovertemplate": "%{x}: %{text}<extra></extra>",
            }
        ],
        layout=_layout(320)
        | {
            "xaxis": {"type": "category", "fixedrange": True, "automargin": True},
            "yaxis": {
                "title": {"text": "IKM"},
                "automargin": True,
                "fixedrange": True,
                "range": _ikm_range(trend),
            },
        },
        kolom=("Bulan", "Responden", "IKM", "Mutu"),
        baris=[
            (month, format_angka(hasil.n), format_angka(hasil.ikm, 2), huruf_of(hasil) or TIDAK_ADA)
            for month, (_, hasil) in zip(months, trend, strict=True)
        ],
    )


def make_kelompok(kunci: str, judul: str, groups: Mapping[str, HasilIKM]) -> Grafik:
    """The index per layanan or per unit; small groups are named but not shown.

    :param groups: result per name.
    """
    shown = {
        name: hasil
        for name, hasil in groups.items()
        if hasil.n >= MIN_RESPONDEN and hasil.ikm is not None
    }
    ordered = sorted(shown.items(), key=lambda item: (-(item[1].ikm or 0), item[0]))
    labels = [name for name, _ in ordered]
    return Grafik(
        id=kunci,
        judul=judul,
        kalimat=describe_kelompok(ordered, len(groups) - len(shown)),
        data=[
            _bars(
                labels=labels,
                values=[hasil.ikm for _, hasil in ordered],
                texts=[_with_mutu(hasil.ikm, 2, huruf_of(hasil)) for _, hasil in ordered],
                huruf=[huruf_of(hasil) for _, hasil in ordered],
            )
        ],
        layout=_bar_layout(labels, [0, 100], "IKM (25 sampai 100)"),
        kolom=("Nama", "Responden", "IKM", "Mutu"),
        baris=[_kelompok_row(name, groups[name]) for name in _names_in_order(ordered, groups)],
    )


def _names_in_order(
    ordered: Sequence[tuple[str, HasilIKM]], groups: Mapping[str, HasilIKM]
) -> list[str]:
    first = [name for name, _ in ordered]
    return first + sorted(set(groups) - set(first))


def _kelompok_row(name: str, hasil: HasilIKM) -> tuple[str, ...]:
    if hasil.n < MIN_RESPONDEN:
        return (name, KURANG, TIDAK_ADA, TIDAK_ADA)
    huruf = huruf_of(hasil) or TIDAK_ADA
    return (name, format_angka(hasil.n), format_angka(hasil.ikm, 2), huruf)


def _sebaran_per_unsur(found: HasilLingkup) -> list[tuple[str, Sebaran]]:
    instrumen = found.instrumen
    return [
        (
            f"{unsur.kode} {unsur.nama}",
            sum((found.rekap[b.kunci] for b in instrumen.butir_of(unsur.kunci)), Sebaran()),
        )
        for unsur in instrumen.unsur
    ]


def _counts(sebaran: Sebaran) -> tuple[int, ...]:
    return (sebaran.n1, sebaran.n2, sebaran.n3, sebaran.n4, sebaran.kosong)


def _count_and_share(count: int, whole: int) -> str:
    return f"{format_angka(count)} ({format_persen(compute_share(count, whole), 1)})"


def _with_mutu(value: Decimal | None, places: int, huruf: str | None) -> str:
    return f"{format_angka(value, places)} {huruf}" if huruf else "belum ada jawaban"


def _number(value: Decimal | None) -> float | None:
    """For the length of a bar only; the figure that is read is a text."""
    return None if value is None else float(value)


def _short(label: str) -> str:
    return label if len(label) <= MAX_LABEL else f"{label[: MAX_LABEL - 1]}…"


def _bars(
    *,
    labels: Sequence[str],
    values: Sequence[Decimal | None],
    texts: Sequence[str],
    huruf: Sequence[str | None],
) -> dict[str, Any]:
    return {
        "type": "bar",
        "orientation": "h",
        # Places, not names: two long names may be shortened to the same one.
        "y": list(range(len(labels))),
        "customdata": list(labels),
        "x": [_number(value) for value in values],
        "text": list(texts),
        "textposition": "auto",
        "insidetextanchor": "end",
        "insidetextfont": {"color": "#ffffff"},
        "cliponaxis": False,
        "marker": {"color": [WARNA_MUTU.get(letter or "", WARNA_KOSONG) for letter in huruf]},
        "hovertemplate": "%{customdata}: %{text}<extra></extra>",
    }


def _bar_layout(labels: Sequence[str], span: list[float], title: str) -> dict[str, Any]:
    return _layout(max(len(labels), 1) * TINGGI_BARIS + 100) | {
        "xaxis": {"title": {"text": title}, "range": span, "automargin": True, "fixedrange": True},
        # Reversed: the first row on top, as in the table.
        "yaxis": {
            "autorange": "reversed",
            "automargin": True,
            "fixedrange": True,
            "tickvals": list(range(len(labels))),
            "ticktext": [_short(label) for label in labels],
        },
    }


def _layout(height: int) -> dict[str, Any]:
    return {
        "height": height,
        "margin": {"l": 8, "r": 24, "t": 24, "b": 48},
        "font": {"family": "system-ui, sans-serif", "size": 13, "color": "#1d2529"},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "showlegend": False,
        "separators": ",.",
    }


def _ikm_range(trend: Sequence[tuple[date, HasilIKM]]) -> list[float]:
    """A few points around the line: an index moves by ones, the scale by seventy-five."""
    values = [float(hasil.ikm) for _, hasil in trend if hasil.ikm is not None]
    if not values:
        return [25, 100]
    return [max(20, min(values) - 5), min(102, max(values) + 5)]
