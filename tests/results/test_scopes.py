"""Any scope, compared with counting the raw answers one by one."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from skm_app.database import Database
from skm_app.intake import Intake
from skm_app.models import Responden
from skm_app.results import (
    Lingkup,
    list_unit_ids_below,
    read_hasil,
    read_hasil_per,
    read_rekap,
    read_rekap_per,
    read_trend,
)
from skm_app.scoring import PORTAL_KOTA, Instrumen, Sebaran, compute_ikm, tally
from tests.offices import (
    SKM_9,
    SKM_16,
    Kantor,
    import_palaran,
    list_responden,
    make_isian,
    make_isian_rawa,
    make_nilai,
    read_nilai,
)

FIRST = date(2023, 11, 20)
LAST = date(2025, 2, 10)
DAYS = st.dates(FIRST - timedelta(days=40), LAST + timedelta(days=40))


def draw_nilai(chance: random.Random) -> dict[str, int | None]:
    return {butir.kunci: chance.choice((1, 2, 3, 4, 4, None)) for butir in SKM_9.butir}


@pytest.fixture
def answered(database: Database, kantor: Kantor, intake: Intake) -> Kantor:
    """150 responses of both units and all services over fifteen months, always the same."""
    chance = random.Random(14_2017)
    isian = []
    for number in range(150):
        day = FIRST + timedelta(days=chance.randint(0, (LAST - FIRST).days))
        if number % 10 == 9:
            isian.append(make_isian(kantor, instrumen=SKM_16, tanggal=day))
        elif number % 3 == 0:
            isian.append(make_isian_rawa(kantor, draw_nilai(chance), tanggal=day))
        else:
            layanan = chance.choice((kantor.ktp, kantor.sktm))
            isian.append(make_isian(kantor, draw_nilai(chance), layanan_id=layanan, tanggal=day))
    intake.record_all(isian)
    return kantor


@dataclass(frozen=True)
class Raw:
    """Every response with its answers, as they stand in the database."""

    rows: list[tuple[Responden, dict[str, int | None]]]

    def count(self, lingkup: Lingkup, instrumen: Instrumen = SKM_9) -> dict[str, Sebaran]:
        """Tally the answers of a scope, one by one."""
        return tally(
            (
                nilai
                for one, nilai in self.rows
                if one.unit_id in lingkup.unit_ids
                and lingkup.mulai <= one.tanggal <= lingkup.sampai
                and lingkup.layanan_id in (None, one.layanan_id)
                and one.instrumen_id == instrumen.id
            ),
            instrumen,
        )


@pytest.fixture
def raw(database: Database, answered: Kantor) -> Raw:
    return Raw([(one, read_nilai(database, one.id)) for one in list_responden(database)])


@st.composite
def scopes(draw: st.DrawFn) -> tuple[tuple[int, ...], date, date, int | None]:
    units = draw(st.sampled_from([(0, 1, 2), (1, 2), (1,), (2,), (0,)]))
    return units, draw(DAYS), draw(DAYS), draw(st.sampled_from([None, 0, 1, 2]))


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(chosen=scopes())
def test_any_scope_equals_counting_the_raw_answers(
    database: Database,
    answered: Kantor,
    raw: Raw,
    chosen: tuple[tuple[int, ...], date, date, int | None],
) -> None:
    units, mulai, sampai, service = chosen
    layanan = (answered.ktp, answered.sktm, answered.domisili)
    lingkup = Lingkup(
        unit_ids=tuple(answered.all_units[place] for place in units),
        mulai=mulai,
        sampai=sampai,
        layanan_id=None if service is None else layanan[service],
    )
    expected = raw.count(lingkup)
    with database.reading() as session:
        found = read_hasil(session, lingkup, SKM_9.id)
        rekap = read_rekap(session, lingkup)
        per_unit = read_rekap_per(session, lingkup, SKM_9.id, "unit")
        trend = read_trend(session, lingkup, SKM_9.id)
    assert found.rekap == expected
    assert found.hasil == compute_ikm(SKM_9, expected)
    sixteen = raw.count(lingkup, SKM_16)
    others = max(sebaran.responden for sebaran in sixteen.values())
    is_mixed = others > 0
    assert found.lain == ({SKM_16.id: others} if is_mixed else {})
    assert rekap.get(SKM_16.id, ({}, None))[0] == (sixteen if is_mixed else {})
    assert sum(hasil.n for _, hasil in trend) == found.hasil.n
    assert sum(one["biaya"].responden for one in per_unit.values()) == found.hasil.n
    assert (found.diperbarui is None) == (found.hasil.n == 0)


def test_groups_of_a_scope_are_scored_as_scopes_of_their_own(
    database: Database, answered: Kantor, raw: Raw
) -> None:
    whole = Lingkup(unit_ids=answered.all_units, mulai=FIRST, sampai=LAST)
    with database.reading() as session:
        per_layanan = read_hasil_per(session, whole, SKM_9.id, "layanan", PORTAL_KOTA)
        per_unit = read_hasil_per(session, whole, SKM_9.id, "unit")
        trend = read_trend(session, whole, SKM_9.id)
    assert set(per_layanan) == {answered.ktp, answered.sktm, answered.domisili}
    for layanan_id, hasil in per_layanan.items():
        expected = raw.count(replace(whole, layanan_id=layanan_id))
        assert hasil == compute_ikm(SKM_9, expected, PORTAL_KOTA)
    assert set(per_unit) == {answered.palaran, answered.rawa_makmur}
    months = [month for month, _ in trend]
    assert months == sorted(set(months))
    assert (months[0], months[-1]) == (date(2023, 11, 1), date(2025, 2, 1))


def test_a_unit_is_measured_with_everything_below_it(database: Database, answered: Kantor) -> None:
    with database.reading() as session:
        below = [list_unit_ids_below(session, unit_id) for unit_id in answered.all_units]
    assert [set(one) for one in below] == [
        {answered.kota, answered.palaran, answered.rawa_makmur},
        {answered.palaran, answered.rawa_makmur},
        {answered.rawa_makmur},
    ]
    assert [one[0] for one in below] == list(answered.all_units)


def test_a_scope_without_answers_has_no_index(database: Database, kantor: Kantor) -> None:
    lingkup = Lingkup(unit_ids=kantor.all_units, mulai=FIRST, sampai=LAST)
    with database.reading() as session:
        found = read_hasil(session, lingkup, SKM_9.id)
        assert read_trend(session, lingkup, SKM_9.id) == []
    assert (found.hasil.n, found.hasil.ikm, found.hasil.mutu) == (0, None, None)
    assert found.diperbarui is None


def test_an_unsur_that_nobody_answered_leaves_no_index(
    database: Database, kantor: Kantor, intake: Intake
) -> None:
    intake.record(make_isian(kantor, {"biaya": None}, tanggal=date(2024, 5, 5)))
    lingkup = Lingkup(unit_ids=kantor.all_units, mulai=FIRST, sampai=LAST)
    with database.reading() as session:
        hasil = read_hasil(session, lingkup, SKM_9.id).hasil
    assert (hasil.n, hasil.ikm) == (1, None)
    assert tuple(hasil.unsur_kosong) == ("biaya",)


@pytest.fixture
def new_year(database: Database, kantor: Kantor, intake: Intake) -> Kantor:
    """One response on the last day of 2025 and one on the first of 2026."""
    intake.record(make_isian(kantor, make_nilai(nilai=1), tanggal=date(2025, 12, 31)))
    intake.record(make_isian(kantor, make_nilai(nilai=4), tanggal=date(2026, 1, 1)))
    return kantor


@pytest.mark.parametrize(("tahun", "ikm"), [(2025, "25.00"), (2026, "100.00")])
def test_each_year_ends_with_its_own_last_day(
    database: Database, new_year: Kantor, tahun: int, ikm: str
) -> None:
    lingkup = Lingkup(
        unit_ids=new_year.all_units, mulai=date(tahun, 1, 1), sampai=date(tahun, 12, 31)
    )
    with database.reading() as session:
        hasil = read_hasil(session, lingkup, SKM_9.id).hasil
    assert (hasil.n, str(hasil.ikm)) == (1, ikm)


def test_the_responses_of_2024_give_the_printed_index(
    database: Database, kantor: Kantor, intake: Intake
) -> None:
    import_palaran(database, intake)
    lingkup = Lingkup(unit_ids=(kantor.palaran,), mulai=date(2024, 1, 1), sampai=date(2024, 12, 31))
    with database.reading() as session:
        printed = read_hasil(session, lingkup, SKM_9.id, PORTAL_KOTA).hasil
        exact = read_hasil(session, lingkup, SKM_9.id).hasil
    assert (printed.n, str(printed.ikm), str(printed.ikm_eksak)) == (36, "87.23", "87.27")
    assert str(exact.ikm) == "87.27"
