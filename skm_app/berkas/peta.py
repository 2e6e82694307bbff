"""Which column means what when a person decides it, for files whose headers say too little."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from skm_app.berkas.baris import Baris, PembacaBaris
from skm_app.berkas.judul import HEADER_WITHIN, find_header, list_kolom_unsur
from skm_app.berkas.kesalahan import BerkasError, Fault, printable, refuse
from skm_app.berkas.susunan import JUDUL_LAIN, Kolom, Susunan, plain_judul
from skm_app.berkas.tabel import BarisMentah, Sel, Tabel
from skm_app.berkas.urutan import KATA_UNSUR, MENURUT_JUDUL, butir_by_kode, decide_urutan
from skm_app.scoring import Instrumen

LAIN = ("tanggal", "jenis_kelamin", "usia", "pendidikan", "pekerjaan", "layanan", "saran")
# What online forms call the moment of an answer.
WAKTU_ISI = ("capwaktu", "stempelwaktu", "timestamp")
MAX_KOLOM = 100
MAX_JUDUL = 80  # characters of a header that are shown


@dataclass(frozen=True, kw_only=True)
class Peta:
    """The columns of a file by what they mean.

    :param nomor: number of the header row in the file, from 1.
    :param judul: the header cells, as short text.
    :param butir: index of the column, from 0, by butir kunci.
    :param lain: index of the column by field, one of ``LAIN``.
    """

    nomor: int
    judul: tuple[str, ...]
    butir: Mapping[str, int]
    lain: Mapping[str, int]


def letter_of(indeks: int) -> str:
    """The column as a spreadsheet names it: 0 is A, 26 is AA."""
    letters = ""
    number = indeks + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def guess_peta(tabel: Tabel, instrumen: Instrumen) -> Peta:
    """Find the header row and guess its columns; what is not certain is left out.

    Columns headed only "U8" and "U9" are not certain: offices number them after either of two
    lists. A question that several columns could answer is not certain either.

    :raise BerkasError: if the file holds no row.
    """
    if not tabel.baris:
        raise refuse("berkas kosong")
    header = find_header(tabel.baris) or max(tabel.baris[:HEADER_WITHIN], key=_filled)
    lain = _guess_lain(header)
    by_kode = _certain_butir(header, instrumen)
    named = [(by_kode[k.kode], k.indeks) for k in list_kolom_unsur(header) if k.kode in by_kode]
    if not list_kolom_unsur(header):
        named = _guess_by_words(header, instrumen, set(lain.values()))
    return Peta(
        nomor=header.nomor,
        judul=tuple(_short(sel) for sel in header.sel[:MAX_KOLOM]),
        butir=_unique(named),
        lain=lain,
    )


def read_with_peta(tabel: Tabel, peta: Peta) -> tuple[tuple[Baris, ...], tuple[Fault, ...]]:
    """Read the rows under the header by a mapping that was chosen.

    :return: the rows, and every fault found in them; faults name the column by its letter. With
        a fault nothing of the file is to be used.
    :raise BerkasError: if there are no rows.
    """
    header = next((row for row in tabel.baris if row.nomor == peta.nomor), None)
    if header is None:
        raise refuse("baris judul tidak ada lagi di berkas ini")
    susunan = Susunan(
        header=header,
        butir={kunci: _kolom(indeks) for kunci, indeks in peta.butir.items()},
        lain={field: _kolom(indeks) for field, indeks in peta.lain.items()},
        urutan="unsur",
        alasan="dipilih pemakai",
    )
    reader = PembacaBaris(susunan, lebar_mengikat=tabel.lebar_mengikat)
    rows = tuple(reader.read(row) for row in tabel.baris if row.nomor > peta.nomor)
    if not rows:
        raise refuse("berkas hanya berisi judul kolom, tanpa jawaban")
    return rows, tuple(reader.faults)


def ambiguous_butir(instrumen: Instrumen) -> set[str]:
    """Butir that the two customary orders number differently: pengaduan and sarpras."""
    one, other = butir_by_kode(instrumen, "unsur"), butir_by_kode(instrumen, "kuesioner")
    return {kunci for kode, kunci in one.items() if other.get(kode) != kunci}


def _certain_butir(header: BarisMentah, instrumen: Instrumen) -> dict[str, str]:
    """The butir of each U column, without those of which the header does not say enough."""
    try:
        urutan, alasan = decide_urutan(instrumen, list_kolom_unsur(header), None)
    except BerkasError:
        urutan, alasan = "unsur", ""
    by_kode = butir_by_kode(instrumen, urutan)
    if alasan == MENURUT_JUDUL:
        return by_kode
    unclear = ambiguous_butir(instrumen)
    return {kode: kunci for kode, kunci in by_kode.items() if kunci not in unclear}


def _guess_lain(header: BarisMentah) -> dict[str, int]:
    known = {**JUDUL_LAIN, **dict.fromkeys(WAKTU_ISI, "tanggal")}
    found = [
        (known[plain], indeks)
        for indeks, judul in enumerate(header.sel[:MAX_KOLOM])
        if isinstance(judul, str) and (plain := plain_judul(judul)) in known
    ]
    return _unique(found)


def _guess_by_words(
    header: BarisMentah, instrumen: Instrumen, taken: set[int]
) -> list[tuple[str, int]]:
    """Columns whose header names exactly one unsur in words, such as "Kecepatan waktu"."""
    found: list[tuple[str, int]] = []
    for indeks, judul in enumerate(header.sel[:MAX_KOLOM]):
        if indeks in taken or not isinstance(judul, str):
            continue
        words = set(re.findall(r"[a-z]+", judul.casefold()))
        unsur = [kunci for kunci, known in KATA_UNSUR.items() if known & words]
        group = instrumen.butir_of(unsur[0]) if len(unsur) == 1 else ()
        if len(group) == 1:
            found.append((group[0].kunci, indeks))
    return found


def _unique(found: Sequence[tuple[str, int]]) -> dict[str, int]:
    names = [name for name, _ in found]
    return {name: indeks for name, indeks in found if names.count(name) == 1}


def _filled(row: BarisMentah) -> int:
    return sum(1 for sel in row.sel if sel)


def _short(sel: Sel) -> str:
    text = sel if isinstance(sel, str) else ""
    return printable(" ".join(text.split()))[:MAX_JUDUL]


def _kolom(indeks: int) -> Kolom:
    return Kolom(judul=letter_of(indeks), indeks=indeks)
