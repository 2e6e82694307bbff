"""The live index: its figures, its scope, its ETag, and what it refuses."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event

from skm_app.database import Database
from skm_app.intake import Intake
from tests.admin.helpers import Petugas
from tests.offices import (
    ON_SQLITE,
    SKM_9,
    Kantor,
    add_periode,
    import_palaran,
    make_isian,
    make_isian_rawa,
    make_nilai,
)

TAHUN_2024 = "?mulai=2024-01-01&sampai=2024-12-31"


def read_ikm(petugas: Petugas, kueri: str = "") -> dict[str, Any]:
    answer = petugas.client.get(f"/admin/ikm.json{kueri}")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = json.loads(answer.text)
    return found


def test_palaran_2024_under_the_convention_of_its_period(
    lia: Petugas, database: Database, intake: Intake, kantor: Kantor
) -> None:
    add_periode(database, kantor.palaran, konvensi="portal-kota")
    import_palaran(database, intake)

    found = read_ikm(lia, TAHUN_2024)

    assert {name: found[name] for name in ("n", "konvensi", "ikm", "ikm_eksak", "mutu")} == {
        "n": 36, "konvensi": "portal-kota", "ikm": "87.23", "ikm_eksak": "87.27", "mutu": "B",
    }  # fmt: skip
    assert found["kinerja"] == "Baik"
    assert found["unsur"][0] == {
        "kode": "U1", "kunci": "persyaratan", "nama": "Persyaratan", "nrr": "3.306",
        "nilai": "82.64", "mutu": "B", "jumlah": 119, "terisi": 36,
    }  # fmt: skip
    assert len(found["unsur"]) == 9
    assert datetime.fromisoformat(found["diperbarui"]).tzinfo is not None


def test_without_a_period_the_regulations_own_rules_apply(
    lia: Petugas, database: Database, intake: Intake
) -> None:
    import_palaran(database, intake)

    found = read_ikm(lia, TAHUN_2024)

    assert (found["konvensi"], found["ikm"]) == ("eksak", "87.27")


def test_without_dates_the_period_of_today_is_shown(
    lia: Petugas, database: Database, intake: Intake, kantor: Kantor
) -> None:
    today = datetime.now(intake._timezone).date()
    add_periode(
        database, kantor.palaran, today.year, nama="kini", konvensi="0.11",
        mulai=today, sampai=today + timedelta(days=1),
    )  # fmt: skip
    intake.record_all([make_isian(kantor) for _ in range(5)])
    intake.record(make_isian(kantor, tanggal=today - timedelta(days=1)))

    found = read_ikm(lia)

    assert (found["n"], found["konvensi"], found["ikm"]) == (5, "0.11", "74.25")


def test_a_year_comes_before_its_months_until_just_the_month_is_asked_for(
    lia: Petugas, database: Database, intake: Intake, kantor: Kantor
) -> None:
    import_palaran(database, intake)
    add_periode(database, kantor.palaran, konvensi="portal-kota")
    add_periode(
        database,
        kantor.palaran,
        nama="Mei 2024",
        jenis="bulan",
        mulai=date(2024, 5, 1),
        sampai=date(2024, 5, 31),
        konvensi="0.11",
    )

    assert read_ikm(lia, TAHUN_2024)["konvensi"] == "portal-kota"
    assert read_ikm(lia, "?mulai=2024-05-01&sampai=2024-05-31")["konvensi"] == "0.11"
    assert read_ikm(lia, "?mulai=2024-05-02&sampai=2024-05-31")["konvensi"] == "portal-kota"


def test_without_dates_and_periods_it_is_the_calendar_year(
    lia: Petugas, intake: Intake, kantor: Kantor
) -> None:
    intake.record(make_isian(kantor))
    intake.record(make_isian(kantor, tanggal=date(2024, 5, 1)))

    assert read_ikm(lia)["n"] == 1


def test_one_date_is_completed_to_its_year(lia: Petugas, intake: Intake, kantor: Kantor) -> None:
    for day in (date(2024, 1, 1), date(2024, 6, 15), date(2024, 12, 31), date(2025, 1, 1)):
        intake.record_all([make_isian(kantor, tanggal=day) for _ in range(5)])

    assert read_ikm(lia, "?mulai=2024-06-15")["n"] == 10
    assert read_ikm(lia, "?sampai=2024-06-15")["n"] == 10


def test_both_ends_of_the_span_belong_to_it(lia: Petugas, intake: Intake, kantor: Kantor) -> None:
    for day in range(1, 6):
        intake.record_all([make_isian(kantor, tanggal=date(2024, 3, day)) for _ in range(5)])

    assert read_ikm(lia, "?mulai=2024-03-02&sampai=2024-03-04")["n"] == 15


def test_a_unit_counts_itself_and_everything_below(
    lia: Petugas, intake: Intake, kantor: Kantor
) -> None:
    intake.record_all([make_isian(kantor) for _ in range(5)])
    intake.record_all([make_isian_rawa(kantor, make_nilai(nilai=4)) for _ in range(6)])

    assert read_ikm(lia)["n"] == 11
    assert read_ikm(lia, f"?unit={kantor.palaran}")["n"] == 11
    rawa = read_ikm(lia, f"?unit={kantor.rawa_makmur}")
    assert (rawa["n"], rawa["ikm"]) == (6, "100.00")


def test_a_service_can_be_singled_out(lia: Petugas, intake: Intake, kantor: Kantor) -> None:
    intake.record_all([make_isian(kantor, make_nilai(nilai=4)) for _ in range(6)])
    intake.record_all([make_isian(kantor, layanan_id=kantor.sktm) for _ in range(5)])

    found = read_ikm(lia, f"?layanan={kantor.ktp}")

    assert (found["n"], found["ikm"], found["mutu"]) == (6, "100.00", "A")


def test_nobody_has_answered_yet(lia: Petugas) -> None:
    found = read_ikm(lia)

    assert (found["n"], found["ikm"], found["mutu"], found["diperbarui"]) == (0, None, None, None)


def test_an_unsur_nobody_answered_gives_no_index_instead_of_a_wrong_one(
    lia: Petugas, intake: Intake, kantor: Kantor
) -> None:
    intake.record_all([make_isian(kantor, {SKM_9.butir[0].kunci: None}) for _ in range(5)])

    found = read_ikm(lia)

    assert (found["n"], found["ikm"], found["kinerja"]) == (5, None, None)
    assert found["unsur"][0]["nrr"] is None
    assert found["unsur"][1]["nrr"] == "3.000"


def test_the_same_content_is_not_sent_twice(lia: Petugas, intake: Intake, kantor: Kantor) -> None:
    first = lia.client.get("/admin/ikm.json")
    etag = first.headers["ETag"]
    assert not etag.startswith("W/")
    assert first.headers["Cache-Control"] == "no-cache, private"

    same = lia.client.get("/admin/ikm.json", headers={"If-None-Match": etag})
    assert (same.status_code, same.data, same.headers["ETag"]) == (304, b"", etag)

    intake.record(make_isian(kantor))
    changed = lia.client.get("/admin/ikm.json", headers={"If-None-Match": etag})
    assert changed.status_code == 200
    assert changed.headers["ETag"] != etag


def test_the_page_starts_with_the_etag_of_what_it_shows(lia: Petugas) -> None:
    page = lia.open("/admin/")
    etag = page.by_id("langsung").attrs["data-etag"]

    answer = lia.client.get("/admin/ikm.json", headers={"If-None-Match": f'"{etag}"'})

    assert answer.status_code == 304


@ON_SQLITE
@pytest.mark.parametrize(
    ("kueri", "name"),
    [
        ("unit=bukan-uuid", "unit"),
        ("unit=00000000-0000-0000-0000-000000000000", "unit"),
        ("unit={kota}", "unit"),
        ("layanan=x", "layanan"),
        ("layanan=00000000-0000-0000-0000-000000000000", "layanan"),
        ("mulai=31-12-2024", "mulai"),
        ("mulai=2024-02-30", "mulai"),
        ("sampai=20241231", "sampai"),
        ("sampai=9999-12-31", "sampai"),
        ("mulai=0001-01-01", "mulai"),
        ("mulai=2024-12-31&sampai=2024-01-01", "mulai"),
        ("mulai=%00", "mulai"),
    ],
)
def test_an_unusable_parameter_is_named(
    lia: Petugas, kantor: Kantor, kueri: str, name: str
) -> None:
    url = f"/admin/ikm.json?{kueri.format(kota=kantor.kota)}"

    answer = lia.client.get(url)
    assert answer.status_code == 400
    assert f"Parameter {name}" in json.loads(answer.text)["galat"]

    page = lia.open(url.replace("ikm.json", ""), status=400)
    assert f"Parameter {name}" in page.text


def test_the_work_does_not_grow_with_the_responses(
    lia: Petugas, intake: Intake, kantor: Kantor
) -> None:
    statements: list[str] = []
    engine = lia.client.application.extensions["skm"].database.engine
    event.listen(engine, "before_cursor_execute", lambda *args: statements.append(args[2]))
    intake.record(make_isian(kantor))
    read_ikm(lia)
    statements.clear()
    read_ikm(lia)
    with_one = len(statements)
    intake.record_all([make_isian(kantor) for _ in range(40)])
    statements.clear()

    read_ikm(lia)

    assert len(statements) == with_one
    assert len([one for one in statements if not one.startswith("BEGIN")]) <= 5
