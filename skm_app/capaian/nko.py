"""The NKO of a year: capaian of all its indikator and the AKIP evaluation that corrects them."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from sqlalchemy.orm import Session

from skm_app.capaian.akip import NilaiAkip, find_akip
from skm_app.capaian.tahunan import BarisCapaian, read_capaian
from skm_app.kinerja import HasilNko, Predikat, compute_nko, load_aturan


@dataclass(frozen=True, kw_only=True)
class NkoTahun:
    """``baris``: each indikator with the year asked for alone, as in ``hasil.baris``.

    ``hasil``: None without any AKIP evaluation up to that year.
    """

    baris: tuple[BarisCapaian, ...]
    akip: NilaiAkip | None
    hasil: HasilNko | None

    @property
    def sementara(self) -> bool:
        """Whether a capaian that counts comes from a period that is still open."""
        return any(
            one.tahun[0].realisasi.sementara
            for one in self.baris
            if one.tahun[0].capaian is not None
        )

    @property
    def kurang(self) -> tuple[BarisCapaian, ...]:
        """The indikator without a target or a realisasi, which the office has still to give."""
        return tuple(
            one
            for one in self.baris
            if one.tahun[0].target is None or one.tahun[0].realisasi.nilai is None
        )

    @property
    def predikat(self) -> Predikat | None:
        """None while a figure is missing: leaving out an indikator must not earn a predicate."""
        return None if self.hasil is None or self.kurang else self.hasil.predikat

    @property
    def tertinggal(self) -> tuple[BarisCapaian, ...]:
        """The indikator that are left out, for want of a target or a realisasi."""
        return tuple(one for one in self.baris if one.tahun[0].capaian is None)


def read_nko(session: Session, unit_id: uuid.UUID, tahun: int) -> NkoTahun:
    """The NKO of a unit for one year."""
    baris = tuple(
        one
        for one in read_capaian(session, unit_id, [tahun])
        # One that has left the plan counts only for the years it was promised for.
        if one.indikator.sasaran_id is not None or one.tahun[0].target is not None
    )
    akip = find_akip(session, unit_id, tahun)
    if akip is None:
        return NkoTahun(baris=baris, akip=None, hasil=None)
    capaian = [one.tahun[0].capaian for one in baris]
    hasil = compute_nko(capaian, akip.predikat.nama, load_aturan())
    return NkoTahun(baris=baris, akip=akip, hasil=hasil)
