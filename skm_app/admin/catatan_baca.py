"""Reads the audit log for its page: filters in, one page of records out, bounded."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from skm_app.admin.forms import clean_teks, parse_tanggal
from skm_app.admin.hak import get_sesi, list_my_tree
from skm_app.admin.saringan import SaringanError
from skm_app.catatan import SISTEM
from skm_app.models import Catatan, Pengguna

NAMES = ("oleh", "aksi", "objek", "mulai", "sampai", "teks", "sebelum")
PER_HALAMAN = 50
# Records looked through for one page; what lies further back is one press away.
MAX_DILEWATI = 20_000
MAX_UNDUH = 10_000
# The filters offer the actions and kinds that occur in this many newest records.
MAX_PILIHAN = 5_000
SISTEM_SAJA = "sistem"


@dataclass(frozen=True, kw_only=True)
class SaringanCatatan:
    """Which records. ``oleh_id`` with ``sistem`` False: one person; ``sebelum``: older than this
    number."""

    oleh_id: uuid.UUID | None
    sistem: bool
    aksi: str
    objek: str
    mulai: date | None
    sampai: date | None
    teks: str
    sebelum: int | None


@dataclass(frozen=True, kw_only=True)
class HalamanCatatan:
    """One page of the log, the newest first.

    :param lanjut: number to go on below; None at the end.
    :param dicari_sampai: the record down to which was searched, where that is not the page's own.
    """

    baris: Sequence[Catatan]
    lanjut: int | None
    dicari_sampai: int | None


def read_saringan_catatan(kueri: Mapping[str, str]) -> SaringanCatatan:
    """:raise SaringanError: naming the parameter that cannot be used."""
    given = {name: clean_teks(kueri.get(name)) for name in NAMES}
    mulai, sampai = _read_day("mulai", given["mulai"]), _read_day("sampai", given["sampai"])
    if mulai and sampai and mulai > sampai:
        raise SaringanError("Parameter mulai: tanggal mulai harus sebelum tanggal sampai.")
    sistem = given["oleh"] == SISTEM_SAJA
    return SaringanCatatan(
        oleh_id=None if sistem else _read_oleh(given["oleh"]),
        sistem=sistem,
        aksi=given["aksi"],
        objek=given["objek"],
        mulai=mulai,
        sampai=sampai,
        teks=given["teks"][:100],
        sebelum=_read_number(given["sebelum"]),
    )


def read_halaman(session: Session, saringan: SaringanCatatan, timezone: ZoneInfo) -> HalamanCatatan:
    """One page. Three statements, over at most ``MAX_DILEWATI`` records."""
    conditions = [*_of_my_units(session), *_conditions(saringan, timezone)]
    top = saringan.sebelum or (session.scalar(select(func.max(Catatan.nomor))) or 0) + 1
    top = min(top, _first_after(session, saringan, timezone) or top)
    bottom = max(top - MAX_DILEWATI, 1)
    found = session.scalars(
        select(Catatan)
        .where(Catatan.nomor < top, Catatan.nomor >= bottom, *conditions)
        .order_by(Catatan.nomor.desc())
        .limit(PER_HALAMAN + 1)
    ).all()
    if len(found) > PER_HALAMAN:
        shown = found[:PER_HALAMAN]
        return HalamanCatatan(baris=shown, lanjut=shown[-1].nomor, dicari_sampai=None)
    further = bottom > 1
    return HalamanCatatan(
        baris=found,
        lanjut=bottom if further else None,
        dicari_sampai=bottom if further else None,
    )


def list_for_export(
    session: Session, saringan: SaringanCatatan, timezone: ZoneInfo
) -> Sequence[Catatan]:
    """The newest ``MAX_UNDUH`` records of the filters."""
    conditions = [*_of_my_units(session), *_conditions(saringan, timezone)]
    return session.scalars(
        select(Catatan).where(*conditions).order_by(Catatan.nomor.desc()).limit(MAX_UNDUH)
    ).all()


def list_orang(session: Session) -> list[tuple[str, str]]:
    """Who may have done something, as choices: accounts, and the ``skm`` command."""
    statement = select(Pengguna.id, Pengguna.nama).order_by(Pengguna.nama)
    if get_sesi().unit_id is not None:
        statement = statement.where(Pengguna.unit_id.in_([one.id for one in list_my_tree(session)]))
    return [
        *((str(id_), nama) for id_, nama in session.execute(statement)),
        (SISTEM_SAJA, SISTEM.nama),
    ]


def list_kinds(session: Session) -> tuple[list[str], list[str]]:
    """Actions and kinds of object that occur in the newest records. Two statements."""
    newest = session.scalar(select(func.max(Catatan.nomor))) or 0
    rows = session.execute(
        select(Catatan.aksi, Catatan.objek)
        .where(Catatan.nomor > newest - MAX_PILIHAN, *_of_my_units(session))
        .distinct()
    ).all()
    return sorted({row.aksi for row in rows}), sorted({row.objek for row in rows})


def find_head(session: Session) -> Catatan | None:
    """The newest record: whoever notes its number and sidik can later tell a shortened log."""
    return session.scalars(select(Catatan).order_by(Catatan.nomor.desc()).limit(1)).first()


def _of_my_units(session: Session) -> Iterator[ColumnElement[bool]]:
    """A person limited to a part of the office sees the records of that part only."""
    if get_sesi().unit_id is not None:
        yield Catatan.unit_id.in_([unit.id for unit in list_my_tree(session)])


def _conditions(saringan: SaringanCatatan, timezone: ZoneInfo) -> Iterator[ColumnElement[bool]]:
    if saringan.sistem:
        yield Catatan.pengguna_id.is_(None)
    if saringan.oleh_id is not None:
        yield Catatan.pengguna_id == saringan.oleh_id
    if saringan.aksi:
        yield Catatan.aksi == saringan.aksi
    if saringan.objek:
        yield Catatan.objek == saringan.objek
    if saringan.mulai is not None:
        yield Catatan.waktu >= _midnight(saringan.mulai, timezone)
    if saringan.sampai is not None:
        yield Catatan.waktu < _midnight(saringan.sampai + timedelta(days=1), timezone)
    if saringan.teks:
        # Escaped: a percent sign in the text is a percent sign.
        columns = (Catatan.keterangan, Catatan.alasan, Catatan.oleh)
        yield or_(*(column.icontains(saringan.teks, autoescape=True) for column in columns))


def _first_after(session: Session, saringan: SaringanCatatan, timezone: ZoneInfo) -> int | None:
    """Number of the first record after the last wanted day, found by the index on ``waktu``."""
    if saringan.sampai is None:
        return None
    after = _midnight(saringan.sampai + timedelta(days=1), timezone)
    statement = select(Catatan.nomor).where(Catatan.waktu >= after)
    return session.scalar(statement.order_by(Catatan.waktu, Catatan.nomor).limit(1))


def _midnight(day: date, timezone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(0), timezone)


def _read_day(name: str, text: str) -> date | None:
    try:
        return parse_tanggal(text) if text else None
    except ValueError as error:
        raise SaringanError(f"Parameter {name}: {error}") from error


def _read_oleh(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text) if text else None
    except ValueError:
        raise SaringanError("Parameter oleh: bukan pilihan dari daftar.") from None


def _read_number(text: str) -> int | None:
    if not text:
        return None
    if not text.isascii() or not text.isdigit() or len(text) > 9 or int(text) < 1:
        raise SaringanError("Parameter sebelum: bukan nomor catatan.")
    return int(text)
