"""Reads XLSX through openpyxl, without trusting what the file says about itself."""

import io
import re
import warnings
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from typing import Any, Protocol, TypeAlias

from skm_app.angka import format_angka
from skm_app.berkas.judul import find_header
from skm_app.berkas.kesalahan import BerkasError, quote, refuse
from skm_app.berkas.tabel import BarisMentah, Rumus, Sel, Tabel
from skm_app.scoring import round_half_up

MAX_UNPACKED = 200 * 1024 * 1024  # bytes; a small file can unpack to fill the memory
MAX_ROW = 1_048_576  # last row of an Excel sheet; a forged row number would loop for ages
# A workbook of small sheets: what a person types, with much to spare.
MAX_UNPACKED_LEMBAR = 20 * 1024 * 1024
MAX_LEMBAR, MAX_BARIS_LEMBAR, MAX_KOLOM_LEMBAR = 60, 2000, 60
# Shown as it stands: 0.00"%" writes a sign, but does not count in hundredths as 0.00% does.
TANPA_ARTI = re.compile(r'"[^"]*"|\\.|_.|\*.')
FORMAT_DESIMAL = re.compile(r"[0#?]\.(0+)")
RUSAK = "berkas XLSX ini rusak atau bukan buku kerja Excel; buka di Excel, lalu simpan ulang"


class _SelExcel(Protocol):
    """A cell as openpyxl gives it; of it, what is used here."""

    value: Any
    data_type: str
    number_format: str | None


# A row as it is shown and as it is written.
_Pasangan: TypeAlias = tuple[tuple[_SelExcel, ...], tuple[_SelExcel, ...]]


def read_xlsx(data: bytes) -> Tabel:
    """Read the first sheet that has a header with U columns, else the first filled one.

    :raise BerkasError: if the file is broken, or unpacks to more than it should.
    """
    with _refusing_broken():
        _check_unpacked_size(data, MAX_UNPACKED)
        return Tabel(baris=_read_sheets(data), lebar_mengikat=False)


def read_lembar(data: bytes) -> dict[str, tuple[BarisMentah, ...]]:
    """Read all sheets of a small workbook, by name; rows that are blank are left out.

    Numbers become text as the sheet shows them, ``98,78%``: how many decimals are printed matters
    to who reads a report. An error such as ``#DIV/0!`` is text, too.

    :raise BerkasError: if the file is broken, has a sheet of more than ``MAX_BARIS_LEMBAR`` rows,
        or unpacks to more than it should.
    """
    with _refusing_broken():
        _check_unpacked_size(data, MAX_UNPACKED_LEMBAR)
        return dict(_small_sheets(data))


@contextmanager
def _refusing_broken() -> Iterator[None]:
    try:
        with warnings.catch_warnings():
            # openpyxl warns of features it leaves out (styles, validation), none of them ours.
            warnings.simplefilter("ignore")
            yield
    except BerkasError:
        raise
    except Exception as error:
        # A damaged file surfaces in openpyxl as KeyError, ParseError, zlib.error, TypeError
        # and more; whichever it is, the clerk needs the same sentence.
        raise refuse(RUSAK) from error


def _check_unpacked_size(data: bytes, limit: int) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if sum(part.file_size for part in archive.infolist()) > limit:
            raise refuse("isi berkas XLSX ini terlalu besar; pecah menjadi beberapa berkas")


def _read_sheets(data: bytes) -> tuple[BarisMentah, ...]:
    first_filled: tuple[BarisMentah, ...] = ()
    for rows in _sheets(data):
        if find_header(rows) is not None:
            return rows
        first_filled = first_filled or rows
    return first_filled


def _sheets(data: bytes) -> Iterator[tuple[BarisMentah, ...]]:
    """Yield the filled rows of each sheet."""
    for _, pairs in _open_sheets(data, max_row=MAX_ROW):
        yield _fill(pairs, lambda shown, is_formula: _sel(shown.value, is_formula))


def _small_sheets(data: bytes) -> Iterator[tuple[str, tuple[BarisMentah, ...]]]:
    sheets = _open_sheets(data, max_col=MAX_KOLOM_LEMBAR)
    for number, (name, pairs) in enumerate(sheets, start=1):
        if number > MAX_LEMBAR:
            raise refuse(f"buku kerja ini lebih dari {MAX_LEMBAR} lembar")
        # One more than may be: whether it is blank or not, there is something beyond it.
        rows = list(islice(pairs, MAX_BARIS_LEMBAR + 1))
        if len(rows) > MAX_BARIS_LEMBAR:
            limit = f"{MAX_BARIS_LEMBAR:,}".replace(",", ".")
            raise refuse(f"lembar {quote(name)} lebih dari {limit} baris")
        yield name, _fill(rows, _sel_tercetak)


def _open_sheets(
    data: bytes, max_row: int | None = None, max_col: int | None = None
) -> Iterator[tuple[str, Iterator[_Pasangan]]]:
    """Yield each sheet's name and its rows, read twice: as shown, and as written.

    Only the reading with formulas shows that a cell which has no value is not an empty one.
    """
    # Imported when needed: it would add 9 MB to a server that rarely does this.
    from openpyxl import load_workbook

    values = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    formulas = load_workbook(io.BytesIO(data), read_only=True, data_only=False)
    for shown, written in zip(values.worksheets, formulas.worksheets, strict=True):
        for sheet in (shown, written):
            # Some programs write a wrong size into the sheet, and rows would be lost.
            sheet.reset_dimensions()
        rows: tuple[Iterator[Any], Iterator[Any]] = (
            shown.iter_rows(min_row=1, max_row=max_row, max_col=max_col),
            written.iter_rows(min_row=1, max_row=max_row, max_col=max_col),
        )
        yield shown.title, zip(*rows, strict=True)


def _fill(
    pairs: Iterable[_Pasangan], read: Callable[[_SelExcel, bool], Sel]
) -> tuple[BarisMentah, ...]:
    """The rows that are not blank, with their numbers."""
    rows = (
        BarisMentah(
            nomor,
            tuple(read(cell, source.data_type == "f") for cell, source in zip(*pair, strict=True)),
        )
        for nomor, pair in enumerate(pairs, start=1)
    )
    return tuple(row for row in rows if any(row.sel))


def _sel_tercetak(shown: _SelExcel, is_formula: bool) -> Sel:
    """A cell with its number as the sheet shows it."""
    value = shown.value
    if isinstance(value, bool) or not isinstance(value, int | float):
        return _sel(value, is_formula)
    number, form = Decimal(str(value)), (shown.number_format or "").partition(";")[0]
    tanda = "%" if "%" in form else ""
    form = TANPA_ARTI.sub("", form)
    places = FORMAT_DESIMAL.search(form)
    if "%" in form:
        number = number * 100
    if places is not None:
        return f"{format_angka(number, len(places[1]))}{tanda}"
    if "0" in form:
        return f"{format_angka(number, 0)}{tanda}"
    # No form of its own: all digits there are, but not what binary arithmetic left behind.
    return f"{format_angka(Decimal(f'{round_half_up(number, 9):f}').normalize() + 0)}{tanda}"


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
        case float():
            # With a comma: a point would make 1,234 the thousand that people write as 1.234.
            return f"{Decimal(str(value)):f}".replace(".", ",")
        case _:
            return str(value).strip()
