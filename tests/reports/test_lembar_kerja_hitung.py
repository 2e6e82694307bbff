"""The worksheet's formulas, calculated by LibreOffice, give the program's own figures."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from skm_app.angka import TIDAK_ADA
from skm_app.database import Database
from skm_app.scoring import KONVENSI, HasilIKM
from tests.conftest import make_settings
from tests.offices import make_intake, make_kantor
from tests.reports.lembar_kerja import (
    ENAM_BELAS,
    KASUS,
    NOL,
    PALARAN,
    TANPA_U8,
    TENGAH,
    Kasus,
    change_sheet,
    fill_kasus,
    forget_figures,
    list_formulas,
    make_xlsx,
    open_sheet,
    read_bahan_of,
    read_row,
)
from tests.reports.libreoffice import convert

SALAH = (PALARAN, "salah")  # a worksheet with one wrong formula


@dataclass(frozen=True)
class Dihitung:
    """A worksheet as it was stored and as LibreOffice calculated it, and the program's figures."""

    tersimpan: Worksheet
    rumus: Worksheet
    dihitung: Worksheet
    hasil: HasilIKM

    def list_beda(self) -> list[str]:
        """Cells whose formula does not give what is stored in it."""
        return [
            f"{cell}: {self.tersimpan[cell].value!r}, calculated {self.dihitung[cell].value!r}"
            for cell in list_formulas(self.rumus)
            if self.tersimpan[cell].value != self.dihitung[cell].value
        ]


@pytest.fixture(scope="module")
def semua(
    tmp_path_factory: pytest.TempPathFactory, upgraded_sqlite: Path
) -> Iterator[dict[Kasus, Dihitung]]:
    """Every worksheet of ``KASUS`` and a wrong one, calculated in one run."""
    folder = tmp_path_factory.mktemp("lembar-kerja")
    shutil.copy(upgraded_sqlite, folder / "skm.db")
    url = f"sqlite:///{folder / 'skm.db'}"
    database = Database(url)
    kantor = make_kantor(database)
    ids = fill_kasus(database, make_intake(database, make_settings(url, folder)), kantor)
    files = {kasus: make_xlsx(database, ids[kasus]) for kasus in KASUS}
    files[SALAH] = change_sheet(
        files[PALARAN, "eksak"], lambda xml: xml.replace("2500*G", "2600*G", 1)
    )
    ids[SALAH] = ids[PALARAN, "eksak"]
    yield _calculate(database, ids, files, folder)
    database.close()


def _calculate(
    database: Database, ids: dict[Kasus, uuid.UUID], files: dict[Kasus, bytes], folder: Path
) -> dict[Kasus, Dihitung]:
    paths = []
    for place, data in enumerate(files.values()):
        paths.append(folder / f"{place}.xlsx")
        paths[-1].write_bytes(forget_figures(data))
    calculated = convert(paths, "xlsx", folder / "hasil")
    return {
        kasus: Dihitung(
            tersimpan=open_sheet(data),
            rumus=open_sheet(data, formulas=True),
            dihitung=open_sheet(path),
            hasil=read_bahan_of(database, ids[kasus]).hasil,
        )
        for (kasus, data), path in zip(files.items(), calculated, strict=True)
    }


def exact(values: list[object]) -> list[object]:
    """Figures as the digits that stand in the file; words as they are."""
    return [one if isinstance(one, str) else Decimal(str(one)) for one in values]


def shown(values: list[Decimal | int | None]) -> list[object]:
    return [TIDAK_ADA if one is None else Decimal(one) for one in values]


@pytest.mark.parametrize("kasus", KASUS, ids=str)
def test_every_formula_gives_what_is_stored_in_it(
    semua: dict[Kasus, Dihitung], kasus: Kasus
) -> None:
    assert semua[kasus].list_beda() == []
    assert len(list_formulas(semua[kasus].rumus)) == 9 * 4 + 5 + 9 * 3


@pytest.mark.parametrize("kasus", KASUS, ids=str)
def test_what_is_calculated_is_what_the_program_says(
    semua: dict[Kasus, Dihitung], kasus: Kasus
) -> None:
    sheet, hasil = semua[kasus].dihitung, semua[kasus].hasil
    unsur, mutu = hasil.unsur, hasil.mutu
    for name, wanted in (
        ("Jumlah nilai per unsur", [one.jumlah for one in unsur]),
        ("Jumlah jawaban terisi per unsur", [one.terisi for one in unsur]),
        ("NRR per unsur", [one.nrr for one in unsur]),
        ("NRR tertimbang per unsur", [one.nrr_tertimbang for one in unsur]),
        ("Jumlah NRR tertimbang *)", [hasil.jumlah_tertimbang]),
        ("IKM unit pelayanan **)", [hasil.ikm]),
        ("Jumlah responden", [hasil.n]),
    ):
        assert exact(read_row(sheet, name)) == shown([*wanted]), name
    assert read_row(sheet, "Mutu pelayanan") == [mutu.huruf if mutu else TIDAK_ADA]
    assert read_row(sheet, "Kinerja unit pelayanan") == [mutu.kinerja if mutu else TIDAK_ADA]


@pytest.mark.parametrize("kasus", KASUS, ids=str)
def test_each_unsur_has_its_own_grade(semua: dict[Kasus, Dihitung], kasus: Kasus) -> None:
    for row, unsur in enumerate(semua[kasus].hasil.unsur):
        found = _row_of_unsur(semua[kasus].dihitung, row)
        mutu = unsur.mutu.huruf if unsur.mutu else TIDAK_ADA
        assert exact(found) == [unsur.kode, unsur.nama, *shown([unsur.nrr, unsur.nilai]), mutu]


def _row_of_unsur(sheet: Worksheet, place: int) -> list[object]:
    rows: list[list[object]] = [
        [one for one in row if one is not None] for row in sheet.iter_rows(values_only=True)
    ]
    head = rows.index(["Kode", "Unsur pelayanan", "NRR", "Nilai konversi", "Mutu"])
    return rows[head + 1 + place]


@pytest.mark.parametrize(
    ("konvensi", "ikm"),
    [("eksak", 87.27), ("portal-kota", 87.23), ("0.111", 87.18), ("0.11", 86.40)],
)
def test_the_rows_of_2024_give_the_four_known_figures(
    semua: dict[Kasus, Dihitung], konvensi: str, ikm: float
) -> None:
    assert read_row(semua[PALARAN, konvensi].dihitung, "IKM unit pelayanan **)") == [ikm]


def test_an_index_that_lies_exactly_halfway_is_rounded_up(
    semua: dict[Kasus, Dihitung],
) -> None:
    assert read_row(semua[TENGAH, "eksak"].dihitung, "IKM unit pelayanan **)") == [87.23]


def test_the_awkward_answers_reach_halves_of_every_kind(semua: dict[Kasus, Dihitung]) -> None:
    """Else the test above would prove less than it seems to."""
    nrr = [one.nrr_eksak for one in semua[TENGAH, "eksak"].hasil.unsur]
    assert any(one and (2000 * one).denominator == 1 and (2000 * one) % 2 == 1 for one in nrr)
    for konvensi in KONVENSI.values():
        bobot = konvensi.bobot or Fraction(1, 9)
        weighed = [2000 * one * bobot for one in nrr if one]
        assert any(one.denominator == 1 and one % 2 == 1 for one in weighed), konvensi.nama


@pytest.mark.parametrize("kasus", [(TANPA_U8, "eksak"), (TANPA_U8, "portal-kota"), (NOL, "eksak")])
def test_what_nobody_answered_is_a_dash_and_no_error(
    semua: dict[Kasus, Dihitung], kasus: Kasus
) -> None:
    sheet = semua[kasus].dihitung
    assert read_row(sheet, "NRR per unsur")[7] == TIDAK_ADA
    assert read_row(sheet, "IKM unit pelayanan **)") == [TIDAK_ADA]
    values = [cell.value for row in sheet.iter_rows() for cell in row]
    assert not [one for one in values if isinstance(one, str) and one.startswith("#")]


def test_several_questions_of_one_unsur_are_pooled(semua: dict[Kasus, Dihitung]) -> None:
    sheet = semua[ENAM_BELAS, "eksak"].rumus
    heads = next(row for row in sheet.iter_rows(values_only=True) if row[0] == "No.")
    assert heads[6:12] == ("U1.1", "U1.2", "U2.1", "U2.2", "U2.3", "U3")
    assert str(read_row(sheet, "Jumlah nilai per unsur")[1]).startswith("=SUM(I")
    assert ":K" in str(read_row(sheet, "Jumlah nilai per unsur")[1])


def test_a_wrong_formula_would_be_noticed(semua: dict[Kasus, Dihitung]) -> None:
    beda = semua[SALAH].list_beda()
    assert any("87.27, calculated" in one for one in beda)
