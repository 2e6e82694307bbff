"""Tables 3.1 to 3.12 of Bab III: each figure with its formula and where it comes from.

Numbers follow the printed LKjIP 2024: with two sasaran they run from 3.1 to 3.12; every further
sasaran adds one table of capaian (from 3.3) and one of efisiensi (from 3.8), and those behind
move on.
"""

from __future__ import annotations

from collections.abc import Sequence

from skm_app.reports import dokumen
from skm_app.reports.bab_iii.fakta import FaktaKinerja
from skm_app.reports.bab_iii.tabel_anggaran import make_tabel_anggaran
from skm_app.reports.bab_iii.tabel_bentuk import JenisTabel, SelKinerja, TabelKinerja
from skm_app.reports.bab_iii.tabel_biaya import make_tabel_biaya, make_tabel_efisiensi
from skm_app.reports.bab_iii.tabel_capaian import (
    make_tabel_capaian,
    make_tabel_renstra,
    make_tabel_sasaran,
    make_tabel_tiga_tahun,
)
from skm_app.reports.bab_iii.tabel_nko import (
    make_tabel_koreksi,
    make_tabel_nilai_akip,
    make_tabel_nko,
    make_tabel_predikat,
)

__all__ = [
    "JenisTabel",
    "SelKinerja",
    "TabelKinerja",
    "find_tabel",
    "list_tabel",
    "make_tabel_nilai_akip",
    "to_tabel",
]

BAB = 3
KOLOM_LEBAR = 8  # with so many columns a table is set small


def list_tabel(fakta: FaktaKinerja) -> tuple[TabelKinerja, ...]:
    """All numbered tables, in the order of the chapter; ``make_tabel_nilai_akip`` is not one."""
    many = len(fakta.sasaran)
    biaya, anggaran, koreksi, nko = (5 + many, 6 + 2 * many, 7 + 2 * many, 8 + 2 * many)
    return (
        make_tabel_predikat(fakta, _kode(1)),
        make_tabel_capaian(fakta, _kode(2)),
        *(make_tabel_sasaran(fakta, one, _kode(2 + one.nomor)) for one in fakta.sasaran),
        make_tabel_tiga_tahun(fakta, _kode(3 + many)),
        make_tabel_renstra(fakta, _kode(4 + many)),
        make_tabel_biaya(fakta, _kode(biaya), _kode(anggaran)),
        *(
            make_tabel_efisiensi(fakta, one, _kode(biaya + one.nomor), _kode(biaya))
            for one in fakta.sasaran
        ),
        make_tabel_anggaran(fakta, _kode(anggaran)),
        make_tabel_koreksi(fakta, _kode(koreksi)),
        make_tabel_nko(fakta, _kode(nko), _kode(koreksi)),
    )


def find_tabel(
    tabel: Sequence[TabelKinerja], jenis: JenisTabel, sasaran: int = 0
) -> TabelKinerja | None:
    """The table about a subject; of one sasaran where there is one for each."""
    return next((one for one in tabel if one.jenis == jenis and one.sasaran == sasaran), None)


def to_tabel(tabel: TabelKinerja) -> dokumen.Tabel:
    """A table as a block of a document, without its number: whoever sets it counts."""
    return dokumen.Tabel(
        judul=tabel.judul,
        kepala=tabel.kolom,
        baris=[[sel.teks for sel in row] for row in tabel.baris],
        lebar=tabel.lebar,
        rata=[_rata(tabel, column) for column in range(len(tabel.kolom))],
        tebal=tabel.tebal,
        catatan=tabel.catatan,
        kecil=len(tabel.kolom) >= KOLOM_LEBAR,
    )


def _rata(tabel: TabelKinerja, column: int) -> dokumen.Rata:
    if tabel.kolom[column] in ("No.", "Tahun", "Satuan", "Predikat", "Predikat Tercetak"):
        return "tengah"
    has_number = any(row[column].nilai is not None for row in tabel.baris)
    return "kanan" if has_number else "kiri"


def _kode(number: int) -> str:
    return f"{BAB}.{number}"
