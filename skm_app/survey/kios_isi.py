"""What a kiosk asks, in both languages, and the files it is made of.

The tablet keeps both and works with them for days without a network, so each carries a version
that is made of its content.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask_babel import force_locale

from skm_app.profil import JENIS_KELAMIN, PEKERJAAN, PENDIDIKAN, USIA
from skm_app.tempat import Tempat
from skm_app.web import current_state
from skm_app.web.bahasa import translate

BAHASA = ("id", "en")
PROFIL = {
    "jenis_kelamin": JENIS_KELAMIN,
    "usia": USIA,
    "pendidikan": PENDIDIKAN,
    "pekerjaan": PEKERJAAN,
}
ROOT = Path(__file__).resolve().parent.parent.parent
STATIC = ROOT / "static" / "kios"
KERANGKA = "kerangka.html"
# Written out: the registry of a Windows machine may say anything.
MIMETYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}

Kata = dict[str, str]


@lru_cache(maxsize=1)
def list_berkas() -> tuple[str, ...]:
    """Names of the files the kiosk loads."""
    return tuple(sorted(path.name for path in STATIC.iterdir() if path.suffix in MIMETYPES))


@lru_cache(maxsize=1)
def kios_versi() -> str:
    """A version made of everything the kiosk's program consists of."""
    digest = hashlib.sha256()
    parts = [STATIC / nama for nama in list_berkas()]
    for path in (*parts, *sorted((ROOT / "templates" / "kios").iterdir())):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def make_isi(tempat: Tempat) -> dict[str, Any]:
    """Office, services, questions and choices of a titik, with their version."""
    isi = _make_isi(tempat, str(current_state().settings.timezone))
    return {**isi, "aplikasi": kios_versi()}


@lru_cache(maxsize=512)
def _make_isi(tempat: Tempat, zona: str) -> dict[str, Any]:
    isi: dict[str, Any] = {
        "kode": tempat.kode,
        "kantor": tempat.kantor,
        "aktif": tempat.aktif,
        "zona": zona,
        "instrumen": tempat.instrumen.id,
        "layanan": [{"kode": one.kode, "nama": one.nama} for one in tempat.layanan],
        "butir": [
            {
                "kunci": butir.kunci,
                "pertanyaan": _kata(butir.pertanyaan),
                "bantuan": _kata(butir.bantuan),
                "pilihan": [_kata(teks) for teks in butir.pilihan],
            }
            for butir in tempat.instrumen.butir
        ],
        "profil": [
            {
                "kunci": kunci,
                "pilihan": [{"kunci": one.kunci, "label": _kata(one.label)} for one in pilihan],
            }
            for kunci, pilihan in PROFIL.items()
        ],
    }
    content = json.dumps(isi, sort_keys=True).encode()
    return {**isi, "versi": hashlib.sha256(content).hexdigest()[:16]}


def _kata(teks: str) -> Kata:
    """A text in every language; without a translation it stays as it is."""
    return dict(_each_language(teks))


def _each_language(teks: str) -> Iterable[tuple[str, str]]:
    for bahasa in BAHASA:
        with force_locale(bahasa):
            yield bahasa, translate(teks)
