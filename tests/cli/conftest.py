"""The office, and the command that works on its database."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from skm_app.settings import Settings
from tests.cli.command import Skm, Starter
from tests.offices import intake, kantor

__all__ = ["intake", "kantor", "skm", "starter"]


@pytest.fixture(scope="session")
def starter() -> Iterator[Starter]:
    with Starter() as starter:
        yield starter


@pytest.fixture
def skm(settings: Settings, starter: Starter) -> Skm:
    return Skm.of(settings, starter)
