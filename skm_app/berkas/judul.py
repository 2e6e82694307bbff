"""Finds the header row and what its U columns are called."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from skm_app.berkas.tabel import BarisMentah, Sel

HEADER_WITHIN = 20  # filled rows; office files have a title and an address on top

# "U8", "u 8", "U08", "U1_2", "U1.2", then perhaps words: "U8 (Sarana Prasarana)".
KOLOM_UNSUR = re.compile(r"u\s*0?([1-9][0-9]?)(?:\s*[_.]\s*([1-9]))?(?![0-9a-z])(.*)", re.DOTALL)


@dataclass(frozen=True, kw_only=True)
class KolomUnsur:
    """A column of answers as its header names it."""

    kode: str  # "U8" or "U1_2"
    nomor: int  # 8
    kata: frozenset[str]  # the words after the number
    indeks: int  # place in the row, from 0


def parse_kolom_unsur(judul: Sel, indeks: int) -> KolomUnsur | None:
    """Read one header cell; ``None`` if it does not name a U column."""
    if not isinstance(judul, str):
        return None
    match = KOLOM_UNSUR.fullmatch(judul.strip().casefold())
    if match is None:
        return None
    nomor, butir, words = match.groups()
    return KolomUnsur(
        kode=f"U{nomor}_{butir}" if butir else f"U{nomor}",
        nomor=int(nomor),
        kata=frozenset(re.findall(r"[a-z]+", words)),
        indeks=indeks,
    )


def list_kolom_unsur(row: BarisMentah) -> list[KolomUnsur]:
    """Return the U columns of a row, if it were the header."""
    found = (parse_kolom_unsur(judul, indeks) for indeks, judul in enumerate(row.sel))
    return [kolom for kolom in found if kolom is not None]


def count_unsur(row: BarisMentah) -> int:
    """Count the U columns of a row."""
    return len(list_kolom_unsur(row))


def find_header(rows: Sequence[BarisMentah]) -> BarisMentah | None:
    """Return the first row that names at least two U columns.

    One is not enough: a title may well begin with "U1".
    """
    return next((row for row in rows[:HEADER_WITHIN] if count_unsur(row) >= 2), None)
