"""Chart of one indikator over the years: what was promised and what was reached."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, cast

from skm_app.admin.charts import Grafik, make_kosong, make_layout, make_number
from skm_app.admin.tabel import TabelHalaman
from skm_app.angka import format_angka, format_persen
from skm_app.capaian import BarisCapaian, CapaianTahun
from skm_app.kinerja import Arah, is_tercapai
from skm_app.models import Indikator

KOLOM = ("Tahun", "Target", "Realisasi", "Capaian (%)")
WARNA_TARGET, WARNA_REALISASI = "#9a5b00", "#0b5563"
ATAS, BAWAH = "top center", "bottom center"


def make_capaian(baris: BarisCapaian) -> Grafik:
    """Target and realisasi of an indikator; years with neither are left out."""
    indikator = baris.indikator
    judul = f"{indikator.nama}, dari tahun ke tahun"
    known = [one for one in baris.tahun if one.target is not None or _nilai(one) is not None]
    if not known:
        return make_kosong(f"capaian-{indikator.kode}", judul, "Belum ada target.", KOLOM)
    berkas = TabelHalaman(
        nama=f"capaian-{indikator.kode}",
        judul=judul,
        kolom=KOLOM,
        # A year is a name here, not a number: 2024, never 2.024.
        baris=[(str(one.tahun), one.target, _nilai(one), one.capaian) for one in known],
    )
    return Grafik(
        id=f"capaian-{indikator.kode}",
        judul=judul,
        kalimat=_describe(known, cast(Arah, indikator.arah)),
        data=[
            _make_target(known),
            _make_realisasi(known),
        ],
        layout=_make_layout(indikator, known),
        kolom=KOLOM,
        baris=[
            (
                str(one.tahun),
                format_angka(one.target, 2),
                format_angka(_nilai(one), 2) + (" sementara" if one.realisasi.sementara else ""),
                format_angka(one.capaian, 2),
            )
            for one in known
        ],
        berkas=berkas,
    )


def _describe(known: Sequence[CapaianTahun], arah: Arah) -> str:
    """The newest year that has a capaian, and how many years reached their target for good."""
    scored = [one for one in known if one.capaian is not None]
    if not scored:
        return "Belum ada tahun yang punya target dan realisasi."
    last = scored[-1]
    sentence = (
        f"Tahun {last.tahun} realisasi {format_angka(_nilai(last), 2)} dari target "
        f"{format_angka(last.target, 2)}, capaian {format_persen(last.capaian)}"
    )
    sentence += " (masih sementara)." if last.realisasi.sementara else "."
    final = [one for one in scored if not one.realisasi.sementara]
    reached = sum(_is_tercapai(one, arah) for one in final)
    return f"{sentence} Target tercapai pada {reached} dari {len(final)} tahun yang sudah tetap."


def _is_tercapai(one: CapaianTahun, arah: Arah) -> bool:
    target, nilai = one.target, _nilai(one)
    return target is not None and nilai is not None and is_tercapai(nilai, target, arah)


def _nilai(one: CapaianTahun) -> Decimal | None:
    return one.realisasi.nilai


def _is_target_above(one: CapaianTahun) -> bool:
    nilai = _nilai(one)
    return nilai is None or (one.target is not None and one.target >= nilai)


def _make_target(known: Sequence[CapaianTahun]) -> dict[str, Any]:
    places = [ATAS if _is_target_above(one) else BAWAH for one in known]
    return _make_line("Target", known, [one.target for one in known], places) | {
        "line": {"color": WARNA_TARGET, "width": 2, "dash": "dash"},
        "marker": {"size": 9, "symbol": "diamond-open"},
    }


def _make_realisasi(known: Sequence[CapaianTahun]) -> dict[str, Any]:
    places = [BAWAH if _is_target_above(one) else ATAS for one in known]
    return _make_line("Realisasi", known, [_nilai(one) for one in known], places) | {
        "line": {"color": WARNA_REALISASI, "width": 2, "dash": "solid"},
        "marker": {"size": 9, "symbol": "circle"},
    }


def _make_line(
    name: str,
    known: Sequence[CapaianTahun],
    values: Sequence[Decimal | None],
    places: Sequence[str],
) -> dict[str, Any]:
    """:param places: where the figure of each year stands: away from the other line."""
    return {
        "type": "scatter",
        "mode": "lines+markers+text",
        "name": name,
        "x": [str(one.tahun) for one in known],
        "y": [make_number(value) for value in values],
        "text": [format_angka(value, 2) if value is not None else "" for value in values],
        "textposition": list(places),
        "cliponaxis": False,
        "hovertemplate": "%{x}: %{text}<extra>" + name + "</extra>",
    }


def _make_layout(indikator: Indikator, known: Sequence[CapaianTahun]) -> dict[str, Any]:
    shown = [one.target for one in known] + [_nilai(one) for one in known]
    numbers = [float(value) for value in shown if value is not None]
    room = max((max(numbers) - min(numbers)) * 0.2, 1)
    return make_layout(320) | {
        "showlegend": True,
        "legend": {"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom"},
        "xaxis": {"type": "category", "fixedrange": True, "automargin": True},
        "yaxis": {
            "title": {"text": indikator.satuan},
            "automargin": True,
            "fixedrange": True,
            "range": [min(numbers) - room, max(numbers) + room],
        },
    }
