"""``skm check``, run as a person would run it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.command import Skm, Starter
from tests.periksa.contoh import make_diperbaiki, make_tercetak


@pytest.fixture
def skm(tmp_path: Path, starter: Starter) -> Skm:
    """``skm`` without any database: none is needed."""
    return Skm({"SKM_DATA_DIR": str(tmp_path), "SKM_DATABASE_URL": ""}, starter)


def write(folder: Path, data: bytes) -> Path:
    path = folder / "lkjip.xlsx"
    path.write_bytes(data)
    return path


def test_the_printed_report_has_25_findings_with_places_and_right_values(
    skm: Skm, tmp_path: Path
) -> None:
    done = skm.run("check", write(tmp_path, make_tercetak()))
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.splitlines()[-1].startswith("25 temuan di ")
    assert "Tabel 3.3, indikator 1, Capaian terhadap Renstra (lembar Tabel 3.3 & 3.4, sel K5)" in (
        done.stdout
    )
    assert "tercetak 181,08; seharusnya 97,96" in done.stdout


def test_the_corrected_report_has_none(skm: Skm, tmp_path: Path) -> None:
    assert skm.ok("check", write(tmp_path, make_diperbaiki())).startswith("Tidak ada temuan. Dari ")


def test_the_template_is_written_once(skm: Skm, tmp_path: Path) -> None:
    path = tmp_path / "templat.xlsx"
    assert skm.ok("check", "--templat", path) == "Templat ditulis ke templat.xlsx.\n"
    before = path.read_bytes()
    assert skm.fail("check", "--templat", path) == "templat.xlsx sudah ada; pilih nama lain."
    assert path.read_bytes() == before
    assert "tahun laporan belum diisi" in skm.fail("check", path)


def test_what_cannot_be_checked_is_told_in_one_line(skm: Skm, tmp_path: Path) -> None:
    assert "tidak ditemukan" in skm.fail("check", tmp_path / "tidak-ada.xlsx")
    assert "bukan berkas XLSX" in skm.fail("check", write(tmp_path, b"Tahun\n2024\n"))
    assert "'FILE' belum diisi." in skm.fail("check")
    missing = tmp_path / "tidak-ada" / "templat.xlsx"
    assert "foldernya tidak ada" in skm.fail("check", "--templat", missing)
