"""Where the citizen stands: everything the form needs to know about one titik."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import bindparam, select
from sqlalchemy.orm import aliased

from skm_app.database import Reader
from skm_app.kode import normalize_kode
from skm_app.models import Layanan, Titik, Unit
from skm_app.periode import instrumen_id_on
from skm_app.results import get_instrumen
from skm_app.scoring import Instrumen


@dataclass(frozen=True, kw_only=True)
class PilihanLayanan:
    """A service the citizen can name."""

    id: uuid.UUID
    kode: str
    nama: str


@dataclass(frozen=True, kw_only=True)
class Tempat:
    """A titik as the citizen meets it.

    ``layanan``: what can be chosen, one entry when the titik fixes it; ``layanan_lama``: services
    no longer offered, for forms that were opened or queued before.
    """

    titik_id: uuid.UUID
    kode: str
    aktif: bool
    unit_id: uuid.UUID
    kantor: str
    layanan: tuple[PilihanLayanan, ...]
    layanan_lama: tuple[PilihanLayanan, ...]
    instrumen_id: str
    instrumen: Instrumen = field(compare=False)  # its id is compared; the rest is long

    def find_layanan(self, kode: str) -> PilihanLayanan | None:
        """The chosen service; with a single one nothing needs to be chosen."""
        if len(self.layanan) == 1 and not kode:
            return self.layanan[0]
        known = (*self.layanan, *self.layanan_lama)
        return next((layanan for layanan in known if layanan.kode == kode), None)


# Made once: a statement that is built anew for each visitor costs more than its execution.
_OWN = aliased(Layanan)
_TITIK = (
    select(
        Titik.id,
        Titik.kode,
        Titik.aktif,
        Titik.unit_id,
        Unit.nama,
        Titik.layanan_id,
        _OWN.kode,
        _OWN.nama,
    )
    .join(Unit, Titik.unit_id == Unit.id)
    .outerjoin(_OWN, Titik.layanan_id == _OWN.id)
    .where(Titik.kode == bindparam("kode"))
)
_LAYANAN = (
    select(Layanan.id, Layanan.kode, Layanan.nama, Layanan.aktif)
    .where(Layanan.unit_id == bindparam("unit_id"))
    .order_by(Layanan.urutan, Layanan.nama)
)


def find_tempat(reader: Reader, kode: str, today: date) -> Tempat | None:
    """The titik with this code, however it was typed; None if there is none."""
    row = reader.execute(_TITIK, {"kode": normalize_kode(kode)}).one_or_none()
    if row is None:
        return None
    titik_id, titik_kode, aktif, unit_id, kantor, layanan_id, layanan_kode, layanan_nama = row
    offered, former = _list_layanan(reader, unit_id)
    if layanan_id is not None:
        offered = (PilihanLayanan(id=layanan_id, kode=layanan_kode, nama=layanan_nama),)
    instrumen = get_instrumen(reader, instrumen_id_on(reader, unit_id, today))
    return Tempat(
        titik_id=titik_id,
        kode=titik_kode,
        aktif=aktif,
        unit_id=unit_id,
        kantor=kantor,
        layanan=offered,
        layanan_lama=former,
        instrumen_id=instrumen.id,
        instrumen=instrumen,
    )


def _list_layanan(
    reader: Reader, unit_id: uuid.UUID
) -> tuple[tuple[PilihanLayanan, ...], tuple[PilihanLayanan, ...]]:
    """Services of a unit: those it offers, and those it no longer does."""
    offered: list[PilihanLayanan] = []
    former: list[PilihanLayanan] = []
    for layanan_id, kode, nama, aktif in reader.execute(_LAYANAN, {"unit_id": unit_id}):
        layanan = PilihanLayanan(id=layanan_id, kode=kode, nama=nama)
        (offered if aktif else former).append(layanan)
    return tuple(offered), tuple(former)
