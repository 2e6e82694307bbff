"""What U8 and U9 mean: chosen, told by the header, or the official order."""

import pytest

from skm_app.berkas import Berkas, BerkasError, Urutan, parse_berkas
from skm_app.scoring import load_shipped

SKM_9 = load_shipped()["skm-9"]
SKM_16 = load_shipped()["skm-16"]


def read(u8: str, u9: str, order: Urutan | None = None) -> Berkas:
    """Read one response that answers 1 in the column U8 and 4 in U9."""
    text = f"U1;U2;U3;U4;U5;U6;U7;{u8};{u9}\n3;3;3;3;3;3;3;1;4\n"
    return parse_berkas(text.encode(), SKM_9, order)


def values(berkas: Berkas) -> tuple[int | None, int | None]:
    """Return the answers to pengaduan and sarpras."""
    nilai = berkas.rows[0].nilai
    return nilai["pengaduan"], nilai["sarpras"]


def test_a_bare_header_means_the_official_order_of_unsur() -> None:
    berkas = read("U8", "U9")
    assert values(berkas) == (1, 4)
    assert berkas.order_used == "unsur"
    assert "urutan resmi" in berkas.order_reason


@pytest.mark.parametrize(("order", "expected"), [("unsur", (1, 4)), ("kuesioner", (4, 1))])
def test_the_chosen_order_is_used(order: Urutan, expected: tuple[int, int]) -> None:
    berkas = read("U8", "U9", order)
    assert values(berkas) == expected
    assert (berkas.order_used, berkas.order_reason) == (order, "dipilih pemakai")


@pytest.mark.parametrize(
    ("u8", "u9", "order"),
    [
        ("U8 Sarana Prasarana", "U9 (Pengaduan)", "kuesioner"),
        ("U8 Sarana Prasarana", "U9", "kuesioner"),
        ("U8", "U9 Penanganan Pengaduan, Saran dan Masukan", "kuesioner"),
        ("u8_sarpras", "u9_pengaduan", "kuesioner"),
        ("U8 Penanganan Pengaduan, Saran dan Masukan", "U9 Sarana dan Prasarana", "unsur"),
        ("U8", "U9 - SARPRAS", "unsur"),
    ],
)
def test_the_words_of_the_header_decide(u8: str, u9: str, order: str) -> None:
    berkas = read(u8, u9)
    assert berkas.order_used == order
    assert values(berkas) == ((4, 1) if order == "kuesioner" else (1, 4))
    assert berkas.order_reason == "menurut judul kolom dalam berkas"


@pytest.mark.parametrize(
    ("u8", "u9"), [("U8 Sarana", "U9 Prasarana"), ("U8 Pengaduan dan Sarana", "U9")]
)
def test_a_header_that_contradicts_itself_is_refused(u8: str, u9: str) -> None:
    with pytest.raises(BerkasError, match="bertentangan"):
        read(u8, u9)


def test_a_choice_wins_over_the_header_and_says_so() -> None:
    berkas = read("U8 Sarana Prasarana", "U9 Pengaduan", "unsur")
    assert values(berkas) == (1, 4)
    assert "walaupun judul kolom menyebut urutan lain" in berkas.order_reason


def test_a_choice_settles_a_header_that_contradicts_itself() -> None:
    assert values(read("U8 Sarana", "U9 Prasarana", "kuesioner")) == (4, 1)


def test_both_orders_are_one_for_an_instrument_asked_in_the_order_of_unsur() -> None:
    fields = ",".join(SKM_16.fields.values())
    data = f"{fields}\n{','.join('1234' * 4)}\n".encode()
    assert parse_berkas(data, SKM_16, "kuesioner").rows == parse_berkas(data, SKM_16, "unsur").rows
