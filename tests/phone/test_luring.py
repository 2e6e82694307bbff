"""What a phone keeps for later, over plain HTTP: copies, worker, token, and what it sends."""

from __future__ import annotations

import re
import uuid
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from skm_app.database import Database
from skm_app.survey import luring, views
from tests.offices import (
    LOKET,
    LOKET_TUTUP,
    ON_SQLITE,
    SKM_16,
    Kantor,
    add_periode,
    count_responden,
    list_differences,
    list_responden,
    list_saran,
    make_answers,
)

pytestmark = [pytest.mark.usefixtures("kantor"), ON_SQLITE]
JSON = {"Accept": "application/json"}


def send(client: FlaskClient, **fields: str) -> TestResponse:
    """What form.js sends: no token of its own, then the one it is given."""
    body = {**make_answers(), "submission_id": str(uuid.uuid4()), **fields}
    reply = client.post(f"/s/{LOKET}", data=body, headers=JSON)
    if reply.status_code == 400:
        body["csrf_token"] = reply.get_json()["csrf_token"]
        reply = client.post(f"/s/{LOKET}", data=body, headers=JSON)
    return reply


def test_copies_hold_both_languages_and_nothing_personal(client: FlaskClient) -> None:
    client.get(f"/s/{LOKET}")
    reply = client.get(f"/s/{LOKET}/luring.json")
    kept: dict[str, Any] = reply.get_json()
    assert list(kept["halaman"]) == [
        f"/s/{LOKET}",
        f"/s/{LOKET}/terima-kasih",
        f"/s/{LOKET}?bahasa=en",
        f"/s/{LOKET}/terima-kasih?bahasa=en",
    ]
    form = kept["halaman"][f"/s/{LOKET}"]
    assert 'name="csrf_token" value=""' in form
    assert 'name="submission_id" value=""' in form
    assert kept["halaman"][f"/s/{LOKET}?bahasa=en"].count('lang="en"') >= 1
    for page in kept["halaman"].values():
        assert kept["berkas"][0] in page
    # The same for everyone: no cookie, and the policy that the pages need.
    assert "Set-Cookie" not in reply.headers
    assert reply.headers["Vary"] == "Accept-Encoding"
    style = re.search(r"'sha256-[^']+'", reply.headers["Content-Security-Policy"])
    assert style is not None


def test_copies_are_asked_again_but_not_sent_again(client: FlaskClient) -> None:
    for path in (f"/s/{LOKET}/luring.json", "/s/sw.js"):
        first = client.get(path, headers={"Accept-Encoding": "gzip"})
        assert first.headers["Cache-Control"] == "no-cache"
        assert first.headers["Content-Encoding"] == "gzip"
        etag = first.headers["ETag"]
        again = client.get(path, headers={"Accept-Encoding": "gzip", "If-None-Match": etag})
        assert again.status_code == 304
        assert again.data == b""


def test_closed_and_unknown_points_have_no_copies(client: FlaskClient) -> None:
    assert client.get(f"/s/{LOKET_TUTUP}/luring.json").status_code == 410
    assert client.get("/s/TIDAKADA/luring.json").status_code == 404


def test_the_worker_carries_the_version_of_what_it_keeps(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    reply = client.get("/s/sw.js")
    assert reply.mimetype == "text/javascript"
    text = reply.get_data(as_text=True)
    assert luring.program_version() in text
    assert "{versi}" not in text
    # The queue is in it, the page is not.
    assert "skmKirim" in text
    assert "serahkan" not in text
    monkeypatch.setattr(luring, "program_version", lambda: "lain")
    assert client.get("/s/sw.js").headers["ETag"] != reply.headers["ETag"]


def test_versions_follow_the_bytes_that_are_sent(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = script_path(client)
    before = luring.program_version()
    real = luring.squeeze_script
    try:
        # The sources stay as they are: only how they are sent differs.
        monkeypatch.setattr(luring, "squeeze_script", lambda text: real(text) + "\n;")
        forget_versions()
        assert script_path(client) != path
        assert luring.program_version() != before
        assert client.get(path).status_code == 404
    finally:
        monkeypatch.undo()
        forget_versions()


def script_path(client: FlaskClient) -> str:
    """Address of the script in the page as it is now; it must lead to a script."""
    views.empty_form.cache_clear()
    found = re.search(r'<script src="([^"]+)"', client.get(f"/s/{LOKET}").get_data(as_text=True))
    assert found
    script = client.get(found[1])
    assert script.status_code == 200
    return found[1]


def forget_versions() -> None:
    for cached in (luring.page_script, luring.script_version, luring.program_version):
        cached.cache_clear()
    luring._worker.cache_clear()
    views.empty_form.cache_clear()


def test_the_script_is_kept_for_good_and_is_the_same_for_everyone(client: FlaskClient) -> None:
    reply = client.get(script_path(client), headers={"Accept-Encoding": "br"})
    assert reply.mimetype == "text/javascript"
    assert "immutable" in reply.headers["Cache-Control"]
    assert reply.headers["Content-Encoding"] == "br"
    assert "Set-Cookie" not in reply.headers
    assert reply.headers["Vary"] == "Accept-Encoding"


def test_what_is_left_out_of_a_script_does_nothing() -> None:
    lines = luring.SCRIPT.read_text(encoding="utf-8").splitlines()
    code = [line.strip() for line in lines if line.strip() and not line.strip().startswith("//")]
    assert luring.page_script().splitlines() == code
    assert "https://x" in luring.squeeze_script("  // one\n\n  a('https://x')\n")
    for text in ("const a = `\n  // kept\n`;", "/*\n// kept? */"):
        with pytest.raises(ValueError, match="neither template literals"):
            luring.squeeze_script(text)


def test_a_token_comes_with_its_cookie(client: FlaskClient) -> None:
    reply = client.get(f"/s/{LOKET}/token")
    assert reply.headers["Cache-Control"] == "no-store"
    token = reply.get_json()["csrf_token"]
    sent = client.post(
        f"/s/{LOKET}",
        data={**make_answers(), "submission_id": str(uuid.uuid4()), "csrf_token": token},
        headers=JSON,
    )
    assert sent.get_json()["status"] == "tersimpan"
    assert client.get("/s/TIDAKADA/token").status_code == 404


def test_an_answer_names_the_response_it_is_about(client: FlaskClient, database: Database) -> None:
    key = str(uuid.uuid4())
    for _ in range(3):
        reply = send(client, submission_id=key)
        assert reply.status_code == 200
        assert reply.get_json() == {
            "status": "tersimpan",
            "id": key,
            "lanjut": f"/s/{LOKET}/terima-kasih",
        }
    assert count_responden(database) == 1


def test_each_refusal_says_why_and_gives_a_token(client: FlaskClient) -> None:
    stale = client.post(f"/s/{LOKET}", data=make_answers(), headers=JSON)
    assert (stale.status_code, stale.get_json()["status"]) == (400, "stale")
    faults = send(client, u3="9", usia="tua")
    assert faults.status_code == 422
    named = [field for field, _ in faults.get_json()["faults"]]
    assert named == ["u3", "usia"]
    key = str(uuid.uuid4())
    send(client, submission_id=key)
    conflict = send(client, submission_id=key, u1="1")
    assert (conflict.status_code, conflict.get_json()["status"]) == (409, "conflict")
    for reply in (stale, faults, conflict):
        assert reply.get_json()["csrf_token"]


def test_a_code_shown_without_a_network_is_the_one_that_is_kept(
    client: FlaskClient, database: Database
) -> None:
    fields = {"saran": "Panas", "pengaduan": "ya", "kode_pengaduan": "4KT3M9MYPCCH"}
    reply = send(client, **fields)
    assert reply.get_json()["lanjut"].endswith("?pengaduan=4KT3M9MYPCCH")
    (saran,) = list_saran(database)
    assert saran.kode_hash is not None


@pytest.mark.parametrize("kode", ["", "PENDEK", "O" * 12, "<script>alert", "4KT3M9MYPCCH4KT3"])
def test_a_code_that_is_none_is_replaced(client: FlaskClient, kode: str) -> None:
    reply = send(client, saran="Panas", pengaduan="ya", kode_pengaduan=kode)
    shown = re.search(r"\?pengaduan=([34679ACDEFHJKMNPRTVWXY]{12})$", reply.get_json()["lanjut"])
    assert shown
    assert shown[1] != kode


def test_a_response_that_waited_belongs_to_the_day_it_was_given(
    client: FlaskClient, database: Database
) -> None:
    now = datetime.now(UTC)
    given = now - timedelta(days=3)
    send(client, diisi=given.isoformat(), sekarang=now.isoformat())
    (stored,) = list_responden(database)
    assert stored.tanggal < date.today() - timedelta(days=1)
    assert list_differences(database) == []


@pytest.mark.parametrize("clock", ["1970-01-02T00:00:00Z", "2999-01-01", "kemarin", "", "0" * 99])
def test_a_clock_that_cannot_be_right_refuses_nothing(
    client: FlaskClient, database: Database, clock: str
) -> None:
    assert send(client, diisi=clock, sekarang=clock).status_code == 200
    assert count_responden(database) == 1


def test_a_response_that_waited_over_a_change_answers_the_old_questionnaire(
    client: FlaskClient, database: Database, kantor: Kantor
) -> None:
    now = datetime.now(UTC)
    today = now.date()
    add_periode(
        database,
        kantor.palaran,
        tahun=today.year,
        mulai=today - timedelta(days=2),
        sampai=today + timedelta(days=2),
        instrumen_id=SKM_16.id,
    )
    old = send(client, diisi=(now - timedelta(days=9)).isoformat(), sekarang=now.isoformat())
    assert old.status_code == 200
    (stored,) = list_responden(database)
    assert stored.instrumen_id == "skm-9/1"
    # One that is given now must answer what is asked now.
    assert send(client, diisi=now.isoformat(), sekarang=now.isoformat()).status_code == 422
    assert list_differences(database) == []
