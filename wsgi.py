"""Entry point for any WSGI server."""

from skm_app import create_app

app = create_app()
