"""Text blocks: written over by the office and back, by two people at once, and set in print."""

from __future__ import annotations

import uuid

import pytest

from skm_app.database import Database
from skm_app.intake import Intake
from skm_app.models import Periode
from skm_app.reports.dokumen import Blok, Daftar, Dokumen, Judul, Paragraf
from skm_app.reports.laporan import (
    MAX_TEKS,
    BlokTeks,
    TeksError,
    TeksUsangError,
    change_teks,
    list_teks,
    make_laporan,
)
from tests.offices import ON_SQLITE, Kantor, add_periode, make_isian
from tests.reports.laporan.baca import find_tabel, section

pytestmark = ON_SQLITE


@pytest.fixture
def periode_id(database: Database, kantor: Kantor, intake: Intake) -> uuid.UUID:
    found = add_periode(database, kantor.palaran, 2026)
    intake.record_all([make_isian(kantor) for _ in range(6)])
    return found


def read(database: Database, periode_id: uuid.UUID, kunci: str = "latar") -> BlokTeks:
    with database.reading() as session:
        all_teks = list_teks(session, session.get_one(Periode, periode_id))
    return next(one for one in all_teks if one.kunci == kunci)


def change(
    database: Database, periode_id: uuid.UUID, isi: str | None, versi: int, kunci: str = "latar"
) -> None:
    blok = read(database, periode_id, kunci)
    with database.writing() as session:
        change_teks(session, session.get_one(Periode, periode_id), blok, isi, versi)


def make(database: Database, periode_id: uuid.UUID) -> Dokumen:
    with database.reading() as session:
        return make_laporan(session, session.get_one(Periode, periode_id))


def below(dokumen: Dokumen, nomor: str) -> list[Blok]:
    """What stands below a heading."""
    place = next(
        number
        for number, one in enumerate(dokumen.blok)
        if isinstance(one, Judul) and one.nomor == nomor
    )
    found: list[Blok] = []
    for one in dokumen.blok[place + 1 :]:
        if isinstance(one, Judul):
            break
        found.append(one)
    return found


def test_every_block_has_a_key_that_fits_and_words_from_the_data(
    database: Database, periode_id: uuid.UUID
) -> None:
    with database.reading() as session:
        all_teks = list_teks(session, session.get_one(Periode, periode_id))
    keys = [one.kunci for one in all_teks]
    assert len(set(keys)) == len(keys) > 20
    assert max(map(len, keys)) <= 40
    assert all(one.judul and one.isi and one.isi == one.bawaan for one in all_teks)
    assert not any(one.diubah or one.versi for one in all_teks)


def test_a_text_that_was_written_over_is_printed(database: Database, periode_id: uuid.UUID) -> None:
    change(database, periode_id, "Kami ingin melayani lebih baik.", 0)
    teks = read(database, periode_id)
    assert teks.diubah
    assert teks.isi == "Kami ingin melayani lebih baik." != teks.bawaan
    assert section(make(database, periode_id), "1.1") == teks.isi


@pytest.mark.parametrize("back", [None, "", " \n ", "bawaan"])
def test_a_text_goes_back_to_the_words_of_the_data(
    database: Database, periode_id: uuid.UUID, back: str | None
) -> None:
    change(database, periode_id, "Lain.", 0)
    teks = read(database, periode_id)
    change(database, periode_id, teks.bawaan if back == "bawaan" else back, teks.versi)
    again = read(database, periode_id)
    assert not again.diubah
    assert again.isi == again.bawaan == teks.bawaan


def test_of_two_people_the_second_is_told(database: Database, periode_id: uuid.UUID) -> None:
    change(database, periode_id, "Yang pertama.", 0)
    with pytest.raises(TeksUsangError, match="sudah diubah orang lain"):
        change(database, periode_id, "Yang kedua.", 0)
    assert read(database, periode_id).isi == "Yang pertama."


def test_a_version_never_comes_back(database: Database, periode_id: uuid.UUID) -> None:
    change(database, periode_id, "Satu.", 0)
    opened = read(database, periode_id).versi
    change(database, periode_id, None, opened)
    change(database, periode_id, "Dua.", read(database, periode_id).versi)
    with pytest.raises(TeksUsangError):
        change(database, periode_id, "Tiga.", opened)


def test_the_words_of_the_data_go_on_changing_beside_the_offices_own(
    database: Database, periode_id: uuid.UUID, kantor: Kantor, intake: Intake
) -> None:
    change(database, periode_id, "Enam orang menjawab.", 0, "responden")
    before = read(database, periode_id, "responden")
    intake.record(make_isian(kantor))
    after = read(database, periode_id, "responden")
    assert after.isi == before.isi == "Enam orang menjawab."
    assert "berjumlah 6 orang" in before.bawaan
    assert "berjumlah 7 orang" in after.bawaan


def test_a_text_may_be_long_but_not_longer(database: Database, periode_id: uuid.UUID) -> None:
    long = "Kalimat. " * (MAX_TEKS // 9)
    change(database, periode_id, long, 0)
    assert section(make(database, periode_id), "1.1") == long.strip()
    with pytest.raises(TeksError, match=r"20\.001 huruf\. Paling banyak 20\.000"):
        change(database, periode_id, "x" * (MAX_TEKS + 1), 1)


def test_blank_lines_part_paragraphs_and_dashes_make_lists(
    database: Database, periode_id: uuid.UUID
) -> None:
    change(database, periode_id, "Satu\nbaris.\n\n\n\nDaftar:\n- a - b\n- c\r\nLalu.", 0)
    assert below(make(database, periode_id), "1.1") == [
        Paragraf(teks="Satu baris."),
        Paragraf(teks="Daftar:"),
        Daftar(butir=["a - b", "c"]),
        Paragraf(teks="Lalu."),
    ]


def test_odd_characters_are_gone_and_braces_stay(database: Database, periode_id: uuid.UUID) -> None:
    change(database, periode_id, "Pelayanan\x00\u202e \U0001f600 {{ ikm }} <b> #let \ud83d baik", 0)
    assert section(make(database, periode_id), "1.1") == "Pelayanan {{ ikm }} <b> #let baik"


def test_the_time_table_is_filled_in_line_by_line(
    database: Database, periode_id: uuid.UUID
) -> None:
    change(database, periode_id, "Rapat | 5 Januari 2026 | 1\nCetak |\n| | 2 | 3\n\n", 0, "jadwal")
    tabel = find_tabel(make(database, periode_id), "Waktu pelaksanaan")
    assert [tuple(row) for row in tabel.baris] == [
        ("1", "Rapat", "5 Januari 2026", "1"),
        ("2", "Cetak", "…………", "…………"),
        ("3", "…………", "…………", "2 | 3"),
    ]
    assert tabel.catatan == ""
