from tests.offices import intake, kantor

__all__ = ["intake", "kantor"]
