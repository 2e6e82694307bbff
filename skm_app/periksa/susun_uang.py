"""Sheets about money, and the population."""

from __future__ import annotations

from typing import cast

from skm_app.kinerja.periksa.biaya import plain_nama
from skm_app.kinerja.periksa.laporan import (
    BarisAnggaran,
    BarisBiaya,
    BarisEfisiensi,
    BarisPenduduk,
    LingkupUnit,
    PaguPk,
    Program,
    Tingkat,
)
from skm_app.periksa.baris import BarisLembar
from skm_app.periksa.lembar import (
    JUMLAH,
    TIDAK_TERKAIT,
    TINGKAT,
    UNIT,
)
from skm_app.periksa.susunan import (
    Susunan,
    add_nama,
    split,
)


def read_program(susunan: Susunan, baris: BarisLembar) -> None:
    nomor = baris.nomor("nomor")
    unit = baris.pilih("unit", UNIT)
    if not baris.teks("nama"):
        baris.fault("nama", "nama program belum diisi")
    if nomor is None or unit is None:
        return
    susunan.add(
        "program",
        Program(
            nomor=nomor,
            nama=(baris.teks("nama"), *split(baris.teks("nama_lain"))),
            sasaran=baris.nomor("sasaran", wajib=False),
            unit=cast(LingkupUnit, unit),
        ),
    )


def read_penduduk(susunan: Susunan, baris: BarisLembar) -> None:
    nama = baris.teks("kelurahan")
    baris.sebutan = nama or baris.sebutan
    susunan.add(
        "penduduk",
        BarisPenduduk(
            kelurahan="" if nama.casefold() == JUMLAH.casefold() else nama or baris.sebutan,
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
    row = BarisBiaya(
        sasaran=sasaran,
        biaya=baris.angka("biaya"),
        penyerapan=baris.angka("penyerapan"),
        efisiensi=baris.angka("efisiensi"),
    )
    if kata == JUMLAH:
        susunan.tunggal["biaya_total"] = row
    else:
        susunan.add("biaya", row)


def read_efisiensi(susunan: Susunan, baris: BarisLembar) -> None:
    baris.tabel = baris.teks("tabel") or baris.tabel
    sasaran = baris.nomor("sasaran")
    if sasaran is None:
        return
    baris.sebutan = f"sasaran {sasaran}"
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
        BarisAnggaran(
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
        susunan.tunggal["pk_total"] = baris.angka("nilai")
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
    elif pagu is not None:
        susunan.add("pk", PaguPk(program=nomor, pagu=pagu))
