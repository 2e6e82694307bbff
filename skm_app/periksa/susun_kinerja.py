"""Sheets about indikator: targets, realisasi, capaian, AKIP and the NKO."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import cast

from skm_app.berkas.kesalahan import quote
from skm_app.kinerja.aturan import load_aturan
from skm_app.kinerja.capaian import Arah
from skm_app.kinerja.periksa.laporan import (
    AkipTercetak,
    BarisRenstra,
    IndikatorTercetak,
    Jenis,
    Koreksi,
    NkoTercetak,
    RataRata,
)
from skm_app.kinerja.periksa.predikat import find_huruf
from skm_app.periksa.baris import BarisLembar
from skm_app.periksa.kata import (
    ARAH,
    NKO,
    PREDIKAT,
    RATA_RATA,
    TOTAL,
)
from skm_app.periksa.susunan import (
    Susunan,
    check_nomor,
    known,
    read_nomor_indikator,
    split,
)


def read_indikator(susunan: Susunan, baris: BarisLembar) -> None:
    nomor = baris.nomor("nomor")
    sasaran = baris.nomor("sasaran")
    if nomor is None or sasaran is None:
        return
    baris.sebutan = f"indikator {nomor}"
    arah = baris.pilih("arah", ARAH) if baris.teks("arah") else None
    if nomor in known(susunan, "indikator"):
        baris.fault("nomor", f"indikator {nomor} ditulis dua kali")
    if not baris.teks("nama"):
        baris.fault("nama", "nama resmi belum diisi")
    susunan.add(
        "indikator",
        IndikatorTercetak(
            nomor=nomor,
            sasaran=sasaran,
            nama=baris.teks("nama"),
            nama_lain=split(baris.teks("nama_lain")),
            satuan=baris.teks("satuan"),
            target_akhir=baris.angka("target_akhir"),
            dokumen=baris.teks("dokumen"),
            arah=cast(Arah, arah or "naik"),
        ),
    )


def read_akip(susunan: Susunan, baris: BarisLembar) -> None:
    tahun = baris.nomor("tahun")
    baris.tabel, baris.sebutan = "Nilai AKIP", f"tahun {tahun}"
    nilai = baris.angka("nilai")
    if tahun is not None and nilai is not None:
        predikat = baris.tulisan("predikat")
        susunan.add("akip", AkipTercetak(tahun=tahun, nilai=nilai, predikat=predikat))


_TAHUN_INI: list[tuple[str, Jenis, int]] = [("target", "target", 0), ("realisasi", "realisasi", 0)]


_TAHUN_LALU: list[tuple[str, Jenis, int]] = [
    ("target_1", "target", 1),
    ("realisasi_1", "realisasi", 1),
]


_DUA_TAHUN_LALU: list[tuple[str, Jenis, int]] = [
    ("target_2", "target", 2),
    ("realisasi_2", "realisasi", 2),
]


_KOLOM_TAHUN: dict[str, list[tuple[str, Jenis, int]]] = {
    "Tabel 3.2": [*_TAHUN_INI, ("capaian", "capaian", 0)],
    "Tabel 3.3 & 3.4": [*_TAHUN_LALU, *_TAHUN_INI, ("capaian", "capaian", 0)],
    "Tabel 3.5": [*_DUA_TAHUN_LALU, *_TAHUN_LALU, *_TAHUN_INI],
    "Tabel 3.6": [*_DUA_TAHUN_LALU, *_TAHUN_LALU, *_TAHUN_INI],
    "Tabel 3.12": [*_TAHUN_INI, ("capaian", "capaian", 0)],
}


def read_capaian(susunan: Susunan, baris: BarisLembar) -> None:
    """Tabel 3.2 and 3.6: whichever of the columns there are."""
    nomor = read_nomor_indikator(susunan, baris)
    if nomor is None:
        return
    for kunci, jenis, back in _KOLOM_TAHUN[baris.tabel]:
        susunan.add_nilai(baris, kunci, nomor, jenis, susunan.tahun - back)


def read_renstra(susunan: Susunan, baris: BarisLembar) -> None:
    kolom = _KOLOM_TAHUN[baris.tabel]
    baris.tabel = baris.teks("tabel") or baris.tabel
    sasaran = baris.nomor("sasaran")
    check_nomor(susunan, baris, "sasaran", sasaran, "sasaran")
    if baris.kata("indikator") == RATA_RATA:
        baris.sebutan = "rata-rata"
        if sasaran is not None:
            mean = RataRata(
                sasaran=sasaran,
                capaian=baris.angka("capaian"),
                renstra=baris.angka("capaian_renstra"),
            )
            susunan.add("rata_rata", mean)
        return
    nomor = read_nomor_indikator(susunan, baris)
    if nomor is None:
        return
    for kunci, jenis, back in kolom:
        susunan.add_nilai(baris, kunci, nomor, jenis, susunan.tahun - back)
    susunan.add(
        "renstra",
        BarisRenstra(
            indikator=nomor,
            target_akhir=baris.angka("target_akhir"),
            capaian=baris.angka("capaian_renstra"),
        ),
    )


def read_tahun_lalu(susunan: Susunan, baris: BarisLembar) -> None:
    """Tabel 3.5, whose column of capaian may be that of another year."""
    nomor = read_nomor_indikator(susunan, baris)
    if nomor is None:
        return
    for kunci, jenis, back in _KOLOM_TAHUN[baris.tabel]:
        susunan.add_nilai(baris, kunci, nomor, jenis, susunan.tahun - back)
    if baris.angka("capaian") is not None:
        tahun = baris.nomor("tahun_capaian")
        susunan.add_nilai(baris, "capaian", nomor, "capaian", tahun or susunan.tahun)


_BEBERAPA = re.compile(r"[,;/]|\bdan\b|\batau\b")


def read_koreksi(susunan: Susunan, baris: BarisLembar) -> None:
    baris.sebutan = baris.teks("predikat") or baris.sebutan
    persen = baris.angka("koreksi")
    if persen is None:
        return
    teks = baris.teks("predikat")
    huruf = None if _BEBERAPA.search(teks) else find_huruf(load_aturan(), teks)
    if huruf is None:
        baris.fault("predikat", f"{quote(teks)} tidak dikenal; tulis satu predikat, seperti BB")
    else:
        susunan.add("koreksi", Koreksi(predikat=huruf, persen=persen))


def read_nko(susunan: Susunan, baris: BarisLembar) -> None:
    kata = baris.kata("indikator")
    if kata is not None:
        baris.sebutan = {TOTAL: "total", NKO: "NKO", PREDIKAT: "predikat"}[kata]
        nama = {TOTAL: "nko_total", NKO: "nko_nilai", PREDIKAT: "nko_predikat"}[kata]
        read: Callable[[str], object] = baris.tulisan if kata == PREDIKAT else baris.angka
        susunan.set_tunggal(baris, "indikator", nama, read("nilai_akhir"))
        return
    nomor = read_nomor_indikator(susunan, baris)
    if nomor is None:
        return
    for kunci, jenis, back in _KOLOM_TAHUN[baris.tabel]:
        susunan.add_nilai(baris, kunci, nomor, jenis, susunan.tahun - back)
    figures = {
        kunci: baris.angka(kunci) for kunci in ("capaian", "normalisasi", "koreksi", "nilai_akhir")
    }
    susunan.add("nko", NkoTercetak(indikator=nomor, **figures))
