"""A closed period: its result is fixed, chained to the one before, and never changes again."""

from __future__ import annotations

import threading
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from skm_app.database import Database
from skm_app.intake import Intake
from skm_app.models import Penetapan, Periode
from skm_app.periode.penetapan import (
    PenetapanError,
    compute_sidik,
    find_latest_terbitan,
    read_periode,
)
from skm_app.rantai import FIRST_LINK
from skm_app.scoring import compute_ikm, get_konvensi, parse_instrumen
from skm_app.scoring.rekap import Sebaran
from tests.offices import (
    SKM_9,
    SKM_16,
    Kantor,
    add_periode,
    close,
    import_palaran,
    list_differences,
    make_isian,
    make_isian_rawa,
    make_nilai,
    release,
)


def read_penetapan(database: Database) -> list[Penetapan]:
    with database.reading() as session:
        return list(session.scalars(select(Penetapan).order_by(Penetapan.nomor)))


def test_the_36_responses_of_2024_close_at_the_printed_index(
    database: Database, kantor: Kantor, intake: Intake
) -> None:
    import_palaran(database, intake)
    close(database, add_periode(database, kantor.palaran, konvensi="portal-kota"), oleh="ani")
    (row,) = read_penetapan(database)
    assert (row.nomor, row.n, row.mutu, row.oleh) == (1, 36, "B", "ani")
    assert (row.ikm, row.ikm_eksak) == (Decimal("87.23"), Decimal("87.27"))
    assert row.isi["hasil"]["konvensi"] == "portal-kota"
    assert [unsur["jumlah"] for unsur in row.isi["hasil"]["unsur"]] == [
        119, 120, 122, 144, 120, 122, 119, 144, 121,
    ]  # fmt: skip
    assert list_differences(database) == []


def test_the_frozen_record_alone_is_enough_to_compute_it_again(
    database: Database, kantor: Kantor, intake: Intake
) -> None:
    import_palaran(database, intake)
    close(database, add_periode(database, kantor.palaran, konvensi="portal-kota"))
    (row,) = read_penetapan(database)
    rekap = {kunci: Sebaran(*counts) for kunci, counts in row.isi["rekap"].items()}
    konvensi = get_konvensi(row.isi["hasil"]["konvensi"])
    again = compute_ikm(parse_instrumen(row.isi["instrumen"]), rekap, konvensi)
    assert again.to_json() == row.isi["hasil"]
    assert compute_sidik(row.isi, row.ditetapkan, row.oleh, FIRST_LINK) == row.sidik


def test_answers_that_arrive_late_are_kept_but_change_nothing_closed(
    database: Database, kantor: Kantor, intake: Intake
) -> None:
    import_palaran(database, intake)
    periode_id = add_periode(database, kantor.palaran, konvensi="portal-kota")
    close(database, periode_id)
    (before,) = read_penetapan(database)
    intake.record_all(
        [make_isian(kantor, make_nilai(nilai=1), tanggal=date(2024, 6, 1)) for _ in range(20)]
    )
    intake.record(make_isian_rawa(kantor, make_nilai(nilai=1), tanggal=date(2024, 6, 1)))
    (after,) = read_penetapan(database)
    assert (after.ikm, after.isi, after.sidik) == (before.ikm, before.isi, before.sidik)
    with database.reading() as session:
        now = read_periode(session, session.get_one(Periode, periode_id)).hasil
    assert now.n == 36 + 21
    assert list_differences(database) == []


def test_a_period_is_closed_once(database: Database, kantor: Kantor, intake: Intake) -> None:
    import_palaran(database, intake)
    periode_id = add_periode(database, kantor.palaran)
    close(database, periode_id)
    with pytest.raises(PenetapanError, match=r"Periode 2024 sudah ditetapkan\."):
        close(database, periode_id)
    assert len(read_penetapan(database)) == 1


def test_two_who_close_the_same_period_at_once_fix_it_once(
    database: Database, kantor: Kantor, intake: Intake
) -> None:
    import_palaran(database, intake)
    periode_id = add_periode(database, kantor.palaran)
    together = threading.Barrier(4)

    def try_to_close(name: str) -> str:
        together.wait()
        try:
            close(database, periode_id, oleh=name)
        except (PenetapanError, DBAPIError):
            return "refused"
        return "closed"

    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(try_to_close, ["ani", "budi", "citra", "dewi"]))
    assert sorted(found) == ["closed", "refused", "refused", "refused"]
    assert len(read_penetapan(database)) == 1
    assert list_differences(database) == []


def test_a_period_without_answers_cannot_be_closed(
    database: Database, kantor: Kantor, intake: Intake
) -> None:
    periode_id = add_periode(database, kantor.palaran)
    intake.record(make_isian(kantor, tanggal=date(2023, 12, 31)))
    with pytest.raises(PenetapanError, match="belum ada jawaban untuk Persyaratan"):
        close(database, periode_id)
    intake.record(make_isian(kantor, {"biaya": None}, tanggal=date(2024, 1, 1)))
    with pytest.raises(PenetapanError, match=r"belum ada jawaban untuk Biaya/Tarif\."):
        close(database, periode_id)
    assert read_penetapan(database) == []


def test_every_closed_period_is_chained_to_the_one_before(
    database: Database, kantor: Kantor, intake: Intake
) -> None:
    for tahun in (2022, 2023, 2024):
        intake.record(make_isian(kantor, tanggal=date(tahun, 3, 3)))
        close(database, add_periode(database, kantor.palaran, tahun=tahun))
    rows = read_penetapan(database)
    assert [row.nomor for row in rows] == [1, 2, 3]
    assert [row.sidik_sebelum for row in rows] == [FIRST_LINK, rows[0].sidik, rows[1].sidik]
    assert len({row.sidik for row in rows}) == 3


def test_a_period_measures_its_unit_with_all_below_and_only_its_own_questionnaire(
    database: Database, kantor: Kantor, intake: Intake
) -> None:
    day = date(2024, 7, 7)
    intake.record_all(
        [
            make_isian(kantor, make_nilai(nilai=4), tanggal=day),
            make_isian_rawa(kantor, make_nilai(nilai=2), tanggal=day),
            make_isian(kantor, make_nilai(SKM_16, 1), SKM_16, tanggal=day),
        ]
    )
    close(database, add_periode(database, kantor.palaran))
    close(database, add_periode(database, kantor.rawa_makmur))
    whole, village = read_penetapan(database)
    assert (whole.n, str(whole.ikm)) == (2, "75.00")
    assert (village.n, str(village.ikm)) == (1, "50.00")
    assert whole.isi["instrumen"]["kode"] == SKM_9.kode
    assert list_differences(database) == []


def test_the_latest_public_result_is_the_units_own_or_that_of_the_unit_above(
    database: Database, kantor: Kantor, intake: Intake
) -> None:
    def latest(unit_id: uuid.UUID) -> str | None:
        with database.reading() as session:
            found = find_latest_terbitan(session, unit_id)
            return found.penetapan.periode.nama if found else None

    assert latest(kantor.rawa_makmur) is None
    intake.record_all(
        [
            make_isian_rawa(kantor, tanggal=date(tahun, 1, day))
            for tahun in (2022, 2023, 2024)
            for day in range(1, 6)
        ]
    )
    # Closed out of order: the period counts, not the day of closing.
    release(database, close(database, add_periode(database, kantor.palaran, tahun=2024)))
    release(database, close(database, add_periode(database, kantor.palaran, tahun=2023)))
    assert latest(kantor.palaran) == latest(kantor.rawa_makmur) == "2024"
    assert latest(kantor.kota) is None
    village = close(database, add_periode(database, kantor.rawa_makmur, tahun=2022))
    # Closed, but not made public.
    assert latest(kantor.rawa_makmur) == "2024"
    release(database, village)
    assert latest(kantor.rawa_makmur) == "2022"


def test_closing_and_answers_at_the_same_moment_leave_nothing_between(
    database: Database, kantor: Kantor, intake: Intake
) -> None:
    day = date(2024, 8, 8)
    intake.record(make_isian(kantor, tanggal=day))
    periode_id = add_periode(database, kantor.palaran)
    with ThreadPoolExecutor(9) as pool:
        answers = [pool.submit(intake.record, make_isian(kantor, tanggal=day)) for _ in range(60)]
        closing = pool.submit(close, database, periode_id)
        assert all(future.result().baru for future in answers)
        closing.result()
    # Proven from the raw answers: exactly those received before the closing are in it.
    assert list_differences(database) == []
