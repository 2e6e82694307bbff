"""``verify`` finds whatever was changed in what is public."""

from __future__ import annotations

import copy
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from skm_app.database import Database
from skm_app.models import Terbitan
from skm_app.periode.penetapan import compute_sidik
from tests.hasil.kantor import Penerbit
from tests.offices import ON_SQLITE, drop_guards, list_differences, run_sql

NAMA = "Terbitan dari penetapan 1 (2024): "
LAIN = f"{NAMA}sidiknya bukan yang tercatat saat diterbitkan."


@pytest.fixture
def guardless(penerbit: Penerbit) -> Database:
    """A year that is public, all guards removed."""
    penerbit.answer(6, date(2024, 4, 4))
    penerbit.release(penerbit.add_year())
    assert list_differences(penerbit.database) == []
    drop_guards(penerbit.database)
    return penerbit.database


def change(database: Database, *, sign_again: bool = True, **changes: Any) -> list[str]:  # noqa: ANN401
    """Write over parts of what is public; returns what verify says."""
    with database.writing() as session:
        row = session.scalars(select(Terbitan)).one()
        isi = {**copy.deepcopy(row.isi), **changes}
        row.isi = isi
        if sign_again:
            row.sidik = compute_sidik(isi, row.diterbitkan, row.oleh, row.penetapan.sidik)
    return list_differences(database)


@ON_SQLITE
def test_anything_that_was_changed_does_not_fit_its_fingerprint(guardless: Database) -> None:
    assert change(guardless, sign_again=False, layanan=[]) == [
        f"{NAMA}isinya tidak cocok dengan sidiknya."
    ]


@ON_SQLITE
def test_a_better_figure_with_a_fresh_fingerprint_is_found(guardless: Database) -> None:
    figures = "angkanya tidak sama dengan yang ditetapkan."
    with guardless.reading() as session:
        original = session.scalars(select(Terbitan.isi)).one()
    cases: list[tuple[dict[str, Any], str]] = [
        ({"ikm": "88.31"}, figures),
        ({"mutu": "A"}, figures),
        ({"n": 400}, figures),
        (
            {"unsur": [{**one, "nilai": "99.00"} for one in original["unsur"]]},
            "nilai unsur tidak sama dengan yang ditetapkan.",
        ),
        ({"unsur": []}, "nilai unsur tidak sama dengan yang ditetapkan."),
        (
            {"periode": {**original["periode"], "nama": "2025"}},
            "unit, nama, atau tanggal periode tidak sama dengan yang ditetapkan.",
        ),
        ({"penetapan": {"sidik": "0" * 64}}, "menyebut sidik penetapan yang lain."),
        ({"unit": None}, "isinya rusak dan tidak dapat diperiksa (TypeError)."),
    ]
    for changes, words in cases:
        assert change(guardless, **{**original, **changes}) == [LAIN, f"{NAMA}{words}"]


@ON_SQLITE
def test_another_table_with_a_fresh_fingerprint_is_not_the_one_in_the_log(
    guardless: Database,
) -> None:
    assert change(guardless, layanan=[], dikecualikan=77) == [LAIN]


@ON_SQLITE
def test_a_release_that_was_taken_away_or_slipped_in_is_found(guardless: Database) -> None:
    with guardless.reading() as session:
        row = session.scalars(select(Terbitan)).one()
    run_sql(guardless, "DELETE FROM terbitan")
    assert list_differences(guardless) == [
        f"Terbitan dari penetapan {row.penetapan_id}: tercatat, tetapi tidak ada lagi."
    ]
    with guardless.writing() as session:
        session.merge(row)
    run_sql(guardless, "DELETE FROM catatan")
    assert list_differences(guardless) == [f"{NAMA}tidak ada catatan bahwa hasil ini diterbitkan."]
