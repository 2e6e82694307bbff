"""How tests look at a report: its words, tables and charts by name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from skm_app.angka import parse_angka
from skm_app.reports.dokumen import (
    Blok,
    Daftar,
    Dokumen,
    Gambar,
    Grafik,
    HalamanBaru,
    Judul,
    Paragraf,
    Tabel,
    TandaTangan,
)

# Tables of other documents, thousands, and questions of an unsur hold a point rightly.
_BOLEH = re.compile(r"Tabel \d\.\d|65\.199|1\.503|Lihat 3\.1|^U\d\.\d$")


def list_words(dokumen: Dokumen) -> list[str]:
    """Every text of a document that people read."""
    head = [*dokumen.judul, dokumen.nama, dokumen.kaki, dokumen.cap, dokumen.tempat_tahun]
    return [*head, *dokumen.isian.values(), *(word for one in dokumen.blok for word in _words(one))]


def read_text(dokumen: Dokumen) -> str:
    return "\n".join(list_words(dokumen))


def _words(blok: Blok) -> Iterator[str]:
    match blok:
        case Judul() | Paragraf():
            yield blok.teks
        case Daftar():
            yield from blok.butir
        case Tabel():
            yield blok.judul
            yield from blok.kepala
            yield from (cell for row in blok.baris for cell in row)
            yield blok.catatan
        case Gambar():
            yield from (blok.judul, blok.alt)
            for row in blok.grafik.tulis if blok.grafik else ():
                yield from row
        case TandaTangan():
            yield from (blok.tempat_tanggal, blok.jabatan, blok.nama, blok.pangkat, blok.nip)


def find_faults(dokumen: Dokumen) -> list[str]:
    """Texts that look as if a value was put in raw."""
    raw = re.compile(r"None|\bnan\b|[{}]|TODO|  |\d\.\d|Decimal|Fraction")
    return [word for word in list_words(dokumen) if raw.search(_BOLEH.sub("x", word))]


def list_judul(dokumen: Dokumen, tingkat: int) -> list[str]:
    heads = [one for one in dokumen.blok if isinstance(one, Judul) and one.tingkat == tingkat]
    return [f"{one.nomor} {one.teks}".strip() for one in heads]


def list_pages(dokumen: Dokumen) -> list[str]:
    """Numbers of the annexes that begin a page."""
    pairs = zip(dokumen.blok, dokumen.blok[1:], strict=False)
    return [
        after.nomor
        for one, after in pairs
        if isinstance(one, HalamanBaru)
        and isinstance(after, Judul)
        and after.nomor.startswith("Lampiran")
    ]


def section(dokumen: Dokumen, nomor: str) -> str:
    """The running text below one heading of level 1 or 2."""
    found: list[str] = []
    inside = False
    for one in dokumen.blok:
        if isinstance(one, Judul) and one.tingkat < 3:
            inside = one.nomor == nomor or one.teks == nomor
        elif inside and isinstance(one, Paragraf | Daftar):
            found.extend(_words(one))
    return "\n".join(found)


def find_tabel(dokumen: Dokumen, awal: str) -> Tabel:
    return next(
        one for one in dokumen.blok if isinstance(one, Tabel) and one.judul.startswith(awal)
    )


def has_tabel(dokumen: Dokumen, awal: str) -> bool:
    return any(isinstance(one, Tabel) and one.judul.startswith(awal) for one in dokumen.blok)


def find_grafik(dokumen: Dokumen, jenis: str) -> Grafik:
    return next(
        one.grafik
        for one in dokumen.blok
        if isinstance(one, Gambar) and one.grafik and one.grafik.jenis == jenis
    )


def kolom(tabel: Tabel, nama: str) -> list[str]:
    place = list(tabel.kepala).index(nama)
    return [row[place] for row in tabel.baris]


def angka(cells: Iterable[str]) -> list[Decimal]:
    return [parse_angka(cell.removesuffix("%")) for cell in cells]
