"""The office, and its staff: Lia admin, Ani operator, Budi pimpinan."""

from __future__ import annotations

import pytest
from flask import Flask

from skm_app.database import Database
from tests.admin.helpers import Petugas, add_pengguna, make_petugas
from tests.offices import Kantor, intake, kantor

__all__ = ["intake", "kantor"]


@pytest.fixture
def stranger(app: Flask) -> Petugas:
    """Somebody without an account."""
    return make_petugas(app, "")


@pytest.fixture
def lia(app: Flask, database: Database, kantor: Kantor) -> Petugas:
    """The admin, signed in."""
    return _signed_in(app, database, "lia", "admin")


@pytest.fixture
def ani(app: Flask, database: Database, kantor: Kantor) -> Petugas:
    """The operator, signed in."""
    return _signed_in(app, database, "ani", "operator")


@pytest.fixture
def budi(app: Flask, database: Database, kantor: Kantor) -> Petugas:
    """The head of the office, signed in."""
    return _signed_in(app, database, "budi", "pimpinan")


def _signed_in(app: Flask, database: Database, nama: str, peran: str) -> Petugas:
    add_pengguna(database, nama, peran)
    petugas = make_petugas(app, nama)
    petugas.sign_in()
    return petugas
