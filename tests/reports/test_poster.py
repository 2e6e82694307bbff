"""The poster: the figures of the scoring, on one page, whatever the office is called."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest
from PIL import Image
from pypdf import PdfReader
from pypdf.generic import BooleanObject

from skm_app.angka import format_angka
from skm_app.database import Database
from skm_app.intake import Intake
from skm_app.models import Periode
from skm_app.profil import Profil
from skm_app.reports.bahan import read_bahan
from skm_app.reports.poster import Poster, make_poster, read_poster
from tests.offices import (
    ON_SQLITE,
    Kantor,
    add_periode,
    close,
    import_palaran,
    make_isian,
    today_wita,
)
from tests.reports.kartu import read_words, squeeze

POSTER = Poster(
    unit="Kecamatan Palaran", instansi="PEMERINTAH KOTA SAMARINDA", lambang=None, nama="2024",
    rentang="1 Januari sampai 31 Desember 2024", sementara=False, ikm=Decimal("87.23"),
    huruf="B", kinerja="Baik", n=1234, jenis_kelamin=(("Laki-laki", 634), ("Perempuan", 600)),
    pendidikan=(("SMA", 1000), ("Kelompok lain (digabung)", 234)),
    layanan=("Pengantar KTP", "Surat tidak mampu"),
)  # fmt: skip
# The longest there can be of everything.
PENUH = replace(
    POSTER, unit="W" * 100 + " Kependudukan dan Catatan Sipil #panic() $x$"[:100] + "m" * 57,
    instansi="PEMERINTAH " * 18, nama="Triwulan " * 20, ikm=Decimal("100.00"), huruf="A",
    kinerja="Sangat baik", sementara=True, layanan=tuple(f"{n} " + "Surat " * 33 for n in range(9)),
    pendidikan=tuple((f"Jenjang pendidikan {n}", 100_000 + n) for n in range(10)),
)  # fmt: skip


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return make_poster(POSTER, "a3", "pdf")


@pytest.fixture(scope="module")
def penuh() -> bytes:
    return make_poster(PENUH, "a4", "pdf")


@pytest.mark.parametrize(
    "words",
    [
        "INDEKS KEPUASAN MASYARAKAT",
        "PEMERINTAH KOTA SAMARINDA",
        "KECAMATAN PALARAN",
        "TAHUN 2024",
        "NILAI IKM 87,23",
        "MUTU B Baik",
        "Jumlah responden 1.234 orang",
        "Jenis kelamin Laki-laki 634 orang, Perempuan 600 orang",
        "Pendidikan SMA 1.000 orang, Kelompok lain (digabung) 234 orang",
        "Periode survei 1 Januari sampai 31 Desember 2024",
        "Nama layanan Pengantar KTP; Surat tidak mampu",
        "Terima kasih atas penilaian yang telah Anda berikan",
    ],
)
def test_the_poster_says(pdf: bytes, words: str) -> None:
    assert squeeze(words) in read_words(pdf)


def test_a_poster_is_one_tagged_page_of_its_paper(pdf: bytes, penuh: bytes) -> None:
    for made, size in ((pdf, (842, 1191)), (penuh, (595, 842))):
        reader = PdfReader(io.BytesIO(made))
        (page,) = reader.pages
        assert (round(page.mediabox.width), round(page.mediabox.height)) == size
        mark_info = reader.root_object["/MarkInfo"]
        assert mark_info["/Marked"] == BooleanObject(True)  # type: ignore[index]
        assert str(reader.root_object["/Lang"]) == "id-ID"


def test_endless_names_are_whole_on_the_poster(penuh: bytes) -> None:
    words = read_words(penuh)
    assert squeeze(PENUH.unit.upper()) in words
    assert squeeze(PENUH.nama.upper()) in words
    assert squeeze(PENUH.layanan[0]) in words
    assert squeeze("dan 8 layanan lain") in words


def test_an_open_period_is_marked_as_provisional(pdf: bytes, penuh: bytes) -> None:
    assert squeeze("SEMENTARA: angka masih dapat berubah") in read_words(penuh)
    assert "SEMENTARA" not in read_words(pdf)


def test_the_poster_of_a_demo_says_so(pdf: bytes) -> None:
    words = squeeze("Data contoh, bukan hasil survei sebenarnya")
    assert words in read_words(make_poster(replace(POSTER, contoh=True)))
    assert words not in read_words(pdf)


def test_the_highest_index_has_air_on_both_sides() -> None:
    highest = replace(POSTER, ikm=Decimal("100.00"))
    with Image.open(io.BytesIO(make_poster(highest, "a4", "png"))) as picture:
        grey = picture.convert("L")
    # Between the frame of its box and the figure, at half of the figure's height.
    for left in (100, 690):
        assert grey.crop((left, 640, left + 30, 740)).getextrema() == (255, 255)


def test_nothing_is_printed_over_the_edge_even_of_the_fullest_poster() -> None:
    with Image.open(io.BytesIO(make_poster(PENUH, "a4", "png"))) as picture:
        grey = picture.convert("L")
    assert grey.size == (1240, 1754)
    band = 460  # the head of the page is filled from edge to edge
    for box in ((0, band, 60, 1754), (1180, band, 1240, 1754), (0, 1720, 1240, 1754)):
        # The watermark alone may come near.
        assert grey.crop(box).getextrema()[0] > 200  # type: ignore[operator]


def test_the_same_poster_gives_the_same_bytes(pdf: bytes) -> None:
    again = make_poster(POSTER, "a3", "pdf")
    assert hashlib.sha256(again).digest() == hashlib.sha256(pdf).digest()


def test_a_poster_without_figures_says_why_and_shows_none() -> None:
    words = read_words(make_poster(replace(POSTER, kalimat="Belum ada jawaban.", n=None)))
    assert squeeze("Belum ada jawaban.") in words
    assert "NILAIIKM" not in words
    assert "Jumlahresponden" not in words


@pytest.fixture
def read(database: Database, kantor: Kantor) -> Callable[..., Poster]:
    """Read the poster of a new period, after closing it if asked."""

    def read(tahun: int, *, closed: bool = False) -> Poster:
        periode_id = add_periode(database, kantor.palaran, tahun, konvensi="portal-kota")
        if closed:
            close(database, periode_id)
        with database.reading() as session:
            bahan = read_bahan(session, session.get_one(Periode, periode_id))
            return read_poster(session, bahan)

    return read


def test_its_figures_are_those_of_the_scoring(
    read: Callable[..., Poster], database: Database, intake: Intake
) -> None:
    import_palaran(database, intake)
    poster = read(2024, closed=True)
    assert (format_angka(poster.ikm, 2), poster.huruf, poster.kinerja) == ("87,23", "B", "Baik")
    assert poster.n == 36
    assert sum(count for _, count in poster.jenis_kelamin) == 36
    assert sum(count for _, count in poster.pendidikan) == 36
    assert min(count for _, count in (*poster.jenis_kelamin, *poster.pendidikan)) >= 5
    assert poster.layanan == ("Pengantar KTP",)
    assert not poster.sementara
    assert not poster.kalimat


@ON_SQLITE
def test_four_answers_make_a_poster_without_figures(
    read: Callable[..., Poster], kantor: Kantor, intake: Intake
) -> None:
    for _ in range(4):
        intake.record(make_isian(kantor, profil=Profil(jenis_kelamin="L")))
    poster = read(today_wita().year)
    assert poster.sementara
    assert poster.kalimat.startswith("Kurang dari 5 jawaban masuk")
    assert (poster.ikm, poster.n, poster.huruf) == (None, None, "")
    assert (poster.jenis_kelamin, poster.pendidikan, poster.layanan) == ((), (), ())


@ON_SQLITE
def test_a_period_without_answers_says_so(read: Callable[..., Poster]) -> None:
    assert read(2023).kalimat == "Belum ada jawaban pada periode ini."
