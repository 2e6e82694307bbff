"""What the server does with a tablet's queue: each response on its own, nothing lost."""

from __future__ import annotations

import json
import math
import uuid

import pytest
from sqlalchemy import update

from skm_app.database import Database
from skm_app.models import Layanan, Titik
from tests.kios.tablet import Tablet, get_kios, list_terputus, make_kiriman
from tests.offices import (
    LOKET,
    ON_SQLITE,
    SKM_9,
    SKM_16,
    Kantor,
    add_periode,
    count_responden,
    list_differences,
    list_responden,
    list_saran,
    make_nilai,
    read_nilai,
    today_wita,
)


def test_a_response_is_stored_as_it_was_given(
    tablet: Tablet, database: Database, kantor: Kantor
) -> None:
    kiriman = make_kiriman(
        layanan="sktm",
        nilai={**make_nilai(), "biaya": None, "waktu": 1},
        profil={"jenis_kelamin": "P", "usia": "26-34", "pendidikan": "S1", "pekerjaan": "PNS"},
        saran="Kursi rusak & panas",
        pengaduan=True,
        kode_pengaduan="ACDEFHJKMNPR",
        dibantu=True,
    )

    answer = tablet.send(kiriman)

    assert answer["hasil"] == [{"id": kiriman["id"], "status": "tersimpan"}]
    (stored,) = list_responden(database)
    assert (stored.kanal, stored.dibantu, stored.layanan_id) == ("kios", True, kantor.sktm)
    assert (stored.jenis_kelamin, stored.usia) == ("P", "26-34")
    assert read_nilai(database, stored.id) == {**make_nilai(), "biaya": None, "waktu": 1}
    (saran,) = list_saran(database)
    assert (saran.teks, saran.pengaduan) == ("Kursi rusak & panas", True)
    assert saran.kode_hash is not None
    assert list_differences(database) == []


def test_a_response_sent_again_is_stored_once(tablet: Tablet, database: Database) -> None:
    kiriman = make_kiriman()

    assert [tablet.status_of(kiriman) for _ in range(3)] == ["tersimpan"] * 3
    # The clock is measured anew before each try; that makes it no other response.
    assert tablet.status_of({**kiriman, "selisih": 12.5}) == "tersimpan"
    assert count_responden(database) == 1


def test_other_answers_under_a_used_id_are_named_and_not_stored(
    tablet: Tablet, database: Database
) -> None:
    kiriman = make_kiriman()
    tablet.send(kiriman)

    (hasil,) = tablet.send({**kiriman, "nilai": make_nilai(nilai=1)})["hasil"]

    assert hasil["status"] == "bentrok"
    assert "isi lain" in hasil["pesan"]
    assert count_responden(database) == 1


def test_each_response_of_a_batch_is_answered_on_its_own(
    tablet: Tablet, database: Database
) -> None:
    good = [make_kiriman() for _ in range(3)]
    bad = make_kiriman(nilai={})

    hasil = tablet.send(good[0], bad, good[1], "teks", good[2])["hasil"]

    assert [(one["id"], one["status"]) for one in hasil] == [
        (good[0]["id"], "tersimpan"),
        (bad["id"], "salah"),
        (good[1]["id"], "tersimpan"),
        (good[2]["id"], "tersimpan"),
    ]
    assert count_responden(database) == 3


WRONG = {
    "no id": {"id": None},
    "an id that is none": {"id": "1"},
    "an id of another kind": {"id": 17},
    "no answers": {"nilai": None},
    "answers as a list": {"nilai": [3] * 9},
    "an answer missing": {"nilai": {k: v for k, v in make_nilai().items() if k != "biaya"}},
    "an answer too many": {"nilai": {**make_nilai(), "lain": 3}},
    "0": {"nilai": {**make_nilai(), "biaya": 0}},
    "5": {"nilai": {**make_nilai(), "biaya": 5}},
    "a number too large": {"nilai": {**make_nilai(), "biaya": 10**30}},
    "a fraction": {"nilai": {**make_nilai(), "biaya": 2.5}},
    "true": {"nilai": {**make_nilai(), "biaya": True}},
    "text": {"nilai": {**make_nilai(), "biaya": "3"}},
    "nested": {"nilai": {**make_nilai(), "biaya": [[3]]}},
    "no such service": {"layanan": "x"},
    "a service of 1,000 letters": {"layanan": "x" * 1000},
    "no service where there are two": {"layanan": None},
    "no such questionnaire": {"instrumen": "skm-99/1"},
    "a questionnaire with NUL": {"instrumen": "skm\x00"},
    "a questionnaire of another kind": {"instrumen": {"a": 1}},
    "no profile": {"profil": None},
    "an unknown occupation": {"profil": {"pekerjaan": "x" * 1000}},
    "a comment too long": {"saran": "x" * 1201},
}


@ON_SQLITE
@pytest.mark.parametrize("changes", WRONG.values(), ids=WRONG.keys())
def test_what_cannot_be_stored_is_named_with_a_reason(
    tablet: Tablet, database: Database, changes: dict[str, object]
) -> None:
    (hasil,) = tablet.send(make_kiriman(**changes))["hasil"]

    assert hasil["status"] == "salah"
    assert len(hasil["pesan"]) > 10
    assert count_responden(database) == 0


TOLERATED = {
    "half an emoji": {"saran": "bagus \ud83d"},
    "NUL": {"saran": "bagus\x00sekali"},
    "blank": {"saran": " \n "},
    "of another kind": {"saran": 5, "pengaduan": "ya", "dibantu": "ya", "kode_pengaduan": 1},
    "a code that is none": {"saran": "x", "pengaduan": True, "kode_pengaduan": "x" * 1000},
    "clock of another kind": {"diisi": 7, "selisih": "x"},
    "clock out of range": {"diisi": "9999-12-31T23:59:59+00:00", "selisih": 1e300},
    "clock not a number": {"selisih": math.nan},
    "a clock in the future": {"diisi": "2199-01-01T00:00:00+14:00"},
    "profile of another kind": {"profil": {"usia": 7, "lain": {}}},
    "more than is asked": {"lain": ["x"] * 100},
}


@pytest.mark.parametrize("changes", TOLERATED.values(), ids=TOLERATED.keys())
def test_what_is_odd_but_whole_is_stored(
    tablet: Tablet, database: Database, changes: dict[str, object]
) -> None:
    assert tablet.status_of(make_kiriman(**changes)) == "tersimpan"
    assert list_differences(database) == []


def test_a_complaint_needs_words(tablet: Tablet, database: Database) -> None:
    tablet.send(make_kiriman(pengaduan=True, kode_pengaduan="ACDEFHJKMNPR"))

    assert list_saran(database) == []


def test_two_complaints_with_one_code_do_not_stop_the_queue(
    tablet: Tablet, database: Database
) -> None:
    same = {"saran": "x", "pengaduan": True, "kode_pengaduan": "ACDEFHJKMNPR"}

    hasil = tablet.send(make_kiriman(**same), make_kiriman(**same), make_kiriman())["hasil"]

    assert [one["status"] for one in hasil] == ["tersimpan"] * 3
    assert count_responden(database) == 3
    assert list_differences(database) == []


@ON_SQLITE
@pytest.mark.parametrize("body", ["", "{", "[]", "7", "null", "[" * 60_000, '{"isian": [}'])
def test_a_body_that_cannot_be_read_changes_nothing(
    tablet: Tablet, database: Database, body: str
) -> None:
    before = get_kios(database).kontak_terakhir

    answer = tablet.try_to_send(body)

    assert answer.status_code == 400
    assert answer.get_json()["status"] == "salah"
    assert get_kios(database).kontak_terakhir == before


@ON_SQLITE
@pytest.mark.parametrize("isian", [None, 7, "x", {"id": "x"}, [None, 7, "x", []]])
def test_a_queue_that_is_none_is_a_sign_of_life(tablet: Tablet, isian: object) -> None:
    answer = tablet.try_to_send({"isian": isian, "terputus": isian})

    assert answer.get_json()["hasil"] == []


def test_a_batch_too_large_is_refused_whole(tablet: Tablet, database: Database) -> None:
    body = json.dumps({"isian": [make_kiriman(saran="x" * 1200) for _ in range(60)]})

    assert tablet.try_to_send(body).status_code == 413
    assert count_responden(database) == 0


def test_at_most_20_are_taken_from_one_batch(tablet: Tablet, database: Database) -> None:
    all_isian = [make_kiriman() for _ in range(25)]

    hasil = tablet.send(*all_isian)["hasil"]

    assert [one["id"] for one in hasil] == [one["id"] for one in all_isian[:20]]
    assert count_responden(database) == 20


def test_a_closed_titik_still_takes_in_what_was_answered(
    tablet: Tablet, database: Database
) -> None:
    with database.writing() as session:
        session.execute(update(Titik).where(Titik.kode == LOKET).values(aktif=False))

    assert tablet.status_of(make_kiriman()) == "tersimpan"
    assert tablet.client.get(f"/kios/{LOKET}/isi.json").get_json()["aktif"] is False


def test_a_service_withdrawn_meanwhile_is_still_counted(
    tablet: Tablet, database: Database, kantor: Kantor
) -> None:
    with database.writing() as session:
        session.execute(update(Layanan).values(aktif=False))

    assert tablet.status_of(make_kiriman()) == "tersimpan"
    (stored,) = list_responden(database)
    assert stored.layanan_id == kantor.ktp


def test_another_questionnaire_meanwhile_leaves_the_answers_under_theirs(
    tablet: Tablet, database: Database, kantor: Kantor
) -> None:
    add_periode(database, kantor.palaran, today_wita().year, instrumen_id=SKM_16.id)
    asked = tablet.client.get(f"/kios/{LOKET}/isi.json").get_json()["instrumen"]

    tablet.send(make_kiriman())
    tablet.send(make_kiriman(instrumen=SKM_16.id, nilai=make_nilai(SKM_16)))

    assert asked == SKM_16.id
    found = {one.instrumen_id for one in list_responden(database)}
    assert found == {SKM_9.id, SKM_16.id}
    assert list_differences(database) == []


def test_forms_given_up_are_counted_once_and_never_scored(
    tablet: Tablet, database: Database
) -> None:
    given_up = [{"id": str(uuid.uuid4()), "diisi": None, "selisih": None} for _ in range(3)]

    first = tablet.send(terputus=given_up)
    again = tablet.send(terputus=[*given_up, given_up[0]])

    assert first["terputus"] == [one["id"] for one in given_up]
    assert set(again["terputus"]) == set(first["terputus"])
    assert sum(one.jumlah for one in list_terputus(database)) == 3
    assert {one.tanggal for one in list_terputus(database)} == {today_wita()}
    assert count_responden(database) == 0


@ON_SQLITE
@pytest.mark.parametrize("odd", [{}, {"id": 7}, {"id": "x"}, {"id": None}, {"id": "\x00"}])
def test_a_count_without_an_id_is_left_out(
    tablet: Tablet, database: Database, odd: dict[str, object]
) -> None:
    assert tablet.send(terputus=[odd])["terputus"] == []
    assert list_terputus(database) == []


@ON_SQLITE
@pytest.mark.parametrize(
    ("told", "stored"), [(7, 7), (0, 0), (-1, 0), (10**9, 0), (True, 0), ("7", 0), (2.5, 0)]
)
def test_the_office_sees_how_many_wait(
    tablet: Tablet, database: Database, told: object, stored: int
) -> None:
    tablet.send(menunggu=told)

    assert get_kios(database).menunggu == stored


def test_an_unknown_titik_has_no_kiosk(tablet: Tablet) -> None:
    assert tablet.try_to_send({}, titik="TIDAKA").status_code == 404
