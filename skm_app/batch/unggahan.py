"""An uploaded file on its way in: understood, checked cell by cell, then stored whole or not."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session, defer

from skm_app.batch.impor import choose_hari, find_hari_lain, make_daftar_isian
from skm_app.berkas import (
    Baris,
    BerkasError,
    Fault,
    Peta,
    guess_peta,
    letter_of,
    list_tanggal,
    read_tabel,
    read_with_peta,
)
from skm_app.berkas.kesalahan import printable
from skm_app.berkas.simpanan import pack_tabel, unpack_tabel
from skm_app.intake import Intake, Isian
from skm_app.models import Batch, Unggahan
from skm_app.scoring import Butir, Instrumen
from skm_app.tempat import Tempat, find_tempat

MAX_BYTES = 5 * 1024 * 1024
# More would hold the database longer than a citizen's answer can wait for it.
MAX_BARIS = 10_000
SIMPAN_HARI = 7
MAX_TEMUAN = 500  # faults that are kept to be shown
MAX_CONTOH = 10
TERLALU_BESAR = "Berkas lebih dari 5 MB. Pecah menjadi beberapa berkas."

NILAI = "Tulis 1, 2, 3, atau 4. Kosongkan bila tidak dijawab."
PERBAIKAN = {
    "tanggal": "Tulis tanggal seperti 31/12/2024, tidak sesudah hari ini.",
    "jenis_kelamin": "Tulis L atau P, atau kosongkan.",
    "usia": "Tulis umur atau kelompok usianya, atau kosongkan.",
    "pendidikan": "Tulis salah satu pilihan itu, atau kosongkan.",
    "pekerjaan": "Tulis salah satu pilihan itu, atau kosongkan.",
    "layanan": "Tulis nama layanan persis seperti di daftar layanan.",
    "saran": "Persingkat, atau hapus karakter yang aneh.",
}
BARIS_LAIN = "Periksa baris ini, atau hapus bila bukan jawaban."
# What make_daftar_isian calls these columns.
KOLOM_LAIN = {"Tanggal": "tanggal", "Layanan": "layanan", "Saran": "saran"}


@dataclass(frozen=True, kw_only=True)
class Temuan:
    """One fault of a file: where, what, and how to mend it."""

    baris: int | None
    sel: str  # "F7"; empty where the whole row or file is meant
    kolom: str
    pesan: str
    perbaikan: str


class TemuanError(Exception):
    """The file cannot be stored as it is; ``temuan`` names every fault."""

    def __init__(self, temuan: Sequence[Temuan]) -> None:
        super().__init__(f"{len(temuan)} kesalahan di dalam berkas")
        self.temuan = tuple(temuan)


def create_unggahan(
    session: Session,
    oleh_id: uuid.UUID,
    nama: str,
    data: bytes,
    tempat: Tempat,
    now: datetime,
    today: date,
) -> Unggahan:
    """Keep a file and guess its columns; the caller commits.

    :param tempat: the titik on any day; the columns are those of the file's own days.

    Forgets what this person left lying about, and what anybody left for a week: the files hold
    answers of citizens.

    :raise BerkasError: if it cannot be read as a table.
    """
    if len(data) > MAX_BYTES:
        raise BerkasError([Fault(pesan=TERLALU_BESAR)])
    if not data.strip():
        raise BerkasError([Fault(pesan="berkas kosong")])
    tabel = read_tabel(data)
    peta = guess_peta(tabel, tempat.instrumen)
    hari = choose_hari(list_tanggal(tabel, peta.nomor, peta.lain.get("tanggal")), None, today)
    of_hari = find_tempat(session, tempat.kode, hari)
    if of_hari is not None and of_hari.instrumen_id != tempat.instrumen_id:
        peta = guess_peta(tabel, of_hari.instrumen)
    old = or_(Unggahan.oleh_id == oleh_id, Unggahan.dibuat < now - timedelta(days=SIMPAN_HARI))
    session.execute(delete(Unggahan).where(old))
    unggahan = Unggahan(
        oleh_id=oleh_id,
        nama=printable(nama)[:200] or "berkas",
        isi=pack_tabel(tabel),
        pilihan={
            "titik": tempat.kode,
            "hari": hari.isoformat(),
            "peta": peta_to_dict(peta),
            "sidik": hashlib.sha256(data).hexdigest(),
        },
        dibuat=now,
    )
    session.add(unggahan)
    session.flush()
    return unggahan


def list_unggahan(session: Session, oleh_id: uuid.UUID) -> list[Unggahan]:
    """Files of one person that are not stored yet, without their content."""
    found = select(Unggahan).options(defer(Unggahan.isi)).where(Unggahan.oleh_id == oleh_id)
    return list(session.scalars(found.order_by(Unggahan.dibuat.desc())))


def peta_to_dict(peta: Peta) -> dict[str, Any]:
    return {
        "nomor": peta.nomor,
        "judul": list(peta.judul),
        "butir": dict(peta.butir),
        "lain": dict(peta.lain),
    }


def peta_of(unggahan: Unggahan) -> Peta:
    """The mapping of columns as it was guessed or chosen."""
    stored = unggahan.pilihan["peta"]
    return Peta(
        nomor=stored["nomor"],
        judul=tuple(stored["judul"]),
        butir=stored["butir"],
        lain=stored["lain"],
    )


def tanggal_of(unggahan: Unggahan) -> date | None:
    """The day for rows that bring none."""
    text = unggahan.pilihan.get("tanggal")
    return date.fromisoformat(text) if text else None


def hari_of(unggahan: Unggahan) -> date | None:
    """The day whose questionnaire the file is read under; None: that of today."""
    text = unggahan.pilihan.get("hari")
    return date.fromisoformat(text) if text else None


def choose_hari_of(
    unggahan: Unggahan, lain: Mapping[str, int], tanggal: date | None, today: date
) -> date:
    """The day whose questionnaire a file is read under, by the columns that were chosen.

    :param lain: index of the column by field.
    """
    nomor = peta_of(unggahan).nomor
    days = list_tanggal(unpack_tabel(unggahan.isi), nomor, lain.get("tanggal"))
    return choose_hari(days, tanggal, today)


def guess_again(unggahan: Unggahan, instrumen: Instrumen) -> Mapping[str, int]:
    """The columns of the answers to another questionnaire, by butir kunci."""
    return guess_peta(unpack_tabel(unggahan.isi), instrumen).butir


def find_hasil(unggahan: Unggahan, tempat: Tempat) -> dict[str, Any] | None:
    """What ``check_unggahan`` found; None: not checked under this questionnaire."""
    hasil: dict[str, Any] | None = unggahan.pilihan.get("hasil")
    return hasil if hasil and hasil.get("instrumen") == tempat.instrumen_id else None


def sidik_of(unggahan: Unggahan) -> str:
    """SHA-256 of the file as it was sent, 64 hexadecimal digits."""
    sidik: str = unggahan.pilihan["sidik"]
    return sidik


def read_isian(
    session: Session,
    unggahan: Unggahan,
    tempat: Tempat,
    today: date,
    *,
    baru: bool = False,
    batch_id: uuid.UUID | None = None,
) -> list[Isian]:
    """Read a file with its chosen mapping.

    :param baru: its rows are new whatever was stored before.
    :raise TemuanError: naming every fault, by cell.
    """
    peta, tanggal = peta_of(unggahan), tanggal_of(unggahan)
    try:
        rows, faults = read_with_peta(unpack_tabel(unggahan.isi), peta)
    except BerkasError as error:
        raise TemuanError([_temuan(fault, peta) for fault in error.faults]) from error
    if len(rows) > MAX_BARIS:
        pesan = f"berkas ini berisi {len(rows)} baris, paling banyak {MAX_BARIS} sekali impor"
        fault = Fault(pesan=pesan)
        raise TemuanError([_temuan(fault, peta, "Pecah menjadi beberapa berkas.")])
    found = [*faults, *_without_date(rows, faults, tanggal)]
    daftar: list[Isian] = []
    try:
        daftar = make_daftar_isian(
            rows,
            tempat,
            today,
            tanggal=tanggal,
            berkas=sidik_of(unggahan) if baru else "",
            batch_id=batch_id,
            hari_lain=find_hari_lain(session, tempat, rows, tanggal, today),
        )
    except BerkasError as error:
        found += error.faults
    if found:
        found.sort(key=lambda fault: fault.baris or 0)
        raise TemuanError([_temuan(fault, peta) for fault in found])
    return daftar


def _without_date(
    rows: Sequence[Baris], faults: Sequence[Fault], tanggal: date | None
) -> list[Fault]:
    if tanggal is not None:
        return []
    faulty = {fault.baris for fault in faults}
    return [
        Fault(baris=row.nomor, kolom="Tanggal", pesan="tanggal belum diisi")
        for row in rows
        if row.tanggal is None and row.nomor not in faulty
    ]


def _temuan(fault: Fault, peta: Peta, perbaikan: str | None = None) -> Temuan:
    meaning = {letter_of(indeks): "nilai" for indeks in peta.butir.values()}
    meaning |= {letter_of(indeks): field for field, indeks in peta.lain.items()}
    letter = fault.kolom or ""
    field = KOLOM_LAIN.get(letter)
    if field is not None:
        letter = letter_of(peta.lain[field]) if field in peta.lain else ""
    field = field or meaning.get(letter, "")
    if fault.perbaikan:
        perbaikan = f"{fault.perbaikan[:1].upper()}{fault.perbaikan[1:]}."
    if perbaikan is None:
        perbaikan = NILAI if field == "nilai" else PERBAIKAN.get(field, BARIS_LAIN)
    judul = {letter_of(number): text for number, text in enumerate(peta.judul)}
    return Temuan(
        baris=fault.baris,
        sel=f"{letter}{fault.baris}" if letter and fault.baris else "",
        kolom=judul.get(letter, "") or (fault.kolom if fault.kolom in KOLOM_LAIN else "") or "",
        pesan=fault.pesan,
        perbaikan=perbaikan,
    )


def check_unggahan(
    session: Session, intake: Intake, unggahan: Unggahan, tempat: Tempat, today: date
) -> dict[str, Any]:
    """Read the whole file and say what would happen; stores nothing of it.

    :return: for ``pilihan["hasil"]``: how many rows, the first of them, the faults, how many are
        stored already, the first and the last day, the questionnaire.
    """
    try:
        daftar = read_isian(session, unggahan, tempat, today)
    except TemuanError as error:
        shown = error.temuan[:MAX_TEMUAN]
        return {
            "galat": [[t.baris, t.sel, t.kolom, t.pesan, t.perbaikan] for t in shown],
            "jumlah_galat": len(error.temuan),
            "instrumen": tempat.instrumen_id,
        }
    names = {layanan.id: layanan.nama for layanan in (*tempat.layanan, *tempat.layanan_lama)}
    days = [isian.tanggal for isian in daftar if isian.tanggal is not None]
    return {
        "galat": [],
        "jumlah_galat": 0,
        "instrumen": tempat.instrumen_id,
        "jumlah": len(daftar),
        "contoh": [_contoh(isian, names) for isian in daftar[:MAX_CONTOH]],
        "sudah_ada": intake.count_known([isian.id for isian in daftar]),
        "mulai": min(days).isoformat(),
        "sampai": max(days).isoformat(),
    }


def _contoh(isian: Isian, names: Mapping[uuid.UUID, str]) -> list[str]:
    """One row as it will be stored; of a comment only that there is one."""
    profil = isian.profil
    return [
        isian.tanggal.strftime("%d/%m/%Y") if isian.tanggal else "",
        names.get(isian.layanan_id, ""),
        *(str(isian.nilai[butir.kunci] or "–") for butir in list_butir(isian.instrumen)),
        profil.jenis_kelamin or "–",
        profil.usia or "–",
        profil.pendidikan or "–",
        profil.pekerjaan or "–",
        "ada" if isian.saran else "–",
    ]


def list_butir(instrumen: Instrumen) -> list[Butir]:
    """The questions in the order of the regulation's list, as files number them."""
    return [butir for unsur in instrumen.unsur for butir in instrumen.butir_of(unsur.kunci)]


def find_batch_of(session: Session, unggahan: Unggahan) -> Batch | None:
    """The batch that was begun for this file last, if any."""
    text = unggahan.pilihan.get("batch_id")
    return session.get(Batch, uuid.UUID(text)) if text else None
