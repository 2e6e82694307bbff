"""XLSX files, written with openpyxl as an office program would."""

import io
import zipfile
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from skm_app.berkas import Berkas, BerkasError, parse_berkas, read_berkas
from skm_app.scoring import load_shipped

SKM_9 = load_shipped()["skm-9"]
HEADER = ["Tanggal", "Usia", "Saran", *(f"U{n}" for n in range(1, 10))]
NINE = [3, 3, 3, 4, 3, 3, 2, 4, 1]


def to_bytes(workbook: Workbook) -> bytes:
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def sheet_of(*rows: Sequence[object]) -> bytes:
    workbook = Workbook()
    assert workbook.active is not None
    for row in rows:
        workbook.active.append(list(row))
    return to_bytes(workbook)


def read(*rows: Sequence[object]) -> Berkas:
    return parse_berkas(sheet_of(*rows), SKM_9)


def refusal(data: bytes) -> str:
    with pytest.raises(BerkasError) as caught:
        parse_berkas(data, SKM_9)
    return str(caught.value)


def rewrite(data: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return stream.getvalue()


def test_numbers_dates_and_text_are_read_from_their_cells() -> None:
    berkas = read(
        HEADER,
        [datetime(2024, 1, 11, 9, 30), 24, "Baik", *NINE],
        [date(2024, 1, 12), 24.0, None, 3.0, "3", "3.0", *NINE[3:]],
        ["13/01/2024", "26-34", " ", None, *NINE[1:]],
    )
    assert [row.tanggal for row in berkas.rows] == [date(2024, 1, day) for day in (11, 12, 13)]
    assert [row.profil.usia for row in berkas.rows] == ["17-25", "17-25", "26-34"]
    assert [row.saran for row in berkas.rows] == ["Baik", None, None]
    assert [row.nilai["persyaratan"] for row in berkas.rows] == [3, 3, None]
    assert list(berkas.rows[1].nilai.values()) == NINE


def test_rows_keep_the_numbers_of_the_sheet_when_blank_rows_lie_between() -> None:
    berkas = read(["SURVEI 2024"], [], HEADER, [], [None, None, None, *NINE])
    assert [row.nomor for row in berkas.rows] == [5]


def test_the_sheet_with_the_answers_is_found_behind_a_cover_sheet() -> None:
    workbook = Workbook()
    assert workbook.active is not None
    workbook.active.append(["Kecamatan", "Palaran"])
    answers = workbook.create_sheet("Jawaban")
    answers.append(HEADER)
    answers.append([None, None, None, *NINE])
    assert len(parse_berkas(to_bytes(workbook), SKM_9).rows) == 1


def test_a_note_beside_the_table_is_ignored() -> None:
    assert len(read(HEADER, [None, None, None, *NINE, "diperiksa"]).rows) == 1


def test_rows_outside_the_size_written_in_the_sheet_are_not_lost() -> None:
    def shrink(name: str, content: bytes) -> bytes:
        if name != "xl/worksheets/sheet1.xml":
            return content
        assert b'<dimension ref="A1:L3"' in content
        return content.replace(b'<dimension ref="A1:L3"', b'<dimension ref="A1:B1"')

    data = rewrite(sheet_of(HEADER, *([[None, None, None, *NINE]] * 2)), shrink)
    assert len(parse_berkas(data, SKM_9).rows) == 2


def test_a_five_in_u3_is_refused_by_row_and_column() -> None:
    bad = [None, None, None, 3, 3, 5, *NINE[3:]]
    assert refusal(sheet_of(HEADER, [None, None, None, *NINE], bad)) == (
        'baris 3, kolom U3: "5" bukan nilai 1-4'
    )


@pytest.mark.parametrize(
    ("cell", "shown"), [(2.5, "2,5"), (True, "True"), (date(2024, 1, 3), "03/01/2024"), ("x", "x")]
)
def test_a_cell_that_is_no_answer_is_refused(cell: object, shown: str) -> None:
    data = sheet_of(HEADER, [None, None, None, 3, cell, *NINE[2:]])
    assert refusal(data) == f'baris 2, kolom U2: "{shown}" bukan nilai 1-4'


def test_a_formula_that_was_never_calculated_is_refused_not_taken_as_unanswered() -> None:
    data = sheet_of(HEADER, [None, None, None, 3, "=1+2", *NINE[2:]])
    assert refusal(data).startswith("baris 2, kolom U2: rumus tanpa hasil tersimpan")


def test_a_formula_outside_the_columns_in_use_is_no_matter() -> None:
    assert len(read([*HEADER, "Rata-rata"], [None, None, None, *NINE, "=SUM(D2:L2)"]).rows) == 1


def test_a_formula_with_its_result_saved_is_read() -> None:
    def calculate(name: str, content: bytes) -> bytes:
        return content.replace(b"<f>1+2</f><v />", b"<f>1+2</f><v>3</v>").replace(
            b"<f>1+2</f><v></v>", b"<f>1+2</f><v>3</v>"
        )

    data = rewrite(sheet_of(HEADER, [None, None, None, 3, "=1+2", *NINE[2:]]), calculate)
    assert parse_berkas(data, SKM_9).rows[0].nilai["prosedur"] == 3


def test_an_empty_workbook_is_refused() -> None:
    assert refusal(sheet_of()) == "berkas kosong"


def test_a_workbook_with_only_the_header_is_refused() -> None:
    assert refusal(sheet_of(HEADER)).startswith("berkas hanya berisi judul kolom")


@pytest.mark.parametrize("keep", [30, 500, 2000, -1, -30])
def test_a_file_cut_off_in_transfer_is_refused(keep: int) -> None:
    whole = sheet_of(HEADER, [None, None, None, *NINE])
    assert "rusak" in refusal(whole[:keep])


def test_a_damaged_sheet_is_refused() -> None:
    def damage(name: str, content: bytes) -> bytes:
        return content[: len(content) // 2] if "sheet1" in name else content

    assert "rusak" in refusal(rewrite(sheet_of(HEADER, [None, None, None, *NINE]), damage))


def test_another_kind_of_zip_is_refused() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    assert "bukan buku kerja Excel" in refusal(stream.getvalue())


def test_a_workbook_that_unpacks_to_fill_the_memory_is_refused() -> None:
    def inflate(name: str, content: bytes) -> bytes:
        return b" " * (201 * 1024 * 1024) if "styles" in name else content

    assert "terlalu besar" in refusal(rewrite(sheet_of(HEADER), inflate))


def test_an_old_or_locked_excel_file_is_refused_with_a_way_out() -> None:
    assert "simpan ulang sebagai .xlsx" in refusal(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500
    )


def test_an_xlsx_named_csv_is_read_by_its_content(tmp_path: Path) -> None:
    path = tmp_path / "survei.csv"
    path.write_bytes(sheet_of(HEADER, [None, None, None, *NINE]))
    assert len(read_berkas(path, SKM_9).rows) == 1
