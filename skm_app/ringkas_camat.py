"""What the camat needs to know about a year, on one page: index, target, trend, problems, deeds.

Every figure is one that stands elsewhere in the program; nothing is computed here.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from skm_app.capaian import CapaianTahun, read_capaian
from skm_app.models import Periode, Rtl, Unit
from skm_app.penetapan import read_periode
from skm_app.scoring import compute_sample_size

KODE_IKM = "ikm"
TAHUN_TREN = 5
MASALAH = 3


@dataclass(frozen=True, kw_only=True)
class UnsurLemah:
    """One of the weakest unsur, with what is planned about it."""

    kunci: str
    nama: str
    nrr: Decimal
    mutu: str
    rtl: tuple[Rtl, ...]


@dataclass(frozen=True, kw_only=True)
class RingkasCamat:
    """One year of one unit.

    :param ikm: None while an unsur has no answer; ``mutu`` and ``kinerja`` then too.
    :param ditetapkan: when it was closed; None: figures of the moment.
    :param kebutuhan: responses needed (Krejcie–Morgan); None: users of the year unknown.
    :param tren: up to five years, oldest first.
    :param terlemah: at least the three weakest unsur; more where they tie.
    """

    unit: str
    periode: str
    mulai: date
    sampai: date
    konvensi: str
    n: int
    kebutuhan: int | None
    ikm: Decimal | None
    mutu: str | None
    ditetapkan: datetime | None
    sidik: str | None
    tahun_ini: CapaianTahun | None
    tren: tuple[CapaianTahun, ...]
    terlemah: tuple[UnsurLemah, ...]


def list_periode_tahun(session: Session, unit_ids: Sequence[uuid.UUID]) -> list[Periode]:
    """Periods that the page can be about, the newest first."""
    return list(
        session.scalars(
            select(Periode)
            .where(Periode.unit_id.in_(unit_ids))
            .order_by(Periode.sampai.desc(), Periode.mulai)
        )
    )


def read_ringkas(session: Session, periode: Periode) -> RingkasCamat:
    """Gather the page of one period: as frozen if it is closed, else of the moment."""
    penetapan = periode.penetapan
    if penetapan is not None:
        hasil: Mapping[str, Any] = penetapan.isi["hasil"]
        instrumen: Mapping[str, Any] = penetapan.isi["instrumen"]
    else:
        found = read_periode(session, periode)
        hasil, instrumen = found.hasil.to_json(), found.instrumen.to_dict()
    names = {one["kunci"]: one["nama"] for one in instrumen["unsur"]}
    tren = _read_tren(session, periode)
    return RingkasCamat(
        unit=session.get_one(Unit, periode.unit_id).nama,
        periode=periode.nama,
        mulai=periode.mulai,
        sampai=periode.sampai,
        konvensi=periode.konvensi,
        n=hasil["n"],
        kebutuhan=compute_sample_size(periode.populasi) if periode.populasi else None,
        ikm=_decimal(hasil["ikm"]),
        mutu=hasil["mutu"],
        ditetapkan=penetapan.ditetapkan if penetapan else None,
        sidik=penetapan.sidik if penetapan else None,
        tahun_ini=next((one for one in tren if one.tahun == periode.tahun), None),
        tren=tuple(one for one in tren if one.realisasi.nilai is not None),
        terlemah=_find_terlemah(hasil["unsur"], names, _read_rtl(session, periode)),
    )


def _read_tren(session: Session, periode: Periode) -> list[CapaianTahun]:
    """The yearly realisasi of the index; empty for a unit that has no such indikator."""
    years = range(periode.tahun - TAHUN_TREN + 1, periode.tahun + 1)
    rows = read_capaian(session, periode.unit_id, years)
    return [one for row in rows if row.indikator.kode == KODE_IKM for one in row.tahun]


def _read_rtl(session: Session, periode: Periode) -> list[Rtl]:
    return list(
        session.scalars(
            select(Rtl)
            .where(Rtl.periode_id == periode.id)
            .order_by(Rtl.tahun, Rtl.triwulan, Rtl.program)
        )
    )


def _find_terlemah(
    unsur: Sequence[Mapping[str, Any]], names: Mapping[str, str], rtl: Sequence[Rtl]
) -> tuple[UnsurLemah, ...]:
    answered = sorted(
        (one for one in unsur if one["nrr"] is not None),
        key=lambda one: (Decimal(one["nrr"]), one["kode"]),
    )
    if not answered:
        return ()
    limit = Decimal(answered[min(MASALAH, len(answered)) - 1]["nrr"])
    return tuple(
        UnsurLemah(
            kunci=one["kunci"],
            nama=f"{names[one['kunci']]} ({one['kode']})",
            nrr=Decimal(one["nrr"]),
            mutu=one["mutu"],
            rtl=tuple(plan for plan in rtl if plan.unsur == one["kunci"]),
        )
        for one in answered
        if Decimal(one["nrr"]) <= limit
    )


def _decimal(text: str | None) -> Decimal | None:
    return Decimal(text) if text is not None else None
