"""What the camat needs to know about a year, on one page: index, target, trend, problems, deeds.

Every figure is one that stands elsewhere in the program; nothing is computed here.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from skm_app.capaian import KODE_IKM, CapaianTahun, read_capaian
from skm_app.models import Periode, Rtl, Unit
from skm_app.periode.penetapan import read_periode
from skm_app.periode.pokok import Pokok, is_seluruh_kantor, make_pokok
from skm_app.rtl import UnsurRtl, list_rtl, read_unsur
from skm_app.scoring import compute_sample_size

TAHUN_TREN = 5


@dataclass(frozen=True, kw_only=True)
class UnsurLemah:
    """One of the weakest unsur, with what is planned about it."""

    unsur: UnsurRtl
    rtl: tuple[Rtl, ...]


@dataclass(frozen=True, kw_only=True)
class RingkasCamat:
    """One year of one unit.

    :param n: None for fewer than five in a part of the office.
    :param ikm: None while an unsur has no answer; ``mutu`` then too.
    :param tertutup: why there are no figures, if fewer than five people answered.
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
    n: int | None
    kebutuhan: int | None
    ikm: Decimal | None
    mutu: str | None
    tertutup: str | None
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
    pokok = _read_pokok(session, periode)
    tren = _read_tren(session, periode)
    return RingkasCamat(
        unit=session.get_one(Unit, periode.unit_id).nama,
        periode=periode.nama,
        mulai=periode.mulai,
        sampai=periode.sampai,
        konvensi=periode.konvensi,
        n=pokok.n,
        kebutuhan=compute_sample_size(periode.populasi) if periode.populasi else None,
        ikm=pokok.ikm,
        mutu=pokok.mutu,
        tertutup=pokok.tertutup,
        ditetapkan=penetapan.ditetapkan if penetapan else None,
        sidik=penetapan.sidik if penetapan else None,
        tahun_ini=next((one for one in tren if one.tahun == periode.tahun), None),
        tren=tuple(one for one in tren if one.realisasi.nilai is not None),
        terlemah=_read_terlemah(session, periode),
    )


def _read_pokok(session: Session, periode: Periode) -> Pokok:
    frozen = periode.penetapan
    if frozen is not None:
        return Pokok(n=frozen.n, ikm=frozen.ikm, mutu=frozen.mutu)
    hasil = read_periode(session, periode).hasil
    return make_pokok(hasil, seluruh_kantor=is_seluruh_kantor(session, periode.unit_id))


def _read_tren(session: Session, periode: Periode) -> list[CapaianTahun]:
    """The yearly realisasi of the index; empty for a unit that has no such indikator."""
    years = range(periode.tahun - TAHUN_TREN + 1, periode.tahun + 1)
    rows = read_capaian(session, periode.unit_id, years)
    return [one for row in rows if row.indikator.kode == KODE_IKM for one in row.tahun]


def _read_terlemah(session: Session, periode: Periode) -> tuple[UnsurLemah, ...]:
    hasil = read_unsur(session, periode)
    plans = list_rtl(session, periode, hasil)
    return tuple(
        UnsurLemah(
            unsur=one,
            rtl=tuple(plan for plan in plans if plan.unsur == one.kunci),
        )
        for one in hasil.unsur
        if one.terlemah and one.nrr is not None
    )
