"""Charts of the index per group: layanan, unit, and the ciri of the respondents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from skm_app.admin.chart_sentences import KURANG, describe_kelompok, huruf_of
from skm_app.admin.charts import Grafik, make_bar_layout, make_bars, with_mutu
from skm_app.admin.kalimat import compute_share, join_names
from skm_app.admin.tabel import Sel, TabelHalaman, format_sel
from skm_app.angka import TIDAK_ADA, format_persen
from skm_app.scoring import HasilIKM, is_kecil

KOLOM = ("Nama", "Responden", "Porsi", "IKM", "Mutu")


@dataclass(frozen=True, kw_only=True)
class Kelompok:
    """Groups of a whole with their results; ``gabung``: names of those that are folded together.

    ``hasil_gabung``: the result of the folded ones, if there are any.
    """

    tampil: Sequence[tuple[str, HasilIKM]]
    gabung: Sequence[str] = ()
    hasil_gabung: HasilIKM | None = None


def sort_by_ikm(tampil: Sequence[tuple[str, HasilIKM]]) -> list[tuple[str, HasilIKM]]:
    """The best first, then by name."""
    return sorted(tampil, key=lambda item: (-(item[1].ikm or Decimal(0)), item[0]))


def make_kelompok(kunci: str, judul: str, groups: Kelompok) -> Grafik:
    """The index per group, in the order given; folded groups are one bar at the end."""
    ordered = list(groups.tampil)
    folded = groups.hasil_gabung
    if folded is not None and not is_kecil(folded.n):
        ordered.append(("Lainnya (digabung)", folded))
    labels = [name for name, _ in ordered]
    rows = _make_rows(groups)
    return Grafik(
        id=kunci,
        judul=judul,
        kalimat=describe_kelompok(groups.tampil, groups.gabung),
        data=[
            make_bars(
                labels=labels,
                values=[hasil.ikm for _, hasil in ordered],
                texts=[with_mutu(hasil.ikm, 2, huruf_of(hasil)) for _, hasil in ordered],
                huruf=[huruf_of(hasil) for _, hasil in ordered],
            )
        ]
        if ordered
        else [],
        layout=make_bar_layout(labels, [0, 100], "IKM (25 sampai 100)"),
        kolom=KOLOM,
        baris=[_as_texts(row) for row in rows],
        berkas=TabelHalaman(nama=kunci, judul=judul, kolom=KOLOM, baris=rows),
    )


def _make_rows(groups: Kelompok) -> list[tuple[Sel, ...]]:
    folded = groups.hasil_gabung
    whole = sum(hasil.n for _, hasil in groups.tampil) + (folded.n if folded else 0)
    rows = [_make_row(name, hasil, whole) for name, hasil in groups.tampil]
    if folded is not None:
        rows.append(_make_row(f"Digabung: {join_names(list(groups.gabung))}", folded, whole))
    return rows


def _make_row(name: str, hasil: HasilIKM, whole: int) -> tuple[Sel, ...]:
    if is_kecil(hasil.n):
        return (name, KURANG, None, None, None)
    return (name, hasil.n, compute_share(hasil.n, whole), hasil.ikm, huruf_of(hasil))


def _as_texts(row: tuple[Sel, ...]) -> tuple[str, ...]:
    name, people, share, ikm, huruf = row
    percent = format_persen(share, 1) if isinstance(share, Decimal) else TIDAK_ADA
    return (format_sel(name), format_sel(people), percent, format_sel(ikm), format_sel(huruf))
