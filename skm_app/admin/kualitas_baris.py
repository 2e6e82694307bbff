"""What the quality page shows: responses by their short numbers, and what the signs weigh."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from skm_app.admin.kualitas_form import BERTANDA, KANAL_LABEL, SaringanKualitas
from skm_app.admin.tabel import Sel, TabelHalaman, format_sel
from skm_app.angka import format_angka
from skm_app.kualitas import (
    KELOMPOK_TERKECIL,
    TANDA,
    Bacaan,
    JawabanTerbaca,
    Kepekaan,
    choose_shown,
    compute_kepekaan,
    compute_without,
    find_tanda,
    nomor_pendek,
    read_jam_layanan,
)
from skm_app.models import Batch, Titik
from skm_app.results import HasilLingkup
from skm_app.scoring import Konvensi, is_kecil

Bertanda = Mapping[uuid.UUID, frozenset[str]]
# In the list, where several stand in one cell.
TANDA_PENDEK = {
    "cepat": "cepat",
    "beruntun": "beruntun",
    "kembar": "kembar",
    "luar-jam": "luar jam",
    "seragam": "semua sama",
}
SEKARANG = "Semua dihitung (sekarang)"
TERTUTUP = "tidak ditampilkan"
DIRAHASIAKAN = f"kurang dari {KELOMPOK_TERKECIL}"
KOLOM = ("Nomor", "Tanggal", "Titik", "Kanal", "Batch", "Tanda", "Keadaan")


@dataclass(frozen=True, kw_only=True)
class BarisJawaban:
    """One response in the list: neither answers nor profile."""

    jawaban: JawabanTerbaca
    titik: str
    batch: str
    tanda: str

    @property
    def id(self) -> uuid.UUID:
        return self.jawaban.id

    @property
    def nomor(self) -> str:
        return nomor_pendek(self.id)

    @property
    def kanal(self) -> str:
        return KANAL_LABEL[self.jawaban.lembaran.kanal]

    @property
    def keadaan(self) -> str:
        if self.jawaban.diusulkan:
            return "Menunggu putusan"
        return "Dikecualikan" if self.jawaban.dikecualikan else "Dihitung"

    @property
    def dapat_diusulkan(self) -> bool:
        return not (self.jawaban.diusulkan or self.jawaban.dikecualikan)

    @property
    def sel(self) -> tuple[Sel, ...]:
        """Its cells, in the order of ``KOLOM``."""
        tanggal = self.jawaban.lembaran.tanggal
        return (self.nomor, tanggal, self.titik, self.kanal, self.batch, self.tanda, self.keadaan)

    @property
    def teks(self) -> tuple[str, ...]:
        return tuple(format_sel(sel) for sel in self.sel)


def find_bertanda(session: Session, bacaan: Bacaan, butir: int) -> Bertanda:
    """Signs of the responses that count; one that was left out needs no look any more."""
    counting = [one.lembaran for one in bacaan.jawaban if not one.dikecualikan]
    return find_tanda(counting, read_jam_layanan(session), butir)


def list_baris(
    session: Session, bacaan: Bacaan, bertanda: Bertanda, saringan: SaringanKualitas
) -> list[BarisJawaban]:
    """The responses that the filters ask for, the newest day first. Two statements."""
    chosen = [one for one in bacaan.jawaban if _is_wanted(one, bertanda, saringan)]
    titik_ids = {one.lembaran.titik_id for one in chosen}
    batch_ids = {one.batch_id for one in chosen if one.batch_id}
    titik = dict(session.execute(select(Titik.id, Titik.nama).where(Titik.id.in_(titik_ids))).all())
    batch = dict(session.execute(select(Batch.id, Batch.kode).where(Batch.id.in_(batch_ids))).all())
    return [
        BarisJawaban(
            jawaban=one,
            titik=titik[one.lembaran.titik_id],
            batch=_name_batch(one, batch),
            tanda=_name_tanda(bertanda.get(one.id, frozenset())),
        )
        for one in chosen
    ]


def _is_wanted(one: JawabanTerbaca, bertanda: Bertanda, saringan: SaringanKualitas) -> bool:
    tanda = bertanda.get(one.id, frozenset())
    return (
        (saringan.tampil != BERTANDA or bool(tanda))
        and saringan.kanal in ("", one.lembaran.kanal)
        and saringan.jam in ("", one.jam)
        and (not saringan.tanda or saringan.tanda in tanda)
    )


def _name_batch(one: JawabanTerbaca, batch: Mapping[uuid.UUID, str]) -> str:
    if one.batch_id is None:
        return "–"
    lembar = f", lembar {one.nomor_lembar}" if one.nomor_lembar is not None else ""
    return f"{batch[one.batch_id]}{lembar}"


def _name_tanda(tanda: frozenset[str]) -> str:
    names = ", ".join(nama for key, nama in TANDA_PENDEK.items() if key in tanda)
    return names.capitalize() or "–"


def make_tabel_jawaban(baris: Sequence[BarisJawaban]) -> TabelHalaman:
    return TabelHalaman(
        nama="jawaban",
        judul="Jawaban yang terpilih",
        kolom=KOLOM,
        baris=[one.sel for one in baris],
    )


def make_tabel_tanda(
    found: HasilLingkup,
    konvensi: Konvensi,
    bacaan: Bacaan,
    bertanda: Bertanda,
    *,
    tertutup: bool,
) -> TabelHalaman:
    """Per sign: how many, and what the index would be without them.

    :param tertutup: the index of these responses is kept back; then every other one is as well.
    """
    groups: list[tuple[str, set[uuid.UUID]]] = [("Semua yang bertanda", set(bertanda))]
    for key, label in TANDA.items():
        groups.append((label, {id_ for id_, tanda in bertanda.items() if key in tanda}))
    shown = choose_shown([ids for _, ids in groups], found.hasil.n)
    nilai = {one.id: one.nilai for one in bacaan.jawaban}
    baris: list[tuple[Sel, ...]] = [_row_now(found, tertutup=tertutup)]
    for (label, ids), may in zip(groups, shown, strict=True):
        rest = found.hasil.n - len(ids)
        if may and not tertutup:
            rows = [nilai[id_] for id_ in ids]
            hasil = compute_without(found.instrumen, found.rekap, rows, konvensi)
            huruf = hasil.mutu.huruf if hasil.mutu else "–"
            baris.append((label, len(ids), rest, hasil.ikm, hasil.ikm_eksak, huruf))
        else:
            words = _name_hidden(few=not may) if ids else "–"
            baris.append((label, len(ids), rest, words, words, words))
    return TabelHalaman(
        nama="tanda",
        judul="Tanda, dan IKM tanpa jawaban yang bertanda",
        kolom=("Tanda", "Jumlah", "Responden tanpanya", "IKM tanpanya", "IKM eksak", "Mutu"),
        baris=baris,
    )


def _row_now(found: HasilLingkup, *, tertutup: bool) -> tuple[Sel, ...]:
    hasil = found.hasil
    if tertutup:
        words = _name_hidden(few=is_kecil(hasil.n))
        return (SEKARANG, None, hasil.n, words, words, words)
    huruf = hasil.mutu.huruf if hasil.mutu else "–"
    return (SEKARANG, None, hasil.n, hasil.ikm, hasil.ikm_eksak, huruf)


def _name_hidden(*, few: bool) -> str:
    """Why a figure is missing: too few, or it would tell a few by subtraction."""
    return DIRAHASIAKAN if few else TERTUTUP


def make_kalimat(found: HasilLingkup, konvensi: Konvensi, bacaan: Bacaan) -> list[str]:
    """How few forms would flip the mutu, in sentences; none for a group too small to be shown."""
    if found.hasil.n < KELOMPOK_TERKECIL:
        return []
    counting = [one.nilai for one in bacaan.jawaban if not one.dikecualikan]
    # Which are the worst is only known where all of them have been read.
    rows = counting if len(counting) == found.hasil.n else None
    kepekaan = compute_kepekaan(found.instrumen, found.rekap, rows, konvensi)
    return _describe(kepekaan) if kepekaan else []


def _describe(kepekaan: Kepekaan) -> list[str]:
    naik = (kepekaan.naik_ditambah, 4, kepekaan.naik_dihapus, "terendah")
    turun = (kepekaan.turun_ditambah, 1, kepekaan.turun_dihapus, "tertinggi")
    kalimat = []
    for arah, mutu, facts in (
        ("naik", kepekaan.mutu_naik, naik),
        ("turun", kepekaan.mutu_turun, turun),
    ):
        words = _name_ways(*facts)
        if mutu is not None and words:
            kalimat.append(f"Mutu {arah} menjadi {mutu} bila {' atau '.join(words)}.")
    return kalimat


def _name_ways(ditambah: int | None, nilai: int, dihapus: int | None, yang: str) -> list[str]:
    ways = []
    if ditambah is not None:
        ways.append(f"ditambah {format_angka(ditambah)} isian yang semua jawabannya {nilai}")
    if dihapus is not None:
        ways.append(f"tanpa {format_angka(dihapus)} isian yang nilainya {yang}")
    return ways
