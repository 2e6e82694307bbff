"""Long lists in pages: which one the address asks for."""

from __future__ import annotations

from dataclasses import dataclass

from flask import abort, request

MAX_LEMBAR = 10_000


@dataclass(frozen=True, kw_only=True)
class Lembar:
    """One page of a list. ``nomor`` from 1; ``per``: rows on each."""

    nomor: int
    per: int

    @property
    def mulai(self) -> int:
        """How many rows lie before this page."""
        return (self.nomor - 1) * self.per


def read_lembar(per: int) -> Lembar:
    """The page in the address (``?lembar=2``), the first without; 404 for what is no number."""
    text = request.args.get("lembar", "1")
    if not (text.isascii() and text.isdecimal()) or not 1 <= int(text) <= MAX_LEMBAR:
        abort(404)
    return Lembar(nomor=int(text), per=per)
