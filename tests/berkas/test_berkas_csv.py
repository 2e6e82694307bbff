"""CSV files that offices really have are read; shifted and mistyped ones are refused."""

from datetime import date
from pathlib import Path

import pytest

from skm_app.berkas import Baris, BerkasError, parse_berkas, read_berkas
from skm_app.profil import Profil
from skm_app.scoring import load_shipped

DATA = Path(__file__).resolve().parents[1] / "data"
SKM_9 = load_shipped()["skm-9"]
SKM_16 = load_shipped()["skm-16"]

U = "U1,U2,U3,U4,U5,U6,U7,U8,U9"
NINE = "3,3,3,4,3,3,2,4,1"
NILAI = {
    "persyaratan": 3,
    "prosedur": 3,
    "waktu": 3,
    "biaya": 4,
    "produk": 3,
    "kompetensi": 3,
    "perilaku": 2,
    "pengaduan": 4,
    "sarpras": 1,
}


def read(text: str, encoding: str = "utf-8") -> tuple[Baris, ...]:
    return parse_berkas(text.encode(encoding), SKM_9).rows


def faults(text: str) -> list[str]:
    with pytest.raises(BerkasError) as caught:
        parse_berkas(text.encode(), SKM_9)
    return [str(fault) for fault in caught.value.faults]


def test_the_palaran_file_has_36_responses_with_dates_and_profiles() -> None:
    rows = read_berkas(DATA / "skm_palaran_2024.csv", SKM_9).rows
    assert len(rows) == 36
    assert rows[0].nomor == 2
    assert rows[0].tanggal == date(2024, 1, 11)
    assert rows[0].profil == Profil(
        jenis_kelamin="L", usia="17-25", pendidikan="SMA", pekerjaan="Pelajar/Mahasiswa"
    )
    assert rows[10].nilai["sarpras"] == 2


def test_a_file_with_only_the_answers_suffices() -> None:
    (row,) = read(f"{U}\n{NINE}\n")
    assert row.nilai == NILAI
    assert (row.tanggal, row.layanan, row.saran, row.profil) == (None, None, None, Profil())


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_delimiter_encoding_and_line_ends_make_no_difference(
    delimiter: str, encoding: str, line_end: str
) -> None:
    text = f"{U},Saran\n{NINE},“Baik – José”\n".replace(",", delimiter).replace("\n", line_end)
    (row,) = read(text, encoding)
    assert row.nilai == NILAI
    assert row.saran == "“Baik – José”"


def test_utf_16_with_the_other_byte_order_is_read_too() -> None:
    data = b"\xfe\xff" + f"{U}\n{NINE}\n".encode("utf-16-be")
    assert parse_berkas(data, SKM_9).rows[0].nilai == NILAI


def test_columns_may_stand_in_any_order_and_others_are_ignored() -> None:
    header = "Catatan,u9, U 8 ,Nama,U7,U6,U5,U4,U03,U2,U1,Usia Anak"
    (row,) = read(f"{header}\nbaik,1,4,Ani,2,3,3,4,3,3,3,x\n")
    assert row.nilai == NILAI


def test_header_words_after_the_number_are_allowed() -> None:
    header = U.replace("U1", "U1. Persyaratan").replace("U3", "u3 - Waktu Penyelesaian")
    assert read(f"{header}\n{NINE}\n")[0].nilai == NILAI


def test_a_title_above_the_header_is_skipped_and_lines_keep_their_numbers() -> None:
    (row,) = read(f"sep=,\nSURVEI KEPUASAN, tahun 2024\n\n{U}\n,,,,,,,,\n\n{NINE}\n")
    assert row.nomor == 7


def test_a_line_break_inside_quotes_does_not_shift_the_line_numbers() -> None:
    text = f'Saran,{U}\n"satu\ndua",{NINE}\n"",{NINE.replace("2", "7")}\n'
    assert faults(text) == ['baris 4, kolom U7: "7" bukan nilai 1-4']


@pytest.mark.parametrize("one", ["1", " 1 ", "1.0", "1,0", "1.00"])
def test_a_whole_number_may_carry_zero_decimals(one: str) -> None:
    assert read(f'{U}\n"{one}",{NINE[2:]}\n')[0].nilai["persyaratan"] == 1


def test_an_empty_cell_is_an_unanswered_item() -> None:
    (row,) = read(f"{U}\n3,,3,4,3,3,2,4\n")
    assert row.nilai["prosedur"] is None
    assert row.nilai["sarpras"] is None


@pytest.mark.parametrize("text", ["3/1/2024", "03/01/2024", "2024-01-03", "2024-01-03 08:15:00"])
def test_a_date_is_read_day_first_or_iso(text: str) -> None:
    assert read(f"Tanggal,{U}\n{text},{NINE}\n")[0].tanggal == date(2024, 1, 3)


@pytest.mark.parametrize("text", ["31/02/2024", "2024-13-01", "3 Januari", "01/02/24", "45302"])
def test_what_is_no_date_is_refused(text: str) -> None:
    (fault,) = faults(f"Tanggal,{U}\n{text},{NINE}\n")
    assert fault == f'baris 2, kolom Tanggal: "{text}" bukan tanggal; tulis seperti 31/12/2024'


def test_layanan_and_saran_are_kept_with_their_line_breaks() -> None:
    (row,) = read(f'Jenis Layanan,Saran/Masukan,{U}\nKTP,"Baik,\nterima kasih",{NINE}\n')
    assert (row.layanan, row.saran) == ("KTP", "Baik,\nterima kasih")


def test_every_fault_is_named_with_its_line_and_column() -> None:
    text = f"Usia,{U}\n24,{NINE}\n200,5,x,3,4,3,3,2,4,1\n24,,,,,,,,,\n24,0,3,3,4,3,3,2,4,2.5\n"
    assert faults(text)[1:] == [
        'baris 3, kolom U2: "x" bukan nilai 1-4',
        'baris 3, kolom Usia: "200" bukan usia yang dikenal; pilih <17, 17-25, 26-34, 35-44, '
        "45-54, 55-65, >65, atau umur 1-120",
        "baris 4: tidak ada satu pun jawaban",
        'baris 5, kolom U1: "0" bukan nilai 1-4',
        'baris 5, kolom U9: "2.5" bukan nilai 1-4',
    ]


def test_a_five_in_u3_is_refused_by_line_and_column() -> None:
    text = f"{U}\n" + f"{NINE}\n" * 5 + "3,3,5,4,3,3,2,4,1\n"
    assert faults(text) == ['baris 7, kolom U3: "5" bukan nilai 1-4']


def test_the_summary_is_one_line_with_the_first_faults_and_the_count_of_the_rest() -> None:
    text = f"{U}\n" + "9,3,3,4,3,3,2,4,1\n" * 12
    with pytest.raises(BerkasError) as caught:
        read(text)
    assert len(caught.value.faults) == 12
    assert str(caught.value) == (
        'baris 2, kolom U1: "9" bukan nilai 1-4; baris 3, kolom U1: "9" bukan nilai 1-4; '
        'baris 4, kolom U1: "9" bukan nilai 1-4; dan 9 kesalahan lain'
    )


def test_an_unquoted_comma_that_shifts_the_answers_is_refused() -> None:
    (fault,) = faults(f"Saran,{U}\nbaik,{NINE}\nbaik,3,{NINE}\n")
    assert fault.startswith("baris 3: isian lebih banyak daripada judul kolom")


def test_the_sixteen_items_are_read_from_numbered_columns() -> None:
    fields = [field.upper() for field in SKM_16.fields.values()]
    rows = parse_berkas(f"{','.join(fields)}\n{','.join('1234' * 4)}\n".encode(), SKM_16).rows
    assert list(rows[0].nilai.values()) == [1, 2, 3, 4] * 4
    assert rows[0].nilai["biaya-2"] == 4


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "berkas kosong"),
        ("\n \n\n", "berkas kosong"),
        (f"{U}\n", "berkas hanya berisi judul kolom"),
        (f"{U}\n,,,,,,,,\n", "berkas hanya berisi judul kolom"),
        ("Nama,Usia\nAni,24\n", "tidak ada kolom U1 sampai U9"),
        ("U1,U2,U4,U5,U6,U7,U8,U9\n1,1,1,1,1,1,1,1\n", "baris 1, kolom U3: kolom ini tidak ada"),
        (f"{U},U3\n{NINE},3\n", "baris 1, kolom U3: kolom ini ada lebih dari sekali"),
        (f"{U},u 3 Waktu\n{NINE},3\n", "baris 1, kolom U3: kolom ini ada lebih dari sekali"),
        (f"Usia,Umur,{U}\n1,1,{NINE}\n", "kolom usia: kolom ini ada lebih dari sekali"),
        (f"{U},U10\n{NINE},3\n", "baris 1, kolom U10: tidak dikenal instrumen skm-9/1"),
        (f"{U.replace('U3', 'U3 Biaya')}\n{NINE}\n", "padahal U3 adalah Waktu Penyelesaian"),
        (f'Saran,{U}\n"baik,{NINE}\n', "baris 2: susunan CSV rusak"),
        (f"Saran,{U}\n{'x' * 200_000},{NINE}\n", "baris 2: susunan CSV rusak"),
        (f"Saran,{U}\nba\x07ik,{NINE}\n", 'kolom Saran: "ba�ik" memuat karakter kendali'),
        (f"Layanan,{U}\n\x1b[2J,{NINE}\n", "kolom Layanan"),
        (f"{U}\n\x07,{NINE[2:]}\n", 'kolom U1: "�" bukan nilai 1-4'),
    ],
)
def test_a_table_that_is_no_survey_is_refused_with_the_reason(text: str, expected: str) -> None:
    (fault,) = faults(text)
    assert expected in fault


def test_a_refusal_is_always_one_printable_line() -> None:
    text = f'Pekerjaan,Saran,{U}\n"a\nb\x1b","c\x07\nd","1\n2",3,3,4,3,3,2,4,1\n'
    assert all(fault.isprintable() for fault in faults(text))
