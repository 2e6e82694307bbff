"""What a phone keeps so that the form opens without a network: copies, script, service worker.

Scripts are sent without comments and indentation; every version is made of the bytes that are
sent.
"""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from pathlib import Path

from flask import Response, abort, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale

from skm_app.survey.views import ID_MARK, TOKEN_MARK, bp, empty_form, get_tempat
from skm_app.tempat import Tempat
from skm_app.web.assets import STATIC
from skm_app.web.kompresi import compress_kept

ROOT = STATIC.parent
WORKER = STATIC / "survey" / "sw.js"
SCRIPT = STATIC / "survey" / "form.js"
IMMUTABLE = "public, max-age=31536000, immutable"
PAGE_PART = "  // ---- The page from here on"
BAHASA = ("id", "en")


@bp.get("/s/sw.js")
def show_worker() -> ResponseReturnValue:
    """The service worker of the citizen's pages; another version of them makes it another file."""
    response = make_response(_worker(program_version()))
    response.mimetype = "text/javascript"
    return _may_be_kept(response)


@bp.get("/s/berkas/<versi>/form.js")
def show_script(versi: str) -> ResponseReturnValue:
    """The script of the citizen's pages.

    :raise 404: if another version runs here; a page without its script is still a whole form.
    """
    if versi != script_version():
        abort(404)
    response = make_response(page_script())
    response.mimetype = "text/javascript"
    response.headers["Cache-Control"] = IMMUTABLE
    compress_kept(response)
    return response


@bp.app_template_global()
def script_url() -> str:
    """Address of the script; another script gets another one."""
    return url_for("survey.show_script", versi=script_version())


@bp.get("/s/<kode>/luring.json")
def show_copies(kode: str) -> ResponseReturnValue:
    """The empty form and the thank-you page in each language, without anything personal.

    :raise 404: if there is no such titik; 410: if it is closed.
    """
    tempat = get_tempat(kode)
    if not tempat.aktif:
        abort(410)
    response = make_response(_copies(tempat, program_version()))
    response.mimetype = "application/json"
    return _may_be_kept(response)


@lru_cache(maxsize=2)
def _worker(version: str) -> str:
    """The queue's part of the page's script, then the worker's own.

    In one file, because a browser asks the server again for every script a worker imports.
    """
    queue, found, _ = SCRIPT.read_text(encoding="utf-8").partition(PAGE_PART)
    if not found:
        raise ValueError(f"{SCRIPT.name} does not say where the page's part begins.")
    own = squeeze_script(WORKER.read_text(encoding="utf-8"))
    return f"// {version}\n{squeeze_script(queue)}\n}})(self);\n{own}"


@lru_cache(maxsize=1)
def page_script() -> str:
    """form.js as it is sent."""
    return squeeze_script(SCRIPT.read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def script_version() -> str:
    return hashlib.sha256(page_script().encode()).hexdigest()[:12]


def squeeze_script(text: str) -> str:
    """A script without indentation and without lines that are only a comment.

    Lines stay lines, so nothing has to be understood. A minifier would save 0.4 kB more of 6, but
    those that leave the language level alone have no wheel for Windows.

    :raise ValueError: if a text may reach over lines: it would be changed.
    """
    if "`" in text or "/*" in text:
        raise ValueError("Scripts of the form hold neither template literals nor /* comments.")
    lines = (line.strip() for line in text.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//"))


def _may_be_kept(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-cache"
    response.add_etag()
    response.make_conditional(request)
    if response.status_code == 200:
        compress_kept(response)
    return response


@lru_cache(maxsize=512)
def _copies(tempat: Tempat, version: str) -> str:
    """:param version: another version of the program is another entry."""
    pages: dict[str, str] = {}
    for bahasa in BAHASA:
        with force_locale(bahasa):
            form = empty_form(tempat, bahasa).replace(TOKEN_MARK, "").replace(ID_MARK, "")
            pages[url_for("survey.show_form", kode=tempat.kode)] = form
            pages[url_for("survey.show_thanks", kode=tempat.kode)] = render_template(
                "survey/thanks.html",
                tempat=tempat,
                terbitan=None,
                kode_pengaduan=None,
                luring=True,
            )
    return json.dumps(
        {"jenis": "skm-luring-1", "versi": version, "berkas": [script_url()], "halaman": pages},
        ensure_ascii=False,
    )


@lru_cache(maxsize=1)
def program_version() -> str:
    """A version made of everything the copies are made of."""
    digest = hashlib.sha256(f"{_worker('')}\0{page_script()}\0".encode())
    for path in _list_parts():
        digest.update(path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def _list_parts() -> list[Path]:
    templates = ROOT / "templates"
    return [
        STATIC / "survey" / "public.css",
        ROOT / "translations" / "en" / "LC_MESSAGES" / "messages.po",
        templates / "public.html",
        templates / "_macros" / "form.html",
        *sorted((templates / "survey").glob("*.html")),
    ]
