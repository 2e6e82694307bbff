"""The public pages: nothing before the release, everything after, gone after reopening."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime

import pytest
from flask.testing import FlaskClient

from skm_app.models import Instalasi, Rtl, Saran, TinjauanSaran, Unit, new_id
from tests.hasil.kantor import PEREMPUAN, Penerbit
from tests.offices import LOKET, ON_SQLITE, add_periode, close, import_palaran, release, reopen
from tests.pages import Browser, Page
from tests.reports.kartu import read_words, squeeze

pytestmark = ON_SQLITE

JANUARI = date(2024, 1, 10)
BELOW = ("", "/data.csv", "/data.json", "/poster.pdf", "/poster.png")


def list_rows(page: Page) -> dict[str, list[str]]:
    """Cells of every table row, by its heading."""
    return {
        row.first("th").text: [cell.text for cell in row.all("td")]
        for table in page.root.all("table")
        for row in table.first("tbody").all("tr")
    }


def test_nothing_is_told_before_the_release_and_after_reopening(
    browser: Browser, client: FlaskClient, penerbit: Penerbit
) -> None:
    import_palaran(penerbit.database, penerbit.intake)
    periode = penerbit.add_year(konvensi="portal-kota")
    penetapan = close(penerbit.database, periode)

    def is_public() -> bool:
        shown = {client.get(f"/hasil/2024{path}").status_code for path in BELOW[:3]}
        assert len(shown) == 1
        listed = client.get("/api/v1/hasil.json").get_json()["hasil"]
        told = ["87,23" in browser.open(path).text for path in ("/", "/hasil")]
        assert told == [bool(listed)] * 2
        assert shown == ({200} if listed else {404})
        return bool(listed)

    assert not is_public()
    assert "Belum ada hasil" in browser.open("/hasil").text
    release(penerbit.database, penetapan)
    assert is_public()
    reopen(penerbit.database, periode)
    assert not is_public()
    again = close(penerbit.database, periode)
    assert not is_public()
    release(penerbit.database, again)
    assert is_public()


def test_the_page_of_a_year_tells_what_was_computed(browser: Browser, penerbit: Penerbit) -> None:
    import_palaran(penerbit.database, penerbit.intake)
    penerbit.release(
        penerbit.add_year(
            konvensi="portal-kota", populasi=65_199, populasi_sumber="Jumlah penduduk"
        )
    )
    front = browser.open("/")
    page = browser.open(front.root.first("a", href="/hasil").attrs["href"])
    page = browser.open(page.root.first("a", href="/hasil/2024").attrs["href"])
    assert page.h1 == "Hasil survei 2024"
    assert "87,23 pada skala 25 sampai 100 Mutu B: Baik" in page.text
    assert (
        "Jumlah responden belum memenuhi kebutuhan: 36 dari 382 orang, dihitung dari 65.199 orang "
        "(sumber: Jumlah penduduk)." in page.text
    )
    technical = page.root.first("details").text
    assert "dibulatkan 3 desimal" in technical
    assert "Kode keaslian:" in technical
    assert page.text.count("dibulatkan") == technical.count("dibulatkan")
    rows = list_rows(page)
    assert rows["U1 Persyaratan"] == ["82,64", "B"]
    assert rows["U4 Biaya/Tarif"] == ["100,00", "A"]
    assert rows["Perempuan"] == ["16"]
    # Ages of 1..4 people were folded with a larger group.
    assert rows["Kelompok lain (digabung)"]
    assert min(int(row[-1]) for name, row in rows.items() if name[:1] != "U") >= 5


def test_enough_respondents_are_told_as_enough(browser: Browser, penerbit: Penerbit) -> None:
    penerbit.answer(30, JANUARI)
    penerbit.release(penerbit.add_year(populasi=30))
    assert (
        "Jumlah responden memenuhi kebutuhan: 30 orang dari 28 yang dibutuhkan, dihitung dari "
        "30 orang." in browser.open("/hasil/2024").text
    )


def test_the_plans_upon_a_result_are_told_as_they_stood_at_its_release(
    browser: Browser, client: FlaskClient, penerbit: Penerbit
) -> None:
    penerbit.answer(5, JANUARI)
    periode = penerbit.add_year()
    fields = {"periode_id": periode, "unsur": "persyaratan", "penanggung_jawab": "Budi"}
    with penerbit.database.writing() as session:
        session.add(Rtl(program="Papan syarat di loket", tahun=2025, triwulan=2, **fields))
        session.add(
            Rtl(program="Syarat di situs", tahun=2025, triwulan=1, status="berjalan", **fields)
        )
    penerbit.release(periode)
    with penerbit.database.writing() as session:
        for one in session.query(Rtl):
            one.status = "tidak"
    page = browser.open("/hasil/2024")
    assert [one.text for one in page.root.all("dd")] == [
        "Syarat di situsTriwulan 1 tahun 2025 · sedang dikerjakan",
        "Papan syarat di loketTriwulan 2 tahun 2025 · direncanakan",
    ]
    assert "Budi" not in page.text
    assert client.get("/hasil/2024/data.json").get_json()["rencana"][1] == {
        "unsur": "persyaratan", "program": "Papan syarat di loket", "triwulan": 2, "tahun": 2025,
        "status": "rencana",
    }  # fmt: skip
    assert "Quarter 2 of 2025 · planned" in browser.open("/hasil/2024?bahasa=en").text


def test_a_result_without_a_plan_promises_none(browser: Browser, penerbit: Penerbit) -> None:
    import_palaran(penerbit.database, penerbit.intake)
    penerbit.release(penerbit.add_year())
    text = browser.open("/hasil/2024").text
    assert "Nilai terendah:" in text
    assert "Rencana perbaikan" not in text


def test_every_page_and_poster_of_a_demo_says_so(
    browser: Browser, client: FlaskClient, penerbit: Penerbit
) -> None:
    with penerbit.database.writing() as session:
        session.add(Instalasi(kunci="demo", nilai="ya"))
    penerbit.answer(5, JANUARI)
    penerbit.release(penerbit.add_year())
    line = "Data contoh, bukan hasil survei sebenarnya"
    titik = f"/s/{LOKET}"
    for path in ("/", titik, f"{titik}/terima-kasih", "/hasil", "/hasil/2024", "/pengaduan"):
        assert line in browser.open(path).text, path
    copies = client.get(f"{titik}/luring.json").get_json()["halaman"].values()
    assert {line in one or "Sample data" in one for one in copies} == {True}
    assert squeeze(line) in read_words(client.get("/hasil/2024/poster.pdf").get_data())


def test_a_real_office_has_no_such_line(browser: Browser, penerbit: Penerbit) -> None:
    penerbit.answer(5, JANUARI)
    penerbit.release(penerbit.add_year())
    for path in ("/", f"/s/{LOKET}", "/hasil/2024"):
        assert "Data contoh" not in browser.open(path).text


def test_a_bar_is_as_long_as_its_value_on_the_scale(browser: Browser, penerbit: Penerbit) -> None:
    penerbit.answer(5, JANUARI, 3)
    penerbit.release(penerbit.add_year())
    bars = browser.open("/hasil/2024").root.all("rect")
    # 75 lies two thirds of the way from 25 to 100.
    assert {one.attrs["width"] for one in bars} == {"66.7"}


def test_periods_are_compared_with_the_one_before(browser: Browser, penerbit: Penerbit) -> None:
    for tahun, nilai in ((2022, 2), (2023, 4), (2024, 3)):
        penerbit.answer(5, date(tahun, 5, 5), nilai)
        penerbit.release(penerbit.add_year(tahun))
    text = browser.open("/hasil").text
    assert text.index("2024 Nilai 75,00") < text.index("2023 Nilai 100,00")
    assert "Turun 25,00 dari 2023." in text
    assert "Naik 50,00 dari 2022." in text
    trend = list_rows(browser.open("/hasil/2023"))
    assert [trend[tahun] for tahun in ("2022", "2023", "2024")] == [
        ["50,00", "D", "5"],
        ["100,00", "A", "5"],
        ["75,00", "C", "5"],
    ]


def test_parts_of_a_year_stand_under_their_names(browser: Browser, penerbit: Penerbit) -> None:
    for month in (1, 2):
        penerbit.answer(5, date(2024, month, 3))
    penerbit.release(penerbit.add_month(2024, 1, "Januari 2024"))
    penerbit.release(penerbit.add_month(2024, 2, "januari  2024!"))
    page = browser.open("/hasil/2024")
    links = [one.attrs["href"] for one in page.root.all("a", class_="jalan")]
    assert links[:2] == ["/hasil/2024/januari-2024-2", "/hasil/2024/januari-2024"]
    assert browser.open(links[1]).h1 == "Hasil survei Januari 2024"
    # The year as a whole has no result of its own.
    browser.open("/hasil/2024/data.csv", status=404)
    penerbit.release(penerbit.add_year())
    assert browser.open("/hasil/2024").h1 == "Hasil survei 2024"
    assert (
        "Rincian menurut layanan dan kelompok responden tidak" in browser.open("/hasil/2024").text
    )
    browser.open(links[0])


def test_other_units_have_pages_of_their_own(browser: Browser, penerbit: Penerbit) -> None:
    penerbit.answer(5, JANUARI, rawa=True)
    penerbit.answer(5, JANUARI)
    penerbit.release(penerbit.add_year())
    penerbit.release(penerbit.add_year(rawa=True))
    (link,) = (
        one.attrs["href"]
        for one in browser.open("/hasil").root.all("a")
        if one.text == "Kelurahan Rawa Makmur"
    )
    assert link == f"/hasil?unit={penerbit.kantor.rawa_makmur}"
    village = browser.open(link)
    page = browser.open(village.root.first("article").first("a").attrs["href"])
    assert page.root.first("header").first("p").text == "Kelurahan Rawa Makmur"
    assert "Dari jawaban 5 responden" in page.text
    assert "Dari jawaban 10 responden" in browser.open("/hasil/2024").text


def test_what_is_not_public_looks_like_what_never_was(
    client: FlaskClient, penerbit: Penerbit
) -> None:
    with penerbit.database.writing() as session:
        foreign = Unit(
            id=new_id(), parent_id=penerbit.kantor.kota, jenis="kecamatan", nama="Kecamatan Lain"
        )
        session.add(foreign)
    penerbit.answer(5, JANUARI, rawa=True)
    penerbit.answer(5, date(2023, 1, 1))
    penerbit.release(penerbit.add_year(2023))
    # Closed, not released; and the result of a unit above the office, released.
    close(penerbit.database, penerbit.add_year(2024))
    close(penerbit.database, penerbit.add_year(2024, rawa=True))
    penerbit.answer(5, date(2021, 1, 1))
    penerbit.release(add_periode(penerbit.database, penerbit.kantor.kota, tahun=2021))
    wrong = [
        *(f"/hasil/{year}" for year in ("1999", "02023", "9999", "2023x", "-2023", "2 023")),
        *(f"/hasil?unit={one}" for one in (foreign.id, penerbit.kantor.kota, uuid.uuid4(), "x")),
        f"/hasil?unit={penerbit.kantor.rawa_makmur}",
        f"/hasil/2024?unit={penerbit.kantor.rawa_makmur}",
        f"/hasil/2023?unit={foreign.id}",
        "/hasil/2021",
        "/hasil/2023/2023",
        "/hasil/2023/" + "a" * 200,
        "/hasil/2023/..%2F2024",
        "/hasil/2024",
    ]
    pages = {client.get(path).get_data() for path in wrong}
    assert {client.get(path).status_code for path in wrong} == {404}
    assert len(pages) == 1
    for path in BELOW[1:]:
        answers = [client.get(f"/hasil/{year}{path}") for year in ("2024", "1999", "x")]
        assert {one.status_code for one in answers} == {404}
        assert len({one.get_data() for one in answers}) == 1


def test_comments_are_shown_while_they_are_released_and_in_their_period_only(
    browser: Browser, penerbit: Penerbit
) -> None:
    penerbit.answer(5, JANUARI, profil=PEREMPUAN)
    penerbit.release(penerbit.add_year())
    kantor = penerbit.kantor
    with penerbit.database.writing() as session:
        for day, teks in ((JANUARI, "Petugas ramah."), (date(2023, 12, 31), "Tahun lalu panas.")):
            saran = Saran(
                id=uuid.uuid4(), unit_id=kantor.palaran, layanan_id=kantor.ktp, tanggal=day,
                teks=teks, pengaduan=False,
            )  # fmt: skip
            session.add(saran)
            session.flush()
            session.add(
                TinjauanSaran(
                    saran_id=saran.id, teks_aman=teks, boleh_tayang=True, ditinjau=datetime.now(UTC)
                )
            )
    text = browser.open("/hasil/2024").text
    assert "Kata warga Petugas ramah." in text
    assert "Tahun lalu" not in text
    with penerbit.database.writing() as session:
        for one in session.query(TinjauanSaran):
            one.boleh_tayang = False
    assert "Petugas ramah." not in browser.open("/hasil/2024").text


def test_comments_of_a_part_of_a_month_would_tell_their_days_and_are_not_shown(
    browser: Browser, penerbit: Penerbit
) -> None:
    kantor = penerbit.kantor
    with penerbit.database.writing() as session:
        for month in (5, 6, 7):
            saran = Saran(
                id=uuid.uuid4(), unit_id=kantor.palaran, layanan_id=kantor.ktp,
                tanggal=date(2024, month, 11), teks=f"Kursi {month} kurang.", pengaduan=False,
            )  # fmt: skip
            session.add(saran)
            session.flush()
            session.add(
                TinjauanSaran(
                    saran_id=saran.id, teks_aman=saran.teks, boleh_tayang=True,
                    ditinjau=datetime.now(UTC),
                )
            )  # fmt: skip
    for tahun, mulai, sampai, shown in (
        (2024, date(2024, 6, 11), date(2024, 6, 11), []),
        (2023, date(2024, 5, 2), date(2024, 7, 30), [6]),
        (2022, date(2024, 5, 1), date(2024, 6, 30), [5, 6]),
    ):
        penerbit.answer(9, date(2024, 6, 11))
        penerbit.release(penerbit.add_year(tahun, jenis="lain", mulai=mulai, sampai=sampai))
        text = browser.open(f"/hasil/{tahun}/{tahun}").text
        assert [month for month in (5, 6, 7) if f"Kursi {month} kurang." in text] == shown


def test_the_pages_speak_english_and_leave_the_offices_words(
    browser: Browser, penerbit: Penerbit
) -> None:
    import_palaran(penerbit.database, penerbit.intake)
    penerbit.release(penerbit.add_year())
    page = browser.open("/hasil/2024?bahasa=en")
    assert page.root.first("html").attrs["lang"] == "en"
    assert page.h1 == "Survey result 2024"
    assert "From the answers of 36 respondents, 1 January 2024 to 31 December 2024." in page.text
    assert "Other groups (combined)" in page.text
    assert page.root.first("a", lang="id").attrs["href"] == "/hasil/2024"
    named = [one for one in page.root.all("bdi") if one.text == "Pengantar KTP"]
    assert [one.attrs.get("lang") for one in named] == ["id"]
    links = [one.attrs["href"] for one in page.root.all("a", class_="jalan")]
    assert links == ["/hasil?bahasa=en", "/?bahasa=en"]
    assert "Up" not in browser.open("/hasil?bahasa=en").text


def test_a_long_name_is_shown_whole_and_its_address_is_short(
    browser: Browser, client: FlaskClient, penerbit: Penerbit
) -> None:
    with penerbit.database.writing() as session:
        session.get_one(Unit, penerbit.kantor.palaran).nama = "<b>K&" + "Ñ" * 195
    penerbit.answer(5, JANUARI)
    nama = "=1+1 " + "Ж" * 95
    penerbit.release(penerbit.add_month(2024, 1, nama))
    page = browser.open("/hasil/2024")
    assert page.root.first("header").first("p").text == "<b>K&" + "Ñ" * 195
    (link,) = (one.attrs["href"] for one in page.root.first("article").all("a"))
    assert link == "/hasil/2024/1-1"
    assert browser.open(link).h1 == f"Hasil survei {nama}"
    assert f",'{nama},2024-01-01," in client.get(f"{link}/data.csv").get_data(as_text=True)


@pytest.mark.parametrize("path", ["/hasil", "/hasil/2024"])
def test_a_first_view_is_small(client: FlaskClient, penerbit: Penerbit, path: str) -> None:
    import_palaran(penerbit.database, penerbit.intake)
    penerbit.release(penerbit.add_year())
    squeezed = {"Accept-Encoding": "br"}
    page = client.get(path, headers=squeezed)
    style = client.get("/static/survey/hasil.css", headers=squeezed)
    assert page.headers["Content-Encoding"] == style.headers["Content-Encoding"] == "br"
    assert len(page.get_data()) + len(style.get_data()) <= 14_000
