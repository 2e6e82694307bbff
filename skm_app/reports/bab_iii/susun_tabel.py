"""Tables of Bab III as wide as their words and numbers: smaller letters, else a wide page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from skm_app.reports.docx.halaman import ukur_larik
from skm_app.reports.dokumen import Blok, HalamanBaru, Tabel

# Points that a table has across a page, and that its letters take, without or with ``kecil``.
LEBAR_HALAMAN = {False: 439.0, True: 685.0}
HURUF = {False: 9.5, True: 8.0}
TEPI_SEL = 8.5  # points lost to both margins of a cell
# The letters of another word processor are a little wider, bold ones more so.
LONGGAR = {False: 1.02, True: 1.07}
PALING_PERLU = 110.0  # a longer word is broken


def place_tabel(tabel: Tabel, *, mendatar: bool = False) -> Iterator[Blok]:
    """A table as wide as its page, which is turned for it if it must be: no number is torn apart.

    :param mendatar: the page lies on its long side already.
    """
    if mendatar or is_muat(tabel):
        yield _fit(tabel, mendatar=mendatar) or replace(tabel, kecil=True)
        return
    yield HalamanBaru(mendatar=True)
    yield _fit(tabel, mendatar=True) or replace(tabel, kecil=True)
    yield HalamanBaru()


def is_muat(tabel: Tabel) -> bool:
    """Whether a table fits on an upright page."""
    return _fit(tabel, mendatar=False) is not None


def _fit(tabel: Tabel, *, mendatar: bool) -> Tabel | None:
    """The table with widths for a page, in small letters if need be; None: it is too wide."""
    semua = LEBAR_HALAMAN[mendatar]
    for kecil in (tabel.kecil, True):
        perlu = _list_perlu(tabel, HURUF[kecil])
        if sum(perlu) <= semua:
            return replace(tabel, kecil=kecil, lebar=_bagi(tabel.lebar, perlu, semua))
    return None


def _list_perlu(tabel: Tabel, huruf: float) -> list[float]:
    """Points that each column needs for its longest word."""
    tebal = frozenset(tabel.tebal)
    rows: list[tuple[Sequence[str], bool]] = [(tabel.kepala, True)]
    rows += [(row, place in tebal) for place, row in enumerate(tabel.baris)]
    return [
        min(
            max(
                (
                    ukur_larik(word, huruf, tebal=bold) * LONGGAR[bold]
                    for row, bold in rows
                    for word in row[column].split()
                ),
                default=0.0,
            ),
            PALING_PERLU,
        )
        + TEPI_SEL
        for column in range(len(tabel.kepala))
    ]


def _bagi(lebar: Sequence[int], perlu: Sequence[float], semua: float) -> list[int]:
    """Shares as wanted, but none below its need; what that takes, the others give up."""
    kurang: set[int] = set()
    while True:
        sisa = semua - sum(perlu[n] for n in kurang)
        bebas = sum(one for n, one in enumerate(lebar) if n not in kurang) or 1
        luas = [perlu[n] if n in kurang else one * sisa / bebas for n, one in enumerate(lebar)]
        baru = {n for n, one in enumerate(luas) if n not in kurang and one < perlu[n]}
        if not baru:
            return [max(round(one * 10), 1) for one in luas]
        kurang |= baru
