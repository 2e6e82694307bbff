"""What is missing or wrong is named beside its field, and nothing the citizen wrote is lost."""

from __future__ import annotations

import uuid

import pytest

from skm_app.database import Database
from tests.offices import (
    LOKET,
    LOKET_KTP,
    ON_SQLITE,
    SKM_9,
    count_responden,
    count_rows,
    list_differences,
    make_answers,
)
from tests.pages import Browser
from tests.survey.whole import WHOLE, faults_of, kept, plain

pytestmark = pytest.mark.usefixtures("kantor")


def test_a_missing_answer_is_named_beside_its_question_and_linked_from_the_top(
    browser: Browser, database: Database
) -> None:
    form = browser.open(f"/s/{LOKET}")
    page = browser.send(form, {**WHOLE, "u4": None, "u8": None}, status=422)
    assert page.h1 == "Belum terkirim: Kecamatan Palaran"
    assert page.title.startswith("Belum terkirim:")
    assert page.by_id("salah").attrs["role"] == "alert"
    assert faults_of(page) == {
        "u4": "Pertanyaan 4 (Biaya/Tarif): Pilih satu jawaban.",
        "u8": "Pertanyaan 9 (Penanganan Pengaduan, Saran dan Masukan): Pilih satu jawaban.",
    }
    for field in ("u4", "u8"):
        assert page.by_id(f"{field}-salah").text == "Pilih satu jawaban."
        assert f"{field}-salah" in page.by_id(field).attrs["aria-describedby"]
    assert kept(page) == {
        name: value for name, value in plain(WHOLE).items() if name not in ("u4", "u8")
    }
    assert count_rows(database)["responden"] == 0
    # Now the two missing answers, and nothing else, have to be given.
    browser.send(page, {"u4": "4", "u8": "tidak-tahu"})
    assert count_responden(database) == 1
    assert list_differences(database) == []


@ON_SQLITE
def test_an_empty_form_names_all_nine_questions_and_the_service(
    browser: Browser, database: Database
) -> None:
    page = browser.send(browser.open(f"/s/{LOKET}"), {}, status=422)
    assert list(faults_of(page)) == ["layanan", *SKM_9.fields.values()]
    assert faults_of(page)["layanan"] == "Layanan: Pilih layanan yang Anda terima."
    assert count_rows(database)["responden"] == 0


@ON_SQLITE
@pytest.mark.parametrize("value", ["0", "5", "-1", "3.0", "03", "٣", "3 OR 1=1", "null", "\x00"])
def test_an_answer_that_is_not_on_the_form_is_refused(
    browser: Browser, database: Database, value: str
) -> None:
    page = browser.send(browser.open(f"/s/{LOKET}"), {**WHOLE, "u5": value}, status=422)
    assert faults_of(page) == {
        "u5": "Pertanyaan 5 (Produk Spesifikasi Jenis Pelayanan): Pilih satu dari jawaban yang ada."
    }
    assert "u5" not in kept(page)
    assert count_responden(database) == 0


@ON_SQLITE
@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("jenis_kelamin", "X"),
        ("usia", "muda"),
        ("usia", "999"),
        ("pendidikan", "TK"),
        ("pekerjaan", "<script>"),
        ("layanan", "domisili"),
        ("layanan", "tidak-ada"),
    ],
)
def test_a_choice_that_is_not_on_the_form_is_refused(
    browser: Browser, database: Database, field: str, value: str
) -> None:
    page = browser.send(browser.open(f"/s/{LOKET}"), {**WHOLE, field: value}, status=422)
    assert list(faults_of(page)) == [field]
    assert kept(page) == {name: one for name, one in plain(WHOLE).items() if name != field}
    assert count_responden(database) == 0


@ON_SQLITE
@pytest.mark.parametrize("value", ["", "bukan-uuid", "0" * 31, "'; DROP TABLE responden;--", "😀"])
def test_a_tampered_submission_id_is_replaced_and_the_form_can_be_sent_again(
    browser: Browser, database: Database, value: str
) -> None:
    form = browser.open(f"/s/{LOKET}")
    page = browser.send(form, {**WHOLE, "submission_id": value}, status=422)
    assert "Tanda pengenal isian rusak dan sudah diganti" in page.by_id("salah").text
    uuid.UUID(page.forms[0].fields["submission_id"])
    assert kept(page) == plain(WHOLE)
    browser.send(page, {})
    assert count_responden(database) == 1


@ON_SQLITE
def test_a_tampered_hidden_service_is_refused_with_a_reason_and_can_be_sent_again(
    browser: Browser, database: Database
) -> None:
    form = browser.open(f"/s/{LOKET_KTP}")
    page = browser.send(form, {**WHOLE, "layanan": "sktm"}, status=422)
    assert page.root.all("div", role="alert"), "the page came back without saying why"
    browser.send(page, {})
    assert count_responden(database) == 1


@ON_SQLITE
def test_an_unknown_field_changes_nothing(browser: Browser, database: Database) -> None:
    extra = {"u10": "4", "ikm": "100", "kanal": "impor", "tanggal": "2020-01-01", "unit_id": "1"}
    browser.send(browser.open(f"/s/{LOKET}"), {**make_answers(), **extra})
    assert count_responden(database) == 1
    assert list_differences(database) == []
