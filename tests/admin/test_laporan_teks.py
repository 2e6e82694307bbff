"""The texts of a report: written over, given back, and never silently lost."""

from __future__ import annotations

import json

from sqlalchemy import select

from skm_app.database import Database
from skm_app.intake import Intake
from skm_app.models import Catatan, Unit
from tests.admin.helpers import Petugas
from tests.admin.laporan import id_of, make_2024
from tests.offices import ON_SQLITE, Kantor, close

pytestmark = ON_SQLITE

BARU = "Disusun bersama warga <b>Palaran</b>.\n\n- satu\n- dua"


def test_a_text_is_written_over_and_given_back_to_the_data(
    lia: Petugas, budi: Petugas, database: Database, intake: Intake, kantor: Kantor
) -> None:
    page = make_2024(database, intake, kantor)
    url = f"{page}/teks/ikm"
    assert "87,23" in lia.open(url).text

    assert lia.fill_in(url, {"teks": BARU}).location == f"{page}#teks"
    opened = lia.open(url)
    assert opened.by_id("teks").raw_text.strip() == BARU
    # What the data say stays beside it, and the page of the period says who wrote last.
    assert "87,23" in opened.root.first("section").text
    assert "ditulis ulang" in budi.open(page).text
    assert "Ubah" not in budi.open(page).root.first("main").text

    lia.press(page, f"{url}/kembalikan")
    assert "ditulis ulang" not in lia.open(page).text
    with database.reading() as session:
        deeds = session.scalars(select(Catatan).where(Catatan.objek == "teks_laporan")).all()
    assert [one.objek_id for one in deeds] == [f"{page.rpartition('/')[2]}/ikm"] * 2
    # Not its words: a text may quote a citizen.
    assert "warga" not in json.dumps([[one.sebelum, one.sesudah] for one in deeds])


def test_words_that_are_older_than_the_closing_are_told(
    lia: Petugas, database: Database, intake: Intake, kantor: Kantor
) -> None:
    page = make_2024(database, intake, kantor, tutup=False)
    lia.fill_in(f"{page}/teks/kesimpulan", {"teks": "Nilainya 75,00."})
    warning = "Teks BAB VI Kesimpulan ditulis sebelum periode ini ditetapkan"
    assert warning not in lia.open(page).text
    close(database, id_of(page))
    assert warning in lia.open(page).text
    lia.fill_in(f"{page}/teks/kesimpulan", {"teks": "Nilainya 87,23."})
    assert warning not in lia.open(page).text


def test_words_that_the_data_have_left_behind_are_pointed_out_until_they_are_read_again(
    lia: Petugas, database: Database, intake: Intake, kantor: Kantor
) -> None:
    page = make_2024(database, intake, kantor, tutup=False)
    url, mark = f"{page}/teks/latar", "data sudah berubah sejak ditulis ulang"
    lia.fill_in(url, {"teks": "Kecamatan Palaran melaksanakan SKM."})
    assert mark not in lia.open(page).text

    with database.writing() as session:
        session.get_one(Unit, kantor.palaran).nama = "Kecamatan Baru"
    told = lia.open(page)
    assert f"1.1 Latar belakang ditulis ulang {mark}" in told.text
    assert "Data untuk teks 1.1 Latar belakang sudah berubah" in told.text
    assert "Data sudah berubah sejak teks ini ditulis ulang." in lia.open(url).text
    lia.fill_in(url, {"teks": "Kecamatan Palaran melaksanakan SKM."})
    assert mark not in lia.open(page).text
    assert "sudah berubah" not in lia.open(page).root.first("main").text


def test_of_two_who_write_at_once_the_second_is_told(
    lia: Petugas, database: Database, intake: Intake, kantor: Kantor
) -> None:
    page = make_2024(database, intake, kantor)
    url = f"{page}/teks/ikm"
    first, second = lia.open(url), lia.open(url)
    form = next(n for n, one in enumerate(first.forms) if "teks" in one.fields)
    lia.send(first, {"teks": "Yang pertama."}, form=form, to=url)
    lia.send(second, {"teks": "Yang kedua."}, 409, form=form, to=url)
    lia.send(second, {"versi": "lima"}, 409, form=form, to=f"{url}/kembalikan")
    assert lia.open(url).by_id("teks").raw_text.strip() == "Yang pertama."


def test_a_text_that_is_too_long_or_empty_is_refused_and_kept_on_the_page(
    lia: Petugas, database: Database, intake: Intake, kantor: Kantor
) -> None:
    page = make_2024(database, intake, kantor)
    url = f"{page}/teks/ikm"
    long = "x" * 20_001
    told = lia.fill_in(url, {"teks": long}, 422)
    assert "Teks terlalu panjang: 20.001" in told.text
    assert told.by_id("teks").raw_text.strip() == long
    assert "kembalikan ke teks dari data" in lia.fill_in(url, {"teks": " \n "}, 422).text
    lia.fill_in(url, {"teks": "é" * 20_000})
    assert lia.client.get(f"{page}/teks/tidak-ada").status_code == 404
