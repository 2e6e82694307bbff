"""Predicates as reports print them: ``BB``, ``BB (Sangat Baik)``, ``Sangat Baik``."""

from __future__ import annotations

import re

from skm_app.kinerja.aturan import Aturan

_HURUF = re.compile(r"[A-Za-z]{1,2}\b")


def find_huruf(aturan: Aturan, teks: str) -> str | None:
    """The AKIP letter that words name, in front or by its meaning; None if they name none."""
    plain = plain_predikat(teks)
    match = _HURUF.match(plain)
    for one in aturan.akip:
        if plain == one.arti.casefold() or (match and match[0].upper() == one.nama):
            return one.nama
    return None


def plain_predikat(teks: str) -> str:
    """Without capitals, the word itself in front, and a remark behind it."""
    words = " ".join(teks.partition("(")[0].casefold().split())
    return words.removeprefix("predikat ").strip(" \"“”.'")
