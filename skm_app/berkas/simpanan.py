"""The rows of a file kept for later, without keeping the file."""

from __future__ import annotations

import json
import zlib
from datetime import date

from skm_app.berkas.tabel import BarisMentah, Rumus, Sel, Tabel


def pack_tabel(tabel: Tabel) -> bytes:
    """The rows of a file in a form that is read back at once; an XLSX takes seconds."""
    rows = [[row.nomor, [_pack_sel(sel) for sel in row.sel]] for row in tabel.baris]
    return zlib.compress(json.dumps([tabel.lebar_mengikat, rows]).encode())


def unpack_tabel(data: bytes) -> Tabel:
    """The rows as ``pack_tabel`` kept them."""
    lebar_mengikat, rows = json.loads(zlib.decompress(data))
    return Tabel(
        baris=tuple(
            BarisMentah(nomor, tuple(_unpack_sel(sel) for sel in cells)) for nomor, cells in rows
        ),
        lebar_mengikat=lebar_mengikat,
    )


def _pack_sel(sel: Sel) -> str | list[str]:
    if isinstance(sel, Rumus):
        return ["rumus", sel.name]
    return ["tanggal", sel.isoformat()] if isinstance(sel, date) else sel


def _unpack_sel(packed: str | list[str]) -> Sel:
    if isinstance(packed, str):
        return packed
    kind, text = packed
    return Rumus[text] if kind == "rumus" else date.fromisoformat(text)
