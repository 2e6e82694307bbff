"""An office's own template: what is used of it, and what is refused, with words for each fault."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from zipfile import ZIP_DEFLATED, ZipFile

import docx
import pytest
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Mm

from skm_app.reports.docx import (
    TemplatError,
    check_templat,
    list_isian,
    make_contoh_templat,
    make_docx,
)
from tests.reports.docx.contoh import make_contoh
from tests.reports.docx.kantor import ganti, make_templat, make_templat_kantor

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
BAIK = make_templat("{{ isi }}")
LUAR = (
    '<Relationship Id="rIdX" TargetMode="External" Target="{}" Type="http://schemas.openxmlformats'
    '.org/officeDocument/2006/relationships/{}"/></Relationships>'
)


def list_galat(data: bytes) -> tuple[str, ...]:
    with pytest.raises(TemplatError) as refused:
        check_templat(data)
    return refused.value.galat


@pytest.fixture(scope="module")
def laporan() -> Document:
    """The rich document in an office's own template."""
    templat = make_templat_kantor()
    check_templat(templat)
    return docx.Document(io.BytesIO(make_docx(make_contoh(), templat)))


def test_our_own_template_passes_and_names_only_what_it_lists() -> None:
    check_templat(make_contoh_templat())
    check_templat(
        make_templat("{{ isi }}", *(f"{{{{ {n} }}}}" for n in list_isian() if n != "isi"))
    )


def test_values_are_filled_in_though_word_tore_their_names(laporan: Document) -> None:
    kepala = laporan.sections[0].header.paragraphs[0].text

    assert kepala == "PEMERINTAH KOTA SAMARINDA – KECAMATAN PALARAN"
    assert [c.text for c in laporan.tables[0]._cells] == ["Nilai IKM", "87,23", "Mutu", "B"]
    assert "Angka masih SEMENTARA" in [p.text for p in laporan.paragraphs]


def test_the_report_stands_where_the_marker_was(laporan: Document) -> None:
    semua = [p.text for p in laporan.paragraphs]

    assert semua.index("Angka masih SEMENTARA") < semua.index("KATA PENGANTAR")
    assert semua[-1] == "Dokumen ini dibuat oleh Kecamatan Palaran."


def test_the_offices_own_styles_and_paper_are_kept_and_ours_added(laporan: Document) -> None:
    bab = next(p for p in laporan.paragraphs if p.text == "BAB I\nPENDAHULUAN")
    assert bab.style is not None
    assert bab.style.style_id == "Judul1"
    assert laporan.styles["Normal"].font.name == "Times New Roman"
    assert laporan.styles["Isi Tabel"].base_style.name == "Normal"
    assert {round((s.page_width or 0) / Mm(1)) for s in laporan.sections} == {215, 330}
    assert getattr(laporan.tables[-1].style, "name", "") == "Tabel Laporan"


def test_the_stamp_is_named_at_the_foot_though_the_template_does_not_ask(laporan: Document) -> None:
    kaki = "".join(t.text or "" for t in laporan.sections[0].footer._element.iter(qn("w:t")))

    assert kaki == "Laporan SKM Kecamatan Palaran Tahun 2024SEMENTARA"


@pytest.mark.parametrize(
    ("data", "pesan"),
    [
        (b"", "bukan dokumen Word"),
        (b"%PDF-1.7", "bukan dokumen Word"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "Word lama (.doc)"),
        (BAIK[:-400], "rusak"),
        (BAIK.replace(b"word/document.xml", b"word/dokument.xml"), "bukan dokumen Word biasa"),
        (ganti(BAIK, "word/vbaProject.bin", lambda _: "x"), "makro"),
        (ganti(BAIK, "word/document.xml", lambda x: x[:-9]), "rusak"),
        (ganti(BAIK, "word/a.xml", lambda _: "<!DOCTYPE a [<!ENTITY b 'c'>]><a/>"), "tidak lazim"),
        (ganti(BAIK, "word/a.bin", lambda _: "\0" * 51 * 1024**2), "terlalu besar"),
    ],
)
def test_what_is_no_safe_word_file_is_refused(data: bytes, pesan: str) -> None:
    (galat,) = list_galat(data)

    assert pesan in galat


@pytest.mark.parametrize(
    ("nama", "isi", "pesan"),
    [
        # A part may be XML by its declared type alone, and would not be looked at.
        ("word/footer9.dat", b"<x/>", "word/footer9.dat dari berkas ini tidak lazim"),
        ("word/footer9.xml", b"<x>" + b" " * 1024**2 + b"</x>", "terlalu besar"),
    ],
)
def test_a_part_that_would_not_be_looked_at_or_take_too_long_is_refused(
    nama: str, isi: bytes, pesan: str
) -> None:
    keluar = io.BytesIO(BAIK)
    with ZipFile(keluar, "a", ZIP_DEFLATED) as berkas:
        berkas.writestr(nama, isi)
    (galat,) = list_galat(keluar.getvalue())
    assert pesan in galat


def test_a_file_of_too_many_parts_is_refused() -> None:
    keluar = io.BytesIO(BAIK)
    with ZipFile(keluar, "a", ZIP_DEFLATED) as berkas:
        for nomor in range(600):
            berkas.writestr(f"x{nomor}", b"")

    assert list_galat(keluar.getvalue()) == ("isi berkas ini terlalu besar untuk sebuah templat",)


@pytest.mark.parametrize(
    ("teks", "pesan"),
    [
        ("Kantor {{ nama_kantor }} kami", "paragraf 2 (“Kantor {{ nama_kantor }} kami”)"),
        ("{{ kop.units }}", "mungkin maksudnya {{ kop.unit }}"),
        ("Ini {{ nama tanpa akhir", "kurung isian tidak lengkap"),
        ("{{ nama . }}", "{{ nama . }} tidak dapat dibaca"),
        ("{% if cap %}", "tidak ditutup"),
        ("{% endif %}", "tanpa {% if … %}"),
        ("{{r nama }}", "awalan"),
        ("{{ nama|replace('a', 'b') }}", "saringan |replace"),
        ("{{ nama * 1000000000 }}", "perintah ini tidak dapat dipakai"),
        ("{{ ''.__class__ }}", "perintah ini tidak dapat dipakai"),
        ("{{ kop.__class__ }}", "{{ kop.__class__ }} tidak dikenal"),
        ("{{ lambang.tpl }}", "{{ lambang.tpl }} tidak dikenal"),
        ("{{ range(9) }}", "perintah ini tidak dapat dipakai"),
        ("{% for x in range(10**9) %}x{% endfor %}", "{% for x in range(10**9) %} tidak dapat"),
        ("{% set a = 1 %}", "{% set a = 1 %} tidak dapat dipakai"),
        ("{% include 'x' %}", "tidak dapat dipakai"),
        ("{{ " + "(" * 190 + " }}", "tidak dapat dibaca"),
        ("{{ nama }}" * 300, "lebih dari 200 isian"),
        ("{{ isi }}", "lebih dari satu"),
    ],
)  # fmt: skip
def test_a_faulty_placeholder_is_named_with_its_place(teks: str, pesan: str) -> None:
    galat = list_galat(make_templat("{{ isi }}", teks))

    assert any(pesan in satu for satu in galat), galat


def test_unknown_names_come_with_the_list_of_known_ones() -> None:
    galat = list_galat(make_templat("{{ isi }}", "{{ a1 }}", "{{ b2 }}"))

    assert len(galat) == 3
    assert galat[-1].startswith("Isian yang dikenal: isi, nama, judul, kop.instansi")


def test_faults_in_header_footer_and_table_say_so() -> None:
    def rusak(document: Document) -> None:
        document.sections[0].header.paragraphs[0].text = "{{ satu_x }}"
        document.sections[0].footer.paragraphs[0].text = "{{ dua_x }}"
        document.add_table(1, 1).cell(0, 0).text = "{{ tiga_x }}"

    galat = "\n".join(list_galat(make_templat("{{ isi }}", ubah=rusak)))

    assert "kepala halaman, paragraf 1 (“{{ satu_x }}”)" in galat
    assert "kaki halaman, paragraf 1 (“{{ dua_x }}”)" in galat
    assert "dalam tabel, paragraf 2 (“{{ tiga_x }}”)" in galat


@pytest.mark.parametrize(
    ("ubah", "pesan"),
    [
        (lambda d: d.add_paragraph("tanpa penanda"), "penanda {{ isi }} tidak ada"),
        (lambda d: d.add_paragraph("Isi: {{ isi }}"), "sendirian dalam satu paragraf"),
        (lambda d: setattr(d.add_table(1, 1).cell(0, 0), "text", "{{ isi }}"), "sendirian"),
        (lambda d: setattr(d.sections[0].header.paragraphs[0], "text", "{{ isi }}"), "sendirian"),
    ],
)
def test_the_report_needs_a_paragraph_of_its_own(
    ubah: Callable[[Document], object], pesan: str
) -> None:
    assert pesan in list_galat(make_templat("Sampul", ubah=ubah))[0]


@pytest.mark.parametrize(
    ("bagian", "tujuan", "jenis", "pesan"),
    [
        ("settings", "file:///C:/x.dotm", "attachedTemplate", "templat Word lain"),
        ("document", "http://192.0.2.1/a.png", "image", "gambar dari luar berkas"),
        ("document", "file:///etc/passwd", "hyperlink", "tautan ke file:///etc/passwd"),
        ("document", "http://192.0.2.1/a", "oleObject", "objek tertaut"),
    ],
)
def test_what_comes_from_outside_is_refused(
    bagian: str, tujuan: str, jenis: str, pesan: str
) -> None:
    nama = f"word/_rels/{bagian}.xml.rels"
    akar = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'

    def tambah(xml: str) -> str:
        return (xml or akar + "</Relationships>").replace(
            "</Relationships>", LUAR.format(tujuan, jenis)
        )

    assert pesan in list_galat(ganti(BAIK, nama, tambah))[0]


def test_a_link_to_a_site_is_fine() -> None:
    nama = "word/_rels/document.xml.rels"
    tautan = LUAR.format("https://palaran.samarindakota.go.id", "hyperlink")

    check_templat(ganti(BAIK, nama, lambda xml: xml.replace("</Relationships>", tautan)))


@pytest.mark.parametrize(
    ("bidang", "pesan"),
    [("INCLUDEPICTURE http://192.0.2.1/x", "mengambil berkas lain"), ("TOC \\o", "daftar isi")],
)
def test_fields_that_fetch_or_repeat_the_contents_are_refused(bidang: str, pesan: str) -> None:
    def tambah(document: Document) -> None:
        run = document.add_paragraph().add_run()
        run._r.append(parse_xml(f'<w:fldChar {W} w:fldCharType="begin"/>'))
        for potong in (bidang[:4], bidang[4:]):
            run._r.append(parse_xml(f"<w:instrText {W}>{potong}</w:instrText>"))
        run._r.append(parse_xml(f'<w:fldChar {W} w:fldCharType="end"/>'))

    assert pesan in list_galat(make_templat("{{ isi }}", ubah=tambah))[0]


@pytest.mark.parametrize(
    "nama", ["word/document.xml", "docProps/core.xml"], ids=["attribute", "property"]
)
def test_code_that_hides_outside_of_text_never_runs(nama: str) -> None:
    def sembunyi(xml: str) -> str:
        return (
            xml.replace("<w:body>", '<w:body><w:p w:rsidR="{{ cycler }}"/>')
            .replace("<dc:title>", "<dc:title>{{ cycler.__init__ }}")
            .replace("<dc:title/>", "<dc:title>{{ cycler.__init__ }}</dc:title>")
        )

    data = ganti(BAIK, nama, sembunyi)

    assert re.search("di luar teks biasa|tidak dikenal|perintah", list_galat(data)[0])
    with pytest.raises(TemplatError):
        make_docx(make_contoh(blok=()), data)


@pytest.mark.parametrize(
    ("sisip", "pesan"),
    [
        ('<w:p w:rsidR="' + "{{" * 100_000 + '"/>', "di luar teks biasa"),
        ("<w:p/>" * 30_000, "terlalu panjang"),
    ],
    ids=["braces", "paragraphs"],
)
def test_a_file_made_to_keep_the_server_busy_is_refused_by_its_size(sisip: str, pesan: str) -> None:
    data = ganti(BAIK, "word/document.xml", lambda x: x.replace("<w:body>", f"<w:body>{sisip}"))

    assert pesan in list_galat(data)[0]


def test_headings_that_number_themselves_are_told_not_to() -> None:
    def bernomor(document: Document) -> None:
        ppr = document.styles["Heading 1"].element.get_or_add_pPr()
        ppr.insert(0, parse_xml(f'<w:numPr {W}><w:numId w:val="1"/></w:numPr>'))

    templat = make_templat("{{ isi }}", ubah=bernomor)

    document = docx.Document(io.BytesIO(make_docx(make_contoh(), templat)))

    bab = next(p for p in document.paragraphs if p.text.startswith("BAB I\n"))
    assert [n.get(qn("w:val")) for n in bab._p.iter(qn("w:numId"))] == ["0"]


def test_a_template_without_lists_gets_its_part_for_them() -> None:
    templat = ganti(BAIK, "word/_rels/document.xml.rels", _tanpa_numbering)
    check_templat(templat)

    document = docx.Document(io.BytesIO(make_docx(make_contoh(), templat)))

    assert len(document.part.numbering_part.element.findall(qn("w:abstractNum"))) == 2


def _tanpa_numbering(xml: str) -> str:
    return re.sub(r"<Relationship [^>]*relationships/numbering[^>]*/>", "", xml)
