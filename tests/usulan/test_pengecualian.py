"""A response leaves the index only by two people, stays stored, and can come back."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from skm_app.catatan import Pelaku, add_catatan
from skm_app.database import Database
from skm_app.intake import Intake
from skm_app.models import (
    Catatan,
    Pembukaan,
    Penetapan,
    Pengecualian,
    Pengguna,
    Putusan,
    RekapCiri,
    Usulan,
)
from skm_app.results import Lingkup, read_hasil
from skm_app.usulan.dua_orang import SETUJU, TARIK, TOLAK, UsulanError, decide, list_open_usulan
from skm_app.usulan.pengecualian import approve_pengecualian, propose_pengecualian
from tests.offices import (
    ON_SQLITE,
    SKM_9,
    Kantor,
    add_pelaku,
    add_periode,
    close,
    exclude,
    import_palaran,
    list_differences,
    list_responden,
    make_isian,
    make_nilai,
    run_sql,
)

DAY = date(2024, 5, 6)


def read_ikm(database: Database, kantor: Kantor) -> tuple[int, str]:
    lingkup = Lingkup(unit_ids=(kantor.palaran,), mulai=date(2024, 1, 1), sampai=date(2024, 12, 31))
    with database.reading() as session:
        hasil = read_hasil(session, lingkup, SKM_9.id).hasil
    return hasil.n, str(hasil.ikm)


@pytest.fixture
def lia(database: Database) -> Pelaku:
    return add_pelaku(database, "lia")


@pytest.fixture
def budi(database: Database) -> Pelaku:
    return add_pelaku(database, "budi", "pimpinan")


def propose_all(database: Database, kantor: Kantor, lia: Pelaku) -> Usulan:
    ids = tuple(one.id for one in list_responden(database))
    with database.writing() as session:
        return propose_pengecualian(session, lia, kantor.palaran, ids, "Uji coba tablet.")


def test_a_response_that_two_people_exclude_no_longer_counts_and_stays_stored(
    database: Database, kantor: Kantor, intake: Intake
) -> None:
    import_palaran(database, intake)
    test_row = make_isian(kantor, make_nilai(nilai=1), tanggal=DAY)
    before = read_ikm(database, kantor)
    intake.record(test_row)
    assert read_ikm(database, kantor) == (37, "85.59")

    exclude(database, kantor.palaran, [test_row.id])

    assert read_ikm(database, kantor) == before == (36, "87.27")
    assert len(list_responden(database)) == 37
    assert list_differences(database) == []


def test_it_can_be_taken_in_again_and_left_out_again(
    database: Database, kantor: Kantor, intake: Intake
) -> None:
    isian = make_isian(kantor, make_nilai(nilai=2), tanggal=DAY, dibantu=True)
    intake.record(isian)
    for keluar, n in ((True, 0), (False, 1), (True, 0)):
        exclude(database, kantor.palaran, [isian.id], keluar=keluar)
        assert read_ikm(database, kantor)[0] == n
        assert list_differences(database) == []


def test_a_proposal_alone_changes_nothing_and_its_author_cannot_approve_it(
    database: Database, kantor: Kantor, intake: Intake, lia: Pelaku
) -> None:
    intake.record(make_isian(kantor, tanggal=DAY))
    usulan = propose_all(database, kantor, lia)
    assert read_ikm(database, kantor)[0] == 1
    with pytest.raises(UsulanError, match="orang lain"), database.writing() as session:
        approve_pengecualian(database, session, lia, session.get_one(Usulan, usulan.id))
    assert read_ikm(database, kantor)[0] == 1
    with database.reading() as session:
        assert [one.id for one in list_open_usulan(session, (kantor.palaran,))] == [usulan.id]


def test_the_database_itself_refuses_a_decision_by_the_author(
    database: Database, kantor: Kantor, intake: Intake, lia: Pelaku
) -> None:
    intake.record(make_isian(kantor, tanggal=DAY))
    propose_all(database, kantor, lia)
    with pytest.raises(IntegrityError, match="dua_orang"):
        run_sql(
            database,
            "INSERT INTO putusan (usulan_id, pengusul_id, hasil, catatan, pemutus_id, pemutus,"
            " diputuskan) SELECT id, pengusul_id, 'disetujui', '', pengusul_id, 'lia', dibuat"
            " FROM usulan",
        )


@pytest.mark.parametrize("first", [SETUJU, TOLAK, TARIK])
def test_a_proposal_is_decided_once(
    database: Database, kantor: Kantor, intake: Intake, lia: Pelaku, budi: Pelaku, first: str
) -> None:
    intake.record(make_isian(kantor, tanggal=DAY))
    usulan = propose_all(database, kantor, lia)
    with database.writing() as session:
        decide(session, lia if first == TARIK else budi, session.get_one(Usulan, usulan.id), first)
    with pytest.raises(UsulanError, match="sudah diputuskan"), database.writing() as session:
        approve_pengecualian(database, session, budi, session.get_one(Usulan, usulan.id))
    with database.reading() as session:
        assert [one.hasil for one in session.scalars(select(Putusan))] == [first]
        assert session.scalars(select(Pengecualian)).all() == []
        assert list_open_usulan(session, (kantor.palaran,)) == []


def test_an_account_in_the_proposers_hands_is_no_second_person(
    database: Database, kantor: Kantor, intake: Intake, lia: Pelaku, budi: Pelaku
) -> None:
    # Given a colleague who still has the password that was printed for him
    intake.record(make_isian(kantor, tanggal=DAY))
    usulan = propose_all(database, kantor, lia)
    with database.writing() as session:
        session.get_one(Pengguna, budi.pengguna_id).sandi_sementara = True
    with pytest.raises(UsulanError, match="sandi sementara"):
        approve_by(database, budi, usulan)

    # Or whose account the proposer has just made, changed or given a new password
    with database.writing() as session:
        pengguna = session.get_one(Pengguna, budi.pengguna_id)
        pengguna.sandi_sementara = False
        add_catatan(session, lia, "sandi", pengguna, "Sandi baru untuk budi.")
    with pytest.raises(UsulanError, match="baru saja dibuat atau diubah oleh lia"):
        approve_by(database, budi, usulan)
    assert read_ikm(database, kantor)[0] == 1

    # Then he may still refuse, and a third person may agree
    citra = add_pelaku(database, "citra")
    approve_by(database, citra, usulan)
    assert read_ikm(database, kantor)[0] == 0


def test_a_reason_is_needed(
    database: Database, kantor: Kantor, intake: Intake, lia: Pelaku
) -> None:
    isian = make_isian(kantor, tanggal=DAY)
    intake.record(isian)
    with pytest.raises(UsulanError, match="alasan"), database.writing() as session:
        propose_pengecualian(session, lia, kantor.palaran, (isian.id,), "  ")
    with database.reading() as session:
        assert session.scalars(select(Usulan)).all() == []
        assert session.scalars(select(Catatan)).all() == []


def test_what_is_excluded_cannot_be_excluded_again(
    database: Database, kantor: Kantor, intake: Intake, lia: Pelaku, budi: Pelaku
) -> None:
    intake.record(make_isian(kantor, tanggal=DAY))
    first = propose_all(database, kantor, lia)
    second = propose_all(database, kantor, lia)
    for usulan, works in ((first, True), (second, False)):
        if works:
            with database.writing() as session:
                approve_pengecualian(database, session, budi, session.get_one(Usulan, usulan.id))
        else:
            with pytest.raises(UsulanError, match="sudah dikecualikan"):
                approve_by(database, budi, usulan)
    assert list_differences(database) == []


def approve_by(database: Database, budi: Pelaku, usulan: Usulan) -> None:
    with database.writing() as session:
        approve_pengecualian(database, session, budi, session.get_one(Usulan, usulan.id))


def test_every_step_stands_in_the_log_with_its_reason(
    database: Database, kantor: Kantor, intake: Intake
) -> None:
    isian = make_isian(kantor, tanggal=DAY)
    intake.record(isian)
    exclude(database, kantor.palaran, [isian.id])
    with database.reading() as session:
        log = [(one.oleh, one.aksi, one.alasan) for one in session.scalars(select(Catatan))]
    assert log == [
        ("lia", "usul kecualikan", "Data uji coba."),
        ("budi", "kecualikan disetujui", ""),
    ]


def test_a_closed_period_names_its_exclusions_and_later_ones_do_not_change_it(
    database: Database, kantor: Kantor, intake: Intake
) -> None:
    isian = [make_isian(kantor, make_nilai(nilai=nilai), tanggal=DAY) for nilai in (1, 2, 3, 4)]
    for one in isian:
        intake.record(one)
    exclude(database, kantor.palaran, [isian[0].id])
    close(database, add_periode(database, kantor.palaran))
    exclude(database, kantor.palaran, [isian[1].id])
    exclude(database, kantor.palaran, [isian[0].id], keluar=False)
    assert list_differences(database) == []
    with database.reading() as session:
        (penetapan,) = session.scalars(select(Penetapan))
    assert (penetapan.n, str(penetapan.ikm)) == (3, "75.00")
    assert penetapan.isi["pengecualian"] == [
        {"alasan": "Data uji coba.", "pengusul": "lia", "pemutus": "budi", "jumlah": 1}
    ]


def test_an_exclusion_forged_behind_the_programs_back_is_found(
    database: Database, kantor: Kantor, intake: Intake
) -> None:
    isian = make_isian(kantor, tanggal=DAY)
    other = make_isian(kantor, make_nilai(nilai=1), tanggal=DAY)
    intake.record(isian)
    intake.record(other)
    exclude(database, kantor.palaran, [isian.id])
    same = "hex" if database.is_sqlite else "__str__"
    key = getattr(other.id, same)
    run_sql(
        database,
        "INSERT INTO pengecualian (responden_id, usulan_id, keluar, berlaku) "
        "SELECT :id, usulan_id, keluar, berlaku FROM pengecualian",
        id=key if isinstance(key, str) else key(),
    )
    differences = list_differences(database)
    assert any("Rekap" in one for one in differences)
    # Even with the tallies made to fit, nobody had agreed to leave this one out.
    assert "Pengecualian: 1 jawaban dikecualikan tanpa persetujuan orang kedua." in differences


def test_a_period_opened_again_behind_the_programs_back_is_found(
    database: Database, kantor: Kantor, intake: Intake, lia: Pelaku
) -> None:
    intake.record(make_isian(kantor, tanggal=DAY))
    close(database, add_periode(database, kantor.palaran))
    usulan = propose_all(database, kantor, lia)
    with database.writing() as session:
        penetapan = session.scalars(select(Penetapan)).one()
        session.add(
            Pembukaan(penetapan_id=penetapan.id, usulan_id=usulan.id, dibuka=penetapan.ditetapkan)
        )
    assert list_differences(database) == [
        "Pembukaan: 1 periode dibuka kembali tanpa persetujuan orang kedua."
    ]


@ON_SQLITE
@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    answers=st.lists(
        st.tuples(st.integers(1, 4), st.sampled_from(["qr", "kios"]), st.booleans()), min_size=1
    ),
    data=st.data(),
)
def test_tallies_always_equal_the_raw_answers_without_the_excluded(
    database: Database,
    kantor: Kantor,
    intake: Intake,
    answers: list[tuple[int, str, bool]],
    data: st.DataObject,
) -> None:
    isian = [
        make_isian(kantor, make_nilai(nilai=nilai), kanal=kanal, dibantu=dibantu, tanggal=DAY)
        for nilai, kanal, dibantu in answers
    ]
    intake.record_all(isian)
    out = data.draw(st.sets(st.sampled_from([one.id for one in isian]), min_size=1))
    exclude(database, kantor.palaran, sorted(out))
    assert list_differences(database) == []
    with database.reading() as session:
        left = {row.n1 + row.n2 + row.n3 + row.n4 for row in session.scalars(select(RekapCiri))}
        assert session.scalar(text("SELECT min(n1 + n2 + n3 + n4 + kosong) FROM rekap")) >= 0
    assert max(left) <= sum(1 for _ in list_responden(database))
