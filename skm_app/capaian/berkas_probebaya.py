"""Reads what all kelurahan did under Probebaya in a year from one file."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from skm_app.berkas.kesalahan import quote
from skm_app.berkas.tabel import BarisMentah
from skm_app.capaian.berkas_baca import (
    MAX_JUMLAH,
    MAX_RUPIAH,
    Pembaca,
    Unit,
    check_tahun,
    find_unit,
    make_names,
    open_pembaca,
)
from skm_app.capaian.probebaya_isi import ISI, UANG, find_galat
from skm_app.kata import plain
from skm_app.kinerja import DEFINISI_PROBEBAYA

WAJIB = ("tahun", "kelurahan")
KOLOM = (*WAJIB, *ISI, "definisi")
GANTI = "ubah definisi resminya di halaman Capaian kinerja, atau perbaiki berkasnya"

Isi = dict[str, int | None]


@dataclass(frozen=True, kw_only=True)
class BerkasProbebaya:
    """Figures per kelurahan; ``lain``: columns that are not read."""

    isi: Mapping[uuid.UUID, Isi]
    lain: tuple[str, ...]


def parse_probebaya(
    data: bytes,
    tahun: int,
    units: Sequence[Unit],
    tersimpan: Mapping[uuid.UUID, Isi],
    definisi: str | None,
) -> BerkasProbebaya:
    """Read a file, CSV or XLSX, with one row for each kelurahan.

    :param tersimpan: what is stored; a figure that the file does not give stays as it is.
    :param definisi: the official definition of the year, None if there is none.
    :raise BerkasError: with every fault; nothing of the file is to be used.
    """
    pembaca = open_pembaca(data, WAJIB, (*ISI, "definisi"))
    if not set(ISI) & set(pembaca.kolom):
        pembaca.add_fault(None, None, "berkas tidak memuat satu pun kolom angka")
    names = make_names(units)
    found: dict[uuid.UUID, tuple[int, Isi]] = {}
    for row in pembaca.baris:
        check_tahun(pembaca, row, tahun, wajib=True)
        unit = _read_unit(pembaca, row, names, found)
        before = len(pembaca.faults)
        isi = {nama: _read_angka(pembaca, row, nama) for nama in ISI if nama in pembaca.kolom}
        known = {nama: value for nama, value in isi.items() if value is not None}
        if unit is not None:
            merged = {**tersimpan[unit.id], **known}
            found[unit.id] = (row.nomor, merged)
            if len(pembaca.faults) == before:
                for nama, pesan in find_galat(merged).items():
                    pembaca.add_fault(row.nomor, nama, pesan.removesuffix("."))
    _check_definisi(pembaca, tahun, definisi)
    for one in units:
        if one.id not in found:
            pembaca.add_fault(None, "kelurahan", f"{one.nama} tidak ada di berkas")
    pembaca.raise_faults()
    return BerkasProbebaya(
        isi={id_: isi for id_, (_, isi) in found.items()}, lain=tuple(pembaca.lain)
    )


def _read_angka(pembaca: Pembaca, row: BarisMentah, nama: str) -> int | None:
    return pembaca.bulat(row, nama, MAX_RUPIAH if nama in UANG else MAX_JUMLAH)


def _read_unit(
    pembaca: Pembaca,
    row: BarisMentah,
    names: Mapping[str, Unit],
    found: Mapping[uuid.UUID, tuple[int, Isi]],
) -> Unit | None:
    text = pembaca.teks(row, "kelurahan", 200)
    unit = find_unit(names, text)
    if unit is None:
        known = ", ".join(dict.fromkeys(one.nama for one in names.values()))
        pesan = f"{quote(text)} bukan kelurahan kantor ini" if text else "kelurahan belum diisi"
        pembaca.add_fault(row.nomor, "kelurahan", pesan, f"yang dikenal: {known}")
        return None
    if unit.id in found:
        first, _ = found[unit.id]
        pembaca.add_fault(
            row.nomor, "kelurahan", f"{unit.nama} sudah ada di baris {first}", "hapus salah satunya"
        )
        return None
    return unit


def _check_definisi(pembaca: Pembaca, tahun: int, resmi: str | None) -> None:
    """A year has one definition: the file may name it, but not another one."""
    known = {plain(text): kunci for kunci, uraian in DEFINISI_PROBEBAYA.items()
             for text in (kunci, uraian)}  # fmt: skip
    named: dict[str, int] = {}
    for row in pembaca.baris:
        text = pembaca.teks(row, "definisi", 200)
        kunci = known.get(plain(text))
        if kunci is not None:
            named.setdefault(kunci, row.nomor)
        elif text:
            pembaca.add_fault(
                row.nomor, "definisi", f"{quote(text)} tidak dikenal",
                f"tulis salah satu: {', '.join(DEFINISI_PROBEBAYA)}",
            )  # fmt: skip
    if len(named) > 1:
        words = " dan ".join(f"{kunci} (baris {nomor})" for kunci, nomor in named.items())
        pembaca.add_fault(
            None, "definisi", f"satu tahun hanya memakai satu definisi, di berkas ini ada {words}"
        )
    elif resmi is not None and named and resmi not in named:
        ((kunci, nomor),) = named.items()
        pembaca.add_fault(
            nomor, "definisi", f"{kunci} bukan definisi resmi tahun {tahun}, yaitu {resmi}", GANTI
        )
