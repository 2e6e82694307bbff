"""The LKjIP 2024 of Kecamatan Palaran as a workbook: as it is printed, and put right.

``lkjip_2024_tercetak.csv`` holds the rows of the sheets, the sheet's name first, but for Tabel
3.10, which is ``anggaran_2024.csv``. ``lkjip_2024_perbaikan.csv`` holds what has to be changed.
"""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path

from skm_app.angka import format_angka
from skm_app.berkas import BarisMentah, Fault
from skm_app.kinerja.periksa import LaporanTercetak
from skm_app.periksa import make_templat
from skm_app.periksa.lembar import LEMBAR
from skm_app.periksa.susun import make_laporan
from skm_app.periksa.susunan import Susunan

DATA = Path(__file__).resolve().parents[1] / "data"
TINGKAT = {"sub_kegiatan": "Sub kegiatan"}
BARIS_PERTAMA = 5  # row of a sheet

Isi = dict[str, list[list[str]]]


def read_csv(nama: str) -> list[list[str]]:
    with (DATA / nama).open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def list_tercetak() -> Isi:
    """Rows by sheet, as the report prints them."""
    isi: Isi = {"Tabel 3.10": _list_anggaran()}
    for lembar, *row in read_csv("lkjip_2024_tercetak.csv"):
        isi.setdefault(lembar, []).append(row)
    return isi


def list_diperbaiki() -> Isi:
    """The same with every correction."""
    isi = list_tercetak()
    for lembar, sel, tercetak, seharusnya in read_csv("lkjip_2024_perbaikan.csv")[1:]:
        assert put(isi, lembar, sel, seharusnya) == tercetak, (lembar, sel)
    return isi


def put(isi: Isi, lembar: str, sel: str, teks: str) -> str:
    """Write into a cell; returns what was there."""
    row, column = find_sel(sel)
    rows = isi[lembar]
    while len(rows) <= row:
        rows.append([])
    rows[row].extend([""] * (column + 1 - len(rows[row])))
    before = rows[row][column]
    rows[row][column] = teks
    return before


def find_sel(sel: str) -> tuple[int, int]:
    """Index of row and column of an address such as K7, among a sheet's rows."""
    match = re.fullmatch(r"([A-Z])([0-9]+)", sel)
    assert match is not None, sel
    return int(match[2]) - BARIS_PERTAMA, ord(match[1]) - ord("A")


def read_isi(isi: Isi) -> LaporanTercetak:
    """The report of these rows, without the way through a file, which takes a second."""
    susunan, faults = read_susunan(isi)
    assert not faults
    return susunan.make()


def read_susunan(isi: Isi) -> tuple[Susunan, list[Fault]]:
    """The same with what cannot be read."""
    faults: list[Fault] = []
    sheets = {}
    for lembar in LEMBAR:
        header = BarisMentah(BARIS_PERTAMA - 1, tuple(one.judul for one in lembar.kolom))
        rows = [BarisMentah(n, tuple(row)) for n, row in enumerate(isi.get(lembar.nama, []), 5)]
        sheets[lembar.nama] = (header, *(one for one in rows if any(one.sel)))
    return make_laporan(sheets, faults), faults


@cache
def make_tercetak() -> bytes:
    return make_templat(list_tercetak())


@cache
def make_diperbaiki() -> bytes:
    return make_templat(list_diperbaiki())


def _list_anggaran() -> list[list[str]]:
    rows = []
    for tingkat, unit, program, kegiatan, sub, anggaran, realisasi, persen in read_csv(
        "anggaran_2024.csv"
    )[1:]:
        nama = {"sub_kegiatan": sub, "kegiatan": kegiatan, "program": program}.get(tingkat, unit)
        shown = [_rupiah(anggaran), _rupiah(realisasi) or ("-" if anggaran == "0" else "")]
        rows.append([TINGKAT.get(tingkat, tingkat.capitalize()), nama, *shown, persen, ""])
    return rows


def _rupiah(text: str) -> str:
    return f"{format_angka(int(text))},00" if text else ""
