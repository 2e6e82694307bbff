"""What would lift the NKO, and the state of a quarter."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skm_app.kinerja import Arah, compute_capaian, compute_nko, load_aturan
from skm_app.kinerja.simulasi import (
    Masukan,
    compute_realisasi,
    find_jalan_naik,
    replace_realisasi,
    simulate,
    simulate_akip,
    simulate_indikator,
)
from skm_app.kinerja.triwulan import compute_status

ATURAN = load_aturan()
HURUF = st.sampled_from([one.nama for one in ATURAN.akip])
ARAH: st.SearchStrategy[Arah] = st.sampled_from(["naik", "turun"])
TARGET = st.decimals(min_value="0.01", max_value=100_000, places=2)
REALISASI = st.decimals(min_value=0, max_value=100_000, places=2)
HUNDREDTH = Decimal("0.01")

IKM = Masukan(target=Decimal("88.31"), realisasi=Decimal("87.23"), paling_tinggi=Decimal(100))
PROBEBAYA = Masukan(target=Decimal(83), realisasi=Decimal("99.66"), paling_tinggi=Decimal(100))
TAHUN_2024 = (IKM, PROBEBAYA)


@st.composite
def masukan(draw: st.DrawFn) -> Masukan:
    """An indikator that need not be near its target, nor have one."""
    return Masukan(
        target=draw(st.none() | TARGET),
        realisasi=draw(st.none() | REALISASI),
        arah=draw(ARAH),
        paling_tinggi=draw(st.none() | st.just(Decimal(100_000))),
    )


def test_other_akip_predicates_of_2024() -> None:
    found = simulate_akip(TAHUN_2024, "BB", ATURAN)

    assert [
        (one.akip.nama, str(one.koreksi), str(one.nko), one.predikat.nama) for one in found
    ] == [
        ("AA", "0", "104.39", "Istimewa"),
        ("A", "0", "104.39", "Istimewa"),
        ("B", "15", "88.73", "Baik"),
        ("CC", "20", "83.51", "Baik"),
        ("C", "30", "73.08", "Butuh Perbaikan"),
        ("D", "30", "73.08", "Butuh Perbaikan"),
    ]


def test_steps_of_the_index_in_2024() -> None:
    found = simulate_indikator(TAHUN_2024, 0, "BB", ATURAN)

    assert [
        (str(one.capaian), str(one.tambahan), str(one.realisasi), str(one.nko)) for one in found
    ] == [
        ("99.78", "1.00", "88.12", "94.40"),
        ("100.00", "1.22", "88.31", "94.50"),
        ("110.00", "11.22", "97.14", "99.00"),
    ]


def test_an_indikator_that_counts_in_full_cannot_lift_the_nko() -> None:
    assert simulate_indikator(TAHUN_2024, 1, "BB", ATURAN) == ()
    assert simulate_indikator((replace(IKM, realisasi=None),), 0, "BB", ATURAN) == ()


def test_what_no_realisasi_can_reach_is_said() -> None:
    high = replace(IKM, target=Decimal(95), realisasi=Decimal(95))
    last = simulate_indikator((high,), 0, "A", ATURAN)[-1]
    assert (last.capaian, last.realisasi) == (Decimal("110.00"), None)


def test_in_2024_only_a_better_akip_leads_to_the_next_predicate() -> None:
    jalan = find_jalan_naik(TAHUN_2024, "BB", ATURAN)

    assert jalan is not None
    assert (jalan.predikat.nama, jalan.indikator) == ("Istimewa", ())
    assert jalan.akip is not None
    assert (jalan.akip.akip.nama, jalan.akip.nko) == ("A", Decimal("104.39"))


def test_the_smallest_step_to_the_next_predicate() -> None:
    two = (replace(IKM, realisasi=Decimal(60)), replace(PROBEBAYA, realisasi=Decimal(73)))
    assert simulate(two, "A", ATURAN).nko == Decimal("77.95")  # 67.94 and 87.95

    jalan = find_jalan_naik(two, "A", ATURAN)

    assert jalan is not None
    # 80 itself is still the grade below: 160.00 is not enough, 160.01 is rounded up to 80.01.
    assert [(one.ke, str(one.capaian), str(one.nko)) for one in jalan.indikator] == [
        (0, "72.06", "80.01"),
        (1, "92.07", "80.01"),
    ]
    assert jalan.akip is None


def test_where_no_single_step_is_enough_there_is_none() -> None:
    half = replace(IKM, realisasi=Decimal("39.74"))  # 45 %: one of five at 110 gives 58, not 60
    jalan = find_jalan_naik((half,) * 5, "A", ATURAN)
    assert jalan is not None
    assert (jalan.predikat.nama, jalan.indikator, jalan.akip) == ("Butuh Perbaikan", (), None)


def test_above_the_highest_predicate_there_is_no_way_up() -> None:
    assert find_jalan_naik((PROBEBAYA,), "A", ATURAN) is None
    assert find_jalan_naik((), "A", ATURAN) is None


@given(st.lists(masukan(), max_size=4), HURUF)
def test_simulating_today_gives_the_nko_of_today(rows: list[Masukan], huruf: str) -> None:
    same = replace_realisasi(rows, [one.realisasi for one in rows])
    kept = replace_realisasi(rows, [None] * len(rows))

    today = compute_nko([one.capaian for one in rows], huruf, ATURAN)

    assert simulate(same, huruf, ATURAN) == simulate(kept, huruf, ATURAN) == today


@given(
    st.builds(Masukan, target=TARGET, realisasi=REALISASI, arah=ARAH),
    st.lists(masukan(), max_size=3),
    HURUF,
    REALISASI,
)
def test_a_better_realisasi_never_lowers_the_nko(
    first: Masukan, others: list[Masukan], huruf: str, more: Decimal
) -> None:
    assert first.realisasi is not None
    up = first.arah == "naik"
    better = first.realisasi + more if up else max(first.realisasi - more, Decimal(0))
    before = simulate([first, *others], huruf, ATURAN).nko
    after = simulate([replace(first, realisasi=better), *others], huruf, ATURAN).nko
    assert before is not None
    assert after is not None
    assert before <= after


@given(
    TARGET,
    st.decimals(min_value="0.01", max_value=110, places=2).filter(lambda one: one != 100),
    ARAH,
)
def test_the_needed_realisasi_reaches_it_and_a_hundredth_less_does_not(
    target: Decimal, capaian: Decimal, arah: Arah
) -> None:
    found = compute_realisasi(target, capaian, arah)
    if found is None:  # less than nothing: only where less is better
        best = compute_capaian(Decimal(0), target, "turun")
        assert arah == "turun"
        assert best is not None
        assert best < capaian
        return
    worse = found - HUNDREDTH if arah == "naik" else found + HUNDREDTH
    reached, missed = (compute_capaian(one, target, arah) for one in (found, worse))
    assert reached is not None
    assert missed is not None
    assert missed < capaian <= reached


@given(TARGET, ARAH)
def test_for_100_percent_the_target_itself_is_needed(target: Decimal, arah: Arah) -> None:
    assert compute_realisasi(target, Decimal(100), arah) == target


@given(st.lists(masukan(), min_size=1, max_size=3), HURUF)
def test_every_step_is_upwards_and_the_needed_realisasi_gives_its_nko(
    rows: list[Masukan], huruf: str
) -> None:
    today = simulate(rows, huruf, ATURAN).nko
    for ke in range(len(rows)):
        steps = simulate_indikator(rows, ke, huruf, ATURAN)
        assert [one.capaian for one in steps] == sorted({one.capaian for one in steps})
        for one in steps:
            assert today is not None
            assert one.tambahan > 0
            assert one.nko >= today
            if one.realisasi is not None:
                typed = [one.realisasi if place == ke else None for place in range(len(rows))]
                reached = simulate(replace_realisasi(rows, typed), huruf, ATURAN).nko
                assert reached is not None
                assert reached >= one.nko


@given(st.lists(masukan(), min_size=1, max_size=3), HURUF)
def test_a_step_to_the_next_predicate_is_enough_and_a_hundredth_less_is_not(
    rows: list[Masukan], huruf: str
) -> None:
    jalan = find_jalan_naik(rows, huruf, ATURAN)
    for one in jalan.indikator if jalan else ():
        assert jalan is not None
        bound = jalan.predikat.di_atas
        assert bound is not None
        capaian = [row.capaian for row in rows]
        capaian[one.ke] = one.capaian - HUNDREDTH
        short = compute_nko(capaian, huruf, ATURAN).nko
        assert short is not None
        assert short <= bound < one.nko


TRIWULAN_II = (date(2025, 4, 1), date(2025, 6, 30))


@pytest.mark.parametrize(
    ("target", "realisasi", "hari", "status"),
    [
        ("88", "88", date(2025, 7, 1), "tercapai"),
        ("88", "87.99", date(2025, 7, 1), "belum tercapai"),
        ("1000000", "999999.99", date(2025, 7, 1), "belum tercapai"),  # 100,00 % when rounded
        ("88", None, date(2025, 7, 1), "belum ada data"),
        ("88", "90", date(2025, 6, 30), "sedang berjalan"),
        ("88", None, date(2025, 4, 1), "sedang berjalan"),
        ("88", None, date(2025, 3, 31), "belum mulai"),
        (None, "90", date(2025, 7, 1), "belum ada target"),
        (None, None, date(2025, 1, 1), "belum ada target"),
        ("0", "90", date(2025, 7, 1), "belum ada target"),
    ],
)
def test_the_state_of_a_quarter_in_words(
    target: str | None, realisasi: str | None, hari: date, status: str
) -> None:
    wanted, reached = (None if one is None else Decimal(one) for one in (target, realisasi))
    assert compute_status(wanted, reached, TRIWULAN_II, hari) == status


def test_a_figure_that_is_final_counts_on_the_last_day() -> None:
    args = (Decimal(88), Decimal(88), TRIWULAN_II, date(2025, 6, 30))
    assert compute_status(*args, tetap=True) == "tercapai"


@pytest.mark.parametrize(("realisasi", "status"), [("7", "tercapai"), ("9", "belum tercapai")])
def test_where_less_is_better_the_target_must_not_be_passed(realisasi: str, status: str) -> None:
    args = (Decimal(8), Decimal(realisasi), TRIWULAN_II, date(2025, 7, 1))
    assert compute_status(*args, arah="turun") == status
