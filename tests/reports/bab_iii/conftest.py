"""The year 2024, filled once, and a small office for everything that begins empty."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from skm_app.database import Database
from skm_app.reports.bab_iii.fakta import FaktaKinerja, read_fakta
from tests.offices import Kantor, intake, kantor
from tests.reports.bab_iii.isi import Berkas2024, Isi2024, make_berkas_2024

__all__ = ["intake", "kantor"]


@dataclass(frozen=True, kw_only=True)
class Terisi:
    """The complete year in a database of the test's own."""

    database: Database
    kantor: Kantor
    isi: Isi2024


@pytest.fixture(scope="session")
def berkas_2024(upgraded_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Berkas2024:
    return make_berkas_2024(upgraded_sqlite, tmp_path_factory.mktemp("bab-iii"))


@pytest.fixture
def terisi(berkas_2024: Berkas2024, tmp_path: Path) -> Iterator[Terisi]:
    database = Database(berkas_2024.copy(tmp_path))
    yield Terisi(database=database, kantor=berkas_2024.kantor, isi=berkas_2024.isi)
    database.close()


@pytest.fixture(scope="module")
def palaran(
    berkas_2024: Berkas2024, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Database, Kantor]]:
    """The complete year in a database of its own; to be read only."""
    database = Database(berkas_2024.copy(tmp_path_factory.mktemp("palaran")))
    yield database, berkas_2024.kantor
    database.close()


@pytest.fixture(scope="module")
def fakta_2024(palaran: tuple[Database, Kantor]) -> FaktaKinerja:
    database, kantor = palaran
    with database.reading() as session:
        return read_fakta(session, kantor.palaran, 2024)
