"""Where the catalogue of translations finds words that are data: questions, profile, labels.

Used by ``make terjemah`` through babel.cfg; the running program never needs it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import IO, Any

from skm_app.label_ciri import JUDUL_CIRI, LABEL_CIRI, TIDAK_DISEBUT
from skm_app.profil import JENIS_KELAMIN, PEKERJAAN, PENDIDIKAN, USIA
from skm_app.reports.kelompok import CIRI_LAPORAN, DIGABUNG
from skm_app.scoring import KONVENSI
from skm_app.scoring.mutu import TABEL_MUTU

# Line, function, message, comments: what Babel wants of an extractor.
Found = tuple[int, str, str, list[str]]
Options = Mapping[str, Any]


def extract_instrumen(
    file: IO[bytes], keywords: Options, tags: Sequence[str], options: Options
) -> Iterator[Found]:
    """Names of unsur, questions, help and answers of a shipped questionnaire."""
    definisi = json.load(file)
    for unsur in definisi["unsur"]:
        yield _found(unsur["nama"])
    for butir in definisi["butir"]:
        for text in (butir["pertanyaan"], butir["bantuan"], *butir["pilihan"]):
            if text:
                yield _found(text)


def extract_profil(
    file: IO[bytes], keywords: Options, tags: Sequence[str], options: Options
) -> Iterator[Found]:
    """Labels of who answered."""
    for pilihan in (*JENIS_KELAMIN, *USIA, *PENDIDIKAN, *PEKERJAAN):
        yield _found(pilihan.label)


def extract_mutu(
    file: IO[bytes], keywords: Options, tags: Sequence[str], options: Options
) -> Iterator[Found]:
    """Words of the four grades."""
    for mutu in TABEL_MUTU:
        yield _found(mutu.kinerja)


def extract_label(
    file: IO[bytes], keywords: Options, tags: Sequence[str], options: Options
) -> Iterator[Found]:
    """What the groups of respondents in a public result are called."""
    for ciri in CIRI_LAPORAN:
        yield _found(JUDUL_CIRI[ciri])
    for label in (*LABEL_CIRI["kanal"].values(), TIDAK_DISEBUT, DIGABUNG):
        yield _found(label)


def extract_konvensi(
    file: IO[bytes], keywords: Options, tags: Sequence[str], options: Options
) -> Iterator[Found]:
    """Where an index is rounded."""
    for konvensi in KONVENSI.values():
        yield _found(konvensi.uraian)


def _found(text: str) -> Found:
    return 1, "", text, []
