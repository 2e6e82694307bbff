"""Every number of the demo's report against the module it comes from, or the printed original."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from decimal import Decimal

from skm_app.angka import format_angka, format_persen
from skm_app.demo.kantor import read_rows
from skm_app.kinerja import compute_capaian
from skm_app.reports.dokumen import Gambar, HalamanBaru, TandaTangan
from skm_app.reports.kata import persen
from skm_app.reports.laporan.isian import ISIAN
from skm_app.scoring import classify_mutu, compute_sample_size, compute_selang
from skm_app.tanggal import format_tanggal
from tests.offices import DATA, today_wita
from tests.reports.laporan.baca import (
    angka,
    find_faults,
    find_grafik,
    find_tabel,
    kolom,
    list_judul,
    list_pages,
    read_text,
    section,
)
from tests.reports.laporan.conftest import Contoh

UNSUR = "Nilai setiap unsur"


def read_printed() -> list[dict[str, str]]:
    path = DATA / "skm_palaran_2024_rekap.csv"
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))


def test_the_report_has_the_chapters_of_the_outline(demo_2024: Contoh) -> None:
    assert list_judul(demo_2024.dokumen, 1) == [
        "KATA PENGANTAR",
        "BAB I PENDAHULUAN",
        "BAB II PENGUMPULAN DATA SKM",
        "BAB III HASIL PENGOLAHAN DATA SKM",
        "BAB IV ANALISIS HASIL SKM",
        "BAB V HASIL TINDAK LANJUT SKM PERIODE SEBELUMNYA",
        "BAB VI KESIMPULAN",
        "LAMPIRAN",
    ]
    numbers = [head.split(" ")[0] for head in list_judul(demo_2024.dokumen, 2)]
    assert numbers[:13] == [
        "1.1", "1.2", "1.3", "2.1", "2.2", "2.3", "2.4", "2.5", "3.1", "3.2", "4.1", "4.2", "4.3",
    ]  # fmt: skip

    assert len(numbers) == 13 + 5


def test_the_table_of_unsur_equals_the_printed_annex(demo_2024: Contoh) -> None:
    tabel = find_tabel(demo_2024.dokumen, UNSUR)
    printed = read_printed()
    assert kolom(tabel, "Kode")[:9] == [row["unsur"] for row in printed]
    assert angka(kolom(tabel, "NRR")[:9]) == [Decimal(row["nrr_tercetak"]) for row in printed]
    assert angka(kolom(tabel, "NRR Tertimbang")[:9]) == [
        Decimal(row["nrr_tertimbang_tercetak"]) for row in printed
    ]


def test_the_table_of_unsur_ends_with_the_index(demo_2024: Contoh) -> None:
    tabel = find_tabel(demo_2024.dokumen, UNSUR)
    assert tabel.baris[9][3] == "3,489"
    assert tuple(tabel.baris[10][4:]) == ("87,23", "B", "Baik")
    assert tuple(tabel.tebal) == (9, 10)
    assert tabel.catatan == demo_2024.bahan.konvensi.uraian


def test_every_figure_of_an_unsur_is_that_of_the_scoring(demo_kini: Contoh) -> None:
    tabel = find_tabel(demo_kini.dokumen, UNSUR)
    for row, unsur in zip(tabel.baris, demo_kini.bahan.hasil.unsur, strict=False):
        assert unsur.mutu is not None
        assert tuple(row) == (
            unsur.kode, unsur.nama, format_angka(unsur.nrr), format_angka(unsur.nrr_tertimbang),
            format_angka(unsur.nilai), unsur.mutu.huruf, unsur.mutu.kinerja,
        )  # fmt: skip


def test_the_worksheet_adds_up_to_the_printed_sums(demo_2024: Contoh) -> None:
    tabel = find_tabel(demo_2024.dokumen, "Pengolahan data SKM per responden")
    assert list(tabel.kepala) == ["No. Resp.", *(f"U{number}" for number in range(1, 10))]
    people, totals = tabel.baris[:36], tabel.baris[36:]
    assert [row[0] for row in people] == [str(number) for number in range(1, 37)]
    assert [row[0] for row in totals] == [
        "Jumlah nilai", "Jawaban terisi", "NRR", "NRR tertimbang", "Jumlah NRR tertimbang",
        "IKM unit pelayanan", "Mutu pelayanan",
    ]  # fmt: skip
    assert [row[-1] for row in totals[4:]] == ["3,489", "87,23", "B"]
    sums = [sum(int(row[place]) for row in people) for place in range(1, 10)]
    assert sums == [int(row["jumlah_nilai"]) for row in read_printed()]
    assert [int(cell) for cell in totals[0][1:]] == sums
    assert totals[2][1:] == tuple(kolom(find_tabel(demo_2024.dokumen, UNSUR), "NRR")[:9])


def test_rows_of_the_worksheet_are_in_no_order_of_arrival(demo_2024: Contoh) -> None:
    rows = find_tabel(demo_2024.dokumen, "Pengolahan data SKM per responden").baris[:36]
    assert [tuple(row[1:]) for row in rows] == sorted(tuple(row[1:]) for row in rows)


def test_respondents_are_those_of_the_groups_and_add_up(demo_kini: Contoh) -> None:
    tabel = find_tabel(demo_kini.dokumen, "Responden menurut")
    counts = [(one.nama, one.jumlah) for rows in demo_kini.kelompok.values() for one in rows]
    counts += [(one.nama, one.hasil.n) for one in demo_kini.layanan]
    assert list(zip(kolom(tabel, "Indikator"), kolom(tabel, "Jumlah"), strict=True)) == [
        (nama, format_angka(jumlah)) for nama, jumlah in counts
    ]
    assert sum(angka(kolom(tabel, "Jumlah"))) == 6 * 180
    for row, (_, jumlah) in zip(tabel.baris, counts, strict=True):
        assert abs(angka([row[4]])[0] - Decimal(jumlah) * 100 / 180) <= Decimal("0.05")


def test_the_characteristics_are_named_once_each(demo_2024: Contoh) -> None:
    tabel = find_tabel(demo_2024.dokumen, "Responden menurut")
    assert [one for one in kolom(tabel, "Karakteristik") if one] == [
        "Jenis kelamin", "Usia", "Pendidikan", "Pekerjaan", "Cara mengisi", "Jenis layanan",
    ]  # fmt: skip
    assert [one for one in kolom(tabel, "No.") if one] == list("123456")


def test_services_are_those_that_may_be_printed(demo_kini: Contoh) -> None:
    tabel = find_tabel(demo_kini.dokumen, "IKM setiap jenis layanan")
    assert len(tabel.baris) == len(demo_kini.layanan) > 5
    for row, one in zip(tabel.baris, demo_kini.layanan, strict=True):
        assert row[1:3] == (one.nama, format_angka(one.hasil.n))
        assert list(row[3:12]) == [format_angka(unsur.nrr) for unsur in one.hasil.unsur]
        assert row[12] == format_angka(one.hasil.ikm)


def test_the_best_and_the_worst_service_are_named(demo_kini: Contoh) -> None:
    large = [one for one in demo_kini.layanan if one.hasil.n >= 30]
    ranked = sorted(large, key=lambda one: one.hasil.ikm or 0)
    text = section(demo_kini.dokumen, "3.2")
    for one in (ranked[0], ranked[-1]):
        assert f"{one.nama} ({format_angka(one.hasil.ikm)} dari {one.hasil.n} responden)" in text


def test_a_service_with_few_responses_is_not_ranked(demo_kini: Contoh) -> None:
    best = max(demo_kini.layanan, key=lambda one: one.hasil.ikm or 0)
    assert best.hasil.n < 30
    text = section(demo_kini.dokumen, "3.2")
    assert best.nama not in text
    assert "kurang dari 30 responden tidak diperingkatkan" in text


def test_bars_show_the_figures_of_the_table(demo_2024: Contoh) -> None:
    grafik, tabel = find_grafik(demo_2024.dokumen, "batang"), find_tabel(demo_2024.dokumen, UNSUR)
    names = zip(kolom(tabel, "Kode")[:9], kolom(tabel, "Unsur")[:9], strict=True)
    assert list(grafik.label) == [f"{kode} {nama}" for kode, nama in names]
    assert list(grafik.tulis[0]) == kolom(tabel, "NRR")[:9]
    assert list(grafik.deret[0].nilai) == angka(grafik.tulis[0])
    assert [classify_mutu(batas * 25).huruf for _, batas in grafik.batas] == ["A", "B", "C"]


def test_shares_of_answers_are_those_of_the_tallies(demo_kini: Contoh) -> None:
    grafik = find_grafik(demo_kini.dokumen, "tumpuk")
    tabel = find_tabel(demo_kini.dokumen, "Sebaran jawaban")
    for place, butir in enumerate(("persyaratan", "prosedur", "waktu")):
        sebaran = demo_kini.bahan.rekap[butir]
        for deret, count in zip(grafik.deret, (sebaran.n1, sebaran.n2), strict=False):
            share = deret.nilai[place]
            assert share is not None
            assert abs(share - Decimal(count) * 100 / sebaran.terisi) <= Decimal("0.05")
    for number, deret in enumerate(grafik.deret, start=1):
        assert list(deret.nilai) == angka(kolom(tabel, f"Nilai {number}"))
    for place in range(9):
        total = sum((deret.nilai[place] or Decimal(0) for deret in grafik.deret), Decimal(0))
        assert abs(total - 100) <= Decimal("0.2")


def test_the_trend_is_what_was_printed_and_closed(demo_2024: Contoh) -> None:
    printed = [
        (row["tahun"], Decimal(row["realisasi"]), Decimal(row["target"]))
        for row in read_rows("indikator_kinerja.csv")
        if row["indikator"] == "ikm" and row["realisasi"]
    ]
    tabel = find_tabel(demo_2024.dokumen, "Tren")
    found = zip(
        kolom(tabel, "Tahun"),
        angka(kolom(tabel, "IKM")),
        angka(kolom(tabel, "Target")),
        strict=True,
    )
    assert list(found) == printed
    assert kolom(tabel, "Mutu") == [classify_mutu(ikm).huruf for _, ikm, _ in printed]
    grafik = find_grafik(demo_2024.dokumen, "garis")
    assert list(grafik.tulis[0]) == kolom(tabel, "IKM")
    assert list(grafik.deret[1].nilai) == [target for _, _, target in printed]


def test_the_running_year_is_not_in_the_trend(demo_kini: Contoh) -> None:
    assert kolom(find_tabel(demo_kini.dokumen, "Tren"), "Tahun")[-1] == "2024"
    assert "belum ditetapkan, sehingga tidak termasuk dalam tren" in read_text(demo_kini.dokumen)


def test_the_change_and_the_target_are_told(demo_2024: Contoh) -> None:
    text = section(demo_2024.dokumen, "4.3")
    assert "Dibandingkan dengan SKM tahun 2023 (93,85), IKM turun 6,62 poin." in text
    capaian = format_persen(compute_capaian(Decimal("87.23"), Decimal("88.31")))
    assert f"Target tidak tercapai, kurang 1,08 poin (capaian {capaian})" in text


def test_periods_with_other_rounding_are_compared_without_it(demo_kini: Contoh) -> None:
    eksak = demo_kini.bahan.hasil.ikm_eksak
    assert eksak is not None
    change = format_angka(Decimal("87.27") - eksak)
    expected = f"berubah dari 87,27 menjadi {format_angka(eksak)} (turun {change} poin)"
    text = section(demo_kini.dokumen, "4.3")
    assert expected in text
    assert "Dibandingkan dengan SKM tahun 2024 (87,23), IKM dihitung dengan cara" in text


def test_a_change_within_both_intervals_is_not_called_real(demo_kini: Contoh) -> None:
    text = section(demo_kini.dokumen, "4.3")
    assert "kedua hasil bertumpang tindih, perubahan ini belum tentu nyata" in text


def test_a_year_that_is_missing_is_named(demo_kini: Contoh) -> None:
    last = demo_kini.bahan.periode.tahun - 1
    years = "2025" if last == 2025 else f"2025 sampai {last}"
    missing = f"SKM tahun {years} tidak tercatat di sini; "
    assert missing + "pembandingnya adalah SKM tahun 2024." in section(demo_kini.dokumen, "4.3")
    follow_up = section(demo_kini.dokumen, "BAB V")
    assert missing + "yang dilaporkan adalah tindak lanjut SKM tahun 2024." in follow_up


def test_the_weakest_unsur_are_named_with_their_ties(demo_2024: Contoh) -> None:
    weak, strong = section(demo_2024.dokumen, "4.1").split("Unsur dengan nilai tertinggi")
    lines = [line for line in weak.split("\n") if "NRR" in line and "mutu" in line]
    assert [line.split(")")[0].split("(")[1] for line in lines] == ["U1", "U7", "U2", "U5"]
    assert lines[0] == (
        "Persyaratan (U1): NRR 3,306 (sama dengan U7), mutu B; 5,6% jawaban bernilai 1 atau 2."
    )
    assert "Biaya/Tarif (U4): NRR 4,000 (sama dengan U8), mutu A" in strong
    assert "Kompetensi Pelaksana (U6): NRR 3,389" in strong
    assert "Sarana" not in strong


def test_too_few_respondents_are_told_with_the_interval(demo_2024: Contoh) -> None:
    bahan, text = demo_2024.bahan, section(demo_2024.dokumen, "2.5")
    assert bahan.populasi is not None
    assert bahan.hasil.ikm is not None
    needed = compute_sample_size(bahan.populasi)
    assert "dihitung dari 65.199 orang (sumber: Jumlah penduduk" in text
    assert "galat 5 persen), responden yang diperlukan 382 orang." in text
    assert "Responden yang diperoleh berjumlah 36 orang dari" in text
    assert f"dari {needed} orang yang diperlukan (9,4%), kurang {needed - 36} orang" in text
    assert "belum mencukupi, sehingga hasilnya perlu dibaca dengan hati-hati" in text
    selang = compute_selang(bahan.instrumen, bahan.rekap, bahan.hasil.ikm, bahan.populasi)
    assert selang is not None
    assert "IKM seluruh pengguna layanan diperkirakan berada antara" in text
    assert f"antara {format_angka(selang.bawah)} dan {format_angka(selang.atas)} dengan" in text
    assert "sedikitnya 95 persen. Rentang ini sengaja dihitung paling lebar." in text
    assert "mencakup mutu B dan mutu A" in text


def test_the_report_does_not_say_how_to_lift_the_index(
    demo_2024: Contoh, demo_kini: Contoh
) -> None:
    for one in (demo_2024, demo_kini):
        assert "kuesioner tambahan" not in read_text(one.dokumen)


def test_free_services_are_explained_once(demo_2024: Contoh) -> None:
    assert read_text(demo_2024.dokumen).count("tidak dipungut biaya, sehingga nilai unsur") == 1


def test_answers_that_name_a_fee_for_free_services_are_followed_up(demo_kini: Contoh) -> None:
    text = read_text(demo_kini.dokumen)
    biaya = demo_kini.bahan.rekap["biaya"]
    share = Decimal(biaya.terisi - biaya.n4) * 100 / biaya.terisi
    assert text.count(f"{format_angka(share, 1)}% jawaban untuk unsur Biaya/Tarif bukan") == 1
    assert "bukan “Gratis”. Kantor perlu menelusuri apakah ada pungutan" in text
    assert "dengan sendirinya" not in text


def test_a_weak_unsur_without_low_answers_says_why(demo_2024: Contoh) -> None:
    line = next(
        one for one in section(demo_2024.dokumen, "4.1").split("\n") if one.startswith("Produk")
    )
    assert line.endswith(
        "tidak ada jawaban bernilai 1 atau 2; nilainya termasuk yang terendah karena 66,7% jawaban "
        "bernilai 3."
    )


def test_a_strong_unsur_that_fell_says_so(demo_kini: Contoh) -> None:
    text = section(demo_kini.dokumen, "4.1")
    assert "jawaban bernilai 4, tetapi NRR turun 0,701 dari tahun 2024." in text


def test_only_units_with_responses_are_said_to_have_taken_part(
    demo_2024: Contoh, demo_kini: Contoh
) -> None:
    text = section(demo_2024.dokumen, "2.1")
    assert "Jawaban diperoleh dari pelayanan Kecamatan Palaran. " in text
    assert text.endswith("Tidak ada jawaban dari kelurahan.")
    assert "Kelurahan Bukuan" not in text
    assert "pelayanan Kecamatan Palaran, Kelurahan Bantuas," in section(demo_kini.dokumen, "2.1")


def test_a_running_period_is_told_as_such(demo_kini: Contoh) -> None:
    today, tahun = format_tanggal(today_wita()), demo_kini.bahan.periode.tahun
    text = section(demo_kini.dokumen, "2.4")
    assert f"sejak 1 Januari {tahun} dan pengumpulan berlangsung sampai 31 Desember" in text
    assert f"Laporan ini memuat jawaban sampai {today}." in text
    perlu = "perlu ditambah sampai periode ini berakhir"
    assert perlu in section(demo_kini.dokumen, "BAB VI")


def test_working_days_of_a_running_period_are_counted_to_today(demo_kini: Contoh) -> None:
    tabel, today = find_tabel(demo_kini.dokumen, "Waktu pelaksanaan"), today_wita()
    days = (date(today.year, 1, 1) + timedelta(days=step) for step in range(366))
    expected = sum(day <= today and day.isoweekday() < 6 for day in days)
    assert kolom(tabel, "Jumlah Hari Kerja")[1] == str(expected)
    assert f"dihitung sampai {format_tanggal(today)}." in tabel.catatan


def test_the_note_on_unrounded_figures_stands_where_it_is_true(
    demo_2024: Contoh, demo_kini: Contoh
) -> None:
    note = "IKM dihitung dari angka yang belum dibulatkan"
    assert note in find_tabel(demo_kini.dokumen, UNSUR).catatan
    assert note not in find_tabel(demo_2024.dokumen, UNSUR).catatan


def test_grades_are_told_on_both_scales(demo_2024: Contoh) -> None:
    tabel = find_tabel(demo_2024.dokumen, "Nilai persepsi")
    assert kolom(tabel, "Nilai Interval (NI)") == [
        "1,00 – 2,5996", "2,60 – 3,064", "3,0644 – 3,532", "3,5324 – 4,00",
    ]  # fmt: skip


def test_annexes_of_one_sentence_need_no_page(demo_2024: Contoh, demo_kini: Contoh) -> None:
    assert list_pages(demo_2024.dokumen) == ["Lampiran 2", "Lampiran 4"]
    assert list_pages(demo_kini.dokumen) == ["Lampiran 2"]


def test_a_narrow_worksheet_is_upright(demo_2024: Contoh) -> None:
    assert not any(isinstance(one, HalamanBaru) and one.mendatar for one in demo_2024.dokumen.blok)


def test_channels_and_help_are_told_with_their_shares(demo_kini: Contoh) -> None:
    text = section(demo_kini.dokumen, "2.2")
    for one in demo_kini.kelompok["kanal"]:
        assert f"{one.nama}: {one.jumlah} orang (" in text
    assert "Sebanyak 32 orang (17,8%) mengisi kuesioner dengan bantuan petugas." in text


def test_a_closed_period_is_final_and_shows_its_poster(demo_2024: Contoh) -> None:
    dokumen = demo_2024.dokumen
    assert dokumen.cap == ""
    posters = [one for one in dokumen.blok if isinstance(one, Gambar) and one.foto]
    assert [one.judul for one in posters] == ["Poster hasil SKM tahun 2024"]
    assert posters[0].foto
    assert posters[0].foto.startswith(b"\x89PNG")


def test_an_open_period_is_marked_and_has_no_poster(demo_kini: Contoh) -> None:
    dokumen = demo_kini.dokumen
    assert dokumen.cap == "SEMENTARA"
    assert not [one for one in dokumen.blok if isinstance(one, Gambar) and one.foto]
    assert "masih sementara dan dapat berubah" in section(dokumen, "BAB VI")
    assert "belum diumumkan" in section(dokumen, "Lampiran 4")


def test_every_value_that_a_template_may_ask_for_is_there(demo_2024: Contoh) -> None:
    assert demo_2024.dokumen.isian.keys() == ISIAN.keys()
    found = demo_2024.dokumen.isian
    assert (found["ikm"], found["mutu"], found["jumlah_responden"]) == ("87,23", "B", "36")


def test_what_is_missing_is_said_or_left_open(demo_2024: Contoh, demo_kini: Contoh) -> None:
    dokumen = demo_2024.dokumen
    assert "belum disusun" in section(demo_kini.dokumen, "4.2")
    assert section(dokumen, "BAB V") == (
        "SKM tahun 2023 dilaksanakan sebelum aplikasi ini dipakai. Rencana tindak lanjutnya tidak "
        "tersimpan di sini dan perlu dilengkapi dari laporan tahun 2023."
    )
    assert section(dokumen, "Lampiran 5") == "Belum ada berkas bukti yang tersimpan."
    assert "Belum ada saran" in section(dokumen, "4.1")
    signature = next(one for one in dokumen.blok if isinstance(one, TandaTangan))
    assert signature.nama == signature.nip == "………………………………"
    assert signature.jabatan == "Camat Palaran"


def test_no_text_shows_a_raw_value(demo_2024: Contoh, demo_kini: Contoh) -> None:
    assert find_faults(demo_2024.dokumen) == []
    assert find_faults(demo_kini.dokumen) == []


def test_a_share_that_rounds_to_nothing_is_not_nothing() -> None:
    assert persen(1, 5000) == "kurang dari 0,1%"
    assert persen(0, 5000) == "0,0%"
