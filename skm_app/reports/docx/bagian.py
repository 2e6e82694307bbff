"""Puts written sections in the place of the marker, with the paper that the template has there."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from skm_app.reports.docx.isi import Bagian
from skm_app.reports.docx.nilai import TANDA_ISI
from skm_app.reports.docx.ukuran import turn
from skm_app.reports.docx.wml import W, read_teks, to_xml

if TYPE_CHECKING:
    from docx.document import Document

TEMPAT = "5C4D0001"  # marks the place between two readings; eight hexadecimal digits, as Word has

# What may follow pgNumType in a sectPr (ECMA-376 17.6.17).
SESUDAH_NOMOR = (
    "cols", "formProt", "vAlign", "noEndnote", "titlePg", "textDirection", "bidi", "rtlGutter",
    "docGrid", "printerSettings", "sectPrChange",
)  # fmt: skip


def find_tanda(body: Any) -> Any | None:  # noqa: ANN401 - lxml has no types
    """The paragraph in whose place the report goes."""
    for paragraf in body.iterchildren(f"{W}p"):
        if read_teks(paragraf).strip() == TANDA_ISI:
            return paragraf
    return None


def find_sectpr(tanda: Any) -> Any:  # noqa: ANN401
    """The properties of the section in which the marker stands: they come at the section's end."""
    sendiri = tanda.find(f"{W}pPr/{W}sectPr")
    if sendiri is not None:
        return sendiri
    for saudara in tanda.itersiblings():
        if saudara.tag == f"{W}sectPr":
            return saudara
        found = saudara.find(f"{W}pPr/{W}sectPr") if saudara.tag == f"{W}p" else None
        if found is not None:
            return found
    body = tanda.getparent()
    return body.get_or_add_sectPr() if hasattr(body, "get_or_add_sectPr") else _tambah(body)


def _tambah(body: Any) -> Any:  # noqa: ANN401
    from docx.oxml import OxmlElement

    sectpr = OxmlElement("w:sectPr")
    body.append(sectpr)
    return sectpr


def place(document: Document, tanda: Any, bagian: Sequence[Bagian]) -> Document:  # noqa: ANN401
    """Put sections where the marker is.

    The report is put in as text and all of it read once: moving a long table from one tree into
    another takes time that grows with the square of its length.

    :return: the document to go on with; the one given is used up.
    """
    from docx.oxml import parse_xml

    akar = document.element
    laporan = "".join(_tulis_bagian(tanda, bagian))
    for anak in list(tanda):
        tanda.remove(anak)
    tanda.attrib.clear()
    tanda.set(f"{W}rsidR", TEMPAT)
    awal, _, akhir = to_xml(akar).partition(f'<w:p w:rsidR="{TEMPAT}"/>')
    document.part._element = parse_xml(f"{awal}{laporan}{akhir}".encode())
    lanjut: Document = document.part.document
    return lanjut


def _tulis_bagian(tanda: Any, bagian: Sequence[Bagian]) -> Iterator[str]:  # noqa: ANN401
    """All sections; each but the last one ends with its properties, in its last paragraph."""
    sectpr = find_sectpr(tanda)
    semua = list(bagian)
    if semua[-1].mendatar and _ada_lanjutan(tanda):
        semua.append(Bagian())
    asli = copy.deepcopy(sectpr)
    for nomor, satu in enumerate(semua):
        terakhir = nomor == len(semua) - 1
        milik = sectpr if terakhir else copy.deepcopy(asli)
        _atur(milik, satu, pertama=nomor == 0)
        xml = satu.xml or ["<w:p><w:pPr></w:pPr></w:p>"]
        yield from xml[:-1]
        if terakhir and milik.getparent().getparent() is not tanda:
            yield xml[-1]
        else:
            yield xml[-1].replace("</w:pPr>", f"{to_xml(milik)}</w:pPr>", 1)


def _ada_lanjutan(tanda: Any) -> bool:  # noqa: ANN401
    """Whether the template goes on behind the marker."""
    return any(
        saudara.tag == f"{W}tbl" or read_teks(saudara).strip()
        for saudara in tanda.itersiblings()
        if saudara.tag != f"{W}sectPr"
    )


def _atur(sectpr: Any, bagian: Bagian, *, pertama: bool) -> None:  # noqa: ANN401
    if bagian.mendatar:
        turn(sectpr)
    if not pertama:
        for nama in ("type", "titlePg"):
            for unsur in sectpr.findall(f"{W}{nama}"):
                sectpr.remove(unsur)
    nomor = sectpr.find(f"{W}pgNumType")
    if nomor is None:
        nomor = _tambah_nomor(sectpr)
    if not pertama:
        nomor.attrib.pop(f"{W}start", None)
    if bagian.mulai:
        nomor.set(f"{W}start", "1")
    if bagian.romawi:
        nomor.set(f"{W}fmt", "lowerRoman")


def _tambah_nomor(sectpr: Any) -> Any:  # noqa: ANN401
    from docx.oxml import OxmlElement

    nomor = OxmlElement("w:pgNumType")
    for unsur in sectpr:
        if unsur.tag.removeprefix(W) in SESUDAH_NOMOR:
            unsur.addprevious(nomor)
            return nomor
    sectpr.append(nomor)
    return nomor
