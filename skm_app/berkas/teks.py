"""Reads CSV: unknown encoding, unknown delimiter, exact line numbers."""

import codecs
import csv
import io
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice

from skm_app.berkas.judul import HEADER_WITHIN, count_unsur
from skm_app.berkas.kesalahan import BerkasError, Fault, refuse
from skm_app.berkas.tabel import BarisMentah, Tabel

DELIMITERS = (",", ";", "\t")
BUKAN_TABEL = (
    "isi berkas ini bukan tabel CSV atau XLSX; mungkin gambar atau dokumen yang diganti namanya"
)


def read_teks(data: bytes) -> Tabel:
    """Read the rows of a CSV file.

    :raise BerkasError: if it is no text or its quoting is broken.
    """
    text = _decode(data)
    return Tabel(baris=tuple(_rows(text, _find_delimiter(text))), lebar_mengikat=True)


def _decode(data: bytes) -> str:
    """Decode UTF-8, UTF-16 with BOM, or the cp1252 of an older Windows Excel."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise refuse(BUKAN_TABEL)


def _find_delimiter(text: str) -> str:
    """Choose the delimiter that shows the most U columns in the first rows."""

    def most_unsur(delimiter: str) -> tuple[int, int]:
        most, widest = 0, 0
        # A wrong delimiter can break the quoting; what was seen until then counts.
        with suppress(BerkasError):
            for row in islice(_rows(text, delimiter), HEADER_WITHIN):
                most, widest = max(most, count_unsur(row)), max(widest, len(row.sel))
        # Where no header names a U column, the delimiter that makes the most columns.
        return most, 0 if most else widest

    return max(DELIMITERS, key=most_unsur)


def _rows(text: str, delimiter: str) -> Iterator[BarisMentah]:
    """Yield the rows that are not blank, each with the line it begins on."""
    # newline="" leaves line ends alone, so that line breaks inside quotes are kept.
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=delimiter, strict=True, skipinitialspace=True
    )
    start = 1  # line_num is the last line of a row; people look for the first
    try:
        for cells in reader:
            row = BarisMentah(start, tuple(cell.strip() for cell in cells))
            if any(row.sel):
                yield row
            start = reader.line_num + 1
    except csv.Error:
        pesan = "susunan CSV rusak; periksa tanda kutip yang tidak ditutup"
        raise BerkasError([Fault(baris=start, pesan=pesan)]) from None
