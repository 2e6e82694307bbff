"""Many titik at once, and their cards in one document."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader
from sqlalchemy import func, select

from skm_app.database import Database
from skm_app.models import Titik
from tests.admin.bagian import add_bukuan
from tests.admin.catatan import read_catatan
from tests.admin.helpers import Petugas
from tests.offices import LOKET, LOKET_KTP, LOKET_RAWA, LOKET_TUTUP, ON_SQLITE, Kantor
from tests.pages import Page, read_page
from tests.reports.kartu import read_words

BANYAK = "/admin/titik/banyak"
LEMBAR = "/admin/titik/lembar.pdf"


def ask(
    lia: Petugas,
    tempat: list[str],
    status: int = 200,
    *,
    jumlah: str = "1",
    pola: str = "Meja {nomor}",
    mulai: str = "1",
    langkah: str = "lihat",
) -> Page:
    """Fill in the form for many titik; a browser sends each ticked box under the same name."""
    page = lia.open(BANYAK)
    data = {
        "csrf_token": page.forms[-1].fields["csrf_token"],
        "tempat": tempat,
        "jumlah": jumlah,
        "pola": pola,
        "mulai": mulai,
        "langkah": langkah,
    }
    return read_page(lia.client.post(BANYAK, data=data), status)


def list_names(database: Database, awal: str) -> list[str]:
    with database.reading() as session:
        return sorted(session.scalars(select(Titik.nama).where(Titik.nama.startswith(awal))))


def count_titik(database: Database) -> int:
    with database.reading() as session:
        return session.scalar(select(func.count(Titik.id))) or 0


def test_titik_are_shown_before_they_are_made(
    lia: Petugas, database: Database, kantor: Kantor
) -> None:
    before = count_titik(database)
    both = [f"{kantor.palaran}/{kantor.sktm}", f"{kantor.rawa_makmur}/"]

    page = ask(lia, both, jumlah="2", pola="Meja {nomor} {layanan}", mulai="4")

    assert page.h1 == "Periksa 4 titik baru"
    assert "Meja 5 Surat tidak mampu" in page.text
    assert count_titik(database) == before
    made = lia.send(page, {"langkah": "buat"}, 303, form=len(page.forms) - 1)
    assert "4 titik sudah dibuat." in lia.follow(made).text
    assert list_names(database, "Meja") == [
        "Meja 4", "Meja 4 Surat tidak mampu", "Meja 5", "Meja 5 Surat tidak mampu",
    ]  # fmt: skip
    assert [one.aksi for one in read_catatan(database)] == ["tambah"] * 4


def test_numbers_run_on_through_the_services_of_a_unit(
    lia: Petugas, database: Database, kantor: Kantor
) -> None:
    tempat = [f"{kantor.palaran}/{kantor.ktp}", f"{kantor.palaran}/{kantor.sktm}"]

    ask(lia, tempat, 303, langkah="buat")

    assert list_names(database, "Meja") == ["Meja 1", "Meja 2"]


@ON_SQLITE
def test_what_was_shown_can_be_changed_again(lia: Petugas, kantor: Kantor) -> None:
    page = ask(lia, [f"{kantor.palaran}/"], jumlah="3", pola="Kursi {nomor}")

    again = lia.send(page, {"langkah": "ubah"}, 200, form=len(page.forms) - 1)

    fields = again.forms[-1].fields
    assert (fields["jumlah"], fields["pola"]) == ("3", "Kursi {nomor}")
    assert fields["tempat"] == f"{kantor.palaran}/"


@ON_SQLITE
@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"jumlah": "101"}, "Paling banyak 100 titik sekali buat; ini 101."),
        ({"jumlah": "0"}, "Isi angka 1 sampai 999."),
        ({"jumlah": "dua"}, "Isi angka 1 sampai 999."),
        ({"mulai": "-1"}, "Isi angka 1 sampai 999."),
        ({"pola": " "}, "Isi pola nama."),
        ({"pola": "Meja {no}"}, "{no} tidak dikenal."),
        ({"pola": "Meja {nomor"}, "{nomor tidak dikenal."),
        ({"pola": "Meja", "jumlah": "2"}, "Nama Meja muncul dua kali di Kecamatan Palaran."),
        ({"pola": "loket"}, "loket sudah ada di Kecamatan Palaran."),
        ({"pola": "{layanan}"}, "Nama titik 1 sampai 200 karakter."),
        ({"pola": "{unit}" * 20}, "Nama titik 1 sampai 200 karakter."),
    ],
)
@pytest.mark.parametrize("langkah", ["lihat", "buat"])
def test_what_cannot_be_is_refused_whole_and_kept_in_the_form(
    lia: Petugas,
    database: Database,
    kantor: Kantor,
    changes: dict[str, str],
    message: str,
    langkah: str,
) -> None:
    before = count_titik(database)

    page = ask(lia, [f"{kantor.palaran}/"], 422, langkah=langkah, **changes)

    assert message in page.text
    assert page.forms[-1].fields["tempat"] == f"{kantor.palaran}/"
    assert count_titik(database) == before


@ON_SQLITE
@pytest.mark.parametrize("tempat", [[], ["x"], ["{kota}/"], ["{palaran}/{domisili}"]])
def test_places_that_cannot_be_chosen_are_refused(
    lia: Petugas, kantor: Kantor, tempat: list[str]
) -> None:
    filled = [one.format(**vars(kantor)) for one in tempat]

    assert ask(lia, filled, 422, langkah="buat").h1 == "Buat banyak titik"


def read_lembar(petugas: Petugas, query: str) -> tuple[int, str]:
    """Pages and words of a sheet."""
    answer = petugas.client.get(f"{LEMBAR}?{query}")
    assert answer.status_code == 200, answer.text
    assert answer.mimetype == "application/pdf"
    return len(PdfReader(io.BytesIO(answer.data)).pages), read_words(answer.data)


@ON_SQLITE
def test_the_chosen_cards_come_in_one_document(ani: Petugas) -> None:
    chosen = f"titik={LOKET}&titik={LOKET_RAWA}"

    pages, words = read_lembar(ani, f"{chosen}&bentuk=empat")
    assert pages == 1
    for kode in (LOKET, LOKET_RAWA):
        assert f"http://127.0.0.1:8000/s/{kode}" in words
    assert LOKET_KTP not in words
    assert read_lembar(ani, f"{chosen}&bentuk=tenda")[0] == 2
    assert read_lembar(ani, f"{chosen}&bentuk=a5")[0] == 2


@ON_SQLITE
def test_all_open_titik_of_a_unit_come_in_one_document(ani: Petugas, kantor: Kantor) -> None:
    _, words = read_lembar(ani, f"unit={kantor.palaran}")

    assert LOKET in words
    assert LOKET_KTP in words
    assert LOKET_TUTUP not in words
    assert LOKET_RAWA not in words


@ON_SQLITE
def test_without_a_choice_the_list_says_what_to_do(
    ani: Petugas, database: Database, kantor: Kantor
) -> None:
    assert "Centang dahulu titiknya" in ani.follow(ani.open(LEMBAR, 303)).text

    with database.writing() as session:
        session.add_all(
            Titik(unit_id=kantor.rawa_makmur, kode=f"BANY{number:03d}", nama=f"Meja {number}")
            for number in range(100)
        )
    page = ani.follow(ani.open(f"{LEMBAR}?unit={kantor.rawa_makmur}", 303))
    assert "Paling banyak 100 kartu sekali unduh; ini 101." in page.text


@ON_SQLITE
@pytest.mark.parametrize(
    "query", ["titik=TIDAKA", "unit=x", "unit={kota}", f"titik={LOKET}&bentuk=bulat"]
)
def test_what_is_not_there_cannot_be_printed(ani: Petugas, kantor: Kantor, query: str) -> None:
    ani.open(f"{LEMBAR}?{query.format(**vars(kantor))}", 404)


@ON_SQLITE
def test_a_unit_without_titik_gives_no_document(
    ani: Petugas, database: Database, kantor: Kantor
) -> None:
    bukuan = add_bukuan(database, kantor)
    with database.writing() as session:
        session.scalars(select(Titik).where(Titik.unit_id == bukuan)).one().aktif = False

    assert ani.open(f"{LEMBAR}?unit={bukuan}", 303).location == "/admin/titik"
