"""``skm report``, run as an office would run it."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook
from pypdf import PdfReader
from sqlalchemy import select

from skm_app.database import Database
from skm_app.intake import Intake
from skm_app.models import Catatan
from tests.cli.command import Skm
from tests.offices import ON_SQLITE, Kantor, add_periode, close, import_palaran

pytestmark = ON_SQLITE


@pytest.fixture
def tahun(database: Database, intake: Intake, kantor: Kantor) -> Kantor:
    """The closed year 2024 of the printed report, and its first half, which is open."""
    import_palaran(database, intake)
    close(database, add_periode(database, kantor.palaran, konvensi="portal-kota"))
    add_periode(database, kantor.palaran, nama="Semester I 2024", jenis="semester")
    return kantor


def test_the_annual_report_is_written_whole_over_an_older_one(
    skm: Skm, tahun: Kantor, tmp_path: Path
) -> None:
    output = tmp_path / "laporan.docx"
    output.write_bytes(b"lama")
    output.chmod(0o640)
    printed = skm.ok("report", "--tahun", "2024", "--format", "docx", "-o", output)
    assert printed == f"Laporan DOCX periode 2024 ditulis ke {output}.\n"
    document = Document(str(output))
    text = " ".join(one.text for one in document.paragraphs)
    assert "87,23" in text
    assert "SEMENTARA" not in text
    assert [one.name for one in tmp_path.glob("*laporan*")] == ["laporan.docx"]
    # Who could read it still can.
    assert output.stat().st_mode & 0o777 == 0o640


def test_a_period_that_is_not_closed_gives_a_marked_file_and_says_so(
    skm: Skm, tahun: Kantor, tmp_path: Path
) -> None:
    output = tmp_path / "poster.pdf"
    done = skm.run(
        "report", "--tahun", "2024", "--periode", "semester i 2024", "--jenis", "poster",
        "--format", "pdf", "-o", output,
    )  # fmt: skip
    assert done.returncode == 0, done
    assert done.stderr == (
        "Periode Semester I 2024 belum ditetapkan, jadi berkasnya bertanda SEMENTARA.\n"
    )
    (page,) = PdfReader(io.BytesIO(output.read_bytes())).pages
    assert "SEMENTARA" in page.extract_text().upper()


def test_the_worksheet_has_a_row_per_respondent_and_its_export_is_on_record(
    skm: Skm, database: Database, tahun: Kantor, tmp_path: Path
) -> None:
    output = tmp_path / "lembar.xlsx"
    skm.ok("report", "--tahun", "2024", "--format", "xlsx", "-o", output)
    workbook = load_workbook(output)
    assert max(sheet.max_row for sheet in workbook) > 36
    assert oct(os.stat(output).st_mode & 0o777) == "0o600"
    with database.reading() as session:
        found = session.scalars(select(Catatan.keterangan).where(Catatan.objek == "lembar_kerja"))
        assert list(found) == ["Lembar kerja periode 2024 ditulis sebagai XLSX."]


def test_what_cannot_be_written_is_said_in_one_line_and_leaves_nothing(
    skm: Skm, database: Database, tahun: Kantor, tmp_path: Path
) -> None:
    for nama in ("Triwulan I", "Triwulan II"):
        add_periode(database, tahun.palaran, 2025, nama=nama, jenis="triwulan")
    add_periode(database, tahun.palaran, 2026)
    output = tmp_path / "x.pdf"
    wrong = {
        ("--tahun", "2025", "--format", "pdf"): "--periode: Triwulan I, Triwulan II",
        ("--tahun", "2024", "--periode", "Mei", "--format", "pdf"): "yang ada: 2024, Semester I",
        ("--tahun", "2024", "--format", "png", "--jenis", "laporan"): "pilih docx atau pdf",
        ("--tahun", "2026", "--format", "docx"): "Periode 2026: Belum ada jawaban",
    }
    for arguments, kalimat in wrong.items():
        assert kalimat in skm.fail("report", *arguments, "-o", output)
    assert not output.exists()
    told = skm.fail("report", "--tahun", "2024", "--format", "xlsx", "-o", tmp_path)
    assert told == f"{tmp_path} adalah folder, bukan berkas."
    assert not list(tmp_path.glob(".*"))
