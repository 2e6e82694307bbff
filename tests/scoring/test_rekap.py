"""Tallies: counting, adding, refusing what no survey can hold."""

import pytest

from skm_app.scoring import Sebaran, load_shipped, merge_rekap, tally

SKM_9 = load_shipped()["skm-9"]


def test_a_distribution_knows_its_sum_and_how_many_answered() -> None:
    sebaran = Sebaran(n1=1, n2=2, n3=3, n4=4, kosong=5)
    assert (sebaran.jumlah, sebaran.terisi, sebaran.responden) == (30, 10, 15)


@pytest.mark.parametrize("field", ["n1", "n2", "n3", "n4", "kosong"])
def test_a_negative_count_is_refused(field: str) -> None:
    with pytest.raises(ValueError, match="negatif"):
        Sebaran(**{field: -1})


@pytest.mark.parametrize("nilai", [1, 2, 3, 4])
def test_one_answer_counts_once_with_its_value(nilai: int) -> None:
    sebaran = Sebaran.of(nilai)
    assert (sebaran.jumlah, sebaran.terisi, sebaran.kosong) == (nilai, 1, 0)


def test_no_answer_counts_as_respondent_only() -> None:
    assert Sebaran.of(None) == Sebaran(kosong=1)


@pytest.mark.parametrize("nilai", [0, 5, -1, True, 3.0, "3"])
def test_an_answer_outside_1_to_4_is_refused(nilai: int) -> None:
    with pytest.raises(ValueError, match="1-4"):
        Sebaran.of(nilai)


def test_counting_no_rows_gives_an_empty_distribution_for_every_butir() -> None:
    assert tally([], SKM_9) == {butir.kunci: Sebaran() for butir in SKM_9.butir}


def test_a_butir_left_out_of_a_row_counts_as_unanswered() -> None:
    rekap = tally([{"biaya": 4}], SKM_9)
    assert rekap["biaya"] == Sebaran(n4=1)
    assert rekap["waktu"] == Sebaran(kosong=1)


def test_an_unknown_butir_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="keamanan"):
        tally([{"keamanan": 3}], SKM_9)


def test_merging_adds_butir_by_butir() -> None:
    merged = merge_rekap({"a": Sebaran(n1=1)}, {"a": Sebaran(n4=2), "b": Sebaran(kosong=1)})
    assert merged == {"a": Sebaran(n1=1, n4=2), "b": Sebaran(kosong=1)}
