"""Turns the rows of a survey file into isian and records them: all or nothing, each once."""

from __future__ import annotations

import json
import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from skm_app.berkas import Baris, BerkasError, Fault
from skm_app.berkas.kesalahan import quote
from skm_app.intake import Intake, Isian
from skm_app.intake.isian import MAX_SARAN, clean_saran
from skm_app.tempat import PilihanLayanan, Tempat

# Rows get their ids from this name space and their own content, so that the same file read
# twice stores nothing new.
ROW_NAMESPACE = uuid.UUID("6f1c1f0e-6a0b-5d0e-9a53-2c7d1a3b9e41")


@dataclass(frozen=True, kw_only=True)
class HasilImpor:
    """How many rows were new and how many had been stored before."""

    baru: int
    sudah_ada: int


def make_daftar_isian(rows: Sequence[Baris], tempat: Tempat, kanal: str = "impor") -> list[Isian]:
    """Turn the rows of a file into isian of one titik.

    :raise BerkasError: naming every row whose service or comment cannot be stored.
    """
    faults: list[Fault] = []
    daftar: list[Isian] = []
    seen: Counter[str] = Counter()
    for row in rows:
        layanan = _find_layanan(row, tempat)
        saran = clean_saran(row.saran)
        if layanan is None:
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
            daftar.append(_make_isian(row, tempat, layanan, saran, kanal, seen))
    if faults:
        raise BerkasError(faults)
    return daftar


def import_rows(intake: Intake, daftar: Sequence[Isian]) -> HasilImpor:
    """Record all isian in one transaction; those stored before are counted, not repeated."""
    baru = sum(tercatat.baru for tercatat in intake.record_all(daftar))
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
    kanal: str,
    seen: Counter[str],
) -> Isian:
    content = json.dumps(
        [
            tempat.kode,
            row.tanggal.isoformat() if row.tanggal else None,
            layanan.kode,
            sorted(row.nilai.items()),
            [row.profil.jenis_kelamin, row.profil.usia],
            [row.profil.pendidikan, row.profil.pekerjaan],
            saran,
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
        tanggal=row.tanggal,
        saran=saran,
    )
