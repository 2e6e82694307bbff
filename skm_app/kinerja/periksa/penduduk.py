"""Tabel 1.1: sums and shares of the population. One finding for the table."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from skm_app.angka import format_angka
from skm_app.kinerja.periksa.acuan import Acuan
from skm_app.kinerja.periksa.ikatan import Ikatan, Jaringan
from skm_app.kinerja.periksa.laporan import Angka, BarisPenduduk
from skm_app.kinerja.periksa.temuan import Tempat, Temuan, find_salah, make_tempat, make_temuan
from skm_app.scoring import round_half_up

KOLOM = ("rt", "laki", "perempuan", "jumlah")


def check_penduduk(acuan: Acuan) -> Iterator[Temuan]:
    """Rows add up to the sums, men and women to all, and shares are those of all."""
    rows = [one for one in acuan.laporan.penduduk if one.kelurahan]
    total = next((one for one in acuan.laporan.penduduk if not one.kelurahan), None)
    jumlah = list(_tie_jumlah(rows, total))
    sebab, wrong = Jaringan(jumlah, list(_tie_persen(rows, total))).find()
    tempat = [one for each in sebab for one in each.list_tempat()]
    notes = dict.fromkeys(one.explain() for one in sebab)
    kelurahan = {one.persen.letak: one.kelurahan for one in rows if one.persen is not None}
    for one in wrong:
        benar = one.compute() or Fraction(0)
        tempat.append(make_tempat(one.hasil, benar))
        notes[f" {kelurahan[one.hasil.letak]}: {format_angka(round_half_up(benar, 2))}%."] = None
    if total is not None and rows:
        tempat += [one for one in [find_salah(total.persen, [Fraction(100)])] if one]
    alasan = "Jumlah = jumlah baris di atasnya; persen = jumlah ÷ seluruh penduduk × 100."
    yield from make_temuan("penduduk", "Tabel 1.1", _unique(tempat), alasan + "".join(notes))


def _tie_jumlah(rows: list[BarisPenduduk], total: BarisPenduduk | None) -> Iterator[Ikatan]:
    for one in [*rows, *([total] if total else [])]:
        if one.jumlah is not None and one.laki is not None and one.perempuan is not None:
            yield Ikatan(one.jumlah, (one.laki, one.perempuan))
    for kolom in KOLOM:
        hasil = None if total is None else _get(total, kolom)
        bagian = _list_kolom(rows, kolom)
        if hasil is not None and bagian:
            yield Ikatan(hasil, bagian)


def _tie_persen(rows: list[BarisPenduduk], total: BarisPenduduk | None) -> Iterator[Ikatan]:
    own = None if total is None else total.jumlah
    seluruh = _list_kolom(rows, "jumlah") if own is None else (own,)
    for one in rows:
        if one.persen is not None and one.jumlah is not None and seluruh:
            yield Ikatan(one.persen, (one.jumlah,), seluruh)


def _list_kolom(rows: list[BarisPenduduk], kolom: str) -> tuple[Angka, ...]:
    """The figures of a column; none if one is missing."""
    found = [_get(one, kolom) for one in rows]
    known = tuple(one for one in found if one is not None)
    return known if len(known) == len(found) else ()


def _get(baris: BarisPenduduk, kolom: str) -> Angka | None:
    found = getattr(baris, kolom)
    return found if isinstance(found, Angka) else None


def _unique(tempat: list[Tempat]) -> list[Tempat]:
    """A cell can be wrong in two ways; it is named once."""
    return list({one.letak: one for one in reversed(tempat)}.values())[::-1]
