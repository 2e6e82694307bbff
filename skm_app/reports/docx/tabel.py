"""Tables. Written as text, since asking python-docx for each cell takes minutes for a long one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from skm_app.reports.docx.gaya import ARSIR
from skm_app.reports.docx.halaman import TINGGI, Kotak, hitung_baris
from skm_app.reports.docx.wml import teks_run
from skm_app.reports.dokumen import Tabel

JC = {"kiri": "left", "tengah": "center", "kanan": "right"}
UTUH = 10  # rows; a table up to this long is not torn apart
SISI = 170  # twips: both side margins of a cell


def bagi_lebar(lebar: Sequence[int], semua: int) -> list[int]:
    """Column widths in twips, by shares; they add up to all of it."""
    jumlah = sum(lebar)
    tepi = [semua * sum(lebar[:nomor]) // jumlah for nomor in range(len(lebar) + 1)]
    return [kanan - kiri for kiri, kanan in pairwise(tepi)]


def make_tabel(tabel: Tabel, semua: int, id_of: Mapping[str, str]) -> str:
    """A ``w:tbl`` as wide as the text.

    :param semua: twips.
    :param id_of: ids of our styles in this document.
    """
    lebar = bagi_lebar(tabel.lebar, semua)
    kecil = "Kecil" if tabel.kecil else ""
    kepala, isi = id_of[f"KepalaTabel{kecil}"], id_of[f"IsiTabel{kecil}"]
    tebal, jumlah = frozenset(tabel.tebal), len(tabel.baris)
    utuh = jumlah <= UTUH
    baris = [_kepala(tabel.kepala, lebar, kepala)] if any(tabel.kepala) else []
    baris += [
        _baris(
            satu,
            lebar,
            [JC[rata] for rata in tabel.rata],
            isi,
            tebal=nomor in tebal,
            # The first rows go with the header, the last ones with each other and with the note.
            tempel=bool(tabel.catatan)
            if nomor == jumlah - 1
            else utuh or nomor < 1 or nomor == jumlah - 2,
        )
        for nomor, satu in enumerate(tabel.baris)
    ]
    grid = "".join(f'<w:gridCol w:w="{satu}"/>' for satu in lebar)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{id_of["TabelLaporan"]}"/>'
        f'<w:tblW w:w="{semua}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        '<w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0"'
        ' w:noHBand="1" w:noVBand="1"/>'
        f"</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(baris)}</w:tbl>"
    )


def _kepala(sel: Sequence[str], lebar: Sequence[int], gaya: str) -> str:
    arsir = f'<w:shd w:val="clear" w:color="auto" w:fill="{ARSIR}"/><w:vAlign w:val="center"/>'
    isi = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{luas}" w:type="dxa"/>{arsir}</w:tcPr>'
        f'<w:p><w:pPr><w:pStyle w:val="{gaya}"/></w:pPr>{teks_run(teks)}</w:p></w:tc>'
        for teks, luas in zip(sel, lebar, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{isi}</w:tr>"


def _baris(
    sel: Sequence[str],
    lebar: Sequence[int],
    rata: Sequence[str],
    gaya: str,
    *,
    tebal: bool,
    tempel: bool,
) -> str:
    huruf = "<w:b/><w:bCs/>" if tebal else ""
    nempel = "<w:keepNext/>" if tempel else ""
    isi = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{luas}" w:type="dxa"/></w:tcPr>'
        f'<w:p><w:pPr><w:pStyle w:val="{gaya}"/>{nempel}<w:jc w:val="{jc}"/></w:pPr>'
        f"{teks_run(teks, huruf)}</w:p></w:tc>"
        for teks, luas, jc in zip(sel, lebar, rata, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{isi}</w:tr>"


def ukur_tabel(tabel: Tabel, semua: int) -> Kotak:
    """How high its rows are, for guessing pages."""
    lebar = [(satu - SISI) / 20 for satu in bagi_lebar(tabel.lebar, semua)]
    huruf, jarak, larik = (8.0, 3.0, 1.0) if tabel.kecil else (9.5, 4.0, 1.05)

    def tinggi(sel: Sequence[str], *, tebal: bool) -> float:
        banyak = max(
            hitung_baris(teks, luas, huruf, tebal=tebal)
            for teks, luas in zip(sel, lebar, strict=True)
        )
        return banyak * huruf * TINGGI * larik + jarak + 0.5

    kepala = tinggi(tabel.kepala, tebal=True) if any(tabel.kepala) else 0.0
    tebal = frozenset(tabel.tebal)
    baris = [tinggi(satu, tebal=nomor in tebal) for nomor, satu in enumerate(tabel.baris)]
    utuh = len(baris) <= UTUH
    return Kotak(
        baris=[kepala, *baris] if kepala else baris,
        ulang=kepala,
        utuh=utuh,
        tempel=utuh and bool(tabel.catatan),
    )
