"""Templates as an office might bring them, whole or broken."""

from __future__ import annotations

import io
from collections.abc import Callable
from zipfile import ZIP_DEFLATED, ZipFile

import docx
from docx.document import Document
from docx.shared import Mm, Pt

Ubah = Callable[[Document], object]


def make_templat(*teks: str, ubah: Ubah | None = None) -> bytes:
    """A plain Word file with a paragraph for each text."""
    document = docx.Document()
    for satu in teks:
        document.add_paragraph(satu)
    if ubah:
        ubah(document)
    return simpan(document)


def simpan(document: Document) -> bytes:
    keluar = io.BytesIO()
    document.save(keluar)
    return keluar.getvalue()


def make_templat_kantor() -> bytes:
    """An office's own: another font and paper, a Word in Indonesian, placeholders torn by Word."""
    document = docx.Document()
    document.styles["Normal"].font.name = "Times New Roman"
    document.styles["Normal"].font.size = Pt(12)
    # Word in Indonesian keeps the names of styles and gives them ids of its own.
    document.styles["Heading 1"].element.styleId = "Judul1"
    bagian = document.sections[0]
    bagian.page_width, bagian.page_height = Mm(215), Mm(330)
    bagian.left_margin, bagian.right_margin = Mm(30), Mm(20)
    kepala = bagian.header.paragraphs[0]
    for potong in ("{{ kop", ".instansi }} – ", "{", "{ kop.unit|upper }}"):
        kepala.add_run(potong)
    tabel = bagian.footer.add_table(1, 2, Mm(165))
    tabel.cell(0, 0).text = "{{ kaki }}"
    document.add_paragraph("{{ judul }}", style="Title")
    document.add_paragraph("{%p if cap %}")
    document.add_paragraph("Angka masih {{ cap }}")
    document.add_paragraph("{%p endif %}")
    isi = document.add_table(2, 2)
    isi.cell(0, 0).text, isi.cell(0, 1).text = "Nilai IKM", "{{ ikm }}"
    isi.cell(1, 0).text, isi.cell(1, 1).text = "Mutu", "{{ mutu }}"
    document.add_page_break()  # type: ignore[no-untyped-call]
    document.add_paragraph("{{ isi }}")
    document.add_paragraph("Dokumen ini dibuat oleh {{ kop.unit }}.")
    return simpan(document)


def ganti(data: bytes, nama: str, ubah: Callable[[str], str]) -> bytes:
    """The same file with one part changed, or added if it was not there."""
    keluar = io.BytesIO()
    with ZipFile(io.BytesIO(data)) as lama, ZipFile(keluar, "w", ZIP_DEFLATED) as baru:
        for satu in lama.namelist():
            isi = lama.read(satu)
            baru.writestr(satu, ubah(isi.decode()) if satu == nama else isi)
        if nama not in lama.namelist():
            baru.writestr(nama, ubah(""))
    return keluar.getvalue()
