"""The main figures of a period as they may be shown: none where fewer than five people answered.

Of the whole office even then how many; of a part of it not even that, because its index would
follow from those of the others. See docs/decisions/013-small-groups.md.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from skm_app.angka import format_angka
from skm_app.models import Instalasi
from skm_app.scoring import MIN_KELOMPOK, HasilIKM, is_kecil

TAMPIL_MULAI = f"indeks tampil mulai {MIN_KELOMPOK} jawaban"
KURANG_DARI = f"kurang dari {MIN_KELOMPOK}"


@dataclass(frozen=True, kw_only=True)
class Pokok:
    """``n``: responses; None: fewer than five in a part of the office.

    ``tertutup``: why ``ikm`` and ``mutu`` are kept back, as a sentence; None if they are not.
    """

    n: int | None
    ikm: Decimal | None
    mutu: str | None
    tertutup: str | None = None


def make_pokok(hasil: HasilIKM, *, seluruh_kantor: bool) -> Pokok:
    """The main figures of a result of the moment."""
    if is_kecil(hasil.n):
        n = hasil.n if seluruh_kantor else None
        return Pokok(n=n, ikm=None, mutu=None, tertutup=describe_tertutup(n))
    return Pokok(n=hasil.n, ikm=hasil.ikm, mutu=hasil.mutu.huruf if hasil.mutu else None)


def describe_tertutup(n: int | None) -> str:
    """Why a result is kept back; ``n`` as in ``Pokok``."""
    many = KURANG_DARI.capitalize() if n is None else format_angka(n)
    return f"{many} jawaban masuk; {TAMPIL_MULAI}, agar jawaban seseorang tidak dapat dikenali."


def is_seluruh_kantor(session: Session, unit_id: uuid.UUID) -> bool:
    """Whether a unit with all below it is the whole office."""
    stored = session.scalar(select(Instalasi.nilai).where(Instalasi.kunci == "unit"))
    return stored == str(unit_id)
