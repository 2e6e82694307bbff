"""Files that staff send: more than a form may hold, checked before it is read."""

from __future__ import annotations

from flask import request

from skm_app.web import csrf

# Room to take a file that is too large and to say so; a connection cut short says nothing.
# Everywhere else a body may have 64 kB.
MAX_BODY = 25 * 1024 * 1024


def read_unggahan(max_body: int = MAX_BODY) -> tuple[str, bytes]:
    """Name and content of the file in the field ``berkas``; empty if there is none.

    The view has to be exempt from the check of the token: it is done here, because it reads the
    body, which must be allowed to be large first.
    """
    request.max_content_length = max_body
    csrf.protect()
    sent = request.files.get("berkas")
    if sent is None:
        return "", b""
    with sent.stream as stream:
        return sent.filename or "", stream.read()
