"""The first run, and the units under the office."""

from __future__ import annotations

import uuid

import pytest
from flask import Flask
from sqlalchemy import select

from skm_app.database import Database
from skm_app.models import Indikator, Instalasi, InstrumenTersimpan, Layanan, Titik, Unit
from tests.admin.catatan import last_deed, read_catatan
from tests.admin.helpers import Petugas, add_pengguna, make_petugas
from tests.offices import ON_SQLITE, Kantor
from tests.pages import Page

BARU = {
    "nama": "Kecamatan Palaran",
    "jenis": "kecamatan",
    "alamat": "Jl. Ampera RT. 46",
    "kota": "Kota Samarinda",
}


@pytest.fixture
def first(app: Flask, database: Database) -> Petugas:
    """The first admin of an installation without an office."""
    add_pengguna(database, "lia")
    petugas = make_petugas(app, "lia")
    petugas.sign_in()
    return petugas


@ON_SQLITE
@pytest.mark.parametrize(
    "url", ["/admin/", "/admin/titik", "/admin/layanan", "/admin/periode", "/admin/capaian"]
)
def test_the_first_admin_is_led_to_the_office_from_every_page(first: Petugas, url: str) -> None:
    assert first.open(url, status=303).location == "/admin/kantor"


def test_others_are_asked_to_wait_for_the_admin(app: Flask, database: Database) -> None:
    add_pengguna(database, "ani", "operator")
    ani = make_petugas(app, "ani")
    ani.sign_in()

    assert ani.open("/admin/titik", status=409).h1 == "Kantor belum disiapkan"


def test_one_form_makes_the_office_ready_for_its_first_response(
    first: Petugas, database: Database
) -> None:
    page = first.follow(first.fill_in("/admin/kantor", BARU))

    assert page.h1 == "Titik dan kode QR"
    with database.reading() as session:
        kota, kantor = session.scalars(select(Unit).order_by(Unit.jenis.desc())).all()
        assert (kota.nama, kota.parent_id) == ("Kota Samarinda", None)
        assert (kantor.nama, kantor.parent_id, kantor.alamat) == (
            BARU["nama"], kota.id, BARU["alamat"],
        )  # fmt: skip
        assert session.get_one(Instalasi, "unit").nilai == str(kantor.id)
        assert session.scalars(select(Layanan.nama)).all() == ["Pelayanan umum"]
        titik = session.scalars(select(Titik)).one()
        stored = session.scalars(select(InstrumenTersimpan.id)).all()
        assert "skm-9/1" in stored
        assert session.scalars(select(Indikator.kode).order_by(Indikator.urutan)).all() == [
            "ikm", "probebaya",
        ]  # fmt: skip
    assert first.client.get(f"/s/{titik.kode}").status_code == 200
    assert first.open("/admin/").h1 == "Ringkasan"


def test_a_city_has_no_city_above_it(first: Petugas, database: Database) -> None:
    first.fill_in("/admin/kantor", {**BARU, "nama": "Kota Samarinda", "jenis": "kota", "kota": ""})

    with database.reading() as session:
        assert session.scalars(select(Unit.parent_id)).all() == [None]


@ON_SQLITE
@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"nama": ""}, "Isi nama kantor"),
        ({"alamat": " "}, "Isi alamat kantor."),
        ({"kota": ""}, "Isi kota atau kabupaten"),
        ({"jenis": "warung"}, "Mohon pilih salah satu dari daftar."),
    ],
)
def test_an_incomplete_office_is_refused_in_words(
    first: Petugas, database: Database, changes: dict[str, str], message: str
) -> None:
    page = first.fill_in("/admin/kantor", {**BARU, **changes}, status=422)

    assert message in page.text
    with database.reading() as session:
        assert session.scalars(select(Unit)).all() == []


def test_the_first_run_is_over_for_good(first: Petugas) -> None:
    before = first.open("/admin/kantor")
    number = next(n for n, form in enumerate(before.forms) if "kota" in form.fields)
    first.send(before, BARU, form=number)

    first.send(before, {**BARU, "nama": "Kecamatan lain"}, 404, form=number)


def add_unit(lia: Petugas, induk: uuid.UUID, jenis: str, nama: str, status: int = 303) -> Page:
    answers = {"induk": str(induk), "jenis": jenis, "nama": nama, "alamat": "Jl. Baru"}
    return lia.fill_in("/admin/kantor/tambah", answers, status)


def test_a_kelurahan_is_added_with_a_service(
    lia: Petugas, database: Database, kantor: Kantor
) -> None:
    add_unit(lia, kantor.palaran, "kelurahan", "Kelurahan Bukuan")

    with database.reading() as session:
        unit = session.scalars(select(Unit).where(Unit.nama == "Kelurahan Bukuan")).one()
        assert (unit.parent_id, unit.jenis) == (kantor.palaran, "kelurahan")
        layanan = session.scalars(select(Layanan).where(Layanan.unit_id == unit.id)).one()
        assert layanan.nama == "Pelayanan umum"


def test_a_unit_is_added_under_any_unit_and_logged(
    lia: Petugas, database: Database, kantor: Kantor
) -> None:
    page = lia.follow(add_unit(lia, kantor.rawa_makmur, "opd", "Puskesmas pembantu"))

    assert "Puskesmas pembantu" in page.text
    oleh, aksi, objek, sebelum, sesudah = last_deed(database)
    assert (oleh, aksi, objek, sebelum) == ("lia", "tambah", "unit", None)
    assert sesudah["nama"] == "Puskesmas pembantu"
    assert sesudah["parent_id"] == str(kantor.rawa_makmur)


@ON_SQLITE
@pytest.mark.parametrize(
    ("jenis", "under", "message"),
    [
        ("kecamatan", "palaran", "Kecamatan tidak dapat berada di bawah kecamatan."),
        ("kelurahan", "rawa_makmur", "Kelurahan tidak dapat berada di bawah kelurahan."),
        ("kelurahan", "kota", "Mohon pilih salah satu dari daftar."),
        ("warung", "palaran", "Mohon pilih salah satu dari daftar."),
    ],
)
def test_a_unit_stands_only_where_it_can(
    lia: Petugas, database: Database, kantor: Kantor, jenis: str, under: str, message: str
) -> None:
    page = add_unit(lia, getattr(kantor, under), jenis, "Unit baru", status=422)

    assert message in page.text
    assert "Unit baru" in str(page.forms[-1].fields)
    with database.reading() as session:
        assert "Unit baru" not in session.scalars(select(Unit.nama)).all()


def test_a_name_is_given_once(lia: Petugas, kantor: Kantor) -> None:
    page = add_unit(lia, kantor.palaran, "kelurahan", "kelurahan rawa makmur", status=422)

    assert "sudah ada" in page.text


def test_of_two_admins_who_edit_one_unit_the_second_is_told(
    lia: Petugas, database: Database, kantor: Kantor
) -> None:
    url = f"/admin/kantor/{kantor.palaran}"
    opened = lia.open(url)
    lia.fill_in(url, {"nama": "Kecamatan Palaran", "alamat": "Jl. Pertama"})

    page = lia.send(opened, {"alamat": "Jl. Kedua"}, 409, form=len(opened.forms) - 1)

    assert "sudah diubah orang lain" in page.h1
    with database.reading() as session:
        assert session.get_one(Unit, kantor.palaran).alamat == "Jl. Pertama"


def test_a_change_that_changes_nothing_is_not_logged(
    lia: Petugas, database: Database, kantor: Kantor
) -> None:
    lia.fill_in(f"/admin/kantor/{kantor.rawa_makmur}", {"nama": "Kelurahan Rawa Makmur"})

    assert read_catatan(database) == []


def test_the_units_can_be_taken_along_as_a_file(lia: Petugas) -> None:
    answer = lia.client.get("/admin/kantor?unduh=csv")

    assert "Kelurahan Rawa Makmur,Kelurahan" in answer.text.replace(";", ",")


def test_the_office_corrects_its_own_name_and_address(
    lia: Petugas, database: Database, kantor: Kantor
) -> None:
    url = f"/admin/kantor/{kantor.palaran}"

    page = lia.follow(lia.fill_in(url, {"nama": "Kecamatan Palaran Baru", "alamat": "Jl. Baru"}))

    assert page.root.first("p", class_="kop-kantor").text == "Kecamatan Palaran Baru"
    with database.reading() as session:
        assert session.get_one(Unit, kantor.palaran).alamat == "Jl. Baru"
    assert last_deed(database) == (
        "lia", "ubah", "unit",
        {"nama": "Kecamatan Palaran", "alamat": "Jl. Ampera RT. 46"},
        {"nama": "Kecamatan Palaran Baru", "alamat": "Jl. Baru"},
    )  # fmt: skip


def test_a_unit_outside_the_office_is_not_found(lia: Petugas, kantor: Kantor) -> None:
    lia.open(f"/admin/kantor/{kantor.kota}", status=404)
