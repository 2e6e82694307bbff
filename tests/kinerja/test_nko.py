"""The NKO, its predicates and the money beside it, against the figures of the LKjIP 2024."""

from __future__ import annotations

import csv
import json
from decimal import Decimal
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skm_app.kinerja import (
    AturanError,
    compute_capaian,
    compute_efisiensi_biaya,
    compute_efisiensi_kinerja,
    compute_nko,
    compute_rata_rata,
    compute_serapan,
    load_aturan,
    parse_aturan,
)

AKIP = Path(__file__).resolve().parent.parent / "data" / "akip_2021_2023.csv"
ATURAN = load_aturan()
PERSEN = st.decimals(min_value=0, max_value=300, places=2)
HURUF = st.sampled_from(sorted(ATURAN.koreksi))


def test_the_year_2024_gives_the_right_nko() -> None:
    hasil = compute_nko([Decimal("98.78"), Decimal("120.07")], "BB", ATURAN)

    assert [one.normalisasi for one in hasil.baris] == [Decimal("98.78"), Decimal("110.00")]
    assert [one.nilai_akhir for one in hasil.baris] == [Decimal("88.90"), Decimal("99.00")]
    assert (hasil.total, hasil.nko) == (Decimal("187.90"), Decimal("93.95"))
    assert hasil.predikat is not None
    assert hasil.predikat.nama == "Baik"


@pytest.mark.parametrize(
    ("capaian", "huruf", "nko", "predikat"),
    [
        (["110", "250"], "BB", "99.00", "Baik"),
        (["110", "120.07"], "AA", "110.00", "Istimewa"),
        (["100", "100"], "A", "100.00", "Baik"),
        (["100.01"], "A", "100.01", "Istimewa"),
        (["80"], "A", "80.00", "Butuh Perbaikan"),
        (["20"], "A", "20.00", "Sangat Kurang"),
        (["98.78", "110"], "B", "88.73", "Baik"),
        (["0"], "D", "0.00", "Sangat Kurang"),
    ],
)
def test_the_predicate_depends_on_the_correction_and_the_bounds(
    capaian: list[str], huruf: str, nko: str, predikat: str
) -> None:
    hasil = compute_nko([Decimal(one) for one in capaian], huruf, ATURAN)
    assert hasil.nko == Decimal(nko)
    assert hasil.predikat is not None
    assert hasil.predikat.nama == predikat


def test_an_indikator_without_capaian_is_left_out_and_not_counted_as_zero() -> None:
    hasil = compute_nko([Decimal("98.78"), None], "BB", ATURAN)
    assert (hasil.banyak, hasil.nko) == (1, Decimal("88.90"))
    assert hasil.baris[1].nilai_akhir is None


def test_without_any_capaian_there_is_no_nko() -> None:
    hasil = compute_nko([None, None], "BB", ATURAN)
    assert (hasil.banyak, hasil.nko, hasil.predikat) == (0, None, None)


def test_an_unknown_akip_predicate_is_refused() -> None:
    with pytest.raises(KeyError):
        compute_nko([Decimal(100)], "BBB", ATURAN)


@given(capaian=st.lists(PERSEN, min_size=1, max_size=5), huruf=HURUF, more=PERSEN)
def test_the_nko_never_falls_when_a_capaian_rises(
    capaian: list[Decimal], huruf: str, more: Decimal
) -> None:
    before = compute_nko(capaian, huruf, ATURAN).nko
    after = compute_nko([capaian[0] + more, *capaian[1:]], huruf, ATURAN).nko
    assert before is not None
    assert after is not None
    assert 0 <= before <= after <= 110


@pytest.mark.parametrize(
    ("nilai", "huruf"),
    [
        ("100", "AA"), ("90.01", "AA"), ("90", "A"), ("80", "BB"), ("76.50", "BB"), ("70", "B"),
        ("65.50", "B"), ("60.01", "B"), ("60", "CC"), ("50", "C"), ("30", "D"), ("0", "D"),
    ],
)  # fmt: skip
def test_a_bound_of_akip_belongs_to_the_grade_below_it(nilai: str, huruf: str) -> None:
    assert ATURAN.classify_akip(Decimal(nilai)).nama == huruf


def test_of_the_printed_akip_predicates_only_that_of_2021_is_wrong() -> None:
    with AKIP.open(encoding="utf-8", newline="") as file:
        wrong = {
            row["tahun"]: ATURAN.classify_akip(Decimal(row["nilai"])).nama
            for row in csv.DictReader(file)
            if row["predikat_tercetak"] != ATURAN.classify_akip(Decimal(row["nilai"])).nama
        }
    assert wrong == {"2021": "CC"}


@pytest.mark.parametrize(
    ("place", "value", "word"),
    [
        (("akip", "predikat", 1, "di_atas"), "95", "akip"),
        (("nko", "predikat", 0, "di_atas"), None, "nko"),
        (("koreksi", "persen", "X"), "5", "X"),
    ],
)
def test_rules_that_do_not_fit_together_are_refused(
    place: tuple[str | int, ...], value: str | None, word: str
) -> None:
    text = (files("skm_app.kinerja") / "aturan.json").read_text(encoding="utf-8")
    data: Any = json.loads(text)
    part = data
    for step in place[:-1]:
        part = part[step]
    part[place[-1]] = value
    with pytest.raises(AturanError, match=word):
        parse_aturan(data)


@pytest.mark.parametrize(
    ("anggaran", "realisasi", "serapan", "efisiensi"),
    [
        (35_898_593_985, 35_585_343_360, "99.13", "0.87"),
        (19_841_671_056, 19_773_920_293, "99.66", "0.34"),
        (2_645_329_556, 2_664_918_894, "100.74", "-0.74"),  # more spent than budgeted
        (4_029_935_956, 3_899_733_956, "96.77", "3.23"),
        (1, 0, "0.00", "100.00"),
    ],
)
def test_money_is_spent_or_saved(
    anggaran: int, realisasi: int, serapan: str, efisiensi: str
) -> None:
    assert compute_serapan(anggaran, realisasi) == Decimal(serapan)
    assert compute_efisiensi_biaya(anggaran, realisasi) == Decimal(efisiensi)


def test_a_budget_of_nothing_is_not_divided_by() -> None:
    assert compute_serapan(0, 0) is None
    assert compute_efisiensi_biaya(0, 5) is None


@pytest.mark.parametrize(
    ("capaian", "serapan", "efisiensi"),
    [
        ("98.78", "99.12", "-0.34"),
        ("120.07", "99.66", "20.41"),
        (None, "99.12", None),
        ("98.78", None, None),
    ],
)
def test_efficiency_is_capaian_less_what_was_spent(
    capaian: str | None, serapan: str | None, efisiensi: str | None
) -> None:
    given_values = [None if one is None else Decimal(one) for one in (capaian, serapan)]
    expected = None if efisiensi is None else Decimal(efisiensi)
    assert compute_efisiensi_kinerja(*given_values) == expected


def test_capaian_of_the_renstra_and_its_mean_are_not_those_printed() -> None:
    assert compute_capaian(Decimal("87.23"), Decimal("89.05")) == Decimal("97.96")
    assert compute_capaian(Decimal("99.66"), Decimal("89.05")) == Decimal("111.91")
    years = [(Decimal("93.85"), Decimal("84.33")), (Decimal("87.23"), Decimal("88.31"))]
    assert compute_rata_rata(years) == Decimal("105.03")


def test_a_year_without_a_target_does_not_change_the_mean() -> None:
    assert compute_rata_rata([(Decimal(5), Decimal(0)), (Decimal(9), Decimal(10))]) == 90
    assert compute_rata_rata([(Decimal(5), Decimal(0))]) is None


@pytest.mark.parametrize(
    ("realisasi", "capaian"), [("8", "120.00"), ("10", "100.00"), ("15", "50.00"), ("25", "0.00")]
)
def test_where_less_is_better_reaching_less_is_more(realisasi: str, capaian: str) -> None:
    assert compute_capaian(Decimal(realisasi), Decimal(10), "turun") == Decimal(capaian)
