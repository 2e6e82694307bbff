"""Where the money of Probebaya is taken from, and which kelurahan keep a figure from coming out."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime

from sqlalchemy import select, update

from skm_app.capaian import NilaiRealisasi, read_biaya, read_probebaya
from skm_app.database import Database
from skm_app.kinerja import DEFINISI_PROBEBAYA
from skm_app.models import Anggaran, Dukungan, Indikator, Unit, new_id
from tests.admin.helpers import Petugas
from tests.admin.test_probebaya import URL, add_catatan, kota, read_definisi
from tests.offices import ON_SQLITE, Kantor

__all__ = ["kota"]

PEMBERDAYAAN = "PROGRAM PEMBERDAYAAN MASYARAKAT DESA DAN KELURAHAN"
Kota = dict[str, uuid.UUID]


def read_all(database: Database, kantor: Kantor, tahun: int = 2024) -> dict[str, NilaiRealisasi]:
    with database.reading() as session:
        return {
            definisi: read_probebaya(session, kantor.palaran, tahun, definisi)
            for definisi in DEFINISI_PROBEBAYA
        }


def read_serapan(database: Database, kantor: Kantor, tahun: int = 2024) -> NilaiRealisasi:
    return read_all(database, kantor, tahun)["serapan_anggaran"]


@ON_SQLITE
def test_a_record_does_not_push_the_budget_aside(
    lia: Petugas, database: Database, kantor: Kantor, kota: Kota
) -> None:
    add_catatan(database, kota["Bantuas"], anggaran_rp=100, realisasi_rp=9, dilaksanakan=3)

    page = lia.open(URL)

    assert "99,66%" in read_definisi(page)[2]
    assert "Kelurahan Bantuas: catatan Probebaya Rp9 dari Rp100; tabel anggaran Rp" in page.text
    assert "Yang dipakai tabel anggaran; periksa mana yang benar." in page.text
    sent_back = lia.client.get(f"{URL}&unduh=csv").get_data(as_text=True)
    assert next(row for row in sent_back.splitlines() if "Bantuas" in row).count("100") == 1
    assert read_serapan(database, kantor).asal.endswith("menurut realisasi anggaran kelurahan")


@ON_SQLITE
def test_without_a_budget_all_kelurahan_must_record(
    database: Database, kantor: Kantor, kota: Kota
) -> None:
    *most, last = kota
    for nama in most:
        add_catatan(database, kota[nama], 2023, anggaran_rp=100, realisasi_rp=90, dilaksanakan=1)

    pesan = (
        f"Kelurahan {last} belum mempunyai data tahun 2023; isi, atau isi 0 bila memang tidak ada."
    )
    assert {one.asal for one in read_all(database, kantor, 2023).values()} == {pesan}
    add_catatan(database, kota[last], 2023, anggaran_rp=100, realisasi_rp=99, dilaksanakan=0)
    found = read_all(database, kantor, 2023)
    assert str(found["serapan_anggaran"].nilai) == "91.80"
    assert found["serapan_anggaran"].asal.endswith("menurut catatan Probebaya kelurahan")
    assert str(found["kelurahan_pelaksana"].nilai) == "80.00"


@ON_SQLITE
def test_another_spelling_of_the_programme_is_the_same_programme(
    database: Database, kantor: Kantor, kota: Kota
) -> None:
    with database.writing() as session:
        sasaran_id = session.scalars(select(Indikator.sasaran_id)).one()
        session.add(Dukungan(sasaran_id=sasaran_id, program=PEMBERDAYAAN, jenis_unit="kelurahan"))
        session.execute(
            update(Anggaran)
            .where(Anggaran.unit_id == kota["Bantuas"], Anggaran.program == PEMBERDAYAAN)
            .values(program="Pemberdayaan Masyarakat Desa & Kelurahan")
        )

    assert str(read_serapan(database, kantor).nilai) == "99.66"
    with database.reading() as session:
        assert read_biaya(session, kantor.palaran, 2024)[0].realisasi_rp == 19_773_920_293


@ON_SQLITE
def test_a_kelurahan_of_which_nothing_is_known_is_named(
    lia: Petugas, database: Database, kantor: Kantor, kota: Kota
) -> None:
    baru = new_id()
    with database.writing() as session:
        session.add(
            Unit(id=baru, parent_id=kantor.palaran, jenis="kelurahan", nama="Kelurahan Baru")
        )

    for one in read_all(database, kantor).values():
        assert one.nilai is None
        assert one.asal.startswith("Kelurahan Baru belum mempunyai data tahun 2024; isi")
    assert "Kelurahan Baru belum mempunyai data" in lia.open("/admin/capaian?tahun=2024").text
    lia.fill_in(f"/admin/probebaya/{baru}/2024", {"anggaran_rp": "0", "realisasi_rp": "0"})
    found = read_all(database, kantor)
    assert str(found["serapan_anggaran"].nilai) == "99.66"
    assert str(found["kelurahan_pelaksana"].nilai) == "83.33"
    lia.fill_in(f"/admin/probebaya/{baru}/2024", {"anggaran_rp": "5", "realisasi_rp": "5"})
    assert "tidak memuat Program Pemberdayaan untuknya" in read_definisi(lia.open(URL))[2]


@ON_SQLITE
def test_a_share_above_a_hundred_is_shown_with_a_warning(
    lia: Petugas, database: Database, kota: Kota
) -> None:
    with database.writing() as session:
        session.execute(
            update(Anggaran)
            .where(Anggaran.program == PEMBERDAYAAN)
            .values(anggaran_rp=100, realisasi_rp=101)
        )

    text = read_definisi(lia.open(URL))[2]

    assert "101,00%" in text
    assert "Melebihi 100%, periksa data" in text
    assert "melebihi 100%, periksa data" in lia.open("/admin/capaian?tahun=2024").text


@ON_SQLITE
def test_the_figure_of_a_year_that_is_not_over_is_provisional(
    lia: Petugas, database: Database, kantor: Kantor, kota: Kota
) -> None:
    # Next year too, should the clock strike twelve meanwhile.
    tahun = datetime.now(UTC).year + 1
    for unit_id in kota.values():
        add_catatan(database, unit_id, tahun, anggaran_rp=100, realisasi_rp=90)

    found = read_serapan(database, kantor, tahun)

    assert (str(found.nilai), found.sementara) == ("90.00", True)
    assert found.asal.endswith(f"tahun {tahun} belum berakhir")
    assert "sementara" in read_definisi(lia.open(f"/admin/probebaya?tahun={tahun}"))[2]
    assert not read_serapan(database, kantor).sementara
