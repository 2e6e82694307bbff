"""Paths and contents that are no survey file at all."""

import struct
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skm_app.berkas import BerkasError, Fault, parse_berkas, read_berkas
from skm_app.scoring import load_shipped

SKM_9 = load_shipped()["skm-9"]


def png() -> bytes:
    """Return a real picture of one pixel."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        checksum = zlib.crc32(kind + data)
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", checksum)

    header = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    pixel = zlib.compress(b"\0\xff\0\0")
    parts = chunk(b"IHDR", header), chunk(b"IDAT", pixel), chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def refusal(path: Path) -> str:
    with pytest.raises(BerkasError) as caught:
        read_berkas(path, SKM_9)
    text = str(caught.value)
    assert text.isprintable()
    return text


@pytest.mark.parametrize("name", ["foto.csv", "foto.xlsx"])
@pytest.mark.parametrize(
    "content",
    [png(), b"\xff\xd8\xff\xe0 JFIF", b"%PDF-1.7\n%text", b"U1,U2\0\n1,2", bytes(range(256)) * 9],
    ids=["png", "jpeg", "pdf", "nul", "bytes"],
)
def test_a_picture_or_document_under_another_name_is_refused(
    tmp_path: Path, name: str, content: bytes
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert "bukan tabel CSV atau XLSX" in refusal(path)


def test_bytes_that_are_no_known_text_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "aneh.csv"
    path.write_bytes(b"U1,U2\n\x81\x8d,3\n")
    assert "bukan tabel" in refusal(path)


def test_half_a_utf_16_character_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "aneh.csv"
    path.write_bytes("U1,U2".encode("utf-16")[:-1])
    assert "bukan tabel" in refusal(path)


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "kosong.csv"
    path.touch()
    assert refusal(path) == "berkas kosong"


def test_a_file_that_does_not_exist_is_named(tmp_path: Path) -> None:
    assert refusal(tmp_path / "tidak-ada.csv") == "berkas tidak-ada.csv tidak ditemukan"


def test_a_folder_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path).endswith("bukan berkas")


def test_a_name_no_system_allows_is_refused() -> None:
    assert refusal(Path("a\0b")).startswith("berkas a�b tidak")


def test_a_file_over_20_mb_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "besar.csv"
    with path.open("wb") as handle:
        handle.truncate(20 * 1024 * 1024 + 1)
    assert "lebih dari 20 MB" in refusal(path)


@given(st.binary(max_size=300), st.sampled_from([b"", b"PK\x03\x04", b"U1,U2\n", b"\xff\xfe"]))
def test_no_content_whatever_causes_anything_but_a_refusal(content: bytes, start: bytes) -> None:
    with pytest.raises(BerkasError) as caught:
        parse_berkas(start + content, SKM_9)
    assert str(caught.value).isprintable()


@pytest.mark.parametrize(
    ("fault", "text"),
    [
        (Fault(pesan="rusak"), "rusak"),
        (Fault(pesan="rusak", baris=7), "baris 7: rusak"),
        (Fault(pesan="rusak", kolom="U3"), "kolom U3: rusak"),
        (Fault(pesan="rusak", baris=7, kolom="U3"), "baris 7, kolom U3: rusak"),
    ],
)
def test_a_fault_says_where_it_is(fault: Fault, text: str) -> None:
    assert str(fault) == text
