"""The audit log in words: Indonesian labels for what stands in it, names for what it points to."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute, Session

from skm_app.angka import format_angka
from skm_app.models import (
    Catatan,
    Indikator,
    Kios,
    Layanan,
    Pengguna,
    Periode,
    Sasaran,
    Titik,
    Tujuan,
    Unit,
)
from skm_app.tanggal import format_tanggal
from skm_app.web.filters import format_waktu

OBJEK = {
    "akip": "AKIP",
    "anggaran": "Anggaran",
    "batch": "Batch",
    "cadangan": "Cadangan",
    "catatan": "Catatan kegiatan",
    "ekspor": "Ekspor jawaban",
    "foto_laporan": "Foto laporan",
    "impor": "Impor berkas",
    "indikator": "Indikator",
    "instalasi": "Pengaturan",
    "kios": "Kios",
    "kop_surat": "Kop surat",
    "kualitas": "Kualitas jawaban",
    "layanan": "Layanan",
    "lembar_kerja": "Lembar kerja",
    "masuk": "Masuk",
    "pengguna": "Pengguna",
    "penetapan": "Penetapan",
    "periode": "Periode",
    "probebaya": "Probebaya",
    "realisasi": "Realisasi",
    "rtl": "Rencana tindak lanjut",
    "saran": "Saran",
    "pengaduan": "Pengaduan",
    "skema": "Skema basis data",
    "target": "Target",
    "teks_kinerja": "Teks Bab III LKjIP",
    "teks_laporan": "Teks laporan",
    "templat_laporan": "Templat laporan",
    "terbitan": "Hasil untuk umum",
    "titik": "Titik",
    "unit": "Unit",
    "usulan": "Usulan",
}
LABEL = {
    "aktif": "Aktif",
    "alamat": "Alamat",
    "bukti": "Bukti",
    "catatan": "Catatan",
    "dibuat": "Dibuat",
    "dicabut": "Dicabut",
    "ganda": "Diketik dua kali",
    "gratis": "Gratis",
    "hasil": "Hasil",
    "indikator_id": "Indikator",
    "instrumen_id": "Kuesioner",
    "jam_layanan": "Jam layanan",
    "jenis": "Jenis",
    "jumlah": "Jumlah",
    "kode": "Kode",
    "kode_pasang_sampai": "Kode pasang berlaku sampai",
    "konvensi": "Cara hitung",
    "kontak_terakhir": "Kontak terakhir",
    "layanan_id": "Layanan",
    "mulai": "Mulai",
    "nama": "Nama",
    "parent_id": "Di bawah",
    "pengguna_id": "Pengguna",
    "peran": "Peran",
    "periode_id": "Periode",
    "populasi": "Populasi",
    "populasi_sumber": "Sumber populasi",
    "realisasi": "Realisasi",
    "rincian": "Dengan rincian kelompok dan layanan",
    "sampai": "Sampai",
    "sandi_sementara": "Kata sandi sementara",
    "selesai": "Selesai",
    "status": "Status",
    "tabel": "Tabel",
    "tahun": "Tahun",
    "tanggal": "Tanggal",
    "target": "Target",
    "titik_id": "Titik",
    "unit_id": "Unit",
    "urutan": "Urutan",
}
# What an id of such a name points to; ``id`` itself says nothing to people.
TUJUAN: Mapping[str, tuple[InstrumentedAttribute[uuid.UUID], InstrumentedAttribute[str]]] = {
    "unit": (Unit.id, Unit.nama),
    "parent": (Unit.id, Unit.nama),
    "layanan": (Layanan.id, Layanan.nama),
    "titik": (Titik.id, Titik.nama),
    "kios": (Kios.id, Kios.nama),
    "periode": (Periode.id, Periode.nama),
    "pengguna": (Pengguna.id, Pengguna.nama),
    "indikator": (Indikator.id, Indikator.nama),
    "sasaran": (Sasaran.id, Sasaran.uraian),
    "tujuan": (Tujuan.id, Tujuan.uraian),
}
TIDAK_DITAMPILKAN = ("id", "versi")
PANJANG = 300
_DECIMAL = re.compile(r"-?[0-9]+\.[0-9]+")

Nama = Mapping[tuple[str, str], str]


@dataclass(frozen=True, kw_only=True)
class Perubahan:
    """One value before and after, in words."""

    label: str
    sebelum: str
    sesudah: str


def name_objek(objek: str) -> str:
    """The kind of thing, as people call it."""
    return OBJEK.get(objek, objek.replace("_", " ").capitalize())


def name_aksi(aksi: str) -> str:
    return aksi.replace("_", " ").capitalize()


def read_nama(session: Session, all_catatan: Iterable[Catatan]) -> Nama:
    """Names of what the values point to; one statement per kind that occurs."""
    wanted: dict[str, set[uuid.UUID]] = {}
    for catatan in all_catatan:
        for values in (catatan.sebelum, catatan.sesudah):
            for kunci, nilai in (values or {}).items():
                kind, id_ = kunci.removesuffix("_id"), _as_uuid(nilai)
                if kind in TUJUAN and id_ is not None:
                    wanted.setdefault(kind, set()).add(id_)
    found: dict[tuple[str, str], str] = {}
    for kind, ids in wanted.items():
        key, name = TUJUAN[kind]
        for id_, nama in session.execute(select(key, name).where(key.in_(ids))):
            found[kind, str(id_)] = nama
    return found


def list_perubahan(catatan: Catatan, nama: Nama) -> list[Perubahan]:
    """The values before and after; empty where the record has none."""
    before, after = catatan.sebelum or {}, catatan.sesudah or {}
    return [
        Perubahan(
            label=LABEL.get(kunci, kunci.removesuffix("_id").replace("_", " ").capitalize()),
            sebelum=format_nilai(kunci, before[kunci], nama) if kunci in before else "–",
            sesudah=format_nilai(kunci, after[kunci], nama) if kunci in after else "–",
        )
        for kunci in dict.fromkeys([*before, *after])
        if kunci not in TIDAK_DITAMPILKAN
    ]


def join_perubahan(perubahan: Sequence[Perubahan], which: str) -> str:
    """One side of the changes in one cell: ``Nama: Loket; Aktif: ya``."""
    return "; ".join(
        f"{one.label}: {getattr(one, which)}" for one in perubahan if getattr(one, which) != "–"
    )


def format_nilai(kunci: str, nilai: Any, nama: Nama) -> str:  # noqa: ANN401 - plain JSON
    """One value as people write it."""
    if nilai is None or nilai == "":
        return "–"
    if isinstance(nilai, bool):
        return "ya" if nilai else "tidak"
    if isinstance(nilai, int):
        return str(nilai) if kunci == "tahun" else format_angka(nilai)
    if isinstance(nilai, list | tuple):
        return ", ".join(format_nilai(kunci, one, nama) for one in nilai)[:PANJANG]
    if isinstance(nilai, dict):
        words = (f"{name_aksi(str(k))} {format_nilai(str(k), v, nama)}" for k, v in nilai.items())
        return ", ".join(words)[:PANJANG]
    text = str(nilai)
    return nama.get((kunci.removesuffix("_id"), text)) or _format_text(text)[:PANJANG]


def _format_text(text: str) -> str:
    if _as_uuid(text) is not None:
        return text[:8]
    if _DECIMAL.fullmatch(text):
        try:
            return format_angka(Decimal(text))
        except InvalidOperation:
            return text
    try:
        if len(text) == 10:
            return format_tanggal(date.fromisoformat(text))
        return format_waktu(datetime.fromisoformat(text)) if "T" in text else text
    except ValueError:
        return text


def _as_uuid(value: object) -> uuid.UUID | None:
    try:
        return uuid.UUID(value) if isinstance(value, str) and len(value) == 36 else None
    except ValueError:
        return None
