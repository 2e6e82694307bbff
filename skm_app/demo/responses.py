"""Responses of the demo: the 36 of 2024, and invented ones for the running year."""

from __future__ import annotations

import random
import uuid
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from importlib.resources import as_file, files

from skm_app.batch.impor import make_daftar_isian
from skm_app.berkas import read_berkas
from skm_app.intake import Isian
from skm_app.profil import JENIS_KELAMIN, PEKERJAAN, PENDIDIKAN, USIA, Profil
from skm_app.tempat import Tempat

SAMPLE_SIZE = 180
# How likely 1, 2, 3, 4 and "tidak tahu" are per unsur; biaya is mostly free.
USUAL = (1, 6, 58, 33, 2)
LIKELY = {"biaya": (0, 1, 6, 92, 1), "waktu": (3, 14, 56, 26, 1), "pengaduan": (3, 8, 40, 37, 12)}


def make_responses_2024(tempat: Tempat, today: date) -> list[Isian]:
    """The 36 responses behind the printed annex of 2024.

    The rows are reconstructed: the report prints only their sums. Sums and every figure
    computed from them are real; days and people are invented.
    """
    with as_file(files("skm_app.demo") / "data" / "skm_palaran_2024.csv") as path:
        berkas = read_berkas(path, tempat.instrumen)
    return make_daftar_isian(berkas.rows, tempat, today)


def make_sample_responses(places: Sequence[Tempat], today: date) -> list[Isian]:
    """Invented responses from 1 January to today, the same ones every time."""
    # Not for secrets: the demo shall look the same every time.
    chance = random.Random(2026)  # noqa: S311
    days = (today - date(today.year, 1, 1)).days
    made = [
        _make_one(chance, chance.choice(places), today - timedelta(days=chance.randint(0, days)))
        for _ in range(SAMPLE_SIZE)
    ]
    kanal = chance.choices(("qr", "kios", "petugas", "kertas"), (60, 20, 8, 12), k=SAMPLE_SIZE)
    return [
        replace(one, kanal=way, dibantu=way == "petugas" or (way == "kios" and bool(place % 3)))
        for place, (one, way) in enumerate(zip(made, kanal, strict=True))
    ]


def _make_one(chance: random.Random, tempat: Tempat, day: date) -> Isian:
    return Isian(
        id=uuid.UUID(int=chance.getrandbits(128), version=4),
        unit_id=tempat.unit_id,
        titik_id=tempat.titik_id,
        layanan_id=chance.choice(tempat.layanan).id,
        instrumen=tempat.instrumen,
        nilai={
            butir.kunci: chance.choices((1, 2, 3, 4, None), LIKELY.get(butir.unsur, USUAL))[0]
            for butir in tempat.instrumen.butir
        },
        profil=Profil(
            jenis_kelamin=chance.choice(JENIS_KELAMIN).kunci,
            usia=chance.choice(USIA).kunci,
            pendidikan=chance.choice(PENDIDIKAN).kunci,
            pekerjaan=chance.choice(PEKERJAAN).kunci,
        ),
        kanal="qr",
        tanggal=day,
    )
