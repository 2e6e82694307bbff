"""The one place that records a response, whatever its channel."""

from skm_app.intake.isian import AsalLembar, Isian, IsianError, WaktuIsi
from skm_app.intake.recorder import Intake, KonflikError, Tercatat

__all__ = [
    "AsalLembar",
    "Intake",
    "Isian",
    "IsianError",
    "KonflikError",
    "Tercatat",
    "WaktuIsi",
]
