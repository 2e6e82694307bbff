"""Sums and shares that tie figures together, and which figure a broken one points to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from skm_app.angka import format_angka
from skm_app.kinerja.periksa.banding import note
from skm_app.kinerja.periksa.laporan import Angka, Letak
from skm_app.kinerja.periksa.temuan import Tempat, make_tempat, persen
from skm_app.scoring import round_half_up

Ubahan = Mapping[Letak, Angka]  # figures as they would be


@dataclass(frozen=True)
class Ikatan:
    """``hasil`` is the sum of ``bagian``; with ``seluruh``, their share of that sum in percent."""

    hasil: Angka
    bagian: tuple[Angka, ...]
    seluruh: tuple[Angka, ...] = ()

    @property
    def semua(self) -> tuple[Angka, ...]:
        return (self.hasil, *self.bagian, *self.seluruh)

    def compute(self, ubahan: Ubahan | None = None) -> Fraction | None:
        """What ``hasil`` should be; None for the share of nothing."""
        bagian = _sum(self.bagian, ubahan or {})
        return persen(bagian, _sum(self.seluruh, ubahan or {})) if self.seluruh else bagian

    def holds(self, ubahan: Ubahan | None = None) -> bool:
        benar = self.compute(ubahan)
        hasil = (ubahan or {}).get(self.hasil.letak, self.hasil)
        return benar is None or hasil.agrees(benar)


@dataclass(frozen=True)
class Dugaan:
    """A figure that may be the wrong one; ``benar`` would make its sum right.

    ``memperbaiki``: the ties that it would mend; ``untung``: less those that it would break.
    """

    angka: Angka
    benar: Fraction
    memperbaiki: tuple[Ikatan, ...]
    untung: int


@dataclass(frozen=True)
class Sebab:
    """A wrong sum with the figures of which one is wrong: the sum first, if it may be that."""

    ikatan: Ikatan
    dugaan: tuple[Dugaan, ...]

    def list_tempat(self) -> Iterator[Tempat]:
        """Of several, those that are not the sum are wrong only if the others are right."""
        for one in self.dugaan:
            found = make_tempat(one.angka, one.benar)
            if len(self.dugaan) > 1 and one.angka is not self.ikatan.hasil:
                found = replace(found, seharusnya=f"{found.seharusnya}, bila yang lain benar")
            yield found

    def explain(self) -> str:
        """Why several are named; empty if one is."""
        benar = self.ikatan.compute()
        if len(self.dugaan) < 2 or benar is None:
            return ""
        selisih = abs(benar - Fraction(self.ikatan.hasil.nilai))
        return f" Salah satu dari ini keliru; selisih {format_angka(_exact(selisih))}."


class Jaringan:
    """Sums and shares that have figures in common."""

    def __init__(self, jumlah: Sequence[Ikatan], bagian: Sequence[Ikatan]) -> None:
        self._jumlah, self._bagian = jumlah, bagian
        for one in (*jumlah, *bagian):
            if one.compute() is not None:
                note(*one.semua)

    @cached_property
    def _per_letak(self) -> Mapping[Letak, list[Ikatan]]:
        found: defaultdict[Letak, list[Ikatan]] = defaultdict(list)
        for one in (*self._jumlah, *self._bagian):
            for angka in one.semua:
                found[angka.letak].append(one)
        return found

    def find(self) -> tuple[list[Sebab], list[Ikatan]]:
        """The causes of wrong sums, and the shares that are wrong for no such cause."""
        sebab: list[Sebab] = []
        for one in self._jumlah:
            if not one.holds() and not _is_explained(one, sebab):
                sebab.append(self._suspect(one))
        maybe = {id(tie) for one in sebab for each in one.dugaan for tie in each.memperbaiki}
        return sebab, [one for one in self._bagian if not one.holds() and id(one) not in maybe]

    def _suspect(self, ikatan: Ikatan) -> Sebab:
        """The figures whose change mends most; all of the sum if none mends more than it breaks."""
        benar = ikatan.compute()
        if benar is None:
            return Sebab(ikatan, ())
        selisih = benar - Fraction(ikatan.hasil.nilai)
        found = [self._weigh(ikatan.hasil, benar)]
        found += [self._weigh(one, Fraction(one.nilai) - selisih) for one in ikatan.bagian]
        # No amount is negative; the sum itself always stays in question.
        found = [found[0], *(one for one in found[1:] if one.benar >= 0)]
        most = max((one.untung for one in found), default=0)
        return Sebab(ikatan, tuple(one for one in found if most <= 0 or one.untung == most))

    def _weigh(self, angka: Angka, benar: Fraction) -> Dugaan:
        changed = {angka.letak: replace(angka, nilai=_exact(benar))}
        ties = self._per_letak[angka.letak]
        mended = tuple(one for one in ties if not one.holds() and one.holds(changed))
        broken = sum(one.holds() and not one.holds(changed) for one in ties)
        return Dugaan(angka, benar, mended, len(mended) - broken)


def _is_explained(ikatan: Ikatan, sebab: Sequence[Sebab]) -> bool:
    """Whether a single figure was found that mends this sum, too."""
    return any(
        len(one.dugaan) == 1 and any(tie is ikatan for tie in one.dugaan[0].memperbaiki)
        for one in sebab
    )


def _sum(angka: Sequence[Angka], ubahan: Ubahan) -> Fraction:
    return sum((Fraction(ubahan.get(one.letak, one).nilai) for one in angka), Fraction(0))


def _exact(benar: Fraction) -> Decimal:
    """A sum or difference of printed figures has no more decimals than they."""
    found = round_half_up(benar, 9)
    return found.quantize(Decimal(1)) if found == found.to_integral_value() else found.normalize()
