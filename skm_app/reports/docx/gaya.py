"""Styles and lists: ours, put into a document for those it does not have itself.

Styles are found by name, never by id: a Word in Indonesian names them ``heading 1`` too, but
gives them ids like ``Judul1``. A style that an office brought along is left as it is; ours
take its letters (only ``Normal`` and the defaults name a font), so the report stays of a piece.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from skm_app.reports.docx.wml import XMLNS, W

HURUF = "Arial"  # metric twins exist everywhere (Liberation Sans, Arimo)
ABU = "595959"
GARIS = "7F7F7F"
ARSIR = "E7EBEE"  # light enough for black letters, also on a grey printer


class Gaya(NamedTuple):
    """``isi``: what follows name and basedOn; ``asal``, ``lanjut``: keys of other styles."""

    nama: str
    isi: str
    jenis: str = "paragraph"
    asal: str = "Normal"
    lanjut: str = ""
    utama: bool = True  # shown in the gallery


def _p(isi: str, huruf: str = "") -> str:
    return f"<w:pPr>{isi}</w:pPr>" + (f"<w:rPr>{huruf}</w:rPr>" if huruf else "")


def _jarak(sebelum: int, sesudah: int, baris: int) -> str:
    return (
        f'<w:spacing w:before="{sebelum}" w:after="{sesudah}" w:line="{baris}" w:lineRule="auto"/>'
    )


def _besar(setengah: int) -> str:
    return f'<w:sz w:val="{setengah}"/><w:szCs w:val="{setengah}"/>'


TEBAL = "<w:b/><w:bCs/>"
TENGAH = '<w:jc w:val="center"/>'
# Said aloud, because an office's own Normal may be indented and justified.
RATA = '<w:ind w:left="0" w:right="0" w:firstLine="0"/>'
NEMPEL = "<w:keepNext/><w:keepLines/>"
BATAS = "".join(
    f'<w:{sisi} w:val="single" w:sz="4" w:space="0" w:color="{GARIS}"/>'
    for sisi in ("top", "left", "bottom", "right", "insideH", "insideV")
)
SEL = "".join(
    f'<w:{sisi} w:w="{lebar}" w:type="dxa"/>'
    for sisi, lebar in (("top", 0), ("left", 85), ("bottom", 0), ("right", 85))
)

GAYA: dict[str, Gaya] = {
    "Normal": Gaya(
        "Normal",
        _p("<w:widowControl/>" + _jarak(0, 0, 240))
        + f'<w:rPr><w:rFonts w:ascii="{HURUF}" w:hAnsi="{HURUF}" w:cs="{HURUF}"/>'
        + f"{_besar(22)}</w:rPr>",
        asal="",
    ),
    "TableNormal": Gaya(
        "Normal Table",
        '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
        '<w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/>'
        '<w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar>'
        "</w:tblPr>",
        jenis="table",
        asal="",
        utama=False,
    ),
    "Heading1": Gaya(
        "heading 1",
        _p(
            NEMPEL
            + "<w:pageBreakBefore/>"
            + _jarak(0, 360, 276)
            + TENGAH
            + '<w:outlineLvl w:val="0"/>',
            TEBAL + _besar(28),
        ),
        lanjut="BodyText",
    ),
    "Heading2": Gaya(
        "heading 2",
        _p(
            NEMPEL
            + _jarak(240, 120, 264)
            + '<w:ind w:left="680" w:hanging="680"/><w:outlineLvl w:val="1"/>',
            TEBAL + _besar(24),
        ),
        lanjut="BodyText",
    ),
    "Heading3": Gaya(
        "heading 3",
        _p(
            NEMPEL
            + _jarak(180, 100, 264)
            + '<w:ind w:left="794" w:hanging="794"/><w:outlineLvl w:val="2"/>',
            TEBAL + _besar(22),
        ),
        lanjut="BodyText",
    ),
    "Heading4": Gaya(
        "heading 4",
        _p(
            NEMPEL + _jarak(160, 80, 264) + '<w:outlineLvl w:val="3"/>',
            TEBAL + "<w:i/><w:iCs/>" + _besar(22),
        ),
        lanjut="BodyText",
    ),
    "BodyText": Gaya(
        "Body Text", _p(_jarak(0, 120, 324) + '<w:ind w:firstLine="680"/><w:jc w:val="both"/>')
    ),
    "ListBullet": Gaya("List Bullet", _p(_jarak(0, 60, 300) + '<w:jc w:val="both"/>')),
    "ListNumber": Gaya("List Number", _p(_jarak(0, 60, 300) + '<w:jc w:val="both"/>')),
    "Caption": Gaya(
        "caption", _p("<w:keepLines/>" + _jarak(160, 80, 252) + RATA + TENGAH, TEBAL + _besar(20))
    ),
    "Title": Gaya("Title", _p(_jarak(0, 0, 324) + TENGAH, TEBAL + _besar(34))),
    "TOCHeading": Gaya(
        "TOC Heading", _p(NEMPEL + _jarak(280, 120, 252) + TENGAH, TEBAL + _besar(28))
    ),
    "TOC1": Gaya("toc 1", _p(_jarak(80, 0, 240), TEBAL), utama=False),
    "TOC2": Gaya(
        "toc 2",
        _p(_jarak(0, 20, 240) + '<w:ind w:left="964" w:hanging="624"/>'),
        utama=False,
    ),
    "TOC3": Gaya(
        "toc 3",
        _p(_jarak(0, 20, 240) + '<w:ind w:left="1701" w:hanging="737"/>'),
        utama=False,
    ),
    "TableofFigures": Gaya(
        "table of figures",
        _p(_jarak(0, 20, 240)),
        utama=False,
    ),
    "Header": Gaya("header", _p(_jarak(0, 0, 240)), utama=False),
    "Footer": Gaya("footer", _p(_jarak(0, 0, 240), _besar(17)), utama=False),
    "IsiTabel": Gaya(
        "Isi Tabel", _p(_jarak(40, 40, 252) + RATA + '<w:jc w:val="left"/>', _besar(19))
    ),
    "IsiTabelKecil": Gaya("Isi Tabel Kecil", _p(_jarak(30, 30, 240), _besar(16)), asal="IsiTabel"),
    "KepalaTabel": Gaya("Kepala Tabel", _p(NEMPEL + TENGAH, TEBAL), asal="IsiTabel"),
    "KepalaTabelKecil": Gaya(
        "Kepala Tabel Kecil", _p(NEMPEL + TENGAH, TEBAL), asal="IsiTabelKecil"
    ),
    "CatatanTabel": Gaya(
        "Catatan Tabel", _p(_jarak(60, 200, 252) + RATA + '<w:jc w:val="left"/>', _besar(18))
    ),
    "Gambar": Gaya("Gambar", _p("<w:keepNext/>" + _jarak(160, 40, 240) + RATA + TENGAH)),
    "TandaTangan": Gaya(
        "Tanda Tangan",
        _p(NEMPEL + _jarak(0, 0, 276) + '<w:ind w:left="4536"/>'),
    ),
    "TabelLaporan": Gaya(
        "Tabel Laporan",
        f"<w:tblPr><w:tblBorders>{BATAS}</w:tblBorders><w:tblCellMar>{SEL}</w:tblCellMar></w:tblPr>",
        jenis="table",
        asal="TableNormal",
    ),
}


def _xml(kunci: str, id_of: dict[str, str]) -> str:
    gaya = GAYA[kunci]
    dasar = kunci in ("Normal", "TableNormal")
    sendiri = kunci in ("Gambar", "TandaTangan", "TabelLaporan") or "Tabel" in kunci
    return (
        f'<w:style {XMLNS} w:type="{gaya.jenis}"'
        + (' w:default="1"' if dasar else "")
        + (' w:customStyle="1"' if sendiri else "")
        + f' w:styleId="{id_of[kunci]}"><w:name w:val="{gaya.nama}"/>'
        + (f'<w:basedOn w:val="{id_of[gaya.asal]}"/>' if gaya.asal else "")
        + (f'<w:next w:val="{id_of[gaya.lanjut]}"/>' if gaya.lanjut else "")
        + '<w:uiPriority w:val="1"/>'
        + ("<w:qFormat/>" if gaya.utama else "")
        + f"{gaya.isi}</w:style>"
    )


def make_styles() -> str:
    """The whole styles part of our own template."""
    sama = {kunci: kunci for kunci in GAYA}
    return (
        f"<w:styles {XMLNS}><w:docDefaults><w:rPrDefault><w:rPr>"
        f'<w:rFonts w:ascii="{HURUF}" w:hAnsi="{HURUF}" w:eastAsia="{HURUF}" w:cs="{HURUF}"/>'
        f'{_besar(22)}<w:lang w:val="id-ID" w:eastAsia="id-ID" w:bidi="ar-SA"/>'
        "</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"
        + "".join(_xml(kunci, sama) for kunci in GAYA)
        + "</w:styles>"
    )


class DaftarGaya(NamedTuple):
    """``id_of``: our key to the id here; ``bernomor``: headings that number themselves."""

    id_of: dict[str, str]
    bernomor: frozenset[str]


def ensure_gaya(styles: Any) -> DaftarGaya:  # noqa: ANN401 - lxml has no types
    """Add the styles that the document lacks, and say what all of them are called there.

    :param styles: root of the styles part; changed in place.
    """
    from docx.oxml import parse_xml

    ada = {
        (_val(style, "name").lower(), style.get(f"{W}type", "paragraph")): style
        for style in styles.iter(f"{W}style")
    }
    dipakai = {style.get(f"{W}styleId") for style in ada.values()}
    id_of: dict[str, str] = {}
    kurang = []
    for kunci, gaya in GAYA.items():
        found = ada.get((gaya.nama.lower(), gaya.jenis))
        if found is not None:
            id_of[kunci] = found.get(f"{W}styleId")
        else:
            id_of[kunci] = _bebas(kunci, dipakai)
            kurang.append(kunci)
    for kunci in kurang:
        styles.append(parse_xml(_xml(kunci, id_of)))
    return DaftarGaya(id_of, frozenset(_find_bernomor(styles, id_of)))


def _bebas(kunci: str, dipakai: Iterable[str | None]) -> str:
    return f"Skm{kunci}" if kunci in set(dipakai) else kunci


def _val(induk: Any, nama: str) -> str:  # noqa: ANN401
    anak = induk.find(f"{W}{nama}")
    return "" if anak is None else str(anak.get(f"{W}val", ""))


def _find_bernomor(styles: Any, id_of: dict[str, str]) -> Iterable[str]:  # noqa: ANN401
    """Headings whose style, or one it is based on, belongs to a numbered list."""
    per_id = {style.get(f"{W}styleId"): style for style in styles.iter(f"{W}style")}
    for kunci in ("Heading1", "Heading2", "Heading3", "Heading4"):
        lihat, dilalui = per_id.get(id_of[kunci]), 0
        while lihat is not None and dilalui < len(per_id):
            if lihat.find(f"{W}pPr/{W}numPr") is not None:
                yield kunci
                break
            lihat, dilalui = per_id.get(_val(lihat, "basedOn")), dilalui + 1


BUTIR = "•"


def make_abstrak(nomor: int, bernomor: bool) -> str:
    """A list definition, to be put before every ``w:num`` (ECMA-376 17.9.15)."""
    jenis, teks = ("decimal", "%1.") if bernomor else ("bullet", BUTIR)
    return (
        f'<w:abstractNum {XMLNS} w:abstractNumId="{nomor}"><w:multiLevelType w:val="singleLevel"/>'
        f'<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{jenis}"/>'
        f'<w:lvlText w:val="{teks}"/><w:lvlJc w:val="left"/>'
        '<w:pPr><w:ind w:left="680" w:hanging="396"/></w:pPr></w:lvl></w:abstractNum>'
    )


def make_num(nomor: int, abstrak: int, bernomor: bool) -> str:
    mulai = (
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>' if bernomor else ""
    )
    return f'<w:num {XMLNS} w:numId="{nomor}"><w:abstractNumId w:val="{abstrak}"/>{mulai}</w:num>'
