"""``skm backup``, ``skm restore``: what was acknowledged is there again, wherever it goes."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import insert, text

from skm_app.database import Database
from skm_app.intake import Intake
from skm_app.models import Pengguna, Sesi
from skm_app.results import Lingkup, read_hasil
from skm_app.scoring import HasilIKM
from skm_app.settings import Settings
from tests.cli.command import Skm, Starter
from tests.conftest import create_postgres, make_settings, postgres_database_url
from tests.offices import (
    ON_POSTGRESQL,
    ON_SQLITE,
    SKM_9,
    Kantor,
    add_periode,
    close,
    count_responden,
    count_rows,
    import_palaran,
    list_differences,
    list_responden,
    list_saran,
    make_isian,
    make_isian_rawa,
    today_wita,
)


@pytest.fixture
def filled(database: Database, kantor: Kantor, intake: Intake) -> Database:
    """The responses of 2024 in a closed period, complaints, and somebody signed in."""
    import_palaran(database, intake)
    close(database, add_periode(database, kantor.palaran, konvensi="portal-kota"))
    intake.record(make_isian(kantor, saran="Panas. 😀\nSempit.", pengaduan=True))
    intake.record(make_isian_rawa(kantor, {"biaya": None}, tanggal=date(2024, 2, 29)))
    with database.writing() as session:
        ani = Pengguna(nama="ani", sandi_hash="-", peran="admin")
        session.add(ani)
        session.flush()
        now = list_responden(database)[0].diterima
        session.execute(
            insert(Sesi),
            {"token_hash": "a" * 64, "pengguna_id": ani.id, "dibuat": now, "terakhir": now},
        )
    return database


@pytest.fixture
def make_empty(
    request: pytest.FixtureRequest, starter: Starter, tmp_path: Path
) -> Iterator[Callable[[bool], tuple[Database, Skm]]]:
    """Make an empty place to restore into: True for SQLite, False for PostgreSQL."""
    made: list[Database] = []

    def make(is_sqlite: bool) -> tuple[Database, Skm]:
        folder = tmp_path / f"tempat-{uuid.uuid4().hex}"
        folder.mkdir()
        if is_sqlite:
            url = f"sqlite:///{folder / 'skm.db'}"
        else:
            server_url = request.getfixturevalue("postgres_url")
            create_postgres(server_url, folder.name)
            url = postgres_database_url(server_url, folder.name)
        made.append(Database(url))
        return made[-1], Skm.of(make_settings(url, folder), starter)

    yield make
    for database in made:
        database.close()


def read_index(database: Database, kantor: Kantor) -> HasilIKM:
    lingkup = Lingkup(unit_ids=kantor.all_units, mulai=date(2023, 1, 1), sampai=today_wita())
    with database.reading() as session:
        return read_hasil(session, lingkup, SKM_9.id).hasil


def read_chain(database: Database) -> list[tuple[object, ...]]:
    with database.reading() as session:
        rows = session.execute(text("SELECT nomor, ikm, sidik_sebelum, sidik FROM penetapan"))
        return [tuple(row) for row in rows]


@pytest.mark.parametrize("to_sqlite", [True, False], ids=["to-sqlite", "to-postgresql"])
def test_a_backup_restores_into_either_kind_of_database_unchanged(
    skm: Skm,
    filled: Database,
    kantor: Kantor,
    make_empty: Callable[[bool], tuple[Database, Skm]],
    tmp_path: Path,
    to_sqlite: bool,
) -> None:
    copy = tmp_path / "cadangan.db"
    assert skm.ok("backup", copy).startswith(f"Cadangan {copy} berisi 38 responden.")
    other, other_skm = make_empty(to_sqlite)
    other_skm.ok("restore", copy)
    before, after = count_rows(filled), count_rows(other)
    assert (before.pop("sesi"), after.pop("sesi")) == (1, 0)
    assert after == before
    assert read_index(other, kantor) == read_index(filled, kantor)
    assert read_chain(other) == read_chain(filled)
    assert [one.teks for one in list_saran(other)] == [one.teks for one in list_saran(filled)]
    assert list_differences(other) == []


def test_what_was_acknowledged_before_the_backup_survives_the_loss_of_the_database(
    skm: Skm,
    database: Database,
    kantor: Kantor,
    intake: Intake,
    settings: Settings,
    make_empty: Callable[[bool], tuple[Database, Skm]],
    tmp_path: Path,
) -> None:
    acknowledged: list[uuid.UUID] = []
    stop = threading.Event()

    def answer() -> None:
        while not stop.is_set():
            isian = make_isian(kantor, saran="Ada.", tanggal=date(2024, 3, 3))
            intake.record(isian)
            acknowledged.append(isian.id)

    writers = [threading.Thread(target=answer) for _ in range(4)]
    for writer in writers:
        writer.start()
    while len(acknowledged) < 20:
        stop.wait(0.01)
    before = set(acknowledged)
    copy = tmp_path / "cadangan.db"
    skm.ok("backup", copy)
    during = len(acknowledged)
    stop.set()
    for writer in writers:
        writer.join()
    # The server went on taking answers while the backup was made.
    assert during > len(before)

    lose(database, settings)
    place, place_skm = make_empty(database.is_sqlite)
    place_skm.ok("restore", copy)
    stored = {row.id for row in list_responden(place)}
    assert before <= stored <= set(acknowledged)
    assert count_rows(place)["saran"] == len(stored)
    assert list_differences(place) == []


def lose(database: Database, settings: Settings) -> None:
    database.close()
    path = database.sqlite_path
    if path is not None:
        for suffix in ("", "-wal", "-shm"):
            Path(f"{path}{suffix}").unlink(missing_ok=True)
        return
    server = database.url.set(drivername="postgresql", database="postgres")
    with psycopg.connect(
        server.render_as_string(hide_password=False), autocommit=True
    ) as connection:
        connection.execute(f'DROP DATABASE "{database.url.database}" WITH (FORCE)')


@ON_SQLITE
def test_a_restore_in_place_waits_for_the_server_to_stop_and_keeps_what_was_there(
    skm: Skm, filled: Database, kantor: Kantor, intake: Intake, tmp_path: Path
) -> None:
    copy = tmp_path / "cadangan.db"
    skm.ok("backup", copy)
    intake.record(make_isian(kantor))
    assert count_responden(filled) == 39
    # An answer acknowledged while the files change hands would be in neither.
    assert "sedang dipakai. Hentikan server dahulu" in skm.fail("restore", copy)
    assert count_responden(filled) == 39
    filled.close()
    out = skm.ok("restore", copy)
    assert count_responden(filled) == 38
    kept = Path(out.splitlines()[-1].removeprefix("Data sebelumnya disimpan di ").rstrip("."))
    aside = Database(f"sqlite:///{kept}")
    assert count_responden(aside) == 39
    aside.close()
    # Signed-in sessions do not come back, and new answers can be stored at once.
    assert count_rows(filled)["sesi"] == 0
    intake.record(make_isian(kantor))
    assert count_responden(filled) == 39
    assert list_differences(filled) == []


@ON_SQLITE
@pytest.mark.parametrize("damage", ["text", "truncated", "empty"])
def test_a_damaged_database_is_replaced_and_put_aside(
    skm: Skm, filled: Database, settings: Settings, tmp_path: Path, damage: str
) -> None:
    copy = tmp_path / "cadangan.db"
    skm.ok("backup", copy)
    filled.close()
    path = filled.sqlite_path
    assert path is not None
    content = path.read_bytes()
    spoiled = {"text": b"bukan basis data" * 999, "truncated": content[:9000], "empty": b""}
    path.write_bytes(spoiled[damage])
    skm.ok("restore", copy)
    again = Database(settings.database_url)
    assert count_responden(again) == 38
    assert list_differences(again) == []
    again.close()
    aside = list(settings.data_dir.glob("skm-sebelum-pemulihan-*.db"))
    if spoiled[damage]:
        assert [one.read_bytes() for one in aside] == [spoiled[damage]]


@ON_POSTGRESQL
def test_a_filled_postgresql_database_is_not_overwritten(
    skm: Skm, filled: Database, tmp_path: Path
) -> None:
    copy = tmp_path / "cadangan.db"
    skm.ok("backup", copy)
    before = count_rows(filled)
    assert "tujuan tidak kosong" in skm.fail("restore", copy)
    assert count_rows(filled) == before


def test_an_existing_file_is_not_overwritten_by_a_backup(
    skm: Skm, filled: Database, tmp_path: Path
) -> None:
    copy = tmp_path / "penting.txt"
    copy.write_text("jangan hilang")
    assert f"Berkas {copy} sudah ada; pilih nama lain." in skm.fail("backup", copy)
    assert copy.read_text() == "jangan hilang"
    assert "gagal" in skm.fail("backup", tmp_path / "tidak" / "ada.db")


@ON_SQLITE
def test_a_drill_proves_the_backup_and_changes_nothing(
    skm: Skm, filled: Database, settings: Settings, tmp_path: Path
) -> None:
    copy = tmp_path / "cadangan.db"
    skm.ok("backup", copy)
    before, files = count_rows(filled), sorted(settings.data_dir.iterdir())
    out = skm.ok("restore", "--uji", copy)
    assert out == f"Cadangan {copy} dapat dipulihkan: 38 responden, semua cocok.\n"
    assert count_rows(filled) == before
    left = {one.name for one in settings.data_dir.iterdir()} - {one.name for one in files}
    assert left <= {"skm.db-wal", "skm.db-shm"}


@ON_SQLITE
def test_a_backup_from_before_a_closing_is_restored_only_on_demand(
    skm: Skm, filled: Database, kantor: Kantor, tmp_path: Path
) -> None:
    # Given a backup, and a period that was closed after it
    copy = tmp_path / "lama.db"
    skm.ok("backup", str(copy))
    close(filled, add_periode(filled, kantor.palaran, tahun=today_wita().year))
    chain = read_chain(filled)

    # When it is restored without a word about that, then the closed result stays
    refused = skm.run("restore", str(copy))
    assert refused.returncode == 2
    assert f"periode {today_wita().year} ditetapkan" in refused.stderr
    assert "--buang-penetapan" in refused.stderr
    assert read_chain(filled) == chain

    # And on demand it goes, and what is left proves right
    filled.close()
    skm.ok("restore", str(copy), "--buang-penetapan")
    restored = Database(filled.url.render_as_string(hide_password=False))
    assert read_chain(restored) == chain[:1]
    assert list_differences(restored) == []
    restored.close()
