"""The periods of a unit one after another: each with the rule it was measured under."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session, selectinload

from skm_app.admin.kalimat import format_selisih
from skm_app.admin.tabel import Sel
from skm_app.angka import format_angka
from skm_app.models import Pembukaan, Penetapan, Periode
from skm_app.scoring import HasilIKM, is_kecil

MAX_PERIODE = 24  # closed ones that are shown, the newest
KOLOM_RIWAYAT = (
    "Periode",
    "Mulai",
    "Sampai",
    "Responden",
    "IKM",
    "Tanpa pembulatan",
    "Mutu",
    "Aturan hitung",
    "Kuesioner",
    "Keadaan",
)


@dataclass(frozen=True, kw_only=True)
class BarisRiwayat:
    """One period: frozen figures, or how it stands now."""

    nama: str
    mulai: date
    sampai: date
    n: int
    ikm: Decimal | None
    ikm_eksak: Decimal | None
    mutu: str | None
    konvensi: str
    kuesioner: str
    ditetapkan: bool

    def as_row(self) -> tuple[Sel, ...]:
        small = is_kecil(self.n)
        return (
            self.nama,
            self.mulai,
            self.sampai,
            "kurang dari 5" if small else self.n,
            self.ikm,
            self.ikm_eksak,
            self.mutu,
            self.konvensi,
            self.kuesioner,
            "ditetapkan" if self.ditetapkan else "berjalan",
        )


def list_riwayat(session: Session, unit_id: uuid.UUID) -> list[BarisRiwayat]:
    """The closed periods of a unit, by their last day, at most ``MAX_PERIODE``. One statement."""
    rows = session.execute(
        select(Periode.nama, Periode.mulai, Periode.sampai, Penetapan)
        .join(Penetapan, Penetapan.periode_id == Periode.id)
        .outerjoin(Pembukaan, Pembukaan.penetapan_id == Penetapan.id)
        .where(Periode.unit_id == unit_id, Pembukaan.penetapan_id.is_(None))
        .order_by(Periode.sampai.desc(), Periode.mulai)
        .limit(MAX_PERIODE)
    ).all()
    return [_make_closed(*row) for row in reversed(rows)]


def _make_closed(nama: str, mulai: date, sampai: date, penetapan: Penetapan) -> BarisRiwayat:
    instrumen = penetapan.isi["instrumen"]
    small = is_kecil(penetapan.n)
    return BarisRiwayat(
        nama=nama,
        mulai=mulai,
        sampai=sampai,
        n=penetapan.n,
        ikm=None if small else penetapan.ikm,
        ikm_eksak=None if small else penetapan.ikm_eksak,
        mutu=None if small else penetapan.mutu,
        konvensi=penetapan.isi["hasil"]["konvensi"],
        kuesioner=f"{instrumen['kode']}/{instrumen['versi']}",
        ditetapkan=True,
    )


def list_berjalan(
    session: Session, unit_id: uuid.UUID, periode_id: uuid.UUID | None, today: date
) -> list[Periode]:
    """Periods of a unit that are not closed: a given one and the newest that covers today.

    At most three statements.
    """
    found = session.scalars(
        select(Periode)
        .where(
            Periode.unit_id == unit_id,
            or_(
                Periode.id == periode_id,
                and_(Periode.mulai <= today, Periode.sampai >= today),
            ),
        )
        .options(selectinload(Periode.semua_penetapan).selectinload(Penetapan.pembukaan))
        .order_by((Periode.id == periode_id).desc(), Periode.mulai.desc())
        .limit(2)
    ).all()
    return [periode for periode in found if periode.penetapan is None]


def make_berjalan(periode: Periode, hasil: HasilIKM) -> BarisRiwayat:
    """A period that is not closed, as it stands now."""
    small = is_kecil(hasil.n)
    return BarisRiwayat(
        nama=periode.nama,
        mulai=periode.mulai,
        sampai=periode.sampai,
        n=hasil.n,
        ikm=None if small else hasil.ikm,
        ikm_eksak=None if small else hasil.ikm_eksak,
        mutu=hasil.mutu.huruf if hasil.mutu and not small else None,
        konvensi=hasil.konvensi,
        kuesioner=hasil.instrumen_id,
        ditetapkan=False,
    )


def describe_riwayat(rows: Sequence[BarisRiwayat]) -> str:
    """The newest period against the one before, and whether the two can be compared."""
    scored = [row for row in rows if row.ikm is not None]
    if not scored:
        return "Belum ada periode yang dapat ditampilkan."
    last = scored[-1]
    state = "" if last.ditetapkan else " (masih berjalan)"
    now = f"Periode {last.nama}{state}: IKM {format_angka(last.ikm, 2)}"
    if len(scored) == 1:
        return f"{now}; belum ada periode lain sebagai pembanding."
    before = scored[-2]
    change = (last.ikm or Decimal(0)) - (before.ikm or Decimal(0))
    word = "naik" if change > 0 else "turun"
    compared = (
        f"{now}, {word} {format_selisih(change)} dari periode {before.nama}."
        if change
        else f"{now}, sama dengan periode {before.nama}."
    )
    return compared + _warn_about_rules(before, last)


def _warn_about_rules(before: BarisRiwayat, last: BarisRiwayat) -> str:
    if before.kuesioner != last.kuesioner:
        return " Kuesionernya berbeda, jadi keduanya tidak dapat dibandingkan begitu saja."
    if before.konvensi != last.konvensi:
        return (
            " Aturan hitungnya berbeda; untuk membandingkan, pakai kolom Tanpa pembulatan dalam "
            "tabel."
        )
    return ""
