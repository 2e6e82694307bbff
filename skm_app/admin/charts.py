"""Charts of the dashboard, as plain data: what Plotly draws, one sentence, and a table.

Here what all of them share, and the two about unsur.

Plain dictionaries instead of the plotly package: importing it takes 16 MB in every worker for
five figures. The tests build each of these with plotly itself, which refuses wrong names.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any

from skm_app.admin.chart_sentences import GRATIS, describe_sebaran, describe_unsur, huruf_of
from skm_app.admin.kalimat import compute_share
from skm_app.admin.tabel import TabelHalaman
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
    """One chart with everything around it. ``baris``: the same numbers, as people write them.

    ``berkas``: those numbers as programs read them. ``data`` empty: there is nothing to draw, and
    the sentence says why.
    """

    id: str
    judul: str
    kalimat: str
    data: list[dict[str, Any]]
    layout: dict[str, Any]
    kolom: tuple[str, ...]
    baris: list[tuple[str, ...]]
    berkas: TabelHalaman

    def to_dict(self) -> dict[str, Any]:
        return {one.name: getattr(self, one.name) for one in fields(self) if one.name != "berkas"}


def make_kosong(id_: str, judul: str, kalimat: str, kolom: tuple[str, ...]) -> Grafik:
    """A chart that cannot be shown, with the reason."""
    return Grafik(
        id=id_,
        judul=judul,
        kalimat=kalimat,
        data=[],
        layout=make_layout(80),
        kolom=kolom,
        baris=[],
        berkas=TabelHalaman(nama=id_, judul=judul, kolom=kolom, baris=[]),
    )


def make_unsur(hasil: HasilIKM, gratis: str | None = None) -> Grafik:
    """NRR per unsur, in the order of the regulation.

    :param gratis: kunci of the unsur that is 4 by itself, because nothing costs anything.
    """
    labels = [
        f"{unsur.kode} {unsur.nama}{' (gratis)' if unsur.kunci == gratis else ''}"
        for unsur in hasil.unsur
    ]
    judul = "Nilai rata-rata (NRR) per unsur"
    kolom = ("Unsur", "NRR", "Nilai (NRR × 25)", "Mutu", "Jumlah nilai", "Jawaban")
    note = f" {GRATIS}" if gratis and hasil.n else ""
    return Grafik(
        id="unsur",
        judul=judul,
        kalimat=describe_unsur(hasil.unsur) + note,
        data=[
            make_bars(
                labels=labels,
                values=[unsur.nrr for unsur in hasil.unsur],
                texts=[with_mutu(unsur.nrr, 3, huruf_of(unsur)) for unsur in hasil.unsur],
                huruf=[huruf_of(unsur) for unsur in hasil.unsur],
            )
        ],
        layout=make_bar_layout(labels, [0, 4], "NRR (1 sampai 4)"),
        kolom=kolom,
        baris=[
            (
                label,
                format_angka(unsur.nrr, 3),
                format_angka(unsur.nilai, 2),
                huruf_of(unsur) or TIDAK_ADA,
                format_angka(unsur.jumlah),
                format_angka(unsur.terisi),
            )
            for label, unsur in zip(labels, hasil.unsur, strict=True)
        ],
        berkas=TabelHalaman(
            nama="unsur",
            judul=judul,
            kolom=kolom,
            baris=[
                (label, u.nrr, u.nilai, huruf_of(u), u.jumlah, u.terisi)
                for label, u in zip(labels, hasil.unsur, strict=True)
            ],
        ),
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
    layout = make_bar_layout(labels, [0, 100], "Persen jawaban")
    layout |= {"barmode": "stack", "showlegend": True}
    layout["legend"] = {
        "orientation": "h",
        "x": 0,
        "y": 1.02,
        "yanchor": "bottom",
        "traceorder": "normal",
    }
    judul = "Sebaran jawaban per unsur"
    kolom = ("Unsur", "Nilai 1", "Nilai 2", "Nilai 3", "Nilai 4", "Tidak menjawab")
    return Grafik(
        id="sebaran",
        judul=judul,
        kalimat=describe_sebaran(rows),
        data=traces,
        layout=layout,
        kolom=kolom,
        baris=[
            (label, *(_count_and_share(count, s.responden) for count in _counts(s)))
            for label, s in rows
        ],
        berkas=TabelHalaman(
            nama="sebaran",
            judul=judul,
            kolom=kolom,
            baris=[(label, *_counts(s)) for label, s in rows],
        ),
    )


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


def with_mutu(value: Decimal | None, places: int, huruf: str | None) -> str:
    return f"{format_angka(value, places)} {huruf}" if huruf else "belum ada jawaban"


def make_number(value: Decimal | None) -> float | None:
    """For the length of a bar only; the figure that is read is a text."""
    return None if value is None else float(value)


def _short(label: str) -> str:
    return label if len(label) <= MAX_LABEL else f"{label[: MAX_LABEL - 1]}…"


def make_bars(
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
        "x": [make_number(value) for value in values],
        "text": list(texts),
        "textposition": "auto",
        "insidetextanchor": "end",
        "insidetextfont": {"color": "#ffffff"},
        "cliponaxis": False,
        "marker": {"color": [WARNA_MUTU.get(letter or "", WARNA_KOSONG) for letter in huruf]},
        "hovertemplate": "%{customdata}: %{text}<extra></extra>",
    }


def make_bar_layout(labels: Sequence[str], span: list[float], title: str) -> dict[str, Any]:
    return make_layout(max(len(labels), 1) * TINGGI_BARIS + 100) | {
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


def make_layout(height: int) -> dict[str, Any]:
    return {
        "height": height,
        "margin": {"l": 8, "r": 24, "t": 24, "b": 48},
        "font": {"family": "system-ui, sans-serif", "size": 13, "color": "#1d2529"},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "showlegend": False,
        "separators": ",.",
    }
