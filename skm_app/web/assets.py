"""Static files: addresses that change with the content, and the public pages' inline style."""

from __future__ import annotations

import base64
import hashlib
from functools import lru_cache
from pathlib import Path

from flask import Flask, Response, request, url_for
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from markupsafe import Markup

STATIC = Path(__file__).resolve().parent.parent.parent / "static"
PUBLIC_CSS = STATIC / "survey" / "public.css"
ONE_YEAR = 31_536_000
SAME_FOR_ALL = ("static", "survey.show_worker", "survey.show_copies", "survey.show_script")
# Public results: pages, data, interface. Caches between us and the reader may keep them.
HASIL = "survey.show_hasil"


class Sessions(SecureCookieSessionInterface):
    """Sessions in a signed cookie, but none where the answer is the same for everyone.

    Otherwise each answer would say that it varies with the cookie, and a browser would fetch
    the same file again as soon as its cookie changed.
    """

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        endpoint = request.endpoint or ""
        if endpoint not in SAME_FOR_ALL and not endpoint.startswith(HASIL):
            super().save_session(app, session, response)


def init_app(app: Flask) -> None:
    app.session_interface = Sessions()
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = ONE_YEAR
    app.jinja_env.globals["asset_url"] = asset_url
    app.jinja_env.globals["public_css"] = public_css


def asset_url(filename: str) -> str:
    """Address of a static file; a changed file gets a new address, so caches never go stale."""
    return url_for("static", filename=filename, v=_content_hash(filename))


@lru_cache(maxsize=256)
def _content_hash(filename: str) -> str:
    return hashlib.sha256((STATIC / filename).read_bytes()).hexdigest()[:12]


@lru_cache(maxsize=1)
def public_css() -> Markup:
    """The style sheet of the public pages, for inlining: it saves a slow phone a round trip."""
    lines = PUBLIC_CSS.read_text(encoding="utf-8").splitlines()
    return Markup("".join(line.strip() for line in lines))  # noqa: S704 - our own file


@lru_cache(maxsize=1)
def public_css_hash() -> str:
    """The CSP source expression that admits exactly this inline style."""
    digest = hashlib.sha256(str(public_css()).encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
