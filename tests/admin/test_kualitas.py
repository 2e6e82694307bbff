"""Looking after the quality of answers: signs, what they weigh, and proposals to leave some out."""

from __future__ import annotations

import csv
import io
import re
import uuid
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from skm_app.akun.pengguna import create_pengguna
from skm_app.database import Database
from skm_app.intake import Intake, Isian, WaktuIsi
from skm_app.intake.isian import AsalLembar
from skm_app.kualitas import nomor_pendek
from skm_app.models import Batch, Catatan, Instalasi, Usulan, UsulanResponden, new_id
from skm_app.profil import Profil
from tests.admin.helpers import SANDI, Petugas, make_petugas
from tests.offices import (
    LOKET,
    ON_SQLITE,
    Kantor,
    count_responden,
    exclude,
    import_palaran,
    list_responden,
    make_answers,
    make_isian,
    make_isian_rawa,
    make_nilai,
)
from tests.pages import Page, read_page

pytestmark = ON_SQLITE
KUALITAS = "/admin/kualitas"
TAHUN = f"{KUALITAS}?mulai=2024-01-01&sampai=2024-12-31"
SEMUA_2024 = f"{TAHUN}&tampil=semua"
DAY = date(2024, 5, 6)


def read_table(page: Page, caption: str) -> list[list[str]]:
    """The cells of a table, row by row."""
    for table in page.root.all("table"):
        if table.first("caption").text == caption:
            return [
                [cell.text for cell in row.walk() if cell.tag in ("td", "th")]
                for row in table.first("tbody").all("tr")
            ]
    return []


def read_tanda(page: Page) -> dict[str, list[str]]:
    rows = read_table(page, "Tanda, dan IKM tanpa jawaban yang bertanda")
    return {row[0]: row[1:] for row in rows}


def listed(page: Page) -> set[str]:
    """Short numbers in the list."""
    found = [cell.text for cell in page.root.all("th", scope="row")]
    return {text for text in found if re.fullmatch(r"[0-9A-F]{4}-[0-9A-F]{4}", text)}


def numbers(*all_isian: Isian) -> set[str]:
    return {nomor_pendek(isian.id) for isian in all_isian}


def tick(page: Page, ids: list[uuid.UUID], **fields: str) -> MultiDict[str, str]:
    """The form of the list with some boxes ticked, as a browser would send it."""
    form = next(one for one in page.forms if one.method == "post" and "uraian" in one.fields)
    sent = MultiDict(form.fields)
    sent.setlist("pilih", [str(id_) for id_ in ids])
    for name, value in {"alasan": "Uji coba", "uraian": "Percobaan tablet baru.", **fields}.items():
        sent[name] = value
    return sent


def propose(
    petugas: Petugas, url: str, ids: list[uuid.UUID], status: int = 303, **fields: str
) -> Page:
    sent = tick(petugas.open(url), ids, **fields)
    return read_page(petugas.client.post(url, data=sent), status)


def record(intake: Intake, *all_isian: Isian) -> None:
    for isian in all_isian:
        intake.record(isian)


def test_an_office_without_answers_is_told_so(lia: Petugas) -> None:
    page = lia.open(KUALITAS)
    assert "Tidak ada jawaban yang bertanda" in page.text


def test_marked_answers_are_listed_by_short_number_without_answers_or_profile(
    lia: Petugas, kantor: Kantor, intake: Intake
) -> None:
    profil = Profil(jenis_kelamin="P", usia="26-35", pendidikan="S1", pekerjaan="Wirausaha")
    cepat = make_isian(kantor, make_nilai(nilai=2), lama=5, profil=profil, saran="Panas sekali.")
    biasa = make_isian(kantor, lama=80)
    record(intake, cepat, biasa)

    page = lia.open(KUALITAS)

    assert listed(page) == numbers(cepat)
    (row,) = read_table(page, "Jawaban yang terpilih")
    assert row[3:] == [
        "Loket", "Kode QR (ponsel)", "–",
        "Cepat, semua sama", "Dihitung",
    ]  # fmt: skip
    for secret in ("Panas", "26-35", "Wirausaha", "S1"):
        assert secret not in page.text


def test_the_index_without_the_marked_is_shown_from_five_of_them_on(
    lia: Petugas, kantor: Kantor, intake: Intake
) -> None:
    record(intake, *(make_isian(kantor, make_nilai(nilai=3), lama=90) for _ in range(6)))
    cepat = [make_isian(kantor, make_nilai(nilai=4), lama=5) for _ in range(5)]
    record(intake, *cepat[:4])
    four = read_tanda(lia.open(f"{KUALITAS}?tampil=semua"))
    record(intake, cepat[4])
    five = read_tanda(lia.open(f"{KUALITAS}?tampil=semua"))

    assert four["Semua dihitung (sekarang)"][1:] == ["10", "85,00", "85,00", "B"]
    # Seragam and cepat are the same four here; kembar too, having no profile.
    assert four["Diisi sangat cepat"] == ["4", "6", *["kurang dari 5"] * 3]
    assert five["Semua dihitung (sekarang)"][1:] == ["11", "86,36", "86,36", "B"]
    assert five["Diisi sangat cepat"] == ["5", "6", "75,00", "75,00", "C"]


def test_how_few_forms_would_flip_the_mutu_of_2024_is_said(
    lia: Petugas, database: Database, kantor: Kantor, intake: Intake
) -> None:
    import_palaran(database, intake)
    page = lia.open(TAHUN)
    assert (
        "Mutu naik menjadi A bila ditambah 4 isian yang semua jawabannya 4 atau tanpa 3 isian "
        "yang nilainya terendah." in page.text
    )
    assert "Mutu turun menjadi C bila ditambah 8 isian yang semua jawabannya 1" in page.text


def test_a_small_group_is_not_taken_apart(lia: Petugas, kantor: Kantor, intake: Intake) -> None:
    record(intake, *(make_isian(kantor, lama=5) for _ in range(4)))
    assert "Mutu naik" not in lia.open(KUALITAS).text


@pytest.mark.parametrize(
    ("kueri", "wanted"),
    [
        ("", {"kertas", "kios", "rawa", "qr"}),
        ("&kanal=kertas", {"kertas"}),
        ("&kanal=kios", {"kios"}),
        ("&titik={rawa}", {"rawa"}),
        ("&batch=K-7", {"kertas"}),
        ("&batch=%20K-7%20", {"kertas"}),
        ("&jam=08-10", {"kios"}),
        ("&unit={unit_rawa}", {"rawa"}),
        ("&sampai=2024-05-06", {"kertas", "rawa", "qr"}),
        ("&tanda=cepat", {"qr"}),
        ("&tampil=bertanda", {"qr"}),
    ],
)
def test_answers_are_found_by_place_day_hour_channel_batch_and_sign(
    lia: Petugas, database: Database, kantor: Kantor, intake: Intake, kueri: str, wanted: set[str]
) -> None:
    batch = add_batch(database, kantor, lia)
    found = {
        "qr": make_isian(kantor, tanggal=DAY, lama=3),
        "rawa": make_isian_rawa(kantor, tanggal=DAY, nilai={"biaya": 4}),
        "kertas": make_isian(
            kantor,
            {"biaya": 2},
            kanal="kertas",
            tanggal=DAY,
            lembar=AsalLembar(batch_id=batch, nomor=3),
        ),
        "kios": make_isian(kantor, {"biaya": 1}, kanal="kios", waktu=at(datetime(2024, 5, 7, 1))),
    }
    record(intake, *found.values())

    kueri = kueri.format(rawa=kantor.loket_rawa, unit_rawa=kantor.rawa_makmur)
    # What comes first in an address counts.
    page = lia.open(f"{KUALITAS}?{kueri.lstrip('&')}&{SEMUA_2024.partition('?')[2]}")

    assert listed(page) == numbers(*(found[name] for name in wanted))
    if "kertas" in wanted:
        assert "K-7, lembar 3" in page.text


def at(instant: datetime) -> WaktuIsi:
    """A tablet that sends long afterwards."""
    return WaktuIsi(
        perangkat=instant.replace(tzinfo=UTC), selisih=timedelta(0), oldest=timedelta(days=10_000)
    )


def add_batch(database: Database, kantor: Kantor, petugas: Petugas) -> uuid.UUID:
    with database.writing() as session:
        oleh = create_pengguna(session, "pengetik", "operator", SANDI, sementara=False)
        batch = Batch(
            id=new_id(), unit_id=kantor.palaran, titik_id=kantor.loket, jenis="kertas", kode="K-7",
            status="tersimpan", tanggal=DAY, oleh_id=oleh.id, dibuat=datetime.now(UTC),
        )  # fmt: skip
        session.add(batch)
    return batch.id


def test_an_unknown_batch_is_said_to_be_unknown(lia: Petugas) -> None:
    assert "Batch K-9 tidak ada di unit ini." in lia.open(f"{KUALITAS}?batch=K-9").text


@pytest.mark.parametrize(
    "kueri",
    ["titik=00000000-0000-0000-0000-000000000000", "titik=x", "kanal=fax", "jam=99", "tanda=x",
     "tampil=x", "unit=x", "mulai=x"],
)  # fmt: skip
def test_a_filter_that_cannot_be_used_is_named(lia: Petugas, kueri: str) -> None:
    page = lia.open(f"{KUALITAS}?{kueri}", 400)
    assert f"Parameter {kueri.split('=')[0]}:" in page.text


def test_ticked_answers_are_proposed_and_another_person_decides(
    lia: Petugas, budi: Petugas, database: Database, kantor: Kantor, intake: Intake
) -> None:
    tests = [make_isian(kantor, make_nilai(nilai=1), tanggal=DAY) for _ in range(2)]
    record(intake, *tests, make_isian(kantor, tanggal=DAY))

    page = propose(lia, SEMUA_2024, [one.id for one in tests])

    assert page.location == SEMUA_2024
    with database.reading() as session:
        (usulan,) = session.scalars(select(Usulan))
        assert (usulan.jenis, usulan.pengusul) == ("kecualikan", "lia")
        assert usulan.alasan == "Uji coba: Percobaan tablet baru."
        assert set(session.scalars(select(UsulanResponden.responden_id))) == {
            one.id for one in tests
        }
    page = lia.open(SEMUA_2024)
    assert "2 jawaban diusulkan untuk dikecualikan" in page.text
    assert page.text.count("Menunggu putusan") == 2
    boxes = page.root.all("input", name="pilih")
    assert len(boxes) == 1
    assert count_responden(database) == 3
    assert budi.open(SEMUA_2024).root.all("input", name="pilih") == []


@pytest.mark.parametrize(
    ("fields", "picked", "fault"),
    [
        ({"alasan": ""}, 1, "Pilih alasannya."),
        ({"alasan": "Karena saya mau"}, 1, "Mohon pilih salah satu dari daftar."),
        ({"uraian": "  "}, 1, "Tuliskan uraiannya."),
        ({"uraian": "x" * 401}, 1, "Paling panjang 400 karakter."),
        ({}, 0, "Centang sedikitnya satu jawaban"),
    ],
)
def test_what_is_missing_is_said_and_ticks_and_words_stay(
    lia: Petugas,
    database: Database,
    kantor: Kantor,
    intake: Intake,
    fields: dict[str, str],
    picked: int,
    fault: str,
) -> None:
    isian = make_isian(kantor, tanggal=DAY)
    record(intake, isian)

    page = propose(lia, SEMUA_2024, [isian.id][:picked], 422, **fields)

    assert fault in page.text
    (box,) = page.root.all("input", name="pilih")
    assert ("checked" in box.attrs) == bool(picked)
    words = fields.get("uraian", "Percobaan tablet baru.").strip()
    assert page.root.first("textarea").text == words
    with database.reading() as session:
        assert session.scalars(select(Usulan)).all() == []


def test_what_already_waits_or_is_excluded_is_not_proposed_again(
    lia: Petugas, database: Database, kantor: Kantor, intake: Intake
) -> None:
    isian = make_isian(kantor, tanggal=DAY)
    record(intake, isian)
    propose(lia, SEMUA_2024, [isian.id])
    sent = {
        "csrf_token": token_of(lia),
        "pilih": str(isian.id),
        "alasan": "Uji coba",
        "uraian": "x",
    }

    page = read_page(lia.client.post(SEMUA_2024, data=sent), 422)

    assert "sudah diusulkan dan menunggu putusan" in page.text


def token_of(petugas: Petugas) -> str:
    return petugas.open("/admin/sandi").forms[0].fields["csrf_token"]


@pytest.mark.parametrize("pilih", ["x", str(uuid.UUID(int=5))])
def test_an_answer_that_does_not_exist_cannot_be_proposed(lia: Petugas, pilih: str) -> None:
    sent = {"csrf_token": token_of(lia), "pilih": pilih, "alasan": "Uji coba", "uraian": "x"}
    for url in (KUALITAS, f"{KUALITAS}/dikecualikan"):
        sent["alasan"] = "Lainnya"
        assert lia.client.post(url, data=sent).status_code == 404


def test_a_person_of_one_kelurahan_sees_and_proposes_only_its_answers(
    app: Flask, database: Database, kantor: Kantor, intake: Intake
) -> None:
    own, other = make_isian_rawa(kantor, tanggal=DAY), make_isian(kantor, tanggal=DAY)
    record(intake, own, other)
    exclude(database, kantor.palaran, [other.id])
    with database.writing() as session:
        rina = create_pengguna(session, "rina", "admin", SANDI, sementara=False)
        rina.unit_id = kantor.rawa_makmur
    petugas = make_petugas(app, "rina")
    petugas.sign_in()

    assert listed(petugas.open(SEMUA_2024)) == numbers(own)
    assert listed(petugas.open(f"{KUALITAS}/dikecualikan")) == set()
    sent = {
        "csrf_token": token_of(petugas), "pilih": str(other.id), "alasan": "Lainnya", "uraian": "x",
    }  # fmt: skip
    assert petugas.client.post(SEMUA_2024, data=sent).status_code == 404
    petugas.open(f"{SEMUA_2024}&unit={kantor.palaran}", 400)
    assert petugas.client.get(f"{KUALITAS}/jam").status_code == 403
    propose(petugas, SEMUA_2024, [own.id])


def test_the_excluded_are_listed_with_reason_and_both_people_and_can_be_proposed_to_come_back(
    lia: Petugas, budi: Petugas, database: Database, kantor: Kantor, intake: Intake
) -> None:
    isian = make_isian(kantor, tanggal=DAY)
    record(intake, isian)
    exclude(database, kantor.palaran, [isian.id])
    url = f"{KUALITAS}/dikecualikan"

    (row,) = read_table(budi.open(url), "Jawaban yang dikecualikan")
    assert row[:7] == [
        nomor_pendek(isian.id), "6 Mei 2024", "Loket", "Kode QR (ponsel)", "Data uji coba.", "lia",
        "budi",
    ]  # fmt: skip
    assert "Dikecualikan" in lia.open(SEMUA_2024).text

    propose(lia, url, [isian.id], alasan="Ternyata isian yang sah")

    with database.reading() as session:
        kinds = [one.jenis for one in session.scalars(select(Usulan).order_by(Usulan.dibuat))]
    assert kinds == ["kecualikan", "pulihkan"]
    page = lia.open(url)
    assert "1 jawaban diusulkan untuk dihitung kembali" in page.text
    assert "Menunggu putusan" in page.text


def test_what_counts_cannot_be_proposed_to_come_back(
    lia: Petugas, database: Database, kantor: Kantor, intake: Intake
) -> None:
    inside, outside = make_isian(kantor, tanggal=DAY), make_isian(kantor, tanggal=DAY)
    record(intake, inside, outside)
    exclude(database, kantor.palaran, [outside.id])
    page = propose(lia, f"{KUALITAS}/dikecualikan", [inside.id], 422, alasan="Lainnya")
    assert "tidak sedang dikecualikan" in page.text


def test_a_list_that_is_taken_away_as_a_file_stands_in_the_log(
    budi: Petugas, database: Database, kantor: Kantor, intake: Intake
) -> None:
    record(intake, make_isian(kantor, tanggal=DAY))
    answer = budi.client.get(f"{SEMUA_2024}&unduh=csv&tabel=jawaban")
    rows = list(csv.reader(io.StringIO(answer.get_data(as_text=True).lstrip("\ufeff"))))
    assert [len(row) for row in rows] == [7, 7]
    with database.reading() as session:
        (log,) = session.scalars(select(Catatan).where(Catatan.aksi == "ekspor"))
    assert (log.oleh, log.objek, log.objek_id) == ("budi", "kualitas", "jawaban")


def change_jam(petugas: Petugas, page: Page, status: int = 303, **fields: str | list[str]) -> Page:
    """Send the form of opening hours with other values."""
    sent = MultiDict(next(one.fields for one in page.forms if "sebelum" in one.fields))
    for name, value in fields.items():
        sent.setlist(name, value if isinstance(value, list) else [value])
    return read_page(petugas.client.post(f"{KUALITAS}/jam", data=sent), status)


def test_opening_hours_are_changed_by_an_admin_logged_and_decide_what_is_marked(
    lia: Petugas, database: Database, kantor: Kantor, intake: Intake
) -> None:
    today = datetime.now(UTC).replace(hour=1, minute=0)
    sunday = today - timedelta(days=today.isoweekday() % 7 or 7)
    for n in (1, 2, 3):
        record(intake, make_isian(kantor, {"biaya": n}, waktu=at(sunday + timedelta(minutes=n))))
    url = f"{KUALITAS}?mulai={sunday.date()}&sampai={sunday.date()}"
    assert len(listed(lia.open(url))) == 3

    change_jam(lia, lia.open(f"{KUALITAS}/jam"), hari=["7", "1"], mulai="08:00", sampai="12.00")

    assert listed(lia.open(url)) == set()
    assert "Senin, Minggu, 08.00 sampai 12.00" in lia.open(url).text
    with database.reading() as session:
        assert session.get_one(Instalasi, "jam_layanan").nilai == "17 08:00-12:00"
        (log,) = session.scalars(select(Catatan).where(Catatan.objek == "instalasi"))
    assert log.sebelum == {"jam_layanan": "Senin sampai Jumat, 07.30 sampai 16.00"}


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({"mulai": "pagi"}, "Tulis jam seperti 07:30."),
        ({"sampai": "24:00"}, "Tulis jam seperti 07:30."),
        ({"mulai": "17:00"}, "Jam tutup harus sesudah jam buka."),
        ({"hari": []}, "Pilih sedikitnya satu hari buka."),
    ],
)
def test_impossible_opening_hours_are_refused_in_words(
    lia: Petugas, database: Database, fields: dict[str, Any], fault: str
) -> None:
    page = change_jam(lia, lia.open(f"{KUALITAS}/jam"), 422, **fields)
    assert fault in page.text
    with database.reading() as session:
        assert session.get(Instalasi, "jam_layanan") is None


def test_of_two_people_who_change_the_hours_the_second_is_told(lia: Petugas) -> None:
    first, second = lia.open(f"{KUALITAS}/jam"), lia.open(f"{KUALITAS}/jam")
    change_jam(lia, first, sampai="15:00")
    assert "sudah diubah orang lain" in change_jam(lia, second, 409, sampai="17:00").text


def test_long_lists_are_shown_in_pages_and_cut_lists_say_so(
    lia: Petugas, kantor: Kantor, intake: Intake, monkeypatch: pytest.MonkeyPatch
) -> None:
    record(intake, *(make_isian(kantor, {"biaya": 1 + n % 4}, tanggal=DAY) for n in range(7)))
    monkeypatch.setattr("skm_app.admin.kualitas.PER_HALAMAN", 3)
    pages = [listed(lia.open(f"{SEMUA_2024}&hal={hal}")) for hal in (1, 2, 3)]
    assert [len(one) for one in pages] == [3, 3, 1]
    assert len(set.union(*pages)) == 7
    assert listed(lia.open(f"{SEMUA_2024}&hal=99")) == pages[2]
    monkeypatch.setattr("skm_app.kualitas.baca.read_jawaban.__kwdefaults__", {"limit": 5})
    page = lia.open(SEMUA_2024)
    assert "terlalu banyak untuk diperiksa sekaligus" in page.text
    assert "5 jawaban dari 6 Mei 2024" in page.text


def test_the_phone_and_the_tablet_may_send_how_long_it_took_and_which_device_it_was(
    app: Flask, database: Database, kantor: Kantor
) -> None:
    for lama, perangkat, stored in (("40", "abc-1", (40, True)), ("x", "a b", (None, False))):
        browser = Petugas(app.test_client())
        form = browser.client.get(f"/s/{LOKET}")
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', form.text)
        assert token
        before = {one.id for one in list_responden(database)}
        answer = browser.client.post(
            f"/s/{LOKET}",
            data={
                **make_answers(), "csrf_token": token[1], "submission_id": str(uuid.uuid4()),
                "lama": lama, "perangkat": perangkat,
            },
        )  # fmt: skip
        assert answer.status_code == 303
        (new,) = [one for one in list_responden(database) if one.id not in before]
        assert (new.lama_detik, new.perangkat is not None) == stored
