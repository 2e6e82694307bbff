"""From a closed year to the chapter of the performance report, as the admin goes."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

from docx import Document
from playwright.sync_api import Page, expect

from tests.stories.conftest import DESKTOP, Demo, check_accessible, sign_in

HAMBATAN = "Warga belum terbiasa mengisi kuesioner daring; sejak 2025 petugas mendampingi di loket."
# Of sasaran 1, of sasaran 2, after correction, after correction, of the organisation.
ANGKA = ("98,78", "120,07", "88,90", "99,00", "93,95")


def test_a_closed_year_becomes_bab_iii(
    demo: Demo, open_page: Callable[..., Page], tmp_path: Path
) -> None:
    page = open_page(viewport=DESKTOP)
    sign_in(page, demo)

    # The year is closed: its index and who stands behind it.
    page.goto(f"{demo.admin}periode")
    page.get_by_role("link", name="2024").first.click()
    expect(page.get_by_role("heading", level=1, name="Periode 2024")).to_be_visible()
    expect(page.locator("main")).to_contain_text("87,23")

    # It is the realisasi of sasaran 1, and leads back to what was closed.
    menu(page, "Capaian kinerja")
    choose_2024(page)
    row = page.get_by_role("row", name="2024").filter(has_text="36 responden")
    expect(row).to_contain_text("98,78")
    row.get_by_role("link", name="Penetapan nomor 1").click()
    expect(page.locator("main")).to_contain_text("Sidik ini berubah bila satu angka saja diubah")
    expect(page.locator("main")).to_contain_text("87,23")

    # The organisation's figure, step by step.
    menu(page, "Capaian kinerja")
    choose_2024(page)
    page.get_by_role("link", name="Nilai kinerja (NKO)").click()
    for words in (*ANGKA, "187,90", "Baik"):
        expect(page.locator("main")).to_contain_text(words)

    # The tables, each figure with its formula; the office writes what only it can know.
    menu(page, "Bab III LKjIP")
    choose_2024(page)
    expect(page.get_by_role("heading", name="Tabel 3.12")).to_be_visible()
    page.get_by_text("Rumus dan sumber").first.click()
    expect(page.locator("main")).to_contain_text("87,23 / 88,31 × 100 = 98,78")
    page.get_by_role("link", name="Baca dan ubah teks").click()
    page.get_by_role("link", name="A.4 Sasaran 1: hambatan").first.click()
    check_accessible(page)
    page.get_by_role("textbox").fill(HAMBATAN)
    page.get_by_role("button", name="Simpan").click()
    expect(page.get_by_role("status")).to_be_visible()

    # And there it is, ready to be pasted.
    menu(page, "Bab III LKjIP")
    choose_2024(page)
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Unduh Bab III (DOCX)").click()
    waiting.value.save_as(tmp_path / "bab-iii.docx")
    document = Document(io.BytesIO((tmp_path / "bab-iii.docx").read_bytes()))
    nko = table_with(document, "Total Capaian PK (4)")
    assert [row[5] for row in nko[1:3]] == ["98,78%", "120,07%"]
    assert [row[-1] for row in nko[1:]] == ["88,90%", "99,00%", "187,90%", "93,95%", "Baik"]
    text = "\n".join(one.text for one in document.paragraphs)
    assert HAMBATAN in text
    for angka in ANGKA:
        assert angka in text
    assert "SEMENTARA" not in text


def menu(page: Page, name: str) -> None:
    page.get_by_role("navigation").get_by_role("link", name=name, exact=True).first.click()


def choose_2024(page: Page) -> None:
    page.get_by_label("Tahun", exact=True).select_option("2024")
    page.get_by_role("button", name="Tampilkan").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("2024")
    check_accessible(page)


def table_with(document: Document, words: str) -> list[list[str]]:  # type: ignore[valid-type]
    """Rows of the one table that holds these words."""
    found = [
        [[cell.text for cell in row.cells] for row in table.rows]
        for table in document.tables  # type: ignore[attr-defined]
    ]
    return next(rows for rows in found if any(words in cell for row in rows for cell in row))
