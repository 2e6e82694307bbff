"""Which period, and so which questionnaire, applies on a day."""

from __future__ import annotations

import uuid
from datetime import date

from sqlalchemy import Select, bindparam, literal, select
from sqlalchemy.orm import Session

from skm_app.database import Reader
from skm_app.models import Periode, Unit

# The nine questions of PermenPANRB 14/2017: asked where no period says otherwise.
DEFAULT_INSTRUMEN = "skm-9/1"


def _make_lookup() -> Select[Periode]:
    above = (
        select(Unit.id, Unit.parent_id, literal(0).label("depth"))
        .where(Unit.id == bindparam("unit_id"))
        .cte(recursive=True)
    )
    above = above.union_all(
        select(Unit.id, Unit.parent_id, above.c.depth + 1).join(above, Unit.id == above.c.parent_id)
    )
    return (
        select(Periode)
        .join(above, Periode.unit_id == above.c.id)
        .where(Periode.mulai <= bindparam("day"), Periode.sampai >= bindparam("day"))
        .order_by(above.c.depth, Periode.mulai.desc())
        .limit(1)
    )


# Made once: a statement that is built anew for each visitor costs more than its execution.
_LOOKUP = _make_lookup()
_LOOKUP_INSTRUMEN = _LOOKUP.with_only_columns(Periode.instrumen_id)


def find_periode(session: Session, unit_id: uuid.UUID, day: date) -> Periode | None:
    """The period that covers a day: the unit's own, else that of the nearest unit above it."""
    return session.scalars(_LOOKUP, {"unit_id": unit_id, "day": day}).first()


def instrumen_id_on(reader: Reader, unit_id: uuid.UUID, day: date) -> str:
    """Id of the questionnaire that a unit asks on a day."""
    found: str | None = reader.scalar(_LOOKUP_INSTRUMEN, {"unit_id": unit_id, "day": day})
    return found or DEFAULT_INSTRUMEN
