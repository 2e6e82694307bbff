"""The public side: what citizens see."""

from skm_app.survey.views import bp

__all__ = ["bp"]
