"""Table 3.10: the budget from the whole office down to every sub kegiatan."""

from __future__ import annotations

from collections.abc import Sequence

from skm_app.angka import format_angka
from skm_app.capaian.anggaran import TINGKAT, BarisAnggaran
from skm_app.reports.bab_iii.fakta import FaktaKinerja
from skm_app.reports.bab_iii.tabel_bentuk import Kekurangan, SelKinerja, TabelKinerja
from skm_app.reports.bab_iii.tabel_capaian import make_catatan
from skm_app.reports.bab_iii.tabel_sel import (
    KOSONG,
    TANPA_ANGGARAN,
    formula_jumlah,
    formula_persen,
    make_angka,
    make_belum,
    make_teks,
)

MELEBIHI = " (melebihi anggaran)"
MAX_DIJABARKAN = 8  # figures that a sum is written out with
ANAK = {"total": "unit", "unit": "program", "program": "kegiatan", "kegiatan": "sub kegiatan"}


def make_tabel_anggaran(fakta: FaktaKinerja, kode: str) -> TabelKinerja:
    """3.10: the budget from the whole office down to every sub kegiatan."""
    rows = []
    for place, (one, nomor) in enumerate(zip(fakta.anggaran, _number(fakta.anggaran), strict=True)):
        below = _list_anak(fakta.anggaran, place)
        rows.append(
            (
                make_teks(nomor),
                make_teks(f"Jumlah {one.nama}" if one.tingkat == "total" else one.nama),
                _make_rupiah(fakta, place, below, "anggaran"),
                _make_rupiah(fakta, place, below, "realisasi"),
                _make_serapan(one, place),
            )
        )
    if not rows:
        lack = make_belum("Data anggaran belum diisi")
        rows.append((KOSONG, make_teks(f"Jumlah {fakta.unit}"), lack, lack, lack))
    melebihi = [one for one in fakta.anggaran if one.tingkat == "sub_kegiatan" and one.melebihi]
    return TabelKinerja(
        kode=kode,
        jenis="anggaran",
        judul=f"Realisasi Anggaran Program dan Kegiatan {fakta.unit} Tahun {fakta.tahun}",
        kolom=("No.", "Program / Kegiatan / Sub Kegiatan", "Anggaran (Rp)", "Realisasi (Rp)",
               "% Realisasi"),
        baris=tuple(rows),
        tebal=tuple(
            place
            for place, one in enumerate(fakta.anggaran)
            if one.tingkat in ("total", "unit", "program")
        ),
        catatan=make_catatan(rows, (), *map(_describe_melebihi, melebihi)),
        kurang=tuple(_list_kurang_anggaran(fakta, melebihi)),
        lebar=(9, 43, 17, 17, 14),
    )  # fmt: skip


def tulis_jumlah(values: Sequence[int], apa: str) -> str:
    """A sum in words; written out while it is short enough to be read."""
    if not values:
        return ""
    if len(values) > MAX_DIJABARKAN:
        return f"jumlah {len(values)} {apa}"
    if len(values) == 1:
        return f"satu {apa} saja"
    return f"jumlah {apa} = {' + '.join(format_angka(one) for one in values)}"


def kurang_anggaran(fakta: FaktaKinerja) -> Kekurangan:
    """That there is no budget, and where it is put in."""
    return Kekurangan(f"Anggaran {fakta.tahun} belum ada.", "Anggaran")


def _make_rupiah(fakta: FaktaKinerja, place: int, below: Sequence[int], what: str) -> SelKinerja:
    one = fakta.anggaran[place]
    values = [getattr(fakta.anggaran[p], f"{what}_rp") for p in below]
    anak = ANAK.get(one.tingkat, "")
    own = f"Data anggaran {fakta.tahun}: {one.nama}, {one.unit}"
    return make_angka(
        getattr(one, f"{what}_rp"),
        f"{what}/{place}",
        rumus=tulis_jumlah(values, anak) if below else "",
        formula=formula_jumlah([f"{what}/{p}" for p in below]),
        sumber=[f"Baris {anak} di bawahnya" if below else own],
    )


def _make_serapan(one: BarisAnggaran, place: int) -> SelKinerja:
    over = MELEBIHI if one.melebihi else ""
    if one.serapan is None:
        return make_teks(f"{TANPA_ANGGARAN}{over}")
    return make_angka(
        one.serapan,
        f"persen/{place}",
        akhiran=f"%{over}",
        rumus=f"realisasi / anggaran × 100 = {format_angka(one.realisasi_rp)} / "
        f"{format_angka(one.anggaran_rp)} × 100",
        formula=formula_persen(f"{{realisasi/{place}}}", f"anggaran/{place}"),
        sumber=["Kolom Anggaran dan Realisasi pada baris ini"],
    )


def _number(anggaran: Sequence[BarisAnggaran]) -> list[str]:
    """``A`` for a unit, ``A.1``, ``A.1.1``, ``A.1.1.1`` below it; nothing for the total."""
    counts = [0] * len(TINGKAT)
    found = []
    for one in anggaran:
        level = TINGKAT.index(one.tingkat)
        counts[level] += 1
        counts[level + 1 :] = [0] * (len(TINGKAT) - level - 1)
        parts = counts[2 : level + 1]
        found.append(".".join([_letters(counts[1]), *map(str, parts)]) if level else "")
    return found


def _letters(number: int) -> str:
    """A to Z, then AA."""
    text = ""
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(ord("A") + rest) + text
    return text


def _list_anak(anggaran: Sequence[BarisAnggaran], place: int) -> list[int]:
    """Places of the rows that a row is the sum of."""
    level = TINGKAT.index(anggaran[place].tingkat)
    found = []
    for other in range(place + 1, len(anggaran)):
        depth = TINGKAT.index(anggaran[other].tingkat)
        if depth <= level:
            break
        if depth == level + 1:
            found.append(other)
    return found


def _list_kurang_anggaran(
    fakta: FaktaKinerja, melebihi: Sequence[BarisAnggaran]
) -> list[Kekurangan]:
    if not fakta.anggaran:
        return [kurang_anggaran(fakta)]
    return [
        Kekurangan(
            f"Realisasi “{one.nama}” ({one.unit}) melebihi anggaran tanpa penjelasan.", "Anggaran"
        )
        for one in melebihi
        if not one.penjelasan
    ]


def _describe_melebihi(one: BarisAnggaran) -> str:
    over = format_angka(one.realisasi_rp - one.anggaran_rp)
    why = f": {one.penjelasan.rstrip('.')}" if one.penjelasan else ""
    return f"Realisasi {one.nama} ({one.unit}) melebihi anggaran sebesar Rp{over}{why}."
