"""How the words of a text block become paragraphs and lists, and where it is still open."""

from __future__ import annotations

import pytest

from skm_app.reports.dokumen import Blok, Daftar, Paragraf
from skm_app.reports.kata import ISIAN, TITIK
from skm_app.reports.tulisan import count_titik, make_blok


@pytest.mark.parametrize(
    ("text", "blok"),
    [
        ("1. satu\n2. dua", [Daftar(butir=["satu", "dua"], bernomor=True)]),
        ("- satu\n- dua", [Daftar(butir=["satu", "dua"])]),
        # What begins like a number but does not count is no list.
        ("1. Satu saja", [Paragraf(teks="1. Satu saja")]),
        ("2. dua\n3. tiga", [Paragraf(teks="2. dua 3. tiga")]),
        ("1. satu\nlanjutan", [Paragraf(teks="1. satu lanjutan")]),
        ("Awal\n\n1. satu\n2. dua",
         [Paragraf(teks="Awal"), Daftar(butir=["satu", "dua"], bernomor=True)]),
    ],
)  # fmt: skip
def test_a_text_is_set_as_it_was_meant(text: str, blok: list[Blok]) -> None:
    assert make_blok(text) == blok


@pytest.mark.parametrize(
    ("text", "open_places"),
    [("Lengkap.", 0), (f"Sebab: {ISIAN}", 1), (f"A {TITIK}, B {ISIAN}\n- {TITIK}", 3), ("…", 0)],
)
def test_what_is_left_open_is_counted_by_place(text: str, open_places: int) -> None:
    assert count_titik(text) == open_places
