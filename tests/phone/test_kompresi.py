"""Compression: what is text is small on the way, once, and caches are told."""

from __future__ import annotations

import gzip

import brotli
import pytest
from flask import Flask, Response, request
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.offices import LOKET, ON_SQLITE

pytestmark = [pytest.mark.usefixtures("kantor"), ON_SQLITE]

SCRIPT = "/static/survey/form.js"


def fetch(client: FlaskClient, path: str, accepted: str = "", **headers: str) -> TestResponse:
    """Read an answer whole and close it: files are streamed."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    reply = client.get(path, headers={"Accept-Encoding": accepted, **named})
    reply.get_data()
    reply.close()
    return reply


UNPACK = {"gzip": gzip.decompress, "br": brotli.decompress}


@pytest.mark.parametrize("encoding", UNPACK)
@pytest.mark.parametrize("path", [f"/s/{LOKET}", SCRIPT, "/", "/s/sw.js", "/s/TIDAKADA"])
def test_pages_and_scripts_are_compressed_and_whole(
    client: FlaskClient, path: str, encoding: str
) -> None:
    reply = fetch(client, path, encoding)
    assert "Accept-Encoding" in reply.headers["Vary"]
    if reply.status_code == 200:
        assert reply.headers["Content-Encoding"] == encoding
        text = UNPACK[encoding](reply.data)
        assert len(reply.data) < len(text) / 2
        assert text.rstrip().endswith((b"</html>", b"(self);", b"}"))
    assert int(reply.headers["Content-Length"]) == len(reply.data)


def test_who_takes_none_gets_none(client: FlaskClient) -> None:
    for path in (f"/s/{LOKET}", SCRIPT):
        for accepted in ("", "identity", "br;q=0, gzip;q=0"):
            reply = fetch(client, path, accepted)
            assert "Content-Encoding" not in reply.headers


def test_a_static_file_is_kept_and_asked_again_cheaply(client: FlaskClient) -> None:
    plain = fetch(client, SCRIPT)
    small = fetch(client, SCRIPT, "gzip")
    assert small.headers["ETag"] != plain.headers["ETag"]
    for etag in (small.headers["ETag"], plain.headers["ETag"]):
        again = fetch(client, SCRIPT, "gzip", If_None_Match=etag)
        assert (again.status_code, again.data) == (304, b"")
    assert "Cookie" not in small.headers["Vary"]


def test_a_part_of_a_file_is_never_compressed(client: FlaskClient) -> None:
    reply = fetch(client, SCRIPT, "gzip", Range="bytes=0-9")
    assert reply.status_code == 206
    assert "Content-Encoding" not in reply.headers
    assert len(reply.data) == 10


@pytest.mark.parametrize("path", ["/static/survey/suara/skm-9/biaya.mp3"])
def test_what_is_small_already_is_left_alone(client: FlaskClient, path: str) -> None:
    reply = fetch(client, path, "gzip, br")
    assert reply.status_code == 200
    assert "Content-Encoding" not in reply.headers


def test_a_live_figure_is_recognised_in_its_compressed_form(app: Flask) -> None:
    @app.get("/s/uji-etag")
    def show() -> Response:
        response = Response('{"n": 1, "isi": "' + "x" * 900 + '"}', mimetype="application/json")
        response.set_etag("abc")
        response.make_conditional(request)
        return response

    client = app.test_client()
    first = client.get("/s/uji-etag", headers={"Accept-Encoding": "gzip"})
    assert first.headers["Content-Encoding"] == "gzip"
    etag = first.headers["ETag"]
    again = client.get("/s/uji-etag", headers={"Accept-Encoding": "gzip", "If-None-Match": etag})
    assert (again.status_code, again.data) == (304, b"")
