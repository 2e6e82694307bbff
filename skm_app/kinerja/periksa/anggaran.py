"""Money: Tabel 3.10 in itself, and the three totals that a report prints."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction

from skm_app.angka import format_angka
from skm_app.kinerja.periksa.acuan import Acuan
from skm_app.kinerja.periksa.biaya import Kolom, Simpul
from skm_app.kinerja.periksa.laporan import Angka
from skm_app.kinerja.periksa.temuan import Tempat, Temuan, exact, find_salah, make_temuan, persen
from skm_app.scoring import round_half_up

KOLOM: tuple[Kolom, ...] = ("anggaran", "realisasi")
TIDAK_ADA = "tidak ada anggaran"


def check_jumlah(acuan: Acuan) -> Iterator[Temuan]:
    """Tabel 3.10: each row is the sum of those under it, and its percentage is its own."""
    named: set[int] = set()
    for node in acuan.biaya.walk():
        jumlah = [find_salah(node.get_angka(one), [node.sum_anak(one)]) for one in KOLOM]
        if any(jumlah):
            named |= {id(one) for one in (node, *node.anak)}
            beside = [_find_persen(one) for one in (node, *node.anak)]
            yield from make_temuan(
                "jumlah-anggaran",
                node.baris.letak.tabel,
                [*jumlah, *beside],
                f"{node.baris.nama}: tidak sama dengan jumlah baris di bawahnya.",
            )
    for node in acuan.biaya.walk():
        if id(node) not in named:
            alasan = f"{node.baris.nama}: persen = realisasi ÷ anggaran × 100."
            yield from make_temuan(
                "persen-anggaran", node.baris.letak.tabel, [_find_persen(node)], alasan
            )


def _find_persen(node: Simpul) -> Tempat | None:
    baris = node.baris
    anggaran, realisasi = exact(baris.anggaran), exact(baris.realisasi)
    if anggaran == 0 and baris.persen is not None and baris.persen.nilai != 0:
        return Tempat(letak=baris.persen.letak, tercetak=baris.persen.teks, seharusnya=TIDAK_ADA)
    return find_salah(baris.persen, [persen(realisasi, anggaran)])


def check_melebihi(acuan: Acuan) -> Iterator[Temuan]:
    """More spent than budgeted needs an explanation. One finding per programme of a unit."""
    for unit in _list_unit(acuan):
        over = [found for one in unit.anak if (found := _list_melebihi(one))]
        for nodes in over or [[one for one in [unit] if _is_melebihi(one)]]:
            tempat = [_make_melebihi(one) for one in nodes if not _has_penjelasan(nodes)]
            yield from make_temuan(
                "melebihi-anggaran",
                unit.baris.letak.tabel,
                tempat,
                f"{unit.baris.nama}: realisasi melebihi anggaran tanpa penjelasan. Periksa "
                "angkanya, atau isi kolom Penjelasan.",
            )


def _list_unit(acuan: Acuan) -> list[Simpul]:
    """The units; where the table has none, its uppermost rows."""
    tops = list(acuan.biaya.akar)
    return [one for top in tops for one in ((top.anak or [top]) if _is_total(top) else [top])]


def _is_total(node: Simpul) -> bool:
    return node.baris.tingkat == "total"


def _list_melebihi(node: Simpul) -> list[Simpul]:
    return [one for one in node.walk() if _is_melebihi(one)]


def _is_melebihi(node: Simpul) -> bool:
    anggaran, realisasi = exact(node.baris.anggaran), exact(node.baris.realisasi)
    return anggaran is not None and realisasi is not None and realisasi > anggaran


def _has_penjelasan(nodes: list[Simpul]) -> bool:
    return any(one.baris.penjelasan for one in nodes)


def _make_melebihi(node: Simpul) -> Tempat:
    baris = node.baris
    shown = baris.persen or baris.realisasi
    return Tempat(
        letak=shown.letak if shown else baris.letak,
        tercetak=shown.teks if shown else "",
        seharusnya="paling banyak 100%, atau dengan penjelasan",
    )


def check_galat(acuan: Acuan) -> Iterator[Temuan]:
    """An error of the spreadsheet was printed instead of a figure. One finding per table."""
    per_tabel: defaultdict[str, list[Tempat]] = defaultdict(list)
    for one in acuan.laporan.galat:
        seharusnya = TIDAK_ADA if one.tanpa_anggaran else "angkanya, atau dikosongkan"
        per_tabel[one.tulisan.letak.tabel].append(
            Tempat(letak=one.tulisan.letak, tercetak=one.tulisan.teks, seharusnya=seharusnya)
        )
    for tabel, tempat in per_tabel.items():
        alasan = "Pesan galat lembar kerja ikut tercetak. Dengan anggaran 0 tidak ada yang dibagi."
        yield from make_temuan("galat-lembar-kerja", tabel, tempat, alasan)


def check_total(acuan: Acuan) -> Iterator[Temuan]:
    """Tabel 3.7, Tabel 3.10 and the Perjanjian Kinerja speak of the same money. One finding."""
    laporan = acuan.laporan
    tempat: list[Tempat | None] = []
    total = laporan.biaya_total
    if total is not None:
        tempat.append(_find_total(acuan, total.biaya, "anggaran"))
        tempat.append(_find_total(acuan, total.penyerapan, "realisasi"))
    besar = acuan.biaya.list_total("anggaran")
    if not laporan.pk_penjelasan and _sum_pk(acuan) not in besar:
        tempat.append(find_salah(laporan.pk_total, besar))
    yield from make_temuan(
        "total-anggaran",
        "Jumlah anggaran",
        tempat,
        f"Jumlah anggaran berbeda: {_list_totals(acuan)}. Bila Perjanjian Kinerja memakai anggaran "
        "sebelum perubahan, tulis penjelasannya di lembar PK.",
    )


def _list_totals(acuan: Acuan) -> str:
    total, pk = acuan.laporan.biaya_total, acuan.laporan.pk_total
    besar = acuan.biaya.list_total("anggaran")
    shown = (
        ("Tabel 3.7", exact(total.biaya) if total else None),
        ("Tabel 3.10", besar[0] if besar else None),
        ("Perjanjian Kinerja", exact(pk)),
    )
    return "; ".join(
        f"{name} {format_angka(round_half_up(value, 0))}"
        for name, value in shown
        if value is not None
    )


def _find_total(acuan: Acuan, angka: Angka | None, kolom: Kolom) -> Tempat | None:
    """A total of Tabel 3.7 that is wrong in itself, not only because a row of it is."""
    rows = acuan.laporan.biaya
    printed = [
        Fraction(value.nilai)
        for one in rows
        for value in [one.biaya if kolom == "anggaran" else one.penyerapan]
        if value is not None
    ]
    own = sum(printed, Fraction(0)) if printed and len(printed) == len(rows) else None
    besar: list[Fraction | None] = [*acuan.biaya.list_total(kolom)]
    if not besar:
        return find_salah(angka, [own])
    mended = [acuan.biaya.list_sasaran(one.sasaran, kolom) for one in rows]
    if all(mended) and mended and sum(one[0] for one in mended) in besar:
        besar.append(own)
    return find_salah(angka, besar)


def _sum_pk(acuan: Acuan) -> Fraction | None:
    rows = [Fraction(one.pagu.nilai) for one in acuan.laporan.pk]
    return sum(rows, Fraction(0)) if rows else None


def check_pk(acuan: Acuan) -> Iterator[Temuan]:
    """The Perjanjian Kinerja adds up, and its programmes are those of Tabel 3.10."""
    laporan = acuan.laporan
    own = _sum_pk(acuan)
    tempat = find_salah(laporan.pk_total, [own])
    yield from make_temuan(
        "jumlah-pk",
        "Perjanjian Kinerja",
        [tempat],
        "Jumlah anggaran tidak sama dengan jumlah programnya.",
    )
    besar = acuan.biaya.list_total("anggaran")
    if laporan.pk_penjelasan or exact(laporan.pk_total) not in (None, *besar):
        return
    yield from make_temuan(
        "program-pk",
        "Perjanjian Kinerja",
        [
            find_salah(one.pagu, acuan.biaya.list_program(one.program, "anggaran"))
            for one in laporan.pk
        ],
        "Anggaran program tidak sama dengan Tabel 3.10.",
    )
