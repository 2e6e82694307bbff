"""A damaged backup, or a file that is none, is refused, and the present data stay as they are."""

from __future__ import annotations

import random
import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from skm_app.cadangan import CadanganError, check_backup, make_backup, restore_backup, try_restore
from skm_app.database import Database
from skm_app.intake import Intake
from skm_app.settings import Settings
from tests.cli.command import Skm
from tests.offices import (
    APPEND_ONLY,
    ON_SQLITE,
    Kantor,
    count_rows,
    drop_guards,
    import_palaran,
    list_differences,
    make_isian,
    run_sql,
)


@pytest.fixture
def copy(
    database: Database, kantor: Kantor, intake: Intake, settings: Settings, tmp_path: Path
) -> Path:
    import_palaran(database, intake)
    intake.record(make_isian(kantor, saran="Kursi kurang satu."))
    path = tmp_path / "cadangan.db"
    make_backup(database, path, settings.data_dir)
    return path


@pytest.mark.parametrize("kind", ["missing", "zero", "text", "png", "half", "flipped", "folder"])
def test_a_file_that_is_no_sound_backup_is_refused_and_nothing_changes(
    skm: Skm, database: Database, settings: Settings, copy: Path, kind: str
) -> None:
    content = bytearray(copy.read_bytes())
    spoiled = copy.with_name("rusak.db")
    if kind == "folder":
        spoiled.mkdir()
    elif kind != "missing":
        content[len(content) // 2] ^= 0x10
        spoiled.write_bytes(
            {
                "zero": b"",
                "text": b"Ini daftar belanja, bukan cadangan.\n" * 40,
                "png": b"\x89PNG\r\n\x1a\n" + bytes(5000),
                "half": copy.read_bytes()[: len(content) // 2],
                "flipped": bytes(content),
            }[kind]
        )
    before = count_rows(database)
    if kind in ("half", "flipped") and database.is_sqlite:
        assert str(spoiled) in skm.fail("restore", spoiled)
        assert str(spoiled) in skm.fail("restore", "--uji", spoiled)
    with pytest.raises(CadanganError, match=re.escape(str(spoiled))):
        restore_backup(database, spoiled, settings.data_dir)
    with pytest.raises(CadanganError, match=re.escape(str(spoiled))):
        try_restore(spoiled, settings.data_dir)
    assert count_rows(database) == before
    assert list_differences(database) == []


@ON_SQLITE
def test_one_flipped_bit_anywhere_is_noticed(
    database: Database, settings: Settings, copy: Path
) -> None:
    good = copy.read_bytes()
    chance = random.Random(42)
    word = good.index(b"Kursi kurang satu.")
    places = [0, 18, 30, 100, word, word + 5, *(chance.randrange(len(good)) for _ in range(60))]
    before = count_rows(database)
    for place in places:
        spoiled = bytearray(good)
        spoiled[place] ^= 1 << chance.randrange(8)
        copy.write_bytes(spoiled)
        # A bit of the seal itself may go: the content is then still proven another way.
        if place < len(good) - 80:
            with pytest.raises(CadanganError):
                check_backup(copy)
            with pytest.raises(CadanganError):
                restore_backup(database, copy, settings.data_dir)
    copy.write_bytes(good)
    assert check_backup(copy) == 37
    assert count_rows(database) == before


@ON_SQLITE
def test_a_backup_cut_off_at_any_length_is_noticed(
    database: Database, settings: Settings, copy: Path
) -> None:
    good = copy.read_bytes()
    before = count_rows(database)
    for part in (1, 15, 100, 4095, 4096, len(good) // 3, len(good) - 4096 - 76):
        copy.write_bytes(good[:part])
        with pytest.raises(CadanganError):
            restore_backup(database, copy, settings.data_dir)
    assert count_rows(database) == before


@ON_SQLITE
def test_a_copy_made_by_other_means_is_accepted_when_it_is_whole(
    settings: Settings, copy: Path
) -> None:
    plain = copy.with_name("salinan.db")
    with closing(sqlite3.connect(copy)) as source, closing(sqlite3.connect(plain)) as target:
        source.backup(target)
    assert try_restore(plain, settings.data_dir) == 37
    with closing(sqlite3.connect(plain)) as connection:
        connection.execute("UPDATE rekap SET n3 = n3 + 1")
        connection.commit()
    with pytest.raises(CadanganError, match="rusak: Rekap"):
        try_restore(plain, settings.data_dir)


@pytest.mark.parametrize("version", ["9999", None])
def test_a_backup_of_another_schema_is_refused_and_nothing_changes(
    database: Database, settings: Settings, copy: Path, version: str | None
) -> None:
    plain = copy.with_name("lain.db")
    plain.write_bytes(copy.read_bytes()[:-76])
    with closing(sqlite3.connect(plain)) as connection:
        if version is None:
            connection.execute("DROP TABLE alembic_version")
        else:
            connection.execute("UPDATE alembic_version SET version_num = ?", [version])
        connection.commit()
    before = count_rows(database)
    reason = "alembic_version" if version is None else "versi program yang lebih baru"
    with pytest.raises(CadanganError, match=reason):
        restore_backup(database, plain, settings.data_dir)
    assert count_rows(database) == before


def test_verify_names_every_difference_and_exits_with_1(
    skm: Skm, database: Database, kantor: Kantor, intake: Intake
) -> None:
    import_palaran(database, intake)
    assert skm.ok("verify").startswith("Semua cocok: 36 responden, ")
    drop_guards(database)
    run_sql(database, "UPDATE jawaban SET nilai = 4 WHERE butir = 'sarpras' AND nilai = 2")
    done = skm.run("verify")
    assert (done.returncode, done.stderr) == (1, "")
    *found, last = done.stdout.splitlines()
    differences = [one for one in found if not one.startswith("Penjaga ")]
    assert differences == list_differences(database)
    assert differences
    assert len(found) - len(differences) == 2 * len(APPEND_ONLY)
    kinds = {one.split()[1] for one in differences}
    # Who answered is not counted yet for so few.
    assert kinds == {"sarpras"}
    assert last == f"{len(found)} perbedaan ditemukan."
