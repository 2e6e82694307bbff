"""Passwords: rules, generation, and Argon2id hashing that cannot exhaust the machine."""

from __future__ import annotations

import re
import secrets
import threading
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from itertools import pairwise

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError

MIN_SANDI = 15
MAX_SANDI = 200
# OWASP Password Storage Cheat Sheet: Argon2id, 19 MiB, two passes, one lane.
_HASHER = PasswordHasher(memory_cost=19_456, time_cost=2, parallelism=1, type=Type.ID)
# One hash at a time: a burst of sign-ins waits in line instead of taking all memory.
_ONE_AT_A_TIME = threading.Semaphore(1)
# Waiting hashes hold threads that citizens need.
_WAITING = threading.BoundedSemaphore(3)


class TooBusyError(Exception):
    """Too many passwords are being checked at this moment."""


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """:raise TooBusyError: if others are waiting already."""
    if not _WAITING.acquire(blocking=False):
        raise TooBusyError
    try:
        with _ONE_AT_A_TIME:
            yield
    finally:
        _WAITING.release()


# Lower case without i, l and o: sixteen letters out of 23 are 72 bits.
LETTERS = "abcdefghjkmnpqrstuvwxyz"
GROUPS, GROUP_LENGTH = 4, 4

MIN_OTHER_LETTERS = 6
# Longest first, so that "kecamatan" goes before "camat".
_EASY_WORDS = re.compile(
    r"administrator|qwertyuiop|asdfghjkl|kecamatan|kelurahan|samarinda|katasandi|masyarakat"
    r"|indonesia|september|operator|pengguna|pimpinan|password|passw0rd|p4ssword|kepuasan"
    r"|november|desember|februari|palaran|bantuas|rahasia|merdeka|selamat|zxcvbnm|abcdefg"
    r"|januari|agustus|oktober|bukuan|kantor|qwerty|survei|survey|datang|sandi|camat|lurah"
    r"|admin|login|masuk|maret|april|kota|asdf|zxcv|juni|juli|mei|abc|skm|ikm"
)


def make_sandi() -> str:
    """Make a password that can be read aloud: four groups of four letters, 72 bits."""
    groups = ("".join(secrets.choice(LETTERS) for _ in range(GROUP_LENGTH)) for _ in range(GROUPS))
    return "-".join(groups)


def check_sandi_rules(sandi: str, nama: str) -> str | None:
    """Why a password cannot be used, in words for the person who chose it; None if it can."""
    plain = _normalize(sandi)
    if len(plain) < MIN_SANDI:
        return (
            f"Kata sandi minimal {MIN_SANDI} karakter; ini baru {len(plain)}. "
            "Beberapa kata yang tidak berhubungan mudah diingat."
        )
    if len(plain) > MAX_SANDI:
        return f"Kata sandi paling panjang {MAX_SANDI} karakter."
    if _is_repetition(plain.casefold()) or _is_sequence(plain.casefold()):
        return "Kata sandi ini hanya pengulangan atau urutan huruf. Mohon pilih yang lain."
    if _count_other_letters(plain.casefold(), nama.casefold()) < MIN_OTHER_LETTERS:
        return (
            "Kata sandi ini mudah ditebak: isinya nama, kantor, kata umum atau tahun. "
            "Mohon tambahkan beberapa kata lain."
        )
    return None


def hash_sandi(sandi: str) -> str:
    """Hash a password for storage."""
    with _one_at_a_time():
        return _HASHER.hash(_normalize(sandi))


def verify_sandi(sandi_hash: str | None, sandi: str) -> bool:
    """Whether a password fits a stored hash; None (no such account) costs the same and fails."""
    unknown = _unknown_hash()
    with _one_at_a_time():
        try:
            fits = _HASHER.verify(sandi_hash or unknown, _normalize(sandi))
        except (VerificationError, InvalidHashError):
            return False
    return fits and sandi_hash is not None


def needs_rehash(sandi_hash: str) -> bool:
    """Whether a hash was made with other parameters than those of today."""
    return _HASHER.check_needs_rehash(sandi_hash)


@lru_cache(maxsize=1)
def _unknown_hash() -> str:
    return hash_sandi(secrets.token_hex(16))


def _normalize(sandi: str) -> str:
    """The same characters, however the keyboard composed them."""
    return unicodedata.normalize("NFKC", sandi)


def _is_repetition(text: str) -> bool:
    return re.fullmatch(r"(.{1,4}?)\1+.{0,3}", text, re.DOTALL) is not None


def _is_sequence(text: str) -> bool:
    steps = {ord(after) - ord(before) for before, after in pairwise(text)}
    return len(steps) == 1 and steps <= {-1, 0, 1}


def _count_other_letters(text: str, nama: str) -> int:
    """Letters that remain when names, easy words and everything else is taken away."""
    parts = [part for part in re.split(r"[^\w]|[\d_]", nama) if len(part) > 2]
    for part in [nama, *parts]:
        if part:
            text = text.replace(part, " ")
    return sum(letter.isalpha() for letter in _EASY_WORDS.sub(" ", text))
