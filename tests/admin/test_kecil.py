"""Fewer than five answers: no page besides the dashboard tells what they were, either."""

from __future__ import annotations

import uuid
from datetime import date
from typing import NamedTuple

import pytest
from sqlalchemy import select

from skm_app.catatan import Pelaku
from skm_app.database import Database
from skm_app.intake import Intake
from skm_app.models import Penetapan, Pengguna, Usulan
from skm_app.usulan.pengecualian import propose_pengecualian
from tests.admin.helpers import Petugas
from tests.admin.kinerja import add_indikator, set_realisasi
from tests.admin.test_kualitas import read_tanda
from tests.offices import (
    ON_SQLITE,
    Kantor,
    add_periode,
    close,
    exclude,
    import_palaran,
    list_responden,
    make_isian,
    make_isian_rawa,
)

DAY = date(2025, 3, 4)
# 8 answers of 3 and one of 1: nothing else on a page could give these figures.
JANGGAL = {"biaya": 1}
TAHUN = "mulai=2025-01-01&sampai=2025-12-31"
MULAI_LIMA = "indeks tampil mulai 5 jawaban"


def add_answers(intake: Intake, kantor: Kantor, many: int) -> list[uuid.UUID]:
    rows = [make_isian(kantor, JANGGAL, tanggal=DAY) for _ in range(many)]
    intake.record_all(rows)
    return [one.id for one in rows]


class Dilihat(NamedTuple):
    """The period of the whole office with few answers, or that of a kelurahan."""

    periode: uuid.UUID
    unit: uuid.UUID
    n: str  # as a page may tell it


@pytest.fixture(params=["kantor", "kelurahan"])
def sedikit(
    request: pytest.FixtureRequest, database: Database, intake: Intake, kantor: Kantor
) -> Dilihat:
    """Three answers: to the office, or to a kelurahan of it."""
    if request.param == "kantor":
        add_answers(intake, kantor, 3)
        return Dilihat(add_periode(database, kantor.palaran, 2025), kantor.palaran, "3")
    intake.record_all([make_isian_rawa(kantor, JANGGAL, tanggal=DAY) for _ in range(3)])
    periode = add_periode(database, kantor.rawa_makmur, 2025)
    return Dilihat(periode, kantor.rawa_makmur, "Kurang dari 5")


@ON_SQLITE
def test_pages_about_a_period_keep_back_the_figures_of_a_few(
    lia: Petugas, sedikit: Dilihat
) -> None:
    url = f"/admin/periode/{sedikit.periode}"
    for address in (url, f"{url}/tetapkan", f"/admin/camat?periode={sedikit.periode}"):
        text = lia.open(address).text
        assert f"{sedikit.n} jawaban masuk; {MULAI_LIMA}" in text, address
        # The exact index, its rounding and the NRR.
        for figure in ("69,44", "69,4", "0,111", "1,000", "3,000"):
            assert figure not in text, (address, figure)
    for tabel in ("unsur", "masukan"):
        assert len(lia.client.get(f"{url}?unduh=csv&tabel={tabel}").text.splitlines()) == 1
    listed = lia.open("/admin/periode").root.first("table").all("tr")[1].text
    assert f"eksak {sedikit.n.lower()} – " in listed
    assert sedikit.n.lower() in lia.client.get("/admin/periode?unduh=csv").text
    assert "69" not in lia.client.get("/admin/periode?unduh=csv").text.split("eksak")[1]


@ON_SQLITE
def test_from_five_answers_on_everything_is_shown(
    lia: Petugas, database: Database, intake: Intake, kantor: Kantor
) -> None:
    add_answers(intake, kantor, 5)
    periode = add_periode(database, kantor.palaran, 2025)

    for address in (f"/admin/periode/{periode}", f"/admin/camat?periode={periode}"):
        text = lia.open(address).text
        assert "69,44" in text
        assert MULAI_LIMA not in text


@ON_SQLITE
def test_the_quality_page_keeps_back_the_index_of_a_few(lia: Petugas, sedikit: Dilihat) -> None:
    page = lia.open(f"/admin/kualitas?{TAHUN}&unit={sedikit.unit}")

    assert read_tanda(page)["Semua dihitung (sekarang)"][1:] == ["3", *["kurang dari 5"] * 3]
    assert f"{sedikit.n} jawaban masuk; {MULAI_LIMA}" in page.text
    assert "69,44" not in page.text


@ON_SQLITE
def test_nor_does_it_tell_them_by_the_difference_of_two_spans_of_days(
    lia: Petugas, database: Database, intake: Intake, kantor: Kantor
) -> None:
    intake.record_all([make_isian(kantor, tanggal=date(2025, 3, 3)) for _ in range(20)])
    add_answers(intake, kantor, 1)

    whole = lia.open(f"/admin/kualitas?{TAHUN}")
    part = lia.open("/admin/kualitas?mulai=2025-01-01&sampai=2025-03-03")

    assert read_tanda(whole)["Semua dihitung (sekarang)"][1:] == ["21", "74,74", "74,74", "C"]
    assert read_tanda(part)["Semua dihitung (sekarang)"][1:] == ["20", *["tidak ditampilkan"] * 3]
    assert "Pilih bulan penuh atau seluruh periode." in part.text
    assert "75,00" not in part.text


@ON_SQLITE
def test_performance_does_not_take_its_realisasi_from_a_few(
    lia: Petugas, database: Database, intake: Intake, kantor: Kantor
) -> None:
    add_answers(intake, kantor, 4)
    periode = add_periode(database, kantor.palaran, 2025)
    ikm = add_indikator(database, kantor.palaran, "ikm", {2025: "80"})
    set_realisasi(database, ikm, 2025, cara="periode", periode_id=periode)

    text = lia.open("/admin/capaian?tahun=2025").text
    assert f"Periode 2025, belum ditetapkan, 4 responden; {MULAI_LIMA}" in text
    assert "69,44" not in text
    assert "69,44" not in lia.open("/admin/capaian/ikm/2025").text

    add_answers(intake, kantor, 1)
    assert "69,44" in lia.open("/admin/capaian?tahun=2025").text


@ON_SQLITE
def test_a_period_of_a_few_is_not_proposed_for_closing(
    lia: Petugas, database: Database, intake: Intake, kantor: Kantor
) -> None:
    add_answers(intake, kantor, 5)
    url = f"/admin/periode/{add_periode(database, kantor.palaran, 2025)}/tetapkan"
    seen = lia.open(url)
    with database.reading() as session:
        assert session.scalars(select(Usulan)).all() == []
    exclude_one(database, kantor)
    assert not [form for form in lia.open(url).forms if "sidik" in form.fields]

    answer = lia.send(seen, {}, form=len(seen.forms) - 1, to=url)

    assert "Periode ditetapkan mulai 5 jawaban" in lia.follow(answer).text
    with database.reading() as session:
        assert [one.jenis for one in session.scalars(select(Usulan))] == ["kecualikan"]


def exclude_one(database: Database, kantor: Kantor) -> None:
    exclude(database, kantor.palaran, [list_responden(database)[0].id])


def test_a_proposal_that_has_come_to_be_about_a_few_is_not_confirmed(
    lia: Petugas, budi: Petugas, database: Database, intake: Intake, kantor: Kantor
) -> None:
    add_answers(intake, kantor, 5)
    periode = add_periode(database, kantor.palaran, 2025)
    usulan = lia.fill_in(f"/admin/periode/{periode}/tetapkan", {"alasan": "Lengkap."}).location
    token = budi.open(usulan).forms[-1].fields["csrf_token"]
    exclude_one(database, kantor)

    page = budi.open(usulan)
    assert not [form for form in page.forms if form.action.endswith("/setujui")]
    assert "69,44" not in page.root.first("section", class_="pokok").text
    answer = budi.client.post(f"{usulan}/setujui", data={"csrf_token": token})

    assert "Periode ditetapkan mulai 5 jawaban" in budi.open(answer.location).text
    with database.reading() as session:
        assert session.scalars(select(Penetapan)).all() == []
        assert session.get_one(Usulan, uuid.UUID(usulan.rpartition("/")[2])).putusan is None


@ON_SQLITE
def test_what_was_frozen_stays_readable(
    lia: Petugas, database: Database, intake: Intake, kantor: Kantor
) -> None:
    add_answers(intake, kantor, 4)
    periode = add_periode(database, kantor.palaran, 2025)
    close(database, periode)

    assert "69,44" in lia.open(f"/admin/periode/{periode}").text


def propose_out(database: Database, kantor: Kantor, ids: list[uuid.UUID]) -> str:
    with database.writing() as session:
        lia = session.scalars(select(Pengguna).where(Pengguna.nama == "lia")).one()
        pelaku = Pelaku(pengguna_id=lia.id, nama=lia.nama, peran=lia.peran)
        usulan = propose_pengecualian(session, pelaku, kantor.palaran, tuple(ids), "Uji coba.")
    return f"/admin/usulan/{usulan.id}"


@pytest.mark.parametrize(
    ("keluar", "sisa", "shown"),
    [(1, 36, False), (4, 36, False), (5, 36, True), (5, 5, True), (5, 4, False), (5, 0, False)],
)
@ON_SQLITE
def test_what_leaving_out_does_to_the_index_is_not_told_of_a_few(
    lia: Petugas, budi: Petugas, database: Database, intake: Intake, kantor: Kantor,
    keluar: int, sisa: int, shown: bool,
) -> None:  # fmt: skip
    ids = add_answers(intake, kantor, keluar)
    intake.record_all([make_isian(kantor, tanggal=DAY) for _ in range(sisa)])
    add_periode(database, kantor.palaran, 2025)
    usulan = propose_out(database, kantor, ids)

    for address in (usulan, "/admin/usulan"):
        text = budi.open(address).text
        assert f"Periode 2025: dari {keluar + sisa} menjadi {sisa} jawaban" in text
        assert ("IKM dari" in text) == shown
        assert ("Kurang dari 5 jawaban: pengaruhnya terhadap IKM tidak" in text) != shown
    (row,) = budi.client.get(f"{usulan}?unduh=csv&tabel=dampak").text.splitlines()[1:]
    assert ("75" in row or "69" in row) == shown
    assert "/setujui" in str([form.action for form in budi.open(usulan).forms])


@ON_SQLITE
def test_a_closed_period_does_not_tell_the_effect_on_a_few_either(
    lia: Petugas, budi: Petugas, database: Database, intake: Intake, kantor: Kantor
) -> None:
    import_palaran(database, intake)
    (one,) = add_answers(intake, kantor, 1)
    intake.record_all([make_isian(kantor, tanggal=DAY) for _ in range(9)])
    close(database, add_periode(database, kantor.palaran, 2025))

    usulan = propose_out(database, kantor, [one])

    assert "Sudah ditetapkan, tidak berubah" in budi.open(usulan).text
    (row,) = budi.client.get(f"{usulan}?unduh=csv&tabel=dampak").text.splitlines()[1:]
    assert "75" not in row
