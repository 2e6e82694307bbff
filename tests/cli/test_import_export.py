"""``skm import`` stores each row once or nothing at all; ``skm export`` lets nobody be found."""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from skm_app.database import Database
from skm_app.ekspor import blank_small_groups
from skm_app.intake import Intake
from skm_app.profil import Profil
from skm_app.scoring import MIN_KELOMPOK
from tests.cli.command import Skm
from tests.offices import (
    LOKET,
    LOKET_KTP,
    ON_SQLITE,
    PALARAN_2024,
    SKM_16,
    Kantor,
    add_periode,
    count_responden,
    count_rows,
    import_palaran,
    list_differences,
    list_responden,
    list_saran,
    make_isian,
    read_nilai,
    run_sql,
)

U = "U1,U2,U3,U4,U5,U6,U7,U8,U9"
SUMS = [119, 120, 122, 144, 120, 122, 119, 144, 121]


def write(folder: Path, *lines: str) -> Path:
    path = folder / "survei.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_a_file_is_stored_once_however_often_it_is_imported(
    skm: Skm, database: Database, kantor: Kantor
) -> None:
    order = "Urutan U8 dan U9: unsur"
    trial = skm.ok("import", PALARAN_2024, "--titik", LOKET_KTP, "--dry-run")
    assert order in trial
    assert "36 baris dapat disimpan; tidak ada yang disimpan (uji)." in trial
    assert count_responden(database) == 0
    # A titik may be typed as it stands on the card.
    first = skm.ok("import", PALARAN_2024, "--titik", "ktp-ktp")
    assert first.endswith("36 baris disimpan, 0 sudah ada sebelumnya.\n")
    again = skm.ok("import", PALARAN_2024, "--titik", LOKET_KTP)
    assert again.endswith("0 baris disimpan, 36 sudah ada sebelumnya.\n")
    rows = list_responden(database)
    assert len(rows) == 36
    assert {row.kanal for row in rows} == {"impor"}
    assert {row.layanan_id for row in rows} == {kantor.ktp}
    assert {row.tanggal.year for row in rows} == {2024}
    assert list_differences(database) == []


@ON_SQLITE
def test_a_file_that_grew_stores_only_its_new_rows(
    skm: Skm, database: Database, kantor: Kantor, tmp_path: Path
) -> None:
    rows = ["3,3,3,4,3,3,3,4,3", "3,3,3,4,3,3,3,4,3", "1,2,3,4,1,2,3,4,"]
    skm.ok("import", write(tmp_path, U, *rows[:1]), "--titik", LOKET_KTP)
    # The second row is like the first: another citizen who answered alike.
    out = skm.ok("import", write(tmp_path, U, *rows), "--titik", LOKET_KTP, "--lanjutan")
    assert out.endswith("2 baris disimpan, 1 sudah ada sebelumnya.\n")
    assert count_responden(database) == 3


@ON_SQLITE
@pytest.mark.usefixtures("kantor")
def test_citizens_who_answered_like_others_before_are_not_dropped(
    skm: Skm, database: Database, tmp_path: Path
) -> None:
    # Given two batches of paper with one form that was filled alike
    alike = "3,3,3,4,3,3,3,4,3"
    skm.ok("import", write(tmp_path, U, alike, "4,4,4,4,4,4,4,4,4"), "--titik", LOKET_KTP)
    second = write(tmp_path, U, alike, "1,2,3,4,1,2,3,4,1")
    # Then nothing is stored until somebody says which it is
    line = skm.fail("import", second, "--titik", LOKET_KTP)
    assert "1 dari 2 baris sama dengan yang sudah tersimpan; tidak ada yang disimpan" in line
    assert count_responden(database) == 2
    # And as another batch all of it is stored, once
    for stored in ("2 baris disimpan, 0 sudah", "0 baris disimpan, 2 sudah"):
        assert stored in skm.ok("import", second, "--titik", LOKET_KTP, "--berkas-baru")
    assert count_responden(database) == 4


@ON_SQLITE
@pytest.mark.usefixtures("kantor")
def test_a_day_that_cannot_be_is_refused_and_a_missing_one_can_be_given(
    skm: Skm, database: Database, tmp_path: Path
) -> None:
    good = "3,3,3,4,3,3,3,4,3"
    for day in ("31/12/2204", "01/01/1924"):
        path = write(tmp_path, f"{U},Tanggal", f"{good},{day}")
        assert f"baris 2, kolom Tanggal: {day} di luar" in skm.fail(
            "import", path, "--titik", LOKET_KTP
        )
    path = write(tmp_path, U, good)
    skm.ok("import", path, "--titik", LOKET_KTP, "--tanggal", "05/03/2024")
    assert [row.tanggal.isoformat() for row in list_responden(database)] == ["2024-03-05"]
    assert "1 baris tanpa Tanggal dicatat pada hari ini" in skm.ok(
        "import", path, "--titik", LOKET_KTP
    )


@ON_SQLITE
@pytest.mark.usefixtures("kantor")
def test_one_bad_row_stores_nothing_and_is_named(
    skm: Skm, database: Database, tmp_path: Path
) -> None:
    good = "3,3,3,4,3,3,3,4,3"
    path = write(tmp_path, U, good, "3,3,3,4,3,3,7,4,3", good)
    line = skm.fail("import", path, "--titik", LOKET_KTP)
    assert line == 'baris 3, kolom U7: "7" bukan nilai 1-4'
    path = write(tmp_path, f"{U},Layanan,Saran", f"{good},ktp-kk,", f"{good},pajak,{'x' * 1201}")
    line = skm.fail("import", path, "--titik", LOKET)
    assert 'baris 3, kolom Layanan: "pajak" tidak dikenal; pilih Pengantar KTP' in line
    assert count_rows(database)["responden"] == 0


@ON_SQLITE
@pytest.mark.usefixtures("kantor")
def test_what_cannot_be_imported_is_refused_in_one_line(
    skm: Skm, database: Database, tmp_path: Path
) -> None:
    assert "Titik TIDAKADA tidak ada" in skm.fail("import", PALARAN_2024, "--titik", "TIDAKADA")
    missing = tmp_path / "tidak-ada.csv"
    assert "tidak ditemukan" in skm.fail("import", missing, "--titik", LOKET_KTP)
    assert "bukan berkas" in skm.fail("import", tmp_path, "--titik", LOKET_KTP)
    # The titik leaves the service open, and the file does not name it.
    line = skm.fail("import", PALARAN_2024, "--titik", LOKET)
    assert "kolom Layanan: belum diisi; pilih Pengantar KTP, Surat tidak mampu" in line
    assert count_responden(database) == 0


@ON_SQLITE
@pytest.mark.usefixtures("kantor")
def test_the_order_of_the_questionnaire_can_be_named(
    skm: Skm, database: Database, tmp_path: Path
) -> None:
    path = write(tmp_path, f"{U},Layanan,Saran", "3,3,3,3,3,3,3,1,4,Surat tidak mampu,Panas.")
    out = skm.ok("import", path, "--titik", LOKET, "--order", "kuesioner")
    assert "Urutan U8 dan U9: kuesioner" in out
    (row,) = list_responden(database)
    nilai = read_nilai(database, row.id)
    assert (nilai["sarpras"], nilai["pengaduan"]) == (1, 4)
    assert [one.teks for one in list_saran(database)] == ["Panas."]


U16 = "U1_1,U1_2,U2_1,U2_2,U2_3,U3,U4_1,U4_2,U4_3,U5,U6,U7_1,U7_2,U7_3,U8,U9"


@ON_SQLITE
def test_a_file_is_read_under_the_questionnaire_of_its_own_days(
    skm: Skm, database: Database, kantor: Kantor, tmp_path: Path
) -> None:
    # Last year's questionnaire was another one than today's.
    add_periode(database, kantor.palaran, 2024, instrumen_id=SKM_16.id)
    answers = ",".join("3" * 16)
    dated = write(tmp_path, f"{U16},Tanggal", f"{answers},05/03/2024")
    skm.ok("import", dated, "--titik", LOKET_KTP)
    undated = write(tmp_path, U16, answers)
    skm.ok("import", undated, "--titik", LOKET_KTP, "--tanggal", "2024-03-06")
    assert "kolom U1: kolom ini tidak ada" in skm.fail("import", undated, "--titik", LOKET_KTP)
    rows = list_responden(database)
    assert [row.instrumen_id for row in rows] == [SKM_16.id] * 2
    assert {row.tanggal.isoformat() for row in rows} == {"2024-03-05", "2024-03-06"}


@ON_SQLITE
def test_rows_of_days_that_asked_another_questionnaire_are_named(
    skm: Skm, database: Database, kantor: Kantor, tmp_path: Path
) -> None:
    add_periode(database, kantor.palaran, 2024, instrumen_id=SKM_16.id)
    good = "3,3,3,4,3,3,3,4,3"
    path = write(tmp_path, f"{U},Tanggal", f"{good},05/03/2023", f"{good},05/03/2024", f"{good},")
    line = skm.fail("import", path, "--titik", LOKET_KTP)
    assert line == (
        "baris 3, kolom Tanggal: 05/03/2024 termasuk periode 2024 dengan kuesioner skm-16/1, "
        "sedangkan berkas ini dibaca dengan kuesioner skm-9/1; "
        "impor baris itu dengan berkas tersendiri"
    )
    # Nor may a row without a day fall on one that asks something else.
    path = write(tmp_path, f"{U16},Tanggal", *(f"{','.join('3' * 16)},{d}" for d in DAYS))
    line = skm.fail("import", path, "--titik", LOKET_KTP)
    assert "baris 3, kolom Tanggal" in line
    assert "tidak termasuk periode mana pun, jadi memakai kuesioner skm-9/1" in line
    assert count_responden(database) == 0


DAYS = ("05/03/2024", "")


@ON_SQLITE
@pytest.mark.usefixtures("kantor")
def test_rows_are_not_stored_without_their_note_in_the_log(skm: Skm, database: Database) -> None:
    refuse = "CREATE TRIGGER penuh BEFORE INSERT ON catatan BEGIN SELECT RAISE(ABORT, 'x'); END"
    run_sql(database, refuse)
    assert skm.run("import", PALARAN_2024, "--titik", LOKET_KTP).returncode != 0
    assert count_responden(database) == 0
    run_sql(database, "DROP TRIGGER penuh")
    skm.ok("import", PALARAN_2024, "--titik", LOKET_KTP)
    assert (count_responden(database), count_rows(database)["catatan"]) == (36, 1)


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def read_xlsx(path: Path) -> list[dict[str, str]]:
    sheet = load_workbook(path).worksheets[0]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}
    header, *rows = [
        ["" if value is None else str(value) for value in row]
        for row in sheet.iter_rows(values_only=True)
    ]
    return [dict(zip(header, row, strict=True)) for row in rows]


@pytest.fixture
def rich(database: Database, kantor: Kantor, intake: Intake) -> Database:
    """The responses of 2024, six alike people of a common profile, one comment, another year."""
    import_palaran(database, intake)
    common = Profil(jenis_kelamin="L", usia="35-44", pendidikan="SMA", pekerjaan="Swasta")
    some = list_responden(database)[0].tanggal
    intake.record_all(
        [make_isian(kantor, {"biaya": None}, profil=common, tanggal=some) for _ in range(6)]
    )
    intake.record(make_isian(kantor, saran="Rahasia sekali.", tanggal=some))
    intake.record(make_isian(kantor, tanggal=some.replace(year=2023)))
    run_sql(database, "UPDATE layanan SET nama = :nama WHERE kode = 'ktp-kk'", nama="=1+1|cmd")
    return database


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_an_export_holds_every_answer_of_the_year_and_nothing_to_find_a_person_by(
    skm: Skm, rich: Database, tmp_path: Path, kind: str
) -> None:
    path = tmp_path / f"ekspor.{kind}"
    out = skm.ok("export", "--tahun", "2024", "--format", kind, "-o", path)
    assert out == f"43 baris ditulis ke {path}.\n"
    rows = read_csv(path) if kind == "csv" else read_xlsx(path)
    assert len(rows) == 43
    sums = [sum(int(row[f"U{number}"] or 0) for row in rows) for number in range(1, 10)]
    extra = [21] * 9
    extra[3] = 3
    assert sums == [first + second for first, second in zip(SUMS, extra, strict=True)]
    assert sum(row["U4"] == "" for row in rows) == 6

    assert list(rows[0])[:4] == ["Bulan", "Unit", "Layanan", "Kanal"]
    assert all(re.fullmatch(r"(2024-\d\d)?", row["Bulan"]) for row in rows)
    groups = Counter(tuple(list(row.values())[:8]) for row in rows)
    assert all(count >= MIN_KELOMPOK for group, count in groups.items() if any(group))
    profiles = Counter(group[4:] for group in groups.elements())
    assert profiles[("L", "35-44", "SMA", "Swasta")] >= 6
    everything = repr(rows)
    assert "Rahasia" not in everything
    assert not re.search(r"[0-9a-f]{32}|[0-9a-f]{8}-[0-9a-f]{4}", everything)
    # A service's name that begins like a formula is text: by its mark, or by its type.
    expected = "'=1+1|cmd" if kind == "csv" else "=1+1|cmd"
    assert {row["Layanan"] for row in rows} == {expected, ""}


@ON_SQLITE
def test_an_export_does_not_keep_the_order_of_arrival(
    skm: Skm, rich: Database, tmp_path: Path
) -> None:
    found = []
    for name in ("a.csv", "b.csv"):
        skm.ok("export", "--tahun", "2024", "--format", "csv", "-o", tmp_path / name)
        found.append([tuple(row.values()) for row in read_csv(tmp_path / name)])
    assert found[0] != found[1]
    assert Counter(found[0]) == Counter(found[1])


@ON_SQLITE
def test_an_export_that_cannot_be_made_is_refused_in_one_line(
    skm: Skm, rich: Database, tmp_path: Path
) -> None:
    target = tmp_path / "ekspor.csv"
    line = skm.fail("export", "--tahun", "2019", "--format", "csv", "-o", target)
    assert line == "Belum ada jawaban pada tahun 2019."
    assert not target.exists()
    nowhere = tmp_path / "tidak" / "ada.csv"
    assert str(nowhere) in skm.fail("export", "--tahun", "2024", "--format", "csv", "-o", nowhere)


WORDS = st.sampled_from(["a", "b", "c", None])


@given(profiles=st.lists(st.tuples(WORDS, WORDS, WORDS, WORDS), max_size=60))
def test_no_combination_that_is_left_is_rarer_than_the_limit(
    profiles: list[tuple[str | None, ...]],
) -> None:
    found = blank_small_groups(profiles)
    assert len(found) == len(profiles)
    for before, after in zip(profiles, found, strict=True):
        assert all(new in (old, None) for old, new in zip(before, after, strict=True))
    counts = Counter(found)
    assert all(count >= MIN_KELOMPOK for profile, count in counts.items() if any(profile))
