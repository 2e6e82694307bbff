"""Survei Kepuasan Masyarakat: ``create_app`` puts the rooms together, nothing else."""

from __future__ import annotations

from pathlib import Path

from flask import Flask

from skm_app.settings import Settings, read_settings

ROOT = Path(__file__).resolve().parent.parent


def create_app(settings: Settings | None = None) -> Flask:
    """Make the web application.

    :raise SettingsError: if an environment variable cannot be used.
    """
    # Imported here so that the parts that need no web (`skm score`) start without it.
    from skm_app import admin, survey, web

    app = Flask(
        __name__,
        template_folder=str(ROOT / "templates"),
        static_folder=str(ROOT / "static"),
    )
    web.init_app(app, settings or read_settings())
    app.register_blueprint(survey.bp)
    app.register_blueprint(admin.bp, url_prefix="/admin")
    return app
