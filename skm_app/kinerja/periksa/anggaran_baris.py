"""Tabel 3.10 in itself: sums, percentages, and more spent than budgeted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from skm_app.kinerja.periksa.acuan import Acuan
from skm_app.kinerja.periksa.banding import note
from skm_app.kinerja.periksa.biaya import Kolom, Simpul
from skm_app.kinerja.periksa.ikatan import Ikatan, Jaringan
from skm_app.kinerja.periksa.laporan import Angka
from skm_app.kinerja.periksa.temuan import Tempat, Temuan, exact, make_tempat, make_temuan

KOLOM: tuple[Kolom, ...] = ("anggaran", "realisasi")
TIDAK_ADA = "tidak ada anggaran"


def check_jumlah(acuan: Acuan) -> Iterator[Temuan]:
    """Tabel 3.10: each row is the sum of those under it, and its percentage is its own.

    A finding per sum, and one per percentage.
    """
    nodes = list(acuan.biaya.walk())
    nama = {angka.letak: node for node in nodes for angka in _list_angka(node)}
    bagian = [tie for node in nodes for tie in _tie_persen(node)]
    sebab, wrong = Jaringan(list(_tie_jumlah(nodes)), bagian).find()
    for one in sebab:
        node = nama[one.ikatan.hasil.letak]
        yield from make_temuan(
            "jumlah-anggaran",
            node.baris.letak.tabel,
            one.list_tempat(),
            f"{node.baris.nama}: tidak sama dengan jumlah baris di bawahnya.{one.explain()}",
        )
    salah = {
        one.hasil.letak: make_tempat(one.hasil, benar)
        for one in wrong
        if (benar := one.compute()) is not None
    }
    for node in nodes:
        persen = node.baris.persen
        tempat = _find_tanpa_anggaran(node) or (salah.get(persen.letak) if persen else None)
        alasan = f"{node.baris.nama}: persen = realisasi ÷ anggaran × 100."
        yield from make_temuan("persen-anggaran", node.baris.letak.tabel, [tempat], alasan)


def _list_angka(node: Simpul) -> list[Angka]:
    found = (node.baris.anggaran, node.baris.realisasi, node.baris.persen)
    return [one for one in found if one is not None]


def _tie_jumlah(nodes: list[Simpul]) -> Iterator[Ikatan]:
    for node in nodes:
        for kolom in KOLOM:
            hasil, bagian = node.get_angka(kolom), node.list_bagian(kolom)
            if hasil is not None and bagian:
                yield Ikatan(hasil, tuple(bagian))


def _tie_persen(node: Simpul) -> Iterator[Ikatan]:
    baris = node.baris
    if baris.persen is not None and baris.anggaran is not None and baris.realisasi is not None:
        yield Ikatan(baris.persen, (baris.realisasi,), (baris.anggaran,))


def _find_tanpa_anggaran(node: Simpul) -> Tempat | None:
    baris = node.baris
    if exact(baris.anggaran) != 0 or baris.persen is None:
        return None
    note(baris.persen)
    if baris.persen.nilai == 0:
        return None
    return Tempat(letak=baris.persen.letak, tercetak=baris.persen.teks, seharusnya=TIDAK_ADA)


def check_melebihi(acuan: Acuan) -> Iterator[Temuan]:
    """More spent than budgeted needs an explanation. One finding per programme of a unit."""
    for unit in _list_unit(acuan):
        over = [one for one in unit.anak if _list_melebihi(one)]
        for nodes in map(_list_tanpa, over or [unit]):
            yield from make_temuan(
                "melebihi-anggaran",
                unit.baris.letak.tabel,
                [_make_melebihi(one) for one in nodes],
                f"{unit.baris.nama}: realisasi melebihi anggaran tanpa penjelasan. Periksa "
                "angkanya, atau isi kolom Penjelasan pada setiap baris terbawahnya.",
            )


def _list_unit(acuan: Acuan) -> list[Simpul]:
    """The units; where the table has none, its uppermost rows."""
    tops = list(acuan.biaya.akar)
    return [one for top in tops for one in ((top.anak or [top]) if _is_total(top) else [top])]


def _is_total(node: Simpul) -> bool:
    return node.baris.tingkat == "total"


def _list_melebihi(node: Simpul) -> list[Simpul]:
    return [one for one in node.walk() if _is_melebihi(one)]


def _list_tanpa(node: Simpul) -> list[Simpul]:
    """The overspent rows that nothing explains.

    The lowest ones need words of their own; those above them are explained by them.
    """
    return [one for one in _list_melebihi(node) if not _is_dijelaskan(one)]


def _is_dijelaskan(node: Simpul) -> bool:
    below = [one for anak in node.anak for one in _list_melebihi(anak)]
    return all(map(_is_dijelaskan, below)) if below else bool(node.baris.penjelasan)


def _is_melebihi(node: Simpul) -> bool:
    anggaran, realisasi = exact(node.baris.anggaran), exact(node.baris.realisasi)
    return anggaran is not None and realisasi is not None and realisasi > anggaran


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
