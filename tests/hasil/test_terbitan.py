"""Making a result public: what is stored of it, what is refused, and what subtraction may tell."""

from __future__ import annotations

import uuid
from datetime import date

import pytest
from sqlalchemy import select

from skm_app.catatan import SISTEM
from skm_app.models import Catatan, Layanan, Penetapan, Rtl, Titik, Unit, new_id
from skm_app.scoring import PORTAL_KOTA, compute_ikm, tally
from skm_app.terbitan import TerbitanError, draft_terbitan, list_terbitan, prepare_terbitan, publish
from skm_app.terbitan.kerabat import may_single_out
from tests.hasil.kantor import LAKI, PEREMPUAN, Penerbit
from tests.offices import (
    ON_SQLITE,
    SKM_9,
    add_periode,
    close,
    exclude,
    list_differences,
    list_responden,
    make_isian,
    make_nilai,
    release,
    reopen,
)

JANUARI, JUNI = date(2024, 1, 10), date(2024, 6, 10)


def refuse(penerbit: Penerbit, penetapan: Penetapan, words: str) -> None:
    with pytest.raises(TerbitanError, match=words):
        release(penerbit.database, penetapan)


@ON_SQLITE
def test_what_is_stored_is_what_was_computed_with_small_groups_folded(penerbit: Penerbit) -> None:
    penerbit.answer(7, JANUARI, 4, profil=LAKI)
    penerbit.answer(6, JANUARI, 3, profil=PEREMPUAN, sktm=True)
    penerbit.answer(2, JANUARI, 2, rawa=True)
    isi = penerbit.release(penerbit.add_year(konvensi="portal-kota", populasi=420)).isi
    answers = [*[make_nilai(nilai=4)] * 7, *[make_nilai(nilai=3)] * 6, *[make_nilai(nilai=2)] * 2]
    right = compute_ikm(SKM_9, tally(answers, SKM_9), PORTAL_KOTA)
    assert (isi["n"], isi["ikm"], isi["mutu"]) == (15, str(right.ikm), "B")
    assert [one["nrr"] for one in isi["unsur"]] == [str(one.nrr) for one in right.unsur]
    assert (isi["kebutuhan"], isi["populasi"], isi["konvensi"]) == (201, 420, "portal-kota")
    assert [(one["nama"], one["n"]) for one in isi["layanan"]] == [
        ("Pengantar KTP", 7),
        ("Kelompok lain (digabung)", 8),
    ]
    assert {one["nama"]: one["jumlah"] for one in isi["responden"]["jenis_kelamin"]} == {
        "Laki-laki": 9,
        "Perempuan": 6,
    }
    # How often each answer was given stays inside.
    assert "rekap" not in isi
    assert all(not {"jumlah", "terisi"} & set(one) for one in isi["unsur"])


@ON_SQLITE
def test_a_release_is_recorded_and_stands_under_its_unit(penerbit: Penerbit) -> None:
    penerbit.answer(5, JANUARI)
    penerbit.answer(5, date(2023, 1, 1))
    penerbit.release(penerbit.add_year(2023))
    terbitan = penerbit.release(penerbit.add_year(2024))
    with penerbit.database.reading() as session:
        *_, catatan = session.scalars(select(Catatan).order_by(Catatan.nomor))
        listed = list_terbitan(session, penerbit.kantor.palaran)
        assert list_terbitan(session, penerbit.kantor.rawa_makmur) == []
    assert (catatan.aksi, catatan.objek) == ("terbitkan", "terbitan")
    assert catatan.objek_id == str(terbitan.penetapan_id)
    assert catatan.keterangan.startswith("Hasil periode 2024 diterbitkan: IKM 75,00 dari 5 ")
    assert [one.isi["periode"]["nama"] for one in listed] == ["2024", "2023"]
    assert list_differences(penerbit.database) == []


@ON_SQLITE
def test_too_few_twice_or_after_reopening_is_refused(penerbit: Penerbit) -> None:
    periode = penerbit.add_year()
    penerbit.answer(4, JANUARI)
    refuse(penerbit, close(penerbit.database, periode), "mulai 5 jawaban")
    reopen(penerbit.database, periode)
    penerbit.answer(1, JANUARI)
    terbitan = penerbit.release(periode)
    penetapan = penerbit.read_penetapan(periode)
    refuse(penerbit, penetapan, "sudah diterbitkan")
    assert terbitan.penetapan_id == penetapan.id


@ON_SQLITE
def test_a_result_that_was_opened_again_cannot_be_released(penerbit: Penerbit) -> None:
    penerbit.answer(5, JANUARI)
    periode = penerbit.add_year()
    penetapan = close(penerbit.database, periode)
    reopen(penerbit.database, periode)
    refuse(penerbit, penetapan, "sudah dibuka kembali")


@ON_SQLITE
def test_an_unsur_that_almost_nobody_answered_is_refused(penerbit: Penerbit) -> None:
    penerbit.answer(4, JANUARI)
    penerbit.intake.record_all(
        [make_isian(penerbit.kantor, {"biaya": None}, tanggal=JANUARI) for _ in range(6)]
    )
    refuse(penerbit, close(penerbit.database, penerbit.add_year()), "Unsur Biaya/Tarif dijawab")


@ON_SQLITE
def test_a_draft_is_what_the_release_stores(penerbit: Penerbit) -> None:
    penerbit.answer(5, JANUARI)
    penetapan = close(penerbit.database, penerbit.add_year())
    with penerbit.database.writing() as session:
        stands = session.get_one(Penetapan, penetapan.id)
        draft = draft_terbitan(session, stands)
        assert publish(session, SISTEM, stands).isi == draft


@ON_SQLITE
def test_finished_plans_of_the_period_before_are_told_without_who_was_responsible(
    penerbit: Penerbit,
) -> None:
    before = penerbit.add_year(2023)
    with penerbit.database.writing() as session:
        for status, program in (("selesai", "Menambah kursi"), ("berjalan", "Menambah loket")):
            session.add(
                Rtl(
                    periode_id=before, unsur="sarpras", program=program, tahun=2024, triwulan=1,
                    penanggung_jawab="Siti", status=status, uraian_hasil="Sudah.",
                )
            )  # fmt: skip
    penerbit.answer(5, JANUARI)
    isi = penerbit.release(penerbit.add_year(2024)).isi
    assert isi["perbaikan"] == [
        {"unsur": "sarpras", "program": "Menambah kursi", "hasil": "Sudah."}
    ]


def test_a_period_inside_a_released_one_has_no_groups_and_may_not_leave_a_few(
    penerbit: Penerbit,
) -> None:
    penerbit.answer(6, JANUARI)
    penerbit.answer(4, JUNI)
    assert penerbit.release(penerbit.add_year()).isi["rincian"] is True
    # The year without January would be the four of June.
    january = close(penerbit.database, penerbit.add_month(2024, 1))
    refuse(penerbit, january, r"tumpang tindih .* 2024 \(Kecamatan Palaran\)")
    penerbit.answer(5, JUNI)
    reopen(penerbit.database, january.periode_id)
    # Nothing changed in January: it still differs from the first release by four.
    refuse(penerbit, close(penerbit.database, january.periode_id), "kurang dari 5 jawaban")


def test_overlapping_results_that_differ_by_five_are_released_without_groups(
    penerbit: Penerbit,
) -> None:
    penerbit.answer(6, JANUARI)
    penerbit.answer(5, JUNI, rawa=True)
    penerbit.release(penerbit.add_month(2024, 1))
    isi = penerbit.release(penerbit.add_year()).isi
    assert (isi["n"], isi["rincian"], isi["responden"], isi["layanan"]) == (11, False, {}, [])
    village = penerbit.release(penerbit.add_year(rawa=True)).isi
    assert (village["n"], village["rincian"]) == (5, False)
    assert list_differences(penerbit.database) == []


@ON_SQLITE
def test_several_months_may_not_leave_a_few_of_their_year(penerbit: Penerbit) -> None:
    for month in (1, 2):
        penerbit.answer(5, date(2024, month, 1))
    penerbit.answer(3, JUNI)
    for month in (1, 2):
        penerbit.release(penerbit.add_month(2024, month))
    refuse(penerbit, close(penerbit.database, penerbit.add_year()), "Bulan 1 2024 .*Bulan 2 2024")


@ON_SQLITE
def test_a_result_released_anew_with_the_same_answers_has_its_groups_again(
    penerbit: Penerbit,
) -> None:
    penerbit.answer(6, JANUARI)
    periode = penerbit.add_year()
    assert penerbit.release(periode).isi["rincian"] is True
    reopen(penerbit.database, periode)
    assert penerbit.release(periode).isi["rincian"] is True


@ON_SQLITE
def test_a_result_released_anew_may_not_differ_by_a_few(penerbit: Penerbit) -> None:
    penerbit.answer(7, JANUARI)
    periode = penerbit.add_year()
    penerbit.release(periode)
    reopen(penerbit.database, periode)
    # Whoever kept the first result could compute what the two answered.
    two = [one.id for one in list_responden(penerbit.database)][:2]
    exclude(penerbit.database, penerbit.kantor.palaran, two)
    refuse(penerbit, close(penerbit.database, periode), "kurang dari 5 jawaban")


def add_kelurahan(penerbit: Penerbit, banyak: int) -> uuid.UUID:
    """A second kelurahan, where so many people answer."""
    unit_id, layanan_id, titik_id = new_id(), new_id(), new_id()
    with penerbit.database.writing() as session:
        session.add(
            Unit(
                id=unit_id, parent_id=penerbit.kantor.palaran, jenis="kelurahan",
                nama="Kelurahan Bantuas",
            )
        )  # fmt: skip
        session.flush()
        session.add(Layanan(id=layanan_id, unit_id=unit_id, kode="ahli-waris", nama="Ahli waris"))
        session.add(Titik(id=titik_id, unit_id=unit_id, kode="BANTUA", nama="Loket"))
    penerbit.intake.record_all(
        [
            make_isian(
                penerbit.kantor, unit_id=unit_id, layanan_id=layanan_id, titik_id=titik_id,
                tanggal=JANUARI,
            )
            for _ in range(banyak)
        ]
    )  # fmt: skip
    return unit_id


def test_sister_units_may_not_leave_a_few_of_the_whole(penerbit: Penerbit) -> None:
    bantuas = add_kelurahan(penerbit, 8)
    penerbit.answer(2, JANUARI, 1)
    penerbit.answer(10, JANUARI, rawa=True)
    penerbit.release(penerbit.add_year())
    penerbit.release(penerbit.add_year(rawa=True))
    # The kecamatan without both of its kelurahan would be the two.
    penetapan = close(penerbit.database, add_periode(penerbit.database, bantuas))
    refuse(penerbit, penetapan, "kurang dari 5 jawaban")


def name_alike(penerbit: Penerbit) -> None:
    """Rawa Makmur gives a service that the kecamatan gives too."""
    with penerbit.database.writing() as session:
        session.get_one(Layanan, penerbit.kantor.domisili).nama = "Pengantar KTP"


@ON_SQLITE
def test_a_row_of_a_service_may_not_leave_a_few_without_a_unit(penerbit: Penerbit) -> None:
    name_alike(penerbit)
    penerbit.answer(2, JANUARI, 1)
    penerbit.answer(10, JANUARI, rawa=True)
    penerbit.answer(9, JANUARI, 4, sktm=True)
    rows = penerbit.release(penerbit.add_year()).isi["layanan"]
    assert [(one["nama"], one["n"]) for one in rows] == [
        ("Pengantar KTP", 12),
        ("Surat tidak mampu", 9),
    ]
    with penerbit.database.writing() as session:
        session.get_one(Layanan, penerbit.kantor.ktp).nama = "Dinamai lain sejak itu"
    refuse(
        penerbit, close(penerbit.database, penerbit.add_year(rawa=True)), "kurang dari 5 jawaban"
    )


@ON_SQLITE
def test_a_unit_released_first_leaves_the_whole_without_rows_of_services(
    penerbit: Penerbit,
) -> None:
    name_alike(penerbit)
    penerbit.answer(2, JANUARI, 1)
    penerbit.answer(10, JANUARI, rawa=True)
    penerbit.answer(9, JANUARI, 4, sktm=True)
    penerbit.release(penerbit.add_year(rawa=True))
    assert penerbit.release(penerbit.add_year()).isi["layanan"] == []


@ON_SQLITE
def test_rows_of_services_with_many_elsewhere_do_no_harm(penerbit: Penerbit) -> None:
    name_alike(penerbit)
    penerbit.answer(6, JANUARI)
    penerbit.answer(10, JANUARI, rawa=True)
    # Three of Rawa Makmur asked for another service: no sum of figures is about them alone.
    penerbit.intake.record_all(
        [
            make_isian(
                penerbit.kantor, unit_id=penerbit.kantor.rawa_makmur, tanggal=JANUARI,
                titik_id=penerbit.kantor.loket_rawa, layanan_id=penerbit.kantor.sktm,
            )
            for _ in range(3)
        ]
    )  # fmt: skip
    penerbit.answer(9, JANUARI, sktm=True)
    assert penerbit.release(penerbit.add_year()).isi["rincian"] is True
    village = penerbit.release(penerbit.add_year(rawa=True)).isi
    assert (village["n"], village["rincian"]) == (13, False)


@pytest.mark.parametrize(
    ("pieces", "told"),
    [
        # A row a of 13, a result n: n minus a, or a minus n, is about three people.
        ({"an": 10, "a": 3}, True),
        ({"an": 10, "a": 6}, False),
        # A small piece is safe beside a large one that no other figure takes away ...
        ({"an": 3, "a": 20, "bn": 9, "b": 9}, False),
        # ... and is told if b is all within n.
        ({"an": 3, "a": 20, "bn": 9}, True),
        # A result of three small pieces is about all nine of them, or about none.
        ({"an": 3, "a": 20, "bn": 3, "b": 20, "cn": 3, "c": 20}, False),
        # By way of a second result: n + m - a.
        ({"an": 10, "am": 8, "a": 3}, True),
        ({}, False),
    ],
)
def test_sums_of_figures_may_not_be_about_a_few(pieces: dict[str, int], told: bool) -> None:
    figures = {
        frozenset((ord(letter), 0) for letter in letters): jumlah
        for letters, jumlah in pieces.items()
    }
    assert may_single_out(figures) is told


@ON_SQLITE
def test_the_same_answers_released_anew_have_exactly_the_tables_they_had(
    penerbit: Penerbit,
) -> None:
    ids = {nama: new_id() for nama in "ABCDE"}
    with penerbit.database.writing() as session:
        for nama, layanan_id in ids.items():
            session.add(
                Layanan(
                    id=layanan_id, unit_id=penerbit.kantor.palaran, kode=f"x{nama.lower()}",
                    nama="C" if nama == "E" else nama,
                )
            )  # fmt: skip
    for nama, banyak, nilai in (("A", 3, 3), ("B", 3, 3), ("C", 7, 4), ("E", 3, 1), ("D", 10, 4)):
        penerbit.intake.record_all(
            [
                make_isian(
                    penerbit.kantor, make_nilai(nilai=nilai), layanan_id=ids[nama], tanggal=JANUARI
                )
                for _ in range(banyak)
            ]
        )
    periode = penerbit.add_year()
    one = penerbit.release(periode).isi
    reopen(penerbit.database, periode)
    with penerbit.database.writing() as session:
        session.get_one(Layanan, ids["E"]).nama = "C loket lama"
    two = penerbit.release(periode).isi
    assert [row["n"] for row in one["layanan"]] == [10, 10, 6]
    assert (two["layanan"], two["responden"]) == (one["layanan"], one["responden"])


def test_a_draft_is_not_released_after_another_result_became_public(penerbit: Penerbit) -> None:
    penerbit.answer(6, JANUARI)
    penerbit.answer(6, JANUARI, rawa=True)
    year = close(penerbit.database, penerbit.add_year())
    with penerbit.database.reading() as session:
        draft = prepare_terbitan(session, session.get_one(Penetapan, year.id))
    penerbit.release(penerbit.add_year(rawa=True))
    with (
        pytest.raises(TerbitanError, match="periksa sekali lagi"),
        penerbit.database.writing() as session,
    ):
        publish(session, SISTEM, session.get_one(Penetapan, year.id), draft)
    assert draft.isi["rincian"] is True
    assert release(penerbit.database, year).isi["rincian"] is False


@ON_SQLITE
def test_the_weakest_unsur_are_ranked_before_rounding(penerbit: Penerbit) -> None:
    # 179/60 = 2,98333 and 176/59 = 2,98305: both are shown as 2,983.
    penerbit.intake.record_all(
        [
            make_isian(
                penerbit.kantor,
                {
                    **make_nilai(nilai=4),
                    "persyaratan": 2,
                    "prosedur": 2,
                    "waktu": 3 if number < 59 else 2,
                    "produk": 3 if number < 58 else (2 if number == 58 else None),
                },
                tanggal=JANUARI,
            )
            for number in range(60)
        ]
    )
    isi = penerbit.release(penerbit.add_year()).isi
    nrr = {one["kunci"]: one["nrr"] for one in isi["unsur"]}
    assert nrr["waktu"] == nrr["produk"] == "2.983"
    assert isi["terlemah"] == ["persyaratan", "prosedur", "produk"]
