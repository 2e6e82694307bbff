"""The index: the ends of the scale, unanswered items, weights, refusals."""

from dataclasses import replace
from fractions import Fraction

import pytest

from skm_app.scoring import (
    KONVENSI,
    HasilIKM,
    KonvensiError,
    Sebaran,
    compute_ikm,
    get_konvensi,
    load_shipped,
    tally,
)

SKM_9 = load_shipped()["skm-9"]
SKM_16 = load_shipped()["skm-16"]
UNEQUAL = replace(
    SKM_9,
    kode="skm-berat",
    unsur=(
        replace(SKM_9.unsur[0], bobot=Fraction(1, 5)),
        *(replace(unsur, bobot=Fraction(1, 10)) for unsur in SKM_9.unsur[1:]),
    ),
)


def all_answer(nilai: int, konvensi: str = "eksak") -> HasilIKM:
    rekap = tally([{butir.kunci: nilai for butir in SKM_9.butir}], SKM_9)
    return compute_ikm(SKM_9, rekap, get_konvensi(konvensi))


def grade(hasil: HasilIKM) -> str | None:
    return hasil.mutu.huruf if hasil.mutu else None


@pytest.mark.parametrize(
    ("nilai", "konvensi", "ikm", "mutu"),
    [
        (4, "eksak", "100.00", "A"),
        (4, "portal-kota", "99.90", "A"),
        (4, "0.111", "99.90", "A"),
        (4, "0.11", "99.00", "A"),
        (1, "eksak", "25.00", "D"),
        (1, "portal-kota", "24.98", "D"),
        (1, "0.11", "24.75", "D"),
        (3, "eksak", "75.00", "C"),
    ],
)
def test_the_ends_of_the_scale_depend_on_the_convention(
    nilai: int, konvensi: str, ikm: str, mutu: str
) -> None:
    hasil = all_answer(nilai, konvensi)
    assert (str(hasil.ikm), grade(hasil)) == (ikm, mutu)


def test_an_unanswered_item_reduces_only_the_count_of_its_own_unsur() -> None:
    full: dict[str, int | None] = {butir.kunci: 3 for butir in SKM_9.butir}
    hasil = compute_ikm(SKM_9, tally([full, {**full, "biaya": None}], SKM_9))
    assert {u.kunci: u.terisi for u in hasil.unsur} == {
        u.kunci: 1 if u.kunci == "biaya" else 2 for u in SKM_9.unsur
    }
    assert hasil.n == 2
    assert str(hasil.ikm) == "75.00"


def test_there_is_no_index_when_nobody_answered_one_unsur() -> None:
    row: dict[str, int | None] = {butir.kunci: 4 for butir in SKM_9.butir}
    hasil = compute_ikm(SKM_9, tally([{**row, "biaya": None}], SKM_9))
    assert hasil.unsur_kosong == ("biaya",)
    assert (hasil.ikm, hasil.ikm_eksak, hasil.mutu, hasil.jumlah_tertimbang) == (None,) * 4
    biaya = hasil.unsur[3]
    assert (biaya.nrr, biaya.nilai, biaya.nrr_tertimbang, biaya.mutu) == (None,) * 4
    assert str(hasil.unsur[0].nrr) == "4.000"


def test_without_any_response_every_figure_is_empty_in_json() -> None:
    data = compute_ikm(SKM_9, tally([], SKM_9)).to_json()
    assert data["n"] == 0
    assert [data[key] for key in ("ikm", "ikm_eksak", "mutu", "kinerja")] == [None] * 4


def test_the_items_of_one_unsur_are_pooled() -> None:
    row: dict[str, int | None] = {butir.kunci: 4 for butir in SKM_16.butir}
    row["biaya-1"], row["biaya-2"], row["biaya-3"] = 1, None, 4
    biaya = compute_ikm(SKM_16, tally([row], SKM_16)).unsur[3]
    assert (biaya.jumlah, biaya.terisi, str(biaya.nrr)) == (5, 2, "2.500")


def test_the_results_stand_in_the_order_of_the_regulation() -> None:
    assert [unsur.kode for unsur in all_answer(3).unsur] == [f"U{n}" for n in range(1, 10)]


def test_pengaduan_is_u8_although_it_is_asked_ninth() -> None:
    row: dict[str, int | None] = {butir.kunci: 4 for butir in SKM_9.butir}
    hasil = compute_ikm(SKM_9, tally([{**row, "pengaduan": 1}], SKM_9))
    assert (hasil.unsur[7].kunci, hasil.unsur[7].jumlah) == ("pengaduan", 1)
    assert (hasil.unsur[8].kunci, hasil.unsur[8].jumlah) == ("sarpras", 4)


def test_a_heavier_unsur_counts_more() -> None:
    row: dict[str, int | None] = {butir.kunci: 4 for butir in UNEQUAL.butir}
    hasil = compute_ikm(UNEQUAL, tally([{**row, "persyaratan": 1}], UNEQUAL))
    assert str(hasil.ikm) == "85.00"
    assert hasil.instrumen_id == "skm-berat/1"


@pytest.mark.parametrize("konvensi", ["0.11", "0.111"])
def test_a_fixed_weight_is_refused_where_the_unit_chose_other_weights(konvensi: str) -> None:
    rekap = tally([], UNEQUAL)
    with pytest.raises(KonvensiError, match=f'"{konvensi}" hanya untuk .* 1/9'):
        compute_ikm(UNEQUAL, rekap, get_konvensi(konvensi))


def test_a_fixed_weight_fits_the_sixteen_items_whose_unsur_weigh_one_ninth() -> None:
    rekap = tally([{butir.kunci: 4 for butir in SKM_16.butir}], SKM_16)
    assert str(compute_ikm(SKM_16, rekap, get_konvensi("0.11")).ikm) == "99.00"


def test_an_unknown_convention_is_answered_with_the_valid_names() -> None:
    with pytest.raises(KonvensiError, match=r'"1/9".*eksak, portal-kota, 0\.111, 0\.11'):
        get_konvensi("1/9")


def test_every_convention_explains_itself_in_a_sentence() -> None:
    assert all(k.uraian.endswith(".") and k.nama == nama for nama, k in KONVENSI.items())


def test_a_missing_butir_is_refused_by_name() -> None:
    rekap = tally([], SKM_9)
    del rekap["biaya"]
    with pytest.raises(ValueError, match='tidak memuat butir "biaya"'):
        compute_ikm(SKM_9, rekap)


def test_an_unknown_butir_is_refused_by_name() -> None:
    rekap = {**tally([], SKM_9), "keamanan": Sebaran()}
    with pytest.raises(ValueError, match='"keamanan" tidak ada'):
        compute_ikm(SKM_9, rekap)


def test_the_short_weight_lowers_the_grade_near_a_bound() -> None:
    # 89.17 exactly is A; with 0.11 it becomes 88.28, which is B.
    rekap = {butir.kunci: Sebaran(n4=17, n3=13) for butir in SKM_9.butir}
    assert grade(compute_ikm(SKM_9, rekap)) == "A"
    assert grade(compute_ikm(SKM_9, rekap, get_konvensi("0.11"))) == "B"
