"""Stacks of paper forms: drafts on the server, typed once or twice, stored together."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from skm_app.batch import BatchError
from skm_app.batch.lembar import PROFIL, list_beda
from skm_app.intake import AsalLembar, Isian
from skm_app.models import Batch, Lembar
from skm_app.profil import Profil
from skm_app.tempat import Tempat

MAX_LEMBAR = 500


class IsiLainError(BatchError):
    """Another form is stored under this id. ``nomor``: its number; ``berikut``: the next free."""

    def __init__(self, nomor: int, berikut: int) -> None:
        super().__init__(
            f"Lembar {nomor} sudah tersimpan dengan isi lain. Bila ini perbaikannya, ubah lewat "
            f"Ubah lembar {nomor}. Bila ini kertas lain, simpan sekali lagi; lembar ini menjadi "
            f"lembar {berikut}."
        )
        self.nomor, self.berikut = nomor, berikut


def list_lembar(session: Session, batch_id: uuid.UUID) -> list[Lembar]:
    """The drafts of a batch by number."""
    found = select(Lembar).where(Lembar.batch_id == batch_id).order_by(Lembar.nomor)
    return list(session.scalars(found))


def count_lembar(session: Session, batch_ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, int]:
    """How many drafts each batch holds."""
    rows = session.execute(
        select(Lembar.batch_id, func.count())
        .where(Lembar.batch_id.in_(batch_ids))
        .group_by(Lembar.batch_id)
    )
    return dict(rows.all())


def next_nomor(session: Session, batch_id: uuid.UUID) -> int:
    """The number that the next form of a batch gets."""
    highest = session.scalar(select(func.max(Lembar.nomor)).where(Lembar.batch_id == batch_id))
    return (highest or 0) + 1


def check_open(batch: Batch) -> None:
    """:raise BatchError: if the forms of this batch cannot be changed any more."""
    if batch.status == "diproses":
        raise BatchError("Batch ini sedang disimpan; isinya tidak dapat diubah lagi.")
    if batch.status != "diisi":
        raise BatchError(f"Batch {batch.kode} sudah ditutup; isinya tidak dapat diubah lagi.")


def save_pertama(
    session: Session, batch: Batch, submission_id: uuid.UUID, nomor: int, isi: dict[str, Any]
) -> Lembar:
    """Keep a form that was typed the first time; the caller holds the batch and commits.

    The same submission is kept once. Where somebody else has used the number meanwhile, the
    form gets the next free one.

    :raise IsiLainError: if this id holds other answers: a page that was gone back to.
    :raise BatchError: if the batch is closed, full, or the form belongs to another batch.
    """
    known = session.scalars(
        select(Lembar).where(Lembar.submission_id == submission_id)
    ).one_or_none()
    if known is not None and known.batch_id == batch.id and known.isi == isi:
        return known
    check_open(batch)
    if known is not None and known.batch_id == batch.id:
        raise IsiLainError(known.nomor, next_nomor(session, batch.id))
    if known is not None:
        raise BatchError("Lembar ini sudah ada di batch lain.")
    if nomor < 1 or session.get(Lembar, (batch.id, nomor)) is not None:
        nomor = next_nomor(session, batch.id)
    if nomor > MAX_LEMBAR:
        raise BatchError(f"Satu batch paling banyak {MAX_LEMBAR} lembar; buat batch berikutnya.")
    lembar = Lembar(
        batch_id=batch.id, nomor=nomor, submission_id=submission_id, isi=isi, isi_kedua=None
    )
    session.add(lembar)
    session.flush()
    return lembar


def save_kedua(session: Session, batch: Batch, nomor: int, isi: dict[str, Any]) -> Lembar:
    """Keep what was typed the second time; the caller holds the batch and commits.

    :raise BatchError: if the batch is closed or has no form of this number.
    """
    check_open(batch)
    lembar = session.get(Lembar, (batch.id, nomor))
    if lembar is None or not batch.ganda:
        raise BatchError(f"Lembar {nomor} belum diketik pertama kali.")
    if lembar.isi_kedua != isi:
        lembar.isi_kedua = isi
    return lembar


def list_belum_kedua(batch: Batch, daftar: Sequence[Lembar]) -> list[int]:
    """Numbers of the forms that wait for being typed a second time."""
    return [one.nomor for one in daftar if batch.ganda and one.isi_kedua is None]


def check_ready(batch: Batch, daftar: Sequence[Lembar], tempat: Tempat) -> None:
    """:raise BatchError: saying what is left to do before this batch can be stored."""
    if not daftar:
        raise BatchError("Batch ini belum mempunyai lembar.")
    waiting = list_belum_kedua(batch, daftar)
    if waiting:
        numbers = ", ".join(str(nomor) for nomor in waiting[:10])
        more = " dan lainnya" if len(waiting) > 10 else ""
        raise BatchError(f"Lembar {numbers}{more} belum diketik kedua kali.")
    beda = list_beda(daftar, tempat) if batch.ganda else []
    if beda:
        raise BatchError(f"Masih ada {len(beda)} perbedaan yang belum diputuskan.")
    wanted = set(tempat.instrumen.fields)
    other = [one.nomor for one in daftar if set(one.isi["nilai"]) != wanted]
    if other:
        raise BatchError(
            f"Kuesioner untuk tanggal ini sudah berganti; periksa lagi lembar {other[0]}."
        )
    gone = [one.nomor for one in daftar if tempat.find_layanan(one.isi["layanan"]) is None]
    if gone:
        raise BatchError(f"Layanan pada lembar {gone[0]} tidak ada lagi; ubah lembar itu.")


def make_daftar_isian(batch: Batch, daftar: Sequence[Lembar], tempat: Tempat) -> list[Isian]:
    """The forms of a batch as isian; their ids are the submissions', so none is stored twice."""
    return [_make_isian(batch, lembar, tempat) for lembar in daftar]


def _make_isian(batch: Batch, lembar: Lembar, tempat: Tempat) -> Isian:
    isi = lembar.isi
    layanan = tempat.find_layanan(isi["layanan"])
    if layanan is None:
        raise BatchError(f"Layanan pada lembar {lembar.nomor} tidak ada lagi.")
    return Isian(
        id=lembar.submission_id,
        unit_id=batch.unit_id,
        titik_id=batch.titik_id,
        layanan_id=layanan.id,
        instrumen=tempat.instrumen,
        nilai=isi["nilai"],
        profil=Profil(**{name: isi[name] for name in PROFIL}),
        kanal="kertas",
        tanggal=batch.tanggal,
        dibantu={"ya": True, "tidak": False}.get(isi["dibantu"] or ""),
        saran=isi["saran"],
        pengaduan=isi["pengaduan"],
        lembar=AsalLembar(batch_id=batch.id, nomor=lembar.nomor),
    )


def delete_all_lembar(session: Session, batch_id: uuid.UUID) -> None:
    """Forget the drafts: a stored comment must not lie beside its answers."""
    session.execute(delete(Lembar).where(Lembar.batch_id == batch_id))
