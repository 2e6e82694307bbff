"""Text that people typed, made fit for a document: only what its fonts can print."""

from __future__ import annotations

import re
import unicodedata

NIP = re.compile(r"(\d{8})(\d{6})(\d)(\d{3})")


def clean_line(text: str) -> str:
    """Make one line: no controls, direction marks or emoji, no more than one space in a row."""
    words = " ".join(text.split())
    return " ".join("".join(filter(_is_printable, words)).split())


def clean_lines(text: str) -> str:
    """The same for text of several lines, which it keeps; empty lines at the ends are dropped."""
    return "\n".join(clean_line(line) for line in text.splitlines()).strip("\n")


def format_nip(nip: str) -> str:
    """A NIP of 18 digits as letters show it, ``19700101 199503 1 001``; anything else as it is.

    Its groups: day of birth, month of appointment, sex, serial number (Peraturan BKN 22/2007).
    """
    found = NIP.fullmatch("".join(nip.split()))
    return " ".join(found.groups()) if found else nip


def _is_printable(letter: str) -> bool:
    is_emoji_part = ord(letter) > 0xFFFF or 0xFE00 <= ord(letter) <= 0xFE0F
    return not is_emoji_part and not unicodedata.category(letter).startswith("C")
