"""Our own template: cover, letterhead, footer and styles. Written by code, so that it can be read.

An office takes it as its beginning, changes what it likes in Word, and uploads it.
"""

from __future__ import annotations

import io
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from skm_app.reports.docx.gaya import ABU, make_styles
from skm_app.reports.docx.wml import XMLNS, bidang, paragraf, teks_run

MULA = (1980, 1, 1, 0, 0, 0)  # the earliest time a zip can name; the same file every time
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WML = "application/vnd.openxmlformats-officedocument.wordprocessingml"
KEPALA_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

LEBAR = 8787  # twips of text: A4, 30 mm left, 25 mm right
KERTAS = (
    '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1701" w:right="1418" w:bottom="1418"'
    ' w:left="1701" w:header="709" w:footer="624" w:gutter="0"/>'
)


def make_contoh_templat(*, sampul: bool = True) -> bytes:
    """The template in which reports are set unless an office has its own. Same bytes every time.

    :param sampul: with cover and letterhead; without them for a chapter alone.
    """
    isi = {
        "[Content_Types].xml": _types(),
        "_rels/.rels": _rels(
            f"{OFFICE}/officeDocument|word/document.xml",
            "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
            "|docProps/core.xml",
        ),
        "docProps/core.xml": _core(),
        "word/document.xml": _document(sampul=sampul),
        "word/styles.xml": make_styles(),
        "word/numbering.xml": f"<w:numbering {XMLNS}/>",
        "word/settings.xml": _settings(),
        "word/footer1.xml": _footer(),
        "word/_rels/document.xml.rels": _rels(
            f"{OFFICE}/styles|styles.xml",
            f"{OFFICE}/numbering|numbering.xml",
            f"{OFFICE}/settings|settings.xml",
            f"{OFFICE}/footer|footer1.xml",
        ),
    }
    return pack({nama: (KEPALA_XML + teks).encode() for nama, teks in isi.items()})


def pack(isi: dict[str, bytes]) -> bytes:
    """A zip whose bytes depend on nothing but its contents and their order."""
    keluar = io.BytesIO()
    with ZipFile(keluar, "w") as berkas:
        for nama, data in isi.items():
            entri = ZipInfo(nama, MULA)
            entri.compress_type = ZIP_DEFLATED
            berkas.writestr(entri, data)
    return keluar.getvalue()


def _types() -> str:
    utama = {
        "/word/document.xml": f"{WML}.document.main+xml",
        "/word/styles.xml": f"{WML}.styles+xml",
        "/word/numbering.xml": f"{WML}.numbering+xml",
        "/word/settings.xml": f"{WML}.settings+xml",
        "/word/footer1.xml": f"{WML}.footer+xml",
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    }
    isi = "".join(f'<Override PartName="{k}" ContentType="{v}"/>' for k, v in utama.items())
    return (
        f'<Types xmlns="{TYPES}"><Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f"{isi}</Types>"
    )


def _rels(*hubungan: str) -> str:
    isi = ""
    for nomor, satu in enumerate(hubungan, start=1):
        jenis, tujuan = satu.split("|")
        isi += f'<Relationship Id="rId{nomor}" Type="{jenis}" Target="{tujuan}"/>'
    return f'<Relationships xmlns="{RELS}">{isi}</Relationships>'


def _core() -> str:
    return (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
        'core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        "<dc:title>{{ nama }}</dc:title><dc:creator>{{ kop.unit }}</dc:creator>"
        "<dc:language>id-ID</dc:language></cp:coreProperties>"
    )


def _settings() -> str:
    return (
        f'<w:settings {XMLNS}><w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/>'
        '<w:characterSpacingControl w:val="doNotCompress"/><w:compat>'
        '<w:compatSetting w:name="compatibilityMode"'
        ' w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
        '<w:themeFontLang w:val="id-ID"/><w:decimalSymbol w:val=","/>'
        '<w:listSeparator w:val=";"/></w:settings>'
    )


def _p(teks: str, ppr: str = "", rpr: str = "", gaya: str = "Normal") -> str:
    return paragraf(gaya, teks_run(teks, rpr), ppr)


def _besar(setengah: int, *, tebal: bool = False, kapital: bool = False) -> str:
    depan = ("<w:b/><w:bCs/>" if tebal else "") + ("<w:caps/>" if kapital else "")
    return f'{depan}<w:sz w:val="{setengah}"/><w:szCs w:val="{setengah}"/>'


TENGAH = '<w:jc w:val="center"/>'


def _tabel(kolom: list[int], baris: str) -> str:
    grid = "".join(f'<w:gridCol w:w="{lebar}"/>' for lebar in kolom)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(kolom)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        '<w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar>'
        f"</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{baris}</w:tbl>"
    )


def _sel(lebar: int, isi: str, letak: str = "top") -> str:
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{lebar}" w:type="dxa"/><w:vAlign w:val="{letak}"/></w:tcPr>'
        f"{isi}</w:tc>"
    )


def _sampul() -> str:
    """The cover: one column, three rows of fixed height."""

    def tinggi(twip: int, isi: str, letak: str) -> str:
        return (
            f'<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="{twip}" w:hRule="atLeast"/></w:trPr>'
            f"{_sel(LEBAR, isi, letak)}</w:tr>"
        )

    bawah = (
        _p("{{ kop.instansi }}", TENGAH, _besar(24, kapital=True))
        + _p(
            "{{ kop.unit }}",
            '<w:spacing w:before="60"/>' + TENGAH,
            _besar(28, tebal=True, kapital=True),
        )
        + _p("{{ tempat_tahun }}", '<w:spacing w:before="240"/>' + TENGAH, _besar(24))
    )
    return _tabel(
        [LEBAR],
        tinggi(3000, _p("{{ lambang_besar }}", TENGAH), "top")
        + tinggi(6800, _p("{{ judul }}", gaya="Title") + _cap(36, sebelum=720), "center")
        + tinggi(3400, bawah, "bottom"),
    )


def _cap(setengah: int, *, sebelum: int, sesudah: int = 0) -> str:
    """The stamp in a frame, while figures may still change."""
    bingkai = "".join(
        f'<w:{sisi} w:val="single" w:sz="12" w:space="6" w:color="auto"/>'
        for sisi in ("top", "left", "bottom", "right")
    )
    jarak = f' w:after="{sesudah}"' if sesudah else ""
    return (
        _p("{%p if cap %}")
        + _p(
            "{{ cap }}",
            f'<w:pBdr>{bingkai}</w:pBdr><w:spacing w:before="{sebelum}"{jarak}/>'
            f'<w:ind w:left="1134" w:right="1134"/>{TENGAH}',
            _besar(setengah, tebal=True),
        )
        + _p("{%p endif %}")
    )


def _kop() -> str:
    """The letterhead, with a double line below it; without an emblem it needs no columns."""
    kata = (
        _p("{{ kop.instansi }}", TENGAH, _besar(24, kapital=True))
        + _p("{{ kop.unit }}", TENGAH, _besar(30, tebal=True, kapital=True))
        + _p("{{ kop.alamat }}", '<w:spacing w:before="40"/>' + TENGAH, _besar(18))
        + _p("{%p if kop.kontak %}")
        + _p("{{ kop.kontak }}", TENGAH, _besar(18))
        + _p("{%p endif %}")
    )
    sisi = 1300
    baris = (
        "<w:tr><w:trPr><w:cantSplit/></w:trPr>"
        + _sel(sisi, _p("{{ lambang }}", TENGAH), "center")
        + _sel(LEBAR - 2 * sisi, kata, "center")
        + _sel(sisi, _p(""), "center")
        + "</w:tr>"
    )
    # A rule above and one below an empty line: Word and LibreOffice turn the ready-made double
    # rules around in different ways.
    garis = (
        '<w:pBdr><w:top w:val="single" w:sz="14" w:space="0" w:color="auto"/>'
        '<w:bottom w:val="single" w:sz="4" w:space="0" w:color="auto"/></w:pBdr>'
    )
    return (
        _p("{%p if lambang %}")
        + _tabel([sisi, LEBAR - 2 * sisi, sisi], baris)
        + _p("{%p else %}")
        + kata
        + _p("{%p endif %}")
        + _p("", f'{garis}<w:spacing w:before="100" w:after="360" w:line="30" w:lineRule="exact"/>')
    )


def _document(*, sampul: bool) -> str:
    bagian = f'<w:sectPr>{KERTAS}<w:cols w:space="708"/></w:sectPr>'
    putus = '<w:spacing w:line="20" w:lineRule="exact"/><w:rPr><w:sz w:val="2"/></w:rPr>'
    depan = (
        f'{_sampul()}<w:p><w:pPr><w:pStyle w:val="Normal"/>{putus}{bagian}</w:pPr></w:p>{_kop()}'
        if sampul
        else _cap(28, sebelum=120, sesudah=360)
    )
    return (
        f"<w:document {XMLNS}><w:body>{depan}{_p('{{ isi }}')}"
        f'<w:sectPr><w:footerReference w:type="default" r:id="rId4"/>{KERTAS}'
        '<w:pgNumType w:start="1"/><w:cols w:space="708"/></w:sectPr></w:body></w:document>'
    )


def _footer() -> str:
    """As wide as the text, whatever way the page lies: its width is a share."""
    garis = f'<w:top w:val="single" w:sz="4" w:space="0" w:color="{ABU}"/>'
    kiri = (
        _p("{{ kaki }}", '<w:spacing w:before="60"/>', gaya="Footer")
        + _p("{%p if cap %}", gaya="Footer")
        + _p("{{ cap }}", "", "<w:b/><w:bCs/>", gaya="Footer")
        + _p("{%p endif %}", gaya="Footer")
    )
    kanan = paragraf(
        "Footer", bidang("PAGE", "1"), '<w:spacing w:before="60"/><w:jc w:val="right"/>'
    )

    def sel(share: int, isi: str) -> str:
        return f'<w:tc><w:tcPr><w:tcW w:w="{share}" w:type="pct"/></w:tcPr>{isi}</w:tc>'

    return (
        f'<w:ftr {XMLNS}><w:tbl><w:tblPr><w:tblW w:w="5000" w:type="pct"/>'
        f"<w:tblBorders>{garis}</w:tblBorders><w:tblCellMar>"
        '<w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        '<w:tblGrid><w:gridCol w:w="7687"/><w:gridCol w:w="1100"/></w:tblGrid>'
        f"<w:tr>{sel(4374, kiri)}{sel(626, kanan)}</w:tr></w:tbl>"
        + _p("", '<w:spacing w:line="20" w:lineRule="exact"/>', gaya="Footer")
        + "</w:ftr>"
    )
