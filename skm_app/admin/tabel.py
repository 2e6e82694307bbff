"""Tables: the same rows on the page, as CSV and as XLSX.

A page that shows tables answers ``?unduh=csv`` and ``?unduh=xlsx`` (with ``&tabel=`` where it
has several) with the table instead of itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from flask import Response, abort, request

from skm_app.admin.halaman import render_page
from skm_app.angka import format_angka
from skm_app.ekspor import Tabel, write_csv, write_xlsx
from skm_app.tanggal import format_tanggal

Sel = str | int | Decimal | date | None

JENIS_BERKAS = {
    "csv": ("text/csv; charset=utf-8", write_csv),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", write_xlsx),
}


@dataclass(frozen=True, kw_only=True)
class TabelHalaman:
    """One table. ``nama``: short, for the file; ``judul``: what it shows, for people.

    Numbers stay numbers (int, Decimal): the page writes them the Indonesian way, the files as
    programs read them. The first column names the row.
    """

    nama: str
    judul: str
    kolom: tuple[str, ...]
    baris: Sequence[tuple[Sel, ...]]

    @property
    def baris_teks(self) -> list[tuple[str, ...]]:
        """The rows as people read them."""
        return [tuple(format_sel(sel) for sel in row) for row in self.baris]

    @property
    def kolom_angka(self) -> tuple[bool, ...]:
        """Which columns hold numbers only, to be set flush right."""
        return tuple(
            bool(self.baris)
            and all(row[i] is None or isinstance(row[i], int | Decimal) for row in self.baris)
            and any(row[i] is not None for row in self.baris)
            for i in range(len(self.kolom))
        )


def format_sel(sel: Sel) -> str:
    """One cell for an Indonesian reader."""
    if isinstance(sel, int | Decimal) or sel is None:
        return format_angka(sel)
    return format_tanggal(sel) if isinstance(sel, date) else sel


def render_with_tabel(
    template: str, tabel: Sequence[TabelHalaman], **values: object
) -> str | Response:
    """The page with its tables, or one of them as a file if the address asks for that."""
    jenis = request.args.get("unduh")
    if jenis is None:
        return render_page(template, tabel={one.nama: one for one in tabel}, **values)
    nama = request.args.get("tabel", tabel[0].nama if tabel else "")
    wanted = next((one for one in tabel if one.nama == nama), None)
    if jenis not in JENIS_BERKAS or wanted is None:
        abort(404)
    return send_tabel(wanted, jenis)


def send_tabel(tabel: TabelHalaman, jenis: str) -> Response:
    """A table as a file to keep. ``jenis``: csv or xlsx."""
    mimetype, write = JENIS_BERKAS[jenis]
    rows = tuple(tuple(sel if sel is not None else "" for sel in row) for row in tabel.baris)
    body = write(Tabel(kolom=tabel.kolom, baris=rows))
    response = Response(body, content_type=mimetype)
    nama = re.sub(r"[^a-z0-9-]+", "-", tabel.nama.lower())
    response.headers.set("Content-Disposition", "attachment", filename=f"{nama}.{jenis}")
    response.headers["Cache-Control"] = "no-store"
    return response
