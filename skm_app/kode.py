"""Short codes that people read aloud and type: of a titik, of a complaint.

The alphabet leaves out every pair that looks alike in print or handwriting:
0/O/Q, 1/I/L, 2/Z, 5/S, 8/B, U/V, G/6.
"""

from __future__ import annotations

import secrets

ALPHABET = "34679ACDEFHJKMNPRTVWXY"
TITIK_LENGTH = 6
PENGADUAN_LENGTH = 12
# Left out of the alphabet, each with the one letter in it that it can be a misreading of.
_LOOKALIKES = str.maketrans("UG0OQ", "V6DDD")


def make_kode(length: int, source: bytes | None = None) -> str:
    """Make a code: random, or the one that belongs to ``source`` (for example a MAC)."""
    if source is None:
        return "".join(secrets.choice(ALPHABET) for _ in range(length))
    number = int.from_bytes(source, "big")
    letters = []
    for _ in range(length):
        number, position = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[position])
    return "".join(letters)


def normalize_kode(typed: str) -> str:
    """What a person typed, as it is stored: capitals, no spaces or dashes."""
    return "".join(letter for letter in typed.upper() if letter.isalnum())


def forgive_kode(typed: str) -> str:
    """As ``normalize_kode``, with letters that cannot be meant read as what they look like."""
    return normalize_kode(typed).translate(_LOOKALIKES)


def format_kode(kode: str) -> str:
    """A long code in groups of four, for reading aloud."""
    return "-".join(kode[start : start + 4] for start in range(0, len(kode), 4))
