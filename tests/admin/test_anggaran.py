"""The budget of a year: Tabel 3.10 as printed, its import, what each sasaran cost."""

from __future__ import annotations

import csv
import io
import re
import uuid
from typing import cast

import pytest
from openpyxl import Workbook, load_workbook
from sqlalchemy import func, select, update

from skm_app.angka import format_persen
from skm_app.capaian import count_anggaran, read_anggaran, read_biaya
from skm_app.database import Database
from skm_app.models import Anggaran, Catatan, Dukungan, Indikator, Unit
from tests.admin.helpers import Petugas
from tests.admin.kinerja import KELURAHAN, add_anggaran_2024, add_indikator, set_realisasi
from tests.offices import DATA, ON_SQLITE, Kantor, list_differences
from tests.pages import Page, read_page

URL = "/admin/anggaran?tahun=2024"
IMPOR = "/admin/anggaran/impor?tahun=2024"
PEMBERDAYAAN = "PROGRAM PEMBERDAYAAN MASYARAKAT DESA DAN KELURAHAN"
PENYELENGGARAAN = "PROGRAM PENYELENGGARAAN PEMERINTAHAN DAN PELAYANAN PUBLIK"
PENUNJANG = "PROGRAM PENUNJANG URUSAN PEMERINTAHAN DAERAH KABUPATEN/KOTA"
BERKAS = (DATA / "anggaran_2024.csv").read_text(encoding="utf-8")
JUDUL = BERKAS.splitlines()[0]


@pytest.fixture
def anggaran(database: Database, kantor: Kantor) -> Kantor:
    add_anggaran_2024(database, kantor)
    return kantor


@pytest.fixture
def kelurahan(database: Database, kantor: Kantor) -> Kantor:
    """All five kelurahan, still without a budget."""
    with database.writing() as session:
        session.add_all(
            Unit(parent_id=kantor.palaran, jenis="kelurahan", nama=f"Kelurahan {nama}")
            for nama in KELURAHAN
        )
    return kantor


def upload(lia: Petugas, isi: str | bytes, status: int = 303, **answers: str) -> Page:
    """Send a file with the import form as it is open now."""
    page = lia.open(IMPOR)
    return resend(lia, page, isi, status, **answers)


def resend(
    lia: Petugas, page: Page, isi: str | bytes | None, status: int = 303, **answers: str
) -> Page:
    form = next(one for one in page.forms if one.method == "post" and "impor" in one.action)
    body: dict[str, object] = {**form.fields.to_dict(), **answers}
    if isi is not None:
        data = isi.encode() if isinstance(isi, str) else isi
        body["berkas"] = (io.BytesIO(data), "anggaran.csv")
    sent = lia.client.post(form.action, data=body, content_type="multipart/form-data")
    return read_page(sent, status)


def count_rows(database: Database) -> int:
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(Anggaran)) or 0


def make_file(*rows: str) -> str:
    return "\n".join([JUDUL, *rows])


def sub(unit: str, anggaran: str = "100", realisasi: str = "50", nama: str = "Sub") -> str:
    return f'sub_kegiatan,{unit},PROGRAM A,Kegiatan A,{nama},"{anggaran}","{realisasi}",'


ALL = [
    sub(f"Kelurahan {nama}")
    for nama in ("Bantuas", "Bukuan", "Simpang Pasir", "Rawa Makmur", "Handil Bakti")
]
KECAMATAN = sub("Kecamatan Palaran")
# Rows of a file, and what is said about them.
KELIRU: list[tuple[list[str], str]] = [
    ([sub("Kelurahan Bukit")], '2 unit "Kelurahan Bukit" bukan unit kantor ini'),
    ([KECAMATAN, KECAMATAN], "3 – sama dengan baris 2"),
    ([sub("Palaran", "-5")], '2 anggaran_rp "-5" tidak boleh negatif'),
    ([sub("Palaran", "lima")], '2 anggaran_rp "lima" bukan angka'),
    ([sub("Palaran", "5,50")], '2 anggaran_rp "5,50" harus bilangan bulat'),
    ([sub("Palaran", "9" * 17)], "terlalu besar"),
    ([sub("Palaran", "5", "")], "2 realisasi_rp belum diisi"),
    ([sub("Palaran", "5", "#DIV/0!")], '2 realisasi_rp "#DIV/0!" adalah tanda kesalahan'),
    ([sub("Palaran", nama="")], "2 sub_kegiatan belum diisi untuk tingkat sub_kegiatan"),
    (["bidang,Palaran,A,B,C,1,1,"], '2 tingkat "bidang" bukan tingkat'),
    (
        ["unit,Kecamatan Palaran,,,,101,50,", KECAMATAN],
        "2 anggaran_rp unit Kecamatan Palaran: tercetak 101, jumlah sub kegiatannya 100, selisih 1",
    ),
    (["unit,Kelurahan Bukuan,,,,1,1,", KECAMATAN], "tidak mempunyai baris sub_kegiatan"),
    ([KECAMATAN + ",kelebihan,sel"], "isian lebih banyak daripada judul kolom"),
    ([], "hanya berisi judul kolom"),
]


@ON_SQLITE
def test_every_line_of_the_printed_table_comes_out(database: Database, anggaran: Kantor) -> None:
    printed = list(csv.DictReader(io.StringIO(BERKAS)))
    with database.reading() as session:
        found = read_anggaran(session, anggaran.palaran, 2024)

    lines = [(one.tingkat, one.unit, one.program, one.kegiatan, one.sub_kegiatan) for one in found]
    assert lines == [tuple(row.values())[:5] for row in printed]
    for one, row in zip(found, printed, strict=True):
        if row["anggaran_rp"]:
            assert str(one.anggaran_rp) == row["anggaran_rp"]
            assert str(one.realisasi_rp) == (row["realisasi_rp"] or "0")
            if row["persen_tercetak"] == "#DIV/0!":
                assert one.serapan is None
            else:
                assert format_persen(one.serapan) == row["persen_tercetak"]
    assert (found[0].anggaran_rp, found[0].realisasi_rp) == (35_898_593_985, 35_585_343_360)
    jumlah = count_anggaran(found)
    assert (jumlah.program, jumlah.kegiatan, jumlah.sub_kegiatan) == (3, 9, 28)


@ON_SQLITE
def test_a_budget_is_that_of_a_unit_and_what_is_below_it(
    database: Database, anggaran: Kantor
) -> None:
    with database.reading() as session:
        rawa = read_anggaran(session, anggaran.rawa_makmur, 2024)
        assert read_anggaran(session, anggaran.palaran, 2023) == ()
        assert read_biaya(session, anggaran.palaran, 2023) == ()

    assert [one.nama for one in rawa[:2]] == ["Kelurahan Rawa Makmur"] * 2
    assert rawa[0].anggaran_rp == 6_218_039_580


@pytest.fixture
def sasaran(database: Database, anggaran: Kantor) -> dict[str, uuid.UUID]:
    """Both sasaran with the programmes that pay for them, as in Tabel 3.7."""
    ikm = add_indikator(database, anggaran.palaran, "ikm", {2024: "88.31"})
    probebaya = add_indikator(database, anggaran.palaran, "probebaya", {2024: "83"})
    set_realisasi(database, probebaya, 2024, cara="serapan_anggaran")
    with database.writing() as session:
        one, two = (
            cast(uuid.UUID, session.get_one(Indikator, id_).sasaran_id) for id_ in (ikm, probebaya)
        )
        session.add_all(
            Dukungan(sasaran_id=id_, program=program, jenis_unit=jenis)
            for id_, program, jenis in (
                (one, PENUNJANG, None),
                (one, PENYELENGGARAAN.title(), None),
                (two, PEMBERDAYAAN, "kelurahan"),
            )
        )
    return {"ikm": one, "probebaya": two}


@ON_SQLITE
def test_the_money_of_each_sasaran_adds_up_to_the_whole_budget(
    database: Database, anggaran: Kantor, sasaran: dict[str, uuid.UUID]
) -> None:
    with database.reading() as session:
        biaya = read_biaya(session, anggaran.palaran, 2024)
        total = read_anggaran(session, anggaran.palaran, 2024)[0]

    assert [(one.sasaran_id, one.anggaran_rp, one.realisasi_rp) for one in biaya] == [
        (sasaran["ikm"], 15_876_922_929, 15_641_354_013),
        (sasaran["probebaya"], 19_841_671_056, 19_773_920_293),
        (None, 180_000_000, 170_069_054),
    ]
    assert sum(one.realisasi_rp for one in biaya) == total.realisasi_rp
    assert biaya[0].program == (PENYELENGGARAAN, PENUNJANG)
    assert biaya[2].program == (PEMBERDAYAAN,)


@ON_SQLITE
def test_the_page_shows_levels_overspending_and_both_efficiencies(
    lia: Petugas, sasaran: dict[str, uuid.UUID]
) -> None:
    page = lia.open(URL)
    rows = [row.text for row in page.root.all("tr")]

    assert "Jumlah Kecamatan Palaran 35.898.593.985 35.585.343.360 99,13%" in rows
    assert any(
        row.startswith("Sub kegiatan Penyediaan Bahan Bacaan")
        and row.endswith("0 0 tidak ada anggaran")
        for row in rows
    )
    assert f"Program {PENYELENGGARAAN} 2.645.329.556 2.664.918.894melebihi anggaran 100,74%" in rows
    assert any("19.841.671.056 19.773.920.293 99,66% 0,34% 120,07% 20,41" in row for row in rows)
    assert any(
        row.startswith("Tidak terkait sasaran") and row.endswith("94,48% 5,52% – –") for row in rows
    )


@ON_SQLITE
def test_overspending_is_explained_once_by_one_person(
    lia: Petugas, budi: Petugas, database: Database, anggaran: Kantor
) -> None:
    seen = lia.open(URL)
    name = next(one for one in seen.root.all("textarea")).attrs["name"]
    lia.fill_in(URL, {name: "Tambahan kegiatan MTQ."})

    page = budi.open(URL)
    assert "Tambahan kegiatan MTQ." in page.text
    assert not page.root.all("textarea")
    number = next(n for n, form in enumerate(seen.forms) if name in form.fields)
    lia.send(seen, {name: "Lain."}, 409, form=number)
    assert "Paling panjang 300" in lia.fill_in(URL, {name: "x" * 301}, 422).text
    riwayat = lia.open("/admin/anggaran/riwayat?tahun=2024").text
    assert "Penjelasan anggaran 2024" in riwayat
    assert "Tambahan kegiatan MTQ." in riwayat


@ON_SQLITE
def test_a_whole_year_is_imported_and_shown_with_its_totals(
    lia: Petugas, database: Database, kelurahan: Kantor
) -> None:
    page = lia.follow(upload(lia, BERKAS))

    assert "47 sub kegiatan" in page.text
    row = next(row.text for row in page.root.all("tr") if row.text.startswith("Jumlah"))
    assert row == "Jumlah tidak ada 35.898.593.985 tidak ada 35.585.343.360"
    with database.reading() as session:
        found = read_anggaran(session, kelurahan.palaran, 2024)
    assert [one.unit for one in found if one.tingkat == "unit"][:2] == [
        "Kecamatan Palaran",
        "Kelurahan Bantuas",
    ]
    assert list_differences(database) == []


@ON_SQLITE
def test_the_download_can_be_sent_back_as_csv_and_as_xlsx(
    lia: Petugas, database: Database, anggaran: Kantor
) -> None:
    for jenis in ("csv", "xlsx"):
        answer = lia.client.get(f"{URL}&unduh={jenis}")
        upload(lia, answer.data, alasan=f"Kirim balik {jenis}")

    with database.reading() as session:
        found = read_anggaran(session, anggaran.palaran, 2024)
    assert found[0].realisasi_rp == 35_585_343_360
    assert len(found) == len(BERKAS.splitlines()) - 1


def test_an_import_over_a_year_asks_for_a_reason_and_keeps_the_file_meanwhile(
    lia: Petugas, database: Database, anggaran: Kantor
) -> None:
    with database.writing() as session:
        session.execute(
            update(Anggaran)
            .where(Anggaran.realisasi_rp > Anggaran.anggaran_rp)
            .values(penjelasan="Ada MTQ.")
        )
    changed = BERKAS.replace("25000000,25000000", "25000000,24000000")
    changed = re.sub(r"(?m)^(total|unit|program|kegiatan),.*\n", "", changed)

    page = upload(lia, changed, 422)

    assert "Tulis alasannya" in page.text
    assert "35.584.343.360" in page.text
    shown = lia.follow(resend(lia, page, None, alasan="Koreksi SPJ"))
    assert "Alasan: Koreksi SPJ" in shown.text
    with database.reading() as session:
        total = read_anggaran(session, anggaran.palaran, 2024)[0]
        log = session.scalars(
            select(Catatan).where(Catatan.objek == "anggaran").order_by(Catatan.nomor.desc())
        ).first()
        words = session.scalars(select(Anggaran.penjelasan).where(Anggaran.penjelasan != ""))
        assert list(words) == ["Ada MTQ."]
    assert total.realisasi_rp == 35_584_343_360
    assert log is not None
    assert log.alasan == "Koreksi SPJ"
    assert log.sebelum is not None
    assert log.sesudah is not None
    assert log.sebelum["realisasi_rp"] - log.sesudah["realisasi_rp"] == 1_000_000


@ON_SQLITE
def test_of_two_imports_at_once_the_second_is_told(lia: Petugas, kelurahan: Kantor) -> None:
    seen = lia.open(IMPOR)
    upload(lia, BERKAS)

    resend(lia, seen, BERKAS, 409, alasan="Berkas lain")


@ON_SQLITE
def test_a_unit_without_rows_must_be_confirmed(
    lia: Petugas, database: Database, kelurahan: Kantor
) -> None:
    page = upload(lia, make_file(KECAMATAN, *ALL[:4]), 422)

    assert "Tidak ada baris untuk: Kelurahan Handil Bakti." in page.text
    assert count_rows(database) == 0
    resend(lia, page, None, kosong="y")
    assert count_rows(database) == 5


@ON_SQLITE
def test_what_is_wrong_is_named_by_row_and_column_and_nothing_is_stored(
    lia: Petugas, database: Database, kelurahan: Kantor
) -> None:
    for rows, place in KELIRU:
        page = upload(lia, make_file(*rows), 422)

        assert place in page.text, place
    assert count_rows(database) == 0


@ON_SQLITE
def test_rupiah_are_read_as_indonesians_write_them(
    lia: Petugas, database: Database, kelurahan: Kantor
) -> None:
    rows = [sub("palaran", "Rp 2.645.329.556,00", "Rp.1.000,-"), *ALL]
    upload(lia, make_file(*rows))

    with database.reading() as session:
        first = read_anggaran(session, kelurahan.palaran, 2024)[1]
    assert (first.anggaran_rp, first.realisasi_rp) == (2_645_329_556, 1000)


@ON_SQLITE
@pytest.mark.parametrize(
    ("sel", "pesan"),
    [
        ("=1+1", "2 anggaran_rp rumus tanpa hasil tersimpan"),
        # Not the 1.234.567 that the same digits would be with a point.
        (1234.567, "1234,567"),
    ],
)
def test_a_cell_that_holds_no_whole_rupiah_is_named(
    lia: Petugas, kelurahan: Kantor, sel: object, pesan: str
) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(JUDUL.split(","))
    sheet.append(["sub_kegiatan", "Kecamatan Palaran", "P", "K", "S", sel, 1])
    data = io.BytesIO()
    book.save(data)

    page = upload(lia, data.getvalue(), 422)

    assert pesan in page.text


@ON_SQLITE
def test_no_file_and_an_empty_file_are_told_apart(lia: Petugas, kelurahan: Kantor) -> None:
    assert "Pilih berkasnya" in resend(lia, lia.open(IMPOR), None, 422).text
    assert "berkas ini kosong" in upload(lia, "\n", 422).text
    assert "kolom unit" in upload(lia, "tingkat,program\n1,2\n", 422).text


@ON_SQLITE
def test_the_template_names_the_columns_and_the_units(lia: Petugas, kelurahan: Kantor) -> None:
    data = lia.client.get(f"{IMPOR}&unduh=xlsx").data
    sheet = load_workbook(io.BytesIO(data)).worksheets[0]
    first, *rows = sheet.iter_rows(values_only=True)

    assert ",".join(str(one) for one in first) == f"tahun,{JUDUL},penjelasan"
    assert len(rows) == 6
    assert "Unduh CSV" in lia.open(IMPOR).text


@ON_SQLITE
def test_without_a_budget_the_page_says_so(budi: Petugas, kantor: Kantor) -> None:
    assert "Belum ada anggaran 2024" in budi.open(URL).text
    assert "Belum ada perubahan" in budi.open("/admin/anggaran/riwayat?tahun=2024").text
    budi.open(IMPOR, status=403)
