"""Capaian and Probebaya against the figures of the planning documents."""

from __future__ import annotations

import csv
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skm_app.kinerja import (
    DEFINISI_PROBEBAYA,
    DataKelurahan,
    ProbebayaError,
    compute_capaian,
    compute_probebaya,
)

ANGGARAN = Path(__file__).resolve().parent.parent / "data" / "anggaran_2024.csv"
PEMBERDAYAAN = "PROGRAM PEMBERDAYAAN MASYARAKAT DESA DAN KELURAHAN"


@pytest.mark.parametrize(
    ("realisasi", "target", "capaian"),
    [
        ("87.15", "77.55", "112.38"),
        ("93.85", "84.33", "111.29"),
        ("87.23", "88.31", "98.78"),
        ("100", "65", "153.85"),
        ("99.58", "82", "121.44"),
        ("99.66", "83", "120.07"),
        ("0", "83", "0.00"),
    ],
)
def test_capaian_is_realisasi_over_target(realisasi: str, target: str, capaian: str) -> None:
    assert compute_capaian(Decimal(realisasi), Decimal(target)) == Decimal(capaian)


def test_nothing_promised_gives_no_capaian() -> None:
    assert compute_capaian(Decimal("87.23"), Decimal(0)) is None


@given(target=st.decimals(min_value="0.01", max_value=1000, places=2))
def test_reaching_exactly_the_target_is_a_hundred_percent(target: Decimal) -> None:
    assert compute_capaian(target, target) == Decimal("100.00")


def read_kelurahan_2024() -> list[DataKelurahan]:
    """Rows of Pemberdayaan that kelurahan spent, summed per kelurahan."""
    sums: dict[str, list[int]] = {}
    with ANGGARAN.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            own = row["unit"].startswith("Kelurahan") and row["tingkat"] == "sub_kegiatan"
            if own and row["program"] == PEMBERDAYAAN:
                found = sums.setdefault(row["unit"], [0, 0])
                found[0] += int(row["anggaran_rp"])
                found[1] += int(row["realisasi_rp"])
    return [
        DataKelurahan(nama=nama, anggaran_rp=anggaran, realisasi_rp=realisasi)
        for nama, (anggaran, realisasi) in sums.items()
    ]


def test_the_budget_rows_of_2024_give_the_printed_probebaya_figure() -> None:
    data = read_kelurahan_2024()

    assert sum(one.anggaran_rp or 0 for one in data) == 19_841_671_056
    assert sum(one.realisasi_rp or 0 for one in data) == 19_773_920_293
    assert compute_probebaya("serapan_anggaran", data) == Decimal("99.66")


def test_all_five_kelurahan_carried_it_out_in_2024() -> None:
    data = read_kelurahan_2024()

    assert len(data) == 5
    assert compute_probebaya("kelurahan_pelaksana", data) == Decimal("100.00")


def test_approved_proposals_are_a_share_of_the_submitted_ones() -> None:
    data = [
        DataKelurahan(nama="Bukuan", diajukan=40, disetujui=39),
        DataKelurahan(nama="Bantuas", diajukan=20, disetujui=20),
    ]

    assert compute_probebaya("usulan_disetujui", data) == Decimal("98.33")


@pytest.mark.parametrize(
    ("definisi", "pesan"),
    [
        ("usulan_disetujui", "Bantuas dan Bukit belum mengisi jumlah usulan."),
        ("serapan_anggaran", "Bantuas dan Bukit belum mengisi anggaran dan realisasi."),
        ("kelurahan_pelaksana", "Bantuas dan Bukit belum mengisi apakah Probebaya dilaksanakan."),
    ],
)
def test_every_kelurahan_without_its_figures_is_named(definisi: str, pesan: str) -> None:
    data = [
        DataKelurahan(
            nama="Bukuan", diajukan=40, disetujui=39, dilaksanakan=3, anggaran_rp=5, realisasi_rp=5
        ),
        DataKelurahan(nama="Bantuas"),
        DataKelurahan(nama="Bukit"),
    ]

    with pytest.raises(ProbebayaError) as error:
        compute_probebaya(definisi, data)
    assert str(error.value) == pesan


@pytest.mark.parametrize(
    ("dilaksanakan", "realisasi", "melaksanakan"),
    [(3, 0, True), (0, 100, False), (None, 100, True), (None, 0, False), (None, None, None)],
)
def test_what_was_recorded_tells_whether_a_kelurahan_carried_it_out(
    dilaksanakan: int | None, realisasi: int | None, melaksanakan: bool | None
) -> None:
    one = DataKelurahan(nama="Bukuan", dilaksanakan=dilaksanakan, realisasi_rp=realisasi)

    assert one.melaksanakan is melaksanakan


@pytest.mark.parametrize("definisi", DEFINISI_PROBEBAYA)
def test_a_year_without_figures_has_no_probebaya_figure(definisi: str) -> None:
    unknown = [DataKelurahan(nama="Bukuan"), DataKelurahan(nama="Bantuas")]
    zero = [DataKelurahan(nama="Bukuan", anggaran_rp=0, realisasi_rp=0)]

    for nothing in ([], unknown, zero):
        with pytest.raises(ProbebayaError, match="Belum ada data"):
            compute_probebaya(definisi, nothing)


counts = st.integers(min_value=0, max_value=10**12)


@given(money=st.lists(st.tuples(counts, counts), min_size=1))
def test_the_share_spent_is_that_of_the_sums(money: list[tuple[int, int]]) -> None:
    data = [
        DataKelurahan(nama=f"K{number}", anggaran_rp=anggaran, realisasi_rp=realisasi)
        for number, (anggaran, realisasi) in enumerate(money)
    ]
    anggaran = sum(one for one, _ in money)
    realisasi = sum(one for _, one in money)
    if not anggaran:
        with pytest.raises(ProbebayaError):
            compute_probebaya("serapan_anggaran", data)
        return
    share = compute_probebaya("serapan_anggaran", data)

    # Within half a hundredth of a percent, and on its upper half if exactly between.
    off = (Fraction(share) - Fraction(realisasi, anggaran) * 100) * 200
    assert -1 < off <= 1
