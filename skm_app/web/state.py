"""What one running application holds: settings, database, intake."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import cast

from flask import current_app

from skm_app.database import Database
from skm_app.intake import Intake
from skm_app.settings import Settings


@dataclass(frozen=True, kw_only=True)
class State:
    """Made once per process."""

    settings: Settings
    database: Database
    intake: Intake

    @classmethod
    def open(cls, settings: Settings) -> State:
        database = Database(settings.database_url)
        return cls(
            settings=settings,
            database=database,
            intake=Intake(database, settings.timezone, settings.secret_key),
        )


def current_state() -> State:
    """The state of the application that handles this request."""
    return cast(State, current_app.extensions["skm"])


def today() -> date:
    """The day it is where the office is."""
    return datetime.now(current_state().settings.timezone).date()
