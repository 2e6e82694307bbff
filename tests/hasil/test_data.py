"""Open data and the interface for programs: the same figures everywhere, kept, never personal."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from flask.testing import FlaskClient

from skm_app.survey.api_openapi import make_openapi
from tests.hasil.kantor import Penerbit
from tests.hasil.test_halaman import list_rows
from tests.offices import ON_SQLITE, import_palaran, reopen
from tests.pages import Browser

pytestmark = ON_SQLITE

PAGES = ("/hasil", "/hasil/2024", "/hasil/2024?bahasa=en")
DATA = (
    "/hasil/2024/data.csv",
    "/hasil/2024/data.json",
    "/hasil/kamus.csv",
    "/api/v1/hasil.json",
    "/api/v1/openapi.json",
)


@pytest.fixture
def released(penerbit: Penerbit) -> Penerbit:
    """The printed year of Palaran, public."""
    import_palaran(penerbit.database, penerbit.intake)
    penerbit.release(penerbit.add_year(konvensi="portal-kota", populasi=65_199))
    return penerbit


def read_csv(client: FlaskClient, url: str) -> list[dict[str, str]]:
    text = client.get(url).get_data().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_page_csv_and_json_tell_the_same(
    browser: Browser, client: FlaskClient, released: Penerbit
) -> None:
    page = list_rows(browser.open("/hasil/2024"))
    rows = read_csv(client, "/hasil/2024/data.csv")
    one = client.get("/hasil/2024/data.json").get_json()
    (listed,) = client.get("/api/v1/hasil.json").get_json()["hasil"]
    assert one == listed
    index, *rest = rows
    assert (index["bagian"], index["jumlah"], index["nilai"], index["mutu"]) == (
        "indeks", "36", "87.23", "B",
    )  # fmt: skip
    assert (one["n"], one["ikm"], one["mutu"]) == (36, "87.23", "B")
    unsur = [row for row in rest if row["bagian"] == "unsur"]
    assert [(row["nrr"], row["nilai"]) for row in unsur] == [
        (each["nrr"], each["nilai"]) for each in one["unsur"]
    ]
    for row in unsur:
        assert page[f"{row['kode']} {row['nama']}"][0] == row["nilai"].replace(".", ",")
    for ciri, kelompok in one["responden"].items():
        found = [(row["nama"], row["jumlah"]) for row in rest if row["bagian"] == ciri]
        assert found == [(each["nama"], str(each["jumlah"])) for each in kelompok]
        assert sum(each["jumlah"] for each in kelompok) == 36
    assert {row["lisensi"] for row in rows} == {"CC-BY-4.0"}


def test_the_dictionary_explains_every_column(client: FlaskClient, released: Penerbit) -> None:
    explained = read_csv(client, "/hasil/kamus.csv")
    assert [row["kolom"] for row in explained] == list(read_csv(client, "/hasil/2024/data.csv")[0])
    assert all(row["arti"] and row["satuan"] for row in explained)


def test_answers_are_kept_for_a_while_and_asked_for_by_fingerprint(
    client: FlaskClient, released: Penerbit
) -> None:
    # Somebody signed in, or with any other cookie, gets the same and no cookie back.
    client.set_cookie("skm", "x")
    for url in (*PAGES, *DATA):
        first = client.get(url)
        assert first.status_code == 200
        assert first.headers["Cache-Control"] == "public, max-age=300", url
        assert "Set-Cookie" not in first.headers, url
        assert "Cookie" not in first.headers.get("Vary", ""), url
        etag = first.headers["ETag"]
        assert etag.startswith('"'), url
        open_to_all = first.headers.get("Access-Control-Allow-Origin")
        assert open_to_all == (None if url in PAGES else "*"), url
        head = client.head(url)
        assert (head.status_code, head.get_data(), head.headers["ETag"]) == (200, b"", etag), url
        again = client.get(url, headers={"If-None-Match": etag})
        assert (again.status_code, again.get_data(), again.headers["ETag"]) == (304, b"", etag)
        assert client.get(url, headers={"If-None-Match": '"x"'}).status_code == 200, url


def test_a_new_release_or_a_reopening_changes_the_fingerprint(
    client: FlaskClient, released: Penerbit
) -> None:
    def read_etags() -> list[str]:
        return [client.get(url).headers["ETag"] for url in ("/hasil", "/api/v1/hasil.json")]

    first = read_etags()
    released.answer(5, date(2023, 1, 1))
    periode = released.add_year(2023)
    released.release(periode)
    second = read_etags()
    assert not set(first) & set(second)
    reopen(released.database, periode)
    assert read_etags() == first


def test_the_interface_chooses_by_year_and_unit(client: FlaskClient, released: Penerbit) -> None:
    released.answer(6, date(2023, 1, 1), rawa=True)
    released.release(released.add_year(2023, rawa=True))

    def found(**query: object) -> list[tuple[str, int]]:
        answer = client.get("/api/v1/hasil.json", query_string=query).get_json()
        return [(one["unit"]["nama"], one["periode"]["tahun"]) for one in answer["hasil"]]

    office, village = ("Kecamatan Palaran", 2024), ("Kelurahan Rawa Makmur", 2023)
    assert found() == [office, village]
    assert found(tahun=2023) == [village]
    assert found(unit=released.kantor.palaran) == [office]
    assert found(unit=released.kantor.palaran, tahun=2023) == []
    # A unit above the office is as unknown as one that does not exist.
    assert found(unit=released.kantor.kota) == []


def test_a_bad_parameter_is_named(client: FlaskClient) -> None:
    for query, words in (
        ("tahun=", "empat angka"),
        ("tahun=dua", "empat angka"),
        ("tahun=20244", "empat angka"),
        ("tahun=1999", "empat angka"),
        ("tahun=2024&tahun=2023", "hanya boleh satu"),
        ("unit=x", "id unit"),
        ("unit=%00", "id unit"),
    ):
        answer = client.get(f"/api/v1/hasil.json?{query}")
        assert (answer.status_code, answer.mimetype) == (422, "application/json"), query
        assert words in answer.get_json()["pesan"]
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert answer.headers["Cache-Control"] == "no-store"


def test_before_the_office_is_entered_there_is_nothing(client: FlaskClient) -> None:
    assert client.get("/api/v1/hasil.json").get_json()["hasil"] == []
    assert client.get("/hasil").status_code == 200
    assert client.get("/hasil/2024").status_code == 404


def test_figures_are_texts_with_a_decimal_point(client: FlaskClient, released: Penerbit) -> None:
    def floats(value: object) -> list[object]:
        if isinstance(value, dict | list):
            each = value.values() if isinstance(value, dict) else value
            return [found for one in each for found in floats(one)]
        return [value] if isinstance(value, float) else []

    text = client.get("/api/v1/hasil.json").get_data(as_text=True)
    assert floats(json.loads(text)) == []
    assert Decimal(json.loads(text)["hasil"][0]["ikm"]) == Decimal("87.23")


def test_the_description_fits_what_is_really_answered(
    client: FlaskClient, released: Penerbit
) -> None:
    document: dict[str, Any] = make_openapi()
    hasil = document["components"]["schemas"]["Hasil"]
    (one,) = client.get("/api/v1/hasil.json").get_json()["hasil"]
    assert set(one) == set(hasil["required"])
    assert set(document["paths"]["/api/v1/hasil.json"]["get"]["responses"]) == {"200", "304", "422"}
