"""Text that people typed, made fit for a document: only what its fonts can print."""

from __future__ import annotations

import unicodedata


def clean_line(text: str) -> str:
    """Make one line: no controls, direction marks or emoji, no more than one space in a row."""
    words = " ".join(text.split())
    return " ".join("".join(filter(_is_printable, words)).split())


def clean_lines(text: str) -> str:
    """The same for text of several lines, which it keeps; empty lines at the ends are dropped."""
    return "\n".join(clean_line(line) for line in text.splitlines()).strip("\n")


def _is_printable(letter: str) -> bool:
    is_emoji_part = ord(letter) > 0xFFFF or 0xFE00 <= ord(letter) <= 0xFE0F
    return not is_emoji_part and not unicodedata.category(letter).startswith("C")
