"""The texts of Bab III: written over, given back, logged, and printed as they stand."""

from __future__ import annotations

import io
from decimal import Decimal

import docx
from sqlalchemy import select

from skm_app.admin.tulisan import KOSONG
from skm_app.database import Database
from skm_app.intake import Intake
from skm_app.models import Catatan, Target
from tests.admin.helpers import Petugas
from tests.offices import ON_SQLITE, Kantor, list_differences
from tests.pages import Page
from tests.reports.bab_iii.isi import fill_2024

pytestmark = ON_SQLITE

TEKS = "/admin/lkjip/teks"
PRESTASI = f"{TEKS}/prestasi?tahun=2024"
JUARA = "Juara I lomba <b>kebersihan</b>.\n\n1. satu\n2. dua"


def read_docx(petugas: Petugas, tahun: int = 2024) -> str:
    response = petugas.client.get(f"/admin/lkjip/bab-iii.docx?tahun={tahun}")
    assert response.status_code == 200, response.get_data(as_text=True)
    assert "attachment" in response.headers["Content-Disposition"]
    return "\n".join(p.text for p in docx.Document(io.BytesIO(response.data)).paragraphs)


def find_form(page: Page) -> int:
    return next(n for n, one in enumerate(page.forms) if "teks" in one.fields)


def test_a_text_is_written_over_printed_logged_and_given_back(
    lia: Petugas, budi: Petugas, database: Database, intake: Intake, kantor: Kantor
) -> None:
    fill_2024(database, intake, kantor)
    listed = lia.open(f"{TEKS}?tahun=2024")
    blanks = listed.root.first("div", class_="tindakan-daftar").text
    assert "C. Prestasi/penghargaan" in blanks
    assert "A.1 Sasaran 1" not in blanks

    assert lia.fill_in(PRESTASI, {"teks": JUARA}).location == f"{TEKS}?tahun=2024"
    opened = lia.open(PRESTASI)
    assert opened.by_id("teks").raw_text.strip() == JUARA
    # What the data say stays beside it, and the list says who has the word.
    assert "…………" in opened.root.first("section").text
    seen = budi.open(f"{TEKS}?tahun=2024")
    assert "C. Prestasi/penghargaan ditulis ulang" in seen.text
    assert "Prestasi" not in seen.root.first("div", class_="tindakan-daftar").text
    assert not [link for link in seen.root.first("main").all("a") if link.text.startswith("Ubah")]
    printed = read_docx(budi)
    assert "Juara I lomba <b>kebersihan</b>." in printed
    assert "NKO 93,95% dengan predikat Baik." in printed

    lia.press(f"{TEKS}?tahun=2024", f"{TEKS}/prestasi/kembalikan?tahun=2024")
    assert "ditulis ulang" not in lia.open(f"{TEKS}?tahun=2024").text
    with database.reading() as session:
        deeds = session.scalars(
            select(Catatan).where(Catatan.objek == "teks_kinerja").order_by(Catatan.nomor)
        ).all()
    assert [one.objek_id for one in deeds] == [f"{kantor.palaran}/2024/prestasi"] * 2
    first, second = deeds
    assert (first.sesudah, second.sebelum) == ({"teks": JUARA}, {"teks": JUARA})
    assert first.sebelum == second.sesudah
    assert first.unit_id == kantor.palaran
    assert list_differences(database) == []


def test_of_two_who_write_at_once_the_second_is_told(
    lia: Petugas, database: Database, intake: Intake, kantor: Kantor
) -> None:
    fill_2024(database, intake, kantor)
    first, second = lia.open(PRESTASI), lia.open(PRESTASI)
    form = find_form(first)

    lia.send(first, {"teks": "Yang pertama."}, form=form)
    lia.send(second, {"teks": "Yang kedua."}, 409, form=form)
    to = f"{TEKS}/prestasi/kembalikan?tahun=2024"
    lia.send(second, {"versi": "lima"}, 409, form=form, to=to)

    assert lia.open(PRESTASI).by_id("teks").raw_text.strip() == "Yang pertama."


def test_words_that_the_data_have_left_behind_are_pointed_out_until_they_are_read_again(
    lia: Petugas, budi: Petugas, database: Database, intake: Intake, kantor: Kantor
) -> None:
    isi = fill_2024(database, intake, kantor)
    url, mark = f"{TEKS}/target?tahun=2024", "data sudah berubah sejak ditulis ulang"
    lia.fill_in(url, {"teks": "IKM 87,23 dari target 88,31."})
    before = lia.open(url)
    assert mark not in lia.open(f"{TEKS}?tahun=2024").text

    with database.writing() as session:
        session.get_one(Target, (isi.indikator["ikm"], 2024)).target = Decimal(80)
    assert f"A.1 Target dan realisasi ditulis ulang {mark}" in budi.open(f"{TEKS}?tahun=2024").text
    warning = lia.open("/admin/lkjip?tahun=2024").root.first("div", class_="tindakan-daftar")
    assert "Teks “A.1 Target dan realisasi” ditulis ulang, tetapi datanya" in warning.text
    assert url in [link.attrs["href"] for link in warning.all("a")]
    assert "Data sudah berubah sejak teks ini ditulis ulang." in lia.open(url).text

    # What was compared with the words of before is not compared with those of now.
    lia.send(before, {"teks": "IKM 87,23."}, form=find_form(before))
    assert mark in lia.open(f"{TEKS}?tahun=2024").text
    lia.fill_in(url, {"teks": "IKM 87,23."})
    assert mark not in lia.open(f"{TEKS}?tahun=2024").text
    assert "datanya" not in lia.open("/admin/lkjip?tahun=2024").root.first("main").text
    with database.reading() as session:
        deeds = session.scalars(select(Catatan.keterangan).order_by(Catatan.nomor)).all()
    assert "tetap dipakai sesudah datanya berubah" in deeds[-1]


def test_the_longest_text_fits_in_any_letters(lia: Petugas, kantor: Kantor) -> None:
    long = "…" * 20_000
    lia.fill_in(PRESTASI, {"teks": long})
    assert lia.open(PRESTASI).by_id("teks").raw_text.strip() == long
    assert "20.001 huruf" in lia.fill_in(PRESTASI, {"teks": f"{long}…"}, 422).text


def test_a_text_that_cannot_be_kept_stays_on_the_page(
    lia: Petugas, database: Database, kantor: Kantor
) -> None:
    long = "x" * 20_001
    told = lia.fill_in(PRESTASI, {"teks": long}, 422)

    assert "Teks terlalu panjang: 20.001 huruf" in told.text
    assert told.by_id("teks").raw_text.strip() == long
    assert KOSONG in lia.fill_in(PRESTASI, {"teks": " \n "}, 422).text


def test_a_text_belongs_to_its_year(lia: Petugas, kantor: Kantor) -> None:
    lia.fill_in(PRESTASI, {"teks": "Juara 2024."})

    assert "Juara 2024." in read_docx(lia)
    assert "Juara 2024." not in read_docx(lia, 2023)
    assert lia.client.get("/admin/lkjip/bab-iii.pdf?tahun=2023").data.startswith(b"%PDF")


def test_only_admins_write_and_what_is_not_there_is_not_found(
    lia: Petugas, budi: Petugas, ani: Petugas, kantor: Kantor
) -> None:
    budi.open(PRESTASI, 403)
    ani.open(f"{TEKS}?tahun=2024", 403)
    assert ani.client.get("/admin/lkjip/bab-iii.docx?tahun=2024").status_code == 403
    for url in (
        f"{TEKS}/lain?tahun=2024",
        f"{TEKS}?tahun=abc",
        "/admin/lkjip/bab-iii.docx?tahun=1",
    ):
        lia.open(url, 404)
