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
# Stands behind an ETag for the compressed form of the same thing.
ENCODINGS = ("br", "gzip")


def init_app(app: Flask) -> None:
    app.config.update(
        COMPRESS_ALGORITHM=list(ENCODINGS),
        # About a tenth of a millisecond more than level 1, for a seventh fewer bytes.
        COMPRESS_LEVEL=4,
        COMPRESS_BR_LEVEL=4,
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
    app.before_request(forget_encoding)
    # Runs before the hook below it: what this one compressed is left alone there.
    Compress(app)
    app.after_request(compress_static)


def forget_encoding() -> None:
    """Let views compare the ETag that they gave, not that of its compressed form."""
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
    encoding = next((one for one in ENCODINGS if request.accept_encodings[one] > 0), None)
    if encoding is None:
        return response
    response.direct_passthrough = False
    response.set_data(_compress(path, path.stat().st_mtime_ns, encoding))
    response.headers["Content-Encoding"] = encoding
    etag, _ = response.get_etag()
    if etag:
        response.set_etag(f"{etag}:{encoding}")
    return response


def _is_whole_file(response: Response) -> bool:
    return response.status_code == 200 and "Content-Range" not in response.headers


@lru_cache(maxsize=64)
def _compress(path: Path, changed: int, encoding: str) -> bytes:
    """:param changed: when the file was changed; another time is another entry."""
    data = path.read_bytes()
    if encoding == "br":
        return bytes(brotli.compress(data, quality=9))
    return gzip.compress(data, 9, mtime=0)
