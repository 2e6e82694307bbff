"""Fewer than five people: no result, by looking or by subtracting."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from skm_app.database import Database
from skm_app.intake import Intake
from tests.admin.helpers import Petugas, add_pengguna, make_petugas
from tests.offices import (
    ON_SQLITE,
    Kantor,
    add_periode,
    make_isian,
    make_isian_rawa,
)

KOSONG = {"ikm": None, "ikm_eksak": None, "mutu": None, "kinerja": None, "diperbarui": None}


def read_json(petugas: Petugas, kueri: str = "", name: str = "ikm") -> dict[str, Any]:
    answer = petugas.client.get(f"/admin/{name}.json{kueri}")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = json.loads(answer.text)
    return found


def record(intake: Intake, kantor: Kantor, count: int, **changes: object) -> None:
    intake.record_all([make_isian(kantor, **changes) for _ in range(count)])  # type: ignore[arg-type]


def assert_kept_back(petugas: Petugas, kueri: str = "") -> dict[str, Any]:
    """Nothing that an answer could be read from, in any of the three."""
    found = read_json(petugas, kueri)
    assert {key: found[key] for key in KOSONG} == KOSONG
    for unsur in found["unsur"]:
        assert {unsur[key] for key in ("nrr", "nilai", "mutu", "jumlah", "terisi")} == {None}
    figures = {one["id"]: one for one in read_json(petugas, kueri, "grafik")["grafik"]}
    assert {row[1] for row in figures["unsur"]["baris"]} == {"–"}
    assert {cell for row in figures["sebaran"]["baris"] for cell in row[1:]} == {"0 (0,0%)"}
    for name in ("tren", "layanan", "kanal", "usia"):
        assert figures[name]["baris"] == []
    page = petugas.open(f"/admin/{kueri}")
    assert "hidden" in page.by_id("hasil").attrs
    assert "hidden" not in page.by_id("tertutup").attrs
    assert page.by_id("sebab").text == found["tertutup"]
    return found


@pytest.mark.parametrize("count", [1, 4])
def test_a_new_office_sees_how_many_but_not_what(
    lia: Petugas, intake: Intake, kantor: Kantor, count: int
) -> None:
    record(intake, kantor, count)

    found = assert_kept_back(lia)

    assert found["n"] == count
    assert found["tertutup"].startswith(f"{count} jawaban masuk; indeks tampil mulai 5 jawaban")


def test_the_fifth_answer_opens_it(lia: Petugas, intake: Intake, kantor: Kantor) -> None:
    record(intake, kantor, 5)

    found = read_json(lia)

    assert (found["n"], found["ikm"], found["tertutup"]) == (5, "75.00", None)
    assert "hidden" in lia.open("/admin/").by_id("tertutup").attrs


def test_a_part_of_the_office_does_not_even_tell_how_many(
    lia: Petugas, intake: Intake, kantor: Kantor
) -> None:
    record(intake, kantor, 20)
    intake.record_all([make_isian_rawa(kantor) for _ in range(3)])

    found = assert_kept_back(lia, f"?unit={kantor.rawa_makmur}")

    assert found["n"] is None
    assert found["tertutup"].startswith("Kurang dari 5 jawaban masuk")
    assert assert_kept_back(lia, f"?layanan={kantor.domisili}")["n"] is None


@ON_SQLITE
def test_what_the_office_less_this_would_tell_is_kept_back(
    lia: Petugas, intake: Intake, kantor: Kantor
) -> None:
    """20 of the office's 23 are the kelurahan's: its result would tell that of the three others."""
    record(intake, kantor, 3)
    intake.record_all([make_isian_rawa(kantor) for _ in range(20)])

    assert read_json(lia)["ikm"] == "75.00"
    found = assert_kept_back(lia, f"?unit={kantor.rawa_makmur}")
    assert found["n"] == 20
    assert "dikurangkan" in found["tertutup"]


@ON_SQLITE
def test_it_is_kept_back_from_the_kelurahans_own_staff_too(
    lia: Petugas, intake: Intake, kantor: Kantor, database: Database
) -> None:
    pengguna = add_pengguna(database, "citra")
    with database.writing() as session:
        session.merge(pengguna).unit_id = kantor.rawa_makmur
    citra = make_petugas(lia.client.application, "citra")
    citra.sign_in()
    intake.record_all([make_isian_rawa(kantor) for _ in range(20)])
    record(intake, kantor, 3)

    assert_kept_back(citra)
    record(intake, kantor, 2)
    assert read_json(citra)["n"] == 20


@ON_SQLITE
def test_a_service_is_kept_back_if_its_unit_would_tell_the_rest(
    lia: Petugas, intake: Intake, kantor: Kantor
) -> None:
    record(intake, kantor, 20)
    record(intake, kantor, 2, layanan_id=kantor.sktm)
    intake.record_all([make_isian_rawa(kantor) for _ in range(20)])

    assert_kept_back(lia, f"?layanan={kantor.sktm}")
    shown = [
        name
        for name in (kantor.ktp, kantor.domisili)
        if read_json(lia, f"?layanan={name}")["ikm"] is not None
    ]
    # Of the office's 42, the two of SKTM must not remain.
    assert len(shown) == 1


@ON_SQLITE
def test_a_span_that_leaves_a_few_out_is_kept_back(
    lia: Petugas, intake: Intake, kantor: Kantor
) -> None:
    for day, count in ((date(2024, 3, 4), 10), (date(2024, 3, 5), 2), (date(2024, 4, 1), 10)):
        record(intake, kantor, count, tanggal=day)

    assert read_json(lia, "?mulai=2024-03-01&sampai=2024-03-31")["n"] == 12
    found = assert_kept_back(lia, "?mulai=2024-03-01&sampai=2024-03-04")
    assert found["n"] == 10
    assert "bulan penuh" in found["tertutup"]
    # With the whole year's answers the same days are cut off on the other side.
    assert_kept_back(lia, "?mulai=2024-03-05&sampai=2024-12-31")


@ON_SQLITE
def test_the_days_of_a_period_are_always_shown(
    lia: Petugas, database: Database, intake: Intake, kantor: Kantor
) -> None:
    add_periode(
        database, kantor.palaran, nama="TW II", mulai=date(2024, 4, 1), sampai=date(2024, 6, 30)
    )
    record(intake, kantor, 2, tanggal=date(2024, 3, 31))
    record(intake, kantor, 9, tanggal=date(2024, 4, 1))

    assert read_json(lia, "?mulai=2024-04-01&sampai=2024-06-30")["n"] == 9
