"""The office and its way in."""

from tests.offices import intake, kantor

__all__ = ["intake", "kantor"]
