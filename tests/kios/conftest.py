"""The office, its staff, and a tablet at the counter."""

from __future__ import annotations

import pytest
from flask import Flask

from skm_app.database import Database
from tests.admin.conftest import ani, budi, lia
from tests.kios.tablet import Tablet, make_tablet
from tests.offices import LOKET, Kantor, intake, kantor

__all__ = ["ani", "budi", "intake", "kantor", "lia"]


@pytest.fixture
def tablet(app: Flask, database: Database, kantor: Kantor) -> Tablet:
    """A tablet at the counter of Kecamatan Palaran, paired."""
    return make_tablet(app, database, LOKET)
