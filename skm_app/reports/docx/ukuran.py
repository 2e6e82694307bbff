"""The paper of a section and what is left of it for text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from skm_app.reports.docx.wml import W

A4 = (11906, 16838)
TEPI = 1440


@dataclass(frozen=True)
class Ukuran:
    """Room for text, in twips."""

    lebar: int
    tinggi: int


def read_ukuran(sectpr: Any, *, mendatar: bool = False) -> Ukuran:  # noqa: ANN401 - lxml
    """Room for text on the pages of a section; ``mendatar``: if they were turned."""
    kertas, tepi = sectpr.find(f"{W}pgSz"), sectpr.find(f"{W}pgMar")
    lebar, tinggi = _angka(kertas, "w", A4[0]), _angka(kertas, "h", A4[1])
    if mendatar and lebar < tinggi:
        lebar, tinggi = tinggi, lebar
    samping = _angka(tepi, "left", TEPI) + _angka(tepi, "right", TEPI) + _angka(tepi, "gutter", 0)
    tegak = abs(_angka(tepi, "top", TEPI)) + abs(_angka(tepi, "bottom", TEPI))
    return Ukuran(max(lebar - samping, 2000), max(tinggi - tegak, 3000))


def turn(sectpr: Any) -> None:  # noqa: ANN401
    """Make the pages of a section lie on their long side."""
    from docx.oxml import OxmlElement

    kertas = sectpr.find(f"{W}pgSz")
    if kertas is None:
        kertas = OxmlElement("w:pgSz")
        tepi = sectpr.find(f"{W}pgMar")
        sectpr.append(kertas) if tepi is None else tepi.addprevious(kertas)
    lebar, tinggi = _angka(kertas, "w", A4[0]), _angka(kertas, "h", A4[1])
    kertas.set(f"{W}w", str(max(lebar, tinggi)))
    kertas.set(f"{W}h", str(min(lebar, tinggi)))
    kertas.set(f"{W}orient", "landscape")


def _angka(unsur: Any, nama: str, bawaan: int) -> int:  # noqa: ANN401
    teks = "" if unsur is None else unsur.get(f"{W}{nama}", "")
    try:
        return round(float(teks))
    except ValueError:
        return bawaan
