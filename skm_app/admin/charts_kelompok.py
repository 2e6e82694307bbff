"""Charts of the index per group: layanan, unit, and the ciri of the respondents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from skm_app.admin.chart_sentences import KURANG, describe_kelompok, huruf_of
from skm_app.admin.charts import Grafik, make_bar_layout, make_bars, with_mutu
from skm_app.admin.kalimat import compute_share
from skm_app.admin.tabel import Sel, TabelHalaman, format_sel
from skm_app.angka import TIDAK_ADA, format_persen
from skm_app.kata import gabung
from skm_app.scoring import HasilIKM, Rekap, Sebaran, is_kecil

SEBARAN = ("Nilai 1", "Nilai 2", "Nilai 3", "Nilai 4", "Tidak menjawab")
KOLOM = ("Nama", "Responden", "Porsi", "IKM", "Mutu", *SEBARAN)
PERSEN = ("Porsi", *SEBARAN)


@dataclass(frozen=True, kw_only=True)
class Kelompok:
    """Groups of a whole with their results; ``gabung``: names of those that are folded together.

    ``hasil_gabung``: the result of the folded ones, if there are any. ``sebaran``: how often each
    answer was given, over all questions, per name; ``sebaran_gabung``: by the folded ones.
    """

    tampil: Sequence[tuple[str, HasilIKM]]
    gabung: Sequence[str] = ()
    hasil_gabung: HasilIKM | None = None
    sebaran: Mapping[str, Sebaran] = field(default_factory=dict)
    sebaran_gabung: Sebaran | None = None


def sum_sebaran(rekap: Rekap) -> Sebaran:
    """How often each answer was given, over all questions."""
    parts = rekap.values()
    return Sebaran(
        *(sum(getattr(one, name) for one in parts) for name in ("n1", "n2", "n3", "n4", "kosong"))
    )


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
    rows = [
        _make_row(name, hasil, whole, groups.sebaran.get(name)) for name, hasil in groups.tampil
    ]
    if folded is not None:
        name = f"Digabung: {gabung(list(groups.gabung))}"
        rows.append(_make_row(name, folded, whole, groups.sebaran_gabung))
    return rows


def _make_row(name: str, hasil: HasilIKM, whole: int, sebaran: Sebaran | None) -> tuple[Sel, ...]:
    if is_kecil(hasil.n):
        return (name, KURANG, *(None for _ in KOLOM[2:]))
    share = compute_share(hasil.n, whole)
    return (name, hasil.n, share, hasil.ikm, huruf_of(hasil), *_shares(sebaran))


def _shares(sebaran: Sebaran | None) -> tuple[Decimal | None, ...]:
    if sebaran is None:
        return tuple(None for _ in SEBARAN)
    counts = (sebaran.n1, sebaran.n2, sebaran.n3, sebaran.n4, sebaran.kosong)
    return tuple(compute_share(count, sum(counts)) for count in counts)


def _as_texts(row: tuple[Sel, ...]) -> tuple[str, ...]:
    return tuple(
        _as_persen(sel) if name in PERSEN else format_sel(sel)
        for name, sel in zip(KOLOM, row, strict=True)
    )


def _as_persen(share: Sel) -> str:
    return format_persen(share, 1) if isinstance(share, Decimal) else TIDAK_ADA
