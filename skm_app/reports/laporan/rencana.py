"""The follow-up of the period before: its plans, and what came of each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from skm_app.models import BuktiRtl, Periode, Rtl
from skm_app.reports.laporan.tren import name_sebutan
from skm_app.reports.teks import clean_line
from skm_app.rtl import list_rtl, list_unsur_names, read_unsur


@dataclass(frozen=True, kw_only=True)
class RtlLalu:
    """Plans of an earlier period, the weakest unsur first, with the names of their evidence."""

    nama: str
    unsur: Mapping[str, str]
    rtl: tuple[Rtl, ...]
    bukti: Mapping[UUID, tuple[str, ...]]

    @property
    def selesai(self) -> int:
        return sum(one.status == "selesai" for one in self.rtl)


def read_rtl_lalu(session: Session, lama: Periode | None) -> RtlLalu | None:
    """What was planned in an earlier period; None if there is no such period."""
    if lama is None:
        return None
    plans = list_rtl(session, lama, read_unsur(session, lama))
    files: defaultdict[UUID, list[str]] = defaultdict(list)
    for rtl_id, nama in session.execute(
        select(BuktiRtl.rtl_id, BuktiRtl.nama)
        .where(BuktiRtl.rtl_id.in_([one.id for one in plans]))
        .order_by(BuktiRtl.diunggah, BuktiRtl.id)
    ):
        files[rtl_id].append(clean_line(nama))
    return RtlLalu(
        nama=name_sebutan(lama),
        unsur=list_unsur_names(session, lama),
        rtl=tuple(plans),
        bukti={rtl_id: tuple(names) for rtl_id, names in files.items()},
    )
