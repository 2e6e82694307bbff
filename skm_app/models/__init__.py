"""All tables. One file per subject; columns and constraints only, no business rules."""

from skm_app.models.base import Base, new_id
from skm_app.models.installation import Instalasi
from skm_app.models.performance import CARA_REALISASI, Anggaran, Indikator, Realisasi, Target
from skm_app.models.periods import Penetapan, Periode
from skm_app.models.staff import PERAN, Pengguna, PercobaanMasuk, Sesi
from skm_app.models.survey import (
    JENJANG,
    KANAL,
    InstrumenTersimpan,
    IsianTerputus,
    Jawaban,
    RekapTersimpan,
    Responden,
    Saran,
)
from skm_app.models.units import JENIS_UNIT, Kios, Layanan, Titik, Unit

__all__ = [
    "CARA_REALISASI",
    "JENIS_UNIT",
    "JENJANG",
    "KANAL",
    "PERAN",
    "Anggaran",
    "Base",
    "Indikator",
    "Instalasi",
    "InstrumenTersimpan",
    "IsianTerputus",
    "Jawaban",
    "Kios",
    "Layanan",
    "Penetapan",
    "Pengguna",
    "PercobaanMasuk",
    "Periode",
    "Realisasi",
    "RekapTersimpan",
    "Responden",
    "Saran",
    "Sesi",
    "Target",
    "Titik",
    "Unit",
    "new_id",
]
