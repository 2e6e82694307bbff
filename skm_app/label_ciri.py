"""What the ciri of respondents and their values are called."""

from __future__ import annotations

from collections.abc import Iterable

from skm_app.profil import JENIS_KELAMIN, PEKERJAAN, PENDIDIKAN, USIA

TIDAK_DISEBUT = "Tidak disebut"
JUDUL_CIRI = {
    "kanal": "Cara mengisi",
    "dibantu": "Dibantu petugas",
    "jam": "Jam mengisi",
    "jenis_kelamin": "Jenis kelamin",
    "usia": "Usia",
    "pendidikan": "Pendidikan",
    "pekerjaan": "Pekerjaan",
}
LABEL_CIRI: dict[str, dict[str, str]] = {
    "kanal": {
        "qr": "Kode QR (ponsel)",
        "kios": "Kios",
        "petugas": "Diisikan petugas",
        "kertas": "Kertas",
        "impor": "Disalin dari berkas",
    },
    "dibantu": {"ya": "Dibantu", "tidak": "Mengisi sendiri"},
    "jam": {
        "<08": "Sebelum 08.00",
        "08-10": "08.00–10.00",
        "10-12": "10.00–12.00",
        "12-14": "12.00–14.00",
        "14-16": "14.00–16.00",
        ">=16": "Setelah 16.00",
    },
    "jenis_kelamin": dict(JENIS_KELAMIN),
    "usia": dict(USIA),
    "pendidikan": dict(PENDIDIKAN),
    "pekerjaan": dict(PEKERJAAN),
}


def label_of(ciri: str, value: str) -> str:
    """A value in words; one that is not in the list stands for itself."""
    return LABEL_CIRI[ciri].get(value, value) if value else TIDAK_DISEBUT


def sort_values(ciri: str, values: Iterable[str]) -> list[str]:
    """In the order of the list of choices, unknown ones after it, what nobody said last."""
    known = list(LABEL_CIRI[ciri])
    return sorted(
        values,
        key=lambda value: (value == "", known.index(value) if value in known else 99, value),
    )
