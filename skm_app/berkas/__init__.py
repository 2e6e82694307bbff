"""Reads a survey file, CSV or XLSX, into responses.

Needs no database; used for scoring a file and for importing it. The kind of file is
told from its content, because names lie.
"""

from dataclasses import dataclass
from pathlib import Path

from skm_app.berkas.baris import Baris, PembacaBaris, list_tanggal
from skm_app.berkas.kesalahan import BerkasError, Fault, printable, refuse
from skm_app.berkas.peta import Peta, ambiguous_butir, guess_peta, letter_of, read_with_peta
from skm_app.berkas.susunan import find_kolom_tanggal, read_susunan
from skm_app.berkas.tabel import BarisMentah, Rumus, Sel, Tabel
from skm_app.berkas.teks import BUKAN_TABEL, read_teks
from skm_app.berkas.urutan import Urutan
from skm_app.berkas.xlsx import read_lembar, read_xlsx
from skm_app.scoring import Instrumen

MAX_UKURAN = 20 * 1024 * 1024  # bytes

ZIP = b"PK\x03\x04"
EXCEL_LAMA = b"\xd0\xcf\x11\xe0"  # .xls, and .xlsx with a password
BUKAN_TEKS = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"%PDF")


@dataclass(frozen=True, kw_only=True)
class Berkas:
    """The responses of a file and how its columns were understood."""

    rows: tuple[Baris, ...]
    order_used: Urutan
    order_reason: str  # Indonesian, why this order


def read_berkas(path: Path, instrumen: Instrumen, order: Urutan | None = None) -> Berkas:
    """Read a file from disk.

    :param order: what U8 and U9 mean: ``unsur`` is pengaduan, sarpras; ``kuesioner``
        is sarpras, pengaduan; ``None`` lets the header's words decide.
    :raise BerkasError: with every fault found; nothing of the file is to be used.
    """
    return parse_berkas(load_data(path), instrumen, order)


def load_data(path: Path) -> bytes:
    """A file's content.

    :raise BerkasError: if there is no such file, or it is too large.
    """
    nama = printable(path.name)
    try:
        if not path.exists():
            raise refuse(f"berkas {nama} tidak ditemukan")
        if not path.is_file():
            raise refuse(f"{nama} bukan berkas")
        if path.stat().st_size > MAX_UKURAN:
            raise refuse("berkas lebih dari 20 MB; pecah menjadi beberapa berkas")
        return path.read_bytes()
    except (OSError, ValueError) as error:
        # ValueError: a NUL in the name.
        raise refuse(f"berkas {nama} tidak dapat dibaca") from error


def parse_berkas(data: bytes, instrumen: Instrumen, order: Urutan | None = None) -> Berkas:
    """Read a file's content, for example an upload; as ``read_berkas``."""
    return parse_tabel(read_tabel(data), instrumen, order)


def parse_tabel(tabel: Tabel, instrumen: Instrumen, order: Urutan | None = None) -> Berkas:
    """Read a file's cells; as ``read_berkas``."""
    susunan = read_susunan(tabel, instrumen, order)
    reader = PembacaBaris(susunan, lebar_mengikat=tabel.lebar_mengikat)
    rows = tuple(reader.read(row) for row in tabel.baris if row.nomor > susunan.header.nomor)
    if reader.faults:
        raise BerkasError(reader.faults)
    if not rows:
        raise refuse("berkas hanya berisi judul kolom, tanpa jawaban")
    return Berkas(rows=rows, order_used=susunan.urutan, order_reason=susunan.alasan)


def read_buku(data: bytes) -> dict[str, tuple[BarisMentah, ...]]:
    """Read a small workbook's sheets by name; as ``read_lembar``.

    :raise BerkasError: also if it is no XLSX at all.
    """
    if data.startswith(EXCEL_LAMA):
        raise refuse("berkas Excel lama atau bersandi; simpan ulang sebagai .xlsx tanpa sandi")
    if not data.startswith(ZIP):
        raise refuse("ini bukan berkas XLSX; simpan sebagai Buku Kerja Excel (.xlsx)")
    return read_lembar(data)


def read_tabel(data: bytes) -> Tabel:
    """Read a file's content as rows of cells, before anyone asks what the cells mean.

    :raise BerkasError: if it is neither CSV nor XLSX, or cannot be read.
    """
    if len(data) > MAX_UKURAN:
        raise refuse("berkas lebih dari 20 MB; pecah menjadi beberapa berkas")
    if data.startswith(ZIP):
        return read_xlsx(data)
    if data.startswith(EXCEL_LAMA):
        raise refuse("berkas Excel lama atau bersandi; simpan ulang sebagai .xlsx tanpa sandi")
    if data.startswith(BUKAN_TEKS):
        raise refuse(BUKAN_TABEL)
    return read_teks(data)


__all__ = [
    "Baris",
    "BarisMentah",
    "Berkas",
    "BerkasError",
    "Fault",
    "Peta",
    "Rumus",
    "Sel",
    "Urutan",
    "ambiguous_butir",
    "find_kolom_tanggal",
    "guess_peta",
    "letter_of",
    "list_tanggal",
    "load_data",
    "parse_berkas",
    "parse_tabel",
    "read_berkas",
    "read_buku",
    "read_tabel",
    "read_with_peta",
]
