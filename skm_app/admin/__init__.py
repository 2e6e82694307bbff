"""The staff side, one module per subject; ``bp`` is registered under /admin."""

from skm_app.admin import (  # noqa: F401 - each hangs its views into the blueprint
    batch,
    camat,
    capaian,
    catatan,
    dashboard,
    dikecualikan,
    halaman,
    impor,
    impor_batch,
    impor_kolom,
    kantor,
    kertas,
    kertas_beda,
    kertas_ketik,
    kios,
    kualitas,
    layanan,
    masuk,
    pengaduan,
    pengguna,
    periode,
    periode_ubah,
    periode_usulan,
    rtl,
    rtl_bukti,
    saran,
    titik,
    titik_banyak,
    titik_lembar,
    usulan,
)
from skm_app.admin.blueprint import bp

__all__ = ["bp"]
