"""Who may open and send what: every route for every role."""

from __future__ import annotations

import json
import uuid
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import select

from skm_app.database import Database
from skm_app.intake import Intake
from skm_app.models import Akip, FotoLaporan, KopSurat, Rtl, Sasaran, TemplatLaporan, new_id
from skm_app.rtl import add_bukti
from skm_app.usulan.dua_orang import propose
from tests.admin.helpers import Petugas, add_pengguna, make_petugas
from tests.admin.kinerja import add_indikator
from tests.admin.tumpukan import add_batch
from tests.admin.warga import leave_pengaduan
from tests.kios.tablet import add_kios
from tests.offices import (
    LOKET,
    Kantor,
    add_pelaku,
    add_periode,
    close,
    make_isian_rawa,
)
from tests.rtl.test_rtl import add_rtl

SEMUA = {"admin", "operator", "pimpinan"}
# Address and who may open it.
PAGES = {
    "/admin/": SEMUA,
    "/admin/ikm.json": SEMUA,
    "/admin/grafik.json": SEMUA,
    "/admin/sandi": SEMUA,
    "/admin/camat": {"admin", "pimpinan"},
    "/admin/capaian": {"admin", "pimpinan"},
    "/admin/capaian/ikm/2024": {"admin"},
    "/admin/capaian/ikm/2024/riwayat": {"admin", "pimpinan"},
    "/admin/capaian/akip": {"admin", "pimpinan"},
    "/admin/capaian/akip/tambah": {"admin"},
    "/admin/capaian/akip/2024/ubah": {"admin"},
    "/admin/capaian/akip/2024/hapus": {"admin"},
    "/admin/capaian/nko": {"admin", "pimpinan"},
    "/admin/capaian/triwulan": {"admin", "pimpinan"},
    "/admin/capaian/triwulan/ikm/2024": {"admin"},
    "/admin/probebaya": SEMUA,
    "/admin/probebaya/impor": {"admin"},
    "/admin/probebaya/{unit}/2024": {"admin"},  # and the operator of that very kelurahan
    "/admin/probebaya/{unit}/2024/riwayat": SEMUA,
    "/admin/anggaran": {"admin", "pimpinan"},
    "/admin/anggaran/impor": {"admin"},
    "/admin/anggaran/riwayat": {"admin", "pimpinan"},
    "/admin/lkjip": {"admin", "pimpinan"},
    "/admin/lkjip/tabel.xlsx": {"admin", "pimpinan"},
    "/admin/lkjip/bab-iii.docx": {"admin", "pimpinan"},
    "/admin/lkjip/bab-iii.pdf": {"admin", "pimpinan"},
    "/admin/lkjip/teks": {"admin", "pimpinan"},
    "/admin/lkjip/teks/{teks}": {"admin"},
    "/admin/periksa": {"admin", "pimpinan"},
    "/admin/periksa/templat.xlsx": {"admin", "pimpinan"},
    "/admin/rencana": {"admin", "pimpinan"},
    "/admin/rencana/target": {"admin", "pimpinan"},
    "/admin/rencana/ubah": {"admin"},
    "/admin/rencana/tujuan/tambah": {"admin"},
    "/admin/rencana/tujuan/{tujuan}": {"admin"},
    "/admin/rencana/tujuan/{tujuan}/sasaran": {"admin"},
    "/admin/rencana/sasaran/{sasaran}": {"admin"},
    "/admin/rencana/indikator/tambah": {"admin"},
    "/admin/rencana/indikator/ikm": {"admin"},
    "/admin/rencana/perjanjian": {"admin", "pimpinan"},
    "/admin/rencana/perjanjian/2024": {"admin"},
    "/admin/periode": {"admin", "pimpinan"},
    "/admin/periode/{periode}": {"admin", "pimpinan"},
    "/admin/periode/tambah": {"admin"},
    "/admin/periode/{periode}/tetapkan": {"admin"},
    "/admin/periode/{periode}/ubah": {"admin"},
    "/admin/periode/{tutup}/buka": {"admin"},
    "/admin/periode/{tutup}/penetapan/1": {"admin", "pimpinan"},
    "/admin/usulan": {"admin", "pimpinan"},
    "/admin/usulan/{usulan}": {"admin", "pimpinan"},
    "/admin/kualitas": {"admin", "pimpinan"},
    "/admin/kualitas/dikecualikan": {"admin", "pimpinan"},
    "/admin/kualitas/jam": {"admin"},
    "/admin/catatan": {"admin", "pimpinan"},
    "/admin/saran": SEMUA,
    "/admin/saran/{saran}": SEMUA,
    "/admin/pengaduan": SEMUA,
    "/admin/pengaduan/{saran}": SEMUA,
    "/admin/rtl": {"admin", "pimpinan"},
    "/admin/rtl/{rtl}": {"admin", "pimpinan"},
    "/admin/rtl/{rtl}/ubah": {"admin"},
    "/admin/rtl/periode/{periode}/tambah": {"admin"},
    "/admin/rtl/bukti/{bukti}": {"admin", "pimpinan"},
    "/admin/laporan": {"admin", "pimpinan"},
    "/admin/laporan/{periode}": {"admin", "pimpinan"},
    "/admin/laporan/{periode}/teks/ikm": {"admin"},
    "/admin/laporan/{tutup}/terbit": {"admin"},
    "/admin/laporan/foto/{foto}": {"admin", "pimpinan"},
    "/admin/laporan/foto/{foto}/hapus": {"admin"},
    "/admin/laporan/kop": {"admin"},
    "/admin/laporan/kop/{unit}": {"admin"},
    "/admin/laporan/kop/{unit}/lambang": {"admin"},
    "/admin/laporan/templat": {"admin"},
    "/admin/laporan/templat/contoh.docx": {"admin"},
    "/admin/laporan/templat/{unit}": {"admin"},
    "/admin/laporan/templat/{unit}/berkas": {"admin"},
    "/admin/kertas": SEMUA,
    "/admin/kertas/tambah": {"admin", "operator"},
    "/admin/kertas/{batch}": SEMUA,
    "/admin/kertas/{batch}/ketik": {"admin", "operator"},
    "/admin/kertas/{batch}/lembar/1": {"admin", "operator"},
    "/admin/kertas/{batch}/beda": {"admin", "operator"},
    "/admin/impor": SEMUA,
    "/admin/impor/tambah": {"admin", "operator"},
    "/admin/impor/{impor}": SEMUA,
    "/admin/impor/{impor}/kemajuan.json": SEMUA,
    "/admin/batch/{batch}/kecualikan": {"admin"},
    "/admin/titik": {"admin", "operator"},
    "/admin/titik/{titik}/qr.svg": {"admin", "operator"},
    "/admin/titik/{titik}/qr.png": {"admin", "operator"},
    "/admin/titik/{titik}/kartu.pdf": {"admin", "operator"},
    "/admin/titik/tambah": {"admin"},
    "/admin/titik/banyak": {"admin"},
    "/admin/titik/lembar.pdf?titik={titik}": {"admin", "operator"},
    "/admin/titik/{titik}": {"admin"},
    "/admin/kios": {"admin", "operator"},
    "/admin/kios/tambah": {"admin"},
    "/admin/kios/{kios}/pin": {"admin"},
    "/admin/layanan": {"admin"},
    "/admin/layanan/tambah": {"admin"},
    "/admin/layanan/{layanan}": {"admin"},
    "/admin/kantor": {"admin"},
    "/admin/kantor/tambah": {"admin"},
    "/admin/kantor/{unit}": {"admin"},
    "/admin/pengguna": {"admin"},
    "/admin/pengguna/tambah": {"admin"},
    "/admin/pengguna/{pengguna}": {"admin"},
}
# Everything that changes something; all but one's own session is for admins.
POSTS = (
    "/admin/sandi",
    "/admin/keluar",
    "/admin/keluar-semua",
    "/admin/capaian/ikm/2024/target",
    "/admin/capaian/ikm/2024/realisasi",
    "/admin/capaian/akip/tambah",
    "/admin/capaian/akip/2024/ubah",
    "/admin/capaian/akip/2024/hapus",
    "/admin/capaian/triwulan/ikm/2024",
    "/admin/probebaya/impor",
    "/admin/probebaya/{unit}/2024",
    "/admin/anggaran/impor",
    "/admin/anggaran/penjelasan",
    "/admin/lkjip/teks/{teks}",
    "/admin/lkjip/teks/{teks}/kembalikan",
    "/admin/periksa",
    "/admin/periksa/temuan",
    "/admin/rencana/ubah",
    "/admin/rencana/tujuan/tambah",
    "/admin/rencana/tujuan/{tujuan}",
    "/admin/rencana/tujuan/{tujuan}/hapus",
    "/admin/rencana/tujuan/{tujuan}/sasaran",
    "/admin/rencana/sasaran/{sasaran}",
    "/admin/rencana/sasaran/{sasaran}/hapus",
    "/admin/rencana/sasaran/{sasaran}/dukungan",
    "/admin/rencana/dukungan/{dukungan}/hapus",
    "/admin/rencana/indikator/tambah",
    "/admin/rencana/indikator/ikm",
    "/admin/rencana/indikator/ikm/hapus",
    "/admin/rencana/indikator/ikm/nama",
    "/admin/rencana/nama/{nama}/hapus",
    "/admin/rencana/perjanjian/2024",
    "/admin/periode/tambah",
    "/admin/periode/{periode}/tetapkan",
    "/admin/periode/{periode}/ubah",
    "/admin/periode/{tutup}/buka",
    "/admin/usulan/{usulan}/setujui",
    "/admin/usulan/{usulan}/tolak",
    "/admin/usulan/{usulan}/tarik",
    "/admin/kualitas",
    "/admin/kualitas/dikecualikan",
    "/admin/kualitas/jam",
    "/admin/saran/{saran}/tinjauan",
    "/admin/saran/{saran}/tanda",
    "/admin/pengaduan/cari",
    "/admin/pengaduan/{saran}",
    "/admin/rtl/periode/{periode}/tambah",
    "/admin/rtl/periode/{periode}/lanjutkan",
    "/admin/rtl/{rtl}/ubah",
    "/admin/rtl/{rtl}/hapus",
    "/admin/rtl/{rtl}/bukti",
    "/admin/rtl/bukti/{bukti}/hapus",
    "/admin/laporan/{periode}/buat",
    "/admin/laporan/{periode}/teks/ikm",
    "/admin/laporan/{periode}/teks/ikm/kembalikan",
    "/admin/laporan/{periode}/foto",
    "/admin/laporan/{tutup}/terbit",
    "/admin/laporan/foto/{foto}/hapus",
    "/admin/laporan/kop/{unit}",
    "/admin/laporan/kop/{unit}/lambang",
    "/admin/laporan/kop/{unit}/lambang/hapus",
    "/admin/laporan/templat/{unit}",
    "/admin/laporan/templat/{unit}/hapus",
    "/admin/kertas/tambah",
    "/admin/kertas/{batch}/ketik",
    "/admin/kertas/{batch}/lembar/1",
    "/admin/kertas/{batch}/lembar/1/hapus",
    "/admin/kertas/{batch}/beda",
    "/admin/kertas/{batch}/simpan",
    "/admin/kertas/{batch}/batal",
    "/admin/impor/tambah",
    "/admin/impor/berkas/{unggahan}",
    "/admin/impor/berkas/{unggahan}/simpan",
    "/admin/impor/berkas/{unggahan}/buang",
    "/admin/impor/{impor}/ulangi",
    "/admin/batch/{batch}/kecualikan",
    "/admin/titik/tambah",
    "/admin/titik/banyak",
    "/admin/titik/{titik}",
    "/admin/titik/{titik}/tutup",
    "/admin/titik/{titik}/buka",
    "/admin/kios/tambah",
    "/admin/kios/{kios}/kode",
    "/admin/kios/{kios}/pin",
    "/admin/kios/{kios}/cabut",
    "/admin/layanan/tambah",
    "/admin/layanan/{layanan}",
    "/admin/layanan/{layanan}/tutup",
    "/admin/layanan/{layanan}/naik",
    "/admin/kantor",
    "/admin/kantor/tambah",
    "/admin/kantor/{unit}",
    "/admin/pengguna/tambah",
    "/admin/pengguna/{pengguna}",
    "/admin/pengguna/{pengguna}/sandi",
    "/admin/pengguna/{pengguna}/tutup",
)
# What the head of the office decides as well, and takes away to read.
PIMPINAN = (
    *(url for url in POSTS if url.startswith("/admin/usulan/")),
    "/admin/laporan/{periode}/buat",
    # Checking a typed report changes nothing.
    "/admin/periksa",
    "/admin/periksa/temuan",
)
# Comments and complaints, paper and files are what operators work on, too.
MILIK_OPERATOR = ("saran", "pengaduan", "kertas", "impor")
OPERATOR = tuple(url for url in POSTS if url.split("/")[2] in MILIK_OPERATOR)
# Open only to the person who sent or asked for the file; see test_impor, test_laporan_berkas.
PRIBADI = (
    "/admin/laporan/berkas/{berkas}",
    "/admin/laporan/berkas/{berkas}/kemajuan.json",
    "/admin/laporan/berkas/{berkas}/unduh",
    "/admin/impor/berkas/{unggahan}",
    "/admin/impor/berkas/{unggahan}/periksa",
)
OWN = ("/admin/sandi", "/admin/keluar", "/admin/keluar-semua")


@pytest.fixture
def names(database: Database, kantor: Kantor, intake: Intake) -> dict[str, str]:
    """What stands in the addresses above."""
    add_indikator(database, kantor.palaran, "ikm", {2024: "88.31"})
    intake.record(make_isian_rawa(kantor, tanggal=date(2023, 5, 5)))
    tutup = add_periode(database, kantor.rawa_makmur, 2023)
    close(database, tutup)
    pengusul = add_pelaku(database, "eko")
    with database.writing() as session:
        usulan = propose(session, pengusul, "kecualikan", kantor.palaran, "Uji.", "Uji.")
    with database.writing() as session:
        session.add(Akip(unit_id=kantor.palaran, tahun=2024, nilai=Decimal("76.5")))
        sasaran = session.scalars(select(Sasaran)).one()
    return {
        "sasaran": str(sasaran.id),
        "tujuan": str(sasaran.tujuan_id),
        "dukungan": str(uuid.UUID(int=0)),
        "nama": str(uuid.UUID(int=0)),
        "saran": str(leave_pengaduan(database, intake, kantor)[0].id),
        **make_rtl(database, tutup),
        "foto": str(make_bahan_laporan(database, tutup, kantor)),
        "berkas": str(uuid.UUID(int=0)),
        "periode": str(add_periode(database, kantor.palaran)),
        "tutup": str(tutup),
        "usulan": str(usulan.id),
        "batch": str(add_batch(database, kantor, pengusul)),
        "impor": str(add_batch(database, kantor, pengusul, "impor")),
        "unggahan": str(uuid.UUID(int=0)),
        "titik": LOKET,
        "teks": "pembuka",
        "kios": str(add_kios(database, LOKET)[0]),
        "layanan": str(kantor.sktm),
        "unit": str(kantor.rawa_makmur),
        "pengguna": str(add_pengguna(database, "eka", "operator").id),
    }


def make_rtl(database: Database, periode_id: uuid.UUID) -> dict[str, str]:
    """A plan with evidence."""
    rtl_id = add_rtl(database, periode_id)
    with database.writing() as session:
        bukti = add_bukti(session, session.get_one(Rtl, rtl_id), "foto", b"%PDF-1.7")
    return {"rtl": str(rtl_id), "bukti": str(bukti.id)}


def make_bahan_laporan(database: Database, periode_id: uuid.UUID, kantor: Kantor) -> uuid.UUID:
    """A photo, a letterhead and a template of a report; the id of the photo."""
    foto = FotoLaporan(
        id=new_id(), periode_id=periode_id, keterangan="Rapat", jenis="image/jpeg",
        sidik="0" * 64, isi=b"x", diunggah=datetime.now(UTC),
    )  # fmt: skip
    with database.writing() as session:
        session.add_all(
            [
                foto,
                KopSurat(unit_id=kantor.rawa_makmur, lambang=b"x", lambang_jenis="image/png"),
                TemplatLaporan(
                    unit_id=kantor.rawa_makmur, nama="t.docx", sidik="0" * 64, isi=b"x",
                    diunggah=datetime.now(UTC),
                ),
            ]
        )  # fmt: skip
    return foto.id


@pytest.mark.parametrize(
    ("nama", "peran"), [("lia", "admin"), ("ani", "operator"), ("budi", "pimpinan")]
)
def test_each_role_opens_its_pages_and_no_others(
    app: Flask, database: Database, names: dict[str, str], nama: str, peran: str
) -> None:
    add_pengguna(database, nama, peran)
    petugas = make_petugas(app, nama)
    petugas.sign_in()
    statuses = {url: petugas.client.get(url.format(**names)).status_code for url in PAGES}

    assert statuses == {url: 200 if peran in PAGES[url] else 403 for url in statuses}


@pytest.mark.parametrize(("nama", "peran"), [("ani", "operator"), ("budi", "pimpinan")])
def test_only_admins_change_anything(
    app: Flask, database: Database, names: dict[str, str], nama: str, peran: str
) -> None:
    add_pengguna(database, nama, peran)
    petugas = make_petugas(app, nama)
    petugas.sign_in()
    token = petugas.open("/admin/sandi").forms[0].fields["csrf_token"]

    for url in POSTS:
        also = {"pimpinan": PIMPINAN, "operator": OPERATOR}[peran]
        if url not in OWN and url not in also:
            answer = petugas.client.post(url.format(**names), data={"csrf_token": token})
            assert answer.status_code == 403, url
            assert "Anda tidak berhak" in answer.text


def test_a_stranger_is_sent_to_the_sign_in_from_every_page(
    stranger: Petugas, names: dict[str, str]
) -> None:
    for url in PAGES:
        answer = stranger.client.get(url.format(**names))
        if url.endswith(".json"):
            assert answer.status_code == 401
            assert "berakhir" in json.loads(answer.text)["galat"]
        else:
            assert answer.status_code == 303, url
            assert answer.location.startswith("/admin/masuk?next=/admin/")


def test_a_stranger_changes_nothing(stranger: Petugas, names: dict[str, str]) -> None:
    token = stranger.open("/admin/masuk").forms[0].fields["csrf_token"]

    for url in POSTS:
        answer = stranger.client.post(url.format(**names), data={"csrf_token": token})
        assert answer.status_code == 303, url
        assert answer.location == "/admin/masuk"


@pytest.mark.parametrize("token", [None, "salah"])
def test_a_form_from_elsewhere_is_refused(
    lia: Petugas, names: dict[str, str], token: str | None
) -> None:
    lia.open("/admin/sandi")
    for url in (*POSTS, "/admin/masuk"):
        answer = lia.client.post(url.format(**names), data={"csrf_token": token} if token else {})
        assert answer.status_code == 400, url
        assert "sudah lama terbuka" in answer.text
    assert lia.is_signed_in()


def test_no_route_of_the_staff_side_is_missing_here(app: Flask) -> None:
    known = {(url, "GET") for url in PAGES} | {(url, "POST") for url in POSTS}
    known |= {("/admin/masuk", "GET"), ("/admin/masuk", "POST")}
    known |= {(url, "GET") for url in PRIBADI}
    sample = {
        "tujuan_id": uuid.UUID(int=0),
        "sasaran_id": uuid.UUID(int=0),
        "dukungan_id": uuid.UUID(int=0),
        "nama_id": uuid.UUID(int=0),
        "periode_id": uuid.UUID(int=0),
        "usulan_id": uuid.UUID(int=0),
        "saran_id": uuid.UUID(int=0),
        "rtl_id": uuid.UUID(int=0),
        "bukti_id": uuid.UUID(int=0),
        "foto_id": uuid.UUID(int=0),
        "berkas_id": uuid.UUID(int=0),
        "kunci": "ikm",
        "nomor": 1,
        "batch_id": uuid.UUID(int=0),
        "unggahan_id": uuid.UUID(int=0),
        "kios_id": uuid.UUID(int=0),
        "layanan_id": uuid.UUID(int=0),
        "unit_id": uuid.UUID(int=0),
        "pengguna_id": uuid.UUID(int=0),
        "kode": "ikm",
        "tahun": 2024,
        "tindakan": "tutup",
        "arah": "naik",
        "berkas": "qr.svg",
    }
    for rule in app.url_map.iter_rules():
        if not rule.endpoint.startswith("admin."):
            continue
        parts = {name: sample[name] for name in rule.arguments}
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
            built = rule.build(parts)
            assert built
            url = built[1]
            listed = {(_filled(address).partition("?")[0], verb) for address, verb in known}
            assert (url, method) in listed, f"{method} {rule.rule} is not in the lists above"


def _filled(address: str) -> str:
    zero = str(uuid.UUID(int=0))
    return address.format(
        tujuan=zero,
        sasaran=zero,
        dukungan=zero,
        nama=zero,
        periode=zero,
        tutup=zero,
        usulan=zero,
        saran=zero,
        rtl=zero,
        bukti=zero,
        foto=zero,
        berkas=zero,
        batch=zero,
        impor=zero,
        unggahan=zero,
        kios=zero,
        layanan=zero,
        unit=zero,
        pengguna=zero,
        titik="ikm",
        teks="ikm",
    )
