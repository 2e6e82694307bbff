"""Long lists in pages: ``?hal=2`` and the way to the next and the previous one."""

from __future__ import annotations

from dataclasses import dataclass

from flask import abort, request

MAX_HALAMAN = 100_000


@dataclass(frozen=True, kw_only=True)
class HalamanDaftar:
    """Which part of a list is shown, counted from page 1."""

    nomor: int
    per: int

    @property
    def mulai(self) -> int:
        """How many entries stand before this page."""
        return (self.nomor - 1) * self.per


def read_halaman(per: int) -> HalamanDaftar:
    """The page of a list that the address asks for; 404 if it cannot be one."""
    text = request.args.get("hal", "1")
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:7]) <= MAX_HALAMAN):
        abort(404)
    return HalamanDaftar(nomor=int(text[:7]), per=per)
