"""The grades: both ends of every interval of the regulation's table."""

from decimal import Decimal

import pytest

from skm_app.scoring import TABEL_MUTU, classify_mutu


@pytest.mark.parametrize(
    ("nilai", "huruf", "kinerja"),
    [
        ("25.00", "D", "Tidak baik"),
        ("64.99", "D", "Tidak baik"),
        ("64.994", "D", "Tidak baik"),
        ("64.995", "C", "Kurang baik"),
        ("65.00", "C", "Kurang baik"),
        ("76.60", "C", "Kurang baik"),
        ("76.604", "C", "Kurang baik"),
        ("76.605", "B", "Baik"),
        ("76.61", "B", "Baik"),
        ("88.30", "B", "Baik"),
        ("88.304", "B", "Baik"),
        ("88.305", "A", "Sangat baik"),
        ("88.31", "A", "Sangat baik"),
        ("100.00", "A", "Sangat baik"),
        ("24.98", "D", "Tidak baik"),
    ],
)
def test_a_value_is_rounded_to_two_decimals_and_then_graded(
    nilai: str, huruf: str, kinerja: str
) -> None:
    mutu = classify_mutu(Decimal(nilai))
    assert (mutu.huruf, mutu.kinerja) == (huruf, kinerja)


def test_the_table_has_the_bounds_of_the_regulation() -> None:
    assert [(m.huruf, str(m.batas_bawah), str(m.batas_atas)) for m in TABEL_MUTU] == [
        ("A", "88.31", "100.00"),
        ("B", "76.61", "88.30"),
        ("C", "65.00", "76.60"),
        ("D", "25.00", "64.99"),
    ]


def test_every_two_decimal_value_lies_in_exactly_the_interval_of_its_grade() -> None:
    for hundredths in range(2500, 10001):
        nilai = Decimal(hundredths) / 100
        mutu = classify_mutu(nilai)
        assert mutu.batas_bawah <= nilai <= mutu.batas_atas
