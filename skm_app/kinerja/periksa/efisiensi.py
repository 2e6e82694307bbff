"""Cost and efficiency of each sasaran: Tabel 3.7, and Tabel 3.8 and 3.9."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from skm_app.angka import format_angka
from skm_app.kinerja.periksa.acuan import Acuan
from skm_app.kinerja.periksa.banding import note
from skm_app.kinerja.periksa.laporan import Angka, BarisEfisiensi, BiayaTercetak, Kalimat
from skm_app.kinerja.periksa.temuan import (
    Tempat,
    Temuan,
    exact,
    find_salah,
    make_temuan,
    persen,
)
from skm_app.scoring import round_half_up

Pasangan = tuple[Fraction, Fraction]  # biaya, penyerapan
KUNCI_EFISIENSI = ("capaian", "serapan", "efisiensi_kinerja")


def check_biaya(acuan: Acuan) -> Iterator[Temuan]:
    """Tabel 3.7: the cost of a sasaran is the sum of its programmes in Tabel 3.10."""
    for one in acuan.laporan.biaya:
        tempat = [
            find_salah(one.biaya, acuan.biaya.list_sasaran(one.sasaran, "anggaran")),
            find_salah(one.penyerapan, acuan.biaya.list_sasaran(one.sasaran, "realisasi")),
        ]
        yield from make_temuan(
            "biaya-sasaran",
            _tabel_of(tempat),
            tempat,
            f"{_name_of(one)}: tidak sama dengan jumlah programnya di Tabel 3.10.",
        )
        efisiensi = find_salah(one.efisiensi, list_efisiensi(list_pasangan(acuan, one)))
        yield from make_temuan(
            "efisiensi-biaya",
            _tabel_of([efisiensi]),
            [efisiensi],
            f"{_name_of(one)}: efisiensi = (target biaya − penyerapan) ÷ target biaya × 100.",
        )


def check_efisiensi_total(acuan: Acuan) -> Iterator[Temuan]:
    """The efficiency of all money in Tabel 3.7."""
    total = acuan.laporan.biaya_total
    if total is not None:
        tempat = find_salah(total.efisiensi, list_efisiensi(list_pasangan_total(acuan)))
        alasan = "Keseluruhan: efisiensi = (target biaya − penyerapan) ÷ target biaya × 100."
        yield from make_temuan("efisiensi-biaya", _tabel_of([tempat]), [tempat], alasan)


def find_baris(acuan: Acuan, sasaran: int | None) -> BiayaTercetak | None:
    """A sasaran's row of Tabel 3.7."""
    return next((one for one in acuan.laporan.biaya if one.sasaran == sasaran), None)


def list_pasangan(acuan: Acuan, baris: BiayaTercetak | None) -> list[Pasangan]:
    """Cost and spending of a sasaran: as Tabel 3.7 prints them, then by Tabel 3.10."""
    if baris is None:
        return []
    found = _pair(exact(baris.biaya), exact(baris.penyerapan))
    return found + _pair_of(
        acuan.biaya.list_sasaran(baris.sasaran, "anggaran"),
        acuan.biaya.list_sasaran(baris.sasaran, "realisasi"),
    )


def list_pasangan_total(acuan: Acuan) -> list[Pasangan]:
    """Cost and spending of all: by the sums of Tabel 3.7, as it prints them, by Tabel 3.10."""
    total = acuan.laporan.biaya_total
    found: list[Pasangan] = []
    if total is not None:
        found += _pair(exact(total.biaya), exact(total.penyerapan))
    return found + _pair_of(acuan.biaya.list_total("anggaran"), acuan.biaya.list_total("realisasi"))


def list_efisiensi(pasangan: list[Pasangan]) -> list[Fraction | None]:
    """What was saved of the cost, in percent."""
    return [persen(biaya - penyerapan, biaya) for biaya, penyerapan in pasangan]


def list_serapan(pasangan: list[Pasangan]) -> list[Fraction | None]:
    """What was spent of the cost, in percent."""
    return [persen(penyerapan, biaya) for biaya, penyerapan in pasangan]


def check_efisiensi_kinerja(acuan: Acuan) -> Iterator[Temuan]:
    """Tabel 3.8 and 3.9: capaian less serapan. One finding per table, with the text below it."""
    for one in acuan.laporan.efisiensi:
        calon = list_calon(acuan, one.sasaran)
        tercetak = _kurang(exact(one.capaian), exact(one.serapan))
        if not any(value is not None for value in calon["efisiensi_kinerja"]):
            # Without Tabel 3.7 there is only what stands beside it.
            calon["efisiensi_kinerja"] = [tercetak]
        if one.efisiensi is not None and tercetak is not None:
            note(one.capaian, one.serapan, one.efisiensi)
        tempat = [
            find_salah(getattr(one, _FIELD[kunci]), calon[kunci]) for kunci in KUNCI_EFISIENSI
        ]
        if not any(tempat[:2]) and fits_itself(one):
            continue
        repeated = [
            find_salah(kalimat.angka.get(kunci), calon[kunci])
            for kalimat in acuan.laporan.kalimat
            for kunci in KUNCI_EFISIENSI
            if kalimat.nomor == one.sasaran and repeats_tabel(acuan, kalimat, kunci)
        ]
        yield from make_temuan(
            "efisiensi-kinerja", one.nama, [*tempat, *repeated], _explain(one, calon, tempat[1])
        )


_FIELD = {"capaian": "capaian", "serapan": "serapan", "efisiensi_kinerja": "efisiensi"}


def list_calon(acuan: Acuan, sasaran: int) -> dict[str, list[Fraction | None]]:
    """What capaian, serapan and efisiensi of a sasaran may be, by the keys of a sentence."""
    capaian = acuan.get_capaian_sasaran(sasaran)
    serapan = list_serapan(list_pasangan(acuan, find_baris(acuan, sasaran)))
    return {
        "capaian": [capaian],
        "serapan": serapan,
        "efisiensi_kinerja": [
            value for one in serapan for value in (_selisih(capaian, one), _kurang(capaian, one))
        ],
    }


def repeats_tabel(acuan: Acuan, kalimat: Kalimat, kunci: str) -> bool:
    """Whether a sentence repeats the figure of Tabel 3.8 or 3.9, where it is named."""
    angka = kalimat.angka.get(kunci)
    return (
        kalimat.tentang == "sasaran"
        and kalimat.tahun == acuan.laporan.tahun
        and kunci in KUNCI_EFISIENSI
        and angka is not None
        and any(
            _same(angka, getattr(one, _FIELD[kunci]))
            for one in acuan.laporan.efisiensi
            if one.sasaran == kalimat.nomor
        )
    )


def fits_itself(baris: BarisEfisiensi) -> bool:
    """Whether the efficiency follows from what is printed beside it."""
    own = _kurang(exact(baris.capaian), exact(baris.serapan))
    return baris.efisiensi is None or own is None or baris.efisiensi.agrees(own)


def _explain(
    baris: BarisEfisiensi, calon: dict[str, list[Fraction | None]], salah: Tempat | None
) -> str:
    """The formula, and what it gives where the printed serapan or Tabel 3.7 is in doubt."""
    if not calon["serapan"]:
        return "Efisiensi = % capaian kinerja − % penyerapan anggaran."
    text = "Efisiensi = % capaian kinerja − % penyerapan anggaran, menurut capaian dan Tabel 3.7."
    capaian = calon["capaian"][0]
    if salah is not None and baris.serapan is not None:
        printed = _selisih(capaian, exact(baris.serapan))
        if printed is not None:
            text += (
                f" Dengan penyerapan yang tercetak ({baris.serapan.teks}) efisiensinya "
                f"{format_angka(round_half_up(printed, 2))}."
            )
    serapan = [one for one in calon["serapan"] if one is not None]
    mended = _selisih(capaian, serapan[-1]) if serapan else None
    if mended is not None and round_half_up(serapan[0], 2) != round_half_up(serapan[-1], 2):
        text += (
            f" Sesudah Tabel 3.7 diperbaiki menurut Tabel 3.10, penyerapannya "
            f"{format_angka(round_half_up(serapan[-1], 2))} dan efisiensinya "
            f"{format_angka(round_half_up(mended, 2))}."
        )
    return text


def _selisih(capaian: Fraction | None, serapan: Fraction | None) -> Fraction | None:
    """Of the figures as they are printed, with 2 decimals."""
    if capaian is None or serapan is None:
        return None
    return Fraction(round_half_up(capaian, 2)) - Fraction(round_half_up(serapan, 2))


def _kurang(capaian: Fraction | None, serapan: Fraction | None) -> Fraction | None:
    return None if capaian is None or serapan is None else capaian - serapan


def _pair(biaya: Fraction | None, penyerapan: Fraction | None) -> list[Pasangan]:
    return [] if biaya is None or penyerapan is None else [(biaya, penyerapan)]


def _pair_of(anggaran: list[Fraction], realisasi: list[Fraction]) -> list[Pasangan]:
    return [(anggaran[0], realisasi[0])] if anggaran and realisasi else []


def _same(angka: Angka, lain: Angka | None) -> bool:
    return lain is not None and lain.nilai == angka.nilai


def _tabel_of(tempat: list[Tempat | None]) -> str:
    return next((one.letak.tabel for one in tempat if one is not None), "")


def _name_of(baris: BiayaTercetak) -> str:
    return "Tidak terkait sasaran" if baris.sasaran is None else f"Sasaran {baris.sasaran}"
