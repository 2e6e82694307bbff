"""Bab III says what is true of any data: missing, provisional, overspent, exactly reached."""

from __future__ import annotations

import io
import uuid
from decimal import Decimal

import docx
import pytest
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from skm_app.capaian import create_sasaran
from skm_app.database import Database
from skm_app.intake import Intake
from skm_app.models import (
    Akip,
    Anggaran,
    Dukungan,
    Indikator,
    Periode,
    Realisasi,
    Rtl,
    Target,
    Triwulan,
)
from skm_app.reports.docx import make_docx
from skm_app.reports.dokumen import Dokumen, Tabel
from tests.offices import ON_SQLITE, Kantor
from tests.reports.bab_iii.baca import Ubah, bagian, make
from tests.reports.bab_iii.isi import Isi2024, fill_2024
from tests.reports.laporan.baca import list_words

pytestmark = ON_SQLITE


@pytest.fixture
def isi(database: Database, intake: Intake, kantor: Kantor) -> Isi2024:
    return fill_2024(database, intake, kantor)


def set_target(id_: uuid.UUID, nilai: str) -> Ubah:
    def change(session: Session) -> None:
        session.get_one(Target, (id_, 2024)).target = Decimal(nilai)

    return change


def test_provisional_figures_are_stamped_and_said(
    database: Database, intake: Intake, kantor: Kantor
) -> None:
    fill_2024(database, intake, kantor, ditetapkan=False)

    dokumen = make(database, kantor.palaran)

    assert dokumen.cap == "SEMENTARA"
    assert "masih sementara" in bagian(dokumen, "BAB III")
    assert "Realisasi ini masih sementara" in bagian(dokumen, "1.", 1)
    assert "sementara" not in bagian(dokumen, "1.", 2)
    assert "Nilai ini masih sementara" in bagian(dokumen, "D.")
    assert "realisasi 87,23 (sementara), capaian 98,78% (sementara)" in bagian(dokumen, "2.")
    assert "adalah 97,96% (sementara); target akhir" in bagian(dokumen, "3.")
    (table,) = [one for one in dokumen.blok if isinstance(one, Tabel) and "Penilaian" in one.judul]
    assert table.baris[-1][-1] == "Baik (sementara)"
    # Where it is pasted, its footer is gone: it stands above the heading too.
    assert "SEMENTARA" in make_docx_text(dokumen)[0]


def make_docx_text(dokumen: Dokumen) -> list[str]:
    return [p.text for p in docx.Document(io.BytesIO(make_docx(dokumen))).paragraphs]


def test_a_target_that_is_reached_exactly_is_neither_missed_nor_passed(
    database: Database, kantor: Kantor, isi: Isi2024
) -> None:
    dokumen = make(database, kantor.palaran, set_target(isi.indikator["ikm"], "87.23"))

    assert dokumen.cap == ""
    text = bagian(dokumen, "1.", 1)
    assert "capaiannya 100,00%. Target tepat tercapai." in text
    assert "Target tercapai pada indikator Nilai Indeks" in bagian(dokumen, "4.", 1)
    assert "Target semua indikator sasaran ini tercapai." in bagian(dokumen, "4.", 1)


def test_where_less_is_better_more_is_a_miss(
    database: Database, kantor: Kantor, isi: Isi2024
) -> None:
    def turn(session: Session) -> None:
        session.get_one(Indikator, isi.indikator["probebaya"]).arah = "turun"

    dokumen = make(database, kantor.palaran, turn)

    text = bagian(dokumen, "1.", 2)
    assert "nilai yang lebih kecil adalah yang lebih baik" in text
    # (2 x 83 - 99.66) / 83 = 79.93 %
    assert "capaiannya 79,93%. Target tidak tercapai." in text
    # The end of the Renstra lies ahead, and capaian is no share of the realisasi here.
    assert "adalah 88,09%; target akhir tersebut belum tercapai." in text
    assert "dua kali target dikurangi realisasi" in bagian(dokumen, "A.")
    assert "Target tidak tercapai pada tahun 2022, 2023, dan 2024." in bagian(dokumen, "2.")


def test_what_is_missing_is_said_and_nothing_is_concluded_from_it(
    database: Database, kantor: Kantor, isi: Isi2024
) -> None:
    ikm, probebaya = isi.indikator["ikm"], isi.indikator["probebaya"]
    dokumen = make(
        database,
        kantor.palaran,
        lambda s: s.execute(delete(Realisasi).where(Realisasi.indikator_id == ikm)),
        lambda s: s.execute(
            delete(Target).where(Target.indikator_id == probebaya, Target.tahun == 2024)
        ),
        lambda s: s.execute(delete(Akip)),
        lambda s: s.execute(delete(Anggaran)),
    )

    text = bagian(dokumen, "1.", 1)
    assert "88,31, tetapi realisasinya belum tersedia (Belum dipilih sumbernya)" in text
    assert "tercapai." not in text
    assert "Target dan realisasi tahun 2024 belum tersedia." in bagian(dokumen, "1.", 2)
    sebab = bagian(dokumen, "4.", 1)
    assert "Faktor keberhasilan belum dapat disimpulkan" in sebab
    assert "Belum semua indikator sasaran ini dapat diukur" in sebab
    assert bagian(dokumen, "B.") == "Anggaran Kecamatan Palaran tahun 2024 belum dicatat."
    assert " ".join(list_words(dokumen)).count("Anggaran Kecamatan Palaran tahun 2024") == 1
    assert "sehingga NKO belum dapat dihitung." in bagian(dokumen, "D.")
    assert len([one for one in dokumen.blok if isinstance(one, Tabel)]) == 12


def test_a_realisasi_without_a_target_is_shown_without_a_verdict(
    database: Database, kantor: Kantor, isi: Isi2024
) -> None:
    ikm = isi.indikator["ikm"]
    dokumen = make(
        database,
        kantor.palaran,
        lambda s: s.execute(delete(Target).where(Target.indikator_id == ikm)),
    )

    text = bagian(dokumen, "1.", 1)
    assert "Target tahun 2024 belum ditetapkan, sedangkan realisasinya 87,23." in text
    assert "Target akhir Renstra untuk indikator ini belum dicatat." in text
    assert "tercapai" not in text
    nko = bagian(dokumen, "D.")
    assert "Indikator Nilai Indeks Kepuasan Masyarakat (IKM) tidak ikut dihitung" in nko
    # A mean of what happens to be known is no verdict on the year.
    assert "dibagi 1 indikator menghasilkan NKO 99,00%; predikatnya belum dapat ditetapkan" in nko
    assert dokumen.cap == "SEMENTARA"


def test_overspending_is_named_with_its_explanation_and_money_without_a_sasaran_too(
    database: Database, kantor: Kantor, isi: Isi2024
) -> None:
    def explain(session: Session) -> None:
        session.add(
            Anggaran(unit_id=kantor.palaran, tahun=2023, program="P", kegiatan="K",
                     sub_kegiatan="S", anggaran_rp=10, realisasi_rp=10)
        )  # fmt: skip
        for row in session.scalars(select(Anggaran)):
            if row.realisasi_rp > row.anggaran_rp:
                row.penjelasan = "Ada tambahan pada perubahan anggaran"

    first = bagian(make(database, kantor.palaran), "B.")
    assert "penyerapan 100,74%. Penjelasan: ………" in first
    assert "Sub kegiatan tanpa anggaran: Penyediaan Bahan Bacaan" in first
    assert "digunakan untuk 3 program, 9 kegiatan, dan 28 sub kegiatan" in first

    dokumen = make(
        database,
        kantor.palaran,
        explain,
        lambda s: s.execute(delete(Dukungan).where(Dukungan.jenis_unit == "kelurahan")),
    )
    assert "Penjelasan: Ada tambahan pada perubahan anggaran." in bagian(dokumen, "B.")
    assert "tahun 2024 naik dari realisasi anggaran tahun 2023." in bagian(dokumen, "B.")
    assert "Belum ada program dalam anggaran yang dikaitkan" in bagian(dokumen, "5.", 2)
    # What the kecamatan spent on that programme, and all that the kelurahan did.
    assert "Sebesar Rp20.021.671.056 dari anggaran itu tidak terkait" in bagian(dokumen, "5.")


def test_the_survey_and_the_quarters_tell_what_is_known_of_a_miss(
    database: Database, kantor: Kantor, isi: Isi2024
) -> None:
    def plan(session: Session) -> None:
        session.add(
            Rtl(periode_id=isi.periode, unsur="persyaratan", program="Pasang papan persyaratan",
                tahun=2025, triwulan=2, penanggung_jawab="Kasi Pelayanan", status="selesai",
                uraian_hasil="Papan terpasang")
        )  # fmt: skip
        session.add(
            Triwulan(indikator_id=isi.indikator["ikm"], tahun=2024, triwulan=3,
                     keterangan="Jaringan sering putus")
        )  # fmt: skip

    text = bagian(make(database, kantor.palaran, plan), "4.", 1)

    assert "Unsur pelayanan dengan nilai terendah: Persyaratan (U1) 3,306" in text
    assert "Responden survei periode 2024 berjumlah 36 orang; jumlah yang diperlukan" in text
    assert "Catatan triwulan III: Jaringan sering putus." in text
    assert (
        "U1 Persyaratan: Pasang papan persyaratan. Penanggung jawab Kasi Pelayanan, triwulan II "
        "tahun 2025. Selesai. Papan terpasang."
    ) in text
    # The cause is for the office to say.
    assert "Penyebab dan hambatan menurut Kecamatan Palaran: …………" in text


def test_too_few_responses_are_told_against_the_sample_that_was_needed(
    database: Database, intake: Intake, kantor: Kantor
) -> None:
    isi = fill_2024(database, intake, kantor, ditetapkan=False)

    def serve(session: Session) -> None:
        session.get_one(Periode, isi.periode).populasi = 400

    text = bagian(make(database, kantor.palaran, serve), "4.", 1)

    assert "berjumlah 36 orang dari 196 orang yang diperlukan" in text


def test_a_third_sasaran_moves_the_numbers_of_tables_and_of_the_text_alike(
    database: Database, kantor: Kantor, isi: Isi2024
) -> None:
    def promise(session: Session) -> None:
        row = create_sasaran(session, kantor.palaran, 3, "Tujuan 3", "Tertibnya arsip")
        session.add(
            Indikator(unit_id=kantor.palaran, sasaran_id=row.id, kode="arsip", urutan=3,
                      nama="Berkas terarsip", satuan="Berkas")
        )  # fmt: skip

    dokumen = make(database, kantor.palaran, promise)

    text = bagian(dokumen, "1.", 3)
    assert "Capaian indikator kinerja sasaran ini disajikan pada Tabel 3.5." in text
    assert "Target dan realisasi tahun 2024 belum tersedia." in text
    assert "disajikan pada Tabel 3.14:" in bagian(dokumen, "D.")
    lines = make_docx_text(dokumen)
    assert "Tabel 3.14. Penilaian Kinerja Organisasi Kecamatan Palaran Tahun 2024" in lines


def test_an_office_without_a_plan_gets_a_chapter_that_says_so(
    database: Database, kantor: Kantor
) -> None:
    dokumen = make(database, kantor.palaran)

    assert "Indikator kinerja belum dicatat dalam rencana." in bagian(dokumen, "1.")
    assert bagian(dokumen, "3.") == "Rencana strategis Kecamatan Palaran belum dicatat."
    assert make_docx_text(dokumen)[0].startswith("BAB III")
