"""The public side: what citizens see."""

from skm_app.survey import kios  # noqa: F401 - hangs its views into the blueprint
from skm_app.survey.views import bp

__all__ = ["bp"]
