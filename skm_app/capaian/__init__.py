"""The read side of performance: plans, targets, realisasi and money, each with its origin."""

from skm_app.capaian.periode import NilaiRealisasi, read_from_periode
from skm_app.capaian.probebaya import list_data_kelurahan, read_probebaya
from skm_app.capaian.rencana import (
    KODE_IKM,
    KODE_PROBEBAYA,
    create_rencana,
    create_rencana_awal,
    create_sasaran,
)
from skm_app.capaian.tahunan import (
    BarisCapaian,
    CapaianTahun,
    list_years,
    read_capaian,
)

__all__ = [
    "KODE_IKM",
    "KODE_PROBEBAYA",
    "BarisCapaian",
    "CapaianTahun",
    "NilaiRealisasi",
    "create_rencana",
    "create_rencana_awal",
    "create_sasaran",
    "list_data_kelurahan",
    "list_years",
    "read_capaian",
    "read_from_periode",
    "read_probebaya",
]
