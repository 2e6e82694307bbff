"""The worksheet as XLSX: who and what stands on it, and how it prints."""

from __future__ import annotations

import csv
import io
import shutil
import uuid
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet
from sqlalchemy import text

from skm_app.database import Database
from skm_app.intake import Intake
from skm_app.models import Periode, Unit
from skm_app.profil import Profil
from skm_app.reports.bahan import read_bahan
from skm_app.reports.lembar_kerja import LembarKerjaError, write_lembar_kerja
from tests.conftest import make_settings
from tests.offices import (
    DATA,
    ON_SQLITE,
    Kantor,
    add_periode,
    close,
    drop_guards,
    import_palaran,
    make_intake,
    make_isian,
    make_kantor,
)
from tests.reports.lembar_kerja import (
    DICETAK,
    list_formulas,
    list_responden,
    list_texts,
    make_xlsx,
    open_sheet,
    read_footer,
    read_row,
)

INTERNAL = "Untuk arsip kantor; jangan dibagikan: memuat data per responden."


@pytest.fixture(scope="module")
def palaran(tmp_path_factory: pytest.TempPathFactory, upgraded_sqlite: Path) -> Iterator[bytes]:
    """The worksheet of 2024, closed, under the convention of the city's portal."""
    folder = tmp_path_factory.mktemp("lembar-kerja")
    shutil.copy(upgraded_sqlite, folder / "skm.db")
    database = Database(f"sqlite:///{folder / 'skm.db'}")
    kantor = make_kantor(database)
    import_palaran(database, make_intake(database, make_settings(str(database.engine.url), folder)))
    periode = add_periode(database, kantor.palaran, konvensi="portal-kota")
    close(database, periode)
    yield make_xlsx(database, periode)
    database.close()


@pytest.fixture(scope="module")
def sheet(palaran: bytes) -> Worksheet:
    return open_sheet(palaran)


def test_the_title_names_unit_address_and_period(sheet: Worksheet) -> None:
    top = list_texts(sheet)[:8]
    assert top[0] == (
        "PENGOLAHAN DATA SURVEI KEPUASAN MASYARAKAT PER RESPONDEN DAN PER UNSUR PELAYANAN"
    )
    assert ": Kecamatan Palaran" in top
    assert ": Jl. Ampera RT. 46" in top
    assert ": 2024 (1 Januari 2024 s.d. 31 Desember 2024)" in top


def test_each_respondent_has_a_row_in_words(sheet: Worksheet) -> None:
    rows = list_responden(sheet)
    assert [row[0] for row in rows] == list(range(1, 37))
    assert rows[0] == (
        1, datetime(2024, 1, 11), "SMA", "Pelajar/Mahasiswa", "Laki-laki", "17–25 tahun",
        3, 3, 3, 4, 3, 3, 3, 4, 3,
    )  # fmt: skip


def test_the_figures_are_those_of_the_printed_annex(sheet: Worksheet) -> None:
    with (DATA / "skm_palaran_2024_rekap.csv").open(encoding="utf-8") as file:
        rekap = list(csv.DictReader(file))
    assert read_row(sheet, "Jumlah nilai per unsur") == [int(r["jumlah_nilai"]) for r in rekap]
    assert read_row(sheet, "NRR per unsur") == [float(r["nrr_tercetak"]) for r in rekap]
    assert read_row(sheet, "NRR tertimbang per unsur") == [
        float(r["nrr_tertimbang_tercetak"]) for r in rekap
    ]
    assert read_row(sheet, "IKM unit pelayanan **)") == [87.23]
    assert read_row(sheet, "Kinerja unit pelayanan") == ["Baik"]


def test_every_figure_below_the_rows_is_a_formula(palaran: bytes) -> None:
    sheet = open_sheet(palaran, formulas=True)
    assert read_row(sheet, "Jumlah nilai per unsur")[0] == "=SUM(G7:G42)"
    assert read_row(sheet, "Jumlah responden") == ["=COUNT(A7:A42)"]
    numbers = {
        cell.coordinate
        for row in sheet.iter_rows(min_row=43)
        for cell in row
        if cell.data_type == "n" and cell.value is not None
    }
    assert numbers == set()
    assert list_formulas(sheet)


def test_a_closed_period_shows_its_fingerprint_and_when(sheet: Worksheet) -> None:
    words = "\n".join(list_texts(sheet))
    assert "Sidik penetapan: " in words
    assert "WITA. Sidik" in words
    assert "SEMENTARA" not in words


def test_the_convention_and_the_time_of_print_are_named(sheet: Worksheet) -> None:
    words = list_texts(sheet)
    assert (
        'Cara hitung "portal-kota": Bobot tepat (1/9 untuk sembilan unsur), setiap NRR tertimbang '
        "dibulatkan 3 desimal."
    ) in words
    assert words[-1] == "Dicetak 3 Januari 2025 pukul 14.05 WITA."


def test_the_table_of_grades_is_on_the_sheet(sheet: Worksheet) -> None:
    words = list_texts(sheet)
    place = words.index("Nilai persepsi")
    assert words[place : place + 25] == [
        "Nilai persepsi", "Nilai interval (NI)", "Nilai interval konversi (NIK)",
        "Mutu pelayanan", "Kinerja unit pelayanan",
        "4", "3,5324 – 4,00", "88,31 – 100,00", "A", "Sangat baik",
        "3", "3,0644 – 3,532", "76,61 – 88,30", "B", "Baik",
        "2", "2,60 – 3,064", "65,00 – 76,60", "C", "Kurang baik",
        "1", "1,00 – 2,5996", "25,00 – 64,99", "D", "Tidak baik",
    ]  # fmt: skip


def test_the_sums_stand_under_the_heads_that_every_page_repeats(sheet: Worksheet) -> None:
    # Heads of their own would be a second row of the same words on the printed page.
    words = list_texts(sheet)
    assert words.count("U1") == 2  # as a head, and where the unsur are named
    assert sheet.print_title_rows == "$6:$6"


def test_the_sheet_says_that_it_is_not_to_be_shared(sheet: Worksheet) -> None:
    assert INTERNAL in list_texts(sheet)
    assert INTERNAL in read_footer(sheet)


def test_it_prints_on_a4_across_with_its_heads_on_every_page(sheet: Worksheet) -> None:
    setup = sheet.page_setup
    assert (setup.orientation, setup.paperSize) == ("landscape", 9)
    assert (setup.fitToWidth, setup.fitToHeight) in ((None, 0), (1, 0))
    assert sheet.sheet_properties.pageSetUpPr == PageSetupProperties(fitToPage=True)
    assert sheet.print_title_rows == "$6:$6"
    assert sheet.freeze_panes == "A7"
    assert "Halaman &P dari &N" in read_footer(sheet)


@ON_SQLITE
def test_an_open_period_is_marked(database: Database, kantor: Kantor) -> None:
    words = list_texts(open_sheet(make_xlsx(database, add_periode(database, kantor.palaran))))
    assert words.count("SEMENTARA: periode belum ditetapkan, angka masih dapat berubah.") == 2
    assert "Belum ada responden dalam periode ini." in words


def test_an_unanswered_question_is_an_empty_cell(
    database: Database, kantor: Kantor, intake: Intake
) -> None:
    intake.record(make_isian(kantor, {"persyaratan": None}, tanggal=date(2024, 5, 2)))
    sheet = open_sheet(make_xlsx(database, add_periode(database, kantor.palaran)))
    assert list_responden(sheet)[0][5:8] == ("Tidak disebut", None, 3)
    assert read_row(sheet, "NRR per unsur")[:2] == ["–", 3]


@ON_SQLITE
def test_text_never_becomes_a_formula_or_markup(
    database: Database, kantor: Kantor, intake: Intake
) -> None:
    periode = add_periode(database, kantor.palaran, nama="=1+1")
    with database.writing() as session:
        unit = session.get_one(Unit, kantor.palaran)
        unit.nama, unit.alamat = '=HYPERLINK("http://x")', "<r>a</r>\x00"
    profil = Profil(pekerjaan="<r><t>x</t></r>", pendidikan="=2+2")
    intake.record(make_isian(kantor, profil=profil, tanggal=date(2024, 5, 2)))
    file = make_xlsx(database, periode)
    sheet = open_sheet(file, formulas=True)
    assert list_responden(sheet)[0][2:4] == ("=2+2", " <r><t>x</t></r>")
    assert sheet["C7"].data_type != "f"
    assert ': =HYPERLINK("http://x")' in list_texts(sheet)
    assert "HYPERLINK" not in "".join(str(sheet[cell].value) for cell in list_formulas(sheet))


@ON_SQLITE
def test_rows_of_a_day_are_not_in_the_order_they_came(
    database: Database, kantor: Kantor, intake: Intake
) -> None:
    for first, nilai in (("c", 1), ("a", 2), ("b", 4)):
        isian = make_isian(
            kantor, {"persyaratan": nilai}, id=uuid.UUID(first * 32), tanggal=date(2024, 5, 2)
        )
        intake.record(isian)
    sheet = open_sheet(make_xlsx(database, add_periode(database, kantor.palaran)))
    assert [row[6] for row in list_responden(sheet)] == [2, 4, 1]


@ON_SQLITE
def test_what_comes_after_the_closing_is_not_on_it(
    database: Database, kantor: Kantor, intake: Intake
) -> None:
    import_palaran(database, intake)
    periode = add_periode(database, kantor.palaran)
    close(database, periode)
    intake.record(make_isian(kantor, tanggal=date(2024, 5, 2)))
    assert len(list_responden(open_sheet(make_xlsx(database, periode)))) == 36


@ON_SQLITE
def test_rows_that_no_longer_give_the_closed_figures_are_reported(
    database: Database, kantor: Kantor, intake: Intake
) -> None:
    import_palaran(database, intake)
    periode = add_periode(database, kantor.palaran)
    close(database, periode)
    drop_guards(database)
    with database.write_connection() as connection:
        connection.execute(text("UPDATE jawaban SET nilai = 4 WHERE butir = 'persyaratan'"))
    sheet = open_sheet(make_xlsx(database, periode))
    assert read_row(sheet, "Jumlah nilai per unsur")[0] == 144
    assert any(
        one.startswith("PERHATIAN") and "IKM 87,27 dari 36" in one for one in list_texts(sheet)
    )


@ON_SQLITE
def test_the_same_rows_and_time_give_the_same_bytes(
    database: Database, kantor: Kantor, intake: Intake
) -> None:
    intake.record(make_isian(kantor, tanggal=date(2024, 5, 2)))
    periode = add_periode(database, kantor.palaran)
    assert make_xlsx(database, periode) == make_xlsx(database, periode)


@ON_SQLITE
def test_more_rows_than_a_sheet_holds_are_refused(database: Database, kantor: Kantor) -> None:
    periode = add_periode(database, kantor.palaran)
    with database.reading() as session:
        bahan = read_bahan(session, session.get_one(Periode, periode))
        many = replace(bahan, hasil=replace(bahan.hasil, n=1_000_001))
        with pytest.raises(LembarKerjaError, match=r"paling banyak 1\.000\.000"):
            write_lembar_kerja(session, many, DICETAK, io.BytesIO())
