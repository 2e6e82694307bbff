"""Reports that are filled in half, built otherwise, or wrong in ways the printed one is not."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skm_app.kinerja import compute_capaian
from skm_app.kinerja.aturan import load_aturan
from skm_app.kinerja.periksa import Temuan, count_angka, periksa, periksa_laporan
from skm_app.kinerja.periksa.acuan import make_acuan
from skm_app.kinerja.periksa.laporan import IndikatorTercetak, LaporanTercetak
from skm_app.periksa.lembar import LEMBAR
from skm_app.scoring import round_half_up
from tests.periksa.contoh import Isi, list_diperbaiki, list_tercetak, put, read_isi, read_susunan

T33, T38 = "Tabel 3.3 & 3.4", "Tabel 3.8 & 3.9"
DASAR = {"Laporan", "Indikator", "Program"}
SATU_INDIKATOR: Isi = {
    "Laporan": [["2024", "Kecamatan Palaran"]],
    "Indikator": [["1", "1", "IKM", "", "Nilai"]],
}


def change(*ubahan: tuple[str, str, str]) -> Isi:
    isi = list_diperbaiki()
    for lembar, sel, teks in ubahan:
        put(isi, lembar, sel, teks)
    return isi


def find(*ubahan: tuple[str, str, str]) -> dict[str, Temuan]:
    """Findings by kind of the corrected report with other cells."""
    return {one.kode: one for one in periksa(read_isi(change(*ubahan)))}


def list_sel(temuan: Temuan) -> dict[str, str]:
    return {one.letak.sel: one.seharusnya for one in temuan.tempat}


@pytest.mark.parametrize("lembar", [one.nama for one in LEMBAR if one.nama not in DASAR])
def test_a_sheet_that_is_left_blank_neither_stops_the_check_nor_makes_findings(lembar: str) -> None:
    assert periksa(read_isi({**list_diperbaiki(), lembar: []})) == ()
    assert len(periksa(read_isi({**list_tercetak(), lembar: []}))) <= 25


def test_an_nko_without_rows_is_no_error() -> None:
    isi: Isi = {
        **SATU_INDIKATOR,
        "Tabel 3.12": [["Total", *[""] * 6, "187,90"], ["NKO", *[""] * 6, "93,95"]],
    }
    hasil = periksa_laporan(read_isi(isi))
    assert (hasil.temuan, hasil.banyak_angka, hasil.dibandingkan) == ((), 2, 0)


def test_what_stands_alone_is_not_said_to_have_been_compared() -> None:
    hasil = periksa_laporan(read_isi(list_diperbaiki()))
    assert hasil.banyak_angka - 20 < hasil.dibandingkan <= hasil.banyak_angka
    alone = {**SATU_INDIKATOR, "Tabel 3.2": [["1", "IKM", "80", "", ""]]}
    assert periksa_laporan(read_isi(alone)).dibandingkan == 0
    beside = {**SATU_INDIKATOR, "Tabel 3.2": [["1", "IKM", "80", "60", "75"]]}
    assert periksa_laporan(read_isi(beside)).dibandingkan == 3
    other_year = {**SATU_INDIKATOR, "Tabel 3.5": [["1", "IKM", *[""] * 6, "75", "2020"]]}
    assert periksa_laporan(read_isi(other_year)).dibandingkan == 0


@given(
    realisasi=st.decimals(0, 300, places=2),
    target=st.decimals("0.01", 200, places=2),
    arah=st.sampled_from(("naik", "turun")),
)
@settings(max_examples=40, deadline=None)
def test_capaian_is_computed_as_the_report_computes_it(
    realisasi: Decimal, target: Decimal, arah: str
) -> None:
    indikator = IndikatorTercetak(
        nomor=1,
        sasaran=1,
        nama="IKM",
        nama_lain=(),
        satuan="Hari",
        target_akhir=None,
        dokumen="",
        arah="turun" if arah == "turun" else "naik",
    )
    acuan = make_acuan(LaporanTercetak(tahun=2024, indikator=(indikator,)), load_aturan())
    found = acuan.compute(1, Fraction(realisasi), Fraction(target))
    assert found is not None
    assert round_half_up(found, 2) == compute_capaian(realisasi, target, indikator.arah)


def test_less_is_better_where_the_sheet_says_so() -> None:
    isi: Isi = {
        "Laporan": [["2024", ""]],
        "Indikator": [["1", "1", "Lama layanan", "", "Hari", "", "", "Turun"]],
        "Tabel 3.2": [["1", "Lama layanan", "10", "8", "120"]],
        "Rumus": [["Teks", "Capaian", "= target / realisasi x 100"]],
    }
    assert periksa(read_isi(isi)) == ()
    put(isi, "Indikator", "H5", "")
    assert {one.kode for one in periksa(read_isi(isi))} == {"capaian", "rumus-capaian"}


@pytest.mark.parametrize(
    ("lembar", "sel", "teks", "pesan"),
    [
        ("Kalimat", "C24", "9", "program 9 belum ada di lembar Program"),
        ("Kalimat", "C22", "9", "sasaran 9 belum ada di lembar Indikator"),
        ("PK", "B7", "9", "program 9 belum ada di lembar Program"),
        ("Tabel 3.7", "A6", "9", "sasaran 9 belum ada di lembar Indikator"),
        (
            "Kalimat",
            "G30",
            "98",
            "Capaian (%) di lembar Kalimat: tidak dipakai kalimat tentang Ke",
        ),
        ("Kalimat", "E22", "98", "Target di lembar Kalimat: tidak dipakai kalimat tentang Sasaran"),
        ("Tabel 3.11", "A5", "AA, A", '"AA, A" tidak dikenal; tulis satu predikat'),
        ("Tabel 3.7", "A6", "1", "sasaran 1 ditulis dua kali; satu baris per sasaran"),
        ("Tabel 3.12", "A8", "Jumlah", "baris Jumlah ditulis dua kali"),
        ("Tabel 1.1", "A9", "Total", "baris Jumlah ditulis dua kali"),
        ("Program", "A6", "1", "program 1 ditulis dua kali"),
        ("Indikator", "H5", "Naik turun", "tidak dikenal; pilih Naik, Turun"),
    ],
)
def test_what_would_be_compared_with_nothing_is_named(
    lembar: str, sel: str, teks: str, pesan: str
) -> None:
    _, faults = read_susunan(change((lembar, sel, teks)))
    assert pesan in " ".join(map(str, faults))


def test_kelurahan_may_be_shortened_but_units_that_are_missing_are_named() -> None:
    isi = list_diperbaiki()
    for row in isi["Tabel 3.10"]:
        row[1] = row[1].replace("Kelurahan ", "Kel. ") if row[0] == "Unit" else row[1]
    assert periksa(read_isi(isi)) == ()
    isi["Tabel 3.10"] = [one for one in isi["Tabel 3.10"] if one[0] != "Unit"]
    _, (fault,) = read_susunan(isi)
    assert "tidak memuat baris Unit untuk Kelurahan" in str(fault)


def test_a_table_that_begins_with_a_programme_is_compared_too() -> None:
    isi: Isi = {
        **SATU_INDIKATOR,
        "Program": [["1", "Pelayanan", "", "1", "Semua"]],
        "Tabel 3.10": [["Program", "Pelayanan", "100", "90", "90%"]],
        "Tabel 3.7": [["1", "1", "IKM", "110", "90", ""]],
    }
    assert [one.kode for one in periksa(read_isi(isi))] == ["biaya-sasaran"]


def test_a_wrong_row_is_named_and_not_the_sum_above_it() -> None:
    found = find(("Tabel 3.10", "C12", "31.000.000,00"))
    assert list(found) == ["jumlah-anggaran"]
    assert list_sel(found["jumlah-anggaran"]) == {"C12": "30.000.000,00"}


def test_where_nothing_tells_which_is_wrong_all_are_named() -> None:
    temuan = find(("Tabel 3.10", "C12", "30.000.001,00"))["jumlah-anggaran"]
    assert list_sel(temuan)["C12"] == "30.000.000,00, bila yang lain benar"
    assert temuan.alasan.endswith("Salah satu dari ini keliru; selisih 1.")


def test_a_percentage_is_not_merged_with_a_sum_it_has_no_part_in() -> None:
    found = find(("Tabel 3.10", "C12", "31.000.000,00"), ("Tabel 3.10", "E13", "90,00%"))
    assert list_sel(found["persen-anggaran"]) == {"E13": "100,00%"}
    assert "E13" not in list_sel(found["jumlah-anggaran"])


def test_each_overspent_row_needs_words_of_its_own() -> None:
    rows = [
        ["Unit", "Kecamatan", "200", "220", "110%"],
        ["Program", "Pelayanan", "200", "220", "110%"],
        ["Kegiatan", "Layanan", "200", "220", "110%"],
        ["Sub kegiatan", "Satu", "100", "110", "110%", "Utang tahun lalu"],
        ["Sub kegiatan", "Dua", "100", "110", "110%"],
    ]
    isi: Isi = {
        **SATU_INDIKATOR,
        "Program": [["1", "Pelayanan", "", "1", "Semua"]],
        "Tabel 3.10": rows,
    }
    (temuan,) = periksa(read_isi(isi))
    assert "E9" in list_sel(temuan)
    assert "E8" not in list_sel(temuan)
    rows[4].append("Kurang bayar")
    assert periksa(read_isi(isi)) == ()


def test_sentences_about_another_year_or_one_programme_have_their_own_figures() -> None:
    other = [
        ("Kalimat", "D30", "2023"),
        ("Kalimat", "H30", "30.000.000.000"),
        ("Kalimat", "J30", ""),
    ]
    assert find(*other) == {}
    assert find(("Kalimat", "N24", "1"), ("Kalimat", "O24", "1")) == {}
    assert list(find(("Kalimat", "N24", "9"))) == ["banyaknya-kegiatan"]


def test_without_the_cost_efisiensi_is_compared_with_what_stands_beside_it() -> None:
    isi: Isi = {**SATU_INDIKATOR, T38: [["Tabel 3.8", "1", "1", "", "98,78", "99,12", "0,66"]]}
    (temuan,) = periksa(read_isi(isi))
    assert list_sel(temuan) == {"G5": "-0,34"}


def test_a_tie_is_left_to_the_document() -> None:
    isi: Isi = {
        **SATU_INDIKATOR,
        "Tabel 3.2": [["1", "IKM", "88,31", "", ""]],
        "PK": [["Indikator", "1", "IKM", "88,32"]],
    }
    (temuan,) = periksa(read_isi(isi))
    assert set(list_sel(temuan).values()) == {"88,31 atau 88,32: periksa ke dokumen"}
    assert "terbanyak, jadi dokumen" in temuan.alasan


def test_the_mean_may_be_that_of_printed_capaian_or_of_one_column() -> None:
    assert find((T33, "I6", "105,04"), (T33, "K6", "105,04")) == {}
    rows = [["Tabel 3.3", "1", "1", "A", "80", "80", "50", "40", "80", "", ""]]
    rows += [["Tabel 3.3", "1", "2", "B", "80", "80", "50", "50", "100", "", ""]]
    rows += [["Tabel 3.3", "1", "Rata-rata", "", "", "", "", "", "90", "", ""]]
    indikator = [["1", "1", "A", "", "Nilai"], ["2", "1", "B", "", "Nilai"]]
    isi: Isi = {"Laporan": [["2024"]], "Indikator": indikator, T33: rows}
    assert periksa(read_isi(isi)) == ()


@pytest.mark.parametrize(
    ("ubahan", "kode"),
    [
        ([("Tabel 3.1", "C7", "BB (Sangat Baik)"), ("Kalimat", "P31", "Sangat Baik")], []),
        ([("Indikator", "E5", "%"), ("Indikator", "G6", "")], []),
        ([("Rumus", "C6", "Rata-rata = (% realisasi 2023 + % realisasi 2024)/2")], []),
        ([("Tabel 3.10", "E9", "100,74% (melebihi anggaran)")], []),
        ([("Tabel 3.12", "A7", "Jumlah"), ("Tabel 1.1", "A10", "Total")], []),
        ([("Tabel 3.5", "I5", "100")], ["capaian"]),
    ],
)
def test_other_ways_of_printing_are_understood(
    ubahan: list[tuple[str, str, str]], kode: list[str]
) -> None:
    assert list(find(*ubahan)) == kode


def test_reasons_say_no_more_than_is_true() -> None:
    assert "di batas" not in find(("Tabel 3.1", "C7", "A"))["predikat-akip"].alasan
    assert "Bab III.D nomor 2" in find(("Tabel 3.11", "B7", "15%"))["koreksi-akip"].alasan
    found = find(("Tabel 3.2", "E5", "0,9878"))["capaian"]
    assert "0,9878 × 100 cocok" in found.alasan


def test_a_figure_is_counted_once() -> None:
    hasil = periksa_laporan(read_isi(list_tercetak()))
    assert hasil.banyak_angka == count_angka(read_isi(list_tercetak()))
