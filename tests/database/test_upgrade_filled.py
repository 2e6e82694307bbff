"""Every migration keeps what a filled database of the version before holds."""

from __future__ import annotations

import itertools
import json
import os
import uuid
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from skm_app.database import Database
from skm_app.migrating import make_config
from skm_app.scoring import load_shipped
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


def columns_of(database: Database) -> dict[str, list[str]]:
    from sqlalchemy import inspect

    inspector = inspect(database.engine)
    return {
        table: [column["name"] for column in inspector.get_columns(table)]
        for table in inspector.get_table_names()
        if table != "alembic_version"
    }


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
