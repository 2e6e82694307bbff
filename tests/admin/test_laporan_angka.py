"""The documents of 2024 read back: every figure is the scoring's, in each of them and on screen."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pytest
from docx import Document
from docx.table import Table
from openpyxl import load_workbook
from pypdf import PdfReader
from sqlalchemy import select

from skm_app.angka import format_angka, parse_angka
from skm_app.database import Database
from skm_app.intake import Intake
from skm_app.models import Penetapan
from skm_app.scoring import HasilIKM, Sebaran, compute_ikm, get_konvensi, parse_instrumen
from tests.admin.helpers import Petugas
from tests.admin.laporan import fetch, make_2024
from tests.offices import ON_SQLITE, Kantor

pytestmark = ON_SQLITE

REKAP = Path(__file__).resolve().parent.parent / "data" / "skm_palaran_2024_rekap.csv"
SEMUA = "/admin/?mulai=2024-01-01&sampai=2024-12-31"


@pytest.fixture
def page(database: Database, intake: Intake, kantor: Kantor) -> str:
    """The page of the closed period of 2024."""
    return make_2024(database, intake, kantor)


@pytest.fixture
def hasil(page: str, database: Database) -> HasilIKM:
    """The result, computed anew from what was frozen."""
    with database.reading() as session:
        isi = session.scalars(select(Penetapan.isi)).one()
    rekap = {kunci: Sebaran(*counts) for kunci, counts in isi["rekap"].items()}
    return compute_ikm(parse_instrumen(isi["instrumen"]), rekap, get_konvensi("portal-kota"))


def test_the_result_is_that_of_the_printed_sums(hasil: HasilIKM) -> None:
    with REKAP.open(encoding="utf-8", newline="") as file:
        printed = {row["unsur"]: row for row in csv.DictReader(file)}
    for unsur in hasil.unsur:
        row = printed[unsur.kode]
        assert unsur.jumlah == int(row["jumlah_nilai"])
        assert unsur.nrr == Decimal(row["nrr_tercetak"])
        assert unsur.nrr_tertimbang == Decimal(row["nrr_tertimbang_tercetak"])


def test_every_figure_of_the_docx_is_the_scorings(lia: Petugas, page: str, hasil: HasilIKM) -> None:
    document = Document(io.BytesIO(fetch(lia, page, "laporan-docx")[1]))
    rows = cells_of(find_table(document.tables, "NRR Tertimbang"))
    for unsur, row in zip(hasil.unsur, rows[1:10], strict=True):
        assert unsur.mutu is not None
        assert row == [
            unsur.kode,
            unsur.nama,
            format_angka(unsur.nrr),
            format_angka(unsur.nrr_tertimbang),
            format_angka(unsur.nilai),
            unsur.mutu.huruf,
            unsur.mutu.kinerja,
        ]
    assert format_angka(hasil.jumlah_tertimbang) in rows[10]
    assert {"87,23", "B", "Baik"} <= set(rows[11])
    # The rows of the annex add up to the sums below them.
    annex = cells_of(find_table(document.tables, "No. Resp."))
    answers = [row[1:] for row in annex[1:37]]
    sums = next(row for row in annex if row[0] == "Jumlah nilai")[1:]
    assert sums == [str(sum(map(int, column))) for column in zip(*answers, strict=True)]
    assert sums == [str(unsur.jumlah) for unsur in hasil.unsur]


def test_every_figure_of_the_pdf_is_the_scorings(lia: Petugas, page: str, hasil: HasilIKM) -> None:
    pages = PdfReader(io.BytesIO(fetch(lia, page, "laporan-pdf")[1])).pages
    words = " ".join(" ".join(one.extract_text() for one in pages).split())
    for unsur in hasil.unsur:
        figures = (unsur.nrr, unsur.nrr_tertimbang, unsur.nilai)
        assert unsur.mutu is not None
        row = f"{' '.join(map(format_angka, figures))} {unsur.mutu.huruf} {unsur.mutu.kinerja}"
        assert row in words, row
    assert "87,23 B Baik" in words


def test_every_figure_of_the_worksheet_is_the_scorings(
    lia: Petugas, page: str, hasil: HasilIKM
) -> None:
    book = load_workbook(io.BytesIO(fetch(lia, page, "lembar-kerja-xlsx")[1]), data_only=True)
    rows = [
        [one for one in row if one is not None]
        for row in book.worksheets[0].iter_rows(values_only=True)
    ]
    found = [tuple(map(str, row)) for row in rows]
    for get in ("jumlah", "nrr", "nrr_tertimbang"):
        wanted = [Decimal(getattr(unsur, get)) for unsur in hasil.unsur]
        assert any(ends_with(row, wanted) for row in found), get
    assert any("87.23" in row for row in found)


def test_the_chart_on_screen_bears_the_same_figures(
    lia: Petugas, page: str, hasil: HasilIKM
) -> None:
    answer = lia.client.get(SEMUA.replace("/admin/", "/admin/grafik.json"))
    figures = {one["id"]: one for one in json.loads(answer.text)["grafik"]}
    shown = {row[0]: parse_angka(row[1]) for row in figures["unsur"]["baris"]}
    assert shown == {f"{one.kode} {one.nama}": one.nrr for one in hasil.unsur}


def find_table(tables: Sequence[Table], head: str) -> Table:
    return next(one for one in tables if head in [cell.text for cell in one.rows[0].cells])


def cells_of(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


def ends_with(row: Sequence[str], wanted: Sequence[Decimal]) -> bool:
    tail = row[-len(wanted) :]
    try:
        return [Decimal(one) for one in tail] == list(wanted)
    except ArithmeticError:
        return False
