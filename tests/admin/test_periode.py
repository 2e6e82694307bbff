"""Periods: adding, closing, and what comes after."""

from __future__ import annotations

import copy
import uuid
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from skm_app.database import Database
from skm_app.intake import Intake
from skm_app.intake.isian import WaktuIsi
from skm_app.models import Catatan, InstrumenTersimpan, Periode
from tests.admin.helpers import Petugas
from tests.offices import (
    ON_SQLITE,
    SKM_9,
    Kantor,
    add_periode,
    close,
    exclude,
    import_palaran,
    list_differences,
    make_isian,
    make_nilai,
    reopen,
)

TAMBAH = "/admin/periode/tambah"
BARU = {
    "rentang": "tahun:1",
    "tahun": "2024",
    "nama": "2024",
    "instrumen": "skm-9/1",
    "konvensi": "portal-kota",
}
SENDIRI = {"rentang": "lain:1", "nama": "Masa uji"}


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
    assert "36 87,23 B Berakhir, belum ditetapkan" in row


@ON_SQLITE
def test_a_part_of_the_office_cannot_ask_another_questionnaire_than_the_whole(
    lia: Petugas, database: Database, kantor: Kantor
) -> None:
    # Answers of a kelurahan to another questionnaire would be missing from the kecamatan's index.
    add_periode(database, kantor.palaran)
    part = {**BARU, "unit": str(kantor.rawa_makmur), "rentang": "bulan:5", "nama": "Mei"}

    page = lia.fill_in(TAMBAH, {**part, "instrumen": "skm-16/1"}, 422)

    assert "termasuk periode 2024 Kecamatan Palaran, yang memakai kuesioner skm-9/1" in page.text
    lia.fill_in(TAMBAH, part)

    # Nor the other way round.
    add_periode(database, kantor.rawa_makmur, tahun=2027, instrumen_id="skm-16/1")
    page = lia.fill_in(TAMBAH, {**BARU, "tahun": "2027", "nama": "2027"}, 422)
    assert "termasuk periode 2027 Kelurahan Rawa Makmur" in page.text


@ON_SQLITE
def test_each_way_of_computing_is_explained(lia: Petugas) -> None:
    text = lia.open(TAMBAH).text

    assert "portal-kota: Bobot tepat" in text
    assert "nilai tertinggi hanya 99,90" in text


@pytest.mark.parametrize(
    ("rentang", "nama", "mulai", "sampai"),
    [
        ("tahun:1", "2028", date(2028, 1, 1), date(2028, 12, 31)),
        ("semester:2", "Semester II 2028", date(2028, 7, 1), date(2028, 12, 31)),
        ("triwulan:1", "Triwulan I 2028", date(2028, 1, 1), date(2028, 3, 31)),
        ("bulan:2", "Februari 2028", date(2028, 2, 1), date(2028, 2, 29)),
    ],
)
@ON_SQLITE
def test_the_days_and_the_name_follow_from_the_kind_and_the_year(
    lia: Petugas, database: Database, rentang: str, nama: str, mulai: date, sampai: date
) -> None:
    lia.fill_in(TAMBAH, {"rentang": rentang, "tahun": "2028"})

    with database.reading() as session:
        (stored,) = session.scalars(select(Periode))
    assert (stored.nama, stored.mulai, stored.sampai) == (nama, mulai, sampai)
    assert (stored.jenis, stored.tahun) == (rentang.split(":")[0], 2028)
    assert (stored.instrumen_id, stored.konvensi) == ("skm-9/1", "eksak")


def test_a_period_may_have_days_of_its_own_and_another_questionnaire(
    lia: Petugas, database: Database
) -> None:
    lia.fill_in(
        TAMBAH,
        {
            **SENDIRI,
            "mulai": "2025-12-15",
            "sampai": "2026-01-14",
            "instrumen": "skm-16/1",
            "populasi": "1.080",
            "populasi_sumber": "Buku register",
        },
    )

    with database.reading() as session:
        (stored,) = session.scalars(select(Periode))
        (logged,) = session.scalars(select(Catatan).where(Catatan.objek == "periode"))
    assert (stored.jenis, stored.tahun, stored.instrumen_id) == ("lain", 2026, "skm-16/1")
    assert (stored.populasi, stored.populasi_sumber) == (1080, "Buku register")
    assert (logged.oleh, logged.aksi) == ("lia", "tambah")
    assert logged.sesudah is not None
    assert logged.sesudah["populasi"] == 1080


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"nama": "lagi"}, "sudah termasuk periode 2024 (1 Januari 2024 sampai 31 Desember 2024)"),
        (
            {"nama": "", "rentang": "bulan:1", "instrumen": "skm-16/1"},
            "yang memakai kuesioner skm-9/1",
        ),
        ({"tahun": "2025"}, "Nama 2024 sudah dipakai"),
        ({"tahun": ""}, "Isi tahunnya."),
        ({"tahun": "dua ribu"}, "Isi tahun antara 2000 dan 2100."),
        ({"tahun": "9999"}, "Isi tahun antara 2000 dan 2100."),
        ({"rentang": "bulan:13"}, "Mohon pilih salah satu dari daftar."),
        ({"mulai": "2024-01-01"}, "Kosongkan tanggal ini"),
        ({**SENDIRI, "mulai": "2024-12-31", "sampai": "2024-01-01"}, "harus sesudah hari pertama"),
        ({**SENDIRI, "nama": " ", "mulai": "2025-01-01", "sampai": "2025-01-02"}, "Isi nama"),
        ({**SENDIRI, "sampai": "2025-01-02"}, "Isi hari pertama."),
        ({**SENDIRI, "mulai": "2025-01-01", "sampai": "besok"}, "seperti 2025-01-31."),
        ({"instrumen": "tidak-ada/1"}, "Mohon pilih salah satu dari daftar."),
        ({"konvensi": "kira-kira"}, "Mohon pilih salah satu dari daftar."),
        ({"unit": "x"}, "Mohon pilih salah satu dari daftar."),
        ({"nama": "x" * 101}, "Paling panjang 100 karakter."),
        ({"populasi": "0", "populasi_sumber": "x"}, "Isi bilangan bulat"),
        ({"populasi": "1,5", "populasi_sumber": "x"}, "Isi bilangan bulat"),
        ({"populasi": "banyak"}, "bukan angka"),
        ({"populasi": "500"}, "Isi dari mana jumlah itu dibaca"),
    ],
)
@ON_SQLITE
def test_a_period_that_cannot_be_is_refused_in_words(
    lia: Petugas, database: Database, kantor: Kantor, changes: dict[str, str], message: str
) -> None:
    add_periode(database, kantor.palaran)

    page = lia.fill_in(TAMBAH, {**BARU, **changes}, status=422)

    assert message in page.text
    with database.reading() as session:
        assert len(session.scalars(select(Periode)).all()) == 1


@ON_SQLITE
def test_two_periods_with_days_of_their_own_share_none(
    lia: Petugas, database: Database, kantor: Kantor
) -> None:
    add_periode(database, kantor.palaran, jenis="lain", nama="Masa uji")

    page = lia.fill_in(
        TAMBAH,
        {**SENDIRI, "nama": "Lagi", "mulai": "2024-12-31", "sampai": "2025-12-31"},
        status=422,
    )

    assert "sudah termasuk periode Masa uji" in page.text


def test_a_year_holds_its_halves_quarters_and_months(
    lia: Petugas, database: Database, kantor: Kantor
) -> None:
    add_periode(database, kantor.palaran)

    for rentang in ("semester:1", "triwulan:1", "bulan:1", "bulan:2"):
        lia.fill_in(TAMBAH, {"rentang": rentang, "tahun": "2024"})

    rows = [row.text for row in lia.open("/admin/periode").root.first("table").all("tr")[1:]]
    assert len(rows) == 5
    assert lia.fill_in(TAMBAH, {"rentang": "bulan:2", "tahun": "2024", "nama": "x"}, status=422)


@ON_SQLITE
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


@ON_SQLITE
def test_another_unit_may_have_the_same_days(
    lia: Petugas, database: Database, kantor: Kantor
) -> None:
    add_periode(database, kantor.palaran)

    lia.fill_in(TAMBAH, {**BARU, "unit": str(kantor.rawa_makmur)})

    with database.reading() as session:
        assert len(session.scalars(select(Periode)).all()) == 2


@pytest.fixture
def kosong(database: Database, kantor: Kantor) -> uuid.UUID:
    """A period in which nobody has answered yet."""
    return add_periode(database, kantor.palaran)


def ubah(periode: uuid.UUID) -> str:
    return f"/admin/periode/{periode}/ubah"


def read_periode(database: Database, periode: uuid.UUID) -> Periode:
    with database.reading() as session:
        return session.get_one(Periode, periode)


def test_a_period_without_answers_can_be_changed_throughout_and_the_change_is_logged(
    lia: Petugas, database: Database, kosong: uuid.UUID
) -> None:
    lia.fill_in(ubah(kosong), {"rentang": "semester:2", "instrumen": "skm-16/1", "nama": ""})

    stored = read_periode(database, kosong)
    assert (stored.nama, stored.mulai) == ("Semester II 2024", date(2024, 7, 1))
    assert stored.instrumen_id == "skm-16/1"
    with database.reading() as session:
        (logged,) = session.scalars(select(Catatan).where(Catatan.objek == "periode"))
    assert (logged.aksi, logged.objek_id, logged.oleh) == ("ubah", str(kosong), "lia")
    assert logged.sebelum is not None
    assert (logged.sebelum["nama"], logged.sebelum["mulai"]) == ("2024", "2024-01-01")
    assert logged.sesudah is not None
    assert logged.sesudah["mulai"] == "2024-07-01"
    assert "tahun" not in logged.sesudah


@ON_SQLITE
def test_a_form_that_changes_nothing_logs_nothing(
    lia: Petugas, database: Database, kosong: uuid.UUID
) -> None:
    lia.fill_in(ubah(kosong), {})

    with database.reading() as session:
        assert session.scalars(select(Catatan).where(Catatan.objek == "periode")).all() == []


@ON_SQLITE
def test_once_there_are_answers_only_the_name_and_the_population_change(
    lia: Petugas, database: Database, periode: uuid.UUID
) -> None:
    page = lia.open(ubah(periode))
    assert "Sudah ada jawaban dalam periode ini" in page.text
    assert not {"rentang", "instrumen", "konvensi"} & set(page.forms[-1].fields)

    lia.fill_in(
        ubah(periode), {"nama": "Tahun 2024", "populasi": "1.000", "populasi_sumber": "Register"}
    )

    stored = read_periode(database, periode)
    assert (stored.nama, stored.populasi, stored.mulai) == ("Tahun 2024", 1000, date(2024, 1, 1))
    assert "36 dari 278 responden yang diperlukan" in lia.open(f"/admin/periode/{periode}").text


def test_days_are_not_changed_when_an_answer_arrived_since_the_form_was_opened(
    lia: Petugas, database: Database, intake: Intake, kantor: Kantor, kosong: uuid.UUID
) -> None:
    seen = lia.open(ubah(kosong))
    intake.record(make_isian(kantor, tanggal=date(2024, 6, 1)))

    number = len(seen.forms) - 1
    answer = lia.send(seen, {"rentang": "semester:2", "nama": "Baru"}, form=number)

    assert "sudah ada jawaban dalam periode ini" in lia.follow(answer).text
    assert read_periode(database, kosong).nama == "2024"


def test_of_two_people_who_change_a_period_the_second_is_told(
    lia: Petugas, database: Database, kosong: uuid.UUID
) -> None:
    seen = lia.open(ubah(kosong))
    lia.fill_in(ubah(kosong), {"nama": "Pertama"})

    page = lia.send(seen, {"nama": "Kedua"}, form=len(seen.forms) - 1, status=409)

    assert "sudah diubah orang lain" in page.text
    assert read_periode(database, kosong).nama == "Pertama"


@ON_SQLITE
def test_a_closed_period_is_not_changed(
    lia: Petugas, database: Database, periode: uuid.UUID
) -> None:
    seen = lia.open(ubah(periode))
    close(database, periode)

    for answer in (
        lia.send(seen, {"nama": "Lain"}, form=len(seen.forms) - 1),
        lia.open(ubah(periode), status=303),
    ):
        assert "sudah ditetapkan" in lia.follow(answer).text
    assert read_periode(database, periode).nama == "2024"


@ON_SQLITE
def test_a_reopened_period_keeps_what_its_frozen_record_names(
    lia: Petugas, database: Database, periode: uuid.UUID
) -> None:
    close(database, periode)
    reopen(database, periode)
    page = lia.open(ubah(periode))
    assert "nama" not in page.forms[-1].fields

    lia.fill_in(ubah(periode), {"populasi": "900", "populasi_sumber": "Register"})

    assert read_periode(database, periode).populasi == 900
    assert list_differences(database) == []


def test_late_answers_are_counted_but_change_nothing(
    lia: Petugas, database: Database, intake: Intake, kantor: Kantor, periode: uuid.UUID
) -> None:
    close(database, periode)
    assert "Tidak ada jawaban yang masuk" in lia.open(f"/admin/periode/{periode}").text
    intake.record(make_isian(kantor, tanggal=date(2024, 6, 1)))

    page = lia.open(f"/admin/periode/{periode}")

    assert page.root.first("p", class_="besar").text == "87,23 B"
    assert "1 jawaban untuk tanggal ini masuk sesudah ditetapkan" in page.text


def test_what_was_left_out_later_does_not_hide_late_answers(
    lia: Petugas, database: Database, intake: Intake, kantor: Kantor
) -> None:
    day = date(2024, 6, 1)
    early, late = [[make_isian(kantor, tanggal=day) for _ in range(many)] for many in (4, 3)]
    intake.record_all(early)
    exclude(database, kantor.palaran, [early[0].id])
    periode = add_periode(database, kantor.palaran)
    close(database, periode)
    intake.record_all(late)
    # Out: one that was frozen, one that came late; in again: the one left out before.
    exclude(database, kantor.palaran, [early[1].id, late[0].id])
    exclude(database, kantor.palaran, [early[0].id], keluar=False)

    text = lia.open(f"/admin/periode/{periode}").text

    assert "3 jawaban untuk tanggal ini masuk sesudah ditetapkan" in text
    assert "2 jawaban dikecualikan dan 1 jawaban dipulihkan" in text
    assert "Data uji coba. (diusulkan lia, disetujui budi)" in text
    assert list_differences(database) == []


def test_the_last_second_of_the_year_counts_in_it_on_the_page_and_when_closing(
    lia: Petugas, database: Database, intake: Intake, kantor: Kantor
) -> None:
    for instant, nilai in (("2024-12-31T15:59:59", 1), ("2024-12-31T16:00:00", 4)):
        waktu = WaktuIsi(
            perangkat=datetime.fromisoformat(f"{instant}+00:00"),
            selisih=timedelta(0),
            oldest=timedelta(days=10_000),
        )
        intake.record_all(
            [make_isian(kantor, make_nilai(nilai=nilai), waktu=waktu) for _ in range(5)]
        )
    found = {}
    for tahun in (2024, 2025):
        periode = add_periode(database, kantor.palaran, tahun)
        shown = lia.open(f"/admin/periode/{periode}").root.first("p", class_="besar").text
        found[tahun] = (shown, str(close(database, periode).ikm))

    assert found == {2024: ("25,00 D", "25.00"), 2025: ("100,00 A", "100.00")}
    assert list_differences(database) == []


@ON_SQLITE
def test_the_head_of_the_office_reads_but_does_not_propose(
    budi: Petugas, periode: uuid.UUID
) -> None:
    page = budi.open(f"/admin/periode/{periode}")

    assert "87,23" in page.text
    assert "Usulkan" not in page.text
    assert "Ubah periode" not in page.text
    assert "Tambah periode" not in budi.open("/admin/periode").text


@ON_SQLITE
def test_a_period_of_another_office_is_not_found(
    lia: Petugas, database: Database, kantor: Kantor
) -> None:
    foreign = add_periode(database, kantor.kota)

    for rest in ("", "/tetapkan", "/ubah", "/buka", "/penetapan/1"):
        lia.open(f"/admin/periode/{foreign}{rest}", status=404)
    lia.open(f"/admin/periode/{uuid.uuid4()}", status=404)


@ON_SQLITE
def test_the_list_is_a_file_and_goes_on_page_after_page(
    lia: Petugas, database: Database, kantor: Kantor
) -> None:
    for tahun in range(2000, 2022):
        add_periode(database, kantor.palaran, tahun)

    page = lia.open("/admin/periode")
    assert len(page.root.first("table").all("tr")) == 1 + 20
    assert "Halaman berikutnya" in page.text
    second = lia.open("/admin/periode?hal=2")
    assert [row.first("th").text[:4] for row in second.root.first("table").all("tr")[1:]] == [
        "2001",
        "2000",
    ]
    lines = lia.client.get("/admin/periode?unduh=csv&hal=2").text.splitlines()
    assert len(lines) == 3
    for wrong in ("0", "-1", "x", "²", "9" * 30):
        lia.open(f"/admin/periode?hal={wrong}", status=404)
