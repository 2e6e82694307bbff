"""What both sides of the web share: configuration, headers, filters, error pages."""

from __future__ import annotations

from flask import Flask
from flask_wtf import CSRFProtect

from skm_app.settings import Settings
from skm_app.web import assets, bahasa, errors, filters, headers, kompresi
from skm_app.web.bahasa import current_bahasa, mark, translate
from skm_app.web.state import State, current_state, today

__all__ = ["csrf", "current_bahasa", "current_state", "init_app", "mark", "today", "translate"]

# A form with nine answers and a comment takes under 4 kB.
MAX_BODY_BYTES = 64 * 1024

csrf = CSRFProtect()


def init_app(app: Flask, settings: Settings) -> None:
    """Configure the application and hang the shared parts into it."""
    app.config.update(
        SECRET_KEY=settings.secret_key,
        MAX_CONTENT_LENGTH=MAX_BODY_BYTES,
        TRUSTED_HOSTS=[settings.host, "127.0.0.1", "localhost", "[::1]"],
        SESSION_COOKIE_NAME="skm",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        # Over plain http (a demo, a trial in the office network) a Secure cookie never returns.
        SESSION_COOKIE_SECURE=settings.is_https,
        # Nobody shall lose nine answers because the page lay open over lunch.
        WTF_CSRF_TIME_LIMIT=None,
        TEMPLATES_AUTO_RELOAD=False,
    )
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True, "autoescape": True}
    app.extensions["skm"] = State.open(settings)
    csrf.init_app(app)
    assets.init_app(app)
    filters.init_app(app)
    headers.init_app(app)
    errors.init_app(app)
    bahasa.init_app(app)
    kompresi.init_app(app)
