"""Small groups: what may be shown so that nobody's answers can be read off, by subtraction either.

Whoever sees the figures of a whole and of all its parts but one knows the last part. So it is not
enough to hide a group of 1..4 people: what remains when all shown groups are taken from the whole
must not be such a group either.

Source: statistical agencies use three or five (OECD glossary of statistical terms); the method is
cell suppression with complementary cells (Hundepool et al., Statistical Disclosure
Control, 2012, ch. 4).
"""

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import TypeVar

MIN_KELOMPOK = 5

K = TypeVar("K", bound=Hashable)


def is_kecil(jumlah: int) -> bool:
    """Say whether so many people are somebody, but too few to be shown."""
    return 0 < jumlah < MIN_KELOMPOK


def pilih_aman(isi: Mapping[K, int], calon: Iterable[Collection[K]]) -> list[bool]:
    """Decide for each set of cells, the most important first, whether its figures may be shown.

    Sets that are shown cut the cells into pieces: two cells lie in the same piece if every shown
    set holds both or neither. Whatever sums and differences of shown sets can tell is about whole
    pieces, so a set is shown as long as no piece holds 1..4 people.

    :param isi: people per cell; a person is in one cell only.
    """
    pieces: list[tuple[frozenset[K], bool]] = [(frozenset(isi), False)]
    shown = []
    for one in calon:
        wanted = frozenset(one)
        cut = [
            (part, seen or inside)
            for piece, seen in pieces
            for part, inside in ((piece & wanted, True), (piece - wanted, False))
            if part
        ]
        fine = not any(seen and is_kecil(sum(isi[key] for key in part)) for part, seen in cut)
        shown.append(fine)
        if fine:
            pieces = cut
    return shown


def lipat(isi: Mapping[K, int]) -> tuple[list[K], list[K]]:
    """Split the groups of a whole that is shown into those to show and those to fold together.

    :return: shown, the largest first; folded. The folded ones together are nobody, at least five,
        or everybody.
    """
    by_size = sorted(isi, key=lambda key: -isi[key])
    whole, *single = pilih_aman(isi, [by_size, *([key] for key in by_size)])
    shown = [key for key, fine in zip(by_size, single, strict=True) if whole and fine]
    return shown, [key for key in by_size if key not in shown]


def gabung_berurutan(jumlah: Sequence[int]) -> list[range]:
    """Join neighbours (days, months) until each span holds nobody more or at least five.

    :return: spans of places, in order, without gaps; the last one takes in a small rest. One span
        with 1..4 people remains if that is all there are.
    """
    spans: list[range] = []
    begin = held = 0
    for place, count in enumerate(jumlah, start=1):
        held += count
        if held >= MIN_KELOMPOK or (held == 0 and count == 0):
            spans.append(range(begin, place))
            begin, held = place, 0
    if begin < len(jumlah):
        # A small rest joins the last span that holds somebody, with the empty ones between.
        while spans and sum(jumlah[i] for i in spans[-1]) == 0:
            begin = spans.pop().start
        begin = spans.pop().start if spans else begin
        spans.append(range(begin, len(jumlah)))
    return spans


def find_batas(jumlah: Sequence[int]) -> set[int]:
    """Return how many people lie before each place where a span of days or months may begin or end.

    Two spans that begin and end there differ by nobody or by at least five people.
    """
    before, found = 0, {0}
    for span in gabung_berurutan(jumlah):
        before += sum(jumlah[place] for place in span)
        found.add(before)
    return found


def pilih_kelompok(
    bulanan: Mapping[K, Sequence[int]], pilihan: range, boleh: AbstractSet[K]
) -> list[K]:
    """Choose the groups that may be shown for some months of a year, the largest first.

    Neither a shown group nor all others together may be small, or differ by 1..4 people from the
    same group in other months.

    :param bulanan: people per group in each month of the year.
    :param pilihan: the months that are looked at.
    :param boleh: groups that nothing else speaks against.
    """

    def is_fine(counts: Sequence[int]) -> bool:
        batas = find_batas(counts)
        begin, end = sum(counts[: pilihan.start]), sum(counts[: pilihan.stop])
        return {begin, end} <= batas and not is_kecil(end - begin)

    size = {key: sum(counts[i] for i in pilihan) for key, counts in bulanan.items()}
    shown = [key for key in lipat(size)[0] if key in boleh and is_fine(bulanan[key])]
    while shown and not is_fine(_sum_up(bulanan, set(bulanan) - set(shown), pilihan)):
        shown.pop()
    return shown


def _sum_up(bulanan: Mapping[K, Sequence[int]], keys: set[K], pilihan: range) -> list[int]:
    if not keys:
        return [0] * pilihan.stop
    return [sum(month) for month in zip(*(bulanan[key] for key in keys), strict=True)]
