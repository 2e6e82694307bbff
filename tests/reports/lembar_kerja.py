"""What the tests of the worksheet share: periods with awkward figures, and reading a sheet."""

from __future__ import annotations

import io
import itertools
import re
import uuid
import zipfile
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from skm_app.database import Database
from skm_app.intake import Intake
from skm_app.models import Periode
from skm_app.reports.bahan import Bahan, read_bahan
from skm_app.reports.lembar_kerja import make_lembar_kerja_pdf, write_lembar_kerja
from skm_app.scoring import KONVENSI, Instrumen
from tests.offices import SKM_9, SKM_16, Kantor, add_periode, import_palaran, make_isian

DICETAK = datetime(2025, 1, 3, 14, 5, tzinfo=ZoneInfo("Asia/Makassar"))
SHEET = "xl/worksheets/sheet1.xml"
# The year of each set of answers, and the conventions under which it is worked out.
PALARAN, TENGAH, TANPA_U8, ENAM_BELAS, NOL = 2024, 2023, 2022, 2021, 2020
KASUS = (
    *((PALARAN, konvensi) for konvensi in KONVENSI),
    *((TENGAH, konvensi) for konvensi in KONVENSI),
    (TANPA_U8, "eksak"),
    (TANPA_U8, "portal-kota"),
    (ENAM_BELAS, "eksak"),
    (ENAM_BELAS, "portal-kota"),
    (NOL, "eksak"),
)
Kasus = tuple[int, str]
Nilai = Sequence[int | None]

# Sums and numbers of answers of U1..U9 that lie halfway wherever figures are rounded, and whose
# halves (3.0125, 0.3885, 87.225) binary fractions miss either way. All NRR together: 31.401.
TEPAT_DI_TENGAH = (
    (472, 125), (29, 8), (241, 80), (207, 80), (63, 16), (277, 80), (7, 2), (15, 4), (15, 4),
)  # fmt: skip


def fill_kasus(database: Database, intake: Intake, kantor: Kantor) -> dict[Kasus, uuid.UUID]:
    """Store the answers and periods of ``KASUS``; returns the periods' ids."""
    import_palaran(database, intake)
    record(intake, kantor, TENGAH, list(_spread(TEPAT_DI_TENGAH)))
    record(intake, kantor, TANPA_U8, [[*(3 for _ in range(7)), None, 4]] * 2)
    cycle = itertools.cycle((4, None, 3, 2, 3, 4, 1))
    seven = [list(itertools.islice(cycle, 16)) for _ in range(7)]
    record(intake, kantor, ENAM_BELAS, seven, SKM_16)
    return {
        (tahun, konvensi): add_periode(
            database, kantor.palaran, tahun, konvensi=konvensi, nama=f"{tahun} {konvensi}",
            instrumen_id=(SKM_16 if tahun == ENAM_BELAS else SKM_9).id,
        )
        for tahun, konvensi in KASUS
    }  # fmt: skip


def _spread(sums: Sequence[tuple[int, int]]) -> Iterator[Nilai]:
    """Responses that give these sums and numbers of answers, from U1 on."""
    for place in range(max(terisi for _, terisi in sums)):
        yield [
            jumlah // terisi + (place < jumlah % terisi) if place < terisi else None
            for jumlah, terisi in sums
        ]


def record(
    intake: Intake, kantor: Kantor, tahun: int, rows: Sequence[Nilai], instrumen: Instrumen = SKM_9
) -> None:
    """Record answers, each row from U1 on."""
    butir = sorted(instrumen.butir, key=lambda one: instrumen.field_of(one.kunci))
    for row in rows:
        nilai = {one.kunci: value for one, value in zip(butir, row, strict=True)}
        intake.record(make_isian(kantor, nilai, instrumen, tanggal=date(tahun, 6, 3)))


def read_bahan_of(database: Database, periode_id: uuid.UUID) -> Bahan:
    with database.reading() as session:
        return read_bahan(session, session.get_one(Periode, periode_id))


def make_xlsx(database: Database, periode_id: uuid.UUID) -> bytes:
    file = io.BytesIO()
    with database.reading() as session:
        bahan = read_bahan(session, session.get_one(Periode, periode_id))
        write_lembar_kerja(session, bahan, DICETAK, file)
    return file.getvalue()


def make_pdf(database: Database, periode_id: uuid.UUID) -> bytes:
    with database.reading() as session:
        bahan = read_bahan(session, session.get_one(Periode, periode_id))
        return make_lembar_kerja_pdf(session, bahan, DICETAK)


def open_sheet(file: bytes | Path, *, formulas: bool = False) -> Worksheet:
    """The sheet with the values that are stored in it, or with its formulas."""
    source = io.BytesIO(file) if isinstance(file, bytes) else file
    sheet = load_workbook(source, data_only=not formulas).worksheets[0]
    assert isinstance(sheet, Worksheet)
    return sheet


def list_texts(sheet: Worksheet) -> list[str]:
    return [cell.value for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]


def list_responden(sheet: Worksheet) -> list[tuple[object, ...]]:
    """The rows of respondents, from their number on."""
    return [row for row in sheet.iter_rows(values_only=True) if isinstance(row[0], int)]


def read_row(sheet: Worksheet, name: str) -> list[object]:
    """The figures of the row that begins with a name."""
    for row in sheet.iter_rows(values_only=True):
        if row[0] == name:
            return [value for value in row[1:] if value is not None]
    raise AssertionError(f"no row {name}")


def list_formulas(sheet: Worksheet) -> list[str]:
    """Names of the cells that hold a formula."""
    return [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


def read_footer(sheet: Worksheet) -> str:
    """What is printed at the foot of each page, left and right."""
    footer = sheet.oddFooter
    assert footer is not None
    return " ".join(part.text or "" for part in (footer.left, footer.right) if part)


def forget_figures(xlsx: bytes) -> bytes:
    """The same file with nothing stored in its formulas, so that they must be calculated."""

    def forget(cell: re.Match[str]) -> str:
        return cell[0].replace(' t="str"', "").replace(cell["stored"], "")

    found = re.compile(r"<c [^>]*><f>[^<]*</f>(?P<stored><v>[^<]*</v>)</c>")
    return change_sheet(xlsx, lambda xml: found.sub(forget, xml))


def change_sheet(xlsx: bytes, change: Callable[[str], str]) -> bytes:
    """The same file with its sheet's XML changed."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(xlsx)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, change(data.decode()).encode() if name == SHEET else data)
    return made.getvalue()
