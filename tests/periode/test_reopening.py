"""Closing, opening again, closing again; a clock that is set back; and which period rules a day."""

from __future__ import annotations

import itertools
import uuid
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from skm_app.database import Database
from skm_app.intake import Intake
from skm_app.models import Penetapan, Pengecualian, Periode
from skm_app.periode import compute_hari, find_periode, instrumen_id_on, name_periode
from skm_app.periode.penetapan import find_latest_terbitan
from skm_app.rantai import FIRST_LINK
from skm_app.results import Lingkup, read_hasil
from tests.offices import (
    ON_SQLITE,
    SKM_9,
    Kantor,
    add_periode,
    close,
    drop_guards,
    exclude,
    list_differences,
    make_isian,
    make_nilai,
    release,
    reopen,
    run_sql,
)

DAY = date(2024, 6, 1)


def test_a_period_closed_twice_has_two_chained_records_and_the_second_stands(
    database: Database, kantor: Kantor, intake: Intake
) -> None:
    intake.record_all([make_isian(kantor, make_nilai(nilai=4), tanggal=DAY) for _ in range(5)])
    periode = add_periode(database, kantor.palaran)
    release(database, close(database, periode))
    reopen(database, periode)
    with database.reading() as session:
        assert find_latest_terbitan(session, kantor.palaran) is None
    intake.record_all([make_isian(kantor, make_nilai(nilai=2), tanggal=DAY) for _ in range(5)])
    release(database, close(database, periode))

    with database.reading() as session:
        first, second = session.scalars(select(Penetapan).order_by(Penetapan.nomor))
        latest = find_latest_terbitan(session, kantor.palaran)
        stands = session.get_one(Periode, periode).penetapan
    assert (first.sidik_sebelum, second.sidik_sebelum) == (FIRST_LINK, first.sidik)
    assert (str(first.ikm), str(second.ikm)) == ("100.00", "75.00")
    assert latest is not None
    assert stands is not None
    assert latest.penetapan_id == stands.id
    assert stands.nomor == 2
    assert list_differences(database) == []


def test_of_periods_that_end_on_the_same_day_the_year_is_the_latest_result(
    database: Database, kantor: Kantor, intake: Intake
) -> None:
    intake.record_all([make_isian(kantor, tanggal=date(2024, 12, 1)) for _ in range(5)])
    release(database, close(database, add_periode(database, kantor.palaran)))
    december = add_periode(
        database, kantor.palaran, nama="Desember 2024", jenis="bulan", mulai=date(2024, 12, 1)
    )
    release(database, close(database, december))
    with database.reading() as session:
        latest = find_latest_terbitan(session, kantor.palaran)
        assert latest is not None
        assert latest.penetapan.periode.nama == "2024"


def set_ahead(database: Database, table: str, column: str, key: uuid.UUID, name: str) -> datetime:
    """Write an instant as a clock that was an hour fast would have done."""
    instant = datetime.now(UTC) + timedelta(hours=1)
    value: object = instant if not database.is_sqlite else f"{instant:%Y-%m-%d %H:%M:%S.%f}"
    stored = key.hex if database.is_sqlite else key
    assert run_sql(
        database,
        f"UPDATE {table} SET {column} = :value WHERE {name} = :key",
        value=value,
        key=stored,
    )
    return instant


def test_a_clock_that_was_set_back_does_not_close_before_the_answers_it_counts(
    database: Database, kantor: Kantor, intake: Intake
) -> None:
    isian = make_isian(kantor, tanggal=DAY)
    intake.record(isian)
    drop_guards(database)
    newest = set_ahead(database, "responden", "diterima", isian.id, "id")

    penetapan = close(database, add_periode(database, kantor.palaran))

    assert (penetapan.ditetapkan, penetapan.n) == (newest, 1)
    assert [one for one in list_differences(database) if "Penetapan" in one] == []


def test_a_clock_that_was_set_back_does_not_close_before_an_exclusion_it_counts(
    database: Database, kantor: Kantor, intake: Intake
) -> None:
    rows = [make_isian(kantor, make_nilai(nilai=nilai), tanggal=DAY) for nilai in (1, 3)]
    intake.record_all(rows)
    exclude(database, kantor.palaran, [rows[0].id])
    drop_guards(database)
    set_ahead(database, "pengecualian", "berlaku", rows[0].id, "responden_id")

    penetapan = close(database, add_periode(database, kantor.palaran))

    assert (penetapan.n, str(penetapan.ikm)) == (1, "75.00")
    assert list_differences(database) == []


def test_an_exclusion_after_a_closing_stays_after_it_whatever_the_clock_says(
    database: Database, kantor: Kantor, intake: Intake
) -> None:
    rows = [make_isian(kantor, make_nilai(nilai=nilai), tanggal=DAY) for nilai in (1, 3)]
    intake.record_all(rows)
    drop_guards(database)
    for one in rows:
        set_ahead(database, "responden", "diterima", one.id, "id")
    penetapan = close(database, add_periode(database, kantor.palaran))

    exclude(database, kantor.palaran, [rows[0].id])

    with database.reading() as session:
        (excluded,) = session.scalars(select(Pengecualian))
    assert excluded.berlaku > penetapan.ditetapkan
    assert [one for one in list_differences(database) if "Penetapan" in one] == []


def test_a_response_left_out_a_second_time_is_frozen_with_its_last_reason_only(
    database: Database, kantor: Kantor, intake: Intake
) -> None:
    rows = [make_isian(kantor, tanggal=DAY) for _ in range(2)]
    intake.record_all(rows)
    for keluar in (True, False, True):
        exclude(database, kantor.palaran, [rows[0].id], keluar=keluar)

    penetapan = close(database, add_periode(database, kantor.palaran))

    assert [one["jumlah"] for one in penetapan.isi["pengecualian"]] == [1]


def add_part(
    database: Database, unit_id: uuid.UUID, jenis: str, nomor: int, **more: object
) -> None:
    mulai, sampai = compute_hari(jenis, 2024, nomor)
    nama = name_periode(jenis, 2024, nomor)
    fields = {"jenis": jenis, "nama": nama, "mulai": mulai, "sampai": sampai, **more}
    add_periode(database, unit_id, 2024, **fields)


def test_the_finest_period_that_covers_a_day_rules_it(database: Database, kantor: Kantor) -> None:
    for jenis, nomor in (("tahun", 1), ("semester", 1), ("triwulan", 1), ("bulan", 1)):
        add_part(database, kantor.palaran, jenis, nomor)
    # Began later than all of them, but is longer than a month.
    add_periode(
        database,
        kantor.palaran,
        nama="Masa uji",
        jenis="lain",
        mulai=date(2024, 1, 15),
        sampai=date(2024, 2, 20),
    )

    with database.reading() as session:
        found = {
            day: getattr(find_periode(session, kantor.rawa_makmur, day), "nama", None)
            for day in (
                date(2023, 12, 31),
                date(2024, 1, 1),
                date(2024, 1, 20),
                date(2024, 2, 5),
                date(2024, 3, 31),
                date(2024, 4, 1),
                date(2024, 12, 31),
            )
        }
    assert list(found.values()) == [
        None,
        "Januari 2024",
        "Januari 2024",
        "Masa uji",
        "Triwulan I 2024",
        "Semester I 2024",
        "2024",
    ]


def test_a_units_own_period_rules_before_a_finer_one_above_it(
    database: Database, kantor: Kantor
) -> None:
    add_part(database, kantor.palaran, "bulan", 6)
    add_part(database, kantor.rawa_makmur, "tahun", 1, instrumen_id="skm-16/1")

    with database.reading() as session:
        assert instrumen_id_on(session, kantor.rawa_makmur, DAY) == "skm-16/1"
        assert instrumen_id_on(session, kantor.palaran, DAY) == "skm-9/1"


def test_the_parts_of_a_year_cover_each_of_its_days_once() -> None:
    for jenis, parts in (("tahun", 1), ("semester", 2), ("triwulan", 4), ("bulan", 12)):
        spans = [compute_hari(jenis, 2024, nomor) for nomor in range(1, parts + 1)]
        assert spans[0][0] == date(2024, 1, 1)
        assert spans[-1][1] == date(2024, 12, 31)
        for (_, last), (first, _) in itertools.pairwise(spans):
            assert first - last == timedelta(days=1)


@pytest.mark.parametrize(
    ("jenis", "nomor"), [("bulan", 0), ("bulan", 13), ("triwulan", 5), ("tahun", 2), ("lain", 1)]
)
def test_a_part_that_no_year_has_is_refused(jenis: str, nomor: int) -> None:
    with pytest.raises(ValueError, match=jenis):
        compute_hari(jenis, 2024, nomor)


@ON_SQLITE
def test_quarters_and_the_year_read_the_same_answers(
    database: Database, kantor: Kantor, intake: Intake
) -> None:
    for month, nilai in ((1, 1), (5, 2), (9, 3), (12, 4)):
        intake.record(make_isian(kantor, make_nilai(nilai=nilai), tanggal=date(2024, month, 15)))
    with database.reading() as session:
        found = []
        for nomor in range(1, 5):
            mulai, sampai = compute_hari("triwulan", 2024, nomor)
            lingkup = Lingkup(unit_ids=(kantor.palaran,), mulai=mulai, sampai=sampai)
            found.append(read_hasil(session, lingkup, SKM_9.id).hasil.n)
    assert found == [1, 1, 1, 1]
