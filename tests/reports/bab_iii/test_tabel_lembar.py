"""The workbook of all tables: calculated by LibreOffice, it gives the program's own figures."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from openpyxl import Workbook, load_workbook

from skm_app.reports.bab_iii.fakta import FaktaKinerja
from skm_app.reports.bab_iii.lembar import KEPALA, SUMBER, name_lembar, write_lembar
from skm_app.reports.bab_iii.tabel import TabelKinerja, list_tabel, make_tabel_nilai_akip
from tests.reports.libreoffice import convert

FORMULA = re.compile(r"(<c [^>]*?)(?: t=\"str\")?(><f>[^<]*</f>)<v>[^<]*</v></c>")
SALAH = ("ROUND(D5*10000,0)", "ROUND(D5*10001,0)")  # in the capaian of 2024
PAGI = datetime(2025, 1, 6, 8, 0, tzinfo=ZoneInfo("Asia/Makassar"))


@dataclass(frozen=True)
class Lembar:
    """The tables and their workbook: its formulas, and what LibreOffice made of them."""

    tabel: tuple[TabelKinerja, ...]
    rumus: Workbook
    dihitung: Workbook
    salah: Workbook  # the same with one wrong formula


def forget_figures(xlsx: bytes, old: str = "", new: str = "") -> bytes:
    """The same file with nothing stored in its formulas; ``old`` in them becomes ``new``."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(xlsx)) as source, zipfile.ZipFile(made, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if name.startswith("xl/worksheets/sheet"):
                text = FORMULA.sub(r"\1\2</c>", data.decode())
                data = text.replace(old, new).encode() if old else text.encode()
            target.writestr(name, data)
    return made.getvalue()


@pytest.fixture(scope="module")
def lembar(fakta_2024: FaktaKinerja, tmp_path_factory: pytest.TempPathFactory) -> Lembar:
    tabel = (*list_tabel(fakta_2024), make_tabel_nilai_akip(fakta_2024))
    data = write_lembar(tabel, fakta_2024.unit, 2024, PAGI)
    folder = tmp_path_factory.mktemp("bab-iii-lembar")
    paths: list[Path] = [folder / "benar.xlsx", folder / "salah.xlsx"]
    # Without the stored figures nothing can be right by being left as it was.
    paths[0].write_bytes(forget_figures(data))
    paths[1].write_bytes(forget_figures(data, *SALAH))
    benar, salah = (
        load_workbook(path, data_only=True) for path in convert(paths, "xlsx", folder / "hasil")
    )
    return Lembar(tabel, load_workbook(io.BytesIO(data)), benar, salah)


def list_beda(tabel: tuple[TabelKinerja, ...], book: Workbook) -> list[str]:
    """Cells of a workbook that are not what the tables say."""
    found = []
    for one in tabel:
        sheet = book[name_lembar(one)]
        for row, cells in enumerate(one.baris):
            for column, sel in enumerate(cells):
                value = sheet.cell(KEPALA + 2 + row, column + 1).value
                if sel.nilai is None:
                    same = (value or "") == sel.teks
                else:
                    same = value is not None and Decimal(str(value)) == sel.nilai
                if not same:
                    found.append(f"{one.kode} {sel.teks}: {value!r}")
    return found


def test_every_table_has_a_sheet_and_the_sources_one_of_their_own(lembar: Lembar) -> None:
    names = [f"Tabel 3.{number}" for number in range(1, 13)]
    assert lembar.rumus.sheetnames == [*names, "AKIP", SUMBER]


def test_libreoffice_calculates_the_programs_own_figures(lembar: Lembar) -> None:
    assert list_beda(lembar.tabel, lembar.dihitung) == []


def test_a_wrong_formula_is_noticed_on_every_sheet_that_needs_it(lembar: Lembar) -> None:
    beda = list_beda(lembar.tabel, lembar.salah)
    assert beda[0] == "3.2 98,78: 98.79"
    assert {one.split()[0] for one in beda} == {"3.2", "3.3", "3.5", "3.8", "3.12"}


def test_what_is_computed_is_a_formula_and_what_is_given_is_not(lembar: Lembar) -> None:
    for tabel in lembar.tabel:
        sheet = lembar.rumus[name_lembar(tabel)]
        for row, cells in enumerate(tabel.baris):
            for column, sel in enumerate(cells):
                cell = sheet.cell(KEPALA + 2 + row, column + 1)
                if sel.formula:
                    assert cell.data_type == "f", (tabel.kode, sel)
    capaian = lembar.rumus["Tabel 3.2"]
    assert [capaian.cell(5, column).data_type for column in (3, 4, 5)] == ["n", "n", "f"]
    # A figure that stands elsewhere is fetched from there.
    assert lembar.rumus["Tabel 3.12"]["D5"].value == "='Tabel 3.2'!C5"
    assert lembar.rumus["Tabel 3.7"]["E5"].value.count("'Tabel 3.10'!C") == 7


def test_numbers_look_as_in_the_document(lembar: Lembar) -> None:
    capaian = lembar.rumus["Tabel 3.2"]
    assert capaian["C6"].number_format == '#,##0"%"'
    assert capaian["D6"].number_format == '#,##0.00"%"'
    assert lembar.rumus["Tabel 3.10"]["C5"].number_format == "#,##0"


def test_the_last_sheet_tells_formula_and_source_of_every_cell(lembar: Lembar) -> None:
    rows = list(lembar.rumus[SUMBER].iter_rows(values_only=True))
    told = {(row[0], row[1]) for row in rows}
    for tabel in lembar.tabel:
        sheet = lembar.rumus[name_lembar(tabel)]
        for row, cells in enumerate(tabel.baris):
            for column, sel in enumerate(cells):
                if sel.nilai is not None:
                    cell = sheet.cell(KEPALA + 2 + row, column + 1).coordinate
                    assert (name_lembar(tabel), cell) in told
    assert (
        "Tabel 3.2", "E5", "Nilai Indeks Kepuasan Masyarakat (IKM)", "% Realisasi (Capaian)",
        "98,78", "realisasi / target × 100 = 87,23 / 88,31 × 100 = 98,78",
    ) in {row[:6] for row in rows}  # fmt: skip
