"""Charts of Bab III: target against realisasi, drawn from the figures of the table."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from skm_app.angka import TIDAK_ADA
from skm_app.reports.bab_iii.fakta import FaktaKinerja
from skm_app.reports.bab_iii.fakta_indikator import IndikatorFakta
from skm_app.reports.bab_iii.kalimat import tulis_nilai
from skm_app.reports.bab_iii.tabel_sel import is_persen
from skm_app.reports.dokumen import Deret, Gambar, Grafik

Nilai = list[Decimal | None]
LEBAR = 68  # percent of the text: two of them fit on a page beside their text


def make_gambar(fakta: FaktaKinerja) -> Iterator[Gambar]:
    """One chart per indikator; none for one of which nothing is known."""
    for one in fakta.indikator:
        target: Nilai = [tahun.target for tahun in one.tahun]
        realisasi: Nilai = [tahun.realisasi for tahun in one.tahun]
        if any(nilai is not None for nilai in realisasi):
            yield _make_satu(one, realisasi, target)


def _make_satu(indikator: IndikatorFakta, realisasi: Nilai, target: Nilai) -> Gambar:
    known = [nilai for nilai in (*realisasi, *target) if nilai is not None]
    step = _choose_langkah(max(known) - min(known))
    bawah = (min(known) / step).to_integral_value(ROUND_FLOOR) * step
    atas = (max(known) / step).to_integral_value(ROUND_CEILING) * step
    deret = [Deret(nama="Realisasi", nilai=realisasi)]
    if any(nilai is not None for nilai in target):
        deret.append(Deret(nama="Target", nilai=target))
    tulis = [[_tulis(indikator, nilai) for nilai in one.nilai] for one in deret]
    return Gambar(
        judul=f"Target dan Realisasi {indikator.nama}",
        alt=_make_alt(indikator),
        lebar=LEBAR,
        grafik=Grafik(
            jenis="garis",
            label=[str(one.tahun) for one in indikator.tahun],
            deret=deret,
            tulis=tulis,
            bawah=bawah,
            atas=atas if atas > bawah else bawah + step,
            satuan="%" if is_persen(indikator) else indikator.satuan,
        ),
    )


def _choose_langkah(span: Decimal) -> Decimal:
    """How far apart the ends of the axis may lie from the figures: 1, 10, 100 …"""
    return Decimal(10) ** max(span.adjusted(), 0) if span else Decimal(10)


def _tulis(indikator: IndikatorFakta, nilai: Decimal | None) -> str:
    return TIDAK_ADA if nilai is None else tulis_nilai(indikator, nilai)


def _make_alt(indikator: IndikatorFakta) -> str:
    """The same in words."""
    parts = (
        f"{one.tahun} target {_tulis(indikator, one.target)}, realisasi "
        f"{_tulis(indikator, one.realisasi)}"
        for one in indikator.tahun
    )
    return f"Diagram garis {indikator.nama}: {'; '.join(parts)}"
