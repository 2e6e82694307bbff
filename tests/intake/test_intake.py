"""One response: stored whole and once, counted once, whoever else writes at the same time."""

from __future__ import annotations

import hashlib
import uuid
from collections import Counter
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from skm_app.database import Database
from skm_app.intake import Intake, IsianError, KonflikError, Tercatat
from skm_app.models import RekapTersimpan, Responden, Saran
from skm_app.profil import Profil
from skm_app.settings import Settings
from tests.offices import (
    SKM_9,
    SKM_16,
    Kantor,
    count_responden,
    count_rows,
    list_differences,
    make_isian,
    make_nilai,
    read_nilai,
)


def test_a_response_is_stored_exactly_as_it_was_given(
    database: Database, kantor: Kantor, intake: Intake
) -> None:
    isian = make_isian(
        kantor,
        {"persyaratan": 1, "biaya": 4, "sarpras": 2, "pengaduan": None},
        profil=Profil(jenis_kelamin="P", usia="26-34", pendidikan="S1", pekerjaan="Swasta"),
        kanal="petugas",
        tanggal=date(2024, 2, 29),
        saran="Antrean panjang.",
    )
    assert intake.record(isian) == Tercatat(baru=True, kode_pengaduan=None)
    with database.reading() as session:
        row = session.get_one(Responden, isian.id)
        saran = session.scalars(select(Saran)).one()
    stored = (row.unit_id, row.titik_id, row.layanan_id, row.instrumen_id, row.kanal, row.tanggal)
    assert stored == (
        kantor.palaran, kantor.loket, kantor.ktp, SKM_9.id, "petugas", date(2024, 2, 29),
    )  # fmt: skip
    assert (row.jenis_kelamin, row.usia, row.pendidikan, row.pekerjaan) == (
        "P", "26-34", "S1", "Swasta",
    )  # fmt: skip
    assert read_nilai(database, isian.id) == dict(isian.nilai)
    assert (saran.teks, saran.pengaduan, saran.kode_hash) == ("Antrean panjang.", False, None)
    assert saran.id != isian.id
    assert list_differences(database) == []


def test_tidak_tahu_is_stored_as_nothing_and_counted_as_empty(
    database: Database, kantor: Kantor, intake: Intake
) -> None:
    isian = make_isian(kantor, make_nilai(nilai=None))
    intake.record(isian)
    assert set(read_nilai(database, isian.id).values()) == {None}
    with database.reading() as session:
        for row in session.scalars(select(RekapTersimpan)):
            assert (row.n1, row.n2, row.n3, row.n4, row.kosong) == (0, 0, 0, 0, 1)


def test_the_same_submission_twice_is_one_response_and_the_same_answer(
    database: Database, kantor: Kantor, intake: Intake
) -> None:
    isian = make_isian(kantor, saran="Loket tutup.", pengaduan=True)
    first = intake.record(isian)
    before = count_rows(database)
    again = intake.record(isian)
    assert (first.baru, again.baru) == (True, False)
    assert first.kode_pengaduan is not None
    assert again.kode_pengaduan == first.kode_pengaduan
    assert count_rows(database) == before
    assert list_differences(database) == []


@pytest.mark.parametrize(
    "change",
    [
        {"nilai": {"biaya": 1}},
        {"nilai": {"biaya": None}},
        {"saran": "Lain."},
        {"saran": "Sama.", "pengaduan": True},
        {"profil": Profil(usia="<17")},
        {"tanggal": date(2024, 1, 1)},
    ],
)
def test_another_answer_under_a_used_id_is_refused_and_the_first_kept(
    database: Database, kantor: Kantor, intake: Intake, change: dict[str, object]
) -> None:
    id_ = uuid.uuid4()
    first = make_isian(kantor, id=id_, saran="Sama.")
    intake.record(first)
    before = count_rows(database)
    other = make_isian(kantor, **{"id": id_, "saran": "Sama.", **change})  # type: ignore[arg-type]
    with pytest.raises(KonflikError):
        intake.record(other)
    assert count_rows(database) == before
    assert read_nilai(database, first.id) == dict(first.nilai)
    assert list_differences(database) == []


def test_two_citizens_who_answer_alike_are_two_responses(
    database: Database, kantor: Kantor, intake: Intake
) -> None:
    intake.record(make_isian(kantor))
    intake.record(make_isian(kantor))
    assert count_responden(database) == 2
    assert list_differences(database) == []


def test_only_the_hash_of_a_complaint_code_is_stored(
    database: Database, kantor: Kantor, intake: Intake
) -> None:
    kode = intake.record(make_isian(kantor, saran="Loket tutup.", pengaduan=True)).kode_pengaduan
    assert kode is not None
    assert len(kode) == 12
    with database.reading() as session:
        saran = session.scalars(select(Saran)).one()
    assert saran.kode_hash == hashlib.sha256(kode.encode()).hexdigest()
    assert kode not in repr(vars(saran))


def test_every_complaint_has_its_own_code(kantor: Kantor, intake: Intake) -> None:
    isian = [make_isian(kantor, saran="Sama.", pengaduan=True) for _ in range(30)]
    assert len({one.kode_pengaduan for one in intake.record_all(isian)}) == 30


def test_a_response_gets_its_date_from_the_calendar_of_the_office(
    database: Database, kantor: Kantor, settings: Settings
) -> None:
    # 26 hours apart: at every moment these two zones have different dates.
    for zone in ("Etc/GMT+12", "Etc/GMT-14", "Asia/Makassar"):
        isian = make_isian(kantor)
        before = datetime.now(UTC)
        Intake(database, ZoneInfo(zone), settings.secret_key).record(isian)
        with database.reading() as session:
            row = session.get_one(Responden, isian.id)
        assert before <= row.diterima <= datetime.now(UTC)
        assert row.tanggal == row.diterima.astimezone(ZoneInfo(zone)).date()
    assert list_differences(database) == []


@pytest.mark.parametrize(
    "change",
    [
        {"nilai": {"biaya": 0}},
        {"nilai": {"biaya": 5}},
        {"nilai": {"u4": 3}},
        {"kanal": "pos"},
        {"saran": "a" * 1201},
    ],
)
def test_what_no_questionnaire_can_hold_never_becomes_an_isian(
    kantor: Kantor, change: dict[str, object]
) -> None:
    with pytest.raises(IsianError):
        make_isian(kantor, **change)  # type: ignore[arg-type]


def test_both_questionnaires_are_counted_apart(
    database: Database, kantor: Kantor, intake: Intake
) -> None:
    intake.record_all([make_isian(kantor), make_isian(kantor, instrumen=SKM_16)])
    with database.reading() as session:
        rekap = session.scalars(select(RekapTersimpan)).all()
    assert Counter(row.instrumen_id for row in rekap) == {SKM_9.id: 2 * 9, SKM_16.id: 2 * 16}
    assert list_differences(database) == []
