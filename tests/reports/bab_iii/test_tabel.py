"""The tables of 2024, compared with arithmetic on the printed rows."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from skm_app.reports.bab_iii.fakta import FaktaKinerja
from skm_app.reports.bab_iii.tabel import (
    TabelKinerja,
    list_tabel,
    make_tabel_nilai_akip,
    to_tabel,
)
from tests.reports.bab_iii.hitung import (
    ambil,
    baca_indikator,
    bagi,
    bulat,
    jumlahkan,
    nilai,
    teks,
)
from tests.reports.bab_iii.isi import DUKUNGAN, SASARAN, read_csv

KODE = tuple(SASARAN)
TAHUN = (2022, 2023, 2024)
SASARAN_1 = [program for program, _ in DUKUNGAN["ikm"]]
PEMBERDAYAAN = DUKUNGAN["probebaya"][0][0]


@pytest.fixture(scope="module")
def tabel(fakta_2024: FaktaKinerja) -> tuple[TabelKinerja, ...]:
    return list_tabel(fakta_2024)


def biaya_sasaran(nomor: int) -> tuple[int, int]:
    """Budget and spending of a sasaran: its programmes, of the kelurahan for the second."""
    if nomor == 1:
        return jumlahkan(lambda row: row["program"] in SASARAN_1)
    return jumlahkan(
        lambda row: row["program"] == PEMBERDAYAAN and row["unit"].startswith("Kelurahan")
    )


def test_two_sasaran_give_the_twelve_printed_numbers(tabel: tuple[TabelKinerja, ...]) -> None:
    assert [one.kode for one in tabel] == [f"3.{number}" for number in range(1, 13)]
    assert [one.jenis for one in tabel] == [
        "predikat_akip", "capaian", "sasaran", "sasaran", "tiga_tahun", "renstra", "biaya",
        "efisiensi", "efisiensi", "anggaran", "koreksi", "nko",
    ]  # fmt: skip


def test_every_table_fits_together(tabel: tuple[TabelKinerja, ...]) -> None:
    for one in tabel:
        assert sum(one.lebar) == 100, one.kode
        assert {len(row) for row in one.baris} == {len(one.kolom)} == {len(one.lebar)}, one.kode
        assert all(0 <= place < len(one.baris) for place in one.tebal)
        assert not one.kurang or one.jenis == "anggaran"


def test_capaian_of_the_year(tabel: tuple[TabelKinerja, ...]) -> None:
    wanted = []
    for kode in KODE:
        target, realisasi = baca_indikator(kode, 2024)
        wanted.append([target, realisasi, bulat(bagi(realisasi, target))])
    rows = ambil(tabel, "capaian").baris
    assert [nilai(row) for row in rows] == wanted
    assert [row[-1].teks for row in rows] == ["98,78", "120,07"]
    assert rows[0][-1].rumus == "realisasi / target × 100 = 87,23 / 88,31 × 100 = 98,78"


@pytest.mark.parametrize(("nomor", "akhir", "rata"), [(1, "97,96", "105,03"), (2, "111,91", None)])
def test_a_sasaran_with_the_year_before_and_the_renstra(
    tabel: tuple[TabelKinerja, ...], nomor: int, akhir: str, rata: str | None
) -> None:
    (t23, r23), (t24, r24) = (baca_indikator(KODE[nomor - 1], tahun) for tahun in (2023, 2024))
    renstra, _ = baca_indikator(KODE[nomor - 1], 2026)
    row, mean = ambil(tabel, "sasaran", nomor).baris
    assert nilai(row) == [
        t23, r23, t24, r24, bulat(bagi(r24, t24)), renstra, bulat(bagi(r24, renstra))
    ]  # fmt: skip
    assert row[-1].teks == akhir
    assert nilai(mean) == [bulat((bagi(r23, t23) + bagi(r24, t24)) / 2)]
    assert rata is None or mean[6].teks == rata


def test_three_years_beside_each_other(tabel: tuple[TabelKinerja, ...]) -> None:
    for kode, row in zip(KODE, ambil(tabel, "tiga_tahun").baris, strict=True):
        pairs = [baca_indikator(kode, tahun) for tahun in TAHUN]
        capaian = [bulat(bagi(realisasi, target)) for target, realisasi in pairs]
        assert nilai(row) == [*(value for pair in pairs for value in pair), *capaian]


def test_three_years_against_the_renstra(tabel: tuple[TabelKinerja, ...]) -> None:
    rows = ambil(tabel, "renstra").baris
    for kode, row in zip(KODE, rows, strict=True):
        pairs = [baca_indikator(kode, tahun) for tahun in TAHUN]
        assert nilai(row) == [t for t, _ in pairs] + [r for _, r in pairs]
    assert rows[0][-1].teks == (
        "Tercapai pada 2022 dan 2023. Tidak tercapai pada 2024. "
        "Capaian terhadap target akhir Renstra 2026 adalah 97,96%."
    )


def test_money_per_sasaran_adds_up_to_the_budget(tabel: tuple[TabelKinerja, ...]) -> None:
    rows = ambil(tabel, "biaya").baris
    total = jumlahkan(lambda row: True)
    one, two = biaya_sasaran(1), biaya_sasaran(2)
    rest = (total[0] - one[0] - two[0], total[1] - one[1] - two[1])
    money = [(row[4].nilai, row[5].nilai) for row in rows]
    assert money == [one, two, rest, total]
    assert one == (15_876_922_929, 15_641_354_013)
    assert two == (19_841_671_056, 19_773_920_293)
    assert total == (35_898_593_985, 35_585_343_360)
    hemat = [bulat(bagi(a - r, a)) for a, r in (one, two, rest, total)]
    assert [row[6].nilai for row in rows] == hemat
    assert rows[2][1].teks == "Tidak terkait sasaran"
    assert nilai(ambil(tabel, "anggaran").baris[0])[:2] == list(total)


@pytest.mark.parametrize(("nomor", "capaian"), [(1, "98.78"), (2, "120.07")])
def test_efisiensi_is_capaian_less_serapan(
    tabel: tuple[TabelKinerja, ...], nomor: int, capaian: str
) -> None:
    anggaran, realisasi = biaya_sasaran(nomor)
    serapan = bulat(bagi(realisasi, anggaran))
    (row,) = ambil(tabel, "efisiensi", nomor).baris
    assert nilai(row) == [Decimal(capaian), serapan, Decimal(capaian) - serapan]
    assert serapan == (Decimal("98.52"), Decimal("99.66"))[nomor - 1]


def test_every_level_of_the_budget_as_printed(tabel: tuple[TabelKinerja, ...]) -> None:
    found = ambil(tabel, "anggaran")
    printed = read_csv("anggaran_2024.csv")
    assert len(found.baris) == len(printed)
    for row, line in zip(found.baris, printed, strict=True):
        names = (line["sub_kegiatan"], line["kegiatan"], line["program"], line["unit"])
        assert row[1].teks.removeprefix("Jumlah ") == next(name for name in names if name)
        # The kelurahan print no sums for their programmes.
        level = line["tingkat"]
        own = [part for part in ("unit", "program", "kegiatan", "sub_kegiatan") if line[part]]
        keys = [] if level == "total" else own
        money = jumlahkan(lambda sub, line=line, keys=keys: all(sub[k] == line[k] for k in keys))  # type: ignore[misc]
        assert (row[2].nilai, row[3].nilai) == money
        if line["anggaran_rp"] not in ("", "0"):
            assert row[2].nilai == int(line["anggaran_rp"])
            assert row[4].teks.startswith(line["persen_tercetak"])
    assert found.baris[0][4].teks == "99,13%"


def test_what_no_share_can_be_given_of_is_said_in_words(tabel: tuple[TabelKinerja, ...]) -> None:
    found = ambil(tabel, "anggaran")
    nothing = next(row for row in found.baris if row[1].teks.startswith("Penyediaan Bahan Bacaan"))
    assert nothing[4].teks == "tidak ada anggaran"
    assert nothing[4].nilai is None
    over = next(row for row in found.baris if row[0].teks == "A.1.1.1")
    assert over[4].teks == "100,74% (melebihi anggaran)"
    assert "melebihi anggaran sebesar Rp19.589.338." in found.catatan
    assert [one.halaman for one in found.kurang] == ["Anggaran"]


def test_nko_step_by_step(tabel: tuple[TabelKinerja, ...]) -> None:
    found = ambil(tabel, "nko")
    koreksi = Decimal(10)  # of BB, the predicate of 76,50
    finals = []
    for kode, row in zip(KODE, found.baris, strict=False):
        target, realisasi = baca_indikator(kode, 2024)
        capaian = bulat(bagi(realisasi, target))
        normal = min(capaian, Decimal(110))
        finals.append(bulat(Fraction(normal) * (100 - Fraction(koreksi)) / 100))
        assert nilai(row) == [target, realisasi, capaian, normal, koreksi, finals[-1]]
    assert finals == [Decimal("88.90"), Decimal("99.00")]
    total, nko, predikat = (row[-1] for row in found.baris[2:])
    assert (total.nilai, total.teks) == (sum(finals), "187,90%")
    assert (nko.nilai, nko.teks) == (bulat(Fraction(sum(finals)) / 2), "93,95%")
    assert predikat.teks == "Baik"


def test_predicates_and_corrections_as_printed(tabel: tuple[TabelKinerja, ...]) -> None:
    ladder = [row[0].teks for row in ambil(tabel, "predikat_akip").baris]
    assert ladder == [">90–100", ">80–90", ">70–80", ">60–70", ">50–60", ">30–50", "0–30"]
    taken = [teks(row) for row in ambil(tabel, "koreksi").baris]
    assert taken == [
        ["AA", "0%"], ["A", "0%"], ["BB", "10%"], ["B", "15%"], ["CC", "20%"], ["C", "30%"],
        ["D", "30%"],
    ]  # fmt: skip


def test_akip_scores_with_the_predicate_that_was_printed(fakta_2024: FaktaKinerja) -> None:
    found = make_tabel_nilai_akip(fakta_2024)
    assert [row[2].teks for row in found.baris] == ["CC", "B", "BB"]
    assert found.catatan == "Predikat 2021 tercetak B; menurut nilainya CC."


def test_every_number_says_how_it_comes_about_or_where_it_was_read(
    tabel: tuple[TabelKinerja, ...],
) -> None:
    for one in tabel:
        for place, row in enumerate(one.baris):
            for sel in row:
                if sel.nilai is not None:
                    assert sel.sumber, (one.kode, sel)
                    assert not sel.formula or sel.rumus, (one.kode, sel)
                    assert one.name_baris(place)
                if sel.rumus:
                    assert sel.rumus.endswith(sel.teks) or not sel.formula or sel.nilai is None


def test_the_origin_of_the_index_leads_to_its_decree(tabel: tuple[TabelKinerja, ...]) -> None:
    ikm, probebaya = ambil(tabel, "capaian").baris
    (asal,) = ikm[3].sumber
    assert asal.startswith("Realisasi 2024: Periode SKM 2024, ditetapkan ")
    assert "penetapan nomor 1, 36 responden, sidik " in asal
    assert probebaya[3].rumus.endswith("19.773.920.293 / 19.841.671.056 × 100 = 99,66%")


def test_a_block_of_a_document_has_the_same_words(tabel: tuple[TabelKinerja, ...]) -> None:
    for one in tabel:
        blok = to_tabel(one)
        assert [list(row) for row in blok.baris] == [teks(row) for row in one.baris]
        assert len(blok.rata) == len(blok.lebar) == len(blok.kepala)
        assert blok.kecil is (len(one.kolom) >= 8)
