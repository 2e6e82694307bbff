"""Personal data in a comment: found, and put out of sight.

Citizens are asked for no name, yet some write one, with a NIK or a telephone number. What is
found is replaced by its kind in brackets: ``[nomor identitas]``. It errs towards hiding: a long
price list may be taken for a number, a word after "Pak" for a name. It cannot find everything
either (a name without a title before it), so a person reads a comment before the public does.

Pure: text in, text out. Source: UU 27/2022 (Pelindungan Data Pribadi), what counts as personal
data; the patterns are our own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

IDENTITAS = "nomor identitas"  # NIK and KK have 16 digits, NPWP 15, NIP 18
TELEPON = "nomor telepon"
SURAT = "alamat e-mail"
ALAMAT = "alamat"
NAMA = "nama"
JENIS = (IDENTITAS, TELEPON, SURAT, ALAMAT, NAMA)

# Between two digits of one number: spaces, dots, dashes, brackets, what cannot be seen.
_SELA = "[\\s.\\-\u2010-\u2015/()\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]{0,3}"
_IDENTITAS = re.compile(rf"\d(?:{_SELA}\d){{14,}}")
_TELEPON = re.compile(
    rf"\+?(?:6{_SELA}2|0){_SELA}8(?:{_SELA}\d){{6,11}}(?!\d)"  # mobile: 08…, 62 8…, +62 8…
    rf"|(?<!\d)\(?0\d{{2,3}}\)?{_SELA}\d(?:{_SELA}\d){{4,7}}(?!\d)"  # landline: (0541) 123456
    r"|\d{9,}"  # any other long number in one piece
)
# From the start of a word only: else a long word would be read once from each of its letters.
_SURAT = re.compile(r"(?<![\w.+\-])[\w.+\-]+@[\w\-]+(?:\.[\w\-]+)+")
_RUMAH = r"(?:no|nomor|blok)\b\.?\s*[\w/\-]+"
_RT_RW = r"RT\b[\s.:]*\d+[\s,./\-]*RW\b[\s.:]*\d+"
_ALAMAT = re.compile(
    # A street alone may be what the comment is about; with a house number it is somebody's home.
    rf"\b(?:jl|jln|jalan|gg|gang|perum|perumahan)\b\.?\s*"
    rf"[^\W\d_][\w'.]*(?:\s+[^\W\d_][\w'.]*){{0,3}}[\s,]+{_RUMAH}"
    rf"(?:[\s,./]*{_RT_RW})?"
    rf"|\b{_RT_RW}",
    re.IGNORECASE,
)

# After these somebody names a person; after the first kind it may be an office as well.
_SAPAAN = "bapak|pak|ibu|bu|sdr|sdri|saudara|saudari|mas|mbak|kak|haji|hajah|hj"
_PENGENAL = r"a\.?\s?n|atas nama|nama saya|saya bernama|bernama|nama lengkap"
_KATA = r"[^\W\d_](?:[^\W\d_]|['’\-](?=[^\W\d_]))*"
_NAMA = re.compile(
    rf"\b(?P<tanda>{_SAPAAN}|{_PENGENAL})\b(?:[.:]|\s(?=adalah\b))*(?:\s*adalah\b)?[\s.:]+"
    rf"(?P<nama>{_KATA}(?:[ \t.]+{_KATA}){{0,3}})",
    re.IGNORECASE,
)
# Words after a title that are no name. Offices first, then everyday words.
_BUKAN_NAMA = frozenset(
    """
    camat lurah rt rw kades kepala ketua sekcam seklur sekretaris kasi kasubag staf pegawai
    petugas satpam polisi guru dokter bidan wali walikota gubernur presiden menteri bupati
    operator admin pimpinan loket kantor kecamatan kelurahan bapak pak ibu bu ibunya
    bapaknya saudara mas mbak kak hamil menyusui rumah kota lansia saya kami kita anda dia
    mereka yang dan atau dengan di ke dari untuk pada dalam oleh agar supaya karena kalau
    jika bila ini itu nya juga saja lagi lah sudah belum tidak tak bukan jangan bisa boleh
    harus mau ingin tolong mohon harap terima kasih ada adalah sangat kurang lebih baik
    bagus ramah cepat lama lambat sopan sekali banget selalu sering semua setiap para tadi
    kemarin besok nanti hari waktu pelayanan layanan orang anak suami istri pemilik warga
    tinggal alamat antri antre lain tersebut sendiri dapat akan telah sedang masih maupun
    hanya tapi tetapi mengapa kenapa bagaimana apa siapa mana kapan
    """.split()  # noqa: SIM905 - a hundred quoted words would be hard to read
)
_MAX_NAMA = 3  # words


@dataclass(frozen=True)
class Bagian:
    """A piece of a comment. ``jenis`` None: plain; else what is hidden behind ``teks``."""

    teks: str
    jenis: str | None = None


def split_sensor(text: str) -> tuple[Bagian, ...]:
    """The comment in pieces, personal data replaced: joined they are ``mask_text(text)``."""
    parts = tuple(_split(text, _find_tanda, "tanda"))
    while True:
        found = parts
        for jenis, find in _PENCARI:
            found = tuple(piece for one in found for piece in _apply(one, jenis, find))
        if found == parts:
            return parts
        parts = found


def mask_text(text: str) -> str:
    """The comment without personal data; again on its own result, it changes nothing."""
    return "".join(one.teks for one in split_sensor(text))


def list_jenis(text: str) -> tuple[str, ...]:
    """Which kinds of personal data a comment still holds, in a fixed order; empty: none found."""
    # What is hidden already is set aside first.
    plain = _TANDA.split(text)
    found = {one.jenis for part in plain for one in split_sensor(part)}
    return tuple(jenis for jenis in JENIS if jenis in found)


def tanda_of(jenis: str) -> str:
    """What stands in the place of what was hidden."""
    return f"[{jenis}]"


Span = tuple[int, int]
_TANDA = re.compile("|".join(re.escape(tanda_of(jenis)) for jenis in JENIS))


def _find_all(pattern: re.Pattern[str]) -> Callable[[str], Iterator[Span]]:
    return lambda text: (found.span() for found in pattern.finditer(text))


def _find_nama(text: str) -> Iterator[Span]:
    start = 0
    while found := _NAMA.search(text, start):
        end = _end_of_nama(found, sure=re.fullmatch(_SAPAAN, found["tanda"], re.I) is None)
        if end is not None:
            yield found.start("nama"), end
        # "Ibu ibu Siti": the word after the first title may be a title itself.
        start = end or found.end("tanda")


def _end_of_nama(found: re.Match[str], *, sure: bool) -> int | None:
    """Where the name after a title ends; None if it is no name.

    :param sure: nothing but a name can follow. Else only the first word may be in small letters.
    """
    end = None
    for number, word in enumerate(re.finditer(_KATA, found["nama"])):
        small = word[0][0].islower()
        if number == _MAX_NAMA or word[0].lower() in _BUKAN_NAMA:
            break
        if number and small and not sure:
            break
        end = found.start("nama") + word.end()
    return end


_find_tanda = _find_all(_TANDA)
_PENCARI: tuple[tuple[str, Callable[[str], Iterator[Span]]], ...] = (
    (SURAT, _find_all(_SURAT)),
    (IDENTITAS, _find_all(_IDENTITAS)),
    (TELEPON, _find_all(_TELEPON)),
    (ALAMAT, _find_all(_ALAMAT)),
    (NAMA, _find_nama),
)


def _apply(one: Bagian, jenis: str, find: Callable[[str], Iterator[Span]]) -> Iterator[Bagian]:
    return iter((one,)) if one.jenis else _split(one.teks, find, jenis)


def _split(text: str, find: Callable[[str], Iterator[Span]], jenis: str) -> Iterator[Bagian]:
    last = 0
    for start, end in find(text):
        if start > last:
            yield Bagian(text[last:start])
        hidden = text[start:end]
        # What is a sign already says itself which kind it stands for.
        yield Bagian(hidden, hidden[1:-1]) if jenis == "tanda" else Bagian(tanda_of(jenis), jenis)
        last = end
    if last < len(text):
        yield Bagian(text[last:])
