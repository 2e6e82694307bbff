"""From rows of the sheets to the report that they print, sheet by sheet."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal, cast

from skm_app.berkas import BarisMentah, Fault
from skm_app.kinerja.periksa.biaya import find_jenis_unit
from skm_app.kinerja.periksa.laporan import (
    KUNCI_KALIMAT,
    Kalimat,
    RumusTercetak,
    Tentang,
)
from skm_app.periksa.baris import BarisLembar, PembacaLembar
from skm_app.periksa.kata import (
    KUNCI_TENTANG,
    RUMUS,
    TENTANG,
)
from skm_app.periksa.lembar import LEMBAR
from skm_app.periksa.susun_kinerja import (
    read_akip,
    read_capaian,
    read_indikator,
    read_koreksi,
    read_nko,
    read_renstra,
    read_tahun_lalu,
)
from skm_app.periksa.susun_uang import (
    read_anggaran,
    read_biaya,
    read_efisiensi,
    read_penduduk,
    read_pk,
    read_program,
)
from skm_app.periksa.susunan import (
    Susunan,
    check_indikator,
    check_nomor,
)


def make_laporan(sheets: Mapping[str, tuple[BarisMentah, ...]], faults: list[Fault]) -> Susunan:
    """Read all sheets; what cannot be read is added to ``faults``."""
    susunan = Susunan()
    for lembar in LEMBAR:
        pembaca = PembacaLembar(lembar, sheets.get(lembar.nama), faults)
        before = len(faults)
        for baris in pembaca.list_baris():
            PEMBACA[lembar.nama](susunan, baris)
            for galat in baris.list_galat():
                susunan.add("galat", galat)
        if lembar.nama == "Laporan" and not susunan.tahun and len(faults) == before:
            faults.append(Fault(pesan="lembar Laporan: tahun laporan belum diisi"))
    _check_lingkup(susunan)
    return susunan


def read_tahun(susunan: Susunan, baris: BarisLembar) -> None:
    susunan.tahun = susunan.tahun or baris.nomor("tahun") or 0


def read_rumus(susunan: Susunan, baris: BarisLembar) -> None:
    untuk = baris.pilih("untuk", RUMUS)
    baris.tabel = baris.teks("letak") or baris.tabel
    tulisan = baris.tulisan("rumus")
    if untuk is not None and tulisan is not None:
        susunan.add(
            "rumus",
            RumusTercetak(untuk=cast(Literal["capaian", "rata_rata"], untuk), tulisan=tulisan),
        )


def read_kalimat(susunan: Susunan, baris: BarisLembar) -> None:
    tentang = baris.pilih("tentang", TENTANG)
    if tentang is None:
        return
    numbered = tentang in ("indikator", "sasaran", "program")
    nomor = baris.nomor("nomor") if numbered else None
    tahun = baris.nomor("tahun", wajib=False) or susunan.tahun
    if numbered and nomor is None:
        return
    if tentang == "indikator":
        check_indikator(susunan, baris, nomor, "nomor")
    elif tentang in ("sasaran", "program"):
        jenis: Literal["sasaran", "program"] = "sasaran" if tentang == "sasaran" else "program"
        check_nomor(susunan, baris, jenis, nomor, "nomor")
    _check_kolom(baris, tentang)
    baris.tabel = baris.teks("letak") or baris.tabel
    baris.sebutan = f"{tentang if tentang != 'akip' else 'AKIP'} {nomor or ''}".strip()
    found = {kunci: baris.angka(kunci) for kunci in KUNCI_KALIMAT}
    susunan.add(
        "kalimat",
        Kalimat(
            letak=baris.tabel,
            tentang=cast(Tentang, tentang),
            nomor=nomor,
            tahun=tahun,
            angka={kunci: angka for kunci, angka in found.items() if angka is not None},
            predikat=baris.tulisan("predikat"),
        ),
    )


def _check_kolom(baris: BarisLembar, tentang: str) -> None:
    """A figure in a column that such a sentence has no figure for would be compared with none."""
    for kunci in (*KUNCI_KALIMAT, "predikat"):
        if kunci not in KUNCI_TENTANG[tentang] and baris.teks(kunci):
            word = next(one for one, value in TENTANG.items() if value == tentang)
            baris.fault(kunci, f"tidak dipakai kalimat tentang {word}; pindahkan ke baris lain")


def _check_lingkup(susunan: Susunan) -> None:
    """A programme of units that Tabel 3.10 does not have would have no money."""
    rows = susunan.isi.get("anggaran", [])
    found = {find_jenis_unit(one) for one in rows}
    for baris, unit in susunan.lingkup if rows else []:
        if unit not in found:
            baris.fault("unit", f"Tabel 3.10 tidak memuat baris Unit untuk {baris.teks('unit')}")


PEMBACA: Mapping[str, Callable[[Susunan, BarisLembar], None]] = {
    "Laporan": read_tahun,
    "Indikator": read_indikator,
    "Program": read_program,
    "Tabel 1.1": read_penduduk,
    "Tabel 3.1": read_akip,
    "Tabel 3.2": read_capaian,
    "Tabel 3.3 & 3.4": read_renstra,
    "Tabel 3.5": read_tahun_lalu,
    "Tabel 3.6": read_capaian,
    "Tabel 3.7": read_biaya,
    "Tabel 3.8 & 3.9": read_efisiensi,
    "Tabel 3.10": read_anggaran,
    "Tabel 3.11": read_koreksi,
    "Tabel 3.12": read_nko,
    "PK": read_pk,
    "Rumus": read_rumus,
    "Kalimat": read_kalimat,
}
