"""Languages of the public pages: Indonesian, and English by ``?bahasa=en`` in the address.

The Indonesian words are the keys of the catalogue (``translations/``); what has no translation
is shown in Indonesian. The staff side speaks Indonesian only.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

from flask import Flask, has_request_context, request
from flask_babel import Babel, get_locale, gettext

TRANSLATIONS = Path(__file__).resolve().parent.parent.parent / "translations"
DEFAULT = "id"
# Endpoints whose addresses keep the language. The kiosk has its own way of changing it.
KEEP = (
    "survey.show_front",
    "survey.show_form",
    "survey.submit_form",
    "survey.show_thanks",
    "survey.show_pengaduan",
    "survey.check_pengaduan",
    "survey.show_hasil",
    "survey.show_hasil_tahun",
    "survey.show_hasil_periode",
)


class Bahasa(NamedTuple):
    """A language: its code and its own name for itself."""

    kode: str
    nama: str


INDONESIA = Bahasa("id", "Bahasa Indonesia")
INGGRIS = Bahasa("en", "English")


def init_app(app: Flask) -> None:
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(TRANSLATIONS)
    # Our forms have words of their own; loading those of wtforms would cost each request.
    app.config["WTF_I18N_ENABLED"] = False
    Babel(app, default_locale=DEFAULT, locale_selector=choose_bahasa)
    app.jinja_env.globals.update(bahasa=current_bahasa, bahasa_lain=other_bahasa)
    app.url_default_functions.setdefault(None, []).append(keep_bahasa)
    if not (TRANSLATIONS / "en" / "LC_MESSAGES" / "messages.mo").exists():
        app.logger.warning("No compiled translations: run pybabel compile -d translations")


def choose_bahasa() -> str:
    """The language that the address asks for."""
    if not has_request_context() or request.path.startswith("/admin"):
        return DEFAULT
    return INGGRIS.kode if request.args.get("bahasa") == INGGRIS.kode else DEFAULT


def current_bahasa() -> str:
    """``"id"`` or ``"en"``."""
    return str(get_locale() or DEFAULT)


def other_bahasa() -> Bahasa:
    """The language that the link at the top of a page offers."""
    return INDONESIA if current_bahasa() == INGGRIS.kode else INGGRIS


def keep_bahasa(endpoint: str, values: dict[str, Any]) -> None:
    """Put the language into addresses made by ``url_for``, unless they say otherwise."""
    if endpoint in KEEP and current_bahasa() == INGGRIS.kode:
        values.setdefault("bahasa", INGGRIS.kode)


def translate(text: str) -> str:
    """Words that come from data (a question, an answer) in the language of the page."""
    # gettext("") answers with the catalogue's own header.
    return str(gettext(text)) if text else ""


def mark(text: str) -> str:
    """Mark words for the catalogue that are translated later, when they are shown."""
    return text
