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
from skm_app.models import Catatan, Indikator, Realisasi, Target
from tests.admin.helpers import Petugas
from tests.admin.kinerja import (
    add_anggaran_2024,
    add_indikator,
    names_of,
    read_cells,
    read_definisi,
    read_rows,
    set_realisasi,
)
from tests.offices import (
    ON_SQLITE,
    Kantor,
    add_periode,
    close,
    import_palaran,
    list_differences,
)

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


def test_every_change_is_logged_with_what_was_before_and_can_be_read_back(
    lia: Petugas, database: Database, kantor: Kantor, ikm: uuid.UUID, periode: uuid.UUID
) -> None:
    bagian = add_periode(
        database, kantor.palaran, nama="Juni 2024", mulai=date(2024, 6, 1),
        sampai=date(2024, 6, 30), jenis="bulan",
    )  # fmt: skip
    lia.fill_in(UBAH_IKM, REVISI)
    lia.fill_in(UBAH_IKM, {"sumber_realisasi": f"periode:{bagian}"})
    other = {"sumber_realisasi": f"periode:{periode}", "alasan": "Setahun penuh."}
    lia.fill_in(UBAH_IKM, other)
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
        ["lia", "Realisasi", "periode Juni 2024", "periode 2024", "Setahun penuh."],
        ["lia", "Realisasi", "belum ada", "periode Juni 2024", ""],
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


@ON_SQLITE
def test_the_tables_are_files_too(lia: Petugas, ikm: uuid.UUID, probebaya: uuid.UUID) -> None:
    first = lia.client.get("/admin/capaian?tahun=2024&unduh=csv").text
    assert "Indikator ikm,Nilai,2024,88.31" in first
    second = lia.client.get("/admin/capaian?tahun=2024&unduh=csv&tabel=capaian-probebaya").text
    assert "2024,83" in second
