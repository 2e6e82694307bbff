"""Targets: what is refused, what a revision leaves behind, and two who save at once."""

from __future__ import annotations

import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from skm_app.admin.milik import lock_unit
from skm_app.database import Database
from skm_app.models import Indikator, Perjanjian, Realisasi, Target, TargetLama
from tests.admin.catatan import read_catatan
from tests.admin.helpers import Petugas
from tests.admin.kinerja import add_anggaran_2024, add_indikator, names_of, read_cells
from tests.offices import ON_POSTGRESQL, ON_SQLITE, Kantor, today_wita

TARGET_IKM = {2022: "77.55", 2023: "84.33", 2024: "88.31", 2026: "89.05"}
UBAH_IKM = "/admin/capaian/ikm/2024"


@pytest.fixture
def ikm(database: Database, kantor: Kantor) -> uuid.UUID:
    return add_indikator(database, kantor.palaran, "ikm", TARGET_IKM)


@pytest.fixture
def probebaya(database: Database, kantor: Kantor) -> uuid.UUID:
    add_anggaran_2024(database, kantor)
    return add_indikator(database, kantor.palaran, "probebaya", {2024: "83"})


@ON_SQLITE
@pytest.mark.parametrize(
    ("typed", "stored"), [("89,05", "89.05"), ("89.05", "89.05"), ("89", "89")]
)
def test_a_target_is_typed_with_a_comma_or_a_dot(
    lia: Petugas, database: Database, ikm: uuid.UUID, typed: str, stored: str
) -> None:
    lia.fill_in("/admin/capaian/ikm/2025", {"target": typed, "sumber_target": "PK 2024"})

    with database.reading() as session:
        target = session.get_one(Target, (ikm, 2025))
        assert (str(target.target), target.sumber) == (stored, "PK 2024")


TARGET_KELIRU = [
    ("0", "Target 0 tidak dapat dipakai"),
    ("0,00", "Target 0 tidak dapat dipakai"),
    ("delapan puluh", "bukan angka"),
    ("-5", "tidak boleh negatif"),
    ("100,01", "paling tinggi 100"),
    ("88.310", "paling tinggi 100"),
    ("88,312", "paling banyak 2 desimal"),
    ("", "Isi target"),
    ("NaN", "bukan angka"),
]


@ON_SQLITE
def test_a_target_that_cannot_be_used_is_refused_in_words(
    lia: Petugas, database: Database, ikm: uuid.UUID
) -> None:
    for typed, message in TARGET_KELIRU:
        page = lia.fill_in(UBAH_IKM, {"target": typed}, status=422)

        assert message in page.by_id("target-galat").text
        assert page.by_id("target").attrs["value"] == typed
    with database.reading() as session:
        assert str(session.get_one(Target, (ikm, 2024)).target) == "88.31"


def test_a_revised_target_keeps_the_one_before_it_and_names_its_decree(
    lia: Petugas, database: Database, ikm: uuid.UUID
) -> None:
    url = "/admin/capaian/ikm/2025"
    lia.fill_in(url, {"target": "88,50"})
    assert lia.open(url).by_id("target").attrs["value"] == "88,50"

    page = lia.fill_in(url, {"target": "88,70"}, status=422)
    assert "Isi nomor keputusan" in page.by_id("keputusan-galat").text
    assert "Isi tanggal keputusan" in page.by_id("tanggal_keputusan-galat").text
    assert page.by_id("target").attrs["value"] == "88,70"
    for target, nomor, day in (("88,70", "SK 1/2025", "2025-03-04"), ("89", "SK 2", "2025-06-01")):
        lia.fill_in(url, {"target": target, "keputusan": nomor, "tanggal_keputusan": day})

    with database.reading() as session:
        now = session.get_one(Target, (ikm, 2025))
        old = session.scalars(select(TargetLama).order_by(TargetLama.nomor)).all()
    assert (str(now.target), now.nomor, now.keputusan) == ("89", 2, "SK 2")
    assert [(str(one.target), one.keputusan, one.oleh) for one in old] == [
        ("88.50", "", "lia"),
        ("88.70", "SK 1/2025", "lia"),
    ]
    rows = read_cells(lia.open(f"{url}/riwayat").root.first("table"))
    assert rows[0] == ["Perubahan ke-2", "89", "", "SK 2", "1 Juni 2025", "berlaku"]
    assert rows[1][:5] == ["Perubahan ke-1", "88,70", "", "SK 1/2025", "4 Maret 2025"]
    assert rows[1][5].startswith("diganti")
    assert rows[2][:2] == ["Awal", "88,50"]


@ON_SQLITE
def test_a_target_that_is_sent_unchanged_is_no_revision(
    lia: Petugas, database: Database, ikm: uuid.UUID
) -> None:
    lia.fill_in(UBAH_IKM, {"target": "88,31"})

    with database.reading() as session:
        assert session.get_one(Target, (ikm, 2024)).nomor == 0
    assert [one for one in read_catatan(database) if one.objek == "target"] == []


@ON_SQLITE
def test_the_share_of_another_indikator_keeps_to_its_own_bound(
    lia: Petugas, database: Database, probebaya: uuid.UUID
) -> None:
    page = lia.fill_in("/admin/capaian/probebaya/2025", {"target": "100,01"}, status=422)
    assert "paling tinggi 100; yang diisi 100,01" in page.by_id("target-galat").text

    with database.writing() as session:
        session.get_one(Indikator, probebaya).paling_tinggi = None
    lia.fill_in("/admin/capaian/probebaya/2025", {"target": "100,01"})


@ON_SQLITE
def test_a_year_outside_the_plan_gets_no_target(lia: Petugas, ikm: uuid.UUID) -> None:
    url = "/admin/capaian/ikm/2027"
    assert "di luar Renstra 2021-2026" in lia.open(url).text

    page = lia.fill_in(url, {"target": "89"}, status=422)

    assert "Tahun 2027 di luar" in page.by_id("target-galat").text


@ON_SQLITE
def test_a_decree_of_tomorrow_is_refused(lia: Petugas, ikm: uuid.UUID) -> None:
    besok = (today_wita() + timedelta(days=1)).isoformat()
    typed = {"target": "88,50", "keputusan": "SK 9", "tanggal_keputusan": besok}

    page = lia.fill_in(UBAH_IKM, typed, status=422)

    assert "belum tiba" in page.by_id("tanggal_keputusan-galat").text
    lia.fill_in(UBAH_IKM, {**typed, "tanggal_keputusan": today_wita().isoformat()})


@ON_SQLITE
def test_the_history_says_that_plan_and_agreement_share_one_target(
    lia: Petugas, ikm: uuid.UUID
) -> None:
    url = f"{UBAH_IKM}/riwayat"
    assert "sama-sama" not in lia.open(url).text
    decree = {"keputusan": "SK 9", "tanggal_keputusan": "2024-09-30"}
    lia.fill_in(UBAH_IKM, {"target": "88,50", **decree})

    text = lia.open(url).text

    assert "target Renstra dan target Perjanjian Kinerja 2024 sama-sama 88,50" in text
    assert "semula 88,31" in text


@ON_POSTGRESQL
@pytest.mark.parametrize("what", ["target", "realisasi", "perjanjian"])
def test_of_two_who_fill_in_a_year_at_once_the_second_is_told(
    lia: Petugas, database: Database, kantor: Kantor, ikm: uuid.UUID, what: str
) -> None:
    url, field = PERTAMA[what]
    seen = lia.open(url)
    form = next(one for one in seen.forms if field in names_of(one))
    with ThreadPoolExecutor(1) as pool:
        with database.writing() as session:
            lock_unit(session, kantor.palaran)
            add_pertama(session, what, ikm, kantor.palaran)
            session.flush()
            later = pool.submit(lia.client.post, form.action or url, data={**form.fields, **ISI})
            wait_for_lock(session)
        assert later.result(timeout=30).status_code == 409


PERTAMA = {
    "target": ("/admin/capaian/ikm/2025", "target"),
    "realisasi": ("/admin/capaian/ikm/2025", "sumber_realisasi"),
    "perjanjian": ("/admin/rencana/perjanjian/2025", "pertama_jabatan"),
}
ISI = {"target": "88", "sumber_realisasi": "dokumen", "nilai": "80", "sumber": "LKjIP"}


def add_pertama(session: Session, what: str, ikm: uuid.UUID, unit_id: uuid.UUID) -> None:
    """What the first of the two stores."""
    if what == "target":
        session.add(Target(indikator_id=ikm, tahun=2025, target=Decimal(87)))
    elif what == "realisasi":
        nilai = Decimal(87)
        session.add(Realisasi(indikator_id=ikm, tahun=2025, cara="dokumen", nilai=nilai))
    else:
        heads = {"pertama_jabatan": "Camat", "kedua_jabatan": "Wali Kota"}
        session.add(Perjanjian(unit_id=unit_id, tahun=2025, **heads))


def wait_for_lock(session: Session) -> None:
    """Until another transaction waits for what this one holds."""
    waiting = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
    for _ in range(1000):
        if session.scalar(waiting):
            return
        time.sleep(0.01)
    raise AssertionError("nobody waits")
