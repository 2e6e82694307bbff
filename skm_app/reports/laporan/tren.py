"""The index over time, the target of the year, and the period before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import case, select
from sqlalchemy.orm import Session

from skm_app.capaian import KODE_IKM, CapaianTahun, read_capaian
from skm_app.models import Penetapan, Periode
from skm_app.reports.bahan import Bahan, read_bahan
from skm_app.reports.teks import clean_line
from skm_app.rtl import read_unsur
from skm_app.scoring import Selang, classify_mutu, compute_selang, is_kecil

TAHUN_TREN = 5
# Before that year other bounds held: the same number meant another grade (PermenPANRB 14/2017).
TAHUN_PERTAMA = 2017


@dataclass(frozen=True, kw_only=True)
class TitikTren:
    """One year, or one period, of the trend. ``mutu``: None under the bounds of older rules.

    ``asal``: where the figure was read, if not from a period of this program.
    """

    label: str
    ikm: Decimal
    mutu: str | None
    target: Decimal | None = None
    asal: str = ""


@dataclass(frozen=True, kw_only=True)
class Sebelum:
    """The closed period before. ``nrr``: by kunci of the unsur, 3 decimals.

    ``selang``: the interval of its index; None where its tallies give none.
    """

    nama: str
    ikm: Decimal
    ikm_eksak: Decimal
    konvensi: str
    instrumen_id: str
    nrr: Mapping[str, Decimal]
    selang: Selang | None


def find_periode_sebelum(session: Session, periode: Periode) -> Periode | None:
    """The period of the same unit before this one, of the same kind where there is one."""
    same = case((Periode.jenis == periode.jenis, 0), else_=1)
    return session.scalars(
        select(Periode)
        .where(Periode.unit_id == periode.unit_id, Periode.sampai < periode.mulai)
        .order_by(same, Periode.sampai.desc(), Periode.mulai, Periode.id)
        .limit(1)
    ).first()


def read_sebelum(session: Session, lama: Periode | None) -> Sebelum | None:
    """Figures to compare with; None unless that period is closed with five responses or more."""
    penetapan = lama.penetapan if lama else None
    if lama is None or penetapan is None or is_kecil(penetapan.n):
        return None
    unsur = read_unsur(session, lama).unsur
    return Sebelum(
        nama=name_sebutan(lama),
        ikm=penetapan.ikm,
        ikm_eksak=penetapan.ikm_eksak,
        konvensi=penetapan.isi["hasil"]["konvensi"],
        instrumen_id=lama.instrumen_id,
        nrr={one.kunci: one.nrr for one in unsur if one.nrr is not None},
        selang=compute_selang_of(read_bahan(session, lama)),
    )


def compute_selang_of(bahan: Bahan) -> Selang | None:
    """The 95 % interval of a period's index; None without an index, or where nothing differs."""
    ikm = bahan.hasil.ikm
    if ikm is None:
        return None
    return compute_selang(bahan.instrumen, bahan.rekap, ikm, bahan.populasi)


def list_tahun_lewat(periode: Periode, lama: Periode | None) -> tuple[int, ...]:
    """Years between a yearly period and the one before it: nothing was recorded for them."""
    if lama is None or periode.jenis != "tahun":
        return ()
    return tuple(range(lama.tahun + 1, periode.tahun))


def read_tahun(session: Session, periode: Periode) -> list[CapaianTahun]:
    """Target and realisasi of the index for five years up to that of a yearly period.

    Empty for shorter periods, whose index is not the year's, and without such an indikator.
    """
    if periode.jenis != "tahun":
        return []
    years = range(periode.tahun - TAHUN_TREN + 1, periode.tahun + 1)
    rows = read_capaian(session, periode.unit_id, years)
    return [one for row in rows if row.indikator.kode == KODE_IKM for one in row.tahun]


def read_tren(
    session: Session, periode: Periode, tahun: list[CapaianTahun], *, tertutup: bool
) -> tuple[TitikTren, ...]:
    """Up to five points, oldest first: years for a yearly period, else closed periods of its kind.

    Of a year the report's own closed result counts, else what was chosen as its realisasi, else a
    closed yearly period. What may still change is not in it, and with ``tertutup`` neither is
    this period.
    """
    closed = _list_closed(session, periode)
    if periode.jenis != "tahun":
        return tuple(
            TitikTren(label=clean_line(one.nama), ikm=penetapan.ikm, mutu=penetapan.mutu)
            for one, penetapan in closed[-TAHUN_TREN:]
        )
    target = {one.tahun: one.target for one in tahun}
    points = {
        one.tahun: TitikTren(
            label=str(one.tahun),
            ikm=penetapan.ikm,
            mutu=penetapan.mutu,
            target=target.get(one.tahun),
        )
        for one, penetapan in closed
    }
    points |= {
        one.tahun: TitikTren(
            label=str(one.tahun),
            ikm=one.realisasi.nilai,
            mutu=_mutu_of(one.tahun, one.realisasi.nilai),
            target=one.target,
            asal=_asal_of(one),
        )
        for one in tahun
        if one.realisasi.nilai is not None
        and not one.realisasi.sementara
        and not (one.tahun == periode.tahun and periode.penetapan)
    }
    if tertutup:
        points.pop(periode.tahun, None)
    return tuple(points[year] for year in sorted(points)[-TAHUN_TREN:])


def _list_closed(session: Session, periode: Periode) -> list[tuple[Periode, Penetapan]]:
    """Closed periods of a kind up to this one, oldest first, with five responses or more."""
    rows = session.scalars(
        select(Periode)
        .where(
            Periode.unit_id == periode.unit_id,
            Periode.jenis == periode.jenis,
            Periode.sampai <= periode.sampai,
        )
        .order_by(Periode.sampai, Periode.mulai.desc())
    )
    return [(one, one.penetapan) for one in rows if one.penetapan and not is_kecil(one.penetapan.n)]


def name_sebutan(periode: Periode) -> str:
    """How a period is called in a sentence: ``tahun 2024``, ``periode Semester I 2025``."""
    if periode.jenis == "tahun" and periode.nama == str(periode.tahun):
        return f"tahun {periode.tahun}"
    return f"periode {clean_line(periode.nama)}"


def _mutu_of(tahun: int, ikm: Decimal) -> str | None:
    return classify_mutu(ikm).huruf if tahun >= TAHUN_PERTAMA else None


def _asal_of(tahun: CapaianTahun) -> str:
    asal = tahun.realisasi.asal
    return clean_line(asal.removeprefix("Dokumen: ")) if asal.startswith("Dokumen: ") else ""
