"""One indikator, one name: others only where they are recorded."""

from __future__ import annotations

from collections.abc import Iterator

from skm_app.kinerja.periksa.acuan import Acuan
from skm_app.kinerja.periksa.biaya import plain_nama
from skm_app.kinerja.periksa.temuan import Temuan, make_tempat_teks, make_temuan


def check_nama(acuan: Acuan) -> Iterator[Temuan]:
    """Names that are neither the official one nor recorded beside it. One finding for all."""
    known = {one.nomor: one for one in acuan.laporan.indikator}
    tempat = []
    for one in acuan.laporan.nama:
        indikator = known.get(one.indikator)
        if indikator is None or not one.tulisan.teks:
            continue
        names = {plain_nama(name) for name in (indikator.nama, *indikator.nama_lain)}
        if plain_nama(one.tulisan.teks) not in names:
            tempat.append(make_tempat_teks(one.tulisan, indikator.nama))
    yield from make_temuan(
        "nama-indikator",
        "Nama indikator",
        tempat,
        "Indikator yang sama disebut dengan nama berbeda. Pakai satu nama, atau catat nama "
        "lainnya di lembar Indikator.",
    )
