"""What a database needs before anything else: the shipped questionnaires."""

from __future__ import annotations

from sqlalchemy.orm import Session

from skm_app.models import InstrumenTersimpan
from skm_app.scoring import load_shipped


def ensure_instrumen(session: Session) -> None:
    """Store every shipped instrumen that is not stored yet; stored ones are never changed."""
    for instrumen in load_shipped().values():
        if session.get(InstrumenTersimpan, instrumen.id) is None:
            session.add(InstrumenTersimpan(id=instrumen.id, definisi=instrumen.to_dict()))
