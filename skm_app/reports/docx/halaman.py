"""Guesses on which page each heading falls, for the table of contents.

A word processor knows pages only after it has set them, and Word does not look at a table of
contents again until somebody asks it to. So that its first sight is right, or off by one at
worst, lines are counted here as Arial would break them. LibreOffice computes the numbers anew
when the table is updated; so does Word (F9).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

# Advance widths of Arial (and of Helvetica and Liberation Sans) for U+0020..U+007E, in 1/1000 em.
LEBAR = (
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278,
    556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
    1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
    667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
    333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,
    556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
)  # fmt: skip
LAIN = 556  # any other character
TEBAL = 1.06  # bold letters are wider
TINGGI = 1.149  # of a line, in em


def _panjang(kata: str) -> int:
    return sum(LEBAR[ord(c) - 32] if 32 <= ord(c) < 127 else LAIN for c in kata)


def ukur_larik(teks: str, huruf: float, *, tebal: bool = False) -> float:
    """How wide a text is on one line. ``huruf`` and the result in points."""
    return _panjang(teks) * huruf / 1000 * (TEBAL if tebal else 1)


def hitung_baris(
    teks: str, lebar: float, huruf: float, *, tebal: bool = False, masuk: float = 0
) -> int:
    """Lines that a text takes. ``lebar``, ``huruf``, ``masuk`` (first line's indent) in points."""
    skala = huruf / 1000 * (TEBAL if tebal else 1)
    jumlah = 0
    for larik in teks.split("\n"):
        sisa, jumlah = lebar - masuk, jumlah + 1
        for kata in larik.split():
            panjang = _panjang(kata) * skala
            if panjang > sisa and sisa < lebar:
                jumlah, sisa = jumlah + 1, lebar
            while panjang > sisa:  # a word longer than a line is cut
                jumlah, panjang, sisa = jumlah + 1, panjang - max(sisa, huruf), lebar
            sisa -= panjang + LEBAR[0] * skala
    return jumlah


@dataclass(frozen=True, kw_only=True)
class Kotak:
    """What is set as one: a paragraph, or a table. Heights in points.

    ``baris``: lines or rows that stay whole. ``tempel``: stays with what follows. ``utuh``: all
    lines on one page. ``ulang``: header set again on each further page. ``putus``: begins a page.
    ``penanda``: bookmark that it bears.
    """

    baris: Sequence[float]
    sebelum: float = 0
    sesudah: float = 0
    tempel: bool = False
    utuh: bool = False
    ulang: float = 0
    putus: bool = False
    penanda: str = ""


@dataclass
class Halaman:
    """Fills pages of one height with boxes, one after the other.

    ``jarak``: space wanted below what was set last. Between two paragraphs stands the larger of
    the two spaces, not their sum.
    """

    tinggi: float
    nomor: int
    terpakai: float = 0
    jarak: float = 0
    letak: dict[str, int] = field(default_factory=dict)

    def muat(self, kotak: Sequence[Kotak]) -> None:
        """Set boxes from the top of a new page."""
        for nomor, satu in enumerate(kotak):
            if self.terpakai and (
                satu.putus or self.terpakai + _perlu(kotak[nomor:], self.jarak) > self.tinggi
            ):
                self._balik()
            if satu.penanda:
                self.letak[satu.penanda] = self.nomor
            self._isi(satu, diminta=satu.putus or nomor == 0)

    def _isi(self, kotak: Kotak, *, diminta: bool) -> None:
        # At a page's head space is kept only where the page was asked for.
        if self.terpakai or diminta:
            self.terpakai += max(self.jarak, kotak.sebelum)
        for baris in kotak.baris:
            if self.terpakai + baris > self.tinggi and self.terpakai > kotak.ulang:
                self._balik()
                self.terpakai = kotak.ulang
            self.terpakai += baris
        self.jarak = kotak.sesudah

    def _balik(self) -> None:
        self.nomor += 1
        self.terpakai = self.jarak = 0


def _perlu(kotak: Sequence[Kotak], jarak: float) -> float:
    """Height that the first box needs where it begins: with its company, or two lines of it."""
    perlu = 0.0
    for satu in kotak:
        perlu += max(jarak, satu.sebelum)
        jarak = satu.sesudah
        if not satu.tempel:
            # Two lines at least stay together at a page's foot and head (widow control).
            awal = len(satu.baris) if satu.utuh or len(satu.baris) <= 3 else 2
            return perlu + sum(satu.baris[:awal])
        perlu += sum(satu.baris)
    return perlu


def tulis_romawi(nomor: int) -> str:
    """Page numbers of what stands before the first chapter: i, ii, iii."""
    pasangan = (
        (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
        (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
    )  # fmt: skip
    teks = ""
    for nilai, huruf in pasangan:
        banyak, nomor = divmod(nomor, nilai)
        teks += huruf * banyak
    return teks
