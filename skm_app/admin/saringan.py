"""The dashboard's filters: an address in, a scope with its rules out."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import CTE, Select, and_, bindparam, case, literal, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from skm_app.admin.forms import parse_tanggal
from skm_app.admin.hak import get_sesi, list_my_tree
from skm_app.admin.unit import UnitPohon, get_kantor_id, list_below, list_tree
from skm_app.models import Layanan, Periode, Unit
from skm_app.periode import DEFAULT_INSTRUMEN
from skm_app.results import Lingkup
from skm_app.scoring import EKSAK, Konvensi, get_konvensi

NAMES = ("unit", "layanan", "mulai", "sampai")


class SaringanError(ValueError):
    """A filter holds something unusable; the message names it."""


@dataclass(frozen=True, kw_only=True)
class Aturan:
    """The rules that apply to the chosen days, and the period they come from, if there is one.

    ``mulai``, ``sampai``: of that period, else of the calendar year.
    """

    periode_id: uuid.UUID | None
    unit_id: uuid.UUID | None
    periode: str | None
    mulai: date
    sampai: date
    instrumen_id: str
    konvensi: str
    populasi: int | None


@dataclass(frozen=True, kw_only=True)
class Saringan:
    """A chosen scope and the rules under which it is scored.

    :param pohon: the units this person may see; :param kantor: the whole office.
    """

    pohon: list[UnitPohon]
    kantor: list[UnitPohon]
    unit_id: uuid.UUID
    lingkup: Lingkup
    aturan: Aturan
    konvensi: Konvensi

    @property
    def periode(self) -> str | None:
        """Name of the period whose rules apply; None: the regulation's own."""
        return self.aturan.periode

    @property
    def instrumen_id(self) -> str:
        return self.aturan.instrumen_id

    @property
    def tahun(self) -> int:
        """The year whose target applies: that of the last day."""
        return self.lingkup.sampai.year

    @property
    def seluruh_kantor(self) -> bool:
        """Whether nothing of the office is left out."""
        return self.unit_id == self.kantor[0].id and self.lingkup.layanan_id is None

    @property
    def rentang_biasa(self) -> bool:
        """Whether the days are those of the period (or year), not picked by hand."""
        chosen = (self.lingkup.mulai, self.lingkup.sampai)
        return chosen == (self.aturan.mulai, self.aturan.sampai)

    @property
    def seperiode(self) -> bool:
        """Whether this is exactly what a period measures: its unit, its days, every layanan."""
        return (
            self.rentang_biasa
            and self.aturan.unit_id == self.unit_id
            and self.lingkup.layanan_id is None
        )


def read_saringan(session: Session, kueri: Mapping[str, str], today: date) -> Saringan:
    """Read the filters of an address. Four statements with a layanan, else three; two more for
    people who see a part of the office only.

    The rules are those of the period that is just the chosen days, else of the newest that
    touches them; a year comes before the months in it.

    :raise SaringanError: naming the parameter that cannot be used.
    :raise KantorBelumAdaError: before the first run.
    """
    given = {name: kueri.get(name, "").strip() for name in NAMES}
    pohon = list_my_tree(session)
    unit_id = _read_unit(given["unit"], pohon, pohon[0].id)
    layanan_id = _read_layanan(session, given["layanan"], pohon)
    mulai, sampai = _read_dates(given["mulai"], given["sampai"])
    aturan = _find_aturan(session, unit_id, mulai or today, sampai or today)
    # Without dates: the whole of the period that covers today.
    mulai, sampai = mulai or aturan.mulai, sampai or aturan.sampai
    whole = get_sesi().unit_id is None
    return Saringan(
        pohon=pohon,
        kantor=pohon if whole else list_tree(session, get_kantor_id(session)),
        unit_id=unit_id,
        lingkup=Lingkup(
            unit_ids=list_below(pohon, unit_id),
            mulai=mulai,
            sampai=sampai,
            layanan_id=layanan_id,
        ),
        aturan=aturan,
        konvensi=get_konvensi(aturan.konvensi),
    )


def _read_unit(text: str, pohon: list[UnitPohon], kantor_id: uuid.UUID) -> uuid.UUID:
    if not text:
        return kantor_id
    unit_id = _read_uuid("unit", text)
    if all(unit.id != unit_id for unit in pohon):
        raise SaringanError("Parameter unit: unit ini tidak ada di kantor Anda.")
    return unit_id


def _read_layanan(session: Session, text: str, pohon: list[UnitPohon]) -> uuid.UUID | None:
    if not text:
        return None
    layanan_id = _read_uuid("layanan", text)
    owner = session.scalar(select(Layanan.unit_id).where(Layanan.id == layanan_id))
    if owner is None or all(unit.id != owner for unit in pohon):
        raise SaringanError("Parameter layanan: layanan ini tidak ada di kantor Anda.")
    return layanan_id


def _read_uuid(name: str, text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError:
        raise SaringanError(f"Parameter {name}: bukan pilihan dari daftar.") from None


def _read_dates(mulai_text: str, sampai_text: str) -> tuple[date | None, date | None]:
    """Both dates or neither; one alone is completed to the first or last day of its year."""
    mulai = _read_date("mulai", mulai_text)
    sampai = _read_date("sampai", sampai_text)
    if sampai and not mulai:
        mulai = date(sampai.year, 1, 1)
    if mulai and not sampai:
        sampai = date(mulai.year, 12, 31)
    if mulai and sampai and mulai > sampai:
        raise SaringanError("Parameter mulai: tanggal mulai harus sebelum tanggal sampai.")
    return mulai, sampai


def _read_date(name: str, text: str) -> date | None:
    if not text:
        return None
    try:
        return parse_tanggal(text)
    except ValueError as error:
        raise SaringanError(f"Parameter {name}: {error}") from error


def _make_above() -> CTE:
    above = select(Unit.id, Unit.parent_id, literal(0).label("jarak"))
    cte = above.where(Unit.id == bindparam("unit_id")).cte(recursive=True)
    parents = select(Unit.id, Unit.parent_id, (cte.c.jarak + 1).label("jarak"))
    return cte.union_all(parents.join(cte, Unit.id == cte.c.parent_id))


def _make_periode_statement(*columns: InstrumentedAttribute[Any]) -> Select[Any]:
    cte = _make_above()
    same = and_(Periode.mulai == bindparam("mulai"), Periode.sampai == bindparam("sampai"))
    exact = case((same, 1), else_=0)
    return (
        select(*columns)
        .join(cte, Periode.unit_id == cte.c.id)
        .where(Periode.mulai <= bindparam("sampai"), Periode.sampai >= bindparam("mulai"))
        .order_by(cte.c.jarak, exact.desc(), Periode.sampai.desc(), Periode.mulai)
    )


# Built once: the live index asks every two seconds, and building it costs more than asking.
_PERIODE = _make_periode_statement(
    Periode.id,
    Periode.unit_id,
    Periode.nama,
    Periode.mulai,
    Periode.sampai,
    Periode.instrumen_id,
    Periode.konvensi,
    Periode.populasi,
).limit(1)
_TEPI = _make_periode_statement(Periode.mulai, Periode.sampai)


def _find_aturan(session: Session, unit_id: uuid.UUID, mulai: date, sampai: date) -> Aturan:
    """The period that is just these days, else the newest that touches them, and of several the
    longest: of the unit or the nearest above. One statement.
    """
    row = session.execute(
        _PERIODE, {"unit_id": unit_id, "mulai": mulai, "sampai": sampai}
    ).one_or_none()
    if row is None:
        return Aturan(
            periode_id=None,
            unit_id=None,
            periode=None,
            mulai=date(sampai.year, 1, 1),
            sampai=date(sampai.year, 12, 31),
            instrumen_id=DEFAULT_INSTRUMEN,
            konvensi=EKSAK.nama,
            populasi=None,
        )
    id_, owner_id, nama, periode_mulai, periode_sampai, instrumen_id, konvensi, populasi = row
    return Aturan(
        periode_id=id_,
        unit_id=owner_id,
        periode=nama,
        mulai=periode_mulai,
        sampai=periode_sampai,
        instrumen_id=instrumen_id,
        konvensi=konvensi,
        populasi=populasi,
    )


def list_tepi(session: Session, saringan: Saringan) -> list[date]:
    """First days, in order, at which spans that are always shown begin, around the chosen days.

    Those are the calendar years and the periods of the unit and the units above it; the last entry
    is the day after. One statement.
    """
    mulai = saringan.lingkup.mulai.replace(month=1, day=1)
    sampai = saringan.lingkup.sampai.replace(month=12, day=31)
    spans = session.execute(
        _TEPI, {"unit_id": saringan.unit_id, "mulai": mulai, "sampai": sampai}
    ).all()
    found = {date(year, 1, 1) for year in range(mulai.year, sampai.year + 2)}
    for first, last in spans:
        found |= {first, last + timedelta(days=1)}
    return sorted(found)
