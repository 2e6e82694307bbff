"""Evidence files: what they are is read from their content, never from their name.

Pure: bytes in, kind out. Nothing is unpacked: of a DOCX or XLSX only the list of its parts is read.
"""

from __future__ import annotations

import io
import re
import zipfile
from typing import NamedTuple

MAX_UKURAN = 5 * 1024 * 1024
MAX_BERKAS = 10  # per plan
MAX_NAMA = 200
MAX_BAGIAN = 5000  # parts of one document; real ones have some dozens
_UNSAFE = re.compile(r"[\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u2069/\\:*?\"<>|]+")
_OFFICE = "application/vnd.openxmlformats-officedocument."


class BuktiError(Exception):
    """A file cannot be kept as evidence; the message says why."""


class JenisBerkas(NamedTuple):
    """A kind of file. ``akhiran``: how its name ends; ``mime``: how it is served."""

    akhiran: str
    mime: str


PDF = JenisBerkas("pdf", "application/pdf")
JPG = JenisBerkas("jpg", "image/jpeg")
PNG = JenisBerkas("png", "image/png")
DOCX = JenisBerkas("docx", f"{_OFFICE}wordprocessingml.document")
XLSX = JenisBerkas("xlsx", f"{_OFFICE}spreadsheetml.sheet")
_AWALAN = ((b"%PDF-", PDF), (b"\xff\xd8\xff", JPG), (b"\x89PNG\r\n\x1a\n", PNG))
_ISI_ZIP = (("word/document.xml", DOCX), ("xl/workbook.xml", XLSX))


def detect_jenis(isi: bytes) -> JenisBerkas:
    """What a file is, by its content.

    :raise BuktiError: if it is none of the kinds that are kept, empty, or too large.
    """
    if not isi:
        raise BuktiError("Berkas ini kosong.")
    if len(isi) > MAX_UKURAN:
        raise BuktiError("Berkas terlalu besar. Paling besar 5 MB.")
    found = next((jenis for awalan, jenis in _AWALAN if isi.startswith(awalan)), None)
    if found is None and isi.startswith(b"PK\x03\x04"):
        found = _detect_office(isi)
    if found is None:
        raise BuktiError("Isi berkas ini bukan PDF, JPG, PNG, DOCX, atau XLSX.")
    return found


def clean_nama(nama: str, jenis: JenisBerkas) -> str:
    """A file name for people: no path, nothing invisible, ending as its content says."""
    base = " ".join(_UNSAFE.sub(" ", nama.replace("\\", "/").rsplit("/", 1)[-1]).split()).strip(
        " ."
    )
    stem, dot, ending = base.rpartition(".")
    if dot and len(ending) <= 5 and not ending.isdigit():
        base = stem.strip(" .")
    return f"{base[: MAX_NAMA - 6] or 'bukti'}.{jenis.akhiran}"


def _detect_office(isi: bytes) -> JenisBerkas | None:
    try:
        with zipfile.ZipFile(io.BytesIO(isi)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return None
    if "[Content_Types].xml" not in names or len(names) > MAX_BAGIAN:
        return None
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise BuktiError("Berkas ini berisi makro. Simpan dahulu tanpa makro.")
    return next((jenis for part, jenis in _ISI_ZIP if part in names), None)
