"""The index without an unsur that answers itself."""

from __future__ import annotations

from decimal import Decimal

import pytest

from skm_app.scoring import Sebaran, compute_ikm_tanpa, load_shipped

SKM_9 = load_shipped()["skm-9"]


def test_the_other_unsur_share_the_weight() -> None:
    rekap = {butir.kunci: Sebaran(n3=10) for butir in SKM_9.butir}
    rekap |= {butir.kunci: Sebaran(n4=10) for butir in SKM_9.butir_of("biaya")}

    hasil = compute_ikm_tanpa(SKM_9, rekap, "biaya")

    assert hasil.ikm == Decimal("75.00")
    assert [unsur.kode for unsur in hasil.unsur] == ["U1", "U2", "U3", "U5", "U6", "U7", "U8", "U9"]


@pytest.mark.parametrize("kode", ["skm-9", "skm-16"])
def test_nothing_changes_where_all_answer_the_same(kode: str) -> None:
    instrumen = load_shipped()[kode]
    rekap = {butir.kunci: Sebaran(n4=7) for butir in instrumen.butir}

    assert compute_ikm_tanpa(instrumen, rekap, "biaya").ikm == Decimal("100.00")


def test_an_unknown_unsur_is_refused() -> None:
    with pytest.raises(ValueError, match="parkir"):
        compute_ikm_tanpa(SKM_9, {butir.kunci: Sebaran() for butir in SKM_9.butir}, "parkir")
