"""Text blocks of a document: written from the data, written over by the office, and back.

What a block says by itself and where the office's words are kept is each document's own
(``laporan``, ``bab_iii``); how they are cleaned, versioned and set is the same for all.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from typing import Protocol

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from skm_app.angka import format_angka
from skm_app.reports.dokumen import Blok, Daftar, Paragraf
from skm_app.reports.kata import TITIK, rapikan

MAX_TEKS = 20_000
_BUTIR = "- "
_TITIK = re.compile(rf"{TITIK}(?:\s*{TITIK})*")
_NOMOR = re.compile(r"(\d{1,3})\. ")


class TeksError(Exception):
    """A text cannot be kept like this; the message says why."""


class TeksUsangError(TeksError):
    """Somebody else changed the text since it was opened."""

    def __init__(self) -> None:
        super().__init__(
            "Teks ini sudah diubah orang lain sejak halaman dibuka. Muat ulang halaman, lalu "
            "ulangi perubahan Anda."
        )


class BarisTulisan(Protocol):
    """A stored row of the office's own words; empty ``isi``: back to the data's.

    ``sidik_bawaan``: fingerprint of the data's words they replaced; empty: not known.
    """

    isi: str
    ditulis: datetime
    sidik_bawaan: str
    versi: int


@dataclass(frozen=True, kw_only=True)
class BlokTeks:
    """One block. ``bawaan``: as the data say it now; ``isi``: as it will be printed.

    ``diubah``: the office wrote it over. ``berubah``: the data say something else since then.
    ``versi``, ``sidik``: to be handed back with a change.
    """

    kunci: str
    judul: str
    bawaan: str
    isi: str
    diubah: bool
    berubah: bool
    versi: int

    @property
    def sidik(self) -> str:
        """Fingerprint of the data's words as they are now."""
        return make_sidik(self.bawaan)

    @property
    def titik(self) -> int:
        """How many places are still left open for the office to fill in."""
        return count_titik(self.isi)


@dataclass(frozen=True, kw_only=True)
class UbahanTeks:
    """One block without the data's words, which take reading; ``tulisan``: the office's own."""

    kunci: str
    judul: str
    tulisan: str
    ditulis: datetime | None
    versi: int

    @property
    def diubah(self) -> bool:
        return bool(self.tulisan)


def make_blok_teks(kunci: str, judul: str, bawaan: str, row: BarisTulisan | None) -> BlokTeks:
    """A block, with the office's words in place of the data's if there are any."""
    return BlokTeks(
        kunci=kunci,
        judul=judul,
        bawaan=bawaan,
        isi=row.isi if row and row.isi else bawaan,
        diubah=bool(row and row.isi),
        berubah=bool(
            row and row.isi and row.sidik_bawaan and row.sidik_bawaan != make_sidik(bawaan)
        ),
        versi=row.versi if row else 0,
    )


def make_sidik(bawaan: str) -> str:
    """SHA-256 of the data's words of a block, by which a later change of them is told."""
    return hashlib.sha256(rapikan(bawaan).encode()).hexdigest()


def make_ubahan(kunci: str, judul: str, row: BarisTulisan | None) -> UbahanTeks:
    """What the office wrote in place of a block, if anything."""
    return UbahanTeks(
        kunci=kunci,
        judul=judul,
        tulisan=row.isi if row else "",
        ditulis=row.ditulis if row else None,
        versi=row.versi if row else 0,
    )


def write_over(
    session: Session,
    row: BarisTulisan | None,
    make: Callable[[str, datetime, str], object],
    blok: BlokTeks,
    isi: str | None,
    versi: int,
    sidik: str | None = None,
) -> str:
    """Write a block over; the caller commits.

    :param row: where its words are kept, read afresh; None if nobody wrote it over yet.
    :param make: a new row from a text, the moment it was written, and ``sidik``.
    :param blok: what is changed, read beforehand: its data's words may take long to gather, and
        whoever writes keeps citizens waiting.
    :param isi: None, nothing but blanks, or the data's own words: back to these.
    :param versi: ``BlokTeks.versi`` of what the person saw.
    :param sidik: ``BlokTeks.sidik`` of it; None: the data say now what they said then.
    :return: the text that will be printed from now on.
    :raise TeksError: if the text is too long.
    :raise TeksUsangError: if somebody changed it meanwhile.
    """
    wanted = rapikan(isi or "")
    if len(wanted) > MAX_TEKS:
        raise TeksError(
            f"Teks terlalu panjang: {format_angka(len(wanted))} huruf. Paling banyak "
            f"{format_angka(MAX_TEKS)}."
        )
    if versi != (row.versi if row else 0):
        raise TeksUsangError
    if wanted == rapikan(blok.bawaan):
        wanted = ""
    if row is None and not wanted:
        return blok.bawaan
    sidik = sidik or blok.sidik
    try:
        if row is None:
            session.add(make(wanted, datetime.now(UTC), sidik))
        else:
            # Kept although empty: its version must go on rising.
            row.isi, row.ditulis, row.sidik_bawaan = wanted, datetime.now(UTC), sidik
        session.flush()
    except (IntegrityError, StaleDataError) as error:
        raise TeksUsangError from error
    return wanted or blok.bawaan


def make_blok(text: str) -> list[Blok]:
    """Set a text: a blank line parts paragraphs, lines that begin with ``- `` are a list.

    So are lines that count ``1. ``, ``2. ``, with their numbers.
    """
    blok: list[Blok] = []
    for part in text.split("\n\n"):
        lines = [line.strip() for line in part.split("\n") if line.strip()]
        if _counts(lines):
            blok.append(
                Daftar(butir=[_NOMOR.sub("", one, count=1) for one in lines], bernomor=True)
            )
            continue
        for is_butir, group in groupby(lines, key=lambda line: line.startswith(_BUTIR)):
            if is_butir:
                blok.append(Daftar(butir=[line.removeprefix(_BUTIR).strip() for line in group]))
            else:
                blok.append(Paragraf(teks=" ".join(group)))
    return blok


def _counts(lines: Sequence[str]) -> bool:
    """Whether lines are numbered from 1: two at least, and none left out."""
    found = [_NOMOR.match(line) for line in lines]
    numbers = [int(one[1]) for one in found if one]
    return len(lines) > 1 and numbers == list(range(1, len(lines) + 1))


def count_titik(text: str) -> int:
    """Places of a text that are left open for the office to fill in."""
    return len(_TITIK.findall(text))
