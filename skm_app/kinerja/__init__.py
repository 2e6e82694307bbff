"""Arithmetic of performance measurement: capaian and the Probebaya indicator. Pure."""

from skm_app.kinerja.capaian import compute_capaian
from skm_app.kinerja.probebaya import (
    DEFINISI_PROBEBAYA,
    DataKelurahan,
    ProbebayaError,
    compute_probebaya,
)

__all__ = [
    "DEFINISI_PROBEBAYA",
    "DataKelurahan",
    "ProbebayaError",
    "compute_capaian",
    "compute_probebaya",
]
