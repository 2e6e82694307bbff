"""Charts: what is written is what was given, and no label can spoil one."""

from __future__ import annotations

import io
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

import pytest
from PIL import Image

from skm_app.reports.dokumen import Deret, Dokumen, Gambar, Grafik, Kop
from skm_app.reports.grafik import make_grafik_data, make_grafik_png, make_sumbu
from skm_app.reports.pdf import make_pdf
from tests.reports.kartu import read_words, squeeze

PANJANG = "Penanganan Pengaduan, Saran dan Masukan " * 5
BATANG = Grafik(
    jenis="batang", label=["Persyaratan", PANJANG, "#panic() $x$"],
    deret=[Deret(nama="NRR", nilai=[Decimal("3.305"), Decimal("2.5"), None])],
    tulis=[["3,306", "2,500", "–"]], bawah=Decimal(1), atas=Decimal(4), satuan="NRR",
    batas=[("Mutu A (3,532)", Decimal("3.532"))],
)  # fmt: skip
TUMPUK = Grafik(
    jenis="tumpuk", label=["U1", "U2"],
    deret=[
        Deret(nama="Tidak sesuai", nilai=[Decimal("0.4"), Decimal(0)]),
        Deret(nama="Sangat sesuai", nilai=[Decimal("99.6"), Decimal(100)]),
    ],
    tulis=[["0,41", "0,01"], ["99,59", "99,99"]], bawah=Decimal(0), atas=Decimal(100),
)  # fmt: skip
GARIS = Grafik(
    jenis="garis", label=["2022", "2023", "2024"],
    deret=[
        Deret(nama="IKM", nilai=[Decimal("87.15"), None, Decimal("87.23")]),
        Deret(nama="Target", nilai=[Decimal("77.55"), Decimal("84.33"), Decimal("88.31")]),
    ],
    tulis=[["87,15", "kosong", "87,23"], ["77,55", "84,33", "88,31"]],
    bawah=Decimal(70), atas=Decimal(100), batas=[("Batas mutu A", Decimal("88.31"))],
)  # fmt: skip


@pytest.fixture(scope="module")
def words() -> str:
    kop = Kop(instansi="", unit="Kantor", alamat="")
    charts = [Gambar(judul="", alt="Grafik", grafik=one) for one in (BATANG, TUMPUK, GARIS)]
    return read_words(
        make_pdf(Dokumen(judul=[], nama="Grafik", kop=kop, tempat_tahun="", blok=charts))
    )


@pytest.mark.parametrize("grafik", [BATANG, TUMPUK, GARIS], ids=["batang", "tumpuk", "garis"])
def test_a_chart_writes_its_labels_values_and_bounds_as_given(words: str, grafik: Grafik) -> None:
    written = [*grafik.label, *(text for texts in grafik.tulis for text in texts)]
    written += [nama for nama, _ in grafik.batas]
    if len(grafik.deret) > 1:
        written += [deret.nama for deret in grafik.deret]
    assert [text for text in written if squeeze(text) not in words] == []


def test_lengths_are_shares_of_the_axis() -> None:
    assert make_grafik_data(BATANG)["deret"][0]["bagian"] == [0.76833, 0.5, None]
    assert make_grafik_data(TUMPUK)["deret"][1]["bagian"] == [0.996, 1.0]


def test_a_value_beyond_the_axis_ends_at_its_end() -> None:
    beyond = replace(GARIS, deret=[Deret(nama="", nilai=[Decimal(69), None, Decimal(101)])] * 2)
    assert make_grafik_data(beyond)["deret"][0]["bagian"] == [0.0, None, 1.0]


@pytest.mark.parametrize(
    ("bawah", "atas", "ticks"),
    [
        ("25", "100", "25 50 75 100"),
        ("0", "100", "0 20 40 60 80 100"),
        ("1", "4", "1 2 3 4"),
        ("76.5", "93.1", "80 85 90"),
        ("0", "0.3", "0 0.1 0.2 0.3"),
    ],
)
def test_an_axis_names_few_round_values(bawah: str, atas: str, ticks: str) -> None:
    assert make_sumbu(Decimal(bawah), Decimal(atas)) == [Decimal(one) for one in ticks.split()]


def test_the_picture_has_300_dots_per_inch_and_is_the_same_twice() -> None:
    png = make_grafik_png(BATANG, 127)
    with Image.open(io.BytesIO(png)) as picture:
        assert picture.width == 127 * 300 / 25.4
    assert make_grafik_png(BATANG, 127) == png


def test_thirty_endless_labels_still_fit_on_a_page() -> None:
    many = replace(
        BATANG, label=["W" * 200] * 30, deret=[Deret(nama="", nilai=[Decimal(2)] * 30)],
        tulis=[["2,000"] * 30],
    )  # fmt: skip
    with Image.open(io.BytesIO(make_grafik_png(many, 60))) as picture:
        assert picture.height < 1.4 * picture.width


def test_series_are_told_apart_without_colour() -> None:
    one = replace(
        TUMPUK, label=["U1"], tulis=[["0"]] * 4,
        deret=[Deret(nama="", nilai=[Decimal(25)])] * 4,
    )  # fmt: skip
    with Image.open(io.BytesIO(make_grafik_png(one))) as picture:
        grey = picture.convert("L")
    top, begin, length = find_bar(grey)
    quarters = [begin + length * place // 8 for place in (1, 3, 5, 7)]
    shades = sorted(
        sum(grey.crop((x - 20, top + 10, x + 20, top + 40)).tobytes()) // 1200 for x in quarters
    )
    assert min(b - a for a, b in pairwise(shades)) > 25


def find_bar(grey: Image.Image) -> tuple[int, int, int]:
    """Top, left end and length of the outline of the bar: the first long dark line."""
    for y in range(grey.height):
        row = grey.crop((0, y, grey.width, y + 1)).tobytes()
        dark = [x for x, shade in enumerate(row) if shade < 110]
        if len(dark) > 500:
            return y, dark[0], dark[-1] - dark[0]
    raise AssertionError("no bar")


@pytest.mark.parametrize(
    "broken",
    [
        replace(BATANG, label=[]),
        replace(BATANG, deret=[], tulis=[]),
        replace(BATANG, tulis=[["1"]]),
        replace(BATANG, tulis=[]),
        replace(BATANG, atas=Decimal(1)),
        replace(BATANG, deret=TUMPUK.deret, label=["a", "b"], tulis=TUMPUK.tulis),
    ],
    ids=["no label", "no series", "too few texts", "no texts", "no axis", "two series of bars"],
)
def test_a_chart_that_does_not_fit_together_is_refused(broken: Grafik) -> None:
    with pytest.raises(ValueError, match=r"chart|text per label"):
        make_grafik_data(broken)
