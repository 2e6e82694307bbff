"""Bab III of a year that still runs, or of which something is missing or not recorded."""

from __future__ import annotations

import re
from datetime import datetime
from decimal import Decimal

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from skm_app.models import Perjanjian, Probebaya, Realisasi, Target, Unit
from skm_app.reports.bab_iii.fakta import WITA, read_fakta
from skm_app.reports.bab_iii.tabel import list_tabel
from skm_app.reports.dokumen import Tabel
from tests.reports.bab_iii.baca import bagian, make
from tests.reports.bab_iii.conftest import Terisi
from tests.reports.bab_iii.hitung import ambil


def test_a_miss_is_not_final_before_the_year_is_over(terisi: Terisi) -> None:
    ikm, tahun = terisi.isi.indikator["ikm"], datetime.now(WITA).year

    def promise(session: Session) -> None:
        for year in (tahun - 1, tahun):
            session.merge(Target(indikator_id=ikm, tahun=year, target=Decimal(95)))
            session.merge(
                Realisasi(indikator_id=ikm, tahun=year, cara="dokumen", nilai=Decimal(90))
            )

    dokumen = make(terisi.database, terisi.kantor.palaran, promise, tahun=tahun)

    assert "Target belum tercapai." in bagian(dokumen, "1.", 1)
    assert "Target sasaran ini belum tercapai" in bagian(dokumen, "4.", 1)
    years = bagian(dokumen, "2.")
    assert re.search(rf"Target tidak tercapai pada tahun [^.]*{tahun - 1}\.", years)
    assert f"Target belum tercapai pada tahun {tahun}." in years
    (table,) = [one for one in dokumen.blok if isinstance(one, Tabel) and "Jangka" in one.judul]
    words = table.baris[0][-1]
    assert re.search(rf"Tidak tercapai pada .*{tahun - 1}\. Belum tercapai pada {tahun}\.", words)


def test_what_is_missing_takes_the_verdict_and_the_look_of_a_final_report(terisi: Terisi) -> None:
    gone = Realisasi.indikator_id == terisi.isi.indikator["ikm"]
    dokumen = make(
        terisi.database, terisi.kantor.palaran, lambda s: s.execute(delete(Realisasi).where(gone))
    )
    assert dokumen.cap == "SEMENTARA"
    assert "sementara" in bagian(dokumen, "BAB III")
    nko = bagian(dokumen, "D.")
    assert "predikatnya belum dapat ditetapkan" in nko
    assert "predikat Baik" not in nko
    (table,) = [one for one in dokumen.blok if isinstance(one, Tabel) and "Penilaian" in one.judul]
    assert table.baris[-1][-1] == "belum dapat ditetapkan"


def test_no_agreement_is_spoken_of_that_is_not_recorded(terisi: Terisi) -> None:
    dokumen = make(terisi.database, terisi.kantor.palaran, lambda s: s.execute(delete(Perjanjian)))
    text = bagian(dokumen, "A.")
    assert "dengan target dalam Renstra; Perjanjian Kinerja tahun 2024 belum dicatat." in text
    assert "dijanjikan" not in text
    with terisi.database.reading() as session:
        tabel = list_tabel(read_fakta(session, terisi.kantor.palaran, 2024))
    lacking = [one.apa for one in ambil(tabel, "capaian").kurang]
    assert lacking == ["Perjanjian Kinerja 2024 belum dicatat."]


def test_an_old_evaluation_is_the_last_on_record_not_the_last(terisi: Terisi) -> None:
    text = bagian(make(terisi.database, terisi.kantor.palaran, tahun=2026), "D.")
    assert "terakhir yang tercatat adalah evaluasi tahun 2023" in text
    with terisi.database.reading() as session:
        tabel = list_tabel(read_fakta(session, terisi.kantor.palaran, 2026))
    assert "Nilai AKIP 2025 belum dicatat; yang terakhir tercatat adalah 2023." in [
        one.apa for one in ambil(tabel, "nko").kurang
    ]


def test_a_chapter_does_not_cite_itself_and_says_how_probebaya_is_measured(terisi: Terisi) -> None:
    with terisi.database.reading() as session:
        tabel = list_tabel(read_fakta(session, terisi.kantor.palaran, 2024))
        lain = list_tabel(read_fakta(session, terisi.kantor.palaran, 2023))
    assert "LKjIP" not in ambil(tabel, "predikat_akip").catatan + ambil(tabel, "koreksi").catatan
    assert "Palaran Tahun 2024" in ambil(lain, "predikat_akip").catatan
    cara = "dihitung menurut realisasi dibagi anggaran Pemberdayaan di kelurahan"
    assert cara in ambil(tabel, "capaian").catatan
    assert cara in ambil(tabel, "sasaran", 2).catatan
    assert cara not in ambil(tabel, "sasaran", 1).catatan
    dokumen = make(terisi.database, terisi.kantor.palaran)
    assert cara in bagian(dokumen, "1.", 2)
    assert "tahun 2023 diambil dari dokumen yang definisinya tidak tercatat" in (
        bagian(dokumen, "1.", 2)
    )
    assert "berasal dari uang yang sama" in bagian(dokumen, "5.", 2)


def test_success_is_told_by_what_was_carried_out_not_by_money(terisi: Terisi) -> None:
    def record(session: Session) -> None:
        for unit in session.scalars(select(Unit).where(Unit.jenis == "kelurahan")):
            session.add(
                Probebaya(unit_id=unit.id, tahun=2024, diajukan=9, disetujui=8, dilaksanakan=7,
                          infrastruktur=3, ekonomi=1, sosial_budaya=1, kesehatan=1, pendidikan=1)
            )  # fmt: skip

    before = bagian(make(terisi.database, terisi.kantor.palaran), "4.", 2)
    assert "realisasi anggaran" not in before
    text = bagian(make(terisi.database, terisi.kantor.palaran, record), "4.", 2)
    assert (
        "Usulan Probebaya yang dilaksanakan di 5 kelurahan: 35, terdiri atas infrastruktur 15, "
        "ekonomi 5, sosial budaya 5, kesehatan 5, dan pendidikan 5."
    ) in text
