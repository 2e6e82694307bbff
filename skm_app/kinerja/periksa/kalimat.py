"""What sentences claim, against the tables that they speak of. One finding per sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction

from skm_app.angka import format_angka
from skm_app.kinerja.periksa.acuan import Acuan
from skm_app.kinerja.periksa.banding import note
from skm_app.kinerja.periksa.capaian import is_terpotong
from skm_app.kinerja.periksa.efisiensi import (
    Pasangan,
    find_baris,
    list_calon,
    list_efisiensi,
    list_pasangan,
    list_pasangan_total,
    list_serapan,
    repeats_tabel,
)
from skm_app.kinerja.periksa.laporan import Kalimat
from skm_app.kinerja.periksa.predikat import find_huruf
from skm_app.kinerja.periksa.temuan import (
    Tempat,
    Temuan,
    exact,
    find_salah,
    make_tempat_teks,
    make_temuan,
)
from skm_app.scoring import round_half_up

Calon = Mapping[str, list[Fraction | None]]
JUMLAH = ("program", "kegiatan", "sub_kegiatan")


def check_kalimat(acuan: Acuan) -> Iterator[Temuan]:
    """Every figure of a sentence but its counts, which are compared with each other."""
    for one in acuan.laporan.kalimat:
        make_calon, alasan = RUJUKAN[one.tentang]
        calon = make_calon(acuan, one)
        tempat = [
            find_salah(angka, calon[kunci])
            for kunci, angka in one.angka.items()
            if kunci in calon and not _is_named_elsewhere(acuan, one, kunci)
        ]
        tempat += [_find_predikat(acuan, one)]
        if one.tentang == "akip" and tempat and tempat[0] is not None:
            tempat += _list_nilai_akip(acuan, one)
        yield from make_temuan(
            f"kalimat-{one.tentang}", one.letak, tempat, _explain(alasan, one, calon)
        )


def _is_named_elsewhere(acuan: Acuan, kalimat: Kalimat, kunci: str) -> bool:
    """A capaian that was cut off, and what only repeats Tabel 3.8 or 3.9, have their finding."""
    if repeats_tabel(acuan, kalimat, kunci):
        return True
    if kalimat.tentang != "indikator" or kalimat.nomor is None or kunci != "capaian":
        return False
    return is_terpotong(acuan, kalimat.nomor, kalimat.tahun, kalimat.angka[kunci])


def _of_indikator(acuan: Acuan, one: Kalimat) -> Calon:
    nomor = one.nomor or 0
    return {
        "target": [acuan.get_nilai(nomor, one.tahun, "target")],
        "realisasi": [acuan.get_nilai(nomor, one.tahun, "realisasi")],
        "capaian": [acuan.get_capaian(nomor, one.tahun)],
    }


def _of_sasaran(acuan: Acuan, one: Kalimat) -> Calon:
    if one.tahun != acuan.laporan.tahun:
        return {}
    pairs = list_pasangan(acuan, find_baris(acuan, one.nomor))
    return {**_of_uang(pairs), **list_calon(acuan, one.nomor or 0)}


def _of_program(acuan: Acuan, one: Kalimat) -> Calon:
    if one.tahun != acuan.laporan.tahun:
        return _with_own(one, [], [])
    return _with_own(
        one,
        acuan.biaya.list_program(one.nomor or 0, "anggaran"),
        acuan.biaya.list_program(one.nomor or 0, "realisasi"),
    )


def _of_keseluruhan(acuan: Acuan, one: Kalimat) -> Calon:
    """A budget by Tabel 3.10; the efficiency is that of Tabel 3.7, which has a cost of its own."""
    if one.tahun != acuan.laporan.tahun:
        return _with_own(one, [], [])
    found = _with_own(one, acuan.biaya.list_total("anggaran"), acuan.biaya.list_total("realisasi"))
    pairs = list_pasangan_total(acuan)
    return {**found, "efisiensi": [*list_efisiensi(pairs), *found["efisiensi"]]}


def _of_akip(acuan: Acuan, one: Kalimat) -> Calon:
    found = [exact(akip.nilai) for akip in acuan.laporan.akip if akip.tahun == one.tahun]
    return {"realisasi": found}


def _list_nilai_akip(acuan: Acuan, one: Kalimat) -> list[Tempat]:
    """The score in the table: of two that differ, nothing else tells which is right."""
    angka = one.angka.get("realisasi")
    return [
        Tempat(
            letak=akip.nilai.letak,
            tercetak=akip.nilai.teks,
            seharusnya=f"{angka.teks}, bila kalimatnya yang benar",
        )
        for akip in acuan.laporan.akip
        if angka is not None and akip.tahun == one.tahun and akip.nilai.nilai != angka.nilai
    ]


RUJUKAN: Mapping[str, tuple[Callable[[Acuan, Kalimat], Calon], str]] = {
    "indikator": (_of_indikator, "Tidak sama dengan target dan realisasi di Tabel 3.2 dan 3.5."),
    "sasaran": (_of_sasaran, "Tidak sama dengan Tabel 3.7."),
    "program": (_of_program, "Tidak sama dengan Tabel 3.10."),
    "keseluruhan": (_of_keseluruhan, "Tidak sama dengan Tabel 3.10."),
    "akip": (_of_akip, "Tidak sama dengan nilai AKIP tahun itu."),
}


def _with_own(one: Kalimat, pagu: list[Fraction], penyerapan: list[Fraction]) -> Calon:
    """Money by Tabel 3.10; shares by it, or by what the sentence itself says."""
    pairs: list[Pasangan] = [(pagu[0], penyerapan[0])] if pagu and penyerapan else []
    own = one.angka.get("pagu"), one.angka.get("penyerapan")
    if own[0] is not None and own[1] is not None:
        pairs.append((Fraction(own[0].nilai), Fraction(own[1].nilai)))
        if "serapan" in one.angka or "efisiensi" in one.angka:
            note(*own)
    return {**_of_uang(pairs), "pagu": [*pagu], "penyerapan": [*penyerapan]}


def _of_uang(pairs: list[Pasangan]) -> dict[str, list[Fraction | None]]:
    return {
        "pagu": [biaya for biaya, _ in pairs],
        "penyerapan": [penyerapan for _, penyerapan in pairs],
        "serapan": list_serapan(pairs),
        "efisiensi": list_efisiensi(pairs),
    }


def _explain(alasan: str, one: Kalimat, calon: Calon) -> str:
    """With what the efficiency becomes once Tabel 3.7 is mended, where that is another."""
    found = [value for value in calon.get("efisiensi", []) if value is not None]
    if one.tentang != "sasaran" or len(found) < 2 or "efisiensi" not in one.angka:
        return alasan
    last = round_half_up(found[-1], 2)
    if round_half_up(found[0], 2) == last:
        return alasan
    return f"{alasan} Sesudah Tabel 3.7 diperbaiki menurut Tabel 3.10: {format_angka(last)}%."


def _find_predikat(acuan: Acuan, one: Kalimat) -> Tempat | None:
    if one.tentang != "akip" or one.predikat is None:
        return None
    letter = acuan.find_predikat(one.tahun)
    if letter is None or find_huruf(acuan.aturan, one.predikat.teks) == letter:
        return None
    return make_tempat_teks(one.predikat, letter)


def check_banyaknya(acuan: Acuan) -> Iterator[Temuan]:
    """How many programmes, kegiatan and sub kegiatan: one finding for all sentences.

    Sentences about a programme have theirs, of its own rows.
    """
    now = [one for one in acuan.laporan.kalimat if one.tahun == acuan.laporan.tahun]
    whole = [one for one in now if one.tentang == "keseluruhan"]
    yield from _check_banyaknya(acuan, whole, None)
    for nomor in sorted({one.nomor or 0 for one in now if one.tentang == "program"}):
        own = [one for one in now if (one.tentang, one.nomor) == ("program", nomor)]
        yield from _check_banyaknya(acuan, own, nomor)


def _check_banyaknya(
    acuan: Acuan, kalimat: list[Kalimat], program: int | None
) -> tuple[Temuan, ...]:
    tempat = []
    for kunci in JUMLAH:
        angka = [one.angka[kunci] for one in kalimat if kunci in one.angka]
        told = [Fraction(one.nilai) for one in angka]
        # Without the table it cannot be said which is right, but that they differ.
        calon = [Fraction(one) for one in acuan.biaya.count(kunci, program)]
        if not calon and len(told) > 1:
            calon = told
        if calon:
            # Of two ways of counting, the one that most sentences use: they are to agree.
            benar = max(calon, key=told.count)
            tempat += [find_salah(one, [benar]) for one in angka]
    of = "" if program is None else f" pada program {program}"
    return make_temuan(
        "banyaknya-kegiatan",
        f"Banyaknya program, kegiatan, dan sub kegiatan{of}",
        tempat,
        _explain_banyaknya(acuan, kalimat, program),
    )


def _explain_banyaknya(acuan: Acuan, kalimat: list[Kalimat], program: int | None) -> str:
    text = "Banyaknya berbeda antarbagian laporan"
    kunci_of = JUMLAH if program is None else JUMLAH[1:]
    counts = {kunci: acuan.biaya.count(kunci, program) for kunci in kunci_of}
    if not all(counts.values()):
        return f"{text}."
    parts = ", ".join(f"{counts[kunci][-1]} {kunci.replace('_', ' ')}" for kunci in kunci_of)
    funded, named = counts["sub_kegiatan"]
    less = f" ({named - funded} sub kegiatan di antaranya tanpa anggaran)" if named > funded else ""
    told = "; ".join(f"{one.letak}: {said}" for one in kalimat if (said := _say(one)))
    return f"{text} ({told}). Tabel 3.10 memuat {parts}{less}."


def _say(one: Kalimat) -> str:
    return ", ".join(
        f"{one.angka[kunci].teks} {kunci.replace('_', ' ')}"
        for kunci in JUMLAH
        if kunci in one.angka
    )
