"""A part of the office, and what lies in another part: for tests of who sees what."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime

from sqlalchemy import select

from skm_app.database import Database
from skm_app.intake import Intake
from skm_app.kios import create_kios
from skm_app.models import (
    Batch,
    BuktiRtl,
    FotoLaporan,
    KopSurat,
    Layanan,
    Lembar,
    Pengaduan,
    Pengguna,
    Rtl,
    Saran,
    TemplatLaporan,
    Titik,
    Unggahan,
    Unit,
    Usulan,
    new_id,
)
from tests.admin.helpers import add_pengguna
from tests.offices import LOKET_RAWA, Kantor, add_periode, make_isian_rawa, make_nilai

# Every row of the other part that has a name bears this word.
ASING = "Rawa"
BUKUAN = "Kelurahan Bukuan"


def add_bukuan(database: Database, kantor: Kantor) -> uuid.UUID:
    """A second kelurahan, ready to be surveyed."""
    unit = Unit(id=new_id(), parent_id=kantor.palaran, jenis="kelurahan", nama=BUKUAN)
    with database.writing() as session:
        session.add(unit)
        session.flush()
        session.add(Layanan(unit_id=unit.id, kode="umum", nama="Pelayanan Bukuan"))
        session.add(Titik(unit_id=unit.id, kode="BUKUAN", nama="Loket Bukuan"))
    return unit.id


def limit(database: Database, nama: str, peran: str, unit_id: uuid.UUID | None) -> Pengguna:
    """An account for one part of the office."""
    pengguna = add_pengguna(database, nama, peran)
    with database.writing() as session:
        session.get_one(Pengguna, pengguna.id).unit_id = unit_id
    return pengguna


def make_asing(database: Database, intake: Intake, kantor: Kantor) -> dict[str, object]:
    """One row of every kind in Kelurahan Rawa Makmur, by the name it has in an address.

    ``impor:batch_id``: what the name means under /admin/impor alone.
    """
    unit_id = kantor.rawa_makmur
    periode_id = add_periode(database, unit_id, 2023, nama="Rawa 2023")
    pengguna = limit(database, "rawa.petugas", "operator", unit_id)
    isian = make_isian_rawa(kantor, make_nilai(), saran="Rawa sering banjir.", pengaduan=True)
    intake.record(isian)
    now = datetime.now(UTC)
    with database.writing() as session:
        saran_id = session.scalars(select(Saran.id)).one()
        if session.get(Pengaduan, saran_id) is None:
            session.add(Pengaduan(saran_id=saran_id, tenggat=date(2030, 1, 1)))
        kios, _ = create_kios(session, kantor.loket_rawa, "Tablet Rawa", "2580", now)
        kertas, impor = (
            Batch(
                id=new_id(), unit_id=unit_id, titik_id=kantor.loket_rawa, jenis=jenis,
                kode=f"RAWA-{jenis}", tanggal=date(2024, 1, 5), oleh_id=pengguna.id, dibuat=now,
            )
            for jenis in ("kertas", "impor")
        )  # fmt: skip
        unggahan = Unggahan(
            id=new_id(), oleh_id=pengguna.id, nama="Rawa.csv", isi=b"x", pilihan={}, dibuat=now
        )
        usulan = Usulan(
            id=new_id(), jenis="tetapkan", unit_id=unit_id, periode_id=periode_id,
            alasan="Rawa sudah selesai.", isi={"keterangan": "Rawa"}, pengusul_id=pengguna.id,
            pengusul=pengguna.nama, dibuat=now,
        )  # fmt: skip
        rtl = Rtl(
            id=new_id(), periode_id=periode_id, unsur="biaya", program="Program Rawa", tahun=2024,
            triwulan=1, penanggung_jawab="Lurah Rawa",
        )  # fmt: skip
        session.add_all([kertas, impor, unggahan, usulan, rtl])
        session.flush()
        ketikan = {
            "nilai": make_nilai(), "layanan": "domisili", "jenis_kelamin": None, "usia": None,
            "pendidikan": None, "pekerjaan": None, "dibantu": False, "saran": "",
            "pengaduan": False,
        }  # fmt: skip
        lembar = Lembar(batch_id=kertas.id, nomor=1, submission_id=uuid.uuid4(), isi=ketikan)
        bukti = BuktiRtl(
            id=new_id(), rtl_id=rtl.id, nama="Rawa.pdf", jenis="application/pdf", ukuran=1,
            sidik="0" * 64, isi=b"x", diunggah=now,
        )  # fmt: skip
        foto = FotoLaporan(
            id=new_id(), periode_id=periode_id, keterangan="Rapat Rawa", jenis="image/jpeg",
            sidik="0" * 64, isi=b"x", diunggah=now,
        )  # fmt: skip
        kop = KopSurat(unit_id=unit_id, nama="Lurah Rawa", lambang=b"x", lambang_jenis="image/png")
        templat = TemplatLaporan(
            unit_id=unit_id, nama="Rawa.docx", sidik="0" * 64, isi=b"x", diunggah=now
        )
        session.add_all([lembar, bukti, foto, kop, templat])
        return {
            # The plan is a subject of the whole office.
            **dict.fromkeys(("tujuan_id", "sasaran_id", "dukungan_id", "nama_id"), unit_id),
            "unit_id": unit_id,
            "layanan_id": kantor.domisili,
            "kode": LOKET_RAWA,
            "kios_id": kios.id,
            "pengguna_id": pengguna.id,
            "periode_id": periode_id,
            "saran_id": saran_id,
            "batch_id": kertas.id,
            "impor:batch_id": impor.id,
            "unggahan_id": unggahan.id,
            "nomor": 1,
            "usulan_id": usulan.id,
            "rtl_id": rtl.id,
            "bukti_id": bukti.id,
            "foto_id": foto.id,
            "kunci": "ikm",
            "berkas_id": uuid.uuid4(),
            "tahun": 2024,
        }
