"""Whether the pages belong to a demo, so that nobody takes its figures for an office's own."""

from __future__ import annotations

from flask import current_app
from sqlalchemy.exc import SQLAlchemyError

from skm_app.models import Instalasi
from skm_app.survey.views import bp
from skm_app.web import current_state

KUNCI = "skm_contoh"


@bp.app_template_global("data_contoh")
def has_data_contoh() -> bool:
    """Asked once per process: an installation neither becomes a demo later nor stops being one.

    False while the database does not answer; then it is asked again.
    """
    known = current_app.extensions.get(KUNCI)
    if known is None:
        try:
            with current_state().database.reading() as session:
                known = session.get(Instalasi, "demo") is not None
        except SQLAlchemyError:
            return False
        current_app.extensions[KUNCI] = known
    return bool(known)
