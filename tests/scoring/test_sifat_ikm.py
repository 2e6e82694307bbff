"""What holds for every survey, whatever the answers."""

import json
from dataclasses import replace
from fractions import Fraction
from random import Random
from typing import TypeAlias

from hypothesis import assume, given
from hypothesis import strategies as st

from skm_app.scoring import (
    KONVENSI,
    Instrumen,
    Konvensi,
    KonvensiError,
    compute_ikm,
    load_shipped,
    merge_rekap,
    parse_instrumen,
    tally,
)

Row: TypeAlias = dict[str, int | None]
Survey: TypeAlias = tuple[Instrumen, list[Row]]

SHIPPED = load_shipped()


@st.composite
def weighted(draw: st.DrawFn) -> Instrumen:
    """The nine questions with weights a unit might choose."""
    parts = draw(st.lists(st.integers(1, 20), min_size=9, max_size=9))
    unsur = tuple(
        replace(unsur, bobot=Fraction(part, sum(parts)))
        for unsur, part in zip(SHIPPED["skm-9"].unsur, parts, strict=True)
    )
    return replace(SHIPPED["skm-9"], kode="skm-berat", unsur=unsur)


instruments = st.one_of(st.sampled_from([*SHIPPED.values()]), weighted())
answers = st.sampled_from([1, 2, 3, 4, None])


@st.composite
def surveys(draw: st.DrawFn) -> Survey:
    """An instrument and the responses to it, some items unanswered."""
    instrumen = draw(instruments)
    row = st.fixed_dictionaries({butir.kunci: answers for butir in instrumen.butir})
    return instrumen, draw(st.lists(row, min_size=1, max_size=12))


@given(surveys())
def test_the_index_lies_between_25_and_100_or_does_not_exist(survey: Survey) -> None:
    instrumen, rows = survey
    hasil = compute_ikm(instrumen, tally(rows, instrumen))
    assert hasil.n == len(rows)
    assert (hasil.ikm is None) == bool(hasil.unsur_kosong)
    assert hasil.ikm == hasil.ikm_eksak
    if hasil.ikm is not None:
        assert 25 <= hasil.ikm <= 100
    assert all(unsur.nrr is None or 1 <= unsur.nrr <= 4 for unsur in hasil.unsur)


@given(surveys(), st.data())
def test_the_index_never_falls_when_an_answer_rises(survey: Survey, data: st.DataObject) -> None:
    instrumen, rows = survey
    place = data.draw(st.integers(0, len(rows) - 1))
    kunci = data.draw(st.sampled_from([butir.kunci for butir in instrumen.butir]))
    nilai = rows[place][kunci]
    assume(nilai is not None and nilai < 4)
    assert nilai is not None
    raised = [*rows[:place], {**rows[place], kunci: nilai + 1}, *rows[place + 1 :]]

    for konvensi in (KONVENSI["eksak"], KONVENSI["portal-kota"]):
        before = compute_ikm(instrumen, tally(rows, instrumen), konvensi).ikm
        after = compute_ikm(instrumen, tally(raised, instrumen), konvensi).ikm
        assert (before is None) == (after is None)
        assert before is None or after is None or before <= after


@given(surveys(), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_nothing(survey: Survey, random: Random) -> None:
    instrumen, rows = survey
    shuffled = list(rows)
    random.shuffle(shuffled)
    assert tally(shuffled, instrumen) == tally(rows, instrumen)


@given(surveys(), st.data())
def test_tallies_kept_apart_and_added_give_the_same_result(
    survey: Survey, data: st.DataObject
) -> None:
    instrumen, rows = survey
    first = data.draw(st.integers(0, len(rows)))
    second = data.draw(st.integers(first, len(rows)))
    parts = [tally(part, instrumen) for part in (rows[:first], rows[first:second], rows[second:])]
    for konvensi in (KONVENSI["eksak"], KONVENSI["portal-kota"]):
        whole = compute_ikm(instrumen, tally(rows, instrumen), konvensi)
        assert compute_ikm(instrumen, merge_rekap(*parts), konvensi) == whole
        assert compute_ikm(instrumen, merge_rekap(*reversed(parts)), konvensi) == whole


@given(surveys(), st.sampled_from([*KONVENSI.values()]))
def test_the_result_survives_json_unchanged(survey: Survey, konvensi: Konvensi) -> None:
    instrumen, rows = survey
    try:
        data = compute_ikm(instrumen, tally(rows, instrumen), konvensi).to_json()
    except KonvensiError:
        assume(False)
    assert json.loads(json.dumps(data)) == data


@given(instruments)
def test_an_instrument_survives_json_unchanged(instrumen: Instrumen) -> None:
    assert parse_instrumen(json.loads(json.dumps(instrumen.to_dict()))) == instrumen
