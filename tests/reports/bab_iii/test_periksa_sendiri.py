"""The program's own tables, typed into the checker, do not contradict themselves."""

from __future__ import annotations

from skm_app.kinerja.periksa import periksa_laporan
from skm_app.reports.bab_iii.fakta import FaktaKinerja
from skm_app.reports.bab_iii.tabel import TabelKinerja, list_tabel
from tests.periksa.contoh import Isi, list_diperbaiki, read_isi

TINGKAT = ("Unit", "Program", "Kegiatan", "Sub kegiatan")
SASARAN = {"3.3": "1", "3.4": "2", "3.8": "1", "3.9": "2"}


def list_teks(tabel: TabelKinerja) -> list[list[str]]:
    return [[one.teks for one in row] for row in tabel.baris]


def type_tables(tabel: dict[str, TabelKinerja]) -> Isi:
    """The rows as a person would copy them into the sheets."""
    kosong = list_diperbaiki()
    isi: Isi = {nama: kosong[nama] for nama in ("Laporan", "Indikator", "Program")}
    isi["Indikator"] = [[*one[:6], ""] for one in isi["Indikator"]]
    isi["Tabel 3.2"] = list_teks(tabel["3.2"])
    isi["Tabel 3.3 & 3.4"] = [
        [f"Tabel {kode}", SASARAN[kode], SASARAN[kode] if one[0] else "Rata-rata", *one[1:]]
        for kode in ("3.3", "3.4")
        for one in list_teks(tabel[kode])
    ]
    for row in isi["Tabel 3.3 & 3.4"]:
        row[3] = row[3] if row[2] != "Rata-rata" else ""
    isi["Tabel 3.5"] = [[*one[:2], *one[3:9], one[11], "2024"] for one in list_teks(tabel["3.5"])]
    isi["Tabel 3.6"] = [[*one[:2], *one[3:9]] for one in list_teks(tabel["3.6"])]
    words = {"Tidak": "Tidak terkait", "Efisiensi": "Jumlah"}
    isi["Tabel 3.7"] = [
        [one[0] or words[one[1].split()[0]], one[0], one[2] if one[0] else "", *one[4:]]
        for one in list_teks(tabel["3.7"])
    ]
    isi["Tabel 3.8 & 3.9"] = [
        [f"Tabel {kode}", SASARAN[kode], SASARAN[kode], *one[2:]]
        for kode in ("3.8", "3.9")
        for one in list_teks(tabel[kode])
    ]
    isi["Tabel 3.10"] = [
        [TINGKAT[one[0].count(".")] if one[0] else "Total", *one[1:]]
        for one in list_teks(tabel["3.10"])
    ]
    isi["Tabel 3.11"] = list_teks(tabel["3.11"])
    akhir = iter(("Total", "NKO", "Predikat"))
    isi["Tabel 3.12"] = [
        [one[0], *one[2:]] if one[0] else [next(akhir), *[""] * 6, one[-1]]
        for one in list_teks(tabel["3.12"])
    ]
    return isi


def test_the_tables_of_2024_pass_but_for_what_the_office_must_explain(
    fakta_2024: FaktaKinerja,
) -> None:
    hasil = periksa_laporan(
        read_isi(type_tables({one.kode: one for one in list_tabel(fakta_2024)}))
    )
    assert {one.kode for one in hasil.temuan} == {"melebihi-anggaran", "target-tersalin"}
    assert hasil.dibandingkan > 300
