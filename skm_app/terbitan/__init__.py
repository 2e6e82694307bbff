"""Results that were made public: what the public is shown of a closed period.

A result becomes public by the act of a person, never by being closed. What is shown is stored
whole (``Terbitan.isi``) and shown only while its period stays closed by that very penetapan.
Which results may be released, and with how much detail: docs/decisions/014-public-results.md.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from skm_app.angka import format_angka
from skm_app.catatan import Pelaku, add_catatan
from skm_app.models import Pembukaan, Penetapan, Periode, Terbitan, Unit
from skm_app.periode.penetapan import compute_sidik
from skm_app.rantai import compute_link
from skm_app.reports.bahan import Bahan, read_bahan
from skm_app.results import list_unit_ids_below
from skm_app.scoring import MIN_KELOMPOK, HasilUnsur
from skm_app.terbitan.isi import SKEMA, make_isi
from skm_app.terbitan.kerabat import list_related, list_released, read_kerabat

__all__ = [
    "BERUBAH",
    "LISENSI",
    "SKEMA",
    "RancanganTerbitan",
    "TerbitanError",
    "draft_terbitan",
    "list_terbitan",
    "list_terbitan_below",
    "prepare_terbitan",
    "publish",
]

LISENSI = {
    "kode": "CC-BY-4.0",
    "nama": "Creative Commons Atribusi 4.0 Internasional (CC BY 4.0)",
    "alamat": "https://creativecommons.org/licenses/by/4.0/deed.id",
}


BERUBAH = (
    "Yang akan tampil sudah berubah sejak halaman ini dibuka: ada hasil lain yang baru saja "
    "diterbitkan, atau datanya diubah. Mohon periksa sekali lagi."
)


class TerbitanError(Exception):
    """A result cannot be made public as things are; the message says why."""


@dataclass(frozen=True, kw_only=True)
class RancanganTerbitan:
    """What a release would show, and what that was found to be safe beside.

    ``unit_ids``, ``terbitan_ids``: the units concerned, and the penetapan of theirs that were
    released before.
    """

    penetapan_id: uuid.UUID
    isi: dict[str, Any]
    unit_ids: frozenset[uuid.UUID]
    terbitan_ids: frozenset[uuid.UUID]

    @property
    def sidik(self) -> str:
        """Changes with anything that would be shown."""
        return compute_link([self.isi], "")


def draft_terbitan(session: Session, penetapan: Penetapan) -> dict[str, Any]:
    """Everything the public would see of a frozen result, as plain JSON (``isi``).

    ``rincian`` is false, and ``responden`` and ``layanan`` are empty, where tables of groups
    could be subtracted from an earlier release; of the very same responses the tables that were
    public before stand. Comments are not in it: each is released, and taken back, by itself.

    :raise TerbitanError: as ``publish``.
    """
    _check_open(session, penetapan)
    bahan = read_bahan(session, penetapan.periode)
    _check_banyak(bahan)
    kerabat = read_kerabat(session, penetapan)
    if kerabat.is_kecil:
        raise TerbitanError(
            f"Hasil periode {bahan.nama} bertumpang tindih dengan hasil yang pernah diterbitkan: "
            f"{', '.join(kerabat.bertumpang)}. Selisihnya, seluruhnya atau per layanan, "
            f"kurang dari {MIN_KELOMPOK} jawaban, sehingga jawaban seseorang dapat dihitung dari "
            "keduanya."
        )
    return make_isi(
        session, bahan, penetapan, rincian=kerabat.may_show_rincian, known=kerabat.known
    )


def prepare_terbitan(session: Session, penetapan: Penetapan) -> RancanganTerbitan:
    """Draft a release outside of the transaction that stores it.

    It counts every response of the period, and nobody can answer while one is written.

    :raise TerbitanError: as ``publish``.
    """
    unit_ids, terbitan_ids = _read_keadaan(session, penetapan)
    return RancanganTerbitan(
        penetapan_id=penetapan.id,
        isi=draft_terbitan(session, penetapan),
        unit_ids=unit_ids,
        terbitan_ids=terbitan_ids,
    )


def publish(
    session: Session,
    pelaku: Pelaku,
    penetapan: Penetapan,
    rancangan: RancanganTerbitan | None = None,
) -> Terbitan:
    """Make a frozen result public, with its record in the log; the caller commits.

    :param rancangan: what to show, of ``prepare_terbitan``; None: it is drafted here.
    :raise TerbitanError: if fewer than five people answered it or one of its unsur, the period
        was opened again, it is public already, what a few people answered could be computed
        from it and an earlier release, or the draft is out of date.
    """
    # Locked, so that of two releases that overlap the second one sees the first.
    session.execute(
        select(Unit.id)
        .where(Unit.id.in_(list_related(session, penetapan.periode.unit_id)))
        .order_by(Unit.id)
        .with_for_update(key_share=True)
    )
    if rancangan is None:
        rancangan = prepare_terbitan(session, penetapan)
    else:
        _check_open(session, penetapan)
        seen = (rancangan.penetapan_id, rancangan.unit_ids, rancangan.terbitan_ids)
        if seen != (penetapan.id, *_read_keadaan(session, penetapan)):
            raise TerbitanError(BERUBAH)
    isi = rancangan.isi
    now = datetime.now(UTC)
    terbitan = Terbitan(
        penetapan_id=penetapan.id,
        diterbitkan=now,
        oleh=pelaku.nama,
        isi=isi,
        sidik=compute_sidik(isi, now, pelaku.nama, penetapan.sidik),
    )
    session.add(terbitan)
    session.flush()
    session.expire(penetapan, ["terbitan"])
    _add_catatan(session, pelaku, terbitan)
    return terbitan


def _read_keadaan(
    session: Session, penetapan: Penetapan
) -> tuple[frozenset[uuid.UUID], frozenset[uuid.UUID]]:
    """The units whose results may be subtracted from each other, and what was released of them."""
    unit_ids = list_related(session, penetapan.periode.unit_id)
    released = list_released(session, unit_ids)
    return frozenset(unit_ids), frozenset(one.penetapan_id for one in released)


def list_terbitan(session: Session, unit_id: uuid.UUID) -> list[Terbitan]:
    """The results of a unit that are public now, the newest period first."""
    return _list_visible(session, [unit_id])


def list_terbitan_below(session: Session, unit_id: uuid.UUID) -> list[Terbitan]:
    """As ``list_terbitan``, of a unit and all below it."""
    return _list_visible(session, list_unit_ids_below(session, unit_id))


def _list_visible(session: Session, unit_ids: Sequence[uuid.UUID]) -> list[Terbitan]:
    return list(
        session.scalars(
            select(Terbitan)
            .join(Penetapan, Penetapan.id == Terbitan.penetapan_id)
            .join(Periode, Periode.id == Penetapan.periode_id)
            .outerjoin(Pembukaan, Pembukaan.penetapan_id == Penetapan.id)
            .where(Periode.unit_id.in_(unit_ids), Pembukaan.penetapan_id.is_(None))
            # The year before its last month, which ends on the same day.
            .order_by(Periode.sampai.desc(), Periode.mulai, Penetapan.nomor.desc())
        )
    )


def _check_open(session: Session, penetapan: Penetapan) -> None:
    nama = penetapan.periode.nama
    if session.get(Pembukaan, penetapan.id) is not None:
        raise TerbitanError(
            f"Periode {nama} sudah dibuka kembali sejak penetapan nomor {penetapan.nomor}. "
            "Hasilnya dapat diterbitkan setelah periode ditetapkan lagi."
        )
    if session.get(Terbitan, penetapan.id) is not None:
        raise TerbitanError(f"Hasil periode {nama} sudah diterbitkan.")


def _check_banyak(bahan: Bahan) -> None:
    if bahan.hasil.n < MIN_KELOMPOK:
        raise TerbitanError(
            f"Hasil diterbitkan mulai {MIN_KELOMPOK} jawaban, agar jawaban seseorang tidak dapat "
            f"dikenali. Periode {bahan.nama} belum sampai sebanyak itu."
        )
    few = [one.nama for one in bahan.hasil.unsur if _count_terisi(bahan, one) < MIN_KELOMPOK]
    if few:
        raise TerbitanError(
            f"Unsur {', '.join(few)} dijawab kurang dari {MIN_KELOMPOK} orang, sehingga nilainya "
            "akan membuka jawaban mereka."
        )


def _count_terisi(bahan: Bahan, unsur: HasilUnsur) -> int:
    """People who answered its question; of several, the one that most people answered."""
    return max(bahan.rekap[one.kunci].terisi for one in bahan.instrumen.butir_of(unsur.kunci))


def _add_catatan(session: Session, pelaku: Pelaku, terbitan: Terbitan) -> None:
    penetapan = terbitan.penetapan
    add_catatan(
        session,
        pelaku,
        "terbitkan",
        terbitan,
        f"Hasil periode {penetapan.periode.nama} diterbitkan: IKM "
        f"{format_angka(penetapan.ikm)} dari {format_angka(penetapan.n)} jawaban "
        f"(penetapan nomor {penetapan.nomor}).",
        unit_id=penetapan.periode.unit_id,
        sesudah={
            "periode_id": str(penetapan.periode_id),
            "rincian": terbitan.isi["rincian"],
            "sidik": terbitan.sidik,
        },
    )
