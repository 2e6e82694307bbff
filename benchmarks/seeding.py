"""Offices with many responses, written in bulk: to measure reading, not recording."""

from __future__ import annotations

import random
import sqlite3
import uuid
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import select

from skm_app.database import Database
from skm_app.demo.kantor import create_kantor
from skm_app.label_ciri import LABEL_CIRI
from skm_app.models import Layanan
from skm_app.periode import DEFAULT_INSTRUMEN
from skm_app.scoring import load_shipped
from skm_app.setup import ensure_instrumen

ROWS_PER_STEP = 20_000

TALLY = """
INSERT INTO rekap (unit_id, jenjang, mulai, layanan_id, instrumen_id, butir,
                   n1, n2, n3, n4, kosong, terakhir)
SELECT r.unit_id, ?, {start}, r.layanan_id, r.instrumen_id, j.butir,
       sum(j.nilai = 1), sum(j.nilai = 2), sum(j.nilai = 3), sum(j.nilai = 4), 0, max(r.diterima)
FROM responden r JOIN jawaban j ON j.responden_id = r.id
GROUP BY 1, 3, 4, 5, 6
"""

# Each month's tallies, dealt out evenly over the groups of every ciri: reading does not care who.
TALLY_CIRI = """
INSERT INTO rekap_ciri (unit_id, mulai, instrumen_id, ciri, kelompok, butir,
                        n1, n2, n3, n4, kosong)
SELECT r.unit_id, r.mulai, r.instrumen_id, g.ciri, g.kelompok, r.butir,
       sum(r.n1) / g.banyak + (g.urutan < sum(r.n1) % g.banyak),
       sum(r.n2) / g.banyak + (g.urutan < sum(r.n2) % g.banyak),
       sum(r.n3) / g.banyak + (g.urutan < sum(r.n3) % g.banyak),
       sum(r.n4) / g.banyak + (g.urutan < sum(r.n4) % g.banyak), 0
FROM rekap r JOIN kelompok g WHERE r.jenjang = 'bulan'
GROUP BY r.unit_id, r.mulai, r.instrumen_id, g.ciri, g.kelompok, r.butir
"""


def seed_office(data_dir: Path, count: int) -> str:
    """Make an office with six units, 26 services and ``count`` responses over this year.

    :return: code of its titik.
    """
    data_dir.mkdir(parents=True, exist_ok=True)
    database = Database(f"sqlite:///{data_dir / 'skm.db'}")
    database.upgrade()
    with database.writing() as session:
        ensure_instrumen(session)
        kantor = create_kantor(session)
    with database.reading() as session:
        pairs = [tuple(row) for row in session.execute(select(Layanan.unit_id, Layanan.id))]
        titik_id = session.connection().exec_driver_sql("SELECT id FROM titik LIMIT 1").scalar()
    database.close()
    with closing(sqlite3.connect(data_dir / "skm.db")) as connection:
        _fill(connection, count, pairs, str(titik_id))
    return kantor.titik[0]


def _fill(
    connection: sqlite3.Connection, count: int, pairs: list[tuple[uuid.UUID, ...]], titik_id: str
) -> None:
    chance = random.Random(count)
    butir = [(one.kunci, one.unsur) for one in load_shipped()["skm-9"].butir]
    first = date(date.today().year, 1, 1)
    connection.execute("PRAGMA synchronous = OFF")
    for start in range(0, count, ROWS_PER_STEP):
        responden, jawaban = [], []
        # Sorted keys: the file is then written front to back instead of all over.
        for key in sorted(
            f"{chance.getrandbits(128):032x}" for _ in range(min(ROWS_PER_STEP, count - start))
        ):
            unit_id, layanan_id = chance.choice(pairs)
            day = (first + timedelta(days=chance.randrange(365))).isoformat()
            responden.append(
                (key, unit_id.hex, titik_id, layanan_id.hex, DEFAULT_INSTRUMEN, "impor",
                 f"{first.year}-01-01 00:00:00.000000", day, "0" * 64)
            )  # fmt: skip
            jawaban += [(key, kunci, unsur, chance.choice((2, 3, 3, 4))) for kunci, unsur in butir]
        connection.executemany(
            "INSERT INTO responden (id, unit_id, titik_id, layanan_id, instrumen_id, kanal,"
            " diterima, tanggal, sidik) VALUES (?,?,?,?,?,?,?,?,?)",
            responden,
        )
        connection.executemany("INSERT INTO jawaban VALUES (?,?,?,?)", jawaban)
        connection.commit()
    for jenjang, start_of in (
        ("hari", "r.tanggal"),
        ("bulan", "date(r.tanggal, 'start of month')"),
    ):
        connection.execute(TALLY.format(start=start_of), (jenjang,))
    connection.execute(
        "CREATE TEMP TABLE kelompok (ciri TEXT, kelompok TEXT, urutan INTEGER, banyak INTEGER)"
    )
    groups = [
        (ciri, value, place, len(values))
        for ciri, values in LABEL_CIRI.items()
        for place, value in enumerate(values)
    ]
    connection.executemany("INSERT INTO kelompok VALUES (?,?,?,?)", groups)
    connection.execute(TALLY_CIRI)
    connection.commit()
