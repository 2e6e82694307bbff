"""Stores the budget of a year as a whole: what was there before goes, all or nothing."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from skm_app.capaian.anggaran import BarisAnggaran, plain_nama, read_anggaran
from skm_app.capaian.berkas_anggaran import IsiAnggaran
from skm_app.models import Anggaran
from skm_app.rantai import compute_link
from skm_app.results import list_unit_ids_below

Kunci = tuple[str, str, str, str]


@dataclass(frozen=True, kw_only=True)
class RingkasUnit:
    """Totals of a unit, or of all of them, in whole rupiah."""

    nama: str
    anggaran_rp: int
    realisasi_rp: int


@dataclass(frozen=True, kw_only=True)
class RingkasAnggaran:
    """A budget in short. ``baris``: number of sub kegiatan."""

    baris: int
    anggaran_rp: int
    realisasi_rp: int
    unit: tuple[RingkasUnit, ...]


@dataclass(frozen=True, kw_only=True)
class PerubahanBaris:
    """One sub kegiatan before and after; None: not there.

    ``kunci``: names of unit, program, kegiatan and sub kegiatan. Values: budget and spending in
    whole rupiah, penjelasan.
    """

    kunci: Kunci
    sebelum: tuple[int, int, str] | None
    sesudah: tuple[int, int, str] | None


def summarize_tersimpan(baris: Sequence[BarisAnggaran]) -> RingkasAnggaran:
    """What ``read_anggaran`` found, in short."""
    units = [
        RingkasUnit(nama=one.nama, anggaran_rp=one.anggaran_rp, realisasi_rp=one.realisasi_rp)
        for one in baris
        if one.tingkat == "unit"
    ]
    return _sum_up(sum(one.tingkat == "sub_kegiatan" for one in baris), units)


def summarize_isi(isi: Sequence[IsiAnggaran]) -> RingkasAnggaran:
    """The rows of a file, in short."""
    sums: dict[str, tuple[int, int]] = {}
    for one in isi:
        anggaran_rp, realisasi_rp = sums.get(one.unit, (0, 0))
        sums[one.unit] = (anggaran_rp + one.anggaran_rp, realisasi_rp + one.realisasi_rp)
    units = [
        RingkasUnit(nama=nama, anggaran_rp=anggaran_rp, realisasi_rp=realisasi_rp)
        for nama, (anggaran_rp, realisasi_rp) in sums.items()
    ]
    return _sum_up(len(isi), units)


def complete_isi(
    isi: Sequence[IsiAnggaran], baris: Sequence[BarisAnggaran]
) -> tuple[IsiAnggaran, ...]:
    """The rows of a file, with the penjelasan that is stored where the file has none."""
    words = {_plain_kunci(one): one.penjelasan for one in baris if one.penjelasan}
    return tuple(
        one if one.penjelasan else replace(one, penjelasan=words.get(_plain_kunci(one), ""))
        for one in isi
    )


def compare_anggaran(
    lama: Sequence[BarisAnggaran], baru: Sequence[IsiAnggaran]
) -> tuple[PerubahanBaris, ...]:
    """Every sub kegiatan that a budget adds, changes or takes away, in this order.

    :param lama: what ``read_anggaran`` found; ``baru``: complete rows, see ``complete_isi``.
    """
    before = {_kunci_of(one): _values_of(one) for one in lama if one.tingkat == "sub_kegiatan"}
    after = {_kunci_of(one): _values_of(one) for one in baru}
    return tuple(
        PerubahanBaris(kunci=kunci, sebelum=before.get(kunci), sesudah=after.get(kunci))
        for kunci in sorted(
            dict.fromkeys([*after, *before]), key=lambda one: (one in before) + (one not in after)
        )
        if before.get(kunci) != after.get(kunci)
    )


def replace_anggaran(
    session: Session, unit_id: uuid.UUID, tahun: int, isi: Sequence[IsiAnggaran]
) -> None:
    """Store the budget of a unit and everything under it, in the place of what is there.

    :param isi: complete rows, see ``complete_isi``.
    """
    mine = (Anggaran.unit_id.in_(list_unit_ids_below(session, unit_id)), Anggaran.tahun == tahun)
    session.execute(delete(Anggaran).where(*mine))
    # Behind those of other units, where only a part of the office is replaced.
    first = session.scalar(
        select(func.coalesce(func.max(Anggaran.urutan), 0)).where(Anggaran.tahun == tahun)
    )
    session.add_all(
        Anggaran(
            unit_id=one.unit_id,
            tahun=tahun,
            urutan=urutan,
            program=one.program,
            kegiatan=one.kegiatan,
            sub_kegiatan=one.sub_kegiatan,
            anggaran_rp=one.anggaran_rp,
            realisasi_rp=one.realisasi_rp,
            penjelasan=one.penjelasan,
        )
        for urutan, one in enumerate(isi, (first or 0) + 1)
    )
    session.flush()


def compute_sidik_anggaran(session: Session, unit_id: uuid.UUID, tahun: int) -> str:
    """A fingerprint of what is stored: a form remembers it, to notice somebody else's change."""
    fields = [
        (one.unit, one.program, one.kegiatan, one.sub_kegiatan, one.anggaran_rp, one.realisasi_rp,
         one.penjelasan)
        for one in read_anggaran(session, unit_id, tahun)
        if one.tingkat == "sub_kegiatan"
    ]  # fmt: skip
    return compute_link([list(one) for one in fields], "")


def _kunci_of(one: BarisAnggaran | IsiAnggaran) -> Kunci:
    return (one.unit, one.program, one.kegiatan, one.sub_kegiatan)


def _plain_kunci(one: BarisAnggaran | IsiAnggaran) -> tuple[str, ...]:
    """Another spelling is no other row to explain."""
    return tuple(plain_nama(nama) for nama in _kunci_of(one))


def _values_of(one: BarisAnggaran | IsiAnggaran) -> tuple[int, int, str]:
    return (one.anggaran_rp, one.realisasi_rp, one.penjelasan)


def _sum_up(baris: int, units: Sequence[RingkasUnit]) -> RingkasAnggaran:
    return RingkasAnggaran(
        baris=baris,
        anggaran_rp=sum(one.anggaran_rp for one in units),
        realisasi_rp=sum(one.realisasi_rp for one in units),
        unit=tuple(units),
    )
