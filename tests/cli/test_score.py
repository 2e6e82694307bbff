"""``skm score``, run as a person would run it."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from openpyxl import Workbook

from skm_app.cli.score import score

PALARAN = Path(__file__).resolve().parents[1] / "data" / "skm_palaran_2024.csv"
U = "U1,U2,U3,U4,U5,U6,U7,U8,U9"


def run(*args: str | Path) -> Result:
    return CliRunner().invoke(score, [str(arg) for arg in args])


def write(folder: Path, text: str) -> Path:
    path = folder / "survei.csv"
    path.write_text(text, encoding="utf-8")
    return path


def line_of(result: Result, start: str) -> str:
    (line,) = [line for line in result.stdout.splitlines() if line.startswith(start)]
    return " ".join(line.split())


@pytest.mark.parametrize(
    ("convention", "ikm", "tertimbang"),
    [
        ("eksak", "87,27", "3,491"),
        ("portal-kota", "87,23", "3,489"),
        ("0.111", "87,18", "3,487"),
        ("0.11", "86,40", "3,456"),
    ],
)
def test_the_sheet_shows_the_index_of_the_convention(
    convention: str, ikm: str, tertimbang: str
) -> None:
    result = run(PALARAN, "--convention", convention)
    assert result.exit_code == 0
    assert line_of(result, "IKM  ") == f"IKM : {ikm}, mutu B (Baik)"
    assert line_of(result, "Jumlah NRR tertimbang").endswith(tertimbang)
    assert line_of(result, "Konvensi").startswith(f"Konvensi : {convention}.")
    assert ("IKM eksak" in result.stdout) == (convention != "eksak")


def test_the_sheet_shows_the_rows_and_sums_of_the_printed_annex() -> None:
    result = run(PALARAN, "--convention", "portal-kota")
    assert result.stdout.startswith("PENGOLAHAN DATA SURVEI KEPUASAN MASYARAKAT PER RESPONDEN")
    assert line_of(result, "Jumlah responden") == "Jumlah responden : 36 orang"
    assert line_of(result, "36 ") == "36 12/12/2024 SMA Lainnya L 35-44 4 4 4 4 3 4 4 4 3"
    assert line_of(result, "Jumlah nilai") == "Jumlah nilai 119 120 122 144 120 122 119 144 121"
    assert line_of(result, "NRR  ") == ("NRR 3,306 3,333 3,389 4,000 3,333 3,389 3,306 4,000 3,361")
    assert line_of(result, "NRR tertimbang") == (
        "NRR tertimbang 0,367 0,370 0,377 0,444 0,370 0,377 0,367 0,444 0,373"
    )


def test_the_columns_of_the_sheet_stand_under_each_other() -> None:
    lines = run(PALARAN).stdout.splitlines()
    header = next(line for line in lines if line.startswith("No."))
    rows = [line for line in lines if line.startswith(("1 ", "36 ", "Jumlah nilai", "NRR "))]
    assert {len(line) for line in rows} == {len(header)}


def test_json_is_printed_alone() -> None:
    result = run(PALARAN, "--convention", "portal-kota", "--json")
    data = json.loads(result.output)
    assert (data["n"], data["ikm"], data["ikm_eksak"]) == (36, "87.23", "87.27")
    assert [unsur["kode"] for unsur in data["unsur"]] == [f"U{n}" for n in range(1, 10)]


def test_a_spreadsheet_gives_the_same_result_as_the_csv(tmp_path: Path) -> None:
    workbook = Workbook()
    assert workbook.active is not None
    for line in PALARAN.read_text(encoding="utf-8").splitlines():
        cells = line.split(",")
        workbook.active.append([int(c) if c.isdigit() else c for c in cells])
    path = tmp_path / "survei.xlsx"
    workbook.save(path)
    assert run(path, "--json").output == run(PALARAN, "--json").output


def test_a_semicolon_file_with_bom_gives_the_same_result(tmp_path: Path) -> None:
    path = tmp_path / "survei.csv"
    text = PALARAN.read_text(encoding="utf-8").replace(",", ";")
    path.write_text(text, encoding="utf-8-sig")
    assert run(path, "--json").output == run(PALARAN, "--json").output


def test_the_sheet_says_which_order_was_used_and_writes_the_official_one(tmp_path: Path) -> None:
    path = write(tmp_path, f"{U}\n3,3,3,3,3,3,3,1,4\n")
    official, asked = run(path), run(path, "--order", "kuesioner")
    assert "unsur, U8 pengaduan, U9 sarana prasarana" in line_of(official, "Urutan berkas")
    assert "kuesioner, U8 sarana prasarana" in line_of(asked, "Urutan berkas")
    assert line_of(official, "1 ").endswith("3 1 4")
    assert line_of(asked, "1 ").endswith("3 4 1")


def test_unanswered_items_are_dashes_and_the_profile_is_left_out_when_absent(
    tmp_path: Path,
) -> None:
    result = run(write(tmp_path, f"{U}\n3,,3,3,3,3,3,3,3\n3,4,3,3,3,3,3,3,3\n"))
    assert line_of(result, "No.") == f"No. {U.replace(',', ' ')}"
    assert line_of(result, "1 ") == "1 3 – 3 3 3 3 3 3 3"
    assert line_of(result, "Terisi") == "Terisi 2 1 2 2 2 2 2 2 2"


def test_an_index_that_cannot_be_computed_is_said_not_invented(tmp_path: Path) -> None:
    path = write(tmp_path, f"{U}\n3,3,3,,3,3,3,3,3\n")
    assert line_of(run(path), "IKM  ").endswith("belum ada jawaban untuk Biaya/Tarif")
    assert json.loads(run(path, "--json").output)["ikm"] is None


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["--convention", "0,11"], "pilih eksak, portal-kota, 0.111, 0.11"),
        (["--order", "acak"], "pilih unsur atau kuesioner"),
    ],
)
def test_a_wrong_option_is_answered_in_one_line(args: list[str], said: str) -> None:
    result = run(PALARAN, *args)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("Galat: ")
    assert said in result.stderr
    assert result.stderr.count("\n") == 1


def test_a_bad_file_is_answered_in_one_line_that_names_the_cell(tmp_path: Path) -> None:
    result = run(write(tmp_path, f"{U}\n3,baik,5,3,3,3,3,3,3\n"))
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == (
        'Galat: baris 2, kolom U2: "baik" bukan nilai 1-4; baris 2, kolom U3: "5" bukan nilai 1-4\n'
    )


def test_a_missing_file_is_answered_in_one_line(tmp_path: Path) -> None:
    result = run(tmp_path / "tidak-ada.csv")
    assert (result.exit_code, result.stderr) == (
        2,
        "Galat: berkas tidak-ada.csv tidak ditemukan\n",
    )


def test_the_name_of_the_file_does_not_matter(tmp_path: Path) -> None:
    path = tmp_path / "survei tahun 2024 (akhir).txt"
    shutil.copy(PALARAN, path)
    assert run(path, "--json").output == run(PALARAN, "--json").output
