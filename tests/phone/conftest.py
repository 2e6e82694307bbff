"""The office, and a citizen's browser that checks every page."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests.offices import kantor
from tests.pages import Browser

__all__ = ["browser", "kantor"]


@pytest.fixture
def browser(client: FlaskClient) -> Browser:
    return Browser(client)
