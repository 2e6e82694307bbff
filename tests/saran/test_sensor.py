"""Personal data in comments: planted, and looked for afterwards."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skm_app.saran.sensor import list_jenis, mask_text, split_sensor

HIDDEN = {
    "NIK saya 6472011203456789 sudah lama": "NIK saya [nomor identitas] sudah lama",
    "NIK 6472 0112 0345 6789.": "NIK [nomor identitas].",
    "6472.0112.0345.6789": "[nomor identitas]",
    "KK 6472-0112-0345-6789": "KK [nomor identitas]",
    "hubungi 081234567890 ya": "hubungi [nomor telepon] ya",
    "WA 0812-3456-7890": "WA [nomor telepon]",
    "WA 0812 3456 7890": "WA [nomor telepon]",
    "WA +62 812-3456-7890": "WA [nomor telepon]",
    "WA 62812.3456.7890": "WA [nomor telepon]",
    "telepon (0541) 260123": "telepon [nomor telepon]",
    "surat ke siti.aminah@contoh.co.id saja": "surat ke [alamat e-mail] saja",
    "Bapak Budi ramah": "Bapak [nama] ramah",
    "pak budi ramah": "pak [nama] ramah",
    "Ibu Siti Aminah lambat": "Ibu [nama] lambat",
    "Sdri. Rina di loket 2": "Sdri. [nama] di loket 2",
    "surat an. Rudi Hartono belum jadi": "surat an. [nama] belum jadi",
    "surat a.n. Rudi belum jadi": "surat a.n. [nama] belum jadi",
    "nama saya joko susilo": "nama saya [nama]",
    "di Jl. Ampera No. 12 RT 3 RW 4": "di [alamat]",
    "rumah RT.12/RW.03": "rumah [alamat]",
}
KEPT = (
    "Pelayanan cepat dan ramah. Terima kasih!",
    "Pak Camat baik, Ibu Lurah juga",
    "bapak dan ibu petugas loket 2",
    "Ibu hamil didahulukan",
    "Jalan Ampera rusak di RT 12",
    "Saya menunggu 3 jam, dari 08.00 sampai 11.00",
    "Tanggal 01-11-2026 tutup",
    "Biaya Rp 35.585.343.360",
    "",
)


@pytest.mark.parametrize(("text", "masked"), HIDDEN.items())
def test_personal_data_is_replaced_by_its_kind(text: str, masked: str) -> None:
    assert mask_text(text) == masked
    assert list_jenis(text)
    assert list_jenis(masked) == ()


@pytest.mark.parametrize("text", KEPT)
def test_what_is_nobodys_stays(text: str) -> None:
    assert mask_text(text) == text
    assert list_jenis(text) == ()


SELA = st.sampled_from(["", " ", ".", "-", " - ", "\u200b"])
# No digits: a number beside the planted one would be hidden with it, which is as it should be.
WORDS = st.text(st.characters(exclude_categories=["Nd", "Cs"]), max_size=60)


@st.composite
def numbers(draw: st.DrawFn, starts: tuple[str, ...], digits: tuple[int, int]) -> str:
    """A number of so many digits after its start, with something between some of them."""
    tail = draw(st.text("0123456789", min_size=digits[0], max_size=digits[1]))
    return draw(st.sampled_from(starts)) + "".join(draw(SELA) + digit for digit in tail)


@given(WORDS, numbers(("1", "6", "3"), (15, 15)), WORDS)
def test_a_planted_nik_is_never_left(before: str, nik: str, after: str) -> None:
    assert not re.search(r"\d", mask_text(f"{before} {nik} {after}"))


@given(WORDS, numbers(("08", "+628", "628", "0 8", "+62 8"), (8, 11)), WORDS)
def test_a_planted_telephone_number_is_never_left(before: str, nomor: str, after: str) -> None:
    assert not re.search(r"\d", mask_text(f"{before} {nomor} {after}"))


@given(WORDS, st.from_regex(r"[a-z][a-z0-9.]{0,10}[a-z]@[a-z]{2,8}\.(com|co\.id)", fullmatch=True))
def test_a_planted_e_mail_is_never_left(before: str, surat: str) -> None:
    assert surat not in mask_text(f"{before} {surat}")


@given(st.text("bcdefgi , .!?\n\u202e😀", max_size=300))
def test_text_without_numbers_and_names_is_unchanged(text: str) -> None:
    assert mask_text(text) == text


PIECES = st.lists(
    st.one_of(
        st.text(max_size=12),
        st.sampled_from([*HIDDEN, *KEPT, "pak ", "[nama]", "0812", "345 678", "@", "Jl. "]),
    ),
    max_size=8,
).map("".join)


@given(PIECES)
def test_masking_twice_is_masking_once(text: str) -> None:
    once = mask_text(text)
    assert mask_text(once) == once
    assert list_jenis(once) == ()


@given(PIECES)
def test_the_pieces_make_up_the_masked_text(text: str) -> None:
    assert "".join(one.teks for one in split_sensor(text)) == mask_text(text)


@pytest.mark.parametrize(
    "unit", ["a", "1 ", "0", "pak ", "jl a ", "a.", "@", "a@a.", "RT 1 ", "nama saya "]
)
def test_the_longest_comment_is_read_at_once(unit: str) -> None:
    text = (unit * 1200)[:1200]
    start = time.perf_counter()
    mask_text(text)
    assert time.perf_counter() - start < 0.25
