"""Read the words of Bab III: all of them, or those below a heading."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable

from sqlalchemy.orm import Session

from skm_app.database import Database
from skm_app.reports.bab_iii.susun import make_bab_iii
from skm_app.reports.dokumen import Daftar, Dokumen, Judul, Paragraf
from tests.reports.laporan.baca import list_words

MENTAH = re.compile(r"None|\bnan\b|[{}]|Decimal|Fraction|  ")
Ubah = Callable[[Session], object]


def make(database: Database, unit_id: uuid.UUID, *ubah: Ubah, tahun: int = 2024) -> Dokumen:
    """The chapter after some changes; nothing in it looks like a raw value."""
    for change in ubah:
        with database.writing() as session:
            change(session)
    with database.reading() as session:
        dokumen = make_bab_iii(session, unit_id, tahun)
    assert [one for one in list_words(dokumen) if MENTAH.search(one)] == []
    return dokumen


def bagian(dokumen: Dokumen, judul: str, sasaran: int = 0) -> str:
    """The running text below a heading; of one sasaran below it."""
    found: list[str] = []
    inside, own = False, sasaran == 0
    for one in dokumen.blok:
        if isinstance(one, Judul):
            if one.tingkat < 4:
                inside, own = one.nomor == judul, sasaran == 0
            else:
                own = sasaran == 0 or one.teks.startswith(f"Sasaran Strategis {sasaran}:")
        elif inside and own and isinstance(one, Paragraf):
            found.append(one.teks)
        elif inside and own and isinstance(one, Daftar):
            found.extend(one.butir)
    return "\n".join(found)
