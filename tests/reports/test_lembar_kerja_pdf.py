"""The worksheet as PDF: the same rows and figures, with heads and numbers on every page."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader

from skm_app.database import Database
from skm_app.intake import Intake
from skm_app.models import Periode, Unit
from skm_app.reports.bahan import read_bahan
from skm_app.reports.lembar_kerja import LembarKerjaError, make_lembar_kerja_pdf
from tests.conftest import make_settings
from tests.offices import (
    ON_SQLITE,
    SKM_16,
    Kantor,
    add_periode,
    close,
    import_palaran,
    make_intake,
    make_isian,
    make_kantor,
)
from tests.reports.kartu import squeeze
from tests.reports.lembar_kerja import DICETAK, make_pdf


@dataclass(frozen=True)
class Cetakan:
    """One worksheet, made twice, and the words of its pages without spaces."""

    pertama: bytes
    kedua: bytes
    sidik: str

    @property
    def reader(self) -> PdfReader:
        return PdfReader(io.BytesIO(self.pertama))

    @property
    def halaman(self) -> list[str]:
        return [squeeze(page.extract_text()) for page in self.reader.pages]


@pytest.fixture(scope="module")
def palaran(tmp_path_factory: pytest.TempPathFactory, upgraded_sqlite: Path) -> Iterator[Cetakan]:
    """The worksheet of 2024, closed, under the convention of the city's portal."""
    folder = tmp_path_factory.mktemp("lembar-kerja-pdf")
    shutil.copy(upgraded_sqlite, folder / "skm.db")
    database = Database(f"sqlite:///{folder / 'skm.db'}")
    kantor = make_kantor(database)
    import_palaran(database, make_intake(database, make_settings(str(database.engine.url), folder)))
    periode = add_periode(database, kantor.palaran, konvensi="portal-kota")
    sidik = close(database, periode).sidik
    yield Cetakan(make_pdf(database, periode), make_pdf(database, periode), sidik)
    database.close()


def test_the_same_rows_and_time_give_the_same_bytes(palaran: Cetakan) -> None:
    assert palaran.pertama == palaran.kedua


def test_it_is_in_indonesian_and_has_a_title(palaran: Cetakan) -> None:
    assert str(palaran.reader.root_object["/Lang"]) == "id-ID"
    assert palaran.reader.metadata is not None
    assert palaran.reader.metadata.title == "Lembar kerja SKM Kecamatan Palaran 2024"


def test_pages_are_a4_across_and_numbered(palaran: Cetakan) -> None:
    pages = palaran.reader.pages
    assert all(page.mediabox.width > page.mediabox.height for page in pages)
    for number, words in enumerate(palaran.halaman, start=1):
        assert f"Halaman{number}dari{len(pages)}" in words
        assert "jangandibagikan:memuatdataperresponden." in words


def test_rows_and_figures_are_those_of_the_program(palaran: Cetakan) -> None:
    words = "".join(palaran.halaman)
    assert "111/01/2024SMAPelajar/MahasiswaLaki-laki17–25tahun333433343" in words
    assert "Jumlahnilaiperunsur119120122144120122119144121" in words
    assert "NRRperunsur3,3063,3333,3894,0003,3333,3893,3064,0003,361" in words
    assert "IKMunitpelayanan**)87,23" in words
    assert "KinerjaunitpelayananBaik" in words
    assert f"Sidikpenetapan:{palaran.sidik}" in words
    assert "Dicetak3Januari2025pukul14.05WITA." in words
    assert "SEMENTARA" not in words


def test_rows_and_figures_of_a_small_office_share_a_page(palaran: Cetakan) -> None:
    first, last = palaran.halaman
    assert "3612/12/2024" in first
    assert "IKMunitpelayanan**)87,23" in first
    assert "Jumlahresponden36" in first
    assert "33,0644–3,53276,61–88,30BBaik" in last


@ON_SQLITE
def test_every_page_of_a_long_list_has_its_heads(
    database: Database, kantor: Kantor, intake: Intake
) -> None:
    for _ in range(50):
        intake.record(make_isian(kantor, instrumen=SKM_16, tanggal=date(2024, 5, 2)))
    periode = add_periode(database, kantor.palaran, instrumen_id=SKM_16.id)
    pages = PdfReader(io.BytesIO(make_pdf(database, periode))).pages
    words = [squeeze(page.extract_text()) for page in pages]
    assert len(words) == 2
    for page in words:
        assert "No.TanggalPendidikanPekerjaanJ/KUsiaU1.1U1.2U2.1U2.2U2.3U3U4.1" in page
        assert "SEMENTARA" in page


@ON_SQLITE
def test_an_empty_period_and_awkward_names_are_printed(database: Database, kantor: Kantor) -> None:
    periode = add_periode(database, kantor.palaran, nama='#panic() "kutip" $x$ \\n')
    with database.writing() as session:
        session.get_one(Unit, kantor.palaran).alamat = "*tebal* [a] <b> " + "W" * 150
    reader = PdfReader(io.BytesIO(make_pdf(database, periode)))
    words = squeeze("".join(page.extract_text() for page in reader.pages))
    assert 'Periode:#panic()"kutip"$x$\\n(' in words
    assert "*tebal*[a]<b>" in words
    assert "W" * 150 in words
    assert "Belumadarespondendalamperiodeini." in words
    assert "IKMunitpelayanan**)–" in words


@ON_SQLITE
def test_more_rows_than_a_document_can_hold_are_refused(database: Database, kantor: Kantor) -> None:
    periode = add_periode(database, kantor.palaran)
    with database.reading() as session:
        bahan = read_bahan(session, session.get_one(Periode, periode))
        many = replace(bahan, hasil=replace(bahan.hasil, n=2_001))
        with pytest.raises(LembarKerjaError, match="pakai lembar kerja XLSX"):
            make_lembar_kerja_pdf(session, many, DICETAK)
