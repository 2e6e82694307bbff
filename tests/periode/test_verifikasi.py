"""``find_differences`` finds whatever somebody with the database's password changed."""

from __future__ import annotations

import copy
import time
import uuid
from datetime import UTC, date, datetime, timedelta, tzinfo

import pytest
from sqlalchemy import delete, insert, select, update

from skm_app.database import Database
from skm_app.intake import Intake, recorder
from skm_app.models import Jawaban, Penetapan, RekapTertunda, Responden, Unit
from skm_app.periode.penetapan import compute_sidik
from skm_app.scoring import compute_ikm, tally
from tests.offices import (
    SKM_9,
    Kantor,
    add_periode,
    close,
    drop_guards,
    list_differences,
    make_isian,
    make_nilai,
    run_sql,
)

DAY = date(2024, 4, 4)


@pytest.fixture
def closed(database: Database, kantor: Kantor, intake: Intake) -> Database:
    """Three closed years with two answers each, all guards removed."""
    for tahun in (2022, 2023, 2024):
        day = DAY.replace(year=tahun)
        intake.record(make_isian(kantor, {"biaya": 4}, tanggal=day, saran="Baik."))
        intake.record(make_isian(kantor, {"pengaduan": None}, tanggal=day))
        close(database, add_periode(database, kantor.palaran, tahun=tahun))
    assert list_differences(database) == []
    drop_guards(database)
    return database


def found(database: Database) -> str:
    return "\n".join(list_differences(database))


@pytest.mark.parametrize("jenjang", ["hari", "bulan"])
@pytest.mark.parametrize("column", ["n1", "n2", "n3", "n4", "kosong"])
def test_a_changed_tally_is_found(closed: Database, jenjang: str, column: str) -> None:
    where = f"butir = 'biaya' AND jenjang = '{jenjang}' AND mulai >= '2024-01-01'"
    assert run_sql(closed, f"UPDATE rekap SET {column} = {column} + 1 WHERE {where}") == 1
    (difference,) = list_differences(closed)
    assert difference.startswith(f"Rekap biaya {jenjang} 2024-04-0")
    assert "dari jawaban mentah" in difference


def test_a_missing_tally_is_found(closed: Database) -> None:
    assert run_sql(closed, "DELETE FROM rekap WHERE butir = 'biaya' AND jenjang = 'hari'") == 3
    differences = list_differences(closed)
    assert len(differences) == 3
    assert all("tidak tersimpan" in one for one in differences)


def test_an_invented_tally_is_found(closed: Database) -> None:
    run_sql(
        closed,
        "INSERT INTO rekap SELECT unit_id, jenjang, '2021-01-01', layanan_id, instrumen_id, "
        "butir, n1, n2, n3, n4, kosong, terakhir FROM rekap "
        "WHERE butir = 'biaya' AND jenjang = 'hari' AND mulai >= '2024-01-01'",
    )
    (difference,) = list_differences(closed)
    assert "2021-01-01" in difference


def test_an_altered_raw_answer_is_found(closed: Database) -> None:
    run_sql(closed, "UPDATE jawaban SET nilai = 1 WHERE butir = 'biaya' AND nilai = 4")
    text = found(closed)
    assert "Rekap biaya hari" in text
    assert "Rekap biaya bulan" in text


def test_an_altered_raw_answer_with_its_tallies_made_to_fit_is_found_by_the_closed_period(
    closed: Database,
) -> None:
    run_sql(closed, "UPDATE jawaban SET nilai = 4 WHERE butir = 'biaya'")
    for table in ("rekap", "rekap_ciri"):
        run_sql(closed, f"UPDATE {table} SET n3 = 0, n4 = 2 WHERE butir = 'biaya'")
    text = found(closed)
    assert "Rekap" not in text
    assert text.count("tidak cocok dengan jawaban mentah") == 3


def test_a_deleted_raw_answer_is_found(closed: Database) -> None:
    run_sql(closed, "DELETE FROM jawaban WHERE butir = 'biaya' AND nilai = 4")
    assert "Jawaban biaya (skm-9/1): ada 3, seharusnya 6" in found(closed)


def test_a_deleted_respondent_is_found(closed: Database) -> None:
    with closed.reading() as session:
        victim = session.scalars(select(Responden.id)).first()
    with closed.write_connection() as connection:
        connection.execute(delete(Jawaban).where(Jawaban.responden_id == victim))
        connection.execute(delete(RekapTertunda).where(RekapTertunda.responden_id == victim))
        connection.execute(delete(Responden).where(Responden.id == victim))
    text = found(closed)
    assert "Rekap persyaratan hari" in text
    assert "tidak cocok dengan jawaban mentah" in text


def test_a_respondent_moved_to_another_day_or_service_is_found(
    closed: Database, kantor: Kantor
) -> None:
    with closed.write_connection() as connection:
        connection.execute(update(Responden).values(tanggal=date(2021, 1, 1)))
    assert "2021-01-01" in found(closed)
    with closed.write_connection() as connection:
        connection.execute(update(Responden).values(layanan_id=kantor.sktm))
    assert str(kantor.sktm) in found(closed)


def test_an_answer_under_the_wrong_unsur_is_found(closed: Database) -> None:
    run_sql(closed, "UPDATE jawaban SET unsur = 'sarpras' WHERE butir = 'pengaduan'")
    assert "Jawaban pengaduan dengan unsur sarpras tidak dikenal" in found(closed)


def test_a_forged_respondent_is_found(closed: Database) -> None:
    new = uuid.uuid4()
    with closed.write_connection() as connection:
        old = connection.execute(select(Responden)).mappings().first()
        assert old is not None
        connection.execute(insert(Responden), {**old, "id": new})
    assert "satu per responden" in found(closed)


@pytest.mark.parametrize("column", ["n", "ikm", "ikm_eksak", "mutu", "oleh", "ditetapkan"])
def test_a_changed_column_of_a_closed_period_is_found(closed: Database, column: str) -> None:
    values = {
        "n": 99,
        "ikm": "99.99",
        "ikm_eksak": "99.99",
        "mutu": "A",
        "oleh": "budi",
        "ditetapkan": datetime(2025, 1, 1, tzinfo=UTC),
    }
    value = values[column]
    if closed.is_sqlite and isinstance(value, datetime):
        value = "2025-01-01 00:00:00.000000"
    run_sql(closed, f"UPDATE penetapan SET {column} = :value WHERE nomor = 2", value=value)
    assert "Penetapan 2 (2023): " in found(closed)


def change_isi(database: Database, change: dict[str, object], *, sign_again: bool) -> None:
    with database.writing() as session:
        row = session.scalars(select(Penetapan).where(Penetapan.nomor == 2)).one()
        isi = copy.deepcopy(row.isi)
        isi["hasil"] = {**isi["hasil"], **change}
        row.isi = isi
        if sign_again:
            row.sidik = compute_sidik(isi, row.ditetapkan, row.oleh, row.sidik_sebelum)


def test_a_changed_figure_in_a_closed_period_is_found(closed: Database) -> None:
    change_isi(closed, {"ikm": "99.99"}, sign_again=False)
    text = found(closed)
    assert "Penetapan 2 (2023): isinya tidak cocok dengan sidiknya." in text
    assert "Penetapan 2 (2023): angkanya tidak cocok dengan rekap yang dibekukan." in text


def test_a_changed_figure_with_a_fresh_fingerprint_is_found(closed: Database) -> None:
    change_isi(closed, {"ikm": "99.99"}, sign_again=True)
    text = found(closed)
    assert "angkanya tidak cocok" in text
    assert "Penetapan 3 (2024): tidak tersambung dengan penetapan sebelumnya." in text


def test_a_frozen_tally_made_to_fit_a_better_index_is_found(closed: Database) -> None:
    better = compute_ikm(SKM_9, tally([make_nilai(nilai=4)] * 2, SKM_9))
    with closed.writing() as session:
        row = session.scalars(select(Penetapan).where(Penetapan.nomor == 3)).one()
        isi = copy.deepcopy(row.isi)
        isi["rekap"] = {kunci: [0, 0, 0, 2, 0] for kunci in isi["rekap"]}
        isi["hasil"] = better.to_json()
        assert better.ikm is not None
        assert better.ikm_eksak is not None
        row.isi, row.ikm, row.ikm_eksak, row.mutu = isi, better.ikm, better.ikm_eksak, "A"
        row.sidik = compute_sidik(isi, row.ditetapkan, row.oleh, row.sidik_sebelum)
    assert list_differences(closed) == [
        "Penetapan 3 (2024): rekap yang dibekukan tidak cocok dengan jawaban mentah saat "
        "ditetapkan."
    ]


@pytest.mark.parametrize("nomor", [1, 2])
def test_a_removed_closed_period_is_found(closed: Database, nomor: int) -> None:
    run_sql(closed, "DELETE FROM penetapan WHERE nomor = :nomor", nomor=nomor)
    text = found(closed)
    assert "ada penetapan yang hilang" in text
    assert "tidak tersambung" in text


def test_a_removed_closed_period_with_the_numbers_made_to_fit_is_found(closed: Database) -> None:
    run_sql(closed, "DELETE FROM penetapan WHERE nomor = 2")
    run_sql(closed, "UPDATE penetapan SET nomor = 2 WHERE nomor = 3")
    assert list_differences(closed) == [
        "Penetapan 2 (2024): tidak tersambung dengan penetapan sebelumnya."
    ]


def test_a_unit_that_is_renamed_is_no_difference(closed: Database, kantor: Kantor) -> None:
    with closed.writing() as session:
        session.get_one(Unit, kantor.palaran).nama = "Kecamatan Palaran Baru"
    assert list_differences(closed) == []


def test_a_response_after_a_closing_never_seems_to_have_been_there_before(
    closed: Database, kantor: Kantor, intake: Intake, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The server's clock is set back by an hour, and somebody answers late for a closed year.
    class Earlier(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            return datetime.now(tz) - timedelta(hours=1)

    wall = time.time
    monkeypatch.setattr(recorder, "datetime", Earlier)
    monkeypatch.setattr("skm_app.intake.recorder.time.time", lambda: wall() - 3600)
    for _ in range(2):
        intake.record(make_isian(kantor, tanggal=DAY))
    assert list_differences(closed) == []
