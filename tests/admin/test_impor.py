"""Import in the browser: columns, faults by cell, all or nothing, and what a crash leaves."""

from __future__ import annotations

import io
import threading
import time
import uuid
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import Workbook
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from skm_app.admin import impor_batch
from skm_app.admin.impor_kerja import Pekerja
from skm_app.akun.pengguna import create_pengguna
from skm_app.database import Database
from skm_app.intake import Intake
from skm_app.models import Batch, Catatan, Pengguna, Unggahan, UsulanResponden, new_id
from tests.admin.helpers import SANDI, Petugas, make_petugas
from tests.offices import (
    LOKET,
    LOKET_KTP,
    ON_SQLITE,
    PALARAN_2024,
    SKM_16,
    Kantor,
    add_periode,
    close,
    count_responden,
    list_differences,
    list_responden,
    make_isian,
    read_nilai,
)
from tests.pages import Page, read_page

U = "U1,U2,U3,U4,U5,U6,U7"
BY_UNSUR = f"Tanggal,{U},U8 Pengaduan,U9 Sarana"
BARE = f"Tanggal,{U},U8,U9"


def csv(*rows: str, header: str = BY_UNSUR) -> bytes:
    return "\n".join((header, *rows)).encode()


def xlsx(*rows: tuple[Any, ...]) -> bytes:
    book, out = Workbook(), io.BytesIO()
    for row in rows:
        book.worksheets[0].append(row)
    book.save(out)
    return out.getvalue()


def post_file(client: FlaskClient, fields: dict[str, str], data: bytes, nama: str) -> TestResponse:
    """Send a file as a browser does; written out here, for the client leaves large ones open."""
    name = 'Content-Disposition: form-data; name="{}"'
    parts = [f"--x\r\n{name.format(key)}\r\n\r\n{text}\r\n" for key, text in fields.items()]
    head = f'--x\r\n{name.format("berkas")}; filename="{nama}"\r\n\r\n'
    body = "".join([*parts, head]).encode() + data + b"\r\n--x--\r\n"
    kind = "multipart/form-data; boundary=x"
    return client.post("/admin/impor/tambah", data=body, content_type=kind)


def upload(
    petugas: Petugas, data: bytes, status: int = 303, titik: str = LOKET_KTP, nama: str = "a.csv"
) -> Page:
    token = petugas.open("/admin/impor/tambah").forms[0].fields["csrf_token"]
    fields = {"csrf_token": token, "titik": titik}
    return read_page(post_file(petugas.client, fields, data, nama), status)


def send(petugas: Petugas, url: str, answers: dict[str, str | None], status: int = 303) -> Page:
    """Send the form of a page that leads to itself."""
    page = petugas.open(url)
    number = next(
        n for n, form in enumerate(page.forms) if form.action == "" and form.method == "post"
    )
    return petugas.send(page, answers, status, form=number)


def check(petugas: Petugas, data: bytes, **changes: str) -> Page:
    """Upload, take the guessed columns, and see what would be stored."""
    kolom = upload(petugas, data).location
    changed: dict[str, str | None] = {**changes}
    return petugas.follow(send(petugas, kolom, changed))


def confirm(petugas: Petugas, page: Page, status: int = 303, sama: str | None = None) -> Page:
    number = next(n for n, form in enumerate(page.forms) if form.action.endswith("/simpan"))
    return petugas.send(page, {"sama": sama}, status, form=number)


def wait_for(petugas: Petugas, url: str) -> Page:
    """As the page does: ask until the import is over, then look."""
    for _ in range(600):
        kemajuan: dict[str, Any] = petugas.client.get(f"{url}/kemajuan.json").get_json()
        if not kemajuan["berjalan"]:
            return petugas.open(url)
        time.sleep(0.05)
    raise AssertionError("The import does not end.")


def store(petugas: Petugas, data: bytes) -> Page:
    return wait_for(petugas, confirm(petugas, check(petugas, data)).location)


def list_batch(database: Database) -> list[Batch]:
    with database.reading() as session:
        return list(session.scalars(select(Batch).order_by(Batch.kode)))


def count_unggahan(database: Database) -> int:
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(Unggahan)) or 0


def faults_of(page: Page) -> list[list[str]]:
    rows = page.root.first("tbody").all("tr")
    return [[c.text for c in row.children if not isinstance(c, str)] for row in rows]


def test_a_file_is_understood_checked_and_stored_as_a_batch(
    ani: Petugas, database: Database, kantor: Kantor
) -> None:
    page = check(ani, PALARAN_2024.read_bytes(), **_by_official_order(ani))
    assert "36 baris dapat dibaca tanpa kesalahan" in page.text
    assert count_responden(database) == 0

    page = wait_for(ani, confirm(ani, page).location)

    assert "36 jawaban tersimpan" in page.text
    (batch,) = list_batch(database)
    assert (batch.status, batch.jumlah, batch.jenis) == ("tersimpan", 36, "impor")
    rows = list_responden(database)
    assert {one.batch_id for one in rows} == {batch.id}
    assert sorted(one.nomor_lembar or 0 for one in rows) == list(range(2, 38))
    assert {one.kanal for one in rows} == {"impor"}
    assert count_unggahan(database) == 0
    assert list_differences(database) == []
    with database.reading() as session:
        catatan = session.scalars(select(Catatan).where(Catatan.objek == "batch")).one()
        assert (catatan.aksi, catatan.oleh) == ("impor", "ani")


def _by_official_order(petugas: Petugas) -> dict[str, str]:
    """The columns of the Palaran file whose headers say too little, by the regulation's list."""
    page = petugas.open(upload(petugas, PALARAN_2024.read_bytes()).location)
    texts = {
        o.text: o.attrs["value"] for o in page.root.first("select", id="b-waktu").all("option")
    }
    return {
        f"b-{kunci}": next(value for text, value in texts.items() if text.endswith(f": {kode}"))
        for kunci, kode in (("pengaduan", "U8"), ("sarpras", "U9"))
    }


@pytest.mark.parametrize("first", ["pengaduan", "sarpras"])
def test_bare_u8_and_u9_are_asked_for_and_stored_as_answered(
    ani: Petugas, database: Database, kantor: Kantor, first: str
) -> None:
    second = "sarpras" if first == "pengaduan" else "pengaduan"
    kolom = upload(ani, csv("04/03/2024,1,1,1,1,1,1,1,4,2", header=BARE)).location
    assert "Hati-hati dengan U8 dan U9" in ani.open(kolom).text
    refused = send(ani, kolom, {}, 422)
    assert refused.text.count("Pilih kolomnya.") == 2

    send(ani, kolom, {f"b-{first}": "8", f"b-{second}": "9"})
    wait_for(ani, confirm(ani, ani.open(f"{kolom}/periksa")).location)

    (row,) = list_responden(database)
    nilai = read_nilai(database, row.id)
    assert (nilai[first], nilai[second]) == (4, 2)


@ON_SQLITE
def test_headers_that_say_the_order_of_the_paper_are_believed(
    ani: Petugas, database: Database
) -> None:
    store(ani, csv("04/03/2024,1,1,1,1,1,1,1,4,2", header=f"Tanggal,{U},U8 Sarana,U9 Pengaduan"))
    (row,) = list_responden(database)
    nilai = read_nilai(database, row.id)
    assert (nilai["sarpras"], nilai["pengaduan"]) == (4, 2)


@ON_SQLITE
def test_headers_in_words_are_guessed_and_the_rest_is_chosen(
    ani: Petugas, database: Database
) -> None:
    header = (
        "Cap waktu;Kesesuaian persyaratan;Kemudahan prosedur;Kecepatan waktu;Kewajaran biaya;"
        "Kesesuaian produk;Kompetensi petugas;Sikap;Kualitas sarana dan prasarana;"
        "Penanganan pengaduan"
    )
    data = csv("2024-03-04 10:11:12;1;2;3;4;1;2;3;4;1", header=header)
    kolom = upload(ani, data).location
    refused = send(ani, kolom, {}, 422)
    assert refused.text.count("Pilih kolomnya.") == 1
    send(ani, kolom, {"b-perilaku": "7"})
    wait_for(ani, confirm(ani, ani.open(f"{kolom}/periksa")).location)
    (row,) = list_responden(database)
    assert row.tanggal == date(2024, 3, 4)
    assert read_nilai(database, row.id) == {
        "persyaratan": 1, "prosedur": 2, "waktu": 3, "biaya": 4, "produk": 1, "kompetensi": 2,
        "perilaku": 3, "sarpras": 4, "pengaduan": 1,
    }  # fmt: skip


@ON_SQLITE
def test_every_fault_is_named_by_cell_and_nothing_can_be_stored(
    ani: Petugas, database: Database
) -> None:
    header = f"{BY_UNSUR},Usia,Layanan"
    data = csv(
        "04/03/2024,1,1,5,1,1,1,1,4,2,30,",
        "31/02/2024,1,1,1,1,1,1,1,4,2,30,",
        ",1,1,1,1,1,1,1,4,2,tua,",
        "04/03/2024,,,,,,,,,,30,",
        "04/03/2999,1,1,1,1,1,1,1,4,2,30,lain",
        header=header,
    )
    page = check(ani, data)
    assert "5 kesalahan" in page.text
    found = faults_of(page)
    assert [row[:3] for row in found] == [
        ["2", "D2", "U3"],
        ["3", "A3", "Tanggal"],
        ["4", "K4", "Usia"],
        ["5", "–", "–"],
        ["6", "A6", "Tanggal"],
    ]
    assert found[0][3] == '"5" bukan nilai 1-4'
    assert found[0][4] == "Tulis 1, 2, 3, atau 4. Kosongkan bila tidak dijawab."
    assert not [form for form in page.forms if form.action.endswith("/simpan")]
    with database.reading() as session:
        unggahan_id = session.scalars(select(Unggahan.id)).one()
    token = ani.open("/admin/sandi").forms[0].fields["csrf_token"]
    ani.client.post(f"/admin/impor/berkas/{unggahan_id}/simpan", data={"csrf_token": token})
    assert (count_responden(database), list_batch(database)) == (0, [])


@ON_SQLITE
def test_rows_without_a_day_need_one(ani: Petugas, database: Database) -> None:
    header = BY_UNSUR.removeprefix("Tanggal,")
    page = check(ani, csv("1,1,1,1,1,1,1,4,2", header=header))
    assert "Tanggal belum diisi" in page.text or "tanggal belum diisi" in page.text
    with database.reading() as session:
        kolom = f"/admin/impor/berkas/{session.scalars(select(Unggahan.id)).one()}"
    send(ani, kolom, {"tanggal": "2999-01-01"}, 422)
    send(ani, kolom, {"tanggal": "2024-03-04"})
    wait_for(ani, confirm(ani, ani.open(f"{kolom}/periksa")).location)
    assert [one.tanggal for one in list_responden(database)] == [date(2024, 3, 4)]


@ON_SQLITE
@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "kosong"),
        (b" \n ", "kosong"),
        (b"\x89PNG\r\n\x1a\n" + b"x" * 50, "bukan tabel"),
        (b"\xd0\xcf\x11\xe0" + b"x" * 50, "bersandi"),
        (b"PK\x03\x04" + b"x" * 50, "rusak"),
        (b"a,b\n" + b"x" * (5 * 1024 * 1024), "5 MB"),
    ],
    ids=["empty", "blank", "picture", "password", "broken", "large"],
)
def test_what_is_no_table_is_refused_in_words(
    ani: Petugas, database: Database, data: bytes, words: str
) -> None:
    assert words in upload(ani, data, 422, nama="survei.xlsx").text
    assert count_unggahan(database) == 0


@ON_SQLITE
def test_only_staff_may_send_more_than_a_form(ani: Petugas, stranger: Petugas) -> None:
    big = post_file(stranger.client, {}, b"x" * 200_000, "a.csv")
    assert big.status_code == 413
    token = ani.open("/admin/sandi").forms[0].fields["csrf_token"]
    answer = post_file(ani.client, {"csrf_token": token}, b"x" * 26 * 1024 * 1024, "a.csv")
    assert answer.status_code == 413
    assert "5 MB" in answer.text
    other = {"csrf_token": token, "lama": "x" * 200_000}
    assert ani.client.post("/admin/sandi", data=other).status_code == 413


@ON_SQLITE
def test_formula_cells_are_never_calculated_nor_shown_as_such(
    ani: Petugas, database: Database
) -> None:
    header = tuple(BY_UNSUR.split(","))
    good: tuple[Any, ...] = (date(2024, 3, 4), 1, 1, 1, 1, 1, 1, 1, 4, 2)
    store(ani, xlsx(header, good))
    assert [one.tanggal for one in list_responden(database)] == [date(2024, 3, 4)]
    page = check(ani, xlsx(header, good, (*good[:3], "=1+2", *good[4:])))
    assert faults_of(page)[0][1] == "D3"
    assert "rumus tanpa hasil" in page.text
    evil = csv('04/03/2024,"=cmd|x",1,1,1,1,1,1,4,2')
    page = check(ani, evil)
    answer = ani.client.get(f"{page.response.request.path}?unduh=csv").text
    assert not [line for line in answer.splitlines() if line.startswith(("=", ",=", '"='))]


def test_the_same_file_twice_stores_nothing_new(ani: Petugas, database: Database) -> None:
    data = csv("04/03/2024,1,1,1,1,1,1,1,4,2", "04/03/2024,2,2,2,2,2,2,2,4,2")
    store(ani, data)
    page = check(ani, data)
    assert "Semua baris ini sudah tersimpan" in page.text
    assert "sudah pernah diimpor sebagai batch I-" in page.text
    assert count_responden(database) == 2


@ON_SQLITE
@pytest.mark.parametrize(("sama", "new"), [("lanjutan", 1), ("baru", 2)])
def test_rows_that_are_stored_already_are_asked_about(
    ani: Petugas, database: Database, sama: str, new: int
) -> None:
    old = "04/03/2024,1,1,1,1,1,1,1,4,2"
    store(ani, csv(old))
    grown = csv(old, "05/03/2024,2,2,2,2,2,2,2,4,2")
    page = check(ani, grown)
    assert "1 dari 2 baris sama persis" in page.text
    assert "Pilih dahulu" in confirm(ani, page, 422).text
    assert count_responden(database) == 1
    wait_for(ani, confirm(ani, page, sama=sama).location)
    assert count_responden(database) == 1 + new
    assert [one.jumlah for one in list_batch(database)] == [1, new]


def make_300() -> bytes:
    rows = [f"04/03/2024,{n // 64 % 4 + 1},{n // 16 % 4 + 1},{n // 4 % 4 + 1},{n % 4 + 1},3,3,3,4,2"
            for n in range(300)]  # fmt: skip
    return csv(*rows)


def test_an_import_that_breaks_in_the_middle_stores_nothing_and_can_begin_again(
    ani: Petugas, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = check(ani, make_300())
    whole, seen = Intake._insert_once, []

    def break_off(self: Intake, *args: Any) -> bool:  # noqa: ANN401
        seen.append(1)
        if len(seen) == 150:
            raise OSError("disk")
        return whole(self, *args)

    with monkeypatch.context() as patch:
        patch.setattr(Intake, "_insert_once", break_off)
        page = wait_for(ani, confirm(ani, page).location)
    assert "tidak ada yang disimpan" in page.text
    assert count_responden(database) == 0
    again = next(a.attrs["href"] for a in page.root.all("a") if a.text == "Kembali ke berkasnya")

    page = wait_for(ani, confirm(ani, ani.open(again)).location)

    assert "300 jawaban tersimpan" in page.text
    assert count_responden(database) == 300
    assert [one.status for one in list_batch(database)] == ["batal", "tersimpan"]
    assert list_differences(database) == []


@ON_SQLITE
def test_after_a_killed_server_the_page_says_so_and_begins_again(
    ani: Petugas, app: Flask, database: Database
) -> None:
    page = check(ani, csv("04/03/2024,1,1,1,1,1,1,1,4,2"))
    # The thread ends with its process: the batch is there, its rows are not.
    app.extensions["skm_impor"].start = _begin_only(app.extensions["skm_impor"])
    url = confirm(ani, page).location
    app.extensions["skm_impor"] = Pekerja()

    assert "Impor terputus; tidak ada yang disimpan" in ani.open(url).text
    page = ani.follow(ani.press(url, f"{url}/ulangi"))
    wait_for(ani, confirm(ani, page).location)

    assert count_responden(database) == 1
    assert [one.status for one in list_batch(database)] == ["batal", "tersimpan"]


@ON_SQLITE
def test_a_server_killed_after_the_last_row_is_not_said_to_have_lost_them(
    ani: Petugas, app: Flask, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = check(ani, csv("04/03/2024,1,1,1,1,1,1,1,4,2"))
    with monkeypatch.context() as patch:
        patch.setattr("skm_app.admin.impor_batch.finish_impor", _die)
        url = confirm(ani, page).location
        wait_for(ani, url)
    app.extensions["skm_impor"] = Pekerja()
    assert "tidak ada yang disimpan" not in ani.open(url).text
    page = ani.follow(ani.press(url, f"{url}/ulangi"))
    assert "1 jawaban tersimpan" in page.text
    assert (count_responden(database), count_unggahan(database)) == (1, 0)


def _begin_only(pekerja: Pekerja) -> Any:  # noqa: ANN401
    def begin(prepare: Callable[[uuid.UUID], None], work: object, tahap: str) -> uuid.UUID:
        batch_id = new_id()
        prepare(batch_id)
        return batch_id

    return begin


def test_a_connection_that_is_lost_after_the_last_row_loses_no_import(
    ani: Petugas, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = check(ani, csv("04/03/2024,1,1,1,1,1,1,1,4,2"))
    whole, inserted = Intake.record_all, threading.Event()

    def slowly(*_: object) -> None:
        inserted.set()
        time.sleep(0.5)

    def lose(self: Intake, daftar: Any, *_: object) -> None:  # noqa: ANN401
        # The server goes on committing what this side has given up already.
        threading.Thread(target=whole, args=(self, daftar, slowly)).start()
        assert inserted.wait(10)
        raise OSError("server closed the connection")

    with monkeypatch.context() as patch:
        patch.setattr(Intake, "record_all", lose)
        page = wait_for(ani, confirm(ani, page).location)

    assert "1 jawaban tersimpan" in page.text
    (batch,) = list_batch(database)
    assert (batch.status, batch.jumlah, count_unggahan(database)) == ("tersimpan", 1, 0)
    assert list_keterangan(database) == [
        f"Berkas a.csv diimpor sebagai {batch.kode}: 1 jawaban baru."
    ]


@ON_SQLITE
def test_rows_that_are_stored_are_recorded_even_if_the_batch_was_given_up(
    ani: Petugas, app: Flask, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = check(ani, csv("04/03/2024,1,1,1,1,1,1,1,4,2"))
    whole = Intake.record_all

    def give_up_first(self: Intake, *args: Any) -> Any:  # noqa: ANN401
        # Another server process, which knows nothing of this one's work, gives the batch up.
        with database.writing() as session:
            session.scalars(select(Batch)).one().status = "batal"
        return whole(self, *args)

    with monkeypatch.context() as patch:
        patch.setattr(Intake, "record_all", give_up_first)
        page = wait_for(ani, confirm(ani, page).location)

    assert "1 jawaban tersimpan" in page.text
    assert [one.status for one in list_batch(database)] == ["tersimpan"]
    assert len(list_keterangan(database)) == 1


@ON_SQLITE
def test_an_import_that_just_begins_cannot_be_given_up_by_another(
    ani: Petugas, lia: Petugas, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = check(ani, csv("04/03/2024,1,1,1,1,1,1,1,4,2"))
    token = lia.open("/admin/sandi").forms[0].fields["csrf_token"]
    whole, answers = impor_batch._prepare, []

    def give_up() -> None:
        (batch,) = list_batch(database)
        url = f"/admin/impor/{batch.id}/ulangi"
        answers.append(lia.client.post(url, data={"csrf_token": token}).status_code)

    def prepare(*args: Any) -> Any:  # noqa: ANN401
        found = whole(*args)
        thread = threading.Thread(target=give_up)
        thread.start()
        thread.join()
        return found

    monkeypatch.setattr(impor_batch, "_prepare", prepare)
    page = wait_for(ani, confirm(ani, page).location)

    assert answers == [409]
    assert "1 jawaban tersimpan" in page.text


def list_keterangan(database: Database) -> list[str]:
    with database.reading() as session:
        found = select(Catatan.keterangan).where(Catatan.objek == "batch").order_by(Catatan.nomor)
        return list(session.scalars(found))


U16 = "U1_1,U1_2,U2_1,U2_2,U2_3,U3,U4_1,U4_2,U4_3,U5,U6,U7_1,U7_2,U7_3"
BY_UNSUR_16 = f"Tanggal,{U16},U8 Pengaduan,U9 Sarana"


@ON_SQLITE
def test_a_file_is_read_under_the_questionnaire_of_its_own_days(
    ani: Petugas, database: Database, kantor: Kantor
) -> None:
    add_periode(database, kantor.palaran, 2024, instrumen_id=SKM_16.id)
    page = store(ani, csv("04/03/2024,1,1,1,1,1,1,1,1,1,1,1,1,1,1,4,2", header=BY_UNSUR_16))
    assert "1 jawaban tersimpan" in page.text
    (row,) = list_responden(database)
    assert row.instrumen_id == SKM_16.id
    assert read_nilai(database, row.id)["sarpras-1"] == 2


@ON_SQLITE
def test_rows_of_days_that_asked_another_questionnaire_are_faults(
    ani: Petugas, database: Database, kantor: Kantor
) -> None:
    add_periode(database, kantor.palaran, 2024, instrumen_id=SKM_16.id)
    page = check(
        ani,
        csv(
            "04/03/2023,1,1,1,1,1,1,1,4,2",
            "04/03/2024,1,1,1,1,1,1,1,4,2",
            "05/03/2025,1,1,1,1,1,1,1,4,2",
        ),
    )
    (fault,) = faults_of(page)
    assert fault[:3] == ["3", "A3", "Tanggal"]
    assert fault[3] == (
        "04/03/2024 termasuk periode 2024 dengan kuesioner skm-16/1, "
        "sedangkan berkas ini dibaca dengan kuesioner skm-9/1"
    )
    assert fault[4] == "Impor baris itu dengan berkas tersendiri."


@ON_SQLITE
def test_a_day_given_for_all_rows_decides_the_questionnaire_too(
    ani: Petugas, database: Database, kantor: Kantor
) -> None:
    add_periode(database, kantor.palaran, 2024, instrumen_id=SKM_16.id)
    header = BY_UNSUR_16.removeprefix("Tanggal,")
    data = csv("1,1,1,1,1,1,1,1,1,1,1,1,1,1,4,2", header=header)
    kolom = upload(ani, data).location
    # Shown for today's questionnaire at first, whose columns need not be chosen.
    page = ani.follow(send(ani, kolom, {"tanggal": "2024-03-04"}))
    assert "memakai kuesioner skm-16/1" in page.text
    assert "kuesioner skm-16/1, yang berlaku pada 4 Maret 2024" in page.text
    page = ani.follow(send(ani, kolom, {}))
    wait_for(ani, confirm(ani, page).location)

    (row,) = list_responden(database)
    assert (row.tanggal, row.instrumen_id) == (date(2024, 3, 4), SKM_16.id)


@ON_SQLITE
def test_a_period_that_changes_the_questionnaire_meanwhile_stops_the_import(
    ani: Petugas, database: Database, kantor: Kantor
) -> None:
    page = check(ani, csv("04/03/2024,1,1,1,1,1,1,1,4,2"))
    add_periode(database, kantor.palaran, 2024, instrumen_id=SKM_16.id)
    told = ani.follow(confirm(ani, page))
    assert "Kuesioner untuk tanggal di berkas ini sudah berganti" in told.text
    assert (list_batch(database), count_responden(database)) == ([], 0)


def _die(*_: object) -> None:
    raise SystemError("killed")


@ON_SQLITE
def test_one_import_at_a_time(ani: Petugas, app: Flask, database: Database) -> None:
    page = check(ani, csv("04/03/2024,1,1,1,1,1,1,1,4,2"))
    app.extensions["skm_impor"]._belum.add(uuid.uuid4())
    told = ani.follow(confirm(ani, page))
    assert "Impor lain sedang berjalan" in told.text
    assert (list_batch(database), count_responden(database)) == ([], 0)


@ON_SQLITE
def test_a_closed_period_is_said_beforehand(
    ani: Petugas, database: Database, kantor: Kantor, intake: Intake
) -> None:
    intake.record(make_isian(kantor, tanggal=date(2024, 2, 1)))
    close(database, add_periode(database, kantor.palaran))
    page = check(ani, csv("04/03/2024,1,1,1,1,1,1,1,4,2"))
    assert "Periode 2024 sudah ditetapkan" in page.text


@ON_SQLITE
def test_files_and_titik_of_others_are_out_of_reach(
    app: Flask, ani: Petugas, lia: Petugas, database: Database, kantor: Kantor
) -> None:
    kolom = upload(ani, csv("04/03/2024,1,1,1,1,1,1,1,4,2")).location
    assert lia.client.get(kolom).status_code == 404
    with database.writing() as session:
        rani = create_pengguna(session, "rani", "operator", SANDI, False)
        rani.unit_id = kantor.rawa_makmur
    browser = make_petugas(app, "rani")
    browser.sign_in()
    assert "Mohon pilih" in upload(browser, csv("1"), 422, titik=LOKET).text
    send(ani, kolom, {"l-tanggal": "0"})
    batch = confirm(ani, ani.open(f"{kolom}/periksa")).location
    wait_for(ani, batch)
    assert browser.client.get(batch).status_code == 404
    assert browser.client.get(f"{batch}/kemajuan.json").status_code == 404
    # Moved to another unit meanwhile: the uploaded file is of no use there.
    with database.writing() as session:
        ani_row = session.scalars(select(Pengguna).where(Pengguna.nama == "ani")).one()
        session.add(
            Unggahan(
                id=new_id(), oleh_id=ani_row.id, nama="b.csv", isi=b"x",
                pilihan={"titik": LOKET, "peta": {}}, dibuat=datetime.now(UTC),
            )
        )  # fmt: skip
        ani_row.unit_id = kantor.rawa_makmur
        session.flush()
        other = session.scalars(select(Unggahan.id).where(Unggahan.nama == "b.csv")).one()
    assert ani.client.get(f"/admin/impor/berkas/{other}").status_code == 404


@ON_SQLITE
def test_a_whole_import_can_be_proposed_for_exclusion(
    ani: Petugas, lia: Petugas, database: Database
) -> None:
    page = store(ani, csv("04/03/2024,1,1,1,1,1,1,1,4,2", "04/03/2024,2,1,1,1,1,1,1,4,2"))
    # Whoever types cannot propose: the proposals are read by admins and the head of the office.
    assert "Kecualikan batch ini" not in page.text
    links = lia.open(page.response.request.path).root.all("a")
    out = next(a.attrs["href"] for a in links if a.text == "Kecualikan batch ini")
    told = lia.follow(send(lia, out, {"alasan": "Kolom tertukar"}))
    assert "2 jawaban dari batch" in told.text
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(UsulanResponden)) == 2
    assert "menunggu keputusan" in ani.open(page.response.request.path).text


@ON_SQLITE
def test_a_file_that_is_given_up_is_gone(ani: Petugas, database: Database) -> None:
    kolom = upload(ani, csv("04/03/2024,1,1,1,1,1,1,1,4,2")).location
    assert "belum selesai diimpor" in ani.open("/admin/impor").text
    ani.press(kolom, f"{kolom}/buang")
    assert count_unggahan(database) == 0
    upload(ani, csv("04/03/2024,1,1,1,1,1,1,1,4,2"))
    upload(ani, csv("04/03/2024,1,1,1,1,1,1,1,4,2"))
    assert count_unggahan(database) == 1
