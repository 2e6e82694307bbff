"""The NKO of a year step by step, what would lift it, and the what-if form."""

from __future__ import annotations

import uuid
from decimal import Decimal

import pytest
from sqlalchemy import select

from skm_app.capaian import find_akip, read_nko
from skm_app.database import Database
from skm_app.intake import Intake
from skm_app.models import Akip, Indikator, Realisasi
from tests.admin.helpers import Petugas
from tests.admin.kinerja import add_indikator, set_realisasi
from tests.offices import ON_SQLITE, Kantor, add_periode, close, count_rows, import_palaran
from tests.pages import Page

NKO = "/admin/capaian/nko?tahun=2024"


def add_akip(database: Database, kantor: Kantor, **nilai: str) -> None:
    """Scores by year: ``th2023="76.50"``."""
    with database.writing() as session:
        session.add_all(
            Akip(
                unit_id=kantor.palaran,
                tahun=int(tahun.removeprefix("th")),
                nilai=Decimal(one),
                sumber="Inspektorat",
            )
            for tahun, one in nilai.items()
        )


@pytest.fixture
def ikm(database: Database, kantor: Kantor) -> uuid.UUID:
    return add_indikator(database, kantor.palaran, "ikm", {2024: "88.31"})


@pytest.fixture
def probebaya(database: Database, kantor: Kantor) -> uuid.UUID:
    return add_indikator(database, kantor.palaran, "probebaya", {2024: "83"})


@pytest.fixture
def tahun_2024(database: Database, kantor: Kantor, ikm: uuid.UUID, probebaya: uuid.UUID) -> None:
    """The figures of 2024, and the evaluation of 2023."""
    for indikator, nilai in ((ikm, "87.23"), (probebaya, "99.66")):
        set_realisasi(
            database, indikator, 2024, cara="dokumen", nilai=Decimal(nilai), sumber="LKjIP 2024"
        )
    add_akip(database, kantor, th2022="65.50", th2023="76.50")


def read_rows(page: Page, caption: str) -> list[str]:
    table = next(one for one in page.root.all("table") if caption in one.first("caption").text)
    return [
        " ".join(cell.text for cell in row.walk() if cell.tag in ("th", "td"))
        for row in table.first("tbody").all("tr")
    ]


@ON_SQLITE
def test_the_nko_of_2024_is_right_step_by_step(lia: Petugas, tahun_2024: None) -> None:
    page = lia.open(NKO)

    assert page.h1 == "Nilai Kinerja Organisasi 2024"
    assert read_rows(page, "Langkah") == [
        "Indikator ikm 88,31 87,23 98,78% 98,78% 10% 88,90%",
        "Indikator probebaya 83,00 99,66 120,07% 110,00% 10% 99,00%",
        "Total capaian (4) 187,90%",
        "Nilai Kinerja Organisasi (5) 93,95%",
        "Predikat (6) Baik",
    ]
    for sentence in (
        "Capaian = realisasi ÷ target × 100: 87,23 ÷ 88,31 × 100 = 98,78 %.",
        "Normalisasi: 98,78 % tidak lebih dari 110 %, sehingga tetap 98,78 %.",
        "98,78 × (100 % − 10 %) = 88,90.",
        "Normalisasi: 120,07 % lebih dari 110 %, sehingga dihitung 110,00 %.",
        "jumlah semua nilai akhir: 88,90 + 99,00 = 187,90.",
        "187,90 ÷ 2 = 93,95.",
        "93,95 termasuk Baik (lebih dari 80 sampai 100).",
        "evaluasi terakhir sampai tahun 2024, yaitu tahun 2023 dengan nilai 76,50 (Inspektorat), "
        "predikat BB (Sangat Baik). Koreksinya 10 %.",
    ):
        assert sentence in page.text
    assert "sementara" not in page.text.split("Yang dapat")[0]
    file = lia.client.get(f"{NKO}&unduh=csv").text
    assert "Indikator ikm,88.31,87.23,98.78,98.78,10,88.90,tetap" in file
    assert "Nilai Kinerja Organisasi (NKO),,,,,,93.95,Baik" in file


@ON_SQLITE
def test_the_latest_evaluation_up_to_the_year_counts(
    database: Database, kantor: Kantor, tahun_2024: None
) -> None:
    add_akip(database, kantor, th2025="85")
    with database.reading() as session:
        found = {tahun: find_akip(session, kantor.palaran, tahun) for tahun in range(2021, 2027)}
        nko = {tahun: read_nko(session, kantor.palaran, tahun) for tahun in (2021, 2024)}
    years = {tahun: one.tahun if one else None for tahun, one in found.items()}
    assert years == {2021: None, 2022: 2022, 2023: 2023, 2024: 2023, 2025: 2025, 2026: 2025}
    assert nko[2021].hasil is None
    assert nko[2024].hasil is not None
    assert nko[2024].hasil.nko == Decimal("93.95")


@ON_SQLITE
def test_a_figure_of_an_open_period_makes_the_nko_provisional(
    lia: Petugas, database: Database, intake: Intake, kantor: Kantor, ikm: uuid.UUID
) -> None:
    import_palaran(database, intake)
    periode = add_periode(database, kantor.palaran, konvensi="portal-kota")
    set_realisasi(database, ikm, 2024, cara="periode", periode_id=periode)
    add_akip(database, kantor, th2023="76.50")

    assert "NKO ini sementara" in lia.open(NKO).text
    assert "87,23sementara" in read_rows(lia.open(NKO), "Langkah")[0]
    close(database, periode)
    assert "sementara" not in read_rows(lia.open(NKO), "Langkah")[0]
    assert "NKO ini sementara" not in lia.open(NKO).text


@ON_SQLITE
def test_an_indikator_without_a_figure_is_left_out_and_named(
    lia: Petugas, database: Database, tahun_2024: None, probebaya: uuid.UUID
) -> None:
    with database.writing() as session:
        session.delete(session.get_one(Realisasi, (probebaya, 2024)))

    page = lia.open(NKO)

    assert "Tidak ikut dihitung:" in page.text
    assert "Predikat belum dapat ditetapkan" in page.text
    assert "Indikator probebaya: belum ada realisasi: Belum dipilih sumbernya." in page.text
    assert "Nilai Kinerja Organisasi (5) 88,90%" in read_rows(page, "Langkah")
    # One that left the plan is missed only in the years it was promised for.
    with database.writing() as session:
        session.get_one(Indikator, probebaya).sasaran_id = None
    assert "Indikator probebaya" in lia.open(NKO).text
    assert "Indikator probebaya" not in lia.open("/admin/capaian/nko?tahun=2025").text


@ON_SQLITE
def test_without_an_evaluation_there_is_no_nko_and_the_page_leads_to_the_form(
    lia: Petugas, budi: Petugas, ikm: uuid.UUID
) -> None:
    page = lia.open(NKO)
    assert "Belum ada nilai AKIP sampai tahun 2024" in page.text
    assert "/admin/capaian/akip" in [one.attrs.get("href") for one in page.root.all("a")]
    assert "minta admin mengisinya" in budi.open(NKO).text


@ON_SQLITE
def test_what_would_lift_the_nko(lia: Petugas, tahun_2024: None) -> None:
    page = lia.open(NKO)

    assert read_rows(page, "predikat AKIP lain") == [
        "AA (Sangat Memuaskan) 0 104,39 Istimewa",
        "A (Memuaskan) 0 104,39 Istimewa",
        "B (Baik) 15 88,73 Baik",
        "CC (Cukup) 20 83,51 Baik",
        "C (Kurang) 30 73,08 Butuh Perbaikan",
        "D (Sangat Kurang) 30 73,08 Butuh Perbaikan",
    ]
    assert read_rows(page, "capaian yang lebih tinggi") == [
        "Indikator ikm 99,78 1,00 sedikitnya 88,12 94,40 Baik",
        "Indikator ikm 100,00 1,22 sedikitnya 88,31 94,50 Baik",
        "Indikator ikm 110,00 11,22 sedikitnya 97,14 99,00 Baik",
    ]
    assert "Capaian satu indikator saja tidak cukup untuk predikat Istimewa" in page.text
    assert "naik menjadi A (Memuaskan) dengan capaian yang sama, NKO menjadi 104,39" in page.text
    assert "104.39" in lia.client.get(f"{NKO}&unduh=csv&tabel=nko-akip").text
    assert lia.client.get(f"{NKO}&unduh=xlsx&tabel=nko-capaian").data.startswith(b"PK")


@ON_SQLITE
def test_trying_other_figures_stores_nothing_and_starts_from_those_of_today(
    lia: Petugas, database: Database, tahun_2024: None
) -> None:
    before = count_rows(database)
    form = next(one for one in lia.open(NKO).forms if "predikat" in one.fields)
    sent = "&".join(f"{name}={value}" for name, value in form.fields.items())
    same = lia.open(f"/admin/capaian/nko?{sent}").by_id("hasil-simulasi").text
    assert "tidak disimpan 93,95 Baik; NKO sekarang 93,95" in same

    page = lia.open(f"{NKO}&predikat=A&realisasi-ikm=88,31&realisasi-probebaya=")

    result = page.by_id("hasil-simulasi").text
    assert result.startswith("Hasil simulasi, tidak disimpan 105,00 Istimewa; NKO sekarang 93,95")
    assert "Indikator ikm: capaian 100,00 %" in result
    assert page.by_id("simulasi-1").attrs["value"] == "88,31"
    assert count_rows(database) == before
    with database.reading() as session:
        stored = [str(one.nilai) for one in session.scalars(select(Realisasi))]
    assert sorted(stored) == ["87.23", "99.66"]


@ON_SQLITE
def test_what_cannot_be_tried_is_said_at_the_field(lia: Petugas, tahun_2024: None) -> None:
    for kueri, message in (
        ("predikat=A&realisasi-ikm=banyak", "bukan angka"),
        ("predikat=A&realisasi-ikm=100,01", "paling tinggi 100"),
        ("predikat=A&realisasi-ikm=-1", "tidak boleh negatif"),
        ("predikat=A&realisasi-ikm=88,123", "paling banyak 2 desimal"),
        ("predikat=X&realisasi-ikm=88", "pilih salah satu dari daftar"),
    ):
        page = lia.open(f"{NKO}&{kueri}", 422)

        assert message in page.text
        assert "Hasil simulasi" not in page.text
        assert page.by_id("simulasi-1").attrs["value"] == kueri.rpartition("=")[2]


@ON_SQLITE
def test_who_may_see_it_and_which_years_there_are(
    budi: Petugas, ani: Petugas, tahun_2024: None
) -> None:
    assert "93,95" in budi.open(NKO).text
    ani.open(NKO, 403)
    for tahun in ("abc", "1999", "²024", "20240"):
        for page in ("nko", "triwulan"):
            budi.open(f"/admin/capaian/{page}?tahun={tahun}", 404)
