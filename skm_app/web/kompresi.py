"""Compression: pages as they are made, static files once.

Pages get a low level, because each is made anew; static files the highest, because the result is
kept. Pictures, documents and whatever is compressed already are left alone.
"""

from __future__ import annotations

import gzip
from functools import lru_cache
from pathlib import Path

import brotli
from flask import Flask, Response, request
from flask_compress import Compress

from skm_app.web.assets import STATIC

SUFFIXES = {".css", ".js", ".json", ".svg", ".webmanifest"}
MIN_BYTES = 500
# The highest level takes 0.1 s for this much, the next best a tenth of that for a tenth more.
MAX_BYTES_HIGHEST = 100_000
# Stands behind an ETag for the compressed form of the same thing.
ENCODINGS = ("br", "gzip")


def init_app(app: Flask) -> None:
    app.config.update(
        COMPRESS_ALGORITHM=list(ENCODINGS),
        # 0.4 ms for the 25 kB of the form; level 6 costs half as much again for 3 % less.
        COMPRESS_LEVEL=4,
        COMPRESS_BR_LEVEL=3,
        COMPRESS_MIN_SIZE=MIN_BYTES,
        COMPRESS_MIMETYPES=[
            "text/html",
            "text/css",
            "text/javascript",
            "application/javascript",
            "application/json",
            "application/manifest+json",
            "image/svg+xml",
        ],
        # Files are streamed; ours are compressed below, once, and others not at all.
        COMPRESS_STREAMS=False,
    )
    app.before_request(tidy_request)
    # Runs before the hook below it: what this one compressed is left alone there.
    Compress(app)
    app.after_request(compress_static)


def tidy_request() -> None:
    """Name only encodings that we have and the browser takes, and ETags as the views gave them.

    An encoding with ``q=0`` is refused by the browser; flask-compress would take it. A view
    knows its ETag, not that of the compressed form.
    """
    taken = [one for one in ENCODINGS if request.accept_encodings[one] > 0]
    request.environ["HTTP_ACCEPT_ENCODING"] = ", ".join(taken)
    known = request.environ.get("HTTP_IF_NONE_MATCH", "")
    for encoding in ENCODINGS:
        known = known.replace(f':{encoding}"', '"')
    if known:
        request.environ["HTTP_IF_NONE_MATCH"] = known


def compress_static(response: Response) -> Response:
    """Replace one of our static files by its compressed form, if the browser takes one."""
    if request.endpoint != "static" or not _is_whole_file(response):
        return response
    path = STATIC / str((request.view_args or {}).get("filename"))
    if path.suffix not in SUFFIXES or path.stat().st_size < MIN_BYTES:
        return response
    response.vary.add("Accept-Encoding")
    encoding = _accepted_encoding()
    if encoding is None:
        return response
    # The file itself was opened to be streamed.
    response.close()
    response.direct_passthrough = False
    _replace(response, _compress_file(path, path.stat().st_mtime_ns, encoding), encoding)
    return response


def compress_kept(response: Response) -> None:
    """Compress an answer of ours that many visitors get alike; the result is kept."""
    encoding = _accepted_encoding()
    if encoding is not None:
        _replace(response, _compress(response.get_data(), encoding), encoding)


def _accepted_encoding() -> str | None:
    return next((one for one in ENCODINGS if request.accept_encodings[one] > 0), None)


def _replace(response: Response, data: bytes, encoding: str) -> None:
    etag, _ = response.get_etag()
    response.set_data(data)
    response.headers["Content-Encoding"] = encoding
    if etag:
        response.set_etag(f"{etag}:{encoding}")


def _is_whole_file(response: Response) -> bool:
    return response.status_code == 200 and "Content-Range" not in response.headers


@lru_cache(maxsize=64)
def _compress_file(path: Path, changed: int, encoding: str) -> bytes:
    """:param changed: when the file was changed; another time is another entry."""
    return _squeeze(path.read_bytes(), encoding)


@lru_cache(maxsize=256)
def _compress(data: bytes, encoding: str) -> bytes:
    return _squeeze(data, encoding)


def _squeeze(data: bytes, encoding: str) -> bytes:
    if encoding == "br":
        quality = 11 if len(data) <= MAX_BYTES_HIGHEST else 9
        return bytes(brotli.compress(data, quality=quality))
    return gzip.compress(data, 9, mtime=0)
