"""Small words that every room needs: names in a row, names to compare."""

from __future__ import annotations

from collections.abc import Sequence


def gabung(names: Sequence[str]) -> str:
    """``A``, ``A dan B``, ``A, B, dan C``; names that hold a comma are parted by semicolons."""
    if len(names) < 3:
        return " dan ".join(names)
    mark = ";" if any("," in name for name in names) else ","
    return f"{f'{mark} '.join(names[:-1])}{mark} dan {names[-1]}"


def plain(nama: str) -> str:
    """A name to compare by: large and small letters and spaces do not matter."""
    return " ".join(nama.split()).casefold()
