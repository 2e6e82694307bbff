"""Evidence files are known by their content."""

from __future__ import annotations

import io
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skm_app.rtl.bukti import (
    DOCX,
    JPG,
    MAX_NAMA,
    MAX_UKURAN,
    PDF,
    PNG,
    XLSX,
    BuktiError,
    JenisBerkas,
    clean_nama,
    detect_jenis,
)


def make_zip(*parts: str) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for part in parts:
            archive.writestr(part, "x")
    return data.getvalue()


TYPES = "[Content_Types].xml"
GOOD = {
    PDF: b"%PDF-1.7\n",
    JPG: b"\xff\xd8\xff\xe0",
    PNG: b"\x89PNG\r\n\x1a\n",
    DOCX: make_zip(TYPES, "word/document.xml"),
    XLSX: make_zip(TYPES, "xl/workbook.xml"),
}
BAD = {
    "empty": b"",
    "page": b"<!doctype html><script>alert(1)</script>",
    "svg": b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
    "program": b"MZ\x90\x00",
    "plain zip": make_zip("foto.jpg"),
    "zip without types": make_zip("word/document.xml"),
    "macro": make_zip(TYPES, "xl/workbook.xml", "xl/vbaProject.bin"),
    "torn zip": GOOD[DOCX][:40],
    "too large": GOOD[PDF] + b"x" * MAX_UKURAN,
    "pdf further down": b"x%PDF-1.7",
}


@pytest.mark.parametrize(("jenis", "isi"), GOOD.items(), ids=lambda one: str(one)[:20])
def test_kinds_are_read_from_the_content(jenis: JenisBerkas, isi: bytes) -> None:
    assert detect_jenis(isi) == jenis


@pytest.mark.parametrize("name", BAD)
def test_anything_else_is_refused_with_a_sentence(name: str) -> None:
    with pytest.raises(BuktiError, match=r"\.$"):
        detect_jenis(BAD[name])


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("Foto loket.JPG", "Foto loket.png"),
        ("C:\\data\\rapat.pdf", "rapat.png"),
        ("../../etc/passwd", "passwd.png"),
        ("halaman.html", "halaman.png"),
        ("a\r\nSet-Cookie: x", "a Set-Cookie x.png"),
        ("gnp.exe\u202e", "gnp.png"),
        ("", "bukti.png"),
        ("...", "bukti.png"),
        ("Notula 12.11.2026", "Notula 12.11.2026.png"),
    ],
)
def test_a_name_is_cleaned_and_ends_as_the_content_says(given_name: str, kept: str) -> None:
    assert clean_nama(given_name, PNG) == kept


@given(st.text(max_size=400))
def test_every_name_can_be_kept(name: str) -> None:
    kept = clean_nama(name, PDF)
    assert kept.endswith(".pdf")
    assert len(kept) <= MAX_NAMA
    assert not set(kept) & set("/\\\r\n\x00")


@given(st.binary(max_size=200))
def test_no_bytes_upset_it(isi: bytes) -> None:
    with suppress(BuktiError):
        detect_jenis(isi)
