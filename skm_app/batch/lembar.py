"""One paper form as it was typed: reading it, showing it again, comparing two typings of it.

A draft keeps answers by the key of the butir. The grid shows the questions in the order in which
the paper asks them, where sarana dan prasarana comes before pengaduan although the regulation
numbers them U9 and U8.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from skm_app.intake.isian import MAX_SARAN, clean_saran
from skm_app.models import Lembar
from skm_app.profil import JENIS_KELAMIN, PEKERJAAN, PENDIDIKAN, USIA, Pilihan
from skm_app.scoring import Instrumen
from skm_app.tempat import Tempat

# Tells a question from another field of the same name: "pengaduan" is both.
NILAI = "nilai-"
# What the grid sends for a question that was not answered on paper.
KOSONG = "-"

PROFIL: Mapping[str, tuple[str, tuple[Pilihan, ...]]] = {
    "jenis_kelamin": ("Jenis kelamin", JENIS_KELAMIN),
    "usia": ("Usia", USIA),
    "pendidikan": ("Pendidikan", PENDIDIKAN),
    "pekerjaan": ("Pekerjaan", PEKERJAAN),
}
DIBANTU = (Pilihan("ya", "Ya"), Pilihan("tidak", "Tidak"))


class LembarError(Exception):
    """A form cannot be kept as it was typed; ``galat`` holds a sentence per field."""

    def __init__(self, galat: Mapping[str, str]) -> None:
        super().__init__("; ".join(galat.values()))
        self.galat = dict(galat)


@dataclass(frozen=True, kw_only=True)
class Beda:
    """One thing that was typed differently the second time."""

    nomor: int
    kolom: str  # "nilai-" and the key of the butir, or name of the field
    label: str
    pertama: str
    kedua: str


def parse_isi(fields: Mapping[str, str], tempat: Tempat) -> dict[str, Any]:
    """Read a typed form into what a draft keeps.

    :param fields: form fields; questions by ``Instrumen.field_of``.
    :raise LembarError: naming every field that is missing or unknown.
    """
    galat: dict[str, str] = {}
    nilai: dict[str, int | None] = {}
    for place, (kunci, field) in enumerate(tempat.instrumen.fields.items(), start=1):
        typed = fields.get(field, "").strip()
        if typed in ("1", "2", "3", "4"):
            nilai[kunci] = int(typed)
        elif typed == KOSONG:
            nilai[kunci] = None
        else:
            galat[field] = f"Pertanyaan {place}: pilih 1 sampai 4, atau – bila tidak dijawab."
    if not galat and not any(nilai.values()):
        first = next(iter(tempat.instrumen.fields.values()))
        galat[first] = "Lembar ini tidak mempunyai satu pun jawaban."
    layanan = tempat.find_layanan(fields.get("layanan", ""))
    if layanan is None:
        galat["layanan"] = "Pilih layanannya."
    saran = clean_saran(fields.get("saran"))
    if saran and len(saran) > MAX_SARAN:
        galat["saran"] = f"Komentar paling panjang {MAX_SARAN} huruf, ada {len(saran)}."
    choices = {name: _choose(fields, name, allowed, galat) for name, (_, allowed) in PROFIL.items()}
    dibantu = _choose(fields, "dibantu", DIBANTU, galat)
    if galat or layanan is None:
        raise LembarError(galat)
    return {
        "nilai": nilai,
        "layanan": layanan.kode,
        **choices,
        "dibantu": dibantu,
        "saran": saran,
        "pengaduan": bool(saran) and fields.get("pengaduan") == "ya",
    }


def _choose(
    fields: Mapping[str, str], name: str, allowed: Sequence[Pilihan], galat: dict[str, str]
) -> str | None:
    typed = fields.get(name, "")
    if not typed:
        return None
    if typed not in {pilihan.kunci for pilihan in allowed}:
        galat[name] = "Pilih salah satu dari daftar."
    return typed


def fields_of(isi: Mapping[str, Any], instrumen: Instrumen) -> dict[str, str]:
    """What ``parse_isi`` read, back as form fields."""
    nilai: Mapping[str, int | None] = isi["nilai"]
    fields = {
        field: str(nilai[kunci] or KOSONG)
        for kunci, field in instrumen.fields.items()
        if kunci in nilai
    }
    rest = ("layanan", *PROFIL, "dibantu", "saran")
    fields.update({name: isi[name] or "" for name in rest})
    fields["pengaduan"] = "ya" if isi["pengaduan"] else ""
    return fields


def list_beda(daftar: Sequence[Lembar], tempat: Tempat) -> list[Beda]:
    """Everything that was typed differently the second time, by form, in the paper's order."""
    return [beda for lembar in daftar for beda in _beda_of(lembar, tempat)]


def _beda_of(lembar: Lembar, tempat: Tempat) -> list[Beda]:
    if lembar.isi_kedua is None:
        return []
    found = []
    for kolom, label in list_kolom(tempat.instrumen):
        one, two = _value(lembar.isi, kolom), _value(lembar.isi_kedua, kolom)
        if one != two:
            shown = [_words(kolom, value, tempat) for value in (one, two)]
            found.append(
                Beda(nomor=lembar.nomor, kolom=kolom, label=label, pertama=shown[0], kedua=shown[1])
            )
    return found


def list_kolom(instrumen: Instrumen) -> list[tuple[str, str]]:
    """Everything on a form by key and label, questions in the paper's order."""
    names = {unsur.kunci: unsur.nama for unsur in instrumen.unsur}
    questions = [
        (f"{NILAI}{butir.kunci}", f"Pertanyaan {place} ({names[butir.unsur]})")
        for place, butir in enumerate(instrumen.butir, start=1)
    ]
    return [
        ("layanan", "Layanan"),
        *questions,
        *((name, label) for name, (label, _) in PROFIL.items()),
        ("dibantu", "Dibantu petugas"),
        ("saran", "Komentar"),
        ("pengaduan", "Pengaduan"),
    ]


def _value(isi: Mapping[str, Any], kolom: str) -> str | int | bool | None:
    nilai: Mapping[str, int | None] = isi["nilai"]
    if kolom.startswith(NILAI):
        return nilai.get(kolom.removeprefix(NILAI))
    value: str | bool | None = isi.get(kolom)
    return value


def _words(kolom: str, value: str | int | bool | None, tempat: Tempat) -> str:
    if value is None or value == "":
        return "kosong"
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if kolom == "layanan":
        found = tempat.find_layanan(str(value))
        return found.nama if found else str(value)
    choices = PROFIL.get(kolom, ("", DIBANTU))[1]
    return next((pilihan.label for pilihan in choices if pilihan.kunci == value), str(value))


def decide_beda(lembar: Lembar, pilihan: Mapping[str, str]) -> None:
    """Settle differences of one form. ``pilihan``: ``"1"`` or ``"2"`` by kolom; others stay."""
    one, two = _copy(lembar.isi), _copy(lembar.isi_kedua or {})
    for kolom, chosen in pilihan.items():
        winner, loser = (one, two) if chosen == "1" else (two, one)
        butir = kolom.removeprefix(NILAI)
        if kolom.startswith(NILAI) and butir in winner["nilai"]:
            loser["nilai"][butir] = winner["nilai"][butir]
        elif kolom in winner:
            loser[kolom] = winner[kolom]
    for isi in (one, two):
        # A complaint is a comment that asks for follow-up: none without the other.
        isi["pengaduan"] = bool(isi["saran"]) and isi["pengaduan"]
    lembar.isi, lembar.isi_kedua = one, two


def _copy(isi: Mapping[str, Any]) -> dict[str, Any]:
    return {**isi, "nilai": dict(isi["nilai"])}
