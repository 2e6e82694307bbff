"""The last second of a year in Samarinda, and the first of the next, on a real computer clock."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from skm_app.database import Database
from skm_app.models import Responden
from skm_app.results import Lingkup, read_hasil
from skm_app.settings import Settings
from tests.cli.command import Skm
from tests.offices import LOKET_KTP, SKM_9, Kantor, list_differences

U = "U1,U2,U3,U4,U5,U6,U7,U8,U9"


@pytest.mark.parametrize(
    ("database_url", "machine"),
    [("sqlite", "Asia/Jakarta"), ("postgresql", "America/Los_Angeles")],
    indirect=["database_url"],
)
def test_a_response_counts_in_the_year_that_the_offices_clock_shows(
    settings: Settings, database: Database, kantor: Kantor, tmp_path: Path, machine: str
) -> None:
    skm = Skm.of(settings, TZ=machine)
    for instant, nilai in (
        ("2026-12-31T15:59:59+00:00", "1"),
        ("2026-12-31T16:00:00+00:00", "4"),
    ):
        path = tmp_path / f"{nilai}.csv"
        path.write_text(f"{U}\n{','.join(nilai * 9)}\n")
        done = skm.run_at(instant, "import", path, "--titik", LOKET_KTP)
        assert (done.returncode, done.stderr) == (0, ""), done
    with database.reading() as session:
        stored = session.execute(
            select(Responden.tanggal, Responden.diterima).order_by(Responden.diterima)
        ).all()
        found = {
            tahun: read_hasil(
                session,
                Lingkup(
                    unit_ids=kantor.all_units,
                    mulai=date(tahun, 1, 1),
                    sampai=date(tahun, 12, 31),
                ),
                SKM_9.id,
            ).hasil
            for tahun in (2026, 2027)
        }
    assert [row.tanggal for row in stored] == [date(2026, 12, 31), date(2027, 1, 1)]
    assert [row.diterima.isoformat() for row in stored] == [
        "2026-12-31T15:59:59+00:00",
        "2026-12-31T16:00:00+00:00",
    ]
    assert [(hasil.n, str(hasil.ikm)) for hasil in found.values()] == [(1, "25.00"), (1, "100.00")]
    assert list_differences(database) == []
