"""Table of contents and lists of tables and pictures: real fields that are already filled in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from skm_app.reports.docx.halaman import Kotak
from skm_app.reports.docx.isi import Entri, Penulis
from skm_app.reports.docx.wml import (
    akhir_bidang,
    awal_bidang,
    bidang,
    paragraf,
    teks_run,
)

# One point high: seen by nobody.
TIPIS = '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
KIRI = 964  # twips: where titles begin behind "1.1"
ISI = 'TOC \\o "1-2" \\h \\z \\u'


def make_daftar(
    instruksi: str, entri: Sequence[Entri], halaman: Mapping[str, str], id_of: Mapping[str, str],
    lebar: int, *, utuh: bool,
) -> list[str]:  # fmt: skip
    """Paragraphs of one field, an entry each, and one that ends it.

    :param halaman: page numbers as shown, by bookmark.
    :param lebar: twips, where the page numbers end.
    :param utuh: all on one page.
    """
    tempel = "<w:keepNext/>" if utuh else ""
    tab = f'<w:tabs>{{}}<w:tab w:val="right" w:leader="dot" w:pos="{lebar}"/></w:tabs>'
    hasil = []
    for nomor, satu in enumerate(entri):
        gaya = id_of[f"TOC{satu.tingkat}" if satu.tingkat else "TableofFigures"]
        dalam = (
            teks_run(satu.teks)
            + "<w:r><w:tab/></w:r>"
            + bidang(f"PAGEREF {satu.penanda} \\h", halaman.get(satu.penanda, "1"))
        )
        tautan = f'<w:hyperlink w:anchor="{satu.penanda}" w:history="1">{dalam}</w:hyperlink>'
        awal = awal_bidang(instruksi) if nomor == 0 else ""
        bernomor = "\t" in satu.teks
        tabs = tab.format(f'<w:tab w:val="left" w:pos="{KIRI}"/>' if bernomor else "")
        # A hanging indent is a tab stop too; without a number none is wanted.
        masuk = '<w:ind w:left="340" w:hanging="0"/>' if satu.tingkat == 2 and not bernomor else ""
        hasil.append(paragraf(gaya, awal + tautan, tempel + tabs + masuk))
    # A paragraph for the field's end, as Word writes it.
    return [*hasil, paragraf(id_of["Normal"], akhir_bidang(), TIPIS)]


def ukur_daftar(penulis: Penulis, entri: Sequence[Entri], *, utuh: bool) -> list[Kotak]:
    """How high the entries will be."""
    atas = {0: (0.0, 1.0, 0.0), 1: (4.0, 0.0, 0.0), 2: (0.0, 1.0, 48.0)}
    hasil = []
    for nomor, satu in enumerate(entri):
        sebelum, sesudah, kiri = atas[satu.tingkat]
        hasil.append(
            penulis.kotak(
                satu.teks, 11, 1, kurang=kiri + 14, tebal=satu.tingkat == 1,
                sebelum=sebelum, sesudah=sesudah, tempel=utuh and nomor < len(entri) - 1,
            )
        )  # fmt: skip
    return hasil
