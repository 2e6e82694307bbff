"""The rules of the NKO as data: predicates, corrections and bounds, each with its source.

They are the office's own choices of a year rather than law, so they are kept beside the code and
not in it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any


class AturanError(ValueError):
    """Rules that do not fit together; the message says where."""


@dataclass(frozen=True, kw_only=True)
class Predikat:
    """A grade for values greater than ``di_atas``; None: for all that is left.

    ``nama``: letter of AKIP, or word of the NKO. ``arti``: what the letter means.
    """

    nama: str
    di_atas: Decimal | None
    arti: str = ""


@dataclass(frozen=True, kw_only=True)
class Aturan:
    """Rules of one year. ``koreksi``: percent taken off per AKIP predicate."""

    akip: tuple[Predikat, ...]
    akip_sumber: str
    paling_tinggi: Decimal
    normalisasi_sumber: str
    koreksi: Mapping[str, Decimal]
    koreksi_sumber: str
    nko: tuple[Predikat, ...]
    nko_sumber: str

    def __post_init__(self) -> None:
        for name, ladder in (("akip", self.akip), ("nko", self.nko)):
            bounds = [one.di_atas for one in ladder[:-1]]
            known = [one for one in bounds if one is not None]
            if len(known) < len(bounds) or ladder[-1].di_atas is not None:
                raise AturanError(f"{name}: hanya predikat terakhir yang tanpa batas.")
            if known != sorted(set(known), reverse=True):
                raise AturanError(f"{name}: batas harus menurun.")
        missing = {one.nama for one in self.akip} ^ set(self.koreksi)
        if missing:
            raise AturanError(f"koreksi: tidak cocok dengan predikat {', '.join(sorted(missing))}.")

    def classify_akip(self, nilai: Decimal) -> Predikat:
        """The AKIP predicate of a score 0..100; a bound itself belongs to the grade below it."""
        return _classify(self.akip, nilai)

    def classify_nko(self, nko: Decimal) -> Predikat:
        """The predicate of an NKO of 2 decimals, as it is printed."""
        return _classify(self.nko, nko)


def _classify(ladder: tuple[Predikat, ...], value: Decimal) -> Predikat:
    return next(one for one in ladder if one.di_atas is None or value > one.di_atas)


@cache
def load_aturan() -> Aturan:
    """The rules that are shipped: those of the LKjIP 2024."""
    text = (files("skm_app.kinerja") / "aturan.json").read_text(encoding="utf-8")
    return parse_aturan(json.loads(text))


def parse_aturan(data: Mapping[str, Any]) -> Aturan:
    """Read rules from their stored form.

    :raise AturanError: if they do not fit together.
    """
    return Aturan(
        akip=tuple(
            Predikat(nama=one["huruf"], di_atas=_bound(one["di_atas"]), arti=one["arti"])
            for one in data["akip"]["predikat"]
        ),
        akip_sumber=data["akip"]["sumber"],
        paling_tinggi=Decimal(data["normalisasi"]["paling_tinggi"]),
        normalisasi_sumber=data["normalisasi"]["sumber"],
        koreksi={huruf: Decimal(persen) for huruf, persen in data["koreksi"]["persen"].items()},
        koreksi_sumber=data["koreksi"]["sumber"],
        nko=tuple(
            Predikat(nama=one["nama"], di_atas=_bound(one["di_atas"]))
            for one in data["nko"]["predikat"]
        ),
        nko_sumber=data["nko"]["sumber"],
    )


def _bound(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
