"""Finds where a performance report (LKjIP) contradicts its own figures. Pure.

Every figure is held against the report itself at the precision at which it is printed: targets
and realisasi against each other, what is computed against what it is computed from, sentences
against the tables they speak of. What follows from an error that is named is not named again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from skm_app.kinerja.aturan import Aturan, load_aturan
from skm_app.kinerja.periksa.acuan import Acuan, make_acuan
from skm_app.kinerja.periksa.anggaran import check_pk, check_total
from skm_app.kinerja.periksa.anggaran_baris import check_galat, check_jumlah, check_melebihi
from skm_app.kinerja.periksa.banding import noting
from skm_app.kinerja.periksa.capaian import (
    check_capaian,
    check_nilai,
    check_rata_rata,
    check_rumus,
    check_terpotong,
)
from skm_app.kinerja.periksa.efisiensi import (
    check_biaya,
    check_efisiensi_kinerja,
    check_efisiensi_total,
)
from skm_app.kinerja.periksa.kalimat import check_banyaknya, check_kalimat
from skm_app.kinerja.periksa.laporan import LaporanTercetak, count_angka, list_letak
from skm_app.kinerja.periksa.nama import check_nama
from skm_app.kinerja.periksa.nko import check_akip, check_koreksi, check_nko
from skm_app.kinerja.periksa.penduduk import check_penduduk
from skm_app.kinerja.periksa.renstra import (
    check_capaian_renstra,
    check_target_akhir,
    check_tersalin,
)
from skm_app.kinerja.periksa.temuan import Tempat, Temuan

# In the order in which a reader of the report meets what they are about.
ATURAN: tuple[Callable[[Acuan], Iterator[Temuan]], ...] = (
    check_penduduk,
    check_akip,
    check_nama,
    check_nilai,
    check_capaian,
    check_rumus,
    check_rata_rata,
    check_target_akhir,
    check_tersalin,
    check_capaian_renstra,
    check_terpotong,
    check_biaya,
    check_efisiensi_total,
    check_efisiensi_kinerja,
    check_kalimat,
    check_banyaknya,
    check_jumlah,
    check_galat,
    check_melebihi,
    check_total,
    check_pk,
    check_koreksi,
    check_nko,
)


@dataclass(frozen=True)
class Pemeriksaan:
    """``banyak_angka``: figures of the report; ``dibandingkan``: with something beside them."""

    temuan: tuple[Temuan, ...]
    banyak_angka: int
    dibandingkan: int


def periksa_laporan(laporan: LaporanTercetak, aturan: Aturan | None = None) -> Pemeriksaan:
    """As ``periksa``, with how many of the figures could be compared."""
    letak = set(list_letak(laporan))
    with noting() as places:
        temuan = periksa(laporan, aturan)
    return Pemeriksaan(temuan, len(letak), len(places & letak))


def periksa(laporan: LaporanTercetak, aturan: Aturan | None = None) -> tuple[Temuan, ...]:
    """Every contradiction of a report with itself, one finding per cause.

    :param aturan: rules of the NKO; by default those that are shipped.
    :return: empty if there is none among what the report gives.
    """
    acuan = make_acuan(laporan, aturan or load_aturan())
    return tuple(temuan for check in ATURAN for temuan in check(acuan))


__all__ = [
    "LaporanTercetak",
    "Pemeriksaan",
    "Tempat",
    "Temuan",
    "count_angka",
    "periksa",
    "periksa_laporan",
]
