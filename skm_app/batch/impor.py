"""Turns the rows of a survey file into isian and records them: all or nothing, each once."""

from __future__ import annotations

import json
import uuid
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.orm import Session

from skm_app.berkas import Baris, BerkasError, Fault
from skm_app.berkas.kesalahan import quote
from skm_app.intake import AsalLembar, Intake, Isian, Tercatat
from skm_app.intake.isian import MAX_SARAN, clean_saran
from skm_app.periode import DEFAULT_INSTRUMEN, find_periode_by_day
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


def choose_hari(days: Iterable[date | None], tanggal: date | None, today: date) -> date:
    """The day whose questionnaire a file is read under: its earliest, else today.

    :param days: of the rows; those without one are of ``tanggal``.
    """
    known = {day or tanggal for day in days} - {None}
    return min((day for day in known if day and EARLIEST <= day <= today), default=today)


def find_hari_lain(
    session: Session, tempat: Tempat, rows: Iterable[Baris], tanggal: date | None, today: date
) -> dict[date, str]:
    """Days of rows on which another questionnaire was asked than ``tempat`` has; each with why.

    Under the wrong one the answers would count in no period.
    """
    days = {row.tanggal or tanggal or today for row in rows}
    found: dict[date, str] = {}
    for day, periode in find_periode_by_day(session, tempat.unit_id, days).items():
        asked = periode.instrumen_id if periode else DEFAULT_INSTRUMEN
        if asked != tempat.instrumen_id:
            where = (
                f"termasuk periode {periode.nama} dengan"
                if periode
                else "tidak termasuk periode mana pun, jadi memakai"
            )
            found[day] = f"{where} kuesioner {asked}"
    return found


def make_daftar_isian(
    rows: Sequence[Baris],
    tempat: Tempat,
    today: date,
    *,
    kanal: str = "impor",
    tanggal: date | None = None,
    berkas: str = "",
    batch_id: uuid.UUID | None = None,
    hari_lain: Mapping[date, str] | None = None,
) -> list[Isian]:
    """Turn the rows of a file into isian of one titik.

    :param tanggal: the day of rows that name none; without it that of receipt.
    :param berkas: fingerprint of the file, where its rows are new whatever was stored before:
        two citizens may answer alike. Empty: a row that is stored already is the same row.
    :param batch_id: the batch that new rows will lead back to, each with its row number.
    :param hari_lain: of ``find_hari_lain``; a row of such a day is a fault.
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
        elif hari_lain and (day or today) in hari_lain:
            faults.append(_hari_fault(row, day or today, hari_lain, tempat))
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
    also: Callable[[Session, HasilImpor], None] = lambda session, hasil: None,
) -> HasilImpor:
    """Record all isian in one transaction; those stored before are counted, not repeated.

    :param lanjutan: the file is known to be one stored before with rows added.
    :param watch: wraps the rows while they are stored, to see how far that is.
    :param also: what belongs into the same transaction, such as its note in the audit log.
    :raise SebagianAdaError: if only some are stored already and nobody said why.
    """
    known = intake.count_known([isian.id for isian in daftar])
    if 0 < known < len(daftar) and not lanjutan:
        raise SebagianAdaError(known, len(daftar))
    tercatat = intake.record_all(
        watch(daftar), lambda session, stored: also(session, _count(stored))
    )
    return _count(tercatat)


def _count(stored: Sequence[Tercatat]) -> HasilImpor:
    baru = sum(one.baru for one in stored)
    return HasilImpor(baru=baru, sudah_ada=len(stored) - baru)


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


def _hari_fault(row: Baris, day: date, hari_lain: Mapping[date, str], tempat: Tempat) -> Fault:
    return Fault(
        baris=row.nomor,
        kolom="Tanggal",
        pesan=(
            f"{day:%d/%m/%Y} {hari_lain[day]}, sedangkan berkas ini dibaca dengan kuesioner "
            f"{tempat.instrumen_id}"
        ),
        perbaikan="impor baris itu dengan berkas tersendiri",
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
