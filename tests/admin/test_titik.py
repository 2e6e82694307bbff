"""Collection points and services."""

from __future__ import annotations

import uuid

import pytest
import zxingcpp
from sqlalchemy import select

from skm_app.database import Database
from skm_app.kode import ALPHABET, TITIK_LENGTH
from skm_app.models import Layanan, Titik, Unit
from tests.admin.catatan import last_deed
from tests.admin.helpers import Petugas
from tests.offices import LOKET, LOKET_TUTUP, Kantor


def find_titik(database: Database, kode: str) -> Titik:
    with database.reading() as session:
        return session.scalars(select(Titik).where(Titik.kode == kode)).one()


def test_the_list_shows_the_address_citizens_use(ani: Petugas) -> None:
    page = ani.open("/admin/titik")

    links = [link.attrs["href"] for link in page.root.all("a")]
    assert f"http://127.0.0.1:8000/s/{LOKET}" in links
    assert "Warga memilih" in page.text
    assert "Tambah titik" not in page.text
    assert "Tutup" not in [form.element.text for form in page.forms]


def test_the_qr_code_holds_the_address(ani: Petugas) -> None:
    import io

    from PIL import Image

    answer = ani.client.get(f"/admin/titik/{LOKET}/qr.png")

    found = zxingcpp.read_barcodes(Image.open(io.BytesIO(answer.data)).convert("L"))
    assert [code.text for code in found] == [f"http://127.0.0.1:8000/s/{LOKET}"]
    assert f"skm-{LOKET}-qr.png" in answer.headers["Content-Disposition"]


def test_the_card_and_the_drawing_can_be_downloaded(ani: Petugas) -> None:
    card = ani.client.get(f"/admin/titik/{LOKET}/kartu.pdf")
    drawing = ani.client.get(f"/admin/titik/{LOKET}/qr.svg")

    assert card.data.startswith(b"%PDF")
    assert drawing.data.startswith(b"<svg")
    assert (card.mimetype, drawing.mimetype) == ("application/pdf", "image/svg+xml")


def test_the_list_can_be_taken_along_as_a_file(ani: Petugas) -> None:
    answer = ani.client.get("/admin/titik?unduh=csv")

    assert f"http://127.0.0.1:8000/s/{LOKET}" in answer.text
    assert "Loket lama" in answer.text


@pytest.mark.parametrize("url", [f"/admin/titik/{LOKET}/qr.exe", "/admin/titik/TIDAKA/qr.svg"])
def test_what_is_not_there_is_not_found(ani: Petugas, url: str) -> None:
    assert ani.client.get(url).status_code == 404


def test_a_titik_is_added_with_a_code_of_its_own(
    lia: Petugas, database: Database, kantor: Kantor
) -> None:
    answers = {"nama": "Loket 2", "layanan": f"{kantor.palaran}/{kantor.sktm}"}

    page = lia.follow(lia.fill_in("/admin/titik/tambah", answers))

    oleh, aksi, objek, _, sesudah = last_deed(database)
    assert (oleh, aksi, objek, sesudah["nama"]) == ("lia", "tambah", "titik", "Loket 2")
    with database.reading() as session:
        titik = session.scalars(select(Titik).where(Titik.nama == "Loket 2")).one()
    assert (titik.unit_id, titik.layanan_id, titik.aktif) == (kantor.palaran, kantor.sktm, True)
    assert len(titik.kode) == TITIK_LENGTH
    assert set(titik.kode) <= set(ALPHABET)
    assert f"dengan kode {titik.kode}" in page.text


def test_a_titik_may_leave_the_choice_to_the_citizen(
    lia: Petugas, database: Database, kantor: Kantor
) -> None:
    lia.fill_in("/admin/titik/tambah", {"nama": "Ruang", "layanan": f"{kantor.rawa_makmur}/"})

    with database.reading() as session:
        titik = session.scalars(select(Titik).where(Titik.nama == "Ruang")).one()
    assert (titik.unit_id, titik.layanan_id) == (kantor.rawa_makmur, None)


def test_a_service_of_another_unit_cannot_be_chosen(lia: Petugas, kantor: Kantor) -> None:
    answers = {"nama": "Loket 2", "layanan": f"{kantor.palaran}/{kantor.domisili}"}

    page = lia.fill_in("/admin/titik/tambah", answers, status=422)

    assert "Mohon pilih salah satu dari daftar." in page.text


def test_a_titik_is_closed_and_opened_again(lia: Petugas, database: Database) -> None:
    lia.press("/admin/titik", f"/admin/titik/{LOKET}/tutup")
    assert not find_titik(database, LOKET).aktif
    assert last_deed(database) == ("lia", "tutup", "titik", {"aktif": True}, {"aktif": False})

    lia.press("/admin/titik", f"/admin/titik/{LOKET}/buka")
    assert find_titik(database, LOKET).aktif

    lia.press("/admin/titik", f"/admin/titik/{LOKET_TUTUP}/buka")
    assert find_titik(database, LOKET_TUTUP).aktif


def test_a_titik_is_renamed_and_keeps_its_code(
    lia: Petugas, database: Database, kantor: Kantor
) -> None:
    url = f"/admin/titik/{LOKET}"
    opened = lia.open(url)

    lia.fill_in(url, {"nama": "Ruang tunggu"})
    assert find_titik(database, LOKET).nama == "Ruang tunggu"
    assert last_deed(database)[3:] == ({"nama": "Loket"}, {"nama": "Ruang tunggu"})

    lia.send(opened, {"nama": "Terlambat"}, 409, form=len(opened.forms) - 1)
    assert find_titik(database, LOKET).nama == "Ruang tunggu"
    assert "Isi nama titik." in lia.fill_in(url, {"nama": " "}, status=422).text


def test_services_and_titik_of_another_office_are_not_found(
    lia: Petugas, database: Database, kantor: Kantor
) -> None:
    with database.writing() as session:
        other = Unit(parent_id=kantor.kota, jenis="kecamatan", nama="Kecamatan Loa Janan Ilir")
        session.add(other)
        session.flush()
        foreign = Layanan(unit_id=other.id, kode="x", nama="Layanan lain")
        session.add_all([foreign, Titik(unit_id=other.id, kode="ASING4", nama="Loket lain")])
        session.flush()
        layanan_id: uuid.UUID = foreign.id

    assert "Loket lain" not in lia.open("/admin/titik").text
    lia.open(f"/admin/layanan/{layanan_id}", status=404)
    assert lia.client.get("/admin/titik/ASING4/qr.svg").status_code == 404
    assert lia.client.get(f"/admin/ikm.json?layanan={layanan_id}").status_code == 400
