"""The camat's page: what stands on it is what stands elsewhere, and it fits one A4 sheet."""

from __future__ import annotations

import uuid
from decimal import Decimal

import pytest

from skm_app.database import Database
from skm_app.intake import Intake
from skm_app.models import Rtl
from tests.admin.helpers import Petugas
from tests.admin.kinerja import add_indikator, set_realisasi
from tests.offices import ON_SQLITE, Kantor, add_periode, close, import_palaran

CAMAT = "/admin/camat"
pytestmark = ON_SQLITE


@pytest.fixture
def tahun_2024(database: Database, kantor: Kantor, intake: Intake) -> uuid.UUID:
    """2024 with its printed figures, closed, a target, a year before, and one plan."""
    import_palaran(database, intake)
    periode_id = add_periode(database, kantor.palaran, konvensi="portal-kota", populasi=65199)
    close(database, periode_id)
    ikm = add_indikator(database, kantor.palaran, "ikm", {2023: "84.33", 2024: "88.31"})
    set_realisasi(database, ikm, 2023, cara="dokumen", nilai=Decimal("93.85"), sumber="LKjIP 2023")
    set_realisasi(database, ikm, 2024, cara="periode", periode_id=periode_id)
    with database.writing() as session:
        session.add(
            Rtl(
                periode_id=periode_id,
                unsur="persyaratan",
                masalah="Syarat berubah-ubah",
                program="Papan syarat <baru>",
                tahun=2025,
                triwulan=2,
                penanggung_jawab="Kasi Pelayanan",
                status="berjalan",
            )
        )
    return periode_id


def test_the_camat_reads_index_target_trend_problems_and_what_is_done(
    budi: Petugas, tahun_2024: uuid.UUID
) -> None:
    page = budi.open(CAMAT)
    text = page.root.text
    for words in (
        "87,23",
        "Capaian 98,78% dari target",
        "Target 2024 adalah 88,31: masih kurang 1,08.",
        "36 jawaban dari 382 yang diperlukan: belum cukup",
        "2023: 93,85, target 84,33; 2024: 87,23, target 88,31.",
        "Syarat berubah-ubah – Papan syarat <baru>; Kasi Pelayanan, triwulan 2 2025",
        "(sedang berjalan)",
    ):
        assert words in text
    # The lowest sum is 119, held by two unsur; the third lowest, 120, by two as well.
    problems = [one.text for one in page.root.first("ol").all("li")]
    named = [one.split(":")[0] for one in problems if "NRR" in one]
    assert named == [
        "Persyaratan (U1)",
        "Perilaku Pelaksana (U7)",
        "Sistem, Mekanisme, dan Prosedur (U2)",
        "Produk Spesifikasi Jenis Pelayanan (U5)",
    ]
    assert text.count("Belum ada rencana tindak lanjut.") == 3


def test_an_open_period_is_marked_as_not_closed(
    budi: Petugas, database: Database, kantor: Kantor, tahun_2024: uuid.UUID
) -> None:
    berjalan = add_periode(database, kantor.palaran, tahun=2025)
    page = budi.open(f"{CAMAT}?periode={berjalan}")
    assert "Sementara: periode ini belum ditetapkan." in page.root.text
    assert "IKM belum dapat dihitung" in page.root.text
    # Without a choice the newest closed one is shown.
    assert "Lembar camat: 2024" in budi.open(CAMAT).h1


@pytest.mark.parametrize("wanted", ["x", "00000000-0000-0000-0000-000000000000"])
def test_an_unknown_period_is_not_found(budi: Petugas, tahun_2024: uuid.UUID, wanted: str) -> None:
    budi.open(f"{CAMAT}?periode={wanted}", 404)


def test_without_a_period_the_page_says_so(budi: Petugas) -> None:
    assert "Belum ada periode." in budi.open(CAMAT).root.text
