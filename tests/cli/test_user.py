"""``skm user add``: for a part of the office, and into the audit log."""

from __future__ import annotations

from sqlalchemy import select

from skm_app.database import Database
from skm_app.models import Pengguna
from tests.admin.catatan import read_catatan
from tests.cli.command import Skm
from tests.offices import ON_SQLITE, Kantor

ADD = ("user", "add", "wati", "--role", "operator")


def list_pengguna(database: Database) -> list[Pengguna]:
    with database.reading() as session:
        return list(session.scalars(select(Pengguna)))


def test_an_account_for_a_part_of_the_office_is_logged_as_made_on_the_server(
    skm: Skm, database: Database, kantor: Kantor
) -> None:
    skm.ok(*ADD, "--unit", "kelurahan rawa makmur")

    (wati,) = list_pengguna(database)
    assert wati.unit_id == kantor.rawa_makmur
    (catatan,) = read_catatan(database)
    assert (catatan.pengguna_id, catatan.oleh, catatan.peran) == (None, "perintah skm", "sistem")
    assert (catatan.aksi, catatan.objek, catatan.objek_id) == ("tambah", "pengguna", str(wati.id))
    assert catatan.sesudah is not None
    assert "sandi_hash" not in catatan.sesudah


@ON_SQLITE
def test_a_unit_that_is_no_part_of_the_office_is_refused_and_nothing_is_made(
    skm: Skm, database: Database, kantor: Kantor
) -> None:
    for nama in ("Kelurahan Entah", "Kota Samarinda", ""):
        assert f'Unit bernama "{nama}" tidak ada di kantor ini.' in skm.fail(*ADD, "--unit", nama)

    assert list_pengguna(database) == []
    assert read_catatan(database) == []


@ON_SQLITE
def test_before_the_office_is_set_up_nobody_can_be_limited(skm: Skm, database: Database) -> None:
    assert "Kantor belum disiapkan" in skm.fail(*ADD, "--unit", "Kelurahan Rawa Makmur")
    assert list_pengguna(database) == []
