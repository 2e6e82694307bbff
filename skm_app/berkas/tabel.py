"""A file as numbered rows of cells, before anyone asks what the cells mean."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import TypeAlias


class Rumus(Enum):
    """A spreadsheet cell whose formula was never calculated, so it shows nothing."""

    TANPA_HASIL = "rumus tanpa hasil tersimpan; buka di Excel, lalu simpan ulang"


Sel: TypeAlias = str | date | Rumus  # an empty cell is ""


@dataclass(frozen=True)
class BarisMentah:
    """One row that is not blank, with its number in the file (from 1)."""

    nomor: int
    sel: tuple[Sel, ...]

    def cell(self, indeks: int) -> Sel:
        """Return one cell; rows may be shorter than the header."""
        return self.sel[indeks] if indeks < len(self.sel) else ""


@dataclass(frozen=True, kw_only=True)
class Tabel:
    """All rows of a file that are not blank."""

    baris: Sequence[BarisMentah]
    # In a CSV, a cell beyond the header means an unquoted delimiter shifted the row.
    lebar_mengikat: bool
