"""Proposals as the pages tell of them: who, when, why, and what each would do."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from skm_app.admin.hak import get_sesi
from skm_app.admin.halaman_daftar import HalamanDaftar
from skm_app.admin.tabel import Sel, TabelHalaman
from skm_app.admin.unit import UnitPohon
from skm_app.angka import format_angka
from skm_app.models import Periode, Putusan, Usulan
from skm_app.periode.dampak import Dampak, preview_pengecualian
from skm_app.periode.usulan import BUKA, TETAPKAN
from skm_app.usulan.dua_orang import list_open_usulan
from skm_app.web.filters import format_waktu

PER_HALAMAN = 50
TERTUTUP = (
    "Kurang dari 5 jawaban: pengaruhnya terhadap IKM tidak ditampilkan agar jawaban seseorang "
    "tidak dapat dihitung."
)
HASIL_LABEL = {"disetujui": "Disetujui", "ditolak": "Ditolak", "ditarik": "Ditarik"}


@dataclass(frozen=True, kw_only=True)
class BarisUsulan:
    """One proposal; ``akibat``: what it would do, in sentences. ``dampak``: the same in figures."""

    usulan: Usulan
    judul: str
    unit: str
    akibat: list[str]
    dampak: Sequence[Dampak]
    putusan: Putusan | None
    milik_sendiri: bool


def list_menunggu(session: Session, pohon: list[UnitPohon]) -> list[BarisUsulan]:
    """Proposals that wait for a decision, the oldest first; at most as many as fit on a page."""
    return make_baris(
        session, pohon, list_open_usulan(session, tuple(unit.id for unit in pohon))[:PER_HALAMAN]
    )


def list_decided(
    session: Session, pohon: list[UnitPohon], halaman: HalamanDaftar
) -> list[BarisUsulan]:
    """One page of decided proposals and one more, if there is one; the newest decision first."""
    found = session.scalars(
        select(Usulan)
        .join(Putusan, Putusan.usulan_id == Usulan.id)
        .where(Usulan.unit_id.in_([unit.id for unit in pohon]))
        .options(selectinload(Usulan.putusan))
        .order_by(Putusan.diputuskan.desc(), Usulan.id)
        .offset(halaman.mulai)
        .limit(halaman.per + 1)
    ).all()
    return make_baris(session, pohon, found)


def make_baris(
    session: Session, pohon: list[UnitPohon], all_usulan: Sequence[Usulan]
) -> list[BarisUsulan]:
    """What a page tells of some proposals, in a number of statements that does not grow."""
    names = {unit.id: unit.nama for unit in pohon}
    periode_ids = {one.periode_id for one in all_usulan if one.periode_id}
    rows = session.execute(select(Periode.id, Periode.nama).where(Periode.id.in_(periode_ids)))
    periode: dict[uuid.UUID, str] = dict(rows.all())
    decided = _read_putusan(session, all_usulan)
    # A decided proposal has had its effect; a forecast would tell nothing.
    waiting = [one for one in all_usulan if one.id not in decided]
    dampak = preview_pengecualian(session, waiting, tuple(names))
    saya = get_sesi().pengguna_id
    return [
        BarisUsulan(
            usulan=one,
            judul=_describe(one, periode.get(one.periode_id) if one.periode_id else None),
            unit=names[one.unit_id],
            akibat=_describe_akibat(one, dampak.get(one.id, [])) if one in waiting else [],
            dampak=dampak.get(one.id, []),
            putusan=decided.get(one.id),
            milik_sendiri=one.pengusul_id == saya,
        )
        for one in all_usulan
    ]


def _read_putusan(session: Session, all_usulan: Sequence[Usulan]) -> dict[uuid.UUID, Putusan]:
    found = session.scalars(
        select(Putusan).where(Putusan.usulan_id.in_([one.id for one in all_usulan]))
    )
    return {one.usulan_id: one for one in found}


def _describe(usulan: Usulan, periode: str | None) -> str:
    if usulan.jenis == TETAPKAN:
        return f"Tetapkan periode {periode}"
    if usulan.jenis == BUKA:
        return f"Buka kembali periode {periode}"
    jumlah = format_angka(usulan.isi.get("jumlah"))
    if usulan.jenis == "kecualikan":
        return f"Kecualikan {jumlah} jawaban dari hasil"
    return f"Pulihkan {jumlah} jawaban ke hasil"


def _describe_akibat(usulan: Usulan, dampak: Sequence[Dampak]) -> list[str]:
    if usulan.jenis == TETAPKAN:
        return [
            f"Saat diusulkan IKM-nya {str(usulan.isi.get('ikm')).replace('.', ',')} dari "
            f"{format_angka(usulan.isi.get('n'))} jawaban. Yang ditetapkan ialah angka saat "
            "usulan ini disetujui."
        ]
    if usulan.jenis == BUKA:
        return [
            f"Penetapan nomor {usulan.isi.get('nomor')} tidak berlaku lagi, tetapi tetap dapat "
            "dibaca. Angka periode ini menjadi sementara sampai ditetapkan lagi."
        ]
    return [_describe_dampak(one) for one in dampak] or ["Tidak ada periode yang angkanya berubah."]


def _describe_dampak(dampak: Dampak) -> str:
    if dampak.beku:
        return f"Periode {dampak.periode} sudah ditetapkan, jadi angkanya tidak berubah."
    before, after = dampak.sebelum, dampak.sesudah
    numbers = (
        f"Periode {dampak.periode}: dari {format_angka(before.n)} menjadi {format_angka(after.n)} "
        "jawaban"
    )
    if dampak.tertutup:
        return f"{numbers}. {TERTUTUP}"
    return f"{numbers}, IKM dari {format_angka(before.ikm)} menjadi {format_angka(after.ikm)}."


def make_tabel_dampak(baris: BarisUsulan) -> TabelHalaman:
    """What a proposal about responses would do to each period."""
    return TabelHalaman(
        nama="dampak",
        judul="Akibat bagi indeks",
        kolom=(
            "Periode", "Jawaban sekarang", "Jawaban sesudahnya", "IKM sekarang", "IKM sesudahnya",
            "Mutu sekarang", "Mutu sesudahnya", "Keterangan",
        ),
        baris=[
            (
                one.periode, one.sebelum.n, one.sesudah.n, *_list_angka(one),
                "Sudah ditetapkan, tidak berubah" if one.beku else "Masih berjalan",
            )
            for one in baris.dampak
        ],
    )  # fmt: skip


def _list_angka(dampak: Dampak) -> tuple[Sel, ...]:
    """IKM and mutu, before and after each."""
    if dampak.tertutup:
        return ("tidak ditampilkan",) * 4
    before, after = dampak.sebelum, dampak.sesudah
    grades = [one.mutu.huruf if one.mutu else None for one in (before, after)]
    return (before.ikm, after.ikm, *grades)


def make_tabel_putusan(baris: Sequence[BarisUsulan]) -> TabelHalaman:
    """Decided proposals."""
    return TabelHalaman(
        nama="putusan",
        judul="Usulan yang sudah diputuskan",
        kolom=(
            "Usulan", "Unit", "Pengusul", "Diusulkan", "Alasan", "Hasil", "Pemutus",
            "Diputuskan", "Catatan",
        ),
        baris=[
            (
                one.judul, one.unit, one.usulan.pengusul, format_waktu(one.usulan.dibuat),
                one.usulan.alasan, HASIL_LABEL[one.putusan.hasil], one.putusan.pemutus,
                format_waktu(one.putusan.diputuskan), one.putusan.catatan,
            )
            for one in baris
            if one.putusan
        ],
    )  # fmt: skip
