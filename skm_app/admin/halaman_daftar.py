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
    terakhir: int

    @property
    def mulai(self) -> int:
        """How many entries stand before this page."""
        return (self.nomor - 1) * self.per

    def has_next(self, found: int) -> bool:
        """Whether another page follows, if one entry more than this page shows was asked for."""
        return found > self.per and self.nomor < self.terakhir


def read_halaman(per: int, terakhir: int = MAX_HALAMAN) -> HalamanDaftar:
    """The page of a list that the address asks for; 404 if it cannot be one.

    :param terakhir: the last page that may be asked for.
    """
    text = request.args.get("hal", "1")
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:7]) <= terakhir):
        abort(404)
    return HalamanDaftar(nomor=int(text[:7]), per=per, terakhir=terakhir)
