"""The quarters of a year: computed for the index, typed for the others, each with its state."""

from __future__ import annotations

import uuid
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select

from skm_app.capaian import NilaiTriwulan, read_triwulan
from skm_app.database import Database
from skm_app.intake import Intake
from skm_app.models import Catatan, Indikator, Triwulan
from tests.admin.helpers import Petugas
from tests.admin.kinerja import add_indikator
from tests.offices import (
    ON_SQLITE,
    Kantor,
    add_periode,
    close,
    exclude,
    import_palaran,
    list_differences,
    list_responden,
    make_isian,
    make_nilai,
    reopen,
    today_wita,
)
from tests.pages import Page

DAFTAR = "/admin/capaian/triwulan?tahun=2024"
UBAH_IKM = "/admin/capaian/triwulan/ikm/2024"
UBAH_PROBEBAYA = "/admin/capaian/triwulan/probebaya/2024"
PROBEBAYA = {
    "tw1-target": "20", "tw1-realisasi": "21,5", "tw1-keterangan": "Musrenbang selesai.",
    "tw2-target": "40", "tw2-realisasi": "38", "tw3-target": "60", "tw4-target": "83",
}  # fmt: skip


@pytest.fixture
def ikm(database: Database, kantor: Kantor) -> uuid.UUID:
    return add_indikator(database, kantor.palaran, "ikm", {2024: "88.31"})


@pytest.fixture
def probebaya(database: Database, kantor: Kantor) -> uuid.UUID:
    return add_indikator(database, kantor.palaran, "probebaya", {2024: "83"})


def set_target(database: Database, indikator_id: uuid.UUID, *target: str) -> None:
    with database.writing() as session:
        session.add_all(
            Triwulan(indikator_id=indikator_id, tahun=2024, triwulan=n, target=Decimal(one))
            for n, one in enumerate(target, 1)
        )


def answer(intake: Intake, kantor: Kantor, hari: date, many: int, nilai: int) -> None:
    """So many people who answer the same everywhere."""
    for _ in range(many):
        intake.record(make_isian(kantor, make_nilai(nilai=nilai), tanggal=hari))


def read_quarters(
    database: Database, kantor: Kantor, hari: date = date(2025, 1, 2)
) -> tuple[NilaiTriwulan, ...]:
    """The quarters of the first indikator in 2024, on a day."""
    with database.reading() as session:
        return read_triwulan(session, kantor.palaran, 2024, hari)[0].triwulan


def read_cards(page: Page) -> list[str]:
    return [
        " ".join(one.text for one in card.walk() if one.tag in ("h3", "p", "dt", "dd"))
        for card in page.root.all("div", class_="kartu h-100")
    ]


def test_the_index_counts_from_january_to_the_end_of_each_quarter(
    database: Database, intake: Intake, kantor: Kantor, ikm: uuid.UUID
) -> None:
    set_target(database, ikm, "75", "88", "88", "88.31")
    answer(intake, kantor, date(2024, 2, 1), 5, 3)
    answer(intake, kantor, date(2024, 6, 30), 5, 4)

    first, second, third, fourth = read_quarters(database, kantor, date(2024, 8, 5))

    assert [one.realisasi.nilai for one in (first, second, third)] == [
        Decimal("75.00"),
        Decimal("87.50"),
        Decimal("87.50"),
    ]
    assert (first.capaian, second.capaian) == (Decimal("100.00"), Decimal("99.43"))
    assert [one.status for one in (first, second, third, fourth)] == [
        "tercapai",
        "belum tercapai",
        "sedang berjalan",
        "belum mulai",
    ]
    assert third.realisasi.asal == "1 Januari 2024 sampai 5 Agustus 2024, 10 responden"
    assert third.realisasi.sementara
    assert (fourth.realisasi.nilai, fourth.capaian) == (None, None)


@ON_SQLITE
def test_fewer_than_five_answers_are_not_shown_nor_told_by_a_difference(
    database: Database, intake: Intake, kantor: Kantor, ikm: uuid.UUID
) -> None:
    answer(intake, kantor, date(2024, 2, 1), 4, 3)
    first = read_quarters(database, kantor, date(2024, 3, 1))[0].realisasi
    assert (first.nilai, "4 responden" in first.asal) == (None, True)

    answer(intake, kantor, date(2024, 3, 1), 4, 3)
    assert read_quarters(database, kantor)[0].realisasi.nilai == Decimal("75.00")
    # Two more in April: the year, which is always shown, less the quarter would tell of them.
    answer(intake, kantor, date(2024, 4, 1), 2, 1)
    held, year = (read_quarters(database, kantor)[n].realisasi for n in (0, 3))
    assert (held.nilai, "beberapa orang" in held.asal) == (None, True)
    assert year.nilai == Decimal("65.00")

    answer(intake, kantor, date(2024, 4, 2), 3, 1)
    assert read_quarters(database, kantor)[0].realisasi.nilai == Decimal("75.00")


@ON_SQLITE
def test_what_a_period_leaves_out_a_quarter_leaves_out_too(
    database: Database, intake: Intake, kantor: Kantor, ikm: uuid.UUID
) -> None:
    answer(intake, kantor, date(2024, 2, 1), 5, 4)
    answer(intake, kantor, date(2024, 2, 2), 5, 1)
    exclude(
        database,
        kantor.palaran,
        [one.id for one in list_responden(database) if one.tanggal == date(2024, 2, 2)],
    )

    first = read_quarters(database, kantor)[0].realisasi

    assert (first.nilai, "5 responden" in first.asal) == (Decimal("100.00"), True)


@ON_SQLITE
def test_the_closed_year_wins_over_the_answers_until_it_is_opened_again(
    database: Database, intake: Intake, kantor: Kantor, ikm: uuid.UUID
) -> None:
    set_target(database, ikm, "80", "80", "80", "88.31")
    import_palaran(database, intake)
    periode = add_periode(database, kantor.palaran, konvensi="portal-kota")
    close(database, periode)
    answer(intake, kantor, date(2024, 12, 30), 5, 1)  # too late for the closed year

    last = read_quarters(database, kantor, date(2024, 12, 31))[3]

    assert (last.realisasi.nilai, last.realisasi.sementara) == (Decimal("87.23"), False)
    assert last.realisasi.asal == "Periode 2024, ditetapkan, 36 responden"
    assert (last.capaian, last.status) == (Decimal("98.78"), "belum tercapai")
    reopen(database, periode)
    again = read_quarters(database, kantor, date(2024, 12, 31))[3]
    assert again.realisasi.nilai != Decimal("87.23")
    assert (again.realisasi.sementara, again.status) == (True, "sedang berjalan")


@ON_SQLITE
def test_a_live_quarter_is_scored_like_the_period_of_its_year(
    database: Database, intake: Intake, kantor: Kantor, ikm: uuid.UUID
) -> None:
    import_palaran(database, intake)
    assert read_quarters(database, kantor)[3].realisasi.nilai == Decimal("87.27")
    add_periode(database, kantor.palaran, konvensi="portal-kota")
    assert read_quarters(database, kantor)[3].realisasi.nilai == Decimal("87.23")


@ON_SQLITE
def test_a_quarter_without_answers_has_no_data(
    database: Database, kantor: Kantor, ikm: uuid.UUID
) -> None:
    set_target(database, ikm, "80")
    found = read_quarters(database, kantor)
    assert [one.status for one in found] == ["belum ada data", *["belum ada target"] * 3]
    assert {one.realisasi.nilai for one in found} == {None}


@ON_SQLITE
def test_other_indikator_are_typed_and_shown_with_their_state(
    lia: Petugas, probebaya: uuid.UUID
) -> None:
    lia.fill_in(UBAH_PROBEBAYA, PROBEBAYA)

    cards = read_cards(lia.open(DAFTAR))

    assert cards == [
        "Triwulan I 2024 Tercapai Target 20,00 Realisasi 21,50 Capaian 107,50% Diisi petugas "
        "Musrenbang selesai.",
        "Triwulan II 2024 Belum tercapai Target 40,00 Realisasi 38,00 Capaian 95,00% Diisi petugas",
        "Triwulan III 2024 Belum ada data Target 60,00 Realisasi – Capaian – Belum diisi",
        "Triwulan IV 2024 Belum ada data Target 83,00 Realisasi – Capaian – Belum diisi",
    ]
    file = lia.client.get(f"{DAFTAR}&unduh=csv").text
    assert "Triwulan I 2024,20,21.5,tetap,107.50,tercapai,Diisi petugas,Musrenbang" in file
    assert "berbeda dari target tahun" not in lia.open(DAFTAR).text
    lia.fill_in(UBAH_PROBEBAYA, {"tw4-target": "80"})
    assert "80,00, berbeda dari target tahun 2024, 83,00" in lia.open(DAFTAR).text


@ON_SQLITE
def test_the_realisasi_of_the_index_cannot_be_typed(
    lia: Petugas, database: Database, ikm: uuid.UUID
) -> None:
    page = lia.open(UBAH_IKM)
    assert "tidak diketik" in page.text
    number = next(n for n, form in enumerate(page.forms) if "tw1-target" in form.fields)
    assert "tw1-realisasi" not in page.forms[number].fields

    lia.send(page, {"tw1-target": "80", "tw1-realisasi": "99"}, form=number)

    with database.reading() as session:
        row = session.get_one(Triwulan, (ikm, 2024, 1))
        assert (str(row.target), row.realisasi) == ("80", None)


@ON_SQLITE
def test_what_cannot_be_is_said_at_the_field_and_nothing_is_stored(
    lia: Petugas, database: Database, probebaya: uuid.UUID
) -> None:
    lia.fill_in(UBAH_PROBEBAYA, PROBEBAYA)
    for name, typed, message in (
        ("tw1-target", "0", "Target 0 tidak dapat dipakai"),
        ("tw2-target", "100,01", "Indikator ini paling tinggi 100"),
        ("tw2-realisasi", "101", "Indikator ini paling tinggi 100"),
        ("tw3-realisasi", "-1", "Angka tidak boleh negatif"),
        ("tw3-realisasi", "50,123", "paling banyak 2 desimal"),
        ("tw4-target", "banyak", "bukan angka"),
        ("tw4-keterangan", "x" * 1001, "Paling panjang 1000 karakter"),
    ):
        page = lia.fill_in(UBAH_PROBEBAYA, {"tw1-target": "19", name: typed}, 422)

        field = page.by_id(name)
        assert message in page.by_id(f"{name}-galat").text
        assert typed in (field.attrs.get("value"), field.text)
        assert name == "tw1-target" or page.by_id("tw1-target").attrs["value"] == "19"
    with database.reading() as session:
        assert str(session.get_one(Triwulan, (probebaya, 2024, 1)).target) == "20"


@ON_SQLITE
def test_nothing_is_reached_in_a_quarter_that_has_not_begun(
    lia: Petugas, probebaya: uuid.UUID
) -> None:
    url = f"/admin/capaian/triwulan/probebaya/{today_wita().year + 1}"
    page = lia.open(url)
    number = next(n for n, form in enumerate(page.forms) if "tw1-target" in form.fields)
    assert "tw1-realisasi" not in page.forms[number].fields

    page = lia.send(page, {"tw1-target": "20", "tw1-realisasi": "5"}, 422, form=number)

    assert "belum mulai, jadi realisasinya belum ada" in page.by_id("tw1-realisasi-galat").text
    lia.fill_in(url, {"tw1-target": "20"})
    cards = read_cards(lia.open(f"/admin/capaian/triwulan?tahun={today_wita().year + 1}"))
    assert "Belum mulai" in cards[0]


def test_every_change_is_logged_once_and_empty_quarters_are_not_kept(
    lia: Petugas, database: Database, probebaya: uuid.UUID
) -> None:
    lia.fill_in(UBAH_PROBEBAYA, PROBEBAYA)
    lia.fill_in(UBAH_PROBEBAYA, {"tw2-realisasi": "39"})
    lia.fill_in(UBAH_PROBEBAYA, {"tw2-realisasi": "39,0"})
    lia.fill_in(UBAH_PROBEBAYA, {"tw3-target": ""})

    with database.reading() as session:
        log = session.scalars(
            select(Catatan).where(Catatan.objek == "triwulan").order_by(Catatan.nomor)
        ).all()
        kept = session.scalars(select(Triwulan.triwulan).order_by(Triwulan.triwulan)).all()
    assert kept == [1, 2, 4]
    assert [(one.aksi, sorted(one.sesudah or {})) for one in log] == [
        ("tambah", [f"triwulan_{n}" for n in (1, 2, 3, 4)]),
        ("ubah", ["triwulan_2"]),
        ("ubah", ["triwulan_3"]),
    ]
    assert log[1].sebelum == {"triwulan_2": {"target": "40", "realisasi": "38", "keterangan": ""}}
    assert log[2].sesudah == {"triwulan_3": None}
    assert list_differences(database) == []


@ON_SQLITE
def test_of_two_people_the_second_is_told(
    lia: Petugas, database: Database, probebaya: uuid.UUID
) -> None:
    seen = lia.open(UBAH_PROBEBAYA)
    number = next(n for n, form in enumerate(seen.forms) if "tw1-target" in form.fields)
    lia.fill_in(UBAH_PROBEBAYA, {"tw1-target": "20"})

    page = lia.send(seen, {"tw2-target": "50"}, 409, form=number)

    assert "sudah diubah orang lain" in page.text
    with database.reading() as session:
        assert [str(row.target) for row in session.scalars(select(Triwulan))] == ["20"]


@ON_SQLITE
def test_who_may_see_and_who_may_change(
    lia: Petugas, budi: Petugas, ani: Petugas, database: Database, probebaya: uuid.UUID
) -> None:
    page = budi.open(DAFTAR)
    assert not [link for link in page.root.all("a") if link.text.startswith("Ubah")]
    budi.open(UBAH_PROBEBAYA, 403)
    ani.open(DAFTAR, 403)
    lia.open("/admin/capaian/triwulan/lain/2024", 404)
    lia.open("/admin/capaian/triwulan/probebaya/1999", 404)
    with database.writing() as session:
        session.get_one(Indikator, probebaya).sasaran_id = None
    assert "Belum ada indikator" in lia.open("/admin/capaian/triwulan?tahun=2025").text
