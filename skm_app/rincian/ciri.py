"""Tallies per ciri of the respondents: channel, help, hour, gender, age, education, work."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from skm_app.models import CIRI, RekapCiri
from skm_app.results import Lingkup, Rekap
from skm_app.rincian.bagian import Induk, list_di_bawah, sum_people
from skm_app.rincian.tertunda import Kelompok, Tertunda, read_tertunda
from skm_app.scoring import Instrumen, Sebaran, merge_rekap
from skm_app.scoring.kecil import pilih_aman, pilih_kelompok


@dataclass(frozen=True, kw_only=True)
class KelompokCiri:
    """The tallies of one ciri: groups to show and, together, those that are folded."""

    tampil: dict[str, Rekap]
    gabung: tuple[str, ...]
    rekap_gabung: Rekap


def is_bulan_penuh(mulai: date, sampai: date) -> bool:
    """Whether a span consists of whole months."""
    return mulai.day == 1 and (sampai + timedelta(days=1)).day == 1 and mulai <= sampai


def read_ciri(
    session: Session, lingkup: Lingkup, instrumen: Instrumen, induk: Induk, unit_id: uuid.UUID
) -> dict[str, KelompokCiri]:
    """Tallies per ciri of a unit with all below it, over whole months.

    At most five statements, more only if over 500 responses wait to be counted: those are added
    from their rows.

    :param induk: the whole office, so that no part of it can be had by subtraction.
    :raise ValueError: if the days are not whole months or a layanan is chosen: these tallies know
        neither.
    """
    if lingkup.layanan_id is not None or not is_bulan_penuh(lingkup.mulai, lingkup.sampai):
        raise ValueError("rekap ciri hanya ada per bulan penuh dan tanpa layanan")
    years = _Tahun.around(lingkup)
    waiting = read_tertunda(session, tuple(induk), instrumen, years.mulai, years.sampai)
    rekap = _read_rekap_ciri(session, lingkup, instrumen, waiting)
    safe = set(rekap)
    if unit_id != next(iter(induk)):
        per_unit = _count_per_unit(session, lingkup, instrumen, tuple(induk), waiting)
        safe = _find_kelompok_aman(per_unit, induk, unit_id)
    if years.pilihan == range(years.bulan):
        monthly = {key: [_people(one)] for key, one in rekap.items()}
        chosen = range(1)
    else:
        monthly = _count_per_month(session, lingkup, instrumen, years, waiting)
        chosen = years.pilihan
    return {
        ciri: _fold(
            {value: one for (found, value), one in rekap.items() if found == ciri},
            {value: counts for (found, value), counts in monthly.items() if found == ciri},
            chosen,
            {value for found, value in safe if found == ciri},
        )
        for ciri in CIRI
    }


@dataclass(frozen=True, kw_only=True)
class _Tahun:
    """The calendar years around a span of whole months; ``pilihan``: its months among theirs."""

    mulai: date
    bulan: int
    pilihan: range

    @classmethod
    def around(cls, lingkup: Lingkup) -> _Tahun:
        mulai, sampai = lingkup.mulai, lingkup.sampai
        years = sampai.year - mulai.year + 1
        last = (sampai.year - mulai.year) * 12 + sampai.month
        return cls(
            mulai=date(mulai.year, 1, 1), bulan=12 * years, pilihan=range(mulai.month - 1, last)
        )

    @property
    def sampai(self) -> date:
        return date(self.mulai.year + self.bulan // 12 - 1, 12, 31)

    def place(self, day: date) -> int:
        return (day.year - self.mulai.year) * 12 + day.month - 1


def _read_rekap_ciri(
    session: Session, lingkup: Lingkup, instrumen: Instrumen, waiting: list[Tertunda]
) -> dict[Kelompok, Rekap]:
    counts = [func.sum(getattr(RekapCiri, name)) for name in ("n1", "n2", "n3", "n4", "kosong")]
    key = (RekapCiri.ciri, RekapCiri.kelompok, RekapCiri.butir)
    rows = session.execute(
        select(*key, *counts)
        .where(
            RekapCiri.unit_id.in_(lingkup.unit_ids),
            RekapCiri.mulai.between(lingkup.mulai, lingkup.sampai),
            RekapCiri.instrumen_id == instrumen.id,
        )
        .group_by(*key)
    )
    found: defaultdict[Kelompok, Rekap] = defaultdict(dict)
    for ciri, value, butir, *counted in rows:
        found[ciri, value][butir] = Sebaran(*(int(one) for one in counted))
    for one in waiting:
        if one.unit_id in lingkup.unit_ids and lingkup.mulai <= one.tanggal <= lingkup.sampai:
            rekap = {butir: Sebaran.of(nilai) for butir, nilai in one.nilai.items()}
            for kelompok in one.kelompok:
                found[kelompok] = merge_rekap(found[kelompok], rekap)
    return {key: rekap for key, rekap in found.items() if _people(rekap)}


def _count_per_unit(
    session: Session,
    lingkup: Lingkup,
    instrumen: Instrumen,
    unit_ids: tuple[uuid.UUID, ...],
    waiting: list[Tertunda],
) -> dict[tuple[uuid.UUID, Kelompok], int]:
    key = (RekapCiri.unit_id, RekapCiri.ciri, RekapCiri.kelompok)
    rows = session.execute(
        select(*key, sum_people(RekapCiri))
        .where(
            RekapCiri.unit_id.in_(unit_ids),
            RekapCiri.mulai.between(lingkup.mulai, lingkup.sampai),
            RekapCiri.instrumen_id == instrumen.id,
            RekapCiri.butir == instrumen.butir[0].kunci,
        )
        .group_by(*key)
    )
    found: defaultdict[tuple[uuid.UUID, Kelompok], int] = defaultdict(int)
    for unit_id, ciri, value, people in rows:
        found[unit_id, (ciri, value)] += int(people)
    for one in waiting:
        if lingkup.mulai <= one.tanggal <= lingkup.sampai:
            for kelompok in one.kelompok:
                found[one.unit_id, kelompok] += 1
    return dict(found)


def _count_per_month(
    session: Session,
    lingkup: Lingkup,
    instrumen: Instrumen,
    years: _Tahun,
    waiting: list[Tertunda],
) -> dict[Kelompok, list[int]]:
    key = (RekapCiri.mulai, RekapCiri.ciri, RekapCiri.kelompok)
    rows = session.execute(
        select(*key, sum_people(RekapCiri))
        .where(
            RekapCiri.unit_id.in_(lingkup.unit_ids),
            RekapCiri.mulai.between(years.mulai, years.sampai),
            RekapCiri.instrumen_id == instrumen.id,
            RekapCiri.butir == instrumen.butir[0].kunci,
        )
        .group_by(*key)
    )
    found: defaultdict[Kelompok, list[int]] = defaultdict(lambda: [0] * years.bulan)
    for mulai, ciri, value, people in rows:
        found[ciri, value][years.place(mulai)] += int(people)
    for one in waiting:
        if one.unit_id in lingkup.unit_ids:
            for kelompok in one.kelompok:
                found[kelompok][years.place(one.tanggal)] += 1
    return dict(found)


def _find_kelompok_aman(
    per_unit: Mapping[tuple[uuid.UUID, Kelompok], int], induk: Induk, unit_id: uuid.UUID
) -> set[Kelompok]:
    """Groups of one unit that cannot be used to work out those of another."""
    safe: set[Kelompok] = set()
    for ciri in CIRI:
        cells = {cell: n for cell, n in per_unit.items() if cell[1][0] == ciri}
        wanted = list(_list_kelompok(cells, induk))
        accepted = pilih_aman(cells, [part for _, _, part in wanted])
        safe |= {
            kelompok
            for (one, kelompok, _), fine in zip(wanted, accepted, strict=True)
            if fine and one == unit_id and kelompok
        }
    return safe


def _list_kelompok(
    cells: Mapping[tuple[uuid.UUID, Kelompok], int], induk: Induk
) -> Iterator[tuple[uuid.UUID, Kelompok | None, set[tuple[uuid.UUID, Kelompok]]]]:
    """Each unit with all below it, whole and then group by group, the largest first."""
    for unit_id in induk:
        below = list_di_bawah(induk, unit_id)
        part = {cell for cell in cells if cell[0] in below}
        yield unit_id, None, part
        groups: defaultdict[Kelompok, set[tuple[uuid.UUID, Kelompok]]] = defaultdict(set)
        for cell in part:
            groups[cell[1]].add(cell)
        size = {key: sum(cells[cell] for cell in held) for key, held in groups.items()}
        for key in sorted(groups, key=lambda key: (-size[key], key)):
            yield unit_id, key, groups[key]


def _fold(
    rekap: dict[str, Rekap], bulanan: Mapping[str, list[int]], pilihan: range, boleh: set[str]
) -> KelompokCiri:
    shown = pilih_kelompok(bulanan, pilihan, boleh)
    rest = tuple(value for value in rekap if value not in shown)
    return KelompokCiri(
        tampil={value: rekap[value] for value in shown if value in rekap},
        gabung=rest,
        rekap_gabung=merge_rekap(*(rekap[value] for value in rest)),
    )


def _people(rekap: Rekap) -> int:
    return max((sebaran.responden for sebaran in rekap.values()), default=0)
