"""Comments: whatever people type is stored as it is and can do no harm."""

from __future__ import annotations

import pytest

from skm_app.database import Database
from tests.offices import (
    LOKET,
    ON_SQLITE,
    count_responden,
    list_differences,
    list_saran,
    make_answers,
)
from tests.pages import Browser

pytestmark = pytest.mark.usefixtures("kantor")

LONGEST = 1200
TEXTS = {
    "script": "<script>alert(document.cookie)</script><img src=x onerror=alert(1)>",
    "closing": "</textarea></form></html><h1>Halo</h1>",
    "sql": "'; DROP TABLE responden; -- \" OR 1=1",
    "template": "{{ config.SECRET_KEY }} {% raw %} ${7*7} %s {0}",
    "marks": "{csrf_token} {submission_id}",
    "formula": '=HYPERLINK("http://contoh.invalid";"klik")',
    "emoji": "😀👨‍👩‍👧‍👦🇮🇩" * 20,
    "rtl": "\u202eterbalik\u202c שלום مرحبا",
    "combining": "Z̴̧̛a̷̛l̶g̸o̵" * 20,
    "zero-width": "a\u200bb\ufeffc\u2060d",
    "quotes": "Petugas bilang: \"besok\" & 'lusa' <3",
    "lines": "Satu.\n\nDua.\n  Tiga.",
    "vertical-tab": "a\x0bb\x0cc\x1bd",
    "backslash": "C:\\temp\\%00 \\n \\u0000",
    "longest": "x" * LONGEST,
    "longest-emoji": "😀" * LONGEST,
}


def test_every_comment_is_stored_as_it_was_typed(browser: Browser, database: Database) -> None:
    for text in TEXTS.values():
        browser.send(browser.open(f"/s/{LOKET}"), make_answers(saran=text))
    assert {one.teks for one in list_saran(database)} == set(TEXTS.values())
    assert list_differences(database) == []


@ON_SQLITE
@pytest.mark.parametrize("name", TEXTS)
def test_a_comment_comes_back_as_it_was_typed_and_runs_nothing(browser: Browser, name: str) -> None:
    text = TEXTS[name]
    form = browser.open(f"/s/{LOKET}")
    page = browser.send(form, {**make_answers(saran=text), "u1": None}, status=422)
    assert page.forms[0].fields["saran"] == text
    assert page.root.all("img") == []
    assert all(one.raw_text == "" for one in page.root.all("script"))
    assert len(page.forms) == 1


@ON_SQLITE
@pytest.mark.parametrize("blank", ["", "   ", "\n\n\t", "\r\n", "\u00a0\u2003", "\x00", " \x00 "])
def test_white_space_alone_is_no_comment(browser: Browser, database: Database, blank: str) -> None:
    browser.send(browser.open(f"/s/{LOKET}"), make_answers(saran=blank))
    assert list_saran(database) == []
    assert count_responden(database) == 1


def test_line_ends_of_browsers_become_plain_and_edges_are_trimmed(
    browser: Browser, database: Database
) -> None:
    form = browser.open(f"/s/{LOKET}")
    browser.send(form, make_answers(saran="\r\n  Satu.\r\nDua.\rTiga.  \r\n"))
    assert [one.teks for one in list_saran(database)] == ["Satu.\nDua.\nTiga."]


def test_nul_is_left_out_because_postgresql_cannot_store_it(
    browser: Browser, database: Database
) -> None:
    browser.send(browser.open(f"/s/{LOKET}"), make_answers(saran="a\x00b"))
    assert [one.teks for one in list_saran(database)] == ["ab"]


@ON_SQLITE
@pytest.mark.parametrize("letter", ["x", "😀", "é"])
def test_a_longer_comment_is_sent_back_with_its_length_and_nothing_cut(
    browser: Browser, database: Database, letter: str
) -> None:
    text = letter * (LONGEST + 1)
    form = browser.open(f"/s/{LOKET}")
    page = browser.send(form, make_answers(saran=text), status=422)
    assert page.by_id("saran-salah").text == (
        "Paling panjang 1200 huruf; tulisan Anda 1201 huruf. Mohon dipersingkat."
    )
    assert page.forms[0].fields["saran"] == text
    assert count_responden(database) == 0


def test_the_length_counts_each_line_end_once_as_the_browser_does(
    browser: Browser, database: Database
) -> None:
    text = "a\r\n" * 599 + "ab"
    browser.send(browser.open(f"/s/{LOKET}"), make_answers(saran=text))
    assert count_responden(database) == 1


@ON_SQLITE
@pytest.mark.parametrize("blank", ["", "  \r\n "])
def test_a_complaint_needs_words(browser: Browser, database: Database, blank: str) -> None:
    form = browser.open(f"/s/{LOKET}")
    page = browser.send(form, make_answers(saran=blank, pengaduan="ya"), status=422)
    assert "Tuliskan pengaduan Anda" in page.by_id("saran-salah").text
    assert "checked" in page.root.first("input", name="pengaduan").attrs
    assert count_responden(database) == 0


@pytest.mark.parametrize("raw", [b"%ED%A0%80", b"%FF%FE%80", b"%C3%28", b"\xff\xfe"])
def test_bytes_that_are_no_text_are_stored_readably_or_refused(
    browser: Browser, database: Database, raw: bytes
) -> None:
    fields = {**browser.open(f"/s/{LOKET}").forms[0].fields, **make_answers()}
    fields.pop("saran", None)
    body = "&".join(f"{name}={value}" for name, value in fields.items()).encode()
    response = browser.client.post(
        f"/s/{LOKET}",
        data=body + b"&saran=a" + raw + b"b",
        content_type="application/x-www-form-urlencoded",
    )
    assert response.status_code in (303, 400, 422)
    for saran in list_saran(database):
        saran.teks.encode()
        assert saran.teks.startswith("a")
        assert saran.teks.endswith("b")
    assert list_differences(database) == []
