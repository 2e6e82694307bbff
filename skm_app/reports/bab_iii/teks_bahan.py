"""What the texts of Bab III are written from: the facts, the numbers of the tables, the survey."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo

from sqlalchemy.orm import Session

from skm_app.capaian import name_with_rentang
from skm_app.capaian.triwulan import list_baris_triwulan
from skm_app.models import Periode, Realisasi, Rtl
from skm_app.reports.bab_iii.fakta import WITA, FaktaKinerja, read_fakta
from skm_app.reports.bab_iii.fakta_indikator import IndikatorFakta
from skm_app.reports.bab_iii.tabel import JenisTabel, TabelKinerja, find_tabel, list_tabel
from skm_app.reports.teks import clean_line
from skm_app.rtl import UnsurRtl, list_rtl, list_unsur_names, read_unsur
from skm_app.scoring import MIN_KELOMPOK, compute_sample_size


@dataclass(frozen=True, kw_only=True)
class SurveiFakta:
    """The survey behind a realisasi. Figures of fewer than five people are not in it.

    ``n``: responses, None: fewer than five. ``kebutuhan``: responses needed (Krejcie-Morgan),
    None: users unknown. ``unsur``: those with a figure, the lowest first. ``rtl``: its plans.
    ``nama_unsur``: by the key of an unsur, as plans name it.
    """

    periode: str
    ditetapkan: bool
    n: int | None
    kebutuhan: int | None
    unsur: tuple[UnsurRtl, ...]
    rtl: tuple[Rtl, ...]
    nama_unsur: Mapping[str, str]

    @property
    def terlemah(self) -> tuple[UnsurRtl, ...]:
        """The weakest unsur; empty where all are equal: then none is weak."""
        if len({one.nrr for one in self.unsur}) < 2:
            return ()
        return tuple(one for one in self.unsur if one.terlemah)

    @property
    def terkuat(self) -> tuple[UnsurRtl, ...]:
        """The unsur with the highest figure; empty where all are equal."""
        if len({one.nrr for one in self.unsur}) < 2:
            return ()
        return tuple(one for one in self.unsur if one.nrr == self.unsur[-1].nrr)


@dataclass(frozen=True, kw_only=True)
class BahanKinerja:
    """Facts, tables, and by indikator its survey and what was noted quarter by quarter."""

    fakta: FaktaKinerja
    tabel: Sequence[TabelKinerja]
    survei: Mapping[uuid.UUID, SurveiFakta]
    catatan: Mapping[uuid.UUID, tuple[tuple[int, str], ...]]

    def sebut_tabel(self, jenis: JenisTabel, sasaran: int = 0) -> str:
        """How a text refers to a table: ``Tabel 3.2``."""
        found = find_tabel(self.tabel, jenis, sasaran)
        return f"Tabel {found.kode}" if found else "tabel berikut"


def read_bahan_kinerja(
    session: Session, unit_id: uuid.UUID, tahun: int, zona: tzinfo = WITA
) -> BahanKinerja:
    """Gather what Bab III of a unit says about a year, in tables and in words."""
    return make_bahan_kinerja(session, read_fakta(session, unit_id, tahun, zona))


def make_bahan_kinerja(session: Session, fakta: FaktaKinerja) -> BahanKinerja:
    """As ``read_bahan_kinerja``, of facts that were read already."""
    tahun = fakta.tahun
    survei = {one.id: _read_survei(session, one, tahun) for one in fakta.indikator}
    return BahanKinerja(
        fakta=fakta,
        tabel=list_tabel(fakta),
        survei={key: one for key, one in survei.items() if one is not None},
        catatan={one.id: _list_catatan(session, one, tahun) for one in fakta.indikator},
    )


def _read_survei(session: Session, indikator: IndikatorFakta, tahun: int) -> SurveiFakta | None:
    """The survey that an indikator takes its realisasi from; None if it takes it elsewhere."""
    chosen = session.get(Realisasi, (indikator.id, tahun))
    periode = chosen.periode if chosen else None
    if periode is None:
        return None
    hasil = read_unsur(session, periode)
    return SurveiFakta(
        periode=clean_line(name_with_rentang(periode)),
        ditetapkan=periode.penetapan is not None,
        n=hasil.n if hasil.n >= MIN_KELOMPOK else None,
        kebutuhan=_read_kebutuhan(periode),
        unsur=tuple(one for one in hasil.unsur if one.nrr is not None),
        rtl=tuple(list_rtl(session, periode, hasil)),
        nama_unsur=list_unsur_names(session, periode),
    )


def _read_kebutuhan(periode: Periode) -> int | None:
    """Responses needed: of a closed period as it was frozen."""
    if periode.penetapan is not None:
        frozen = periode.penetapan.isi.get("kebutuhan")
        return int(frozen) if frozen else None
    return compute_sample_size(periode.populasi) if periode.populasi else None


def _list_catatan(
    session: Session, indikator: IndikatorFakta, tahun: int
) -> tuple[tuple[int, str], ...]:
    """What was noted of an indikator, by quarter."""
    rows = list_baris_triwulan(session, indikator.id, tahun)
    notes = ((nomor, clean_line(row.keterangan)) for nomor, row in sorted(rows.items()))
    return tuple((nomor, text) for nomor, text in notes if text)
