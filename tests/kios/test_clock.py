"""A tablet's clock may be wrong: the day and the period of a response must not be."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from skm_app.database import Database
from skm_app.results import Lingkup, read_hasil
from tests.kios.tablet import Tablet, by_clock, get_kios, list_terputus, make_kiriman
from tests.offices import ON_SQLITE, SKM_9, Kantor, add_periode, list_responden, today_wita

DAY = timedelta(days=1)
YEAR = timedelta(days=365)


def wita(day: date, hour: int, minute: int = 0) -> datetime:
    """An instant by the clock of the office."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC) - timedelta(hours=8)


@ON_SQLITE
@pytest.mark.parametrize(
    "off", [timedelta(0), 5 * YEAR, -5 * YEAR, -3 * DAY, 9 * timedelta(hours=1)]
)
@pytest.mark.parametrize(("hour", "minute"), [(0, 1), (10, 0), (23, 59)])
def test_a_measured_clock_gives_the_day_in_wita(
    tablet: Tablet, database: Database, off: timedelta, hour: int, minute: int
) -> None:
    yesterday = today_wita() - DAY
    filled = wita(yesterday, hour, minute)

    tablet.send(make_kiriman(**by_clock(filled, off)))

    (stored,) = list_responden(database)
    assert stored.tanggal == yesterday
    assert stored.waktu_perangkat == filled + off
    assert stored.selisih_detik == -off.total_seconds()


def test_a_tablet_set_to_another_zone_lands_on_the_office_day(
    tablet: Tablet, database: Database
) -> None:
    yesterday = today_wita() - DAY
    filled = wita(yesterday, 0, 30)
    jakarta = filled.astimezone(timezone(timedelta(hours=7))).isoformat()
    tokyo = (filled + timedelta(hours=9)).replace(tzinfo=None).isoformat() + "+09:00"

    tablet.send(make_kiriman(diisi=jakarta), make_kiriman(diisi=tokyo))

    assert [one.tanggal for one in list_responden(database)] == [yesterday] * 2


def test_a_queue_over_the_turn_of_a_period_lands_in_both(
    tablet: Tablet, database: Database, kantor: Kantor
) -> None:
    today = today_wita()
    last_day = today - 2 * DAY
    add_periode(database, kantor.palaran, nama="lama", mulai=last_day - 30 * DAY, sampai=last_day)
    add_periode(database, kantor.palaran, nama="baru", mulai=last_day + DAY, sampai=today)
    off = -5 * YEAR

    tablet.send(
        make_kiriman(**by_clock(wita(last_day, 23, 59), off)),
        make_kiriman(**by_clock(wita(last_day + DAY, 0, 1), off)),
        make_kiriman(**by_clock(wita(last_day + DAY, 9), off)),
    )

    assert count_between(database, kantor, last_day - 30 * DAY, last_day) == 1
    assert count_between(database, kantor, last_day + DAY, today) == 2


@pytest.mark.parametrize("selisih", [None, 0, 60.0])
def test_a_clock_of_1970_falls_back_to_the_day_of_receipt(
    tablet: Tablet, database: Database, selisih: float | None
) -> None:
    tablet.send(make_kiriman(diisi="1970-01-01T00:03:00.000Z", selisih=selisih))

    (stored,) = list_responden(database)
    assert stored.tanggal == today_wita()
    assert stored.waktu_perangkat == datetime(1970, 1, 1, 0, 3, tzinfo=UTC)


@ON_SQLITE
@pytest.mark.parametrize("off", [2 * DAY, 200 * YEAR, -200 * DAY])
def test_a_clock_set_between_filling_and_measuring_falls_back_too(
    tablet: Tablet, database: Database, off: timedelta
) -> None:
    """Its difference was measured as none, but the response lies in the future or long past."""
    try:
        kiriman = make_kiriman(diisi=(datetime.now(UTC) + off).isoformat(), selisih=0)
    except OverflowError:
        pytest.fail("out of the calendar")
    tablet.send(kiriman)

    (stored,) = list_responden(database)
    assert stored.tanggal == today_wita()


def test_a_right_clock_never_compared_is_believed(tablet: Tablet, database: Database) -> None:
    yesterday = today_wita() - DAY

    tablet.send(make_kiriman(**by_clock(wita(yesterday, 10), timedelta(0), known=False)))

    (stored,) = list_responden(database)
    assert (stored.tanggal, stored.selisih_detik) == (yesterday, None)


def test_a_form_given_up_counts_on_its_own_day(tablet: Tablet, database: Database) -> None:
    yesterday = today_wita() - DAY
    given_up = {"id": make_kiriman()["id"], **by_clock(wita(yesterday, 10), 5 * YEAR)}

    tablet.send(terputus=[given_up])

    assert [one.tanggal for one in list_terputus(database)] == [yesterday]


@ON_SQLITE
@pytest.mark.parametrize("minutes", [-5, 0, 5, 60 * 24 * 365 * 5])
def test_the_office_sees_how_far_a_clock_is_off(
    tablet: Tablet, database: Database, minutes: int
) -> None:
    tablet.send(sekarang=(datetime.now(UTC) - timedelta(minutes=minutes)).isoformat())

    selisih = get_kios(database).selisih_detik
    assert selisih is not None
    assert round(selisih / 60) == minutes


@pytest.mark.parametrize("sekarang", ["2200-01-01T00:00:00Z", "x", None, 7, "9999-12-31"])
def test_a_clock_out_of_all_range_does_not_stop_the_queue(tablet: Tablet, sekarang: object) -> None:
    (hasil,) = tablet.send(make_kiriman(), sekarang=sekarang)["hasil"]

    assert hasil["status"] == "tersimpan"


def count_between(database: Database, kantor: Kantor, mulai: date, sampai: date) -> int:
    lingkup = Lingkup(unit_ids=(kantor.palaran,), mulai=mulai, sampai=sampai)
    with database.reading() as session:
        return read_hasil(session, lingkup, SKM_9.id).hasil.n
