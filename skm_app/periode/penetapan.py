"""Closing a period: its result is computed once more and frozen.

The frozen record holds the inputs beside the figures, so that it can be recomputed by anyone,
and a fingerprint that chains it to the record before it, so that a changed or missing record
shows. Answers that arrive later are kept, but never change it.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from skm_app.catatan import Pelaku
from skm_app.database import Database
from skm_app.models import (
    Pembukaan,
    Penetapan,
    Pengecualian,
    Periode,
    Putusan,
    Responden,
    Terbitan,
    Unit,
    Usulan,
)
from skm_app.rantai import FIRST_LINK, compute_link
from skm_app.results import HasilLingkup, Lingkup, list_unit_ids_below, read_hasil
from skm_app.scoring import Sebaran, compute_sample_size, get_konvensi
from skm_app.usulan.dua_orang import SETUJU, decide
from skm_app.usulan.pengecualian import excluded_ids

BERUBAH = (
    "Ada jawaban baru sejak halaman ini dibuka, atau datanya diubah. Mohon periksa sekali lagi."
)


class PenetapanError(Exception):
    """A period cannot be closed as things are; the message says why."""


def lingkup_of(session: Session, periode: Periode) -> Lingkup:
    """The scope a period measures: its unit with all below it, from its first to its last day."""
    return Lingkup(
        unit_ids=list_unit_ids_below(session, periode.unit_id),
        mulai=periode.mulai,
        sampai=periode.sampai,
    )


def read_periode(session: Session, periode: Periode) -> HasilLingkup:
    """The result of a period as it stands now, under the period's own rules."""
    return read_hasil(
        session,
        lingkup_of(session, periode),
        periode.instrumen_id,
        get_konvensi(periode.konvensi),
    )


@dataclass(frozen=True, kw_only=True)
class Rancangan:
    """What closing a period at this moment would freeze."""

    found: HasilLingkup
    isi: dict[str, Any]

    @property
    def sidik(self) -> str:
        """Changes with anything that would be frozen."""
        return compute_link([self.isi], "")

    @property
    def belum(self) -> list[str]:
        """Names of the unsur that nobody answered: without them there is no index."""
        names = {one.kunci: one.nama for one in self.found.instrumen.unsur}
        return [names[kunci] for kunci in self.found.hasil.unsur_kosong]


def draft_penetapan(session: Session, periode: Periode) -> Rancangan:
    """What would be frozen now: the inputs, the figures, and what was left out and why.

    ``kebutuhan``: respondents needed for the users served, by Krejcie and Morgan.
    """
    found = read_periode(session, periode)
    isi = {
        "periode": periode.nama,
        "unit": periode.unit.nama,
        "mulai": periode.mulai.isoformat(),
        "sampai": periode.sampai.isoformat(),
        "instrumen": found.instrumen.to_dict(),
        "rekap": {kunci: _counts(sebaran) for kunci, sebaran in found.rekap.items()},
        "hasil": found.hasil.to_json(),
        # Answers in these days to another questionnaire, which this index cannot hold.
        "instrumen_lain": dict(found.lain),
        "pengecualian": _list_pengecualian(session, periode),
        "populasi": periode.populasi,
        "populasi_sumber": periode.populasi_sumber,
        "kebutuhan": compute_sample_size(periode.populasi) if periode.populasi else None,
    }
    return Rancangan(found=found, isi=isi)


def close_periode(
    database: Database,
    session: Session,
    periode: Periode,
    oleh: str,
    pengusul: str | None = None,
    sidik: str | None = None,
) -> Penetapan:
    """Freeze the result of a period; the caller commits.

    However few answered: that five are needed is checked where people propose and confirm it
    (``usulan_periode``).

    :param oleh: account name of the person who closes it.
    :param pengusul: account name of the person who proposed it.
    :param sidik: ``Rancangan.sidik`` of what that person saw; None: nobody looked.
    :raise PenetapanError: if it is closed already, an unsur has no answer at all, or the
        figures are no longer those that were seen.
    """
    database.lock_intake(session.connection(), exclusive=True)
    # Asked for again after the lock: somebody else may have closed it meanwhile.
    session.refresh(periode)
    rancangan = check_closable(session, periode, sidik)
    hasil = rancangan.found.hasil
    if hasil.ikm is None or hasil.ikm_eksak is None or hasil.mutu is None:
        raise AssertionError("check_closable has refused this.")
    isi = {**rancangan.isi, "pengusul": pengusul}
    last = session.scalars(select(Penetapan).order_by(Penetapan.nomor.desc()).limit(1)).first()
    sebelum = last.sidik if last else FIRST_LINK
    ditetapkan = _now_after_newest(session)
    penetapan = Penetapan(
        nomor=last.nomor + 1 if last else 1,
        periode=periode,
        ditetapkan=ditetapkan,
        oleh=oleh,
        n=hasil.n,
        ikm=hasil.ikm,
        ikm_eksak=hasil.ikm_eksak,
        mutu=hasil.mutu.huruf,
        isi=isi,
        sidik_sebelum=sebelum,
        sidik=compute_sidik(isi, ditetapkan, oleh, sebelum),
    )
    session.add(penetapan)
    session.flush()
    return penetapan


def check_closable(session: Session, periode: Periode, sidik: str | None = None) -> Rancangan:
    """What would be frozen, if the period can be closed.

    :raise PenetapanError: as ``close_periode``.
    """
    if periode.penetapan is not None:
        raise PenetapanError(f"Periode {periode.nama} sudah ditetapkan.")
    rancangan = draft_penetapan(session, periode)
    if rancangan.belum:
        raise PenetapanError(
            f"Periode {periode.nama} belum dapat ditetapkan: belum ada jawaban untuk "
            f"{', '.join(rancangan.belum)}."
        )
    if sidik is not None and sidik != rancangan.sidik:
        raise PenetapanError(BERUBAH)
    return rancangan


def reopen_periode(
    database: Database, session: Session, pelaku: Pelaku, usulan: Usulan, catatan: str = ""
) -> Penetapan:
    """Approve that a closed period is opened again; its frozen result stays readable.

    The caller commits.

    :raise PenetapanError: if it is not closed.
    :raise UsulanError: if this person may not decide, or it was decided before.
    """
    database.lock_intake(session.connection(), exclusive=True)
    decide(session, pelaku, usulan, SETUJU, catatan)
    periode = session.get_one(Periode, usulan.periode_id, populate_existing=True)
    penetapan = periode.penetapan
    if penetapan is None:
        raise PenetapanError(f"Periode {periode.nama} tidak sedang ditetapkan.")
    session.add(Pembukaan(penetapan_id=penetapan.id, usulan_id=usulan.id, dibuka=datetime.now(UTC)))
    session.flush()
    session.expire(penetapan)
    session.expire(periode)
    return penetapan


def _list_pengecualian(session: Session, periode: Periode) -> list[dict[str, Any]]:
    """Why responses of a period stand excluded, and how many: one entry per proposal."""
    # Of a response that was left out, taken in and left out again, the last time counts.
    last = (
        select(Pengecualian.responden_id, func.max(Pengecualian.berlaku).label("berlaku"))
        .where(Pengecualian.responden_id.in_(excluded_ids()))
        .group_by(Pengecualian.responden_id)
        .subquery()
    )
    rows = session.execute(
        select(Usulan.alasan, Usulan.pengusul, Putusan.pemutus, Pengecualian.berlaku, func.count())
        .join(Usulan, Pengecualian.usulan_id == Usulan.id)
        .join(Putusan, Putusan.usulan_id == Usulan.id)
        .join(Responden, Pengecualian.responden_id == Responden.id)
        .join(
            last,
            (last.c.responden_id == Pengecualian.responden_id)
            & (last.c.berlaku == Pengecualian.berlaku),
        )
        .where(*_responden_of(session, periode))
        .group_by(Usulan.id, Putusan.pemutus, Pengecualian.berlaku)
        .order_by(Pengecualian.berlaku, Usulan.id)
    ).all()
    return [
        {"alasan": alasan, "pengusul": pengusul, "pemutus": pemutus, "jumlah": int(jumlah)}
        for alasan, pengusul, pemutus, _, jumlah in rows
    ]


def _responden_of(session: Session, periode: Periode) -> tuple[ColumnElement[bool], ...]:
    """Conditions for the responses that belong to a period, excluded or not."""
    lingkup = lingkup_of(session, periode)
    return (
        Responden.unit_id.in_(lingkup.unit_ids),
        Responden.tanggal.between(lingkup.mulai, lingkup.sampai),
        Responden.instrumen_id == periode.instrumen_id,
    )


def counted_by(
    session: Session, periode: Periode, penetapan: Penetapan | None
) -> tuple[ColumnElement[bool], ...]:
    """Conditions for the responses whose answers make up a period's figures.

    :param penetapan: as they stood when this was frozen; None: as they stand now.
    """
    if penetapan is None:
        return (*_responden_of(session, periode), Responden.id.not_in(excluded_ids()))
    return (
        *_responden_of(session, periode),
        Responden.diterima <= penetapan.ditetapkan,
        Responden.id.not_in(excluded_ids(penetapan.ditetapkan)),
    )


def _now_after_newest(session: Session) -> datetime:
    """This moment, never before a response or exclusion that counts: the clock may be set back."""
    moments = [datetime.now(UTC)]
    for column in (Responden.diterima, Pengecualian.berlaku):
        newest = session.scalar(select(func.max(column)))
        if newest is not None:
            moments.append(newest)
    return max(moments)


def compute_sidik(isi: dict[str, Any], ditetapkan: datetime, oleh: str, sebelum: str) -> str:
    """SHA-256 over a frozen record in canonical JSON and the fingerprint before it."""
    return compute_link([isi, ditetapkan.astimezone(UTC).isoformat(), oleh], sebelum)


def _counts(sebaran: Sebaran) -> list[int]:
    return [sebaran.n1, sebaran.n2, sebaran.n3, sebaran.n4, sebaran.kosong]


def find_latest_terbitan(session: Session, unit_id: uuid.UUID) -> Terbitan | None:
    """The newest public result of a unit, or of the nearest unit above it that has one.

    Public is what was released and whose period stands closed as it was then.
    """
    current: uuid.UUID | None = unit_id
    while current is not None:
        found = session.scalars(
            select(Terbitan)
            .join(Penetapan, Penetapan.id == Terbitan.penetapan_id)
            .join(Periode, Periode.id == Penetapan.periode_id)
            .outerjoin(Pembukaan, Pembukaan.penetapan_id == Penetapan.id)
            .where(Periode.unit_id == current, Pembukaan.penetapan_id.is_(None))
            # The year before its last month, which ends on the same day.
            .order_by(Periode.sampai.desc(), Periode.mulai, Penetapan.nomor.desc())
            .limit(1)
        ).first()
        if found is not None:
            return found
        current = session.scalar(select(Unit.parent_id).where(Unit.id == current))
    return None
