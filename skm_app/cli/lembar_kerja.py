"""The work sheet of a survey file as text: answers per respondent, results below.

Source: PermenPANRB 14/2017, lampiran, lembar pengolahan data per responden dan per
unsur pelayanan.
"""

from collections.abc import Callable, Sequence
from decimal import Decimal

from skm_app.angka import TIDAK_ADA, format_angka
from skm_app.berkas import Baris, Berkas
from skm_app.scoring import KONVENSI, HasilIKM, HasilUnsur, Instrumen

JUDUL = "PENGOLAHAN DATA SURVEI KEPUASAN MASYARAKAT PER RESPONDEN DAN PER UNSUR PELAYANAN"
ARTI_URUTAN = {
    "unsur": "U8 pengaduan, U9 sarana prasarana",
    "kuesioner": "U8 sarana prasarana, U9 pengaduan",
}

# Columns of the respondent, shown when at least one row has them.
KOLOM_RESPONDEN: Sequence[tuple[str, Callable[[Baris], str | None]]] = (
    ("Tanggal", lambda row: f"{row.tanggal:%d/%m/%Y}" if row.tanggal else None),
    ("Pendidikan", lambda row: row.profil.pendidikan),
    ("Pekerjaan", lambda row: row.profil.pekerjaan),
    ("J/K", lambda row: row.profil.jenis_kelamin),
    ("Usia", lambda row: row.profil.usia),
)


def write_lembar_kerja(nama: str, berkas: Berkas, instrumen: Instrumen, hasil: HasilIKM) -> str:
    """Return the whole work sheet, in the regulation's order of unsur."""
    parts = [
        JUDUL,
        "",
        f"Berkas           : {nama}",
        f"Jumlah responden : {format_angka(hasil.n)} orang",
        f"Urutan berkas    : {_urutan(berkas)}",
        "",
        *_answers(berkas, instrumen, hasil),
        "",
        *_unsur_table(hasil),
        "",
        *_conclusion(hasil),
    ]
    return "\n".join(parts)


def _urutan(berkas: Berkas) -> str:
    """Say how the file's U8 and U9 were read; the sheet itself has the official order."""
    text = f"{berkas.order_used}, {ARTI_URUTAN[berkas.order_used]} ({berkas.order_reason})"
    if berkas.order_used == "kuesioner":
        text += f"; di bawah ini urutan resmi, {ARTI_URUTAN['unsur']}"
    return text


def _answers(berkas: Berkas, instrumen: Instrumen, hasil: HasilIKM) -> list[str]:
    shown = [(judul, get) for judul, get in KOLOM_RESPONDEN if any(map(get, berkas.rows))]
    header = ["No.", *(judul for judul, _ in shown), *(u.kode for u in hasil.unsur)]
    body = [
        [str(number), *(get(row) or TIDAK_ADA for _, get in shown), *_nilai(row, instrumen)]
        for number, row in enumerate(berkas.rows, start=1)
    ]
    left = len(shown) + 1
    return _align(header, body, _totals(hasil), left)


def _nilai(row: Baris, instrumen: Instrumen) -> list[str]:
    """Return the answers per unsur; ``3/4`` where an unsur has two butir."""
    return [
        "/".join(format_angka(row.nilai[butir.kunci]) for butir in instrumen.butir_of(unsur.kunci))
        for unsur in instrumen.unsur
    ]


def _totals(hasil: HasilIKM) -> list[tuple[str, list[str]]]:
    def figures(get: Callable[[HasilUnsur], Decimal | int | None]) -> list[str]:
        return [format_angka(get(unsur)) for unsur in hasil.unsur]

    return [
        ("Jumlah nilai", figures(lambda unsur: unsur.jumlah)),
        ("Terisi", figures(lambda unsur: unsur.terisi)),
        ("NRR", figures(lambda unsur: unsur.nrr)),
        ("NRR tertimbang", figures(lambda unsur: unsur.nrr_tertimbang)),
    ]


def _align(
    header: list[str], body: list[list[str]], totals: list[tuple[str, list[str]]], left: int
) -> list[str]:
    """Set the table: the first ``left`` columns to the left, figures to the right.

    The names of the totals span the left columns, as on the printed sheet.
    """
    columns = zip(header, *body, strict=True)
    widths = [max(map(len, column)) for column in columns]
    for _, figures in totals:
        widths[left:] = map(max, widths[left:], map(len, figures))
    name_width = max(sum(widths[:left]) + 2 * (left - 1), *(len(name) for name, _ in totals))
    widths[left - 1] += name_width - sum(widths[:left]) - 2 * (left - 1)

    def line(cells: list[str]) -> str:
        padded = [
            cell.ljust(width) if place < left else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(cells, widths, strict=True))
        ]
        return "  ".join(padded).rstrip()

    def total(name: str, figures: list[str]) -> str:
        numbers = (f.rjust(w) for f, w in zip(figures, widths[left:], strict=True))
        return "  ".join([name.ljust(name_width), *numbers])

    rule = "-" * (sum(widths) + 2 * (len(widths) - 1))
    return [line(header), rule, *map(line, body), rule, *(total(*row) for row in totals)]


def _unsur_table(hasil: HasilIKM) -> list[str]:
    width = max(len(unsur.nama) for unsur in hasil.unsur)
    lines = [f"{'Unsur':<{width + 4}}    NRR    Nilai  Mutu"]
    for unsur in hasil.unsur:
        mutu = f"{unsur.mutu.huruf} ({unsur.mutu.kinerja})" if unsur.mutu else TIDAK_ADA
        lines.append(
            f"{unsur.kode:<4}{unsur.nama:<{width}}  {format_angka(unsur.nrr):>5}  "
            f"{format_angka(unsur.nilai):>7}  {mutu}"
        )
    return lines


def _conclusion(hasil: HasilIKM) -> list[str]:
    lines = [
        f"Jumlah NRR tertimbang : {format_angka(hasil.jumlah_tertimbang)}",
        f"IKM                   : {_ikm(hasil)}",
        f"Konvensi              : {hasil.konvensi}. {KONVENSI[hasil.konvensi].uraian}",
    ]
    if hasil.ikm != hasil.ikm_eksak:
        lines.insert(2, f"IKM eksak             : {format_angka(hasil.ikm_eksak)}")
    return lines


def _ikm(hasil: HasilIKM) -> str:
    if hasil.mutu is None:
        kosong = ", ".join(u.nama for u in hasil.unsur if u.kunci in hasil.unsur_kosong)
        return f"tidak dapat dihitung, belum ada jawaban untuk {kosong}"
    return f"{format_angka(hasil.ikm)}, mutu {hasil.mutu.huruf} ({hasil.mutu.kinerja})"
