"""Signs that a response may not be a citizen's own: pure rules over small rows.

A sign asks for a look, and proves nothing. Nothing is left out of the index because of one; two
people decide that (see ``pengecualian``). Why these signs and thresholds:
docs/decisions/012-quality-signs.md.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from types import MappingProxyType

from skm_app.kualitas.jam import JamLayanan

CEPAT = "cepat"
BERUNTUN = "beruntun"
KEMBAR = "kembar"
LUAR_JAM = "luar-jam"
SERAGAM = "seragam"

# In the order they are shown.
TANDA: Mapping[str, str] = MappingProxyType(
    {
        CEPAT: "Diisi sangat cepat",
        BERUNTUN: "Beruntun dari satu perangkat",
        KEMBAR: "Isi kembar",
        LUAR_JAM: "Beruntun di luar jam layanan",
        SERAGAM: "Semua jawaban sama, bersama tanda lain",
    }
)
KIOS = "kios"


@dataclass(frozen=True, kw_only=True)
class Ambang:
    """Thresholds of all signs, each with its reason."""

    # Reading nine questions aloud takes over a minute, skimming them half of one; under 15 s
    # nobody has read them. Longer questionnaires get more, in proportion.
    cepat_detik: int = 15
    cepat_butir: int = 9
    # A family that shares a phone sends two or three; the fourth within a quarter of an hour is
    # somebody who answers for others.
    perangkat_isian: int = 4
    perangkat_rentang: timedelta = timedelta(minutes=15)
    # A kiosk is meant to be shared, so only its pace tells: five people in a row, each done in
    # under 20 seconds with walking up and walking away, do not exist.
    kios_isian: int = 5
    kios_jarak: timedelta = timedelta(seconds=20)
    # Equal answers on one day are normal (most people answer 3 everywhere). Equal answers,
    # service and profile at one titik within minutes are more often one form sent twice.
    kembar_rentang: timedelta = timedelta(minutes=5)
    # One form in the evening is a citizen at home. Three at one titik within half an hour while
    # the office is closed were sent by somebody who sat down to do so.
    luar_jam_isian: int = 3
    luar_jam_rentang: timedelta = timedelta(minutes=30)


AMBANG = Ambang()


@dataclass(frozen=True, kw_only=True)
class Lembaran:
    """What the rules may know of one response.

    :param waktu: when it was finished, aware, in the office's zone; None where only the day is
        known (paper, imports).
    :param lama: seconds from the first question to sending; None where nobody measured.
    :param perangkat: same for forms of one device on one day; None where unknown.
    :param isi: answers, service and profile, comparable and nothing else.
    :param seragam: whether every answer that was given is the same.
    """

    id: uuid.UUID
    titik_id: uuid.UUID
    kanal: str
    tanggal: date
    waktu: datetime | None
    lama: int | None
    perangkat: str | None
    isi: Hashable
    seragam: bool

    @property
    def perangkat_sendiri(self) -> str | None:
        """The device, where it is somebody's own; a kiosk is everybody's."""
        return None if self.kanal == KIOS else self.perangkat


def find_tanda(
    lembaran: Sequence[Lembaran], jam: JamLayanan, butir: int, ambang: Ambang = AMBANG
) -> dict[uuid.UUID, frozenset[str]]:
    """The signs of every response that has one.

    The order of the rows makes no difference, and more rows never take a sign away.

    :param butir: number of questions of the instrumen they all answered.
    """
    found: defaultdict[uuid.UUID, set[str]] = defaultdict(set)
    rules: dict[str, Iterable[Lembaran]] = {
        CEPAT: _find_cepat(lembaran, butir, ambang),
        BERUNTUN: _find_beruntun(lembaran, ambang),
        KEMBAR: _find_kembar(lembaran, ambang),
        LUAR_JAM: _find_luar_jam(lembaran, jam, ambang),
    }
    for tanda, marked in rules.items():
        for one in marked:
            found[one.id].add(tanda)
    for one in lembaran:
        # "3333…" is how many honest people answer: alone it says nothing.
        if one.seragam and one.id in found:
            found[one.id].add(SERAGAM)
    return {id_: frozenset(tanda) for id_, tanda in found.items()}


def _find_cepat(lembaran: Iterable[Lembaran], butir: int, ambang: Ambang) -> Iterator[Lembaran]:
    batas = Fraction(ambang.cepat_detik * butir, ambang.cepat_butir)
    return (one for one in lembaran if one.lama is not None and one.lama < batas)


def _find_beruntun(lembaran: Sequence[Lembaran], ambang: Ambang) -> Iterator[Lembaran]:
    own = _group(lembaran, lambda one: one.perangkat_sendiri and (one.tanggal, one.perangkat))
    for group in own:
        yield from _find_bursts(group, ambang.perangkat_isian, ambang.perangkat_rentang)
    for group in _group(lembaran, lambda one: one.titik_id if one.kanal == KIOS else None):
        span = (ambang.kios_isian - 1) * ambang.kios_jarak
        # Exactly at the pace is still allowed.
        yield from _find_bursts(group, ambang.kios_isian, span - timedelta(microseconds=1))


def _find_kembar(lembaran: Sequence[Lembaran], ambang: Ambang) -> Iterator[Lembaran]:
    for group in _group(lembaran, lambda one: (one.titik_id, one.isi)):
        for number, (waktu, one) in enumerate(group):
            near = [
                other
                for place, (other_waktu, other) in enumerate(group)
                if place != number and abs(other_waktu - waktu) <= ambang.kembar_rentang
            ]
            if any(_maybe_same_person(one, other) for other in near):
                yield one


def _maybe_same_person(one: Lembaran, other: Lembaran) -> bool:
    """Two phones that are known to be different are two people."""
    own = (one.perangkat_sendiri, other.perangkat_sendiri)
    return None in own or own[0] == own[1]


def _find_luar_jam(
    lembaran: Sequence[Lembaran], jam: JamLayanan, ambang: Ambang
) -> Iterator[Lembaran]:
    closed = [one for one in lembaran if one.waktu is not None and not jam.is_open(one.waktu)]
    for group in _group(closed, lambda one: one.titik_id):
        yield from _find_bursts(group, ambang.luar_jam_isian, ambang.luar_jam_rentang)


Kelompok = list[tuple[datetime, Lembaran]]


def _group(
    lembaran: Iterable[Lembaran], key_of: Callable[[Lembaran], Hashable]
) -> Iterator[Kelompok]:
    """Rows whose instant is known, by key (None: left out), each group in order of time."""
    groups: defaultdict[Hashable, Kelompok] = defaultdict(list)
    for one in lembaran:
        key = key_of(one)
        if key is not None and one.waktu is not None:
            groups[key].append((one.waktu, one))
    for group in groups.values():
        yield sorted(group, key=lambda timed: (timed[0], timed[1].id))


def _find_bursts(group: Kelompok, count: int, span: timedelta) -> Iterator[Lembaran]:
    """Every row that stands among ``count`` rows within ``span``; each once."""
    marked_until = 0
    for first in range(len(group) - count + 1):
        last = first + count - 1
        if group[last][0] - group[first][0] <= span:
            for _, one in group[max(first, marked_until) : last + 1]:
                yield one
            marked_until = last + 1
