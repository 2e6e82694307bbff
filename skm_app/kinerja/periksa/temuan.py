"""A finding: one contradiction by its cause, with every place where it shows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from skm_app.kinerja.periksa.banding import note
from skm_app.kinerja.periksa.laporan import Angka, Letak, Tulisan


@dataclass(frozen=True, kw_only=True)
class Tempat:
    """One place of a finding: what is printed, and what should be.

    ``catatan``: what its finding adds to the reason, as a sentence.
    """

    letak: Letak
    tercetak: str
    seharusnya: str
    catatan: str = ""


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
    if angka is None or not known:
        return None
    note(angka)
    if any(angka.agrees(one) for one in known):
        return None
    return make_tempat(angka, known[0])


def make_tempat(angka: Angka, benar: Fraction) -> Tempat:
    """A wrong figure with the right one."""
    return Tempat(
        letak=angka.letak,
        tercetak=angka.teks,
        seharusnya=angka.write(benar),
        catatan=_explain_persen(angka, benar),
    )


def _explain_persen(angka: Angka, benar: Fraction) -> str:
    """0,9878 for 98,78 %: typed into a cell that showed it as a percentage elsewhere."""
    seratus = replace(angka, nilai=angka.nilai * 100, desimal=max(angka.desimal - 2, 0))
    if "%" in angka.teks or not angka.nilai or not seratus.agrees(benar):
        return ""
    return f"{angka.teks} × 100 cocok: tulis sebagai persen."


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
    catatan = dict.fromkeys(one.catatan for one in found if one.catatan)
    return (Temuan(kode=kode, letak=letak, tempat=found, alasan=" ".join((alasan, *catatan))),)


def persen(bagian: Fraction | None, seluruh: Fraction | None) -> Fraction | None:
    """A part in percent; None if one is not known or there is nothing to divide by."""
    return None if bagian is None or not seluruh else bagian / seluruh * 100


def exact(angka: Angka | None) -> Fraction | None:
    """A printed figure to compute with."""
    return None if angka is None else Fraction(angka.nilai)
