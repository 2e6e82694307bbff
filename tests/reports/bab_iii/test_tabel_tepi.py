"""Tables of years that are not complete, not closed, or not like 2024."""

from __future__ import annotations

import uuid
from decimal import Decimal

from sqlalchemy import delete

from skm_app.capaian import create_sasaran
from skm_app.database import Database
from skm_app.intake import Intake
from skm_app.models import Akip, Anggaran, Dukungan, Indikator, Realisasi, Target, new_id
from skm_app.reports.bab_iii.fakta import FaktaKinerja, read_fakta
from skm_app.reports.bab_iii.tabel import TabelKinerja, list_tabel
from tests.offices import ON_SQLITE, Kantor
from tests.reports.bab_iii.conftest import Terisi
from tests.reports.bab_iii.hitung import ambil, nilai, teks
from tests.reports.bab_iii.isi import fill_2024


def read(database: Database, kantor: Kantor, tahun: int = 2024) -> FaktaKinerja:
    with database.reading() as session:
        return read_fakta(session, kantor.palaran, tahun)


def read_tabel(database: Database, kantor: Kantor, tahun: int = 2024) -> tuple[TabelKinerja, ...]:
    return list_tabel(read(database, kantor, tahun))


def add_indikator(
    database: Database,
    kantor: Kantor,
    kode: str,
    sasaran_id: uuid.UUID | None = None,
    *,
    arah: str = "naik",
    target: str = "10",
    realisasi: str = "8",
) -> uuid.UUID:
    """An indikator with figures of 2023 and 2024; without ``sasaran_id`` below a new sasaran."""
    indikator_id = new_id()
    with database.writing() as session:
        if sasaran_id is None:
            sasaran_id = create_sasaran(session, kantor.palaran, 3, "T", f"Sasaran {kode}").id
        session.add(
            Indikator(
                id=indikator_id, unit_id=kantor.palaran, sasaran_id=sasaran_id, kode=kode,
                urutan=3, nama=f"Indikator {kode}", satuan="Hari", arah=arah,
            )
        )  # fmt: skip
        session.flush()
        for tahun in (2023, 2024):
            session.add(Target(indikator_id=indikator_id, tahun=tahun, target=Decimal(target)))
            session.add(
                Realisasi(
                    indikator_id=indikator_id, tahun=tahun, cara="dokumen",
                    nilai=Decimal(realisasi), sumber="Laporan",
                )
            )  # fmt: skip
    return indikator_id


@ON_SQLITE
def test_an_empty_office_has_tables_that_say_what_is_missing(
    database: Database, kantor: Kantor
) -> None:
    tabel = read_tabel(database, kantor)
    assert [one.kode for one in tabel] == [f"3.{number}" for number in range(1, 9)]
    lacking = {str(one) for satu in tabel for one in satu.kurang}
    assert "Belum ada indikator kinerja. Isi di halaman Rencana kinerja." in lacking
    assert "Anggaran 2024 belum ada. Isi di halaman Anggaran." in lacking
    assert "Nilai AKIP sampai 2024 belum ada. Isi di halaman Nilai AKIP." in lacking


def test_a_year_without_figures_says_so_in_every_cell(terisi: Terisi) -> None:
    tabel = read_tabel(terisi.database, terisi.kantor, 2025)
    found = ambil(tabel, "capaian")
    assert [teks(row)[2:] for row in found.baris] == [["belum ada"] * 3] * 2
    assert "“belum ada” berarti datanya belum tersedia." in found.catatan
    assert str(found.kurang[0]).startswith("Target 2025 “Nilai Indeks Kepuasan Masyarakat (IKM)”")
    mean = ambil(tabel, "sasaran", 1).baris[-1]
    assert mean[6].teks == "belum ada"
    assert ambil(tabel, "nko").baris[-1][-1].teks == "belum ada"


@ON_SQLITE
def test_figures_of_an_open_period_are_marked_wherever_they_go(
    database: Database, intake: Intake, kantor: Kantor
) -> None:
    fill_2024(database, intake, kantor, ditetapkan=False)
    tabel = read_tabel(database, kantor)
    assert teks(ambil(tabel, "capaian").baris[0])[3:] == [
        "87,23 (sementara)", "98,78 (sementara)"
    ]  # fmt: skip
    assert ambil(tabel, "sasaran", 1).baris[0][-1].teks == "97,96 (sementara)"
    assert ambil(tabel, "sasaran", 1).baris[1][6].teks == "105,03 (sementara)"
    assert (
        "target akhir Renstra 2026 adalah 97,96% (sementara)."
        in ambil(tabel, "renstra").baris[0][-1].teks
    )
    assert ambil(tabel, "efisiensi", 1).baris[0][-1].teks == "0,26 (sementara)"
    nko = ambil(tabel, "nko")
    assert nko.baris[-2][-1].teks == "93,95% (sementara)"
    assert nko.catatan.startswith(
        "“sementara” berarti masih dapat berubah. Realisasi 2024: Periode 2024, belum ditetapkan"
    )
    assert "sementara" not in "".join(teks(ambil(tabel, "sasaran", 2).baris[0]))


def test_a_third_sasaran_moves_the_numbers_behind_it(terisi: Terisi) -> None:
    add_indikator(terisi.database, terisi.kantor, "waktu")
    tabel = read_tabel(terisi.database, terisi.kantor)
    assert [one.kode for one in tabel] == [f"3.{number}" for number in range(1, 15)]
    assert ambil(tabel, "sasaran", 3).kode == "3.5"
    assert [ambil(tabel, "efisiensi", nomor).kode for nomor in (1, 2, 3)] == ["3.9", "3.10", "3.11"]
    assert ambil(tabel, "biaya").baris[0][4].sumber[0].startswith("Tabel 3.12: ")
    # It has no programme and no target for the end of the Renstra.
    assert ambil(tabel, "efisiensi", 3).baris[0][-1].teks == "belum ada"
    assert ambil(tabel, "sasaran", 3).baris[0][-1].teks == "belum ada"
    lacking = [str(one) for one in ambil(tabel, "biaya").kurang]
    assert lacking == [
        "Program pendukung sasaran “Sasaran waktu” belum dipilih, atau tidak ada anggarannya. "
        "Isi di halaman Rencana kinerja."
    ]
    assert ambil(tabel, "biaya").baris[-1][4].nilai == 35_898_593_985


def test_two_indikator_of_one_sasaran_have_a_mean_each(terisi: Terisi) -> None:
    sasaran = read(terisi.database, terisi.kantor).sasaran[0]
    add_indikator(terisi.database, terisi.kantor, "waktu", sasaran.id, arah="turun")
    rows = ambil(read_tabel(terisi.database, terisi.kantor), "sasaran", 1).baris
    assert [row[1].teks for row in rows[2:]] == [
        "Rata-rata capaian kinerja 2023 dan 2024: Nilai Indeks Kepuasan Masyarakat (IKM)",
        "Rata-rata capaian kinerja 2023 dan 2024: Indikator waktu",
    ]
    # Less is better: 8 days where 10 were promised are 120 percent.
    assert nilai(rows[1])[4] == Decimal("120.00")
    assert rows[1][6].rumus.endswith("= (2 × 10 − 8) / 10 × 100 = 120,00")


def test_a_target_counts_as_reached_by_its_figures_not_by_the_rounded_share(terisi: Terisi) -> None:
    add_indikator(terisi.database, terisi.kantor, "hadir", target="250", realisasi="249.99")
    id_ = add_indikator(
        terisi.database, terisi.kantor, "keluhan", arah="turun", target="10", realisasi="25"
    )
    with terisi.database.writing() as session:
        session.add(Target(indikator_id=id_, tahun=2026, target=Decimal(10)))
    tabel = read_tabel(terisi.database, terisi.kantor)
    almost, worse = (row[-1].teks for row in ambil(tabel, "renstra").baris[2:])
    assert ambil(tabel, "capaian").baris[2][4].teks == "100,00"
    assert almost.startswith("Tidak tercapai pada 2023 dan 2024.")
    # Two and a half times what was allowed is no share of the target that was realised.
    assert worse.endswith("Capaian terhadap target akhir Renstra 2026 adalah 0,00%.")


def test_without_akip_everything_but_the_nko_is_there(terisi: Terisi) -> None:
    with terisi.database.writing() as session:
        session.execute(delete(Akip))
    found = ambil(read_tabel(terisi.database, terisi.kantor), "nko")
    assert teks(found.baris[1])[5:] == ["120,07%", "110,00%", "belum ada", "belum ada"]
    assert "NKO belum dapat dihitung" in found.catatan


def test_money_is_not_divided_where_there_is_none(terisi: Terisi) -> None:
    with terisi.database.writing() as session:
        for row in session.query(Anggaran):
            row.anggaran_rp = row.realisasi_rp = 0
    tabel = read_tabel(terisi.database, terisi.kantor)
    assert ambil(tabel, "anggaran").baris[0][4].teks == "tidak ada anggaran"
    assert ambil(tabel, "biaya").baris[-1][6].teks == "tidak ada anggaran"
    assert ambil(tabel, "efisiensi", 1).baris[0][4].teks == "tidak ada anggaran"
    assert ambil(tabel, "efisiensi", 1).baris[0][5].teks == "belum ada"


def test_a_sasaran_without_an_indikator_keeps_its_money(terisi: Terisi) -> None:
    program = "PROGRAM PEMBERDAYAAN MASYARAKAT DESA DAN KELURAHAN"
    with terisi.database.writing() as session:
        lain = create_sasaran(session, terisi.kantor.palaran, 3, "Tujuan", "Sasaran lain")
        session.add(Dukungan(sasaran_id=lain.id, program=program, jenis_unit="kecamatan"))
    tabel = read_tabel(terisi.database, terisi.kantor)
    assert [teks(row)[:2] for row in ambil(tabel, "biaya").baris[2:]] == [
        ["3", "Sasaran lain"], ["", "Efisiensi sumber daya keseluruhan"]
    ]  # fmt: skip
    lacking = [str(one) for one in ambil(tabel, "capaian").kurang]
    assert lacking == [
        "Sasaran “Sasaran lain” belum mempunyai indikator. Isi di halaman Rencana kinerja."
    ]


def test_a_revised_target_names_its_decree(terisi: Terisi) -> None:
    isi = terisi.isi
    with terisi.database.writing() as session:
        target = session.get_one(Target, (isi.indikator["ikm"], 2024))
        target.target, target.nomor, target.keputusan = Decimal("86"), 1, "Keputusan Camat 5"
    tabel = read_tabel(terisi.database, terisi.kantor)
    row = ambil(tabel, "capaian").baris[0]
    assert (row[2].teks, row[4].teks) == ("86", "101,43")
    assert row[2].sumber[0].endswith("; perubahan ke-1 dengan Keputusan Camat 5")
    assert "Target 2024 sudah diubah." in ambil(tabel, "renstra").baris[0][-1].teks
