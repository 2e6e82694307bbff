"""The office, somebody at home with a browser, and results to make public."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from skm_app.database import Database
from skm_app.intake import Intake
from tests.hasil.kantor import Penerbit
from tests.offices import Kantor, intake, kantor
from tests.pages import Browser

__all__ = ["browser", "intake", "kantor", "penerbit"]


@pytest.fixture
def browser(client: FlaskClient) -> Browser:
    return Browser(client)


@pytest.fixture
def penerbit(database: Database, kantor: Kantor, intake: Intake) -> Penerbit:
    return Penerbit(database=database, kantor=kantor, intake=intake)
