"""The public side: what citizens see."""

from skm_app.survey import kios, luring, pengaduan  # noqa: F401 - hang their views into the blueprint
from skm_app.survey.views import bp

__all__ = ["bp"]
