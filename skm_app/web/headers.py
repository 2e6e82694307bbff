"""Security headers on every response."""

from __future__ import annotations

from flask import Flask, Response, request

from skm_app.web.assets import public_css_hash
from skm_app.web.state import current_state

# plotly.js puts one empty <style> into the page and fills it through the object model; without
# this hash of the empty string, titles and legends of charts vanish.
EMPTY_STYLE = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"


def init_app(app: Flask) -> None:
    app.after_request(add_headers)


def add_headers(response: Response) -> Response:
    style = public_css_hash()
    if request.path.startswith("/admin"):
        style += f" {EMPTY_STYLE}"
    headers = response.headers
    headers["Content-Security-Policy"] = (
        "default-src 'none'; script-src 'self'; connect-src 'self'; font-src 'self'; "
        "media-src 'self'; manifest-src 'self'; img-src 'self' data: blob:; "
        f"style-src 'self' {style}; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Referrer-Policy"] = "same-origin"
    headers["X-Frame-Options"] = "DENY"
    headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()"
    if current_state().settings.is_https:
        headers["Strict-Transport-Security"] = "max-age=31536000"
    if request.endpoint != "static":
        # Answers and figures of one person must not come up for the next one.
        headers.setdefault("Cache-Control", "no-store")
    return response
