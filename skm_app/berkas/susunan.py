"""The layout of one file: which column holds what."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from skm_app.berkas.judul import KolomUnsur, find_header, list_kolom_unsur
from skm_app.berkas.kesalahan import BerkasError, Fault, refuse
from skm_app.berkas.tabel import BarisMentah, Tabel
from skm_app.berkas.urutan import Urutan, butir_by_kode, decide_urutan
from skm_app.scoring import Instrumen

# Headers of the optional columns, letters and digits only; anything else is ignored.
JUDUL_LAIN = {
    "tanggal": "tanggal",
    "tgl": "tanggal",
    "tanggalsurvei": "tanggal",
    "jk": "jenis_kelamin",
    "lp": "jenis_kelamin",
    "jeniskelamin": "jenis_kelamin",
    "usia": "usia",
    "umur": "usia",
    "pendidikan": "pendidikan",
    "pendidikanterakhir": "pendidikan",
    "pekerjaan": "pekerjaan",
    "layanan": "layanan",
    "jenislayanan": "layanan",
    "saran": "saran",
    "saranmasukan": "saran",
    "sarandanmasukan": "saran",
    "kritikdansaran": "saran",
}


@dataclass(frozen=True, kw_only=True)
class Kolom:
    """Where a value stands and what the header calls it."""

    judul: str
    indeks: int


@dataclass(frozen=True, kw_only=True)
class Susunan:
    """Columns of a file by what they mean."""

    header: BarisMentah
    butir: Mapping[str, Kolom]  # by butir kunci
    lain: Mapping[str, Kolom]  # by field: tanggal, usia, layanan, ...
    urutan: Urutan
    alasan: str


def read_susunan(tabel: Tabel, instrumen: Instrumen, order: Urutan | None) -> Susunan:
    """Understand the header row.

    :raise BerkasError: if there is none, or a U column is missing, unknown or double.
    """
    if not tabel.baris:
        raise refuse("berkas kosong")
    header = find_header(tabel.baris) or tabel.baris[0]
    unsur = list_kolom_unsur(header)
    if not unsur:
        first, last = instrumen.unsur[0].kode, instrumen.unsur[-1].kode
        raise refuse(f"tidak ada kolom {first} sampai {last}; baris judul harus memuatnya")

    lain = _list_kolom_lain(header)
    _refuse_double(header, [k.kode for k in unsur], [nama for nama, _ in lain])
    urutan, alasan = decide_urutan(instrumen, unsur, order)
    butir = butir_by_kode(instrumen, urutan)
    _refuse_incomplete(header, {kolom.kode for kolom in unsur}, set(butir), instrumen)
    return Susunan(
        header=header,
        butir={butir[k.kode]: _kolom(k) for k in unsur},
        lain=dict(lain),
        urutan=urutan,
        alasan=alasan,
    )


def find_kolom_tanggal(tabel: Tabel) -> tuple[int, int | None]:
    """Number of the header row and index of its column of days, whatever the questions are."""
    header = find_header(tabel.baris) or next(iter(tabel.baris), None)
    if header is None:
        return 0, None
    kolom = dict(_list_kolom_lain(header)).get("tanggal")
    return header.nomor, kolom.indeks if kolom else None


def _kolom(kolom: KolomUnsur) -> Kolom:
    return Kolom(judul=kolom.kode, indeks=kolom.indeks)


def _list_kolom_lain(header: BarisMentah) -> list[tuple[str, Kolom]]:
    found: list[tuple[str, Kolom]] = []
    for indeks, judul in enumerate(header.sel):
        if isinstance(judul, str):
            field = JUDUL_LAIN.get(plain_judul(judul))
            if field is not None:
                found.append((field, Kolom(judul=judul, indeks=indeks)))
    return found


def plain_judul(judul: str) -> str:
    """A header as ``JUDUL_LAIN`` knows it: letters and digits only."""
    return re.sub(r"[\W_]", "", judul.casefold())


def _refuse_double(header: BarisMentah, *groups: list[str]) -> None:
    double = [nama for group in groups for nama, count in Counter(group).items() if count > 1]
    if double:
        raise BerkasError(
            Fault(baris=header.nomor, kolom=nama, pesan="kolom ini ada lebih dari sekali")
            for nama in double
        )


def _refuse_incomplete(
    header: BarisMentah, found: set[str], wanted: set[str], instrumen: Instrumen
) -> None:
    """Refuse a missing column, and one too many: U10 belongs to another instrument."""
    faults = [
        Fault(baris=header.nomor, kolom=kode, pesan="kolom ini tidak ada")
        for kode in sorted(wanted - found)
    ] + [
        Fault(baris=header.nomor, kolom=kode, pesan=f"tidak dikenal instrumen {instrumen.id}")
        for kode in sorted(found - wanted)
    ]
    if faults:
        raise BerkasError(faults)
