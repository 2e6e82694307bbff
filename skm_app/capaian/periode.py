"""The realisasi of sasaran 1: the IKM of a period, as closed or as it stands now."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy.orm import Session

from skm_app.models import Penetapan, Periode
from skm_app.periode.penetapan import read_periode
from skm_app.periode.pokok import KURANG_DARI, TAMPIL_MULAI, is_seluruh_kantor, make_pokok


@dataclass(frozen=True, kw_only=True)
class NilaiRealisasi:
    """A realisasi with its origin; ``nilai`` is None when it cannot be given, ``asal`` says why.

    ``sementara``: taken from a period that is still open; ``penetapan``: the frozen result it was
    taken from, None if it is from elsewhere.
    """

    nilai: Decimal | None
    asal: str
    sementara: bool = False
    penetapan: Penetapan | None = None


def read_from_periode(session: Session, periode: Periode) -> NilaiRealisasi:
    """The IKM of a period: as closed, or as it stands now and then marked "sementara".

    None, as long as fewer than five people answered an open one.
    """
    if periode.penetapan is not None:
        asal = f"Periode {periode.nama}, ditetapkan, {periode.penetapan.n} responden"
        return NilaiRealisasi(nilai=periode.penetapan.ikm, asal=asal, penetapan=periode.penetapan)
    hasil = read_periode(session, periode).hasil
    # A frozen result that was set aside is nobody's realisasi any more.
    keadaan = "dibuka kembali" if periode.semua_penetapan else "belum ditetapkan"
    pokok = make_pokok(hasil, seluruh_kantor=is_seluruh_kantor(session, periode.unit_id))
    many = KURANG_DARI if pokok.n is None else pokok.n
    asal = f"Periode {periode.nama}, {keadaan}, {many} responden"
    if pokok.tertutup is not None:
        asal = f"{asal}; {TAMPIL_MULAI}"
    return NilaiRealisasi(nilai=pokok.ikm, asal=asal, sementara=True)
