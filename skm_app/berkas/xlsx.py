"""Reads XLSX through openpyxl, without trusting what the file says about itself."""

import io
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime

from skm_app.berkas.judul import find_header
from skm_app.berkas.kesalahan import BerkasError, refuse
from skm_app.berkas.tabel import BarisMentah, Rumus, Sel, Tabel

MAX_UNPACKED = 200 * 1024 * 1024  # bytes; a small file can unpack to fill the memory
MAX_ROW = 1_048_576  # last row of an Excel sheet; a forged row number would loop for ages
RUSAK = "berkas XLSX ini rusak atau bukan buku kerja Excel; buka di Excel, lalu simpan ulang"


def read_xlsx(data: bytes) -> Tabel:
    """Read the first sheet that has a header with U columns, else the first filled one.

    :raise BerkasError: if the file is broken, or unpacks to more than it should.
    """
    try:
        _check_unpacked_size(data)
        with warnings.catch_warnings():
            # openpyxl warns of features it leaves out (styles, validation), none of them ours.
            warnings.simplefilter("ignore")
            return Tabel(baris=_read_sheets(data), lebar_mengikat=False)
    except BerkasError:
        raise
    except Exception as error:
        # A damaged file surfaces in openpyxl as KeyError, ParseError, zlib.error, TypeError
        # and more; whichever it is, the clerk needs the same sentence.
        raise refuse(RUSAK) from error


def _check_unpacked_size(data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if sum(part.file_size for part in archive.infolist()) > MAX_UNPACKED:
            raise refuse("isi berkas XLSX ini terlalu besar; pecah menjadi beberapa berkas")


def _read_sheets(data: bytes) -> tuple[BarisMentah, ...]:
    first_filled: tuple[BarisMentah, ...] = ()
    for rows in _sheets(data):
        if find_header(rows) is not None:
            return rows
        first_filled = first_filled or rows
    return first_filled


def _sheets(data: bytes) -> Iterator[tuple[BarisMentah, ...]]:
    """Yield the filled rows of each sheet.

    The workbook is opened twice: only the reading with formulas shows that a cell
    which has no value is not an empty one.
    """
    # Imported when needed: it would add 9 MB to a server that rarely does this.
    from openpyxl import load_workbook

    values = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    formulas = load_workbook(io.BytesIO(data), read_only=True, data_only=False)
    for shown, written in zip(values.worksheets, formulas.worksheets, strict=True):
        for sheet in (shown, written):
            # Some programs write a wrong size into the sheet, and rows would be lost.
            sheet.reset_dimensions()
        pairs = zip(
            shown.iter_rows(min_row=1, max_row=MAX_ROW),
            written.iter_rows(min_row=1, max_row=MAX_ROW),
            strict=True,
        )
        rows = (
            BarisMentah(
                nomor,
                tuple(
                    _sel(cell.value, source.data_type == "f")
                    for cell, source in zip(*pair, strict=True)
                ),
            )
            for nomor, pair in enumerate(pairs, start=1)
        )
        yield tuple(row for row in rows if any(row.sel))


def _sel(value: object, is_formula: bool) -> Sel:
    match value:
        case None:
            return Rumus.TANPA_HASIL if is_formula else ""
        case datetime():
            return value.date()
        case date():
            return value
        case float() if value.is_integer():
            return str(int(value))
        case _:
            return str(value).strip()
