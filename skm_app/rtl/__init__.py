"""The follow-up plan (RTL): which unsur are weakest, what is planned, what came of it.

Source: the report outline in general use with PermenPANRB 14/2017, 4.2 Rencana Tindak Lanjut:
No | Prioritas Unsur | Program/Kegiatan | Waktu TW I..IV | Penanggung Jawab, the lowest first.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from skm_app.models import BuktiRtl, Periode, Rtl, new_id
from skm_app.periode.penetapan import read_periode
from skm_app.results import get_instrumen
from skm_app.rtl.bukti import MAX_BERKAS, BuktiError, clean_nama, detect_jenis
from skm_app.scoring import MIN_KELOMPOK, round_half_up

BANYAK_TERLEMAH = 3
STATUS_LABEL = {
    "rencana": "Rencana",
    "berjalan": "Sedang berjalan",
    "selesai": "Selesai",
    "tidak": "Tidak dilaksanakan",
}
BELUM_SELESAI = ("rencana", "berjalan")


class RtlError(Exception):
    """A plan cannot be changed like this; the message says why."""


@dataclass(frozen=True, kw_only=True)
class UnsurRtl:
    """One unsur of a period. ``nrr``: 1..4, 3 decimals; None where it is not known.

    ``mutu`` is that of the exact value, not of the rounded ``nrr``.
    """

    kode: str
    kunci: str
    nama: str
    nrr: Decimal | None
    mutu: str | None
    terlemah: bool


@dataclass(frozen=True, kw_only=True)
class UnsurPeriode:
    """The unsur of a period, the lowest NRR first; ``n``: responses.

    ``beku``: read from the frozen result. Under five responses no figure is given.
    """

    n: int
    beku: bool
    unsur: tuple[UnsurRtl, ...]

    def nrr_of(self, kunci: str) -> Decimal | None:
        return next((one.nrr for one in self.unsur if one.kunci == kunci), None)


@dataclass(frozen=True, kw_only=True)
class Pembanding:
    """The period after the one that a plan belongs to, and what hinders the comparison."""

    periode: Periode
    hasil: UnsurPeriode
    catatan: tuple[str, ...]


def read_unsur(session: Session, periode: Periode) -> UnsurPeriode:
    """The unsur of a period: frozen figures if it was closed, else those of the moment."""
    penetapan = periode.penetapan
    if penetapan is not None:
        names = {one["kunci"]: one["nama"] for one in penetapan.isi["instrumen"]["unsur"]}
        rows = [
            (
                (one["kode"], one["kunci"], names[one["kunci"]]),
                _nrr(one["jumlah"], one["terisi"]),
                one["mutu"],
            )
            for one in penetapan.isi["hasil"]["unsur"]
        ]
        return _rank(penetapan.n, rows, beku=True)
    hasil = read_periode(session, periode).hasil
    rows = [
        ((one.kode, one.kunci, one.nama), one.nrr_eksak, one.mutu.huruf if one.mutu else None)
        for one in hasil.unsur
    ]
    return _rank(hasil.n, rows, beku=False)


def find_periode_berikut(session: Session, periode: Periode) -> Periode | None:
    """The next period of the same unit and, where there is one, of the same kind."""
    same = case((Periode.jenis == periode.jenis, 0), else_=1)
    return session.scalars(
        select(Periode)
        .where(Periode.unit_id == periode.unit_id, Periode.mulai > periode.sampai)
        .order_by(same, Periode.mulai, Periode.sampai.desc(), Periode.id)
        .limit(1)
    ).first()


def find_pembanding(session: Session, periode: Periode) -> Pembanding | None:
    """What the unsur came to afterwards; None while there is no later period."""
    later = find_periode_berikut(session, periode)
    if later is None:
        return None
    hasil = read_unsur(session, later)
    catatan = []
    if later.instrumen_id != periode.instrumen_id:
        catatan.append(
            f"Kuesionernya berbeda ({periode.instrumen_id} dan {later.instrumen_id}), "
            "jadi NRR kedua periode tidak dapat dibandingkan begitu saja."
        )
    if later.konvensi != periode.konvensi:
        catatan.append(
            f"Cara hitung IKM berbeda ({periode.konvensi} dan {later.konvensi}); "
            "NRR per unsur tidak terpengaruh."
        )
    if not hasil.beku:
        catatan.append(f"Periode {later.nama} belum ditetapkan; angkanya masih dapat berubah.")
    if hasil.n < MIN_KELOMPOK:
        catatan.append(f"Periode {later.nama} belum mempunyai lima jawaban.")
    return Pembanding(periode=later, hasil=hasil, catatan=tuple(catatan))


def list_rtl(session: Session, periode: Periode, hasil: UnsurPeriode) -> list[Rtl]:
    """The plans of a period, the weakest unsur first. One statement."""
    place = {one.kunci: number for number, one in enumerate(hasil.unsur)}
    rows = session.scalars(select(Rtl).where(Rtl.periode_id == periode.id)).all()
    return sorted(
        rows,
        key=lambda rtl: (place.get(rtl.unsur, len(place)), rtl.tahun, rtl.triwulan, str(rtl.id)),
    )


def list_belum_dilanjutkan(session: Session, periode: Periode, later: Periode) -> list[Rtl]:
    """Unfinished plans of a period that a later one does not carry on yet."""
    carried = select(Rtl.asal_id).where(Rtl.periode_id == later.id, Rtl.asal_id.is_not(None))
    return list(
        session.scalars(
            select(Rtl)
            .where(
                Rtl.periode_id == periode.id,
                Rtl.status.in_(BELUM_SELESAI),
                Rtl.id.not_in(carried),
            )
            .order_by(Rtl.tahun, Rtl.triwulan, Rtl.id)
        )
    )


def carry_over(session: Session, periode: Periode, later: Periode) -> list[Rtl]:
    """Carry unfinished plans on into a later period; again, it adds nothing. The caller commits."""
    # Locked, so that two clicks at the same moment do not carry them on twice.
    session.execute(
        select(Periode.id).where(Periode.id == later.id).with_for_update(key_share=True)
    )
    carried = [
        Rtl(
            id=new_id(),
            periode_id=later.id,
            asal_id=one.id,
            unsur=one.unsur,
            masalah=one.masalah,
            program=one.program,
            tahun=one.tahun,
            triwulan=one.triwulan,
            penanggung_jawab=one.penanggung_jawab,
            status=one.status,
        )
        for one in list_belum_dilanjutkan(session, periode, later)
    ]
    session.add_all(carried)
    session.flush()
    return carried


def delete_rtl(session: Session, rtl: Rtl) -> None:
    """Delete a plan that nothing has been done for; the caller commits.

    :raise RtlError: if it is more than a plan by now.
    """
    if rtl.status != "rencana":
        raise RtlError("Hanya rencana yang belum berjalan yang dapat dihapus.")
    if count_bukti(session, [rtl]).get(rtl.id):
        raise RtlError("Rencana ini sudah mempunyai bukti. Hapus dahulu buktinya.")
    if session.scalar(select(func.count()).where(Rtl.asal_id == rtl.id)):
        raise RtlError("Rencana ini sudah dilanjutkan ke periode berikutnya.")
    session.delete(rtl)
    session.flush()


def count_bukti(session: Session, plans: Sequence[Rtl]) -> dict[uuid.UUID, int]:
    """How many evidence files each plan has. One statement."""
    rows = session.execute(
        select(BuktiRtl.rtl_id, func.count())
        .where(BuktiRtl.rtl_id.in_([rtl.id for rtl in plans]))
        .group_by(BuktiRtl.rtl_id)
    )
    return dict(rows.all())


def add_bukti(session: Session, rtl: Rtl, nama: str, isi: bytes) -> BuktiRtl:
    """Keep a file as evidence; the caller commits.

    :raise BuktiError: if it is of no known kind, too large, there already, or one too many.
    """
    jenis = detect_jenis(isi)
    # Locked, so that files that arrive together do not pass the limit together.
    session.execute(select(Rtl.id).where(Rtl.id == rtl.id).with_for_update(key_share=True))
    known = session.scalars(select(BuktiRtl.sidik).where(BuktiRtl.rtl_id == rtl.id)).all()
    sidik = hashlib.sha256(isi).hexdigest()
    if sidik in known:
        raise BuktiError("Berkas yang sama sudah ada.")
    if len(known) >= MAX_BERKAS:
        raise BuktiError(f"Paling banyak {MAX_BERKAS} berkas untuk satu rencana.")
    bukti = BuktiRtl(
        id=new_id(),
        rtl_id=rtl.id,
        nama=clean_nama(nama, jenis),
        jenis=jenis.mime,
        ukuran=len(isi),
        sidik=sidik,
        isi=isi,
        diunggah=datetime.now(UTC),
    )
    session.add(bukti)
    session.flush()
    return bukti


def list_unsur_names(session: Session, periode: Periode) -> dict[str, str]:
    """What can be planned for in a period: key and ``U1 Persyaratan``."""
    unsur = get_instrumen(session, periode.instrumen_id).unsur
    return {one.kunci: f"{one.kode} {one.nama}" for one in unsur}


def _nrr(jumlah: int, terisi: int) -> Fraction | None:
    return Fraction(jumlah, terisi) if terisi else None


def _rank(
    n: int,
    rows: Iterable[tuple[tuple[str, str, str], Fraction | None, str | None]],
    *,
    beku: bool,
) -> UnsurPeriode:
    """Lowest first, equal ones in the order of the regulation, unknown ones last."""
    known = [row if n >= MIN_KELOMPOK else (row[0], None, None) for row in rows]
    ordered = sorted(known, key=lambda row: (row[1] is None, row[1] or 0))
    values = [row[1] for row in ordered if row[1] is not None]
    # Whoever shares the third-lowest value is among the weakest as well.
    bound = values[min(BANYAK_TERLEMAH, len(values)) - 1] if values else None
    return UnsurPeriode(
        n=n,
        beku=beku,
        unsur=tuple(
            UnsurRtl(
                kode=kode,
                kunci=kunci,
                nama=nama,
                nrr=None if nrr is None else round_half_up(nrr, 3),
                mutu=mutu,
                terlemah=nrr is not None and bound is not None and nrr <= bound,
            )
            for (kode, kunci, nama), nrr, mutu in ordered
        ),
    )
