"""Responses for other programs, with nothing that would let anyone recognise a person.

Rows are shuffled, the day is reduced to its month, comments stay out, and profile, service and
month are blanked until every combination that is left occurs at least five times.
"""

from __future__ import annotations

import csv
import io
import random
import re
import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from skm_app.models import Jawaban, Layanan, Responden, Unit
from skm_app.scoring import MIN_KELOMPOK, Unsur

PROFIL_KOLOM = ("J/K", "Usia", "Pendidikan", "Pekerjaan")
# A spreadsheet would run a cell that begins with one of these.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")
# Characters that no XLSX file can hold.
UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, kw_only=True)
class Tabel:
    """A header and rows of texts, numbers and days."""

    kolom: tuple[str, ...]
    baris: Sequence[tuple[str | int | Decimal | date, ...]]


def make_tabel(session: Session, tahun: int, unsur: Sequence[Unsur]) -> Tabel:
    """The responses of a year. Columns U1.. in the regulation's order; empty = not answered.

    An unsur with several questions shows its answers separated by a space.
    """
    responden = session.execute(
        select(
            Responden.id,
            Responden.tanggal,
            Unit.nama,
            Layanan.nama,
            Responden.kanal,
            Responden.jenis_kelamin,
            Responden.usia,
            Responden.pendidikan,
            Responden.pekerjaan,
        )
        .join(Unit, Responden.unit_id == Unit.id)
        .join(Layanan, Responden.layanan_id == Layanan.id)
        .where(Responden.tanggal.between(date(tahun, 1, 1), date(tahun, 12, 31)))
    ).all()
    jawaban = _read_jawaban(session, tahun)
    groups = blank_small_groups([_group_of(row) for row in responden])
    rows = [
        (
            bulan or "",
            unit or "",
            layanan or "",
            kanal or "",
            *(value or "" for value in profil),
            *(_as_number(jawaban.get((row[0], one.kunci), "")) for one in unsur),
        )
        for row, (unit, kanal, bulan, layanan, *profil) in zip(responden, groups, strict=True)
    ]
    # The order of arrival would tell a colleague who was who.
    random.SystemRandom().shuffle(rows)
    kolom = ("Bulan", "Unit", "Layanan", "Kanal", *PROFIL_KOLOM, *(one.kode for one in unsur))
    return Tabel(kolom=kolom, baris=tuple(rows))


def _as_number(answers: str) -> str | int:
    """A single answer as a number; several questions of one unsur stay a text."""
    return int(answers) if answers in ("1", "2", "3", "4") else answers


def _group_of(row: Sequence[Any]) -> tuple[str | None, ...]:
    """What could point to a person, the most telling last: it is blanked first."""
    return (row[2], row[4], row[1].strftime("%Y-%m"), row[3], *row[5:9])


def _read_jawaban(session: Session, tahun: int) -> dict[tuple[uuid.UUID, str], str]:
    rows = session.execute(
        select(Jawaban.responden_id, Jawaban.unsur, Jawaban.nilai)
        .join(Responden, Jawaban.responden_id == Responden.id)
        .where(Responden.tanggal.between(date(tahun, 1, 1), date(tahun, 12, 31)))
        .order_by(Jawaban.responden_id, Jawaban.butir)
    )
    found: dict[tuple[uuid.UUID, str], str] = {}
    for responden_id, unsur, nilai in rows:
        if nilai is not None:
            key = (responden_id, unsur)
            found[key] = f"{found[key]} {nilai}" if key in found else str(nilai)
    return found


def blank_small_groups(
    profiles: Sequence[tuple[str | None, ...]], smallest: int = MIN_KELOMPOK
) -> list[tuple[str | None, ...]]:
    """Blank profile values from the right until no combination left is rarer than ``smallest``.

    Only the row in which everything is blank may be rare: it says nothing about anyone.
    """
    found = [tuple(profile) for profile in profiles]
    width = len(found[0]) if found else 0
    for kept in range(width - 1, -1, -1):
        counts = Counter(found)
        found = [
            profile
            if counts[profile] >= smallest
            else (*profile[:kept], *(None for _ in range(width - kept)))
            for profile in found
        ]
    return found


def write_csv(tabel: Tabel) -> bytes:
    """CSV as Excel and everything else reads it: UTF-8 with BOM, commas."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(tabel.kolom)
    writer.writerows([_defuse(cell) for cell in row] for row in tabel.baris)
    return text.getvalue().encode("utf-8-sig")


def _defuse(cell: str | int | Decimal | date) -> str | int | Decimal:
    if isinstance(cell, int | Decimal):
        return cell
    text = cell.isoformat() if isinstance(cell, date) else cell
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def write_xlsx(tabel: Tabel) -> bytes:
    """XLSX: every text a typed string, so nothing can run; answers as numbers."""
    # Imported when needed: it would add 2 MB to a server that rarely does this.
    import xlsxwriter

    data = io.BytesIO()
    with xlsxwriter.Workbook(data, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Data")
        bold = book.add_format({"bold": True})
        day = book.add_format({"num_format": "d mmmm yyyy"})
        for column, name in enumerate(tabel.kolom):
            sheet.write_string(0, column, name, bold)
        for number, row in enumerate(tabel.baris, start=1):
            for column, cell in enumerate(row):
                if isinstance(cell, int | Decimal):
                    sheet.write_number(number, column, cell)
                elif isinstance(cell, date):
                    sheet.write_datetime(number, column, cell, day)
                elif cell:
                    sheet.write_string(number, column, UNWRITABLE.sub(" ", cell))
        sheet.freeze_panes(1, 0)
        sheet.autofit()
    return data.getvalue()
