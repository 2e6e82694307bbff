"""What became of a complaint: told to whoever holds the code, and nothing more."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from skm_app.database import Database
from skm_app.intake import Intake
from skm_app.kode import ALPHABET, forgive_kode, format_kode
from skm_app.models import Pengaduan
from skm_app.saran.pengaduan import due_date
from skm_app.survey.pengaduan import BATAS
from skm_app.tanggal import format_tanggal
from tests.admin.warga import leave_pengaduan, leave_saran
from tests.offices import LOKET, ON_SQLITE, Kantor, make_answers, today_wita
from tests.pages import Browser, Page

ALAMAT = "/pengaduan"
TIDAK_ADA = "Kode ini tidak kami temukan."


def ask(browser: Browser, kode: str, status: int = 200) -> Page:
    return browser.send(browser.open(ALAMAT), {"kode": kode}, status)


def set_pengaduan(database: Database, saran_id: object, **values: object) -> None:
    fields = {"saran_id": saran_id, "tenggat": date(2026, 12, 1), "status": "diproses", **values}
    with database.writing() as session:
        session.merge(Pengaduan(**fields))


def test_the_way_from_the_thank_you_page_to_the_answer(
    browser: Browser, database: Database, kantor: Kantor
) -> None:
    form = browser.open(f"/s/{LOKET}")
    answers = make_answers(saran="Antre lama", pengaduan="y")
    thanks = browser.follow(browser.send(form, answers))
    kode = thanks.root.first("p", **{"class": "kode"}).text
    link = next(a for a in thanks.root.all("a") if a.attrs["href"].startswith(ALAMAT))

    page = browser.send(browser.open(link.attrs["href"]), {"kode": kode}, 200)

    assert "Sudah kami terima, menunggu ditangani." in page.text
    assert f"paling lambat {format_tanggal(due_date(today_wita()))}" in page.text
    assert "Antre lama" not in page.text
    assert page.response.headers["Cache-Control"] == "no-store"
    assert kode not in page.response.request.url


def test_the_answer_is_shown_and_the_complaint_is_not(
    browser: Browser, database: Database, intake: Intake, kantor: Kantor
) -> None:
    saran, kode = leave_pengaduan(database, intake, kantor, "Petugas bernama Budi kasar")
    set_pengaduan(database, saran.id)
    assert (
        "Sedang kami tangani. Kami jawab paling lambat 1 Desember 2026." in ask(browser, kode).text
    )
    jawaban = "Baris satu\n<b>Baris dua</b>"
    done = {"status": "selesai", "jawaban": jawaban, "selesai": datetime.now(UTC), "versi": 1}
    set_pengaduan(database, saran.id, **done)

    page = ask(browser, kode)

    assert "Sudah selesai kami tangani." in page.text
    assert "<b>Baris dua</b>" in page.text
    assert "paling lambat" not in page.text
    assert "Budi" not in page.text
    assert "Pengantar KTP" not in page.text


@ON_SQLITE
def test_the_code_is_read_however_it_is_typed(
    browser: Browser, database: Database, intake: Intake, kantor: Kantor
) -> None:
    _, kode = leave_pengaduan(database, intake, kantor)
    for typed in (kode.lower(), format_kode(kode), f"  {kode[:3]} {kode[3:]}. ",
                  kode.replace("V", "U").replace("6", "g").replace("D", "0")):  # fmt: skip
        assert "Sudah kami terima" in ask(browser, typed).text


def test_forgiving_a_code_never_changes_a_right_one() -> None:
    assert forgive_kode(ALPHABET) == ALPHABET
    assert set(forgive_kode("U G 0 o q")) <= set(ALPHABET)


@ON_SQLITE
def test_an_unknown_code_gets_one_neutral_sentence(
    browser: Browser, database: Database, intake: Intake, kantor: Kantor
) -> None:
    leave_saran(database, intake, kantor, "Bukan pengaduan")
    for typed in ("K7M3PAK7M3PA", "ABC", "'; DROP TABLE saran; --", "<script>alert(1)</script>",
                  "A😀\u202e\x00", "x" * 5000):  # fmt: skip
        page = ask(browser, typed, 422)
        assert TIDAK_ADA in page.text
        assert page.root.all("script") == []
    assert "Isi kode pengaduan Anda." in ask(browser, " - ", 422).text


def test_guessing_is_slowed_down(
    browser: Browser, database: Database, intake: Intake, kantor: Kantor
) -> None:
    _, kode = leave_pengaduan(database, intake, kantor)
    page = browser.open(ALAMAT)
    for _ in range(BATAS):
        assert TIDAK_ADA in browser.send(page, {"kode": "K7M3PAK7M3PA"}, 422).text
    blocked = browser.send(page, {"kode": kode}, 429)
    assert "Terlalu banyak percobaan" in blocked.text
    # Nobody who works at the same place is kept from signing in.
    assert browser.open("/admin/masuk").status == 200
    browser.send(browser.open("/admin/masuk"), {"nama": "lia", "sandi": "salah"}, 422)


@ON_SQLITE
def test_the_page_speaks_english_too(
    browser: Browser, database: Database, intake: Intake, kantor: Kantor
) -> None:
    _, kode = leave_pengaduan(database, intake, kantor)
    page = browser.open(f"{ALAMAT}?bahasa=en")
    assert page.h1 == "What became of your complaint"
    found = browser.send(page, {"kode": kode}, 200)
    assert "We have received it" in found.text
    assert found.root.first("html").attrs["lang"] == "en"


@ON_SQLITE
@pytest.mark.parametrize("token", [None, "salah"])
def test_a_form_from_elsewhere_is_refused(
    browser: Browser, kantor: Kantor, token: str | None
) -> None:
    data = {"kode": "K7M3PAK7M3PA"} | ({"csrf_token": token} if token else {})
    assert browser.client.post(ALAMAT, data=data).status_code == 400


@ON_SQLITE
def test_the_front_page_leads_there(browser: Browser, kantor: Kantor) -> None:
    assert ALAMAT in [one.attrs["href"] for one in browser.open("/").root.all("a")]
