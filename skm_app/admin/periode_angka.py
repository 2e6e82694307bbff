"""The figures of a period as a page shows them: of the moment, or as they were frozen."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from skm_app.angka import format_angka
from skm_app.models import Penetapan
from skm_app.results import HasilLingkup
from skm_app.scoring import Instrumen, get_konvensi, parse_instrumen


@dataclass(frozen=True, kw_only=True)
class AngkaPeriode:
    """Finished texts. ``unsur``: name, jumlah, terisi, NRR, NRR tertimbang, mutu."""

    n: str
    ikm: str
    ikm_eksak: str
    mutu: str | None
    kinerja: str
    konvensi: str
    unsur: list[tuple[str, str, str, str, str, str]]
    belum: list[str]  # names of the unsur nobody answered


def make_angka(found: HasilLingkup) -> AngkaPeriode:
    """Figures of the moment."""
    return _make(found.hasil.to_json(), found.instrumen)


def make_angka_beku(penetapan: Penetapan) -> AngkaPeriode:
    """Figures of a closed period, read from the frozen record itself."""
    return _make(penetapan.isi["hasil"], parse_instrumen(penetapan.isi["instrumen"]))


def compute_sidik_hasil(found: HasilLingkup) -> str:
    """Changes with any answer: nobody shall confirm one figure and freeze another."""
    counts = {kunci: [s.n1, s.n2, s.n3, s.n4, s.kosong] for kunci, s in sorted(found.rekap.items())}
    whole = json.dumps([counts, found.hasil.to_json()], sort_keys=True)
    return hashlib.sha256(whole.encode()).hexdigest()


def _make(hasil: dict[str, Any], instrumen: Instrumen) -> AngkaPeriode:
    names = {unsur.kunci: unsur.nama for unsur in instrumen.unsur}
    return AngkaPeriode(
        n=format_angka(hasil["n"]),
        ikm=_angka(hasil["ikm"]),
        ikm_eksak=_angka(hasil["ikm_eksak"]),
        mutu=hasil["mutu"],
        kinerja=hasil["kinerja"] or "Belum dapat dihitung",
        konvensi=f"{hasil['konvensi']}: {get_konvensi(hasil['konvensi']).uraian}",
        unsur=[
            (
                f"{unsur['kode']} {names[unsur['kunci']]}",
                format_angka(unsur["jumlah"]),
                format_angka(unsur["terisi"]),
                _angka(unsur["nrr"]),
                _angka(unsur["nrr_tertimbang"]),
                unsur["mutu"] or "–",
            )
            for unsur in hasil["unsur"]
        ],
        belum=[names[unsur["kunci"]] for unsur in hasil["unsur"] if unsur["nrr"] is None],
    )


def _angka(text: str | None) -> str:
    return format_angka(None if text is None else Decimal(text))
