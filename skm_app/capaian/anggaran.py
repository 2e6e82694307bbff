"""The budget of a year: every level of it, and what each sasaran cost. Rupiah are whole."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Literal, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from skm_app.kata import plain
from skm_app.kinerja import compute_serapan
from skm_app.models import Anggaran, Dukungan, Sasaran, Tujuan, Unit
from skm_app.results import list_unit_ids_below

Tingkat = Literal["total", "unit", "program", "kegiatan", "sub_kegiatan"]
TINGKAT: tuple[Tingkat, ...] = ("total", "unit", "program", "kegiatan", "sub_kegiatan")
TIDAK_TERKAIT = "Tidak terkait sasaran"


@dataclass(frozen=True, kw_only=True)
class BarisAnggaran:
    """One line of the budget table (LKjIP 2024, Tabel 3.10).

    Names below the line's own level are empty. ``penjelasan``: why more was spent than
    budgeted, for a sub kegiatan. ``id``: the stored row, for a sub kegiatan only.
    """

    tingkat: Tingkat
    unit: str
    program: str = ""
    kegiatan: str = ""
    sub_kegiatan: str = ""
    anggaran_rp: int
    realisasi_rp: int
    penjelasan: str = ""
    id: uuid.UUID | None = None

    @property
    def nama(self) -> str:
        """What the line is called at its own level."""
        return self.sub_kegiatan or self.kegiatan or self.program or self.unit

    @property
    def serapan(self) -> Decimal | None:
        """Percent spent, 2 decimals; None: there is no budget."""
        return compute_serapan(self.anggaran_rp, self.realisasi_rp)

    @property
    def melebihi(self) -> bool:
        """Whether more was spent than budgeted."""
        return self.realisasi_rp > self.anggaran_rp


@dataclass(frozen=True, kw_only=True)
class BiayaSasaran:
    """What the programmes behind one sasaran were given and spent.

    ``sasaran_id`` None: the money that serves no sasaran of the plan.
    """

    sasaran_id: uuid.UUID | None
    sasaran: str
    program: tuple[str, ...]
    anggaran_rp: int
    realisasi_rp: int

    @property
    def serapan(self) -> Decimal | None:
        """Percent spent, 2 decimals; None: there is no budget."""
        return compute_serapan(self.anggaran_rp, self.realisasi_rp)


@dataclass(frozen=True, kw_only=True)
class JumlahAnggaran:
    """How many programmes, kegiatan and sub kegiatan a budget has, whoever carries them out."""

    program: int
    kegiatan: int
    sub_kegiatan: int


class _Baris(NamedTuple):
    unit_id: uuid.UUID
    unit: str
    jenis: str
    row: Anggaran


def read_anggaran(session: Session, unit_id: uuid.UUID, tahun: int) -> tuple[BarisAnggaran, ...]:
    """The budget of a unit and everything under it: the total, then each unit with its levels.

    Every upper level is the sum of the one below it. The unit itself comes first; programmes,
    kegiatan and other units stand in the order of the budget (``Anggaran.urutan``).

    :return: empty if nothing is stored for that year.
    """
    rows = _read_rows(session, unit_id, tahun)
    if not rows:
        return ()
    nama = session.scalars(select(Unit.nama).where(Unit.id == unit_id)).one()
    lines = [_sum_up("total", [one.row for one in rows], unit=nama)]
    for _, group in groupby(rows, key=lambda one: one.unit_id):
        own = list(group)
        lines += _make_unit(own[0].unit, [one.row for one in own])
    return tuple(lines)


def read_biaya(session: Session, unit_id: uuid.UUID, tahun: int) -> tuple[BiayaSasaran, ...]:
    """The budget of a unit's year by the sasaran of its plan, in the plan's order.

    Every rupiah counts once: a row goes to the dukungan that names its programme and the kind
    of its unit, else to the one that names its programme alone; of several, to the first
    sasaran. What is left comes last, without sasaran, so that the sum is that of
    ``read_anggaran``.

    :return: empty if nothing is stored for that year.
    """
    rows = _read_rows(session, unit_id, tahun)
    if not rows:
        return ()
    sasaran = _list_sasaran(session, unit_id)
    owners: dict[tuple[str, str | None], uuid.UUID] = {}
    for dukungan in _list_dukungan(session, [one.id for one in sasaran]):
        owners.setdefault((plain_nama(dukungan.program), dukungan.jenis_unit), dukungan.sasaran_id)
    found: dict[uuid.UUID | None, list[Anggaran]] = {}
    for one in rows:
        program = plain_nama(one.row.program)
        owner = owners.get((program, one.jenis)) or owners.get((program, None))
        found.setdefault(owner, []).append(one.row)
    lines = [_make_biaya(one.id, one.uraian, found.get(one.id, [])) for one in sasaran]
    if None in found:
        lines.append(_make_biaya(None, TIDAK_TERKAIT, found[None]))
    return tuple(lines)


def count_anggaran(baris: Iterable[BarisAnggaran]) -> JumlahAnggaran:
    """Count what the money of a budget pays for, each name once however many units carry it out.

    Names are compared as ``plain_nama`` has them, and what got no money (budget and spending both
    0) is not paid for. So 2024 has 3, 9 and 28.

    Source: LKjIP 2024, Ringkasan Eksekutif (Bab III.B prints 3, 7 and 23).
    """
    names: dict[str, set[str]] = {tingkat: set() for tingkat in TINGKAT}
    for one in baris:
        if one.anggaran_rp or one.realisasi_rp:
            names[one.tingkat].add(plain_nama(one.nama))
    return JumlahAnggaran(
        program=len(names["program"]),
        kegiatan=len(names["kegiatan"]),
        sub_kegiatan=len(names["sub_kegiatan"]),
    )


def plain_nama(nama: str) -> str:
    """A programme, kegiatan or sub kegiatan to compare by.

    The same with or without "Program" or "Kegiatan" before it, with "&" or "dan" in it, whatever
    its spaces and capitals.
    """
    text = plain(nama.replace("&", " dan "))
    for kind in ("program ", "sub kegiatan ", "kegiatan "):
        text = text.removeprefix(kind)
    return text


def _read_rows(session: Session, unit_id: uuid.UUID, tahun: int) -> list[_Baris]:
    """The stored rows, unit by unit: the unit asked for, then as the budget lists them."""
    found = session.execute(
        select(Anggaran, Unit.nama, Unit.jenis)
        .join(Unit, Anggaran.unit_id == Unit.id)
        .where(Anggaran.unit_id.in_(list_unit_ids_below(session, unit_id)), Anggaran.tahun == tahun)
    ).all()
    rows = sorted(
        (_Baris(row.unit_id, nama, jenis, row) for row, nama, jenis in found),
        key=lambda one: (one.row.urutan, one.row.id),
    )
    first: dict[uuid.UUID, int] = {unit_id: -1}
    for number, one in enumerate(rows):
        first.setdefault(one.unit_id, number)
    return sorted(rows, key=lambda one: first[one.unit_id])


def _make_unit(unit: str, rows: Sequence[Anggaran]) -> list[BarisAnggaran]:
    lines = [_sum_up("unit", rows, unit=unit)]
    for program, within in _group(rows, "program").items():
        lines.append(_sum_up("program", within, unit=unit, program=program))
        for kegiatan, below in _group(within, "kegiatan").items():
            lines.append(_sum_up("kegiatan", below, unit=unit, program=program, kegiatan=kegiatan))
            lines += [_make_sub(unit, row) for row in below]
    return lines


def _group(rows: Sequence[Anggaran], kolom: str) -> dict[str, list[Anggaran]]:
    """Rows by a name, in the order of the first row of each."""
    found: dict[str, list[Anggaran]] = {}
    for row in rows:
        found.setdefault(getattr(row, kolom), []).append(row)
    return found


def _make_sub(unit: str, row: Anggaran) -> BarisAnggaran:
    return BarisAnggaran(
        tingkat="sub_kegiatan",
        unit=unit,
        program=row.program,
        kegiatan=row.kegiatan,
        sub_kegiatan=row.sub_kegiatan,
        anggaran_rp=row.anggaran_rp,
        realisasi_rp=row.realisasi_rp,
        penjelasan=row.penjelasan,
        id=row.id,
    )


def _sum_up(tingkat: Tingkat, rows: Sequence[Anggaran], **names: str) -> BarisAnggaran:
    return BarisAnggaran(
        tingkat=tingkat,
        unit=names["unit"],
        program=names.get("program", ""),
        kegiatan=names.get("kegiatan", ""),
        anggaran_rp=sum(row.anggaran_rp for row in rows),
        realisasi_rp=sum(row.realisasi_rp for row in rows),
    )


def _list_sasaran(session: Session, unit_id: uuid.UUID) -> list[Sasaran]:
    return list(
        session.scalars(
            select(Sasaran)
            .join(Tujuan, Sasaran.tujuan_id == Tujuan.id)
            .where(Tujuan.unit_id == unit_id)
            .order_by(Tujuan.urutan, Sasaran.urutan, Sasaran.id)
        )
    )


def _list_dukungan(session: Session, sasaran: Sequence[uuid.UUID]) -> list[Dukungan]:
    """In the order of their sasaran."""
    found = session.scalars(select(Dukungan).where(Dukungan.sasaran_id.in_(sasaran)))
    return sorted(found, key=lambda one: (sasaran.index(one.sasaran_id), one.id))


def _make_biaya(
    sasaran_id: uuid.UUID | None, sasaran: str, rows: Sequence[Anggaran]
) -> BiayaSasaran:
    return BiayaSasaran(
        sasaran_id=sasaran_id,
        sasaran=sasaran,
        program=tuple(_group(rows, "program")),
        anggaran_rp=sum(row.anggaran_rp for row in rows),
        realisasi_rp=sum(row.realisasi_rp for row in rows),
    )
