"""The plan of a unit as a tree: tujuan, sasaran, indikator, and which programmes pay for them."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from skm_app.models import (
    Anggaran,
    Dukungan,
    Indikator,
    Rencana,
    Sasaran,
    Target,
    TargetLama,
    Tujuan,
)
from skm_app.results import list_unit_ids_below


@dataclass(frozen=True, kw_only=True)
class SasaranPohon:
    """One sasaran with its indikator and the programmes of the budget that pay for it.

    ``nomor``: its place in the whole plan, from 1, as documents count them.
    """

    sasaran: Sasaran
    nomor: int
    indikator: tuple[Indikator, ...]
    dukungan: tuple[Dukungan, ...]


@dataclass(frozen=True, kw_only=True)
class TujuanPohon:
    """One tujuan with its sasaran; ``nomor``: its place in the plan, from 1."""

    tujuan: Tujuan
    nomor: int
    sasaran: tuple[SasaranPohon, ...]


@dataclass(frozen=True, kw_only=True)
class RencanaPohon:
    """A plan. ``lepas``: indikator of the unit that have no place in it (yet)."""

    rencana: Rencana
    tujuan: tuple[TujuanPohon, ...]
    lepas: tuple[Indikator, ...]

    @property
    def tahun(self) -> range:
        """The years that the plan covers, first and last included."""
        return range(self.rencana.mulai, self.rencana.sampai + 1)

    @property
    def sasaran(self) -> tuple[SasaranPohon, ...]:
        """All sasaran, in the order of the plan."""
        return tuple(one for tujuan in self.tujuan for one in tujuan.sasaran)

    @property
    def indikator(self) -> tuple[Indikator, ...]:
        """All indikator, in the order of the plan; those without a place last."""
        placed = [one for sasaran in self.sasaran for one in sasaran.indikator]
        return (*placed, *self.lepas)


@dataclass(frozen=True, kw_only=True)
class BarisTarget:
    """The targets of one indikator by year.

    ``lama``: versions that were revised, by year, oldest first; ``akhir``: the target of the
    plan's last year, None if it is not set yet.
    """

    indikator: Indikator
    target: Mapping[int, Target]
    lama: Mapping[int, tuple[TargetLama, ...]]
    akhir: Target | None


def read_rencana(session: Session, unit_id: uuid.UUID) -> RencanaPohon | None:
    """The plan of a unit; None if it has none yet. Five statements, however large it is."""
    rencana = session.get(Rencana, unit_id)
    if rencana is None:
        return None
    all_sasaran = _list_sasaran(session, unit_id)
    all_dukungan = list_dukungan(session, unit_id)
    all_indikator = list_indikator(session, unit_id)
    nomor = {one.id: place for place, one in enumerate(all_sasaran, 1)}
    tujuan = [
        TujuanPohon(
            tujuan=one,
            nomor=place,
            sasaran=tuple(
                SasaranPohon(
                    sasaran=sasaran,
                    nomor=nomor[sasaran.id],
                    indikator=tuple(i for i in all_indikator if i.sasaran_id == sasaran.id),
                    dukungan=tuple(d for d in all_dukungan if d.sasaran_id == sasaran.id),
                )
                for sasaran in all_sasaran
                if sasaran.tujuan_id == one.id
            ),
        )
        for place, one in enumerate(_list_tujuan(session, unit_id), 1)
    ]
    return RencanaPohon(
        rencana=rencana,
        tujuan=tuple(tujuan),
        lepas=tuple(one for one in all_indikator if one.sasaran_id is None),
    )


def list_indikator(session: Session, unit_id: uuid.UUID) -> Sequence[Indikator]:
    """The indikator of a unit in the order of its plan, with their other names."""
    return session.scalars(
        select(Indikator)
        .outerjoin(Indikator.sasaran)
        .outerjoin(Sasaran.tujuan)
        .where(Indikator.unit_id == unit_id)
        .options(selectinload(Indikator.nama_lain), selectinload(Indikator.sasaran))
        # Those without a place last, on both databases.
        .order_by(
            Indikator.sasaran_id.is_(None),
            Tujuan.urutan,
            Tujuan.id,
            Sasaran.urutan,
            Sasaran.id,
            Indikator.urutan,
            Indikator.id,
        )
    ).all()


def list_target(session: Session, unit_id: uuid.UUID) -> tuple[BarisTarget, ...]:
    """The targets of all indikator of a unit, with the versions that were revised."""
    indikator = list_indikator(session, unit_id)
    ids = [one.id for one in indikator]
    targets = session.scalars(select(Target).where(Target.indikator_id.in_(ids))).all()
    old = session.scalars(
        select(TargetLama).where(TargetLama.indikator_id.in_(ids)).order_by(TargetLama.nomor)
    ).all()
    rencana = session.get(Rencana, unit_id)
    return tuple(_make_baris(one, targets, old, rencana) for one in indikator)


def list_dukungan(session: Session, unit_id: uuid.UUID) -> Sequence[Dukungan]:
    """Which programmes pay for the sasaran of a unit's plan."""
    return session.scalars(
        select(Dukungan)
        .join(Sasaran, Dukungan.sasaran_id == Sasaran.id)
        .join(Sasaran.tujuan)
        .where(Tujuan.unit_id == unit_id)
        .order_by(Dukungan.program, Dukungan.id)
    ).all()


def list_program(session: Session, unit_id: uuid.UUID) -> Sequence[str]:
    """Programmes as the budget rows of a unit and the units below it write them, by name."""
    below = list_unit_ids_below(session, unit_id)
    return session.scalars(
        select(Anggaran.program)
        .where(Anggaran.unit_id.in_(below))
        .distinct()
        .order_by(Anggaran.program)
    ).all()


def _list_tujuan(session: Session, unit_id: uuid.UUID) -> Sequence[Tujuan]:
    return session.scalars(
        select(Tujuan).where(Tujuan.unit_id == unit_id).order_by(Tujuan.urutan, Tujuan.id)
    ).all()


def _list_sasaran(session: Session, unit_id: uuid.UUID) -> Sequence[Sasaran]:
    return session.scalars(
        select(Sasaran)
        .join(Sasaran.tujuan)
        .where(Tujuan.unit_id == unit_id)
        .order_by(Tujuan.urutan, Tujuan.id, Sasaran.urutan, Sasaran.id)
    ).all()


def _make_baris(
    indikator: Indikator,
    targets: Sequence[Target],
    old: Sequence[TargetLama],
    rencana: Rencana | None,
) -> BarisTarget:
    own = {one.tahun: one for one in targets if one.indikator_id == indikator.id}
    lama: dict[int, tuple[TargetLama, ...]] = {}
    for one in old:
        if one.indikator_id == indikator.id:
            lama[one.tahun] = (*lama.get(one.tahun, ()), one)
    akhir = own.get(rencana.sampai) if rencana else None
    return BarisTarget(indikator=indikator, target=own, lama=lama, akhir=akhir)
