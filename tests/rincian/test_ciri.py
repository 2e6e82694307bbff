"""Tallies per ciri, compared with counting the stored responses one by one."""

from __future__ import annotations

import random
import uuid
from datetime import date

import pytest

from skm_app.database import Database
from skm_app.intake import Intake
from skm_app.models import CIRI, Responden
from skm_app.profil import Profil
from skm_app.results import Lingkup
from skm_app.rincian import Induk, is_bulan_penuh, read_ciri
from skm_app.scoring import Sebaran, tally
from tests.offices import (
    SKM_9,
    Kantor,
    exclude,
    list_responden,
    make_isian,
    make_isian_rawa,
    read_nilai,
)

TAHUN = (date(2024, 1, 1), date(2024, 12, 31))


def make_induk(kantor: Kantor) -> Induk:
    return {kantor.palaran: None, kantor.rawa_makmur: kantor.palaran}


def make_lingkup(kantor: Kantor, mulai: date, sampai: date, *, rawa: bool = False) -> Lingkup:
    units = (kantor.rawa_makmur,) if rawa else (kantor.palaran, kantor.rawa_makmur)
    return Lingkup(unit_ids=units, mulai=mulai, sampai=sampai)


def fill(intake: Intake, kantor: Kantor, count: int) -> None:
    """People of all ages over the year, at both units, some of whom say nothing."""
    chance = random.Random(5)
    for number in range(count):
        make = make_isian_rawa if number % 4 == 0 else make_isian
        intake.record(
            make(
                kantor,
                {butir.kunci: chance.choice((1, 2, 3, 4, None)) for butir in SKM_9.butir},
                tanggal=date(2024, chance.randint(1, 12), chance.randint(1, 28)),
                profil=Profil(
                    usia=chance.choice(("17-25", "26-34", None)),
                    jenis_kelamin=chance.choice(("L", "P")),
                ),
                kanal=chance.choice(("qr", "kios")),
                dibantu=chance.choice((True, False, None)),
            )
        )


def count_raw(database: Database, lingkup: Lingkup, ciri: str, value: str) -> dict[str, Sebaran]:
    said = {True: "ya", False: "tidak", None: ""}

    def group_of(one: Responden) -> str:
        found = getattr(one, ciri)
        return said[found] if ciri == "dibantu" else found or ""

    return tally(
        (
            read_nilai(database, one.id)
            for one in list_responden(database)
            if group_of(one) == value
            and one.unit_id in lingkup.unit_ids
            and lingkup.mulai <= one.tanggal <= lingkup.sampai
        ),
        SKM_9,
    )


@pytest.mark.parametrize("settled", [False, True], ids=["waiting", "counted"])
def test_groups_are_what_the_responses_say(
    database: Database, intake: Intake, kantor: Kantor, settled: bool
) -> None:
    fill(intake, kantor, 60)
    if settled:
        # Taking a response out counts all that wait; this one lies in another year.
        intake.record(other := make_isian(kantor, tanggal=date(2023, 5, 5)))
        exclude(database, kantor.palaran, [other.id])
    lingkup = make_lingkup(kantor, *TAHUN)

    with database.reading() as session:
        found = read_ciri(session, lingkup, SKM_9, make_induk(kantor), kantor.palaran)

    assert set(found) == set(CIRI)
    assert set(found["usia"].tampil) == {"17-25", "26-34", ""}
    assert set(found["dibantu"].tampil) == {"ya", "tidak", ""}
    for ciri, one in found.items():
        for value, rekap in one.tampil.items():
            assert rekap == count_raw(database, lingkup, ciri, value), (ciri, value)


def record_group(
    intake: Intake, kantor: Kantor, usia: str, months: dict[int, int], *, rawa: bool = False
) -> list[uuid.UUID]:
    make = make_isian_rawa if rawa else make_isian
    made = [
        make(kantor, tanggal=date(2024, month, 10), profil=Profil(usia=usia))
        for month, count in months.items()
        for _ in range(count)
    ]
    intake.record_all(made)
    return [one.id for one in made]


def read_usia(
    database: Database, kantor: Kantor, mulai: date, sampai: date, *, rawa: bool = False
) -> tuple[set[str], set[str]]:
    """Ages that are shown, and those that are folded."""
    lingkup = make_lingkup(kantor, mulai, sampai, rawa=rawa)
    unit_id = kantor.rawa_makmur if rawa else kantor.palaran
    with database.reading() as session:
        usia = read_ciri(session, lingkup, SKM_9, make_induk(kantor), unit_id)["usia"]
    return set(usia.tampil), set(usia.gabung)


def test_a_small_group_takes_another_with_it(
    database: Database, intake: Intake, kantor: Kantor
) -> None:
    record_group(intake, kantor, "17-25", {1: 20})
    record_group(intake, kantor, "26-34", {1: 9})
    record_group(intake, kantor, ">65", {1: 2})

    assert read_usia(database, kantor, *TAHUN) == ({"17-25"}, {"26-34", ">65"})


def test_two_spans_of_months_do_not_tell_who_came_in_between(
    database: Database, intake: Intake, kantor: Kantor
) -> None:
    record_group(intake, kantor, "17-25", {1: 10, 2: 10, 3: 10})
    record_group(intake, kantor, "26-34", {1: 10, 2: 10, 3: 10})
    record_group(intake, kantor, ">65", {1: 6, 2: 1, 3: 6})

    # January to March and January are shown; January to February would tell the one of February.
    assert ">65" in read_usia(database, kantor, *TAHUN)[0]
    assert ">65" in read_usia(database, kantor, date(2024, 1, 1), date(2024, 1, 31))[0]
    assert ">65" in read_usia(database, kantor, date(2024, 1, 1), date(2024, 2, 29))[1]


def test_the_office_less_a_kelurahan_does_not_tell_of_the_rest(
    database: Database, intake: Intake, kantor: Kantor
) -> None:
    record_group(intake, kantor, "17-25", {1: 10})
    record_group(intake, kantor, "26-34", {1: 10})
    record_group(intake, kantor, ">65", {1: 2})
    for usia in ("17-25", "26-34", ">65"):
        record_group(intake, kantor, usia, {1: 8}, rawa=True)

    # Ten old people in the office, eight of them in the kelurahan: two elsewhere.
    assert ">65" in read_usia(database, kantor, *TAHUN)[0]
    assert ">65" in read_usia(database, kantor, *TAHUN, rawa=True)[1]


def test_half_months_are_refused(database: Database, kantor: Kantor) -> None:
    assert is_bulan_penuh(date(2024, 2, 1), date(2024, 2, 29))
    assert not is_bulan_penuh(date(2024, 2, 1), date(2024, 2, 28))
    assert not is_bulan_penuh(date(2024, 2, 2), date(2024, 3, 31))
    lingkup = make_lingkup(kantor, date(2024, 1, 1), date(2024, 1, 30))

    with database.reading() as session, pytest.raises(ValueError, match="bulan penuh"):
        read_ciri(session, lingkup, SKM_9, make_induk(kantor), kantor.palaran)
