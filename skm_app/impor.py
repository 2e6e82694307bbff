"""Turns the rows of a survey file into isian and records them: all or nothing, each once."""

from __future__ import annotations

import json
import uuid
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from skm_app.berkas import Baris, BerkasError, Fault
from skm_app.berkas.kesalahan import quote
from skm_app.intake import AsalLembar, Intake, Isian
from skm_app.intake.isian import MAX_SARAN, clean_saran
from skm_app.tempat import PilihanLayanan, Tempat

# Rows get their ids from this name space and their own content, so that the same file read
# twice stores nothing new.
ROW_NAMESPACE = uuid.UUID("6f1c1f0e-6a0b-5d0e-9a53-2c7d1a3b9e41")

# No survey of this kind is older; a date before is a slip of the pen.
EARLIEST = date(2000, 1, 1)


@dataclass(frozen=True, kw_only=True)
class HasilImpor:
    """How many rows were new and how many had been stored before."""

    baru: int
    sudah_ada: int


def make_daftar_isian(
    rows: Sequence[Baris],
    tempat: Tempat,
    today: date,
    *,
    kanal: str = "impor",
    tanggal: date | None = None,
    berkas: str = "",
    batch_id: uuid.UUID | None = None,
) -> list[Isian]:
    """Turn the rows of a file into isian of one titik.

    :param tanggal: the day of rows that name none; without it that of receipt.
    :param berkas: fingerprint of the file, where its rows are new whatever was stored before:
        two citizens may answer alike. Empty: a row that is stored already is the same row.
    :param batch_id: the batch that new rows will lead back to, each with its row number.
    :raise BerkasError: naming every row whose day, service or comment cannot be stored.
    """
    faults: list[Fault] = []
    daftar: list[Isian] = []
    seen: Counter[str] = Counter()
    for row in rows:
        layanan = _find_layanan(row, tempat)
        saran = clean_saran(row.saran)
        day = row.tanggal or tanggal
        if day is not None and not EARLIEST <= day <= today:
            faults.append(
                Fault(
                    baris=row.nomor,
                    kolom="Tanggal",
                    pesan=f"{day:%d/%m/%Y} di luar {EARLIEST:%d/%m/%Y} sampai hari ini",
                )
            )
        elif layanan is None:
            faults.append(_layanan_fault(row, tempat))
        elif saran and len(saran) > MAX_SARAN:
            faults.append(
                Fault(
                    baris=row.nomor,
                    kolom="Saran",
                    pesan=f"paling panjang {MAX_SARAN} huruf, ada {len(saran)}",
                )
            )
        else:
            lembar = AsalLembar(batch_id=batch_id, nomor=row.nomor) if batch_id else None
            isian = _make_isian(row, tempat, layanan, saran, day, kanal, berkas, seen)
            daftar.append(replace(isian, lembar=lembar) if lembar else isian)
    if faults:
        raise BerkasError(faults)
    return daftar


class SebagianAdaError(Exception):
    """Some rows of a file are stored already, others not: is it the same file, or another?"""

    def __init__(self, sudah_ada: int, semua: int) -> None:
        super().__init__(
            f"{sudah_ada} dari {semua} baris sama dengan yang sudah tersimpan; tidak ada yang "
            "disimpan. Bila ini berkas lama yang ditambah baris, pakai --lanjutan. Bila ini "
            "kuesioner lain yang kebetulan sama jawabannya, pakai --berkas-baru."
        )


def import_rows(
    intake: Intake,
    daftar: Sequence[Isian],
    *,
    lanjutan: bool = False,
    watch: Callable[[Sequence[Isian]], Sequence[Isian]] = lambda daftar: daftar,
) -> HasilImpor:
    """Record all isian in one transaction; those stored before are counted, not repeated.

    :param lanjutan: the file is known to be one stored before with rows added.
    :param watch: wraps the rows while they are stored, to see how far that is.
    :raise SebagianAdaError: if only some are stored already and nobody said why.
    """
    known = intake.count_known([isian.id for isian in daftar])
    if 0 < known < len(daftar) and not lanjutan:
        raise SebagianAdaError(known, len(daftar))
    baru = sum(tercatat.baru for tercatat in intake.record_all(watch(daftar)))
    return HasilImpor(baru=baru, sudah_ada=len(daftar) - baru)


def _find_layanan(row: Baris, tempat: Tempat) -> PilihanLayanan | None:
    if not row.layanan:
        return tempat.find_layanan("")
    typed = row.layanan.strip().casefold()
    return next(
        (
            layanan
            for layanan in tempat.layanan
            if typed in (layanan.kode.casefold(), layanan.nama.casefold())
        ),
        None,
    )


def _layanan_fault(row: Baris, tempat: Tempat) -> Fault:
    names = ", ".join(layanan.nama for layanan in tempat.layanan)
    if row.layanan:
        pesan = f"{quote(row.layanan)} tidak dikenal; pilih {names}"
    else:
        pesan = f"belum diisi; pilih {names}"
    return Fault(baris=row.nomor, kolom="Layanan", pesan=pesan)


def _make_isian(
    row: Baris,
    tempat: Tempat,
    layanan: PilihanLayanan,
    saran: str | None,
    day: date | None,
    kanal: str,
    berkas: str,
    seen: Counter[str],
) -> Isian:
    content = json.dumps(
        [
            tempat.kode,
            day.isoformat() if day else None,
            layanan.kode,
            sorted(row.nilai.items()),
            [row.profil.jenis_kelamin, row.profil.usia],
            [row.profil.pendidikan, row.profil.pekerjaan],
            saran,
            *([berkas] if berkas else []),
        ]
    )
    # Two citizens may answer alike on one day: the second such row is a row of its own.
    seen[content] += 1
    return Isian(
        id=uuid.uuid5(ROW_NAMESPACE, f"{content}#{seen[content]}"),
        unit_id=tempat.unit_id,
        titik_id=tempat.titik_id,
        layanan_id=layanan.id,
        instrumen=tempat.instrumen,
        nilai=row.nilai,
        profil=row.profil,
        kanal=kanal,
        tanggal=day,
        saran=saran,
    )
