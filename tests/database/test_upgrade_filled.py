"""Every migration keeps what a filled database of the version before holds."""

from __future__ import annotations

import itertools
import json
import os
import uuid
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from sqlalchemy import Connection, select, text
from sqlalchemy.exc import DBAPIError

from skm_app.database import Database
from skm_app.migrating import make_config
from skm_app.models import Indikator, Periode, RekapCiri, Rencana, TargetLama
from skm_app.rantai import compute_link
from skm_app.scoring import Sebaran, compute_ikm, load_shipped
from skm_app.verifikasi import find_differences
from tests.conftest import create_postgres, postgres_database_url

SKM_9 = load_shipped()["skm-9"]
UNIT, LAYANAN, TITIK = uuid.UUID(int=1), uuid.UUID(int=2), uuid.UUID(int=3)
RESPONDEN = [uuid.UUID(int=100 + number) for number in range(5)]
_numbers = itertools.count()


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database of each kind with no table at all."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'old.db'}"
    server_url = request.getfixturevalue("postgres_url")
    name = f"skm_old_{os.getpid()}_{next(_numbers)}"
    create_postgres(server_url, name)
    return postgres_database_url(server_url, name)


def upgrade_to(database: Database, revision: str) -> None:
    with database.write_connection() as connection:
        config = make_config()
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


def fill_0001(database: Database) -> None:
    """Rows as version 0001 wrote them, by column name."""
    key = str if not database.is_sqlite else lambda value: value.hex
    with database.write_connection() as connection:
        insert(connection, "unit", id=key(UNIT), jenis="kecamatan", nama="Palaran", alamat="")
        insert(
            connection, "layanan", id=key(LAYANAN), unit_id=key(UNIT), kode="umum",
            nama="Umum", urutan=0, aktif=True,
        )  # fmt: skip
        insert(
            connection, "titik", id=key(TITIK), unit_id=key(UNIT), kode="PARAHA",
            nama="Loket", aktif=True,
        )  # fmt: skip
        insert(connection, "instrumen", id=SKM_9.id, definisi=json.dumps(SKM_9.to_dict()))
        for responden_id in RESPONDEN:
            insert(
                connection, "responden", id=key(responden_id), unit_id=key(UNIT),
                titik_id=key(TITIK), layanan_id=key(LAYANAN), instrumen_id=SKM_9.id, kanal="qr",
                diterima="2024-03-05 01:02:03.000000", tanggal="2024-03-05", jenis_kelamin="P",
                usia="26-34", sidik="0" * 64,
            )  # fmt: skip
            for butir in SKM_9.butir:
                insert(
                    connection, "jawaban", responden_id=key(responden_id), butir=butir.kunci,
                    unsur=butir.unsur, nilai=3,
                )  # fmt: skip
        for jenjang, mulai in (("hari", "2024-03-05"), ("bulan", "2024-03-01")):
            for butir in SKM_9.butir:
                insert(
                    connection, "rekap", unit_id=key(UNIT), jenjang=jenjang, mulai=mulai,
                    layanan_id=key(LAYANAN), instrumen_id=SKM_9.id, butir=butir.kunci,
                    n1=0, n2=0, n3=len(RESPONDEN), n4=0, kosong=0,
                    terakhir="2024-03-05 01:02:03.000000",
                )  # fmt: skip


def insert(connection: Connection, table: str, **values: Any) -> None:  # noqa: ANN401 - SQL values
    names, marks = ", ".join(values), ", ".join(f":{name}" for name in values)
    connection.execute(text(f"INSERT INTO {table} ({names}) VALUES ({marks})"), values)


def dump(database: Database, columns: dict[str, list[str]]) -> dict[str, list[str]]:
    with database.engine.connect() as connection:
        return {
            table: sorted(
                repr(tuple(row))
                for row in connection.execute(text(f"SELECT {', '.join(names)} FROM {table}"))
            )
            for table, names in columns.items()
        }


# What a later version keeps elsewhere.
MOVED = [("indikator", "sasaran")]


def columns_of(database: Database) -> dict[str, list[str]]:
    from sqlalchemy import inspect

    inspector = inspect(database.engine)
    return {
        table: [
            column["name"]
            for column in inspector.get_columns(table)
            if (table, column["name"]) not in MOVED
        ]
        for table in inspector.get_table_names()
        if table != "alembic_version"
    }


def fill_0002(database: Database) -> None:
    """What version 0002 could hold besides: helped answers, and a closed period."""
    key = str if not database.is_sqlite else lambda value: value.hex
    with database.write_connection() as connection:
        dibantu = [True, False, None]
        for number, value in enumerate(dibantu):
            responden_id = uuid.UUID(int=200 + number)
            insert(
                connection, "responden", id=key(responden_id), unit_id=key(UNIT),
                titik_id=key(TITIK), layanan_id=key(LAYANAN), instrumen_id=SKM_9.id, kanal="kios",
                diterima="2025-01-31 16:30:00.000000", tanggal="2025-02-01", dibantu=value,
                sidik="1" * 64,
            )  # fmt: skip
            for butir in SKM_9.butir:
                insert(
                    connection, "jawaban", responden_id=key(responden_id), butir=butir.kunci,
                    unsur=butir.unsur, nilai=None if butir.kunci == "biaya" else 4,
                )  # fmt: skip
        for jenjang in ("hari", "bulan"):
            for butir in SKM_9.butir:
                kosong = 3 if butir.kunci == "biaya" else 0
                insert(
                    connection, "rekap", unit_id=key(UNIT), jenjang=jenjang, mulai="2025-02-01",
                    layanan_id=key(LAYANAN), instrumen_id=SKM_9.id, butir=butir.kunci,
                    n1=0, n2=0, n3=0, n4=3 - kosong, kosong=kosong,
                    terakhir="2025-01-31 16:30:00.000000",
                )  # fmt: skip
        for number, (mulai, sampai) in enumerate(PERIODE_0002.values()):
            insert(
                connection, "periode", id=key(uuid.UUID(int=300 + number)), unit_id=key(UNIT),
                nama=f"P{number}", tahun=2024, mulai=mulai, sampai=sampai,
                instrumen_id=SKM_9.id, konvensi="eksak",
            )  # fmt: skip
        freeze_0002(connection, key(uuid.UUID(int=400)), key(uuid.UUID(int=300)))


# Kind of period -> its days, as the new version should name it.
PERIODE_0002 = {
    "tahun": ("2024-01-01", "2024-12-31"),
    "semester": ("2024-07-01", "2024-12-31"),
    "triwulan": ("2024-10-01", "2024-12-31"),
    "bulan": ("2024-02-01", "2024-02-29"),
    "lain": ("2024-02-01", "2024-04-30"),
}


def freeze_0002(connection: Connection, penetapan_id: str, periode_id: str) -> None:
    """A closed year as version 0002 froze it."""
    rekap = {butir.kunci: Sebaran(0, 0, len(RESPONDEN), 0) for butir in SKM_9.butir}
    hasil = compute_ikm(SKM_9, rekap)
    isi = {
        "periode": "P0", "unit": "Palaran", "mulai": "2024-01-01", "sampai": "2024-12-31",
        "instrumen": SKM_9.to_dict(), "hasil": hasil.to_json(), "instrumen_lain": {},
        "rekap": {kunci: [0, 0, len(RESPONDEN), 0, 0] for kunci in rekap},
    }  # fmt: skip
    ditetapkan = datetime(2025, 1, 3, 4, 5, 6, 789, tzinfo=UTC)
    insert(
        connection, "penetapan", id=penetapan_id, nomor=1, periode_id=periode_id,
        ditetapkan="2025-01-03 04:05:06.000789", oleh="ani", n=len(RESPONDEN),
        ikm=str(hasil.ikm), ikm_eksak=str(hasil.ikm_eksak), mutu="C",
        isi=json.dumps(isi), sidik_sebelum="0" * 64,
        sidik=compute_link([isi, ditetapkan.isoformat(), "ani"], "0" * 64),
    )  # fmt: skip


def test_upgrading_a_filled_0002_keeps_every_row_and_counts_who_answered(empty_url: str) -> None:
    # Given a database as the second version left it, with a closed year
    database = Database(empty_url)
    upgrade_to(database, "0002")
    fill_0001(database)
    fill_0002(database)
    columns = columns_of(database)
    before = dump(database, columns)

    # When the program upgrades it
    database.upgrade()

    # Then every value of every row is what it was, and everything proves right
    assert dump(database, columns) == before
    with database.reading() as session:
        assert list(find_differences(session)) == []
        # Who answered is counted by month in the office's days
        counted = {
            (row.ciri, row.kelompok, str(row.mulai)): row.n3 + row.n4
            for row in session.scalars(select(RekapCiri).where(RekapCiri.butir == "waktu"))
        }
        assert counted["dibantu", "ya", "2025-02-01"] == 1
        assert counted["dibantu", "", "2024-03-01"] == len(RESPONDEN)
        assert counted["kanal", "kios", "2025-02-01"] == 3
        assert counted["usia", "26-34", "2024-03-01"] == len(RESPONDEN)
        # Periods know what kind they are
        jenis = {one.nama: one.jenis for one in session.scalars(select(Periode))}
        assert list(jenis.values()) == list(PERIODE_0002)
    # And the closed year is still refused every change
    for statement in ("UPDATE penetapan SET oleh = 'x'", "DELETE FROM penetapan"):
        with pytest.raises(DBAPIError, match="append-only"), database.write_connection() as one:
            one.execute(text(statement))
    database.close()


def test_upgrading_a_filled_0001_keeps_every_row_and_its_protection(empty_url: str) -> None:
    # Given a database as the first version left it
    database = Database(empty_url)
    upgrade_to(database, "0001")
    fill_0001(database)
    columns = columns_of(database)
    before = dump(database, columns)

    # When the program upgrades it
    database.upgrade()

    # Then every value of every row is what it was
    assert dump(database, columns) == before
    # And the tallies still fit the answers, and the answers still cannot be changed
    with database.reading() as session:
        assert list(find_differences(session)) == []
    for statement in ("UPDATE responden SET kanal = 'kios'", "DELETE FROM jawaban"):
        with pytest.raises(DBAPIError, match="append-only"), database.write_connection() as one:
            one.execute(text(statement))
    # And a second upgrade has nothing to do
    database.upgrade()
    assert dump(database, columns) == before
    database.close()


SASARAN = ("Pelayanan yang lebih baik", "Kelurahan yang lebih berdaya")


def fill_0003(database: Database) -> None:
    """A performance agreement as version 0003 wrote it: two sasaran, one of them twice."""
    key = str if not database.is_sqlite else lambda value: value.hex
    rows = (("ikm", SASARAN[0]), ("probebaya", SASARAN[1]), ("lain", SASARAN[1]))
    with database.write_connection() as connection:
        for urutan, (kode, sasaran) in enumerate(rows, 1):
            indikator_id = key(uuid.UUID(int=500 + urutan))
            insert(
                connection, "indikator", id=indikator_id, unit_id=key(UNIT), kode=kode,
                urutan=urutan, sasaran=sasaran, nama=f"Indikator {kode}", satuan="Nilai",
            )  # fmt: skip
            for tahun in (2022, 2026):
                insert(
                    connection, "target", indikator_id=indikator_id, tahun=tahun,
                    target="88.31", sumber="PK",
                )  # fmt: skip
            insert(
                connection, "realisasi", indikator_id=indikator_id, tahun=2022, cara="dokumen",
                nilai="87.23", sumber="LKjIP",
            )  # fmt: skip
        insert(
            connection, "anggaran", id=key(uuid.UUID(int=600)), unit_id=key(UNIT), tahun=2024,
            program="P", kegiatan="K", sub_kegiatan="S", anggaran_rp=2645329556,
            realisasi_rp=2664918894,
        )  # fmt: skip


def fill_0004(database: Database) -> None:
    """What version 0004 could hold besides: a letterhead and a text of a report."""
    key = str if not database.is_sqlite else lambda value: value.hex
    with database.write_connection() as connection:
        insert(
            connection, "kop_surat", unit_id=key(UNIT), instansi="Pemerintah Kota", kontak="",
            tempat="Samarinda", jabatan="Camat", nama="", pangkat="", nip="",
        )  # fmt: skip
        insert(
            connection, "teks_laporan", periode_id=key(uuid.UUID(int=300)), kunci="latar",
            isi="Kata kantor", ditulis="2025-01-04 01:02:03.000000",
        )  # fmt: skip


def test_upgrading_a_filled_0003_and_0004_keeps_every_row_and_places_each_indikator(
    empty_url: str,
) -> None:
    # Given a database that went from version to version, with an agreement and a letterhead
    database = Database(empty_url)
    upgrade_to(database, "0002")
    fill_0001(database)
    fill_0002(database)
    upgrade_to(database, "0003")
    fill_0003(database)
    at_0003 = columns_of(database)
    before = dump(database, at_0003)
    upgrade_to(database, "0004")
    assert dump(database, at_0003) == before
    fill_0004(database)
    columns = columns_of(database)
    before = dump(database, columns)

    # When the program upgrades it
    database.upgrade()

    # Then every value is what it was, and each sasaran stands once in a plan of those years
    assert dump(database, columns) == before
    with database.reading() as session:
        assert list(find_differences(session)) == []
        indikator = session.scalars(select(Indikator).order_by(Indikator.urutan)).all()
        placed = [one.sasaran for one in indikator if one.sasaran is not None]
        assert [one.uraian for one in placed] == [SASARAN[0], SASARAN[1], SASARAN[1]]
        assert placed[1] is placed[2]
        assert [one.paling_tinggi for one in indikator] == [Decimal(100), Decimal(100), None]
        rencana = session.get_one(Rencana, UNIT)
        assert (rencana.mulai, rencana.sampai) == (2022, 2026)
    # And a version of a target that was revised is refused every change
    with database.writing() as session:
        session.add(
            TargetLama(
                indikator_id=indikator[0].id, tahun=2022, nomor=0, target=Decimal("77.55"),
                sumber="PK", keputusan="", tanggal=None, diganti=datetime.now(UTC), oleh="ani",
            )
        )  # fmt: skip
    for statement in ("UPDATE target_lama SET target = '1'", "DELETE FROM target_lama"):
        with pytest.raises(DBAPIError, match="append-only"), database.write_connection() as one:
            one.execute(text(statement))
    database.close()
