"""What the dashboard says beyond the index: enough people, chance, ranks, periods, who answered."""

from __future__ import annotations

import json
import re
import uuid
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import event, select, update

from skm_app.catatan import Pelaku
from skm_app.database import Database
from skm_app.intake import Intake
from skm_app.models import Layanan, Pengaduan, Pengguna, Periode, Saran
from skm_app.profil import Profil
from skm_app.usulan.dua_orang import propose
from tests.admin.helpers import Petugas
from tests.offices import (
    ON_SQLITE,
    SKM_9,
    Kantor,
    add_periode,
    close,
    import_palaran,
    make_isian,
    make_isian_rawa,
    make_nilai,
    reopen,
    today_wita,
)

TAHUN_2024 = "/admin/?mulai=2024-01-01&sampai=2024-12-31"
JAN_2024 = "/admin/?mulai=2024-01-01&sampai=2024-01-31"


def read_figures(petugas: Petugas, url: str = TAHUN_2024) -> dict[str, dict[str, Any]]:
    answer = petugas.client.get(url.replace("/admin/", "/admin/grafik.json"))
    return {one["id"]: one for one in json.loads(answer.text)["grafik"]}


def read_items(petugas: Petugas, id_: str, url: str = TAHUN_2024) -> list[str]:
    return [item.text for item in petugas.open(url).by_id(id_).all("li")]


@pytest.fixture
def palaran(database: Database, intake: Intake, kantor: Kantor) -> uuid.UUID:
    """The 36 responses of 2024; id of their period, of 65.199 users."""
    periode_id = add_periode(database, kantor.palaran, konvensi="portal-kota", populasi=65_199)
    import_palaran(database, intake)
    return periode_id


@pytest.mark.usefixtures("palaran")
def test_too_few_responses_are_told_with_the_need(lia: Petugas) -> None:
    page = lia.open(TAHUN_2024)

    assert (page.by_id("n").text, page.by_id("dari").text) == ("36", "dari 382")
    assert page.by_id("kecukupan").text.startswith("Belum cukup: masih kurang 346 responden")
    assert "kurang" in page.by_id("kecukupan").attrs["class"]
    bar = page.by_id("kemajuan").attrs
    assert (bar["max"], bar["value"]) == ("382", "36")
    assert "hidden" not in bar


@ON_SQLITE
def test_enough_responses_are_no_warning(
    lia: Petugas, database: Database, intake: Intake, kantor: Kantor
) -> None:
    add_periode(database, kantor.palaran, populasi=10)  # ten are needed
    intake.record_all([make_isian(kantor, tanggal=date(2024, 5, 5)) for _ in range(10)])

    kecukupan = lia.open(TAHUN_2024).by_id("kecukupan")

    assert kecukupan.text == "Cukup untuk 10 pengguna layanan (Krejcie–Morgan)."
    assert "kurang" not in kecukupan.attrs["class"].split()


@ON_SQLITE
def test_an_unknown_population_leads_to_the_period(
    lia: Petugas, ani: Petugas, database: Database, intake: Intake, kantor: Kantor
) -> None:
    periode_id = add_periode(database, kantor.palaran)
    import_palaran(database, intake)

    page = lia.open(TAHUN_2024)

    assert page.by_id("kecukupan").text.startswith("Populasi belum diisi")
    assert page.root.all("a", href=f"/admin/periode/{periode_id}")
    assert "hidden" in page.by_id("kemajuan").attrs
    # An operator may not open it.
    assert not ani.open(TAHUN_2024).root.all("a", href=f"/admin/periode/{periode_id}")


@pytest.mark.usefixtures("palaran")
@pytest.mark.parametrize("part", ["&layanan={ktp}", "&unit={rawa_makmur}"])
@ON_SQLITE
def test_a_part_of_a_period_has_no_need_of_its_own(lia: Petugas, kantor: Kantor, part: str) -> None:
    page = lia.open(TAHUN_2024 + part.format(ktp=kantor.ktp, rawa_makmur=kantor.rawa_makmur))

    assert page.by_id("dari").text == ""
    assert "satu periode penuh" in page.by_id("kecukupan").text


@pytest.mark.usefixtures("palaran")
@ON_SQLITE
def test_the_interval_is_told_and_small_populations_narrow_it(
    lia: Petugas, database: Database, palaran: uuid.UUID
) -> None:
    assert lia.open(TAHUN_2024).by_id("selang").text == "Rentang 95%: 83,54 sampai 90,92."

    with database.writing() as session:
        session.execute(update(Periode).values(populasi=48))
    assert lia.open(TAHUN_2024).by_id("selang").text == "Rentang 95%: 85,38 sampai 89,08."


@pytest.mark.usefixtures("palaran")
@ON_SQLITE
def test_the_three_weakest_and_strongest_are_named_with_their_ties(lia: Petugas) -> None:
    assert read_items(lia, "terlemah") == [
        "Persyaratan (U1) dan Perilaku Pelaksana (U7): 3,306, nilai sama",
        "Sistem, Mekanisme, dan Prosedur (U2) dan Produk Spesifikasi Jenis Pelayanan (U5): "
        "3,333, nilai sama",
    ]
    assert read_items(lia, "terkuat") == [
        "Biaya/Tarif (U4) dan Penanganan Pengaduan, Saran dan Masukan (U8): 4,000, nilai sama",
        "Waktu Penyelesaian (U3) dan Kompetensi Pelaksana (U6): 3,389, nilai sama",
    ]


def set_gratis(database: Database, *layanan_ids: uuid.UUID) -> None:
    with database.writing() as session:
        session.execute(update(Layanan).where(Layanan.id.in_(layanan_ids)).values(gratis=True))


@ON_SQLITE
def test_free_services_are_told_with_the_index_without_biaya(
    lia: Petugas, database: Database, intake: Intake, kantor: Kantor
) -> None:
    biaya = SKM_9.butir_of("biaya")[0].kunci
    intake.record_all([make_isian(kantor, {biaya: 4}) for _ in range(6)])
    set_gratis(database, kantor.ktp)

    words = lia.open("/admin/").by_id("kalimat").text

    assert "Biaya/Tarif bernilai 4 dengan sendirinya" in words
    assert "Tanpa unsur itu indeksnya 75,00 (mutu C)" in words
    assert "bukan untuk laporan" in words
    assert read_items(lia, "terkuat", "/admin/")[0] == "Biaya/Tarif (U4, gratis): 4,000"
    assert read_figures(lia, "/admin/")["unsur"]["baris"][3][0] == "U4 Biaya/Tarif (gratis)"

    # One service with a price, and the fours are answers again.
    intake.record_all([make_isian(kantor, layanan_id=kantor.sktm) for _ in range(5)])
    assert "dengan sendirinya" not in lia.open("/admin/").by_id("kalimat").text


@ON_SQLITE
def test_periods_follow_each_other_with_the_rule_of_each(
    lia: Petugas, database: Database, intake: Intake, kantor: Kantor, palaran: uuid.UUID
) -> None:
    lalu = add_periode(database, kantor.palaran, 2023)
    intake.record_all([make_isian(kantor, tanggal=date(2023, 7, 7)) for _ in range(8)])
    close(database, lalu)
    close(database, palaran)
    today = today_wita()
    add_periode(database, kantor.palaran, today.year)
    intake.record_all([make_isian(kantor, make_nilai(nilai=4)) for _ in range(5)])

    riwayat = read_figures(lia)["riwayat"]

    assert [(row[0], *row[3:]) for row in riwayat["baris"]] == [
        ("2023", "8", "75,00", "75,00", "C", "eksak", "skm-9/1", "ditetapkan"),
        ("2024", "36", "87,23", "87,27", "B", "portal-kota", "skm-9/1", "ditetapkan"),
        (str(today.year), "5", "100,00", "100,00", "A", "eksak", "skm-9/1", "berjalan"),
    ]
    assert riwayat["kalimat"].startswith(
        f"Periode {today.year} (masih berjalan): IKM 100,00, naik 12,77 dari periode 2024."
    )
    assert "Aturan hitungnya berbeda" in riwayat["kalimat"]
    reopen(database, palaran)
    assert [row[-1] for row in read_figures(lia)["riwayat"]["baris"]] == [
        "ditetapkan", "berjalan", "berjalan",
    ]  # fmt: skip


# How often 1, 2, 3, 4 and no answer were given, where everybody answers 3.
SEMUA_3 = ("0,0%", "0,0%", "100,0%", "0,0%", "0,0%")


def record_ages(intake: Intake, kantor: Kantor, ages: dict[str | None, int]) -> None:
    intake.record_all(
        [
            make_isian(kantor, tanggal=date(2024, 1, 9), profil=Profil(usia=usia), kanal="kios")
            for usia, count in ages.items()
            for _ in range(count)
        ]
    )


def test_who_answered_is_shown_in_the_order_of_the_choices(
    lia: Petugas, intake: Intake, kantor: Kantor
) -> None:
    record_ages(intake, kantor, {">65": 5, "17-25": 10, None: 5})

    figures = read_figures(lia)

    assert figures["usia"]["baris"] == [
        ["17–25 tahun", "10", "50,0%", "75,00", "C", *SEMUA_3],
        ["Di atas 65 tahun", "5", "25,0%", "75,00", "C", *SEMUA_3],
        ["Tidak disebut", "5", "25,0%", "75,00", "C", *SEMUA_3],
    ]
    assert figures["kanal"]["baris"] == [["Kios", "20", "100,0%", "75,00", "C", *SEMUA_3]]
    assert figures["pendidikan"]["kalimat"] == "Belum ada jawaban dengan keterangan ini."


@ON_SQLITE
def test_who_answered_needs_whole_months_and_all_services(
    lia: Petugas, intake: Intake, kantor: Kantor
) -> None:
    record_ages(intake, kantor, {"17-25": 10})

    assert read_figures(lia, JAN_2024)["usia"]["baris"]
    for url, words in (
        (JAN_2024.replace("31", "30"), "Pilih bulan penuh"),
        (f"{JAN_2024}&layanan={kantor.ktp}", "Pilih semua layanan"),
    ):
        usia = read_figures(lia, url)["usia"]
        assert (usia["baris"], usia["data"]) == ([], [])
        assert words in usia["kalimat"]


@pytest.mark.usefixtures("palaran")
@ON_SQLITE
def test_every_table_can_be_taken_along(lia: Petugas) -> None:
    page = lia.open(TAHUN_2024)
    links = [
        link.attrs["href"] for link in page.root.all("a") if "unduh=" in link.attrs.get("href", "")
    ]
    assert len(links) == 2 * 13
    for link in links:
        assert lia.client.get(link).status_code == 200, link

    answer = lia.client.get(f"{TAHUN_2024}&unduh=csv&tabel=unsur")

    first, *rows = answer.text.removeprefix("\ufeff").splitlines()
    assert first.startswith("Unsur")
    assert re.fullmatch(r"U1 Persyaratan[;,]\"?3[.,]306\"?[;,].*", rows[0])
    assert lia.client.get(f"{TAHUN_2024}&unduh=csv&tabel=tidak-ada").status_code == 404


def add_pengaduan(
    database: Database, intake: Intake, kantor: Kantor, tenggat: date | None, status: str = "baru"
) -> None:
    """A complaint; without a deadline nobody has taken it up."""
    with database.reading() as session:
        known = set(session.scalars(select(Saran.id)))
    intake.record(make_isian(kantor, saran="Antrean lama", pengaduan=True))
    if tenggat is None:
        return
    with database.writing() as session:
        saran_id = next(one for one in session.scalars(select(Saran.id)) if one not in known)
        jawaban = "Sudah." if status == "selesai" else ""
        session.add(Pengaduan(saran_id=saran_id, tenggat=tenggat, status=status, jawaban=jawaban))


def test_what_waits_for_somebody_is_counted(
    lia: Petugas, ani: Petugas, database: Database, intake: Intake, kantor: Kantor
) -> None:
    assert "Menunggu tindakan" not in lia.open("/admin/").text
    today = today_wita()
    add_pengaduan(database, intake, kantor, None)
    add_pengaduan(database, intake, kantor, today - timedelta(days=1))
    add_pengaduan(database, intake, kantor, today - timedelta(days=1), status="selesai")
    add_pengaduan(database, intake, kantor, today)
    intake.record(make_isian(kantor, saran="Terima kasih"))
    with database.writing() as session:
        pengguna = session.scalars(select(Pengguna).where(Pengguna.nama == "lia")).one()
        pelaku = Pelaku(pengguna_id=pengguna.id, nama="lia", peran="admin")
        propose(session, pelaku, "kecualikan", kantor.palaran, "Uji coba.", "Kecualikan.")

    def read(petugas: Petugas) -> list[str]:
        section = petugas.open("/admin/").root.first("section", class_="tindakan-daftar")
        return [item.text for item in section.all("li")]

    complaints = ["1 pengaduan baru belum ditangani", "1 pengaduan melewati tenggat"]
    assert read(lia) == ["1 usulan menunggu putusan", *complaints]
    # An operator decides nothing.
    assert read(ani) == complaints


def test_the_page_takes_the_same_statements_for_many_answers(
    lia: Petugas, intake: Intake, kantor: Kantor
) -> None:
    statements: list[str] = []
    engine = lia.client.application.extensions["skm"].database.engine
    record_ages(intake, kantor, {"17-25": 10})
    lia.open(TAHUN_2024)
    event.listen(engine, "before_cursor_execute", lambda *args: statements.append(args[2]))
    lia.open(TAHUN_2024)
    with_few = len(statements)
    record_ages(intake, kantor, {"17-25": 30, "26-34": 30, ">65": 30})
    intake.record_all([make_isian_rawa(kantor, tanggal=date(2024, 2, 2)) for _ in range(20)])
    statements.clear()

    lia.open(TAHUN_2024)

    assert len(statements) == with_few
    assert len([one for one in statements if not one.startswith("BEGIN")]) <= 24


@ON_SQLITE
def test_a_closed_period_shows_its_official_figure_beside_the_moving_one(
    lia: Petugas, database: Database, intake: Intake, kantor: Kantor
) -> None:
    import_palaran(database, intake)
    close(database, add_periode(database, kantor.palaran, konvensi="portal-kota"))
    intake.record(make_isian(kantor, make_nilai(nilai=1), tanggal=date(2024, 6, 1)))

    text = lia.open(TAHUN_2024).text

    assert "Periode 2024 sudah ditetapkan: IKM 87,23 dari 36 responden." in text
    # A part of it, or other days, is not what was closed.
    part = lia.open("/admin/?mulai=2024-01-01&sampai=2024-06-30").text
    assert "sudah ditetapkan" not in part
