"""The interface does what its description says: every check of Schemathesis, a bounded number."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, settings
from schemathesis.config import SchemathesisConfig

from skm_app import create_app
from skm_app.survey.api_openapi import make_openapi
from tests.conftest import make_settings
from tests.hasil.kantor import Penerbit
from tests.offices import make_intake, make_kantor

CONFIG = SchemathesisConfig.from_dict(
    {"generation": {"max-examples": 4, "deterministic": True, "no-shrink": True}}
)
api = schemathesis.openapi.from_dict(make_openapi(), config=CONFIG)


@pytest.fixture(scope="module")
def app(upgraded_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The program with a year and its first half, public."""
    folder = tmp_path_factory.mktemp("api")
    shutil.copy(upgraded_sqlite, folder / "skm.db")
    its_settings = make_settings(f"sqlite:///{folder / 'skm.db'}", folder)
    app = create_app(its_settings)
    database = app.extensions["skm"].database
    penerbit = Penerbit(
        database=database,
        kantor=make_kantor(database),
        intake=make_intake(database, its_settings),
    )
    penerbit.answer(6, date(2024, 1, 1))
    penerbit.release(penerbit.add_year())
    # At the address that the description gives as an example.
    half = penerbit.add_year(nama="Semester I 2024", jenis="semester", sampai=date(2024, 6, 30))
    penerbit.release(half)
    yield app
    database.close()


@api.parametrize()
@settings(deadline=None, database=None, suppress_health_check=list(HealthCheck))
def test_every_answer_is_as_described(case: schemathesis.Case[Any], app: Flask) -> None:
    # The description is known before the program that it is tried on.
    case.operation.schema.app = app
    # Plain: this client does not undo compression.
    case.call_and_validate(app=app, headers={"Accept-Encoding": "identity"})
