"""What an import puts in the place of a stored budget: every row of it can be found again."""

from __future__ import annotations

import pytest
from sqlalchemy import select, update

from skm_app.database import Database
from skm_app.models import Anggaran, Catatan
from tests.admin.helpers import Petugas
from tests.admin.test_anggaran import BERKAS, anggaran, kelurahan, upload
from tests.offices import ON_SQLITE, Kantor

__all__ = ["anggaran", "kelurahan"]

RIWAYAT = "/admin/anggaran/riwayat?tahun=2024"
JUDUL = "tahun,tingkat,unit,program,kegiatan,sub_kegiatan,anggaran_rp,realisasi_rp,penjelasan"


def make_file(*rows: str, judul: str = JUDUL) -> str:
    return "\n".join([judul, *rows])


def sub(program: str, sub_kegiatan: str, uang: str, penjelasan: str = "", tahun: str = "") -> str:
    return (
        f"{tahun},sub_kegiatan,Kecamatan Palaran,{program},Kegiatan,{sub_kegiatan},{uang},"
        f"{penjelasan}"
    )


@ON_SQLITE
def test_money_that_moves_between_programmes_is_found_in_the_history(
    lia: Petugas, database: Database, kelurahan: Kantor
) -> None:
    asal = make_file(
        sub("PROGRAM A", "Rapat", "100,120", "Ada MTQ."), sub("PROGRAM A", "Kertas", "50,50")
    )
    upload(lia, asal, kosong="y")
    pindah = make_file(sub("Program  a", "Rapat", "90,120"), sub("PROGRAM B", "Kertas", "60,50"))

    page = upload(lia, pindah, 422)

    assert "4 baris sub kegiatan berubah" in page.text
    shown = lia.follow(upload(lia, pindah, kosong="y", alasan="P-APBD"))
    rows = [row.text for row in shown.root.all("tr")]
    assert any("PROGRAM B, Kegiatan ditambah 60 50 –" in row for row in rows)
    assert any("PROGRAM A, Kegiatan dihapus 50 50 –" in row for row in rows)
    with database.reading() as session:
        log = session.scalars(
            select(Catatan).where(Catatan.objek == "anggaran").order_by(Catatan.nomor.desc())
        ).first()
        assert log is not None
        assert log.sesudah is not None
        assert len(log.sesudah["perubahan"]) == 4
        words = session.scalars(select(Anggaran.penjelasan).where(Anggaran.penjelasan != "")).all()
    # Neither an empty cell nor another spelling of the programme loses what was explained.
    assert words == ["Ada MTQ."]
    rincian = lia.client.get(f"{RIWAYAT}&unduh=csv&tabel=rincian-anggaran-2024").text
    assert "PROGRAM B,Kegiatan,Kertas,,,,60,50," in rincian


@ON_SQLITE
def test_an_empty_cell_keeps_an_explanation_and_words_replace_it(
    lia: Petugas, database: Database, anggaran: Kantor
) -> None:
    with database.writing() as session:
        session.execute(update(Anggaran).values(penjelasan="Lama."))
    baris = lia.client.get("/admin/anggaran?tahun=2024&unduh=csv").text.splitlines()
    baris = [row.replace("Lama.", "") for row in baris]
    number = next(n for n, row in enumerate(baris) if "sub_kegiatan,Kelurahan Bukuan" in row)
    baris[number] += "Baru."

    page = lia.follow(upload(lia, "\n".join(baris), alasan="Penjelasan"))

    with database.reading() as session:
        words = list(session.scalars(select(Anggaran.penjelasan)))
    assert (words.count("Baru."), set(words)) == (1, {"Lama.", "Baru."})
    assert "1 baris sub kegiatan berubah" in page.text
    assert "Lama. menjadi Baru." in page.text


@ON_SQLITE
@pytest.mark.parametrize("tahun", ["2025", "dua ribu"])
def test_a_row_of_another_year_is_refused(lia: Petugas, kelurahan: Kantor, tahun: str) -> None:
    isi = make_file(sub("A", "Rapat", "1,1", tahun="2024"), sub("A", "Kertas", "1,1", tahun=tahun))

    assert f'3 tahun "{tahun}" bukan tahun 2024' in upload(lia, isi, 422).text


@ON_SQLITE
def test_columns_that_are_not_read_are_told(lia: Petugas, kelurahan: Kantor) -> None:
    isi = BERKAS.replace("persen_tercetak", "pagu awal", 1)

    assert "Kolom yang tidak dibaca: pagu awal." in lia.follow(upload(lia, isi)).text
