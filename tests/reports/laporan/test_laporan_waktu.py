"""What a report says of other periods, of units and services, and of days to come."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from skm_app.database import Database
from skm_app.intake import Intake
from skm_app.models import Unit, new_id
from tests.admin.kinerja import add_indikator, set_realisasi
from tests.offices import (
    ON_SQLITE,
    SKM_16,
    Kantor,
    add_periode,
    close,
    make_isian,
    make_isian_rawa,
    make_nilai,
)
from tests.reports.laporan.baca import find_tabel, read_text, section
from tests.reports.laporan.buat import TAHUN, add, add_rtl, make, many, record

pytestmark = ON_SQLITE


def test_a_period_that_is_over_but_open_is_told_as_over(
    database: Database, kantor: Kantor, intake: Intake
) -> None:
    lama = TAHUN - 1
    periode_id = add_periode(database, kantor.palaran, lama, populasi=100)
    record(intake, *many(kantor, 5, tanggal=date(lama, 5, 5)))
    dokumen = make(database, periode_id)
    text = section(dokumen, "2.4")
    assert f"dikumpulkan pada 1 Januari sampai 31 Desember {lama}." in text
    assert "berlangsung" not in text
    assert "perlu ditingkatkan pada survei berikutnya" in section(dokumen, "BAB VI")


def test_a_period_to_come_says_when(database: Database, kantor: Kantor) -> None:
    text = section(make(database, add_periode(database, kantor.palaran, TAHUN + 1)), "2.4")
    assert "direncanakan pada 1 Januari sampai 31 Desember" in text


def test_units_without_a_response_are_named(
    database: Database, kantor: Kantor, intake: Intake
) -> None:
    add(
        database,
        Unit(id=new_id(), parent_id=kantor.palaran, jenis="kelurahan", nama="Kelurahan Bukuan"),
    )
    periode_id = add_periode(database, kantor.palaran, TAHUN)
    record(intake, *many(kantor, 5), make_isian_rawa(kantor))
    text = section(make(database, periode_id), "2.1")
    assert "dari pelayanan Kecamatan Palaran dan Kelurahan Rawa Makmur. Belum ada" in text
    assert text.endswith("Belum ada jawaban dari Kelurahan Bukuan.")


def test_without_a_response_no_kelurahan_is_said_to_have_asked(
    database: Database, kantor: Kantor
) -> None:
    text = section(make(database, add_periode(database, kantor.palaran, TAHUN)), "2.3")
    assert text == "Data dikumpulkan di lingkungan pelayanan Kecamatan Palaran."


def test_a_change_beyond_both_intervals_is_not_doubted(
    database: Database, kantor: Kantor, intake: Intake
) -> None:
    lama = add_periode(database, kantor.palaran, TAHUN - 1)
    low = many(kantor, 40, nilai=make_nilai(nilai=1), tanggal=date(TAHUN - 1, 5, 5))
    record(intake, make_isian(kantor, {"waktu": 2}, tanggal=date(TAHUN - 1, 5, 5)), *low)
    close(database, lama)
    periode_id = add_periode(database, kantor.palaran, TAHUN)
    record(intake, make_isian(kantor), *many(kantor, 40, nilai=make_nilai(nilai=4)))
    text = section(make(database, periode_id), "4.3")
    assert f"Dibandingkan dengan SKM tahun {TAHUN - 1}" in text
    assert "bertumpang tindih" not in text


def test_a_year_of_which_only_the_index_is_kept_is_compared_by_it(
    database: Database, kantor: Kantor, intake: Intake
) -> None:
    lama = add_periode(database, kantor.palaran, TAHUN - 2)
    record(intake, *many(kantor, 5, tanggal=date(TAHUN - 2, 5, 5)))
    close(database, lama)
    add_rtl(database, lama)
    ikm = add_indikator(database, kantor.palaran, "ikm", {TAHUN: "80"})
    printed = Decimal("70.00")
    set_realisasi(database, ikm, TAHUN - 1, cara="dokumen", nilai=printed, sumber="LKjIP")
    periode_id = add_periode(database, kantor.palaran, TAHUN)
    record(intake, *many(kantor, 5))
    dokumen = make(database, periode_id)
    expected = f"Dibandingkan dengan SKM tahun {TAHUN - 1} (70,00), IKM naik 5,00 poin."
    assert expected in section(dokumen, "4.3")
    assert section(dokumen, "BAB V").startswith(
        f"Dari SKM tahun {TAHUN - 1} hanya nilai IKM yang tercatat di sini; yang dilaporkan "
        f"adalah tindak lanjut SKM tahun {TAHUN - 2}."
    )


def test_without_two_large_services_none_is_called_best(
    database: Database, kantor: Kantor, intake: Intake
) -> None:
    periode_id = add_periode(database, kantor.palaran, TAHUN)
    good = {"waktu": 4}
    record(intake, *many(kantor, 30, nilai=good), *many(kantor, 29, layanan_id=kantor.sktm))
    assert "tertinggi menurut jenis layanan" not in section(make(database, periode_id), "3.2")
    record(intake, make_isian(kantor, layanan_id=kantor.sktm))
    text = section(make(database, periode_id), "3.2")
    assert "dari 30 responden), sedangkan yang terendah Surat tidak mampu (75,00" in text


def test_a_semester_does_not_deny_the_index_of_a_year(
    database: Database, kantor: Kantor, intake: Intake
) -> None:
    lama = add_periode(database, kantor.palaran, TAHUN - 1)
    record(intake, *many(kantor, 5, tanggal=date(TAHUN - 1, 5, 5)))
    close(database, lama)
    semester = add_periode(
        database, kantor.palaran, TAHUN, jenis="semester", nama=f"Semester I {TAHUN}",
        sampai=date(TAHUN, 6, 30),
    )  # fmt: skip
    text = section(make(database, semester), "4.3")
    assert text.startswith("Belum ada nilai IKM semester yang telah ditetapkan.")


def test_questions_about_fairness_of_a_fee_raise_no_suspicion(
    database: Database, kantor: Kantor, intake: Intake
) -> None:
    periode_id = add_periode(database, kantor.palaran, TAHUN, instrumen_id=SKM_16.id)
    record(intake, *(make_isian(kantor, make_nilai(SKM_16, 3), instrumen=SKM_16) for _ in range(5)))
    assert "pungutan atau" not in read_text(make(database, periode_id))


def test_the_trend_joins_closed_years_and_documents_and_never_contradicts_the_report(
    database: Database, kantor: Kantor, intake: Intake
) -> None:
    ids = []
    for year, nilai in ((TAHUN - 1, 3), (TAHUN, 4)):
        ids.append(add_periode(database, kantor.palaran, year))
        answers = many(kantor, 6, nilai=make_nilai(nilai=nilai), tanggal=date(year, 1, 1))
        record(intake, *answers)
    for one in ids:
        close(database, one)
    ikm = add_indikator(database, kantor.palaran, "ikm", {TAHUN: "80"})
    for year in (TAHUN - 2, TAHUN):
        printed = Decimal("80.10")
        set_realisasi(database, ikm, year, cara="dokumen", nilai=printed, sumber="LKjIP")
    tabel = find_tabel(make(database, ids[1]), "Tren nilai IKM")
    assert [tuple(row[:2]) for row in tabel.baris] == [
        (str(TAHUN - 2), "80,10"),
        (str(TAHUN - 1), "75,00"),
        (str(TAHUN), "100,00"),
    ]
    assert tabel.baris[2][3] == "80"
