"""The worksheet as XLSX: formulas over the rows, with the program's own figures stored in them.

A spreadsheet recalculates the formulas; a viewer that cannot shows what is stored. Rows are
written one after another and not kept in memory.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import BinaryIO

from sqlalchemy.orm import Session

from skm_app.reports.bahan import Bahan, BarisResponden, stream_responden
from skm_app.reports.lembar_kerja import isi, rumus
from skm_app.reports.lembar_kerja.kertas import EPOCH, Kertas, Nilai, clean_text, clean_word, ref
from skm_app.scoring import HasilIKM, compute_ikm, tally

LEBAR_PROFIL = (7, 12, 15, 20, 13, 20)  # digits, of isi.KEPALA_PROFIL
LEBAR_BUTIR, LEBAR_BUTIR_BANYAK = 7.5, 5.5  # with up to nine columns of answers, with more
AWAL = len(LEBAR_PROFIL)  # first column of answers
KOLOM_MUTU = ((0, 1), (2, 2), (3, 3), (4, 4), (5, 5))  # first and last, of isi.KEPALA_MUTU
A4 = 9
SEBELUM_GANTI = 12  # respondents; with fewer, their figures fit on the same page
MAKS_RESPONDEN = 1_000_000  # a sheet holds 1,048,576 rows

JAGA_TENGAH = (
    f"Tambahan {rumus.JAGA} di dalam rumus hanya menjaga agar angka yang tepat di tengah "
    "dibulatkan ke atas."
)


def write_lembar_kerja(session: Session, bahan: Bahan, dicetak: datetime, tujuan: BinaryIO) -> None:
    """Write the worksheet of a period.

    :param dicetak: the moment it is made, aware, in the office's time zone.
    :raise LembarKerjaError: if a sheet cannot hold so many rows.
    """
    if bahan.hasil.n > MAKS_RESPONDEN:
        raise isi.LembarKerjaError(
            "Lembar kerja memuat paling banyak 1.000.000 responden; buat periode yang lebih pendek."
        )
    # Imported when needed: it would add 2 MB to a server that rarely does this.
    import xlsxwriter

    butir = isi.list_butir(bahan.instrumen)
    with xlsxwriter.Workbook(tujuan, {"constant_memory": True}) as book:
        judul = clean_text(f"Lembar kerja SKM {bahan.unit} {bahan.nama}")
        book.set_properties({"title": judul, "created": dicetak.replace(tzinfo=None)})
        sheet = book.add_worksheet("Lembar kerja")
        lebar = _width_of_butir(len(butir), bahan.hasil.n)
        kertas = Kertas(book, sheet, [*LEBAR_PROFIL, *(lebar for _ in butir)])
        _set_print(kertas, bahan)
        _write_top(kertas, bahan)
        _write_head(kertas, bahan)
        first = kertas.baris
        rekap = tally(_write_rows(kertas, butir, stream_responden(session, bahan)), bahan.instrumen)
        if kertas.baris == first:
            kertas.line("teks", isi.TANPA_RESPONDEN)
        hasil = compute_ikm(bahan.instrumen, rekap, bahan.konvensi)
        _write_figures(kertas, bahan, hasil, first)
        _write_notes(kertas, bahan, hasil, dicetak)


def _width_of_butir(butir: int, n: int) -> float:
    """Narrow, but wide enough for the largest sum that so many respondents can give."""
    usual = LEBAR_BUTIR if butir <= 9 else LEBAR_BUTIR_BANYAK
    return max(usual, len(f"{4 * n:,}") + 1)


def _set_print(kertas: Kertas, bahan: Bahan) -> None:
    sheet = kertas.sheet
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sementara = f" {isi.SEMENTARA}" if bahan.sementara else ""
    sheet.set_footer(f"&L&8{isi.INTERNAL}{sementara}&R&8Halaman &P dari &N")


def _write_top(kertas: Kertas, bahan: Bahan) -> None:
    kertas.line("judul", isi.JUDUL)
    if bahan.sementara:
        kertas.line("peringatan", isi.SEMENTARA)
    for name, value in isi.list_identitas(bahan):
        kertas.merge(0, 1, "tebal", name)
        kertas.merge(2, kertas.akhir, "teks", f": {value}")
        kertas.next()
    kertas.line("peringatan", isi.INTERNAL)


def _write_head(kertas: Kertas, bahan: Bahan) -> None:
    """Heads of the columns: on every page, and always in sight."""
    heads = [*isi.KEPALA_PROFIL]
    for kolom in isi.list_kolom(bahan.instrumen):
        heads += kolom.kepala
    for column, text in enumerate(heads):
        kertas.write(column, "kepala", text)
    kertas.sheet.repeat_rows(kertas.baris)
    kertas.next()
    kertas.sheet.freeze_panes(kertas.baris, 0)


def _write_rows(
    kertas: Kertas, butir: Sequence[str], rows: Iterator[BarisResponden]
) -> Iterator[Mapping[str, int | None]]:
    """Write the respondents, and pass their answers on to be counted."""
    sheet = kertas.sheet
    sel, tengah, hari = (kertas.gaya[nama] for nama in ("sel", "tengah", "hari"))
    columns = list(enumerate(butir, start=AWAL))
    for number, row in enumerate(rows, start=1):
        baris = kertas.baris
        sheet.write_number(baris, 0, number, tengah)
        sheet.write_number(baris, 1, (row.tanggal - EPOCH).days, hari)
        for column, word in enumerate(isi.list_profil(row), start=2):
            sheet.write_string(baris, column, clean_word(word), sel)
        for column, kunci in columns:
            nilai = row.nilai.get(kunci)
            if nilai is None:
                sheet.write_blank(baris, column, None, tengah)
            else:
                sheet.write_number(baris, column, nilai, tengah)
        kertas.next()
        yield row.nilai


def _write_figures(kertas: Kertas, bahan: Bahan, hasil: HasilIKM, first: int) -> None:
    """The rows below the respondents, and what each unsur stands for."""
    last = kertas.baris - 1
    if last - first >= SEBELUM_GANTI:
        kertas.sheet.set_h_pagebreaks([kertas.baris])
    sel = _place_unsur(bahan, first, last)
    _write_sums(kertas, bahan, hasil, sel)
    _write_index(kertas, bahan, hasil, sel, f"{ref(first, 0)}:{ref(last, 0)}")
    kertas.next()
    _write_per_unsur(kertas, hasil, sel)
    kertas.next()


def _place_unsur(bahan: Bahan, first: int, last: int) -> list[rumus.SelUnsur]:
    """Where the figures of each unsur will stand: the respondents end in row ``last``."""
    jumlah = last + 1 + _has_own_head(bahan)
    terisi, tertimbang = jumlah + 1, jumlah + 4
    found, column = [], AWAL
    for kolom in isi.list_kolom(bahan.instrumen):
        end = column + len(kolom.butir) - 1
        found.append(
            rumus.SelUnsur(
                rentang=f"{ref(first, column)}:{ref(last, end)}",
                jumlah=ref(jumlah, column),
                terisi=ref(terisi, column),
                tertimbang=ref(tertimbang, column),
                bobot=isi.bobot_of(kolom.unsur, bahan.konvensi),
            )
        )
        column = end + 1
    return found


def _has_own_head(bahan: Bahan) -> bool:
    """Whether the sums need heads of their own: not where the columns are headed by unsur.

    Those heads are repeated on every page and always in sight.
    """
    return any(len(one.butir) > 1 for one in isi.list_kolom(bahan.instrumen))


def _write_sums(
    kertas: Kertas, bahan: Bahan, hasil: HasilIKM, sel: Sequence[rumus.SelUnsur]
) -> None:
    """Rows with a figure per unsur, in the order that ``_place_unsur`` counts on."""
    unsur = hasil.unsur
    bobot = [isi.format_bobot(one.bobot) for one in sel]
    tertimbang = [rumus.tertimbang_of(one, bahan.konvensi) for one in sel]
    rows: list[tuple[str, str, Sequence[Nilai], Sequence[str] | None]] = [
        (isi.BARIS_JUMLAH, "bulat", [one.jumlah for one in unsur], [*map(rumus.sum_of, sel)]),
        (isi.BARIS_TERISI, "bulat", [one.terisi for one in unsur], [*map(rumus.count_of, sel)]),
        (isi.BARIS_NRR, "tiga", [one.nrr for one in unsur], [*map(rumus.nrr_of, sel)]),
        (isi.BARIS_BOBOT, "kata", bobot, None),
        (isi.BARIS_TERTIMBANG, "tiga", [one.nrr_tertimbang for one in unsur], tertimbang),
    ]
    if _has_own_head(bahan):
        rows.insert(0, (isi.BARIS_UNSUR, "kepala", [one.kode for one in unsur], None))
    for name, gaya, values, formulas in rows:
        kertas.merge(0, AWAL - 1, "kepala" if gaya == "kepala" else "nama", name)
        column = AWAL
        for place, kolom in enumerate(isi.list_kolom(bahan.instrumen)):
            end = column + len(kolom.butir) - 1
            if formulas is None:
                kertas.merge(column, end, gaya, str(values[place]))
            else:
                kertas.merge(column, end, gaya)
                kertas.formula(column, gaya, formulas[place], values[place])
            column = end + 1
        kertas.next()


def _write_index(
    kertas: Kertas, bahan: Bahan, hasil: HasilIKM, sel: Sequence[rumus.SelUnsur], nomor: str
) -> None:
    """Rows with one figure of the whole unit. ``nomor``: the cells that number the rows."""
    mutu = hasil.mutu
    ikm = ref(kertas.baris + 1, AWAL)
    total_formula = rumus.total_of(sel, bahan.konvensi)
    ikm_formula = rumus.ikm_of(sel, bahan.konvensi)
    rows: tuple[tuple[str, str, str, Nilai], ...] = (
        (isi.BARIS_TOTAL, "tiga-utama", total_formula, hasil.jumlah_tertimbang),
        (isi.BARIS_IKM, "dua-utama", ikm_formula, hasil.ikm),
        (isi.BARIS_MUTU, "kata-utama", rumus.mutu_of(ikm), mutu.huruf if mutu else None),
        (isi.BARIS_KINERJA, "kata-utama", rumus.kinerja_of(ikm), mutu.kinerja if mutu else None),
        (isi.BARIS_N, "bulat-utama", f"=COUNT({nomor})", hasil.n),
    )
    for name, gaya, formula, value in rows:
        kertas.merge(0, AWAL - 1, "nama", name)
        kertas.merge(AWAL, kertas.akhir, gaya)
        kertas.formula(AWAL, gaya, formula, value)
        kertas.next()


def _write_per_unsur(kertas: Kertas, hasil: HasilIKM, sel: Sequence[rumus.SelUnsur]) -> None:
    """What each code stands for, with its NRR, converted value and grade."""
    kode, nama, *rest = isi.KEPALA_UNSUR
    kertas.write(0, "kepala", kode)
    kertas.merge(1, 3, "kepala", nama)
    for column, text in enumerate(rest, start=4):
        kertas.write(column, "kepala", text)
    kertas.next()
    for unsur, one in zip(hasil.unsur, sel, strict=True):
        nilai = ref(kertas.baris, 5)
        kertas.write(0, "tengah", unsur.kode)
        kertas.merge(1, 3, "lipat", unsur.nama)
        kertas.formula(4, "tiga", rumus.nrr_of(one), unsur.nrr)
        kertas.formula(5, "dua", rumus.nilai_of(one), unsur.nilai)
        kertas.formula(6, "kata", rumus.mutu_of(nilai), unsur.mutu.huruf if unsur.mutu else None)
        kertas.next()


def _write_notes(kertas: Kertas, bahan: Bahan, hasil: HasilIKM, dicetak: datetime) -> None:
    for text in isi.list_peringatan(bahan, hasil):
        kertas.line("peringatan", text)
    _write_mutu(kertas)
    *catatan, waktu = isi.list_catatan(bahan, dicetak)
    if bahan.konvensi.desimal_tertimbang is None:
        catatan.append(JAGA_TENGAH)
    for text in (*catatan, waktu):
        kertas.line("teks", text)


def _write_mutu(kertas: Kertas) -> None:
    kertas.line("tebal", isi.JUDUL_MUTU)
    for number, texts in enumerate((isi.KEPALA_MUTU, *isi.list_mutu())):
        for (column, end), text in zip(KOLOM_MUTU, texts, strict=True):
            kertas.merge(column, end, "kepala" if number == 0 else "tengah", text)
        kertas.next()
    kertas.next()
