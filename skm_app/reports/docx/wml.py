"""Small pieces of WordprocessingML, as text: faster and plainer than building element by element.

Everything a person wrote goes through ``esc``; nothing else in this package puts text into XML.
Units: twips (1/20 pt) for lengths, half points for letters, EMU for pictures.
"""

from __future__ import annotations

import re
from typing import Any
from xml.sax.saxutils import escape, quoteattr

TWIP_PER_MM = 1440 / 25.4
EMU_PER_TWIP = 635

NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
}
W = f"{{{NAMESPACES['w']}}}"
R = f"{{{NAMESPACES['r']}}}"
WP = f"{{{NAMESPACES['wp']}}}"
XMLNS = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())

# What XML 1.0 cannot hold (section 2.2), and carriage returns, which end no line here.
TERLARANG = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def bersih(teks: str) -> str:
    """Text without the characters that XML cannot hold."""
    return TERLARANG.sub("", teks)


def esc(teks: str) -> str:
    """Text as it may stand between two tags."""
    return escape(bersih(teks))


def attr(teks: str) -> str:
    """Text as an attribute, with its quotes."""
    return quoteattr(bersih(teks).replace("\n", " "))


def teks_run(teks: str, rpr: str = "") -> str:
    """Runs that show a text; its line ends and tabs are kept.

    :param rpr: what stands in ``w:rPr``, e.g. ``<w:b/>``.
    """
    sifat = f"<w:rPr>{rpr}</w:rPr>" if rpr else ""
    bagian = []
    for piece in re.split("([\n\t])", bersih(teks)):
        if piece == "\n":
            bagian.append("<w:br/>")
        elif piece == "\t":
            bagian.append("<w:tab/>")
        elif piece:
            bagian.append(f'<w:t xml:space="preserve">{escape(piece)}</w:t>')
    return f"<w:r>{sifat}{''.join(bagian)}</w:r>" if bagian else ""


def paragraf(gaya: str, isi: str, ppr: str = "") -> str:
    """A paragraph. ``ppr``: its own properties, in the schema's order (ECMA-376 17.3.1.26)."""
    return f'<w:p><w:pPr><w:pStyle w:val="{gaya}"/>{ppr}</w:pPr>{isi}</w:p>'


def _tanda(jenis: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{jenis}"/></w:r>'


def awal_bidang(instruksi: str) -> str:
    """Opens a field, up to its shown result."""
    return (
        _tanda("begin")
        + f'<w:r><w:instrText xml:space="preserve"> {escape(instruksi)} </w:instrText></w:r>'
        + _tanda("separate")
    )


def akhir_bidang() -> str:
    return _tanda("end")


def bidang(instruksi: str, hasil: str, rpr: str = "") -> str:
    """A field with the result that is shown until somebody updates it."""
    return awal_bidang(instruksi) + teks_run(hasil, rpr) + akhir_bidang()


def penanda(nomor: int, nama: str, isi: str) -> str:
    """A bookmark around runs."""
    return f'<w:bookmarkStart w:id="{nomor}" w:name="{nama}"/>{isi}<w:bookmarkEnd w:id="{nomor}"/>'


def read_teks(unsur: Any) -> str:  # noqa: ANN401 - lxml has no types
    """What is written in an element. Not ``itertext``: python-docx's own classes say it thrice."""
    return "".join(teks.text or "" for teks in unsur.iter(f"{W}t"))


def to_xml(unsur: Any) -> str:  # noqa: ANN401
    """An element as text."""
    from lxml import etree  # type: ignore[import-untyped]

    return str(etree.tostring(unsur, encoding="unicode", with_tail=False))


def to_mm(twip: float) -> float:
    return twip / TWIP_PER_MM


def to_twip(mm: float) -> int:
    return round(mm * TWIP_PER_MM)
