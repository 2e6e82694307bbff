"""The audit log as people read it: newest first, found by what one remembers, taken away logged."""

from __future__ import annotations

import csv
import io
import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from skm_app.akun.pengguna import create_pengguna
from skm_app.catatan import SISTEM, add_catatan
from skm_app.database import Database
from skm_app.models import Catatan, Pengguna
from skm_app.settings import Settings
from tests.admin.helpers import SANDI, Petugas, add_pengguna, make_petugas
from tests.cli.command import Skm
from tests.offices import ON_SQLITE, Kantor, drop_guards, list_differences, run_sql, today_wita
from tests.pages import Page

CATATAN = "/admin/catatan"


def rows(page: Page) -> list[str]:
    """The text of each record, the newest first."""
    body = page.root.all("tbody")
    return [row.text for row in body[0].all("tr")] if body else []


def write(database: Database, *texts: str, **changes: object) -> None:
    """Records of the system; ``changes`` are arguments of add_catatan."""
    with database.writing() as session:
        for text in texts:
            arguments: dict[str, object] = {"aksi": "ubah", "objek": ("titik", "x"), **changes}
            add_catatan(session, SISTEM, keterangan=text, **arguments)  # type: ignore[arg-type]


@ON_SQLITE
def test_records_are_shown_newest_first_with_values_in_words(
    lia: Petugas, database: Database, kantor: Kantor
) -> None:
    write(
        database,
        "Titik diubah.",
        alasan="Loket pindah.",
        unit_id=kantor.palaran,
        sebelum={"aktif": True, "layanan_id": str(kantor.ktp), "mulai": "2024-05-06"},
        sesudah={"aktif": False, "layanan_id": str(kantor.sktm), "mulai": "2024-05-07"},
    )
    write(database, "Yang terakhir.")

    first, second, third = rows(lia.open(CATATAN))

    assert "Yang terakhir." in first
    assert "perintah skm Sistem Ubah Titik Titik diubah. Alasan: Loket pindah." in second
    assert "Aktif ya → tidak Layanan Pengantar KTP → Surat tidak mampu" in second
    assert "Mulai 6 Mei 2024 → 7 Mei 2024" in second
    assert "lia Admin Masuk Masuk Masuk." in third


@ON_SQLITE
def test_records_are_found_by_person_action_kind_day_and_words(
    lia: Petugas, database: Database, kantor: Kantor
) -> None:
    write(database, "Diskon 50% dibuat.", aksi="tambah", objek=("layanan", "1"))
    write(database, "Loket ditutup.", aksi="tutup", alasan="Renovasi lantai_dua.")
    with database.reading() as session:
        lia_id = session.scalars(select(Pengguna.id)).one()
    tomorrow = today_wita() + timedelta(days=1)
    for kueri, count, word in (
        ("", 3, "Loket ditutup."),
        (f"oleh={lia_id}", 1, "Masuk."),
        ("oleh=sistem", 2, "Loket ditutup."),
        ("aksi=tambah", 1, "Diskon"),
        ("objek=titik", 1, "Loket"),
        ("teks=LOKET", 1, "Loket"),
        ("teks=50%25", 1, "Diskon"),
        ("teks=lantai_d", 1, "Loket"),
        ("teks=lantai%25dua", 0, ""),
        (f"mulai={today_wita()}&sampai={today_wita()}", 3, "Loket"),
        (f"mulai={tomorrow}", 0, ""),
        ("sampai=2024-01-01", 0, ""),
        (f"oleh={uuid.UUID(int=1)}", 0, ""),
    ):
        found = rows(lia.open(f"{CATATAN}?{kueri}"))
        assert len(found) == count, kueri
        assert word in (found or [""])[0], kueri
    assert "Tidak ada catatan" in lia.open(f"{CATATAN}?sampai=2024-01-01").text
    for kueri in ("mulai=x", "sampai=2024-13-01", "oleh=x", "sebelum=0", "sebelum=-1", "sebelum=٣"):
        assert "Parameter" in lia.open(f"{CATATAN}?{kueri}", 400).text


@ON_SQLITE
def test_pages_go_on_below_the_last_number_and_a_long_search_says_how_far_it_went(
    lia: Petugas, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(database, *(f"Nomor-{n:03}" for n in range(1, 121)))
    seen: list[str] = []
    url = CATATAN
    for count in (50, 50, 21):
        page = lia.open(url)
        assert len(rows(page)) == count
        seen += rows(page)
        links = [a.attrs["href"] for a in page.root.all("a") if a.text == "Lebih lama"]
        url = links[0] if links else ""
    assert url == ""
    assert len(set(seen)) == 121

    monkeypatch.setattr("skm_app.admin.catatan_baca.MAX_DILEWATI", 30)
    page = lia.open(f"{CATATAN}?teks=Nomor-001")
    assert rows(page) == []
    assert "Baru dicari sampai catatan nomor 92." in page.text
    for _ in range(4):
        (link,) = [a.attrs["href"] for a in page.root.all("a") if a.text == "Cari yang lebih lama"]
        page = lia.open(link)
        if rows(page):
            break
    assert "Nomor-001" in rows(page)[0]


@ON_SQLITE
def test_a_person_of_one_kelurahan_reads_only_what_concerns_it(
    app: Flask, database: Database, kantor: Kantor
) -> None:
    write(database, "Tentang kecamatan.", unit_id=kantor.palaran)
    write(database, "Tentang semua.")
    write(database, "Tentang Rawa Makmur.", unit_id=kantor.rawa_makmur)
    with database.writing() as session:
        rina = create_pengguna(session, "rina", "pimpinan", SANDI, sementara=False)
        rina.unit_id = kantor.rawa_makmur
    add_pengguna(database, "budi", "pimpinan")
    petugas = make_petugas(app, "rina")
    petugas.sign_in()

    page = petugas.open(CATATAN)

    assert [row.split()[-3:] for row in rows(page)] == [
        ["Masuk", "Masuk", "Masuk."],
        ["Tentang", "Rawa", "Makmur."],
    ]
    assert "budi" not in page.text
    assert "kecamatan" not in petugas.client.get(f"{CATATAN}?unduh=csv").text


@ON_SQLITE
def test_a_log_that_is_taken_away_is_itself_logged_and_runs_nothing_in_a_spreadsheet(
    budi: Petugas, database: Database, kantor: Kantor
) -> None:
    write(database, "=HYPERLINK(1)", sebelum={"nama": "Loket"}, sesudah={"nama": "Loket 2"})
    for jenis in ("csv", "xlsx"):
        answer = budi.client.get(f"{CATATAN}?objek=titik&unduh={jenis}")
        assert answer.status_code == 200
        assert f"catatan.{jenis}" in answer.headers["Content-Disposition"]
    text = budi.client.get(f"{CATATAN}?objek=titik&unduh=csv").get_data(as_text=True)
    header, row = csv.reader(io.StringIO(text.lstrip("\ufeff")))
    assert dict(zip(header, row, strict=True))["Keterangan"] == "'=HYPERLINK(1)"
    assert row[-2:] == ["Nama: Loket", "Nama: Loket 2"]
    with database.reading() as session:
        deeds = session.scalars(select(Catatan).where(Catatan.aksi == "ekspor")).all()
    assert [(one.oleh, one.objek, one.sesudah) for one in deeds] == [
        ("budi", "catatan", {"objek": "titik"})
    ] * 3
    assert budi.client.get(f"{CATATAN}?unduh=pdf").status_code == 404


@ON_SQLITE
def test_signing_in_and_out_is_logged_and_no_unknown_name_ever(
    app: Flask, database: Database, kantor: Kantor
) -> None:
    add_pengguna(database, "lia", "admin")
    petugas = make_petugas(app, "lia")
    petugas.sign_in("salah sekali ini", status=422)
    petugas.sign_in("salah dua kali ini", status=422)
    petugas.sign_in()
    petugas.sign_out()
    stranger = make_petugas(app, "rahasia-saya")
    for _ in range(5):
        stranger.sign_in("salah sekali ini", status=422)
    stranger.sign_in("salah sekali ini", status=429)

    with database.reading() as session:
        log = list(session.scalars(select(Catatan).order_by(Catatan.nomor)))

    assert [(one.oleh, one.aksi, one.keterangan) for one in log] == [
        ("lia", "masuk", "Masuk, sesudah 2 percobaan gagal."),
        ("lia", "keluar", "Keluar."),
        (
            "perintah skm",
            "kunci",
            "Terlalu banyak kata sandi salah untuk akun yang tidak ada; "
            "percobaan ditahan 15 menit.",
        ),
    ]
    assert all("rahasia" not in str(vars(one)) for one in log)


@ON_SQLITE
def test_the_newest_number_and_sidik_are_shown_to_be_noted(
    lia: Petugas, database: Database
) -> None:
    with database.reading() as session:
        last = session.scalars(select(Catatan).order_by(Catatan.nomor.desc())).first()
    assert last is not None
    assert f"Nomor {last.nomor}: {last.sidik}" in lia.open(CATATAN).text


def edit(database: Database) -> None:
    run_sql(database, "UPDATE catatan SET keterangan = 'Dua.' WHERE nomor = 2")


def edit_values(database: Database) -> None:
    run_sql(database, "UPDATE catatan SET oleh = 'budi' WHERE nomor = 2")


def delete(database: Database) -> None:
    run_sql(database, "DELETE FROM catatan WHERE nomor = 2")


def replace_by_another(database: Database) -> None:
    """Taken out, and another put in its place with a fingerprint of its own."""
    run_sql(database, "UPDATE catatan SET nomor = 99 WHERE nomor = 3")
    run_sql(
        database,
        "INSERT INTO catatan (nomor, waktu, oleh, peran, aksi, objek, objek_id, keterangan, alasan,"
        " sidik_sebelum, sidik) SELECT 3, waktu, oleh, peran, aksi, objek, objek_id,"
        " 'Disisipkan.', alasan, sidik_sebelum, sidik FROM catatan WHERE nomor = 99",
    )
    run_sql(database, "DELETE FROM catatan WHERE nomor = 99")


@pytest.mark.parametrize("damage", [edit, edit_values, delete, replace_by_another])
def test_verify_finds_a_record_that_was_edited_deleted_or_put_in(
    database: Database, kantor: Kantor, damage: Callable[[Database], None]
) -> None:
    write(database, "Satu.", "Dua", "Tiga.", "Empat.")
    assert list_differences(database) == []
    drop_guards(database)
    damage(database)
    (found,) = list_differences(database)
    assert found.startswith("Catatan 3" if damage in (delete, replace_by_another) else "Catatan 2")


@ON_SQLITE
def test_a_log_cut_off_at_its_end_shows_only_against_a_number_noted_elsewhere(
    settings: Settings, database: Database, kantor: Kantor
) -> None:
    write(database, "Satu.", "Dua.", "Tiga.")
    noted = Skm.of(settings).ok("verify").splitlines()
    drop_guards(database)
    run_sql(database, "DELETE FROM catatan WHERE nomor = 3")
    assert list_differences(database) == []
    assert noted[0].endswith("3 catatan.")
    assert noted[1].startswith("Catatan terakhir: nomor 3, sidik ")
