"""The tables of Bab III as pages and files show them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from flask import Response
from flask.typing import ResponseReturnValue

from skm_app.admin.blueprint import bp
from skm_app.admin.hak import get_akar_id, need_peran
from skm_app.admin.tabel import TabelHalaman
from skm_app.admin.tahun_kinerja import choose_tahun
from skm_app.reports.bab_iii.fakta import FaktaKinerja, read_fakta
from skm_app.reports.bab_iii.lembar import write_lembar
from skm_app.reports.bab_iii.tabel import (
    SelKinerja,
    TabelKinerja,
    list_tabel,
    make_tabel_nilai_akip,
)
from skm_app.web import current_state

MIME_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, kw_only=True)
class RumusSel:
    """How the figure of one column comes about, and what it was read from."""

    kolom: str
    sel: SelKinerja


@dataclass(frozen=True, kw_only=True)
class RumusBaris:
    """All that there is to say about the figures of one row."""

    nama: str
    sel: tuple[RumusSel, ...]


@dataclass(frozen=True, kw_only=True)
class TabelLkjip:
    """A table with what the page needs beside it.

    ``id``: its place on the page. ``nama``: for its files. ``judul_baris``: the column that names
    a row. ``angka``: whether each column holds numbers.
    """

    isi: TabelKinerja
    id: str
    nama: str
    judul: str
    judul_baris: int
    angka: tuple[bool, ...]
    rumus: tuple[RumusBaris, ...]


def read_tabel_lkjip(fakta: FaktaKinerja) -> tuple[TabelKinerja, ...]:
    """The numbered tables and, last, the AKIP evaluations."""
    return (*list_tabel(fakta), make_tabel_nilai_akip(fakta))


def make_tabel_lkjip(tabel: TabelKinerja) -> TabelLkjip:
    numbered = tabel.kode[:1].isdigit()
    kode = re.sub(r"[^a-z0-9]+", "-", tabel.kode.lower())
    return TabelLkjip(
        isi=tabel,
        id=f"tabel-{kode}",
        nama=f"tabel-{kode}",
        judul=f"Tabel {tabel.kode} {tabel.judul}" if numbered else tabel.judul,
        judul_baris=1 if tabel.kolom[0] == "No." else 0,
        angka=tuple(
            any(row[column].nilai is not None for row in tabel.baris)
            for column in range(len(tabel.kolom))
        ),
        rumus=_list_rumus(tabel),
    )


def make_halaman(tabel: TabelLkjip) -> TabelHalaman:
    """The same table for its files: numbers as numbers, everything else as it is read."""
    return TabelHalaman(
        nama=tabel.nama,
        judul=tabel.judul,
        kolom=tabel.isi.kolom,
        baris=[
            tuple(sel.nilai if sel.nilai is not None else sel.teks for sel in row)
            for row in tabel.isi.baris
        ],
    )


@bp.get("/lkjip/tabel.xlsx")
@need_peran("admin", "pimpinan")
def make_lembar_lkjip() -> ResponseReturnValue:
    """All tables as one workbook, with live formulas."""
    state = current_state()
    with state.database.reading() as session:
        unit_id = get_akar_id(session)
        tahun, _ = choose_tahun(session, unit_id)
        fakta = read_fakta(session, unit_id, tahun, state.settings.timezone)
        tabel = read_tabel_lkjip(fakta)
    now = datetime.now(state.settings.timezone)
    response = Response(write_lembar(tabel, fakta.unit, tahun, now), mimetype=MIME_XLSX)
    unit = re.sub(r"[^a-z0-9]+", "-", fakta.unit.lower()).strip("-")
    nama = f"tabel-bab-iii-{unit}-{tahun}{'-sementara' if fakta.sementara else ''}.xlsx"
    response.headers.set("Content-Disposition", "attachment", filename=nama)
    response.headers["Cache-Control"] = "no-store"
    return response


def _list_rumus(tabel: TabelKinerja) -> tuple[RumusBaris, ...]:
    return tuple(
        RumusBaris(
            nama=tabel.name_baris(row),
            sel=tuple(RumusSel(kolom=tabel.kolom[column], sel=sel) for _, column, sel in cells),
        )
        for row, cells in groupby(tabel.iter_rumus(), key=lambda one: one[0])
    )
