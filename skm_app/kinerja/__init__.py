"""Arithmetic of performance measurement: capaian, Probebaya, money, NKO. Pure."""

from skm_app.kinerja.anggaran import (
    compute_efisiensi_biaya,
    compute_efisiensi_kinerja,
    compute_serapan,
)
from skm_app.kinerja.aturan import Aturan, AturanError, Predikat, load_aturan, parse_aturan
from skm_app.kinerja.capaian import Arah, compute_capaian, compute_rata_rata, is_tercapai
from skm_app.kinerja.nko import BarisNko, HasilNko, compute_nko
from skm_app.kinerja.probebaya import (
    DEFINISI_PROBEBAYA,
    DataKelurahan,
    ProbebayaError,
    compute_probebaya,
)

__all__ = [
    "DEFINISI_PROBEBAYA",
    "Arah",
    "Aturan",
    "AturanError",
    "BarisNko",
    "DataKelurahan",
    "HasilNko",
    "Predikat",
    "ProbebayaError",
    "compute_capaian",
    "compute_efisiensi_biaya",
    "compute_efisiensi_kinerja",
    "compute_nko",
    "compute_probebaya",
    "compute_rata_rata",
    "compute_serapan",
    "is_tercapai",
    "load_aturan",
    "parse_aturan",
]
