"""The read side of performance: plans, targets, realisasi and money, each with its origin."""

from skm_app.capaian.akip import NilaiAkip, find_akip, list_akip
from skm_app.capaian.anggaran import (
    BarisAnggaran,
    BiayaSasaran,
    JumlahAnggaran,
    count_anggaran,
    read_anggaran,
    read_biaya,
)
from skm_app.capaian.nko import NkoTahun, read_nko
from skm_app.capaian.periode import (
    NilaiRealisasi,
    describe_keadaan,
    list_periode_tahun,
    name_with_rentang,
    read_from_periode,
)
from skm_app.capaian.probebaya import list_data_kelurahan, read_probebaya
from skm_app.capaian.rencana import (
    KODE_IKM,
    KODE_PROBEBAYA,
    create_rencana,
    create_rencana_awal,
    create_sasaran,
)
from skm_app.capaian.rencana_baca import (
    BarisTarget,
    RencanaPohon,
    SasaranPohon,
    TujuanPohon,
    list_indikator,
    list_program,
    list_target,
    read_rencana,
)
from skm_app.capaian.rencana_perjanjian import BarisPerjanjian, PerjanjianTahun, read_perjanjian
from skm_app.capaian.rencana_target import (
    IsiTarget,
    VersiTarget,
    is_revision,
    list_versi,
    revise_target,
)
from skm_app.capaian.tahunan import (
    BarisCapaian,
    CapaianTahun,
    list_years,
    read_capaian,
)
from skm_app.capaian.triwulan import BarisTriwulan, NilaiTriwulan, read_triwulan

__all__ = [
    "KODE_IKM",
    "KODE_PROBEBAYA",
    "BarisAnggaran",
    "BarisCapaian",
    "BarisPerjanjian",
    "BarisTarget",
    "BarisTriwulan",
    "BiayaSasaran",
    "CapaianTahun",
    "IsiTarget",
    "JumlahAnggaran",
    "NilaiAkip",
    "NilaiRealisasi",
    "NilaiTriwulan",
    "NkoTahun",
    "PerjanjianTahun",
    "RencanaPohon",
    "SasaranPohon",
    "TujuanPohon",
    "VersiTarget",
    "count_anggaran",
    "create_rencana",
    "create_rencana_awal",
    "create_sasaran",
    "describe_keadaan",
    "find_akip",
    "is_revision",
    "list_akip",
    "list_data_kelurahan",
    "list_indikator",
    "list_periode_tahun",
    "list_program",
    "list_target",
    "list_versi",
    "list_years",
    "name_with_rentang",
    "read_anggaran",
    "read_biaya",
    "read_capaian",
    "read_from_periode",
    "read_nko",
    "read_perjanjian",
    "read_probebaya",
    "read_rencana",
    "read_triwulan",
    "revise_target",
]
