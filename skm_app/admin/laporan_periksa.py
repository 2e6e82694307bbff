"""What is still missing before a report can be signed, each with the page where it is mended."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass

from flask import url_for
from sqlalchemy.orm import Session

from skm_app.angka import format_angka
from skm_app.kata import gabung
from skm_app.models import KopSurat, Periode, Unit
from skm_app.reports.bahan import Bahan
from skm_app.reports.laporan import list_ubahan, read_kop
from skm_app.rtl import UnsurPeriode, list_rtl, read_unsur
from skm_app.scoring import compute_sample_size

# Without these the signature has gaps.
ISIAN_PENANDA = {
    "tempat": "tempat penandatanganan",
    "jabatan": "jabatan",
    "nama": "nama penanda tangan",
    "nip": "NIP",
}


@dataclass(frozen=True, kw_only=True)
class Kekurangan:
    """One thing that is missing.

    ``alamat``: where to mend it, ``tautan``: what the link says; ``admin``: only admins may.
    """

    teks: str
    tautan: str
    alamat: str
    admin: bool = False


def list_kekurangan(
    session: Session, bahan: Bahan, berubah: Container[str] = ()
) -> list[Kekurangan]:
    """Everything that is missing, what takes longest first.

    :param berubah: names of text blocks whose data changed since the office wrote them over.
    """
    periode = bahan.periode
    found = [
        _check_penetapan(bahan),
        _check_responden(bahan),
        _check_rtl(session, periode),
        *_check_teks(session, bahan, berubah),
        _check_kop(session, periode),
    ]
    return [one for one in found if one is not None]


def list_kosong(session: Session, unit: Unit) -> list[str]:
    """Names of what the letterhead and the signature of a unit lack."""
    kop, own = read_kop(session, unit), session.get(KopSurat, unit.id)
    letterhead = {"instansi": kop.instansi, "alamat unit": kop.alamat}
    kosong = [nama for nama, isi in letterhead.items() if not isi]
    return kosong + [
        nama for kunci, nama in ISIAN_PENANDA.items() if own is None or not getattr(own, kunci)
    ]


def _check_penetapan(bahan: Bahan) -> Kekurangan | None:
    if not bahan.sementara:
        return None
    return Kekurangan(
        teks="Periode ini belum ditetapkan, jadi setiap berkas bertanda SEMENTARA.",
        tautan="Buka periodenya",
        alamat=url_for("admin.show_periode", periode_id=bahan.periode.id),
    )


def _check_responden(bahan: Bahan) -> Kekurangan | None:
    alamat = url_for("admin.show_periode", periode_id=bahan.periode.id)
    if not bahan.populasi:
        kapan = "" if bahan.sementara else " ketika periode ini ditetapkan"
        return Kekurangan(
            teks=f"Jumlah pengguna layanan belum diisi{kapan}, jadi laporan tidak dapat "
            "mengatakan apakah respondennya cukup.",
            tautan="Buka periodenya",
            alamat=alamat,
        )
    perlu, n = compute_sample_size(bahan.populasi), bahan.hasil.n
    if n >= perlu:
        return None
    return Kekurangan(
        teks=f"Responden belum cukup: {format_angka(n)} dari {format_angka(perlu)} yang "
        f"diperlukan untuk {format_angka(bahan.populasi)} pengguna layanan.",
        tautan="Buka periodenya",
        alamat=alamat,
    )


def _check_rtl(session: Session, periode: Periode) -> Kekurangan | None:
    hasil = read_unsur(session, periode)
    tanpa = _list_unplanned(session, periode, hasil)
    if not tanpa:
        return None
    return Kekurangan(
        teks=f"Belum ada rencana tindak lanjut untuk unsur terlemah: {gabung(tanpa)}.",
        tautan="Buka rencana tindak lanjut",
        alamat=url_for("admin.list_rtl", periode=periode.id),
    )


def _list_unplanned(session: Session, periode: Periode, hasil: UnsurPeriode) -> list[str]:
    """Names of the weakest unsur for which nothing is planned."""
    planned = {one.unsur for one in list_rtl(session, periode, hasil)}
    return [one.nama for one in hasil.unsur if one.terlemah and one.kunci not in planned]


def _check_teks(session: Session, bahan: Bahan, berubah: Container[str]) -> Iterator[Kekurangan]:
    """Words of the office that are older than the figures they may speak of."""
    for one in list_ubahan(session, bahan.periode):
        old = one.ditulis and bahan.ditetapkan and one.ditulis < bahan.ditetapkan
        if one.diubah and (old or one.kunci in berubah):
            yield Kekurangan(
                teks=f"Teks {one.judul} ditulis sebelum periode ini ditetapkan, jadi angkanya "
                "mungkin sudah lain."
                if old
                else f"Data untuk teks {one.judul} sudah berubah sejak teks itu ditulis ulang, "
                "jadi isinya mungkin tidak cocok lagi.",
                tautan="Baca dan ubah",
                alamat=url_for("admin.edit_teks", periode_id=bahan.periode.id, kunci=one.kunci),
                admin=True,
            )


def _check_kop(session: Session, periode: Periode) -> Kekurangan | None:
    kosong = list_kosong(session, periode.unit)
    if not kosong:
        return None
    return Kekurangan(
        teks=f"Kop surat atau penanda tangan belum lengkap: {gabung(kosong)}.",
        tautan="Lengkapi",
        alamat=url_for("admin.show_kop", unit_id=periode.unit_id),
        admin=True,
    )
