"""A report as DOCX, read back as Word would read it."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from zipfile import ZipFile

import docx
import pytest
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from PIL import Image

from skm_app.reports.docx import make_docx
from skm_app.reports.dokumen import (
    Daftar,
    Gambar,
    HalamanBaru,
    Judul,
    Kop,
    Paragraf,
    Tabel,
    TandaTangan,
)
from tests.reports.docx.contoh import NAKAL, TABEL_LAYANAN, TABEL_UNSUR, make_contoh, make_foto


@pytest.fixture(scope="module")
def data() -> bytes:
    return make_docx(make_contoh())


@pytest.fixture(scope="module")
def laporan(data: bytes) -> Document:
    return docx.Document(io.BytesIO(data))


def read(*blok: object) -> Document:
    return docx.Document(io.BytesIO(make_docx(make_contoh(blok=blok))))


def list_style(document: Document, awal: str) -> list[str]:
    return [p.text for p in document.paragraphs if p.style and p.style.name.startswith(awal)]


def list_field(document: Document) -> Iterator[str]:
    for unsur in document.element.body.iter(qn("w:instrText")):
        yield str(unsur.text).strip()


def test_headings_stand_in_order_in_word_styles(laporan: Document) -> None:
    assert list_style(laporan, "Heading 1")[:3] == [
        "KATA PENGANTAR",
        "BAB I\nPENDAHULUAN",
        "BAB II\nPENGUMPULAN DATA",
    ]
    assert list_style(laporan, "Heading 2")[0] == "1.1\tBagian 1 dari pendahuluan"
    assert list_style(laporan, "Heading 3") == ["3.4.1\tPer jenis layanan"]


@pytest.mark.parametrize(("nomor", "tabel"), [(-2, TABEL_UNSUR), (-1, TABEL_LAYANAN)])
def test_a_table_holds_every_cell_and_repeats_its_header(
    laporan: Document, nomor: int, tabel: Tabel
) -> None:
    ditulis = laporan.tables[nomor]

    kolom = len(tabel.kepala)
    sel = [cell.text for cell in ditulis._cells]
    assert [sel[n : n + kolom] for n in range(0, len(sel), kolom)] == [
        list(tabel.kepala),
        *map(list, tabel.baris),
    ]
    baris = ditulis._tbl.tr_lst
    assert [tr for tr in baris if list(tr.iter(qn("w:tblHeader")))] == baris[:1]
    assert all(list(tr.iter(qn("w:cantSplit"))) for tr in baris)


def test_a_note_is_not_parted_from_its_table(laporan: Document) -> None:
    last = {
        tabel.rows[0].cells[1].text: tabel.rows[-1].cells[0].paragraphs[0].paragraph_format
        for tabel in laporan.tables
        if len(tabel.rows[0].cells) > 1
    }
    # The next paragraph of a table without a note is nothing to be kept with.
    assert last["Unsur"].keep_with_next
    assert not last["Jenis layanan"].keep_with_next


def test_a_long_name_signs_on_one_line_and_its_nip_is_grouped() -> None:
    nama = "Drs. H. Muhammad Abdul Rahman Hakim Hasanuddin, S.Sos., M.Si."
    tanda = TandaTangan(tempat_tanggal="", jabatan="Camat", nama=nama, nip="197001011995031001")
    document = read(Judul(tingkat=1, nomor="BAB I", teks="X"), tanda)
    (paragraf,) = [p for p in document.paragraphs if p.text == nama]
    indent, size = paragraf.paragraph_format.left_indent, paragraf.runs[0].font.size
    assert indent is not None
    assert size is not None
    # Bold Arial takes 0.53 of its size per letter of this name.
    assert 0.53 * size.pt * len(nama) < 8787 / 20 - indent.pt
    assert "NIP 19700101 199503 1 001" in [p.text for p in document.paragraphs]


def test_the_government_stands_above_the_unit_on_cover_and_letterhead(laporan: Document) -> None:
    texts = ["".join(t.text or "" for t in p.iter(qn("w:t")))
             for p in laporan.element.body.iter(qn("w:p"))]  # fmt: skip
    places = [n for n, one in enumerate(texts) if one == "PEMERINTAH KOTA SAMARINDA"]
    assert [texts[n + 1] for n in places] == ["Kecamatan Palaran"] * 2
    rules = [p.find(qn("w:pPr")).find(qn("w:pBdr")) for p in laporan.element.body.iter(qn("w:p"))]
    double = [one for one in rules if one is not None and len(one) == 2]
    assert [[side.tag for side in one] for one in double] == [[qn("w:top"), qn("w:bottom")]]


def test_only_the_rows_named_are_bold(laporan: Document) -> None:
    tebal = [
        any(run.bold for run in row.cells[1].paragraphs[0].runs) for row in laporan.tables[-2].rows
    ]

    assert tebal == [False] * 10 + [True]


def test_captions_count_by_themselves(laporan: Document) -> None:
    assert list_style(laporan, "Caption") == [
        "Tabel 1. Nilai rata-rata per unsur",
        "Gambar 1. NRR per unsur",
        "Tabel 2. IKM per jenis layanan",
        "Gambar 2. Pengisian kuesioner di loket",
        "Gambar 3. Rapat tindak lanjut",
    ]
    assert sum(field.startswith("SEQ Gambar") for field in list_field(laporan)) == 3


def test_landscape_pages_begin_and_end_where_they_are_asked_for(laporan: Document) -> None:
    mendatar = [section.orientation == WD_ORIENT.LANDSCAPE for section in laporan.sections]

    # cover, before the first chapter, chapters, the wide table, the rest
    assert mendatar == [False, False, False, True, False]
    lebih_lebar = [int(s.page_width or 0) > int(s.page_height or 0) for s in laporan.sections]
    assert lebih_lebar == mendatar


def test_the_contents_are_a_field_that_is_filled(laporan: Document) -> None:
    assert 'TOC \\o "1-2" \\h \\z \\u' in list(list_field(laporan))
    entri = [p.text for p in laporan.paragraphs if p.style and p.style.name == "toc 1"]
    assert entri[0] == "KATA PENGANTAR\ti"
    assert entri[1] == "BAB I PENDAHULUAN\t1"
    tujuan = {b.get(qn("w:name")) for b in laporan.element.body.iter(qn("w:bookmarkStart"))}
    tautan = {h.get(qn("w:anchor")) for h in laporan.element.body.iter(qn("w:hyperlink"))}
    assert tautan
    assert tautan <= tujuan


def test_no_program_is_told_to_ask_about_fields(data: bytes) -> None:
    with ZipFile(io.BytesIO(data)) as berkas:
        assert b"updateFields" not in berkas.read("word/settings.xml")
        assert b"w:dirty" not in berkas.read("word/document.xml")


def test_the_stamp_and_the_foot_are_on_every_page_but_the_cover(laporan: Document) -> None:
    sampul, isi = laporan.sections[0], laporan.sections[1]

    assert sampul.footer.is_linked_to_previous
    kaki = "".join(t.text or "" for t in isi.footer._element.iter(qn("w:t")))
    assert "Laporan SKM Kecamatan Palaran Tahun 2024" in kaki
    assert "SEMENTARA" in kaki
    assert "SEMENTARA" in [p.text for p in laporan.tables[0].cell(1, 0).paragraphs]


def test_marks_of_xml_and_of_templates_stay_text_and_controls_are_dropped() -> None:
    document = read(
        Judul(tingkat=1, teks=NAKAL, nomor="BAB I"),
        Paragraf(teks=NAKAL),
        Daftar(butir=[NAKAL]),
        Tabel(
            judul=NAKAL, kepala=[NAKAL], baris=[[NAKAL]], lebar=[1], rata=["kiri"], catatan=NAKAL
        ),
        Gambar(judul=NAKAL, alt=NAKAL, foto=make_foto(160, 120)),
    )

    harapan = 'Syarat & <waktu> "cepat" {{ isi }} {% if %}  selesai'
    assert list_style(document, "Body Text") == [harapan]
    assert list_style(document, "List Bullet") == [harapan]
    assert document.tables[-1].cell(0, 0).text == harapan
    assert document.tables[-1].cell(1, 0).text == harapan
    assert list_style(document, "Caption") == [f"Tabel 1. {harapan}", f"Gambar 1. {harapan}"]


def test_values_of_a_template_are_no_template() -> None:
    nakal = Kop(instansi=NAKAL, unit="{{ cap }} & <b>", alamat="{% for x in y %}")

    document = docx.Document(io.BytesIO(make_docx(make_contoh(kop=nakal, blok=()))))

    semua = "\n".join(p.text for p in document.paragraphs)
    assert "{{ cap }} & <b>" in semua
    assert "{% for x in y %}" in semua


def test_numbered_lists_begin_again_at_one(laporan: Document) -> None:
    nomor = {}
    for p in laporan.paragraphs:
        if p.style and p.style.name == "List Number" and p.text.startswith("Butir pertama"):
            (num_id,) = p._p.iter(qn("w:numId"))
            nomor[p.text] = num_id.get(qn("w:val"))
    assert len(set(nomor.values())) == 5
    akar = laporan.part.numbering_part.element
    for num in akar.findall(qn("w:num")):
        if num.get(qn("w:numId")) in nomor.values():
            assert (
                num.find(f"{qn('w:lvlOverride')}/{qn('w:startOverride')}").get(qn("w:val")) == "1"
            )


def test_pictures_say_what_they_show(laporan: Document) -> None:
    alt = [gambar.get("descr") for gambar in laporan.element.body.iter(qn("wp:docPr"))]

    assert alt == [
        *["Lambang PEMERINTAH KOTA SAMARINDA"] * 2,
        "Grafik batang sembilan unsur",
        "Foto loket",
        "Foto rapat",
    ]


def test_a_photo_is_turned_upright_made_smaller_and_loses_its_notes() -> None:
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "Kamera rahasia"  # turn right; maker
    foto = make_foto(4000, 3000, exif=exif)

    berkas = ZipFile(io.BytesIO(make_docx(make_contoh(blok=[Gambar(judul="", alt="", foto=foto)]))))

    nama = next(n for n in berkas.namelist() if n.endswith(".jpg"))
    gambar = Image.open(io.BytesIO(berkas.read(nama)))
    assert gambar.size == (1200, 1600)
    assert not gambar.getexif()
    assert b"rahasia" not in berkas.read(nama)


def test_a_picture_that_is_none_is_named_and_stops_nothing() -> None:
    document = read(Gambar(judul="Foto", alt="", foto=b"bukan gambar"), Paragraf(teks="lanjut"))

    semua = [p.text for p in document.paragraphs]
    assert semua.index("(gambar tidak dapat dibaca)") < semua.index("lanjut")


def test_a_name_of_200_letters_and_an_empty_document_are_set() -> None:
    panjang = "Layanan" * 30

    document = read(Judul(tingkat=1, teks=panjang, nomor="BAB I"))
    kosong = read()

    assert list_style(document, "Heading 1") == [f"BAB I\n{panjang}"]
    assert list_style(kosong, "Heading") == []


def test_a_new_page_is_asked_for_once() -> None:
    document = read(
        Paragraf(teks="satu"), HalamanBaru(), HalamanBaru(), Paragraf(teks="dua"), HalamanBaru()
    )

    putus = {p.text: p.paragraph_format.page_break_before for p in document.paragraphs}
    assert putus["dua"] is True
    assert putus["satu"] is None
    assert len(document.sections) == 2


def test_properties_tell_the_title_the_office_and_the_language(laporan: Document) -> None:
    sifat = laporan.core_properties

    assert sifat.title == "Laporan SKM Kecamatan Palaran Tahun 2024"
    assert sifat.author == "Kecamatan Palaran"
    assert sifat.language == "id-ID"
    bahasa = laporan.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
    assert bahasa is not None
    assert bahasa.get(qn("w:val")) == "id-ID"


def test_the_same_document_gives_the_same_bytes(data: bytes) -> None:
    assert make_docx(make_contoh()) == data


def test_bookmarks_and_pictures_have_numbers_of_their_own(laporan: Document) -> None:
    body = laporan.element.body
    tanda = [b.get(qn("w:id")) for b in body.iter(qn("w:bookmarkStart"))]
    gambar = [g.get("id") for g in body.iter(qn("wp:docPr"))]

    assert len(set(tanda)) == len(tanda) > 20
    assert len(set(gambar)) == len(gambar)
    assert all(
        re.fullmatch(r"_Toc\d+", str(b.get(qn("w:name")))) for b in body.iter(qn("w:bookmarkStart"))
    )
