"""The staff side, one module per subject; ``bp`` is registered under /admin."""

from skm_app.admin import (  # noqa: F401 - each hangs its views into the blueprint
    capaian,
    dashboard,
    halaman,
    kantor,
    kios,
    layanan,
    masuk,
    pengguna,
    periode,
    titik,
)
from skm_app.admin.blueprint import bp

__all__ = ["bp"]
