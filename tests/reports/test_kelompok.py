"""Tables of who answered and how each service did: nobody can be recognised in them."""

from __future__ import annotations

import uuid

from hypothesis import given
from hypothesis import strategies as st

from skm_app.database import Database
from skm_app.intake import Intake
from skm_app.models import Periode
from skm_app.reports.bahan import read_bahan
from skm_app.reports.kelompok import DIGABUNG, HasilLayanan, pilih_layanan, read_per_layanan
from tests.offices import Kantor, add_periode, make_isian, make_isian_rawa

COUNTS = st.dictionaries(
    st.text("abcdefgh", min_size=1, max_size=2),
    st.lists(st.integers(0, 12), min_size=3, max_size=3).map(lambda one: (max(one), *one)),
    max_size=6,
)


def read(database: Database, periode_id: uuid.UUID) -> dict[str, HasilLayanan]:
    with database.reading() as session:
        bahan = read_bahan(session, session.get_one(Periode, periode_id))
        return {one.nama: one for one in read_per_layanan(session, bahan)}


def test_each_service_with_enough_answers_has_its_own_index(
    database: Database, kantor: Kantor, intake: Intake
) -> None:
    periode_id = add_periode(database, kantor.palaran, 2026)
    for _ in range(5):
        intake.record(make_isian(kantor, {"waktu": 4}))
        intake.record(make_isian_rawa(kantor))
    found = read(database, periode_id)
    assert [one.hasil.n for one in found.values()] == [5, 5]
    assert DIGABUNG not in found


def test_a_question_that_few_of_a_service_answered_folds_it(
    database: Database, kantor: Kantor, intake: Intake
) -> None:
    periode_id = add_periode(database, kantor.palaran, 2026)
    for number in range(6):
        # Only two of these six could say something about complaints, and both gave 4.
        intake.record(make_isian(kantor, {"pengaduan": 4 if number < 2 else None}))
        intake.record(make_isian_rawa(kantor))
        intake.record(make_isian_rawa(kantor))
    found = read(database, periode_id)
    # What is left after the larger service would be those two again, so it is folded as well.
    assert list(found) == [DIGABUNG]
    assert found[DIGABUNG].hasil.n == 18


@given(COUNTS)
def test_no_figure_shown_or_left_over_is_about_a_few_people(
    orang: dict[str, tuple[int, ...]],
) -> None:
    shown, folded = pilih_layanan(orang)
    assert sorted([*shown, *folded]) == sorted(orang)
    for nama in shown:
        assert not any(0 < one < 5 for one in orang[nama])
    if shown and folded:
        rest = [sum(one) for one in zip(*(orang[nama] for nama in folded), strict=True)]
        assert not any(0 < one < 5 for one in rest)
