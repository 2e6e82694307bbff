"""Reads the responses of a scope for the rules, and what they are doing in the index.

The only place besides export and verification that reads responses one by one, so it is bounded:
never more than ``MAX_DIBACA`` of them, found by index, the newest days first.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Row,
    Select,
    case,
    func,
    literal,
    select,
    union_all,
)
from sqlalchemy.orm import Session

from skm_app.intake import WaktuIsi
from skm_app.kualitas.jam import JamLayanan, parse_jam
from skm_app.kualitas.tanda import Lembaran
from skm_app.models import (
    Instalasi,
    Jawaban,
    Putusan,
    Responden,
    Usulan,
    UsulanResponden,
)
from skm_app.results import Lingkup
from skm_app.scoring import Instrumen
from skm_app.usulan.pengecualian import excluded_ids

KUNCI_JAM = "jam_layanan"
MAX_DIBACA = 1000
# Where only one titik is wanted, this many are looked through to find its own.
MAX_DILEWATI = 10_000
# Forms that somebody fills in later from paper tell a day, not a moment.
TANPA_SAAT = ("kertas", "impor")

_COLUMNS = (
    Responden.id,
    Responden.unit_id,
    Responden.titik_id,
    Responden.layanan_id,
    Responden.kanal,
    Responden.diterima,
    Responden.tanggal,
    Responden.jam,
    Responden.jenis_kelamin,
    Responden.usia,
    Responden.pendidikan,
    Responden.pekerjaan,
    Responden.dibantu,
    Responden.waktu_perangkat,
    Responden.selisih_detik,
    Responden.lama_detik,
    Responden.perangkat,
    Responden.batch_id,
    Responden.nomor_lembar,
)
_WAITING = (
    select(UsulanResponden.responden_id)
    .join(Usulan, Usulan.id == UsulanResponden.usulan_id)
    .outerjoin(Putusan, Putusan.usulan_id == Usulan.id)
    .where(Putusan.usulan_id.is_(None))
)


@dataclass(frozen=True, kw_only=True)
class Pilihan:
    """Which responses of a scope to read; nothing chosen: all."""

    titik_id: uuid.UUID | None = None
    batch_ids: tuple[uuid.UUID, ...] = ()


SEMUA = Pilihan()


@dataclass(frozen=True, kw_only=True)
class JawabanTerbaca:
    """One response as far as a page needs it.

    :param lembaran: what the rules look at.
    :param nilai: its answers, only to compute with; never shown.
    :param dikecualikan: it stands left out of the index.
    :param diusulkan: a proposal about it waits for a decision.
    """

    lembaran: Lembaran
    nilai: dict[str, int | None]
    unit_id: uuid.UUID
    jam: str | None
    batch_id: uuid.UUID | None
    nomor_lembar: int | None
    dikecualikan: bool
    diusulkan: bool

    @property
    def id(self) -> uuid.UUID:
        return self.lembaran.id


@dataclass(frozen=True, kw_only=True)
class Bacaan:
    """Responses of a scope, the newest first.

    :param mulai: the first day that was read; later than the scope's if there were too many.
    :param terpotong: some of the scope were not read.
    """

    jawaban: tuple[JawabanTerbaca, ...]
    mulai: date
    terpotong: bool


def nomor_pendek(responden_id: uuid.UUID) -> str:
    """A short name for a response on pages and in talk; says nothing about anyone."""
    return f"{responden_id.hex[:4]}-{responden_id.hex[4:8]}".upper()


def read_jam_layanan(session: Session) -> JamLayanan:
    """The opening hours that the office has set, else the default."""
    return parse_jam(session.scalar(select(Instalasi.nilai).where(Instalasi.kunci == KUNCI_JAM)))


def read_jawaban(
    session: Session,
    lingkup: Lingkup,
    instrumen: Instrumen,
    timezone: ZoneInfo,
    pilihan: Pilihan = SEMUA,
    *,
    limit: int = MAX_DIBACA,
) -> Bacaan:
    """The responses of a scope that answered one instrumen. Five statements."""
    first, terpotong = lingkup.mulai, False
    if not pilihan.batch_ids:
        scanned = limit if pilihan == SEMUA else max(limit, MAX_DILEWATI)
        first, terpotong = _find_first_day(session, lingkup, scanned)
    # Columns, not objects: this is the slowest part of the page.
    chosen = (
        select(*_COLUMNS)
        .where(
            *_conditions(lingkup, instrumen, pilihan),
            Responden.tanggal.between(first, lingkup.sampai),
        )
        .order_by(Responden.tanggal.desc(), Responden.id)
        .limit(limit + 1)
    )
    responden = session.execute(chosen).all()
    kode = _read_kode(session, chosen, instrumen)
    # All of them: there are few, and a list of all ids would take longer to send.
    out = set(session.scalars(excluded_ids()))
    waiting = set(session.scalars(_WAITING))
    return Bacaan(
        jawaban=tuple(
            _make_terbaca(one, _decode(kode[one.id], instrumen), timezone, out, waiting)
            for one in responden[:limit]
        ),
        mulai=first,
        terpotong=terpotong or len(responden) > limit,
    )


def list_waiting(session: Session, ids: Sequence[uuid.UUID]) -> set[uuid.UUID]:
    """Which of these responses an undecided proposal is about."""
    return set(session.scalars(_WAITING.where(UsulanResponden.responden_id.in_(ids))))


def _conditions(
    lingkup: Lingkup, instrumen: Instrumen, pilihan: Pilihan
) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [
        Responden.unit_id.in_(lingkup.unit_ids),
        Responden.instrumen_id == instrumen.id,
    ]
    if lingkup.layanan_id is not None:
        found.append(Responden.layanan_id == lingkup.layanan_id)
    if pilihan.titik_id is not None:
        found.append(Responden.titik_id == pilihan.titik_id)
    if pilihan.batch_ids:
        found.append(Responden.batch_id.in_(pilihan.batch_ids))
    return found


def _find_first_day(session: Session, lingkup: Lingkup, limit: int) -> tuple[date, bool]:
    """The first day from which at most ``limit`` responses lie, and whether there are earlier.

    Walks the index (unit_id, tanggal) backwards, at most ``limit`` + 1 steps per unit, and
    touches no row.
    """
    per_unit = [
        select(Responden.tanggal.label("tanggal"))
        .where(
            Responden.unit_id == unit_id,
            Responden.tanggal.between(lingkup.mulai, lingkup.sampai),
        )
        .order_by(Responden.tanggal.desc())
        .limit(limit + 1)
        .subquery()
        for unit_id in lingkup.unit_ids
    ]
    walked = union_all(*(select(one.c.tanggal) for one in per_unit)).subquery()
    days = session.execute(
        select(walked.c.tanggal, func.count())
        .group_by(walked.c.tanggal)
        .order_by(walked.c.tanggal.desc())
    ).all()
    total = 0
    for number, (day, count) in enumerate(days):
        total += count
        if total > limit:
            # A day is read whole or not at all, unless it is the only one.
            return (days[number - 1][0] if number else day), True
    return lingkup.mulai, False


def _read_kode(
    session: Session, chosen: Select[*tuple[Any, ...]], instrumen: Instrumen
) -> dict[uuid.UUID, int]:
    """All answers of a response as one number: base 5, 0 where it was left open."""
    digits = [
        case(
            (
                Jawaban.butir == butir.kunci,
                func.coalesce(Jawaban.nilai, 0) * literal(5**place, BigInteger),
            ),
            else_=literal(0, BigInteger),
        )
        for place, butir in enumerate(instrumen.butir)
    ]
    number: ColumnElement[int] = func.sum(sum(digits[1:], start=digits[0]))
    rows = session.execute(
        select(Jawaban.responden_id, number)
        .where(Jawaban.responden_id.in_(chosen.with_only_columns(Responden.id)))
        .group_by(Jawaban.responden_id)
    )
    # int(): PostgreSQL sums integers into NUMERIC.
    return {responden_id: int(kode) for responden_id, kode in rows}


def _decode(kode: int, instrumen: Instrumen) -> dict[str, int | None]:
    nilai: dict[str, int | None] = {}
    for butir in instrumen.butir:
        kode, digit = divmod(kode, 5)
        nilai[butir.kunci] = digit or None
    return nilai


def _make_terbaca(
    one: Row[*tuple[Any, ...]],
    nilai: dict[str, int | None],
    timezone: ZoneInfo,
    out: set[uuid.UUID],
    waiting: set[uuid.UUID],
) -> JawabanTerbaca:
    profil = (one.jenis_kelamin, one.usia, one.pendidikan, one.pekerjaan, one.dibantu)
    given = {angka for angka in nilai.values() if angka is not None}
    return JawabanTerbaca(
        lembaran=Lembaran(
            id=one.id,
            titik_id=one.titik_id,
            kanal=one.kanal,
            tanggal=one.tanggal,
            waktu=_waktu_of(one, timezone),
            lama=one.lama_detik,
            perangkat=one.perangkat,
            isi=(one.layanan_id, tuple(nilai.values()), profil),
            seragam=len(given) == 1,
        ),
        nilai=nilai,
        unit_id=one.unit_id,
        jam=one.jam,
        batch_id=one.batch_id,
        nomor_lembar=one.nomor_lembar,
        dikecualikan=one.id in out,
        diusulkan=one.id in waiting,
    )


def _waktu_of(one: Row[*tuple[Any, ...]], timezone: ZoneInfo) -> datetime | None:
    """When it was finished, by the office's clock; None where only the day is known."""
    if one.kanal in TANPA_SAAT:
        return None
    instant = one.diterima
    if one.waktu_perangkat is not None:
        selisih = None if one.selisih_detik is None else timedelta(seconds=one.selisih_detik)
        instant = WaktuIsi(perangkat=one.waktu_perangkat, selisih=selisih).corrected(one.diterima)
    local: datetime = instant.astimezone(timezone)
    if local.date() != one.tanggal:
        # Its day was told otherwise (a form with a date of its own, a clock not believed).
        local = one.diterima.astimezone(timezone)
    return local if local.date() == one.tanggal else None
