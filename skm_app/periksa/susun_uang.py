"""Sheets about money, and the population."""

from __future__ import annotations

from typing import cast

from skm_app.kinerja.periksa.biaya import plain_nama
from skm_app.kinerja.periksa.laporan import (
    AnggaranTercetak,
    BarisEfisiensi,
    BarisPenduduk,
    BiayaTercetak,
    LingkupUnit,
    PaguPk,
    Program,
    Tingkat,
)
from skm_app.periksa.baris import BarisLembar
from skm_app.periksa.kata import (
    JUMLAH,
    TIDAK_TERKAIT,
    TINGKAT,
    TOTAL,
    UNIT,
)
from skm_app.periksa.susunan import (
    Susunan,
    add_nama,
    check_nomor,
    split,
)


def read_program(susunan: Susunan, baris: BarisLembar) -> None:
    nomor = baris.nomor("nomor")
    unit = baris.pilih("unit", UNIT)
    if not baris.teks("nama"):
        baris.fault("nama", "nama program belum diisi")
    if nomor is None or unit is None:
        return
    _check_ganda(susunan, baris, nomor, unit)
    if unit != "semua":
        susunan.lingkup.append((baris, cast(LingkupUnit, unit)))
    susunan.add(
        "program",
        Program(
            nomor=nomor,
            nama=(baris.teks("nama"), *split(baris.teks("nama_lain"))),
            sasaran=baris.nomor("sasaran", wajib=False),
            unit=cast(LingkupUnit, unit),
        ),
    )


def _check_ganda(susunan: Susunan, baris: BarisLembar, nomor: int, unit: str) -> None:
    """A number twice is a mistake, but for a programme whose units pay for different sasaran."""
    for one in susunan.isi.get("program", []):
        same = plain_nama(one.nama[0]) == plain_nama(baris.teks("nama")) and one.unit != unit
        if one.nomor == nomor and not same:
            baris.fault("nomor", f"program {nomor} ditulis dua kali")


def read_penduduk(susunan: Susunan, baris: BarisLembar) -> None:
    nama = baris.teks("kelurahan")
    baris.sebutan = nama or baris.sebutan
    is_jumlah = nama.casefold() in (JUMLAH.casefold(), TOTAL.casefold())
    if is_jumlah and any(not one.kelurahan for one in susunan.isi.get("penduduk", [])):
        baris.fault("kelurahan", f"baris {nama} ditulis dua kali")
    susunan.add(
        "penduduk",
        BarisPenduduk(
            kelurahan="" if is_jumlah else nama or baris.sebutan,
            rt=baris.angka("rt"),
            laki=baris.angka("laki"),
            perempuan=baris.angka("perempuan"),
            jumlah=baris.angka("jumlah"),
            persen=baris.angka("persen"),
        ),
    )


def read_biaya(susunan: Susunan, baris: BarisLembar) -> None:
    kata = baris.kata("sasaran")
    sasaran = None if kata else baris.nomor("sasaran")
    if sasaran is None and kata is None:
        return
    words = {JUMLAH: "keseluruhan", TIDAK_TERKAIT: "tidak terkait sasaran"}
    baris.sebutan = words.get(kata or "", f"sasaran {sasaran}")
    if baris.teks("indikator"):
        add_nama(susunan, baris, baris.nomor("indikator"))
    row = BiayaTercetak(
        sasaran=sasaran,
        biaya=baris.angka("biaya"),
        penyerapan=baris.angka("penyerapan"),
        efisiensi=baris.angka("efisiensi"),
    )
    if kata == JUMLAH:
        susunan.set_tunggal(baris, "sasaran", "biaya_total", row)
    else:
        check_nomor(susunan, baris, "sasaran", sasaran, "sasaran")
        if any(one.sasaran == sasaran for one in susunan.isi.get("biaya", [])):
            baris.fault("sasaran", f"{baris.sebutan} ditulis dua kali; satu baris per sasaran")
        susunan.add("biaya", row)


def read_efisiensi(susunan: Susunan, baris: BarisLembar) -> None:
    baris.tabel = baris.teks("tabel") or baris.tabel
    sasaran = baris.nomor("sasaran")
    if sasaran is None:
        return
    baris.sebutan = f"sasaran {sasaran}"
    check_nomor(susunan, baris, "sasaran", sasaran, "sasaran")
    if baris.teks("indikator"):
        add_nama(susunan, baris, baris.nomor("indikator"))
    susunan.add(
        "efisiensi",
        BarisEfisiensi(
            sasaran=sasaran,
            nama=baris.tabel,
            capaian=baris.angka("capaian"),
            serapan=baris.angka("serapan"),
            efisiensi=baris.angka("efisiensi"),
        ),
    )


def read_anggaran(susunan: Susunan, baris: BarisLembar) -> None:
    tingkat = baris.pilih("tingkat", TINGKAT)
    nama = baris.teks("nama")
    if tingkat is None:
        return
    baris.sebutan = nama or baris.sebutan
    _check_program(susunan, baris, tingkat)
    susunan.add(
        "anggaran",
        AnggaranTercetak(
            tingkat=cast(Tingkat, tingkat),
            nama=nama,
            anggaran=baris.angka("anggaran"),
            realisasi=baris.angka("realisasi"),
            persen=baris.angka("persen"),
            penjelasan=baris.teks("penjelasan"),
            letak=baris.letak("nama"),
        ),
    )


def _check_program(susunan: Susunan, baris: BarisLembar, tingkat: str) -> None:
    """A programme that the sheet Program does not know would be left out of every sum."""
    programs: list[Program] = susunan.isi.get("program", [])
    names = {plain_nama(one) for program in programs for one in program.nama}
    if tingkat == "program" and names and plain_nama(baris.teks("nama")) not in names:
        baris.fault("nama", "program ini belum ada di lembar Program; tambahkan di sana")


def read_pk(susunan: Susunan, baris: BarisLembar) -> None:
    baris.tabel = "Perjanjian Kinerja"
    jenis = baris.pilih("jenis", {one: one for one in ("Indikator", "Program", JUMLAH)})
    if jenis == JUMLAH:
        baris.sebutan = "jumlah"
        susunan.set_tunggal(baris, "jenis", "pk_total", baris.angka("nilai"))
        susunan.tunggal["pk_penjelasan"] = baris.teks("penjelasan")
        return
    nomor = baris.nomor("nomor") if jenis else None
    if nomor is None:
        return
    baris.sebutan = f"{(jenis or '').lower()} {nomor}"
    pagu = baris.angka("nilai")
    if jenis == "Indikator":
        add_nama(susunan, baris, nomor, "nomor")
        susunan.add_nilai(baris, "nilai", nomor, "target", susunan.tahun)
        return
    check_nomor(susunan, baris, "program", nomor, "nomor")
    if pagu is not None:
        susunan.add("pk", PaguPk(program=nomor, pagu=pagu))
