"""Sasaran 1 and 2 with the printed figures, and the forms behind them."""

from __future__ import annotations

import json
import uuid
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select

from skm_app.database import Database
from skm_app.intake import Intake
from skm_app.models import Catatan, Indikator, Realisasi, Target, TargetLama
from tests.admin.catatan import read_catatan
from tests.admin.helpers import Petugas
from tests.admin.kinerja import add_anggaran_2024, add_indikator, set_realisasi
from tests.offices import (
    ON_SQLITE,
    Kantor,
    add_periode,
    close,
    import_palaran,
    list_differences,
    make_isian,
    reopen,
)
from tests.pages import Element, Form, Page

TARGET_IKM = {2022: "77.55", 2023: "84.33", 2024: "88.31", 2026: "89.05"}
UBAH_IKM = "/admin/capaian/ikm/2024"
UBAH_PROBEBAYA = "/admin/capaian/probebaya/2024"
REVISI = {
    "target": "88,50",
    "sumber_target": "PK perubahan",
    "keputusan": "SK 3",
    "tanggal_keputusan": "2024-09-30",
}


@pytest.fixture
def ikm(database: Database, kantor: Kantor) -> uuid.UUID:
    return add_indikator(database, kantor.palaran, "ikm", TARGET_IKM)


@pytest.fixture
def probebaya(database: Database, kantor: Kantor) -> uuid.UUID:
    add_anggaran_2024(database, kantor)
    return add_indikator(database, kantor.palaran, "probebaya", {2024: "83"})


@pytest.fixture
def periode(database: Database, intake: Intake, kantor: Kantor) -> uuid.UUID:
    """2024 with its 36 responses, still open."""
    import_palaran(database, intake)
    return add_periode(database, kantor.palaran, konvensi="portal-kota")


def read_rows(page: Page) -> list[str]:
    return [row.text for row in page.root.all("tr")]


def read_cells(table: Element) -> list[list[str]]:
    """The body of a table."""
    rows = [[one.text for one in (*row.all("th"), *row.all("td"))] for row in table.all("tr")]
    return rows[1:]


def test_sasaran_1_of_2024_reads_as_printed(
    lia: Petugas, database: Database, ikm: uuid.UUID, periode: uuid.UUID
) -> None:
    close(database, periode)
    lia.fill_in(UBAH_IKM, {"sumber_realisasi": f"periode:{periode}"})

    page = lia.open("/admin/capaian?tahun=2024")

    assert page.h1 == "Capaian kinerja 2024"
    row = "2024 88,31 87,23 98,78% Periode 2024, ditetapkan, 36 respondenPenetapan nomor 1 dan"
    assert any(found.startswith(row) for found in read_rows(page))
    assert "sementara" not in "".join(read_rows(page))
    link = next(one for one in page.root.all("a") if one.text.startswith("Penetapan nomor 1"))
    assert "Sidik" in lia.open(link.attrs["href"]).text


@ON_SQLITE
def test_a_figure_of_an_open_period_is_marked(
    lia: Petugas, ikm: uuid.UUID, periode: uuid.UUID
) -> None:
    lia.fill_in(UBAH_IKM, {"sumber_realisasi": f"periode:{periode}"})

    row = next(row for row in read_rows(lia.open("/admin/capaian?tahun=2024")) if "2024 8" in row)

    assert "87,23sementara 98,78%" in row


def test_sasaran_2_of_2024_reads_as_printed(lia: Petugas, probebaya: uuid.UUID) -> None:
    lia.fill_in(UBAH_PROBEBAYA, {"sumber_realisasi": "serapan_anggaran"})

    page = lia.open("/admin/capaian?tahun=2024")

    assert any(row.startswith("2024 83,00 99,66 120,07%") for row in read_rows(page))
    pelaksana, usulan, serapan = read_definisi(page)
    assert pelaksana == "Kelurahan yang melaksanakan dibagi seluruh kelurahan: 100,00%"
    assert "belum dapat dihitung" in usulan
    assert serapan == (
        "Realisasi dibagi anggaran Pemberdayaan di kelurahan: 99,66% angka resmi 2024"
    )


def read_definisi(page: Page) -> list[str]:
    return [item.text for item in page.root.first("ul", class_="definisi").all("li")]


@ON_SQLITE
def test_the_official_definition_changes_with_a_reason_only(
    lia: Petugas, database: Database, probebaya: uuid.UUID
) -> None:
    lia.fill_in(UBAH_PROBEBAYA, {"sumber_realisasi": "serapan_anggaran"})
    new = {"sumber_realisasi": "kelurahan_pelaksana"}

    page = lia.fill_in(UBAH_PROBEBAYA, new, status=422)
    assert "Isi alasannya" in page.by_id("alasan-galat").text
    lia.fill_in(UBAH_PROBEBAYA, {**new, "alasan": "Mengikuti IKU 2023."})

    marked = ["angka resmi" in one for one in read_definisi(lia.open("/admin/capaian?tahun=2024"))]
    assert marked == [True, False, False]
    log = read_catatan(database)[-1]
    assert (log.objek, log.alasan) == ("realisasi", "Mengikuti IKU 2023.")
    assert "Mengikuti IKU 2023." in lia.open(f"{UBAH_PROBEBAYA}/riwayat").text
    # The same choice once more is no change.
    lia.fill_in(UBAH_PROBEBAYA, new)


@ON_SQLITE
def test_the_years_before_stand_below(lia: Petugas, database: Database, ikm: uuid.UUID) -> None:
    set_realisasi(
        database, ikm, 2023, cara="dokumen", nilai=Decimal("93.85"), sumber="LKjIP 2024 Tabel 3.5"
    )

    page = lia.open("/admin/capaian?tahun=2024")
    text = "".join(read_rows(page))

    years = [row[0] for row in read_cells(page.root.first("table"))]
    assert years == ["2024", "2023", "2022"]
    assert "2023 84,33 93,85 111,29% Dokumen: LKjIP 2024 Tabel 3.5" in text
    assert "Belum dipilih sumbernya" in text


@ON_SQLITE
def test_a_document_needs_its_figure_and_its_name(lia: Petugas, ikm: uuid.UUID) -> None:
    page = lia.fill_in(UBAH_IKM, {"sumber_realisasi": "dokumen"}, status=422)

    assert "Isi angka yang tertulis di dokumen" in page.text
    assert "Isi nama dokumennya" in page.text


@ON_SQLITE
def test_a_figure_from_a_document_replaces_the_period(
    lia: Petugas, database: Database, ikm: uuid.UUID, periode: uuid.UUID
) -> None:
    lia.fill_in(UBAH_IKM, {"sumber_realisasi": f"periode:{periode}"})

    lia.fill_in(UBAH_IKM, {"sumber_realisasi": "dokumen", "nilai": "87,23", "sumber": "LKjIP 2024"})

    with database.reading() as session:
        stored = session.get_one(Realisasi, (ikm, 2024))
        assert (str(stored.nilai), stored.periode_id, stored.sumber) == (
            "87.23",
            None,
            "LKjIP 2024",
        )


@ON_SQLITE
def test_no_document_stands_in_for_a_closed_period(
    lia: Petugas, database: Database, ikm: uuid.UUID, periode: uuid.UUID
) -> None:
    typed = {"sumber_realisasi": "dokumen", "nilai": "90", "sumber": "LKjIP 2024"}
    lia.fill_in(UBAH_IKM, typed)
    seen = lia.open(UBAH_IKM)
    close(database, periode)

    number = next(n for n, form in enumerate(seen.forms) if "nilai" in names_of(form))
    page = lia.send(seen, typed, form=number, status=422)

    assert "Periode 2024 sudah ditetapkan" in page.by_id("sumber_realisasi-galat").text
    assert "nilai" not in names_of(page.forms[number])
    assert "Perlu dipilih ulang" in lia.open("/admin/capaian?tahun=2024").text
    # Of a year without a period it is the only source there is.
    lia.fill_in("/admin/capaian/ikm/2023", {**typed, "nilai": "93,85"})
    assert "2023 84,33 93,85 111,29%" in "".join(read_rows(lia.open("/admin/capaian?tahun=2024")))


@ON_SQLITE
def test_a_figure_from_a_document_keeps_to_what_is_possible(lia: Petugas, ikm: uuid.UUID) -> None:
    typed = {"sumber_realisasi": "dokumen", "nilai": "100,5", "sumber": "LKjIP"}

    page = lia.fill_in(UBAH_IKM, typed, status=422)

    assert "paling tinggi 100; yang diisi 100,5" in page.by_id("nilai-galat").text


@ON_SQLITE
@pytest.mark.parametrize(
    "pilihan", ["serapan_anggaran", "periode:", "periode:00000000-0000-0000-0000-000000000000", ""]
)
def test_a_source_that_is_not_offered_is_refused(
    lia: Petugas, ikm: uuid.UUID, pilihan: str
) -> None:
    page = lia.fill_in(UBAH_IKM, {"sumber_realisasi": pilihan}, status=422)

    assert "Mohon pilih salah satu dari daftar." in page.text


@ON_SQLITE
@pytest.mark.parametrize(
    ("typed", "stored"), [("89,05", "89.05"), ("89.05", "89.05"), ("89", "89")]
)
def test_a_target_is_typed_with_a_comma_or_a_dot(
    lia: Petugas, database: Database, ikm: uuid.UUID, typed: str, stored: str
) -> None:
    lia.fill_in("/admin/capaian/ikm/2025", {"target": typed, "sumber_target": "PK 2024"})

    with database.reading() as session:
        target = session.get_one(Target, (ikm, 2025))
        assert (str(target.target), target.sumber) == (stored, "PK 2024")


TARGET_KELIRU = [
    ("0", "Target 0 tidak dapat dipakai"),
    ("0,00", "Target 0 tidak dapat dipakai"),
    ("delapan puluh", "bukan angka"),
    ("-5", "tidak boleh negatif"),
    ("100,01", "paling tinggi 100"),
    ("88.310", "paling tinggi 100"),
    ("88,312", "paling banyak 2 desimal"),
    ("", "Isi target"),
    ("NaN", "bukan angka"),
]


@ON_SQLITE
def test_a_target_that_cannot_be_used_is_refused_in_words(
    lia: Petugas, database: Database, ikm: uuid.UUID
) -> None:
    for typed, message in TARGET_KELIRU:
        page = lia.fill_in(UBAH_IKM, {"target": typed}, status=422)

        assert message in page.by_id("target-galat").text
        assert page.by_id("target").attrs["value"] == typed
    with database.reading() as session:
        assert str(session.get_one(Target, (ikm, 2024)).target) == "88.31"


def test_a_revised_target_keeps_the_one_before_it_and_names_its_decree(
    lia: Petugas, database: Database, ikm: uuid.UUID
) -> None:
    url = "/admin/capaian/ikm/2025"
    lia.fill_in(url, {"target": "88,50"})
    assert lia.open(url).by_id("target").attrs["value"] == "88,50"

    page = lia.fill_in(url, {"target": "88,70"}, status=422)
    assert "Isi nomor keputusan" in page.by_id("keputusan-galat").text
    assert "Isi tanggal keputusan" in page.by_id("tanggal_keputusan-galat").text
    assert page.by_id("target").attrs["value"] == "88,70"
    for target, nomor, day in (("88,70", "SK 1/2025", "2025-03-04"), ("89", "SK 2", "2025-06-01")):
        lia.fill_in(url, {"target": target, "keputusan": nomor, "tanggal_keputusan": day})

    with database.reading() as session:
        now = session.get_one(Target, (ikm, 2025))
        old = session.scalars(select(TargetLama).order_by(TargetLama.nomor)).all()
    assert (str(now.target), now.nomor, now.keputusan) == ("89", 2, "SK 2")
    assert [(str(one.target), one.keputusan, one.oleh) for one in old] == [
        ("88.50", "", "lia"),
        ("88.70", "SK 1/2025", "lia"),
    ]
    rows = read_cells(lia.open(f"{url}/riwayat").root.first("table"))
    assert rows[0] == ["Perubahan ke-2", "89", "", "SK 2", "1 Juni 2025", "berlaku"]
    assert rows[1][:5] == ["Perubahan ke-1", "88,70", "", "SK 1/2025", "4 Maret 2025"]
    assert rows[1][5].startswith("diganti")
    assert rows[2][:2] == ["Awal", "88,50"]


@ON_SQLITE
def test_a_target_that_is_sent_unchanged_is_no_revision(
    lia: Petugas, database: Database, ikm: uuid.UUID
) -> None:
    lia.fill_in(UBAH_IKM, {"target": "88,31"})

    with database.reading() as session:
        assert session.get_one(Target, (ikm, 2024)).nomor == 0
    assert [one for one in read_catatan(database) if one.objek == "target"] == []


@ON_SQLITE
def test_the_share_of_another_indikator_keeps_to_its_own_bound(
    lia: Petugas, database: Database, probebaya: uuid.UUID
) -> None:
    page = lia.fill_in("/admin/capaian/probebaya/2025", {"target": "100,01"}, status=422)
    assert "paling tinggi 100; yang diisi 100,01" in page.by_id("target-galat").text

    with database.writing() as session:
        session.get_one(Indikator, probebaya).paling_tinggi = None
    lia.fill_in("/admin/capaian/probebaya/2025", {"target": "100,01"})


@ON_SQLITE
def test_a_year_outside_the_plan_gets_no_target(lia: Petugas, ikm: uuid.UUID) -> None:
    url = "/admin/capaian/ikm/2027"
    assert "di luar Renstra 2021-2026" in lia.open(url).text

    page = lia.fill_in(url, {"target": "89"}, status=422)

    assert "Tahun 2027 di luar" in page.by_id("target-galat").text


@ON_SQLITE
def test_less_is_better_where_the_plan_says_so(
    lia: Petugas, database: Database, ikm: uuid.UUID
) -> None:
    with database.writing() as session:
        session.get_one(Indikator, ikm).arah = "turun"
    set_realisasi(database, ikm, 2023, cara="dokumen", nilai=Decimal(80), sumber="LKjIP")

    page = lia.open("/admin/capaian?tahun=2023")

    # (2 x 84,33 - 80) / 84,33
    assert any(row.startswith("2023 84,33 80,00 105,13%") for row in read_rows(page))
    assert "makin kecil makin baik" in page.text


@ON_SQLITE
def test_a_chart_stands_beside_its_table_of_years(
    lia: Petugas, database: Database, ikm: uuid.UUID
) -> None:
    set_realisasi(database, ikm, 2023, cara="dokumen", nilai=Decimal("93.85"), sumber="LKjIP")

    page = lia.open("/admin/capaian?tahun=2024")

    from plotly.graph_objects import Figure

    (chart,) = json.loads(page.by_id("data-grafik").raw_text)
    Figure(data=chart["data"], layout=chart["layout"])  # refuses names that do not exist
    target, realisasi = chart["data"]
    assert target["x"] == ["2022", "2023", "2024", "2026"]
    assert (target["text"][0], realisasi["text"]) == ("77,55", ["", "93,85", "", ""])
    assert page.by_id("kalimat-capaian-ikm").text == (
        "Tahun 2023 realisasi 93,85 dari target 84,33, capaian 111,29%. "
        "Target tercapai pada 1 dari 1 tahun yang sudah tetap."
    )
    rows = read_cells(page.by_id("tabel-capaian-ikm"))
    assert rows[:2] == [["2022", "77,55", "–", "–"], ["2023", "84,33", "93,85", "111,29"]]


@ON_SQLITE
def test_the_head_of_the_office_sees_it_without_the_forms(
    budi: Petugas, ikm: uuid.UUID, probebaya: uuid.UUID
) -> None:
    page = budi.open("/admin/capaian?tahun=2024")

    assert "88,31" in page.text
    assert not [link for link in page.root.all("a") if link.text.startswith("Ubah")]
    assert budi.open("/admin/capaian/ikm/2024/riwayat").h1 == "Riwayat target dan realisasi 2024"


@ON_SQLITE
@pytest.mark.parametrize(
    "url",
    [
        "/admin/capaian?tahun=abc",
        "/admin/capaian?tahun=1999",
        "/admin/capaian?tahun=²024",
        "/admin/capaian/ikm/9999",
        "/admin/capaian/lain/2024",
        "/admin/capaian/lain/2024/riwayat",
        "/admin/capaian/ikm/1999/riwayat",
    ],
)
def test_an_unknown_year_or_indikator_is_not_found(lia: Petugas, ikm: uuid.UUID, url: str) -> None:
    lia.open(url, status=404)


@ON_SQLITE
def test_without_indikator_the_page_says_so(lia: Petugas) -> None:
    assert "Belum ada indikator" in lia.open("/admin/capaian").text


def test_a_period_opened_again_is_no_longer_a_closed_realisasi(
    lia: Petugas,
    database: Database,
    intake: Intake,
    kantor: Kantor,
    ikm: uuid.UUID,
    periode: uuid.UUID,
) -> None:
    close(database, periode)
    lia.fill_in(UBAH_IKM, {"sumber_realisasi": f"periode:{periode}"})
    reopen(database, periode)
    intake.record(make_isian(kantor, tanggal=date(2024, 6, 1)))

    page = lia.open("/admin/capaian?tahun=2024")
    row = next(row for row in read_rows(page) if "88,31" in row)
    assert "sementara" in row
    assert "Periode 2024, dibuka kembali, 37 responden" in row
    close(database, periode)

    row = next(row for row in read_rows(lia.open("/admin/capaian?tahun=2024")) if "88,31" in row)
    assert "sementara" not in row
    assert "Periode 2024, ditetapkan, 37 responden" in row


def test_every_change_is_logged_with_what_was_before_and_can_be_read_back(
    lia: Petugas, database: Database, ikm: uuid.UUID, periode: uuid.UUID
) -> None:
    lia.fill_in(UBAH_IKM, REVISI)
    lia.fill_in(UBAH_IKM, {"sumber_realisasi": f"periode:{periode}"})
    lia.fill_in(UBAH_IKM, {"sumber_realisasi": "dokumen", "nilai": "87,23", "sumber": "LKjIP"})
    lia.fill_in(UBAH_IKM, REVISI)

    with database.reading() as session:
        log = session.scalars(
            select(Catatan)
            .where(Catatan.objek.in_(["target", "realisasi"]))
            .order_by(Catatan.nomor)
        ).all()
    assert [(one.aksi, one.objek, one.oleh) for one in log] == [
        ("ubah", "target", "lia"),
        ("tambah", "realisasi", "lia"),
        ("ubah", "realisasi", "lia"),
    ]
    assert log[0].sebelum is not None
    assert (log[0].sebelum["target"], log[0].sesudah and log[0].sesudah["target"]) == (
        "88.31",
        "88.50",
    )
    rows = lia.open(f"{UBAH_IKM}/riwayat").root.all("table")[1].all("tr")[1:]
    assert [[cell.text for cell in row.all("td")] for row in rows] == [
        ["lia", "Realisasi", "periode 2024", "87,23 (LKjIP)", ""],
        ["lia", "Realisasi", "belum ada", "periode 2024", ""],
        ["lia", "Target", "88,31 (PK)", "88,50 (PK perubahan; keputusan SK 3)", ""],
    ]
    assert list_differences(database) == []


@pytest.mark.parametrize("answers", [REVISI, {"sumber_realisasi": "dokumen"}])
def test_of_two_people_who_change_a_row_the_second_is_told(
    lia: Petugas, database: Database, ikm: uuid.UUID, answers: dict[str, str]
) -> None:
    more = {"nilai": "87,23", "sumber": "LKjIP"} if "sumber_realisasi" in answers else {}
    seen = lia.open(UBAH_IKM)
    lia.fill_in(UBAH_IKM, {**answers, **more})

    number = next(n for n, form in enumerate(seen.forms) if set(answers) <= names_of(form))
    changed = {"target": "70"} if not more else {**answers, **more, "nilai": "99,99"}
    page = lia.send(seen, changed, form=number, status=409)

    assert "sudah diubah orang lain" in page.text
    with database.reading() as session:
        if more:
            assert str(session.get_one(Realisasi, (ikm, 2024)).nilai) == "87.23"
        else:
            assert str(session.get_one(Target, (ikm, 2024)).target) == "88.50"


def names_of(form: Form) -> set[str]:
    return {one.attrs.get("name", "") for one in form.element.walk()}


@ON_SQLITE
def test_the_tables_are_files_too(lia: Petugas, ikm: uuid.UUID, probebaya: uuid.UUID) -> None:
    first = lia.client.get("/admin/capaian?tahun=2024&unduh=csv").text
    assert "Indikator ikm,Nilai,2024,88.31" in first
    second = lia.client.get("/admin/capaian?tahun=2024&unduh=csv&tabel=capaian-probebaya").text
    assert "2024,83" in second
