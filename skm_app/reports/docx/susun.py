"""From a document to a DOCX: fill the template, write the report, put it in its place."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

from skm_app.reports.docx.bagian import find_sectpr, find_tanda, place
from skm_app.reports.docx.daftar_isi import ISI, TIPIS, make_daftar, ukur_daftar
from skm_app.reports.docx.gambar import Gambaran, siapkan_foto
from skm_app.reports.docx.gaya import ensure_gaya, make_abstrak, make_num
from skm_app.reports.docx.halaman import Halaman, Kotak, tulis_romawi
from skm_app.reports.docx.isi import Bagian, Entri, Penulis
from skm_app.reports.docx.nilai import TINGGI_MM, TemplatError, make_lingkungan, make_nilai
from skm_app.reports.docx.templat import make_contoh_templat, pack
from skm_app.reports.docx.ukuran import read_ukuran
from skm_app.reports.docx.wml import NAMESPACES, WP, W, bersih, paragraf, read_teks, teks_run
from skm_app.reports.dokumen import Dokumen, Judul
from skm_app.reports.typst_pdf import WAKTU

if TYPE_CHECKING:
    from docx.document import Document

TINGGI_KOP = 95.0  # points that our own letterhead takes on the first page
MAX_UTUH = 20  # entries
MAX_SIFAT = 255  # characters of a document property


def make_docx(dokumen: Dokumen, templat: bytes | None = None) -> bytes:
    """The document as DOCX. The same document and template give the same bytes.

    :param templat: an office's own file, checked by ``check_templat``; None takes ours.
    :raise TemplatError: if the template asks for what it may not, or has no place for the report.
    """
    bawaan = make_contoh_templat(sampul=not dokumen.bab)
    document = _isi_templat(templat or bawaan, dokumen)
    tanda = find_tanda(document.element.body)
    if tanda is None:
        raise TemplatError(["penanda {{ isi }} tidak ada dalam templat"])
    sectpr = find_sectpr(tanda)
    penulis = Penulis(
        gaya=ensure_gaya(document.styles.element),
        potret=read_ukuran(sectpr),
        lanskap=read_ukuran(sectpr, mendatar=True),
        simpan=_make_simpan(document),
        daftar=_make_daftar(document),
        nomor=_nomor_terbesar(document),
        bab=dokumen.bab,
    )
    _tulis(penulis, dokumen, terpakai=0 if templat else TINGGI_KOP)
    document = place(document, tanda, penulis.bagian)
    _cap_kaki(document, dokumen.cap)
    _sifat(document, dokumen)
    return _simpan(document)


def _isi_templat(templat: bytes, dokumen: Dokumen) -> Document:
    """The template with its single values filled in, read afresh."""
    import docx
    from docx.shared import Mm
    from docxtpl import DocxTemplate, InlineImage  # type: ignore[import-untyped]

    wadah = DocxTemplate(io.BytesIO(templat))
    nilai = make_nilai(dokumen)
    lambang = siapkan_foto(dokumen.kop.lambang) if dokumen.kop.lambang else None
    for nama, tinggi in TINGGI_MM.items():
        nilai[nama] = (
            InlineImage(wadah, io.BytesIO(lambang.isi), height=Mm(tinggi)) if lambang else ""
        )
    wadah.render(nilai, make_lingkungan())
    keluar = io.BytesIO()
    wadah.save(keluar)
    keluar.seek(0)
    document = docx.Document(keluar)
    for gambar in document.element.body.iter(f"{WP}docPr"):
        if not gambar.get("descr"):
            gambar.set("descr", bersih(f"Lambang {dokumen.kop.instansi}").strip())
    return document


def _tulis(penulis: Penulis, dokumen: Dokumen, *, terpakai: float) -> None:
    """Everything in order: what stands before the first chapter, the lists, the chapters."""
    blok = list(dokumen.blok)
    bab = next(
        (n for n, b in enumerate(blok) if isinstance(b, Judul) and b.tingkat == 1 and b.nomor), None
    )
    if dokumen.bab or not any(isinstance(satu, Judul) and satu.tingkat == 1 for satu in blok):
        penulis.write(blok)
        return
    penulis.kini.romawi = bab is not None
    penulis.write(blok[: bab or 0])
    if penulis.kini.mendatar:
        penulis.begin_bagian(romawi=bab is not None)
    tempat = (penulis.kini, len(penulis.kini.xml), len(penulis.kini.kotak))
    penulis.kini.xml.append("")  # so that what follows knows that it is not the first
    if bab is not None:
        penulis.begin_bagian(mulai=True)
    penulis.write(blok[bab or 0 :])
    _daftar_isi(penulis, tempat, terpakai)


def _daftar_isi(penulis: Penulis, tempat: tuple[Bagian, int, int], terpakai: float) -> None:
    """Write the lists where they belong, now that all headings are known."""
    bagian, di_xml, di_kotak = tempat
    daftar = [
        ("DAFTAR ISI", ISI, [satu for satu in penulis.judul if satu.tingkat <= 2]),
        ("DAFTAR TABEL", 'TOC \\h \\z \\c "Tabel"', penulis.tabel),
        ("DAFTAR GAMBAR", 'TOC \\h \\z \\c "Gambar"', penulis.gambar),
    ]
    ada = [(nama, instruksi, entri) for nama, instruksi, entri in daftar if entri]
    kotak = []
    for nomor, (_nama, _instruksi, entri) in enumerate(ada):
        putus = nomor == 0 and di_xml > 0
        kotak.append(Kotak(baris=[17], sebelum=14, sesudah=6, tempel=True, putus=putus))
        kotak += ukur_daftar(penulis, entri, utuh=_utuh(nomor, entri))
    bagian.kotak[di_kotak:di_kotak] = kotak
    halaman = _bagi_halaman(penulis, terpakai)
    xml: list[str] = []
    id_of, lebar = penulis.gaya.id_of, penulis.potret.lebar
    for nomor, (nama, instruksi, entri) in enumerate(ada):
        awal = "<w:pageBreakBefore/>" if nomor == 0 and di_xml > 0 else ""
        xml.append(paragraf(id_of["TOCHeading"], teks_run(nama), awal))
        utuh = _utuh(nomor, entri)
        xml += make_daftar(instruksi, entri, halaman, id_of, lebar, utuh=utuh)
    # LibreOffice reads a section's footer where the section ends, and would drop the page number
    # from it if a table of contents ended in that very paragraph.
    xml.append(paragraf(penulis.gaya.id_of["Normal"], "", TIPIS))
    bagian.xml[di_xml : di_xml + 1] = xml


def _utuh(nomor: int, entri: Sequence[Entri]) -> bool:
    """Whether a list stays on one page: those behind the table of contents, if short."""
    return nomor > 0 and len(entri) <= MAX_UTUH


def _bagi_halaman(penulis: Penulis, terpakai: float) -> dict[str, str]:
    """Page numbers by bookmark, as they will be shown."""
    hasil: dict[str, str] = {}
    nomor = 1
    for satu in penulis.bagian:
        ukuran = penulis.lanskap if satu.mendatar else penulis.potret
        halaman = Halaman(tinggi=ukuran.tinggi / 20, nomor=1 if satu.mulai else nomor)
        halaman.terpakai, terpakai = terpakai, 0
        halaman.muat(satu.kotak)
        tulis = tulis_romawi if satu.romawi else str
        hasil.update({nama: tulis(di) for nama, di in halaman.letak.items()})
        nomor = halaman.nomor + 1
    return hasil


def _make_simpan(document: Document) -> Callable[[Gambaran], str]:
    def simpan(gambaran: Gambaran) -> str:
        rid, _gambar = document.part.get_or_add_image(io.BytesIO(gambaran.isi))
        return rid

    return simpan


def _make_daftar(document: Document) -> Callable[[bool], int]:
    """Opens lists; a numbered one begins again at 1 each time."""
    abstrak: dict[bool, int] = {}
    dibuka: dict[bool, int] = {}

    def buka(bernomor: bool) -> int:
        if not bernomor and False in dibuka:
            return dibuka[False]
        akar = _numbering(document)
        if bernomor not in abstrak:
            abstrak[bernomor] = _tambah_abstrak(akar, bernomor)
        nomor = max((int(n.get(f"{W}numId")) for n in akar.iter(f"{W}num")), default=0) + 1
        from docx.oxml import parse_xml

        nums = akar.findall(f"{W}num")
        baru = parse_xml(make_num(nomor, abstrak[bernomor], bernomor))
        if nums:
            nums[-1].addnext(baru)
        else:
            list(akar.iterchildren(f"{W}abstractNum"))[-1].addnext(baru)
        dibuka[bernomor] = nomor
        return nomor

    return buka


def _tambah_abstrak(akar: Any, bernomor: bool) -> int:  # noqa: ANN401 - lxml has no types
    from docx.oxml import parse_xml

    ada = akar.findall(f"{W}abstractNum")
    nomor = max((int(a.get(f"{W}abstractNumId")) for a in ada), default=-1) + 1
    baru = parse_xml(make_abstrak(nomor, bernomor))
    if ada:
        ada[-1].addnext(baru)
    elif (num := akar.find(f"{W}num")) is not None:
        num.addprevious(baru)
    else:
        akar.append(baru)
    return nomor


def _numbering(document: Document) -> Any:  # noqa: ANN401
    """Root of the part that holds lists; made if the template has none."""
    from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.parts.numbering import NumberingPart

    try:
        return document.part.part_related_by(RELATIONSHIP_TYPE.NUMBERING).element  # type: ignore[attr-defined]
    except KeyError:
        bagian = NumberingPart.load(
            PackURI("/word/numbering.xml"),
            CONTENT_TYPE.WML_NUMBERING,
            f'<w:numbering xmlns:w="{NAMESPACES["w"]}"/>'.encode(),
            document.part.package,
        )
        document.part.relate_to(bagian, RELATIONSHIP_TYPE.NUMBERING)
        return bagian.element


def _nomor_terbesar(document: Document) -> int:
    """So that no bookmark or picture of ours gets a number the template already uses."""
    body = document.element.body
    dipakai = [tanda.get(f"{W}id", "0") for tanda in body.iter(f"{W}bookmarkStart")]
    dipakai += [gambar.get("id", "0") for gambar in body.iter(f"{WP}docPr")]
    return max((int(satu) for satu in dipakai if satu.isdecimal()), default=0)


def _cap_kaki(document: Document, cap: str) -> None:
    """Name the stamp at every page's foot, also if the office's template does not ask for it."""
    from docx.shared import Pt

    if not cap:
        return
    sampul = document.sections[0].footer.is_linked_to_previous
    for nomor, bagian in enumerate(document.sections):
        if nomor == 0 and sampul and _punya_kaki(document):
            continue  # a cover without a footer stays without
        jenis = [bagian.footer]
        if bagian.different_first_page_header_footer:
            jenis.append(bagian.first_page_footer)
        if document.settings.odd_and_even_pages_header_footer:
            jenis.append(bagian.even_page_footer)
        for kaki in jenis:
            if kaki.is_linked_to_previous and nomor > 0:
                continue
            if cap not in read_teks(kaki._element):
                tulisan = kaki.add_paragraph().add_run(cap)
                tulisan.bold, tulisan.font.size = True, Pt(8.5)


def _punya_kaki(document: Document) -> bool:
    return any(not bagian.footer.is_linked_to_previous for bagian in document.sections)


def _sifat(document: Document, dokumen: Dokumen) -> None:
    sifat = document.core_properties
    sifat.title = bersih(dokumen.nama)[:MAX_SIFAT]
    sifat.author = sifat.last_modified_by = bersih(dokumen.kop.unit)[:MAX_SIFAT]
    sifat.language, sifat.comments, sifat.revision = "id-ID", "", 1
    sifat.created = sifat.modified = WAKTU.replace(tzinfo=None)


def _simpan(document: Document) -> bytes:
    """The package as bytes, without the time of writing."""
    keluar = io.BytesIO()
    document.save(keluar)
    with ZipFile(keluar) as berkas:
        return pack({nama: berkas.read(nama) for nama in berkas.namelist()})
