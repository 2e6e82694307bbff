"""Every file that can be made of a period: what there is, why it cannot be made, making it.

The figures are read first, in one session; setting the pages afterwards needs no database.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Literal

from sqlalchemy.orm import Session

from skm_app.models import Periode, TemplatLaporan
from skm_app.periode.pokok import describe_tertutup, is_seluruh_kantor
from skm_app.reports.bahan import Bahan, read_bahan
from skm_app.scoring import is_kecil

_OFFICE = "application/vnd.openxmlformats-officedocument."
MIME = {
    "docx": f"{_OFFICE}wordprocessingml.document",
    "xlsx": f"{_OFFICE}spreadsheetml.sheet",
    "pdf": "application/pdf",
    "png": "image/png",
}
Make = Callable[[], bytes]


class CetakError(Exception):
    """A file cannot be made of this period; the message says why."""


@dataclass(frozen=True, kw_only=True)
class JenisBerkas:
    """One kind of file. ``kelompok``, ``label``: as a page says it; ``nama``: its name begins so.

    ``responden``: it holds a row per respondent, so that who takes it is recorded.
    """

    kunci: str
    kelompok: str
    label: str
    nama: str
    format: Literal["docx", "pdf", "xlsx", "png"]
    responden: bool = False

    @property
    def mime(self) -> str:
        return MIME[self.format]


def _laporan(format: Literal["docx", "pdf"]) -> JenisBerkas:
    return JenisBerkas(
        kunci=f"laporan-{format}", kelompok="Laporan", label=f"Laporan {format.upper()}",
        nama="laporan-skm", format=format,
    )  # fmt: skip


def _lembar(format: Literal["xlsx", "pdf"]) -> JenisBerkas:
    return JenisBerkas(
        kunci=f"lembar-kerja-{format}", kelompok="Lembar kerja",
        label=f"Lembar kerja {format.upper()}", nama="lembar-kerja-skm", format=format,
        responden=True,
    )  # fmt: skip


def _poster(ukuran: str, format: Literal["pdf", "png"]) -> JenisBerkas:
    return JenisBerkas(
        kunci=f"poster-{ukuran}-{format}", kelompok="Poster",
        label=f"Poster {ukuran.upper()} {format.upper()}", nama=f"poster-ikm-{ukuran}",
        format=format,
    )  # fmt: skip


LAPORAN_DOCX, LAPORAN_PDF = _laporan("docx"), _laporan("pdf")
LEMBAR_XLSX, LEMBAR_PDF = _lembar("xlsx"), _lembar("pdf")
POSTER_A4, POSTER_A3, POSTER_PNG = _poster("a4", "pdf"), _poster("a3", "pdf"), _poster("a4", "png")
JENIS = {
    one.kunci: one
    for one in (
        LAPORAN_DOCX, LAPORAN_PDF, LEMBAR_XLSX, LEMBAR_PDF, POSTER_A4, POSTER_A3, POSTER_PNG,
    )
}  # fmt: skip


def find_halangan(session: Session, bahan: Bahan) -> str | None:
    """Why nothing can be made of a period, as a sentence; None if something can."""
    if not bahan.hasil.n:
        return "Belum ada jawaban pada periode ini."
    if not is_kecil(bahan.hasil.n):
        return None
    whole = is_seluruh_kantor(session, bahan.periode.unit_id)
    return describe_tertutup(bahan.hasil.n if whole else None)


def name_berkas(bahan: Bahan, jenis: JenisBerkas) -> str:
    """Such as ``laporan-skm-kecamatan-palaran-2024.docx``."""
    words = f"{jenis.nama} {bahan.unit} {bahan.nama}"
    if bahan.sementara:
        words += " sementara"
    slug = re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")
    return f"{slug[:150]}.{jenis.format}"


def prepare_berkas(
    session: Session, periode: Periode, jenis: JenisBerkas, dicetak: datetime
) -> tuple[str, Make]:
    """Read what a file needs; returns its name and the call that makes it without the session.

    :param dicetak: when it is made, in the office's zone.
    :raise CetakError: if the period has too few responses, or for a poster no index.
    """
    bahan = read_bahan(session, periode)
    halangan = find_halangan(session, bahan)
    if halangan is not None:
        raise CetakError(halangan)
    prepare = {
        LAPORAN_DOCX.kunci: _prepare_docx,
        LAPORAN_PDF.kunci: _prepare_pdf,
        LEMBAR_XLSX.kunci: _prepare_lembar,
        LEMBAR_PDF.kunci: _prepare_lembar,
    }.get(jenis.kunci, _prepare_poster)
    return name_berkas(bahan, jenis), prepare(session, bahan, jenis, dicetak)


def _zona_of(dicetak: datetime) -> tzinfo:
    if dicetak.tzinfo is None:
        raise ValueError("An instant on a document needs a time zone.")
    return dicetak.tzinfo


def _prepare_docx(session: Session, bahan: Bahan, jenis: JenisBerkas, dicetak: datetime) -> Make:
    from skm_app.reports.docx import TemplatError, make_docx
    from skm_app.reports.laporan import make_laporan

    dokumen = make_laporan(session, bahan.periode, _zona_of(dicetak))
    templat = session.get(TemplatLaporan, bahan.periode.unit_id)
    isi = templat.isi if templat is not None else None

    def make() -> bytes:
        try:
            return make_docx(dokumen, isi)
        except TemplatError as error:
            raise CetakError(f"Templat kantor tidak dapat dipakai: {error.galat[0]}") from error

    return make


def _prepare_pdf(session: Session, bahan: Bahan, jenis: JenisBerkas, dicetak: datetime) -> Make:
    from skm_app.reports.laporan import make_laporan
    from skm_app.reports.pdf import make_pdf

    dokumen = make_laporan(session, bahan.periode, _zona_of(dicetak))
    return lambda: make_pdf(dokumen)


def _prepare_lembar(session: Session, bahan: Bahan, jenis: JenisBerkas, dicetak: datetime) -> Make:
    """The worksheet is written as its rows come from the database."""
    from skm_app.reports.lembar_kerja import (
        LembarKerjaError,
        make_lembar_kerja_pdf,
        write_lembar_kerja,
    )

    try:
        if jenis.format == "pdf":
            isi = make_lembar_kerja_pdf(session, bahan, dicetak)
        else:
            tujuan = io.BytesIO()
            write_lembar_kerja(session, bahan, dicetak, tujuan)
            isi = tujuan.getvalue()
    except LembarKerjaError as error:
        raise CetakError(str(error)) from error
    return lambda: isi


def _prepare_poster(session: Session, bahan: Bahan, jenis: JenisBerkas, dicetak: datetime) -> Make:
    from skm_app.reports.poster import make_poster, read_poster

    if bahan.hasil.mutu is None:
        names = ", ".join(
            one.nama for one in bahan.hasil.unsur if one.kunci in bahan.hasil.unsur_kosong
        )
        raise CetakError(f"IKM belum dapat dihitung: belum ada jawaban untuk unsur {names}.")
    poster = read_poster(session, bahan)
    ukuran: Literal["a4", "a3"] = "a3" if jenis is POSTER_A3 else "a4"
    kind: Literal["pdf", "png"] = "png" if jenis is POSTER_PNG else "pdf"
    return lambda: make_poster(poster, ukuran, kind)
