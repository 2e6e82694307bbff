"""What would lift the NKO: other AKIP predicates, and more capaian of one indikator. Pure.

Nothing here changes a figure; it says what a better service, or a better AKIP evaluation, would
be worth under the rules that apply.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from skm_app.kinerja.aturan import Aturan, Predikat
from skm_app.kinerja.capaian import Arah, compute_capaian
from skm_app.kinerja.nko import HasilNko, compute_nko
from skm_app.scoring import round_half_up

SERATUS = Decimal(100)
# What is rounded half-up to 2 decimals reaches a figure from half a hundredth below it on.
SETENGAH = Fraction(1, 200)


@dataclass(frozen=True, kw_only=True)
class Masukan:
    """One indikator as it stands; ``paling_tinggi``: what its realisasi cannot exceed."""

    target: Decimal | None
    realisasi: Decimal | None
    arah: Arah = "naik"
    paling_tinggi: Decimal | None = None

    @property
    def capaian(self) -> Decimal | None:
        """In percent, 2 decimals; None without target or realisasi."""
        if self.target is None or self.realisasi is None:
            return None
        return compute_capaian(self.realisasi, self.target, self.arah)


@dataclass(frozen=True, kw_only=True)
class PilihanAkip:
    """The NKO that another AKIP predicate would give, the capaian being the same."""

    akip: Predikat
    koreksi: Decimal
    nko: Decimal
    predikat: Predikat


@dataclass(frozen=True, kw_only=True)
class Langkah:
    """The NKO if one indikator reached ``capaian``.

    ``tambahan``: percentage points more than now. ``realisasi``: the least that gives this
    capaian as printed (where less is better: the most); None: more than there can be.
    """

    ke: int
    capaian: Decimal
    tambahan: Decimal
    realisasi: Decimal | None
    nko: Decimal
    predikat: Predikat


@dataclass(frozen=True, kw_only=True)
class JalanNaik:
    """How to reach the next predicate by one step.

    ``indikator``: steps that suffice, the smallest first; ``akip``: the lowest better AKIP
    predicate that suffices. Both may be missing.
    """

    predikat: Predikat
    indikator: tuple[Langkah, ...]
    akip: PilihanAkip | None


def simulate(masukan: Sequence[Masukan], huruf: str, aturan: Aturan) -> HasilNko:
    """The NKO of these figures under an AKIP predicate.

    :raise KeyError: if the rules know no such predicate.
    """
    return compute_nko([one.capaian for one in masukan], huruf, aturan)


def simulate_akip(
    masukan: Sequence[Masukan], huruf: str, aturan: Aturan
) -> tuple[PilihanAkip, ...]:
    """What every other AKIP predicate would give, the best first; empty without any capaian."""
    found = []
    for akip in aturan.akip:
        hasil = simulate(masukan, akip.nama, aturan)
        if akip.nama != huruf and hasil.nko is not None and hasil.predikat is not None:
            found.append(
                PilihanAkip(
                    akip=akip, koreksi=hasil.koreksi, nko=hasil.nko, predikat=hasil.predikat
                )
            )
    return tuple(found)


def simulate_indikator(
    masukan: Sequence[Masukan], ke: int, huruf: str, aturan: Aturan
) -> tuple[Langkah, ...]:
    """One more percentage point, exactly 100 %, and the most that counts: for one indikator.

    :param ke: its place in ``masukan``.
    :return: empty if its capaian is not known or counts in full already.
    """
    now = masukan[ke].capaian
    if now is None or now >= aturan.paling_tinggi:
        return ()
    goals = {min(now + 1, aturan.paling_tinggi), aturan.paling_tinggi}
    if now < SERATUS:
        goals.add(SERATUS)
    return tuple(_step(masukan, ke, goal, huruf, aturan) for goal in sorted(goals))


def find_jalan_naik(masukan: Sequence[Masukan], huruf: str, aturan: Aturan) -> JalanNaik | None:
    """The smallest single steps to the next predicate; None at the top, or without an NKO."""
    hasil = simulate(masukan, huruf, aturan)
    if hasil.predikat is None or hasil.predikat == aturan.nko[0]:
        return None
    goal = aturan.nko[aturan.nko.index(hasil.predikat) - 1]
    steps = [_find_step(masukan, ke, goal, huruf, aturan) for ke in range(len(masukan))]
    enough = [one for one in steps if one is not None and one.realisasi is not None]
    better = [one for one in simulate_akip(masukan, huruf, aturan) if _reaches(one.nko, goal)]
    return JalanNaik(
        predikat=goal,
        indikator=tuple(sorted(enough, key=lambda one: one.tambahan)),
        akip=better[-1] if better else None,
    )


def compute_realisasi(
    target: Decimal, capaian: Decimal, arah: Arah = "naik", paling_tinggi: Decimal | None = None
) -> Decimal | None:
    """The realisasi from which the printed division reaches a capaian.

    Rounded up to 2 decimals (``turun``: down), so that 0,01 less (more) does not reach it. For
    100 % it is the target, also where rounding would be content with less.

    :param target: more than 0.
    :return: None if no realisasi can be so good.
    """
    share = (Fraction(capaian) - SETENGAH) / 100
    if arah == "turun":
        most = Fraction(math.floor(Fraction(target) * (2 - share) * 100), 100)
        if capaian == SERATUS:
            most = min(most, Fraction(target))
        return round_half_up(most, 2) if most >= 0 else None
    least = Fraction(math.ceil(Fraction(target) * share * 100), 100)
    if capaian == SERATUS:
        least = max(least, Fraction(target))
    if paling_tinggi is not None and least > paling_tinggi:
        return None
    return round_half_up(least, 2)


def _step(
    masukan: Sequence[Masukan], ke: int, capaian: Decimal, huruf: str, aturan: Aturan
) -> Langkah:
    one = masukan[ke]
    now = one.capaian
    if now is None or one.target is None:
        raise AssertionError("only an indikator with a capaian can be improved")
    hasil = compute_nko(_with(masukan, ke, capaian), huruf, aturan)
    if hasil.nko is None or hasil.predikat is None:
        raise AssertionError("a capaian that is known gives an NKO")
    return Langkah(
        ke=ke,
        capaian=round_half_up(capaian, 2),
        tambahan=round_half_up(capaian - now, 2),
        realisasi=compute_realisasi(one.target, capaian, one.arah, one.paling_tinggi),
        nko=hasil.nko,
        predikat=hasil.predikat,
    )


def _find_step(
    masukan: Sequence[Masukan], ke: int, goal: Predikat, huruf: str, aturan: Aturan
) -> Langkah | None:
    """The least capaian of one indikator that is enough, by halving: the NKO never falls."""
    now = masukan[ke].capaian
    if now is None or now >= aturan.paling_tinggi:
        return None
    low, high = int(now * 100), int(aturan.paling_tinggi * 100)  # in hundredths
    if not _is_enough(masukan, ke, high, goal, huruf, aturan):
        return None
    while high - low > 1:
        middle = (low + high) // 2
        if _is_enough(masukan, ke, middle, goal, huruf, aturan):
            high = middle
        else:
            low = middle
    return _step(masukan, ke, _hundredths(high), huruf, aturan)


def _is_enough(
    masukan: Sequence[Masukan], ke: int, capaian: int, goal: Predikat, huruf: str, aturan: Aturan
) -> bool:
    nko = compute_nko(_with(masukan, ke, _hundredths(capaian)), huruf, aturan).nko
    return nko is not None and _reaches(nko, goal)


def _reaches(nko: Decimal, goal: Predikat) -> bool:
    return goal.di_atas is None or nko > goal.di_atas


def _with(masukan: Sequence[Masukan], ke: int, capaian: Decimal) -> list[Decimal | None]:
    return [capaian if place == ke else one.capaian for place, one in enumerate(masukan)]


def _hundredths(count: int) -> Decimal:
    return round_half_up(Fraction(count, 100), 2)


def replace_realisasi(
    masukan: Sequence[Masukan], realisasi: Sequence[Decimal | None]
) -> tuple[Masukan, ...]:
    """The same indikator with other realisasi; None keeps the one there is."""
    return tuple(
        one if value is None else replace(one, realisasi=value)
        for one, value in zip(masukan, realisasi, strict=True)
    )
