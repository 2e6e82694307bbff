"""The printed annex of Kecamatan Palaran 2024, reproduced line by line."""

import csv
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from skm_app.berkas import read_berkas
from skm_app.scoring import HasilIKM, HasilUnsur, compute_ikm, get_konvensi, load_shipped, tally

DATA = Path(__file__).resolve().parents[1] / "data"
SKM_9 = load_shipped()["skm-9"]
REKAP = tally((row.nilai for row in read_berkas(DATA / "skm_palaran_2024.csv", SKM_9).rows), SKM_9)
with (DATA / "skm_palaran_2024_rekap.csv").open(encoding="utf-8", newline="") as handle:
    TERCETAK = {row["unsur"]: row for row in csv.DictReader(handle)}


def hasil(konvensi: str) -> HasilIKM:
    return compute_ikm(SKM_9, REKAP, get_konvensi(konvensi))


@pytest.mark.parametrize("unsur", hasil("portal-kota").unsur, ids=lambda u: str(u.kode))
def test_every_printed_sum_nrr_and_nrr_tertimbang_is_reproduced(unsur: HasilUnsur) -> None:
    printed = TERCETAK[unsur.kode]
    assert unsur.jumlah == int(printed["jumlah_nilai"])
    assert unsur.nrr == Decimal(printed["nrr_tercetak"])
    assert unsur.nrr_tertimbang == Decimal(printed["nrr_tertimbang_tercetak"])


@pytest.mark.parametrize(
    ("konvensi", "ikm", "jumlah_tertimbang"),
    [
        ("portal-kota", "87.23", "3.489"),
        ("eksak", "87.27", "3.491"),
        ("0.111", "87.18", "3.487"),
        ("0.11", "86.40", "3.456"),
    ],
)
def test_each_convention_gives_its_own_index(
    konvensi: str, ikm: str, jumlah_tertimbang: str
) -> None:
    result = hasil(konvensi)
    assert str(result.ikm) == ikm
    assert str(result.jumlah_tertimbang) == jumlah_tertimbang
    assert str(result.ikm_eksak) == "87.27"
    assert result.konvensi == konvensi
    assert result.mutu is not None
    assert (result.mutu.huruf, result.mutu.kinerja) == ("B", "Baik")


@pytest.mark.parametrize("konvensi", ["portal-kota", "eksak", "0.111", "0.11"])
def test_sums_and_nrr_do_not_depend_on_the_convention(konvensi: str) -> None:
    for unsur in hasil(konvensi).unsur:
        assert unsur.jumlah == int(TERCETAK[unsur.kode]["jumlah_nilai"])
        assert unsur.nrr == Decimal(TERCETAK[unsur.kode]["nrr_tercetak"])
        assert unsur.nrr_eksak == Fraction(unsur.jumlah, 36)


@pytest.mark.parametrize("konvensi", ["portal-kota", "eksak"])
def test_the_printed_nrr_tertimbang_are_ninths(konvensi: str) -> None:
    for unsur in hasil(konvensi).unsur:
        assert unsur.nrr_tertimbang == Decimal(TERCETAK[unsur.kode]["nrr_tertimbang_tercetak"])


@pytest.mark.parametrize(
    ("konvensi", "u3", "u4"), [("0.111", "0.376", "0.444"), ("0.11", "0.373", "0.440")]
)
def test_shortened_weights_contradict_the_printed_annex(konvensi: str, u3: str, u4: str) -> None:
    by_kode = {unsur.kode: str(unsur.nrr_tertimbang) for unsur in hasil(konvensi).unsur}
    assert (by_kode["U3"], by_kode["U4"]) == (u3, u4)
    assert TERCETAK["U3"]["nrr_tertimbang_tercetak"] == "0.377"


def test_the_json_is_what_scripts_rely_on() -> None:
    data = hasil("portal-kota").to_json()
    assert data["unsur"][0] == {  # type: ignore[index]
        "kode": "U1",
        "kunci": "persyaratan",
        "jumlah": 119,
        "terisi": 36,
        "nrr": "3.306",
        "nrr_tertimbang": "0.367",
        "mutu": "B",
    }
    del data["unsur"]
    assert data == {
        "n": 36,
        "konvensi": "portal-kota",
        "ikm": "87.23",
        "ikm_eksak": "87.27",
        "mutu": "B",
        "kinerja": "Baik",
    }
