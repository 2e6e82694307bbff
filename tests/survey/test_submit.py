"""Sending the form: stored exactly, once, and thanked for."""

from __future__ import annotations

import hashlib
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from flask import Flask

from skm_app.database import Database
from tests.offices import (
    LOKET,
    LOKET_KTP,
    LOKET_RAWA,
    LOKET_TUTUP,
    SKM_16,
    Kantor,
    add_periode,
    count_responden,
    count_rows,
    list_differences,
    list_responden,
    list_saran,
    make_answers,
    read_nilai,
    run_sql,
    today_wita,
)
from tests.pages import Browser

pytestmark = pytest.mark.usefixtures("kantor")


def test_sent_answers_are_stored_exactly_and_thanked_for(
    browser: Browser, database: Database, kantor: Kantor
) -> None:
    form = browser.open(f"/s/{LOKET}")
    answers = make_answers(
        "sktm", u1="1", u2="2", u4="4", u8="tidak-tahu", u9="2",
        jenis_kelamin="P", usia="26-34", pendidikan="S1", pekerjaan="Petani/Nelayan",
    )  # fmt: skip
    before = datetime.now(UTC)
    sent = browser.send(form, answers)
    assert sent.location == f"/s/{LOKET}/terima-kasih"
    page = browser.follow(sent)
    assert page.h1 == "Terima kasih"
    assert "Jawaban Anda sudah kami terima." in page.text
    assert "Kode pengaduan" not in page.text

    (row,) = list_responden(database)
    assert row.id == uuid.UUID(form.forms[0].fields["submission_id"])
    assert (row.unit_id, row.titik_id, row.layanan_id) == (
        kantor.palaran, kantor.loket, kantor.sktm,
    )  # fmt: skip
    assert (row.kanal, row.instrumen_id) == ("qr", "skm-9/1")
    assert (row.jenis_kelamin, row.usia, row.pendidikan, row.pekerjaan) == (
        "P", "26-34", "S1", "Petani/Nelayan",
    )  # fmt: skip
    assert before <= row.diterima <= datetime.now(UTC)
    assert row.tanggal == row.diterima.astimezone(ZoneInfo("Asia/Makassar")).date()
    assert read_nilai(database, row.id) == {
        "persyaratan": 1, "prosedur": 2, "waktu": 3, "biaya": 4, "produk": 3,
        "kompetensi": 3, "perilaku": 3, "pengaduan": None, "sarpras": 2,
    }  # fmt: skip
    assert list_saran(database) == []
    assert list_differences(database) == []


def test_the_profile_may_be_left_out(browser: Browser, database: Database) -> None:
    browser.send(browser.open(f"/s/{LOKET}"), make_answers())
    (row,) = list_responden(database)
    assert (row.jenis_kelamin, row.usia, row.pendidikan, row.pekerjaan) == (None,) * 4


@pytest.mark.parametrize(("kode", "nama"), [(LOKET_KTP, "ktp"), (LOKET_RAWA, "domisili")])
def test_where_there_is_one_service_the_answers_are_about_it(
    browser: Browser, database: Database, kantor: Kantor, kode: str, nama: str
) -> None:
    answers = {name: value for name, value in make_answers().items() if name != "layanan"}
    browser.send(browser.open(f"/s/{kode}"), answers)
    (row,) = list_responden(database)
    assert row.layanan_id == getattr(kantor, nama)


def test_a_code_in_small_letters_also_takes_answers(browser: Browser, database: Database) -> None:
    form = browser.open(f"/s/{LOKET.lower()}")
    sent = browser.send(form, make_answers(), to=f"/s/{LOKET.lower()}")
    browser.follow(sent)
    assert count_responden(database) == 1


def test_all_sixteen_answers_of_the_longer_questionnaire_are_stored(
    browser: Browser, database: Database, kantor: Kantor
) -> None:
    today = today_wita()
    add_periode(
        database, kantor.palaran, tahun=today.year, instrumen_id=SKM_16.id,
        mulai=today, sampai=today,
    )  # fmt: skip
    nilai = {butir.kunci: place % 4 + 1 for place, butir in enumerate(SKM_16.butir)}
    answers = {SKM_16.fields[kunci]: str(value) for kunci, value in nilai.items()}
    browser.send(browser.open(f"/s/{LOKET}"), {**answers, "layanan": "ktp-kk"})
    (row,) = list_responden(database)
    assert row.instrumen_id == SKM_16.id
    assert read_nilai(database, row.id) == nilai
    assert list_differences(database) == []


def test_a_page_opened_before_the_questionnaire_changed_comes_back_with_what_is_missing(
    browser: Browser, database: Database, kantor: Kantor
) -> None:
    form = browser.open(f"/s/{LOKET}")
    today = today_wita()
    add_periode(
        database, kantor.palaran, tahun=today.year, instrumen_id=SKM_16.id,
        mulai=today, sampai=today,
    )  # fmt: skip
    page = browser.send(form, make_answers(u3="1"), status=422)
    assert page.forms[0].fields["u3"] == "1"
    assert "Pertanyaan 1 (Persyaratan): Pilih satu jawaban." in page.text
    assert count_responden(database) == 0


def complaint() -> dict[str, str]:
    return make_answers(saran="Loket tutup sebelum waktunya.", pengaduan="ya")


def test_a_complaint_gets_a_follow_up_code_and_the_same_again_when_resent(
    browser: Browser, database: Database
) -> None:
    form = browser.open(f"/s/{LOKET}")
    first = browser.follow(browser.send(form, complaint()))
    again = browser.follow(browser.send(form, complaint()))
    shown = first.root.first("p", class_="kode").text
    assert again.root.first("p", class_="kode").text == shown
    kode = shown.replace("-", "")
    assert len(kode) == 12
    (saran,) = list_saran(database)
    assert saran.pengaduan
    assert saran.kode_hash == hashlib.sha256(kode.encode()).hexdigest()
    assert kode not in repr(vars(saran))


def test_a_plain_comment_gets_no_code(browser: Browser, database: Database) -> None:
    sent = browser.send(browser.open(f"/s/{LOKET}"), make_answers(saran="Bagus."))
    assert "Kode pengaduan" not in browser.follow(sent).text
    (saran,) = list_saran(database)
    assert (saran.teks, saran.pengaduan, saran.kode_hash) == ("Bagus.", False, None)


@pytest.mark.parametrize("typed", ["<script>alert(1)</script>", "PENDEK", "A" * 13, "%00" * 12])
def test_the_thanks_page_shows_no_code_that_is_none(browser: Browser, typed: str) -> None:
    page = browser.open(f"/s/{LOKET}/terima-kasih?pengaduan={typed}")
    assert page.root.all("p", class_="kode") == []


def test_the_same_form_sent_twice_is_one_response_and_the_same_answer(
    browser: Browser, database: Database
) -> None:
    form = browser.open(f"/s/{LOKET}")
    sent = [browser.send(form, make_answers()) for _ in range(3)]
    assert len({page.location for page in sent}) == 1
    assert count_responden(database) == 1
    assert list_differences(database) == []


def test_eight_who_send_the_same_form_at_once_store_one_response(
    app: Flask, database: Database
) -> None:
    id_ = str(uuid.uuid4())
    browsers = [Browser(app.test_client()) for _ in range(8)]
    forms = [browser.open(f"/s/{LOKET}") for browser in browsers]
    answers = make_answers(submission_id=id_, saran="Sama.", pengaduan="ya")
    with ThreadPoolExecutor(8) as pool:
        sent = list(
            pool.map(lambda one: one[0].send(one[1], answers), zip(browsers, forms, strict=True))
        )
    assert len({page.location for page in sent}) == 1
    assert count_responden(database) == 1
    assert count_rows(database)["saran"] == 1
    assert list_differences(database) == []


def test_other_answers_under_a_used_id_are_refused_and_can_be_sent_as_new(
    browser: Browser, database: Database
) -> None:
    form = browser.open(f"/s/{LOKET}")
    browser.send(form, make_answers(u4="4"))
    page = browser.send(form, make_answers("sktm", u4="1", saran="Mahal."), status=409)
    assert page.h1.startswith("Belum terkirim:")
    assert "Anda sudah pernah mengirim isian ini" in page.text
    fields = page.forms[0].fields
    assert (fields["u4"], fields["layanan"], fields["saran"]) == ("1", "sktm", "Mahal.")
    (first,) = list_responden(database)
    assert read_nilai(database, first.id)["biaya"] == 4
    # Whoever means it as a new response just presses the button again.
    browser.send(page, {})
    assert count_responden(database) == 2
    assert list_differences(database) == []


def test_the_same_answers_from_two_forms_are_two_responses(
    browser: Browser, database: Database
) -> None:
    for _ in range(2):
        browser.send(browser.open(f"/s/{LOKET}"), make_answers())
    assert count_responden(database) == 2


def test_a_titik_that_closed_meanwhile_keeps_the_answers_on_the_page(
    browser: Browser, database: Database
) -> None:
    form = browser.open(f"/s/{LOKET}")
    run_sql(database, "UPDATE titik SET aktif = false")
    page = browser.send(form, make_answers(u4="1", saran="Panas."), status=410)
    assert "Titik survei ini sudah ditutup" in page.text
    assert (page.forms[0].fields["u4"], page.forms[0].fields["saran"]) == ("1", "Panas.")
    assert count_responden(database) == 0
    run_sql(database, "UPDATE titik SET aktif = true")
    browser.send(page, {})
    assert count_responden(database) == 1


def test_a_titik_that_was_always_closed_takes_nothing(browser: Browser, database: Database) -> None:
    form = browser.open(f"/s/{LOKET}")
    browser.send(form, make_answers(), status=410, to=f"/s/{LOKET_TUTUP}")
    browser.send(form, make_answers(), status=404, to="/s/TIDAKADA")
    assert count_responden(database) == 0


def test_sending_is_the_only_way_to_store(browser: Browser, database: Database) -> None:
    query = "&".join(f"{name}={value}" for name, value in make_answers().items())
    browser.open(f"/s/{LOKET}?{query}")
    for method in ("put", "delete", "patch"):
        response = getattr(browser.client, method)(f"/s/{LOKET}", data=make_answers())
        assert response.status_code == 405
    assert count_responden(database) == 0
