"""Periods: adding, closing, and what comes after."""

from __future__ import annotations

import copy
import uuid
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from skm_app.database import Database
from skm_app.intake import Intake
from skm_app.models import InstrumenTersimpan, Penetapan, Periode
from tests.admin.helpers import Petugas
from tests.offices import (
    SKM_9,
    Kantor,
    add_periode,
    close,
    import_palaran,
    list_differences,
    make_isian,
)

TAMBAH = "/admin/periode/tambah"
BARU = {
    "nama": "2024",
    "mulai": "2024-01-01",
    "sampai": "2024-12-31",
    "instrumen": "skm-9/1",
    "konvensi": "portal-kota",
}


@pytest.fixture
def periode(database: Database, intake: Intake, kantor: Kantor) -> uuid.UUID:
    import_palaran(database, intake)
    return add_periode(database, kantor.palaran, konvensi="portal-kota")


def test_a_period_is_added_and_listed_with_its_figures(
    lia: Petugas, database: Database, intake: Intake
) -> None:
    import_palaran(database, intake)

    page = lia.follow(lia.fill_in(TAMBAH, BARU))

    assert "Periode 2024 sudah ditambahkan." in page.text
    row = page.root.first("table").all("tr")[1].text
    assert "1 Januari 2024 sampai 31 Desember 2024" in row
    assert "36 87,23 B Masih berjalan" in row


def test_each_way_of_computing_is_explained(lia: Petugas) -> None:
    text = lia.open(TAMBAH).text

    assert "portal-kota: Bobot tepat" in text
    assert "nilai tertinggi hanya 99,90" in text


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"nama": "lain", "mulai": "2024-12-31", "sampai": "2025-12-31"}, "periode 2024"),
        ({"nama": "lain", "mulai": "2023-01-01", "sampai": "2024-01-01"}, "periode 2024"),
        ({"mulai": "2025-01-01", "sampai": "2025-12-31"}, "Nama 2024 sudah dipakai"),
        ({"mulai": "2024-12-31", "sampai": "2024-01-01"}, "harus sesudah hari pertama"),
        ({"nama": " "}, "Isi nama periode."),
        ({"mulai": ""}, "Isi hari pertama."),
        ({"sampai": "kapan-kapan"}, "Tanggal harus ditulis seperti 2025-01-31."),
        ({"instrumen": "tidak-ada/1"}, "Mohon pilih salah satu dari daftar."),
        ({"konvensi": "kira-kira"}, "Mohon pilih salah satu dari daftar."),
        ({"unit": "x"}, "Mohon pilih salah satu dari daftar."),
        ({"nama": "x" * 101}, "Paling panjang 100 karakter."),
    ],
)
def test_a_period_that_cannot_be_is_refused_in_words(
    lia: Petugas, database: Database, kantor: Kantor, changes: dict[str, str], message: str
) -> None:
    add_periode(database, kantor.palaran)

    page = lia.fill_in(TAMBAH, {**BARU, **changes}, status=422)

    assert message in page.text
    with database.reading() as session:
        assert len(session.scalars(select(Periode)).all()) == 1


def test_a_shortened_weight_is_refused_where_the_weights_differ(
    lia: Petugas, database: Database
) -> None:
    definisi: dict[str, Any] = copy.deepcopy(SKM_9.to_dict())
    definisi["kode"] = "skm-lain"
    definisi["unsur"][0]["bobot"], definisi["unsur"][1]["bobot"] = "1/6", "1/18"
    with database.writing() as session:
        session.add(InstrumenTersimpan(id="skm-lain/1", definisi=definisi))

    page = lia.fill_in(TAMBAH, {**BARU, "instrumen": "skm-lain/1", "konvensi": "0.11"}, status=422)

    assert "bobot 1/9" in page.text


def test_another_unit_may_have_the_same_days(
    lia: Petugas, database: Database, kantor: Kantor
) -> None:
    add_periode(database, kantor.palaran)

    lia.fill_in(TAMBAH, {**BARU, "unit": str(kantor.rawa_makmur)})

    with database.reading() as session:
        assert len(session.scalars(select(Periode)).all()) == 2


def test_closing_freezes_exactly_what_was_shown(
    lia: Petugas, database: Database, periode: uuid.UUID
) -> None:
    url = f"/admin/periode/{periode}/tetapkan"
    confirmation = lia.open(url)
    assert confirmation.root.first("p", class_="besar").text == "87,23 B"
    assert "tidak dapat diubah atau dibatalkan" in confirmation.text

    page = lia.follow(lia.fill_in(url, {"sidik": confirmation_sidik(lia, url)}))

    assert page.h1 == "Periode 2024"
    assert "oleh lia, nomor 1" in page.text
    with database.reading() as session:
        penetapan = session.scalars(select(Penetapan)).one()
    assert (str(penetapan.ikm), str(penetapan.ikm_eksak), penetapan.n) == ("87.23", "87.27", 36)
    assert penetapan.sidik in page.text
    assert "Tidak ada jawaban yang masuk sesudah ditetapkan." in page.text
    assert list_differences(database) == []


def test_a_figure_that_changed_since_the_confirmation_is_shown_again(
    lia: Petugas, database: Database, intake: Intake, kantor: Kantor, periode: uuid.UUID
) -> None:
    url = f"/admin/periode/{periode}/tetapkan"
    seen = lia.open(url)
    intake.record(make_isian(kantor, tanggal=date(2024, 6, 1)))

    number = next(n for n, form in enumerate(seen.forms) if "sidik" in form.fields)
    page = lia.follow(lia.send(seen, {}, form=number, to=url))

    assert "Ada jawaban baru" in page.text
    assert page.h1 == "Tetapkan periode 2024"
    with database.reading() as session:
        assert session.scalars(select(Penetapan)).all() == []


def test_late_answers_are_counted_but_change_nothing(
    lia: Petugas, database: Database, intake: Intake, kantor: Kantor, periode: uuid.UUID
) -> None:
    close(database, periode)
    intake.record(make_isian(kantor, tanggal=date(2024, 6, 1)))

    page = lia.open(f"/admin/periode/{periode}")

    assert page.root.first("p", class_="besar").text == "87,23 B"
    assert "1 jawaban untuk tanggal ini masuk sesudah ditetapkan" in page.text


def test_a_closed_period_is_not_closed_again(
    lia: Petugas, database: Database, periode: uuid.UUID
) -> None:
    url = f"/admin/periode/{periode}/tetapkan"
    seen = lia.open(url)
    number = next(n for n, form in enumerate(seen.forms) if "sidik" in form.fields)
    close(database, periode)

    again = lia.send(seen, {}, form=number, to=url)

    page = lia.follow(lia.open(again.location, status=303))
    assert "sudah ditetapkan" in page.text
    assert lia.open(url, status=303).location == f"/admin/periode/{periode}"
    with database.reading() as session:
        assert len(session.scalars(select(Penetapan)).all()) == 1


def test_a_period_without_answers_offers_nothing_to_close(
    lia: Petugas, database: Database, kantor: Kantor
) -> None:
    periode = add_periode(database, kantor.palaran)

    page = lia.open(f"/admin/periode/{periode}/tetapkan")

    assert "IKM belum dapat dihitung" in page.text
    assert not [form for form in page.forms if "sidik" in form.fields]


def test_the_head_of_the_office_reads_but_does_not_close(budi: Petugas, periode: uuid.UUID) -> None:
    page = budi.open(f"/admin/periode/{periode}")

    assert "87,23" in page.text
    assert "Tetapkan periode ini" not in page.text
    assert "Tambah periode" not in budi.open("/admin/periode").text


def test_a_period_of_another_office_is_not_found(
    lia: Petugas, database: Database, kantor: Kantor
) -> None:
    foreign = add_periode(database, kantor.kota)

    for url in (f"/admin/periode/{foreign}", f"/admin/periode/{foreign}/tetapkan"):
        lia.open(url, status=404)
    lia.open(f"/admin/periode/{uuid.uuid4()}", status=404)


def confirmation_sidik(petugas: Petugas, url: str) -> str:
    form = next(form for form in petugas.open(url).forms if "sidik" in form.fields)
    return form.fields["sidik"]
