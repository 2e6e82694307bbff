"""The profile of a respondent, however it was typed."""

from collections.abc import Callable

import pytest

from skm_app.profil import (
    JENIS_KELAMIN,
    PEKERJAAN,
    PENDIDIKAN,
    USIA,
    Pilihan,
    parse_jenis_kelamin,
    parse_pekerjaan,
    parse_pendidikan,
    parse_usia,
)

READERS = [
    (parse_jenis_kelamin, JENIS_KELAMIN),
    (parse_usia, USIA),
    (parse_pendidikan, PENDIDIKAN),
    (parse_pekerjaan, PEKERJAAN),
]


@pytest.mark.parametrize(("parse", "choices"), READERS)
def test_every_key_and_label_is_read_back_to_its_key(
    parse: Callable[[str], str | None], choices: tuple[Pilihan, ...]
) -> None:
    for kunci, label in choices:
        for text in (kunci, label, f" {label.upper()} ", label.replace(" ", "  ")):
            assert parse(text) == kunci


@pytest.mark.parametrize(("parse", "choices"), READERS)
def test_nothing_told_is_none(
    parse: Callable[[str | None], str | None], choices: tuple[Pilihan, ...]
) -> None:
    assert [parse(text) for text in (None, "", "  ", "-", "–")] == [None] * 5


@pytest.mark.parametrize(("parse", "choices"), READERS)
def test_an_unknown_word_is_refused_with_all_choices(
    parse: Callable[[str], str | None], choices: tuple[Pilihan, ...]
) -> None:
    with pytest.raises(ValueError, match='"entah"') as caught:
        parse("entah")
    assert all(pilihan.kunci in str(caught.value) for pilihan in choices)


@pytest.mark.parametrize(
    ("umur", "band"),
    [
        ("1", "<17"),
        ("16", "<17"),
        ("17", "17-25"),
        ("25", "17-25"),
        ("26", "26-34"),
        ("34", "26-34"),
        ("35", "35-44"),
        ("44", "35-44"),
        ("45", "45-54"),
        ("54", "45-54"),
        ("55", "55-65"),
        ("65", "55-65"),
        ("66", ">65"),
        ("120", ">65"),
        ("33 tahun", "26-34"),
        ("33 Thn.", "26-34"),
        ("17 – 25", "17-25"),
        ("17 s", None),
    ],
)
def test_an_age_falls_into_its_band(umur: str, band: str | None) -> None:
    if band is None:
        with pytest.raises(ValueError, match="usia"):
            parse_usia(umur)
    else:
        assert parse_usia(umur) == band


@pytest.mark.parametrize("umur", ["0", "121", "-5", "1725", "24,5", "٢٤"])
def test_an_impossible_age_is_refused(umur: str) -> None:
    with pytest.raises(ValueError, match="umur 1-120"):
        parse_usia(umur)


@pytest.mark.parametrize(
    ("parse", "text", "kunci"),
    [
        (parse_jenis_kelamin, "laki laki", "L"),
        (parse_jenis_kelamin, "wanita", "P"),
        (parse_pendidikan, "D-III", "D1-D3"),
        (parse_pendidikan, "D3", "D1-D3"),
        (parse_pendidikan, "d4 / s1", "S1"),
        (parse_pendidikan, "S 1", "S1"),
        (parse_pendidikan, "SLTA", "SMA"),
        (parse_pekerjaan, "asn", "PNS"),
        (parse_pekerjaan, "POLRI", "Polri"),
        (parse_pekerjaan, "Wiraswasta", "Wirausaha"),
        (parse_pekerjaan, "pelajar / mahasiswa", "Pelajar/Mahasiswa"),
        (parse_pekerjaan, "mahasiswa", "Pelajar/Mahasiswa"),
    ],
)
def test_other_usual_spellings_are_understood(
    parse: Callable[[str], str | None], text: str, kunci: str
) -> None:
    assert parse(text) == kunci


def test_a_refusal_never_repeats_control_characters() -> None:
    with pytest.raises(ValueError, match="dikenal") as caught:
        parse_pekerjaan("a\x1b[2J\nb")
    assert str(caught.value).isprintable()
