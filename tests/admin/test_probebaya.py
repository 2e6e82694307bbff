"""Probebaya: what each kelurahan did, who may say so, and the three ways to count it."""

from __future__ import annotations

import io
import uuid

import pytest
from flask import Flask
from sqlalchemy import select

from skm_app.capaian import read_probebaya
from skm_app.database import Database
from skm_app.models import Catatan, Probebaya, Unit
from tests.admin.bagian import limit
from tests.admin.helpers import Petugas, make_petugas
from tests.admin.kinerja import add_anggaran_2024, add_indikator, set_realisasi
from tests.offices import ON_SQLITE, Kantor, list_differences
from tests.pages import Page, read_page

URL = "/admin/probebaya?tahun=2024"
IMPOR = "/admin/probebaya/impor?tahun=2024"
LENGKAP = {
    "jumlah_rt": "52",
    "diajukan": "1.240",
    "disetujui": "40",
    "dilaksanakan": "38",
    "infrastruktur": "30",
    "ekonomi": "5",
    "sosial_budaya": "3",
    "kesehatan": "0",
    "pendidikan": "0",
    "anggaran_rp": "Rp 5.996.118.300",
    "realisasi_rp": "5942812094",
}


@pytest.fixture
def kota(database: Database, kantor: Kantor) -> dict[str, uuid.UUID]:
    """The five kelurahan by name, their budget of 2024, and the indikator with its definition."""
    add_anggaran_2024(database, kantor)
    probebaya = add_indikator(database, kantor.palaran, "probebaya", {2024: "83"})
    set_realisasi(database, probebaya, 2024, cara="serapan_anggaran")
    with database.reading() as session:
        rows = session.execute(select(Unit.nama, Unit.id).where(Unit.jenis == "kelurahan"))
        return {nama.removeprefix("Kelurahan "): id_ for nama, id_ in rows}


def form_url(unit_id: uuid.UUID, tahun: int = 2024) -> str:
    return f"/admin/probebaya/{unit_id}/{tahun}"


def add_catatan(
    database: Database, unit_id: uuid.UUID, tahun: int = 2024, **isi: int | None
) -> None:
    with database.writing() as session:
        session.add(Probebaya(unit_id=unit_id, tahun=tahun, **isi))


def sign_in_wati(app: Flask, database: Database, peran: str, unit_id: uuid.UUID) -> Petugas:
    limit(database, "wati", peran, unit_id)
    wati = make_petugas(app, "wati")
    wati.sign_in()
    return wati


def upload(lia: Petugas, isi: str, status: int = 303) -> Page:
    return resend(lia, lia.open(IMPOR), isi, status)


def resend(lia: Petugas, page: Page, isi: str | None, status: int = 303, **answers: str) -> Page:
    """Send the import form as it was opened, with a file or with the one it kept."""
    form = next(one for one in page.forms if one.method == "post" and "impor" in one.action)
    body: dict[str, object] = {**form.fields.to_dict(), **answers}
    if isi is not None:
        body["berkas"] = (io.BytesIO(isi.encode()), "probebaya.csv")
    sent = lia.client.post(form.action, data=body, content_type="multipart/form-data")
    return read_page(sent, status)


def read_definisi(page: Page) -> list[str]:
    section = next(
        one for one in page.root.all("section") if one.attrs["aria-labelledby"] == "definisi"
    )
    return [one.text for one in section.all("li")]


def test_2024_comes_out_as_printed_from_the_budget(
    lia: Petugas, database: Database, kantor: Kantor, kota: dict[str, uuid.UUID]
) -> None:
    page = lia.open(URL)

    assert read_definisi(page) == [
        "Kelurahan yang melaksanakan dibagi seluruh kelurahan: 100,00%",
        "Usulan yang disetujui dibagi usulan yang diajukan: belum dapat dihitung. "
        "Kelurahan Bantuas, Kelurahan Bukuan, Kelurahan Handil Bakti, Kelurahan Rawa Makmur, "
        "dan Kelurahan Simpang Pasir belum mengisi jumlah usulan.",
        "Realisasi dibagi anggaran Pemberdayaan di kelurahan: 99,66% angka resmi 2024",
    ]
    total = next(row.text for row in page.root.all("tr") if row.text.startswith("Jumlah"))
    assert "19.841.671.056 19.773.920.293 99,66%" in total
    with database.reading() as session:
        found = read_probebaya(session, kantor.palaran, 2024, "serapan_anggaran")
    assert str(found.nilai) == "99.66"
    assert "Belum ada kelurahan yang mengisi bidangnya" in page.text
    assert found.asal.endswith("menurut realisasi anggaran kelurahan")


@ON_SQLITE
def test_a_form_is_stored_read_back_and_logged(
    lia: Petugas, database: Database, kota: dict[str, uuid.UUID]
) -> None:
    url = form_url(kota["Rawa Makmur"])
    lia.fill_in(url, LENGKAP)
    lia.fill_in(url, {"diajukan": "41"})

    with database.reading() as session:
        row = session.get_one(Probebaya, (kota["Rawa Makmur"], 2024))
        log = list(session.scalars(select(Catatan).where(Catatan.objek == "probebaya")))
    assert (row.diajukan, row.anggaran_rp) == (41, 5_996_118_300)
    assert [one.aksi for one in log] == ["tambah", "ubah"]
    riwayat = [row.text for row in lia.open(f"{url}/riwayat").root.all("tr")]
    assert any("Usulan diajukan: 1.240 menjadi 41" in row for row in riwayat)
    assert "Kelurahan Rawa Makmur 30 5 3 0 0" in lia.open(URL).text
    assert lia.open(url).by_id("anggaran_rp").attrs["value"] == "5.996.118.300"
    assert list_differences(database) == []


@ON_SQLITE
def test_what_does_not_fit_together_is_said_at_its_field(
    lia: Petugas, database: Database, kota: dict[str, uuid.UUID]
) -> None:
    url = form_url(kota["Bantuas"])
    for answers, id_, message in (
        ({"diajukan": "10", "disetujui": "12"}, "disetujui", "lebih banyak daripada usulan"),
        ({"disetujui": "10", "dilaksanakan": "12"}, "dilaksanakan", "lebih banyak daripada"),
        ({"diajukan": "10", "dilaksanakan": "12"}, "dilaksanakan", "usulan diajukan (10)"),
        ({"dilaksanakan": "5", "ekonomi": "5"}, "kesehatan", "Isi kelima bidang"),
        ({**LENGKAP, "ekonomi": "6"}, "dilaksanakan", "Jumlah kelima bidang 39"),
        ({**LENGKAP, "dilaksanakan": ""}, "dilaksanakan", "Jumlah kelima bidang 38"),
        ({"realisasi_rp": "5"}, "anggaran_rp", "Isi juga anggarannya"),
        (
            {"anggaran_rp": "1000", "realisasi_rp": "1001"},
            "realisasi_rp",
            "Realisasi (1.001) lebih besar daripada anggaran (1.000)",
        ),
        ({"diajukan": "-1"}, "diajukan", "tidak boleh negatif"),
        ({"diajukan": "1,5"}, "diajukan", "bilangan bulat"),
        ({"diajukan": "sepuluh"}, "diajukan", "bukan angka"),
        ({"diajukan": "9999999999"}, "diajukan", "terlalu besar"),
    ):
        page = lia.fill_in(url, answers, 422)

        assert message in page.by_id(f"{id_}-galat").text, message
        for name, typed in answers.items():
            assert page.by_id(name).attrs["value"] == typed
    with database.reading() as session:
        assert session.get(Probebaya, (kota["Bantuas"], 2024)) is None


@ON_SQLITE
def test_of_two_people_who_fill_in_a_kelurahan_the_second_is_told(
    lia: Petugas, kota: dict[str, uuid.UUID]
) -> None:
    url = form_url(kota["Bantuas"])
    seen = lia.open(url)
    lia.fill_in(url, {"jumlah_rt": "14"})

    number = next(n for n, form in enumerate(seen.forms) if "jumlah_rt" in form.fields)
    lia.send(seen, {"jumlah_rt": "15"}, 409, form=number)


@ON_SQLITE
def test_a_kelurahan_fills_in_its_own_figures_and_sees_no_other(
    app: Flask, database: Database, kota: dict[str, uuid.UUID]
) -> None:
    wati = sign_in_wati(app, database, "operator", kota["Bukuan"])
    page = wati.open(URL)

    assert "Kelurahan Bukuan" in page.text
    assert "Rawa Makmur" not in page.text
    assert "Tiga cara" not in page.text
    wati.fill_in(form_url(kota["Bukuan"]), {"jumlah_rt": "47"})
    wati.open(form_url(kota["Rawa Makmur"]), status=404)
    wati.open(IMPOR, status=403)


@ON_SQLITE
def test_the_whole_office_reads_what_only_kelurahan_and_admin_write(
    ani: Petugas, budi: Petugas, kota: dict[str, uuid.UUID]
) -> None:
    for petugas in (ani, budi):
        page = petugas.open(URL)
        assert "99,66%" in page.text
        assert ("Yang mengisi ialah operator setiap kelurahan" in page.text) == (petugas is ani)
        assert not [link for link in page.root.all("a") if link.text.startswith("Ubah")]
        petugas.open(f"{form_url(kota['Bukuan'])}/riwayat")
        petugas.open(form_url(kota["Bukuan"]), status=403)


@ON_SQLITE
def test_a_year_without_data_says_what_is_missing(
    budi: Petugas, kota: dict[str, uuid.UUID]
) -> None:
    page = budi.open("/admin/probebaya?tahun=2019")

    assert page.text.count("Belum ada data kelurahan untuk tahun ini.") == 3
    assert "Definisi resmi tahun 2019 belum dipilih" in page.text


def make_file(names: list[str], judul: str, isi: str) -> str:
    return "\n".join([f"tahun,kelurahan,{judul}", *(f"2024,{nama},{isi}" for nama in names)])


@ON_SQLITE
def test_all_kelurahan_come_from_one_file(
    lia: Petugas, database: Database, kota: dict[str, uuid.UUID]
) -> None:
    add_catatan(database, kota["Bantuas"], jumlah_rt=14)

    page = lia.follow(
        upload(lia, make_file(list(kota), "diajukan,disetujui,definisi", "10,9,serapan_anggaran"))
    )

    assert "5 kelurahan sudah disimpan, 5 di antaranya berubah" in page.text
    assert "Usulan yang disetujui dibagi usulan yang diajukan: 90,00%" in read_definisi(page)[1]
    with database.reading() as session:
        assert session.get_one(Probebaya, (kota["Bantuas"], 2024)).jumlah_rt == 14
        log = session.scalars(select(Catatan.alasan).where(Catatan.objek == "probebaya"))
        assert set(log) == {"Impor berkas probebaya.csv"}


@ON_SQLITE
def test_an_import_fills_in_and_asks_before_it_replaces_a_figure(
    lia: Petugas, database: Database, kota: dict[str, uuid.UUID]
) -> None:
    add_catatan(database, kota["Bukuan"], diajukan=40, disetujui=38)
    names = list(kota)
    blank = make_file(names, "diajukan,disetujui,jumlah_rt", ",,47")

    upload(lia, blank)
    seen = lia.open(IMPOR)
    page = resend(lia, seen, make_file(names, "diajukan", "45"), 422)

    assert "Kelurahan Bukuan Usulan diajukan 40 45" in [row.text for row in page.root.all("tr")]
    assert "Kelurahan Bantuas Usulan diajukan" not in page.text
    assert "Tulis alasannya" in page.text
    with database.reading() as session:
        row = session.get_one(Probebaya, (kota["Bukuan"], 2024))
        assert (row.diajukan, row.disetujui, row.jumlah_rt) == (40, 38, 47)
    resend(lia, page, None, alasan="Berita acara Musrenbang")
    riwayat = lia.open(f"{form_url(kota['Bukuan'])}/riwayat").text
    assert "Berita acara Musrenbang (impor berkas probebaya.csv)" in riwayat
    resend(lia, seen, make_file(names, "diajukan", "46"), 409, alasan="Berkas lain")


@ON_SQLITE
def test_a_file_with_a_fault_stores_nothing(
    lia: Petugas, database: Database, kota: dict[str, uuid.UUID]
) -> None:
    names = list(kota)
    good = make_file(names, "diajukan,disetujui,definisi", "10,9,")
    for isi, place in (
        (make_file(names[1:], "diajukan", "10"), f"Kelurahan {names[0]} tidak ada di berkas"),
        (f"{good}\n2024,Bukit,1,1,", '7 kelurahan "Bukit" bukan kelurahan kantor ini'),
        (f"{good}\n2024,Bukuan,1,1,", "Kelurahan Bukuan sudah ada di baris"),
        (good.replace("2024", "2023", 1), '2 tahun "2023" bukan tahun 2024'),
        (good.replace("10,9", "10,11", 1), "2 disetujui Usulan disetujui (11) lebih banyak"),
        (good.replace("10,9", "x,9", 1), '2 diajukan "x" bukan angka'),
        (good.replace("10,9,", "10,9,usulan_disetujui", 1),
         "2 definisi usulan_disetujui bukan definisi resmi tahun 2024, yaitu serapan_anggaran "
         "ubah definisi resminya"),
        (good.replace("10,9,", "10,9,usulan_disetujui", 1).replace(
            "10,9,\n", "10,9,kelurahan_pelaksana\n", 1),
         "satu tahun hanya memakai satu definisi, di berkas ini ada usulan_disetujui (baris 2) "
         "dan kelurahan_pelaksana (baris 3)"),
        (good.replace("10,9,", "10,9,rata-rata", 1), '2 definisi "rata-rata" tidak dikenal'),
        (make_file(names, "penduduk", "5"), "tidak memuat satu pun kolom angka"),
    ):  # fmt: skip
        assert place in upload(lia, isi, 422).text, place
    with database.reading() as session:
        assert session.scalars(select(Probebaya)).all() == []


@ON_SQLITE
def test_the_table_and_the_template_can_be_sent_back(
    lia: Petugas, kota: dict[str, uuid.UUID]
) -> None:
    for url in (f"{URL}&unduh=csv", f"{IMPOR}&unduh=csv"):
        isi = lia.client.get(url).get_data(as_text=True)
        assert "Kelurahan Bantuas" in isi
        upload(lia, isi)
