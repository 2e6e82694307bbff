"""Text blocks of Bab III: written from the data, written over by the office, and back."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from sqlalchemy import select
from sqlalchemy.orm import Session

from skm_app.models import TeksKinerja
from skm_app.reports.bab_iii import (
    kalimat_biaya,
    kalimat_capaian,
    kalimat_nko,
    kalimat_sebab,
)
from skm_app.reports.bab_iii.fakta import FaktaKinerja, SasaranFakta
from skm_app.reports.bab_iii.teks_bahan import BahanKinerja, make_bahan_kinerja
from skm_app.reports.tulisan import BlokTeks, make_blok_teks, write_over

Tulis = Callable[[BahanKinerja], str]
_EKOR = 20  # hexadecimal digits of a sasaran's key that tell it apart, within the column's 40


@dataclass(frozen=True, kw_only=True)
class BagianTeks:
    """One block. ``sasaran``: number of the sasaran it is about, 0: of none."""

    kunci: str
    judul: str
    tulis: Tulis
    sasaran: int = 0


# Blocks of one sasaran: name, place in the outline, subject, and what writes it.
PER_SASARAN = {
    "analisis": ("A.1", "capaian", kalimat_capaian.tulis_analisis),
    "berhasil": ("A.4", "faktor keberhasilan", kalimat_sebab.tulis_berhasil),
    "hambatan": ("A.4", "hambatan", kalimat_sebab.tulis_hambatan),
    "solusi": ("A.4", "alternatif solusi", kalimat_sebab.tulis_solusi),
    "biaya": ("A.5", "efisiensi sumber daya", kalimat_biaya.tulis_biaya),
    "penunjang": ("A.6", "program dan kegiatan penunjang", kalimat_biaya.tulis_penunjang),
}


def name_kunci(nama: str, sasaran: SasaranFakta) -> str:
    """The key of a block of one sasaran; it follows the sasaran when the plan is put in order."""
    ekor = sasaran.id.hex[-_EKOR:] if sasaran.id else "tanpa"
    return f"{nama}-{ekor}"


def list_bagian(fakta: FaktaKinerja) -> tuple[BagianTeks, ...]:
    """All blocks of a year's Bab III, in its order."""
    return tuple(_list_bagian(fakta))


def _list_bagian(fakta: FaktaKinerja) -> Iterator[BagianTeks]:
    yield _umum("pembuka", "Pembuka bab", kalimat_capaian.tulis_pembuka)
    yield _umum("capaian", "A. Capaian kinerja organisasi", kalimat_capaian.tulis_capaian)
    yield _umum("target", "A.1 Target dan realisasi", kalimat_capaian.tulis_target)
    yield from _per_sasaran(fakta, "analisis")
    yield _umum("tahun", "A.2 Perbandingan dengan tahun lalu", kalimat_capaian.tulis_tahun)
    yield _umum("renstra", "A.3 Perbandingan dengan Renstra", kalimat_capaian.tulis_renstra)
    yield _umum("sebab", "A.4 Pembuka analisis penyebab", kalimat_sebab.tulis_sebab)
    yield from _per_sasaran(fakta, "berhasil", "hambatan", "solusi")
    yield _umum("efisiensi", "A.5 Efisiensi keseluruhan", kalimat_biaya.tulis_efisiensi)
    yield from _per_sasaran(fakta, "biaya")
    yield from _per_sasaran(fakta, "penunjang")
    yield _umum("anggaran", "B. Realisasi anggaran", kalimat_biaya.tulis_anggaran)
    yield _umum("prestasi", "C. Prestasi/penghargaan", kalimat_nko.tulis_prestasi)
    yield _umum("penilaian", "D. Cara menilai kinerja organisasi", kalimat_nko.tulis_penilaian)
    yield _umum("nko", "D. Nilai kinerja organisasi", kalimat_nko.tulis_nko)


def _umum(kunci: str, judul: str, tulis: Tulis) -> BagianTeks:
    return BagianTeks(kunci=kunci, judul=judul, tulis=tulis)


def _per_sasaran(fakta: FaktaKinerja, *nama: str) -> Iterator[BagianTeks]:
    for sasaran in fakta.sasaran:
        for one in nama:
            tempat, tentang, tulis = PER_SASARAN[one]
            yield BagianTeks(
                kunci=name_kunci(one, sasaran),
                judul=f"{tempat} Sasaran {sasaran.nomor}: {tentang}",
                tulis=partial(tulis, sasaran=sasaran),
                sasaran=sasaran.nomor,
            )


def list_teks_kinerja(session: Session, bahan: BahanKinerja) -> tuple[BlokTeks, ...]:
    """All blocks of a year's Bab III, in its order."""
    own = _read_own(session, bahan.fakta)
    return tuple(
        make_blok_teks(one.kunci, one.judul, one.tulis(bahan), own.get(one.kunci))
        for one in list_bagian(bahan.fakta)
    )


def list_teks_berubah(session: Session, fakta: FaktaKinerja) -> tuple[BlokTeks, ...]:
    """Blocks of which the data say something else than when the office wrote them over."""
    if not any(row.isi for row in _read_own(session, fakta).values()):
        return ()
    semua = list_teks_kinerja(session, make_bahan_kinerja(session, fakta))
    return tuple(one for one in semua if one.berubah)


def _read_own(session: Session, fakta: FaktaKinerja) -> dict[str, TeksKinerja]:
    rows = session.scalars(
        select(TeksKinerja).where(
            TeksKinerja.unit_id == fakta.unit_id, TeksKinerja.tahun == fakta.tahun
        )
    )
    return {row.kunci: row for row in rows}


def change_teks_kinerja(
    session: Session,
    unit_id: uuid.UUID,
    tahun: int,
    blok: BlokTeks,
    isi: str | None,
    versi: int,
    sidik: str | None = None,
) -> str:
    """Write a block over, as ``write_over``; the caller commits."""
    row = session.get(TeksKinerja, (unit_id, tahun, blok.kunci), populate_existing=True)

    def make(text: str, ditulis: datetime, sidik: str) -> TeksKinerja:
        return TeksKinerja(
            unit_id=unit_id,
            tahun=tahun,
            kunci=blok.kunci,
            isi=text,
            ditulis=ditulis,
            sidik_bawaan=sidik,
        )

    return write_over(session, row, make, blok, isi, versi, sidik)
