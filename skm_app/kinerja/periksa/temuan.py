"""A finding: one contradiction by its cause, with every place where it shows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from skm_app.kinerja.periksa.laporan import Angka, Letak, Tulisan


@dataclass(frozen=True, kw_only=True)
class Tempat:
    """One place of a finding: what is printed, and what should be."""

    letak: Letak
    tercetak: str
    seharusnya: str


@dataclass(frozen=True, kw_only=True)
class Temuan:
    """``letak``: the table or sentence it is about; ``alasan``: why, as Indonesian sentences."""

    kode: str
    letak: str
    tempat: tuple[Tempat, ...]
    alasan: str


def find_salah(angka: Angka | None, calon: Sequence[Fraction | None]) -> Tempat | None:
    """The place of a figure that agrees with none of those it may be.

    :param calon: the right figure first, then those that follow from other printed figures: what
        follows from an error that is named elsewhere is not named again. None: not known.
    :return: None if the figure is right, absent, or nothing is known to hold it against.
    """
    known = [one for one in calon if one is not None]
    if angka is None or not known or any(angka.agrees(one) for one in known):
        return None
    return make_tempat(angka, known[0])


def make_tempat(angka: Angka, benar: Fraction) -> Tempat:
    """A wrong figure with the right one."""
    return Tempat(letak=angka.letak, tercetak=angka.teks, seharusnya=angka.write(benar))


def make_tempat_teks(tulisan: Tulisan, seharusnya: str) -> Tempat:
    """Wrong words with the right ones."""
    return Tempat(letak=tulisan.letak, tercetak=tulisan.teks, seharusnya=seharusnya)


def make_temuan(
    kode: str, letak: str, tempat: Iterable[Tempat | None], alasan: str
) -> tuple[Temuan, ...]:
    """The finding, or nothing if no place is wrong."""
    found = tuple(one for one in tempat if one is not None)
    if not found:
        return ()
    return (Temuan(kode=kode, letak=letak, tempat=found, alasan=alasan),)


def persen(bagian: Fraction | None, seluruh: Fraction | None) -> Fraction | None:
    """A part in percent; None if one is not known or there is nothing to divide by."""
    return None if bagian is None or not seluruh else bagian / seluruh * 100


def exact(angka: Angka | None) -> Fraction | None:
    """A printed figure to compute with."""
    return None if angka is None else Fraction(angka.nilai)
