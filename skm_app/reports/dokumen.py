"""A document as its author thinks of it: headings, paragraphs, tables, pictures, in order.

Written once from the data (``laporan``), set twice: as DOCX to be edited and as PDF for the
archive. All text here is plain text for people; numbers are already written for Indonesian
readers. Numbering of chapters is part of the heading's own text, numbering of tables and
pictures is left to whoever sets them, in the order they come.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

Rata = Literal["kiri", "tengah", "kanan"]


@dataclass(frozen=True, kw_only=True)
class Judul:
    """A heading. ``tingkat`` 1: a chapter (BAB I PENDAHULUAN), begins a page; 2: a section (1.1);
    3, 4: below it. ``nomor``: "BAB I", "1.1", or empty (KATA PENGANTAR)."""

    tingkat: int
    teks: str
    nomor: str = ""


@dataclass(frozen=True, kw_only=True)
class Paragraf:
    """Running text, justified, first line indented."""

    teks: str


@dataclass(frozen=True, kw_only=True)
class Daftar:
    """A list; ``bernomor``: 1, 2, 3 instead of bullets."""

    butir: Sequence[str]
    bernomor: bool = False


@dataclass(frozen=True, kw_only=True)
class Tabel:
    """A table with its caption above. ``lebar``: shares of the width; ``rata``: per column.

    ``tebal``: places of rows that are set bold (totals). ``catatan``: the line below it.
    A header row repeats on each page it runs over. ``kecil``: set small, for wide tables.
    """

    judul: str
    kepala: Sequence[str]
    baris: Sequence[Sequence[str]]
    lebar: Sequence[int]
    rata: Sequence[Rata]
    tebal: Sequence[int] = ()
    catatan: str = ""
    kecil: bool = False


@dataclass(frozen=True, kw_only=True)
class Deret:
    """One series of a chart: a value per label, None where there is none."""

    nama: str
    nilai: Sequence[Decimal | None]


@dataclass(frozen=True, kw_only=True)
class Grafik:
    """The figures of a chart; the drawing adds nothing to them.

    ``jenis``: ``batang`` (bars beside each other, one series), ``tumpuk`` (shares of a whole
    on one bar per label, several series that total 100), ``garis`` (a line over time).
    ``bawah``, ``atas``: ends of the value axis. ``tulis``: how each value is written, per series
    and label. ``batas``: named lines across the value axis (bounds of mutu, a target).
    """

    jenis: Literal["batang", "tumpuk", "garis"]
    label: Sequence[str]
    deret: Sequence[Deret]
    tulis: Sequence[Sequence[str]]
    bawah: Decimal
    atas: Decimal
    satuan: str = ""
    batas: Sequence[tuple[str, Decimal]] = ()


@dataclass(frozen=True, kw_only=True)
class Gambar:
    """A picture with its caption below: a chart, or a photo or scan (``foto``: PNG or JPEG).

    ``alt``: what it shows, for those who do not see it. ``lebar``: share of the text width, 1..100.
    """

    judul: str
    alt: str
    grafik: Grafik | None = None
    foto: bytes | None = None
    lebar: int = 100


@dataclass(frozen=True, kw_only=True)
class TandaTangan:
    """Place and date, office, space for the signature, name, rank, NIP. Kept on one page."""

    tempat_tanggal: str
    jabatan: str
    nama: str
    pangkat: str = ""
    nip: str = ""


@dataclass(frozen=True, kw_only=True)
class HalamanBaru:
    """What follows begins on a new page; ``mendatar``: on landscape pages until the next one."""

    mendatar: bool = False


Blok = Judul | Paragraf | Daftar | Tabel | Gambar | TandaTangan | HalamanBaru


@dataclass(frozen=True, kw_only=True)
class Kop:
    """Letterhead, on the cover and at the head of the first page. ``lambang``: PNG or JPEG."""

    instansi: str
    unit: str
    alamat: str
    kontak: str = ""
    lambang: bytes | None = None


@dataclass(frozen=True, kw_only=True)
class Dokumen:
    """A whole document.

    ``judul``: lines of the title on the cover. ``nama``: one-line title for the file's own
    metadata. ``kaki``: beside the page number. ``cap``: set across the cover and named at every
    page's foot while figures may still change (``SEMENTARA``); empty if they cannot.
    ``isian``: single values that an office's own template may ask for by name.
    ``bab``: the number of its only chapter (``3``), if it is a part that people paste into a
    larger document: no cover, letterhead or lists; tables and pictures are numbered 3.1, 3.2.
    """

    judul: Sequence[str]
    nama: str
    kop: Kop
    tempat_tahun: str
    blok: Sequence[Blok]
    kaki: str = ""
    cap: str = ""
    isian: dict[str, str] = field(default_factory=dict)
    bab: str = ""
