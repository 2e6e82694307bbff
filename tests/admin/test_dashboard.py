"""The dashboard: what it says, and that every figure can be drawn."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest

from skm_app.database import Database
from skm_app.intake import Intake
from skm_app.models import Instalasi
from tests.admin.helpers import Petugas
from tests.admin.kinerja import add_indikator
from tests.offices import (
    SKM_9,
    SKM_16,
    Kantor,
    add_periode,
    import_palaran,
    make_isian,
    make_isian_rawa,
    make_nilai,
)

CIRI = ("kanal", "dibantu", "jam", "jenis_kelamin", "usia", "pendidikan", "pekerjaan")
BELUM_DISEBUT = ("dibantu", "jam")  # not in the sheet of 2024
SEMUA_GRAFIK = ("unsur", "sebaran", "tren", "layanan", "unit", *CIRI, "riwayat")
TAHUN_2024 = "/admin/?mulai=2024-01-01&sampai=2024-12-31"


@pytest.fixture
def palaran(database: Database, intake: Intake, kantor: Kantor) -> None:
    """The 36 responses of 2024 in their period, with the year's target."""
    add_periode(database, kantor.palaran, konvensi="portal-kota")
    import_palaran(database, intake)
    add_indikator(database, kantor.palaran, "ikm", {2024: "88.31"})


def read_figures(petugas: Petugas, url: str = TAHUN_2024) -> dict[str, dict[str, Any]]:
    answer = petugas.client.get(url.replace("/admin/", "/admin/grafik.json"))
    return {one["id"]: one for one in json.loads(answer.text)["grafik"]}


@pytest.mark.usefixtures("palaran")
def test_one_look_tells_the_index_and_what_it_means(lia: Petugas) -> None:
    page = lia.open(TAHUN_2024)

    assert page.by_id("ikm").text == "87,23"
    assert page.by_id("mutu").text == "B"
    assert page.by_id("kinerja").text == "Baik"
    assert page.by_id("n").text == "36"
    assert page.by_id("eksak").text == "87,27 tanpa pembulatan di tengah"
    assert [item.text for item in page.by_id("kalimat").all("li")] == [
        "Target 2024 adalah 88,31: masih kurang 1,08.",
        "Mutu A dimulai dari 88,31: kurang 1,08.",
        "Unsur terlemah, dengan nilai yang sama: Persyaratan (U1) dan Perilaku Pelaksana (U7), "
        "NRR 3,306.",
    ]


@pytest.mark.usefixtures("palaran")
def test_a_part_of_the_office_is_not_compared_with_the_offices_target(
    lia: Petugas, kantor: Kantor
) -> None:
    page = lia.open(f"{TAHUN_2024}&layanan={kantor.ktp}")

    assert page.by_id("n").text == "36"
    assert "Target" not in page.by_id("kalimat").text


@pytest.mark.usefixtures("palaran")
def test_each_chart_has_a_heading_a_sentence_and_the_same_numbers_in_a_table(
    lia: Petugas,
) -> None:
    page = lia.open(TAHUN_2024)

    for name in SEMUA_GRAFIK:
        assert page.by_id(f"judul-{name}").tag in ("h2", "h3")
        assert page.by_id(f"kalimat-{name}").text.endswith(".")
        assert page.by_id(f"tabel-{name}").all("td") or name in BELUM_DISEBUT
    unsur = [row.text for row in page.by_id("tabel-unsur").all("tr")[1:]]
    assert unsur[0] == "U1 Persyaratan3,30682,64B11936"
    assert [row[:2] for row in unsur] == [f"U{number}" for number in range(1, 10)]


@pytest.mark.usefixtures("palaran")
def test_plotly_itself_accepts_every_figure(lia: Petugas) -> None:
    from plotly.graph_objects import Figure

    figures = read_figures(lia)

    assert set(figures) == set(SEMUA_GRAFIK)
    for one in figures.values():
        Figure(data=one["data"], layout=one["layout"])


@pytest.mark.usefixtures("palaran")
def test_the_page_and_the_refreshed_figures_are_the_same(lia: Petugas) -> None:
    embedded = json.loads(lia.open(TAHUN_2024).by_id("data-grafik").raw_text)

    assert embedded == list(read_figures(lia).values())


def test_no_answers_yet_is_told_kindly(lia: Petugas) -> None:
    page = lia.open("/admin/")

    assert "hidden" not in page.by_id("kosong").attrs
    assert "hidden" in page.by_id("hasil").attrs
    assert "Belum ada jawaban" in page.text


def test_figures_without_answers_can_be_drawn_too(lia: Petugas) -> None:
    from plotly.graph_objects import Figure

    for one in read_figures(lia).values():
        Figure(data=one["data"], layout=one["layout"])
        assert one["kalimat"].startswith("Belum ada")
        assert not one["baris"] or one["id"] in ("unsur", "sebaran")


def test_an_index_that_cannot_be_given_is_explained(
    lia: Petugas, intake: Intake, kantor: Kantor
) -> None:
    biaya = next(butir.kunci for butir in SKM_9.butir if butir.unsur == "biaya")
    intake.record_all([make_isian(kantor, {biaya: None}) for _ in range(5)])

    page = lia.open("/admin/")

    assert page.by_id("ikm").text == "–"
    assert "belum ada jawaban untuk unsur Biaya/Tarif" in page.by_id("kalimat").text


def test_groups_of_fewer_than_five_are_folded_together_with_another(
    lia: Petugas, intake: Intake, kantor: Kantor
) -> None:
    for layanan_id, count in ((kantor.ktp, 9), (kantor.sktm, 6)):
        intake.record_all([make_isian(kantor, layanan_id=layanan_id) for _ in range(count)])
    intake.record_all([make_isian_rawa(kantor, make_nilai(nilai=1)) for _ in range(4)])

    figures = read_figures(lia, "/admin/")

    # Whole 19: with the kecamatan's 15 shown, the four of the kelurahan would be known.
    assert figures["unit"]["baris"] == [
        [
            *("Digabung: Kecamatan Palaran dan Kelurahan Rawa Makmur", "19", "100,0%", "64,47"),
            *("D", "21,1%", "0,0%", "78,9%", "0,0%", "0,0%"),
        ],
    ]
    assert [row[:2] for row in figures["layanan"]["baris"]] == [
        ["Pengantar KTP", "9"],
        ["Digabung: Surat domisili dan Surat tidak mampu", "10"],
    ]
    assert "2 kelompok digabung" in figures["layanan"]["kalimat"]
    assert figures["layanan"]["layout"]["yaxis"]["ticktext"] == [
        "Pengantar KTP",
        "Lainnya (digabung)",
    ]


def test_two_long_names_that_are_shortened_alike_keep_their_own_bars(
    lia: Petugas, intake: Intake, kantor: Kantor
) -> None:
    panjang = "Surat keterangan tidak mampu untuk keperluan"
    lia.fill_in(f"/admin/layanan/{kantor.ktp}", {"nama": f"{panjang} sekolah"})
    lia.fill_in(f"/admin/layanan/{kantor.sktm}", {"nama": f"{panjang} rumah sakit"})
    for layanan_id in (kantor.ktp, kantor.sktm):
        intake.record_all([make_isian(kantor, layanan_id=layanan_id) for _ in range(5)])

    bars = read_figures(lia, "/admin/")["layanan"]["data"][0]

    assert bars["y"] == [0, 1]
    assert sorted(bars["customdata"]) == [f"{panjang} rumah sakit", f"{panjang} sekolah"]


def test_one_unit_alone_needs_no_chart_per_unit(lia: Petugas, kantor: Kantor) -> None:
    assert "unit" not in read_figures(lia, f"/admin/?unit={kantor.rawa_makmur}")


def test_the_months_are_compared(lia: Petugas, intake: Intake, kantor: Kantor) -> None:
    for day, nilai, count in ((31, 3, 5), (60, 3, 2), (62, 4, 5), (92, 4, 5)):
        tanggal = date(2023, 12, 31) + timedelta(days=day)
        isian = [make_isian(kantor, make_nilai(nilai=nilai), tanggal=tanggal) for _ in range(count)]
        intake.record_all(isian)

    tren = read_figures(lia)["tren"]

    # Two people in February: counted together with March.
    assert [row[:3] for row in tren["baris"]] == [
        ["Januari 2024", "5", "75,00"],
        ["Februari–Maret 2024", "7", "92,86"],
        ["April 2024", "5", "100,00"],
    ]
    assert tren["kalimat"] == (
        "IKM April 2024 100,00 dari 5 responden, naik 7,14 dari Februari–Maret 2024."
    )
    assert tren["data"][0]["x"] == ["Jan 2024", "Feb–Mar 2024", "Apr 2024"]


def test_shares_of_the_answers_include_those_left_open(
    lia: Petugas, intake: Intake, kantor: Kantor
) -> None:
    kunci = SKM_9.butir_of("persyaratan")[0].kunci
    for nilai in (1, 3, 3, 4, None):
        intake.record(make_isian(kantor, {kunci: nilai}))

    row = read_figures(lia, "/admin/")["sebaran"]["baris"][0]

    assert row == [
        "U1 Persyaratan", "1 (20,0%)", "0 (0,0%)", "2 (40,0%)", "1 (20,0%)", "1 (20,0%)",
    ]  # fmt: skip


def test_answers_to_another_questionnaire_are_mentioned_not_mixed_in(
    lia: Petugas, intake: Intake, kantor: Kantor
) -> None:
    intake.record_all([make_isian(kantor) for _ in range(5)])
    intake.record(make_isian(kantor, make_nilai(SKM_16), instrumen=SKM_16))

    page = lia.open("/admin/")

    assert page.by_id("n").text == "5"
    assert SKM_16.id in page.by_id("kalimat").text


def test_a_hostile_name_stays_text(lia: Petugas, intake: Intake, kantor: Kantor) -> None:
    jahat = "</script><script>alert(1)</script>"
    lia.fill_in(f"/admin/layanan/{kantor.ktp}", {"nama": jahat})
    intake.record_all([make_isian(kantor) for _ in range(5)])

    page = lia.open("/admin/")

    assert jahat in page.by_id("layanan").text
    assert read_figures(lia, "/admin/")["layanan"]["baris"][0][0] == jahat


def test_sample_data_is_announced_on_every_page(lia: Petugas, database: Database) -> None:
    assert "data contoh" not in lia.open("/admin/").text
    with database.writing() as session:
        session.add(Instalasi(kunci="demo", nilai="ya"))

    for url in ("/admin/", "/admin/capaian", "/admin/titik"):
        assert "data contoh" in lia.open(url).text
