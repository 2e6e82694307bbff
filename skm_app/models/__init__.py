"""All tables. One file per subject; columns and constraints only, no business rules."""

from skm_app.models.approvals import (
    JENIS_USULAN,
    Pengecualian,
    Putusan,
    Usulan,
    UsulanResponden,
)
from skm_app.models.audit import Catatan
from skm_app.models.base import APPEND_ONLY, Base, Berversi, new_id
from skm_app.models.batches import JENIS_BATCH, STATUS_BATCH, Batch, Lembar, Unggahan
from skm_app.models.comments import STATUS_PENGADUAN, Pengaduan, TandaSaran, TinjauanSaran
from skm_app.models.followup import STATUS_RTL, BuktiRtl, Rtl
from skm_app.models.installation import Instalasi
from skm_app.models.performance import (
    BIDANG_PROBEBAYA,
    CARA_REALISASI,
    Akip,
    Anggaran,
    Probebaya,
    Realisasi,
    TeksKinerja,
    Triwulan,
)
from skm_app.models.periods import JENIS_PERIODE, Pembukaan, Penetapan, Periode
from skm_app.models.planning import (
    ARAH,
    Dukungan,
    Indikator,
    NamaLain,
    Perjanjian,
    Rencana,
    Sasaran,
    Target,
    TargetLama,
    Tujuan,
)
from skm_app.models.reports import (
    JENIS_GAMBAR,
    FotoLaporan,
    KopSurat,
    TeksLaporan,
    TemplatLaporan,
    Terbitan,
)
from skm_app.models.staff import PERAN, Pengguna, PercobaanMasuk, Sesi
from skm_app.models.survey import (
    CIRI,
    JENJANG,
    KANAL,
    InstrumenTersimpan,
    IsianTerputus,
    Jawaban,
    RekapCiri,
    RekapTersimpan,
    RekapTertunda,
    Responden,
    Saran,
)
from skm_app.models.units import JENIS_UNIT, Kios, Layanan, Titik, Unit

# Tables whose rows the database itself refuses to change.
APPEND_ONLY_TABLES = tuple(
    table.name for table in Base.metadata.sorted_tables if table.info == APPEND_ONLY
)

__all__ = [
    "APPEND_ONLY_TABLES",
    "ARAH",
    "BIDANG_PROBEBAYA",
    "CARA_REALISASI",
    "CIRI",
    "JENIS_BATCH",
    "JENIS_GAMBAR",
    "JENIS_PERIODE",
    "JENIS_UNIT",
    "JENIS_USULAN",
    "JENJANG",
    "KANAL",
    "PERAN",
    "STATUS_BATCH",
    "STATUS_PENGADUAN",
    "STATUS_RTL",
    "Akip",
    "Anggaran",
    "Base",
    "Batch",
    "Berversi",
    "BuktiRtl",
    "Catatan",
    "Dukungan",
    "FotoLaporan",
    "Indikator",
    "Instalasi",
    "InstrumenTersimpan",
    "IsianTerputus",
    "Jawaban",
    "Kios",
    "KopSurat",
    "Layanan",
    "Lembar",
    "NamaLain",
    "Pembukaan",
    "Penetapan",
    "Pengaduan",
    "Pengecualian",
    "Pengguna",
    "PercobaanMasuk",
    "Periode",
    "Perjanjian",
    "Probebaya",
    "Putusan",
    "Realisasi",
    "RekapCiri",
    "RekapTersimpan",
    "RekapTertunda",
    "Rencana",
    "Responden",
    "Rtl",
    "Saran",
    "Sasaran",
    "Sesi",
    "TandaSaran",
    "Target",
    "TargetLama",
    "TeksKinerja",
    "TeksLaporan",
    "TemplatLaporan",
    "Terbitan",
    "TinjauanSaran",
    "Titik",
    "Triwulan",
    "Tujuan",
    "Unggahan",
    "Unit",
    "Usulan",
    "UsulanResponden",
    "new_id",
]
