"""AKIP: scores over the years, their predicates, and the forms behind them."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from skm_app.database import Database
from skm_app.models import Akip, Catatan
from tests.admin.helpers import Petugas
from tests.offices import ON_SQLITE, Kantor, list_differences
from tests.pages import Page

DAFTAR = "/admin/capaian/akip"
TAMBAH = f"{DAFTAR}/tambah"
LHE = "LHE AKIP Inspektorat"


def add(lia: Petugas, tahun: int, nilai: str, predikat: str = "", status: int = 303) -> Page:
    answers = {"tahun": str(tahun), "nilai": nilai, "predikat": predikat, "sumber": LHE}
    return lia.fill_in(TAMBAH, answers, status)


@pytest.fixture
def tiga_tahun(lia: Petugas) -> None:
    """As printed: 2021 to 2023."""
    add(lia, 2021, "60,00", "B")
    add(lia, 2022, "65,50", "B")
    add(lia, 2023, "76,50", "BB")


def read_rows(page: Page) -> list[str]:
    return [
        " ".join(cell.text for cell in row.walk() if cell.tag in ("th", "td"))
        for row in page.root.first("tbody").all("tr")
    ]


def find_form(page: Page) -> int:
    """The page's own form, beside those of the layout."""
    return next(n for n, form in enumerate(page.forms) if "versi" in form.fields)


@ON_SQLITE
def test_each_year_has_its_predicate_by_the_table_beside_the_printed_one(
    lia: Petugas, tiga_tahun: None
) -> None:
    page = lia.open(DAFTAR)

    rows = [row.split(" Ubah")[0] for row in read_rows(page)]
    assert rows == [
        f"2023 76,50 BB (Sangat Baik) BB naik 11,00 dari 2022 {LHE}",
        f"2022 65,50 B (Baik) B naik 5,50 dari 2021 {LHE}",
        f"2021 60,00 CC (Cukup) Bberbeda dari tabel – {LHE}",
    ]
    assert (
        "Tahun 2021: laporan evaluasi mencetak B, sedangkan menurut Tabel 3.1 nilai 60,00 termasuk "
        "CC (Cukup). Penghitungan NKO memakai CC."
    ) in page.text
    assert "Tahun 2022: laporan" not in page.text
    assert f"2021,60.00,CC,Cukup,B,–,{LHE}" in lia.client.get(f"{DAFTAR}?unduh=csv").text


@ON_SQLITE
def test_the_corrections_stand_below_with_their_source(lia: Petugas) -> None:
    page = lia.open(DAFTAR)

    assert "Belum ada nilai AKIP" in page.text
    assert read_rows(page) == [
        "AA Sangat Memuaskan lebih dari 90 sampai 100 0",
        "A Memuaskan lebih dari 80 sampai 90 0",
        "BB Sangat Baik lebih dari 70 sampai 80 10",
        "B Baik lebih dari 60 sampai 70 15",
        "CC Cukup lebih dari 50 sampai 60 20",
        "C Kurang lebih dari 30 sampai 50 30",
        "D Sangat Kurang 0 sampai 30 30",
    ]
    assert "Bab III.D nomor 2 dan Tabel 3.11" in page.text
    file = lia.client.get(f"{DAFTAR}?unduh=csv&tabel=koreksi").text
    assert "BB,Sangat Baik,lebih dari 70 sampai 80,10" in file


@ON_SQLITE
def test_what_cannot_be_is_refused_in_words_and_nothing_is_lost(
    lia: Petugas, database: Database
) -> None:
    add(lia, 2023, "76,50")
    changes: tuple[tuple[dict[str, str], str], ...] = (
        ({"nilai": "100,01"}, "antara 0 dan 100"),
        ({"nilai": "-1"}, "antara 0 dan 100"),
        ({"nilai": "76,505"}, "Paling banyak 2 desimal"),
        ({"nilai": "bagus"}, "bukan angka"),
        ({"nilai": ""}, "Isi nilai hasil evaluasi"),
        ({"tahun": "23"}, "empat angka"),
        ({"tahun": "²023"}, "empat angka"),
        ({"tahun": "1999"}, "Tahun antara 2000 dan 2100"),
        ({"predikat": "BBB"}, "pilih salah satu dari daftar"),
        ({"sumber": " "}, "Isi dokumen asalnya"),
        ({"tahun": "2023"}, "Nilai AKIP 2023 sudah ada"),
    )
    for answers, message in changes:
        typed = {"tahun": "2024", "nilai": "80", "predikat": "BB", "sumber": LHE, **answers}

        page = lia.fill_in(TAMBAH, typed, 422)

        assert message in page.text
        assert page.by_id("nilai").attrs["value"] == typed["nilai"]
        assert page.by_id("tahun").attrs["value"] == typed["tahun"]
    with database.reading() as session:
        assert [row.tahun for row in session.scalars(select(Akip))] == [2023]
    # Both ends of the scale are scores.
    add(lia, 2024, "0")
    add(lia, 2025, "100,00")
    assert [row[:14] for row in read_rows(lia.open(DAFTAR))][::2] == [
        "2025 100,00 AA",
        "2023 76,50 BB ",
    ]


def test_every_change_is_logged_with_what_was_before(
    lia: Petugas, database: Database, kantor: Kantor
) -> None:
    add(lia, 2023, "76,50", "BB")
    lia.fill_in(f"{DAFTAR}/2023/ubah", {"nilai": "77,10"})
    lia.fill_in(f"{DAFTAR}/2023/ubah", {"nilai": "77,1"})
    page = lia.open(f"{DAFTAR}/2023/hapus")
    assert "77,10, tercetak BB" in page.text
    lia.send(page, {}, form=find_form(page))

    assert "Belum ada nilai AKIP" in lia.open(DAFTAR).text
    with database.reading() as session:
        log = session.scalars(
            select(Catatan).where(Catatan.objek == "akip").order_by(Catatan.nomor)
        ).all()
    assert [(one.aksi, one.objek_id, one.oleh) for one in log] == [
        (aksi, f"{kantor.palaran}/2023", "lia") for aksi in ("tambah", "ubah", "hapus")
    ]
    assert (log[1].sebelum, log[1].sesudah) == ({"nilai": "76.50"}, {"nilai": "77.10"})
    assert log[2].sebelum is not None
    assert (log[2].sebelum["nilai"], log[2].sesudah) == ("77.10", None)
    assert list_differences(database) == []


@ON_SQLITE
def test_the_head_of_the_office_reads_and_the_operator_does_not(
    lia: Petugas, budi: Petugas, ani: Petugas
) -> None:
    add(lia, 2023, "76,50")

    page = budi.open(DAFTAR)

    assert "76,50" in page.text
    assert not [link for link in page.root.all("a") if link.text.startswith(("Ubah", "Hapus"))]
    for url in (TAMBAH, f"{DAFTAR}/2023/ubah", f"{DAFTAR}/2023/hapus"):
        budi.open(url, 403)
        lia.open(url.replace("2023", "2022"), 200 if url == TAMBAH else 404)
    ani.open(DAFTAR, 403)


@ON_SQLITE
def test_of_two_people_the_second_is_told(lia: Petugas, database: Database) -> None:
    add(lia, 2023, "76,50")
    seen = [lia.open(f"{DAFTAR}/2023/{what}") for what in ("ubah", "hapus")]
    lia.fill_in(f"{DAFTAR}/2023/ubah", {"nilai": "77,10"})

    for page in seen:
        told = lia.send(page, {}, 409, form=find_form(page))
        assert "sudah diubah orang lain" in told.text
    with database.reading() as session:
        assert [str(row.nilai) for row in session.scalars(select(Akip))] == ["77.10"]
