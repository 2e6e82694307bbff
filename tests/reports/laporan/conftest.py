"""The demo's report, made once, and a small office for everything that changes."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from skm_app.database import Database
from skm_app.demo import fill_demo
from skm_app.models import Periode
from skm_app.reports.bahan import Bahan, read_bahan
from skm_app.reports.dokumen import Dokumen
from skm_app.reports.kelompok import HasilLayanan, Kelompok, read_kelompok, read_per_layanan
from skm_app.reports.laporan import make_laporan
from skm_app.setup import ensure_instrumen
from tests.conftest import make_settings
from tests.offices import intake, kantor, make_intake

__all__ = ["intake", "kantor"]


@dataclass(frozen=True, kw_only=True)
class Contoh:
    """One period of the demo: what other modules say of it, and its report."""

    bahan: Bahan
    kelompok: dict[str, tuple[Kelompok, ...]]
    layanan: tuple[HasilLayanan, ...]
    dokumen: Dokumen


@pytest.fixture(scope="module")
def demo(upgraded_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    folder = tmp_path_factory.mktemp("demo")
    shutil.copy(upgraded_sqlite, folder / "skm.db")
    settings = make_settings(f"sqlite:///{folder / 'skm.db'}", folder)
    database = Database(settings.database_url)
    with database.writing() as session:
        ensure_instrumen(session)
    fill_demo(database, make_intake(database, settings), settings.timezone)
    yield database
    database.close()


@pytest.fixture(scope="module")
def demo_2024(demo: Database) -> Contoh:
    return _read(demo, 2024)


@pytest.fixture(scope="module")
def demo_kini(demo: Database) -> Contoh:
    """The running year."""
    return _read(demo, None)


def _read(database: Database, tahun: int | None) -> Contoh:
    with database.reading() as session:
        rows = session.scalars(select(Periode).order_by(Periode.tahun.desc())).all()
        periode = rows[0] if tahun is None else next(one for one in rows if one.tahun == tahun)
        assert periode.mulai == date(periode.tahun, 1, 1)
        bahan = read_bahan(session, periode)
        return Contoh(
            bahan=bahan,
            kelompok=read_kelompok(session, bahan),
            layanan=read_per_layanan(session, bahan),
            dokumen=make_laporan(session, periode),
        )
