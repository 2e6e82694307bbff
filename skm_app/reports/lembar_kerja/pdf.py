"""The worksheet as PDF, for an archive that keeps paper."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from skm_app.angka import TIDAK_ADA, format_angka
from skm_app.reports.bahan import Bahan, BarisResponden, stream_responden
from skm_app.reports.lembar_kerja import isi
from skm_app.reports.typst_pdf import compile_pdf
from skm_app.scoring import HasilIKM, HasilUnsur, compute_ikm, tally

TEMPLAT = "lembar_kerja.typ"
MAKS_RESPONDEN = 2_000  # 50 pages; setting them takes 0.2 MB of memory per row
TERLALU_BANYAK = (
    "Lembar kerja PDF memuat paling banyak 2.000 responden; pakai lembar kerja XLSX "
    "atau periode yang lebih pendek."
)


def make_lembar_kerja_pdf(session: Session, bahan: Bahan, dicetak: datetime) -> bytes:
    """Make the worksheet of a period; the same rows and time give the same bytes.

    :param dicetak: the moment it is made, aware, in the office's time zone.
    :raise LembarKerjaError: if there are too many rows for a document.
    """
    if bahan.hasil.n > MAKS_RESPONDEN:
        raise isi.LembarKerjaError(TERLALU_BANYAK)
    rows: list[list[str]] = []
    rekap = tally(_collect(rows, bahan, stream_responden(session, bahan)), bahan.instrumen)
    hasil = compute_ikm(bahan.instrumen, rekap, bahan.konvensi)
    kolom = isi.list_kolom(bahan.instrumen)
    data = {
        "judul": isi.JUDUL,
        "internal": isi.INTERNAL,
        "sementara": isi.SEMENTARA if bahan.sementara else "",
        "identitas": isi.list_identitas(bahan),
        "kepala_profil": isi.KEPALA_PROFIL,
        "kepala_butir": [kepala for one in kolom for kepala in one.kepala],
        "baris": rows,
        "kosong": isi.TANPA_RESPONDEN,
        "rentang": [len(one.butir) for one in kolom],
        "per_unsur": _list_per_unsur(bahan, hasil),
        "per_unit": _list_per_unit(hasil),
        "kepala_unsur": isi.KEPALA_UNSUR,
        "unsur": [_describe(one) for one in hasil.unsur],
        "judul_mutu": isi.JUDUL_MUTU,
        "kepala_mutu": isi.KEPALA_MUTU,
        "mutu": isi.list_mutu(),
        "peringatan": isi.list_peringatan(bahan, hasil),
        "catatan": isi.list_catatan(bahan, dicetak),
    }
    return compile_pdf(TEMPLAT, data, f"Lembar kerja SKM {bahan.unit} {bahan.nama}")


def _collect(
    rows: list[list[str]], bahan: Bahan, found: Iterator[BarisResponden]
) -> Iterator[Mapping[str, int | None]]:
    """Put the respondents into words, and pass their answers on to be counted."""
    butir = isi.list_butir(bahan.instrumen)
    for number, row in enumerate(found, start=1):
        if number > MAKS_RESPONDEN:
            raise isi.LembarKerjaError(TERLALU_BANYAK)
        nilai = (row.nilai.get(kunci) for kunci in butir)
        rows.append(
            [
                format_angka(number),
                f"{row.tanggal:%d/%m/%Y}",
                *isi.list_profil(row),
                *("" if one is None else str(one) for one in nilai),
            ]
        )
        yield row.nilai


def _list_per_unsur(bahan: Bahan, hasil: HasilIKM) -> list[tuple[str, list[str]]]:
    """The rows with a figure per unsur; the first one names the unsur."""
    unsur = hasil.unsur
    bobot = [isi.bobot_of(one, bahan.konvensi) for one in bahan.instrumen.unsur]
    return [
        (isi.BARIS_UNSUR, [one.kode for one in unsur]),
        (isi.BARIS_JUMLAH, [format_angka(one.jumlah) for one in unsur]),
        (isi.BARIS_TERISI, [format_angka(one.terisi) for one in unsur]),
        (isi.BARIS_NRR, [format_angka(one.nrr) for one in unsur]),
        (isi.BARIS_BOBOT, [isi.format_bobot(one) for one in bobot]),
        (isi.BARIS_TERTIMBANG, [format_angka(one.nrr_tertimbang) for one in unsur]),
    ]


def _list_per_unit(hasil: HasilIKM) -> list[tuple[str, str]]:
    """The rows with one figure of the whole unit."""
    mutu = hasil.mutu
    return [
        (isi.BARIS_TOTAL, format_angka(hasil.jumlah_tertimbang)),
        (isi.BARIS_IKM, format_angka(hasil.ikm)),
        (isi.BARIS_MUTU, mutu.huruf if mutu else TIDAK_ADA),
        (isi.BARIS_KINERJA, mutu.kinerja if mutu else TIDAK_ADA),
        (isi.BARIS_N, format_angka(hasil.n)),
    ]


def _describe(unsur: HasilUnsur) -> list[str]:
    mutu = unsur.mutu.huruf if unsur.mutu else TIDAK_ADA
    return [unsur.kode, unsur.nama, format_angka(unsur.nrr), format_angka(unsur.nilai), mutu]
