"""What is wrong with a file, said so that a clerk finds the cell."""

from collections.abc import Iterable
from dataclasses import dataclass

SHOWN = 3  # faults spelled out in the one-line summary


@dataclass(frozen=True, kw_only=True)
class Fault:
    """One thing wrong, with its place where it has one."""

    pesan: str
    baris: int | None = None  # line of the CSV or row of the sheet, from 1
    kolom: str | None = None  # as the header names it, "U3"
    perbaikan: str = ""  # how to mend it, where that is not plain

    def __str__(self) -> str:
        """Return e.g. ``baris 7, kolom U3: "5" bukan nilai 1-4``."""
        place = [f"baris {self.baris}"] if self.baris is not None else []
        place += [f"kolom {self.kolom}"] if self.kolom is not None else []
        text = f"{self.pesan}; {self.perbaikan}" if self.perbaikan else self.pesan
        return f"{', '.join(place)}: {text}" if place else text


class BerkasError(Exception):
    """The file cannot be taken as it is; ``faults`` holds every reason, in order."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        """Keep all faults; the text is one line with the first few."""
        self.faults = tuple(faults)
        super().__init__(self.faults)

    def __str__(self) -> str:
        """Summarise in one line: the first faults and how many there are besides."""
        text = "; ".join(str(fault) for fault in self.faults[:SHOWN])
        rest = len(self.faults) - SHOWN
        return f"{text}; dan {rest} kesalahan lain" if rest > 0 else text


def refuse(pesan: str) -> BerkasError:
    """Return the error for a file that is wrong as a whole."""
    return BerkasError([Fault(pesan=pesan)])


def quote(text: str) -> str:
    """Quote what a cell holds, short and on one line, whatever it holds."""
    short = text if len(text) <= 30 else f"{text[:30]}…"
    return f'"{printable(short)}"'


def printable(text: str) -> str:
    """Replace what could move a terminal's cursor or break a line."""
    return "".join(char if char.isprintable() else "�" for char in text)
