"""Which unsur are weakest, carrying plans on, and what came of them."""

from __future__ import annotations

import uuid
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from skm_app.database import Database
from skm_app.intake import Intake
from skm_app.models import Periode, Rtl, new_id
from skm_app.rtl import (
    RtlError,
    UnsurPeriode,
    carry_over,
    delete_rtl,
    find_pembanding,
    list_rtl,
    read_unsur,
)
from tests.offices import (
    ON_SQLITE,
    Kantor,
    add_periode,
    close,
    import_palaran,
    make_isian,
    reopen,
)
from tests.offices import SKM_16 as LAIN


def read(database: Database, periode_id: uuid.UUID) -> UnsurPeriode:
    with database.reading() as session:
        return read_unsur(session, session.get_one(Periode, periode_id))


def weakest(hasil: UnsurPeriode) -> list[str]:
    return [one.kode for one in hasil.unsur if one.terlemah]


def add_rtl(database: Database, periode_id: uuid.UUID, **changes: object) -> uuid.UUID:
    fields: dict[str, Any] = {
        "id": new_id(), "periode_id": periode_id, "unsur": "waktu", "program": "Tambah loket",
        "tahun": 2025, "triwulan": 2, "penanggung_jawab": "Kasi Pelayanan",
    }  # fmt: skip
    rtl = Rtl(**{**fields, **changes})
    with database.writing() as session:
        session.add(rtl)
    return rtl.id


def test_the_unsur_of_palaran_2024_are_ranked_as_its_sums_say(
    database: Database, intake: Intake, kantor: Kantor
) -> None:
    import_palaran(database, intake)
    periode_id = add_periode(database, kantor.palaran)
    running = read(database, periode_id)
    # Sums 119, 120, 122, 144, 120, 122, 119, 144, 121: the third-lowest value is shared.
    assert [one.kode for one in running.unsur] == [
        "U1", "U7", "U2", "U5", "U9", "U3", "U6", "U4", "U8",
    ]  # fmt: skip
    assert weakest(running) == ["U1", "U7", "U2", "U5"]
    assert running.unsur[0].nrr == Decimal("3.306")

    close(database, periode_id)

    frozen = read(database, periode_id)
    assert frozen.beku
    assert frozen.unsur == running.unsur


def test_a_closed_period_keeps_its_ranking_and_an_opened_one_does_not(
    database: Database, intake: Intake, kantor: Kantor
) -> None:
    import_palaran(database, intake)
    periode_id = add_periode(database, kantor.palaran)
    close(database, periode_id)
    before = read(database, periode_id)
    for _ in range(20):
        intake.record(make_isian(kantor, {"biaya": 1}, tanggal=date(2024, 5, 5)))

    assert read(database, periode_id) == before
    reopen(database, periode_id)
    assert read(database, periode_id).unsur[0].kode == "U4"


@ON_SQLITE
def test_under_five_responses_no_figure_is_given(
    database: Database, intake: Intake, kantor: Kantor
) -> None:
    periode_id = add_periode(database, kantor.palaran, 2026)
    for number in range(4):
        intake.record(make_isian(kantor))
        hasil = read(database, periode_id)
        assert hasil.n == number + 1
        assert [one.nrr for one in hasil.unsur] == [None] * 9
        assert weakest(hasil) == []


@ON_SQLITE
def test_all_alike_are_all_weakest(database: Database, intake: Intake, kantor: Kantor) -> None:
    periode_id = add_periode(database, kantor.palaran, 2026)
    for _ in range(5):
        intake.record(make_isian(kantor))
    assert len(weakest(read(database, periode_id))) == 9


def test_unfinished_plans_are_carried_on_once(
    database: Database, intake: Intake, kantor: Kantor
) -> None:
    first, later = (add_periode(database, kantor.palaran, year) for year in (2024, 2025))
    add_periode(database, kantor.rawa_makmur, 2025)
    kept = {add_rtl(database, first), add_rtl(database, first, status="berjalan", unsur="biaya")}
    add_rtl(database, first, status="selesai", uraian_hasil="Ya")
    add_rtl(database, first, status="tidak")
    for expected in (2, 0, 0):
        with database.writing() as session:
            pair = session.get_one(Periode, first), session.get_one(Periode, later)
            assert len(carry_over(session, *pair)) == expected
    with database.reading() as session:
        periode = session.get_one(Periode, later)
        carried = list_rtl(session, periode, read_unsur(session, periode))
        assert {one.asal_id for one in carried} == kept
        assert {one.status for one in carried} == {"rencana", "berjalan"}


@ON_SQLITE
def test_the_next_period_and_what_differs_are_told(
    database: Database, intake: Intake, kantor: Kantor
) -> None:
    first = add_periode(database, kantor.palaran, 2024)
    with database.reading() as session:
        assert find_pembanding(session, session.get_one(Periode, first)) is None
    add_periode(database, kantor.palaran, 2026)
    add_periode(database, kantor.palaran, 2025, instrumen_id=LAIN.id, konvensi="portal-kota")
    add_periode(database, kantor.rawa_makmur, 2025)
    with database.reading() as session:
        found = find_pembanding(session, session.get_one(Periode, first))
    assert found is not None
    assert found.periode.nama == "2025"
    assert "Kuesionernya berbeda" in found.catatan[0]
    assert "Cara hitung IKM berbeda" in found.catatan[1]
    assert "belum ditetapkan" in found.catatan[2]


def test_only_a_mere_plan_is_deleted(database: Database, kantor: Kantor) -> None:
    first, later = (add_periode(database, kantor.palaran, year) for year in (2024, 2025))
    begun = add_rtl(database, first, status="berjalan")
    plan, carried = add_rtl(database, first), add_rtl(database, first)
    with database.writing() as session:
        carry_over(session, session.get_one(Periode, first), session.get_one(Periode, later))
    alone = add_rtl(database, first)
    for id_ in (begun, plan, carried):
        with pytest.raises(RtlError), database.writing() as session:
            delete_rtl(session, session.get_one(Rtl, id_))
    with database.writing() as session:
        delete_rtl(session, session.get_one(Rtl, alone))
    with database.reading() as session:
        assert session.get(Rtl, alone) is None
        assert session.get(Rtl, plan) is not None
