"""The public side: what citizens see."""

from skm_app.survey import (  # noqa: F401 - hang their views into the blueprint
    api,
    contoh,
    hasil,
    hasil_data,
    kios,
    luring,
    pengaduan,
)
from skm_app.survey.views import bp

__all__ = ["bp"]
