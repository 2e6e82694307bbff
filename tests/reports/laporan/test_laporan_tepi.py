"""Little data, odd data, and everything an office may add: the report stays proper."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from skm_app.database import Database
from skm_app.intake import Intake
from skm_app.models import (
    BuktiRtl,
    FotoLaporan,
    KopSurat,
    Layanan,
    TandaSaran,
    TinjauanSaran,
    Unit,
)
from skm_app.reports.dokumen import Gambar, HalamanBaru, TandaTangan
from skm_app.reports.laporan import read_kop
from tests.offices import (
    ON_SQLITE,
    SKM_16,
    Kantor,
    add_periode,
    close,
    exclude,
    list_saran,
    make_isian,
    make_isian_rawa,
    make_nilai,
    today_wita,
)
from tests.reports.laporan.baca import (
    find_tabel,
    has_tabel,
    kolom,
    list_pages,
    read_text,
    section,
)
from tests.reports.laporan.buat import TAHUN, add, add_rtl, make, many, record

pytestmark = ON_SQLITE


def test_a_period_without_a_response_says_so(database: Database, kantor: Kantor) -> None:
    dokumen = make(database, add_periode(database, kantor.palaran, TAHUN))
    assert f"Belum ada responden pada tahun {TAHUN}" in section(dokumen, "3.1")
    assert read_text(dokumen).count("Belum ada responden") == 1
    for nomor in ("KATA PENGANTAR", "3.2", "4.1", "BAB VI", "Lampiran 2"):
        assert "Hasil survei belum dapat disajikan. Lihat 3.1." in section(dokumen, nomor)
    assert "berterima kasih" not in section(dokumen, "KATA PENGANTAR")
    assert not has_tabel(dokumen, "Nilai setiap")
    assert not [one for one in dokumen.blok if isinstance(one, Gambar)]
    assert dokumen.isian["ikm"] == "–"


@pytest.mark.parametrize("closed", [False, True])
def test_one_response_gives_nobody_away(
    database: Database, kantor: Kantor, intake: Intake, closed: bool
) -> None:
    periode_id = add_periode(database, kantor.palaran, TAHUN, populasi=100)
    record(intake, make_isian(kantor, {"waktu": 1}))
    if closed:
        close(database, periode_id)
    dokumen = make(database, periode_id)
    text = read_text(dokumen)
    assert text.count("berjumlah 1 orang. Hasil survei disajikan mulai 5 responden") == 1
    assert "Jawaban diperoleh dari pelayanan" not in text
    for awal in (
        "Nilai setiap",
        "Pengolahan",
        "Responden",
        "Sebaran",
        "IKM",
        "Jumlah nilai",
        "Tren",
    ):
        assert not has_tabel(dokumen, awal)
    assert not [one for one in dokumen.blok if isinstance(one, Gambar)]
    assert "Waktu Penyelesaian" not in read_text(dokumen)
    assert (dokumen.isian["ikm"], dokumen.isian["mutu"]) == ("–", "–")


def test_a_part_of_the_office_does_not_even_tell_how_few(
    database: Database, kantor: Kantor, intake: Intake
) -> None:
    periode_id = add_periode(database, kantor.rawa_makmur, TAHUN)
    record(intake, *(make_isian_rawa(kantor) for _ in range(3)))
    dokumen = make(database, periode_id)
    assert "berjumlah kurang dari 5 orang" in section(dokumen, "3.1")
    assert dokumen.isian["jumlah_responden"] == "kurang dari 5"


def test_an_unsur_that_nobody_answered_is_a_dash(
    database: Database, kantor: Kantor, intake: Intake
) -> None:
    periode_id = add_periode(database, kantor.palaran, TAHUN)
    record(intake, *(make_isian(kantor, {"sarpras": None}) for _ in range(6)))
    dokumen = make(database, periode_id)
    tabel = find_tabel(dokumen, "Nilai setiap unsur")
    assert tuple(tabel.baris[8][2:]) == ("–",) * 5
    assert tuple(tabel.baris[10][4:]) == ("–",) * 3
    assert "belum ada jawaban untuk unsur Sarana dan Prasarana" in section(dokumen, "3.2")
    worksheet = find_tabel(dokumen, "Pengolahan data SKM per responden")
    assert set(kolom(worksheet, "U9")[:6]) == {"–"}


def test_when_all_answers_are_alike_none_is_called_weak(
    database: Database, kantor: Kantor, intake: Intake
) -> None:
    periode_id = add_periode(database, kantor.palaran, TAHUN)
    record(intake, *many(kantor, 5))
    text = section(make(database, periode_id), "4.1")
    assert text.count("bernilai sama, yaitu 3,000") == 2
    assert "nilai terendah" not in text


def test_long_names_and_one_day_periods_are_fine(
    database: Database, kantor: Kantor, intake: Intake
) -> None:
    nama = ("Surat keterangan yang namanya panjang sekali " * 5)[:200]
    today = today_wita()
    periode_id = add_periode(
        database, kantor.palaran, TAHUN, jenis="lain", nama="Hari & layanan <1>",
        mulai=today, sampai=today,
    )  # fmt: skip
    with database.writing() as session:
        session.get_one(Layanan, kantor.ktp).nama = nama
    record(intake, *many(kantor, 5))
    dokumen = make(database, periode_id)
    assert dokumen.judul[-1] == "PERIODE HARI & LAYANAN <1>"
    assert kolom(find_tabel(dokumen, "Responden menurut"), "Indikator")[-1] == nama.strip()
    hari = kolom(find_tabel(dokumen, "Waktu pelaksanaan"), "Jumlah Hari Kerja")[1]
    assert hari == ("1" if today.isoweekday() < 6 else "0")


def test_a_single_service_needs_no_table_of_its_own(
    database: Database, kantor: Kantor, intake: Intake
) -> None:
    periode_id = add_periode(database, kantor.palaran, TAHUN)
    record(intake, *many(kantor, 5))
    dokumen = make(database, periode_id)
    assert not has_tabel(dokumen, "IKM setiap jenis layanan")
    assert "Seluruh responden menilai layanan Pengantar KTP" in section(dokumen, "3.2")


def test_services_that_are_too_small_are_not_told_apart(
    database: Database, kantor: Kantor, intake: Intake
) -> None:
    periode_id = add_periode(database, kantor.palaran, TAHUN)
    record(intake, *many(kantor, 4), *many(kantor, 4, layanan_id=kantor.sktm))
    dokumen = make(database, periode_id)
    assert "terlalu sedikit untuk disajikan tersendiri" in section(dokumen, "3.2")
    indikator = kolom(find_tabel(dokumen, "Responden menurut"), "Indikator")
    assert indikator[-1] == "Kelompok lain (digabung)"


def test_a_questionnaire_with_sixteen_questions_has_a_column_each(
    database: Database, kantor: Kantor, intake: Intake
) -> None:
    periode_id = add_periode(database, kantor.palaran, TAHUN, instrumen_id=SKM_16.id)
    record(intake, *(make_isian(kantor, make_nilai(SKM_16, 4), instrumen=SKM_16) for _ in range(5)))
    dokumen = make(database, periode_id)
    assert len(find_tabel(dokumen, "Kuesioner").baris) == 16
    assert len(find_tabel(dokumen, "Nilai setiap unsur").baris) == 9 + 2
    worksheet = find_tabel(dokumen, "Pengolahan data SKM per responden")
    assert len(worksheet.kepala) == 1 + 16
    assert worksheet.kepala[1:4] == ("U1.1", "U1.2", "U2.1")
    assert HalamanBaru(mendatar=True) in dokumen.blok
    assert list_pages(dokumen)[:2] == ["Lampiran 2", "Lampiran 3"]
    per_unsur = find_tabel(dokumen, "Jumlah nilai setiap unsur")
    assert [(row[0], row[-1]) for row in per_unsur.baris[9:]] == [
        ("Jumlah NRR tertimbang", "4,000"), ("IKM unit pelayanan", "100,00"),
        ("Mutu pelayanan", "A"),
    ]  # fmt: skip
    assert kolom(per_unsur, "Jumlah Nilai")[0] == str(2 * 5 * 4)


def test_of_many_respondents_only_the_sums_are_printed(
    database: Database, kantor: Kantor, intake: Intake
) -> None:
    periode_id = add_periode(database, kantor.palaran, TAHUN, populasi=300)
    record(intake, *many(kantor, 501))
    dokumen = make(database, periode_id)
    worksheet = find_tabel(dokumen, "Jumlah nilai seluruh responden")
    assert tuple(worksheet.baris[0][:2]) == ("Jumlah nilai", "1.503")
    assert "lembar kerja (XLSX)" in section(dokumen, "Lampiran 2")
    assert "Pengguna layanan tahun" in section(dokumen, "2.5")
    assert "501 orang, memenuhi jumlah yang diperlukan (169 orang)" in section(dokumen, "2.5")


def test_without_the_number_of_users_the_need_stays_open(
    database: Database, kantor: Kantor, intake: Intake
) -> None:
    periode_id = add_periode(database, kantor.palaran, TAHUN)
    record(intake, *many(kantor, 5))
    text = section(make(database, periode_id), "2.5")
    assert "belum dicatat" in text
    assert "Responden yang diperoleh berjumlah 5 orang." in text


def test_the_letterhead_signs_the_report(
    database: Database, kantor: Kantor, intake: Intake
) -> None:
    periode_id = add_periode(database, kantor.palaran, TAHUN)
    add(
        database,
        KopSurat(
            unit_id=kantor.palaran, instansi="PEMERINTAH KOTA", tempat="Samarinda",
            jabatan="Camat Palaran", nama="Ani", pangkat="Pembina", nip="1970", lambang=b"x",
            lambang_jenis="image/png",
        ),
    )  # fmt: skip
    dokumen = make(database, periode_id)
    assert (dokumen.kop.instansi, dokumen.kop.lambang) == ("PEMERINTAH KOTA", b"x")
    assert dokumen.tempat_tahun == f"Samarinda {TAHUN}"
    assert next(one for one in dokumen.blok if isinstance(one, TandaTangan)) == TandaTangan(
        tempat_tanggal="Samarinda, ………………………………", jabatan="Camat Palaran", nama="Ani",
        pangkat="Pembina", nip="1970",
    )  # fmt: skip


def test_without_a_letterhead_the_city_above_heads_the_report(
    database: Database, kantor: Kantor
) -> None:
    with database.reading() as session:
        kop = read_kop(session, session.get_one(Unit, kantor.rawa_makmur))
        assert (kop.instansi, kop.unit) == ("PEMERINTAH KOTA SAMARINDA", "KELURAHAN RAWA MAKMUR")
        assert read_kop(session, session.get_one(Unit, kantor.kota)).lambang is None


def test_without_a_signatory_lines_are_left_to_write_on(database: Database, kantor: Kantor) -> None:
    dokumen = make(database, add_periode(database, kantor.palaran, TAHUN))
    signature = next(one for one in dokumen.blok if isinstance(one, TandaTangan))
    assert signature.jabatan == signature.nama == signature.nip == "………………………………"


def test_plans_stand_with_the_weakest_unsur_first(
    database: Database, kantor: Kantor, intake: Intake
) -> None:
    periode_id = add_periode(database, kantor.palaran, TAHUN)
    record(intake, *(make_isian(kantor, {"waktu": 1, "biaya": 2}) for _ in range(5)))
    add_rtl(database, periode_id, unsur="biaya", program="Papan tarif", triwulan=4)
    add_rtl(database, periode_id, masalah="Antre lama", penanggung_jawab="Sekcam")
    dokumen = make(database, periode_id)
    tabel = find_tabel(dokumen, "Rencana tindak lanjut")
    assert [tuple(row) for row in tabel.baris] == [
        ("1", "Waktu Penyelesaian (U3)", "Tambah loket", "", "2025", "", "", "Sekcam"),
        ("2", "Biaya/Tarif (U4)", "Papan tarif", "", "", "", "2025", "Kasi Pelayanan"),
    ]
    assert "Waktu Penyelesaian (U3): Antre lama." in section(dokumen, "4.1")
    assert "untuk unsur Waktu Penyelesaian (U3) dan Biaya/Tarif (U4)" in section(dokumen, "BAB VI")


def test_what_came_of_the_plans_before_is_a_chapter(database: Database, kantor: Kantor) -> None:
    lama = add_periode(database, kantor.palaran, TAHUN - 1)
    done = add_rtl(
        database, lama, status="selesai", uraian_hasil="Loket kedua dibuka", unsur="biaya"
    )
    add_rtl(database, lama, program="Pelatihan", unsur="perilaku")
    add(
        database,
        BuktiRtl(
            rtl_id=done, nama="foto.jpg", jenis="image/jpeg", ukuran=1, sidik="0" * 64, isi=b"x",
            diunggah=datetime.now(UTC),
        ),
    )  # fmt: skip
    dokumen = make(database, add_periode(database, kantor.palaran, TAHUN))
    tabel = find_tabel(dokumen, f"Hasil tindak lanjut SKM tahun {TAHUN - 1}")
    assert sorted(tuple(row[1:]) for row in tabel.baris) == [
        ("U4 Biaya/Tarif: Tambah loket", "Sudah", "Loket kedua dibuka.", "1 berkas"),
        ("U7 Perilaku Pelaksana: Pelatihan", "Belum", "Belum dimulai.", "Belum ada"),
    ]
    assert "Sebanyak 1 di antaranya (50,0%)" in section(dokumen, "BAB V")
    assert "Tambah loket. Berkas: foto.jpg." in section(dokumen, "Lampiran 5")


def test_unsur_are_compared_with_the_closed_period_before(
    database: Database, kantor: Kantor, intake: Intake
) -> None:
    lama = add_periode(database, kantor.palaran, TAHUN - 1)
    record(intake, *many(kantor, 5, tanggal=date(TAHUN - 1, 5, 5)))
    close(database, lama)
    periode_id = add_periode(database, kantor.palaran, TAHUN)
    record(intake, *(make_isian(kantor, {"waktu": 2, "biaya": 4, "produk": 4}) for _ in range(5)))
    dokumen = make(database, periode_id)
    text = section(dokumen, "4.1")
    assert "pada Biaya/Tarif (U4) dan Produk Spesifikasi Jenis Pelayanan (U5), yaitu 1,000" in text
    assert "Penurunan NRR terbesar pada Waktu Penyelesaian (U3), yaitu 1,000" in text
    assert f"dengan SKM tahun {TAHUN - 1} (75,00), IKM naik 2,78 poin" in section(dokumen, "4.3")
    assert kolom(find_tabel(dokumen, "Tren"), "Tahun") == [str(TAHUN - 1)]


def test_only_released_comments_are_quoted(
    database: Database, kantor: Kantor, intake: Intake
) -> None:
    periode_id = add_periode(database, kantor.palaran, TAHUN)
    texts = ["Cepat \U0001f600 sekali", "Rahasia", "Ruang tunggu", *(f"Lain {n}" for n in range(9))]
    record(intake, *(make_isian(kantor, {"sarpras": 1}, saran=text) for text in texts))
    for saran in list_saran(database):
        add(
            database,
            TinjauanSaran(
                saran_id=saran.id, teks_aman=saran.teks, boleh_tayang=saran.teks != "Rahasia",
                ditinjau=datetime.now(UTC),
            ),
        )  # fmt: skip
        if saran.teks == "Ruang tunggu":
            add(database, TandaSaran(saran_id=saran.id, unsur="sarpras"))
    quoted = [one for one in section(make(database, periode_id), "4.1").split("\n") if "“" in one]
    assert len(quoted) == 5
    assert quoted[0] == "“Ruang tunggu”"
    assert "“Rahasia”" not in quoted


def test_comments_of_other_months_are_not_quoted(
    database: Database, kantor: Kantor, intake: Intake
) -> None:
    today = today_wita()
    periode_id = add_periode(
        database, kantor.palaran, TAHUN, jenis="lain", mulai=today, sampai=today
    )
    record(intake, *(make_isian(kantor, saran="Baik") for _ in range(5)))
    add(
        database,
        *(
            TinjauanSaran(
                saran_id=one.id, teks_aman="Baik", boleh_tayang=True, ditinjau=datetime.now(UTC)
            )
            for one in list_saran(database)
        ),
    )
    assert "Belum ada saran" in section(make(database, periode_id), "4.1")


def test_what_was_left_out_is_told_with_its_reason(
    database: Database, kantor: Kantor, intake: Intake
) -> None:
    periode_id = add_periode(database, kantor.palaran, TAHUN)
    rows = many(kantor, 8)
    record(intake, *rows, make_isian(kantor, make_nilai(SKM_16), instrumen=SKM_16))
    exclude(database, kantor.palaran, [rows[0].id, rows[1].id])
    text = section(make(database, periode_id), "2.2")
    assert "Sebanyak 2 kuesioner tidak diikutkan" in text
    assert "2 kuesioner dengan alasan: Data uji coba. Diusulkan oleh " in text
    assert "skm-16/1 (kurang dari 5)" in text


def test_a_few_people_who_were_helped_are_not_counted_out(
    database: Database, kantor: Kantor, intake: Intake
) -> None:
    periode_id = add_periode(database, kantor.palaran, TAHUN)
    record(intake, *many(kantor, 3, dibantu=True), *many(kantor, 9, dibantu=False))
    text = section(make(database, periode_id), "2.2")
    assert text.endswith("Sebagian kuesioner diisi dengan bantuan petugas.")


def test_photos_are_in_the_annex(database: Database, kantor: Kantor) -> None:
    periode_id = add_periode(database, kantor.palaran, TAHUN)
    for nama in ("Loket", "Rapat"):
        add(
            database,
            FotoLaporan(
                periode_id=periode_id, keterangan=nama, jenis="image/png", sidik="0" * 64,
                isi=nama.encode(), diunggah=datetime.now(UTC),
            ),
        )  # fmt: skip
    found = [one for one in make(database, periode_id).blok if isinstance(one, Gambar)]
    assert [(one.judul, one.foto) for one in found] == [("Loket", b"Loket"), ("Rapat", b"Rapat")]
