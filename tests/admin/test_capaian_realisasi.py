"""Where a realisasi comes from: what may be chosen, what outlives a closing, and the reason."""

from __future__ import annotations

import uuid
from datetime import date

import pytest

from skm_app.database import Database
from skm_app.intake import Intake
from skm_app.models import Realisasi
from tests.admin.catatan import read_catatan
from tests.admin.helpers import Petugas
from tests.admin.kinerja import (
    add_anggaran_2024,
    add_indikator,
    names_of,
    read_definisi,
    read_rows,
)
from tests.offices import (
    ON_SQLITE,
    Kantor,
    add_periode,
    close,
    import_palaran,
    make_isian,
    reopen,
)

TARGET_IKM = {2022: "77.55", 2023: "84.33", 2024: "88.31", 2026: "89.05"}
UBAH_IKM = "/admin/capaian/ikm/2024"
CAPAIAN = "/admin/capaian?tahun=2024"
DOKUMEN = {"sumber_realisasi": "dokumen", "nilai": "95", "sumber": "LKjIP 2024"}
UBAH_PROBEBAYA = "/admin/capaian/probebaya/2024"


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
def test_a_document_needs_its_figure_and_its_name(lia: Petugas, ikm: uuid.UUID) -> None:
    page = lia.fill_in(UBAH_IKM, {"sumber_realisasi": "dokumen"}, status=422)

    assert "Isi angka yang tertulis di dokumen" in page.text
    assert "Isi nama dokumennya" in page.text


@ON_SQLITE
def test_a_document_needs_a_reason_to_be_another_one(
    lia: Petugas, database: Database, ikm: uuid.UUID
) -> None:
    lia.fill_in(UBAH_IKM, DOKUMEN)
    for new in ({"nilai": "87,23"}, {"sumber": "LKjIP 2025"}):
        page = lia.fill_in(UBAH_IKM, new, status=422)
        assert "Isi alasannya" in page.by_id("alasan-galat").text
    lia.fill_in(UBAH_IKM, {"nilai": "87,23", "alasan": "Salah ketik."})

    with database.reading() as session:
        assert str(session.get_one(Realisasi, (ikm, 2024)).nilai) == "87.23"
    assert read_catatan(database)[-1].alasan == "Salah ketik."


@ON_SQLITE
def test_no_document_stands_in_for_a_period(
    lia: Petugas, database: Database, ikm: uuid.UUID, periode: uuid.UUID
) -> None:
    form = lia.open(UBAH_IKM).forms
    number = next(n for n, one in enumerate(form) if "sumber_realisasi" in names_of(one))
    seen = lia.open(UBAH_IKM)
    for state in ("belum ditetapkan", "sudah ditetapkan", "dibuka kembali"):
        if state.startswith("sudah"):
            close(database, periode)
        if state.startswith("dibuka"):
            reopen(database, periode)

        page = lia.send(seen, DOKUMEN, form=number, status=422)

        told = page.by_id("sumber_realisasi-galat").text
        assert "Periode 2024" in told
        assert state in told
        assert "nilai" not in names_of(page.forms[number])
    # Of a year without a period it is the only source there is.
    lia.fill_in("/admin/capaian/ikm/2023", {**DOKUMEN, "nilai": "93,85"})
    assert "2023 84,33 93,85 111,29%" in "".join(read_rows(lia.open(CAPAIAN)))


@ON_SQLITE
def test_a_figure_from_a_document_gives_way_to_a_closed_period(
    lia: Petugas, database: Database, intake: Intake, kantor: Kantor, ikm: uuid.UUID
) -> None:
    lia.fill_in(UBAH_IKM, DOKUMEN)
    import_palaran(database, intake)
    periode = add_periode(database, kantor.palaran, konvensi="portal-kota")
    # It still stands, but its reader is told.
    row = read_row(lia)
    assert row.startswith("2024 88,31 95,00 107,58%")
    assert "Perlu dipilih ulang. Periode 2024 belum ditetapkan" in row

    close(database, periode)
    words = "periode 2024 sudah ditetapkan dengan IKM 87,23; pilih di Capaian kinerja"
    assert read_row(lia).startswith(f"2024 88,31 – – Perlu dipilih ulang: {words}")
    tables = lia.open("/admin/lkjip?tahun=2024").text
    assert words in tables
    assert "95,00" not in tables
    reopen(database, periode)
    assert "– – Perlu dipilih ulang: periode 2024 dibuka kembali" in read_row(lia)

    lia.fill_in(UBAH_IKM, {"sumber_realisasi": f"periode:{periode}", "alasan": "Dari survei."})
    assert read_row(lia).startswith("2024 88,31 87,23sementara 98,78%")


@ON_SQLITE
def test_a_part_of_the_year_is_offered_last_and_named_with_its_days(
    lia: Petugas, database: Database, kantor: Kantor, ikm: uuid.UUID, periode: uuid.UUID
) -> None:
    for nama, mulai, sampai in (
        ("Januari 2024", date(2024, 1, 1), date(2024, 1, 31)),
        ("Awal", date(2023, 12, 31), date(2024, 3, 31)),
    ):
        add_periode(database, kantor.palaran, nama=nama, mulai=mulai, sampai=sampai, jenis="lain")
    desember = add_periode(
        database, kantor.palaran, nama="Desember 2024", mulai=date(2024, 12, 1),
        sampai=date(2024, 12, 31), jenis="bulan",
    )  # fmt: skip

    page = lia.open(UBAH_IKM)

    offered = [one.text for one in page.root.all("label") if one.text.startswith("Periode ")]
    assert [one.partition(", belum")[0] for one in offered] == [
        "Periode 2024",
        "Periode Awal (31 Desember 2023 sampai 31 Maret 2024)",
        "Periode Januari 2024 (1 sampai 31 Januari 2024)",
        "Periode Desember 2024 (1 sampai 31 Desember 2024)",
    ]
    lia.fill_in(UBAH_IKM, {"sumber_realisasi": f"periode:{desember}"})
    assert "Periode Desember 2024 (1 sampai 31 Desember 2024), belum ditetapkan" in read_row(lia)
    close(database, desember)
    # Bab III says so too, in its tables and in its words.
    tables = lia.open("/admin/lkjip?tahun=2024").text
    assert "Periode SKM Desember 2024 (1 sampai 31 Desember 2024), ditetapkan" in tables
    other = {"sumber_realisasi": f"periode:{periode}"}
    page = lia.fill_in(UBAH_IKM, other, status=422)
    assert "Isi alasannya" in page.by_id("alasan-galat").text
    lia.fill_in(UBAH_IKM, {**other, "alasan": "Setahun penuh."})
    assert read_catatan(database)[-1].alasan == "Setahun penuh."


def read_row(lia: Petugas) -> str:
    """2024 of the index, as the performance page shows it."""
    return next(row for row in read_rows(lia.open(CAPAIAN)) if row.startswith("2024"))


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
