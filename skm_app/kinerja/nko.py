"""Nilai Kinerja Organisasi (NKO): one figure for all indikator of a year.

Source: LKjIP 2024, Bab III.D: (1) normalise, (2) correct by the AKIP predicate, (3) final value
= (1) x (100% - (2)), (4) sum, (5) divide by the number of indikator, (6) predicate.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from skm_app.kinerja.aturan import Aturan, Predikat
from skm_app.scoring import round_half_up


@dataclass(frozen=True, kw_only=True)
class BarisNko:
    """One indikator; all in percent, 2 decimals. None where its capaian is not known."""

    capaian: Decimal | None
    normalisasi: Decimal | None
    nilai_akhir: Decimal | None


@dataclass(frozen=True, kw_only=True)
class HasilNko:
    """``koreksi``: percent taken off every row. ``nko`` and ``predikat``: None without any row.

    Every figure follows from those printed beside it: it is computed from them, rounded.
    """

    baris: tuple[BarisNko, ...]
    koreksi: Decimal
    total: Decimal
    banyak: int
    nko: Decimal | None
    predikat: Predikat | None


def compute_nko(capaian: Sequence[Decimal | None], predikat_akip: str, aturan: Aturan) -> HasilNko:
    """The NKO of a year.

    An indikator without capaian (no target, no realisasi) is left out, not counted as 0.

    :param capaian: in percent, 2 decimals, one per indikator.
    :param predikat_akip: letter of the organisation's AKIP predicate.
    :raise KeyError: if the rules know no such predicate.
    """
    koreksi = aturan.koreksi[predikat_akip]
    baris = tuple(_compute_baris(one, koreksi, aturan) for one in capaian)
    known = [one.nilai_akhir for one in baris if one.nilai_akhir is not None]
    total = sum(known, Decimal("0.00"))
    nko = round_half_up(Fraction(total) / len(known), 2) if known else None
    return HasilNko(
        baris=baris,
        koreksi=koreksi,
        total=total,
        banyak=len(known),
        nko=nko,
        predikat=None if nko is None else aturan.classify_nko(nko),
    )


def _compute_baris(capaian: Decimal | None, koreksi: Decimal, aturan: Aturan) -> BarisNko:
    if capaian is None:
        return BarisNko(capaian=None, normalisasi=None, nilai_akhir=None)
    normal = round_half_up(min(capaian, aturan.paling_tinggi), 2)
    akhir = round_half_up(Fraction(normal) * (100 - Fraction(koreksi)) / 100, 2)
    return BarisNko(capaian=capaian, normalisasi=normal, nilai_akhir=akhir)
