"""Formulas of the worksheet that give the program's own figures to the last digit.

A spreadsheet calculates in binary floats, in which most decimals that end in 5 are a little too
large or too small, and rounding them half up goes wrong. So what is rounded here is a whole number
of thousandths or hundredths, whose half is exact: ``ROUND(1000*sum/count,0)/1000`` divides two
whole numbers once, and a quotient that is k + 1/2 comes out as just that. Only sums of several
quotients carry an error (below 1E-10 here); ``JAGA`` is added to them, which is more than the
error and far less than what separates a figure from the next half.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from skm_app.angka import TIDAK_ADA
from skm_app.scoring import TABEL_MUTU, Konvensi
from skm_app.scoring.ikm import SKALA

JAGA = "1E-9"
KOSONG = f'"{TIDAK_ADA}"'
RIBUAN, RATUSAN = 1000, 100


@dataclass(frozen=True, kw_only=True)
class SelUnsur:
    """Where the figures of one unsur stand, as references such as ``G48``, and its weight."""

    rentang: str  # its answers, G10:H45
    jumlah: str
    terisi: str
    tertimbang: str
    bobot: Fraction


def sum_of(sel: SelUnsur) -> str:
    return f"=SUM({sel.rentang})"


def count_of(sel: SelUnsur) -> str:
    return f"=COUNT({sel.rentang})"


def nrr_of(sel: SelUnsur) -> str:
    """NRR with 3 decimals; a dash if nobody answered."""
    return _unless_empty(sel, _rounded(_term(sel, Fraction(RIBUAN)), RIBUAN))


def nilai_of(sel: SelUnsur) -> str:
    """NRR x 25 with 2 decimals; a dash if nobody answered."""
    return _unless_empty(sel, _rounded(_term(sel, Fraction(SKALA * RATUSAN)), RATUSAN))


def tertimbang_of(sel: SelUnsur, konvensi: Konvensi) -> str:
    """NRR tertimbang, with 3 decimals or as many as the convention rounds to."""
    places = konvensi.desimal_tertimbang
    unit = RIBUAN if places is None else 10**places
    return _unless_empty(sel, _rounded(_term(sel, unit * sel.bobot), unit))


def total_of(semua: Sequence[SelUnsur], konvensi: Konvensi) -> str:
    """Sum of all NRR tertimbang with 3 decimals; a dash if an unsur has no answer."""
    if konvensi.desimal_tertimbang is not None:
        total = f"ROUND(SUM({_span(semua, 'tertimbang')}),3)"
    else:
        total = _rounded(_sum_exact(semua, RIBUAN), RIBUAN)
    return _unless_any_empty(semua, total)


def ikm_of(semua: Sequence[SelUnsur], konvensi: Konvensi) -> str:
    """The index with 2 decimals; a dash if an unsur has no answer.

    Worked out from the sums and counts where the convention rounds nothing on the way, from the
    rounded NRR tertimbang where it does.
    """
    places = konvensi.desimal_tertimbang
    if places is None:
        value = _sum_exact(semua, SKALA * RATUSAN)
    else:
        factor = Fraction(SKALA * RATUSAN, 10**places)
        whole = f"ROUND({10**places}*SUM({_span(semua, 'tertimbang')}),0)"
        value = _times(factor.numerator, whole) + _divided(factor.denominator)
    return _unless_any_empty(semua, _rounded(value, RATUSAN))


def mutu_of(cell: str) -> str:
    """Letter of the value in a cell, which is rounded to 2 decimals already."""
    return _classify(cell, [one.huruf for one in TABEL_MUTU])


def kinerja_of(cell: str) -> str:
    """Word of the value in a cell, which is rounded to 2 decimals already."""
    return _classify(cell, [one.kinerja for one in TABEL_MUTU])


def _classify(cell: str, words: Sequence[str]) -> str:
    formula = f'"{words[-1]}"'
    for mutu, word in reversed(list(zip(TABEL_MUTU[:-1], words[:-1], strict=True))):
        formula = f'IF({cell}>={mutu.batas_bawah},"{word}",{formula})'
    return f"=IF(ISNUMBER({cell}),{formula},{KOSONG})"


def _unless_empty(sel: SelUnsur, value: str) -> str:
    return f"=IF({sel.terisi}=0,{KOSONG},{value})"


def _unless_any_empty(semua: Sequence[SelUnsur], value: str) -> str:
    # MIN passes over the cells that a merged one covers.
    return f"=IF(MIN({_span(semua, 'terisi')})=0,{KOSONG},{value})"


def _span(semua: Sequence[SelUnsur], what: str) -> str:
    return f"{getattr(semua[0], what)}:{getattr(semua[-1], what)}"


def _sum_exact(semua: Sequence[SelUnsur], times: int) -> str:
    return "+".join([*(_term(sel, times * sel.bobot) for sel in semua), JAGA])


def _term(sel: SelUnsur, factor: Fraction) -> str:
    """NRR times a factor, as one division of whole numbers."""
    above = _times(factor.numerator, sel.jumlah)
    if factor.denominator == 1:
        return f"{above}/{sel.terisi}"
    return f"{above}/({factor.denominator}*{sel.terisi})"


def _times(number: int, what: str) -> str:
    return what if number == 1 else f"{number}*{what}"


def _divided(number: int) -> str:
    return "" if number == 1 else f"/{number}"


def _rounded(value: str, unit: int) -> str:
    return f"ROUND({value},0)/{unit}"
