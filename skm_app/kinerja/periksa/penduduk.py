"""Tabel 1.1: sums and shares of the population. One finding for the table."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from skm_app.angka import format_angka
from skm_app.kinerja.periksa.acuan import Acuan
from skm_app.kinerja.periksa.laporan import Angka, BarisPenduduk
from skm_app.kinerja.periksa.temuan import Tempat, Temuan, exact, find_salah, make_temuan, persen
from skm_app.scoring import round_half_up

KOLOM = ("rt", "laki", "perempuan", "jumlah")


def check_penduduk(acuan: Acuan) -> Iterator[Temuan]:
    """Rows add up to the sums, men and women to all, and shares are those of all."""
    rows = [one for one in acuan.laporan.penduduk if one.kelurahan]
    total = next((one for one in acuan.laporan.penduduk if not one.kelurahan), None)
    sums = {kolom: _sum([_get(one, kolom) for one in rows]) for kolom in KOLOM}
    tempat: list[Tempat | None] = []
    if total is not None:
        tempat += [find_salah(_get(total, kolom), [sums[kolom]]) for kolom in KOLOM]
    all_rows = [*rows, *([total] if total else [])]
    tempat += [find_salah(one.jumlah, [_add(one)]) for one in all_rows]
    besar = [sums["jumlah"], exact(total.jumlah) if total else None]
    notes = []
    for one in rows:
        share = [
            persen(jumlah, whole) for jumlah in (exact(one.jumlah), _add(one)) for whole in besar
        ]
        found = find_salah(one.persen, share)
        tempat.append(found)
        if found is not None and share[0] is not None:
            notes.append(f" {one.kelurahan}: {format_angka(round_half_up(share[0], 2))}%.")
    if total is not None and rows:
        tempat.append(find_salah(total.persen, [Fraction(100)]))
    alasan = "Jumlah = jumlah baris di atasnya; persen = jumlah ÷ seluruh penduduk × 100."
    yield from make_temuan("penduduk", "Tabel 1.1", _unique(tempat), alasan + "".join(notes))


def _get(baris: BarisPenduduk, kolom: str) -> Angka | None:
    found = getattr(baris, kolom)
    return found if isinstance(found, Angka) else None


def _add(baris: BarisPenduduk) -> Fraction | None:
    laki, perempuan = exact(baris.laki), exact(baris.perempuan)
    return None if laki is None or perempuan is None else laki + perempuan


def _sum(angka: list[Angka | None]) -> Fraction | None:
    known = [Fraction(one.nilai) for one in angka if one is not None]
    return sum(known, Fraction(0)) if known and len(known) == len(angka) else None


def _unique(tempat: list[Tempat | None]) -> list[Tempat]:
    """A cell can be wrong in two ways; it is named once."""
    return list({one.letak: one for one in reversed(tempat) if one is not None}.values())[::-1]
