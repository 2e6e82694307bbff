"""How public results are answered: kept for a few minutes, asked for again by fingerprint.

Nothing here depends on who asks: no cookie is read or set. Short, so that a period that is
opened again soon disappears from caches too.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from functools import lru_cache
from pathlib import Path

from flask import Response, make_response, request

from skm_app.survey.hasil_baca import SemuaHasil
from skm_app.web import current_bahasa
from skm_app.web.assets import STATIC

SIMPAN_DETIK = 300
JSON = "application/json"
ROOT = STATIC.parent


def answer(
    make: Callable[[], str | bytes],
    mimetype: str,
    sidik: Iterable[str],
    *,
    terbuka: bool = False,
    nama: str | None = None,
) -> Response:
    """Answer with what ``make`` gives, or with 304 without making it.

    :param sidik: fingerprints of everything the answer is made of, besides its address, its
        language and the program.
    :param terbuka: pages of other sites may read it (CORS).
    :param nama: file name under which it is kept; None: it is shown.
    """
    etag = _make_etag(sidik)
    known = request.if_none_match.contains_weak(etag)
    response = make_response(b"" if known else make())
    response.mimetype = mimetype
    response.set_etag(etag)
    response.headers["Cache-Control"] = f"public, max-age={SIMPAN_DETIK}"
    if nama is not None:
        response.headers["Content-Disposition"] = f'attachment; filename="{nama}"'
    if terbuka:
        open_to_all(response)
    response.make_conditional(request)
    return response


def answer_fault(status: int, pesan: str) -> Response:
    """A fault for a program."""
    response = make_response(write_json({"pesan": pesan}), status)
    response.mimetype = JSON
    open_to_all(response)
    return response


def open_to_all(response: Response) -> None:
    """Let pages of other sites read it: it is the same for everybody, and public."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = "ETag"


def write_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def list_sidik(semua: SemuaHasil) -> list[str]:
    """Fingerprints of all that is public; one that comes or goes changes the list."""
    return [f"{one.terbitan.sidik}/{one.slug}" for one in semua.hasil]


def _make_etag(sidik: Iterable[str]) -> str:
    parts = (program_version(), request.full_path, current_bahasa(), *sidik)
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:32]


@lru_cache(maxsize=1)
def program_version() -> str:
    """Changes with any file that these answers are made by."""
    here = Path(__file__).resolve().parent
    digest = hashlib.sha256()
    for path in [
        *sorted(here.glob("hasil*.py")),
        *sorted(here.glob("api*.py")),
        *sorted((ROOT / "templates" / "survey").glob("hasil*.html")),
        ROOT / "templates" / "public.html",
        ROOT / "templates" / "_macros" / "form.html",
        *sorted((STATIC / "survey").glob("*.css")),
        ROOT / "translations" / "en" / "LC_MESSAGES" / "messages.po",
    ]:
        digest.update(path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]
