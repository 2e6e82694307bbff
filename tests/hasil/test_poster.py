"""The poster of a public result: made once, kept, and made for nobody else."""

from __future__ import annotations

import io
from concurrent.futures import ThreadPoolExecutor
from datetime import date

from flask.testing import FlaskClient
from PIL import Image
from pypdf import PdfReader

from skm_app.models import KopSurat, Layanan, Periode
from skm_app.reports.bahan import read_bahan
from skm_app.reports.poster import read_poster
from skm_app.survey.hasil_data import Simpanan
from tests.hasil.kantor import Penerbit
from tests.offices import ON_SQLITE, import_palaran


@ON_SQLITE
def test_the_poster_of_a_year_is_public_with_its_page(
    client: FlaskClient, penerbit: Penerbit
) -> None:
    import_palaran(penerbit.database, penerbit.intake)
    penerbit.release(penerbit.add_year(konvensi="portal-kota"))
    poster = client.get("/hasil/2024/poster.pdf")
    assert (poster.status_code, poster.mimetype) == (200, "application/pdf")
    (page,) = PdfReader(io.BytesIO(poster.get_data())).pages
    text = page.extract_text()
    assert "87,23" in text
    assert "36 orang" in text
    assert "SEMENTARA" not in text
    again = client.get("/hasil/2024/poster.pdf", headers={"If-None-Match": poster.headers["ETag"]})
    assert (again.status_code, again.get_data()) == (304, b"")
    picture = client.get("/hasil/2024/poster.png")
    assert picture.mimetype == "image/png"
    width, height = Image.open(io.BytesIO(picture.get_data())).size
    assert 1.4 < height / width < 1.42


@ON_SQLITE
def test_a_poster_tells_no_groups_where_the_release_does_not(
    client: FlaskClient, penerbit: Penerbit
) -> None:
    for month in (1, 6):
        penerbit.answer(5, date(2024, month, 10))
    penerbit.release(penerbit.add_month(2024, 1))
    penerbit.release(penerbit.add_year())
    data = client.get("/hasil/2024/poster.pdf").get_data()
    text = PdfReader(io.BytesIO(data)).pages[0].extract_text()
    assert "10 orang" in text
    assert "Jenis kelamin" not in text
    assert "Pengantar KTP" not in text


@ON_SQLITE
def test_a_poster_says_what_was_released_below_the_letterhead_of_today(
    client: FlaskClient, penerbit: Penerbit
) -> None:
    penerbit.answer(9, date(2024, 1, 10))
    penerbit.release(penerbit.add_year())
    before = client.get("/hasil/2024/poster.png").headers["ETag"]
    with penerbit.database.writing() as session:
        session.add(KopSurat(unit_id=penerbit.kantor.palaran, instansi="Pemerintah Kota Baru"))
        session.get_one(Layanan, penerbit.kantor.ktp).nama = "Dinamai lain sejak itu"
    poster = client.get("/hasil/2024/poster.pdf")
    text = PdfReader(io.BytesIO(poster.get_data())).pages[0].extract_text()
    assert "Pengantar KTP" in text
    assert "KOTA BARU" in text.upper()
    asked = client.get("/hasil/2024/poster.png", headers={"If-None-Match": before})
    assert asked.status_code == 200


def test_a_poster_is_made_once_for_many_who_ask_and_only_the_newest_are_kept() -> None:
    kept, made = Simpanan(2), []

    def ask(sidik: str) -> bytes:
        def make() -> bytes:
            made.append(sidik)
            return sidik.encode()

        return kept.get((sidik, "pdf"), make)

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(ask, ["a"] * 40)) == {b"a"}
    assert made == ["a"]
    for sidik in ("b", "c", "b", "a"):
        assert ask(sidik) == sidik.encode()
    assert made == ["a", "b", "c", "a"]


@ON_SQLITE
def test_the_poster_for_the_wall_holds_back_what_the_release_does(penerbit: Penerbit) -> None:
    for month in (1, 6):
        penerbit.answer(9, date(2024, month, 10))
    penerbit.release(penerbit.add_month(2024, 1))
    periode_id = penerbit.add_year()
    penerbit.release(periode_id)
    with penerbit.database.reading() as session:
        poster = read_poster(session, read_bahan(session, session.get_one(Periode, periode_id)))
    assert poster.n == 18
    for groups in (poster.jenis_kelamin, poster.pendidikan, poster.layanan):
        assert len(groups) == 0
