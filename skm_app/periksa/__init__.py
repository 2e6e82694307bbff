"""The workbook into which a printed LKjIP is typed: its template, and reading it back.

What is wrong with the report is found by ``kinerja.periksa``; here is only what is wrong with
the workbook.
"""

from __future__ import annotations

from pathlib import Path

from skm_app.berkas import BerkasError, Fault, load_data, read_buku
from skm_app.kinerja.periksa import LaporanTercetak
from skm_app.periksa.daftar import KOLOM_TEMUAN, list_baris
from skm_app.periksa.hasil import TANPA_ANGKA, TANPA_TEMUAN, YANG_DIPERIKSA, write_cakupan
from skm_app.periksa.susun import make_laporan
from skm_app.periksa.templat import make_templat

MAX_BERKAS = 5 * 1024 * 1024  # bytes
TERLALU_BESAR = "berkas lebih dari 5 MB; pakai templatnya, tanpa gambar"


def read_laporan(data: bytes) -> LaporanTercetak:
    """Read a filled template.

    :raise BerkasError: with every cell that cannot be read, by sheet, row and column.
    """
    if len(data) > MAX_BERKAS:
        raise BerkasError([Fault(pesan=TERLALU_BESAR)])
    faults: list[Fault] = []
    susunan = make_laporan(read_buku(data), faults)
    if faults:
        raise BerkasError(faults)
    return susunan.make()


def read_laporan_from(path: Path) -> LaporanTercetak:
    """Read a filled template from disk; as ``read_laporan``."""
    return read_laporan(load_data(path))


__all__ = [
    "KOLOM_TEMUAN",
    "MAX_BERKAS",
    "TANPA_ANGKA",
    "TANPA_TEMUAN",
    "YANG_DIPERIKSA",
    "list_baris",
    "make_templat",
    "read_laporan",
    "read_laporan_from",
    "write_cakupan",
]
