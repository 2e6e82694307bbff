"""Arithmetic of the survey: instruments, tallies, NRR, IKM, mutu, sample size.

Pure: knows no database, request, clock or file of the user.
Source: PermenPANRB 14/2017.
"""

from skm_app.scoring.definisi import load_shipped, parse_instrumen
from skm_app.scoring.ikm import HasilIKM, HasilUnsur, compute_ikm
from skm_app.scoring.instrumen import Butir, Instrumen, InstrumenError, Unsur
from skm_app.scoring.kecil import MIN_KELOMPOK, is_kecil, lipat
from skm_app.scoring.konvensi import (
    EKSAK,
    KONVENSI,
    PORTAL_KOTA,
    Konvensi,
    KonvensiError,
    get_konvensi,
)
from skm_app.scoring.mutu import TABEL_MUTU, Mutu, classify_mutu
from skm_app.scoring.pembulatan import round_half_up
from skm_app.scoring.rekap import Rekap, Sebaran, merge_rekap, tally
from skm_app.scoring.sampel import compute_sample_size
from skm_app.scoring.selang import Selang, compute_selang
from skm_app.scoring.tanpa import compute_ikm_tanpa

__all__ = [
    "EKSAK",
    "KONVENSI",
    "MIN_KELOMPOK",
    "PORTAL_KOTA",
    "TABEL_MUTU",
    "Butir",
    "HasilIKM",
    "HasilUnsur",
    "Instrumen",
    "InstrumenError",
    "Konvensi",
    "KonvensiError",
    "Mutu",
    "Rekap",
    "Sebaran",
    "Selang",
    "Unsur",
    "classify_mutu",
    "compute_ikm",
    "compute_ikm_tanpa",
    "compute_sample_size",
    "compute_selang",
    "get_konvensi",
    "is_kecil",
    "lipat",
    "load_shipped",
    "merge_rekap",
    "parse_instrumen",
    "round_half_up",
    "tally",
]
