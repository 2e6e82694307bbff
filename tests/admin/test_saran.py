"""The staff's comments: found, marked, read, released; personal data out of sight."""

from __future__ import annotations

import csv
import io
import uuid
import zipfile
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlencode

import pytest
from sqlalchemy import select

from skm_app.database import Database
from skm_app.intake import Intake
from skm_app.models import Catatan, Pengguna, Saran, TinjauanSaran
from skm_app.saran import list_tayang
from skm_app.saran.daftar import PER_HALAMAN
from tests.admin.helpers import Petugas
from tests.admin.warga import RAHASIA, leave_many, leave_pengaduan, leave_saran
from tests.offices import ON_SQLITE, Kantor, make_isian, make_isian_rawa, today_wita
from tests.survey.test_comments import TEXTS

DAFTAR = "/admin/saran"
SEMUA_2025 = f"{DAFTAR}?mulai=2025-01-01&sampai=2025-12-31"


def list_catatan(database: Database, aksi: str) -> list[Catatan]:
    with database.reading() as session:
        return list(session.scalars(select(Catatan).where(Catatan.aksi == aksi)))


def test_the_list_hides_personal_data_and_the_own_page_shows_it(
    ani: Petugas, database: Database, intake: Intake, kantor: Kantor
) -> None:
    saran = leave_saran(database, intake, kantor, RAHASIA)

    shown = ani.open(DAFTAR)
    assert "6472011203456789" not in shown.text
    assert "0812" not in shown.text
    assert [one.text for one in shown.root.first("article").all("mark")] == [
        "[nomor identitas]", "[nomor telepon]", "[nama]",
    ]  # fmt: skip
    assert RAHASIA in ani.open(f"{DAFTAR}/{saran.id}").text


def test_reading_the_full_text_is_written_down_without_it(
    budi: Petugas, database: Database, intake: Intake, kantor: Kantor
) -> None:
    saran = leave_saran(database, intake, kantor, RAHASIA)
    budi.open(DAFTAR)
    assert list_catatan(database, "baca saran") == []

    budi.open(f"{DAFTAR}/{saran.id}")

    (catatan,) = list_catatan(database, "baca saran")
    assert (catatan.oleh, catatan.objek_id) == ("budi", str(saran.id))
    assert "6472" not in f"{catatan.keterangan}{catatan.sebelum}{catatan.sesudah}"


@ON_SQLITE
def test_whatever_people_type_is_shown_as_text_and_runs_nothing(
    ani: Petugas, database: Database, intake: Intake, kantor: Kantor
) -> None:
    urls = [DAFTAR, "/admin/pengaduan"]
    for text in TEXTS.values():
        saran, _ = leave_pengaduan(database, intake, kantor, text)
        urls += [f"{DAFTAR}/{saran.id}", f"/admin/pengaduan/{saran.id}"]
    for url in urls:
        page = ani.open(url)
        assert page.root.all("img") == []
        assert all("src" in one.attrs for one in page.root.all("script"))
    for name in ("saran", "pengaduan"):
        sheet = ani.client.get(f"/admin/{name}?unduh=xlsx").data
        assert zipfile.ZipFile(io.BytesIO(sheet)).testzip() is None
        rows = list(csv.reader(io.StringIO(ani.client.get(f"/admin/{name}?unduh=csv").text)))
        assert len(rows) == 1 + len(TEXTS)
        assert not any(cell.startswith("=") for row in rows for cell in row)


def test_filters_find_what_they_say(
    lia: Petugas, database: Database, intake: Intake, kantor: Kantor
) -> None:
    day = date(2025, 3, 4)
    leave_saran(database, intake, kantor, "Kursi kurang", tanggal=day)
    leave_saran(database, intake, kantor, "Petugas 100% ramah", tanggal=day, layanan_id=kantor.sktm)
    intake.record(make_isian_rawa(kantor, saran="Toilet kotor", tanggal=day))
    leave_pengaduan(database, intake, kantor, "Antre lama", tanggal=day)

    def found(kueri: str) -> set[str]:
        page = lia.open(f"{SEMUA_2025}&{kueri}")
        return {one.first("p", dir="auto").text for one in page.root.all("article")}

    assert len(found("")) == 4
    assert found("kata=100%25") == {"Petugas 100% ramah"}
    assert found("kata=KURSI") == {"Kursi kurang"}
    assert found(f"layanan={kantor.sktm}") == {"Petugas 100% ramah"}
    assert found(f"unit={kantor.rawa_makmur}") == {"Toilet kotor"}
    assert found("jenis=pengaduan") == {"Antre lama"}
    assert found("unsur=sarpras") == set()
    assert lia.open(DAFTAR).root.all("article") == []  # the last three months


@ON_SQLITE
def test_a_filter_that_cannot_be_used_is_named(lia: Petugas) -> None:
    for kueri in (
        "mulai=kemarin",
        "mulai=2025-02-01&sampai=2025-01-01",
        "mulai=2020-01-01&sampai=2025-01-01",
        "unit=x",
        "layanan=1",
        "unsur=u1",
        "jenis=lain",
        "kata=" + "a" * 101,
    ):
        page = lia.open(f"{DAFTAR}?{kueri}", status=422)
        assert page.root.all("div", **{"class": "galat"})
    for halaman in ("0", "x", "-1", "101", "9" * 30, "1e3", "²"):
        lia.open(f"{DAFTAR}?hal={halaman}", status=404)


def test_fifty_stand_on_a_page_and_the_rest_on_the_next(
    lia: Petugas, database: Database, intake: Intake, kantor: Kantor
) -> None:
    ids = leave_many(database, intake, kantor, PER_HALAMAN + 3, date(2025, 3, 4))

    first = lia.open(SEMUA_2025)
    second = lia.open(f"{SEMUA_2025}&hal=2")

    shown = [one.attrs["id"] for page in (first, second) for one in page.root.all("article")]
    assert len(first.root.all("article")) == PER_HALAMAN
    assert shown == [f"saran-{id_}" for id_ in sorted(ids)]
    assert "Halaman berikutnya" in first.text
    assert "Halaman berikutnya" not in second.text


def test_a_day_on_which_few_answered_is_not_named(
    lia: Petugas, database: Database, intake: Intake, kantor: Kantor
) -> None:
    leave_many(database, intake, kantor, 4, date(2025, 3, 4))
    assert "4 Maret 2025" not in lia.open(SEMUA_2025).text
    assert "Maret 2025" in lia.open(SEMUA_2025).text
    # Nor can it be found out by choosing days.
    assert lia.open(f"{DAFTAR}?mulai=2025-03-04&sampai=2025-03-04").root.all("article") == []
    assert lia.open(f"{DAFTAR}?mulai=2025-03-02&sampai=2025-04-30").root.all("article") == []
    assert len(lia.open(f"{DAFTAR}?mulai=2025-03-01&sampai=2025-03-31").root.all("article")) == 4

    intake.record(make_isian(kantor, tanggal=date(2025, 3, 4)))

    assert "4 Maret 2025" in lia.open(SEMUA_2025).text
    assert len(lia.open(f"{DAFTAR}?mulai=2025-03-04&sampai=2025-03-04").root.all("article")) == 4


def test_answers_at_another_service_do_not_hide_anybody(
    lia: Petugas, database: Database, intake: Intake, kantor: Kantor
) -> None:
    day = date(2025, 3, 4)
    leave_many(database, intake, kantor, 5, day)
    alone = leave_saran(database, intake, kantor, "Sendiri", tanggal=day, layanan_id=kantor.sktm)

    page = lia.open(SEMUA_2025)

    assert "4 Maret 2025" not in page.by_id(f"saran-{alone.id}").text
    # A comment without a day stands below all days of its month: its place tells nothing.
    assert page.root.all("article")[-1].attrs["id"] == f"saran-{alone.id}"


def test_marks_are_set_and_taken_away_and_written_down(
    ani: Petugas, database: Database, intake: Intake, kantor: Kantor
) -> None:
    saran = leave_saran(database, intake, kantor, "Kursi kurang")
    page = ani.open(DAFTAR)
    number = next(i for i, one in enumerate(page.forms) if one.action.endswith("/tanda"))

    token = page.forms[number].fields["csrf_token"]
    sent = {"csrf_token": token, "unsur": ["sarpras", "waktu"]}
    assert ani.client.post(page.forms[number].action, data=sent).status_code == 303

    found = ani.open(f"{DAFTAR}?unsur=sarpras").root.all("article")
    assert len(found) == 1
    assert "Tentang: U9 Sarana" in found[0].text
    (catatan,) = list_catatan(database, "tandai saran")
    assert catatan.sesudah == {"unsur": ["sarpras", "waktu"]}
    assert "Kursi" not in f"{catatan.keterangan}"
    answer = ani.client.post(f"{DAFTAR}/{saran.id}/tanda", data={"csrf_token": token})
    assert answer.status_code == 303
    assert ani.open(f"{DAFTAR}?unsur=sarpras").root.all("article") == []
    bad = {"csrf_token": token, "unsur": "cuaca"}
    assert ani.client.post(f"{DAFTAR}/{saran.id}/tanda", data=bad).status_code == 400


def test_only_a_text_without_personal_data_is_released(
    ani: Petugas, database: Database, intake: Intake, kantor: Kantor
) -> None:
    saran = leave_saran(database, intake, kantor, "Pak Budi ramah, hubungi 081234567890")
    url = f"{DAFTAR}/{saran.id}"
    assert ani.open(url).root.first("textarea").text == "Pak [nama] ramah, hubungi [nomor telepon]"

    page = ani.fill_in(url, {"teks": "Pak Budi ramah", "tayang": "y"}, status=422)
    assert "data pribadi (nama)" in page.text
    assert page.root.first("textarea").text == "Pak Budi ramah"
    with database.reading() as session:
        assert list_tayang(session, kantor.all_units, 10) == []

    ani.fill_in(url, {"teks": "Petugas ramah", "tayang": "y"})
    with database.reading() as session:
        (tayang,) = list_tayang(session, kantor.all_units, 10)
        assert list_tayang(session, [kantor.rawa_makmur], 10) == []
    assert tayang.teks == "Petugas ramah"
    assert tayang.bulan.day == 1
    assert "Petugas ramah" in ani.open(DAFTAR).text


@ON_SQLITE
def test_a_complaint_is_never_released(
    lia: Petugas, database: Database, intake: Intake, kantor: Kantor
) -> None:
    saran, _ = leave_pengaduan(database, intake, kantor)
    url = f"{DAFTAR}/{saran.id}"
    page = lia.open(url)
    assert page.root.all("input", name="tayang") == []
    token = page.forms[0].fields["csrf_token"]
    data = {"csrf_token": token, "teks": "Antre", "tayang": "y", "versi": ""}
    assert lia.client.post(f"{url}/tinjauan", data=data).status_code == 422
    with database.writing() as session:
        session.add(
            TinjauanSaran(
                saran_id=saran.id, teks_aman="Antre", boleh_tayang=True, ditinjau=datetime.now(UTC)
            )
        )
    with database.reading() as session:
        assert list_tayang(session, kantor.all_units, 10) == []


def test_two_people_who_review_one_comment_are_told(
    lia: Petugas, ani: Petugas, database: Database, intake: Intake, kantor: Kantor
) -> None:
    saran = leave_saran(database, intake, kantor, "Bagus")
    url = f"{DAFTAR}/{saran.id}"
    for opened in range(2):
        pages = {who: who.open(url) for who in (lia, ani)}
        number = next(i for i, f in enumerate(pages[lia].forms) if f.action.endswith("/tinjauan"))
        lia.send(pages[lia], {"teks": f"Bagus {opened}"}, 303, form=number)
        ani.send(pages[ani], {"teks": "Buruk"}, 409, form=number)
    with database.reading() as session:
        assert session.scalars(select(TinjauanSaran.teks_aman)).all() == ["Bagus 1"]


@ON_SQLITE
def test_the_head_of_the_office_reads_but_changes_nothing(
    budi: Petugas, database: Database, intake: Intake, kantor: Kantor
) -> None:
    saran = leave_saran(database, intake, kantor, "Bagus")
    for url in (DAFTAR, f"{DAFTAR}/{saran.id}"):
        assert [one.method for one in budi.open(url).forms if "/saran/" in one.action] == []


def test_somebody_of_a_kelurahan_sees_its_comments_only(
    ani: Petugas, database: Database, intake: Intake, kantor: Kantor
) -> None:
    saran = leave_saran(database, intake, kantor, "Punya kecamatan")
    intake.record(make_isian_rawa(kantor, saran="Punya kelurahan"))
    with database.writing() as session:
        user = session.scalars(select(Pengguna).where(Pengguna.nama == "ani")).one()
        user.unit_id = kantor.rawa_makmur

    page = ani.open(DAFTAR)
    assert "Punya kelurahan" in page.text
    assert "Punya kecamatan" not in page.text
    assert "Punya kecamatan" not in ani.client.get(f"{DAFTAR}?unduh=csv").text
    ani.open(f"{DAFTAR}?unit={kantor.palaran}", status=422)
    token = page.forms[1].fields["csrf_token"]
    for id_ in (saran.id, uuid.uuid4()):
        ani.open(f"{DAFTAR}/{id_}", status=404)
        for what in ("tanda", "tinjauan"):
            sent = ani.client.post(f"{DAFTAR}/{id_}/{what}", data={"csrf_token": token})
            assert sent.status_code == 404
    assert list_catatan(database, "baca saran") == []


def test_a_download_is_masked_and_written_down(
    budi: Petugas, database: Database, intake: Intake, kantor: Kantor
) -> None:
    leave_saran(database, intake, kantor, RAHASIA)
    text = budi.client.get(f"{DAFTAR}?unduh=csv").text
    assert "[nomor identitas]" in text
    assert "6472" not in text
    (catatan,) = list_catatan(database, "unduh saran")
    assert catatan.unit_id == kantor.palaran


@ON_SQLITE
def test_comments_and_answers_share_no_key(database: Database) -> None:
    keys = {key.column.table.name for key in Saran.__table__.foreign_keys}
    assert keys == {"unit", "layanan"}
    assert not {"id", "sidik"} & {c.name for c in Saran.__table__.c if "responden" in c.name}


@ON_SQLITE
def test_the_days_shown_first_are_the_last_three_months(
    lia: Petugas, database: Database, intake: Intake, kantor: Kantor
) -> None:
    leave_saran(database, intake, kantor, "Baru saja")
    leave_saran(database, intake, kantor, "Lama", tanggal=today_wita() - timedelta(days=130))
    text = lia.open(DAFTAR).text
    assert "Baru saja" in text
    assert "Lama" not in [one.text for one in lia.open(DAFTAR).root.all("p", dir="auto")]


def count_found(petugas: Petugas, kata: str, query: str = SEMUA_2025) -> int:
    address = f"{query}&{urlencode({'kata': kata})}"
    shown = len(petugas.open(address).root.all("article"))
    lines = list(csv.reader(io.StringIO(petugas.client.get(f"{address}&unduh=csv").text)))
    assert len(lines) == 1 + shown
    return shown


def test_searching_confirms_nothing_that_is_hidden(
    ani: Petugas, database: Database, intake: Intake, kantor: Kantor
) -> None:
    text = "Nama saya Siti Aminah, hp 081234567890, antrean lama."
    saran = leave_saran(database, intake, kantor, text, tanggal=date(2025, 3, 4))
    assert count_found(ani, "ANTREAN lama") == 1
    for kata in ("081234567890", "0812", "7890", "Aminah", "siti", "hp 0"):
        assert count_found(ani, kata) == 0, kata

    # What a person wrote in its place is what is shown, and found.
    ani.fill_in(f"{DAFTAR}/{saran.id}", {"teks": "Antre panjang; hubungi 081234567890"})

    assert count_found(ani, "panjang") == 1
    assert count_found(ani, "antrean") == 0
    assert count_found(ani, "0812") == 0


def test_a_search_looks_through_the_newest_and_says_where_it_stopped(
    ani: Petugas, database: Database, intake: Intake, kantor: Kantor,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    for bulan, teks in ((1, "Kursi lama"), (2, "Kursi baru"), (3, "Loket panas")):
        leave_saran(database, intake, kantor, teks, tanggal=date(2025, bulan, 4))
    address = f"{SEMUA_2025}&kata=kursi"
    assert "hanya dicari" not in ani.open(address).text
    assert count_found(ani, "kursi") == 2
    for module in ("skm_app.saran.daftar", "skm_app.admin.saran"):
        monkeypatch.setattr(f"{module}.MAX_DICARI", 2)

    page = ani.open(address)

    assert [one.text for one in page.root.all("p", dir="auto")] == ["Kursi baru"]
    assert "Kata ini hanya dicari di 2 saran terbaru" in page.text
    assert "hanya dicari" not in ani.open(SEMUA_2025).text
    assert (
        "hanya dicari" not in ani.open(f"{DAFTAR}?mulai=2025-02-01&sampai=2025-03-31&kata=a").text
    )


@ON_SQLITE
def test_what_is_found_stands_on_pages_too(
    ani: Petugas, database: Database, intake: Intake, kantor: Kantor
) -> None:
    ids = leave_many(database, intake, kantor, PER_HALAMAN + 3, date(2025, 3, 4))
    leave_saran(database, intake, kantor, "Kursi", tanggal=date(2025, 3, 4))
    kata = f"{SEMUA_2025}&kata=saran"

    first, second = ani.open(kata), ani.open(f"{kata}&hal=2")

    shown = [one.attrs["id"] for page in (first, second) for one in page.root.all("article")]
    assert shown == [f"saran-{id_}" for id_ in sorted(ids)]
    assert "Halaman berikutnya" in first.text
    assert "Halaman berikutnya" not in second.text
